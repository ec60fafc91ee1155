"""The dates and spans of a passage, the days that are meant by them, and what is announced for a day that is past."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Literal

from papergen.check.reading import Reading, once
from papergen.check.rule import Finding, rule
from papergen.diagnostics import Severity
from papergen.language.dates import DATE, MONTH_NAME, Stamp
from papergen.language.passages import Passage
from papergen.language.words import near_before
from papergen.model.walk import plain_text
from papergen.values.periods import Period, print_day
from papergen.workspace.settings import MeetingSettings

_AHEAD = re.compile(
    r"\b(?:will|shall|would|next|plans?|planned|runs?|until|contract|term|funding|grant|scheme|programme"
    r"|project(?:ed|ions?)?|forecast\w*|expect\w*|due|strategy|budget|elected|office|proposed|scheduled|intend\w*"
    r"|to come|ahead|coming)\b",
    re.IGNORECASE,
)
PAPER = r"[Tt]h(?:is|e(?: following)?) (?:performance |quarterly )?(?:report|paper|appendix|annex)"
"""A pattern of what names the paper that it stands in."""
_NOT_AHEAD = re.compile(
    rf"\b(?:(?:as|than) (?:was )?(?:planned|expected|due|proposed)|(?:[Ii]t|{PAPER}) will (?:cover|report on)"
    r"|(?:[Mm]embers|[Tt]he Panel|[Rr]eaders) will (?:also )?(?:find|see|note|recall|remember|know|be aware)"
    r"|(?:the|this) Plan)\b"
)
"""Words of what is to come that say nothing of it here."""


@dataclass(frozen=True, slots=True)
class Time:
    """A date or a span of them in a passage as it is written, and the days that are meant.

    ``assumed`` is true where no year is written and the year was taken from the meeting.
    """

    passage: Passage
    start: int
    end: int
    wording: Literal["day", "month", "year", "span"]
    period: Period
    assumed: bool

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]

    @property
    def sentence(self) -> str:
        """The sentence that it stands in."""
        return self.passage.sentence_of(self.start, self.end).text

    @property
    def where(self) -> tuple[Passage, int, int]:
        """Where it stands, for a finding."""
        return self.passage, self.start, self.end


def looks_ahead(sentence: str, reading: Reading) -> bool:
    """Whether a sentence speaks of what is to come; the plan’s name and “as planned” alone do not."""
    return bool(_AHEAD.search(_NOT_AHEAD.sub("", sentence.replace(reading.settings.plan.title, ""))))


_JOIN = re.compile(r"\s?(?:[–—-]|to|until|through to)\s?(?:the\s)?", re.IGNORECASE)
_SHARES_YEAR = re.compile(rf"(?:,?\s(?:and|or|to)\s|,\s|\s[–-]\s|{MONTH_NAME}|\d{{1,2}}\s)*")
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s)?$", re.IGNORECASE)
_OF = re.compile(r",?\s(?:in|of)?\s?")
WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
"""A pattern of the weekday before a day, where there is one."""


@once
def times(reading: Reading) -> tuple[Time, ...]:
    """Every date and span of the papers, those of headings and cells too, in the order of their text."""
    meeting = reading.settings.meeting
    return tuple(time for passage in reading.passages for time in _times_of(passage, meeting))


def _nearest(stamp: Stamp, meeting: MeetingSettings) -> int:
    """The year in which a month or day without one lies nearest to the meeting, the reporting period first."""
    here = meeting.date.year
    periods = {year: period for year in (here - 1, here, here + 1) if (period := stamp.period(year))}
    reported = (year for year, period in periods.items() if meeting.period.holds(period))
    nearest = min(periods, key=lambda year: abs((periods[year].starts - meeting.date).days), default=here)
    return next(reported, nearest)


def _times_of(passage: Passage, meeting: MeetingSettings) -> Iterator[Time]:
    found = iter(range(len(passage.stamps)))
    for index in found:
        stamp, *others = passage.stamps[index:]
        if others and _is_span(passage.text, stamp, others[0]):
            next(found)
            if time := _span(passage, stamp, others, meeting):
                yield time
            continue
        year = stamp.year if stamp.year is not None else _shared_year(passage.text, stamp, others)
        if period := stamp.period(_nearest(stamp, meeting) if year is None else year):
            wording: Literal["day", "month", "year"] = "day" if stamp.day else "month" if stamp.month else "year"
            yield Time(passage, stamp.start, stamp.end, wording, period, assumed=year is None)


def _is_span(text: str, first: Stamp, second: Stamp) -> bool:
    between = text[first.end : second.start]
    if not (first.month and second.month):
        return first.month == second.month and bool(_JOIN.fullmatch(between))
    is_between = between.strip() == "and" and _BETWEEN.search(near_before(text, first.start))
    return bool(_JOIN.fullmatch(between) or is_between)


def _span(passage: Passage, first: Stamp, others: Sequence[Stamp], meeting: MeetingSettings) -> Time | None:
    second, *more = others
    starts_month, ends_month = first.month or 0, second.month or 0
    year = second.year
    if year is None and more and not more[0].month:
        year = more[0].year_of(ends_month) if _OF.fullmatch(passage.text, second.end, more[0].start) else None
    if year is None and first.year is not None:
        year = first.year + (ends_month < starts_month)
    ends_year = _nearest(second, meeting) if year is None else year
    starts_year = ends_year - (starts_month > ends_month) if first.year is None else first.year
    starts, ends = first.period(starts_year), second.period(ends_year)
    if starts is None or ends is None or ends.ends < starts.starts:
        return None
    return Time(passage, first.start, second.end, "span", Period(starts.starts, ends.ends), assumed=year is None)


def _shared_year(text: str, first: Stamp, others: Iterable[Stamp]) -> int | None:
    """The year that “January and April 2016” gives to January, the first of some dates."""
    joined = takewhile(lambda each: _SHARES_YEAR.fullmatch(text, first.end, each.start), others)
    years = (each.year - ((first.month or 0) > each.month) for each in joined if each.year and each.month)
    return next(years, None)


_ACTS = "be|meet|report|start|begin|open|end|finish|conclude|publish|launch|take|complete|come|go|hold|visit|see"
_FORESEEN = "due|scheduled|planned|expected|anticipated|set"
_ANNOUNCED = re.compile(
    rf"\b(?:(?:will|shall)(?! have\b)(?: not)?(?: \w+ly)?(?: (?:{_ACTS}))?"
    rf"|(?:is|are|being|now|currently) (?:\w+ly )?(?:(?:{_FORESEEN})(?: to (?:{_ACTS}))?(?! to\b)|to (?:{_ACTS}))"
    rf"|(?<!was )(?<!were )(?<!been )(?:due|scheduled|planned|expected) to (?:{_ACTS})"
    r"|to be (?:held|published|released|launched|completed)"
    r"|(?:is|are) being (?:arranged|planned|organised|prepared|scheduled|set up)"
    r"|asks for(?= (?:[\w’-]+ ){1,8}by\b)|(?:aim|ambition|goal|plan|target) (?:is|remains) to [a-z]+"
    r"|(?:intends?|plans|hopes?|aims|wants?) to [a-z]+|takes? place"
    r"|next (?:[\w’-]+ ){1,3}(?:is|are|meets?|falls)|next (?:review|meeting|update)(?: due| date)?(?=:)"
    r"|deadline(?= (?:[\w’-]+ ){0,12}is\b)"
    r"|must be (?:[a-z]+ed|held|made|sent|paid|spent|given)"
    r"|(?<!year )(?<!quarter )(?<!period )(?<!month )(?<!that )(?<!which )(?:ends|expires|runs out)(?= (?:on|in)\b))\b",
    re.IGNORECASE,
)
_WENT_BY = re.compile(
    r"\b(?:was|were|had|did|has been|have been|since|until(?! (?:the )?$)|after|following|would|who|which|that|where"
    r"|when|than|as|if)\b|;",
    re.IGNORECASE,
)
"""Words between a time and what is announced by which it is not the time of that."""
_PART_OF = (
    r"(?:the\s+)?(?:(?:early|late|mid|end of|beginning of|start of)[ -]?)?"
    r"(?:(?P<season>spring|summer|autumn|winter)\s(?:of\s)?)?"
)
_SEASONS = {"spring": 5, "summer": 8, "autumn": 11, "winter": 12}
"""The seasons, each with its last month, or the last of its year."""
_IN_YEAR = re.compile(rf"\b(?:in|by|during|before the)\s+{_PART_OF}$", re.IGNORECASE)
_TO_DAY = rf"{_PART_OF}{WEEKDAY}(?:the\s+)?$"
_ON = re.compile(
    r"(?:^|\s)(?P<verb>[\w’-]+)?\s*"
    r"\b(?:on|(?:early |late )?in|by|during|until|(?:at|before) the end of|for|mid-"
    rf"|(?:next|deadline) .*(?: (?:is|are)|:))\s+{_TO_DAY}",
    re.IGNORECASE,
)
_OPENS = re.compile(rf"(?:later |earlier |early |late )?(?:on|in|by|during|at)\s+{_TO_DAY}", re.IGNORECASE)
_MADE = re.compile(
    r"(?:ed|held|made|given|taken|begun|set|put|seen|met|written|brought|sent|known|found|shown)$", re.IGNORECASE
)
_TO_BE_MADE = re.compile(
    r"\b(?:be|being)\s+(?:\w+ly\s+)?(?:[\w-]+\s+(?:and|or)\s+)?[\w-]+(?:\s+\w+){0,2}\s*$"
    r"|\b(?:due|scheduled|planned|expected|anticipated|set|announced)\s*$",
    re.IGNORECASE,
)
_LONGEST = 140
_GONE = 120
"""Days after which a month without a year that a sentence looks ahead to is that of the next year."""


@rule("C205", Severity.WARNING, by_file=True)
def past_announcements(reading: Reading) -> Iterator[Finding]:
    """An event is announced for a time that is past on the day of the meeting.

    A month without a year is taken to be the one nearest to the meeting, or the next where the last is four months
    gone.
    Source: The paper of February 2016, in which a workshop and a release of January were still to come
    Example: “A further workshop is scheduled for January 2016” in a paper of 2 February 2016.
    """
    meeting = reading.settings.meeting.date
    for time in times(reading):
        ends, named = time.period.ends, _IN_YEAR.search(near_before(time.passage.text, time.start))
        if time.wording == "year" and named and (season := named["season"]):
            ends = date(ends.year, _SEASONS[season.lower()], 28)
        # Under a heading with a date, notes have been brought up to that.
        is_of_then = _is_record(reading) and not DATE.search(plain_text(time.passage.section.title))
        is_next = time.assumed and (meeting - ends).days > _GONE
        is_yearly = re.match(r",? (?:of |in )?(?:each|every)\b| annually\b", time.passage.text[time.end :])
        if time.wording == "span" or ends >= meeting or is_of_then or is_next or is_yearly:
            continue
        if (named or time.wording != "year") and (words := _announces(time)):
            message = f"“{words}” and “{time.text}” look ahead to a time that is past on {print_day(meeting)}."
            yield Finding(time.where, message, "Say what came of it, or give the new date.")


_RECORDS = re.compile(r"\b(?:minutes|notes|note|record|log|diary) of\b|\b(?:minutes|notes)\W*$", re.IGNORECASE)


@once
def _is_record(file: Reading) -> bool:
    """Whether a file opens as the minutes or notes of an earlier day: “Board, 3 May 2018: notes”."""
    return any(_RECORDS.search(each.text) and any(day.day for day in each.stamps) for each in file.passages[:3])


def _announces(time: Time) -> str:
    """The words of its sentence that look ahead to a time (“will be”); none where nothing does."""
    text, sentence = time.passage.text, time.passage.sentence_of(time.start, time.end)
    announced = list(_ANNOUNCED.finditer(text, sentence.start, sentence.end))
    before = [found for found in announced if found.end() <= time.start]
    if not announced:
        return ""
    found = before[-1] if before else announced[0]
    if any(found.end() <= each.start < time.start for each in time.passage.stamps):
        return ""  # its time is the one before
    between = text[found.end() : time.start] if before else text[time.end : found.start()]
    if len(between) > _LONGEST or _WENT_BY.search(between):
        return ""
    if not before:  # “On 21 January the results will be released”
        opens = _OPENS.fullmatch(text, sentence.start, time.start)
        return found[0] if opens else ""
    words = f"{found[0]}{between}"
    if (leading := _ON.search(words)) is None:
        return ""
    is_done = _MADE.search(leading["verb"] or "") and not _TO_BE_MADE.search(words[: leading.end("verb")])
    return "" if is_done else found[0]
