"""The commands that look after the data: check them, take in an extract, and test the projections."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from papergen.cli.options import (
    CONTENT_HAS_ERRORS,
    MeetingName,
    Quiet,
    Workspace,
    find_meeting,
    find_root,
    relative,
    stop,
)

if TYPE_CHECKING:
    from papergen.data.book import Book
    from papergen.diagnostics import Diagnostics
    from papergen.workspace.settings import SettingsFiles
    from papergen.world import World

data_app = typer.Typer(help="Look after the data behind the figures.", no_args_is_help=True)


def _book(world: World, meeting: str, diagnostics: Diagnostics) -> tuple[SettingsFiles, Book] | None:
    from papergen.data.book import read_book
    from papergen.workspace.settings import read_settings

    settings = read_settings(world, meeting, diagnostics)
    return None if settings is None else (settings, read_book(world, settings, diagnostics))


@data_app.command("check", epilog="Example:  papergen data check")
def check(meeting: MeetingName = None, quiet: Quiet = False, workspace: Workspace = None) -> None:
    """Read every data file and measure, report all that is wrong, and say what each measure's data come to."""
    from papergen.cli.console import Show
    from papergen.data.overview import overview
    from papergen.diagnostics import Diagnostics
    from papergen.world import World

    diagnostics = Diagnostics()
    world = World(find_root(workspace), diagnostics)
    show = Show(quiet=quiet)
    read = _book(world, find_meeting(world, meeting), diagnostics)
    if read is not None:
        show.measures(overview(read[1], diagnostics))
    show.findings(diagnostics)
    if diagnostics.has_errors:
        raise typer.Exit(CONTENT_HAS_ERRORS)


@data_app.command(
    "import",
    epilog="Example:  papergen data import extract.xlsx --into recorded-crime.csv --set crime_type=Robbery",
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
    from papergen.cli.console import Show
    from papergen.data.imports import import_extract
    from papergen.diagnostics import Diagnostics
    from papergen.world import World

    if not file.is_file():
        stop(f"“{file}” is not there.", "Check its name and folder.")
    if not into.endswith(".csv") or Path(into).name != into:
        stop(f"“{into}” is no name for a data file.", "Give a name such as robbery.csv; it goes into content/data/.")
    fixed: dict[str, str] = {}
    for constant in constants or ():
        column, equals, word = constant.partition("=")
        if not (column and equals and word):
            stop(f"“{constant}” is not a column and its word.", "Write it as --set crime_type=Robbery.")
        fixed[column.strip()] = word.strip()
    diagnostics = Diagnostics()
    world = World(find_root(workspace), diagnostics)
    show = Show(quiet=quiet)
    done = import_extract(
        world,
        file,
        into=into,
        sheet=sheet,
        constants=fixed,
        value_column=value,
        replace=replace,
        meeting=find_meeting(world, None),
        diagnostics=diagnostics,
    )
    show.findings(diagnostics)
    if done is None:
        show.problem("Nothing was changed.")
        raise typer.Exit(CONTENT_HAS_ERRORS)
    show.imported(done, relative(world.root / done.path), replaced=replace)
    if done.merge.differing and not replace:
        raise typer.Exit(CONTENT_HAS_ERRORS)


@data_app.command("backtest", epilog="Examples:  papergen data backtest robbery  ·  papergen data backtest")
def backtest(
    measures: Annotated[
        list[str] | None, typer.Argument(metavar="MEASURE", help="Ids of measures. Otherwise every monthly count.")
    ] = None,
    workspace: Workspace = None,
) -> None:
    """Show how often past projections of a measure held, and by how much they missed."""
    from papergen.cli.console import Show
    from papergen.data.overview import backtests
    from papergen.diagnostics import Diagnostics, did_you_mean
    from papergen.world import World

    diagnostics = Diagnostics()
    world = World(find_root(workspace), diagnostics)
    show = Show()
    read = _book(world, find_meeting(world, None), diagnostics)
    if read is not None:
        known = read[1].measures.settings
        for measure in measures or ():
            if measure not in known:
                stop(
                    f"There is no measure “{measure}”.", did_you_mean(measure, known, f"There are: {', '.join(known)}.")
                )
        show.backtests(backtests(read[1], measures or list(known)))
    show.findings(diagnostics)
    if diagnostics.has_errors:
        raise typer.Exit(CONTENT_HAS_ERRORS)
