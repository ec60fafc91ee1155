"""Periods: dates that cannot be, periods of the wrong length or year, and the future that is already past."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from datetime import date

from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.check.rules.dates.dating import TimeWording, looks_ahead, times
from papergen.check.rules.dates.wrong_year import is_wrong_year
from papergen.diagnostics import Severity
from papergen.language.dates import Stamp
from papergen.language.sentences import near_before
from papergen.values.periods import MONTHS, Month, Period, month_of, print_day, print_weekday

_REPORTED = re.compile(
    r"\b(?:covers?|covering|covered|reports? (?:on|covers?)|reported|recorded|reporting period|time period"
    r"|period|data|figures|results|compared|were|was|had|quarter)\b",
    re.IGNORECASE,
)


@rule(
    "C201",
    Severity.WARNING,
    meaning="a period that is reported on ends after the meeting",
    source="House practice: nothing is reported before it has happened",
    example="“Recorded from 1 October 2015 to 31 March 2016” in a paper of 2 February 2016.",
)
def find_late_ends(reading: Reading) -> Iterator[Finding]:
    """A span of time that the sentence reports on, and that ends after the meeting.

    The plan's own years, and sentences that look ahead, are let be.
    """
    meeting, plan = reading.settings.meeting.date, reading.settings.plan
    for passage in reading.passages:
        for time in times(reading)[passage]:
            if time.wording is not TimeWording.SPAN or time.period.ends <= meeting or time.period.starts > meeting:
                continue
            if time.assumed or time.period.holds(Period(plan.starts, plan.ends)) or is_wrong_year(time, reading):
                continue
            sentence = passage.sentence_of(time.start, time.end).text
            if _REPORTED.search(sentence) and not looks_ahead(sentence, reading):
                yield Finding(
                    (passage, time.start, time.end),
                    f"“{time.text}” ends after the meeting of {print_day(meeting)}.",
                    "Correct the end of the period, or write “to date” or the day to which the data go.",
                )


_QUARTER_BEFORE = re.compile(
    r"\b(?:(first|second|third|fourth) )?(quarter|financial year|calendar year|year|(\w+)[ -]months?(?: period)?)"
    r"(?:\s+of\s+\d{4}/\d\d)?(?:,?\s+\(?|\s*[(:–-]\s*|\s+(?:from|of|covering|between)\s+|,\s+(?:from|that is,?)\s+)$",
    re.IGNORECASE,
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "nine": 9, "twelve": 12, "eighteen": 18}


@rule(
    "C202",
    Severity.WARNING,
    meaning="a period is called a quarter, a year or some months and has another length",
    source="House practice: a quarter is three whole months, a financial year 1 April to 31 March",
    example="“The quarter, October to November 2015”.",
)
def find_wrong_lengths(reading: Reading) -> Iterator[Finding]:
    """“The quarter, 1 October to 30 November”: a span right after the word that names another length."""
    for passage in reading.passages:
        for time in times(reading)[passage]:
            if time.wording is not TimeWording.SPAN:
                continue
            called = _QUARTER_BEFORE.search(near_before(passage.text, time.start))
            if called is None:
                continue
            length = _length_called(called[2].lower(), called[3])
            exact = _is_long(time.period, length) if length else True
            if length == 12 and time.period.length > 12 and "financial" not in called[2].lower():
                exact = True  # “in the year from … to …” may name two points
            if called[2].lower() == "financial year" and exact:
                exact = time.period.starts.month == 4 and time.period.starts.day == 1
            ordinal = ("first", "second", "third", "fourth").index(called[1].lower()) if called[1] else None
            if exact and length == 3 and ordinal is not None:
                first = time.period.starts.month
                exact = first in (3 * ordinal + 1, (3 * ordinal + 3) % 12 + 1)
            if not exact:
                name = " ".join(word for word in (called[1], called[2]) if word)
                yield Finding(
                    (passage, time.start, time.end),
                    f"“{time.text}” is called “{name}”, and is {_say_length(time.period)}.",
                    "Correct the dates, or call it what it is.",
                )


def _length_called(name: str, count: str | None) -> int:
    if name == "quarter":
        return 3
    if name.endswith("year"):
        return 12
    word = (count or "").lower()
    return _COUNTS.get(word, int(word) if word.isdecimal() and len(word) < 4 else 0)


def _is_long(period: Period, months: int) -> bool:
    """Whether a period has that many months: whole ones, or to the day before its first day's return."""
    if period.is_months:
        return period.length == months
    later = month_of(period.starts).plus(months)
    last = date(later.year, later.month, min(period.starts.day, later.last_day.day))
    return abs((last - period.ends).days) <= 1


def _say_length(period: Period) -> str:
    if period.is_months:
        return "one month" if period.length == 1 else f"{period.length} months"
    return f"{period.days} days"


_WEEKDAY = re.compile(
    r"\b(Mon|Tue|Tues|Wed|Weds|Wednes|Thu|Thur|Thurs|Fri|Sat|Satur|Sun)(?:day)?\b,?\s+(?:the\s+)?$", re.IGNORECASE
)


@rule(
    "C203",
    Severity.ERROR,
    meaning="a weekday does not match its date",
    source="The calendar; Local Government Act 1972, s. 100A(6): notice of the time and place of a meeting",
    example=f"“Tuesday 3 February 2016”: it was {print_weekday(date(2016, 2, 3)).replace(chr(160), ' ')}.",
)
def find_wrong_weekdays(reading: Reading) -> Iterator[Finding]:
    """“Tuesday 3 February 2016”, which was a Wednesday; without a year, the year nearest to the meeting is taken."""
    for passage in reading.passages:
        for time in times(reading)[passage]:
            before = near_before(passage.text, time.start)
            named = _WEEKDAY.search(before)
            if time.wording is not TimeWording.DAY or named is None or time.period.starts != time.period.ends:
                continue
            begins = time.start - len(before) + named.start()
            right = calendar.day_name[time.period.starts.weekday()]
            if right[:3].lower() != named[1][:3].lower():
                yield Finding(
                    (passage, begins, time.end),
                    f"“{passage.text[begins : time.end]}”: {print_day(time.period.starts)} is a {right}.",
                    "Correct the weekday or the date.",
                )


@rule(
    "C207",
    Severity.ERROR,
    meaning="a date names a day that its month does not have",
    source="The calendar",
    example="“31 November 2015”.",
)
def find_missing_days(reading: Reading) -> Iterator[Finding]:
    """“31 November 2015”: no such day."""
    for passage in reading.passages:
        for stamp in passage.stamps:
            if stamp.day and stamp.month and _is_missing(stamp):
                yield Finding(
                    (passage, stamp.start, stamp.end),
                    f"There is no day “{passage.text[stamp.start : stamp.end]}”.",
                    "Correct the day or the month.",
                )


def _is_missing(stamp: Stamp) -> bool:
    return stamp.period(stamp.year if stamp.year is not None else 2000) is None


_GENERAL = re.compile(
    r"\b(?:each|every|all|usually|normally|generally|tends?|seasonal\w*|always|often|most years|of each year|a year"
    r"|in (?:late|early) \w+ (?:and|or))\b|\bof (?:other|earlier|each|every) years?\b",
    re.IGNORECASE,
)


@rule(
    "C204",
    Severity.WARNING,
    meaning="a month stands without its year where two years are possible",
    source="GOV.UK style guide, “Dates”; house practice",
    example="“The two years 2014/15 and 2015/16 are compared. In May there were more.”",
)
def find_unsaid_years(reading: Reading) -> Iterator[Finding]:
    """A month without its year in a paragraph that speaks of that month's two years, or with no year that tells.

    A month of the reporting period needs none, nor one whose own sentence gives its year.
    """
    meeting = reading.settings.meeting
    for passage in reading.prose:
        every = passage.stamps
        for time in times(reading)[passage]:
            if time.wording is not TimeWording.MONTH or not time.assumed:
                continue
            if meeting.reporting_period.period.holds(time.period):
                continue
            sentence = passage.sentence_of(time.start, time.end)
            if _GENERAL.search(sentence.text):
                continue
            month = time.period.starts.month
            here = _years_of(month, [each for each in every if sentence.holds(each.start, each.end)])
            around = _years_of(month, every)
            if not looks_ahead(sentence.text, reading):
                around = {year for year in around if Month(year, month).first_day <= meeting.date}
            if len(here) == 1 or len(around) < 2:
                continue
            years = " or ".join(str(year) for year in sorted(around))
            yield Finding(
                (passage, time.start, time.end),
                f"“{time.text}” stands without its year, and could be that of {years}.",
                f"Write “{MONTHS[month - 1]} {time.period.starts.year}”, or the year that is meant.",
            )


def _years_of(month: int, every: Sequence[Stamp]) -> set[int]:
    """The years in which the dates of some words would put a month."""
    found: set[int] = set()
    for each in every:
        if each.year is not None:
            found.add(each.year + (each.financial and month < 4))
    return found
