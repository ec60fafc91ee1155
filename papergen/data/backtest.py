"""How well year-end projections would have done: each past month's projection against the total that came."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from statistics import fmean, median

from papergen.data.foreseen import COVERAGE
from papergen.data.projections import Basis, Projection, project
from papergen.values.periods import Month, financial_year


@dataclass(frozen=True, slots=True)
class TestedProjection:
    """One projection made after ``elapsed`` periods of a year (1 to 11 months), and the total that the year came to."""

    projection: Projection
    elapsed: int
    actual: float

    @property
    def inside(self) -> bool:
        """Whether the year's total lies in the range, its ends included and differences of floating point aside."""
        low, high = self.projection.low, self.projection.high
        return low <= self.actual <= high or any(math.isclose(self.actual, end, rel_tol=1e-12) for end in (low, high))

    @property
    def error(self) -> float | None:
        """The distance of the point from the year's total, as a percentage (0–100) of that total; None for a zero."""
        return 100 * abs(self.projection.point - self.actual) / self.actual if self.actual else None

    @property
    def width(self) -> float | None:
        """The width of the range as a percentage (0–100) of the year's total; None for a zero."""
        return 100 * (self.projection.high - self.projection.low) / self.actual if self.actual else None

    @property
    def score(self) -> float | None:
        """The interval score of the range as a percentage (0–100) of the year's total, small for good ranges.

        The width, and for a total outside the range ten times its distance from it: 2 ÷ α with α = 0.2 for a range that
        is meant to hold 80 of 100 (T. Gneiting and A. E. Raftery, "Strictly proper scoring rules, prediction, and
        estimation", Journal of the American Statistical Association 102 (2007) 359–378).  None for a total of zero.
        """
        if not self.actual:
            return None
        low, high = self.projection.low, self.projection.high
        outside = max(low - self.actual, self.actual - high, 0.0)
        return 100 * (high - low + 2 / (1 - COVERAGE) * outside) / self.actual


@dataclass(frozen=True, slots=True)
class Backtest:
    """Projections of the years that are over, in the order of the months they were made after."""

    rows: tuple[TestedProjection, ...]

    @property
    def coverage(self) -> float | None:
        """The share (0–1) of projections whose range holds the year's total; None without rows."""
        return sum(row.inside for row in self.rows) / len(self.rows) if self.rows else None

    @property
    def median_error(self) -> float | None:
        """The median distance of point from total as a percentage (0–100) of the total; None where there is none."""
        return _median(row.error for row in self.rows)

    @property
    def median_width(self) -> float | None:
        """The median width of the ranges as a percentage (0–100) of the total; None where there is none."""
        return _median(row.width for row in self.rows)

    @property
    def mean_score(self) -> float | None:
        """The mean interval score of the ranges as a percentage (0–100) of the total; None where there is none."""
        known = [row.score for row in self.rows if row.score is not None]
        return fmean(known) if known else None

    @property
    def by_basis(self) -> dict[Basis, Backtest]:
        """The same for each basis that a projection had."""
        bases = dict.fromkeys(row.projection.basis for row in self.rows)
        return {basis: Backtest(tuple(row for row in self.rows if row.projection.basis is basis)) for basis in bases}


def backtest(
    history: Mapping[Month, int | float | Fraction],
    *,
    months: int = 1,
    count: bool = True,
    first_origin: Month | None = None,
) -> Backtest:
    """The projections that would have been made in each whole financial year of ``history``, as ``project`` has it.

    Each uses only the periods up to its own. ``first_origin`` is the first month to project after, by default the first
    of the series; a period in a year with a gap is left out.
    """
    years: dict[str, list[Month]] = {}
    for month in sorted(history):
        years.setdefault(financial_year(month.first_day), []).append(month)
    rows = []
    for begins in years.values():
        if len(begins) < 12 // months:
            continue
        actual = math.fsum(float(history[month]) for month in begins)
        for elapsed, month in enumerate(begins[:-1], start=1):
            through = month.plus(months - 1)
            if first_origin is not None and through < first_origin:
                continue
            projection = project(history, through=through, months=months, count=count)
            if projection is not None:
                rows.append(TestedProjection(projection, elapsed, actual))
    return Backtest(tuple(rows))


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None
