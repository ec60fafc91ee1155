"""Reading: the Markdown of a meeting, gathered into the sections of each paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from papergen.papers.gather import GatheredSection, gather
from papergen.read.picture import load_picture
from papergen.read.section import ReadFile, read_section
from papergen.session import Session
from papergen.workspace.paper_settings import PaperSettings
from papergen.workspace.settings import meeting_folder
from papergen.world import World


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """A paper as its files give it: its settings, and its sections, whose values have no text yet."""

    settings: PaperSettings
    sections: tuple[GatheredSection, ...]


def read_papers(session: Session) -> tuple[ReadPaper, ...]:
    """The Markdown of every paper of the meeting; what is wrong in a file is told."""
    world, settings, measures = session.world, session.settings, session.book.measures
    known = None if measures.is_broken else {*measures.settings, *measures.unread}
    folder = meeting_folder(session.meeting)

    def read_paper(paper: PaperSettings) -> ReadPaper:
        words = settings.words(paper)

        def read(path: str, text: str) -> ReadFile:
            def once(apart: Session) -> ReadFile:
                return _read(apart.world, folder, path, text, signs_heading=words.signs, measures=known)

            # A picture is another file, which may have changed though the text has not.
            return once(session) if "![" in text else session.memory.once(("read", path, text), session, once)

        return ReadPaper(
            paper, gather(world, f"{folder}/{paper.folder}", read=read, settings=settings, banner=words.aim)
        )

    return tuple(read_paper(paper) for paper in settings.papers)


def check_files(world: World, meeting: str) -> None:
    """Find what is wrong in the Markdown of ``meeting`` itself, while its settings cannot be used."""
    folder = meeting_folder(meeting)
    for path in _markdown_files(world, folder):
        text = world.read_text(path)
        if text is not None:
            _read(world, folder, path, text, signs_heading="Signs", measures=None)


def _read(
    world: World, folder: str, path: str, text: str, *, signs_heading: str, measures: set[str] | None
) -> ReadFile:
    return read_section(
        path,
        text,
        load_picture=partial(load_picture, world, folder),
        signs_heading=signs_heading,
        measures=measures,
        diagnostics=world.diagnostics,
    )


def _markdown_files(world: World, folder: str) -> Iterator[str]:
    for name in world.names(folder):
        path = f"{folder}/{name}"
        if world.is_folder(path):
            yield from _markdown_files(world, path)
        elif name.endswith(".md"):
            yield path
