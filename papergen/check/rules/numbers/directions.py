"""Words for up and down against the numbers they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.diagnostics import Severity
from papergen.language.comparisons import (
    DIRECTION_WORDS,
    DirectionWord,
    Pair,
    clause_of,
    comparisons,
    count_word,
    directions,
)
from papergen.language.numbers import FIGURES
from papergen.language.passages import Passage
from papergen.language.sentences import TextPart
from papergen.model.nodes import Value
from papergen.values.formats import DIRECTIONS


@rule("C105", Severity.WARNING, by_file=True)
def wrong_directions(reading: Reading) -> Iterator[Finding]:
    """A word says “up” where the numbers went down, or the other way round.

    A word such as “rose” or “reduction” beside numbers that went the other way, or before a negative change; “more”,
    “fewer” or “less” after a change from the data that went the other way.
    Source: Code of Practice for Statistics (2022), V3: what is said follows from the figures
    Example: “Reports rose to 883, compared with 920 in the quarter before”.
    """
    for passage in reading.prose:
        yield from _contrary_counts(passage)
        if passage.vocabulary.isdisjoint(DIRECTION_WORDS):
            continue
        parts = [(sentence, directions(sentence)) for sentence in passage.sentences]
        for (sentence, words), after in zip(parts, [*passage.sentences[1:], None], strict=True):
            yield from _negative_changes(passage, words)
            yield from _contrary_values(passage, sentence)
            yield from _unsigned_changes(passage, sentence, words)
            pairs = list(comparisons(passage.text, sentence, passage.numbers))
            for pair in pairs:
                clause = clause_of(passage.text, sentence, pair)
                here = [word for word in words if clause.holds(word.start, word.end)]
                beside = [word for word in here if _RIGHT_BEFORE.fullmatch(passage.text, word.end, pair.old.start)]
                if beside or len(pairs) == 1:
                    yield from _contrary_words(passage, beside or here, None if words else after, pair)
                    last = max(pair.old.end, pair.new.end)
                    named = [word for word in here if _RIGHT_AFTER.fullmatch(passage.text, last, word.start)]
                    if len(here) > 1:
                        yield from _contrary_words(passage, named, None, pair)


_RIGHT_BEFORE = re.compile(r"(?: \w+)? from £?")
_RIGHT_AFTER = re.compile(r"(?: in [^.,;()]{1,40}| [a-z]+)?(?:,| –|:)? \(?an? (?:[a-z]+ )?")


def _contrary_words(
    passage: Passage, found: Sequence[DirectionWord], after: TextPart | None, pair: Pair
) -> Iterator[Finding]:
    if not found and after and re.match(r"(?:The|This|That)\s", after.text):
        opening = TextPart(after.text[:40], after.start, after.start + 40)
        found = [each for each in directions(opening) if each.start - after.start <= 12]
    may_differ = pair.sign == 0 and (pair.old.rough or pair.new.rough)
    if len({each.sign for each in found}) == 1 and found[0].sign != pair.sign and not may_differ:
        went = f"from {pair.old.text} to {pair.new.text}"
        message = f"“{found[0].text}” does not agree with the numbers, which went {went}."
        yield Finding((passage, found[0].start, found[0].end), message, "Correct the word or the numbers.")


_MINUS = re.compile(r"(?:\s+(?:of|by))?\s+(?:\u2212|-)£?\d[\d,.]*%?")
_LET_IT_SAY = "Let the number print its own word, as {{ ….change | rose }} does, or correct the word."
_UP_OR_DOWN = {1: "up", -1: "down"}


def _negative_changes(passage: Passage, words: Sequence[DirectionWord]) -> Iterator[Finding]:
    """“rose by −5%”, “a reduction of −5%”: what a change prints without a word of its own."""
    for word in words:
        if minus := _MINUS.match(passage.text, word.end):
            message = f"“{word.text}” stands before a number below zero: “{minus[0].strip()}”."
            yield Finding((passage, word.start, word.end), message, _LET_IT_SAY)


def _unsigned_changes(passage: Passage, sentence: TextPart, words: Sequence[DirectionWord]) -> Iterator[Finding]:
    """“rose by ⟦30%⟧”, “a ⟦30%⟧ increase”, where the value is printed without its sign, and went the other way."""
    for bound in passage.values:
        if not sentence.holds(bound.start, bound.end) or _says_its_way(bound.value):
            continue
        beside = [
            word
            for word in words
            if re.fullmatch(r"\s*(?:(?:of|by)\s+)?", passage.text[word.end : bound.start])
            or re.fullmatch(r"\s+", passage.text[bound.end : word.start])
        ]
        sign = _way_of(bound.value)
        if sign and beside and beside[0].sign != sign:
            way = _UP_OR_DOWN[sign]
            message = f"“{beside[0].text}” stands beside “{bound.value.text}”, and the number went {way}."
            yield Finding((passage, beside[0].start, beside[0].end), message, _LET_IT_SAY)


def _contrary_counts(passage: Passage) -> Iterator[Finding]:
    """“⟦835⟧ more calls”, where the value is a change that went down."""
    for bound in passage.values:
        sign = 0 if _is_directed(bound.value) else _way_of(bound.value)
        sentence = next((each for each in passage.sentences if each.holds(bound.start, bound.end)), None)
        word = count_word(sentence, bound.end) if sign and sentence else None
        if word and word.sign != sign:
            message = f"“{word.text}” stands after “{bound.value.text}”, and the number went {_UP_OR_DOWN[sign]}."
            printed = DIRECTIONS["more"](bound.value.quantity, None) if bound.value.quantity else None
            right = "fewer" if printed and "fewer" in printed else "less" if sign < 0 else "more"
            hint = f"Write “{right}”, or let {{{{ (…) | more }}}} print it: “… {right} than”."
            yield Finding((passage, word.start, word.end), message, hint)


def _way_of(value: Value) -> int:
    """1 for a change that went up, -1 for one that went down, 0 for any other number."""
    return value.quantity.sign if value.quantity is not None and value.quantity.is_change else 0


def _is_directed(value: Value) -> bool:
    """Whether a word for up or down is part of what the value prints."""
    return not DIRECTIONS.keys().isdisjoint(value.how[1:])


def _says_its_way(value: Value) -> bool:
    """Whether the value prints which way it went, by a word or by a sign."""
    return _is_directed(value) or not {"sign", "number"}.isdisjoint(value.how[1:])


_CONTRAST = re.compile(
    r"\b(?:but|while|whereas|although|though|however|despite|after|than|before|year|long|longer|recent|also)\b|;",
    re.IGNORECASE,
)


def _contrary_values(passage: Passage, sentence: TextPart) -> Iterator[Finding]:
    """A typed word against the one that a bound change prints: “robbery rose, ⟦a reduction of 30%⟧”."""
    changes = [
        (bound, sign)
        for bound in passage.values
        if sentence.holds(bound.start, bound.end) and _is_directed(bound.value) and (sign := _way_of(bound.value))
    ]
    if len(changes) != 1:
        return
    ((bound, sign),) = changes
    words = directions(TextPart(passage.text[sentence.start : bound.start], sentence.start, bound.start))
    if len(words) != 1 or words[0].sign == sign or _CONTRAST.search(passage.text[words[0].start : bound.start]):
        return
    (word,) = words
    if not any(word.end <= each.start < bound.start and each.sort in FIGURES for each in passage.numbers):
        message = f"“{word.text}” does not agree with “{bound.value.text}”, which the data give."
        yield Finding((passage, word.start, word.end), message, "Correct the word, or leave it to the data alone.")
