"""``papergen deadlines``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from papergen.cli.options import MeetingName, Quiet, Today, Workspace, as_today, begin
from papergen.values.words import so_many

if TYPE_CHECKING:
    from papergen.cli.console import Console
    from papergen.commands.deadlines import MeetingDeadlines

EXAMPLES = "Examples:  papergen deadlines  ·  papergen deadlines 2016-02-02 --ics deadlines.ics"


def deadlines(
    meeting: MeetingName = None,
    ics: Annotated[
        Path | None, typer.Option("--ics", metavar="FILE", help="Also write them as a calendar file, for a diary.")
    ] = None,
    today: Today = None,
    quiet: Quiet = False,
    workspace: Workspace = None,
) -> None:
    """Give the days by which drafts, clearances, final papers and publication are due, each with its reason and source.

    The rules are the law of the panel's nation and what “calendar” in content/panel.yaml says.
    """
    from papergen.commands.deadlines import meeting_deadlines, write_icalendar

    world, chosen, console = begin(workspace, meeting, quiet=quiet)
    found = meeting_deadlines(world, chosen, today=as_today(today))
    console.end(world.diagnostics)
    if found is None:
        return
    print_deadlines(found, console)
    for each in found.due:
        console.line(f"\n{each.stage.value}: {each.reason} {each.source}")
    if found.late:
        console.line(f"\n{found.late}")
    if ics is not None:
        write_icalendar(found, ics)
        console.line(f"\nWritten as a calendar file to {ics}.", whole=True)


def print_deadlines(found: MeetingDeadlines, console: Console) -> None:
    """The meeting, and the days by which its papers are due."""
    from papergen.values.periods import print_weekday

    console.line(f"{found.panel}: meeting of {print_weekday(found.meeting)}")
    console.table(
        ("Due", "Day", "Left"),
        [(each.stage.value, print_weekday(each.day), _left(each.days_left(found.today))) for each in found.due],
        right={"Left"},
        whole={"Day", "Left"},
    )


def _left(days: int) -> str:
    """``"in 3 days"``, ``"today"`` or ``"3 days ago"``."""
    if not days:
        return "today"
    counted = so_many(abs(days), "day")
    return f"in {counted}" if days > 0 else f"{counted} ago"
