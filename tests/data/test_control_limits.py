from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergen.data.control_limits import (
    Assurance,
    ControlChart,
    Direction,
    SpecialCause,
    Verdict,
    control_limits,
    seasonal_ratios,
)
from papergen.data.step_changes import Suggestion, suggest_steps
from papergen.values.periods import Month

CALM = [9, 11] * 7
"""Mean 10, every range 2: limits 10 ± 5.32 = 4.68 and 15.32, near limits 10 ± 3.54⅔ = 6.45⅓ and 13.54⅔."""
NEAR_UPPER = 10 + Fraction("5.32") * 2 / 3
JUST_MORE = Fraction(1, 10**9)

NONE, ABOVE, BELOW = SpecialCause.NONE, SpecialCause.ABOVE_LIMIT, SpecialCause.BELOW_LIMIT
RISING, FALLING = SpecialCause.RISING, SpecialCause.FALLING
HIGH, LOW = SpecialCause.NEAR_UPPER, SpecialCause.NEAR_LOWER
RUN_ABOVE, RUN_BELOW = SpecialCause.RUN_ABOVE, SpecialCause.RUN_BELOW
MIRROR = {
    NONE: NONE,
    **{ABOVE: BELOW, RISING: FALLING, HIGH: LOW, RUN_ABOVE: RUN_BELOW},
    **{BELOW: ABOVE, FALLING: RISING, LOW: HIGH, RUN_BELOW: RUN_ABOVE},
}


def causes(chart: ControlChart) -> list[SpecialCause]:
    return [point.special for point in chart.points]


def after_calm(*tail: float | Fraction) -> list[SpecialCause]:
    """The marks of points that follow the calm ones, against the calm ones' limits, and of their mirror image."""
    chart = control_limits([*CALM, *tail], baseline=len(CALM))
    mirrored = control_limits([20 - Fraction(str(value)) for value in (*CALM, *tail)], baseline=len(CALM))
    assert causes(mirrored) == [MIRROR[cause] for cause in causes(chart)]
    return causes(chart)[len(CALM) :]


# Limits


def test_limits_by_hand() -> None:
    chart = control_limits(CALM)
    (group,) = chart.groups
    assert (group.start, group.end, group.baseline, group.screened) == (0, 14, 14, 0)
    assert (group.mean, group.mean_moving_range, group.lower, group.upper) == (10, 2, 4.68, 15.32)
    assert (group.near_lower, group.near_upper) == (float(20 - NEAR_UPPER), float(NEAR_UPPER))
    assert not group.short
    assert not group.constant
    assert chart.notes == ()
    for point in chart.points:
        assert (point.mean, point.lower, point.upper) == (10, 4.68, 15.32)
        assert (point.near_lower, point.near_upper) == (group.near_lower, group.near_upper)
        assert (point.group, point.special, point.verdict) == (0, NONE, Verdict.COMMON)


def test_limits_are_not_stopped_at_zero() -> None:
    assert control_limits([0, 2] * 7).groups[0].lower == -4.32


REFERENCE = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
# R's set.seed(123); rnorm(20), eight places: the data of the reference package's tests.
NORMAL = [
    *(-0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621),
    *(-1.26506123, -0.68685285, -0.44566197, 1.22408180, 0.35981383, 0.40077145, 0.11068272),
    *(-0.55584113, 1.78691314, 0.49785048, -1.96661716, 0.70135590, -0.47279141),
]


@pytest.mark.parametrize(
    ("values", "screen", "lower", "mean", "upper", "places"),
    [
        # NHSRplotthedots 0.2.2, vignette "Deviations from Excel defaults", captions of the first two charts
        (REFERENCE, True, -0.72, 1.94, 4.6, 2),
        (REFERENCE, False, -3.06, 1.94, 6.95, 2),
        # The same, tests/testthat/_snaps/ptd_spc_standard.md, three results; the 15th value is 10 in the last two
        (NORMAL, True, -3.01138, 0.1416238, 3.294627, 5),
        ([*NORMAL[:14], 10, *NORMAL[15:]], True, -2.383666, 0.6694159, 3.722497, 6),
        ([*NORMAL[:14], 10, *NORMAL[15:]], False, -4.596625, 0.6694159, 5.935457, 6),
        # The same, tests/testthat/_snaps/ptd_spc.md: the values by turns in two facets
        (NORMAL[::2], True, -2.63, 0.317, 3.27, 2),
    ],
)
def test_limits_are_those_the_reference_package_prints(
    values: list[float], screen: bool, lower: float, mean: float, upper: float, places: int
) -> None:
    (group,) = control_limits(values, screen=screen).groups
    assert (round(group.lower, places), round(group.upper, places)) == (round(lower, places), round(upper, places))
    assert group.mean == pytest.approx(mean, abs=0.005)


def test_two_near_points_on_opposite_sides_are_common_cause_as_in_the_reference_tests() -> None:
    """NHSRplotthedots 0.2.2, tests/testthat/test-ptd_spc_standard.R, last case."""
    assert causes(control_limits([*[1, -1] * 7, 5.5, -5.5])) == [NONE] * 16


# Screening: the widest of ten ranges, nine of them 1, is exactly 3.267 times their mean.
EDGE = Fraction(3267 * 9, 10 * 1000 - 3267)


@pytest.mark.parametrize(
    ("widest", "screened", "mean_range"),
    [
        (EDGE, 1, Fraction(1)),
        (EDGE + JUST_MORE, 1, Fraction(1)),
        (EDGE - JUST_MORE, 0, (9 + EDGE - JUST_MORE) / 10),
    ],
)
def test_a_range_at_or_over_3_267_mean_ranges_is_screened(
    widest: Fraction, screened: int, mean_range: Fraction
) -> None:
    values: list[int | Fraction] = [*[0, 1] * 5, 1 + widest]
    (group,) = control_limits(values).groups
    assert (group.screened, group.mean_moving_range) == (screened, float(mean_range))
    assert group.mean == float((6 + widest) / 11), "the mean is that of all points"


def test_ranges_are_screened_once_only() -> None:
    # 20 ranges of 1, one of 5, one of 30: the mean 2.5 screens 30; 5 is over 3.267 × 25/21 but stays.
    values = [*[0, 1] * 10, 0, 5, 35]
    (group,) = control_limits(values).groups
    assert (group.screened, group.mean_moving_range) == (1, 25 / 21)
    (group,) = control_limits(values, screen=False).groups
    assert (group.screened, group.mean_moving_range) == (0, 2.5)
    assert control_limits(values).notes == (
        "1 moving range is left out of the limits: at or over 3.267 times the mean range.",
    )


def test_screening_that_would_leave_no_variation_is_withdrawn_and_said() -> None:
    values = [0] * 10 + [10] + [0] * 10
    chart = control_limits(values)
    assert (chart.groups[0].screened, chart.groups[0].mean_moving_range) == (0, 1)
    assert causes(chart)[10] is ABOVE
    assert any("would leave no variation" in note for note in chart.notes)


def test_the_baseline_is_the_first_points_of_each_group() -> None:
    chart = control_limits([*CALM, *[50, 70] * 8, *CALM, 99], steps=[30], baseline=14)
    assert [(group.mean, group.mean_moving_range, group.baseline) for group in chart.groups] == [(10, 2, 14)] * 2
    assert "The mean and the limits from point 31 are worked out from the first 14 points." in chart.notes
    assert control_limits(CALM, baseline=99) == control_limits(CALM)


# Rules


@pytest.mark.parametrize(
    ("value", "cause"),
    [(15.32, NONE), (15.33, ABOVE), (Fraction("15.32") + JUST_MORE, ABOVE), (4.68, NONE), (4.67, BELOW)],
)
def test_beyond_the_limits_is_strict(value: float | Fraction, cause: SpecialCause) -> None:
    assert after_calm(value) == [cause]


def test_seven_rising_points_are_all_marked() -> None:
    assert after_calm(8, 9.5, 10.2, 10.5, 11, 11.5, 12) == [RISING] * 7
    assert after_calm(8, 9.5, 10.2, 10.5, 11, 11.5, 12, 9) == [RISING] * 7 + [NONE]
    assert after_calm(8, 9.5, 10.2, 10.5, 11, 11.5) == [NONE] * 6


def test_a_tie_breaks_a_trend() -> None:
    assert after_calm(8, 9, 9.5, 9.5, 10.5, 11, 12, 12.5) == [NONE] * 8


def test_a_point_between_two_trends_goes_with_the_step_that_follows() -> None:
    up = [8, 9, 9.5, 10.5, 11, 11.5]
    down = [11.8, 11.2, 10.4, 9.8, 9, 8]
    assert after_calm(*up, 12, *down) == [RISING] * 6 + [FALLING] * 7


def test_a_point_between_two_trends_that_a_tie_follows_goes_with_the_step_before() -> None:
    up = [8, 8.3, 8.6, 8.9, 9.2, 9.5, 9.8]
    assert after_calm(*up, 9.8, 10.2, 10.5, 10.8, 11.1, 11.4, 11.7) == [RISING] * 14


@pytest.mark.parametrize(
    ("tail", "marks"),
    [
        ([14, 14], [HIGH, HIGH]),
        ([14, 12, 14], [HIGH, NONE, HIGH]),
        ([14, 12, 12, 14], [NONE] * 4),  # not within three points
        ([14, 9, 14], [NONE] * 3),  # one of the three on the other side of the mean
        ([14, 10, 14], [NONE] * 3),  # one of the three on the mean
        ([14, 6, 14, 6], [NONE] * 4),
        ([9, 14, 14, 9], [NONE] * 4),  # two neighbours, but no three points on one side
        ([14, 16, 14], [HIGH, ABOVE, HIGH]),  # a point outside may be the third
        ([9, 14, 16, 9], [NONE, NONE, ABOVE, NONE]),  # but is no near one
        ([NEAR_UPPER, NEAR_UPPER], [NONE, NONE]),  # on the near limit
        ([NEAR_UPPER + JUST_MORE, NEAR_UPPER + JUST_MORE], [HIGH, HIGH]),
        ([15.32, 15.32], [HIGH, HIGH]),  # on the limit
    ],
)
def test_two_of_three_points_near_a_limit(tail: list[float | Fraction], marks: list[SpecialCause]) -> None:
    assert after_calm(*tail) == marks


def test_seven_points_on_one_side_of_the_mean_are_all_marked() -> None:
    assert after_calm(10, 11, 12, 11, 12, 11, 12, 11) == [NONE] + [RUN_ABOVE] * 7
    assert after_calm(10, 11, 12, 11, 12, 11, 12, 11, 12) == [NONE] + [RUN_ABOVE] * 8
    assert after_calm(10, 11, 12, 11, 12, 11, 12) == [NONE] * 7


def test_a_point_on_the_mean_breaks_a_run() -> None:
    assert after_calm(10, 11, 12, 11, 10, 12, 11, 12, 11, 12, 11) == [NONE] * 11


def test_the_first_rule_that_a_point_meets_is_its_mark() -> None:
    assert after_calm(8, 9.5, 10.5, 11, 13.6, 14, 16) == [RISING] * 6 + [ABOVE]
    # The run begins with the last calm point, 11.
    assert after_calm(14, 14, 11, 12, 11, 12) == [HIGH, HIGH] + [RUN_ABOVE] * 4
    assert after_calm(12, 11, 12, 16, 12, 11) == [RUN_ABOVE] * 3 + [ABOVE] + [RUN_ABOVE] * 2


def test_decimals_are_compared_as_they_are_written() -> None:
    """Added up in binary, the mean of twenty times 0.1 is above 0.1, and 0.1, 0.3, 0.2 have a mean above 0.2."""
    assert causes(control_limits([0.1] * 20)) == [NONE] * 20
    chart = control_limits([0.1, 0.3] * 4 + [0.2] + [0.3] * 6 + [0.1] * 6)
    assert chart.groups[0].mean == 0.2
    assert RUN_ABOVE not in causes(chart)


def test_the_twenty_numbers_of_the_guide() -> None:
    """docs/control-limits.md, "Twenty numbers"."""
    values = [52, 47, 55, 50, 44, 53, 49, 54, 46, 51, 48, 79, 45, 50, 52, 53, 55, 56, 58, 61]
    chart = control_limits(values, good=Direction.LOWER, target=40)
    (group,) = chart.groups
    assert (group.mean, group.screened, group.mean_moving_range) == (52.9, 2, 74 / 17)
    limits = (group.lower, group.near_lower, group.near_upper, group.upper)
    assert [round(limit, 4) for limit in limits] == [41.3212, 45.1808, 60.6192, 64.4788]
    assert causes(chart) == [NONE] * 11 + [ABOVE] + [RISING] * 8
    assert (chart.points[-1].verdict, chart.assurance) == (Verdict.CONCERN, Assurance.FAIL)
    (group,) = control_limits(values, screen=False).groups
    assert (group.lower, group.upper) == (33.44, 72.36)


# Groups


def test_limits_and_rules_stay_within_a_group() -> None:
    chart = control_limits([*CALM, *[29, 31] * 7], steps=[14])
    assert [(group.start, group.end, group.mean) for group in chart.groups] == [(0, 14, 10), (14, 28, 30)]
    assert [point.group for point in chart.points] == [0] * 14 + [1] * 14
    assert causes(chart) == [NONE] * 28
    # A rise of seven, and a run of seven, over the step
    assert RISING not in causes(control_limits([*CALM, 8, 9, 9.5, 10.5, 11, 11.5, 12], steps=[17]))
    assert causes(control_limits([*CALM, 10, 11, 12, 11, 12, 11, 12, 11], steps=[18], baseline=14)) == [NONE] * 22


@pytest.mark.parametrize(("count", "short"), [(12, True), (13, False)])
def test_a_group_under_13_points_is_said(count: int, short: bool) -> None:
    chart = control_limits((CALM * 2)[:count])
    assert chart.groups[0].short is short
    assert any("trial limits" in note for note in chart.notes) is short
    after = control_limits([*CALM, *(CALM * 2)[:count]], steps=[14])
    assert any("There are only 12 points from point 15:" in note for note in after.notes) is short


def test_a_constant_series_has_limits_on_its_mean_and_no_marks() -> None:
    chart = control_limits([5] * 15, good=Direction.HIGHER, target=4)
    (group,) = chart.groups
    assert group.constant
    assert (group.mean, group.lower, group.upper, group.screened) == (5, 5, 5, 0)
    assert causes(chart) == [NONE] * 15
    assert chart.assurance is Assurance.PASS
    assert chart.notes == ("All points are equal: the limits fall together with the mean.",)


def test_a_constant_baseline_leaves_trends_and_runs() -> None:
    chart = control_limits([5] * 13 + [6, 7, 5, 9, 8, 9, 7, 9, 7, 9], baseline=13)
    assert chart.groups[0].constant
    assert causes(chart) == [NONE] * 16 + [RUN_ABOVE] * 7
    assert any("no limits can be worked out" in note for note in chart.notes)


def test_one_point_is_its_own_mean() -> None:
    chart = control_limits([3])
    (point,) = chart.points
    assert (point.lower, point.upper, point.special) == (3, 3, NONE)
    assert chart.notes == ("There is only one point: no limits can be worked out.",)


# Judgements


@pytest.mark.parametrize(
    ("good", "high", "low"),
    [
        (Direction.HIGHER, Verdict.IMPROVEMENT, Verdict.CONCERN),
        (Direction.LOWER, Verdict.CONCERN, Verdict.IMPROVEMENT),
        (Direction.NEITHER, Verdict.NEUTRAL, Verdict.NEUTRAL),
    ],
)
@pytest.mark.parametrize(
    ("tail", "cause"),
    [
        ([16], ABOVE),
        ([8, 9.5, 10.2, 10.5, 11, 11.5, 12], RISING),
        ([14, 14], HIGH),
        ([12, 11, 12, 11, 12, 11], RUN_ABOVE),
    ],
)
def test_the_good_direction_makes_the_verdict(
    tail: list[float], cause: SpecialCause, good: Direction, high: Verdict, low: Verdict
) -> None:
    chart = control_limits([*CALM, *tail], good=good, baseline=14)
    assert (chart.points[-1].special, chart.points[-1].verdict) == (cause, high)
    chart = control_limits([-value for value in (*CALM, *tail)], good=good, baseline=14)
    assert (chart.points[-1].special, chart.points[-1].verdict) == (MIRROR[cause], low)
    assert cause.is_high
    assert not cause.is_low
    assert MIRROR[cause].is_low
    assert not MIRROR[cause].is_high


def test_a_calm_month_after_a_peak_is_common_variation() -> None:
    assert control_limits([*CALM, 99, 10], good=Direction.LOWER, baseline=14).points[-1].verdict is Verdict.COMMON
    assert not NONE.is_high
    assert not NONE.is_low


@pytest.mark.parametrize(
    ("target", "higher", "lower"),
    [
        (4.67, Assurance.PASS, Assurance.FAIL),
        (4.68, Assurance.HIT_OR_MISS, Assurance.HIT_OR_MISS),
        (10, Assurance.HIT_OR_MISS, Assurance.HIT_OR_MISS),
        (15.32, Assurance.HIT_OR_MISS, Assurance.HIT_OR_MISS),
        (15.33, Assurance.FAIL, Assurance.PASS),
        (None, None, None),
    ],
)
def test_assurance_comes_from_the_last_limits(
    target: float | None, higher: Assurance | None, lower: Assurance | None
) -> None:
    values = [*[100, 300] * 7, *CALM]
    assert control_limits(values, steps=[14], good=Direction.HIGHER, target=target).assurance is higher
    assert control_limits(values, steps=[14], good=Direction.LOWER, target=target).assurance is lower
    assert control_limits(values, steps=[14], target=target).assurance is None


# What is refused


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -math.inf, 10**301])
def test_values_that_are_not_finite_are_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="value 2 is"):
        control_limits([1, wrong, 3])
    with pytest.raises(ValueError, match="value 2 is"):
        suggest_steps([1, wrong, 3])
    with pytest.raises(ValueError, match="finite"):
        control_limits([1, 2, 3], target=wrong)


def test_no_values_are_refused() -> None:
    with pytest.raises(ValueError, match="no values"):
        control_limits([])


@pytest.mark.parametrize("steps", [[0], [-1], [14], [3, 3], [5, 3]])
def test_steps_must_rise_within_the_series(steps: list[int]) -> None:
    with pytest.raises(ValueError, match="from 1 to at most 13"):
        control_limits(CALM, steps=steps)
    with pytest.raises(ValueError, match="from 1 to at most 13"):
        suggest_steps(CALM, steps=steps)


def test_a_baseline_has_a_range_at_least() -> None:
    assert control_limits(CALM, baseline=2).groups[0].baseline == 2
    with pytest.raises(ValueError, match="at least 2 points"):
        control_limits(CALM, baseline=1)


# Invariants

COUNTS = st.lists(st.integers(0, 30), min_size=1, max_size=45)
WALKS = st.lists(st.integers(-2, 2), min_size=1, max_size=45).map(lambda moves: list(accumulate(moves)))
SERIES = st.one_of(COUNTS, WALKS)


@given(SERIES, st.integers(-1000, 1000), st.fractions(Fraction(1, 50), 50), st.booleans())
def test_limits_and_marks_move_with_shift_and_scale(
    values: list[int], shift: int, scale: Fraction, screen: bool
) -> None:
    before = control_limits(values, screen=screen)
    after = control_limits([value * scale + shift for value in values], screen=screen)
    assert causes(after) == causes(before)
    for old, new in zip(before.points, after.points, strict=True):
        for name in ("mean", "lower", "upper", "near_lower", "near_upper"):
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


# Suggested steps

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


# Ratios to the season


def test_each_month_is_divided_by_the_mean_of_that_month_in_up_to_three_years() -> None:
    junes = {Month(year, 6): value for year, value in zip(range(2010, 2015), (10, 20, 30, 40, 60), strict=True)}
    assert seasonal_ratios(junes) == {
        Month(2011, 6): 2.0,  # ÷ 10
        Month(2012, 6): 2.0,  # ÷ (10 + 20)/2
        Month(2013, 6): 2.0,  # ÷ (10 + 20 + 30)/3
        Month(2014, 6): 2.0,  # ÷ (20 + 30 + 40)/3
    }
    assert seasonal_ratios(junes, years=1)[Month(2014, 6)] == 1.5


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
    with pytest.raises(ValueError, match="at least one"):
        seasonal_ratios({Month(2014, 1): 1}, years=0)
    with pytest.raises(ValueError, match="finite"):
        seasonal_ratios({Month(2014, 1): math.nan})
