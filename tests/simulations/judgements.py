"""Counts in which nothing changes, and how many of 100 quarters are judged to be out of the ordinary."""

from __future__ import annotations

import math
from functools import cache
from random import Random

from papergen.data.control_limits import ControlChart, SpecialCause, control_limits, seasonal_ratios
from papergen.data.dependence import LEANING_FROM, SEASONAL_FROM, autocorrelation, season_share
from papergen.data.rare import judged_as_rare
from papergen.values.quantities import Direction
from tests.simulations.projections import poisson, series

MONTHS = 57
TRIES = 200
RARE = (0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1.5)
SEASONAL = ((100, 0.0), (20, 0.3), (100, 0.15), (300, 0.15), (100, 0.3))
WANDERING = (0.3, 0.5, 0.7, 0.9)


def _marked(chart: ControlChart) -> bool:
    """Whether the last three months have a point that is special cause."""
    return any(point.special is not SpecialCause.NONE for point in chart.points[-3:])


@cache
def rare_counts(mean: float) -> tuple[float, float]:
    """Of 100 quarters of a rare count, those marked by limits and those marked by gaps and clusters."""
    random = Random(f"rare {mean}")  # noqa: S311
    by_limits = by_gaps = 0
    for _ in range(TRIES):
        chart = control_limits([poisson(random, mean) for _ in range(MONTHS)])
        by_limits += _marked(chart)
        by_gaps += _marked(judged_as_rare(chart, Direction.NEITHER))
    return 100 * by_limits / TRIES, 100 * by_gaps / TRIES


@cache
def seasonal_counts(mean: float, swing: float) -> tuple[float, float, float]:
    """Of 100 quarters those marked by limits and by limits that follow the season; and of 100 series those told."""
    random = Random(f"seasonal {mean} {swing}")  # noqa: S311
    plain = seasonal = told = 0
    for _ in range(TRIES):
        values = [poisson(random, mean * (1 + swing * math.sin(month * math.pi / 6))) for month in range(MONTHS)]
        plain += _marked(control_limits(values))
        seasonal += _marked(control_limits(list(seasonal_ratios(series(*values)).values())))
        told += (season_share(values, 12) or 0) >= SEASONAL_FROM
    return 100 * plain / TRIES, 100 * seasonal / TRIES, 100 * told / TRIES


@cache
def wandering_counts(kept: float) -> tuple[float, float]:
    """Of 100 quarters those marked by limits; and of 100 series those that are told to wander."""
    random = Random(f"wandering {kept}")  # noqa: S311
    plain = told = 0
    for _ in range(TRIES):
        drift, values = random.gauss(0, 0.1 / math.sqrt(1 - kept**2)), []
        for _ in range(MONTHS):
            drift = kept * drift + random.gauss(0, 0.1)
            values.append(poisson(random, 100 * math.exp(drift)))
        plain += _marked(control_limits(values))
        told += autocorrelation(values) >= LEANING_FROM
    return 100 * plain / TRIES, 100 * told / TRIES


RARE_HEADINGS = ("events a month", "by limits", "by gaps and clusters")
SEASONAL_HEADINGS = ("a month, and swing", "by limits", "`seasonal`", "told to be seasonal")
WANDERING_HEADINGS = ("kept of the last distance", "by limits", "told to wander")


def rare_rows() -> list[tuple[str, ...]]:
    """The cells under ``RARE_HEADINGS``, of 100, as docs/control-limits.md has them."""
    return [(f"{mean:g}", *(f"{share:.0f}" for share in rare_counts(mean))) for mean in RARE]


def seasonal_rows() -> list[tuple[str, ...]]:
    """The cells under ``SEASONAL_HEADINGS``, of 100."""
    return [(f"{m:g}, {swing:.0%}", *(f"{each:.0f}" for each in seasonal_counts(m, swing))) for m, swing in SEASONAL]


def wandering_rows() -> list[tuple[str, ...]]:
    """The cells under ``WANDERING_HEADINGS``, of 100."""
    return [(f"{kept:.0%}", *(f"{each:.0f}" for each in wandering_counts(kept))) for kept in WANDERING]
