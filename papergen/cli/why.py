"""How ``papergen figures --why`` answers: the places of a number, and the rows behind each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from papergen.language.numbers import State

if TYPE_CHECKING:
    from papergen.cli.console import Console
    from papergen.commands.why import RowsOfFile, SameNumber, Why


def print_why(asked: str, answer: Why, console: Console) -> None:
    """Every place of the number ``asked``; one that is nowhere ends the command."""
    if not answer.numbers and not answer.charts:
        like = f"Like it are: {'; '.join(answer.near)}." if answer.near else "Nothing like it is printed either."
        console.fail(f"“{asked}” is printed in none of the papers.", like)
    if count := answer.count:
        console.line(f"“{asked}” is printed in {'one place' if count == 1 else f'{count} places'}.")
    for same in answer.numbers:
        _print_number(same, console)
    for chart in answer.charts:
        measures = ", ".join(chart.measures)
        console.line(f"\nShown in {chart.label} of {chart.paper}, {chart.section}: {chart.title} ({measures})")
        console.line(f"    {chart.at}; rows {'; '.join(chart.rows)}")
    for file in answer.changed:
        console.line(f"\n{file} has changed since, or is gone: its lines are not shown.")


def _print_number(same: SameNumber, console: Console) -> None:
    """The places of one number that was worked out in one way, and that way once."""
    number = same.places[0]
    console.line("")
    for each in same.places:
        console.line(f"{each.print} – {each.paper}, {each.section}{f' ({each.at})' if each.rows else ''}")
    if same.typed_at:
        kind = "a date that is typed" if number.state is State.DATE else "typed"
        console.line(f"    {kind} at {same.typed_at}")
        return
    if number.expression:
        console.line(f"    {{{{ {number.expression} }}}}")
    if same.measures:
        console.line(f"    {'; '.join(f'{each.title} ({each.unit})' for each in same.measures)}")
    console.line(f"    {same.how}")
    for source in dict.fromkeys(each.source for each in same.measures):
        console.line(f"    Source: {source}")
    for rows in same.rows:
        _print_rows(rows, console)


def _print_rows(rows: RowsOfFile, console: Console) -> None:
    file = rows.file
    if rows.unread:
        console.line(f"    {file}{':' if rows.lines else ''}{','.join(map(str, rows.lines))}")
        return
    if rows.heading:
        console.line(f"    {file}: {rows.heading}")
    for line, words in rows.shown:
        console.line(f"    {file}:{line}  {words}")
    if rows.left:
        console.line(f"    … and {len(rows.left)} more rows of {file}, up to row {rows.lines[-1]}")
