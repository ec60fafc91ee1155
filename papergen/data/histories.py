"""A count's past by months or quarters, as projections need it, from data of any period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise

from papergen.data.series import WEEK, Observation, Series
from papergen.values.facts import FactError
from papergen.values.periods import Month, month_of, months_period

LEAST_WEEKS = 8
"""Days with a row that must each lie a week after the one before to be taken for a count by the week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Figures by the first month of their period, each of ``months`` months (1 or 3), whole up to ``through``."""

    figures: Mapping[Month, Fraction]
    months: int
    through: Month


def history_of(series: Series) -> History:
    """The history of a count; days are added up to whole months, in which a day without a row had none.

    Of weeks given by a day each has a seventh: months would differ by a week where those that begin in them were added.

    Raises ``FactError`` for days that make up no whole month, and for a count by another period than a day, a month or
    a quarter.
    """
    last = series.last.period
    observations = by_month(series, shared=True) if last.days == 1 else series.observations
    if not observations:
        raise FactError(f"“{series.measure}” has no whole month of data.", "A projection goes by whole months.")
    last = observations[-1].period
    if last.length not in (1, 3) or not last.is_months:
        raise FactError(
            f"“{series.measure}” is counted by periods as long as {last.name}, which make up no part of a year that"
            " could be projected.",
            "Only what is counted by the day, month or quarter has a projection; weeks have one where a column “date”"
            " has the day on which each begins.",
        )
    figures = {month_of(each.period.starts): each.value for each in observations}
    return History(figures=figures, months=last.length, through=month_of(last.ends))


def by_month(series: Series, *, shared: bool = False) -> tuple[Observation, ...]:
    """A count by the day or the week as one by the month, over the whole months of its data, if there are any.

    A week counts in the month in which it begins, or is ``shared`` out among the months of its days.
    """
    days = [each.period.starts for each in series.observations]
    apart = {later - earlier for earlier, later in pairwise(days)}
    are_weeks = len(days) >= LEAST_WEEKS and apart == {timedelta(days=WEEK)}
    width = WEEK if are_weeks else series.last.period.days
    ends = max(series.ends, days[-1] + timedelta(days=width - 1))
    first = month_of(days[0]) if days[0].day <= width else month_of(days[0]).plus(1)
    through = month_of(ends) if ends == month_of(ends).last_day else month_of(ends).plus(-1)
    lines: dict[Month, list[int]] = {}
    values: dict[Month, Fraction] = {}
    month = first
    while month <= through:
        values[month], lines[month] = Fraction(), []
        month = month.plus(1)
    parts = width if shared else 1
    for each in series.observations:
        for later in range(parts):
            if (month := month_of(each.period.starts + timedelta(days=later))) in values:
                values[month] += each.value / parts
                lines[month] += each.lines
    return tuple(
        Observation(months_period(month, month), value, None, tuple(sorted(set(lines[month]))))
        for month, value in values.items()
    )
