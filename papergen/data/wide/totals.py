"""Holds the totals of an extract against the numbers they sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from papergen import codes
from papergen.data.wide.cells import CellPlace, folded
from papergen.data.wide.columns import SheetColumns
from papergen.data.wide.headings import beside_total, is_total
from papergen.data.wide.numbers import CellNumber, NumberReader

# What a spreadsheet sums in binary may be off in the last of its 15 digits.
_ROUNDING = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of values: its labels, and by column what each cell says, where it can be used."""

    row: int
    labels: tuple[str, ...]
    cells: Mapping[int, CellNumber]

    def value(self, column: int) -> Decimal | None:
        cell = self.cells.get(column)
        return None if cell is None else cell.value


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A row of sums: its labels, and how many rows of values stand above it."""

    row: int
    labels: Sequence[str]
    above: int


def check_totals(
    columns: SheetColumns, reader: NumberReader, rows: Sequence[SheetRow], total_rows: Sequence[TotalRow]
) -> None:
    """Tell of each total that is not the sum of what it can be meant to sum.

    Totals of percentages are none: they are left out unchecked, as are means.
    """
    summed = {**{column: (column,) for column in columns.periods}, **columns.totals}
    for column, addends in columns.totals.items():
        for row in rows:
            _check(columns, reader, (row.row, column), [[row]], addends)
    above = 0
    for total in total_rows:
        readings = [_alike(total.labels, rows), rows, rows[above : total.above]]
        for column, addends in summed.items():
            _check(columns, reader, (total.row, column), readings, addends)
        above = total.above


def _alike(labels: Sequence[str], rows: Sequence[SheetRow]) -> Sequence[SheetRow]:
    """The rows that share the other labels of a total row: those of Shropshire for ``Shropshire Total``."""
    for index, label in enumerate(labels):
        text = folded(beside_total(label) if is_total(label) else label)
        alike = [row for row in rows if folded(row.labels[index]) == text]
        if text and alike:
            rows = alike
    return rows


def _check(
    columns: SheetColumns,
    reader: NumberReader,
    place: CellPlace,
    readings: Sequence[Sequence[SheetRow]],
    addends: Sequence[int],
) -> None:
    """Tell of a total that is none of the sums it may be meant for; numbers that are missing are told of already."""
    cell = reader.read(columns.sheet.cells.get(place, ""), percent=place in columns.sheet.percent)
    if not isinstance(cell, CellNumber) or cell.value is None or cell.is_percentage:
        return
    found = cell.value
    values = [[row.value(column) for row in rows for column in addends] for rows in readings if rows]
    known = [[value for value in each if value is not None] for each in values if None not in each]
    sums = [sum(each, Decimal(0)) for each in known]
    is_mean = any(len(each) > 1 and min(each) <= found <= max(each) and _has_fractions(each) for each in known)
    if sums and not is_mean and all(abs(found - each) > _ROUNDING for each in sums):
        what = f"is a total of {columns.sheet.words(place)}, but the numbers it sums come to {sums[0]:f}"
        hint = "Correct the number that is wrong, or take the file in without its totals: --leave-out Total."
        columns.tell(place, codes.EXTRACT_TOTAL, what, hint)


def _has_fractions(values: Sequence[Decimal]) -> bool:
    return any(value != value.to_integral_value() for value in values)
