"""A measure's series judged by control limits, with its steps, its starting month and its season."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from papergen.data.control_limits import ControlChart, Real, control_limits, seasonal_ratios
from papergen.data.histories import by_month
from papergen.data.rare import RARE_BELOW, is_rare, judged_as_rare
from papergen.data.series import WEEK, Observation, Series, is_whole
from papergen.data.targets import target_of
from papergen.values.facts import FactError
from papergen.values.periods import Period, month_of
from papergen.values.quantities import total

MOST_SEASON = 6
"""The months of the longest period that can follow the season."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """The observations that are judged, and the judgement of each.

    Counts by the day, and those by the week of fewer than two a week, are judged by the month. ``rare`` says that the
    last group has so few events that it is judged by how close together and how far apart they come.
    A seasonal measure is judged on each month divided by the mean of that month in up to three earlier years; the
    values, limits and means of ``chart`` are then such ratios, and months without an earlier year are left out.
    """

    series: Series
    observations: tuple[Observation, ...]
    chart: ControlChart
    seasonal: bool
    rare: bool = False

    def group_of(self, index: int) -> list[Observation]:
        """The baseline observations of a group: those that its mean rests on."""
        group = self.chart.groups[index]
        return list(self.observations[group.start : group.start + group.baseline])

    def within(self, period: Period) -> list[int]:
        """The indices of the points that lie in ``period``."""
        return [index for index, each in enumerate(self.observations) if period.holds(each.period)]


def analyse(series: Series) -> Analysis:
    """The control limits of ``series``; raises ``FactError`` where there is nothing to judge."""
    return series.once("analysis", _analysed)


def _analysed(series: Series) -> Analysis:
    settings = series.settings
    if any(later.period.starts <= before.period.ends for before, later in pairwise(series.observations)):
        raise FactError(
            f"The periods of “{series.measure}” overlap, so that each number holds part of the one before.",
            "Control limits need numbers that do not: show it as a comparison chart.",
        )
    observations = judged_observations(series)
    if settings.starts is not None:
        observations = tuple(each for each in observations if each.period.starts >= settings.starts.starts)
    values: list[Real] = [series.number(each) for each in observations]
    if settings.seasonal:
        ratios = _ratios(series)
        observations = tuple(each for each in observations if each.period in ratios)
        values = [ratios[each.period] for each in observations]
    if not observations:
        raise FactError(
            f"“{series.measure}” has nothing that control limits could be drawn from.",
            "A seasonal measure needs at least one earlier year." if settings.seasonal else f"Look into {series.file}.",
        )
    begins = [each.period.starts for each in observations]
    steps = [begins.index(step.starts.starts) for step in settings.steps if step.starts.starts in begins[1:]]
    target = target_of(series, observations[-1].period)
    chart = control_limits(
        values,
        good=settings.good,
        steps=steps,
        baseline=settings.baseline,
        screen=settings.screen,
        target=None if target is None or settings.seasonal else target.value,
    )
    is_counted = is_whole(settings) and all(value >= 0 for value in values)
    if not is_counted or settings.seasonal or not observations[-1].period.is_months:
        return Analysis(series, observations, chart, settings.seasonal)
    chart = judged_as_rare(chart, settings.good)
    return Analysis(series, observations, chart, seasonal=False, rare=is_rare(chart.groups[-1]))


def judged_observations(series: Series) -> tuple[Observation, ...]:
    """What is judged of a series: its observations, or their months.

    A quarter has 92 days or 13 weeks to look at: of 100 in which nothing changed 66 to 100 had a day that was marked,
    and 26 to 100 a week, where there are fewer than two a week.
    """
    observations = series.observations
    if not observations or not is_whole(series.settings):
        return observations
    days = series.last.period.days
    if days == 1 or (days == WEEK and total(each.value for each in observations) < RARE_BELOW * len(observations)):
        return by_month(series)
    return observations


def _ratios(series: Series) -> dict[Period, float]:
    """Each month divided by the mean of the same month in up to three earlier years, by its period."""
    if not series.last.period.is_months or series.last.period.length > MOST_SEASON:
        raise FactError(
            f"“{series.measure}” is not counted by the month, quarter or half-year, so it has no season.",
            "Leave “seasonal” out of content/measures.yaml.",
        )
    by_month = {month_of(each.period.starts): each for each in series.observations}
    ratios = seasonal_ratios({month: series.number(each) for month, each in by_month.items()})
    return {by_month[month].period: ratio for month, ratio in ratios.items()}
