"""``papergen figures``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from papergen.cli.options import ManifestFile, MeetingName, Workspace, open_workspace

if TYPE_CHECKING:
    from papergen.cli.console import Console
    from papergen.manifest.record import Number

EXAMPLES = "Examples:  papergen figures  ·  papergen figures --why 2,451  ·  papergen figures --csv > all.csv"


def figures(
    meeting: MeetingName = None,
    typed: Annotated[bool, typer.Option("--typed", help="Only the numbers that are typed.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="As CSV, each with every row it was worked out from.")] = False,
    asked: Annotated[
        str | None,
        typer.Option(
            "--why",
            metavar="NUMBER",
            help="Say of one number where it is printed, and how and from which rows it was worked out.",
        ),
    ] = None,
    manifest: ManifestFile = None,
    workspace: Workspace = None,
) -> None:
    """List every number in the papers of a meeting: where each bound one comes from, and which are typed.

    A number is bound when it is worked out from content/data/, or printed by name from the settings.
    """
    from papergen.cli.console import Console
    from papergen.cli.marks import visible
    from papergen.cli.why import print_why
    from papergen.commands.evidence import list_figures
    from papergen.commands.locate import find_meeting
    from papergen.commands.usage import WrongUseError
    from papergen.commands.why import why_printed
    from papergen.values.csv_text import csv_text

    if manifest is not None and asked is None:
        raise WrongUseError("--manifest goes with --why.", "For example: papergen figures --why 2,451 --manifest FILE")
    if asked is not None and not asked.strip():
        raise WrongUseError("No number was given.", "Write it after --why, such as: papergen figures --why 2,451")
    world = open_workspace(workspace)
    console = Console()
    if asked is not None:
        answer = why_printed(world, meeting, manifest, asked)
        if answer is None:
            console.end(world.diagnostics)
        else:
            print_why(asked, answer, console)
        return
    listed = list_figures(world, find_meeting(world, meeting), typed=typed)
    if as_csv:
        rows = ([visible(cell, keep="") for cell in row] for row in _lines(listed))
        sys.stdout.write(csv_text(rows, line_end="\n"))
    else:
        _print_numbers(listed, console)
    console.end(world.diagnostics)


def _print_numbers(listed: Sequence[Number], console: Console) -> None:
    """A table of the numbers of each paper, by section, and how many of each kind there are."""
    from papergen.language.numbers import State

    for paper, of_paper in groupby(listed, key=lambda each: each.paper):
        headings = ("Section", "Number", "", "Comes from", "Rows, or where it stands")
        console.table(headings, _rows(of_paper), whole={""}, title=paper)
        console.line("")
    counts = Counter(each.state for each in listed)
    console.line(", ".join(f"{counts[state]} {state.value}" for state in State if counts[state]) or "No numbers.")


def _rows(listed: Iterator[Number]) -> Iterator[tuple[str, ...]]:
    """A row for each number; a section is named once."""
    last = ""
    for each in listed:
        section = each.section if each.section != last else ""
        last = each.section
        where = ("; ".join(each.rows) or each.at).replace("content/", "")
        yield section, each.print, each.state.value, each.expression, where


def _lines(listed: Sequence[Number]) -> Iterator[tuple[str, ...]]:
    """The numbers as the lines of a CSV file, its heading first."""
    from papergen.values.periods import read_interval

    yield "paper", "section", "number", "state", "expression", "measures", "periods", "rows", "at"
    for each in listed:
        measures, periods = "; ".join(each.measures), "; ".join(read_interval(period).name for period in each.periods)
        number = (each.paper, each.section, each.print, each.state.value, each.expression)
        yield *number, measures, periods, "; ".join(each.rows), each.at
