"""Typed numbers beside the data: which could be bound to them, and which say something else."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from papergen.check.reading import Reading, once
from papergen.check.rule import Finding, rule
from papergen.data.binding import measure_facts
from papergen.diagnostics import Severity
from papergen.language.comparisons import directions
from papergen.language.numbers import FIGURES, SORTS, Numeral, Sort, counted, counted_words
from papergen.language.passages import Passage, Place
from papergen.language.words import TextPart, stems
from papergen.model.nodes import PaperKind
from papergen.values.facts import Fact, FactError
from papergen.values.periods import Period
from papergen.values.quantities import Quantity, print_quantity, printed_decimals, rounded

_NEAR_SHARE = 10
"""Points by which a typed change may be off and still be meant for that of the data."""
DIFFERENT_TIME = re.compile(
    r"\b(?:previous|before|last year|year before|earlier|average|mean|projected|projections?|forecast"
    r"|a (?:month|week|day|year)|each|per|so far|year to date|rolling|since|target|limit|more|further|another"
    r"|additional|peers?|group|national\w*)\b",
    re.IGNORECASE,
)
_THIS_PERIOD = re.compile(r"(?i)\b(?:the|this|last|latest|third|second|first|fourth) quarter\b|\breporting period\b")


@once
def _typed_figures(file: Reading) -> tuple[tuple[Passage, Numeral, TextPart], ...]:
    """The figures that were typed, each with its sentence."""
    every = ((passage, each) for passage in file.passages for each in passage.numbers if each.bound is None)
    typed = (found for found in every if is_typed(file, *found))
    return tuple((passage, each, passage.sentence_of(each.start, each.end)) for passage, each in typed)


def is_typed(reading: Reading, passage: Passage, number: Numeral) -> bool:
    """Whether a figure stands in the file as it is printed; papergen's own words for an exhibit do not."""
    if number.in_words or number.sort not in FIGURES:
        return False
    if passage.at.file not in reading.texts:
        return True
    if passage.place is Place.ALTERNATIVE and passage.text[:30] not in reading.texts[passage.at.file]:
        return False
    return reading.typed.holds(number.text, at=passage.at)


@once
def _bound(file: Reading) -> Mapping[Hashable, list[tuple[Passage, Numeral, str]]]:
    """The figures of a file that are bound to data, by worth and by what they count, with their expressions."""
    found: defaultdict[Hashable, list[tuple[Passage, Numeral, str]]] = defaultdict(list)
    for passage in file.passages:
        for each in passage.numbers:
            if each.bound is not None and each.bound.measures and each.sort in FIGURES:
                thing = counted(passage.text, each) if each.sort is Sort.COUNT else ()
                for key in ((each.worth, each.sort), thing):
                    found[key].append((passage, each, each.bound.expression))
    return found


@rule("C101", Severity.WARNING, by_file=True)
def typed_twice(reading: Reading) -> Iterator[Finding]:
    """A typed number is the same as one that the data give nearby.

    A typed number that a measure gives: one printed in the same file, or one that the section declares. Small counts
    and round percentages meet by chance, so they are told only where the sentence speaks of the measure.
    Source: Code of Practice for Statistics (2022), Q3: figures can be traced to their source
    Example: “139 robberies” typed in the section on robbery, where {{ robbery.quarter }} prints 139.
    """
    for passage, number, sentence in _typed_figures(reading):
        if expression := next(_twins(reading, passage, number, sentence.text), ""):
            message = f"“{number.text}” is typed here, and the data give the same number for {expression}."
            hint = f"Write {{{{ {expression} }}}} in its place, so that the two cannot part."
            yield Finding((passage, number.start, number.end), message, hint)


def _twins(reading: Reading, passage: Passage, number: Numeral, sentence: str) -> Iterator[str]:
    """The expressions of what the data give and print like a number, where that can hardly be chance."""
    for other, each, expression in _bound(reading).get((number.worth, number.sort), ()):
        is_alike = counted(passage.text, number) == counted(other.text, each) != ()
        least = 10 if is_alike else 20 if other is passage else 100
        if number.worth >= least or (number.decimals and number.sort is not Sort.COUNT):
            yield expression
    for expected in (each for each in _expected(reading) if each.prints(number)):
        named = number.worth >= 20 and expected.is_named(sentence)
        if expected.goes_as(sentence) if expected.is_change else number.worth >= 1000 or named:
            yield expected.expression


@rule("C102", Severity.WARNING, by_file=True)
def contradictions(reading: Reading) -> Iterator[Finding]:
    """A typed number is near what the data give for the same thing and period, and not it.

    Source: Code of Practice for Statistics (2022), Q3: figures are checked against their source
    Example: “193 robbery offences in the quarter” typed, where {{ robbery.quarter }} prints 139.
    """
    for passage, number, sentence in _typed_figures(reading):
        if number.rough or number.ranged or number.worth < 5:
            continue
        for expression, printed in itertools.islice(_rivals(reading, passage, number, sentence), 1):
            message = f"“{number.text}” is typed here, and the data give {printed} for {expression}."
            hint = f"Write {{{{ {expression} }}}} in its place, or say what else the number counts."
            yield Finding((passage, number.start, number.end), message, hint)


def _rivals(reading: Reading, passage: Passage, number: Numeral, sentence: TextPart) -> Iterator[tuple[str, str]]:
    """What the data give for the same thing and time, near the number and not it: bound figures, then declared ones."""
    thing = counted(passage.text, number)
    same = _bound(reading).get(thing, []) if thing and number.sort is Sort.COUNT else []
    if all(each.worth != number.worth for _, each, _ in same):
        for other, each, expression in reversed(same):
            theirs = other.sentence_of(each.start, each.end)
            is_apart = other is not passage or theirs != sentence
            if is_apart and _is_near(each.worth, number.worth) and _times_of(theirs.text) == _times_of(sentence.text):
                yield expression, each.text
    expected = _expected(reading)
    if number.sort is Sort.MONEY or not _THIS_PERIOD.search(sentence.text) or DIFFERENT_TIME.search(sentence.text):
        return
    for declared in () if any(each.prints(number) for each in expected) else expected:
        if declared.is_nearly(number, thing, sentence.text):
            yield declared.expression, print_quantity(declared.quantity)


def _is_near(one: Fraction, other: Fraction) -> bool:
    """Whether two numbers differ by no more than a fifth, and differ."""
    return one != other and abs(one - other) * 5 <= max(abs(one), abs(other))


def _times_of(text: str) -> frozenset[str]:
    """The words of a sentence that set its numbers apart from those of the period."""
    months = re.findall(r"\b(?:[A-Z][a-z]+ )?(?:19|20)\d\d(?:[/–-]\d\d)?\b", text)
    return frozenset([found.lower() for found in DIFFERENT_TIME.findall(text)] + months)


_SAY_NOTHING = stems("total recorded")


@dataclass(frozen=True, slots=True)
class _Expected:
    """What a measure that a file declares gives under one of its names, and the words it goes by."""

    expression: str
    quantity: Quantity
    unit: frozenset[str]
    title: frozenset[str]

    @property
    def is_change(self) -> bool:
        return self.expression.endswith(".change")

    def prints(self, number: Numeral) -> bool:
        """Whether the number is this one as it would be printed; a change is printed without its sign."""
        value = abs(self.quantity.value) if self.is_change else self.quantity.value
        places = number.decimals if number.decimals >= 0 else printed_decimals(self.quantity)
        is_alike = SORTS.get(self.quantity.kind, Sort.COUNT) is number.sort
        return is_alike and rounded(value, places) == abs(number.worth)

    def is_nearly(self, number: Numeral, thing: Collection[str], sentence: str) -> bool:
        """Whether a number, and the stems of what it counts, is said of the same thing in the period, near to this."""
        if self.is_change:
            is_near = abs(number.worth - abs(self.quantity.value)) <= _NEAR_SHARE
            return is_near and number.sort is Sort.PERCENTAGE and self.goes_as(sentence)
        is_its = self.expression.endswith((".quarter", ".period")) and self.is_named(sentence)
        is_near = number.sort is Sort.COUNT and _is_near(number.worth, self.quantity.value)
        return is_its and is_near and (self.unit.issubset(thing) or self.title.issubset(thing))

    def is_named(self, sentence: str) -> bool:
        """Whether a sentence has every long word of the measure's title but “total” and “recorded”."""
        return bool(self.title) and self.title - _SAY_NOTHING <= stems(sentence)

    def goes_as(self, sentence: str) -> bool:
        """Whether a sentence names the measure and says of its change alone which way it went."""
        signs = {found.sign for found in directions(TextPart(sentence, 0, len(sentence)))}
        return signs == {1 if self.quantity.value > 0 else -1} and self.is_named(sentence)


@once
def _expected(file: Reading) -> tuple[_Expected, ...]:
    """The figures for the usual periods of the measures that a file declares in its front matter."""
    measures = dict.fromkeys(measure for found in file.sections for measure in found.node.measures)
    known = ((measure, file.book.measures.settings.get(measure)) for measure in measures)
    return tuple(
        _Expected(f"{measure}.{name}", figure, stems(its.unit), stems(its.title, least=4))
        for measure, its in known
        if its
        for name, figure in _usual_figures(
            file.book.once(measure_facts, measure_facts).parts[measure], file.book.period
        )
    )


def _usual_figures(measure: Fact, reported: Period) -> Iterator[tuple[str, Quantity]]:
    """The numbers of a measure but 0, by their names after its id; that of the period ``reported`` on is the first.

    The change of that period, ``"quarter.change"``, is the last.  What cannot be worked out is passed over.
    """
    now = "quarter" if reported.is_quarter else "period"
    here, years = (
        (now, f"previous_{now}", f"same_{now}_last_year"),
        ("year_to_date", "year_to_date_last_year", "last_year"),
    )
    for name in (*here, *years, f"{now}.change"):
        with suppress(FactError, KeyError):
            value = reduce(lambda fact, part: fact.parts[part], name.split("."), measure).value
            if isinstance(value, Quantity) and value.value:
                yield name, value


@rule("C107", Severity.WARNING)
def different_totals(reading: Reading) -> Iterator[Finding]:
    """The report and an appendix give different numbers for the same thing and time.

    Source: Police Reform and Social Responsibility Act 2011, s. 13(1): information for the Panel; house practice: one
    number for one thing
    Example: “209 police volunteers” in the report and “290 police volunteers” in the appendix.
    """
    things: defaultdict[Hashable, list[tuple[Passage, Numeral]]] = defaultdict(list)
    for passage in reading.prose:
        for number in passage.numbers:
            if number.sort is not Sort.COUNT or number.ranged or number.rough or number.worth < 10:
                continue
            thing, sentence = counted(passage.text, number), passage.sentence_of(number.start, number.end).text
            if len(thing) > 1 or (thing and re.search(r"\b(?:total|in all|altogether|now has|has)\b", sentence)):
                things[thing, _times_of(sentence)].append((passage, number))
    for places in things.values():
        appendix = [each for each in places if each[0].paper.kind is PaperKind.APPENDIX]
        worths = {number.worth for _, number in appendix}
        report = (each for each in places if each[0].paper.kind is PaperKind.REPORT and each[1].worth not in worths)
        for passage, number in report:
            free = (each for each in appendix if not (number.bound and each[1].bound))
            for where, rival in itertools.islice((each for each in free if _is_near(number.worth, each[1].worth)), 1):
                words = " ".join((number.text, *counted_words(passage.text, number)))
                message = f"“{words}” differs from “{rival.text}” in {where.paper.title}."
                hint = "Print both from the same measure or fact; where both are right, say why in a line above:"
                yield Finding((passage, number.start, number.end), message, f"{hint} “::: waive C107 …”.")
