"""Steps that a series suggests, and what its months are to their season."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergen.data.control_limits import seasonal_ratios
from papergen.data.step_changes import Suggestion, suggest_steps
from papergen.values.periods import Month
from tests.data.judged import NORMAL, SERIES

OLD, NEW = [100, 102], [120, 122]


def test_a_new_level_of_eight_points_is_suggested() -> None:
    assert suggest_steps(OLD * 10 + NEW * 4) == (Suggestion(20, 101, 121),)
    assert suggest_steps(NEW * 10 + OLD * 4) == (Suggestion(20, 121, 101),)
    assert suggest_steps([*OLD * 10, 120, 122, 120, 122, 120, 122, 120]) == ()
    assert suggest_steps([*OLD * 10, 120, 122, 120, 100, 122, 120, 122, 120]) == (), "one of the eight fell back"
    assert suggest_steps([*OLD * 3, 100, *NEW * 6]) == (), "the old level needs eight points too"


def test_a_new_level_inside_the_group_is_suggested_while_it_holds() -> None:
    assert suggest_steps(OLD * 10 + NEW * 15) == (Suggestion(20, 101, 121),)
    assert suggest_steps([*OLD * 10, *NEW * 6, 101, *NEW * 4]) == (Suggestion(20, 101, (21 * 121 - 20) / 21),)


def test_of_two_places_for_a_step_the_better_division_is_suggested() -> None:
    values = [*OLD * 9, 113, 102, *NEW * 4]
    assert suggest_steps(values) == (Suggestion(20, (9 * 202 + 215) / 20, 121),)
    assert suggest_steps([*values[:19], 119, *values[20:]])[0].index == 18


def test_two_new_levels_are_two_suggestions() -> None:
    assert suggest_steps(OLD * 4 + NEW * 4 + [180, 182] * 10) == (Suggestion(8, 101, 121), Suggestion(16, 121, 181))
    higher = [140, 142]
    assert suggest_steps(OLD * 10 + NEW * 6 + higher * 5) == (Suggestion(20, 101, 121), Suggestion(32, 121, 141))


@pytest.mark.parametrize("length", [4, 5, 8, 10])
@pytest.mark.parametrize("back", [1, 2, 4, 5, 20])
def test_a_run_from_which_the_series_returned_is_not_suggested(length: int, back: int) -> None:
    assert suggest_steps(OLD * 10 + NEW * length + OLD * back) == ()
    assert suggest_steps(OLD * 10 + NEW * length + OLD * (back + 3) + NEW * 2) == ()


def test_an_adopted_step_is_not_suggested_again() -> None:
    values = OLD * 10 + NEW * 10
    assert suggest_steps(values, steps=[20]) == ()
    assert suggest_steps(values + OLD * 4, steps=[20]) == (Suggestion(40, 121, 101),)


def test_noise_and_a_constant_series_suggest_nothing() -> None:
    assert suggest_steps(NORMAL) == ()
    assert suggest_steps([5] * 40) == ()
    assert suggest_steps([5]) == ()


@given(SERIES, st.integers(1, 44))
def test_a_suggestion_parts_eight_points_from_eight(values: list[int], step: int) -> None:
    adopted = [step] if step < len(values) else []
    found = suggest_steps(values, steps=adopted)
    bounds = [max(adopted, default=0), *(suggestion.index for suggestion in found), len(values)]
    if found:
        assert all(after - before >= 8 for before, after in pairwise(bounds))
    assert suggest_steps([-value for value in values], steps=adopted) == tuple(
        Suggestion(each.index, -each.old_mean, -each.new_mean) for each in found
    )


def test_each_month_is_divided_by_the_mean_of_that_month_in_up_to_three_years() -> None:
    junes = {Month(year, 6): value for year, value in zip(range(2010, 2015), (10, 20, 30, 40, 60), strict=True)}
    assert seasonal_ratios(junes) == {
        Month(2011, 6): 2.0,  # ÷ 10
        Month(2012, 6): 2.0,  # ÷ (10 + 20)/2
        Month(2013, 6): 2.0,  # ÷ (10 + 20 + 30)/3
        Month(2014, 6): 2.0,  # ÷ (20 + 30 + 40)/3
    }


def test_a_month_without_an_earlier_year_or_with_a_mean_of_zero_has_no_ratio() -> None:
    values = {Month(2011, 4): 0, Month(2012, 4): 7, Month(2013, 4): 7, Month(2013, 5): 9, Month(2017, 4): 9}
    assert seasonal_ratios(values) == {Month(2013, 4): 2.0}
    assert seasonal_ratios({}) == {}


def test_ratios_come_in_order_of_time_and_use_no_later_month() -> None:
    values = {Month(2014, 1).plus(n): Fraction(100 + n % 12) for n in reversed(range(36))}
    ratios = seasonal_ratios(values)
    assert list(ratios) == [Month(2015, 1).plus(n) for n in range(24)]
    assert set(ratios.values()) == {1.0}
    changed = seasonal_ratios({**values, Month(2016, 12): 999})
    assert {month for month in ratios if ratios[month] != changed[month]} == {Month(2016, 12)}


def test_seasonal_ratios_refuse_what_cannot_be_divided() -> None:
    with pytest.raises(ValueError, match="finite"):
        seasonal_ratios({Month(2014, 1): math.nan})
