"""What is true of the limits and marks of any series."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergen.data.control_limits import control_limits
from tests.data.judged import ABOVE, BELOW, FALLING, HIGH, LOW, MIRROR, RISING, RUN_ABOVE, RUN_BELOW, SERIES, causes


@given(SERIES, st.integers(-1000, 1000), st.fractions(Fraction(1, 50), 50), st.booleans())
def test_limits_and_marks_move_with_shift_and_scale(
    values: list[int], shift: int, scale: Fraction, screen: bool
) -> None:
    before = control_limits(values, screen=screen)
    after = control_limits([value * scale + shift for value in values], screen=screen)
    assert causes(after) == causes(before)
    for old, new in zip(before.points, after.points, strict=True):
        for name in ("mean", "lower", "upper"):
            assert getattr(new, name) == pytest.approx(getattr(old, name) * float(scale) + shift, abs=1e-6)


@given(SERIES)
def test_high_and_low_are_mirror_images(values: list[int]) -> None:
    chart, mirrored = control_limits(values), control_limits([-value for value in values])
    assert causes(mirrored) == [MIRROR[cause] for cause in causes(chart)]
    assert mirrored.groups[0].lower == -chart.groups[0].upper


@given(SERIES)
def test_reversed_in_time_only_trends_turn_round(values: list[int]) -> None:
    chart, backwards = control_limits(values), control_limits(values[::-1])
    assert chart.groups == backwards.groups
    trends = {RISING, FALLING}
    for before, after in zip(causes(chart), reversed(causes(backwards)), strict=True):
        assert before == after or {before, after} <= trends


@given(SERIES, SERIES, SERIES)
def test_groups_know_nothing_of_each_other(first: list[int], second: list[int], third: list[int]) -> None:
    chart = control_limits([*first, *second, *third], steps=[len(first), len(first) + len(second)])
    alone = [control_limits(values).points for values in (first, second, third)]
    assert [replace(point, group=0) for point in chart.points] == [point for points in alone for point in points]


@given(SERIES, SERIES, SERIES)
def test_another_step_leaves_other_groups_alone(first: list[int], second: list[int], third: list[int]) -> None:
    values = [*first, *second, *third]
    before = control_limits(values, steps=[len(first)])
    after = control_limits(values, steps=[len(first), len(first) + len(second)])
    assert after.points[: len(first)] == before.points[: len(first)]
    assert after.groups[0] == before.groups[0]


@given(SERIES)
def test_a_mark_agrees_with_its_side(values: list[int]) -> None:
    for point in control_limits(values).points:
        if point.special in (ABOVE, HIGH, RUN_ABOVE):
            assert point.value > point.mean
        if point.special in (BELOW, LOW, RUN_BELOW):
            assert point.value < point.mean


@given(SERIES, SERIES)
def test_a_fixed_baseline_is_not_moved_by_later_points(first: list[int], later: list[int]) -> None:
    values = [4, *first]
    whole, early = control_limits([*values, *later], baseline=len(values)), control_limits(values)
    assert (whole.groups[0].lower, whole.groups[0].upper) == (early.groups[0].lower, early.groups[0].upper)
