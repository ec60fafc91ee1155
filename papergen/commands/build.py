"""The steps from a workspace to its papers: Read, Bind, Assemble, Check, Write, Seal."""

from __future__ import annotations

import errno
import hashlib
import re
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from papergen import codes
from papergen.check.reading import Reading
from papergen.check.run import Checked, Waived, check, unknown_codes
from papergen.commands.seal import OutputBusyError, output_lock, swap_in
from papergen.commands.templates import check_templates
from papergen.data.book import Book, read_book
from papergen.diagnostics import Diagnostics, Severity, Span
from papergen.exhibits.render import Renderer
from papergen.files import hint, reason
from papergen.manifest.make import make_manifest
from papergen.manifest.record import NAME as MANIFEST
from papergen.manifest.record import UnreadableManifestError, read_manifest
from papergen.model.nodes import Paper, PaperKind, Section
from papergen.model.walk import find
from papergen.papers import chart_data
from papergen.papers.assemble import assemble, check_files
from papergen.workspace.settings import SettingsFiles, check_folders, meetings, read_settings
from papergen.world import World

if TYPE_CHECKING:
    from papergen.write.pdf import LaidOut

PARTIAL = "partial"
CHART_CACHE = ".charts"
OUTPUT = "output"

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Format(Enum):
    """The kinds of file a paper is written as."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRequest:
    """What to build: which meeting, which of its papers and formats, where to, and whether it is for publication."""

    meeting: str
    output: Path
    kinds: frozenset[PaperKind] = frozenset(PaperKind)
    formats: frozenset[Format] = frozenset(Format)
    final: bool = False

    @property
    def is_partial(self) -> bool:
        return self.kinds != frozenset(PaperKind) or self.formats != frozenset(Format)

    @property
    def folder(self) -> Path:
        """Where the papers go; a part of the set never lies among the whole set."""
        folder = self.output / self.meeting
        return folder / PARTIAL if self.is_partial else folder


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that was written, its pages (as the PDF has them), bytes and the seconds it took to make."""

    path: Path
    pages: int
    size: int
    seconds: float


Progress = Callable[[str, str], None]
"""Told each step as it begins, and in a few words what it is at."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as it was read: its settings, its data and its papers as models."""

    settings: SettingsFiles
    book: Book
    papers: tuple[Paper, ...]


def build(
    world: World, request: BuildRequest, *, diagnostics: Diagnostics, progress: Progress
) -> tuple[WrittenFile, ...]:
    """Write the papers that ``request`` asks for; nothing is written, and nothing returned, when there are errors.

    For publication a warning stops the build as an error does.
    """
    try:
        return _build(world, request, diagnostics, progress)
    except OSError as problem:  # of the folder for temporary files, which the engines of charts and PDF use
        if problem.errno not in _OF_THE_MACHINE:
            raise
        diagnostics.add(
            codes.OUTPUT_FAILED,
            Span(str(problem.filename or tempfile.gettempdir())),
            f"The papers could not be made: {(problem.strerror or str(problem)).lower()}.",
            "Check that there is room on the disk, and that you may write into the folder for temporary files;"
            " the papers of the last build are as they were.",
        )
        return ()


_OF_THE_MACHINE = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.EMFILE, errno.ENFILE}
)


def _build(
    world: World, request: BuildRequest, diagnostics: Diagnostics, progress: Progress
) -> tuple[WrittenFile, ...]:
    meeting = read_meeting(
        world,
        request.meeting,
        renderer=Renderer(request.output / CHART_CACHE),
        draft=not request.final,
        diagnostics=diagnostics,
        progress=progress,
    )
    papers = () if meeting is None else meeting.papers
    waived: tuple[Waived, ...] = ()
    if meeting is not None and not diagnostics.has_errors:
        checked = check_meeting(world, meeting, progress=progress)
        diagnostics.extend(checked.findings)
        waived = checked.waived
    if request.final and diagnostics.count(Severity.WARNING):
        diagnostics.add(
            codes.NOT_FINAL,
            Span(f"content/{request.meeting}"),
            "Papers for publication are not written while there are warnings.",
            "Mend each, or waive a finding of a rule with its reason.",
        )
    if diagnostics.has_errors:  # then templates are not used, and what is wrong in them would come out another day
        for _ in check_templates(world, request.meeting, [], diagnostics=diagnostics):
            pass
    written = [] if diagnostics.has_errors else _write(world, papers, request, diagnostics, progress)
    if diagnostics.has_errors or meeting is None or not written:
        return ()
    progress("Seal", f"putting {len(written)} files in place")
    manifest = make_manifest(
        world,
        papers,
        meeting.settings,
        meeting.book,
        kinds=request.kinds,
        formats=(each.value for each in request.formats),
        waived=waived,
        files=[(name, data, pages) for name, data, pages, _ in written],
    )
    if not _seal([*written, (MANIFEST, manifest, 0, 0.0)], papers, request, diagnostics):
        return ()
    return tuple(
        WrittenFile(request.folder / name, pages, len(data), seconds) for name, data, pages, seconds in written
    )


def check_meeting(world: World, meeting: Meeting, *, progress: Progress) -> Checked:
    """What the rules find in a meeting that was read."""
    progress("Check", "the rules")
    files = {found.at.file for found in find(meeting.papers, Section)}
    quiet = world.quietly()
    texts = {file: quiet.read_text(file) or "" for file in sorted(files) if quiet.is_file(file)}
    previous = _previous(quiet, meeting)
    unchanged = frozenset() if previous else _unchanged(quiet, meeting, texts)
    reading = Reading(meeting.papers, meeting.settings, meeting.book, previous, texts, unchanged)
    found = check(reading)
    return replace(found, findings=(*unknown_codes(meeting.settings), *found.findings))


def _previous(world: World, meeting: Meeting) -> tuple[Paper, ...]:
    """The papers of the meeting before, as far as they can be read; what is wrong in them is no matter here."""
    earlier = [name for name in meetings(world) if name < str(meeting.settings.meeting.date)]
    settings = read_settings(world, earlier[-1], world.diagnostics) if earlier else None
    if settings is None:
        return ()
    book = meeting.book.for_meeting(world, settings, world.diagnostics)
    return assemble(world, earlier[-1], settings, book, renderer=None, draft=True, diagnostics=world.diagnostics)


def _unchanged(world: World, meeting: Meeting, files: Iterable[str]) -> frozenset[str]:
    """The files that are byte for byte those that the manifest of the last papers built records."""
    this = str(meeting.settings.meeting.date)
    for last in reversed(world.names(OUTPUT)):
        data = world.read_bytes(f"{OUTPUT}/{last}/{MANIFEST}") if _DAY.fullmatch(last) and last < this else None
        if data is None:
            continue
        try:
            recorded = {each.name: each.sha256 for each in read_manifest(data).inputs}
        except UnreadableManifestError:
            continue
        digests = {file: hashlib.sha256(world.read_bytes(file) or b"").hexdigest() for file in files}
        return frozenset(
            file
            for file, digest in digests.items()
            if recorded.get(file.replace(f"/{this}/", f"/{last}/", 1)) == digest
        )
    return frozenset()


def read_papers(
    world: World,
    meeting: str,
    *,
    renderer: Renderer | None = None,
    draft: bool,
    diagnostics: Diagnostics,
    progress: Progress,
) -> tuple[Paper, ...]:
    """The papers of ``meeting`` as models; none when the settings cannot be used.

    Charts are drawn by ``renderer``; without one they are left empty.
    """
    read = read_meeting(world, meeting, renderer=renderer, draft=draft, diagnostics=diagnostics, progress=progress)
    return () if read is None else read.papers


def read_meeting(
    world: World,
    meeting: str,
    *,
    renderer: Renderer | None = None,
    draft: bool,
    diagnostics: Diagnostics,
    progress: Progress,
) -> Meeting | None:
    """Settings, data and papers of ``meeting``; None when the settings cannot be used."""
    progress("Read", f"settings of the meeting of {meeting}")
    settings = read_settings(world, meeting, diagnostics)
    if settings is None:
        check_files(world, meeting, diagnostics=diagnostics)
        return None
    check_folders(world, meeting, [paper.folder for paper in settings.panel.papers], diagnostics)
    progress("Bind", "measures, series and facts")
    book = read_book(world, settings, diagnostics)
    progress("Assemble", "sections, numbers and references")
    papers = assemble(world, meeting, settings, book, renderer=renderer, draft=draft, diagnostics=diagnostics)
    return Meeting(settings, book, papers)


_File = tuple[str, bytes, int, float]


def _write(
    world: World, papers: tuple[Paper, ...], request: BuildRequest, diagnostics: Diagnostics, progress: Progress
) -> list[_File]:
    """The files, made in memory.

    Every paper is laid out as a PDF even when only Word is wanted: its contents list takes its page numbers from there,
    and in a printed pack the appendix goes on from the last page of the report.  Pages of HTML need neither, and come
    last: they link to the other files.
    """
    from papergen.write.pdf import lay_out

    written: list[_File] = []
    stylesheet = _text_template(world, "paper.css", diagnostics)
    next_page = papers[0].first_page if papers else None
    for paper in papers:
        wanted = paper.kind in request.kinds
        if wanted:
            written += [(name, data, 0, 0.0) for name, data in chart_data.chart_files(paper)]
        if request.formats == {Format.HTML} or (not wanted and next_page is None):
            continue
        placed = replace(paper, first_page=next_page)
        layout = _text_template(world, f"{paper.template}.html", diagnostics)
        if layout is None or stylesheet is None:
            continue
        progress("Write", f"{paper.name}: laying out pages")
        started = time.perf_counter()
        laid_out = lay_out(placed, layout=layout, stylesheet=stylesheet, diagnostics=diagnostics)
        if laid_out is None:
            continue
        if wanted:
            written += _write_files(world, placed, laid_out, started, request.formats, diagnostics, progress)
        if next_page is not None:
            next_page += laid_out.pages
    if Format.HTML in request.formats:
        written += _write_pages(world, papers, request, written, diagnostics, progress)
    return written


def _write_pages(
    world: World,
    papers: tuple[Paper, ...],
    request: BuildRequest,
    written: list[_File],
    diagnostics: Diagnostics,
    progress: Progress,
) -> list[_File]:
    """The pages of HTML; in a draft they show what was found up to here."""
    from papergen.write.web import Edition, WrittenPapers, write_page
    from papergen.write.web.page import LAYOUT_ENDING, STYLESHEET

    wanted = [paper for paper in papers if paper.kind in request.kinds]
    others = [Edition(name, len(data), pages) for name, data, pages, _ in written]
    beside = WrittenPapers(papers, [*others, *(Edition(f"{paper.name}.html") for paper in wanted)])
    stylesheet = _text_template(world, STYLESHEET, diagnostics)
    layouts = [_text_template(world, f"{paper.template}{LAYOUT_ENDING}", diagnostics) for paper in wanted]
    findings = tuple(diagnostics)
    pages: list[_File] = []
    for paper, layout in zip(wanted, layouts, strict=True):
        if layout is None or stylesheet is None:
            continue
        progress("Write", f"{paper.name}.html")
        started = time.perf_counter()
        page = write_page(
            paper, layout=layout, stylesheet=stylesheet, beside=beside, findings=findings, diagnostics=diagnostics
        )
        if page is not None:
            pages.append((f"{paper.name}.html", page, 0, time.perf_counter() - started))
    return pages


def _write_files(
    world: World,
    paper: Paper,
    laid_out: LaidOut,
    started: float,
    formats: frozenset[Format],
    diagnostics: Diagnostics,
    progress: Progress,
) -> Iterator[_File]:
    """The files of one paper; the seconds of a PDF count its layout, which began at ``started``."""
    from papergen.write.docx import write_docx

    if Format.PDF in formats:
        progress("Write", f"{paper.name}.pdf")
        pdf = laid_out.write(diagnostics)
        if pdf is not None:
            yield f"{paper.name}.pdf", pdf.data, pdf.pages, time.perf_counter() - started
    if Format.DOCX in formats:
        progress("Write", f"{paper.name}.docx")
        started = time.perf_counter()
        template = world.template(f"{paper.template}.docx")
        if template is None:
            return
        pages, page_of = laid_out.pages, laid_out.page_of
        data = write_docx(paper, template=template, page_of=page_of, pages=pages, diagnostics=diagnostics)
        if data is not None:
            yield f"{paper.name}.docx", data, pages, time.perf_counter() - started


def _text_template(world: World, name: str, diagnostics: Diagnostics) -> str | None:
    data = world.template(name)
    if data is None:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        diagnostics.add(
            codes.FILE_ENCODING,
            Span(f"templates/{name}"),
            "The template is not UTF-8 text.",
            "Save it again with the encoding “UTF-8”.",
        )
        return None


def _seal(written: list[_File], papers: tuple[Paper, ...], request: BuildRequest, diagnostics: Diagnostics) -> bool:
    """Put the files in place; False with a diagnostic, and the old papers as they were, when that cannot be done."""
    ours = frozenset(f"{paper.name}.{kind.value}" for paper in papers for kind in Format)
    folders = frozenset({PARTIAL, chart_data.FOLDER})
    try:
        with output_lock(request.output):
            files = {name: data for name, data, _, _ in written}
            swap_in(request.folder, files, ours=ours, folders=folders, within=request.output)
    except OutputBusyError:
        diagnostics.add(
            codes.OUTPUT_FAILED,
            Span(str(request.output)),
            "Another build is writing to this folder.",
            "Wait until it has finished, then build again.",
        )
        return False
    except OSError as problem:
        diagnostics.add(
            codes.OUTPUT_FAILED,
            Span(str(problem.filename or request.folder)),
            f"The papers could not be written: {reason(problem)}.",
            hint(
                problem,
                "Check that there is room on the disk, that you may write there and that no paper is open in Word;"
                " the papers of the last build are as they were.",
            ),
        )
        return False
    return True
