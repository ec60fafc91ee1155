from __future__ import annotations

import math
from fractions import Fraction

import pytest

from papergen.data.control_limits import Assurance, SpecialCause, Verdict, control_limits
from papergen.data.step_changes import suggest_steps
from papergen.values.quantities import Direction
from tests.data.judged import ABOVE, BELOW, CALM, FALLING, HIGH, MIRROR, NONE, NORMAL, RISING, RUN_ABOVE, causes

NEAR_UPPER = 10 + Fraction("5.32") * 2 / 3
JUST_MORE = Fraction(1, 10**9)


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
    assert (group.start, group.end, group.baseline) == (0, 14, 14)
    assert (group.mean, group.mean_moving_range, group.lower, group.upper) == (10, 2, 4.68, 15.32)
    assert not group.short
    assert not group.constant
    for point in chart.points:
        assert (point.mean, point.lower, point.upper) == (10, 4.68, 15.32)
        assert (point.group, point.special, point.verdict) == (0, NONE, Verdict.COMMON)


def test_limits_are_not_stopped_at_zero() -> None:
    assert control_limits([0, 2] * 7).groups[0].lower == -4.32


REFERENCE = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]


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
    ("widest", "mean_range"),
    [(EDGE, Fraction(1)), (EDGE + JUST_MORE, Fraction(1)), (EDGE - JUST_MORE, (9 + EDGE - JUST_MORE) / 10)],
)
def test_a_range_at_or_over_3_267_mean_ranges_is_screened(widest: Fraction, mean_range: Fraction) -> None:
    values: list[int | Fraction] = [*[0, 1] * 5, 1 + widest]
    (group,) = control_limits(values).groups
    assert group.mean_moving_range == float(mean_range)
    assert group.mean == float((6 + widest) / 11), "the mean is that of all points"


def test_ranges_are_screened_once_only() -> None:
    # 20 ranges of 1, one of 5, one of 30: the mean 2.5 screens 30; 5 is over 3.267 × 25/21 but stays.
    values = [*[0, 1] * 10, 0, 5, 35]
    (group,) = control_limits(values).groups
    assert group.mean_moving_range == 25 / 21
    (group,) = control_limits(values, screen=False).groups
    assert group.mean_moving_range == 2.5


def test_screening_that_would_leave_no_variation_is_withdrawn() -> None:
    values = [0] * 10 + [10] + [0] * 10
    chart = control_limits(values)
    assert chart.groups[0].mean_moving_range == 1
    assert causes(chart)[10] is ABOVE


def test_the_baseline_is_the_first_points_of_each_group() -> None:
    chart = control_limits([*CALM, *[50, 70] * 8, *CALM, 99], steps=[30], baseline=14)
    assert [(group.mean, group.mean_moving_range, group.baseline) for group in chart.groups] == [(10, 2, 14)] * 2
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
    assert (group.mean, group.mean_moving_range) == (52.9, 74 / 17)
    assert (round(group.lower, 4), round(group.upper, 4)) == (41.3212, 64.4788)
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
    assert control_limits((CALM * 2)[:count]).groups[0].short is short
    assert control_limits([*CALM, *(CALM * 2)[:count]], steps=[14]).groups[-1].short is short


def test_a_constant_series_has_limits_on_its_mean_and_no_marks() -> None:
    chart = control_limits([5] * 15, good=Direction.HIGHER, target=4)
    (group,) = chart.groups
    assert group.constant
    assert (group.mean, group.lower, group.upper) == (5, 5, 5)
    assert causes(chart) == [NONE] * 15
    assert chart.assurance is Assurance.PASS


def test_a_constant_baseline_leaves_trends_and_runs() -> None:
    chart = control_limits([5] * 13 + [6, 7, 5, 9, 8, 9, 7, 9, 7, 9], baseline=13)
    assert chart.groups[0].constant
    assert causes(chart) == [NONE] * 16 + [RUN_ABOVE] * 7


def test_one_point_is_its_own_mean() -> None:
    (point,) = control_limits([3]).points
    assert (point.lower, point.upper, point.special) == (3, 3, NONE)


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
