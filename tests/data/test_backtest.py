from __future__ import annotations

import math
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergen.data.backtest import Backtest, backtest
from papergen.data.projections import Basis
from papergen.values.periods import Month
from tests.simulations import london
from tests.simulations.projections import KINDS, SHORT, all_kinds, held, part, projection_table, score_ratio, series
from tests.support.builds import REPOSITORY

REFERENCE = (REPOSITORY / "docs" / "projections.md").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_the_figures_in_the_reference_are_those_measured(name: str) -> None:
    assert "| " + " | ".join(projection_table()[name]) + " |" in REFERENCE


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_the_range_by_past_years_holds_about_eight_totals_in_ten(name: str) -> None:
    assert 0.7 <= (part(held(name), Basis.PAST_YEARS).coverage or 0) <= 0.9


@pytest.mark.slow
def test_the_range_by_past_years_scores_better_than_a_plain_rule() -> None:
    """A step to come is foretold by neither, so that no rule is much better there."""
    scores = [score_ratio(name) for name in KINDS]
    assert fmean(scores) <= 0.9
    assert max(scores) < 1


@pytest.mark.slow
def test_the_range_at_the_current_level_holds_about_eight_totals_in_ten() -> None:
    assert 0.75 <= all_kinds(Basis.CURRENT_LEVEL, SHORT) <= 0.9


@pytest.mark.slow
def test_ranges_of_real_counts_hold_about_eight_totals_in_ten() -> None:
    past, short, shorter, _ = london.PARTS
    for name in (past, short, shorter):
        assert 0.75 <= (london.together(name).coverage or 0) <= 0.9, name
    assert ["| " + " | ".join(row) + " |" for row in london.london_rows()] == [
        line for line in REFERENCE.splitlines() if line.startswith(tuple(f"| {name} " for name in london.PARTS))
    ]


def after(found: Backtest, elapsed: int) -> Backtest:
    """The projections made after so many periods of a year."""
    return Backtest(tuple(row for row in found.rows if row.elapsed == elapsed))


@pytest.mark.slow
@pytest.mark.parametrize("elapsed", range(1, 12))
def test_the_range_holds_as_often_early_in_the_year_as_late(elapsed: int) -> None:
    found = after(part(held("seasonal, 100 a month"), Basis.PAST_YEARS), elapsed)
    assert 0.65 <= (found.coverage or 0) <= 0.95


def test_a_steady_series_is_foretold_to_the_unit() -> None:
    found = backtest(series(*[10] * 60))
    assert len(found.rows) == 5 * 11
    assert [row.elapsed for row in found.rows[:12]] == [*range(1, 12), 1]
    assert (found.coverage, found.median_error) == (1.0, 0.0)
    assert {row.actual for row in found.rows} == {120}
    assert after(found, 9).median_width == pytest.approx(100 * 2 * 1.28 * math.sqrt(30) / 120)


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


def test_the_score_is_the_width_and_ten_times_what_is_missed() -> None:
    """Eleven months of 10, then 340: the range ends far below 450."""
    row = backtest(series(*[10] * 11, 340), count=False).rows[-1]
    low, high = row.projection.low, row.projection.high
    assert row.score == pytest.approx(100 * (high - low + 10 * (450 - high)) / 450)
    inside = backtest(series(*[10] * 24)).rows[-1]
    assert inside.score == inside.width
    assert backtest(series(*[0] * 12)).rows[0].score is None


def test_a_count_by_the_quarter_is_tested_after_each_quarter() -> None:
    found = backtest({Month(2011, 4).plus(3 * index): 30 for index in range(16)}, months=3)
    assert [row.elapsed for row in found.rows] == [1, 2, 3] * 4
    assert {row.actual for row in found.rows} == {120}


def test_only_whole_years_are_tested() -> None:
    unfinished = series(*[10] * 23)
    assert len(backtest(unfinished).rows) == 11
    gap = series(*[10] * 24)
    del gap[Month(2011, 9)]
    assert {row.projection.year for row in backtest(gap).rows} == {"2012/13"}
    assert backtest({}).rows == ()
    assert (backtest({}).coverage, backtest({}).median_error) == (None, None)


def test_the_first_month_to_project_after_may_be_named() -> None:
    found = backtest(series(*[10] * 36), first_origin=Month(2012, 12))
    assert found.rows[0].projection.through == Month(2012, 12)
    assert len(found.rows) == 3 + 11


@given(st.lists(st.integers(0, 500), min_size=12, max_size=50))
def test_the_parts_make_up_the_whole(figures: list[int]) -> None:
    found = backtest(series(*figures))
    assert len(found.rows) == 11 * (len(figures) // 12)
    parts = found.by_basis.values()
    assert sorted(map(id, found.rows)) == sorted(id(row) for part in parts for row in part.rows)
    assert found.rows == () or 0 <= (found.coverage or 0) <= 1
