"""The command line.  Thin: every command imports what it needs when it runs, so that ``--help`` is instant."""

from __future__ import annotations

import signal
import sys
import traceback
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from papergen import __version__
from papergen.cli.data import data_app
from papergen.cli.figures import BACKGROUND_EXAMPLE, FIGURES_EXAMPLES, background_papers, figures
from papergen.cli.options import (
    CONTENT_HAS_ERRORS,
    MeetingName,
    Quiet,
    Workspace,
    find_meeting,
    find_root,
    relative,
    stop,
)
from papergen.cli.verify import VERIFY_EXAMPLES, verify

if TYPE_CHECKING:
    from papergen.world import World

OWN_FAULT = 3
INTERRUPTED = 130

app = typer.Typer(
    name="papergen",
    help="Writes the papers of a Police and Crime Panel as Word, PDF and HTML files, from Markdown and settings.",
    epilog="Begin with: papergen init my-panel; cd my-panel; papergen build",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
template_app = typer.Typer(help="Look after the templates of Word, PDF and HTML files.", no_args_is_help=True)
app.add_typer(template_app, name="template")
app.add_typer(data_app, name="data")


class Only(StrEnum):
    """A part of the set of papers."""

    REPORT = "report"
    APPENDIX = "appendix"
    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"papergen {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    pass


@app.command(
    epilog="Examples:  papergen build  ·  papergen build 2016-02-02 --only appendix  ·  papergen build --final"
)
def build(
    meeting: MeetingName = None,
    only: Annotated[
        list[Only] | None,
        typer.Option(
            "--only",
            metavar="PART",
            help="Build only the report, the appendix, the docx, pdf or html files, into the meeting's folder partial/."
            " May be given more than once.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR",
            help="Where to write. Otherwise the workspace's output/.",
            show_default=False,
        ),
    ] = None,
    final: Annotated[bool, typer.Option("--final", help="For publication: without the word “Draft”.")] = False,
    quiet: Quiet = False,
    workspace: Workspace = None,
) -> None:
    """Write the papers of a meeting: the panel report and its appendix, as Word, PDF and HTML files.

    Nothing is written when the content has errors: the papers of the last build stay as they are.
    """
    from papergen.cli.console import Show
    from papergen.commands.build import BuildRequest
    from papergen.commands.build import build as build_papers
    from papergen.commands.write import Wanted
    from papergen.diagnostics import Diagnostics
    from papergen.model.nodes import PaperKind
    from papergen.world import World
    from papergen.write.files import Format

    root = find_root(workspace)
    diagnostics = Diagnostics()
    world = World(root, diagnostics)
    name = find_meeting(world, meeting)
    target = _output(world.root, output)
    kinds = frozenset(PaperKind(part.value) for part in only or () if part in (Only.REPORT, Only.APPENDIX))
    formats = frozenset(Format(part.value) for part in only or () if part in (Only.DOCX, Only.PDF, Only.HTML))
    request = BuildRequest(
        meeting=name,
        output=target,
        wanted=Wanted(kinds or frozenset(PaperKind), formats or frozenset(Format)),
        final=final,
    )
    show = Show(quiet=quiet)
    with show.progress() as progress:
        written = build_papers(world, request, progress=progress)
    show.findings(diagnostics)
    if diagnostics.has_errors:
        show.problem("No papers were written; those of the last build are as they were.")
        raise typer.Exit(CONTENT_HAS_ERRORS)
    if not written.files:
        stop("There is nothing to write.", "None of the papers in content/panel.yaml is of the kind you asked for.")
    show.written(written.files, relative(written.folder), draft=not final)


def _output(root: Path, wanted: Path | None) -> Path:
    """The folder to write to, which is never one that papers are made from."""
    target = wanted.resolve() if wanted is not None else root / "output"
    if target.is_symlink():
        stop(f"“{relative(target)}” is a link to another folder.", "Name the folder it leads to with --output.")
    if target.exists() and not target.is_dir():
        stop(f"“{relative(target)}” is a file.", "Name a folder for the papers with --output.")
    if target == root or any(target.is_relative_to(root / name) for name in ("content", "templates")):
        stop(f"“{relative(target)}” holds what papers are made from.", "Name another folder with --output.")
    return target


@app.command(epilog="Example:  papergen new 2016-04-19")
def new(
    meeting: Annotated[str, typer.Argument(help="The date of the next meeting, such as 2016-04-19.")],
    quiet: Quiet = False,
    workspace: Workspace = None,
) -> None:
    """Lay down the next meeting from the last one.

    The settings are rolled on by one reporting period, and every Markdown file is carried over and marked as not yet
    reviewed.  Nothing that exists is overwritten.
    """
    from papergen.cli.console import Show
    from papergen.commands.new import roll_over
    from papergen.diagnostics import Diagnostics
    from papergen.world import World

    try:
        day = datetime.strptime(meeting, "%Y-%m-%d").date()
    except ValueError:
        stop(f"“{meeting}” is not a date.", "Write year, month and day: papergen new 2016-04-19")
    root = find_root(workspace)
    diagnostics = Diagnostics()
    world = World(root, diagnostics)
    last = _last_before(world, day)
    show = Show(quiet=quiet)
    made = roll_over(world, last, day, diagnostics=diagnostics)
    show.findings(diagnostics)
    if made is None:
        raise typer.Exit(CONTENT_HAS_ERRORS)
    show.line(f"Made content/{day}/ from the meeting of {last}: {made.files} files, each marked “reviewed: no”.")
    show.line(f"It reports on {made.period}. Look through content/{day}/meeting.yaml first.")


def _last_before(world: World, day: date) -> str:
    from papergen.workspace.settings import meetings

    known = meetings(world)
    earlier = [name for name in known if name < str(day)]
    if str(day) in known:
        stop(f"There is a meeting of {day} already.", "Nothing was changed.")
    if not earlier:
        stop(f"There is no meeting before {day} to carry over.", "Meetings are folders in content/, named by date.")
    return earlier[-1]


@app.command(epilog="Example:  papergen init my-panel")
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make; it may exist if it is empty.")],
    quiet: Quiet = False,
) -> None:
    """Lay down a small workspace that builds at once, to change into your own."""
    from papergen.cli.console import Show
    from papergen.commands.init import FolderInUseError, lay_down

    show = Show(quiet=quiet)
    try:
        lay_down(folder)
    except FolderInUseError:
        stop(f"“{folder}” is not empty.", "Name a folder that does not exist yet.")
    except OSError as problem:
        stop(f"“{folder}” could not be made: {(problem.strerror or str(problem)).lower()}.")
    show.line(f"Made {folder}/ with content/ and templates/.")
    show.line(f"Now run: cd {folder} && papergen build")


class Form(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


@app.command(epilog="Examples:  papergen check  ·  papergen check --select C2  ·  papergen check --format sarif")
def check(
    meeting: MeetingName = None,
    form: Annotated[Form, typer.Option("--format", metavar="FORM", help="text, json, github or sarif.")] = Form.TEXT,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", metavar="CODE", help="Only findings whose code begins so.", show_default=False),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", metavar="CODE", help="No findings whose code begins so.", show_default=False),
    ] = None,
    workspace: Workspace = None,
) -> None:
    """Look for everything that a careful colleague would find in the papers of a meeting. Nothing is written.

    Leaves 1 when there is an error. What a code means is told by: papergen explain CODE
    """
    from papergen.check.report import as_github, as_json, as_sarif
    from papergen.check.run import chosen
    from papergen.cli.console import Show
    from papergen.commands.check import check_meeting
    from papergen.commands.steps import read_meeting
    from papergen.diagnostics import Diagnostics
    from papergen.world import World

    root = find_root(workspace)
    diagnostics = Diagnostics()
    world = World(root, diagnostics)
    show = Show()
    read = read_meeting(world, find_meeting(world, meeting))
    checked = None if read is None else check_meeting(read)
    if checked is not None:
        diagnostics.extend(checked.findings)
    found = chosen(diagnostics, select=select or (), ignore=ignore or ())
    match form:
        case Form.TEXT:
            show.findings(found)
            if checked is not None:
                show.waived(checked.waived)
                show.line(str(checked.share))
        case Form.JSON:
            typer.echo(as_json(found, None if checked is None else checked.share))
        case Form.GITHUB:
            typer.echo(as_github(found))
        case Form.SARIF:
            typer.echo(as_sarif(found))
    if found.has_errors:
        raise typer.Exit(CONTENT_HAS_ERRORS)


@app.command(epilog="Examples:  papergen explain C201  ·  papergen explain")
def explain(
    code: Annotated[str | None, typer.Argument(metavar="CODE", help="A code. Otherwise all are listed.")] = None,
) -> None:
    """Say what a code means, why it matters, and what it finds."""
    from papergen.check.registry import RULES
    from papergen.cli.console import Show
    from papergen.codes import all_codes
    from papergen.diagnostics import did_you_mean

    show = Show()
    rules = {rule.code.id: rule for rule in RULES}
    known = {each.id: each for each in (*all_codes(), *(rule.code for rule in RULES))}
    if code is None:
        for each in known.values():
            show.line(f"{each.id}  {each.severity}  {each.meaning}")
        return
    wanted = code.upper()
    if wanted not in known:
        stop(f"“{code}” is not a code.", did_you_mean(wanted, known, "papergen explain lists them all."))
    show.line(f"{wanted} ({known[wanted].severity}): reported when {known[wanted].meaning}.")
    if rule := rules.get(wanted):
        show.line(f"Why: {' '.join((rule.check.__doc__ or '').split())}")
        show.line(f"Source: {rule.source}")
        show.line(f"Example: {rule.example}")


app.command(epilog=FIGURES_EXAMPLES)(figures)
app.command(epilog=BACKGROUND_EXAMPLE)(background_papers)
app.command(epilog=VERIFY_EXAMPLES)(verify)


@template_app.command("check", epilog="Examples:  papergen template check  ·  papergen template check appendix.docx")
def template_check(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME", help="File names in templates/. Otherwise all that the papers use."),
    ] = None,
    workspace: Workspace = None,
) -> None:
    """List the fields and styles that the templates use, lack, or do not know."""
    from papergen.cli.console import Show
    from papergen.commands.templates import check_templates
    from papergen.diagnostics import Diagnostics
    from papergen.world import World

    root = find_root(workspace)
    diagnostics = Diagnostics()
    world = World(root, diagnostics)
    show = Show()
    for line in check_templates(world, find_meeting(world, None), names or [], diagnostics=diagnostics):
        show.line(line)
    show.findings(diagnostics)
    if diagnostics.has_errors:
        raise typer.Exit(CONTENT_HAS_ERRORS)


class _Stopped(BaseException):
    """Somebody pressed Ctrl-C, or the system asked the program to end."""


def _stop_cleanly(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise _Stopped


def main() -> None:
    """Run the command line; a person never sees a traceback."""
    # Typer answers a KeyboardInterrupt itself, with "Aborted!"; an exception of our own reaches us.
    signal.signal(signal.SIGINT, _stop_cleanly)
    signal.signal(signal.SIGTERM, _stop_cleanly)
    try:
        app()
    except _Stopped:
        typer.echo("\nStopped. The papers in place are whole: those of the last build, or all of this one.", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.exit(INTERRUPTED)
    except Exception:
        _report_own_fault()
        sys.exit(OWN_FAULT)


def _report_own_fault() -> None:
    """Say that papergen itself is at fault, and keep what its makers need in a file."""
    details = traceback.format_exc()
    file = Path("papergen-fault.txt")
    try:
        file.write_text(f"papergen {__version__}\n{details}", encoding="utf-8")
        where = f"Please send the file {file} to whoever looks after papergen."
    except OSError:
        where = details.strip().splitlines()[-1]
    typer.echo(f"Papergen has a fault of its own; nothing is wrong with your files. {where}", err=True)
