"""What projections share: the periods of a series by their numbers, what is foreseen of them, and errors in order."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from papergen.values.periods import Month

COVERAGE = 0.8
"""The share of years whose total a range is meant to hold."""


@dataclass(frozen=True, slots=True)
class Rest:
    """What is foreseen for the remaining periods of a year."""

    point: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Figures:
    """The periods known so far by number, and how many of the ``per_year`` periods of the year are over.

    Periods are numbered so that each financial year begins with a multiple of ``per_year``, 12 or 4. ``known`` and
    ``sums`` have, before each period from ``first`` on and after the last, how many figures there are and what they
    come to, ÷ ``scale`` and exactly.
    """

    by_number: Mapping[int, float]
    first: int
    last: int
    elapsed: int
    per_year: int
    known: Sequence[int]
    sums: Sequence[int]
    scale: int

    @classmethod
    def of(cls, by_number: Mapping[int, float], *, last: int, elapsed: int, per_year: int) -> Figures:
        """The figures by the number of their period, none after ``last``."""
        first = min(by_number, default=last)
        found = [by_number.get(number) for number in range(first, last + 1)]
        known = [0, *accumulate(figure is not None for figure in found)]
        parts = [(figure or 0.0).as_integer_ratio() for figure in found]
        scale = max(below for _, below in parts)  # all are powers of two
        sums = [0, *accumulate(above * (scale // below) for above, below in parts)]
        return cls(by_number, first, last, elapsed, per_year, known, sums, scale)

    @property
    def remaining(self) -> int:
        return self.per_year - self.elapsed

    def total(self, first: int, periods: int) -> float | None:
        """The sum of so many periods, or None where one is missing."""
        begin = first - self.first
        end = begin + periods
        if begin < 0 or end >= len(self.sums) or self.known[end] - self.known[begin] != periods:
            return None
        return (self.sums[end] - self.sums[begin]) / self.scale

    def before(self, origin: int) -> float | None:
        """The total of the elapsed periods up to ``origin``."""
        return self.total(origin - self.elapsed + 1, self.elapsed)

    def after(self, origin: int) -> float | None:
        """The total of the remaining periods that follow ``origin``."""
        return self.total(origin + 1, self.remaining)

    def reaches(self, origin: int) -> bool:
        """Whether the series had begun when the year of ``origin`` did, or a year before one that has not begun."""
        return origin - (self.elapsed or self.per_year) + 1 >= self.first


def month_number(month: Month) -> int:
    """The number of a month, counted so that every April is a multiple of 12."""
    return 12 * month.year + month.month - 4


def first_month(number: int, months: int) -> Month:
    """The first month of the period of that number, which has so many months."""
    years, index = divmod(number * months + 3, 12)
    return Month(years, index + 1)


def ranked(errors: Sequence[float], share: float) -> float:
    """The ⌈share × (n + 1)⌉th of n errors in order of size, or the largest: with that chance the next is no larger."""
    place = math.ceil(share * (len(errors) + 1) - 1e-9)
    return sorted(errors)[min(place, len(errors)) - 1]
