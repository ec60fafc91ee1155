"""What every constructed series needs: months, noise of the right size, and whole numbers that meet a total exactly."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

SEED = "papergen sample workspace, 2 February 2016"
FIRST_MONTH, LAST_MONTH = "2011-04", "2015-12"
AREAS = ("Herefordshire", "North Worcestershire", "Shropshire", "South Worcestershire", "Telford & Wrekin")

Cell = str | int


@dataclass(frozen=True, slots=True)
class Table:
    """One file to be written: its column names and its rows."""

    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


def stream(name: str) -> Random:
    """Random numbers of a series' own, so that a change to one series leaves every other as it was."""
    return Random(f"{SEED}: {name}")  # noqa: S311 - noise in constructed data, not a secret


def months(first: str = FIRST_MONTH, last: str = LAST_MONTH) -> list[str]:
    """Every month from ``first`` to ``last``, both included: ``"2011-04"``, ``"2011-05"`` …"""
    year, month = int(first[:4]), int(first[5:])
    found = []
    while (name := f"{year}-{month:02d}") <= last:
        found.append(name)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found


def year_of(month: str) -> str:
    """The financial year of a month: ``"2015/16"`` for ``"2015-12"``."""
    start = int(month[:4]) - (int(month[5:]) < 4)
    return f"{start}/{(start + 1) % 100:02d}"


def quarter_of(month: str) -> str:
    """The quarter of a month: ``"2015/16 Q3"`` for ``"2015-12"``."""
    return f"{year_of(month)} Q{(int(month[5:]) - 4) % 12 // 3 + 1}"


def season(month: str, factors: Sequence[float]) -> float:
    """The month's factor, out of twelve that run from April to March."""
    return factors[(int(month[5:]) - 4) % 12]


def wobble(rng: Random, level: float, times: float = 1.1) -> float:
    """``level`` with the noise of a count: ``times`` the spread of a Poisson count, never more than two spreads off."""
    spread_of_count = times * math.sqrt(max(level, 0.0))
    return max(0.05, level + spread_of_count * max(-2.0, min(2.0, rng.gauss(0.0, 1.0))))


def spread(total: int, weights: Sequence[float]) -> list[int]:
    """``total`` shared out in whole numbers as the weights have it; the largest remainders are rounded up."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    shares = [math.floor(share) for share in exact]
    largest = sorted(range(len(exact)), key=lambda at: (shares[at] - exact[at], at))
    for at in largest[: total - sum(shares)]:
        shares[at] += 1
    return shares


def fit(
    expected: Mapping[str, float],
    *,
    totals: Mapping[str, int] | None = None,
    pinned: Mapping[str, int] | None = None,
) -> dict[str, int]:
    """Whole numbers near ``expected`` that meet the totals exactly.

    ``totals`` has a total for a quarter (``"2015/16 Q2"``), a financial year (``"2014/15"``) or a span of months
    (``"2014-04..2014-10"``).  They are met in the order given: each shares out what the months settled before it
    leave.  ``pinned`` settles months outright.
    """
    settled = dict(pinned or {})
    for period, total in (totals or {}).items():
        inside = [month for month in expected if _is_in(month, period)]
        free = [month for month in inside if month not in settled]
        rest = total - sum(settled[month] for month in inside if month in settled)
        if rest < 0 or (not free and rest):
            raise ValueError(f"{period}: the months already settled do not leave room for {total}")
        if free:
            settled |= zip(free, spread(rest, [expected[month] for month in free]), strict=True)
    return {month: settled.get(month, round(level)) for month, level in expected.items()}


def _is_in(month: str, period: str) -> bool:
    if ".." in period:
        first, _, last = period.partition("..")
        return first <= month <= last
    return period in (year_of(month), quarter_of(month))


def pins(first: str, *values: int) -> dict[str, int]:
    """Values for consecutive months, the first of them ``first``."""
    return dict(zip(months(first), values, strict=False))


def noisy(
    name: str,
    levels: Mapping[str, float],
    *,
    seasons: Sequence[float] = (1.0,) * 12,
    times: float = 1.1,
    over: Iterable[str] | None = None,
) -> dict[str, float]:
    """A monthly series about the monthly ``levels``.

    A level is named by the month from which it holds (``"2015-03"``) and holds until the next.
    """
    rng = stream(name)
    starts = sorted(levels)
    result = {}
    for month in over if over is not None else months():
        level = levels[[start for start in starts if start <= month][-1]]
        result[month] = wobble(rng, level * season(month, seasons), times)
    return result


def shared_by_area(name: str, total: int, shares: Sequence[float], month: str) -> list[int]:
    """A month's total shared between the policing areas, with noise of a count's size in each."""
    rng = stream(f"{name} by area, {month}")
    return spread(total, [wobble(rng, max(total, 1) * share) for share in shares])
