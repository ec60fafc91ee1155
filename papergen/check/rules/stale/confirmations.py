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

    def fault(self, reading: Reading) -> str | None:
        """Why the sentence clears nothing: a clause that completes a sentence, or None when it holds.

        The day must be later than the meeting before, and not later than this one.
        """
        after = meeting_before(reading)
        if self.who is None:
            return "it does not say who confirmed"
        if self.day is None:
            return "it gives no day that can be read"
        if after is not None and self.day <= after:
            return "that was before the last meeting’s papers were taken"
        return "that is after the meeting" if self.day > reading.settings.meeting.date else None


@once
def confirmations(reading: Reading) -> tuple[Confirmation, ...]:
    """Every confirmation in the files, in their text or in a comment of their front matter."""
    return tuple(each for file, text in reading.texts.items() for each in _confirmations_in(reading, file, text))


def _confirmations_in(reading: Reading, file: str, text: str) -> Iterator[Confirmation]:
    plain = text.replace("&nbsp;", "      ").replace("\u00a0", " ")
    for found in CONFIRMATION.finditer(plain):
        line = plain.count("\n", 0, found.start()) + 1
        at = Span(file, line, found.start() - plain.rfind("\n", 0, found.start()))
        in_front = line < reading.body_line(file)
        lines = range(1, text.count("\n") + 2) if in_front else reading.lines_under_heading(at)
        who, days = _BY.search(found["rest"]), (each for each in stamps(one_line(found["rest"])) if each.day)
        period = next((day.period(day.year) for day in days if day.year), None)
        yield Confirmation(
            one_line(found[0]), at, one_line(who["who"]) if who else None, period.starts if period else None, lines
        )


def meeting_before(reading: Reading) -> date | None:
    """The day of the meeting before: that of its papers, or what the settings tell."""
    if reading.previous:
        return max(paper.issued for paper in reading.previous)
    told = reading.settings.meeting.previous_meeting
    return told.first_day - timedelta(days=1) if isinstance(told, Month) else told


def is_confirmed(at: Span, reading: Reading) -> bool:
    """Whether a confirmation that holds speaks for a place."""
    here = (each for each in confirmations(reading) if each.at.file == at.file and at.line in each.lines)
    return any(each.fault(reading) is None for each in here)
