"""Days, months, quarters and reporting periods, and how a paper prints them.

A financial year runs from 1 April to 31 March and is named "2015/16"; its third quarter is October to December.  A
period knows by which year it was named, so that data by the calendar or academic year keep their own names.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from papergen.values.chrome import Chrome, chrome

NBSP = "\u00a0"
MONTHS = tuple(calendar.month_name)[1:]
FINANCIAL, CALENDAR, ACADEMIC, BY_MONTHS = 4, 1, 9, 0
YEARS = range(1800, 2200)
"""The years that papers and data may be of: what is reckoned from a day in them stays in the calendar."""


def print_day(day: date, words: Chrome | None = None) -> str:
    """``"2 February 2016"``, with a space between day and month that does not break."""
    return f"{day.day}{NBSP}{(words or chrome()).months[day.month - 1]} {day.year}"


def print_weekday(day: date, words: Chrome | None = None) -> str:
    """``"Tuesday 2 February 2016"``."""
    return f"{(words or chrome()).weekdays[day.weekday()]} {print_day(day, words)}"


def print_month(day: date | Month, words: Chrome | None = None) -> str:
    """``"February 2016"``."""
    return f"{(words or chrome()).months[day.month - 1]} {day.year}"


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month."""

    year: int
    month: int

    def __str__(self) -> str:
        return print_month(self)

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def plus(self, months: int) -> Month:
        """The month that many months later, or earlier for a negative number."""
        years, index = divmod(self.month - 1 + months, 12)
        return Month(self.year + years, index + 1)


def month_of(day: date) -> Month:
    """The month in which ``day`` falls."""
    return Month(day.year, day.month)


def financial_year(day: date) -> str:
    """``"2015/16"`` for any day from 1 April 2015 to 31 March 2016."""
    start = year_starts(day).year
    return f"{start}/{(start + 1) % 100:02d}"


def year_starts(day: date) -> date:
    """The 1 April on which the financial year of ``day`` began."""
    return date(day.year if day.month >= 4 else day.year - 1, 4, 1)


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days from ``starts`` to ``ends``, both included.

    ``year_from`` is the month in which the year that names it begins: April for the financial year, January for the
    calendar year, September for the academic one, and 0 for a period that is named by its months.  Two periods of the
    same days are equal, whatever their names.
    """

    starts: date
    ends: date
    year_from: int = field(default=FINANCIAL, compare=False, repr=False)

    def __str__(self) -> str:
        return self.days_in(chrome())

    def days_in(self, words: Chrome) -> str:
        """``"1 October to 31 December 2015"``; the first year is printed only where it differs."""
        first = print_day(self.starts, words)
        if self.starts.year == self.ends.year:
            first = first.removesuffix(f" {self.starts.year}")
        return f"{first} {words.to} {print_day(self.ends, words)}"

    @property
    def interval(self) -> str:
        """``"2015-10-01/2015-12-31"``, as ISO 8601 writes the days from one to another."""
        return f"{self.starts}/{self.ends}"

    @property
    def is_quarter(self) -> bool:
        """Whether this is one whole quarter of a financial year."""
        first = month_of(self.starts)
        return self.starts == first.first_day and first.month in (1, 4, 7, 10) and self.ends == first.plus(2).last_day

    def quarter_in(self, words: Chrome) -> str:
        """``"third quarter of 2015/16"``, or the days themselves when this is not a quarter."""
        if not self.is_quarter:
            return self.days_in(words)
        if self.year_from == CALENDAR:
            return words.quarters[self.starts.month // 3].format(year=self.starts.year)
        if self.year_from != FINANCIAL:
            return self.months_in(words)
        return words.quarters[(self.starts.month - 4) % 12 // 3].format(year=financial_year(self.starts))

    @property
    def months(self) -> str:
        """The months in English: ``"October to December 2015"``."""
        return self.months_in(chrome())

    def months_in(self, words: Chrome) -> str:
        """``"October to December 2015"``, ``"December 2015 to February 2016"`` or ``"October 2015"``."""
        first, last = month_of(self.starts), month_of(self.ends)
        if first == last:
            return print_month(last, words)
        begins = print_month(first, words) if first.year != last.year else words.months[first.month - 1]
        return f"{begins} {words.to} {words.months_after_to[last.month - 1]} {last.year}"

    @property
    def is_months(self) -> bool:
        """Whether this is one or several whole months."""
        return self.starts.day == 1 and self.ends == month_of(self.ends).last_day

    @property
    def is_month(self) -> bool:
        """Whether this is one whole month."""
        return self.is_months and self.length == 1

    @property
    def is_from_to(self) -> bool:
        """Whether these are several whole months or years that no single name stands for."""
        is_named = self.is_quarter and self.year_from in (CALENDAR, FINANCIAL)
        return self.is_months and self.length > 1 and not is_named and not (self.is_years and self.length == 12)

    @property
    def length(self) -> int:
        """How many calendar months the period touches."""
        return (self.ends.year - self.starts.year) * 12 + self.ends.month - self.starts.month + 1

    @property
    def days(self) -> int:
        return (self.ends - self.starts).days + 1

    @property
    def name(self) -> str:
        """The usual name in English: ``"December 2015"``, ``"2015/16 Q3"``."""
        return self.name_in(chrome())

    def name_in(self, words: Chrome) -> str:
        """The usual name: a day, a month, ``"2015/16 Q3"``, ``"2015/16"``, or the months from first to last.

        Calendar years and quarters are ``"2015"`` and ``"2015 Q1"``, an academic year ``"2015/16 (academic)"``, and
        several years ``"2013/14 to 2015/16"``.
        """
        if self.starts == self.ends:
            return print_day(self.starts, words)
        if self.days == 7:
            return words.week_from.format(day=print_day(self.starts, words))
        if self.is_quarter and self.year_from == CALENDAR:
            return f"{self.starts.year} Q{self.starts.month // 3 + 1}"
        if self.is_quarter and self.year_from == FINANCIAL:
            return f"{financial_year(self.starts)} Q{(self.starts.month - 4) % 12 // 3 + 1}"
        if self.is_years:
            first, last = self.year_name(self.starts), self.year_name(self.ends)
            years = first if first == last else f"{first} {words.to} {last}"
            return words.academic.format(year=years) if self.year_from == ACADEMIC else years
        return self.months_in(words) if self.is_months else self.days_in(words)

    @property
    def is_years(self) -> bool:
        """Whether this is one whole year, or several, of those that name it."""
        return self.is_months and self.length % 12 == 0 and self.starts.month == self.year_from

    def year_name(self, day: date) -> str:
        """The name of the year that a day is in: ``"2015/16"``, or ``"2015"`` for calendar years."""
        if self.year_from == CALENDAR:
            return str(day.year)
        start = day.year if day.month >= self.year_from else day.year - 1
        return f"{start}/{(start + 1) % 100:02d}"

    def holds(self, other: Period) -> bool:
        return self.starts <= other.starts and other.ends <= self.ends

    def back(self, months: int) -> Period:
        """The same whole months, or the same days where it is not whole months, that many months earlier."""
        if self.is_months:
            first, last = month_of(self.starts).plus(-months), month_of(self.ends).plus(-months)
            return replace(self, starts=first.first_day, ends=last.last_day)
        return replace(self, starts=_months_before(self.starts, months), ends=_months_before(self.ends, months))

    @property
    def previous(self) -> Period:
        """The period before: as few months back as leave no day in both."""
        months = self.length
        if not self.is_months and months > 1 and self.back(months - 1).ends < self.starts:
            months -= 1
        return self.back(months)

    def next(self) -> Period:
        """The period of as many months (or days, where it is not whole months) that follows."""
        if self.is_months:
            return self.back(-self.length)
        days = self.ends - self.starts
        return replace(self, starts=self.ends + timedelta(days=1), ends=self.ends + timedelta(days=1) + days)


def read_interval(text: str) -> Period:
    """The period that ``interval`` writes so; raises ``ValueError`` for what is none."""
    starts, ends = text.split("/")
    return Period(date.fromisoformat(starts), date.fromisoformat(ends))


def _months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or its last day where it is shorter."""
    month = month_of(day).plus(-months)
    return min(month.first_day + timedelta(days=day.day - 1), month.last_day)


def months_period(first: Month, last: Month, year_from: int = FINANCIAL) -> Period:
    """The whole months from ``first`` to ``last``, named by the year that begins in the month ``year_from``."""
    return Period(first.first_day, last.last_day, year_from)


def quarter_period(start_year: int, quarter: int) -> Period:
    """A quarter, 1 to 4, of the financial year that starts in April of ``start_year``."""
    first = Month(start_year, 4).plus(3 * (quarter - 1))
    return months_period(first, first.plus(2))


def year_period(start_year: int) -> Period:
    """The financial year that starts in April of ``start_year``."""
    return months_period(Month(start_year, 4), Month(start_year + 1, 3))
