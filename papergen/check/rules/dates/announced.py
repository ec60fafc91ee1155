"""What a paper announces for a time that is past on the day of the meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from papergen.check.reading import Reading, once
from papergen.check.rule import Finding, rule
from papergen.check.rules.dates.dating import WEEKDAY, Time, TimeWording, times
from papergen.diagnostics import Severity
from papergen.language.dates import DATE
from papergen.language.passages import Passage
from papergen.language.sentences import TextPart, near_before
from papergen.model.walk import plain_text
from papergen.values.periods import print_day

_ACTS = "be|meet|report|start|begin|open|end|finish|conclude|publish|launch|take|complete|come|go|hold|visit|see"
_FORESEEN = "due|scheduled|planned|expected|anticipated|set"
_ANNOUNCED = re.compile(
    rf"\b(?:(?:will|shall)(?! have\b)(?: not)?(?: \w+ly)?(?: (?:{_ACTS}))?"
    rf"|(?:is|are|being|now|currently) (?:\w+ly )?(?:(?:{_FORESEEN})(?: to (?:{_ACTS}))?(?! to\b)|to (?:{_ACTS}))"
    rf"|(?<!was )(?<!were )(?<!been )(?:due|scheduled|planned|expected) to (?:{_ACTS})"
    r"|to be (?:held|published|released|launched|completed)"
    r"|(?:is|are) being (?:arranged|planned|organised|prepared|scheduled|set up)"
    r"|(?:intends?|plans|hopes?|aims|wants?) to [a-z]+|takes? place"
    r"|next (?:[\w’-]+ ){1,3}(?:is|are|meets?|falls))\b",
    re.IGNORECASE,
)
_WENT_BY = re.compile(r"\b(?:was|were|had|did|has been|have been|since|until|after|following|would)\b", re.IGNORECASE)
_TURNS = re.compile(r"\b(?:who|which|that|where|when|than|as|if)\b|;")
_PART_OF = (
    r"(?:the\s+)?(?:(?:early|late|mid|end of|beginning of|start of)[ -]?)?"
    r"(?:(?P<season>spring|summer|autumn|winter)\s(?:of\s)?)?"
)
_SEASONS = {"spring": 5, "summer": 8, "autumn": 11, "winter": 12}
"""The seasons, each with its last month, or the last of its year."""
_IN_YEAR = re.compile(rf"\b(?:in|by|during|before the)\s+{_PART_OF}$", re.IGNORECASE)
_ON = re.compile(
    r"(?:^|\s)(?P<verb>[\w’-]+)?\s*"
    rf"\b(?:on|in|by|during|until|at the end of|before the end of|for|early in|late in|mid-)\s+"
    rf"{_PART_OF}{WEEKDAY}(?:the\s+)?$",
    re.IGNORECASE,
)
_IS = re.compile(rf"\b(?:is|are)\s+{WEEKDAY}(?:the\s+)?$")
_OPENS = re.compile(rf"(?:later |earlier |early |late )?(?:on|in|by|during|at)\s+{_PART_OF}{WEEKDAY}(?:the\s+)?$", re.I)
_TOLD_BETWEEN = re.compile(r"\b(?:and|but|so|met|held|gave|made|took|began|set|saw|\w{3,}ed)\b", re.IGNORECASE)
_MADE = re.compile(
    r"(?:ed|held|made|given|taken|begun|set|put|seen|met|written|brought|sent|known|found|shown)$", re.IGNORECASE
)
_BEING = re.compile(
    r"\b(?:be|being)\s+(?:\w+ly\s+)?(?:[\w-]+\s+(?:and|or)\s+)?[\w-]+(?:\s+\w+){0,2}\s*$", re.IGNORECASE
)
_PLANNED = re.compile(r"\b(?:due|scheduled|planned|expected|anticipated|set|announced)\s*$", re.IGNORECASE)
_OF_THEN = re.compile(
    r"\b(?:figures|data|results|offences|incidents|crimes|victims|people|defendants)\s+(?:for|in|of)\s+$"
)
_LONGEST = 140


@rule("C205", Severity.WARNING, by_file=True)
def past_announcements(reading: Reading) -> Iterator[Finding]:
    """An event is announced for a time that is past on the day of the meeting.

    “Will be released on 21 January 2016” in a paper of 2 February 2016. A month without a year is taken to be the one
    nearest to the meeting.
    Source: The paper of February 2016, in which a workshop and a release of January were still to come
    Example: “A further workshop is scheduled for January 2016” in a paper of 2 February 2016.
    """
    meeting = reading.settings.meeting.date
    for time in times(reading):
        ends, dated = time.period.ends, time.edge not in ("since", "from", "to", "of", "after")
        if time.wording is TimeWording.YEAR:
            named = _IN_YEAR.search(near_before(time.passage.text, time.start))
            dated, season = named is not None, named["season"] if named else None
            ends = date(ends.year, _SEASONS[season.lower()], 28) if season else ends
        if time.wording is TimeWording.SPAN or ends >= meeting or _is_of_then(time.passage, reading):
            continue
        if dated and (words := _announces(time)):
            message = f"“{words}” and “{time.text}” look ahead to a time that is past on {print_day(meeting)}."
            yield Finding(time.where, message, "Say what came of it, or give the new date.")


_RECORDS = re.compile(r"\b(?:minutes|notes|note|record|log|diary) of\b|\b(?:minutes|notes)\W*$", re.IGNORECASE)


def _is_of_then(passage: Passage, file: Reading) -> bool:
    """Whether a passage stands in the notes of a meeting, whose future is that of their own day.

    What stands there under a heading with a date has been brought up to that.
    """
    return _is_record(file) and not DATE.search(plain_text(passage.section.title))


@once
def _is_record(file: Reading) -> bool:
    """Whether a file opens as the minutes or notes of an earlier day: “Board, 3 May 2018: notes”."""
    return any(_RECORDS.search(each.text) and any(day.day for day in each.stamps) for each in file.passages[:3])


def _announces(time: Time) -> str:
    """The words of its sentence that look ahead to a time (“will be”); none where nothing does."""
    text, sentence = time.passage.text, time.passage.sentence_of(time.start, time.end)
    announced = list(_ANNOUNCED.finditer(sentence.text))
    before = [found for found in announced if sentence.start + found.end() <= time.start]
    if before:
        return before[-1][0] if _leads_to(text, sentence, before[-1], time) else ""
    return announced[0][0] if announced and _opens(text, sentence, announced[0], time) else ""


def _leads_to(text: str, sentence: TextPart, found: re.Match[str], time: Time) -> bool:
    """“Will be released on 21 January”: the time belongs to the words that look ahead before it."""
    between = text[sentence.start + found.end() : time.start]
    without_edge = re.sub(r"\buntil\s+(?:the\s+)?$", "", between)
    if len(between) > _LONGEST or _WENT_BY.search(without_edge) or _TURNS.search(between):
        return False
    words = f"{found[0]}{between}"
    if found[0].lower().startswith("next") and _IS.search(words):
        return True
    leading = _ON.search(words)
    if leading is None:
        return False
    verb = leading["verb"] or ""
    before_preposition = words[: leading.end("verb")] if verb else found[0]
    if _MADE.search(verb) and not _BEING.search(before_preposition) and not _PLANNED.search(before_preposition):
        return False
    return _OF_THEN.search(between) is None


def _opens(text: str, sentence: TextPart, found: re.Match[str], time: Time) -> bool:
    """“On 21 January the results will be released”: the time opens the sentence, and nothing is told before “will”."""
    if not _OPENS.fullmatch(text[sentence.start : time.start]):
        return False
    between = text[time.end : sentence.start + found.start()]
    return not (
        len(between) > _LONGEST or _WENT_BY.search(between) or _TURNS.search(between) or _TOLD_BETWEEN.search(between)
    )
