"""Columns that are worked out from those before them: changes, variances and shares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import TypeAlias

from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.check.rules.numbers.sums import wrong_cells
from papergen.check.tables import CellFigure, heads_sums, number_of, row_place
from papergen.diagnostics import Severity
from papergen.model.walk import plain_text
from papergen.values.quantities import print_number

_FEWEST = 3
"""Rows that a way of working out must fit before another row is said to be wrong."""
_NEAR = 3
"""How many columns before a column it may be worked out from."""

Cells: TypeAlias = Sequence[CellFigure | None]
Way: TypeAlias = Callable[[Fraction, Fraction], Fraction]
_WAYS: tuple[Way, ...] = (
    lambda one, other: other - one,
    lambda one, other: one - other,
    lambda one, other: one + other,
)
_SHARES: tuple[Way, ...] = (
    lambda one, other: 100 * (other - one) / one,
    lambda one, other: 100 * other / one,
    lambda one, other: 100 * one / other,
)


@rule("C108", Severity.WARNING, by_file=True)
def find_wrong_workings(reading: Reading) -> Iterator[Finding]:
    """A change or share in a table does not follow from the numbers beside it.

    A change, variance or share that does not follow from the columns before it, as it does in the other rows. A row is
    told once, and not again where its total is wrong already.
    Source: Code of Practice for Statistics (2022), Q3: assured quality
    Example: | Robbery | 91 | 104 | +31 | in a table whose other rows give the difference.
    """
    for found in (each for each in reading.tables if not each.node.measures):
        rows = [[number_of(plain_text(cell).strip()) for cell in row] for row in found.node.rows]
        told = {row for row, *_ in wrong_cells(found.node)}
        totals = [index for index, row in enumerate(found.node.rows) if heads_sums(plain_text(row[0]))]
        for column in range(2, len(found.node.header)):
            for each in _wrong(rows, column, totals):
                if each.row not in told:
                    told.add(each.row)
                    parts = f"“{each.one.text}” and “{each.two.text}”"
                    message = f"“{each.cell.text}” does not follow from {parts} as the rest of its column does:"
                    place, hint = row_place(reading, found.at, each.row), "Correct the number that is wrong."
                    yield Finding(place, f"{message} that is {each.printed}.", hint)


@dataclass(frozen=True, slots=True)
class _Worked:
    """A cell with the two it is worked out from, and what they give."""

    row: int
    one: CellFigure
    two: CellFigure
    cell: CellFigure
    right: Fraction
    slack: Fraction

    @property
    def fits(self) -> bool:
        return abs(self.right - self.cell.worth) <= self.slack

    @property
    def printed(self) -> str:
        return print_number(self.right, self.cell.decimals) + "%" * ("%" in self.cell.text)


def _wrong(rows: Sequence[Cells], column: int, totals: Sequence[int]) -> Sequence[_Worked]:
    """The cells that are wrong by the way of working out that fits the most others."""
    before = range(max(1, column - _NEAR), column)
    pairs = [([row[one] for row in rows], [row[two] for row in rows]) for one, two in combinations(before, 2)]
    pairs += [([rows[total][one]] * len(rows), [row[one] for row in rows]) for one in before for total in totals[-1:]]
    pairs += [([_sum(row[1 : column - 1]) for row in rows], [row[column - 1] for row in rows])]
    cells = [row[column] for row in rows]
    best, wrong = _FEWEST - 1, list[_Worked]()
    for firsts, seconds in pairs:
        for way in (*_WAYS, *_SHARES):
            worked = list(_worked(zip(firsts, seconds, cells, strict=True), way))
            misfits = [each for each in worked if not each.fits]
            if len(worked) - len(misfits) > best:
                best, wrong = len(worked) - len(misfits), misfits
    return wrong if 3 * len(wrong) <= best else ()


def _sum(cells: Cells) -> CellFigure | None:
    """The cells of a row added up; None where there are fewer than two, or one holds no number."""
    numbers = [each for each in cells if each and not each.percentage]
    if len(numbers) < max(2, len(cells)):
        return None
    worth, slack = sum(each.worth for each in numbers), sum(each.slack for each in numbers)
    text = " + ".join(each.text for each in numbers)
    return CellFigure(text, Fraction(worth), Fraction(slack), numbers[0].decimals, signed=True, percentage=False)


def _worked(rows: Iterable[Cells], way: Way) -> Iterator[_Worked]:
    """Each row that has the three numbers; a change is printed with its sign, or without any."""
    for index, (one, two, cell) in enumerate(rows):
        if one is None or two is None or cell is None:
            continue
        slack = cell.slack + one.slack + two.slack
        if way in _SHARES:
            if not one.worth or not two.worth or one.percentage or two.percentage:
                continue
            slack = Fraction(1, 2 * 10**cell.decimals)
            slack += 100 * (one.slack + two.slack) / min(abs(one.worth), abs(two.worth))
        right = way(one.worth, two.worth)
        yield _Worked(index, one, two, cell, right if cell.signed else abs(right), slack)
