"""Columns that are worked out from those before them: changes, variances and shares."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import TypeAlias

from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.check.rules.numbers.sums import wrong_cells
from papergen.data.total_names import heads_sums
from papergen.diagnostics import Severity
from papergen.model.walk import cells_of
from papergen.values.printed_cells import CellFigure, number_of
from papergen.values.quantities import print_number

_FEWEST = 3
"""Rows that a way of working out must fit before another row is said to be wrong."""
_NEAR = 3
"""How many columns before a column it may be worked out from."""

_Cells: TypeAlias = Sequence[CellFigure | None]
_Way: TypeAlias = Callable[[Fraction, Fraction], Fraction]
_WAYS: tuple[_Way, ...] = (
    lambda one, other: other - one,
    lambda one, other: one - other,
    lambda one, other: one + other,
)
_SHARES: tuple[_Way, ...] = (
    lambda one, other: 100 * (other - one) / one,
    lambda one, other: 100 * other / one,
    lambda one, other: 100 * one / other,
)


@rule("C108", Severity.WARNING, by_file=True)
def find_wrong_workings(reading: Reading) -> Iterator[Finding]:
    """A change, variance or share in a table does not follow from the columns before it, as it does in other rows.

    A row is told once, and not again where its total is wrong already.
    Source: Code of Practice for Statistics (2022), Q3: assured quality
    Example: | Robbery | 91 | 104 | +31 | in a table whose other rows give the difference.
    """
    for found in (each for each in reading.tables if not each.node.measures):
        header, *texts = cells_of(found.node)
        rows = [[number_of(text) for text in row] for row in texts]
        told = {row for row, *_ in wrong_cells(found.node)}
        totals = [index for index, row in enumerate(texts) if heads_sums(row[0])]
        for column in range(2, len(header)):
            for row, (one, two, cell, right) in _wrong(rows, column, totals).items():
                if row not in told:
                    told.add(row)
                    parts = f"“{one.text}” and “{two.text}”"
                    message = f"“{cell.text}” does not follow from {parts} as the rest of its column does:"
                    that_is = f"that is {print_number(right, cell.decimals)}{'%' * ('%' in cell.text)}."
                    place, hint = reading.typed.row_place(row, of=found.at), "Correct the number that is wrong."
                    yield Finding(place, f"{message} {that_is}", hint)


_Worked: TypeAlias = tuple[CellFigure, CellFigure, CellFigure, Fraction]
"""The two cells that a cell is worked out from, the cell, and what they give."""


def _wrong(rows: Sequence[_Cells], column: int, totals: Sequence[int]) -> dict[int, _Worked]:
    """The cells that are wrong by the way of working out that fits the most others, by their rows."""
    before = range(max(1, column - _NEAR), column)
    pairs = [([row[one] for row in rows], [row[two] for row in rows]) for one, two in combinations(before, 2)]
    pairs += [([rows[total][one]] * len(rows), [row[one] for row in rows]) for one in before for total in totals[-1:]]
    pairs += [([_sum(row[1 : column - 1]) for row in rows], [row[column - 1] for row in rows])]
    cells, best, wrong = [row[column] for row in rows], _FEWEST - 1, dict[int, _Worked]()
    for firsts, seconds in pairs:
        for way in (*_WAYS, *_SHARES):
            misfits, fit = dict[int, _Worked](), 0
            for index, (one, two, cell) in enumerate(zip(firsts, seconds, cells, strict=True)):
                if one and two and cell and (found := _right(one, two, cell, way)):
                    right, slack = found
                    if abs(right - cell.worth) <= slack:
                        fit += 1
                    else:
                        misfits[index] = one, two, cell, right
            if fit > best:
                best, wrong = fit, misfits
    return wrong if 3 * len(wrong) <= best else {}


def _sum(cells: _Cells) -> CellFigure | None:
    """The cells of a row added up; None where there are fewer than two, or one holds no number."""
    numbers = [each for each in cells if each and not each.percentage]
    if len(numbers) < max(2, len(cells)):
        return None
    worth, slack = sum(each.worth for each in numbers), sum(each.slack for each in numbers)
    text = " + ".join(each.text for each in numbers)
    return CellFigure(text, Fraction(worth), Fraction(slack), numbers[0].decimals, signed=True, percentage=False)


def _right(one: CellFigure, two: CellFigure, cell: CellFigure, way: _Way) -> tuple[Fraction, Fraction] | None:
    """What two cells give in a way, and how far the cell may lie off; a change may be printed without its sign."""
    slack = cell.slack + one.slack + two.slack
    if way in _SHARES:
        if not one.worth or not two.worth or one.percentage or two.percentage:
            return None
        slack = Fraction(1, 2 * 10**cell.decimals)
        slack += 100 * (one.slack + two.slack) / min(abs(one.worth), abs(two.worth))
    right = way(one.worth, two.worth)
    return right if cell.signed else abs(right), slack
