from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import cache
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergen.data.backtest import Backtest, backtest
from papergen.data.projections import Basis
from papergen.values.periods import Month
from tests.support.builds import REPOSITORY

REFERENCE = (REPOSITORY / "docs" / "projections.md").read_text(encoding="utf-8")

APRIL_2011 = Month(2011, 4)
SEASONS = (0.95, 1.0, 1.1, 1.1, 1.15, 1.05, 1.0, 1.02, 0.95, 0.9, 0.85, 0.93)
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


def level(random: Random, mean: float) -> Iterator[float]:
    return (mean for _ in range(MONTHS))


def seasonal(random: Random, mean: float) -> Iterator[float]:
    return (mean * SEASONS[month % 12] for month in range(MONTHS))


def trend(random: Random, mean: float) -> Iterator[float]:
    """Seasons, and a rise of 10% a year."""
    return (mean * SEASONS[month % 12] * 1.1 ** (month / 12) for month in range(MONTHS))


def step(random: Random, mean: float) -> Iterator[float]:
    """Seasons, and a lasting rise of 30% or fall of 25% in one month between the second year and the last."""
    at, factor = random.randrange(18, MONTHS - 6), random.choice((1.3, 0.75))
    return (mean * SEASONS[month % 12] * (factor if month >= at else 1) for month in range(MONTHS))


def wandering(random: Random, mean: float) -> Iterator[float]:
    """Seasons, and a level that drifts by some 5% a month and is slowly drawn back."""
    drift = 0.0
    for month in range(MONTHS):
        drift = 0.9 * drift + random.gauss(0, 0.05)
        yield mean * SEASONS[month % 12] * math.exp(drift)


KINDS: dict[str, tuple[Callable[[Random, float], Iterator[float]], float]] = {
    "level, 1 in two months": (level, 0.5),
    "level, 2 a month": (level, 2),
    "level, 20 a month": (level, 20),
    "level, 100 a month": (level, 100),
    "seasonal, 100 a month": (seasonal, 100),
    "trend, 100 a month": (trend, 100),
    "step, 100 a month": (step, 100),
    "wandering, 400 a month": (wandering, 400),
}


@cache
def simulated(name: str) -> Backtest:
    """The back-tests of many simulated counts of one kind, April 2011 to March 2016, the same at every run."""
    kind, mean = KINDS[name]
    random = Random(f"projections {name}")  # noqa: S311
    tests = [backtest(series(*(poisson(random, each) for each in kind(random, mean)))) for _ in range(SERIES)]
    return Backtest(tuple(row for test in tests for row in test.rows))


@pytest.mark.parametrize("name", KINDS)
def test_the_figures_in_the_reference_are_those_measured(name: str) -> None:
    """The guide's row: all, coverage and error by past years, coverage and error at the current level."""
    row = next(line for line in REFERENCE.splitlines() if line.startswith(f"| {name} "))
    found = simulated(name)
    past, current = found.by_basis[Basis.PAST_YEARS], found.by_basis[Basis.CURRENT_LEVEL]
    measured = [
        figure
        for each in (past, current)
        for figure in (len(each.rows), 100 * (each.coverage or 0), each.median_error, each.median_width)
    ]
    printed = [float(cell.strip(" %")) for cell in row.strip("|").split("|")[1:]]
    assert printed == pytest.approx(measured, abs=0.6)


@pytest.mark.parametrize(
    "name", [name for name in KINDS if name.startswith(("level, 20", "seasonal", "trend", "step"))]
)
def test_the_range_by_past_years_holds_about_eight_totals_in_ten(name: str) -> None:
    assert 0.75 <= (simulated(name).by_basis[Basis.PAST_YEARS].coverage or 0) <= 0.9


@pytest.mark.parametrize("elapsed", range(1, 12))
def test_the_range_holds_as_often_early_in_the_year_as_late(elapsed: int) -> None:
    found = simulated("seasonal, 100 a month").by_basis[Basis.PAST_YEARS].by_elapsed[elapsed]
    assert 0.65 <= (found.coverage or 0) <= 0.95


def test_a_steady_series_is_foretold_to_the_unit() -> None:
    found = backtest(series(*[10] * 60))
    assert len(found.rows) == 5 * 11
    assert [row.elapsed for row in found.rows[:12]] == [*range(1, 12), 1]
    assert (found.coverage, found.median_error) == (1.0, 0.0)
    assert {row.actual for row in found.rows} == {120}
    assert found.by_elapsed[9].median_width == pytest.approx(100 * 2 * 1.28 * math.sqrt(30) / 120)


def test_a_year_that_doubles_at_its_end_is_missed() -> None:
    """Eleven months of 10, then 340: the total 450 is far from the 120 foreseen after eleven months."""
    row = backtest(series(*[10] * 11, 340)).rows[-1]
    assert (row.elapsed, row.actual, row.inside) == (11, 450, False)
    assert row.error == pytest.approx(100 * 330 / 450)


def test_the_ends_of_the_range_are_inside() -> None:
    """A level of 0.1 without chance swings: the total differs from the range in the last floating-point digit only."""
    found = backtest(series(*[0.1] * 48), count=False)
    assert found.coverage == 1.0
    assert found.median_width == pytest.approx(0)


def test_a_year_of_zeros_has_no_percentage_error() -> None:
    found = backtest(series(*[0] * 12))
    assert (found.coverage, found.median_error, found.median_width) == (1.0, None, None)


def test_only_whole_years_are_tested() -> None:
    unfinished = series(*[10] * 23)
    assert len(backtest(unfinished).rows) == 11
    gap = series(*[10] * 24)
    del gap[Month(2011, 9)]
    assert {row.projection.year for row in backtest(gap).rows} == {"2012/13"}
    assert backtest({}).rows == ()
    assert (backtest({}).coverage, backtest({}).median_error, backtest({}).by_elapsed) == (None, None, {})


def test_the_first_month_to_project_after_may_be_named() -> None:
    found = backtest(series(*[10] * 36), first_origin=Month(2012, 12))
    assert found.rows[0].projection.through == Month(2012, 12)
    assert len(found.rows) == 3 + 11


@given(st.lists(st.integers(0, 500), min_size=12, max_size=50))
def test_the_parts_make_up_the_whole(figures: list[int]) -> None:
    found = backtest(series(*figures))
    assert len(found.rows) == 11 * (len(figures) // 12)
    for parts in (found.by_elapsed, found.by_basis):
        assert sorted(map(id, found.rows)) == sorted(id(row) for part in parts.values() for row in part.rows)
    assert found.rows == () or 0 <= (found.coverage or 0) <= 1
