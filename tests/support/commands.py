"""Running a command in this process: its exit code and what it printed."""

from __future__ import annotations

from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from papergen.cli.app import app


@dataclass(frozen=True)
class Done:
    """A command that has ended: its exit code, and what it printed for reading on and for people."""

    code: int
    stdout: str
    stderr: str


def run(*arguments: str, at: Path) -> Done:
    """``papergen`` with these arguments in a folder, as in a log of 80 columns; what it raises is raised here.

    A build starts no processes to share its work, which take longer to be ready than a small build lasts, unless it is
    told ``--jobs``.
    """
    if arguments[:1] == ("build",) and "--jobs" not in arguments and "--help" not in arguments:
        arguments = (*arguments, "--jobs", "1")
    with chdir(at):
        result = CliRunner().invoke(app, arguments, env={"COLUMNS": "80"}, catch_exceptions=False)
    return Done(result.exit_code, result.stdout, result.stderr)
