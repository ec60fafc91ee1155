"""The periods of a series on its axis and in words: months, quarters and years by the names that its data give them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from papergen.values.chrome import Chrome, chrome
from papergen.values.periods import BY_MONTHS, CALENDAR, MONTHS, Period, financial_year

_WORDS = {1: "month", 3: "quarter", 6: "half-year", 12: "year"}


def period_word(period: Period) -> str:
    """What one observation is of: ``"month"``, ``"quarter"``, ``"year"``, ``"week"``, ``"day"`` or ``"period"``."""
    if period.days in (1, 7):
        return "day" if period.days == 1 else "week"
    return _WORDS.get(period.length, "period") if period.is_months else "period"


def short_month(period: Period, words: Chrome | None = None) -> str:
    """``"Dec 2015"``."""
    return f"{(words or chrome()).months_short[period.starts.month - 1]} {period.starts.year}"


def short_name(period: Period) -> str:
    """``"2015/16 Q3"``, ``"Dec 2015"``, ``"Jul–Dec 2015"`` or ``"Nov 2014–Oct 2015"``."""
    if not period.is_months or period.name != period.months:
        return period.name
    if period.length == 1:
        return short_month(period)
    first, last = period.starts, period.ends
    start = MONTHS[first.month - 1][:3] if first.year == last.year else short_month(period)
    return f"{start}–{MONTHS[last.month - 1][:3]} {last.year}"


def are_long(periods: Sequence[Period]) -> bool:
    """Whether all the periods are quarters or longer, so that the axis names them and not months."""
    return all(each.is_months and each.length > 1 for each in periods)


def label_expression(periods: Sequence[Period]) -> str:
    """The names of periods below their places on the axis, in two lines, as Vega works them out from the day."""
    lines: dict[str, list[str]] = {}
    last = ""
    for period in periods:
        part, year = _lines(period)
        lines[period.starts.isoformat()] = [part, year] if part and year != last else [part or year]
        last = year
    return f"({json.dumps(lines, ensure_ascii=False)})[utcFormat(datum.value, '%Y-%m-%d')]"


def _lines(period: Period) -> tuple[str, str]:
    """The part of the year and the year: ``("Q3", "2015/16")``, ``("Apr–Sep", "2015")``, ``("", "2015/16")``."""
    if period.is_years:
        first_year, _, last_year = period.name.partition(" to ")
        return (first_year, f"to {last_year}") if last_year else ("", period.name)
    first, last = (MONTHS[day.month - 1][:3] for day in (period.starts, period.ends))
    if period.is_quarter and period.year_from != BY_MONTHS:
        quarter = (period.starts.month - period.year_from) % 12 // 3 + 1
        is_calendar = period.year_from == CALENDAR
        return f"Q{quarter}", str(period.starts.year) if is_calendar else financial_year(period.starts)
    if period.length < 12:
        return f"{first}–{last}", str(period.ends.year)
    return f"{period.length} months", f"to {last} {period.ends.year}"
