"""Working days: every weekday that is no holiday and on which the office is not closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingDays:
    """Which days count: ``holidays`` and ``closed`` days do not, by day with their names, save those that are ``open``.

    Days of public thanksgiving or mourning are among the holidays (Local Government Act 1972, section 243).
    """

    holidays: Mapping[date, str]
    closed: Mapping[date, str]
    open: frozenset[date] = frozenset()

    def why_not(self, day: date) -> str:
        """Why a day does not count, in a few words; nothing for a working day."""
        if day in self.closed:
            return self.closed[day]
        if day in self.holidays and day not in self.open:
            return self.holidays[day]
        return day.strftime("%A") if day.weekday() >= _SATURDAY else ""

    def counts(self, day: date) -> bool:
        """Whether a day is a working day."""
        return not self.why_not(day)

    def before(self, day: date, count: int) -> date:
        """The working day that is ``count`` working days before ``day``, which need not be one itself."""
        while count:
            day -= ONE_DAY
            count -= self.counts(day)
        return day

    def not_counted(self, first: date, last: date) -> Iterable[tuple[date, str]]:
        """The days between two days that do not count and are no plain weekend, each with its name."""
        for day in days_between(first, last):
            if (why := self.why_not(day)) and (day in self.closed or day in self.holidays):
                yield day, why


def days_between(first: date, last: date) -> Iterable[date]:
    """The days after ``first`` and before ``last``."""
    return (first + ONE_DAY * number for number in range(1, (last - first).days))
