"""``papergen build``."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from papergen.cli.options import Jobs, MeetingName, Quiet, Workspace, begin, taking
from papergen.values.words import so_many

if TYPE_CHECKING:
    from papergen.cli.console import Console
    from papergen.world import World
    from papergen.write.files import MadeFile

EXAMPLES = "Examples:  papergen build  ·  papergen build 2016-02-02 --only appendix  ·  papergen build --final"


class Only(StrEnum):
    """A part of the set of papers."""

    REPORT = "report"
    APPENDIX = "appendix"
    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """A field for each thing that is chosen of a build."""

    meeting: MeetingName = None
    only: Annotated[
        list[Only] | None,
        typer.Option(
            "--only",
            metavar="PART",
            help="Build only the report, the appendix, the docx, pdf or html files, into the meeting's folder partial/."
            " May be given more than once.",
        ),
    ] = None
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="Where to write. Otherwise the workspace's output/."),
    ] = None
    final: Annotated[bool, typer.Option("--final", help="For publication: without the word “Draft”.")] = False
    jobs: Jobs = None
    cache: Annotated[
        Path | None,
        typer.Option(
            "--cache",
            metavar="DIR",
            help="Where to keep drawn charts and printed papers for the next build. Otherwise the user's own cache"
            " folder.",
        ),
    ] = None
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help="Say what was kept from the build before, what was made again, what differs since, and which pages"
            " of the PDFs end early and why.",
        ),
    ] = False
    quiet: Quiet = False
    workspace: Workspace = None


@taking(BuildOptions)
def build(given: BuildOptions) -> None:
    """Write the papers of a meeting: the panel report and its appendix, as Word, PDF and HTML files.

    Nothing is written when the content has errors: the papers of the last build stay as they are.
    """
    from papergen.commands.crew import Crew
    from papergen.commands.locate import output_folder, relative
    from papergen.commands.request import BuildRequest
    from papergen.commands.unchanged import changed_inputs, last_build, will_draw
    from papergen.commands.usage import WrongUseError
    from papergen.model.nodes import PaperKind
    from papergen.store.kept import Store, cache_folder
    from papergen.write.files import Format, Wanted

    world, meeting, console = begin(given.workspace, given.meeting, quiet=given.quiet)
    kinds = frozenset(each for each in PaperKind if each.value in (given.only or ()))
    formats = frozenset(each for each in Format if each.value in (given.only or ()))
    request = BuildRequest(
        meeting=meeting,
        output=output_folder(world.root, given.output),
        wanted=Wanted(kinds or frozenset(PaperKind), formats or frozenset(Format)),
        final=given.final,
        store=Store(given.cache or cache_folder()),
        jobs=given.jobs or os.cpu_count() or 1,
    )
    changed = changed_inputs(world, request)
    if (last := last_build(world, request, changed)) is not None:
        world.diagnostics.extend(last.findings)
        console.findings(world.diagnostics)
        words = "Nothing that these papers are made from has changed since they were built."
        _print_papers(words, last.build.files, relative(request.folder), console)
        if given.explain:
            _explain_pages(last.build.files, console)
        _tell_if_late(world, request.meeting, console)
        return
    with Crew(request, draws=will_draw(changed)) as crew, console.progress() as progress:
        from papergen.commands.build import build as build_papers  # while the crew gets ready

        built = build_papers(world, request, crew=crew, progress=progress)
    console.findings(world.diagnostics)
    if world.diagnostics.has_errors:
        console.fail("No papers were written; those of the last build are as they were.")
    if not built.files:
        raise WrongUseError(
            "There is nothing to write.", "None of the papers in content/panel.yaml is of the kind you asked for."
        )
    folder = relative(built.folder)
    _print_papers(f"{'Final papers' if given.final else 'Drafts'} written to {folder}/", built.files, folder, console)
    if given.explain:
        _explain(request.store.told, changed, console)
        _explain_pages(built.files, console)
    _tell_if_late(world, request.meeting, console)


def _explain(told: Mapping[tuple[str, bool], int], changed: Sequence[str] | None, console: Console) -> None:
    """What was kept, what was made, and which of all that papers are made from is not as it was."""
    parts = dict.fromkeys(what for what, _ in told)
    console.table(
        ("Part", "Kept", "Made"),
        [(part, *(str(told.get((part, kept)) or "") for kept in (True, False))) for part in parts],
        right={"Kept", "Made"},
    )
    if changed is None:
        console.line("There is no build of these papers to compare with.")
    elif changed:
        console.line(f"Not as it was at the build before: {', '.join(changed)}.", whole=True)
    else:
        console.line("All that these papers are made from is as it was at the build before.")


def _explain_pages(files: Sequence[MadeFile], console: Console) -> None:
    """Which pages end early, and why."""
    early = [(file.name, page) for file in files for page in file.early]
    for name, page in early:
        console.line(f"{name}: {page}.", whole=True)
    if any(page.following is not None for _, page in early):
        console.line("Text that may stand before such a chart or table fills the page.")
    elif not early and any(file.name.endswith(".pdf") for file in files):
        console.line("No page of a PDF ends early but the last.")


def _tell_if_late(world: World, meeting: str, console: Console) -> None:
    """What the law asks of these papers, where the day to publish them is over."""
    from papergen.commands.deadlines import late_now

    if late := late_now(world, meeting, today=date.today()):
        console.line(f"\n{late}")


def _print_papers(words: str, files: Sequence[MadeFile], folder: Path, console: Console) -> None:
    """The papers with their pages, sizes and times, and where the rest lies."""
    from papergen.manifest.names import MANIFEST

    papers = [file for file in files if not file.name.endswith(".csv")]
    console.line(words, whole=True)
    figures = ("Pages", "Size", "Seconds")
    console.table(
        ("File", *figures),
        [
            (file.name, str(file.pages or ""), f"{len(file.data) / 1000:,.0f} kB", f"{file.seconds:.1f}")
            for file in papers
        ],
        right=figures,
        whole=figures,
    )
    if charts := len(files) - len(papers):
        console.line(f"The data of {so_many(charts, 'chart')} are in {folder}/chart-data/.")
    console.line(f"What the papers were made from is in {folder}/{MANIFEST}.")
    if any(file.name.endswith(".docx") for file in files):
        console.line("Pages of a Word paper are those of its PDF.", style="dim")
