"""Year-end projections of a series counted by the month or by the quarter: numbers in, a range out.

The rule, from the year's elapsed periods (months or quarters) and its remaining ones:

1. Point: the year to date, and for the rest the geometric mean of three views of it: the year to date, the last twelve
   months and the last three, each times the remaining periods of up to three past years ÷ the same months of those
   years, sums over sums; the twelve months in twelfths where no year has such twelve months.
2. Range: the rest times exp(± q), where q is 1.6 times the mean of the method's own absolute log errors over up to
   four years of rolling origins: 80% of a normal distribution lie within that many mean distances. An origin is an
   earlier period that is made to play the part of the last one known: the periods before it, as many as have passed of
   this year, are its year to date, and those after it, as many as remain of this year, are its rest. Every origin thus
   looks as far ahead as the projection itself; it uses nothing later than itself, and its rest was over by the last
   period known.
3. With no past year, or fewer than 12 origins, the current level stands in: ``current_level`` has the rule.
4. A count's range is never narrower than ± 1.28 × √(projected rest), what chance alone gives a count.

``docs/projections.md`` explains it to analysts and gives the coverage measured.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import takewhile

from papergen.data.current_level import from_current_level
from papergen.data.foreseen import COVERAGE, Figures, Rest, first_month, month_number
from papergen.values.periods import Month, financial_year

PAST_YEARS = 3
ORIGIN_YEARS = 4
LEAST_ORIGINS = 12
Z = 1.28
"""Standard errors either side of the middle that hold 80% of a normal distribution."""
MEAN_DISTANCES = Z * math.sqrt(math.pi / 2)
"""Mean distances from the middle, either side of it, that hold as much: 1.604."""
LENGTHS = (1, 3)
"""Months in one period of a series that can be projected: a month's, or a quarter's."""


class Basis(Enum):
    """What a projection rests on."""

    PAST_YEARS = "by past years"
    CURRENT_LEVEL = "at the current level"
    COMPLETE = "complete"


_WORDINGS = {
    Basis.PAST_YEARS: "if the rest of the year follows the pattern of past years",
    Basis.CURRENT_LEVEL: "if the current level holds",
    Basis.COMPLETE: "the year is complete",
}


@dataclass(frozen=True, slots=True)
class Projection:
    """A financial year's total as foreseen after the month ``through``, in the unit of the series and not rounded.

    ``low`` to ``high`` is meant to hold the year's total 80 times in 100.
    """

    year: str
    through: Month
    to_date: float
    point: float
    low: float
    high: float
    basis: Basis

    @property
    def wording(self) -> str:
        """The condition the figures stand under, to follow them in a sentence."""
        return _WORDINGS[self.basis]


def project(
    history: Mapping[Month, int | float | Fraction],
    *,
    through: Month,
    year: str | None = None,
    months: int = 1,
    count: bool = True,
    since: Month | None = None,
) -> Projection | None:
    """The year-end projection that could be made when ``through`` was the last month known; later months are not read.

    ``history`` has the figure of each period by its first month; a period has ``months`` months, 1 or 3. ``year`` is
    the financial year to project, "2015/16", by default the one in which ``through`` falls; the year that begins in the
    month after ``through`` may be named too. ``count`` says that the figures count events, so that chance sets a least
    width. ``since`` is the month from which the current level holds, after the last step change. None comes back when a
    period of the year to date is missing, when ``year`` lies further ahead, and when there is no level to go by.
    Raises ValueError for a figure below zero or not finite, for other lengths, for a period that does not begin a month
    or a quarter of the financial year, and for a year that is not spelt like "2015/16".
    """
    if months not in LENGTHS:
        raise ValueError(f"periods of {months} months cannot be put together to a part of a year")
    per_year = 12 // months
    begins = _begins(year or financial_year(through.first_day)) // months
    last = min((month_number(through) + 1) // months - 1, begins + per_year - 1)
    by_number = _checked(history, months, last)
    figures = Figures.of(by_number, last=last, elapsed=last - begins + 1, per_year=per_year)
    name = financial_year(first_month(begins, months).first_day)
    known = first_month(last + 1, months).plus(-1)
    to_date = figures.before(last) if figures.elapsed >= 0 else None
    if to_date is None:
        return None
    if not figures.remaining:
        return Projection(name, known, to_date, to_date, to_date, to_date, Basis.COMPLETE)
    by_past = _from_past_years(figures)
    found = by_past or from_current_level(figures, None if since is None else month_number(since) // months)
    if found is None:
        return None
    spread = Z * math.sqrt(found.point) if count else 0.0
    low, high = min(found.low, found.point - spread), max(found.high, found.point + spread)
    return Projection(
        year=name,
        through=known,
        to_date=to_date,
        point=to_date + found.point,
        low=to_date + max(low, 0.0),
        high=to_date + high,
        basis=Basis.PAST_YEARS if by_past else Basis.CURRENT_LEVEL,
    )


def _from_past_years(figures: Figures) -> Rest | None:
    """The rest of the year by the pattern of past years; None where they cannot tell it, or not how far it may lie."""
    point, errors = _foreseen(figures, figures.last), _errors(figures)
    known = [error for error in errors if math.isfinite(error)]
    zeros = len(errors) - len(known)
    if not point or not _has_past_year(figures) or len(errors) < LEAST_ORIGINS or zeros > (1 - COVERAGE) * len(errors):
        return None
    # A rest of zero has no logarithm: its error counts as the worst of those that have one.
    error = MEAN_DISTANCES * (math.fsum(known) + zeros * max(known)) / len(errors)
    return Rest(point, point * math.exp(-error), point * math.exp(error))


def _has_past_year(figures: Figures) -> bool:
    """Whether one of the years before is known for the same periods."""
    origins = (figures.last - figures.per_year * back for back in range(1, PAST_YEARS + 1))
    within = takewhile(figures.reaches, origins)
    return any(figures.before(each) is not None and figures.after(each) is not None for each in within)


def _foreseen(figures: Figures, origin: int) -> float | None:
    """What the past years foresee for the rest of the year of ``origin``: None, or 0, where they foresee nothing.

    The geometric mean of the views by the year to date, the last twelve months and the last three; one that is zero so
    far, or has no past year, is left out, but twelve months without such a year are taken to go on in twelfths.
    """
    pasts = (origin - figures.per_year * back for back in range(1, PAST_YEARS + 1))
    rests = [(past, rest) for past in pasts if (rest := figures.after(past)) is not None]
    by_year = _view(figures, origin, figures.elapsed, rests)
    by_quarter = _view(figures, origin, figures.per_year // 4, rests)
    by_twelve_months = _view(figures, origin, figures.per_year, rests)
    if by_twelve_months is None:
        recent = figures.total(origin - figures.per_year + 1, figures.per_year)
        by_twelve_months = recent * figures.remaining / figures.per_year if recent else None
    views = [view for view in (by_year, by_twelve_months, by_quarter) if view is not None]
    return math.prod(views) ** (1 / len(views)) if views else None


def _view(figures: Figures, origin: int, window: int, rests: Sequence[tuple[int, float]]) -> float | None:
    """The periods of a window up to ``origin``, times the rest ÷ that window over the past years of these ``rests``."""
    now = figures.total(origin - window + 1, window)
    if not now:
        return None
    known = [(led, rest) for past, rest in rests if (led := figures.total(past - window + 1, window)) is not None]
    before = math.fsum(led for led, _ in known)
    return now * math.fsum(rest for _, rest in known) / before if before else None


def _errors(figures: Figures) -> list[float]:
    """The absolute log errors at the rolling origins, infinite where the rest was zero; a gap leaves an origin out."""
    errors: list[float] = []
    latest = figures.last - figures.remaining
    for origin in range(latest, latest - ORIGIN_YEARS * figures.per_year, -1):
        if not figures.reaches(origin - figures.per_year):
            break
        after = figures.after(origin)
        foreseen = _foreseen(figures, origin)
        if after is not None and foreseen:
            errors.append(abs(math.log(after / foreseen)) if after else math.inf)
    return errors


def _begins(year: str) -> int:
    """The number of the April in which a financial year spelt "2015/16" begins."""
    start = year.partition("/")[0]
    april = Month(int(start), 4) if start.isdecimal() and len(start) == 4 else None
    if april is None or financial_year(april.first_day) != year:
        raise ValueError(f'"{year}" is no financial year: write it like "2015/16"')
    return month_number(april)


def _checked(history: Mapping[Month, int | float | Fraction], months: int, last: int) -> dict[int, float]:
    """The figures up to the last period known as floats, by number of the period."""
    figures: dict[int, float] = {}
    for month, figure in history.items():
        number, rest = divmod(month_number(month), months)
        if rest:
            raise ValueError(f"{month} does not begin a quarter of the financial year")
        if number <= last:
            figures[number] = float(figure)
            if not 0 <= figures[number] < math.inf:
                raise ValueError(f"a projection needs figures of zero or more, not {float(figure):g}")
    return figures
