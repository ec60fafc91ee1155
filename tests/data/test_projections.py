from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from papergen.data.projections import Basis, Projection, percentile, project
from papergen.values.periods import Month

APRIL_2011 = Month(2011, 4)
FIGURES = st.lists(st.integers(0, 400), min_size=1, max_size=70)


def series(*figures: float) -> dict[Month, float]:
    """Figures month by month from April 2011."""
    return {APRIL_2011.plus(index): figure for index, figure in enumerate(figures)}


def at_the_end(figures: list[int], *, count: bool = True) -> Projection:
    """The projection after the last month of figures that begin in April 2011."""
    found = project(series(*figures), through=APRIL_2011.plus(len(figures) - 1), count=count)
    assert found is not None
    return found


def remainder(projection: Projection) -> tuple[float, float, float]:
    return (
        projection.low - projection.to_date,
        projection.point - projection.to_date,
        projection.high - projection.to_date,
    )


def test_a_steady_count_has_the_width_that_chance_gives_it() -> None:
    """Ten a month: 90 by December, 30 more, and 1.28 × √30 either side."""
    found = at_the_end([10] * 57)
    assert (found.year, found.through, found.to_date, found.point) == ("2015/16", Month(2015, 12), 90, 120)
    assert (found.low, found.high) == pytest.approx((120 - 1.28 * math.sqrt(30), 120 + 1.28 * math.sqrt(30)))
    assert (found.basis, found.past_years, found.floor_applied) == (Basis.PAST_YEARS, 3, True)
    assert found.wording == "if the rest of the year follows the pattern of past years"
    assert found.notes == (
        "The rest of the year follows 3 past years; the range comes from the errors of 34 earlier projections as far "
        "ahead.",
        "The range is widened to what chance alone gives a count: ± 1.28 × √ of the count foreseen for the remaining "
        "months.",
    )


def test_the_point_takes_the_mean_of_the_ratios_of_past_years() -> None:
    """To December 90, 60 and 120, January to March 30, 30 and 20: ratios 1/3, 1/2 and 1/6, their mean 1/3."""
    past = [*[10.0] * 12, *[60 / 9] * 9, *[10.0] * 3, *[120 / 9] * 9, *[20 / 3] * 3]
    found = project(series(*[10] * 12, *past, *[50] * 9), through=Month(2015, 12))
    assert found is not None
    assert (found.to_date, found.past_years) == (450, 3)
    assert found.point == pytest.approx(600)


def test_a_range_worked_by_hand() -> None:
    """Ten a month for 32 months, then 20, 20, 20: the year to February is 140, and March was a tenth of eleven months.

    Twelve origins of eleven months and one: nine foretell their month; the last three err by ln(22/13), ln(11/6), ln 2.
    The 80th percentile lies at place 8.8 of 0 to 11: 0.8 of the way from 0 to ln(22/13).
    """
    found = at_the_end([*[10] * 32, 20, 20, 20], count=False)
    rest = 140 / 11
    assert (found.to_date, found.origins, found.past_years) == (140, 12, 2)
    assert remainder(found) == pytest.approx((rest * (13 / 22) ** 0.8, rest, rest * (22 / 13) ** 0.8))
    assert not found.floor_applied


def test_with_fewer_than_twelve_origins_the_current_level_is_used() -> None:
    """A month less of history: eleven origins. The last 24 months: 21 of 10 and 3 of 20, one swing of 10 in 23."""
    history = series(*[10] * 32, 20, 20, 20)
    del history[APRIL_2011]
    found = project(history, through=Month(2014, 2), count=False)
    assert found is not None
    level, spread = 270 / 24, 1.28 * (10 / 23) / 1.128
    assert remainder(found) == pytest.approx((level - spread, level, level + spread))
    assert (found.basis, found.past_years, found.origins) == (Basis.CURRENT_LEVEL, 0, 0)
    assert found.wording == "if the current level holds"
    assert found.notes == (
        "The history is long enough to check 11 earlier projections, and a range needs 12.",
        "The level is the mean of the last 24 months.",
        "The moving range is that of the last 24 months.",
        "The range allows for swings from month to month, not for seasons or a level that moves.",
    )


def test_the_level_may_come_from_the_control_limits() -> None:
    """A mean of 50 and a moving range of 11.28 a month: nine months to come, 450 ± 1.28 × 10 × 3."""
    found = project(series(48, 52, 50), through=Month(2011, 6), group_mean=50, mean_moving_range=11.28)
    assert found is not None
    assert remainder(found) == pytest.approx((450 - 38.4, 450, 450 + 38.4))
    assert not found.floor_applied
    assert found.notes[:3] == (
        "There is no past year to go by.",
        "The level is the mean of the current group of the control limits.",
        "The moving range is that of the current group of the control limits.",
    )
    half = project(series(48, 52, 50), through=Month(2011, 6), group_mean=50, count=False)
    assert half is not None
    assert remainder(half) == pytest.approx((450 - 1.28 * 3 / 1.128 * 3, 450, 450 + 1.28 * 3 / 1.128 * 3))
    assert "The moving range is that of all 3 months there are." in half.notes


def test_at_most_48_origins_are_used() -> None:
    assert at_the_end([10] * 71).origins == 48
    assert at_the_end([10] * 95).origins == 48
    assert at_the_end([10] * 93).origins == 48


def test_a_complete_year_is_its_total() -> None:
    found = at_the_end([10] * 24)
    assert (found.point, found.low, found.high, found.basis) == (120, 120, 120, Basis.COMPLETE)
    assert found.wording == "the year is complete"
    assert found.notes == ("2012/13 is complete: the figure is its total, not a projection.",)
    earlier = project(series(*[10] * 24), through=Month(2013, 3), year="2011/12")
    assert earlier is not None
    assert (earlier.year, earlier.through, earlier.basis) == ("2011/12", Month(2012, 3), Basis.COMPLETE)


def test_a_year_that_has_not_begun_goes_by_the_current_level() -> None:
    found = project(series(*[10] * 36), through=Month(2014, 3), year="2014/15", count=False)
    assert found is not None
    assert (found.year, found.through, found.to_date, found.point) == ("2014/15", Month(2014, 3), 0, 120)
    assert found.basis is Basis.CURRENT_LEVEL
    assert found.notes[0] == "No month of 2014/15 is over yet."


def test_without_the_year_to_date_there_is_no_projection() -> None:
    gap = series(*[10] * 57)
    del gap[Month(2015, 6)]
    assert project(gap, through=Month(2015, 12)) is None
    assert project(series(*[10] * 57), through=Month(2016, 1)) is None
    assert project(series(*[10] * 57), through=Month(2015, 12), year="2016/17") is None
    assert project({}, through=Month(2015, 12)) is None
    assert project({}, through=Month(2015, 3), year="2015/16") is None


def test_a_level_given_is_enough_before_the_year_begins() -> None:
    found = project({}, through=Month(2015, 3), year="2015/16", group_mean=10)
    assert found is not None
    assert found.point == 120
    assert "No two months follow each other, so that swings from month to month are not allowed for." in found.notes


def test_a_gap_in_a_past_year_leaves_the_year_out_and_says_so() -> None:
    gap = series(*[10] * 57)
    del gap[Month(2013, 9)]
    found = project(gap, through=Month(2015, 12))
    assert found is not None
    assert (found.past_years, found.point, found.basis) == (2, 120, Basis.PAST_YEARS)
    assert found.notes[1:3] == (
        "2013/14 is left out: a month of it is missing.",
        "12 earlier months could not be checked, for a gap in the history or a zero.",
    )


def test_a_short_run_since_a_gap_gives_the_level() -> None:
    gap = series(*[10] * 20, *[30] * 10)
    del gap[Month(2012, 11)]
    found = project(gap, through=Month(2013, 9))
    assert found is not None
    assert found.point == 6 * 30 + 6 * 30
    assert "The level is the mean of the 10 months since the gap." in found.notes


def test_a_zero_so_far_goes_by_the_current_level() -> None:
    found = at_the_end([*[4] * 48, 0, 0])
    assert (found.basis, found.to_date) == (Basis.CURRENT_LEVEL, 0)
    assert found.point == pytest.approx(10 * 22 * 4 / 24)
    assert found.notes[0] == "The figure for 2015/16 is still zero, so that past years cannot be scaled to it."


def test_nothing_at_all_is_foreseen_to_stay_nothing() -> None:
    found = at_the_end([0] * 57)
    assert (found.low, found.point, found.high) == (0, 0, 0)
    assert found.notes[-1] == "The current level is zero, so that nothing is foreseen for the rest of the year."


def test_a_past_year_without_a_count_so_far_is_left_out() -> None:
    found = at_the_end([*[4] * 72, *[0] * 9, *[4] * 3, *[4] * 12, *[4] * 9])
    assert found.past_years == 2
    assert "2017/18 is left out: the same months were zero." in found.notes


def test_remaining_months_that_were_always_zero_give_no_range() -> None:
    year = [4] * 9 + [0] * 3
    found = at_the_end(year * 4 + [4] * 9)
    assert found.basis is Basis.CURRENT_LEVEL
    assert found.notes[0] == "The remaining months were zero in every past year, which gives no range."


def test_a_zero_that_came_ranks_as_the_worst_error() -> None:
    """One zero in 23 single months to come is told and outranked; six are too many for an 80th percentile."""
    month = [4] * 46
    few = at_the_end([*month[:30], 0, *month[31:], 4])
    assert few.basis is Basis.PAST_YEARS
    assert "1 earlier projection met remaining months of zero and ranks as the worst." in few.notes
    many = at_the_end([*[4] * 28, *[0, 4, 4] * 6, 4])
    assert many.basis is Basis.CURRENT_LEVEL
    assert "Too many earlier projections met remaining months of zero to give a range." in many.notes


@pytest.mark.parametrize("figure", [-1, math.nan, math.inf])
def test_a_figure_that_cannot_be_added_up_is_refused(figure: float) -> None:
    with pytest.raises(ValueError, match="zero or more"):
        project(series(1, figure, 1), through=Month(2011, 6))
    with pytest.raises(ValueError, match="zero or more"):
        project(series(1, 1, 1), through=Month(2011, 6), group_mean=figure)
    assert project(series(1, 1, 1, figure), through=Month(2011, 6)) is not None


@pytest.mark.parametrize("year", ["2015", "2015/17", "15/16", "2015-16", "next"])
def test_a_misspelt_year_is_refused(year: str) -> None:
    with pytest.raises(ValueError, match="like"):
        project(series(1), through=APRIL_2011, year=year)


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (list(range(11)), 8.0),
        ([*range(12)], 8.8),
        ([5.0], 5.0),
        ([3.0, 1.0], 2.6),
        ([0.0, 1.0, 2.0, 3.0, 3.5, math.inf], 3.5),
        ([0.0, 1.0, math.inf, math.inf], math.inf),
        ([0.0, 1.0, 2.0, math.inf], math.inf),
    ],
)
def test_the_percentile_is_that_of_a_spreadsheet(values: list[float], found: float) -> None:
    assert percentile(values, 0.8) == pytest.approx(found)


@given(FIGURES)
def test_the_range_holds_the_point_and_starts_at_the_year_to_date(figures: list[int]) -> None:
    found = at_the_end(figures)
    assert 0 <= found.to_date <= found.low <= found.point <= found.high < math.inf


@given(FIGURES)
def test_a_count_is_never_narrower_than_chance(figures: list[int]) -> None:
    found = at_the_end(figures)
    assume(found.basis is not Basis.COMPLETE)
    low, point, high = remainder(found)
    spread = 1.28 * math.sqrt(point)
    assert high >= point + spread - 1e-6
    assert low <= max(0.0, point - spread) + 1e-6


@given(FIGURES, FIGURES)
def test_later_figures_change_no_earlier_projection(figures: list[int], later: list[int]) -> None:
    through = APRIL_2011.plus(len(figures) - 1)
    assert project(series(*figures, *later), through=through) == at_the_end(figures)


@given(FIGURES, st.sampled_from([0.001, 0.5, 3, 1000]))
def test_a_change_of_unit_changes_nothing_else(figures: list[int], unit: float) -> None:
    found = at_the_end(figures, count=False)
    scaled = project(series(*(unit * figure for figure in figures)), through=found.through, count=False)
    assert scaled is not None
    assert (scaled.basis, scaled.past_years, scaled.origins, scaled.notes) == (
        found.basis,
        found.past_years,
        found.origins,
        found.notes,
    )
    expected = [unit * figure for figure in (found.to_date, found.low, found.point, found.high)]
    assert [scaled.to_date, scaled.low, scaled.point, scaled.high] == pytest.approx(expected, abs=1e-6)


@given(FIGURES)
def test_exact_figures_give_what_whole_numbers_give(figures: list[int]) -> None:
    exact = {month: Fraction(figure) for month, figure in series(*figures).items()}
    assert project(exact, through=APRIL_2011.plus(len(figures) - 1)) == at_the_end(figures)
