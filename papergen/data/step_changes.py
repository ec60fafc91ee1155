"""Step changes that a series bears out and nobody has adopted.  One is only ever suggested, never made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from papergen.data.control_limits import Real, checked_steps, exact_values, mean_of

HELD = 8
"""Points that a new level must hold before a step is suggested."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A step change that the analyst may adopt: the index where the new level begins, and the means on either side."""

    index: int
    old_mean: float
    new_mean: float


def suggest_steps(values: Sequence[Real], *, steps: Sequence[int] = ()) -> tuple[Suggestion, ...]:
    """The step changes that the last group bears out and nobody has adopted, in order; none is ever made.

    A step is suggested at a point of the last group when

    1. at least 8 points of the group lie before it, and at least 8 from it on;
    2. the first 8 from it on all lie on one side of the mean of the points before it; the point itself is nearer to
       the mean of those 8, and the point just before it nearer to the mean of the points before;
    3. both levels hold: the mean of any 8 consecutive points before it is nearer to the mean of the points before than
       to the mean of those first 8; the mean of any 8 consecutive points from it on, and of the last 4, is nearer to
       the mean of those first 8.

    Of several such points the one that best divides the group is taken (the greatest sum of squares between the two
    sides), and both sides are searched again in the same way. A run from which the series returned fails the third.
    Raises ValueError as ``control_limits`` does.
    """
    exact = exact_values(values)
    first = max(checked_steps(steps, len(exact)), default=0)
    found = sorted(_divisions(exact, first, len(exact)))
    bounds = [first, *found, len(exact)]
    means = [float(mean_of(exact[start:end])) for start, end in pairwise(bounds)]
    return tuple(Suggestion(index, old, new) for index, (old, new) in zip(found, pairwise(means), strict=True))


def _divisions(values: Sequence[Fraction], start: int, end: int) -> list[int]:
    """Where steps are suggested between two indices, in no order."""
    candidates = [
        (_between(values[start:index], values[index:end]), -index)
        for index in range(start + HELD, end - HELD + 1)
        if _holds(values[start:index], values[index:end])
    ]
    if not candidates:
        return []
    best = -max(candidates)[1]
    return [best, *_divisions(values, start, best), *_divisions(values, best, end)]


def _between(before: Sequence[Fraction], after: Sequence[Fraction]) -> Fraction:
    """The sum of squares between two stretches."""
    return (mean_of(before) - mean_of(after)) ** 2 * len(before) * len(after) / (len(before) + len(after))


def _holds(before: Sequence[Fraction], after: Sequence[Fraction]) -> bool:
    """Whether the second stretch begins a new level and stays there, and the first knows nothing of it."""
    old = mean_of(before)
    if abs(sum((value > old) - (value < old) for value in after[:HELD])) < HELD:
        return False
    new = mean_of(after[:HELD])
    now = mean_of(after[-HELD // 2 :])
    return all(abs(level - old) < abs(level - new) for level in (before[-1], *_means_of_eight(before))) and all(
        abs(level - new) < abs(level - old) for level in (after[0], *_means_of_eight(after), now)
    )


def _means_of_eight(stretch: Sequence[Fraction]) -> Iterator[Fraction]:
    for start in range(len(stretch) - HELD + 1):
        yield mean_of(stretch[start : start + HELD])
