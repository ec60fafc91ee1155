"""Holds the totals of an extract against the numbers they sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from papergen import codes
from papergen.data.wide.cells import CellPlace, folded
from papergen.data.wide.columns import SheetColumns
from papergen.data.wide.headings import beside_total, is_total
from papergen.data.wide.numbers import number

# What a spreadsheet sums in binary may be off in the last of its 15 digits.
_ROUNDING = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of values: its labels, and by column the value or None where the cell has none that can be used."""

    row: int
    labels: tuple[str, ...]
    values: Mapping[int, Decimal | None]


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A row of sums: its labels, and how many rows of values stand above it."""

    row: int
    labels: Sequence[str]
    above: int


def check_totals(columns: SheetColumns, rows: Sequence[SheetRow], total_rows: Sequence[TotalRow]) -> None:
    """Tell of each total that is not the sum of what it can be meant to sum."""
    summed = {column: [column] for column in columns.periods}
    for column, period in columns.totals.items():
        within = {at: each for at, each in columns.periods.items() if period is None or period.holds(each)}
        if period is not None and sum(each.length for each in within.values()) != period.length:
            columns.leave_out(column, "sums months that are not all there")
            continue
        summed[column] = list(within)
        for row in rows:
            _check(columns, (row.row, column), [[row]], summed[column])
    above = 0
    for total in total_rows:
        readings = [_alike(total.labels, rows), rows, rows[above : total.above]]
        for column, addends in summed.items():
            _check(columns, (total.row, column), readings, addends)
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
    columns: SheetColumns, place: CellPlace, readings: Sequence[Sequence[SheetRow]], addends: Sequence[int]
) -> None:
    """Tell of a total that is none of the sums it may be meant for; numbers that are missing are told of already."""
    found = number(columns.sheet.cells.get(place, ""))
    values = [[row.values[column] for row in rows for column in addends] for rows in readings if rows]
    sums = [sum((value for value in each if value is not None), Decimal(0)) for each in values if None not in each]
    if isinstance(found, Decimal) and sums and all(abs(found - each) > _ROUNDING for each in sums):
        what = f"is a total of {columns.sheet.words(place)}, but the numbers it sums come to {sums[0]:f}"
        hint = "Correct the number that is wrong, or delete the total if it counts more than is shown."
        columns.tell(place, codes.EXTRACT_TOTAL, what, hint)
