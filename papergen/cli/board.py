"""``papergen board``."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from papergen.cli.deadlines import print_deadlines
from papergen.cli.options import MeetingName, Today, Workspace, as_today, begin
from papergen.values.words import so_many

if TYPE_CHECKING:
    from papergen.commands.board import BoardRow
    from papergen.diagnostics import Severity

EXAMPLES = "Examples:  papergen board  ·  papergen board 2016-02-02 --today 2016-01-20"

_MOST_STOPS = 12


def board(meeting: MeetingName = None, today: Today = None, workspace: Workspace = None) -> None:
    """Show how each section of a meeting stands, the days that are left, and what stops the final papers."""
    from papergen.commands.board import read_board

    world, chosen, console = begin(workspace, meeting)
    found = read_board(world, chosen, today=as_today(today))
    if found is None:
        console.end(world.diagnostics)
        return
    print_deadlines(found.deadlines, console)
    for paper, rows in groupby(found.rows, key=lambda row: row.paper):
        console.line(f"\n{paper}", style="bold")
        lines = [line for row in rows for line in ((row.standing.value, row.heading), ("", _about(row)))]
        console.table(("State", "Section"), lines, whole={"State"})
    console.line("\n" + ", ".join(f"{count} {standing.value}" for standing, count in found.counts.items()))
    if not found.stops:
        console.line("Nothing stops the final papers: papergen build --final")
        return
    console.line(f"What stops the final papers ({len(found.stops)}):")
    for each in found.stops[:_MOST_STOPS]:
        console.line(f"  {each.at} {each.code.id} {each.message}")
    if (more := len(found.stops) - _MOST_STOPS) > 0:
        console.line(f"  and {more} more; papergen check lists them with hints")


def _about(row: BoardRow) -> str:
    """``"robbery · Policy Officer · 1 warning · saved 22 Jan 10:30"``: what is known of it."""
    saved = f"saved {row.changed.astimezone():%d %b %H:%M}" if row.changed else ""
    return " · ".join(filter(None, (row.key, row.owner, counted(row.findings), saved)))


def counted(findings: Mapping[Severity, int]) -> str:
    """``"1 error, 2 warnings"``."""
    return ", ".join(so_many(count, str(severity)) for severity, count in sorted(findings.items(), reverse=True))
