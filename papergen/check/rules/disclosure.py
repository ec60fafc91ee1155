"""Disclosure: counts so small that a reader could tell who is meant, or learn of somebody what is nobody's business.

A finding asks for a decision, not for a deletion: whoever answers for disclosure lets it stand, by name and day, in a
waiver; or the words are made general.  The threshold is ``disclosure_threshold`` of ``panel.yaml``.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import TypeAlias, assert_never

from papergen.check.reading import Reading, once
from papergen.check.rule import Finding, rule
from papergen.diagnostics import Severity
from papergen.language.lexicon import entries, pattern
from papergen.language.numbers import WORDS_OF_NUMBERS
from papergen.language.passages import Passage, Place
from papergen.language.words import TextPart, near_before
from papergen.model.nodes import ChartData, Figure, Table
from papergen.model.walk import cells_of, plain_text
from papergen.values.formats import number_in_words
from papergen.values.periods import MONTHS
from papergen.values.words import first_few, joined, one_line

_SENTENCES = (Place.TEXT, Place.ITEM, Place.FOOTNOTE, Place.CELL, Place.CAPTION, Place.NOTE, Place.ALTERNATIVE)
_NO_COUNT = re.compile(
    r"\b(?:rank|change|gap|difference|days?|hours|minutes|weeks|months|years?|recommendations?|reports|actions|meetings|visits"
    r"|objective|priority|number of (?:forces|areas)|level|grade|score|rate|per"
    r"|grants?|awards?|projects?|schemes?|bids?|applications?|contracts?|stations?|vehicles?"
    r"|appliances?|buildings?|sites?|sessions?|events?|audits?|inspections?|organisations?|schools?|risks?)\b|£",
    re.IGNORECASE,
)
_BODIES = re.compile(r"\W*(?:directorate|department|division|portfolio|committee)s?\b", re.IGNORECASE)
"""What heads the names of parts of a body: “Children” below it are a directorate."""
_SMALL_WORDS = WORDS_OF_NUMBERS | {"both"}
_HARM, _JUSTICE = (re.compile(rf"\b{pattern(name)}\b", re.IGNORECASE) for name in ("harm", "justice"))


def _hint(code: str, act: str = "Make it more general, or leave it out") -> str:
    sign = f"“::: waive {code} Signed off by …, on …”"
    return f"{act}; or let whoever answers for disclosure sign it off, in a line above: {sign}."


_Count: TypeAlias = tuple[tuple[Passage, int, int], str, Mapping[str, str], Mapping[str, str]]
"""A small count: its place and words, the sensitive attributes in its sentence, and what there tells people apart."""


@once
def _counts(reading: Reading) -> tuple[_Count, ...]:
    """The first small count of each sentence that tells of more than age, sex, childhood and place, or of harm.

    Whose case is heard in public may be told by sex and place.
    """
    counts: list[_Count] = []
    for passage in reading.passages:
        may_count = passage.has_figures or not passage.vocabulary.isdisjoint(_SMALL_WORDS)
        for part in passage.sentences if may_count and passage.place in _SENTENCES else ():
            for count in islice(small_counts(part.text, reading.settings.panel.disclosure_threshold), 1):
                where = (passage, part.start + count.start, part.start + count.end)
                sensitive, telling = _marks(part.text), _telling_marks(part.text, reading)
                kinds, is_in_court = {*sensitive, *telling}, _JUSTICE.search(part.text)
                is_little = kinds <= {"sex", "children", "place"} or kinds == {"age"}
                if not is_little or _HARM.search(part.text) or (is_in_court and kinds != {"sex", "place"}):
                    counts.append((where, count.text, sensitive, telling))
    return tuple(counts)


@rule("C701", Severity.WARNING, by_file=True)
def find_sensitive_counts(reading: Reading) -> Iterator[Finding]:
    """A small count stands beside a sensitive attribute and nobody has signed it off.

    Age, sex, nationality, ethnicity, religion, sexual orientation, disability, health, sexual offences or children,
    in a sentence with a count of people or cases below the threshold, in figures or words. Age, sex or childhood
    alone is told where the sentence speaks of harm, care or crime too.
    Source: UK GDPR, Articles 4(1) and 9; Sexual Offences (Amendment) Act 1992, s. 1; Government Statistical Service,
    “Disclosure control guidance for tables produced from administrative sources” (2014)
    Example: “Three of the victims were under 13.”
    """
    for where, words, sensitive, telling in _counts(reading):
        if sensitive and len(telling) < 2:
            few = f"“{words}” is fewer than {reading.settings.panel.disclosure_threshold}, beside {_told(sensitive)}"
            yield Finding(where, f"{few}: it may tell of somebody known.", _hint("C701"))


@rule("C702", Severity.WARNING, by_file=True)
def find_telling_counts(reading: Reading) -> Iterator[Finding]:
    """A small count stands with enough beside it to tell who is meant.

    Two or more of age, sex, nationality, place and circumstance in the sentence of a count below the threshold: each
    alone tells little; together they point at someone. Sex and place alone need harm or care beside them.
    Source: Information Commissioner, “Anonymisation: managing data protection risk code of practice” (2012)
    Example: “2 foreign nationals, car passengers not wearing seat belts”
    """
    for where, words, _, telling in _counts(reading):
        if len(telling) >= 2:
            few = f"“{words}” is fewer than {reading.settings.panel.disclosure_threshold}, with {_told(telling)}"
            yield Finding(where, f"{few}: a reader could tell who is meant.", _hint("C702"))


def _told(marks: Mapping[str, str]) -> str:
    return joined([f"{kind} (“{words}”)" for kind, words in marks.items()])


@rule("C703", Severity.WARNING, by_file=True)
def find_small_cells(reading: Reading) -> Iterator[Finding]:
    """A table or chart gives small counts of people by sensitive or telling groups.

    Counts below the threshold, but for 0: where the row, the column or the caption names a sensitive attribute, or row
    and column give two of age, sex, nationality, place and circumstance. Told once for an exhibit.
    Source: Government Statistical Service, “Disclosure control guidance for tables produced from administrative
    sources” (2014); UK GDPR, Article 9
    Example: | Religion | 3 | in a table of hate crime by strand
    """
    for exhibit in reading.exhibits:
        if exhibit.section.at.file not in reading.texts:  # the data of the charts again, at the end of a paper
            continue
        match exhibit.node:
            case Table() as table:
                header, *rows = cells_of(table)
            case Figure(data=ChartData() as data):
                header, rows = list(data.columns), [list(row) for row in data.rows]
            case Figure():
                continue
            case _:
                assert_never(exhibit.node)
        caption = plain_text(exhibit.node.caption)
        if found := list(_small_cells(reading, caption, header, rows)):
            told = first_few([words for words, _ in found])
            few, label = reading.settings.panel.disclosure_threshold, exhibit.node.label or "The table"
            message = f"{label} gives counts below {few} by {_told(found[0][1])}: {told}."
            yield Finding(exhibit.at, message, _hint("C703", f"Put groups together, or print “fewer than {few}”"))


def _small_cells(
    reading: Reading, caption: str, header: Sequence[str], rows: Sequence[Sequence[str]]
) -> Iterator[tuple[str, Mapping[str, str]]]:
    few = reading.settings.panel.disclosure_threshold
    for row in rows if not (header and _BODIES.match(header[0])) else ():
        for column, text in enumerate(row):
            heading = header[column] if column < len(header) else ""
            is_small = text.isdecimal() and len(text) <= 3 and 0 < int(text) < few
            if column and is_small and not _NO_COUNT.search(f"{heading} {caption if len(row) == 2 else ''}"):
                telling = _telling_marks(f"in {row[0]}; {heading}", reading)
                if marks := _marks(f"{row[0]}; {heading}; {caption}") or (telling if len(telling) >= 2 else {}):
                    yield f"{text} for “{row[0]}” under “{heading}”", marks


_KINDS = "age, sex, nationality, ethnicity, religion, sexual orientation, disability, health, sexual offences, children"
_WORDS = {kind: rf"\b{pattern(kind.replace(' ', '-'))}\b" for kind in f"{_KINDS}, circumstance".split(", ")}
_WORDS["age"] += (
    r"|\b\d{1,3}[- ]years?[- ]olds?\b|\baged (?:about |under |over |between )?\d+|\bage of \d+"
    r"|\b(?:boy|girl|lad|man|woman|youth)s? of \d{1,2}\b|\b(?:was|were|all|both) over \d\d\b(?! \w)"
    r"|\bunder[- ](?:the age of )?1\d\b(?!%| per)|\bin (?:his|her|their) (?:teens|\w+ties|\d0s)\b"
)
_WORDS["sex"] += r"(?![’']s? ?[A-Z])"
_WORDS["ethnicity"] += "(?! [A-Z])"  # the Black Lion
_WORDS["children"] = rf"(?:{_WORDS['children']}|\b(?i:under[- ]1[0-8]s?)\b)(?!’s [A-Z])"
_ATTRIBUTES = {kind: re.compile(words) for kind, words in _WORDS.items()}
_SENSITIVE = {kind: _ATTRIBUTES[kind] for kind in _KINDS.split(", ")}

_NOT_A_COUNT = re.compile(rf"\b{pattern('not-counts')}[ \u00a0]$", re.IGNORECASE)
_LEADS_ON, _BREAKS = (rf"(?:{'|'.join(entries(name))})(?![\w’'-])" for name in ("lead-on", "break-off"))
_ONE_OLD = re.compile(
    r"\b(?:[Aa]n?|[Tt]he)[ \u00a0](?:[a-z]+[ \u00a0]){0,2}(?:\d{1,3}[- \u00a0]years?[- \u00a0]old\b"
    r"|(?:boy|girl|lad|man|woman|youth)[ \u00a0]of[ \u00a0]\d{1,2}\b(?![,.]\d))"
)


@cache
def _patterns(threshold: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds a number from 1 to below a threshold with what it counts after it, or at the end after a colon.

    Where nobody is named, as in “two were …” and “one of them, a …”, an attribute must follow at once.
    """
    small = "|".join([*map(str, range(1, threshold)), *map(number_in_words, range(1, threshold))])
    marks = "|".join((r"over \d\d\b(?! \w)", *_WORDS.values()))
    counted = rf"{pattern('people', 'cases')}(?![’'-]?[^\W_])"
    adjective = rf"(?!(?i:{_BREAKS}|{_LEADS_ON}))[^\W\d_]+(?:[’'-][^\W\d_]+)*\s+"
    named = rf"(?:(?i:{_LEADS_ON})\s+){{0,3}}(?:{adjective}){{0,2}}?{counted}"
    stands_for = r"(?:of (?:them|whom|those|these),?|who|was|were|is|are|had)"
    unnamed = rf"{stands_for}(?: (?:were|are|an?|of|the)){{0,2}}(?= (?:{marks}))"
    first = re.compile(
        rf"(?<![\w£.,/–-])(?i:{small}|both)(?![\w%]|[.,]\d|[-–/]\w)"
        r"(?! (?:in|out of) (?:every )?(?:\d|two\b|three\b|four\b|five\b|ten\b))"
        rf"(?=(?P<rest>,?\s+(?:{named}|reports?(?= of (?!the\b))|{unnamed})))"
    )
    return first, re.compile(rf"\b{counted}[^.;:\d]{{0,40}}: ?(?:{small})(?=\.?$)")


def small_counts(text: str, threshold: int) -> Iterator[TextPart]:
    """The counts of people or cases below a threshold in a sentence; a person told by age is one."""
    first, last = _patterns(threshold)
    for found in first.finditer(text):
        if found[0].lower() == "both" or not _NOT_A_COUNT.search(near_before(text, found.start())):
            start, end = found.start(), found.end("rest")
            yield TextPart(one_line(text[start:end]), start, end)
    for found in (*_ONE_OLD.finditer(text), *last.finditer(text)):
        yield TextPart(one_line(found[0]), found.start(), found.end())


_TELLING = {kind: _ATTRIBUTES[kind] for kind in ("age", "sex", "nationality", "circumstance")}
_PLACE = re.compile(
    r"\b(?:in|at|near|from|outside|around|of|on the)[ \u00a0](?:the )?(?P<name>[A-Z][^\W\d_A-Z]+(?:[’-][^\W\d_]+)*"
    r"(?:(?: upon| on| and| &)? [A-Z][^\W\d_A-Z]+(?:[’-][^\W\d_]+)*)*"
    r"|[ABM]\d{1,4}\b)"
)
_NO_PLACE = frozenset((*MONTHS, *calendar.day_name, *entries("no-places")))


def _marks(text: str, of: Mapping[str, re.Pattern[str]] = _SENSITIVE) -> dict[str, str]:
    """The words of a sentence that name an attribute, by its kind: the sensitive ones, where no others are given."""
    return {kind: found[0] for kind, each in of.items() if (found := each.search(text))}


def _telling_marks(text: str, reading: Reading) -> dict[str, str]:
    """What in a sentence narrows down who is meant: age, sex, nationality, place and circumstance, each kind once."""
    panel = reading.settings.panel
    areas = (area for area in panel.policing_areas if re.search(rf"\b{re.escape(area)}\b", text))
    whole = " ".join(filter(None, (panel.name, panel.force, panel.host_authority, panel.alliance_partner)))
    marks = _marks(text, _TELLING)
    names = (found["name"] for found in _PLACE.finditer(text))
    others = (name for name in names if name.split()[0] not in _NO_PLACE and name not in whole)
    who = marks.get("circumstance", "\n")  # “in Pedal cyclists” names no place
    others = (name for name in others if who not in name and f"{name} {who}" not in text)
    place = next(areas, None) or next(others, None)
    return marks | ({"place": place} if place else {})
