"""The command line: every command of the modules beside it, and how the program ends.

A command imports what it needs when it runs, so that ``--help`` is instant.
"""

from __future__ import annotations

import signal
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Annotated, NoReturn

import typer
from typer._click.exceptions import ClickException

from papergen import __version__
from papergen.cli import (
    background_papers,
    board,
    build,
    build_all,
    check,
    data,
    data_add,
    data_import,
    deadlines,
    explain,
    figures,
    init,
    new,
    serve,
    sign,
    template,
    trust,
    verify,
)
from papergen.cli.exits import CONTENT_HAS_ERRORS, INTERRUPTED, OWN_FAULT, WRONG_USE
from papergen.cli.fault import REPORT, fault_report
from papergen.cli.marks import NotPrintedError, goes_on, visible
from papergen.cli.options import Commands
from papergen.files import Folder
from papergen.work.collecting import collect_seldom
from papergen.work.scratch import end_at_once

app = typer.Typer(
    name="papergen",
    cls=Commands,
    help="Writes the papers of a Police and Crime Panel as Word, PDF and HTML files, from Markdown and settings.",
    epilog="Begin with: papergen init my-panel; cd my-panel; papergen build",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


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


app.command(epilog=build.EXAMPLES)(build.build)
app.command(epilog=build_all.EXAMPLES)(build_all.build_all)
app.command(epilog=new.EXAMPLES)(new.new)
app.command(epilog=init.EXAMPLES)(init.init)
app.command(epilog=check.EXAMPLES)(check.check)
app.command(epilog=explain.EXAMPLES)(explain.explain)
app.command(epilog=figures.EXAMPLES)(figures.figures)
app.command(epilog=background_papers.EXAMPLES)(background_papers.background_papers)
app.command(epilog=serve.EXAMPLES)(serve.serve)
app.command(epilog=board.EXAMPLES)(board.board)
app.command(epilog=sign.EXAMPLES)(sign.sign)
app.command(epilog=deadlines.EXAMPLES)(deadlines.deadlines)
app.command(epilog=verify.EXAMPLES)(verify.verify)
app.command(epilog=trust.EXAMPLES)(trust.trust)

template_app = typer.Typer(
    help="Look after the templates of Word, PDF and HTML files.", epilog=template.EXAMPLES, no_args_is_help=True
)
template_app.command("check", epilog=template.EXAMPLES)(template.check)
template_app.command("preview", epilog=template.PREVIEW_EXAMPLES)(template.preview)
template_app.command("adopt", epilog=template.ADOPT_EXAMPLES)(template.adopt)
app.add_typer(template_app, name="template")

data_app = typer.Typer(help="Look after the data behind the figures.", epilog=data.CHECK_EXAMPLES, no_args_is_help=True)
data_app.command("check", epilog=data.CHECK_EXAMPLES)(data.check)
data_app.command("import", epilog=data_import.EXAMPLES)(data_import.import_)
data_app.command("add", epilog=data_add.EXAMPLES)(data_add.add)
data_app.command("backtest", epilog=data.BACKTEST_EXAMPLES)(data.backtest)
app.add_typer(data_app, name="data")


class _Stopped(BaseException):
    """Somebody pressed Ctrl-C, or the system asked the program to end."""


def _stop_cleanly(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise _Stopped


def main() -> NoReturn:
    """Run the command line; a person never sees a traceback."""
    if sys.flags.optimize > 1:  # it takes docstrings away, which are the help and what explain tells
        typer.echo("papergen cannot run with python -OO or PYTHONOPTIMIZE=2. Leave that out; -O may stay.", err=True)
        sys.exit(WRONG_USE)
    # Typer answers a KeyboardInterrupt itself, with "Aborted!"; an exception of our own reaches us.
    signal.signal(signal.SIGINT, _stop_cleanly)
    signal.signal(signal.SIGTERM, _stop_cleanly)
    collect_seldom()
    sys.stdout, sys.stderr = goes_on(sys.stdout), goes_on(sys.stderr)
    end_at_once(_exit_code())


def _exit_code() -> int:
    """Run the command line, and tell why it ends with the exit code that comes back."""
    try:
        code = app(standalone_mode=False)
        return code if isinstance(code, int) else 0
    except ClickException as problem:
        from typer.rich_utils import rich_format_error

        problem.message = visible(problem.message.removeprefix("Value error, "))  # words of typer's own
        rich_format_error(problem)
        return problem.exit_code
    except typer.Abort:
        return INTERRUPTED
    except NotPrintedError as problem:
        with suppress(OSError):
            typer.echo(f"What there is to tell cannot be printed: {problem}.", err=True)
        return CONTENT_HAS_ERRORS
    except _Stopped:
        typer.echo("\nStopped. The papers in place are whole: those of the last build, or all of this one.", err=True)
        return INTERRUPTED
    except Exception as problem:  # nothing that a person could mend
        _report_own_fault(problem)
        return OWN_FAULT
    finally:  # what has come to its end leaves what it came to
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)


def _report_own_fault(problem: Exception) -> None:
    """Say that papergen itself is at fault, and keep what its makers need in a file."""
    report = fault_report(problem)
    try:
        Folder(Path.cwd()).write(REPORT, report.encode(errors="replace"))
        where = f"Please send the file {REPORT} to whoever looks after papergen."
    except OSError:
        where = report.strip().splitlines()[-1]
    typer.echo(
        f"Papergen has a fault of its own; nothing is wrong with your files. {visible(where, keep='')}", err=True
    )
