"""Student's t: the quantiles that a spread worked out from few figures needs."""

from __future__ import annotations

import math
from functools import lru_cache

MOST_DEGREES = 500
"""Degrees of freedom beyond which the quantiles no longer differ in the third figure."""


@lru_cache(maxsize=256)
def t_quantile(probability: float, degrees: int) -> float:
    """The value that a t of so many ``degrees`` of freedom (1 or more) stays below with ``probability`` (0.5 to 1).

    Found by halving from the finite sums of Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.7.3
    and 26.7.4.
    """
    if degrees < 1 or not 0.5 <= probability < 1:
        raise ValueError(f"no t of {degrees} degrees of freedom stays below a value with probability {probability}")
    degrees = min(degrees, MOST_DEGREES)
    low, high = 0.0, 1.0
    while _inside(high, degrees) < 2 * probability - 1:
        high *= 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _inside(middle, degrees) < 2 * probability - 1 else (low, middle)
    return (low + high) / 2


def _inside(t: float, degrees: int) -> float:
    """The probability that |T| stays below ``t``."""
    angle = math.atan(t / math.sqrt(degrees))
    cosine, sine = math.cos(angle), math.sin(angle)
    odd = degrees % 2
    term = cosine if odd else 1.0
    total = 0.0
    for power in range(degrees // 2):
        total += term
        term *= cosine * cosine * ((2 * power + 2) / (2 * power + 3) if odd else (2 * power + 1) / (2 * power + 2))
    return 2 / math.pi * (angle + sine * total) if odd else sine * total
