"""Real counts, and how well projections of them hold: crimes of 27 types in 13 of London's boroughs.

``london.csv`` has the months from April 2010 to December 2019, each type a row: the sums over Bexley, Brent, Bromley,
Greenwich, Hackney, Hounslow, Kensington and Chelsea, Kingston upon Thames, Merton, Newham, Tower Hamlets, Wandsworth
and Westminster.  The rules were chosen on the other boroughs.  Crimes recorded by the Metropolitan Police, from the
London Datastore; contains public sector information licensed under the Open Government Licence v3.0.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from papergen.data.backtest import Backtest, TestedProjection, backtest
from papergen.data.projections import Basis
from papergen.values.periods import Month

APRIL_2010 = Month(2010, 4)
SHORT = 36
"""Months of history that a measure begins with, to look at what is said at the current level."""
PARTS = {
    "by past years": (Basis.PAST_YEARS, range(1, 200)),
    "at the current level, 21 to 33 months": (Basis.CURRENT_LEVEL, range(21, 34)),
    "at the current level, 12 to 20 months": (Basis.CURRENT_LEVEL, range(12, 21)),
    "at the current level, under 12 months": (Basis.CURRENT_LEVEL, range(1, 12)),
}


@cache
def london() -> dict[str, tuple[int, ...]]:
    """The counts of each type, from April 2010 on."""
    with (Path(__file__).parent / "london.csv").open(encoding="utf-8", newline="") as file:
        return {name: tuple(map(int, counts)) for name, *counts in csv.reader(file)}


def _tested(history: dict[Month, int]) -> Iterator[tuple[int, TestedProjection]]:
    """The projections made from a history, each with the months of it that were known."""
    begins = min(history)
    for row in backtest(history).rows:
        through = row.projection.through
        yield 12 * (through.year - begins.year) + through.month - begins.month + 1, row


@cache
def _short(name: str) -> tuple[tuple[int, TestedProjection], ...]:
    """The projections of a type, were its history to begin in any one of its Aprils."""
    counts = london()[name]
    starts = range(0, len(counts) - SHORT + 1, 12)
    return tuple(
        row
        for start in starts
        for row in _tested({APRIL_2010.plus(month): counts[month] for month in range(start, start + SHORT)})
    )


@cache
def held(part: str) -> dict[str, Backtest]:
    """The projections of one of ``PARTS``, by type of crime."""
    basis, months = PARTS[part]
    by_type: dict[str, Backtest] = {}
    for name, counts in london().items():
        whole = {APRIL_2010.plus(month): count for month, count in enumerate(counts)}
        rows = _tested(whole) if basis is Basis.PAST_YEARS else _short(name)
        by_type[name] = Backtest(tuple(row for known, row in rows if row.projection.basis is basis and known in months))
    return by_type


def together(part: str) -> Backtest:
    """The projections of one of ``PARTS``, of all types."""
    return Backtest(tuple(row for found in held(part).values() for row in found.rows))


HEADINGS = ("basis", "projections", "coverage", "by type, the middle half", "error", "width")


def london_rows() -> Iterator[tuple[str, ...]]:
    """The rows under ``HEADINGS``, as docs/projections.md has them."""
    for part in PARTS:
        found = together(part)
        types = sorted(each.coverage or 0 for each in held(part).values())
        middle = types[len(types) // 4], types[-1 - len(types) // 4]
        yield (
            part,
            f"{len(found.rows):,}",
            f"{found.coverage:.0%}",
            f"{middle[0]:.0%} to {middle[1]:.0%}",
            f"{found.median_error:.1f}%",
            f"{found.median_width:.0f}%",
        )
