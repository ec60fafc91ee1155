"""Days, months, quarters and reporting periods, and how a paper prints them.

A financial year runs from 1 April to 31 March and is named "2015/16"; its third quarter is October to December.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

NBSP = "\u00a0"
MONTHS = tuple(calendar.month_name)[1:]
_QUARTERS = ("first", "second", "third", "fourth")


def print_day(day: date) -> str:
    """``"2 February 2016"``, with a space between day and month that does not break."""
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]} {day.year}"


def print_weekday(day: date) -> str:
    """``"Tuesday 2 February 2016"``."""
    return f"{calendar.day_name[day.weekday()]} {print_day(day)}"


def print_month(day: date) -> str:
    """``"February 2016"``."""
    return f"{MONTHS[day.month - 1]} {day.year}"


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{MONTHS[self.month - 1]} {self.year}"

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
    """Whole days from ``starts`` to ``ends``, both included."""

    starts: date
    ends: date

    def __str__(self) -> str:
        """``"1 October to 31 December 2015"``; the first year is printed only where it differs."""
        first = print_day(self.starts)
        if self.starts.year == self.ends.year:
            first = first.removesuffix(f" {self.starts.year}")
        return f"{first} to {print_day(self.ends)}"

    @property
    def is_quarter(self) -> bool:
        """Whether this is one whole quarter of a financial year."""
        first = month_of(self.starts)
        return self.starts == first.first_day and first.month in (1, 4, 7, 10) and self.ends == first.plus(2).last_day

    @property
    def quarter(self) -> str:
        """``"third quarter of 2015/16"``, or the days themselves when this is not a quarter."""
        if not self.is_quarter:
            return str(self)
        return f"{_QUARTERS[(self.starts.month - 4) % 12 // 3]} quarter of {financial_year(self.starts)}"

    @property
    def months(self) -> str:
        """``"October to December 2015"``, ``"December 2015 to February 2016"`` or ``"October 2015"``."""
        first, last = month_of(self.starts), month_of(self.ends)
        if first == last:
            return str(last)
        return f"{first if first.year != last.year else MONTHS[first.month - 1]} to {last}"

    @property
    def is_months(self) -> bool:
        """Whether this is one or several whole months."""
        return self.starts.day == 1 and self.ends == month_of(self.ends).last_day

    @property
    def is_month(self) -> bool:
        """Whether this is one whole month."""
        return self.is_months and self.length == 1

    @property
    def length(self) -> int:
        """How many calendar months the period touches."""
        return (self.ends.year - self.starts.year) * 12 + self.ends.month - self.starts.month + 1

    @property
    def days(self) -> int:
        return (self.ends - self.starts).days + 1

    @property
    def name(self) -> str:
        """The usual name: a day, a month, ``"2015/16 Q3"``, ``"2015/16"``, or the months from first to last."""
        if self.starts == self.ends:
            return print_day(self.starts)
        if self.is_quarter:
            return f"{financial_year(self.starts)} Q{(self.starts.month - 4) % 12 // 3 + 1}"
        if self.is_months and self.length == 12 and self.starts.month == 4:
            return financial_year(self.starts)
        return self.months if self.is_months else str(self)

    def holds(self, other: Period) -> bool:
        return self.starts <= other.starts and other.ends <= self.ends

    def back(self, months: int) -> Period:
        """The same whole months, or the same days where it is not whole months, that many months earlier."""
        if self.is_months:
            return months_period(month_of(self.starts).plus(-months), month_of(self.ends).plus(-months))
        return Period(_months_before(self.starts, months), _months_before(self.ends, months))

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
        return Period(self.ends + timedelta(days=1), self.ends + timedelta(days=1) + days)


def _months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or its last day where it is shorter."""
    month = month_of(day).plus(-months)
    return min(month.first_day + timedelta(days=day.day - 1), month.last_day)


def months_period(first: Month, last: Month) -> Period:
    """The whole months from ``first`` to ``last``."""
    return Period(first.first_day, last.last_day)


def quarter_period(start_year: int, quarter: int) -> Period:
    """A quarter, 1 to 4, of the financial year that starts in April of ``start_year``."""
    first = Month(start_year, 4).plus(3 * (quarter - 1))
    return months_period(first, first.plus(2))


def year_period(start_year: int) -> Period:
    """The financial year that starts in April of ``start_year``."""
    return months_period(Month(start_year, 4), Month(start_year + 1, 3))
