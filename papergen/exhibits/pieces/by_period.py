"""The periods of a series on its axis and in words: months, quarters and years by the names that its data give them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from papergen.values.chrome import Chrome, chrome
from papergen.values.periods import BY_MONTHS, CALENDAR, Period, financial_year, month_of, months_period

_LENGTHS = (1, 3, 6, 12)
_DAY, _WEEK, _MONTH = 0, 1, 2


def period_word(period: Period, words: Chrome | None = None, *, several: bool = False) -> str:
    """What one observation is of: ``"month"``, ``"quarter"``, ``"year"``, ``"week"``, ``"day"`` or ``"period"``."""
    words = words or chrome()
    names = words.several_periods if several else words.periods
    if period.days in (1, 7):
        return names[_DAY if period.days == 1 else _WEEK]
    is_named = period.is_months and period.length in _LENGTHS
    return names[_MONTH + _LENGTHS.index(period.length)] if is_named else names[-1]


def short_month(period: Period, words: Chrome | None = None) -> str:
    """``"Dec 2015"``."""
    return f"{(words or chrome()).months_short[period.starts.month - 1]} {period.starts.year}"


def short_name(period: Period, words: Chrome | None = None) -> str:
    """``"2015/16 Q3"``, ``"Dec 2015"``, ``"Jul–Dec 2015"`` or ``"Nov 2014–Oct 2015"``."""
    words = words or chrome()
    if not period.is_months or period.name != period.months:
        return period.name_in(words)
    if period.length == 1:
        return short_month(period, words)
    first, last = period.starts, period.ends
    start = words.months_short[first.month - 1] if first.year == last.year else short_month(period, words)
    return f"{start}–{words.months_short[last.month - 1]} {last.year}"


def are_long(periods: Sequence[Period]) -> bool:
    """Whether all the periods are quarters or longer, so that the axis names them and not months."""
    return all(each.is_months and each.length > 1 for each in periods)


def part_of_year(period: Period, words: Chrome) -> str:
    """``"Dec"``, ``"Q3"`` or ``"Apr–Sep"``."""
    return words.months_short[period.starts.month - 1] if period.length == 1 else in_two_lines(period, words)[0]


def label_expression(periods: Sequence[Period], words: Chrome) -> str:
    """The names of periods below their places on the axis, in two lines, as Vega works them out from the day."""
    lines: dict[str, list[str]] = {}
    last = ""
    for period in periods:
        part, year = in_two_lines(period, words)
        lines[period.starts.isoformat()] = [part, year] if part and year != last else [part or year]
        last = year
    return f"({json.dumps(lines, ensure_ascii=False)})[utcFormat(datum.value, '%Y-%m-%d')]"


def in_two_lines(period: Period, words: Chrome) -> tuple[str, str]:
    """The part of the year and the year: ``("Q3", "2015/16")``, ``("Apr–Sep", "2015")``, ``("", "2015/16")``."""
    if period.is_years and period.length > 12:
        month = month_of(period.ends)
        last_year = months_period(month.plus(-11), month, period.year_from)
        return period.year_name(period.starts), words.through.format(period=last_year.name_in(words))
    if period.is_years:
        return "", period.name_in(words)
    first, last = (words.months_short[day.month - 1] for day in (period.starts, period.ends))
    if period.is_quarter and period.year_from != BY_MONTHS:
        quarter = (period.starts.month - period.year_from) % 12 // 3 + 1
        is_calendar = period.year_from == CALENDAR
        return f"Q{quarter}", str(period.starts.year) if is_calendar else financial_year(period.starts)
    if period.length < 12:
        return f"{first}–{last}", str(period.ends.year)
    end = words.through.format(period=f"{last} {period.ends.year}")
    return words.months_long.format(number=period.length), end
