"""``papergen data``: check the data, take in an extract, and test the projections."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from papergen.cli.exits import CONTENT_HAS_ERRORS
from papergen.cli.options import MeetingName, Quiet, Workspace, open_workspace

if TYPE_CHECKING:
    from papergen.cli.console import Console
    from papergen.commands.data_import import Imported
    from papergen.data.backtest import Backtest
    from papergen.data.overview import MeasureOverview

CHECK_EXAMPLES = "Example:  papergen data check"
IMPORT_EXAMPLES = "Example:  papergen data import extract.xlsx --into recorded-crime.csv --set crime_type=Robbery"
BACKTEST_EXAMPLES = "Examples:  papergen data backtest robbery  ·  papergen data backtest"


def check(meeting: MeetingName = None, quiet: Quiet = False, workspace: Workspace = None) -> None:
    """Read every data file and measure, report all that is wrong, and say what each measure's data come to."""
    from papergen.cli.console import Console
    from papergen.commands.data import check_data
    from papergen.commands.locate import find_meeting

    world = open_workspace(workspace)
    console = Console(quiet=quiet)
    if measures := check_data(world, find_meeting(world, meeting)):
        _print_measures(measures, console)
    console.end(world.diagnostics)


def _print_measures(measures: Sequence[MeasureOverview], console: Console) -> None:
    """A table of the measures with what their data come to."""
    from rich.table import Column

    console.table(
        [
            Column(heading, overflow="fold", justify="right" if heading == "Observations" else "left")
            for heading in ("Measure", "Observations", "From", "To", "Judgement")
        ],
        [(each.measure, str(each.observations), each.first, each.last, each.judgement) for each in measures],
    )


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The extract: .xlsx, .xls, .ods or .csv.")],
    into: Annotated[
        str,
        typer.Option(
            "--into", metavar="NAME.csv", help="The file in content/data/ that takes its rows; it may be new."
        ),
    ],
    sheet: Annotated[
        str | None, typer.Option("--sheet", metavar="NAME", help="The sheet to read, where there are several.")
    ] = None,
    constants: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="COLUMN=WORD",
            help="A column that is the same for the whole extract. May be given more than once.",
            show_default=False,
        ),
    ] = None,
    value: Annotated[str, typer.Option("--value", metavar="COLUMN", help="The column the numbers go into.")] = "value",
    replace: Annotated[
        bool, typer.Option("--replace", help="Overwrite values that differ. Otherwise they are listed and left.")
    ] = False,
    quiet: Quiet = False,
    workspace: Workspace = None,
) -> None:
    """Turn a wide extract (months across, areas down) into rows of a data file.

    A value that is there already and differs is listed and left as it is, unless --replace is given.
    """
    from papergen.cli.console import Console
    from papergen.commands.data_import import ImportRequest, import_extract
    from papergen.commands.locate import find_meeting, relative

    request = ImportRequest(
        file=file,
        into=into,
        sheet=sheet,
        constants=dict(_column_and_word(each) for each in constants or ()),
        value_column=value,
        replace=replace,
    )
    world = open_workspace(workspace)
    console = Console(quiet=quiet)
    done = import_extract(world, find_meeting(world, None), request)
    console.findings(world.diagnostics)
    if done is None:
        console.problem("Nothing was changed.")
        raise typer.Exit(CONTENT_HAS_ERRORS)
    _print_imported(done, relative(world.root / done.path), console, replaced=replace)
    if done.merge.differing and not replace:
        console.problem("Values that differ were left as they are.", "To take those of the extract, add --replace.")
        raise typer.Exit(CONTENT_HAS_ERRORS)


def _column_and_word(typed: str) -> tuple[str, str]:
    """``("crime_type", "Robbery")`` from ``"crime_type=Robbery"``."""
    from papergen.commands.usage import WrongUseError

    column, _, word = (part.strip() for part in typed.partition("="))
    if not (column and word):
        raise WrongUseError(f"“{typed}” is not a column and its word.", "Write it as --set crime_type=Robbery.")
    return column, word


def _print_imported(done: Imported, path: Path, console: Console, *, replaced: bool) -> None:
    """Every value that differs, and how many rows are new, the same and different."""
    merge = done.merge
    for each in merge.differing:
        what = ", ".join((each.period, *each.labels))
        verb = "was" if replaced else "stays"
        console.line(f"{what}: {verb} {each.old} (row {each.line}); the extract has {each.new} ({each.cell})")
    console.line(f"{path}: {merge.added} rows added, {merge.same} the same, {len(merge.differing)} different.")


def backtest(
    measures: Annotated[
        list[str] | None,
        typer.Argument(metavar="MEASURE", help="Ids of measures. Otherwise every count that can be projected."),
    ] = None,
    workspace: Workspace = None,
) -> None:
    """Show how often past projections of a measure held, and by how much they missed."""
    from papergen.cli.console import Console
    from papergen.commands.data import backtest as tested
    from papergen.commands.locate import find_meeting

    world = open_workspace(workspace)
    console = Console()
    found = tested(world, find_meeting(world, None), measures or ())
    if found is not None:
        _print_backtests(found, console)
    console.end(world.diagnostics)


def _print_backtests(found: Sequence[tuple[str, Backtest]], console: Console) -> None:
    """A table of how the projections of each measure held, and those of all of them by what they rested on."""
    from rich.table import Column

    from papergen.data.backtest import Backtest

    together = Backtest(tuple(row for _, test in found for row in test.rows)).by_basis if len(found) > 1 else {}
    shown = [*found, *((f"all {basis.value}", test) for basis, test in together.items())]

    def per_cent(figure: float | None) -> str:
        return "–" if figure is None else f"{figure:.1f}%"

    console.table(
        [
            Column("Measure", overflow="fold"),
            *(Column(heading, justify="right") for heading in ("Projections", "Inside", "Error", "Width", "Score")),
        ],
        [
            (
                measure,
                str(len(test.rows)),
                "–" if test.coverage is None else f"{test.coverage:.0%}",
                *(per_cent(figure) for figure in (test.median_error, test.median_width, test.mean_score)),
            )
            for measure, test in shown
        ],
    )
    console.line(
        "Inside: years whose total lies in the range, which is meant to hold 80 of 100. Error and width: the median"
        " distance of the point, and the median width. Score: the width and, for a total outside, ten times what it"
        " missed by, on average: the smaller, the better. All but the first in per cent of the total."
    )
