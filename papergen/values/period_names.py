"""The names of periods as people type them, and as spreadsheet programs rewrite them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from papergen.values.periods import (
    ACADEMIC,
    BY_MONTHS,
    CALENDAR,
    FINANCIAL,
    MONTHS,
    YEARS,
    Month,
    Period,
    month_of,
    months_period,
    quarter_period,
    year_period,
)

MONTH_NUMBERS = {
    short: number for number, name in enumerate(MONTHS, 1) for short in (name.lower(), name[:3].lower())
} | {"sept": 9}
"""The names of months in small letters, in full and cut short, with their numbers."""

_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_BRITISH_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})(?: 00:00(?::00)?)?")
_NAMED_DAY = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4}|\d{2})")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL_DAY = re.compile(r"(\d{5})")
_ISO_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})")
_BRITISH_MONTH = re.compile(r"(\d{1,2})/(\d{4})")
_COMPACT_MONTH = re.compile(r"(\d{4})(\d{2})")
_NAMED_MONTH = re.compile(r"([A-Za-z]{3,9})\.?[ '’-]*(\d{4}|\d{2})")
_YEAR_BEFORE = re.compile(r"(\d{4})[ ,:-]+([A-Za-z]{3,9}\b.*)")
_YEAR = re.compile(r"(\d{4})\s*[/–-]\s*(\d{2}|\d{4})")
_ANY_YEAR = r"(\d{4}|\d{2})\s*[/–-]\s*(\d{2}|\d{4})"
_QUARTER_LAST = re.compile(rf"(?:FY)?\s*{_ANY_YEAR}[ ,]*Q(?:uarter)?\s*([1-4])", re.IGNORECASE)
_QUARTER_FIRST = re.compile(rf"Q(?:uarter)?\s*([1-4])[ ,]*(?:FY)?\s*{_ANY_YEAR}", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"(\d{2})\s*[/–-]\s*(\d{2})")
_NAMED_FINANCIAL = re.compile(
    r"(?:FY|F/Y|financial year)\s*(?P<before>\S+)|(?P<after>\S+)\s*(?:FY|financial year)", re.I
)
_NAMED_CALENDAR = re.compile(r"(?:CY|calendar year)\s*(\d{4})|(\d{4})\s*(?:CY|\(?calendar(?: year)?\)?)", re.I)
_NAMED_ACADEMIC = re.compile(
    rf"(?:AY|academic year)\s*{_YEAR.pattern}|{_YEAR.pattern}\s*(?:AY|\(?academic(?: year)?\)?)", re.I
)
_CALENDAR_QUARTER = re.compile(r"(\d{4})[ ,-]*Q(?:uarter)?\s*([1-4])", re.IGNORECASE)
_HALF_LAST = re.compile(rf"(?:{_ANY_YEAR}|(\d{{4}}))[ ,]*H([12])", re.IGNORECASE)
_HALF_FIRST = re.compile(rf"H([12])[ ,]*{_ANY_YEAR}", re.IGNORECASE)
_LENGTHS = {"quarter": 3, "qtr": 3, "half-year": 6, "half year": 6, "three months": 3}
_ENDING = re.compile(
    r"(?:(?P<months>\d{1,2}) ?(?:months?|m(?:on|n)?ths?|m\b)|(?P<years>\d) (?:years?|yrs?)"
    r"|(?P<named>quarter|qtr|half[- ]year|three months)|twelve months|F?YE\b|Y/E\b|year|yr\b)"
    r"\s*(?:to|end(?:ing|ed|s)?\b|up to|-)?\s*(?:(?:the )?end (?:of )?)?(?P<end>\S.*)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?P<first>\S.*?)\s*(?:\bto\b|–|—|-)\s*(?P<last>\S.*)")
_WEEK = re.compile(r"(?:w/?c|week (?:commencing|beginning|from|starting)):?\s*(?P<starts>.+)", re.IGNORECASE)
_WEEK_ENDING = re.compile(r"(?:w/?e(?![a-z])|week (?:ending|ended|to)):?\s*(?P<ends>.+)", re.IGNORECASE)
_ISO_WEEK = re.compile(r"(\d{4})-?W(\d{2})", re.IGNORECASE)
MOST_MONTHS = 120

_EXCEL_EPOCH = date(1899, 12, 30)


def _year_of(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def parse_day(text: str) -> date | None:
    """The day that ``text`` names: ``2015-12-31``, ``31/12/2015``, ``31-Dec-15``, ``20151231`` or a serial number."""
    day = _day(" ".join(text.split()))  # a paper prints days with a space that does not break
    return day if day is not None and day.year in YEARS else None


def _day(text: str) -> date | None:
    try:
        if found := _ISO_DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _BRITISH_DAY.fullmatch(text):
            return date(_year_of(found[3]), int(found[2]), int(found[1]))
        if found := _NAMED_DAY.fullmatch(text):
            month = MONTH_NUMBERS.get(found[2].lower())
            return date(_year_of(found[3]), month, int(found[1])) if month else None
    except ValueError:
        return None
    if found := _SERIAL_DAY.fullmatch(text):
        return _EXCEL_EPOCH + timedelta(days=int(found[1]))
    return None


def parse_american_day(text: str) -> date | None:
    """The day that ``text`` names if its month stands first: ``04/13/2025``."""
    parts = text.replace(".", "/").split("/")
    return parse_day("/".join([parts[1], parts[0], parts[2]])) if len(parts) == 3 else None


def parse_month(text: str) -> Month | None:
    """The month that ``text`` names: ``2015-12``, ``Dec-15``, ``2015 Dec``, ``12/2015``, ``201512`` or a day."""
    text = _year_last(" ".join(text.split()))
    if found := _ISO_MONTH.fullmatch(text) or _COMPACT_MONTH.fullmatch(text):
        return _month(int(found[1]), int(found[2]))
    if found := _BRITISH_MONTH.fullmatch(text):
        return _month(int(found[2]), int(found[1]))
    if found := _NAMED_MONTH.fullmatch(text):
        return _month(_year_of(found[2]), MONTH_NUMBERS.get(found[1].lower(), 0))
    day = parse_day(text)
    return month_of(day) if day is not None else None


def _year_last(text: str) -> str:
    """``"Jan to Mar 2024"`` for ``"2024 Jan to Mar"``."""
    found = _YEAR_BEFORE.fullmatch(text)
    return f"{found[2]} {found[1]}" if found and not any(map(str.isdecimal, found[2])) else text


def _month(year: int, month: int) -> Month | None:
    return Month(year, month) if 1 <= month <= 12 and year in YEARS else None


def _start_year(first: str, second: str) -> int | None:
    start = _year_of(first)
    fits = int(second) == (start + 1 if len(second) == 4 else (start + 1) % 100)
    return start if fits and start in YEARS else None


def parse_year(text: str) -> Period | None:
    """The year that ``text`` names: ``2015/16``, ``13/14`` or ``FY2015/16``, ``2015``, or ``year to September 2015``.

    One of four digits is a calendar year, and one that is called academic runs from September to August.
    """
    text = " ".join(text.split())
    if re.fullmatch(r"[12]\d{3}", text):
        return _calendar_year(int(text))
    if found := _YEAR.fullmatch(text):
        start = _start_year(found[1], found[2])
        return year_period(start) if start else None
    if found := _SHORT_YEAR.fullmatch(text):
        start = _start_year(f"20{found[1]}", found[2])
        return year_period(start) if start else None
    if found := _NAMED_CALENDAR.fullmatch(text):
        return _calendar_year(int(found[1] or found[2]))
    if found := _NAMED_ACADEMIC.fullmatch(text):
        start = _start_year(*(each for each in found.groups() if each))
        return months_period(Month(start, 9), Month(start + 1, 8), ACADEMIC) if start else None
    if found := _NAMED_FINANCIAL.fullmatch(text):
        named = parse_year(found["before"] or found["after"])
        return named if named and named.starts.month == FINANCIAL else None
    span = parse_span(text)
    return span if span is not None and span.length == 12 else None


def _calendar_year(year: int) -> Period | None:
    return months_period(Month(year, 1), Month(year, 12), CALENDAR) if year in YEARS else None


def parse_academic_year(text: str) -> Period | None:
    """The academic year, from September to August, that ``text`` names: ``2015/16``."""
    found = _YEAR.fullmatch(text.strip())
    return parse_year(f"{found[0]} academic") if found else parse_year(text)


def parse_half(text: str) -> Period | None:
    """The half of a year that ``text`` names: ``2015/16 H1``, ``2015 H1`` or ``Apr-Sep 2015``."""
    text = " ".join(text.split())
    if found := _HALF_LAST.fullmatch(text):
        first, second, calendar_year, half = found.groups()
        if calendar_year:
            year = int(calendar_year)
            return _months_from(Month(year, 1), 6, int(half), CALENDAR) if year in YEARS else None
    elif found := _HALF_FIRST.fullmatch(text):
        half, first, second = found.groups()
    else:
        span = parse_span(text)
        return span if span is not None and span.length == 6 else None
    start = _start_year(first, second)
    return _months_from(Month(start, 4), 6, int(half), BY_MONTHS) if start else None


def _months_from(first: Month, months: int, which: int, year_from: int) -> Period:
    """The first, second … of the parts of ``months`` months that follow one another from ``first``."""
    begins = first.plus(months * (which - 1))
    return months_period(begins, begins.plus(months - 1), year_from)


def parse_week(text: str) -> Period | None:
    """The seven days that ``text`` names by the first or last: ``2026-03-02``, ``w/e 8 March 2026``, ``2026-W10``."""
    text = " ".join(text.split())
    if found := _ISO_WEEK.fullmatch(text):
        try:
            starts: date | None = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        except ValueError:
            return None
    elif found := _WEEK_ENDING.fullmatch(text):
        ends = parse_day(found["ends"])
        starts = ends - timedelta(days=6) if ends is not None else None
    else:
        found = _WEEK.fullmatch(text)
        starts = parse_day(found["starts"] if found else text)
    return Period(starts, starts + timedelta(days=6)) if starts is not None and starts.year in YEARS else None


def parse_span(text: str) -> Period | None:
    """The months or years from one to another that ``text`` names.

    ``Jan-Mar 2014``, ``October 2014 to September 2015``, ``12 months to March 2026``, ``2013/14 to 2015/16``,
    ``2013 - 15``.  What is named by its months keeps that name, but for the financial year.
    """
    text = _year_last(" ".join(text.split()))
    if found := _ENDING.fullmatch(text):
        last = parse_month(re.sub(r"^(?:\d{1,2}(?:st|nd|rd|th) )", "", found["end"]))
        counted = int(found["months"] or 0) + 12 * int(found["years"] or 0)
        length = counted or _LENGTHS.get((found["named"] or "").lower(), 12)
        if last is None or not 1 <= length <= MOST_MONTHS:
            return None
        return _named_by_months(last.plus(1 - length), last)
    for between in _BETWEEN.finditer(text) if len(text) <= 60 else ():
        if span := _from_to(between["first"], between["last"]):
            return span
    return None


def _from_to(first: str, last: str) -> Period | None:
    if re.fullmatch(r"[12]\d{3}", first) and re.fullmatch(r"\d{2}|\d{4}", last):
        through = int(last) if len(last) == 4 else int(first[:2] + last)
        if 1 < through - int(first) <= MOST_MONTHS // 12 and int(first) in YEARS:
            return months_period(Month(int(first), 1), Month(through, 12), CALENDAR)
        return None
    years = [year for each in (first, last) if "/" in each and (year := parse_year(each))]
    if len(years) == 2:
        begins, ended = years
        is_fit = begins.starts < ended.starts and begins.year_from == ended.year_from
        return Period(begins.starts, ended.ends, begins.year_from) if is_fit else None
    starts, ends = parse_day(first), parse_day(last)
    if starts and ends and starts < ends and Period(starts, ends).is_months:
        return _named_by_months(month_of(starts), month_of(ends))
    to = None if ends else parse_month(last)
    if to is None:
        return None
    number = MONTH_NUMBERS.get(first.rstrip(".").lower())
    if number is not None:
        start: Month | None = Month(to.year if number <= to.month else to.year - 1, number)
    else:
        start = None if parse_day(first) else parse_month(first)
    if start is None or not start < to or (to.year - start.year) * 12 + to.month - start.month >= MOST_MONTHS:
        return None
    return _named_by_months(start, to)


def _named_by_months(first: Month, last: Month) -> Period:
    span = months_period(first, last, BY_MONTHS)
    return months_period(first, last) if span.length == 12 and first.month == FINANCIAL else span


def parse_quarter(text: str) -> Period | None:
    """The quarter that ``text`` names: ``2015/16 Q3`` or ``Q3 2015/16``, ``2015 Q4``, or ``Oct-Dec 2015``.

    One with a year of four digits is a quarter of the calendar year; ``Q3 2015`` could be either and is none.
    """
    text = " ".join(text.split())
    if found := _QUARTER_LAST.fullmatch(text):
        first, second, quarter = found[1], found[2], found[3]
    elif found := _QUARTER_FIRST.fullmatch(text):
        quarter, first, second = found[1], found[2], found[3]
    elif found := _CALENDAR_QUARTER.fullmatch(text):
        year = int(found[1])
        return _months_from(Month(year, 1), 3, int(found[2]), CALENDAR) if year in YEARS else None
    else:
        span = parse_span(text)
        return span if span is not None and span.is_quarter else None
    start = _start_year(first, second)
    return quarter_period(start, int(quarter)) if start else None


def parse_period(text: str) -> Period | None:
    """The quarter, year, half-year, month, day or span of months that ``text`` names, in that order of trying.

    ``2011-12`` is December 2011, as ``2015-11`` is November 2015; the year is ``2011/12``.
    """
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text.strip()) and (named := parse_month(text)):
        return months_period(named, named)
    found = parse_quarter(text) or parse_year(text) or parse_half(text)
    if found is not None:
        return found
    day = parse_day(text)
    if day is not None:
        return Period(day, day)
    month = parse_month(text)
    return months_period(month, month) if month is not None else parse_span(text)
