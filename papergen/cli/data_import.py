"""``papergen data import``: take in an extract, and say first how it was understood."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from papergen.cli.options import Quiet, Workspace, begin, taking

if TYPE_CHECKING:
    from papergen.cli.console import Console
    from papergen.commands.data_import import Imported, ImportRequest
    from papergen.data.wide.choices import Meaning

EXAMPLES = (
    "Examples:  papergen data import extract.xlsx --into recorded-crime.csv --set crime_type=Robbery"
    "  ·  papergen data import events.csv --into thefts.csv --count month --by area"
)


def _given(name: str, metavar: str, help: str) -> typer.models.OptionInfo:
    """An option that may be given more than once."""
    option: typer.models.OptionInfo = typer.Option(name, metavar=metavar, help=f"{help} May be given more than once.")
    return option


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """A field for each thing that may have to be decided."""

    file: Annotated[Path, typer.Argument(metavar="FILE", help="The extract: .xlsx, .xls, .ods, .csv or .tsv.")]
    into: Annotated[
        str,
        typer.Option(
            "--into", metavar="NAME.csv", help="The file in content/data/ that takes its rows; it may be new."
        ),
    ]
    sheet: Annotated[
        str | None, typer.Option("--sheet", metavar="NAME", help="The sheet to read, where there are several.")
    ] = None
    constants: Annotated[
        list[str] | None,
        _given("--set", "COLUMN=WORD", "A column that is the same for all of it; year=2015/16 says when it was."),
    ] = None
    value: Annotated[
        str, typer.Option("--value", metavar="COLUMN", help="The column the numbers go into, or come from with --tidy.")
    ] = "value"
    tidy: Annotated[
        bool, typer.Option("--tidy", help="Each row is one observation already: only name its columns.")
    ] = False
    count: Annotated[
        Literal["date", "week", "month", "quarter", "year"] | None,
        typer.Option("--count", help="Each row is one event: count them by this period."),
    ] = None
    amounts: Annotated[
        str | None, typer.Option("--sum", metavar="COLUMN", help="With --count: add up this column, as of payments.")
    ] = None
    by: Annotated[list[str] | None, _given("--by", "COLUMN", "A column whose words are counted apart.")] = None
    names: Annotated[
        list[str] | None,
        _given("--names", "COLUMN", "The name of a column, or of a second row of headings, that has none."),
    ] = None
    marks: Annotated[
        list[str] | None,
        _given(
            "--mark",
            "MARK=MEANING",
            "What a mark in place of a number means: 0, c (held back), x (not available),"
            " z (not applicable). The mark of an empty cell is blank.",
        ),
    ] = None
    leave_out: Annotated[list[str] | None, _given("--leave-out", "NAME", "A row or column to leave out.")] = None
    keep: Annotated[list[str] | None, _given("--keep", "NAME", "A row that is no sum, or whose name ends so.")] = None
    decimals: Annotated[
        int | None, typer.Option("--decimals", min=0, max=9, help="Round numbers to this many decimal places.")
    ] = None
    decimal: Annotated[
        Literal["comma", "point"] | None,
        typer.Option("--decimal", help="The sign before decimals, where it could be either."),
    ] = None
    shares: Annotated[
        bool | None, typer.Option("--shares/--no-shares", help="Numbers such as 0.85 are 85%, or are what they are.")
    ] = None
    replace: Annotated[
        bool, typer.Option("--replace", help="Overwrite values that differ. Otherwise they are listed and left.")
    ] = False
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and write nothing.")] = False
    quiet: Quiet = False
    workspace: Workspace = None


@taking(ImportOptions)
def import_(given: ImportOptions) -> None:
    """Turn an extract into rows of a data file: periods across or down, a row an observation, or a list of events.

    It says first how it understood the extract. A value that is there already and differs is listed and left as it
    is, unless --replace is given.
    """
    from papergen.commands.data_import import ImportRequest, import_extract
    from papergen.commands.locate import relative
    from papergen.commands.usage import WrongUseError
    from papergen.data.wide import Choices, Listed
    from papergen.data.wide.cells import folded
    from papergen.values.words import as_typed

    if given.amounts is not None and given.count is None:
        hint = f"Say by which: --count month --sum {as_typed(given.amounts)}."
        raise WrongUseError("--sum adds up the rows of a period, and none is given.", hint)
    listed = None
    if given.tidy or given.count is not None:
        listed = Listed(value=given.value, count=given.count, by=tuple(given.by or ()), amounts=given.amounts or "")
    request = ImportRequest(
        file=given.file,
        into=given.into,
        constants=dict(
            pair(each, "a column and its word", "--set crime_type=Robbery") for each in given.constants or ()
        ),
        value_column="value" if given.tidy else given.value,
        choices=Choices(
            sheet=given.sheet,
            marks=dict(map(_mark, [pair(each, "a mark and its meaning", "--mark ..=x") for each in given.marks or ()])),
            decimals=given.decimals,
            decimal_comma=None if given.decimal is None else given.decimal == "comma",
            leave_out=frozenset(map(folded, given.leave_out or ())),
            keep=frozenset(map(folded, given.keep or ())),
            names=tuple(given.names or ()),
            are_shares=given.shares,
        ),
        listed=listed,
        replace=given.replace,
        dry_run=given.dry_run,
    )
    world, newest, console = begin(given.workspace, quiet=given.quiet)
    done = import_extract(world, newest, request)
    console.findings(world.diagnostics)
    if done is None:
        console.fail("Nothing was changed.")
    _print_imported(done, relative(world.root / done.path), console, request)
    if done.merge.differing and not given.replace:
        console.fail("Values that differ were left as they are.", "To take those of the extract, add --replace.")


def pair(typed: str, what: str, example: str) -> tuple[str, str]:
    """``("crime_type", "Robbery")`` from ``"crime_type=Robbery"``."""
    from papergen.commands.usage import WrongUseError

    name, _, word = typed.rpartition("=")
    if not (name.strip() and word.strip()):
        raise WrongUseError(f"“{typed}” is not {what}.", f"Write it as {example}.")
    return name.strip(), word.strip()


def _mark(typed: tuple[str, str]) -> tuple[str, Meaning]:
    """A mark, and what it stands for: a number, or a state by its letter or its words."""
    from papergen.commands.usage import WrongUseError
    from papergen.values.cell_numbers import parse_number
    from papergen.values.states import ALONE

    mark, word = typed
    number = parse_number(word)
    meaning = ALONE.get(word.casefold().replace("_", " ")) if number is None else number
    if meaning is None:
        hint = "Write 0, c (held back), x (not available) or z (not applicable)."
        raise WrongUseError(f"A mark cannot mean “{word}”.", hint)
    return "" if mark.casefold() == "blank" else mark.casefold(), meaning


def _print_imported(done: Imported, path: Path, console: Console, request: ImportRequest) -> None:
    """How the extract was understood, every value that differs, and how many rows are new, the same and different."""
    from papergen.data.tables import PERIOD_COLUMNS
    from papergen.values.words import as_typed

    merge = done.merge
    for sentence in done.understood:
        console.line(sentence)
    for each in merge.differing:
        what = ", ".join((each.period, *each.labels))
        verb = "was" if request.replace else "stays"
        console.line(f"{what}: {verb} {each.old} (row {each.line}); the extract has {each.new} ({each.cell})")
    added = "would be added" if request.dry_run else "added"
    console.line(f"{path}: {merge.added} rows {added}, {merge.same} the same, {len(merge.differing)} different.")
    if request.dry_run:
        console.line("Nothing was written.")
    elif not done.is_used:
        words = {column: word for column, word in request.constants.items() if column not in PERIOD_COLUMNS}
        where = "".join(f" --where {as_typed(f'{column}={word}')}" for column, word in words.items())
        kind = " --kind percentage" if done.is_percentages else ""
        rest = f'--file {as_typed(request.into)}{where}{kind} --unit "…" --source "…"'
        console.line(f"No measure takes its numbers from it yet: papergen data add ID {rest}")
