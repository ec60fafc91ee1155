"""What the heading of a column or row says: a month, a quarter, a year, or that it is a total."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from papergen.data.wide.cells import SheetCell, words
from papergen.values.period_names import (
    MONTH_NUMBERS,
    parse_day,
    parse_half,
    parse_month,
    parse_quarter,
    parse_span,
    parse_week,
    parse_year,
)
from papergen.values.periods import Month, Period, month_of, months_period
from papergen.values.states import NumberState, split_state

ISO_MONTH = re.compile(r"\d{4}-\d{2}")
_YEARS = range(1990, 2100)
_NOTE = re.compile(r"\s*(?:\*+|†+|‡+|[¹²³⁴⁵⁶⁷⁸⁹]+|[(\[](?:note\s*)?\d{1,2}[)\]])$", re.IGNORECASE)
_GLUED = re.compile(r"(?P<text>.*\d)\s?(?P<mark>\d)")
_TOTAL_WORD = re.compile(r"\b(?:grand|sub)?[ -]?(?:totals?)\b:?", re.IGNORECASE)
_OTHER_TOTALS = frozenset({"all", "all areas", "all months", "overall", "sum", "force", "force-wide", "forcewide"})
_QUARTER_ALONE = re.compile(r"Q(?:uarter)?\s*([1-4])", re.IGNORECASE)
_MONTHS_ALONE = re.compile(r"([A-Za-z]{3,9})\.?(?:\s*(?:-|–|to)\s*([A-Za-z]{3,9})\.?)?")
_YEAR_OR_NOT = re.compile(r"Q(?:uarter)?\s*[1-4][ ,]*\d{4}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PeriodHeading:
    """The month, quarter or year that a heading names, and the day where one in mid-month was given.

    ``is_sure`` is false of a number alone, which could as well be a count; ``state`` is that of all numbers under it.
    """

    period: Period
    odd_day: date | None = None
    is_sure: bool = True
    state: NumberState | None = None


def written(period: Period) -> str:
    """A period as tidy files write it: ``"2015-04"``, ``"2015/16 Q3"``, and a day or a week by its first day."""
    if period.is_month:
        return f"{period.starts:%Y-%m}"
    return period.starts.isoformat() if period.days in (1, 7) else period.name


def heading(value: SheetCell, notes: Collection[str] = ()) -> PeriodHeading | None:
    """What a heading names, or None when it is no period; a number may be 201504, 20150401 or Excel's for a first.

    ``notes`` are the marks of the notes below the table, which may stand glued to it.
    """
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
    found = _named(text)
    if found is None and notes and (glued := _GLUED.fullmatch(text)) and glued["mark"] in notes:
        found = _named(glued["text"])
    return found if found and found.period.starts.year in _YEARS else None


@lru_cache(maxsize=4096)
def _named(text: str) -> PeriodHeading | None:
    text, state = split_state(_NOTE.sub("", text))
    text = _NOTE.sub("", text)
    is_month = ISO_MONTH.fullmatch(text) and parse_month(text)
    found: PeriodHeading | None = None
    if not is_month and (period := parse_quarter(text) or parse_year(text) or parse_half(text)):
        found = PeriodHeading(period)
    elif day := parse_day(text):
        # Any other number of five digits is more likely a count.
        found = _of_day(day) if day.day == 1 or len(text) != 5 else None
    elif month := parse_month(text):
        found = PeriodHeading(months_period(month, month))
    elif not text[:1].isdecimal() and (week := parse_week(text)):
        found = PeriodHeading(week)
    elif span := parse_span(text):
        found = PeriodHeading(span)
    is_sure = not (text.isdecimal() and len(text) < 8)
    return replace(found, is_sure=is_sure, state=state) if found else None


def _of_day(day: date) -> PeriodHeading:
    month = month_of(day)
    return PeriodHeading(months_period(month, month), day if day not in (month.first_day, month.last_day) else None)


def is_part_of_a_year(text: str) -> bool:
    """Whether a heading is a month or quarter without its year: ``"Q1"``, ``"Apr"``, ``"Apr-Jun"``."""
    if _QUARTER_ALONE.fullmatch(text):
        return True
    found = _MONTHS_ALONE.fullmatch(text)
    return found is not None and all(each is None or each.lower() in MONTH_NUMBERS for each in found.groups())


def in_year(text: str, year: Period) -> Period | None:
    """The month or quarter that ``text`` names within ``year``; None where it is none of that year's."""
    if quarter := _QUARTER_ALONE.fullmatch(text):
        first = month_of(year.starts).plus(3 * int(quarter[1]) - 3)
        found = months_period(first, first.plus(2), year.year_from)
        return found if year.length == 12 and year.holds(found) else None
    named = _MONTHS_ALONE.fullmatch(text)
    if named is None:
        return None
    numbers = [MONTH_NUMBERS.get(each.lower(), 0) for each in named.groups() if each]
    begins = next((each for each in _months(year) if each.month == numbers[0]), None)
    if begins is None:
        return None
    span = months_period(begins, begins.plus((numbers[-1] - numbers[0]) % 12), year.year_from)
    return span if year.holds(span) else None


def _months(year: Period) -> Sequence[Month]:
    return [month_of(year.starts).plus(index) for index in range(year.length)]


def may_be_either_quarter(text: str) -> bool:
    """Whether a heading is a quarter of the calendar or the financial year: ``"Q3 2015"``."""
    return _YEAR_OR_NOT.fullmatch(text) is not None


def is_surely_period(value: SheetCell) -> bool:
    """Whether a cell is a period and could hardly be a count: a date, a text such as Apr-15 or 2015/16, or 20150401."""
    found = heading(value)
    return found is not None and found.is_sure


def is_total(text: str) -> bool:
    """Whether a name is that of a total: ``"Grand total"``, ``"Total 2015/16"``, ``"All areas"``."""
    return text.casefold().strip(" :") in _OTHER_TOTALS or _TOTAL_WORD.search(text) is not None


def beside_total(text: str) -> str:
    """What a total is of: ``"2015/16"`` for ``"Total 2015/16"``; empty for ``"Grand total"``."""
    if text.casefold().strip(" :") in _OTHER_TOTALS:
        return ""
    return " ".join(_TOTAL_WORD.sub(" ", text).split())
