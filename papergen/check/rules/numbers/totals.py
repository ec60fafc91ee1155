"""The same thing counted in the report and in the appendix."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.check.rules.numbers.beside_data import is_near, times_of
from papergen.diagnostics import Severity
from papergen.language.numbers import Numeral, Sort, counted, counted_words
from papergen.language.passages import Passage
from papergen.model.nodes import PaperKind


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
