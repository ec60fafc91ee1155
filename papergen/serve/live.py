"""A meeting whose text is being written: its papers as pages, rendered again whenever a file changes."""

from __future__ import annotations

import gc
import hashlib
import itertools
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath

from papergen import codes
from papergen.commands.board import Board, board_of
from papergen.commands.check import PREVIOUS, check_meeting
from papergen.commands.evidence import PaperBasis
from papergen.commands.steps import Meeting, assemble, mark, open_meeting
from papergen.commands.write import compose_web_pages
from papergen.diagnostics import Diagnostic, Diagnostics, Span
from papergen.exhibits.engine import Copies
from papergen.exhibits.render import Renderer
from papergen.files import TooLargeError, read_file
from papergen.manifest.evidence import evidence
from papergen.model.nodes import Paper
from papergen.model.walk import walk_sections
from papergen.papers.draw import draw_charts
from papergen.serve.patches import PagePiece, pieces_of
from papergen.session import Session
from papergen.store.kept import Store
from papergen.work.helpers import Helpers
from papergen.workspace.settings import meeting_folder
from papergen.workspace.signatures import NAME as SIGNATURES
from papergen.world import MOST_BYTES, MayRun, World

HELD = 4
"""The renderings of a view that are held, so that a page that is a little behind is still handed out."""
PATCHED = 60
"""From how many renderings back a page can be patched: when ten people save at once it falls behind by some."""

SVG_ALONE = Copies(pixels=False, page=False)
"""What pages of HTML need of a chart."""

_TEXT = frozenset({".md", ".png", ".jpg", ".jpeg", ".html", ".css", ".docx"})
"""Files that leave settings and data as they are."""


@dataclass(frozen=True, kw_only=True)
class Rendering:
    """The papers of a meeting as they were at one moment.

    ``files`` are the pages and the data of charts by name, ``pieces`` the pages in pieces by the name of the paper.
    Where the content had errors ``is_good`` is False, and there are neither.
    """

    number: str
    is_good: bool
    findings: tuple[Diagnostic, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)
    pieces: Mapping[str, tuple[PagePiece, ...]] = field(default_factory=dict)
    papers: tuple[Paper, ...] = ()
    meeting: Meeting | None = None
    board: Board | None = None

    @property
    def basis(self) -> PaperBasis | None:
        """What the numbers of these papers rest on."""
        if self.meeting is None:
            return None
        return PaperBasis(evidence(self.papers or self.meeting.papers, self.meeting.session.book))


@dataclass(frozen=True, slots=True)
class _Opened:
    """Settings and data that were read, with what was found in them and the files that they were read from."""

    session: Session
    findings: tuple[Diagnostic, ...]
    reads: Mapping[str, str]


@dataclass
class LiveMeeting:
    """One meeting in one view: as a draft with its findings, or as it would be published.

    It is used by one thread at a time.
    """

    root: Path
    name: str
    draft: bool
    may_run: MayRun
    store: Store
    held: list[Rendering] = field(default_factory=list)
    cut: dict[str, Mapping[str, tuple[PagePiece, ...]]] = field(default_factory=dict)
    last_good: Rendering | None = None
    _opened: _Opened | None = None
    _reads: dict[str, str] = field(default_factory=dict)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _run: str = field(default_factory=lambda: secrets.token_hex(4))
    _settled: _Opened | None = None

    @property
    def latest(self) -> Rendering | None:
        return self.held[-1] if self.held else None

    def with_number(self, number: str) -> Rendering | None:
        """A rendering that is still held."""
        return next((each for each in (*self.held, self.last_good) if each and each.number == number), None)

    def changed(self, paths: Iterable[str]) -> bool:
        """Take note of files that were written; False where all of them say what they said when they were read last."""
        news = [path for path in paths if self._reads.get(path) != _sha256(self.root / path)]
        files = map(PurePosixPath, news)
        if any(each.suffix not in _TEXT and each.name != SIGNATURES for each in files):
            self._opened = None
        if self._opened is not None and any(not path.startswith(f"{meeting_folder(self.name)}/") for path in news):
            self._opened.session.memory.latest.pop(PREVIOUS, None)
        return bool(news)

    def render(self, *, today: date) -> Rendering:
        """The papers as the files are now."""
        with _without_collecting():
            return self._render(today)

    def _render(self, today: date) -> Rendering:
        world = mark(World(self.root, Diagnostics(), may_run=self.may_run))
        session = self._session(world)
        number = f"{self._run}-{next(self._numbers)}"
        if session is None:
            self._reads = world.reads
            return self._hold(Rendering(number=number, is_good=False, findings=tuple(world.diagnostics)))
        meeting = assemble(session)
        is_good = not world.diagnostics.has_errors
        world.diagnostics.extend(check_meeting(meeting).findings)
        is_good = is_good and not world.diagnostics.has_errors
        papers, files = self._pages(meeting) if is_good else ((), {})
        session.memory.forget()
        rendering = Rendering(
            number=number,
            is_good=bool(files),
            findings=tuple(world.diagnostics),
            files=files,
            pieces=self._pieces(papers, files),
            papers=papers,
            meeting=meeting,
            board=board_of(meeting, tuple(world.diagnostics), today=today),
        )
        self._reads = world.reads
        return self._hold(rendering)

    def settle(self) -> None:
        """After settings and data were read anew, have later searches for rubbish pass over what stays: it is most."""
        if self._settled is not self._opened:
            self._settled = self._opened
            gc.unfreeze()
            gc.collect()
            gc.freeze()

    def fail(self, problem: Exception) -> Rendering:
        """What is shown where a step fell over: the last good papers, and that nothing is wrong with the files."""
        found = Diagnostic(
            codes.OWN_FAULT,
            Span(meeting_folder(self.name)),
            f"Papergen has a fault of its own ({type(problem).__name__}); nothing is wrong with your files.",
            "Take back the last change. “papergen build” writes a report that whoever looks after papergen can use.",
        )
        self._opened = None
        number = f"{self._run}-{next(self._numbers)}"
        return self._hold(Rendering(number=number, is_good=False, findings=(found,)))

    def printable(self, rendering: Rendering) -> tuple[Paper, ...]:
        """The papers of a rendering with their charts drawn for print, by another process; it may take long."""
        meeting = rendering.meeting
        if meeting is None:
            return ()
        with Helpers(1) as helpers:
            copies = Copies(pixels=False, page=True)
            return draw_charts(meeting.papers, meeting.charts, Renderer(self.store, helpers), copies).wait()

    def refuse(self, findings: Iterable[Diagnostic]) -> Rendering | None:
        """Take the latest papers back: what was found in their pages afterwards is an error."""
        latest = self.latest
        if latest is None:
            return None
        number = f"{self._run}-{next(self._numbers)}"
        found = Diagnostics()
        found.extend((*latest.findings, *findings))
        if self.last_good is latest:
            self.last_good = next((each for each in reversed(self.held[:-1]) if each.is_good), None)
        self.held.remove(latest)
        refused = Rendering(
            number=number, is_good=False, findings=tuple(found), meeting=latest.meeting, board=latest.board
        )
        return self._hold(refused)

    def _session(self, world: World) -> Session | None:
        """The session for one rendering, in which settings and data are read only where they have changed."""
        if self._opened is None:
            session = open_meeting(world, self.name, draft=self.draft)
            if session is None:
                return None
            self._opened = _Opened(session, tuple(world.diagnostics), dict(world.reads))
            return session
        world.diagnostics.extend(self._opened.findings)
        world.reads.update(self._opened.reads)
        return replace(self._opened.session, world=world)

    def _pages(self, meeting: Meeting) -> tuple[tuple[Paper, ...], dict[str, bytes]]:
        with Helpers() as helpers:
            papers = draw_charts(meeting.papers, meeting.charts, Renderer(self.store, helpers), SVG_ALONE).wait()
        files = compose_web_pages(meeting.session, papers)
        if meeting.session.diagnostics.has_errors:
            return (), {}
        return papers, {each.name: each.data for each in files}

    def _pieces(self, papers: Iterable[Paper], files: Mapping[str, bytes]) -> dict[str, tuple[PagePiece, ...]]:
        """The pages in pieces; a piece that is as it was is the same object, so that holding several costs little."""
        before = self.last_good.pieces if self.last_good else {}
        pieces = {}
        for paper in papers:
            keys = {section.key for section in walk_sections(paper.sections)}
            known = {piece.key: piece for piece in before.get(paper.name, ())}
            cut = pieces_of(files[f"{paper.name}.html"].decode(), keys)
            pieces[paper.name] = tuple(old if (old := known.get(new.key)) == new and old else new for new in cut)
        return pieces

    def _hold(self, rendering: Rendering) -> Rendering:
        self.held = [*self.held[-HELD + 1 :], rendering]
        if rendering.is_good:
            self.last_good = rendering
            self.cut[rendering.number] = rendering.pieces
            for number in list(self.cut)[:-PATCHED]:
                del self.cut[number]
        return rendering


@contextmanager
def _without_collecting() -> Iterator[None]:
    """No search for rubbish in between: among so many nodes it takes as long as a step."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _sha256(path: Path) -> str | None:
    try:
        return hashlib.sha256(read_file(path, most=MOST_BYTES)).hexdigest()
    except (OSError, TooLargeError):
        return None
