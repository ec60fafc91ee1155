"""Finds the rows of an extract that are sums of the rows below or above them, such as regions among forces."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log10

from papergen.data.wide.cells import folded
from papergen.data.wide.totals import SheetRow

REGIONS = frozenset(
    {
        "north east",
        "north west",
        "yorkshire and the humber",
        "yorkshire and humberside",
        "east midlands",
        "east",
        "east of england",
        "eastern",
        "south east",
        "south west",
        "england",
        "england and wales",
        "great britain",
        "united kingdom",
        "uk",
    }
)
"""Names that are regions or countries wherever they stand; London, Wales and the West Midlands may be forces."""
_REGION_WORD = re.compile(r"\bregions?\b|\bsubtotal\b|\bnational\b|\bcombined\b", re.IGNORECASE)

SURE, LIKELY = 4.0, 2.5
"""How unlikely a sum by chance must be, in powers of ten: to be left out, and to be asked about."""


@dataclass(frozen=True, slots=True)
class Subtotal:
    """A row that is the sum of others, or by its name should be: how many, and whether that is beyond doubt."""

    row: SheetRow
    of: int
    is_sure: bool


def sounds_like_a_sum(label: str) -> bool:
    """Whether a name is that of a region or country: ``"North Region"``, ``"East Midlands"``."""
    return folded(label) in REGIONS or _REGION_WORD.search(label) is not None


def subtotals(rows: Sequence[SheetRow], columns: Sequence[int], totals: Sequence[Sequence[Decimal]]) -> list[Subtotal]:
    """The rows that are sums of the rows below them, or above, whichever gives more; in the order of rows.

    A row with names that leave the last column blank, and one that is called a region, are sums for certain when they
    add up; others where the numbers could hardly agree by chance, or where a total (``totals``, by column) says that
    the rows below count twice.
    """
    values = [_numbers(row, columns) for row in rows]
    if _total_says(values, {}, totals):
        return []
    found: dict[int, int] = {}
    ways = sorted((False, True), key=lambda up: -_worth(rows, _sums(values, {}, up=up)))
    while new := next((sums for up in ways if (sums := _sums(values, found, up=up))), None):
        found.update(new)
    agrees = _total_says(values, found, totals)
    result: list[Subtotal] = []
    for index, of in sorted(found.items()):
        named = is_named(rows[index])
        evidence = sum(log10(abs(value)) for value in values[index] or () if abs(value) > 1)
        if named or agrees or evidence >= SURE:
            result.append(Subtotal(rows[index], of, is_sure=True))
        elif evidence >= LIKELY:
            result.append(Subtotal(rows[index], of, is_sure=False))
    return result


def is_named(row: SheetRow) -> bool:
    """Whether the names of a row say that it is a sum."""
    has_gap = len(row.labels) > 1 and not row.labels[-1] and row.labels[0] != ""
    return has_gap or any(map(sounds_like_a_sum, row.labels))


def _worth(rows: Sequence[SheetRow], found: Mapping[int, int]) -> int:
    """How much a way of summing explains: rows that are called sums count for more than others."""
    return sum(len(rows) if is_named(rows[index]) else 1 for index in found)


def _numbers(row: SheetRow, columns: Sequence[int]) -> tuple[Decimal, ...] | None:
    """The numbers of a row; None where one is not given, so that nothing can be added up."""
    values = tuple(value for column in columns if (value := row.value(column)) is not None)
    return values if len(values) == len(columns) else None


def _sums(values: Sequence[tuple[Decimal, ...] | None], known: Mapping[int, int], *, up: bool) -> dict[int, int]:
    """The rows, apart from ``known``, that are sums of the next rows, or with ``up`` of those before them.

    Sums are passed over; with each comes the number of rows that it sums.
    """
    found: dict[int, int] = {}
    order = list(range(len(values)))
    if not up:
        order.reverse()
    for at, index in enumerate(order):
        wanted = values[index]
        if index in known or wanted is None or not any(wanted):
            continue
        added, of = [Decimal(0)] * len(wanted), 0
        for other in reversed(order[:at]):
            addend = values[other]
            if addend is None:
                break
            if other in found or other in known:
                continue
            added = [one + more for one, more in zip(added, addend, strict=True)]
            of += 1
            if tuple(added) == wanted and of > 1:
                found[index] = of
                break
            if min(addend) >= 0 and any(one > most for one, most in zip(added, wanted, strict=True)):
                break
    return found


def _total_says(
    values: Sequence[tuple[Decimal, ...] | None], found: Mapping[int, int], totals: Sequence[Sequence[Decimal]]
) -> bool:
    """Whether a total row is the sum of the rows that are not among ``found``."""
    kept = [each for index, each in enumerate(values) if index not in found]
    if not totals or any(each is None for each in kept):
        return False
    sums = tuple(sum(column, Decimal(0)) for column in zip(*(each for each in kept if each), strict=True))
    return any(tuple(total) == sums for total in totals)
