"""Two periods set beside one another: this one and an earlier one, and the words for them and for the change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from pydantic import BaseModel, model_validator

from papergen.data.book import Book
from papergen.data.series import Series
from papergen.values.chrome import Chrome, chrome
from papergen.values.facts import FactError
from papergen.values.periods import Period, month_of, months_period, year_starts
from papergen.values.quantities import MINUS, Kind, Quantity, print_number, rounded
from papergen.values.words import lowered
from papergen.workspace.validate import MisfitError

PeriodWord = Literal["year_to_date", "quarter", "rolling_6", "rolling_12"]
AgainstWord = Literal["last_year", "previous_quarter"]


class BesideEarlier(BaseModel):
    """The keys of a kind that shows a period beside an earlier one, which it is set ``against``."""

    period: PeriodWord = "quarter"
    against: AgainstWord = "last_year"

    @model_validator(mode="after")
    def _go_together(self) -> BesideEarlier:
        if self.period == "year_to_date" and self.against == "previous_quarter":
            raise MisfitError("against", "The year to date is set against last year, not against the previous quarter")
        return self


LEAST_FOR_PERCENTAGES = 50
"""Counts below this change by so many, as a percentage of few misleads."""


@dataclass(frozen=True, slots=True)
class TwoPeriods:
    """This period, and the earlier one that it is set beside."""

    now: Period
    before: Period

    @property
    def words(self) -> str:
        """The two in English."""
        return self.words_in(chrome())

    def words_in(self, words: Chrome) -> str:
        """ "2015/16 Q3 beside 2014/15 Q3"."""
        return words.beside.format(now=self.now.name_in(words), before=self.before.name_in(words))


@dataclass(frozen=True, slots=True)
class Change:
    """How far a number moved, as it is rounded, and the few words for it."""

    size: Fraction
    words: str


def two_periods(
    book: Book, series: Sequence[Series], period: PeriodWord, against: AgainstWord = "last_year"
) -> TwoPeriods:
    """The periods that every one of ``series`` has data for; raises ``FactError`` where there are none.

    ``quarter`` is the reporting period.  The others end with the last month of data: ``year_to_date`` begins in April,
    ``rolling_6`` and ``rolling_12`` are six and twelve months long.
    """
    ends = min(book.period.ends, *(each.ends for each in series))
    first = min(series, key=lambda each: each.ends)
    last = month_of(ends)
    match period:
        case "quarter":
            now = book.period
        case "year_to_date":
            now = months_period(month_of(year_starts(book.period.ends)), last)
            if ends < now.starts:
                raise FactError(
                    f"“{first.measure}” has no data in this financial year.",
                    f"Its data run to {first.last.period.name}.",
                )
        case "rolling_6":
            now = months_period(last.plus(-5), last)
        case _:
            now = months_period(last.plus(-11), last)
    if against == "last_year":
        return TwoPeriods(now, now.back(12))
    return TwoPeriods(now, now.previous if period == "quarter" else now.back(3))


def changes(pairs: Sequence[tuple[Quantity, Quantity]], words: Chrome | None = None) -> list[Change]:
    """The change of each pair (now, before): "+4 points", "−12%", or "+3" where any number is small."""
    words, kind = words or chrome(), pairs[0][0].kind
    by_number = any(before.value < LEAST_FOR_PERCENTAGES for _, before in pairs)
    found: list[Change] = []
    for now, before in pairs:
        places = max(now.decimals, before.decimals)
        size, text = now.value - before.value, "{number}"
        if kind is Kind.PERCENTAGE:
            places = max(places, 1)
            text = words.points[rounded(abs(size), places) != 1]
        elif not by_number:
            size, text = size / before.value * 100, "{number}%"
            places = 1 if abs(size) < 1 else 0
        shown = rounded(size, places)
        sign = "+" if shown > 0 else MINUS
        number = text.format(number=f"{sign}{print_number(abs(shown), places)}")
        found.append(Change(shown, number if shown else lowered(words.no_change)))
    return found
