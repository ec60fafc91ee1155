"""Tables that are typed in papers: the numbers of their cells, their totals, and columns worked out from others."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import TypeAlias

from papergen.data.total_names import heads_sums
from papergen.language.numbers import SCALES, worth_of
from papergen.model.nodes import Table
from papergen.model.walk import cells_of, plain_text

_NUMBER = re.compile(
    r"(?P<sign>[+\u2212–-])?£?(?P<opens>\(£?)?(?P<digits>\d[\d,]*(?:\.\d+)?)"
    r"(?P<unit>%|k|m|bn| ?pp)?(?P<closes>\))?(?P<late>%)?"
)
_NONE = frozenset({"", "-", "–", "—", "nil"})
"""What a cell holds that adds nothing to a total."""


@dataclass(frozen=True, slots=True)
class CellFigure:
    """A number that is all that a cell holds, what it is worth, and how far the exact one may lie from that."""

    text: str
    worth: Fraction
    slack: Fraction
    decimals: int
    signed: bool
    percentage: bool


def figure_of(text: str) -> CellFigure | None:
    """The number that a cell holds, below zero in brackets or behind a minus; None where it holds anything else."""
    found = _NUMBER.fullmatch(text)
    if found is None or bool(found["opens"]) != bool(found["closes"]):
        return None
    (worth, decimals), factor = worth_of(found["digits"]), SCALES.get(found["unit"] or "", 1)
    slack = Fraction(factor, 2 * 10**decimals) if decimals or factor > 1 else Fraction(0)
    below = found["opens"] is not None or (found["sign"] or "+") != "+"
    percentage = "%" in text or "pp" in text
    return CellFigure(
        text, factor * (-worth if below else worth), slack, decimals, below or bool(found["sign"]), percentage
    )


_NOT_ADDED = re.compile(
    r"%|\b(?:per|rate|average|mean|median|change|share|percent\w*|proportion|rank|ratio|distinct|individuals?|people|difference"
    r"|most|least|unit (?:costs?|prices?|rates?)|price|each|date|(?<!the )year|age)\b",
    re.IGNORECASE,
)


def wrong_totals(table: Table) -> Iterator[tuple[int, int, list[str], Fraction]]:
    """The totals that are wrong: their row and column, what is added up, and what it comes to."""
    header, *rows = cells_of(table)
    if "%" in plain_text(table.caption) or "percentage" in plain_text(table.caption).lower():
        return
    added = [not _NOT_ADDED.search(name) for name in header]
    told = list[tuple[str, Fraction]]()
    for at, row in ((at, row) for at, row in enumerate(rows) if not _NOT_ADDED.search(row[0])):
        for column in range(1, len(header)):
            wrong = None
            if at > 1 and heads_sums(row[0]) and _WHOLE.fullmatch(row[column]):
                wrong = _off_hundred([each[column] for each in rows[:at]])
            elif at > 1 and heads_sums(row[0]) and added[column]:
                wrong = _misfit(_ways_above(rows, at, column), row[column])
            elif at > 1 and _CLOSES.search(row[0]) and _OPENS_WITH.search(rows[0][0]):
                above = [each[column] for each in rows[:at]]
                # Where nothing is below zero, what was paid may be printed without its sign.
                wrong = _misfit([above], row[column]) if any(re.match(r"[(\u2212-]", each) for each in above) else None
            elif at == len(rows) - 1 and at >= _MANY and added[column]:
                wrong = _unlike_others(rows, column)
            if wrong is None and column > 2 and heads_sums(header[column]) and all(added[1 : column + 1]):
                # The first columns of a table may count something else.
                wrong = _misfit([row[first:column] for first in range(1, column - 1)], row[column])
            total = figure_of(row[column])
            if wrong and total:
                # What follows from a total that is told is right but for it.
                if not any(text in wrong[0] and total.worth - wrong[1] == off for text, off in told):
                    yield at, column, *wrong
                told.append((row[column], wrong[1] - total.worth))


_WHOLE = re.compile(r"100(?:\.0+)?%")


def _off_hundred(cells: Sequence[str]) -> tuple[list[str], Fraction] | None:
    """What shares come to that nearly make up a whole of 100%, and do not."""
    shares = [number for each in cells if (number := figure_of(each)) and number.percentage]
    come_to = sum((each.worth for each in shares), Fraction(0))
    slack = sum((Fraction(1, 2 * 10**each.decimals) for each in shares), Fraction(0))
    is_near = len(shares) == len(cells) and slack < abs(come_to - 100) <= _FEW_POINTS
    return ([each.text.removesuffix("%") for each in shares], come_to) if is_near else None


_FEW_POINTS = 5
_MANY = 5
"""Rows whose sum is not met by chance."""


def _unlike_others(rows: Sequence[Sequence[str]], column: int) -> tuple[list[str], Fraction] | None:
    """What a column nearly comes to, where another comes to what the last row has, such as “Net assets”."""
    *above, last = rows
    number = figure_of(last[column])
    wrongs = [_come_to([row[at] for row in above], last[at]) for at in range(1, len(last))]
    fits = [at for at, wrong in enumerate(wrongs, 1) if wrong is None and _adds_up([row[at] for row in rows])]
    wrong = wrongs[column - 1]
    is_near = wrong and number and 10 * abs(wrong[1] - number.worth) <= abs(number.worth)
    return wrong if fits and is_near else None


def _adds_up(cells: Sequence[str]) -> bool:
    """Whether cells hold numbers that may be added up, the last of them one of three digits or more."""
    numbers = [figure_of(cell) for cell in cells]
    return all(each and not each.percentage for each in numbers) and len(re.sub(r"\D", "", cells[-1])) > 2


_OPENS_WITH = re.compile(r"\b(?:brought forward|b/f|opening|at (?:the )?start)\b", re.IGNORECASE)
_CLOSES = re.compile(r"\b(?:carried forward|c/f|closing balance|at (?:the )?end)\b", re.IGNORECASE)


def _ways_above(rows: Sequence[Sequence[str]], at: int, column: int) -> list[list[str]]:
    """What may be added up above a total: all rows or the last of them, the totals among them or alone."""
    above = [row for row in rows[:at] if not re.match(r"of (?:which|whom|these)\b", row[0], re.IGNORECASE)]
    plain = [row[column] for row in above if not heads_sums(row[0])]
    totals = [row[column] for row in above if heads_sums(row[0])]
    since = next((index for index in range(len(above) - 1, -1, -1) if heads_sums(above[index][0])), -1)
    part = next((index for index in range(len(above) - 1, -1, -1) if not any(above[index][1:])), -1)
    ways = [plain, *([row[column] for row in above[first + 1 :]] for first in {since, part}), totals, plain + totals]
    if rows[at][0].casefold().startswith("net"):  # what comes in may be printed without its sign
        ways += [plain[first:] for first in range(1, len(plain) - 1)]  # from “Gross cost” on
        ways += [[*plain[:index], f"-{each.lstrip('-')}", *plain[index + 1 :]] for index, each in enumerate(plain)]
    return ways


def _misfit(ways: Iterable[Sequence[str]], total: str) -> tuple[list[str], Fraction] | None:
    """The parts that come nearest to a total, and what they come to; None where some parts give it."""
    sought = number.worth if (number := figure_of(total)) else Fraction(0)
    wrongs = [_come_to(way, total) for way in ways if len(way) > 1]
    found = sorted((wrong for wrong in wrongs if wrong), key=lambda wrong: abs(wrong[1] - sought))
    return found[0] if found and all(wrongs) else None


def _come_to(cells: Sequence[str], total: str) -> tuple[list[str], Fraction] | None:
    """What the parts come to, where that is not the total; None where it is, or where they cannot be added up."""
    parts = [each for each in cells if each.casefold() not in _NONE]
    numbers = [number for each in (*parts, total) if (number := figure_of(each)) and not number.percentage]
    if len(parts) < 2 or len(numbers) <= len(parts):
        return None
    come_to = sum((each.worth for each in numbers[:-1]), Fraction(0))
    return None if abs(come_to - numbers[-1].worth) <= sum(each.slack for each in numbers) else (parts, come_to)


_FEWEST = 3
"""Rows that a way of working out must fit before another row is said to be wrong."""
_GIVEN = re.compile(
    r"(?:last|previous) (?:quarter|year|month|time|meeting|score)"
    r"|(?:[\w-]+ ){0,2}(?:target|plan|standard|benchmark|threshold|limit|tolerance)"
    r"(?:,? (?:[%£]|20\d\d(?:[/–-]\d\d)?|per cent|£ ?(?:m|million|000)))*(?: \(.*\))?",
    re.IGNORECASE,
)
"""Headings of what is set or was, and is not worked out: “Target, %”, “Last quarter”; not “Target met, %”."""
_CHANGES = re.compile(
    r"(?:% |per cent )?(?:change|variance|difference)\b(?:,? (?:%|per cent|£ ?(?:m|million|000)))?|(?:risk )?score",
    re.I,
)
"""Headings that say that a column is worked out, so that fewer rows need bear it out, and small numbers too."""
_BY_CHANCE = 10
"""A number of fewer steps of its last digit, or of what it may lie off, is met by chance."""
_NEAR = 3
"""How many columns before a column it may be worked out from."""

_Cells: TypeAlias = Sequence[CellFigure | None]
_Way: TypeAlias = Callable[[Fraction, Fraction], Fraction]
_WAYS: tuple[_Way, ...] = (lambda one, other: other - one, operator.sub, operator.add, operator.mul)
_SHARES: tuple[_Way, ...] = (
    lambda one, other: 100 * (other - one) / one,
    lambda one, other: 100 * other / one,
    lambda one, other: 100 * one / other,
)
_Worked: TypeAlias = tuple[CellFigure, CellFigure, CellFigure, Fraction]
"""The two cells that a cell is worked out from, the cell, and what they give."""


def wrong_workings(table: Table) -> Iterator[tuple[int, _Worked]]:
    """The changes, variances and shares that do not follow as they do in other rows, by their rows.

    A row is given once, and not where its total is wrong.
    """
    header, *texts = cells_of(table)
    rows = [[figure_of(text) for text in row] for row in texts]
    told = set[int]()
    for row, column, *_ in wrong_totals(table):
        rows[row][column] = None  # nothing follows from it
        told.add(row)
    totals = [index for index, row in enumerate(texts) if heads_sums(row[0])]
    for column in (each for each in range(2, len(header)) if not _GIVEN.fullmatch(header[each])):
        for row, worked in _wrong(rows, column, totals, is_said=bool(_CHANGES.fullmatch(header[column]))).items():
            above = [each[column] for each in rows[:row]]
            if row not in told and not (row in totals and _is_sum(above, worked[2])):
                told.add(row)
                yield row, worked


def _wrong(rows: Sequence[_Cells], column: int, totals: Sequence[int], *, is_said: bool) -> dict[int, _Worked]:
    """The cells that are wrong by the way of working out that fits the most others, by their rows.

    Where neither a heading nor a sign says that it is worked out, a cell that could fit by chance bears out nothing.
    """
    fewest = _FEWEST - is_said
    before = range(max(1, column - _NEAR), column)
    pairs = [([row[one] for row in rows], [row[two] for row in rows]) for one, two in combinations(before, 2)]
    wholes = [(one, whole) for one in before for total in totals[-1:] if (whole := rows[total][one])]
    # Of shares no other shares are worked out.
    pairs += [([whole] * len(rows), [row[one] for row in rows]) for one, whole in wholes if whole.worth != 100]
    pairs += [([_sum(row[1 : column - 1]) for row in rows], [row[column - 1] for row in rows])]
    cells, best, wrong = [row[column] for row in rows], fewest - 1, dict[int, _Worked]()
    is_signed = any(cell and cell.text[0] in "-\u2212" for cell in cells)
    for firsts, seconds in pairs:
        for way in (*_WAYS, *_SHARES):
            misfits, fit = dict[int, _Worked](), 0
            for index, (one, two, cell) in enumerate(zip(firsts, seconds, cells, strict=True)):
                if one and two and cell and (found := _right(one, two, cell, way, is_signed=is_signed)):
                    right, slack = found
                    if abs(right - cell.worth) <= slack:
                        steps = _BY_CHANCE * (slack + Fraction(1, 10**cell.decimals))
                        fit += is_said or cell.signed or abs(right) >= steps
                    else:
                        misfits[index] = one, two, cell, right
            # Where several have the other sign it says what is good: more income, and less spent.
            turned = [index for index, (*_, cell, right) in misfits.items() if cell.worth == -right]
            if fit > best:
                best, wrong = fit, {at: each for at, each in misfits.items() if len(turned) < 2 or at not in turned}
    return wrong if fewest * len(wrong) <= best else {}


def _is_sum(cells: _Cells, total: CellFigure) -> bool:
    """Whether rounded shares come to what is printed below them, such as 99.9%."""
    return all(cells) and sum(each.worth for each in cells if each) == total.worth


def _sum(cells: _Cells) -> CellFigure | None:
    """The cells of a row added up; None where there are fewer than two, or one holds no number."""
    numbers = [each for each in cells if each and not each.percentage]
    if len(numbers) < max(2, len(cells)):
        return None
    worth, slack = sum(each.worth for each in numbers), sum(each.slack for each in numbers)
    text = " + ".join(each.text for each in numbers)
    return CellFigure(text, Fraction(worth), Fraction(slack), numbers[0].decimals, signed=True, percentage=False)


def _right(
    one: CellFigure, two: CellFigure, cell: CellFigure, way: _Way, *, is_signed: bool
) -> tuple[Fraction, Fraction] | None:
    """What two cells give in a way, and how far the cell may lie off; a change may be unsigned where all are."""
    slack = cell.slack + one.slack + two.slack
    if way in _SHARES:
        if not one.worth or not two.worth or one.percentage or two.percentage:
            return None
        slack = Fraction(1, 2 * 10**cell.decimals)
        slack += 100 * (one.slack + two.slack) / min(abs(one.worth), abs(two.worth))
    right = way(one.worth, two.worth)
    return right if cell.signed or is_signed else abs(right), slack
