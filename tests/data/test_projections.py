from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from papergen.data.foreseen import ranked
from papergen.data.projections import Basis, Projection, project
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
    assert found.basis is Basis.PAST_YEARS
    assert found.wording == "if the rest of the year follows the pattern of past years"


def test_the_point_lies_between_three_views_of_the_past_years() -> None:
    """To December 90, 60 and 120, January to March 30, 30 and 20: 80 after 270, or after 350 in twelve months.

    This year has 450 to December, and 470 in twelve months: 450 × 80/270 and 470 × 80 ÷ (120 + 90 + 150), for the
    twelve months before are January to December. From October it has 150, as the years before had 30, 20 and 40.
    """
    past = [*[10.0] * 12, *[60 / 9] * 9, *[10.0] * 3, *[120 / 9] * 9, *[20 / 3] * 3]
    found = project(series(*[10] * 12, *past, *[50] * 9), through=Month(2015, 12))
    assert found is not None
    assert found.to_date == 450
    by_year, by_twelve_months, by_quarter = 450 * 80 / 270, 470 * 80 / (120 + 90 + 150), 150 * 80 / 90
    assert found.point - 450 == pytest.approx(math.cbrt(by_year * by_twelve_months * by_quarter))


def test_a_range_worked_by_hand() -> None:
    """Ten a month for 32 months, then 20, 20, 20: 140 from April to February, 150 in twelve months and 60 in three.

    Each month was one of eleven, of twelve and of three like it: ∛(140/11 × 150/12 × 60/3) is foreseen. Of twelve
    origins of eleven months and one, nine foretell their month. The last three have 20 for a foreseen 10,
    ∛(120/11 × 130/12 × 40/3) and ∛(130/11 × 140/12 × 50/3).
    """
    found = at_the_end([*[10] * 32, 20, 20, 20], count=False)
    rest = math.cbrt(140 / 11 * 150 / 12 * 60 / 3)
    assert found.to_date == 140
    foreseen = 10, math.cbrt(120 / 11 * 130 / 12 * 40 / 3), math.cbrt(130 / 11 * 140 / 12 * 50 / 3)
    error = math.exp(1.28 * math.sqrt(math.pi / 2) * sum(math.log(20 / each) for each in foreseen) / 12)
    assert remainder(found) == pytest.approx((rest / error, rest, rest * error))


def test_with_fewer_than_twelve_origins_the_current_level_is_used() -> None:
    """A month less of history: eleven origins. The last twelve months are 9 of 10 and 3 of 20."""
    history = series(*[10] * 32, 20, 20, 20)
    del history[APRIL_2011]
    found = project(history, through=Month(2014, 2), count=False)
    assert found is not None
    assert found.point - found.to_date == pytest.approx(150 / 12)
    assert found.basis is Basis.CURRENT_LEVEL
    assert found.wording == "if the current level holds"


def test_the_spread_of_the_current_level_by_hand() -> None:
    """48, 52, 50: a mean of 50 and a variance of 4, and of each distance 30% is kept.

    Nine months to come then have 15.49 times the variance of one, and three 4.38 times: 4 × (15.49 + 3² × 4.38) is
    14.82², and t with two degrees of freedom is 1.886 at 90%.
    """
    found = project(series(48, 52, 50), through=Month(2011, 6), count=False)
    assert found is not None
    assert remainder(found) == pytest.approx((450 - 1.8856 * 14.82, 450, 450 + 1.8856 * 14.82), abs=0.01)


def test_the_range_reaches_further_where_the_level_moves() -> None:
    """A year of 10 a month and one of 14: with twelve months to come, half of 4 × 12 × 24 ÷ 24 further up."""
    found = project(series(*[10] * 12, *[14] * 12), through=Month(2013, 3), year="2013/14", count=False)
    level = project(series(*[10, 14] * 12), through=Month(2013, 3), year="2013/14", count=False)
    assert found is not None
    assert level is not None
    low, point, high = remainder(found)
    assert high - point == pytest.approx(point - low + 0.5 * 4 * 12 * 24 / 24)
    low, point, high = remainder(level)
    assert high - point == pytest.approx(point - low)


def test_the_level_is_that_since_the_last_step_change() -> None:
    found = project(series(*[10] * 15, *[30] * 6), through=Month(2012, 12), since=Month(2012, 7))
    assert found is not None
    assert found.point == 9 * 0 + 3 * 10 + 6 * 30 + 3 * 30


@pytest.mark.parametrize(("figure", "months", "to_date", "year"), [(10, 1, 90, 120), (122, 3, 366, 488)])
def test_a_count_by_the_month_or_the_quarter_comes_to_its_year(
    figure: int, months: int, to_date: int, year: int
) -> None:
    history = {APRIL_2011.plus(months * index): figure for index in range(57 // months)}
    found = project(history, through=Month(2015, 12), months=months)
    assert found is not None
    assert (found.to_date, found.point, found.through) == (to_date, year, Month(2015, 12))
    assert found.basis is Basis.PAST_YEARS


def test_a_long_count_by_the_quarter_follows_past_years() -> None:
    quarters = [30, 20, 10, 40] * 6
    figures = [*quarters, 60, 40, 20]
    history = {APRIL_2011.plus(3 * index): figure for index, figure in enumerate(figures)}
    found = project(history, through=Month(2017, 12), months=3)
    assert found is not None
    assert (found.to_date, found.basis) == (120, Basis.PAST_YEARS)
    assert found.point == pytest.approx(120 + math.cbrt(120 * 40 / 60 * 160 * 40 / 100 * 20 * 40 / 10))
    short = project({month: history[month] for month in list(history)[-7:]}, through=Month(2017, 12), months=3)
    assert short is not None
    assert (short.point, short.basis) == (120 + 160 / 4, Basis.CURRENT_LEVEL)


def test_periods_that_make_up_no_year_are_refused() -> None:
    with pytest.raises(ValueError, match="periods of 12 months"):
        project({APRIL_2011: 100}, through=Month(2012, 3), months=12)
    with pytest.raises(ValueError, match="does not begin a quarter"):
        project({Month(2011, 5): 100}, through=Month(2011, 7), months=3)


def test_a_complete_year_is_its_total() -> None:
    found = at_the_end([10] * 24)
    assert (found.point, found.low, found.high, found.basis) == (120, 120, 120, Basis.COMPLETE)
    assert found.wording == "the year is complete"
    earlier = project(series(*[10] * 24), through=Month(2013, 3), year="2011/12")
    assert earlier is not None
    assert (earlier.year, earlier.through, earlier.basis) == ("2011/12", Month(2012, 3), Basis.COMPLETE)


def test_a_year_that_has_not_begun_follows_the_last_twelve_months() -> None:
    found = project(series(*[10] * 60), through=Month(2016, 3), year="2016/17", count=False)
    assert found is not None
    assert (found.year, found.through, found.to_date, found.point) == ("2016/17", Month(2016, 3), 0, 120)
    assert found.basis is Basis.PAST_YEARS
    short = project(series(*[10] * 24), through=Month(2013, 3), year="2013/14", count=False)
    assert short is not None
    assert (short.point, short.basis) == (120, Basis.CURRENT_LEVEL)


def test_without_the_year_to_date_there_is_no_projection() -> None:
    gap = series(*[10] * 57)
    del gap[Month(2015, 6)]
    assert project(gap, through=Month(2015, 12)) is None
    assert project(series(*[10] * 57), through=Month(2016, 1)) is None
    assert project(series(*[10] * 57), through=Month(2015, 12), year="2016/17") is None
    assert project({}, through=Month(2015, 12)) is None
    assert project({}, through=Month(2015, 3), year="2015/16") is None


def test_a_gap_in_a_past_year_leaves_the_year_out() -> None:
    gap = series(*[10] * 57)
    del gap[Month(2013, 9)]
    found = project(gap, through=Month(2015, 12))
    assert found is not None
    assert (found.point, found.basis) == (120, Basis.PAST_YEARS)


def test_a_short_run_since_a_gap_gives_the_level() -> None:
    gap = series(*[10] * 20, *[30] * 10)
    del gap[Month(2012, 11)]
    found = project(gap, through=Month(2013, 9))
    assert found is not None
    assert found.point == 6 * 30 + 6 * 30


def test_a_zero_so_far_is_projected_from_the_months_before() -> None:
    found = at_the_end([*[4] * 48, 0, 0])
    assert (found.basis, found.to_date) == (Basis.PAST_YEARS, 0)
    assert found.point == pytest.approx(math.sqrt(40 * 40 / 48 * 4 * 40 / 12))


def test_nothing_at_all_is_foreseen_to_stay_nothing() -> None:
    found = at_the_end([0] * 57)
    assert (found.low, found.point, found.high) == (0, 0, 0)


def test_remaining_months_that_were_always_zero_give_no_range() -> None:
    year = [4] * 9 + [0] * 3
    found = at_the_end(year * 4 + [4] * 9)
    assert found.basis is Basis.CURRENT_LEVEL


def test_a_zero_that_came_counts_as_the_worst_error() -> None:
    """One zero in 24 single months to come is told and counted with the others; six are too many."""
    month = [4] * 46
    few = at_the_end([*month[:30], 0, *month[31:], 4])
    assert few.basis is Basis.PAST_YEARS
    many = at_the_end([*[4] * 28, *[0, 4, 4] * 6, 4])
    assert many.basis is Basis.CURRENT_LEVEL


@pytest.mark.parametrize("figure", [-1, math.nan, math.inf])
def test_a_figure_that_cannot_be_added_up_is_refused(figure: float) -> None:
    with pytest.raises(ValueError, match="zero or more"):
        project(series(1, figure, 1), through=Month(2011, 6))
    assert project(series(1, 1, 1, figure), through=Month(2011, 6)) is not None


@pytest.mark.parametrize("year", ["2015", "2015/17", "15/16", "2015-16", "next"])
def test_a_misspelt_year_is_refused(year: str) -> None:
    with pytest.raises(ValueError, match="like"):
        project(series(1), through=APRIL_2011, year=year)


@pytest.mark.parametrize(
    ("errors", "found"),
    [
        ([4.0, 1.0, 3.0, 2.0], 4.0),
        ([*range(1, 10)], 8),
        ([*range(1, 15)], 12),
        ([5.0], 5.0),
        ([0.0, 1.0, 2.0, 3.0, 3.5, math.inf], math.inf),
        ([0.0, 1.0, 2.0, 3.0, 3.5, 3.6, 3.7, 3.8, math.inf], 3.8),
    ],
)
def test_the_error_taken_is_the_one_that_the_next_keeps_to(errors: list[float], found: float) -> None:
    """⌈0.8 (n + 1)⌉: of 4 the 4th, of 9 the 8th, of 14 the 12th."""
    assert ranked(errors, 0.8) == found


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
    assert scaled.basis is found.basis
    expected = [unit * figure for figure in (found.to_date, found.low, found.point, found.high)]
    assert [scaled.to_date, scaled.low, scaled.point, scaled.high] == pytest.approx(expected, abs=1e-6)


@given(FIGURES)
def test_exact_figures_give_what_whole_numbers_give(figures: list[int]) -> None:
    exact = {month: Fraction(figure) for month, figure in series(*figures).items()}
    assert project(exact, through=APRIL_2011.plus(len(figures) - 1)) == at_the_end(figures)
