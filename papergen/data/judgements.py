"""The short stated rule that turns an analysis into the words of the summary table."""

from __future__ import annotations

from dataclasses import dataclass

from papergen.data.analysis import Analysis
from papergen.data.control_limits import RUN, SHORT, SpecialCause, Verdict, verdict_on
from papergen.data.rare import LEAST_EVENTS
from papergen.values.periods import Period, month_of
from papergen.values.quantities import Kind

_VOLUMES = frozenset({Kind.COUNT, Kind.PEOPLE})

_WORDS = {
    SpecialCause.ABOVE_LIMIT: ("Increased volumes", "Higher than usual"),
    SpecialCause.NEAR_UPPER: ("Increased volumes", "Higher than usual"),
    SpecialCause.RUN_ABOVE: ("Increased volumes", "Higher for some time"),
    SpecialCause.RISING: ("Rising volumes", "Rising"),
    SpecialCause.BELOW_LIMIT: ("Reduced volumes", "Lower than usual"),
    SpecialCause.NEAR_LOWER: ("Reduced volumes", "Lower than usual"),
    SpecialCause.RUN_BELOW: ("Reduced volumes", "Lower for some time"),
    SpecialCause.FALLING: ("Falling volumes", "Falling"),
    SpecialCause.CLOSE: ("Increased volumes", "Higher than usual"),
    SpecialCause.APART: ("Reduced volumes", "Lower than usual"),
}
NO_CHANGE = "No significant change"
TOO_FEW = "Too few to judge"
NEW_LEVEL = "Stable at a new level"


@dataclass(frozen=True, slots=True)
class PeriodJudgement:
    """What the data say of a reporting period: the words, the rule that gave them, and whether it is good news.

    ``way`` is 1 for what goes up, -1 for what goes down, ``by_season`` alone or not, 0 for no change, and None where
    there is too little to judge.
    """

    words: str
    reason: str
    verdict: Verdict = Verdict.COMMON
    way: int | None = 0
    by_season: bool = False


def judge(analysis: Analysis, period: Period) -> PeriodJudgement:
    """The judgement on ``period``, or on as many months up to the end of data that stop before it begins.

    1. Fewer than 13 points in the current group: too few months (or quarters, years) to judge, unless it begins with a
       step change within the last twelve months.  Then a point of the period that is special cause gives the words, as
       in 2, and else it is stable at a new level.
    2. The last point of the period that is special cause gives the words.
    3. Fewer than 5 events in the current group of a rare count: too few to judge.
    4. A seasonal measure whose last seven months or more all lie below (above) the same months of earlier years goes on
       falling (rising), although each month keeps its distance.
    5. Otherwise there is no significant change.
    """
    points = analysis.chart.points
    inside = analysis.within(judged_period(analysis, period))
    special = [index for index in inside if points[index].special is not SpecialCause.NONE]
    group = analysis.chart.groups[-1]
    run = _seasonal_run(analysis)
    count, stepped = group.end - group.start, _steps_within_a_year(analysis)
    if count < SHORT and not stepped:
        words = f"Too few {_noun(analysis)} to judge"
        return PeriodJudgement(words, f"The current level has {count} points.", way=None)
    if special:
        point = points[special[-1]]
        month = analysis.observations[special[-1]].period.name
        words = _WORDS[point.special][0 if _is_volume(analysis) else 1]
        reason, way = f"{month}: {point.special.value}.", 1 if point.special.is_high else -1
        return PeriodJudgement(words, reason, point.verdict, way)
    if count < SHORT:
        begins = analysis.observations[group.start].period.name
        return PeriodJudgement(NEW_LEVEL, f"Nothing special since the step change of {begins}.")
    if (
        analysis.rare
        and (events := round(sum(point.value for point in points[group.start : group.end]))) < LEAST_EVENTS
    ):
        return PeriodJudgement(TOO_FEW, f"The current level rests on {events} in {count} {_noun(analysis)}.", way=None)
    if abs(run) >= RUN:
        noun = _noun(analysis)
        words, side, way = ("Continued rise", "above", 1) if run > 0 else ("Continued decline", "below", -1)
        cause = SpecialCause.RUN_ABOVE if run > 0 else SpecialCause.RUN_BELOW
        reason = f"The last {abs(run)} {noun} are {side} the same {noun} of earlier years."
        volumes = " in volumes" if _is_volume(analysis) else ""
        return PeriodJudgement(
            f"{words}{volumes}", reason, verdict_on(cause, analysis.series.settings.good), way, by_season=True
        )
    return PeriodJudgement(NO_CHANGE, "No point of the period is special cause.")


def judged_period(analysis: Analysis, period: Period) -> Period:
    """The reporting period; or, where no point lies in it, as many months up to the end of the data."""
    last = analysis.observations[-1].period
    if analysis.within(period) or not last.is_months:
        return period
    months = max(period.length, last.length)
    return Period(last.back(months - last.length).starts, last.ends)


def _steps_within_a_year(analysis: Analysis) -> bool:
    """Whether the current group begins with a step change in the twelve months up to the end of data."""
    if len(analysis.chart.groups) == 1:
        return False
    begins = analysis.observations[analysis.chart.groups[-1].start].period.starts
    return month_of(begins).plus(12) > month_of(analysis.observations[-1].period.ends)


def _noun(analysis: Analysis) -> str:
    """The months, quarters or years that are judged."""
    period = analysis.observations[-1].period
    if not period.is_months:
        return {1: "days", 7: "weeks"}.get(period.days, "points")
    return {1: "months", 3: "quarters", 6: "half-years", 12: "years"}.get(period.length, "points")


def _seasonal_run(analysis: Analysis) -> int:
    """How many months at the end lie on one side of the same months of earlier years: above counts up, below down."""
    run = 0
    if analysis.seasonal:
        for point in reversed(analysis.chart.points):
            side = (point.value > 1) - (point.value < 1)
            if not side or side * run < 0:
                break
            run += side
    return run


def _is_volume(analysis: Analysis) -> bool:
    settings = analysis.series.settings
    return settings.kind in _VOLUMES and settings.of is None
