"""Counts of rare events, judged by how close together and how far apart events come.

Limits by moving ranges need counts of some size: where there are fewer than two events a month, a few months without
any mark a run below the mean though nothing has changed (24 to 81 of 100 quarters). NHS England's "Making Data Count"
advises charts of the time between events there. Their question is asked of the months themselves, exactly and without a
distribution to fit: given that N events fell in n months, each month as likely as another,

- an event ends a cluster where so many in three months, or more, come with a chance of 1 in 100 or less: the number in
  three of n months is binomial (J. Przyborowski and H. Wilenski, "Homogeneity of results in testing samples from
  Poisson series", Biometrika 31 (1940) 313–323);
- a month ends a gap where a stretch of m months without any has a chance of 1 in 100 or less: (1 − m/n)^N.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from papergen.data.control_limits import ControlChart, Group, Point, SpecialCause, verdict_on
from papergen.values.quantities import Direction

RARE_BELOW = 2
"""Events in a month, on average, below which a count is rare."""
CHANCE = 0.01
WINDOW = 3
LEAST_EVENTS = 5
"""Events in a group without which neither a gap nor a cluster can be told, unless all came at once."""


def is_rare(group: Group) -> bool:
    """Whether the points of a group are counts of rare events."""
    return group.mean < RARE_BELOW


def judged_as_rare(chart: ControlChart, good: Direction) -> ControlChart:
    """The chart with its rare groups judged by clusters and gaps, and limits from 0 to what a month alone may have."""
    points: list[Point] = []
    groups: list[Group] = []
    for group in chart.groups:
        members = chart.points[group.start : group.end]
        if not is_rare(group):
            groups.append(group)
            points += members
            continue
        values = [round(point.value) for point in members]
        upper = float(_most(sum(values), len(values)))
        groups.append(replace(group, lower=0.0, upper=upper))
        for point, special in zip(members, _marks(values), strict=True):
            verdict = verdict_on(special, good)
            points.append(replace(point, lower=0.0, upper=upper, special=special, verdict=verdict))
    return replace(chart, points=tuple(points), groups=tuple(groups))


def _marks(values: Sequence[int]) -> list[SpecialCause]:
    events, months, gap = sum(values), len(values), 0
    chances = _as_many(events, months)
    marks = []
    for index, value in enumerate(values):
        gap = 0 if value else gap + 1
        inside = sum(values[max(0, index - WINDOW + 1) : index + 1])
        if value and chances[inside] <= CHANCE:
            marks.append(SpecialCause.CLOSE)
        elif gap and (1 - gap / months) ** events <= CHANCE:
            marks.append(SpecialCause.APART)
        else:
            marks.append(SpecialCause.NONE)
    return marks


def _most(events: int, months: int) -> int:
    """The largest count that a month alone may have without being marked."""
    return max(count for count, chance in enumerate(_as_many(events, months)) if chance > CHANCE)


def _as_many(events: int, months: int) -> list[float]:
    """The chances of none or more, of one or more, and so on up to all of so many events in three of so many months."""
    if months <= WINDOW:
        return [1.0] * (events + 1)
    inside, outside = math.log(WINDOW / months), math.log1p(-WINDOW / months)
    ways = math.lgamma(events + 1)
    exactly = [
        math.exp(
            ways - math.lgamma(some + 1) - math.lgamma(events - some + 1) + some * inside + (events - some) * outside
        )
        for some in range(events + 1)
    ]
    return [1.0, *(math.fsum(exactly[count:]) for count in range(1, events + 1))]
