"""Every date and relative phrase of a passage, and where it lies against the period, the meeting and the plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from itertools import islice

from papergen.check.reading import Reading, once
from papergen.language.dates import MONTH_NAME, Stamp
from papergen.language.passages import Passage
from papergen.language.sentences import near_before
from papergen.values.periods import Month, Period, month_of, months_period, year_period, year_starts

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

_DAY = timedelta(days=1)
_YEAR_AHEAD = timedelta(days=365)


class Against(Enum):
    """Where a time lies against a period or a day."""

    BEFORE = "before"
    WITHIN = "within"
    ACROSS = "across"
    AFTER = "after"


class TimeWording(Enum):
    """How a time is written."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    SPAN = "span"
    RELATIVE = "relative"


@dataclass(frozen=True, slots=True)
class Time:
    """A date, a span or a relative phrase in a passage, and the days that are meant.

    ``edge`` is the word before it that makes it a limit ("by", "since", "from", "until", "to", "before", "after"), in
    small letters.  ``assumed`` is true where no year is written and the year was taken from the words around it or
    from the meeting.  ``report``, ``meeting`` and ``plan`` say where the days lie against the reporting period, the
    day of the meeting and the plan.
    """

    passage: Passage
    start: int
    end: int
    text: str
    wording: TimeWording
    period: Period
    edge: str
    assumed: bool
    report: Against
    meeting: Against
    plan: Against


def looks_ahead(sentence: str, reading: Reading) -> bool:
    """Whether a sentence speaks of what is to come; the plan’s name and “as planned” alone do not."""
    return bool(_AHEAD.search(_NOT_AHEAD.sub("", sentence.replace(reading.settings.plan.title, ""))))


_JOIN = re.compile(r"\s?(?:[–—-]|to|until|through to)\s?(?:the\s)?", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s)?$", re.IGNORECASE)
_EDGE = re.compile(
    r"\b(by|since|from|until|till|to|before|after|during|in|on|at|of|for)\s+(?:the\s+)?"
    r"(?:end of\s+|start of\s+|early\s+|late\s+|mid[- ])?"
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)


MOST_TIMES = 200
"""Relative phrases of a passage that are looked at: more are no prose."""


@dataclass(frozen=True, slots=True)
class _Calendar:
    meeting: date
    report: Period
    plan: Period

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

    def placed(self, time: Time) -> Time:
        period = time.period
        if time.edge in ("by", "until", "till"):
            period = Period(period.ends, period.ends)
        elif time.edge in ("since", "from") and time.wording is not TimeWording.SPAN and period.starts <= self.meeting:
            period = Period(period.starts, self.meeting)
        return replace(
            time,
            report=_against(period, self.report),
            meeting=_against(period, Period(self.meeting, self.meeting)),
            plan=_against(period, self.plan),
        )


def _against(period: Period, other: Period) -> Against:
    if period.ends < other.starts:
        return Against.BEFORE
    if period.starts > other.ends:
        return Against.AFTER
    return Against.WITHIN if other.holds(period) else Against.ACROSS


@once
def times(reading: Reading) -> Mapping[Passage, tuple[Time, ...]]:
    """Every date, span and relative phrase of each passage, headings and cells too, in the order of its text."""
    meeting, plan = reading.settings.meeting, reading.settings.plan
    calendar = _Calendar(meeting.date, meeting.reporting_period.period, Period(plan.starts, plan.ends))
    return {passage: tuple(_times_in(passage, calendar)) for passage in reading.passages}


def _times_in(passage: Passage, calendar: _Calendar) -> Iterator[Time]:
    found = [*_dated(passage, calendar), *islice(_relative(passage, calendar), MOST_TIMES)]
    for each in sorted(found, key=lambda each: each.start):
        yield calendar.placed(each)


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
            yield _time(passage, stamp.start, stamp.end, wording, period, assumed=assumed)


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
    return _time(passage, first.start, second.end, TimeWording.SPAN, Period(starts.starts, ends.ends), assumed=assumed)


def _shared_year(text: str, found: Sequence[Stamp], index: int) -> int | None:
    """The year that “January and April 2016” gives to January."""
    for other in found[index + 1 :]:
        between = text[found[index].end : other.start]
        if not re.fullmatch(r"(?:,?\s(?:and|or|to)\s|,\s|\s[–-]\s|" + MONTH_NAME + r"|\d{1,2}\s)*", between):
            return None
        if other.year is not None and other.month is not None:
            return other.year - ((found[index].month or 0) > other.month)
    return None


def _time(passage: Passage, start: int, end: int, wording: TimeWording, period: Period, *, assumed: bool) -> Time:
    edge = _EDGE.search(near_before(passage.text, start))
    unknown = Against.WITHIN
    return Time(
        passage,
        start,
        end,
        passage.text[start:end],
        wording,
        period,
        edge[1].lower() if edge else "",
        assumed,
        *[unknown] * 3,
    )


# ---------------------------------------------------------------------------------------------------------------------
# Relative phrases


def _month_at(day: date, months: int) -> Period:
    month = month_of(day).plus(months)
    return months_period(month, month)


def _year_at(day: date, years: int) -> Period:
    return year_period(year_starts(day).year + years)


def _calendar_quarter(day: date, quarters: int) -> Period:
    first = Month(day.year, (day.month - 1) // 3 * 3 + 1).plus(3 * quarters)
    return months_period(first, first.plus(2))


_PHRASES: tuple[tuple[re.Pattern[str], Callable[[_Calendar], Period]], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), make)
    for pattern, make in (
        (r"to date|so far", lambda at: Period(at.report.starts, at.meeting)),
        (
            r"(?:the )?(?:previous|preceding|quarter before the last) quarter|quarter before",
            lambda at: at.report.back(3),
        ),
        (
            r"(?:the |this )(?:last|latest|most recent) quarter|this quarter|last quarter|latest quarter",
            lambda at: at.report,
        ),
        (r"(?:the )?(?:next|coming) quarter", lambda at: _calendar_quarter(at.meeting, 1)),
        (r"last month|(?:the )?previous month", lambda at: _month_at(at.meeting, -1)),
        (r"this month", lambda at: _month_at(at.meeting, 0)),
        (r"next month", lambda at: _month_at(at.meeting, 1)),
        (r"last (?:financial )?year|(?:the )?previous (?:financial )?year", lambda at: _year_at(at.report.starts, -1)),
        (r"(?:this|current) (?:financial )?year", lambda at: _year_at(at.report.starts, 0)),
        (r"(?:the )?(?:next|coming) (?:financial )?year", lambda at: _year_at(at.meeting, 1)),
        (
            r"(?:the |in )?(?:coming|next few|forthcoming) (?:days|weeks|months)|shortly|soon|imminent(?:ly)?"
            r"|in due course|in the near future|later this year|before long",
            lambda at: Period(at.meeting, at.meeting + _YEAR_AHEAD),
        ),
        (
            r"recently|lately|in recent (?:weeks|months)|(?:the |over the )?(?:last|past) few (?:weeks|months)",
            lambda at: Period(at.meeting - timedelta(days=92), at.meeting - _DAY),
        ),
        (
            r"currently|at present|at the time of writing|at the moment|nowadays",
            lambda at: Period(at.meeting, at.meeting),
        ),
    )
)


def _relative(passage: Passage, calendar: _Calendar) -> Iterator[Time]:
    taken: list[tuple[int, int]] = []
    for pattern, make in _PHRASES:
        for found in pattern.finditer(passage.text):
            if not any(start < found.end() and found.start() < end for start, end in taken):
                taken.append(found.span())
                yield _time(passage, *found.span(), TimeWording.RELATIVE, make(calendar), assumed=True)
