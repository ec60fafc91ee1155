"""The dates and spans of a passage, and the days that are meant by them at a meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from papergen.check.reading import Reading, once
from papergen.language.dates import MONTH_NAME, Stamp
from papergen.language.passages import Passage
from papergen.language.sentences import near_before
from papergen.values.periods import Period

_AHEAD = re.compile(
    r"\b(?:will|shall|would|next|plans?|planned|runs?|until|contract|term|funding|grant|scheme|programme"
    r"|project(?:ed|ions?)?|forecasts?|expect\w*|due|strategy|budget|elected|office|proposed|scheduled|intend\w*"
    r"|to come|ahead|coming)\b",
    re.IGNORECASE,
)
_PAPER = r"[Tt]his (?:performance |quarterly )?(?:report|paper|appendix|annex)"
_NOT_AHEAD = re.compile(
    rf"\b(?:(?:as|than) (?:was )?(?:planned|expected|due|proposed)|(?:[Ii]t|{_PAPER}) will (?:cover|report on)"
    r"|(?:[Mm]embers|[Tt]he Panel|[Rr]eaders) will (?:also )?(?:find|see|note|recall|remember|know|be aware)"
    r"|(?:the|this) Plan)\b"
)
"""Words of what is to come that say nothing of it here."""


class TimeWording(Enum):
    """How a time is written."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    SPAN = "span"


@dataclass(frozen=True, slots=True)
class Time:
    """A date or a span of them in a passage, and the days that are meant.

    ``assumed`` is true where no year is written and the year was taken from the meeting.
    """

    passage: Passage
    start: int
    end: int
    wording: TimeWording
    period: Period
    assumed: bool

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]

    @property
    def edge(self) -> str:
        """The word before it, in small letters, that makes it a limit, such as “by”, “since” or “from”; or nothing."""
        edge = _EDGE.search(near_before(self.passage.text, self.start))
        return edge[1].lower() if edge else ""


def looks_ahead(sentence: str, reading: Reading) -> bool:
    """Whether a sentence speaks of what is to come; the plan’s name and “as planned” alone do not."""
    return bool(_AHEAD.search(_NOT_AHEAD.sub("", sentence.replace(reading.settings.plan.title, ""))))


_JOIN = re.compile(r"\s?(?:[–—-]|to|until|through to)\s?(?:the\s)?", re.IGNORECASE)
_SHARES_YEAR = re.compile(rf"(?:,?\s(?:and|or|to)\s|,\s|\s[–-]\s|{MONTH_NAME}|\d{{1,2}}\s)*")
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s)?$", re.IGNORECASE)
_EDGE = re.compile(
    r"\b(by|since|from|until|till|to|before|after|during|in|on|at|of|for)\s+(?:the\s+)?"
    r"(?:end of\s+|start of\s+|early\s+|late\s+|mid[- ])?"
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Calendar:
    meeting: date
    report: Period

    def nearest(self, stamp: Stamp) -> int:
        """The year in which a month or day without one lies nearest to the meeting, the reporting period first."""
        years = (self.meeting.year - 1, self.meeting.year, self.meeting.year + 1)
        periods = [(year, period) for year in years if (period := stamp.period(year))]
        for year, period in periods:
            if self.report.holds(period):
                return year
        return min(
            periods, key=lambda each: abs((each[1].starts - self.meeting).days), default=(self.meeting.year, None)
        )[0]


@once
def times(reading: Reading) -> Mapping[Passage, tuple[Time, ...]]:
    """Every date and span of each passage, headings and cells too, in the order of its text."""
    meeting = reading.settings.meeting
    calendar = _Calendar(meeting.date, meeting.reporting_period.period)
    return {passage: tuple(_dated(passage, calendar)) for passage in reading.passages}


def _dated(passage: Passage, calendar: _Calendar) -> Iterator[Time]:
    text = passage.text
    found = passage.stamps
    skip = -1
    for index, stamp in enumerate(found):
        if index <= skip:
            continue
        second = found[index + 1] if index + 1 < len(found) else None
        if second and _is_span(text, stamp, second):
            skip = index + 1
            third = found[index + 2] if index + 2 < len(found) else None
            time = _span(passage, stamp, second, third, calendar)
            if time:
                yield time
            continue
        year = stamp.year if stamp.year is not None else _shared_year(text, found, index)
        assumed = year is None
        period = stamp.period(calendar.nearest(stamp) if year is None else year)
        if period:
            wording = TimeWording.DAY if stamp.day else TimeWording.MONTH if stamp.month else TimeWording.YEAR
            yield Time(passage, stamp.start, stamp.end, wording, period, assumed)


def _is_span(text: str, first: Stamp, second: Stamp) -> bool:
    between = text[first.end : second.start]
    if first.month is None or second.month is None:
        return (first.month, first.day) == (second.month, second.day) and bool(_JOIN.fullmatch(between))
    if _JOIN.fullmatch(between):
        return True
    return between.strip() == "and" and bool(_BETWEEN.search(near_before(text, first.start)))


def _span(passage: Passage, first: Stamp, second: Stamp, third: Stamp | None, calendar: _Calendar) -> Time | None:
    ends_year, assumed = second.year, False
    if ends_year is None and third and third.month is None and third.year and second.month:
        follows = re.fullmatch(r",?\s(?:in|of)?\s?", passage.text[second.end : third.start])
        ends_year = third.year + (third.financial and second.month < 4) if follows else None
    if ends_year is None and first.year is not None and first.month and second.month:
        ends_year = first.year + (second.month < first.month)
    if ends_year is None:
        ends_year, assumed = calendar.nearest(second), True
    starts_year = first.year
    if starts_year is None:
        starts_year = ends_year - ((first.month or 0) > (second.month or 0))
    starts, ends = first.period(starts_year), second.period(ends_year)
    if starts is None or ends is None or ends.ends < starts.starts:
        return None
    return Time(passage, first.start, second.end, TimeWording.SPAN, Period(starts.starts, ends.ends), assumed)


def _shared_year(text: str, found: Sequence[Stamp], index: int) -> int | None:
    """The year that “January and April 2016” gives to January."""
    for other in found[index + 1 :]:
        between = text[found[index].end : other.start]
        if not _SHARES_YEAR.fullmatch(between):
            return None
        if other.year is not None and other.month is not None:
            return other.year - ((found[index].month or 0) > other.month)
    return None
