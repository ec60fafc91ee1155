"""``papergen data check`` and ``papergen data backtest``: check the data, and test the projections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from papergen.cli.options import MeetingName, Quiet, Workspace, begin

if TYPE_CHECKING:
    from papergen.cli.console import Console
    from papergen.data.backtest import Backtest
    from papergen.data.overview import MeasureOverview

CHECK_EXAMPLES = "Example:  papergen data check"
BACKTEST_EXAMPLES = "Examples:  papergen data backtest robbery  ·  papergen data backtest"


def check(meeting: MeetingName = None, quiet: Quiet = False, workspace: Workspace = None) -> None:
    """Read every data file and measure, report all that is wrong, and say what each measure's data come to."""
    from papergen.commands.data import check_data

    world, chosen, console = begin(workspace, meeting, quiet=quiet)
    if measures := check_data(world, chosen):
        _print_measures(measures, console)
    console.end(world.diagnostics)


def _print_measures(measures: Sequence[MeasureOverview], console: Console) -> None:
    console.table(
        ("Measure", "Observations", "From", "To", "Judgement"),
        [(each.measure, str(each.observations), each.first, each.last, each.judgement) for each in measures],
        right={"Observations"},
    )


def backtest(
    measures: Annotated[
        list[str] | None,
        typer.Argument(metavar="MEASURE", help="Ids of measures. Otherwise every count that can be projected."),
    ] = None,
    workspace: Workspace = None,
) -> None:
    """Show how often past projections of a measure held, and by how much they missed."""
    from papergen.commands.data import backtest as tested

    world, newest, console = begin(workspace)
    found = tested(world, newest, measures or ())
    if found is not None:
        _print_backtests(found, console)
    console.end(world.diagnostics)


def _print_backtests(found: Sequence[tuple[str, Backtest]], console: Console) -> None:
    """A table of how the projections of each measure held, and those of all of them by what they rested on."""
    from papergen.data.backtest import Backtest

    together = Backtest(tuple(row for _, test in found for row in test.rows)).by_basis if len(found) > 1 else {}
    shown = [*found, *((f"all {basis.value}", test) for basis, test in together.items())]

    def per_cent(figure: float | None) -> str:
        return "–" if figure is None else f"{figure:.1f}%"

    figures = ("Projections", "Inside", "Error", "Width", "Score")
    console.table(
        ("Measure", *figures),
        [
            (
                measure,
                str(len(test.rows)),
                "–" if test.coverage is None else f"{test.coverage:.0%}",
                *(per_cent(figure) for figure in (test.median_error, test.median_width, test.mean_score)),
            )
            for measure, test in shown
        ],
        right=figures,
    )
    console.line(
        "Inside: years whose total lies in the range, which is meant to hold 80 of 100. Error and width: the median"
        " distance of the point, and the median width. Score: the width and, for a total outside, ten times what it"
        " missed by, on average: the smaller, the better. All but the first in per cent of the total."
    )
