"""The rest of a year at the current level, for a series too short for the pattern of past years.

1. Point: the mean of the last twelve months, or of as many as there are since a gap or the last step change, times the
   periods that remain.
2. Swings: s² is the variance of the last 24 months, or of as many as there are. The total of k periods of which each
   keeps r of the last one’s distance from the level has the variance s² × V(k), V(k) being k + 2 × Σ (k − j) × rʲ over
   j from 1 to k − 1; the mean of n periods, taken for each of k, adds (k ÷ n)² × s² × V(n). The range is ± t × √ of the
   sum, t being Student's at 90%, with as many degrees of freedom as s² rests on, and r = 0.3.
3. Where four or more earlier months can be checked as the projections by past years are, the range also reaches as far
   as the method's own errors, by the same rank.
4. Where the last twelve months lie above or below the same months before them, d a month, the point lags by
   d × k × (12 + k) ÷ 24 if the level goes on moving; on that side the range reaches half as far again.

The share r and the half of the lag were chosen on one half of London's boroughs, and tried on the other.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import fmean, variance

from papergen.data.foreseen import COVERAGE, Figures, Rest, ranked
from papergen.data.student import t_quantile

LEAST_ORIGINS = 4
KEPT = 0.3
"""The share of one period's distance from the level that the next is taken to keep."""
ONWARD = 0.5
"""The share of the lag behind a level that goes on moving by which the range reaches further."""


def from_current_level(figures: Figures, since: int | None) -> Rest | None:
    """The rest of the year at the level that holds since the period numbered ``since``; None without a figure of it."""
    recent: list[float] = []
    while (figure := figures.by_number.get(number := figures.last - len(recent))) is not None:
        if since is not None and number < since:
            break
        recent.append(figure)
    if not recent:
        return None
    level = recent[: figures.per_year]
    point = fmean(level) * figures.remaining
    reach = _spread(recent[: 2 * figures.per_year], len(level), figures.remaining)
    errors = _errors(figures, len(recent))
    if point > 0 and len(errors) >= LEAST_ORIGINS:
        reach = max(reach, point * ranked(errors, COVERAGE))
    onward = ONWARD * _lag(recent, figures)
    return Rest(point, point - reach + min(onward, 0.0), point + reach + max(onward, 0.0))


def _spread(recent: Sequence[float], level: int, remaining: int) -> float:
    """How far the rest may lie from its point, by the swings of the last periods; one has none."""
    if len(recent) < 2:
        return 0.0
    in_all = variance(recent) * (_times(remaining) + (remaining / level) ** 2 * _times(level))
    return t_quantile((1 + COVERAGE) / 2, len(recent) - 1) * math.sqrt(in_all)


def _lag(recent: Sequence[float], figures: Figures) -> float:
    """How far the point lags behind, if the level goes on moving as it did from the same periods a year before."""
    year = figures.per_year
    before = recent[year : 2 * year]
    if not before:
        return 0.0
    moved = fmean(recent[: len(before)]) - fmean(before)
    return moved * figures.remaining * (year + figures.remaining) / (2 * year)


def _times(periods: int) -> float:
    """The variance of the total of so many periods ÷ that of one, each keeping a share of the last one's distance."""
    return periods + 2 * math.fsum((periods - apart) * KEPT**apart for apart in range(1, periods))


def _errors(figures: Figures, run: int) -> list[float]:
    """The errors that the level of twelve months would have had, as shares of it, at origins in the run of figures."""
    errors: list[float] = []
    earliest = figures.last - run + figures.per_year
    for origin in range(figures.last - figures.remaining, earliest - 1, -1):
        before = figures.total(origin - figures.per_year + 1, figures.per_year)
        after = figures.after(origin)
        if before and after is not None:
            errors.append(abs(after * figures.per_year / before / figures.remaining - 1))
    return errors
