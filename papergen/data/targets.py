"""The target of a measure for a period, and how a number stands against it."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from fractions import Fraction

from papergen.data.series import Series
from papergen.values.periods import Period, month_of, months_period
from papergen.values.quantities import Direction, Kind, Origin, Quantity


class Rating(Enum):
    """How a number stands against its target, in the words that are printed."""

    MET = "Met"
    NEARLY_MET = "Nearly met"
    MISSED = "Missed"


def target_of(series: Series, period: Period) -> Quantity | None:
    """The target of a measure for ``period``, as a number of its kind; None where it has none.

    One that is given for that very period comes first, then that of the year or quarter that holds it, and then
    the one of all periods.  A target of what is added up is that of one observation, over several the sum of theirs; a
    part of it, such as one area, has none.
    """
    settings = series.settings.target
    if settings is None:
        return None
    adds_up = series.settings.adds_up
    if adds_up and series.is_part:
        return None
    value = settings.by.get(period)
    if value is None and adds_up:
        goals = [settings.by.get(part, settings.value) for part in _observations(series, period)]
        given = [Fraction(str(goal)) for goal in goals if goal is not None]
        whole = given and len(given) == len(goals)
        return _quantity(series, sum(given, Fraction(0)), period) if whole else None
    if value is None:
        holding = [each for each in settings.by if each.holds(period)]
        value = settings.by[min(holding, key=lambda each: each.days)] if holding else settings.value
    return None if value is None else _quantity(series, Fraction(str(value)), period)


def _observations(series: Series, period: Period) -> list[Period]:
    """The periods of the observations that make up ``period``; none where it is not made up of whole ones."""
    one = series.last.period
    if period.days == one.days:
        return [period]
    if not (one.is_months and period.is_months and period.length % one.length == 0):
        return []
    firsts = (month_of(period.starts).plus(months) for months in range(0, period.length, one.length))
    return [months_period(first, first.plus(one.length - 1)) for first in firsts]


def _quantity(series: Series, value: Fraction, period: Period) -> Quantity:
    value *= series.scale
    decimals = series.decimals
    while decimals < 2 and (value * 10**decimals).denominator != 1:
        decimals += 1
    origin = Origin(measures=(series.measure,), periods=(period,))
    return Quantity(value=value, kind=series.settings.kind, decimals=decimals, origin=origin)


def against(number: Quantity, target: Quantity) -> Quantity:
    """How far a number lies above its target, or below it: of percentages in points."""
    kind = Kind.POINTS if number.kind is Kind.PERCENTAGE else number.kind
    decimals = max(number.decimals, target.decimals)
    difference = replace(number, value=number.value - target.value, kind=kind, decimals=decimals, is_change=True)
    return replace(difference, origin=number.origin + target.origin)


def rating(number: Quantity, target: Quantity, series: Series) -> Rating:
    """Whether a target is met, missed by no more than its tolerance, or missed."""
    beyond = number.value - target.value
    settings = series.settings
    if settings.good is Direction.LOWER:
        beyond = -beyond
    tolerance = Fraction(str(settings.target.tolerance)) * series.scale if settings.target else Fraction()
    if beyond >= 0:
        return Rating.MET
    return Rating.NEARLY_MET if -beyond <= tolerance else Rating.MISSED
