"""The steps from a workspace to its papers: Mark, Read, Bind, Assemble, Check, Draw, Write, Seal."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from papergen import codes
from papergen.commands.crew import Crew
from papergen.commands.printing import Printing
from papergen.commands.request import PARTIAL, Build, BuildRequest
from papergen.commands.seal import OutputBusyError, output_lock, put_beside, swap_in
from papergen.commands.steps import Meeting, read_meeting
from papergen.commands.templates import check_templates
from papergen.commands.unchanged import changed_inputs, remember, will_draw
from papergen.commands.write import write_papers
from papergen.diagnostics import NOWHERE, Diagnostics, Severity, Span
from papergen.exhibits.engine import Copies
from papergen.exhibits.render import Promised, Renderer
from papergen.files import OF_THE_MACHINE, hint, reason
from papergen.manifest.names import MANIFEST
from papergen.model.nodes import Paper
from papergen.model.published import published
from papergen.model.serial import NAME as MODEL
from papergen.model.serial import write_model
from papergen.papers import chart_data
from papergen.papers.draw import draw_charts, misplaced_letters
from papergen.session import Memory, Progress, no_progress
from papergen.values.words import so_many
from papergen.work.scratch import use_scratch
from papergen.world import World
from papergen.write.files import Format, MadeFile

if TYPE_CHECKING:
    from papergen.check.run import Waived


def build(world: World, request: BuildRequest, *, crew: Crew | None = None, progress: Progress = no_progress) -> Build:
    """Write the papers that ``request`` asks for; nothing is written when there are errors.

    For publication a warning stops the build as an error does.  ``crew`` are processes that were started already.
    """
    try:
        use_scratch()
        with crew or Crew(request, draws=will_draw(changed_inputs(world, request))) as own:
            return _build(world, request, own, progress)
    except OSError as problem:  # of the folder for temporary files, which the engines of charts and PDF use
        if problem.errno not in OF_THE_MACHINE:
            raise
        why = problem.strerror or str(problem)
        world.diagnostics.add(
            codes.OUTPUT_FAILED,
            NOWHERE if problem.errno == errno.ENOMEM else Span(str(problem.filename or tempfile.gettempdir())),
            f"The papers could not be made: {why[:1].lower()}{why[1:]}.",
            _ROOM_FOR_ADDRESSES if problem.errno == errno.ENOMEM else _ROOM_ON_DISK,
        )
        return Build(request.folder)
    except MemoryError:
        message = "The papers could not be made: this process may not use more memory."
        world.diagnostics.add(codes.OUTPUT_FAILED, NOWHERE, message, _ROOM_FOR_ADDRESSES)
        return Build(request.folder)


_ROOM_ON_DISK = (
    "Check that there is room on the disk, and that you may write into the folder for temporary files;"
    " the papers of the last build are as they were."
)
_ROOM_FOR_ADDRESSES = (
    "Run it without that limit, “ulimit -v unlimited”: few of the addresses are used;"
    " the papers of the last build are as they were."
)


def _build(world: World, request: BuildRequest, crew: Crew, progress: Progress) -> Build:
    diagnostics, wanted = world.diagnostics, request.wanted
    meeting = read_meeting(world, request.meeting, draft=not request.final, progress=progress)
    waived: tuple[Waived, ...] = ()
    printing: Printing | None = None
    if meeting is not None and not diagnostics.has_errors:
        drawn = _draw(meeting, request, crew)
        printing = Printing(meeting.session, meeting.papers, drawn, wanted, crew.printer, request.store)
        from papergen.commands.check import check_meeting  # the rules, while pages are laid out
        from papergen.commands.sign import check_signatures

        # What they make of every sentence goes with them.
        checked = check_meeting(replace(meeting, session=replace(meeting.session, memory=Memory())))
        diagnostics.extend(checked.findings)
        waived = checked.waived
        del checked
        if request.final:
            diagnostics.extend(check_signatures(meeting.session, meeting.papers))
            check_templates(world, request.meeting)
    if request.final and diagnostics.count(Severity.WARNING):
        diagnostics.add(
            codes.NOT_FINAL,
            Span(f"content/{request.meeting}"),
            "Papers for publication are not written while there are warnings.",
            "Mend each, or waive a finding of a rule with its reason.",
        )
    if meeting is None or printing is None or diagnostics.has_errors:
        # Then templates are not used, and what is wrong in them would come out another day.
        check_templates(world, request.meeting)
        return Build(request.folder)
    from papergen.commands.sign import signed_sections
    from papergen.manifest.evidence import evidence
    from papergen.manifest.make import make_manifest
    from papergen.manifest.office import make_office_record
    from papergen.manifest.tools import tools

    rests_on = evidence(meeting.papers, meeting.session.book)
    printing.go_on()
    tools()  # loads what it asks for its version, while pages are laid out
    diagnostics.extend(misplaced_letters(printing.papers))
    # It does not need what pictures in pixels and pages hold, which are still being made.
    model = MadeFile(MODEL, write_model(published(paper for paper in printing.papers if paper.kind in wanted.kinds)))
    files = write_papers(meeting.session, printing, wanted)
    crew.dismiss()
    papers = printing.papers
    if diagnostics.has_errors or not files:
        return Build(request.folder, papers=papers)
    progress("Seal", f"putting {so_many(len(files), 'file')} in place")
    made = [*files, model]
    manifest = make_manifest(meeting.session, rests_on, wanted=wanted, files=made)
    signed = signed_sections(meeting.session, papers)
    record = make_office_record(meeting.session, papers, waived=waived, signed=signed, manifest=manifest)
    if not _seal([*made, MadeFile(MANIFEST, manifest)], record, papers, request, diagnostics):
        return Build(request.folder, papers=papers)
    done = Build(request.folder, tuple(files), papers)
    remember(world, request, done)
    return done


def _draw(meeting: Meeting, request: BuildRequest, crew: Crew) -> Promised[tuple[Paper, ...]]:
    """Have the charts drawn: Word needs them as pixels, and a PDF takes them as pages."""
    meeting.session.progress("Draw", so_many(len(meeting.charts), "chart"))
    renderer = Renderer(request.store, crew.drawers)
    copies = Copies(pixels=Format.DOCX in request.wanted.formats, page=Format.PDF in request.wanted.formats)
    return draw_charts(meeting.papers, meeting.charts, renderer, copies)


def _seal(
    files: Sequence[MadeFile], record: bytes, papers: Sequence[Paper], request: BuildRequest, diagnostics: Diagnostics
) -> bool:
    """Put the files in place; False with a diagnostic, and the old papers as they were, when that cannot be done."""
    ours = frozenset(f"{paper.name}.{kind.value}" for paper in papers for kind in Format)
    folders = frozenset({PARTIAL, chart_data.FOLDER})
    try:
        with output_lock(request.output, request.meeting):
            data = {each.name: each.data for each in files}
            with put_beside(request.output, request.record, record):
                swap_in(request.folder, data, ours=ours, folders=folders, within=request.output)
    except OutputBusyError:
        diagnostics.add(
            codes.OUTPUT_FAILED,
            Span(str(request.folder)),
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
