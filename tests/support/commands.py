"""Running a command in this process: its exit code and what it printed."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner, Result

from papergen.cli.app import app


@dataclass(frozen=True)
class Done:
    """A command that has ended: its exit code, and what it printed for reading on and for people."""

    code: int
    stdout: str
    stderr: str


def run(*arguments: str, at: Path) -> Done:
    """``papergen`` with these arguments in a folder, as in a log of 80 columns; what it raises is raised here."""
    with chdir(at):
        result = invoke(*arguments, env={"COLUMNS": "80"}, catch_exceptions=False)
    return Done(result.exit_code, result.stdout, result.stderr)


def invoke(*arguments: str, env: Mapping[str, str] | None = None, catch_exceptions: bool = True) -> Result:
    """``papergen`` with these arguments; what it raises is held in the result.

    It starts no processes to share its work, which take longer to be ready than such work lasts, unless it is told
    ``--jobs``.
    """
    if arguments[:1] in (("build",), ("check",)) and not {"--jobs", "--help"} & set(arguments):
        arguments = (*arguments, "--jobs", "1")
    return CliRunner().invoke(app, arguments, env=env, catch_exceptions=catch_exceptions)
