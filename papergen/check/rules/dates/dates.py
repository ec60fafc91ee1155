"""Periods: dates that cannot be, periods of the wrong length or year, the reporting period with another year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from papergen.check.reading import PROSE, Reading
from papergen.check.rule import Finding, rule
from papergen.check.rules.dates.dating import PAPER, Time, looks_ahead, times
from papergen.diagnostics import Severity
from papergen.language.numbers import IN_WORDS
from papergen.language.passages import Passage
from papergen.language.words import NEAR_BY, near_before
from papergen.values.periods import MONTHS, Month, Period, month_of, print_day, quarter_period
from papergen.values.words import so_many

_ORDINALS = ("first", "second", "third", "fourth")
_NTH = {name: number for number, ordinal in enumerate(_ORDINALS, 1) for name in (ordinal, str(number))}
_REPORTED = re.compile(
    r"\b(?:covers?|covering|covered|reports? (?:on|covers?)|reported|recorded|reporting period|time period"
    r"|period|data|figures|results|compared|were|was|had|quarter)\b",
    re.IGNORECASE,
)
_PART_OF = r"(?:the )?(?:end of |start of |early |late |mid-)?"
_MONTHS_TO = re.compile(
    r"\b(?:year|quarter|months|weeks) (?:to|up to|ending|ended)(?: (?:in|on|at))? " + _PART_OF + "$", re.IGNORECASE
)
_HAPPENED = re.compile(
    r"\b(?:occurred|happened|took place|began|came|closed|opened|ended|fell|rose|peaked|met"
    r"|(?:was|were)(?: \w+ly)? \w+(?:ed|en|ne|ld)|(?:I|we|they|it|s?he) [a-z]+(?<!agre)(?<!decid)(?<!settl)ed)"
    rf"(?: (?:first|last|again|back|down|up|out|off|over|here|there))? (?:in|on|during|at) {_PART_OF}$",
    re.IGNORECASE,
)
"""What a date after it says of a thing that is past: “occurred in”, “were recorded at the end of”."""
_LONGEST = 366
"""Days of a span that may be reported on: longer ones are those of plans and policies."""
_SOON = timedelta(days=60)
"""What happened in a month that lies further ahead than this happened in that month of last year, as all will read."""


@rule("C201", Severity.WARNING, by_file=True)
def find_late_ends(reading: Reading) -> Iterator[Finding]:
    """A period that is reported on ends after the meeting.

    A span of a year or less that the sentence reports on, and that ends after the meeting; or a later day of what
    happened. Sentences that look ahead are let be.
    Source: House practice: nothing is reported before it has happened
    Example: “Recorded from 1 October 2015 to 31 March 2016” in a paper of 2 February 2016.
    """
    meeting = reading.settings.meeting.date
    for time in times(reading):
        if time.period.ends <= meeting or looks_ahead(time.sentence, reading) or is_wrong_year(time, reading):
            continue
        before = near_before(time.passage.text, time.start)
        if time.wording == "span":
            reported = not time.assumed and time.period.starts <= meeting and bool(_REPORTED.search(time.sentence))
            reported = reported and time.period.days <= _LONGEST
        else:
            is_soon = timedelta() < time.period.starts - meeting < _SOON
            reported = bool(_HAPPENED.search(before)) and is_soon
            reported = reported or (not time.assumed and bool(_MONTHS_TO.search(before)))
        if reported:
            when = "is still to come at" if time.assumed else "ends after"
            hint = "Correct the end of the period, or write “to date” or the day to which the data go."
            hint = f"Write the year, such as “{time.text} {meeting.year - 1}”." if time.assumed else hint
            yield Finding(time.where, f"“{time.text}” {when} the meeting of {print_day(meeting)}.", hint)


_CALLED = re.compile(
    rf"(?<!\bby )(?<!\bhalf[ -])\b(?:(?P<ordinal>{'|'.join(_ORDINALS)}) )?"
    r"(?P<name>quarter(?: [1-4]\b)?|Q[1-4]\b|financial year|calendar year|half[ -]year|year"
    r"|(?P<count>\w+)[ -](?:months?|years)(?: period)?)"
    r"(?:\s+(?:of\s+)?(?:\d{4}/\d\d|(?:the )?(?:previous|last|same|next|current) (?:financial |calendar )?year))?"
    r"(?:,?\s+\(?|\s*[(:–-]\s*|\s+(?:from|of|covering|between)\s+|,\s+(?:from|that is,?)\s+)$",
    re.IGNORECASE,
)


@rule("C202", Severity.WARNING, by_file=True)
def find_wrong_lengths(reading: Reading) -> Iterator[Finding]:
    """A period is called a quarter, a year or some months right before it, and is another or has another length.

    Source: House practice: a quarter is three whole months, a financial year 1 April to 31 March
    Example: “The quarter, October to November 2015”.
    """
    for time in times(reading):
        its, called = time.period, _CALLED.search(near_before(time.passage.text, time.start))
        if time.wording == "span" and called and not _is_called_right(its, called):
            name = " ".join(word for word in (called["ordinal"], called["name"]) if word)
            length = so_many(its.length, "month") if its.is_months else f"{its.days} days"
            if name.endswith("years"):
                length = f"{its.ends.year - its.starts.year} years"
            elif called["name"][0] in "Qq" and _is_long(its, 3):
                length = "another quarter"
            message = f"“{time.text}” is called “{name}”, and is {length}."
            yield Finding(time.where, message, "Correct the dates, or call it what it is.")


def _is_called_right(period: Period, called: re.Match[str]) -> bool:
    name, starts, said = called["name"].lower(), period.starts, (called["count"] or "").lower()
    count = IN_WORDS.get(said, int(said) if said.isdecimal() and len(said) < 4 else 0)
    if name.endswith("years"):
        return not count or count - 1 <= period.ends.year - starts.year <= count
    months = 3 if name[0] == "q" else 6 if name.startswith("half") else 12 if name.endswith("year") else count
    is_long = not months or _is_long(period, months)
    is_financial = re.search(r"\d/\d\d\b", called[0])
    if name[0] == "q" and (nth := _NTH.get((called["ordinal"] or name[-1]).lower())):
        return is_long and starts.month in ((3 * nth % 12 + 1,) if is_financial else (3 * nth - 2, 3 * nth % 12 + 1))
    if name == "financial year":
        return is_long and (starts.month, starts.day) == (4, 1)
    # “In the year from … to …” may name two points.
    return is_long or (name.endswith("year") and period.length > months == 12)


def _is_long(period: Period, months: int) -> bool:
    """Whether a period has that many months: to the day before its first day's return, give or take one."""
    later = month_of(period.starts).plus(months)
    last = date(later.year, later.month, min(period.starts.day, later.last_day.day))
    return abs((last - period.ends).days) <= 1


_WEEKDAY = re.compile(
    r"\b(Mon|Tue|Tues|Wed|Weds|Wednes|Thu|Thur|Thurs|Fri|Sat|Satur|Sun)(?:day)?\b,?\s+(?:the\s+)?$", re.IGNORECASE
)


@rule("C203", Severity.ERROR, by_file=True)
def find_wrong_weekdays(reading: Reading) -> Iterator[Finding]:
    """A weekday does not match its date.

    Without a year, the year nearest to the meeting is taken.
    Source: The calendar; Local Government Act 1972, s. 100A(6): notice of the time and place of a meeting
    Example: “Tuesday 3 February 2016”: it was Wednesday 3 February 2016.
    """
    for time, start in _wrong_weekdays(reading, fits_the_year_before=False):
        words, day = time.passage.text[start : time.end], time.period.starts
        message = f"“{words}”: {print_day(day)} is a {day:%A}."
        yield Finding((time.passage, start, time.end), message, "Correct the weekday or the date.")


@rule("C208", Severity.WARNING, by_file=True)
def find_weekdays_of_another_year(reading: Reading) -> Iterator[Finding]:
    """A weekday does not match its date this year, and does in the year before, which is not given.

    Source: The calendar
    Example: “Tuesday 3 June” in papers of 2026: it was a Tuesday in 2025.
    """
    for time, start in _wrong_weekdays(reading, fits_the_year_before=True):
        year, words = time.period.starts.year, time.passage.text[start : time.end]
        if any(each.year == year - 1 and each.day and each.end <= start for each in time.passage.stamps):
            continue  # “on Saturday 28 June 2025. It was out on Thursday 10 July.”
        message = f"“{words}” was so in {year - 1}, and is not in {year}."
        hint = f"Write the year: “{words} {year - 1}”; or correct the weekday."
        yield Finding((time.passage, start, time.end), message, hint)


def _wrong_weekdays(reading: Reading, *, fits_the_year_before: bool) -> Iterator[tuple[Time, int]]:
    """Each day with a weekday before it that is not its own, but may be that of a year before; and where it begins."""
    meeting = reading.settings.meeting.date
    for time in times(reading):
        named = _WEEKDAY.search(time.passage.text, max(0, time.start - NEAR_BY), time.start)
        day, is_day = time.period.starts, time.wording == "day" and time.period.days == 1
        if not (named and is_day) or _is_on(day, named):
            continue
        may_move = time.assumed and (day.month, day.day) != (2, 29)
        before, after = (day.replace(year=day.year + step) if may_move else day for step in (-1, 1))
        # A report on a year tells what comes next.
        is_next = abs(after - meeting) < abs(day - meeting) and _is_on(after, named)
        if not is_next and fits_the_year_before == _is_on(before, named):
            yield time, named.start()


def _is_on(day: date, named: re.Match[str]) -> bool:
    return f"{day:%A}".startswith(named[1][:3].capitalize())


@rule("C207", Severity.ERROR, by_file=True)
def find_missing_days(reading: Reading) -> Iterator[Finding]:
    """A date names a day that its month does not have.

    Without a year, neither in the year of the meeting, the one before or after, nor in one that its paragraph names.
    Source: The calendar
    Example: “31 November 2015”.
    """
    here = reading.settings.meeting.date.year
    for passage in reading.passages:
        years = {here - 1, here, here + 1, *(each.year for each in passage.stamps if each.year is not None)}
        for stamp in passage.stamps:
            if not any(map(stamp.period, years if stamp.year is None else [stamp.year])):
                is_leap_day = stamp.day == 29 and stamp.year is None
                when, or_year = (f" in {here}", ", or write its year") if is_leap_day else ("", "")
                message = f"There is no day “{passage.text[stamp.start : stamp.end]}”{when}."
                yield Finding((passage, stamp.start, stamp.end), message, f"Correct the day or the month{or_year}.")


_GENERAL = re.compile(
    r"\b(?:each|every|all|usually|normally|generally|tends?|seasonal\w*|always|often|most years|of each year|a year"
    r"|in (?:late|early) \w+ (?:and|or))\b|\bof (?:other|earlier|each|every) years?\b",
    re.IGNORECASE,
)


@rule("C204", Severity.WARNING, by_file=True)
def find_unsaid_years(reading: Reading) -> Iterator[Finding]:
    """A month stands without its year where two years are possible.

    In a paragraph that speaks of two years in a row. A month of the reporting period needs none, nor one whose own
    sentence gives its year.
    Source: GOV.UK style guide, “Dates”; house practice
    Example: “The two years 2014/15 and 2015/16 are compared. In May there were more.”
    """
    meeting = reading.settings.meeting
    for time in times(reading):
        passage, sentence = time.passage, time.passage.sentence_of(time.start, time.end)
        if time.wording != "month" or not time.assumed or passage.place not in PROSE:
            continue
        is_named = re.match(r" (?:meeting|committee|board|panel|council)\b", passage.text[time.end :], re.IGNORECASE)
        if meeting.period.holds(time.period) or _GENERAL.search(sentence.text) or is_named:
            continue
        month = time.period.starts.month
        years = [(each, year) for each in passage.stamps if (year := each.year_of(month)) is not None]
        here = {year for each, year in years if sentence.holds(each.start, each.end)}
        around = {year for _, year in years}
        if not looks_ahead(sentence.text, reading):
            around = {year for year in around if Month(year, month).first_day <= meeting.date}
        if len(here) != 1 and len(around) == 2 and max(around) - min(around) == 1:
            possible = " or ".join(map(str, sorted(around)))
            message = f"“{time.text}” stands without its year, and could be that of {possible}."
            hint = f"Write “{MONTHS[month - 1]} {max(around)}”, or the year that is meant."
            yield Finding(time.where, message, hint)


_COVERS = re.compile(
    rf"\b(?:reporting period|{PAPER}\b.{{0,60}}?"
    r"\b(?:covers?|covering|is for|looks at|reports on|relates? to|concerns?)"
    r"|(?:period|quarter|months) (?:reported on|covered|under review))\b"
    r"|^It (?:covers|reports on)\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:compar\w+|against|than|beside|earlier|previous|last year|year before|next|same)\b", re.IGNORECASE
)
_ENDS = re.compile(
    r"\b(?:quarter|period|months)\b(?: reported on| covered)?[\s,(]+(?:which |that )?"
    r"(?:up to|to|ending|ended|ends|until)(?: on| in| at)?(?: the end of)?\s$",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    rf"\b(?:(?P<word>{'|'.join(_ORDINALS)})[ -]quarter(?: of|,| \(| for)?(?: the (?:financial )?year)?"
    r"|(?:quarter |Q)(?P<digit>[1-4])(?: of| for|,|:)?)\s(?P<year>[12]\d{3})[/–-]\d\d\b"
    r"|\b(?P<year_first>[12]\d{3})[/–-]\d\d,? (?:quarter |Q)(?P<last>[1-4])\b",
    re.IGNORECASE,
)


@rule("C206", Severity.ERROR, by_file=True)
def wrong_years(reading: Reading) -> Iterator[Finding]:
    """The reporting period is printed with another year than the meeting’s.

    Its last day and its quarter count too. A later year is always told, unless the sentence looks ahead; an earlier one
    where the sentence says what the paper covers and compares nothing.
    Source: Police Reform and Social Responsibility Act 2011, s. 13(1): information for the Panel; the paper of
    February 2016, whose period was a year wrong
    Example: “1 October to 31 December 2016” for a reporting period that ended on 31 December 2015.
    """
    period = reading.settings.meeting.period
    places = (time.where for time in times(reading) if is_wrong_year(time, reading))
    for passage, start, end in (*places, *_wrong_quarters(reading)):
        message = f"“{passage.text[start:end]}” is the reporting period with another year: the meeting’s is {period}."
        yield Finding((passage, start, end), message, "Write {{ meeting.period }} in its place, or correct the year.")


def is_wrong_year(time: Time, reading: Reading) -> bool:
    """Whether a time is the reporting period, or its end, moved by whole years, and told as what is reported on."""
    ours, its = reading.settings.meeting.period, time.period
    years = its.ends.year - ours.ends.year
    if time.assumed or not years or reading.settings.meeting.reporting_period is None:
        return False
    days = [(its.ends, ours.ends)]
    if time.wording == "span":
        days.append((its.starts, ours.starts))
    elif not _ENDS.search(near_before(time.passage.text, time.start)):
        return False
    is_ours = all(day.year - our.year == years and _day_of_year(day) == _day_of_year(our) for day, our in days)
    return is_ours and _is_reported_on(time.sentence, its, reading)


def _day_of_year(day: date) -> tuple[int, int]:
    """Month and day; the last of February is one day, whether the year is a leap year or not."""
    return day.month, 28 if (day.month, day.day) == (2, 29) else day.day


def _wrong_quarters(reading: Reading) -> Iterator[tuple[Passage, int, int]]:
    """“The third quarter of 2016/17”, “Q3 2016/17”: the meeting's quarter in another year."""
    period = reading.settings.meeting.period
    for passage in reading.passages if period.is_quarter else ():
        for found in _QUARTER.finditer(passage.text):
            number = _NTH[(found["word"] or found["digit"] or found["last"]).lower()]
            named = quarter_period(int(found["year"] or found["year_first"]), number)
            if named == period or named.starts.month != period.starts.month or not passage.typed(*found.span()):
                continue
            if _is_reported_on(passage.sentence_of(*found.span()).text, named, reading):
                yield passage, *found.span()


def _is_reported_on(sentence: str, period: Period, reading: Reading) -> bool:
    """Whether a sentence tells of a period as of what is reported on, and not of what is to come or was before."""
    if period.ends > reading.settings.meeting.date:
        return not looks_ahead(sentence, reading)
    return bool(_COVERS.search(sentence)) and not _COMPARED.search(sentence)
