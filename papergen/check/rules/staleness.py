"""Staleness: words carried over from the last meeting, said twice in one paper, or resting on data that have stopped.

What stands as it was, and rightly, is cleared by a sentence “No change, confirmed by NAME or ROLE on DATE.”: under the
heading that the words stand under, or for a whole file as a comment in its front matter (``# No change, …``).  The day
must lie between the last meeting and this one, so that the sentence itself cannot be carried over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, groupby
from textwrap import shorten

from papergen.check.reading import Reading, once, waivers_of
from papergen.check.rule import Finding, rule
from papergen.codes import DATA_STOPS
from papergen.data.overview import early_end
from papergen.diagnostics import Severity, Span
from papergen.language.dates import MONTH_NAME, stamps
from papergen.language.likeness import Alike, PassageWords, alike, shared_phrases, shared_sentences, wording
from papergen.language.passages import RUNNING, Passage, passages
from papergen.model.nodes import Section, Table, Waiver
from papergen.model.walk import cells_of, find, plain_text, walk_lines
from papergen.values.periods import Month, print_day
from papergen.values.words import one_line

_STANDING_TITLE = re.compile(
    r"\b(?:purpose|background|introduction|format|structure|about|glossary|definitions?|abbreviations|recommendations?"
    r"|contents|contact|how to read|where the figures come from|notes? on)\b",
    re.IGNORECASE,
)
_NEWS = re.compile(
    rf"\b{MONTH_NAME}\b(?!-)|\b20\d\d\b"
    r"|\b(?i:now|current(?:ly)?|recent(?:ly)?|latest|this (?:quarter|month|year|period)|next|last|since|shortly|soon)\b"
    r"|\b(?i:imminent(?:ly)?|ongoing|under ?way|to date|so far|at present)\b"
)
_DEED = re.compile(
    r"\d|\b(?:will|has|have|had|was|were|being|is to|are to|due|planned|expected|agreed|begun|began|continu\w+"
    r"|progress\w*|nothing|no change|changed?|updated?|new|rose|fell|rising|falling|increas\w+|decreas\w+)\b",
    re.IGNORECASE,
)


@once
def _written(file: Reading) -> tuple[PassageWords, ...]:
    """The paragraphs and list items that officers wrote in a file, but for confirmations."""
    typed = (each for each in file.passages if each.place in RUNNING and file.typed.has_typed(each.at))
    return tuple(wording(each) for each in typed if not _CONFIRMATION.search(each.text.replace("\u00a0", " ")))


def _written_now(reading: Reading) -> list[Passage]:
    return [each.passage for file in reading.parts for each in _written(file)]


@once
def _carried_over(reading: Reading) -> tuple[Alike, ...]:
    before = (each for each in passages(reading.previous) if each.place in RUNNING and not each.language)
    every = alike(chain.from_iterable(map(_written, reading.parts)), map(wording, before))
    return tuple(each for each in every if not _is_confirmed(each.now.at, reading))


def _unchanged(reading: Reading, *, news: bool) -> Iterator[list[Passage]]:
    """The passages that stand word for word as they did, section by section: those that tell news, or the others."""
    same = (each.now for each in _carried_over(reading) if each.share == 1 and _tells_news(each.now) == news)
    yield from (list(group) for _, group in groupby(same, key=_section))


def _section(passage: Passage) -> tuple[str, str]:
    return passage.paper.name, passage.section.key


def _explains(passage: Passage) -> bool:
    """Whether the section that a passage stands in introduces or explains."""
    return bool(_STANDING_TITLE.search(plain_text(passage.section.title)))


def _tells_news(passage: Passage) -> bool:
    """Whether a passage is of its time: it tells an event, a date or a deed; where a section explains, dates alone."""
    if any(each.value.measures or each.value.how[:2] == ("meeting", "previous") for each in passage.values):
        return True
    made = [*((each.start, each.end) for each in passage.values), *(each[:2] for each in passage.references)]
    typed = _without(passage.text, made)
    return bool(_NEWS.search(typed) or (not _explains(passage) and _DEED.search(typed)))


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text with a space in the place of each of some spans."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def _quote(passage: Passage) -> str:
    return shorten(passage.text, 62, placeholder=" …")


def _last_papers(reading: Reading) -> str:
    day = _meeting_before(reading)
    return f"the papers of {print_day(day)}" if day else "the papers of the last meeting"


def _as_it_was(reading: Reading, at: Span, message: str, write: str = "under the same heading “") -> Iterator[Finding]:
    """The finding that something stands as it did, unless somebody confirmed it."""
    if not _is_confirmed(at, reading):
        hint = f"Bring it up to date; or, if it still holds, write {write}No change, confirmed by …, on …”, with a name"
        day = print_day(reading.settings.meeting.date)
        yield Finding(at, message, f"{hint} or role and a day before the meeting of {day}.")


@rule("C301", Severity.WARNING)
def find_unchanged(reading: Reading) -> Iterator[Finding]:
    """Words stand as they did in the papers of the last meeting.

    With the same figures: a paragraph whose figures come from data of a later period is no such thing. A section that
    stands wholly as it was is told once. The line “activity” of the front matter counts too.
    Source: Police Reform and Social Responsibility Act 2011, s. 13(1): the Panel is given what it needs; the paper of
    February 2016, which carried sentences over
    Example: “Meetings are being held with each partnership.” in February as in December.
    """
    last = _last_papers(reading)
    written = Counter(map(_section, _written_now(reading)))
    for found in _unchanged(reading, news=True):
        if 1 < len(found) == written[_section(found[0])]:
            under = f"under “{plain_text(found[0].section.title)}”"
            message = f"All {len(found)} paragraphs and items {under} stand word for word in {last}."
            yield from _as_it_was(reading, found[0].at, message)
        else:
            for each in found:
                yield from _as_it_was(reading, each.at, f"“{_quote(each)}” stands word for word in {last}.")
    yield from _unchanged_activities(reading)
    yield from _unchanged_tables(reading)
    news = (each.at for each in _written_now(reading) if _tells_news(each) and not _is_confirmed(each.at, reading))
    files = {at.file: at for at in reversed(list(news))}
    for file in sorted(reading.unchanged & files.keys()):  # which only the manifest still tells of
        message = f"This file is byte for byte what the manifest of {last} records."
        yield from _as_it_was(reading, files[file], message)


def _unchanged_activities(reading: Reading) -> Iterator[Finding]:
    sections = (found.node for found in find(reading.previous, Section))
    before = {plain_text(section.topic): plain_text(section.activity) for section in sections}
    for section in reading.file_sections:
        topic, activity = plain_text(section.topic), plain_text(section.activity)
        if topic and activity and before.get(topic) == activity:
            at = reading.typed.front_place(activity, of=section.at, key="activity")
            message = f"The activity for “{topic}” is that of {_last_papers(reading)}: “{activity}”."
            yield from _as_it_was(reading, at, message, write="above it “# ")


def _unchanged_tables(reading: Reading) -> Iterator[Finding]:
    """The typed tables that hold the same figures as one of the last meeting's."""
    before = [cells_of(found.node) for found in find(reading.previous, Table)]
    for found in reading.tables:
        cells = cells_of(found.node)
        if found.node.measures or not reading.typed.has_typed(found.at) or cells not in before:
            continue
        has_figures = any(char.isdigit() for row in cells[1:] for cell in row[1:] for char in cell)
        if has_figures:
            words = f"{found.node.label or 'The table'} with “{' | '.join(cells[0])}” in its first row"
            yield from _as_it_was(reading, found.at, f"{words} has the figures of {_last_papers(reading)}.")


@rule("C302", Severity.WARNING)
def find_nearly_unchanged(reading: Reading) -> Iterator[Finding]:
    """A paragraph is nearly that of the papers of the last meeting.

    News with nine words in ten and every figure as they were: a date moved on in an old sentence is the usual case. An
    introduction, purpose or definition may move its dates on.
    Source: Police Reform and Social Responsibility Act 2011, s. 13(1); the paper of February 2016; the likeness is
    that of Ratcliff and Obershelp (1988), over words
    Example: “The post will be advertised shortly and should be filled by April.”, in December “by February”.
    """
    for each in _carried_over(reading):
        is_old = each.share < 1 and (_tells_news(each.now) or _tells_news(each.before))
        if is_old and not (_explains(each.now) and _without_dates(each.now) == _without_dates(each.before)):
            message = f"“{_quote(each.now)}” is {each.share:.0%} of the words in {_last_papers(reading)}."
            yield from _as_it_was(reading, each.now.at, message)


def _without_dates(passage: Passage) -> list[str]:
    return _without(passage.text, [(stamp.start, stamp.end) for stamp in passage.stamps]).split()


@rule("C303", Severity.NOTE)
def find_standing_words(reading: Reading) -> Iterator[Finding]:
    """Words that tell no news stand as they did in the papers of the last meeting.

    Worth one look, no more. Told once for a section.
    Source: House practice
    Example: “Most charts show a measure month by month, with its average and two limits.”
    """
    for found in _unchanged(reading, news=False):
        more = f" and {len(found) - 1} more under this heading stand" if len(found) > 1 else " stands"
        message = f"“{_quote(found[0])}”{more} word for word in {_last_papers(reading)}."
        yield Finding(found[0].at, message, "Read it once more; nothing need be done if it still holds.")


@rule("C304", Severity.WARNING)
def find_said_twice(reading: Reading) -> Iterator[Finding]:
    """The same sentence stands in several sections, or the same ten words in a row under several objectives.

    Source: The paper of February 2016, in which one sentence stood under four of the eleven objectives
    Example: “The Panel received a detailed update on this objective in December 2015” under four objectives.
    """
    for paper in reading.papers:
        lines = walk_lines(paper.sections)
        objectives = {line[-1].key: each.objective for line in lines for each in line if each.objective}
        passages = [each for each in _written_now(reading) if each.paper.name == paper.name]
        whole = list(shared_sentences(passages))
        grouped = ((objectives[each.section.key], each) for each in passages if each.section.key in objectives)
        parts = (each for each in shared_phrases(grouped) if not any(each.overlaps(other) for other in whole))
        for each in (*whole, *parts):
            if _is_confirmed(each.passage.at, reading):
                continue
            text, first = each.passage.text, each.first
            opens = each.start + len(" ".join(text[each.start :].split(" ", 4)[:4]))
            label = first.section.label.replace("\u00a0", " ")
            where = f"{label}, in {first.at.file}" if label else first.at.file
            yield Finding(
                (each.passage, each.start, opens),
                f"“{one_line(text[each.start : each.end])}” stands already under {where}, line {first.at.line}.",
                "Say here what is new on this subject alone; say what is common to all once, above them.",
            )


@rule(DATA_STOPS.id, DATA_STOPS.severity)
def find_stopped_data(reading: Reading) -> Iterator[Finding]:
    """The data of a measure in the papers stop before the reporting period ends, and its settings do not say so.

    Source: Code of Practice for Statistics (2022), Q1: the limits of data are told; the paper of February 2016
    Example: Counts to November 2015 in a paper on October to December 2015, without “data_to” in measures.yaml.
    """
    for measure in sorted(reading.shown_measures):
        if stopped := early_end(reading.book, measure):
            yield Finding(stopped.at, stopped.message, stopped.hint)


@rule("C306", Severity.WARNING)
def find_faulty_confirmations(reading: Reading) -> Iterator[Finding]:
    """A sentence “No change, confirmed by … on …” lacks its name, or a day between the two meetings.

    Source: House practice: whoever answers for words that stand as they were has read them for this meeting
    Example: “No change, confirmed by the Policy Officer on 20 November 2015.” in a paper of 2 February 2016.
    """
    after, until = _meeting_before(reading), print_day(reading.settings.meeting.date)
    between = f"since {print_day(after)} and " if after else ""
    for each in _confirmations(reading):
        if each.fault:
            yield Finding(
                each.at,
                f"“{each.words}” clears nothing: {each.fault}.",
                f"Write “No change, confirmed by …, on …” with a name or role and a day {between}not after {until};"
                " or delete it and bring the words up to date.",
            )


@rule("C307", Severity.WARNING)
def find_old_waivers(reading: Reading) -> Iterator[Finding]:
    """A waiver stands as it did in the papers of the last meeting.

    A new meeting's files begin as copies of the last one's, and their waivers with them.
    Source: House practice: what is let stand is let stand for one meeting, and by somebody who looked
    Example: “::: waive C402 The figure comes in March” in the papers of March and again in those of June.
    """
    before = {_identity(each) for each in waivers_of(reading.previous)}
    for each in waivers_of(reading.papers):
        if _identity(each) in before and not _is_confirmed(each.at, reading):
            message = f"The waiver “{each.code} {each.reason}” stands as it did in {_last_papers(reading)}."
            hint = "Delete it where it is no longer needed; otherwise say in its reason who looked, and on what day."
            yield Finding(each.at, message, hint)


def _identity(waiver: Waiver) -> tuple[str, str, str]:
    return waiver.code, waiver.reason, waiver.at.file.split("/", 2)[-1]


_INSIDE = r"(?:[^.\n]|(?<=[\s(][A-Z])\.|(?<=Mr|Ms|Dr)\.)"
_CONFIRMATION = re.compile(
    r"\bno(?:\s+(?:significant|material|further|other))?\s+changes?\b[\s,;:–—-]*(?:\w+\s+){0,4}?confirmed\b"
    rf"(?P<rest>{_INSIDE}*(?:\n(?!\s*\n){_INSIDE}*){{0,2}})",
    re.IGNORECASE,
)
_BY_SOMEBODY = re.compile(r"\bby\s+[^\W\d_].*?(?:\s*,)?\s+on\b", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Confirmation:
    """A sentence that confirms words: the lines that it speaks for, and why it clears nothing where it does not."""

    words: str
    at: Span
    lines: range
    fault: str


@once
def _confirmations(reading: Reading) -> tuple[_Confirmation, ...]:
    """Every confirmation: for what stands under its heading or, from front matter, for the whole file."""
    found: list[_Confirmation] = []
    for file, text in reading.texts.items():
        plain = text.replace("&nbsp;", "      ").replace("\u00a0", " ")
        for said in _CONFIRMATION.finditer(plain):
            line = plain.count("\n", 0, said.start()) + 1
            at = Span(file, line, said.start() - plain.rfind("\n", 0, said.start()))
            in_front = line < reading.typed.body_line(file)
            lines = range(1, text.count("\n") + 2) if in_front else reading.typed.under_heading(at)
            found.append(_Confirmation(one_line(said[0]), at, lines, _fault(said["rest"], reading)))
    return tuple(found)


def _fault(said: str, reading: Reading) -> str:
    """Why a confirmation clears nothing, as a clause that completes a sentence; nothing where it holds."""
    if not _BY_SOMEBODY.search(said):
        return "it does not say who confirmed"
    days = (each.period(each.year) for each in stamps(one_line(said)) if each.day and each.year)
    if (day := next(days, None)) is None:
        return "it gives no day that can be read"
    after = _meeting_before(reading)
    if after is not None and day.starts <= after:
        return "that was before the last meeting’s papers were taken"
    return "that is after the meeting" if day.starts > reading.settings.meeting.date else ""


def _meeting_before(reading: Reading) -> date | None:
    """The day of the meeting before: that of its papers, or what the settings tell."""
    if reading.previous:
        return max(paper.issued for paper in reading.previous)
    told = reading.settings.meeting.previous_meeting
    return told.first_day - timedelta(days=1) if isinstance(told, Month) else told


def _is_confirmed(at: Span, reading: Reading) -> bool:
    """Whether a confirmation that holds speaks for a place."""
    here = (each for each in _confirmations(reading) if not each.fault and each.at.file == at.file)
    return any(at.line in each.lines for each in here)
