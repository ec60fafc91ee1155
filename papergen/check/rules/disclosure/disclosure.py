"""Disclosure: counts so small that a reader could tell who is meant, or learn of somebody what is nobody's business.

A finding asks for a decision, not for a deletion: whoever answers for disclosure lets it stand, by name and day, in a
waiver; or the words are made general.  The threshold is ``disclosure_threshold`` of ``panel.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from papergen.check.reading import Reading, once
from papergen.check.rule import Finding, rule
from papergen.check.rules.disclosure.people import IdentifyingDetail, sensitive_marks, small_counts, telling_marks
from papergen.diagnostics import Severity
from papergen.language.numbers import WORDS_OF_NUMBERS
from papergen.language.passages import Passage, Place
from papergen.model.nodes import ChartData, Figure, Table
from papergen.model.walk import plain_text
from papergen.values.words import joined

_SENTENCES = (Place.TEXT, Place.ITEM, Place.FOOTNOTE, Place.CELL, Place.CAPTION, Place.NOTE, Place.ALTERNATIVE)
_NO_COUNT = re.compile(
    r"\b(?:rank|change|gap|difference|days?|hours|minutes|weeks|months|years?|recommendations?|reports|actions|meetings|visits"
    r"|objective|priority|number of (?:forces|areas)|level|grade|score|rate|per)\b",
    re.IGNORECASE,
)
_SMALL_WORDS = WORDS_OF_NUMBERS | {"both"}
_MOST_TOLD = 3
_GSS = (
    "Government Statistical Service, “Disclosure control guidance for tables produced from administrative sources”"
    " (2014)"
)
_MOST_DIGITS = 3


def _threshold(reading: Reading) -> int:
    return reading.settings.panel.disclosure_threshold


def _hint(code: str, act: str = "Make it more general, or leave it out") -> str:
    sign = f"“::: waive {code} Signed off by …, on …”"
    return f"{act}; or let whoever answers for disclosure sign it off, in a line above: {sign}."


@dataclass(frozen=True, slots=True)
class _Count:
    """The first small count of a sentence, what is sensitive in the sentence, and what tells people apart."""

    where: tuple[Passage, int, int]
    text: str
    sensitive: list[IdentifyingDetail]
    telling: list[IdentifyingDetail]


@once
def _counts(reading: Reading) -> tuple[_Count, ...]:
    counts: list[_Count] = []
    for passage in reading.passages:
        may_count = passage.has_figures or not passage.vocabulary.isdisjoint(_SMALL_WORDS)
        for part in passage.sentences if may_count and passage.place in _SENTENCES else ():
            if count := next(small_counts(part.text, _threshold(reading)), None):
                where = (passage, part.start + count.start, part.start + count.end)
                counts.append(_Count(where, count.text, sensitive_marks(part.text), telling_marks(part.text, reading)))
    return tuple(counts)


@rule("C701", Severity.WARNING, by_file=True)
def find_sensitive_counts(reading: Reading) -> Iterator[Finding]:
    """A small count stands beside a sensitive attribute and nobody has signed it off.

    A count of people or cases below the threshold in a sentence that names a sensitive attribute of theirs. Age, sex,
    nationality, ethnicity, religion, sexual orientation, disability, health, sexual offences, children; in figures or
    words.
    Source: UK GDPR, Articles 4(1) and 9; Sexual Offences (Amendment) Act 1992, s. 1; Government Statistical Service,
    “Disclosure control guidance for tables produced from administrative sources” (2014)
    Example: “Three of the victims were under 13.”
    """
    for count in _counts(reading):
        if count.sensitive and len(count.telling) < 2:
            few = f"“{count.text}” is fewer than {_threshold(reading)}, beside {_told(count.sensitive)}"
            yield Finding(count.where, f"{few}: it may tell of somebody known.", _hint("C701"))


@rule("C702", Severity.WARNING, by_file=True)
def find_telling_counts(reading: Reading) -> Iterator[Finding]:
    """A small count stands with enough beside it to tell who is meant.

    A count below the threshold with two or more of age, sex, nationality, place and circumstance in its sentence. Each
    alone tells little; together they point at someone.
    Source: Information Commissioner, “Anonymisation: managing data protection risk code of practice” (2012)
    Example: “2 foreign nationals, car passengers not wearing seat belts”
    """
    for count in _counts(reading):
        if len(count.telling) >= 2:
            few = f"“{count.text}” is fewer than {_threshold(reading)}, with {_told(count.telling)}"
            yield Finding(count.where, f"{few}: a reader could tell who is meant.", _hint("C702"))


def _told(marks: Sequence[IdentifyingDetail]) -> str:
    return joined([f"{mark.kind} (“{mark.words}”)" for mark in marks])


@rule("C703", Severity.WARNING, by_file=True)
def find_small_cells(reading: Reading) -> Iterator[Finding]:
    """A table or chart gives small counts of people by sensitive or telling groups.

    Counts below the threshold, but for 0, in an exhibit whose labels name sensitive or telling groups of people. A
    cell is told when its row, its column or the caption names a sensitive attribute, or when the two labels give two
    of age, sex, nationality, place and circumstance. Told once for an exhibit.
    Source: Government Statistical Service, “Disclosure control guidance for tables produced from administrative
    sources” (2014); UK GDPR, Article 9
    Example: | Religion | 3 | in a table of hate crime by strand
    """
    for exhibit in reading.exhibits:
        if exhibit.section.at.file not in reading.texts:  # the data of the charts again, at the end of a paper
            continue
        match exhibit.node:
            case Table(header=heads, rows=cells):
                header = [plain_text(cell) for cell in heads]
                rows = [[plain_text(cell) for cell in row] for row in cells]
            case Figure(data=ChartData() as data):
                header, rows = list(data.columns), [list(row) for row in data.rows]
            case Figure():
                continue
            case _:
                assert_never(exhibit.node)
        caption = plain_text(exhibit.node.caption)
        if found := list(_small_cells(reading, caption, header, rows)):
            told = "; ".join(words for words, _ in found[:_MOST_TOLD])
            more = f" and {len(found) - _MOST_TOLD} more" if len(found) > _MOST_TOLD else ""
            few, label = _threshold(reading), exhibit.node.label or "The table"
            message = f"{label} gives counts below {few} by {_told(found[0][1])}: {told}{more}."
            yield Finding(exhibit.at, message, _hint("C703", f"Put groups together, or print “fewer than {few}”"))


def _small_cells(
    reading: Reading, caption: str, header: Sequence[str], rows: Sequence[Sequence[str]]
) -> Iterator[tuple[str, list[IdentifyingDetail]]]:
    for row in rows:
        for column, text in enumerate(row):
            heading = header[column] if column < len(header) else ""
            is_small = text.isdecimal() and len(text) <= _MOST_DIGITS and 0 < int(text) < _threshold(reading)
            if column and is_small and not _NO_COUNT.search(f"{heading} {caption if len(row) == 2 else ''}"):
                marks = sensitive_marks(f"{row[0]}; {heading}; {caption}")
                telling = telling_marks(f"in {row[0]}; in {heading}", reading)
                if marks or len(telling) >= 2:
                    yield f"{text} for “{row[0]}” under “{heading}”", marks or telling
