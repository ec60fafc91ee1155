"""``papergen new``."""

from __future__ import annotations

from typing import Annotated

import typer

from papergen.cli.exits import CONTENT_HAS_ERRORS
from papergen.cli.options import Quiet, Workspace, as_day, open_workspace

EXAMPLES = "Example:  papergen new 2016-04-19"


def new(
    meeting: Annotated[str, typer.Argument(help="The date of the next meeting, such as 2016-04-19.")],
    quiet: Quiet = False,
    workspace: Workspace = None,
) -> None:
    """Lay down the next meeting from the last one.

    The settings are rolled on by one reporting period, and every Markdown file is carried over and marked as not yet
    reviewed.  Nothing that exists is overwritten.
    """
    from papergen.cli.console import Console
    from papergen.commands.new import last_before, roll_over

    day = as_day(meeting, "papergen new 2016-04-19")
    world = open_workspace(workspace)
    last = last_before(world, day)
    made = roll_over(world, last, day)
    console = Console(quiet=quiet)
    console.findings(world.diagnostics)
    if made is None:
        raise typer.Exit(CONTENT_HAS_ERRORS)
    period, files = made
    console.line(f"Made content/{day}/ from the meeting of {last}: {files} files, each marked “reviewed: no”.")
    reports = f"It reports on {period}. " if period else ""
    console.line(f"{reports}Look through content/{day}/meeting.yaml first.")
