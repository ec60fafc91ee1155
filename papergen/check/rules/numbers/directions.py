"""Words for up and down against the numbers they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.diagnostics import Severity
from papergen.language import comparisons as compared
from papergen.language.comparisons import DirectionWord, directions
from papergen.language.joints import joint
from papergen.language.numbers import FIGURES, Bound, Sort
from papergen.language.passages import Passage
from papergen.language.words import TextPart
from papergen.model.nodes import Value
from papergen.values.formats import DIRECTIONS

_Told: TypeAlias = tuple[DirectionWord, str, str]
"""A word that is wrong, what is said of it, and the hint."""


@rule("C105", Severity.WARNING, by_file=True)
def wrong_directions(reading: Reading) -> Iterator[Finding]:
    """A word says “up” where the numbers went down, or the other way round.

    A word such as “rose” or “reduction” beside numbers that went the other way, or before a negative change; “more”,
    “fewer” or “less” after a change from the data that went the other way; “89%, above the target of 92%”; “12 days,
    up from 15”.
    Source: Code of Practice for Statistics (2022), V3: what is said follows from the figures
    Example: “Reports rose to 883, compared with 920 in the quarter before”.
    """
    for passage in reading.prose:
        may_say = not passage.vocabulary.isdisjoint(compared.DIRECTION_WORDS)
        yield from _beside_targets(passage)
        yield from _beside_older_spans(passage)
        yield from _beside_others(passage) if may_say else ()
        for sentence in passage.sentences:
            words = directions(sentence) if may_say else ()
            changes = [each for each in passage.values if sentence.holds(each.start, each.end) and _way_of(each.value)]
            directed = [each for each in changes if not DIRECTIONS.keys().isdisjoint(each.value.how[1:])]
            plain = (each for each in changes if each not in directed)
            told = [found for each in plain for found in _beside_change(passage.text, sentence, words, each)]
            if may_say:
                told += [*_before_minus(passage.text, words), *_contrary_values(passage, sentence, directed)]
            for word, message, hint in told:
                yield Finding((passage, word.start, word.end), f"“{word.text}” {message}", hint)


def _beside_others(passage: Passage) -> Iterator[Finding]:
    """“Reports rose to 883, compared with 920”; “from 920 to 883. The rise …”."""
    for each in compared.comparisons(passage.shape_of(lambda figure: not figure.ranged)):
        is_even = each.sign == 0 and (each.old.rough or each.new.rough)
        for word in each.words if not is_even else ():
            if word.sign != each.sign and not (word.says_than and each.differences):  # which C104 tells
                went = f"which went from {each.old.text} to {each.new.text}"
                message = f"“{word.text}” does not agree with the numbers, {went}."
                yield Finding((passage, word.start, word.end), message, "Correct the word or the numbers.")


_BESIDE_TARGET = joint(
    r"(one=#)(?:(?: [a-z-]+){1,12}(?=, which ))?"
    r"(?:,| –)?(?: (?:which|that))?(?: (?:is|are|was|were|stands|stood))?(?: (?:just|well|slightly|still|now|far))?"
    r" (?:(up=above|over|higher than|exceed(?:s|ed|ing))|(in=within)|below|under|lower than|short of)"
    r" (?:the |our |its |their |an? )?(?:[a-z]+ )?(what=target|standard|goal|threshold|limit) of (other=(?P=one))"
)


def _beside_targets(passage: Passage) -> Iterator[Finding]:
    """“89%, above the target of 92%”; “7.4 shifts for each, which is within the target of 7.0”."""
    for found in passage.shape_of(lambda each: not each.ranged).joints(_BESIDE_TARGET):
        one, other, what = found.the("one"), found.the("other"), found.says("what")
        wrong = one.worth < other.worth if found.says("up") else one.worth > other.worth
        may_differ = found.says("in") and one.sort is Sort.PERCENTAGE
        if wrong and not may_differ:
            way = "below" if found.says("up") else "above"
            message = f"“{one.text}” is {way} the {what} of {other.text}, and it is said to be the other way."
            yield Finding((passage, one.start, other.end), message, "Correct the word or the numbers.")


_OLDER_SPAN = re.compile(
    r"(?<!within )(?<!\bin )(?<!under )(?<!over )(?<!than )(?<!least )(?<![\d.,:£])(?P<new>\d+)"
    r"(?: working)? (?:hours|days|weeks|months|years)\b[^.;:()\d]{0,80}, (?P<way>up|down) from (?:an average of )?"
    r"(?P<old>\d+)(?![.,:%]?\d|%| (?:second|minute|hour))"
)


def _beside_older_spans(passage: Passage) -> Iterator[Finding]:
    """“took 12 working days to answer, up from 15”."""
    for found in _OLDER_SPAN.finditer(passage.text):
        new, old = int(found["new"]), int(found["old"])
        if new != old and found["way"] != ("up" if new > old else "down") and old / 2 <= new <= old * 2:
            message = f"“{found['way']}” does not agree with the numbers, which went from {old} to {new}."
            yield Finding((passage, *found.span("way")), message, "Correct the word or the numbers.")


_MINUS = re.compile(r"(?:\s+(?:of|by))?\s+(?:\u2212|-)£?\d[\d,.]*%?")
_LET_IT_SAY = "Let the number print its own word, as {{ ….change | rose }} does, or correct the word."


def _before_minus(text: str, words: Sequence[DirectionWord]) -> Iterator[_Told]:
    """“rose by −5%”, “a reduction of −5%”: what a change prints without a word of its own."""
    for word in words:
        if minus := _MINUS.match(text, word.end):
            yield word, f"stands before a number below zero: “{minus[0].strip()}”.", _LET_IT_SAY


def _beside_change(text: str, sentence: TextPart, words: Sequence[DirectionWord], bound: Bound) -> Iterator[_Told]:
    """“rose by ⟦30%⟧”, “a ⟦30%⟧ increase”, “⟦835⟧ more calls”, where the value has no word and went the other way."""
    value, sign = bound.value, _way_of(bound.value)
    went = f"“{value.text}”, and the number went {'up' if sign > 0 else 'down'}."
    counted = compared.count_word(sentence, bound.end)
    if counted and counted.sign != sign:
        printed = DIRECTIONS["more"](value.quantity, None) if value.quantity else None
        right = "fewer" if printed and "fewer" in printed else "less" if sign < 0 else "more"
        hint = f"Write “{right}”, or let {{{{ (…) | more }}}} print it: “… {right} than”."
        yield counted, f"stands after {went}", hint
    before = (word for word in words if re.fullmatch(r"\s*(?:(?:of|by)\s+)?", text[word.end : bound.start]))
    after = (word for word in words if re.fullmatch(r"\s+", text[bound.end : word.start]))
    beside = min((*before, *after), key=words.index, default=None)
    if beside and beside.sign != sign and {"sign", "number"}.isdisjoint(value.how[1:]):
        yield beside, f"stands beside {went}", _LET_IT_SAY


def _way_of(value: Value) -> int:
    """1 for a change that went up, -1 for one that went down, 0 for any other number."""
    return value.quantity.sign if value.quantity is not None and value.quantity.is_change else 0


_CONTRAST = re.compile(
    r"\b(?:but|while|whereas|although|though|however|despite|after|than|before|year|long|longer|recent|also)\b|;",
    re.IGNORECASE,
)


def _contrary_values(passage: Passage, sentence: TextPart, directed: Sequence[Bound]) -> Iterator[_Told]:
    """A typed word against the one that a bound change prints: “robbery rose, ⟦a reduction of 30%⟧”."""
    for bound in directed if len(directed) == 1 else ():
        words = directions(TextPart(passage.text[sentence.start : bound.start], sentence.start, bound.start))
        if len(words) != 1 or words[0].sign == _way_of(bound.value):
            continue
        has_own = any(words[0].end <= each.start < bound.start and each.sort in FIGURES for each in passage.numbers)
        if not has_own and not _CONTRAST.search(passage.text[words[0].start : bound.start]):
            message = f"does not agree with “{bound.value.text}”, which the data give."
            yield words[0], message, "Correct the word, or leave it to the data alone."
