"""Control limits of a series by the NHS "Making Data Count" XmR method: numbers in, judged points out.

The reference is the R package NHSRplotthedots; docs/control-limits.md has the formulae and every difference from it.
Sums and comparisons are exact (fractions, a float being the decimal it prints as), so that a point on a limit or on the
mean is on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import pairwise

from papergen.values.periods import Month
from papergen.values.quantities import Direction, total

LIMIT = Fraction("2.66")
"""Mean moving ranges between mean and limit: 3 ÷ 1.128, as the method rounds it."""
NEAR = LIMIT * 2 / 3
SCREEN = Fraction("3.267")
"""Ranges at or over this many mean ranges are screened out: the upper limit of a chart of moving ranges."""
RUN = 7
SHORT = 13
"""A group of fewer points has trial limits."""
LARGEST = 1e300

Real = int | float | Fraction


class SpecialCause(Enum):
    """The first rule that a point meets, in the order of the rules; NONE is common cause variation.

    CLOSE and APART are those of rare events, see ``rare``.
    """

    NONE = "common cause"
    ABOVE_LIMIT = "above the upper limit"
    BELOW_LIMIT = "below the lower limit"
    RISING = "seven or more points rising"
    FALLING = "seven or more points falling"
    NEAR_UPPER = "two of three points near the upper limit"
    NEAR_LOWER = "two of three points near the lower limit"
    RUN_ABOVE = "seven or more points above the mean"
    RUN_BELOW = "seven or more points below the mean"
    CLOSE = "closer together than chance would bring"
    APART = "longer without one than chance would bring"

    @property
    def is_high(self) -> bool:
        """Whether the rule speaks of high or rising values."""
        return self in (self.ABOVE_LIMIT, self.RISING, self.NEAR_UPPER, self.RUN_ABOVE, self.CLOSE)

    @property
    def is_low(self) -> bool:
        """Whether the rule speaks of low or falling values."""
        return self in (self.BELOW_LIMIT, self.FALLING, self.NEAR_LOWER, self.RUN_BELOW, self.APART)


class Verdict(Enum):
    """What a point means for the measure; NEUTRAL is special cause where neither direction is better."""

    COMMON = "common cause"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL = "neutral"


class Assurance(Enum):
    """Whether a process within its last limits meets the target."""

    PASS = "consistently meets the target"  # noqa: S105
    FAIL = "consistently misses the target"
    HIT_OR_MISS = "meets or misses the target by chance"


@dataclass(frozen=True, slots=True)
class Point:
    """One value with the limits of its group, all in the unit of the series; ``group`` counts from 0."""

    value: float
    group: int
    mean: float
    lower: float
    upper: float
    special: SpecialCause
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Group:
    """The points from index ``start`` up to but not including ``end``, between two step changes.

    ``baseline`` counts the points that mean and limits rest on.
    """

    start: int
    end: int
    mean: float
    mean_moving_range: float
    lower: float
    upper: float
    baseline: int

    @property
    def short(self) -> bool:
        """Whether the group has fewer than 13 points, so that its limits are trial limits."""
        return self.end - self.start < SHORT

    @property
    def constant(self) -> bool:
        """Whether the baseline points are all equal (or only one), so that the limits fall together with the mean."""
        return self.mean_moving_range == 0


@dataclass(frozen=True, slots=True)
class ControlChart:
    """A judged series: its points, its groups, and ``assurance`` (None without a target or a better direction)."""

    points: tuple[Point, ...]
    groups: tuple[Group, ...]
    assurance: Assurance | None


@dataclass(frozen=True, slots=True)
class _Limits:
    """The exact mean and mean moving range of the baseline points."""

    mean: Fraction
    mean_moving_range: Fraction

    @property
    def lower(self) -> Fraction:
        return self.mean - LIMIT * self.mean_moving_range

    @property
    def upper(self) -> Fraction:
        return self.mean + LIMIT * self.mean_moving_range

    @property
    def near_lower(self) -> Fraction:
        return self.mean - NEAR * self.mean_moving_range

    @property
    def near_upper(self) -> Fraction:
        return self.mean + NEAR * self.mean_moving_range


def control_limits(
    values: Sequence[Real],
    *,
    good: Direction = Direction.NEITHER,
    steps: Sequence[int] = (),
    baseline: int | None = None,
    screen: bool = True,
    target: Real | None = None,
) -> ControlChart:
    """The series with the mean, the limits and the judgement of every point, in the order given.

    ``steps`` are the indices at which a new group begins; limits and rules know nothing of the other groups. A group's
    mean and limits rest on its first ``baseline`` points, or on all. ``screen`` leaves out moving ranges at or over
    3.267 times their mean. Limits may lie below zero, also for a count. Raises ValueError for no values, one that is
    not finite (or over 1e300), a baseline under 2, and steps that do not rise from 1 to the last index.
    """
    exact = exact_values(values)
    if baseline is not None and baseline < 2:
        raise ValueError(f"a baseline of {baseline}: limits need at least 2 points")
    points: list[Point] = []
    groups: list[Group] = []
    bounds = [0, *checked_steps(steps, len(exact)), len(exact)]
    for number, (start, end) in enumerate(pairwise(bounds)):
        members = exact[start:end]
        limits = _limits(members[:baseline], screen)
        lines = {name: float(getattr(limits, name)) for name in ("mean", "lower", "upper")}
        counted = len(members[:baseline])
        groups.append(Group(start, end, mean_moving_range=float(limits.mean_moving_range), baseline=counted, **lines))
        points += [
            Point(float(value), number, special=cause, verdict=verdict_on(cause, good), **lines)
            for value, cause in _judged(members, limits)
        ]
    return ControlChart(tuple(points), tuple(groups), _assurance(limits, good, target))


def exact_values(values: Iterable[Real]) -> list[Fraction]:
    """The values as fractions; a float is the shortest decimal that stands for it, as typed or read from a file."""
    found: list[Fraction] = []
    for index, value in enumerate(values):
        if not -LARGEST <= value <= LARGEST:
            raise ValueError(f"value {index + 1} is {value}: limits need finite numbers")
        found.append(Fraction(repr(float(value))) if isinstance(value, float) else Fraction(value))
    if not found:
        raise ValueError("no values: limits need at least one")
    return found


def checked_steps(steps: Sequence[int], length: int) -> Sequence[int]:
    """The steps as they are, or ValueError where they do not rise from 1 to the last index of ``length`` points."""
    for before, step in pairwise((0, *steps)):
        if not before < step < length:
            raise ValueError(f"steps {list(steps)}: they must rise, from 1 to at most {length - 1}")
    return steps


def mean_of(values: Sequence[Fraction]) -> Fraction:
    """The exact mean of one value or more."""
    return total(values) / len(values)


def _limits(baseline: Sequence[Fraction], screen: bool) -> _Limits:
    ranges = [abs(after - before) for before, after in pairwise(baseline)] or [Fraction(0)]
    average = mean_of(ranges)
    kept = [each for each in ranges if each < SCREEN * average] if screen and average else ranges
    # A series of zeros with one event would otherwise have limits of no width, and every point of it be special cause.
    return _Limits(mean_of(baseline), mean_of(kept if any(kept) else ranges))


def verdict_on(cause: SpecialCause, good: Direction) -> Verdict:
    """What a point with that mark means for a measure with that better direction."""
    if cause is SpecialCause.NONE:
        return Verdict.COMMON
    if good is Direction.NEITHER:
        return Verdict.NEUTRAL
    return Verdict.IMPROVEMENT if cause.is_high == (good is Direction.HIGHER) else Verdict.CONCERN


def _assurance(limits: _Limits, good: Direction, target: Real | None) -> Assurance | None:
    """The target against the last group's limits; a target on a limit is not beyond it."""
    if target is None:
        return None
    (aim,) = exact_values([target])
    if good is Direction.NEITHER:
        return None
    if limits.lower <= aim <= limits.upper:
        return Assurance.HIT_OR_MISS
    return Assurance.PASS if (aim < limits.lower) == (good is Direction.HIGHER) else Assurance.FAIL


def _judged(members: Sequence[Fraction], limits: _Limits) -> Iterator[tuple[Fraction, SpecialCause]]:
    """Each point of a group with the first rule that it meets."""
    sides = [(value > limits.mean) - (value < limits.mean) for value in members]
    rules = (
        (_beyond(members, limits), SpecialCause.ABOVE_LIMIT, SpecialCause.BELOW_LIMIT),
        (_trends(members), SpecialCause.RISING, SpecialCause.FALLING),
        (_near(members, sides, limits), SpecialCause.NEAR_UPPER, SpecialCause.NEAR_LOWER),
        (_runs(sides), SpecialCause.RUN_ABOVE, SpecialCause.RUN_BELOW),
    )
    for index, value in enumerate(members):
        marks = ((high if marked[index] > 0 else low) for marked, high, low in rules if marked[index])
        yield value, next(marks, SpecialCause.NONE)


def _beyond(members: Sequence[Fraction], limits: _Limits) -> list[int]:
    """1 for a point above the upper limit, -1 below the lower; none where the baseline shows no variation."""
    if not limits.mean_moving_range:
        return [0] * len(members)
    upper, lower = limits.upper, limits.lower
    return [(value > upper) - (value < lower) for value in members]


def _trends(members: Sequence[Fraction]) -> list[int]:
    """1 or -1 for a point among 7 that rise or fall, six steps strictly one way, by the step that follows it.

    The last marked point takes the step before; so does a point that a tie follows, since a tie has no direction.
    """
    ways = [(after > before) - (after < before) for before, after in pairwise(members)]
    marked = [False] * len(members)
    for start in range(len(ways) - RUN + 2):
        if abs(sum(ways[start : start + RUN - 1])) == RUN - 1:
            marked[start : start + RUN] = [True] * RUN
    found = [0] * len(members)
    for index, is_marked in enumerate(marked):
        if is_marked:
            following = ways[index] if any(marked[index + 1 : index + 2]) else 0
            found[index] = following or ways[index - 1]
    return found


def _near(members: Sequence[Fraction], sides: Sequence[int], limits: _Limits) -> list[int]:
    """1 or -1 for a point beyond the near limit but not beyond the limit, where it is one of two such in three points.

    The three are consecutive and on one side of the mean; a point beyond the limit may be the third of them.
    """
    found = [0] * len(members)
    if not limits.mean_moving_range:
        return found
    near_upper, upper, near_lower, lower = limits.near_upper, limits.upper, limits.near_lower, limits.lower
    is_near = [near_upper < value <= upper or lower <= value < near_lower for value in members]
    for start in range(len(members) - 2):
        three = range(start, start + 3)
        if abs(sum(sides[index] for index in three)) == 3 and sum(is_near[index] for index in three) >= 2:
            for index in three:
                found[index] = is_near[index] * sides[index]
    return found


def _runs(sides: Sequence[int]) -> list[int]:
    """1 or -1 for a point among 7 consecutive ones on its side of the mean; a point on the mean is on neither."""
    found = [0] * len(sides)
    for start in range(len(sides) - RUN + 1):
        run = sides[start : start + RUN]
        if abs(sum(run)) == RUN:
            found[start : start + RUN] = run
    return found


def seasonal_ratios(values: Mapping[Month, Real]) -> dict[Month, float]:
    """Each month's value divided by the mean of that month in the three years before, in order of time.

    Of those years the ones in ``values`` are used; a month that has none of them, or whose mean is zero, has no ratio.
    A measure that moves with the season is judged by limits on these ratios. Raises ValueError for a value that is not
    finite.
    """
    months = sorted(values)
    exact = dict(zip(months, exact_values(values[month] for month in months), strict=True)) if months else {}
    found: dict[Month, float] = {}
    for month, value in exact.items():
        earlier = [exact[before] for year in (1, 2, 3) if (before := month.plus(-12 * year)) in exact]
        if earlier and (usual := mean_of(earlier)):
            found[month] = float(value / usual)
    return found
