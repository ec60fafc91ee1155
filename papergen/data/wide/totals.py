"""Holds the totals of an extract against the numbers they sum."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from papergen import codes
from papergen.data.total_names import beside_total, may_be_total
from papergen.data.wide.cells import CellPlace, folded
from papergen.data.wide.columns import SheetColumns
from papergen.data.wide.numbers import CellNumber
from papergen.data.wide.values import ValueReading

# What a spreadsheet sums in binary may be off in the last of its 15 digits.
_ROUNDING = Decimal("0.000001")
_MEAN = re.compile(r"\b(?:average|mean|median)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of values: its labels, and by column what each cell says, where it can be used.

    ``part`` names the month or quarter that it is of, where its columns are years, and ``indent`` is
    how far its name is set in.
    """

    row: int
    labels: tuple[str, ...]
    cells: Mapping[int, CellNumber]
    part: str = ""
    indent: int = 0

    def value(self, column: int) -> Decimal | None:
        cell = self.cells.get(column)
        return None if cell is None else cell.value


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A row of sums: its labels, and how many rows of values stand above it."""

    row: int
    labels: Sequence[str]
    above: int

    @property
    def name(self) -> str:
        """What it is called: the label that says it is a total, or all of them."""
        return next(filter(may_be_total, self.labels), " ".join(filter(None, self.labels)))


def check_totals(
    columns: SheetColumns, values: ValueReading, rows: Sequence[SheetRow], total_rows: Sequence[TotalRow]
) -> list[str]:
    """Tell of each total that is not the sum of what it can be meant to sum; what was let pass is said in a sentence.

    Totals of percentages are none: they are left out unchecked, as are means.
    """
    summed = {**{column: (column,) for column in columns.periods}, **columns.totals}
    _leave_out_longer(columns, values, rows)
    checks: list[tuple[_Total, Sequence[Sequence[SheetRow]], Sequence[int]]] = [
        (_Total((row.row, column), columns.total_name(column)), [[row]], addends)
        for column, addends in columns.totals.items()
        for row in rows
    ]
    above = 0
    for total in total_rows:
        readings = [_alike(total.labels, rows), rows, rows[above : total.above]]
        checks.extend(
            (_Total((total.row, column), total.name), readings, addends) for column, addends in summed.items()
        )
        above = total.above
    are_off = [_check(columns, values, total, readings, addends) for total, readings, addends in checks]
    return ["Totals differ from the sums of their rows by no more than rounding."] if any(are_off) else []


def _leave_out_longer(columns: SheetColumns, values: ValueReading, rows: Sequence[SheetRow]) -> None:
    """Leave out the columns of longer periods that are nowhere the sum of the periods within: a rate, an index."""
    checked = [
        (cell.value, sum(given, Decimal(0)))
        for column in columns.longer
        for row in rows
        if isinstance(cell := values.peek((row.row, column)), CellNumber) and cell.value is not None
        if None not in (summed := [row.value(at) for at in columns.totals[column]])
        if (given := [value for value in summed if value is not None])
    ]
    if len(checked) > 1 and all(abs(found - added) > _ROUNDING for found, added in checked):
        first = min(columns.longer)
        columns.leave_out(first, columns.sheet.words((columns.header, first)), "is not what its parts come to")
        for column in columns.longer:
            del columns.totals[column]


@dataclass(frozen=True, slots=True)
class _Total:
    """A cell with a sum, and the name of its row or column."""

    place: CellPlace
    name: str


def _alike(labels: Sequence[str], rows: Sequence[SheetRow]) -> Sequence[SheetRow]:
    """The rows that share the other labels of a total row: those of Shropshire for ``Shropshire Total``."""
    for index, label in enumerate(labels[: len(rows[0].labels) if rows else 0]):
        text = folded(beside_total(label) if may_be_total(label) else label)
        alike = [row for row in rows if folded(row.labels[index]) == text]
        if text and alike:
            rows = alike
    return rows


def _check(
    columns: SheetColumns,
    values: ValueReading,
    total: _Total,
    readings: Sequence[Sequence[SheetRow]],
    addends: Sequence[int],
) -> bool:
    """Tell of a total that is none of the sums it may be meant for; whether it is one but for rounding.

    Numbers that are missing are told of already.
    """
    cell = values.peek(total.place)
    if not isinstance(cell, CellNumber) or cell.value is None or cell.is_percentage or _MEAN.search(total.name):
        return False
    found = cell.value
    summed = [[row.value(column) for row in rows for column in addends] for rows in readings if rows]
    known = [[value for value in each if value is not None] for each in summed if None not in each]
    off = [(abs(found - sum(each, Decimal(0))), _slack(found, each)) for each in known]
    is_mean = any(
        len(each) > 1 and min(each) <= found <= max(each) and any(value % 1 for value in each) for each in known
    )
    if not off or is_mean or any(difference <= _ROUNDING for difference, _ in off):
        return False
    if any(difference <= slack for difference, slack in off):
        return True
    what = f"is a total of {columns.sheet.words(total.place)}, but the numbers it sums come to {sum(known[0]):f}"
    hint = f'Correct the number that is wrong, or take the file in without it: --leave-out "{total.name}".'
    columns.tell(total.place, codes.EXTRACT_TOTAL, what, hint)
    return False


def _slack(total: Decimal, addends: Sequence[Decimal]) -> Decimal:
    """How far a total of numbers that were rounded may be from their sum: half of the last place for each."""
    places = max(-int(each.as_tuple().exponent) for each in (total, *addends))
    return (len(addends) + 1) * Decimal(5).scaleb(-places - 1) if places > 0 else Decimal(0)
