"""The dates in a text, as they are written: days, months and years, with or without the parts that are understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from papergen.values.period_names import MONTH_NUMBERS
from papergen.values.periods import MONTHS, NBSP, Month, Period, months_period, year_period

SHORT_MONTH = f"(?:{'|'.join(name.capitalize() for name in MONTH_NUMBERS if name.capitalize() not in MONTHS)})"
"""A pattern of the name of a month cut short."""
MONTH_NAME = f"(?:{'|'.join(MONTHS)}|{SHORT_MONTH})"
"""A pattern of the name of a month, in full or cut short."""

_SPACE = f"[ {NBSP}]"
_OF = rf"(?:st|nd|rd|th)?(?:{_SPACE}of)?"
DATE = re.compile(
    rf"(?=[\dJFMASONDjfmasond])(?:\b(?:(?P<day>\d{{1,2}}){_OF}(?:{_SPACE}to{_SPACE}(?P<last>\d{{1,2}}){_OF})?{_SPACE}?)?"
    rf"(?P<month>(?i:{MONTH_NAME})),?{_SPACE}(?P<year>[12]\d{{3}})\b"
    rf"|\b(?P<bare_day>\d{{1,2}}){_OF}{_SPACE}?(?P<bare_month>{MONTH_NAME})\b"
    r"|\b(?P<iso>[12]\d{3}-\d\d-\d\d)\b"
    r"|(?<![\d/.])(?P<british>\d{1,2}/\d{1,2}/(?:19|20)?\d\d|\d\d\.\d\d\.(?:20)?\d\d)\b(?![/.]\d)"
    r"|\b(?P<years>(?:19|20)\d\d[/–-]\d\d)\b(?!\d)"
    r"|(?<![\d£,.])\b(?P<whole_year>(?:19|20)\d\d)\b(?![,.]?\d|%))"
)
"""Dates that hold a digit, the year of a month among them."""

_PLAIN_NAMES = "|".join(name for name in MONTHS if name not in ("May", "March"))
_BARE_MONTH = re.compile(
    rf"\b(?P<name>{_PLAIN_NAMES})\b"
    r"|\b(?i:in|by|to|of|at|since|until|from|this|last|next|late|early|each|every|before|after|during|between|mid|and"
    r"|for)[ -](?P<verb>May|March)\b(?!\s+(?:be|have|not|the|he|we|they|it)\b)"
    rf"|\b(?P<joined>May|March)(?= (?:to|and|or|until) (?:{_PLAIN_NAMES})\b)"
)
"""Months without a day or a year; “may” and “march” are verbs too."""

MOST_DATES = 200
"""Dates of a text that are read: more are no prose."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date as it is written: what it gives of day, month and year; ``ends_day`` is the second of “1 to 5 January”."""

    start: int
    end: int
    day: int | None = None
    month: int | None = None
    year: int | None = None
    ends_day: int | None = None
    financial: bool = False

    def period(self, year: int) -> Period | None:
        """The days meant, in a year; None for a day that there is not."""
        if self.month is None:
            return year_period(year) if self.financial else months_period(Month(year, 1), Month(year, 12))
        if self.day is None:
            return months_period(Month(year, self.month), Month(year, self.month))
        try:
            return Period(date(year, self.month, self.day), date(year, self.month, self.ends_day or self.day))
        except ValueError:
            return None

    def year_of(self, month: int) -> int | None:
        """The year in which it puts a month; None where it gives none."""
        return None if self.year is None else self.year + (self.financial and month < 4)


def stamps(text: str, *, dates: Sequence[re.Match[str]] | None = None) -> tuple[Stamp, ...]:
    """The dates, months and years written in a text, in order; ``dates`` are what ``DATE`` finds, where at hand."""
    dates = [*DATE.finditer(text)] if dates is None else dates
    found = [stamp for each in dates if (stamp := _stamp(each))]
    taken = [each.span() for each in dates]
    for bare in _BARE_MONTH.finditer(text):
        group = bare.lastgroup or ""
        start, end = bare.span(group)
        if not any(first <= start < last for first, last in taken):
            found.append(Stamp(start, end, month=MONTH_NUMBERS[bare[group].lower()]))
    return tuple(sorted(found, key=lambda each: each.start)[:MOST_DATES])


def _stamp(found: re.Match[str]) -> Stamp | None:
    """What a date gives; None for two years that do not follow each other."""
    start, end = found.span()
    if month := found["month"] or found["bare_month"]:
        digits = (found["day"] or found["bare_day"], found["year"], found["last"])
        day, year, last = (int(each) if each else None for each in digits)
        return Stamp(start, end, day, MONTH_NUMBERS[month.lower()], year, last)
    if written := found["iso"] or found["british"]:
        first, month_number, last = map(int, re.split("[-/.]", written))
        day_number, year_number = (last, first) if found["iso"] else (first, last)
        return Stamp(start, end, day_number, month_number, year_number + (2000 if year_number < 100 else 0))
    if found["whole_year"]:
        return Stamp(start, end, year=int(found[0]))
    first, second = int(found[0][:4]), int(found[0][5:])
    return Stamp(start, end, year=first, financial=True) if (first + 1) % 100 == second else None
