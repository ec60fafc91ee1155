"""Counts whose truth is known, and how well projections of them hold."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from random import Random
from statistics import fmean

from papergen.data.backtest import Backtest, TestedProjection, backtest
from papergen.data.projections import Basis
from papergen.values.periods import Month

APRIL_2011 = Month(2011, 4)
SEASONS = (0.95, 1.0, 1.1, 1.1, 1.15, 1.05, 1.0, 1.02, 0.95, 0.9, 0.85, 0.93)
STRONG_SEASONS = tuple(1 + 0.4 * math.sin(month * math.pi / 6) for month in range(12))
MONTHS = 60
SERIES = 40


def series(*figures: float) -> dict[Month, float]:
    """Figures month by month from April 2011."""
    return {APRIL_2011.plus(index): figure for index, figure in enumerate(figures)}


def poisson(random: Random, mean: float) -> int:
    """A count of events that come by chance at this mean (Knuth's way: multiply until below e to the minus mean)."""
    found, product, end = 0, random.random(), math.exp(-mean)
    while product > end:
        found, product = found + 1, product * random.random()
    return found


# ---------------------------------------------------------------------------------------------------------------------
# The means of sixty months, of each kind of count


def _level(_: Random, mean: float) -> Iterator[float]:
    return (mean for _ in range(MONTHS))


def _seasonal(_: Random, mean: float) -> Iterator[float]:
    return (mean * SEASONS[month % 12] for month in range(MONTHS))


def _strongly_seasonal(_: Random, mean: float) -> Iterator[float]:
    return (mean * STRONG_SEASONS[month % 12] for month in range(MONTHS))


def _trend(_: Random, mean: float) -> Iterator[float]:
    """Seasons, and a rise of 10% a year."""
    return (mean * SEASONS[month % 12] * 1.1 ** (month / 12) for month in range(MONTHS))


def _fall(_: Random, mean: float) -> Iterator[float]:
    """Seasons, and a fall of 12% a year."""
    return (mean * SEASONS[month % 12] * 0.88 ** (month / 12) for month in range(MONTHS))


def _step(random: Random, mean: float) -> Iterator[float]:
    """Seasons, and a lasting rise of 30% or fall of 25% in one month between the second year and the last."""
    at, factor = random.randrange(18, MONTHS - 6), random.choice((1.3, 0.75))
    return (mean * SEASONS[month % 12] * (factor if month >= at else 1) for month in range(MONTHS))


def _wandering(random: Random, mean: float) -> Iterator[float]:
    """Seasons, and a level that drifts by some 5% a month and is slowly drawn back."""
    drift = 0.0
    for month in range(MONTHS):
        drift = 0.9 * drift + random.gauss(0, 0.05)
        yield mean * SEASONS[month % 12] * math.exp(drift)


def _clustered(random: Random, mean: float) -> Iterator[float]:
    """Events that come in clusters: the month's mean itself swings by a quarter."""
    return (random.gammavariate(16, mean / 16) for _ in range(MONTHS))


Means = Callable[[Random, float], Iterator[float]]
KINDS: dict[str, tuple[Means, float]] = {
    "level, 1 in two months": (_level, 0.5),
    "level, 2 a month": (_level, 2),
    "level, 20 a month": (_level, 20),
    "level, 100 a month": (_level, 100),
    "clustered, 60 a month": (_clustered, 60),
    "seasonal, 100 a month": (_seasonal, 100),
    "strongly seasonal, 200 a month": (_strongly_seasonal, 200),
    "trend, 100 a month": (_trend, 100),
    "fall, 150 a month": (_fall, 150),
    "step, 100 a month": (_step, 100),
    "wandering, 400 a month": (_wandering, 400),
}


def simulated(name: str) -> tuple[dict[Month, float], ...]:
    """Many simulated counts of one kind, April 2011 to March 2016, the same at every run."""
    kind, mean = KINDS[name]
    random = Random(f"projections {name}")  # noqa: S311
    return tuple(series(*(poisson(random, each) for each in kind(random, mean))) for _ in range(SERIES))


# ---------------------------------------------------------------------------------------------------------------------
# How well projections hold


@cache
def tested(name: str) -> tuple[tuple[dict[Month, float], Backtest], ...]:
    """The simulated counts of one kind, each with its back-test."""
    return tuple((history, backtest(history)) for history in simulated(name))


@cache
def held(name: str) -> Backtest:
    """The back-tests of the simulated counts of one kind, together."""
    return Backtest(tuple(row for _, found in tested(name) for row in found.rows))


def part(found: Backtest, basis: Basis, months: range | None = None) -> Backtest:
    """The projections on one basis, with so many months of history where that is said."""

    def known(row: TestedProjection) -> int:
        through = row.projection.through
        return 12 * (through.year - APRIL_2011.year) + through.month - APRIL_2011.month + 1

    rows = (row for row in found.rows if row.projection.basis is basis)
    return Backtest(tuple(row for row in rows if months is None or known(row) in months))


SHORT = range(21, 34)
"""Months of history at which a range at the current level is looked at: more than a year, and too few for the other."""


@cache
def score_ratio(name: str) -> float:
    """The mean interval score of the projections by past years of one kind ÷ that of a plain rule for the same years.

    The plain rule: the year to date × the mean of remaining ÷ elapsed months over three past years, times e to the ±
    80th percentile of its log errors, interpolated, and no narrower than chance.
    """
    pairs = [
        (row.score, plain)
        for history, found in tested(name)
        for row in part(found, Basis.PAST_YEARS).rows
        if row.score is not None and (plain := _plain_score(list(history.values()), row)) is not None
    ]
    return sum(own for own, _ in pairs) / sum(plain for _, plain in pairs)


def _plain_score(figures: Sequence[float], row: TestedProjection) -> float | None:
    through = row.projection.through
    last = 12 * (through.year - APRIL_2011.year) + through.month - APRIL_2011.month
    point = _plain_rest(figures, last, row.elapsed)
    origins = range(row.elapsed + 11, last - (12 - row.elapsed) + 1)
    errors = []
    for origin in origins:
        foreseen = _plain_rest(figures, origin, row.elapsed)
        came = sum(figures[origin + 1 : origin + 13 - row.elapsed])
        if foreseen:
            errors.append(abs(math.log(came / foreseen)) if came else math.inf)
    errors.sort()
    if not errors or not point:
        return None
    place = 0.8 * (len(errors) - 1)
    below, above = errors[math.floor(place)], errors[math.ceil(place)]
    if math.isinf(above):
        return None
    error = below + (above - below) * (place % 1)
    chance = 1.28 * math.sqrt(point)
    low, high = min(point * math.exp(-error), point - chance), max(point * math.exp(error), point + chance)
    rest = row.actual - row.projection.to_date
    return 100 * (high - max(low, 0) + 10 * max(low - rest, rest - high, 0)) / row.actual if row.actual else None


def _plain_rest(figures: Sequence[float], last: int, elapsed: int) -> float:
    ratios = []
    for past in range(last - 12, max(last - 37, elapsed - 2), -12):
        before = sum(figures[past - elapsed + 1 : past + 1])
        if before:
            ratios.append(sum(figures[past + 1 : past + 13 - elapsed]) / before)
    return sum(figures[last - elapsed + 1 : last + 1]) * fmean(ratios) if ratios else 0.0


HEADINGS = ("kind", "by past years", "coverage", "error", "width", "score", "at the current level", "coverage")


@cache
def projection_table() -> dict[str, tuple[str, ...]]:
    """For each kind of count the cells under ``HEADINGS``, as docs/projections.md has them."""
    table: dict[str, tuple[str, ...]] = {}
    for name in KINDS:
        past = part(held(name), Basis.PAST_YEARS)
        short = part(held(name), Basis.CURRENT_LEVEL, SHORT)
        table[name] = (
            name,
            f"{len(past.rows)}",
            f"{past.coverage:.0%}",
            f"{past.median_error:.1f}%",
            f"{past.median_width:.0f}%",
            f"{score_ratio(name):.2f}",
            f"{len(short.rows)}",
            f"{short.coverage:.0%}",
        )
    return table


def all_kinds(basis: Basis, months: range | None = None) -> float:
    """The coverage (0–1) over all kinds together."""
    return Backtest(tuple(row for name in KINDS for row in part(held(name), basis, months).rows)).coverage or 0.0
