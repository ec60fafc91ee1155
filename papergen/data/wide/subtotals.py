"""Finds the rows of an extract that are sums of the rows below or above them, such as regions among forces."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product, takewhile
from math import log10

from papergen.data.total_names import may_be_total
from papergen.data.wide.cells import folded
from papergen.data.wide.totals import SheetRow

REGIONS = frozenset(
    {
        *("north east", "north west", "yorkshire and the humber", "yorkshire and humberside", "east midlands", "east"),
        *("east of england", "eastern", "south east", "south west", "england", "wales", "england and wales"),
        *("great britain", "united kingdom", "uk"),
    }
)
"""Names that are regions or countries wherever they stand; London and the West Midlands may be forces."""
_SUM_WORD = re.compile(
    r"\bregions?\b|\bsubtotal\b|\bnational\b|\bcombined\b|^all (?!other)|\b(?:average|mean|median)$", re.IGNORECASE
)

SURE, LIKELY = 3.5, 1.5
"""How unlikely a sum by chance must be, in powers of ten: to be left out, and to be asked about.

A row of 120 and 90 comes to what some others come to once in 10,800 times, and in a table of thirty rows once in 360.
"""


@dataclass(frozen=True, slots=True)
class Subtotal:
    """A row that is the sum of others, or by its name should be: how many, and whether that is beyond doubt."""

    row: SheetRow
    of: int
    is_sure: bool


def sounds_like_a_sum(label: str) -> bool:
    """Whether a name is that of other rows together: ``"North Region"``, ``"All forces"``, ``"Group average"``."""
    return folded(label) in REGIONS or may_be_total(label) or _SUM_WORD.search(label) is not None


def subtotals(rows: Sequence[SheetRow], columns: Sequence[int], totals: Sequence[Sequence[Decimal]]) -> list[Subtotal]:
    """The rows that are sums of the rows below them, or above, whichever gives more; in the order of rows.

    A row with names that leave the last column blank, and one that is called a region, are sums for certain when they
    add up; others where the numbers could hardly agree by chance, or where a total (``totals``, by column) says that
    the rows below count twice.  One is asked about where a sum by its name is that of all rows but those found, and
    where the rows below are set in as its parts.
    """
    values = [tuple(row.value(column) for column in columns) for row in rows]
    if _total_says(values, {}, totals):
        return []
    found = _of_one_part(rows, values)
    ways = sorted((False, True), key=lambda up: -_worth(rows, _sums(values, {}, up=up)))
    while new := next((sums for up in ways if (sums := _sums(values, found, up=up))), None):
        found.update(new)
    agrees = _total_says(values, found, totals)
    named = [[each for each in values[index] if each is not None] for index in found if is_named(rows[index])]
    is_likely = _total_says(values, found, named)
    tries = log10(max(len(rows), 1))
    result: list[Subtotal] = []
    for index, each in sorted(found.items()):
        if is_named(rows[index]) or agrees or each.evidence - tries >= SURE:
            result.append(Subtotal(rows[index], each.of, is_sure=True))
        elif is_likely or _are_set_in(rows, index, found) or each.evidence - tries >= LIKELY:
            result.append(Subtotal(rows[index], each.of, is_sure=False))
    return result


def _are_set_in(rows: Sequence[SheetRow], index: int, found: Mapping[int, _Sum]) -> bool:
    """Whether the rows that one sums are those right below it whose names are set in further."""
    set_in = takewhile(lambda below: rows[below].indent > rows[index].indent, range(index + 1, len(rows)))
    return sum(below not in found for below in set_in) == found[index].of


_Numbers = tuple[Decimal | None, ...]
"""The numbers of a row by its columns; None for one that is not given."""


@dataclass(frozen=True, slots=True)
class _Sum:
    """How many rows a row sums, and how unlikely that is by chance, in powers of ten."""

    of: int
    evidence: float


def is_named(row: SheetRow) -> bool:
    """Whether the names of a row say that it is a sum."""
    has_gap = len(row.labels) > 1 and not row.labels[-1] and row.labels[0] != ""
    return has_gap or any(map(sounds_like_a_sum, row.labels))


def _of_one_part(rows: Sequence[SheetRow], values: Sequence[_Numbers]) -> dict[int, _Sum]:
    """The rows that have one part, with the same numbers.

    One has no last name, and one row has its other names; or it is called a region, and beside it stands one row alone.
    """
    parts: dict[tuple[str, ...], list[int]] = {}
    for index, row in enumerate(rows):
        parts.setdefault(row.labels[:-1], []).append(index)
    pairs = (each for above, each in parts.items() if above and len(each) == 2)
    found = {
        whole: _Sum(1, 0)
        for pair in pairs
        for whole, part in (pair, reversed(pair))
        if not rows[whole].labels[-1] and rows[part].labels[-1] and values[whole] == values[part]
    }
    last = len(rows) - 1
    for (index, row), step in product(enumerate(rows), (1, -1)):
        part, beyond = index + step, index + 2 * step
        follows, goes_on = (0 <= at <= last and not is_named(rows[at]) for at in (part, beyond))
        is_alone = follows and not goes_on
        if is_alone and is_named(row) and any(values[index]) and values[index] == values[part]:
            found.setdefault(index, _Sum(1, 0))
    return found


def _worth(rows: Sequence[SheetRow], found: Mapping[int, _Sum]) -> int:
    """How much a way of summing explains: rows that are called sums count for more than others."""
    return sum(len(rows) if is_named(rows[index]) else 1 for index in found)


def _sums(values: Sequence[_Numbers], known: Mapping[int, _Sum], *, up: bool) -> dict[int, _Sum]:
    """The rows, apart from ``known``, that are sums of the next rows, or with ``up`` of those before them.

    Sums are passed over; columns in which a number is not given are left out of the comparison.
    """
    found: dict[int, _Sum] = {}
    grows = [all((value or 0) >= 0 for value in column) for column in zip(*values, strict=True)]
    order = sorted(range(len(values)), reverse=not up)
    for at, index in enumerate(order):
        wanted = values[index]
        if index in known or not any(wanted):
            continue
        left: list[Decimal | None] = list(wanted)
        of = filled = 0
        for other in reversed(order[:at]):
            if other in found or other in known:
                continue
            addend = values[other]
            left = [None if one is None or less is None else one - less for one, less in zip(left, addend, strict=True)]
            of += 1
            filled += any(addend)
            given = [each for each in left if each is not None]
            if of > 1 and not any(given) and any(_compared(wanted, left)):
                digits = sum(log10(abs(each)) for each in _compared(wanted, left) if abs(each) > 1)
                found[index] = _Sum(of, digits if filled > 1 else 0)
                break
            if not given or any(
                each is not None and each < 0 for each, up_only in zip(left, grows, strict=True) if up_only
            ):
                break
    return found


def _compared(wanted: _Numbers, left: Sequence[Decimal | None]) -> list[Decimal]:
    """The numbers of a row in the columns in which all that it may sum are given."""
    return [one for one, rest in zip(wanted, left, strict=True) if one is not None and rest is not None]


def _total_says(values: Sequence[_Numbers], found: Mapping[int, _Sum], totals: Sequence[Sequence[Decimal]]) -> bool:
    """Whether a total row is the sum of the rows that are not among ``found``."""
    kept = [each for index, each in enumerate(values) if index not in found]
    if not totals:
        return False
    sums = []
    for column in zip(*kept, strict=True):
        given = [value for value in column if value is not None]
        if len(given) < len(column):
            return False
        sums.append(sum(given, Decimal(0)))
    return any(list(total) == sums for total in totals)
