"""The names of periods as people type them, and as spreadsheet programs rewrite them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from papergen.values.periods import MONTHS, Month, Period, month_of, months_period, quarter_period, year_period

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
_YEAR = re.compile(r"(\d{4})\s*[/–-]\s*(\d{2}|\d{4})")
_QUARTER_LAST = re.compile(rf"(?:FY)?\s*{_YEAR.pattern}[ ,]*Q(?:uarter)?\s*([1-4])", re.IGNORECASE)
_QUARTER_FIRST = re.compile(rf"Q(?:uarter)?\s*([1-4])[ ,]*(?:FY)?\s*{_YEAR.pattern}", re.IGNORECASE)

_EXCEL_EPOCH = date(1899, 12, 30)


def _year_of(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def parse_day(text: str) -> date | None:
    """The day that ``text`` names: ``2015-12-31``, ``31/12/2015``, ``31-Dec-15``, ``20151231`` or a serial number."""
    text = " ".join(text.split())  # a paper prints days with a space that does not break
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


def parse_month(text: str) -> Month | None:
    """The month that ``text`` names: ``2015-12``, ``Dec-15``, ``December 2015``, ``12/2015``, ``201512`` or a day."""
    text = " ".join(text.split())
    if found := _ISO_MONTH.fullmatch(text) or _COMPACT_MONTH.fullmatch(text):
        return _month(int(found[1]), int(found[2]))
    if found := _BRITISH_MONTH.fullmatch(text):
        return _month(int(found[2]), int(found[1]))
    if found := _NAMED_MONTH.fullmatch(text):
        return _month(_year_of(found[2]), MONTH_NUMBERS.get(found[1].lower(), 0))
    day = parse_day(text)
    return month_of(day) if day is not None else None


def _month(year: int, month: int) -> Month | None:
    return Month(year, month) if 1 <= month <= 12 and 1 <= year <= 9999 else None


def _start_year(first: str, second: str) -> int | None:
    start = int(first)
    fits = int(second) == (start + 1 if len(second) == 4 else (start + 1) % 100)
    return start if fits and 1 <= start <= 9998 else None


def parse_year(text: str) -> Period | None:
    """The financial year ``2015/16`` or the calendar year ``2015`` that ``text`` names."""
    if re.fullmatch(r"[12]\d{3}", text.strip()):
        return months_period(Month(int(text), 1), Month(int(text), 12))
    found = _YEAR.fullmatch(text.strip())
    start = _start_year(found[1], found[2]) if found else None
    return year_period(start) if start else None


def parse_quarter(text: str) -> Period | None:
    """The quarter of a financial year that ``text`` names: ``2015/16 Q3`` or ``Q3 2015/16``."""
    text = " ".join(text.split())
    if found := _QUARTER_LAST.fullmatch(text):
        first, second, quarter = found[1], found[2], found[3]
    elif found := _QUARTER_FIRST.fullmatch(text):
        quarter, first, second = found[1], found[2], found[3]
    else:
        return None
    start = _start_year(first, second)
    return quarter_period(start, int(quarter)) if start else None


def parse_period(text: str) -> Period | None:
    """The quarter, financial year, month or day that ``text`` names, in that order of trying.

    ``2011-12`` is December 2011, as ``2015-11`` is November 2015; the year is ``2011/12``.
    """
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text.strip()) and (named := parse_month(text)):
        return months_period(named, named)
    quarter = parse_quarter(text) or parse_year(text)
    if quarter is not None:
        return quarter
    month = None if parse_day(text) else parse_month(text)
    if month is not None:
        return months_period(month, month)
    day = parse_day(text)
    return Period(day, day) if day is not None else None
