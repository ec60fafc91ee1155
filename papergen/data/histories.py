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
    """The history of a count; days and weeks are added up to whole months, in which a day without a row had none.

    Raises ``FactError`` for a count by the year, which says nothing of a year before its end, and for days that make up
    no whole month.
    """
    last = series.last.period
    observations = by_month(series) if last.days == 1 else series.observations
    if not observations:
        raise FactError(f"“{series.measure}” has no whole month of data.", "A projection goes by whole months.")
    last = observations[-1].period
    if last.length not in (1, 3) or not last.is_months:
        raise FactError(
            f"“{series.measure}” is counted by periods as long as {last.name}, which tell nothing of a year under way.",
            "Only what is counted by the day, week, month or quarter has a projection.",
        )
    figures = {month_of(each.period.starts): each.value for each in observations}
    return History(figures=figures, months=last.length, through=month_of(last.ends))


def by_month(series: Series) -> tuple[Observation, ...]:
    """A count by the day or the week as one by the month, over the whole months of its data, if there are any."""
    days = [each.period.starts for each in series.observations]
    apart = {later - earlier for earlier, later in pairwise(days)}
    width = timedelta(days=WEEK if len(days) >= LEAST_WEEKS and apart == {timedelta(days=WEEK)} else 1)
    ends = max(series.ends, days[-1] + width - timedelta(days=1))
    first = month_of(days[0]) if days[0].day <= width.days else month_of(days[0]).plus(1)
    through = month_of(ends) if ends == month_of(ends).last_day else month_of(ends).plus(-1)
    lines: dict[Month, list[int]] = {}
    values: dict[Month, Fraction] = {}
    month = first
    while month <= through:
        values[month], lines[month] = Fraction(), []
        month = month.plus(1)
    for each in series.observations:
        if (month := month_of(each.period.starts)) in values:
            values[month] += each.value
            lines[month] += each.lines
    return tuple(
        Observation(months_period(month, month), value, None, tuple(sorted(lines[month])))
        for month, value in values.items()
    )
