"""What the heading of a column or row says: a month, a quarter, a year, or that it is a total."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from papergen.data.wide.cells import SheetCell, words
from papergen.values.period_names import parse_day, parse_month, parse_quarter, parse_year
from papergen.values.periods import Period, month_of, months_period

ISO_MONTH = re.compile(r"\d{4}-\d{2}")
_YEARS = range(1990, 2100)
_PROVISIONAL = re.compile(r"\s*(?:\*+|†+|[¹²³]|[(\[](?:p|r|provisional|revised|\d)[)\]])$", re.IGNORECASE)
_TOTAL_WORD = re.compile(r"\b(?:grand|sub)?[ -]?(?:totals?)\b:?", re.IGNORECASE)
_OTHER_TOTALS = frozenset({"all", "all areas", "all months", "overall", "sum", "force", "force-wide", "forcewide"})


@dataclass(frozen=True, slots=True)
class PeriodHeading:
    """The month, quarter or year that a heading names, and the day where one in mid-month was given."""

    period: Period
    odd_day: date | None = None


def written(period: Period) -> str:
    """A period as tidy files write it: ``"2015-04"``, ``"2015/16 Q3"``."""
    return f"{period.starts:%Y-%m}" if period.length == 1 else period.name


def heading(value: SheetCell) -> PeriodHeading | None:
    """What a heading names, or None when it is no period; a number may be 201504, 20150401 or Excel's for a first."""
    if isinstance(value, datetime):
        return _of_day(value.date())
    if isinstance(value, date):
        return _of_day(value)
    # Most cells are counts and names; they are passed over at once.
    if isinstance(value, bool | time | timedelta) or not (isinstance(value, str) or value >= _YEARS[0]):
        return None
    text = words(value)
    if len(text) > 60 or not any(map(str.isdecimal, text)):
        return None
    text = _PROVISIONAL.sub("", text)
    is_month = ISO_MONTH.fullmatch(text) and parse_month(text)
    found: PeriodHeading | None = None
    if not is_month and (period := parse_quarter(text) or parse_year(text)):
        found = PeriodHeading(period)
    elif day := parse_day(text):
        # Any other number of five digits is more likely a count.
        found = _of_day(day) if day.day == 1 or len(text) != 5 else None
    elif month := parse_month(text):
        found = PeriodHeading(months_period(month, month))
    return found if found and found.period.starts.year in _YEARS else None


def _of_day(day: date) -> PeriodHeading:
    month = month_of(day)
    return PeriodHeading(months_period(month, month), day if day not in (month.first_day, month.last_day) else None)


def is_month_or_quarter(value: SheetCell) -> bool:
    """Whether a cell names a month or quarter; a count such as 201504 may do so by chance."""
    found = heading(value)
    return found is not None and found.period.length < 12


def is_surely_period(value: SheetCell) -> bool:
    """Whether a cell is a month or quarter and could hardly be a count: a date, a text such as Apr-15, or 20150401."""
    text = words(value)
    return is_month_or_quarter(value) and not (text.isdecimal() and len(text) < 8)


def is_total(text: str) -> bool:
    """Whether a name is that of a total: ``"Grand total"``, ``"Total 2015/16"``, ``"All areas"``."""
    return text.casefold().strip(" :") in _OTHER_TOTALS or _TOTAL_WORD.search(text) is not None


def beside_total(text: str) -> str:
    """What a total is of: ``"2015/16"`` for ``"Total 2015/16"``; empty for ``"Grand total"``."""
    if text.casefold().strip(" :") in _OTHER_TOTALS:
        return ""
    return " ".join(_TOTAL_WORD.sub(" ", text).split())
