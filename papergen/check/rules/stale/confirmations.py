"""“No change, confirmed by … on …”: the sentence with which somebody answers for words that stand as they were."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from papergen.check.reading import Reading, once
from papergen.diagnostics import Span
from papergen.language.dates import stamps
from papergen.values.periods import Month
from papergen.values.words import one_line

_INSIDE = r"(?:[^.\n]|(?<=[\s(][A-Z])\.|(?<=Mr|Ms|Dr)\.)"
CONFIRMATION = re.compile(
    r"\bno(?:\s+(?:significant|material|further|other))?\s+changes?\b[\s,;:–—-]*(?:\w+\s+){0,4}?confirmed\b"
    rf"(?P<rest>{_INSIDE}*(?:\n(?!\s*\n){_INSIDE}*){{0,2}})",
    re.IGNORECASE,
)
_BY = re.compile(r"\bby\s+(?P<who>[^\W\d_].*?)(?:\s*,)?\s+on\b", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One such sentence: its words and place, who confirmed and on what day (None where it does not say).

    ``lines`` are those it speaks for: the ones under its heading, or the whole file for a comment in front matter.
    """

    words: str
    at: Span
    who: str | None
    day: date | None
    lines: range

    def fault(self, *, after: date | None, until: date) -> str | None:
        """Why the sentence clears nothing: a clause that completes a sentence, or None when it holds.

        The day must be later than ``after``, the meeting before, and not later than ``until``, this one.
        """
        if self.who is None:
            return "it does not say who confirmed"
        if self.day is None:
            return "it gives no day that can be read"
        if after is not None and self.day <= after:
            return "that was before the last meeting’s papers were taken"
        if self.day > until:
            return "that is after the meeting"
        return None


def confirmations(reading: Reading) -> Iterator[Confirmation]:
    """Every confirmation in the files, in their text or in a comment of their front matter."""
    for file, text in reading.texts.items():
        first = reading.body_line(file)
        plain = text.replace("&nbsp;", "      ").replace("\u00a0", " ")
        for found in CONFIRMATION.finditer(plain):
            line = plain.count("\n", 0, found.start()) + 1
            at = Span(file, line, found.start() - plain.rfind("\n", 0, found.start()))
            who = _BY.search(found["rest"])
            lines = range(1, text.count("\n") + 2) if line < first else reading.lines_under_heading(at)
            yield Confirmation(
                words=one_line(found[0]),
                at=at,
                who=one_line(who["who"]) if who else None,
                day=_day(one_line(found["rest"])),
                lines=lines,
            )


def _day(text: str) -> date | None:
    """The first day with its year that a text names."""
    for stamp in stamps(text):
        if stamp.day and stamp.year:
            period = stamp.period(stamp.year)
            return period.starts if period else None
    return None


def meeting_before(reading: Reading) -> date | None:
    """The day of the meeting before: that of its papers, or what the settings tell."""
    if reading.previous:
        return max(paper.issued for paper in reading.previous)
    told = reading.settings.meeting.previous_meeting
    return told.first_day - timedelta(days=1) if isinstance(told, Month) else told


@once
def _holding(reading: Reading) -> tuple[Confirmation, ...]:
    """The confirmations that name who and a day between the two meetings."""
    after, until = meeting_before(reading), reading.settings.meeting.date
    return tuple(each for each in confirmations(reading) if each.fault(after=after, until=until) is None)


def is_confirmed(at: Span, reading: Reading) -> bool:
    """Whether a confirmation that holds speaks for a place."""
    return any(each.at.file == at.file and at.line in each.lines for each in _holding(reading))
