"""The steps from a workspace to its papers as far as every command needs them: Mark, Read, Bind and Assemble."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from papergen.data.book import read_book
from papergen.model.nodes import Paper
from papergen.model.numerals import Numerals
from papergen.papers.assemble import assemble_papers
from papergen.papers.bind import Charts, bind_papers
from papergen.papers.gather import walk_gathered
from papergen.papers.read import check_files, read_papers
from papergen.read.setting_marks import tell_of_marks
from papergen.session import Progress, Session, no_progress
from papergen.store.code import own_code
from papergen.work.helpers import Helpers
from papergen.workspace.settings import check_folders, read_settings
from papergen.world import World


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as it was read: its papers as models, what draws the charts that they ask for, its texts by file."""

    session: Session
    papers: tuple[Paper, ...]
    charts: Charts
    texts: Mapping[str, str]


def mark(world: World) -> World:
    """The view of a workspace in which whatever its readers may not see does not exist: now, all of it."""
    return world


def open_meeting(world: World, meeting: str, *, draft: bool = True, progress: Progress = no_progress) -> Session | None:
    """The settings and data of a meeting; None where its settings cannot be used, and then its files are looked at."""
    progress("Read", f"settings of the meeting of {meeting}")
    settings = read_settings(world, meeting, world.diagnostics)
    if settings is None:
        check_files(world, meeting)
        return None
    check_folders(world, meeting, [paper.folder for paper in settings.papers], world.diagnostics)
    progress("Read", "measures, data and facts")
    book = read_book(world, settings, world.diagnostics)
    tell_of_marks((*settings.sources.values(), book.measures.source), world.diagnostics)
    inputs = (f"{name} {world.reads[name]}" for name in sorted(world.reads.keys() - book.files))
    return Session(
        world=world,
        meeting=meeting,
        settings=settings,
        book=book,
        inputs=hashlib.sha256("\n".join([own_code(), *inputs]).encode()).hexdigest(),
        draft=draft,
        progress=progress,
    )


def assemble(session: Session, helpers: Helpers | None = None) -> Meeting:
    """The papers of a meeting, from the text of its files on; ``helpers`` read its Word templates meanwhile."""
    numerals = _numerals(session, helpers or Helpers())
    session.progress("Read", "the text of the papers")
    read = read_papers(session)
    session.progress("Bind", "numbers, exhibits and judgements")
    bound = bind_papers(session, read)
    session.progress("Assemble", "sections, numbers and references")
    papers, charts = assemble_papers(session, bound, numerals={name: counted() for name, counted in numerals.items()})
    texts = {each.section.at.file: each.text for paper in read for each in walk_gathered(paper.sections)}
    return Meeting(session, papers, charts, texts)


def _numerals(session: Session, helpers: Helpers) -> dict[str, Callable[[], tuple[Numerals, ...]]]:
    """What waits for how the headings of each Word template of the workspace count, by its name."""
    world, counted = session.world, {}
    for template in session.settings.templates:
        file = f"templates/{template}.docx"
        data = world.read_bytes(file) if world.is_file(file) else None
        counted[template] = helpers.submit(_counted, data)
    return counted


def _counted(template: bytes | None) -> tuple[Numerals, ...]:
    if template is None:
        return ()
    from papergen.write.docx.heading_numerals import heading_numerals

    return heading_numerals(template)


def read_meeting(world: World, meeting: str, *, draft: bool = True, progress: Progress = no_progress) -> Meeting | None:
    """Settings, data and papers of a meeting; None when the settings cannot be used."""
    session = open_meeting(mark(world), meeting, draft=draft, progress=progress)
    return None if session is None else assemble(session)
