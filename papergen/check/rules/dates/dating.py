"""The dates and spans of a passage, and the days that are meant by them at a meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from papergen.check.reading import Reading, once
from papergen.language.dates import MONTH_NAME, Stamp
from papergen.language.passages import Passage
from papergen.language.sentences import near_before
from papergen.values.periods import Period
from papergen.workspace.settings import MeetingSettings

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
    def sentence(self) -> str:
        """The sentence that it stands in."""
        return self.passage.sentence_of(self.start, self.end).text

    @property
    def where(self) -> tuple[Passage, int, int]:
        """Where it stands, for a finding."""
        return self.passage, self.start, self.end

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
WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
"""A pattern of the weekday before a day, where there is one."""
_EDGE = re.compile(
    r"\b(by|since|from|until|till|to|before|after|during|in|on|at|of|for)\s+(?:the\s+)?"
    r"(?:end of\s+|start of\s+|early\s+|late\s+|mid[- ])?"
    rf"{WEEKDAY}(?:the\s+)?$",
    re.IGNORECASE,
)


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
    found = passage.stamps
    joined = False
    for index, stamp in enumerate(found):
        if joined:
            joined = False
            continue
        second, third = (*found[index + 1 : index + 3], None, None)[:2]
        joined = second is not None and _is_span(passage.text, stamp, second)
        if second is not None and joined:
            if time := _span(passage, stamp, second, third, meeting):
                yield time
            continue
        year = stamp.year if stamp.year is not None else _shared_year(passage.text, found[index:])
        if period := stamp.period(_nearest(stamp, meeting) if year is None else year):
            wording = TimeWording.DAY if stamp.day else TimeWording.MONTH if stamp.month else TimeWording.YEAR
            yield Time(passage, stamp.start, stamp.end, wording, period, assumed=year is None)


def _is_span(text: str, first: Stamp, second: Stamp) -> bool:
    between = text[first.end : second.start]
    if first.month is None or second.month is None:
        return (first.month, first.day) == (second.month, second.day) and bool(_JOIN.fullmatch(between))
    if _JOIN.fullmatch(between):
        return True
    return between.strip() == "and" and bool(_BETWEEN.search(near_before(text, first.start)))


def _span(passage: Passage, first: Stamp, second: Stamp, third: Stamp | None, meeting: MeetingSettings) -> Time | None:
    ends_year, assumed = second.year, False
    if ends_year is None and third and third.month is None and third.year and second.month:
        follows = re.fullmatch(r",?\s(?:in|of)?\s?", passage.text[second.end : third.start])
        ends_year = third.year + (third.financial and second.month < 4) if follows else None
    if ends_year is None and first.year is not None and first.month and second.month:
        ends_year = first.year + (second.month < first.month)
    if ends_year is None:
        ends_year, assumed = _nearest(second, meeting), True
    turns = (first.month or 0) > (second.month or 0)
    starts, ends = first.period(ends_year - turns if first.year is None else first.year), second.period(ends_year)
    if starts is None or ends is None or ends.ends < starts.starts:
        return None
    return Time(passage, first.start, second.end, TimeWording.SPAN, Period(starts.starts, ends.ends), assumed)


def _shared_year(text: str, found: Sequence[Stamp]) -> int | None:
    """The year that “January and April 2016” gives to January, the first of some dates."""
    first, *others = found
    for other in others:
        if not _SHARES_YEAR.fullmatch(text[first.end : other.start]):
            return None
        if other.year is not None and other.month is not None:
            return other.year - ((first.month or 0) > other.month)
    return None
