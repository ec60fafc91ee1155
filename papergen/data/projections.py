"""Year-end projections of a monthly series: numbers in, a range out.

The rule, from the year's ``elapsed`` months and its ``remaining`` ones:

1. Point: the year to date, and for the rest the year to date times the mean, over up to three past years, of remaining
   months divided by the same elapsed months.
2. Range: the rest times exp(± q), where q is the 80th percentile of the method's own absolute log errors over up to 48
   rolling origins. An origin is an earlier month that is made to play the part of the last month known: the months
   before it, as many as have passed of this year, are its year to date, and the months after it, as many as remain of
   this year, are its rest. Every origin thus looks as far ahead as the projection itself, whatever the month of the
   year; it uses nothing later than itself, and its rest was over by the last month known.
3. With no past year, or fewer than 12 origins: the rest is the current mean times the remaining months,
   ± 1.28 × (mean moving range ÷ 1.128) × √months.
4. A count's range is never narrower than ± 1.28 × √(projected rest), what chance alone gives a count.

``docs/projections.md`` explains it to analysts and gives the coverage measured.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import pairwise

from papergen.values.periods import Month, financial_year

PAST_YEARS = 3
MOST_ORIGINS = 48
LEAST_ORIGINS = 12
LEVEL_MONTHS = 24
COVERAGE = 0.8
"""The share of years whose total a range is meant to hold."""
Z = 1.28
"""Standard errors either side of the middle that hold 80% of a normal distribution."""
D2 = 1.128
"""Mean moving range of normal observations in standard deviations, as in the limits of an XmR chart."""


class Basis(Enum):
    """What a projection rests on."""

    PAST_YEARS = "past years"
    CURRENT_LEVEL = "current level"
    COMPLETE = "complete"


_WORDINGS = {
    Basis.PAST_YEARS: "if the rest of the year follows the pattern of past years",
    Basis.CURRENT_LEVEL: "if the current level holds",
    Basis.COMPLETE: "the year is complete",
}


@dataclass(frozen=True, slots=True)
class Projection:
    """A financial year's total as foreseen after the month ``through``, in the unit of the series and not rounded.

    ``low`` to ``high`` is meant to hold the year's total 80 times in 100; at the current level it holds it less often.
    ``past_years`` and ``origins`` count the past years behind the point and the earlier projections behind the range;
    both are 0 on any other basis. ``notes`` are plain sentences about this projection, in the order of the method.
    """

    year: str
    through: Month
    to_date: float
    point: float
    low: float
    high: float
    basis: Basis
    past_years: int
    origins: int
    floor_applied: bool
    notes: tuple[str, ...]

    @property
    def wording(self) -> str:
        """The condition the figures stand under, to follow them in a sentence."""
        return _WORDINGS[self.basis]


@dataclass(frozen=True, slots=True)
class _Rest:
    """What is foreseen for the remaining months."""

    point: float
    low: float
    high: float
    basis: Basis
    notes: tuple[str, ...]
    past_years: int = 0
    origins: int = 0


@dataclass(frozen=True, slots=True)
class _Figures:
    """The months known so far, numbered 12 × year + month − 1, and the months over and to come of the year."""

    by_month: Mapping[int, float]
    first: int
    last: int
    elapsed: int

    @property
    def remaining(self) -> int:
        return 12 - self.elapsed

    def total(self, first: int, months: int) -> float | None:
        """The sum of so many months, or None where one is missing."""
        found = [self.by_month.get(month) for month in range(first, first + months)]
        known = [figure for figure in found if figure is not None]
        return math.fsum(known) if len(known) == months else None

    def before(self, origin: int) -> float | None:
        """The total of the elapsed months up to ``origin``."""
        return self.total(origin - self.elapsed + 1, self.elapsed)

    def after(self, origin: int) -> float | None:
        """The total of the remaining months that follow ``origin``."""
        return self.total(origin + 1, self.remaining)

    def reaches(self, origin: int) -> bool:
        """Whether the series had begun when the year of ``origin`` did."""
        return origin - self.elapsed + 1 >= self.first


def project(
    history: Mapping[Month, int | float | Fraction],
    *,
    through: Month,
    year: str | None = None,
    count: bool = True,
    group_mean: float | None = None,
    mean_moving_range: float | None = None,
) -> Projection | None:
    """The year-end projection that could be made when ``through`` was the last month known; later months are not read.

    ``year`` is the financial year to project, "2015/16", by default the one in which ``through`` falls; the year that
    begins in the month after ``through`` may be named too. ``count`` says that the figures count events, so that chance
    sets a least width. ``group_mean`` and ``mean_moving_range`` come from the measure's control limits, a month's worth
    each; where one is not given it is worked out from the last 24 months, without screening. None comes back when a
    month of the year to date is missing, when ``year`` lies further ahead, and when there is no level to go by.
    Raises ValueError for a figure below zero or not finite, and for a year that is not spelt like "2015/16".
    """
    april = _april_of(year or financial_year(through.first_day))
    last = min(_number(through), april + 11)
    by_month = _checked(history, last, (group_mean, mean_moving_range))
    figures = _Figures(by_month, min(by_month, default=last), last, elapsed=last - april + 1)
    name = financial_year(_month(april).first_day)
    to_date = figures.before(last) if figures.elapsed >= 0 else None
    if to_date is None:
        return None
    if not figures.remaining:
        over = f"{name} is complete: the figure is its total, not a projection."
        return Projection(name, _month(last), to_date, to_date, to_date, to_date, Basis.COMPLETE, 0, 0, False, (over,))
    from_past = _from_past_years(figures, name, to_date)
    rest: _Rest | None
    if isinstance(from_past, _Rest):
        rest = from_past
    else:
        rest = _from_current_level(figures, from_past, group_mean, mean_moving_range)
    if rest is None:
        return None
    spread = Z * math.sqrt(rest.point) if count else 0.0
    low, high = min(rest.low, rest.point - spread), max(rest.high, rest.point + spread)
    widened = low < rest.low or high > rest.high
    notes = rest.notes
    if widened:
        notes += (
            "The range is widened to what chance alone gives a count: "
            "± 1.28 × √ of the count foreseen for the remaining months.",
        )
    if low < 0:
        notes += ("The range stops at the year to date: no month can fall below zero.",)
    return Projection(
        year=name,
        through=_month(last),
        to_date=to_date,
        point=to_date + rest.point,
        low=to_date + max(low, 0.0),
        high=to_date + high,
        basis=rest.basis,
        past_years=rest.past_years,
        origins=rest.origins,
        floor_applied=widened,
        notes=notes,
    )


def _from_past_years(figures: _Figures, year: str, to_date: float) -> _Rest | tuple[str, ...]:
    """The rest of the year by the pattern of past years, or the sentences that say why they cannot tell."""
    if not figures.elapsed:
        return (f"No month of {year} is over yet.",)
    if not to_date:
        return (f"The figure for {year} is still zero, so that past years cannot be scaled to it.",)
    notes: list[str] = []
    ratios = _ratios(figures, figures.last, notes)
    if not ratios:
        return (*notes, "There is no past year to go by.")
    point = to_date * _mean(ratios)
    if not point:
        return (*notes, "The remaining months were zero in every past year, which gives no range.")
    errors, left_out = _errors(figures)
    if left_out:
        notes.append(f"{_counted(left_out, 'earlier month')} could not be checked, for a gap in the history or a zero.")
    if len(errors) < LEAST_ORIGINS:
        checked = _counted(len(errors), "earlier projection")
        return (*notes, f"The history is long enough to check {checked}, and a range needs {LEAST_ORIGINS}.")
    error = percentile(errors, COVERAGE)
    if math.isinf(error):
        return (*notes, "Too many earlier projections met remaining months of zero to give a range.")
    if zeros := sum(map(math.isinf, errors)):
        rank = "ranks" if zeros == 1 else "rank"
        notes.append(f"{_counted(zeros, 'earlier projection')} met remaining months of zero and {rank} as the worst.")
    notes.insert(
        0,
        f"The rest of the year follows {_counted(len(ratios), 'past year')}; the range comes from the errors of "
        f"{_counted(len(errors), 'earlier projection')} as far ahead.",
    )
    low, high = point * math.exp(-error), point * math.exp(error)
    return _Rest(point, low, high, Basis.PAST_YEARS, tuple(notes), len(ratios), len(errors))


def _ratios(figures: _Figures, origin: int, notes: list[str] | None = None) -> list[float]:
    """Remaining months ÷ elapsed months in the years before the year of ``origin``; a year left out is noted."""
    ratios = []
    for back in range(1, PAST_YEARS + 1):
        past = origin - 12 * back
        if not figures.reaches(past):
            break
        before, after = figures.before(past), figures.after(past)
        if before and after is not None:
            ratios.append(after / before)
        elif notes is not None:
            why = "a month of it is missing" if before is None or after is None else "the same months were zero"
            notes.append(f"{financial_year(_month(past).first_day)} is left out: {why}.")
    return ratios


def _errors(figures: _Figures) -> tuple[list[float], int]:
    """The absolute log errors at the rolling origins, infinite where the rest was zero, and the origins left out."""
    errors: list[float] = []
    left_out = 0
    latest = figures.last - figures.remaining
    for origin in range(latest, latest - MOST_ORIGINS, -1):
        if not figures.reaches(origin - 12):
            break
        before, after = figures.before(origin), figures.after(origin)
        foreseen = before * _mean(ratios) if before and (ratios := _ratios(figures, origin)) else 0.0
        if after is None or not foreseen:
            left_out += 1
        else:
            errors.append(abs(math.log(after / foreseen)) if after else math.inf)
    return errors, left_out


def _from_current_level(
    figures: _Figures, reasons: tuple[str, ...], group_mean: float | None, mean_moving_range: float | None
) -> _Rest | None:
    """The rest of the year at the current level, or None where no month tells the level."""
    recent: list[float] = []
    while len(recent) < LEVEL_MONTHS and (figure := figures.by_month.get(figures.last - len(recent))) is not None:
        recent.append(figure)
    if not recent and group_mean is None:
        return None
    level = _mean(recent) if group_mean is None else group_mean
    ranges = [abs(later - earlier) for later, earlier in pairwise(recent)]
    swing = mean_moving_range if mean_moving_range is not None else _mean(ranges)
    point = level * figures.remaining
    spread = Z * swing / D2 * math.sqrt(figures.remaining)
    which = _which(figures, len(recent))
    control = "the current group of the control limits"
    notes = (*reasons, f"The level is the mean of {control if group_mean is not None else which}.")
    if mean_moving_range is not None or ranges:
        notes += (f"The moving range is that of {control if mean_moving_range is not None else which}.",)
    else:
        notes += ("No two months follow each other, so that swings from month to month are not allowed for.",)
    notes += ("The range allows for swings from month to month, not for seasons or a level that moves.",)
    if not point:
        notes += ("The current level is zero, so that nothing is foreseen for the rest of the year.",)
    return _Rest(point, point - spread, point + spread, Basis.CURRENT_LEVEL, notes)


def _which(figures: _Figures, months: int) -> str:
    """The months that the current level was worked out from, in words."""
    counted = _counted(months, "month")
    if months == LEVEL_MONTHS:
        return f"the last {counted}"
    return f"the {counted} since the gap" if months < len(figures.by_month) else f"all {counted} there are"


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` (0–1) of ``values`` lie, interpolated as Excel's PERCENTILE.INC does."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    part = place - below
    if part < 1e-9 or math.isinf(ordered[below]):
        return ordered[below]
    return ordered[below] + part * (ordered[below + 1] - ordered[below])


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values) if values else 0.0


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _number(month: Month) -> int:
    return 12 * month.year + month.month - 1


def _month(number: int) -> Month:
    return Month(number // 12, number % 12 + 1)


def _april_of(year: str) -> int:
    """The number of the April in which a financial year spelt "2015/16" begins."""
    start = year.partition("/")[0]
    april = Month(int(start), 4) if start.isdecimal() and len(start) == 4 else None
    if april is None or financial_year(april.first_day) != year:
        raise ValueError(f'"{year}" is no financial year: write it like "2015/16"')
    return _number(april)


def _checked(
    history: Mapping[Month, int | float | Fraction], last: int, others: Sequence[float | None]
) -> dict[int, float]:
    """The figures up to the last month known as floats, by number of the month."""
    figures = {_number(month): float(figure) for month, figure in history.items() if _number(month) <= last}
    for figure in (*figures.values(), *(other for other in others if other is not None)):
        if not 0 <= figure < math.inf:
            raise ValueError(f"A projection needs figures of zero or more, not {figure:g}")
    return figures
