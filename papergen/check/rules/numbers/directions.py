"""Words for up and down against the numbers they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.data.binding import measure_facts
from papergen.data.expressions import find_fact
from papergen.diagnostics import Severity
from papergen.language.comparisons import Pair, comparisons, directions
from papergen.language.numerals import FIGURES, Numeral, numerals
from papergen.language.passages import Passage
from papergen.language.sentences import TextPart, sentences
from papergen.values.facts import Fact, FactError
from papergen.values.quantities import Quantity


@rule(
    "C105",
    Severity.WARNING,
    meaning="a word says “up” where the numbers went down, or the other way round",
    source="Code of Practice for Statistics (2022), V3: what is said follows from the figures",
    example="“Reports rose to 883, compared with 920 in the quarter before”.",
)
def wrong_directions(reading: Reading) -> Iterator[Finding]:
    """A word such as “rose” or “reduction” beside numbers that went the other way, or before a negative change."""
    facts = measure_facts(reading.book)
    for passage in reading.prose:
        numbers = numerals(passage)
        parts = list(sentences(passage.text))
        for sentence, after in zip(parts, [*parts[1:], None], strict=True):
            yield from _negative_changes(passage, sentence)
            yield from _contrary_values(passage, sentence, numbers)
            yield from _unsigned_changes(passage, sentence, facts)
            pairs = list(comparisons(passage.text, sentence, numbers))
            if len(pairs) == 1:
                yield from _contrary_words(passage, sentence, after, pairs[0])


def _contrary_words(passage: Passage, sentence: TextPart, after: TextPart | None, pair: Pair) -> Iterator[Finding]:
    found = list(directions(sentence))
    if not found and after and re.match(r"(?:The|This|That)\s", after.text):
        opening = TextPart(after.text[:40], after.start, after.start + 40)
        found = [each for each in directions(opening) if each.start - after.start <= 12]
    if len({each.sign for each in found}) != 1 or found[0].sign == pair.sign:
        return
    if pair.sign == 0 and (pair.old.rough or pair.new.rough):
        return
    yield Finding(
        (passage, found[0].start, found[0].end),
        f"“{found[0].text}” does not agree with the numbers, which went from {pair.old.text} to {pair.new.text}.",
        "Correct the word or the numbers.",
    )


def _negative_changes(passage: Passage, sentence: TextPart) -> Iterator[Finding]:
    """“rose by −5%”, “a reduction of −5%”: what a change prints without a word of its own."""
    for word in directions(sentence):
        minus = re.compile(r"(?:\s+(?:of|by))?\s+(?:\u2212|-)£?\d[\d,.]*%?").match(passage.text, word.end)
        if minus:
            yield Finding(
                (passage, word.start, word.end),
                f"“{word.text}” stands before a number below zero: “{minus[0].strip()}”.",
                "Let the number print its own word, as {{ ….change | rose }} does, or correct the word.",
            )


def _unsigned_changes(passage: Passage, sentence: TextPart, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    """“rose by ⟦30%⟧”, “a ⟦30%⟧ increase”, where the value is printed without its sign, and went the other way."""
    words = directions(sentence)
    for bound in passage.values:
        if not sentence.holds(bound.start, bound.end) or bound.value.text[:1] in "+-\u2212":
            continue
        if _printed_sign(bound.value.text, bound.value.expression):
            continue
        beside = [
            word
            for word in words
            if re.fullmatch(r"\s*(?:(?:of|by)\s+)?", passage.text[word.end : bound.start])
            or re.fullmatch(r"\s+", passage.text[bound.end : word.start])
        ]
        sign = _sign_of(bound.value.expression, facts) if beside else 0
        if sign and beside[0].sign != sign:
            way = "up" if sign > 0 else "down"
            yield Finding(
                (passage, beside[0].start, beside[0].end),
                f"“{beside[0].text}” stands beside “{bound.value.text}”, and the number went {way}.",
                "Let the number print its own word, as {{ ….change | rose }} does, or correct the word.",
            )


def _sign_of(expression: str, facts: Mapping[str, Fact]) -> int:
    """1 or -1 for a change, 0 for any other number."""
    try:
        value = find_fact(expression.rpartition("|")[0] or expression, facts=facts).value
    except FactError:
        return 0
    if not isinstance(value, Quantity) or not value.is_change:
        return 0
    return (value.value > 0) - (value.value < 0)


_CHANGE_FORMATS = {
    "rose": re.compile(r"\b(?:(rose)|(fell)) by "),
    "increase": re.compile(r"\ban? (?:(increase)|(reduction)) of "),
    "up": re.compile(r"\b(?:(up)|(down)) "),
    "above": re.compile(r" (?:(above)|(below))$"),
    "higher": re.compile(r" (?:(higher)|(lower)) than$"),
    "more": re.compile(r" (?:(more)|(fewer)) than$"),
}
_CONTRAST = re.compile(
    r"\b(?:but|while|whereas|although|though|however|despite|after|than|before|year|long|longer|recent|also)\b|;",
    re.IGNORECASE,
)


def _contrary_values(passage: Passage, sentence: TextPart, numbers: Sequence[Numeral]) -> Iterator[Finding]:
    """A typed word against the one that a bound change prints: “robbery rose, ⟦a reduction of 30%⟧”."""
    changes = [
        (bound, sign)
        for bound in passage.values
        if sentence.holds(bound.start, bound.end) and (sign := _printed_sign(bound.value.text, bound.value.expression))
    ]
    if len(changes) != 1:
        return
    bound, sign = changes[0]
    before = TextPart(passage.text[sentence.start : bound.start], sentence.start, bound.start)
    words = list(directions(before))
    if len(words) != 1 or words[0].sign == sign or _CONTRAST.search(passage.text[words[0].start : bound.start]):
        return
    if not any(words[0].end <= each.start < bound.start and each.sort in FIGURES for each in numbers):
        yield Finding(
            (passage, words[0].start, words[0].end),
            f"“{words[0].text}” does not agree with “{bound.value.text}”, which the data give.",
            "Correct the word, or leave it to the data alone.",
        )


def _printed_sign(text: str, expression: str) -> int:
    name = expression.rpartition("|")[2].strip().partition("(")[0]
    pattern = _CHANGE_FORMATS.get(name)
    found = pattern.search(text) if pattern else None
    if found is None:
        return 0
    return 1 if found[1] else -1
