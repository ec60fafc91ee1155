"""Typed numbers beside the data: how many are bound, which could be, and which say something else."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from papergen.check.reading import Reading, once
from papergen.check.rule import Finding, rule
from papergen.check.rules.numbers.expected import expected_figures
from papergen.diagnostics import Severity
from papergen.language.comparisons import directions
from papergen.language.numbers import FIGURES, Numeral, Sort, counted, counted_words
from papergen.language.passages import Passage, Place
from papergen.model.nodes import PaperKind
from papergen.values.quantities import print_number

_NEAR = Fraction(1, 5)
_NEAR_SHARE = 10
"""Points by which a typed change may be off and still be meant for that of the data."""
_DIFFERENT_TIME = re.compile(
    r"\b(?:previous|before|last year|year before|earlier|average|mean|projected|projections?|forecast"
    r"|a (?:month|week|day|year)|each|per|so far|year to date|rolling|since|target|limit|more|further|another"
    r"|additional|peers?|group|national\w*)\b",
    re.IGNORECASE,
)
_THIS_PERIOD = re.compile(r"(?i)\b(?:the|this|last|latest|third|second|first|fourth) quarter\b|\breporting period\b")
_NEARLY_ALL = Fraction(999, 10)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the figures printed in the papers are bound to data."""

    bound: int
    figures: int

    @property
    def percentage(self) -> Fraction:
        """0 to 100; 100 where there are no figures."""
        return Fraction(100 * self.bound, self.figures) if self.figures else Fraction(100)

    def __str__(self) -> str:
        """``"460 of 462 figures are bound to data (99.6%)."``; a share short of all is never printed as 100%."""
        if not self.figures:
            return "No figures are printed."
        shown = self.percentage if self.bound == self.figures else min(self.percentage, _NEARLY_ALL)
        return f"{self.bound:,} of {self.figures:,} figures are bound to data ({print_number(shown, 1)}%)."


def share_bound(reading: Reading) -> Share:
    """How many of the counts, percentages and sums of money in the words of the papers are bound to data.

    Dates, ordinals, ages, lengths of time, numbers of sections and objectives, statutory references and numbers written
    in words without data behind them are not figures.
    """
    shares = [_share_of(each) for each in reading.parts]
    return Share(sum(each.bound for each in shares), sum(each.figures for each in shares))


@once
def _share_of(file: Reading) -> Share:
    bound = figures = 0
    for passage in file.passages:
        for each in passage.every_number:
            is_bound = each.bound is not None and bool(each.bound.measures)
            figures += is_bound or _is_typed(file, passage, each)
            bound += is_bound
    return Share(bound, figures)


@once
def _typed_figures(reading: Reading) -> tuple[tuple[Passage, Numeral], ...]:
    return tuple(
        (passage, each)
        for passage in reading.passages
        for each in passage.numbers
        if each.bound is None and _is_typed(reading, passage, each)
    )


def _is_typed(reading: Reading, passage: Passage, number: Numeral) -> bool:
    """Whether a figure stands in the file as it is printed; papergen's own words for an exhibit do not."""
    if number.in_words or number.sort not in FIGURES:
        return False
    lines = reading.lines.get(passage.at.file)
    if lines is None:
        return True
    if passage.place is Place.ALTERNATIVE and passage.text[:30] not in reading.texts[passage.at.file]:
        return False
    first = max(passage.at.line - 1, 0)
    block = itertools.takewhile(str.strip, itertools.islice(lines, first + 1, None))
    return any(number.text in line for line in (*lines[first : first + 1], *block))


class _Bound:
    """The figures of a file that are bound to data, by what they are worth and by what they count."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._by_worth: dict[tuple[Fraction, Sort], list[tuple[Passage, Numeral]]] = defaultdict(list)
        self._by_thing: dict[tuple[str, ...], list[tuple[Passage, Numeral]]] = defaultdict(list)
        for passage in passages:
            for each in passage.numbers:
                if each.bound is not None and each.bound.measures and each.sort in FIGURES:
                    self._by_worth[each.worth, each.sort].append((passage, each))
                    if each.sort is Sort.COUNT and (thing := counted(passage.text, each)):
                        self._by_thing[thing].append((passage, each))

    def twin(self, passage: Passage, number: Numeral) -> str:
        """The expression of a bound figure that prints the number, where that can hardly be chance; or nothing."""
        for other, each in self._by_worth.get((number.worth, number.sort), ()):
            alike = counted(passage.text, number) == counted(other.text, each) != ()
            if each.bound is not None and (
                (alike and number.worth >= 10)
                or number.worth >= (20 if other is passage else 100)
                or (number.decimals and number.sort is not Sort.COUNT)
            ):
                return each.bound.expression
        return ""

    def rival(self, passage: Passage, number: Numeral) -> tuple[str, str] | None:
        """A bound count of the same thing and time that is near the number and differs from it."""
        things = self._by_thing.get(counted(passage.text, number), ()) if number.sort is Sort.COUNT else ()
        if not things or any(each.worth == number.worth for _, each in things):
            return None
        sentence = passage.sentence_of(number.start, number.end)
        for other, each in reversed(things):
            theirs = other.sentence_of(each.start, each.end)
            apart = other is not passage or theirs != sentence
            near = apart and is_near(each.worth, number.worth) and times_of(theirs.text) == times_of(sentence.text)
            if each.bound is not None and near:
                return each.bound.expression, each.text
        return None


@once
def _bound(file: Reading) -> _Bound:
    return _Bound(file.passages)


@rule("C101", Severity.WARNING, by_file=True)
def typed_twice(reading: Reading) -> Iterator[Finding]:
    """A typed number is the same as one that the data give nearby.

    A typed number that a measure gives: one printed in the same file, or one that the section declares. Small counts
    and round percentages meet by chance, so they are told only where the sentence speaks of the measure.
    Source: Code of Practice for Statistics (2022), Q3: figures can be traced to their source
    Example: “139 robberies” typed in the section on robbery, where {{ robbery.quarter }} prints 139.
    """
    for passage, number in _typed_figures(reading):
        expression = _bound(reading).twin(passage, number) or _expected_twin(reading, passage, number)
        if expression:
            message = f"“{number.text}” is typed here, and the data give the same number for {expression}."
            hint = f"Write {{{{ {expression} }}}} in its place, so that the two cannot part."
            yield Finding((passage, number.start, number.end), message, hint)


def _expected_twin(reading: Reading, passage: Passage, number: Numeral) -> str:
    sentence = passage.sentence_of(number.start, number.end)
    for each in expected_figures(reading):
        if not each.prints(number):
            continue
        if each.is_change:
            signs = {found.sign for found in directions(sentence)}
            if signs == {1 if each.quantity.value > 0 else -1} and each.is_named(sentence.text):
                return each.expression
        elif number.worth >= 1000 or (number.worth >= 20 and each.is_named(sentence.text)):
            return each.expression
    return ""


@rule("C102", Severity.WARNING, by_file=True)
def contradictions(reading: Reading) -> Iterator[Finding]:
    """A typed number differs from the data for the same thing nearby.

    A typed number that is not what the data give for the same thing in the same period, though near it.
    Source: Code of Practice for Statistics (2022), Q3: figures are checked against their source
    Example: “193 robbery offences in the quarter” typed, where {{ robbery.quarter }} prints 139.
    """
    for passage, number in _typed_figures(reading):
        if number.rough or number.ranged or number.worth < 5:
            continue
        rival = _bound(reading).rival(passage, number)
        if found := rival or _expected_rival(reading, passage, number):
            expression, printed = found
            message = f"“{number.text}” is typed here, and the data give {printed} for {expression}."
            hint = f"Write {{{{ {expression} }}}} in its place, or say what else the number counts."
            yield Finding((passage, number.start, number.end), message, hint)


def is_near(one: Fraction, other: Fraction) -> bool:
    """Whether two numbers differ by no more than a fifth, and differ."""
    return one != other and abs(one - other) <= _NEAR * max(abs(one), abs(other))


def times_of(text: str) -> frozenset[str]:
    """The words of a sentence that set its numbers apart from those of the period."""
    months = re.findall(r"\b(?:[A-Z][a-z]+ )?(?:19|20)\d\d(?:[/–-]\d\d)?\b", text)
    return frozenset([found.lower() for found in _DIFFERENT_TIME.findall(text)] + months)


def _expected_rival(reading: Reading, passage: Passage, number: Numeral) -> tuple[str, str] | None:
    """The period's own number of a measure that the sentence names, which is not the one typed."""
    sentence = passage.sentence_of(number.start, number.end)
    if number.sort is Sort.MONEY or not _THIS_PERIOD.search(sentence.text) or _DIFFERENT_TIME.search(sentence.text):
        return None
    expected = expected_figures(reading)
    if any(each.prints(number) for each in expected):
        return None
    thing, signs = counted(passage.text, number), {found.sign for found in directions(sentence)}
    for each in (each for each in expected if each.is_named(sentence.text)):
        if each.is_change:
            is_its = number.sort is Sort.PERCENTAGE and signs == {1 if each.quantity.value > 0 else -1}
            near = abs(number.worth - abs(each.quantity.value)) <= _NEAR_SHARE
        else:
            is_its = number.sort is Sort.COUNT and each.is_period and each.counts(thing)
            near = is_near(number.worth, each.quantity.value)
        if is_its and near:
            return each.expression, each.printed
    return None


@rule("C107", Severity.WARNING)
def different_totals(reading: Reading) -> Iterator[Finding]:
    """The report and the appendix give different numbers for the same thing.

    The same thing counted in the report and in an appendix, for the same time, with two numbers.
    Source: Police Reform and Social Responsibility Act 2011, s. 13(1): information for the Panel; house practice: one
    number for one thing
    Example: “209 police volunteers” in the report and “290 police volunteers” in the appendix.
    """
    things: dict[tuple[tuple[str, ...], frozenset[str]], list[tuple[Passage, Numeral]]] = {}
    for passage in reading.prose:
        for number in passage.numbers:
            if number.sort is not Sort.COUNT or number.ranged or number.rough or number.worth < 10:
                continue
            thing = counted(passage.text, number)
            sentence = passage.sentence_of(number.start, number.end).text
            if len(thing) > 1 or (thing and re.search(r"\b(?:total|in all|altogether|now has|has)\b", sentence)):
                things.setdefault((thing, times_of(sentence)), []).append((passage, number))
    for places in things.values():
        appendix = [each for each in places if each[0].paper.kind is PaperKind.APPENDIX]
        worths = {number.worth for _, number in appendix}
        for passage, number in (each for each in places if each[0].paper.kind is PaperKind.REPORT):
            rivals = (each for each in appendix if is_near(number.worth, each[1].worth))
            where, rival = next((each for each in rivals if not (number.bound and each[1].bound)), (None, None))
            if where and rival and number.worth not in worths:
                words = " ".join((number.text, *counted_words(passage.text, number)))
                message = f"“{words}” differs from “{rival.text}” in {where.paper.title}."
                hint = (
                    "Print both from the same measure or fact; where both are right, say why in a line above:"
                    " “::: waive C107 …”."
                )
                yield Finding((passage, number.start, number.end), message, hint)
