"""How the figures of a series hang together: how much of them the time of the year explains, and how long they last."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean

SEASONAL_FROM = 0.4
"""Share that the time of the year explains, from which limits that do not follow it mark some 15 quarters of 100."""
LEANING_FROM = 0.4
"""Autocorrelation from which limits mark 15 quarters of 100 and more, though the level only wanders."""
LEAST_YEARS = 3


def season_share(values: Sequence[float], per_year: int) -> float | None:
    """The share (0–1) of the differences within years that the time of the year explains; None under three whole years.

    Of the last whole years each value less its year's mean; 1 − the mean square about the means of the months ÷ the
    mean square about 0, each over its degrees of freedom, as an adjusted R² is. Adjusted, it is the seasonal strength
    of X. Wang, K. Smith and R. Hyndman, "Characteristic-based clustering for time series data", Data Mining and
    Knowledge Discovery 13 (2006) 335–364, and 0 on average where there is no season.
    """
    years = len(values) // per_year
    if years < LEAST_YEARS or per_year < 2:
        return None
    last = values[len(values) - years * per_year :]
    within = [_less_mean(last[start : start + per_year]) for start in range(0, len(last), per_year)]
    months = [fmean(column) for column in zip(*within, strict=True)]
    in_all = math.fsum(value * value for year in within for value in year)
    left = math.fsum((value - usual) ** 2 for year in within for value, usual in zip(year, months, strict=True))
    return max(0.0, 1 - left * years / (in_all * (years - 1))) if in_all else 0.0


def autocorrelation(values: Sequence[float]) -> float:
    """The share of one value's distance from the mean that the next keeps, corrected for its bias; 0 for equal values.

    The correction is that of F. H. C. Marriott and J. A. Pope, "Bias in the estimation of autocorrelations",
    Biometrika 41 (1954) 390–402.
    """
    apart = _less_mean(values)
    squares = math.fsum(value * value for value in apart)
    if not squares:
        return 0.0
    found = math.fsum(later * earlier for later, earlier in pairwise(apart)) / squares
    return found + (1 + 4 * found) / len(values)


def _less_mean(values: Sequence[float]) -> list[float]:
    mean = fmean(values)
    return [value - mean for value in values]
