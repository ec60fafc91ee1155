"""Two numbers that a sentence sets against each other, and the words that say which way it went."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from papergen.language.lexicon import first_words, pattern
from papergen.language.numbers import FIGURES, Numeral
from papergen.language.words import NEAR_BY, TextPart

_THAN_THEN = r"(?=the |last |that |those )"
# “, up 4%” and “(down 30)”; what makes up 5%, sets up three and is broken down says no way.
_ALONE = r"(?:(?<=[,:;–—-] )|(?<=\()|(?<=\bis )|(?<=\bare )|(?<=\bwas )|(?<=\bwere )|(?<=\bwent )|(?<=\bnow ))"
_DIRECTION = re.compile(
    rf"\b(?:(?P<up>{pattern('up')}|{_ALONE}up(?= £?\d)|above {_THAN_THEN})"
    rf"|(?P<down>{pattern('down')}|{_ALONE}down(?= £?\d)|below {_THAN_THEN}))(?!\w)",
    re.IGNORECASE,
)
DIRECTION_WORDS = first_words("up", "down") | {"above", "below"}
"""The words that those for up and down begin with."""
_COUNT_WORD = re.compile(
    r"(?:\s+(?:percentage\s+)?[a-z]{3,}s(?=\s+\w+\s+than\b))?\s+(?P<word>(?P<up>more|extra|additional)|fewer|less)\b"
    r"(?!\s+(?:or|and)\b)",
    re.IGNORECASE,
)
_UNSURE = re.compile(rf"\b{pattern('unsure')}\b|n[’']t\b", re.IGNORECASE)
_AGAINST = re.compile(
    rf"\b(?:{pattern('against')}|(?:rise|increase|growth|fall|drop|reduction|decrease) of £?\d[\d,.]*% (?:from|on))\b"
    r"(?! (?:an?|one|two) (?:half|third|quarter|fifth))",
    re.IGNORECASE,
)
_SIZE = re.compile(rf"\b{pattern('up', 'down')}(?: by| of)?(?<=by|of)\s+(?:about |nearly |over )?£?$", re.IGNORECASE)
"""“up by 24%”: what follows is how much it went, and neither what it was nor what it is."""
_IS_SIZE = re.compile(r"(?: percentage)? points?\b| (?:up|down) (?:on|from) (?!(?:the |an? )?£?\d)")
"""“four percentage points up on”, “four up on the summer”: the number before is likewise how much it went."""
_SPREAD = re.compile(
    r"\b(?:rang(?:es?|ed|ing)|var(?:y|ies|ied|ying)|ran|runs?|running|spread|anywhere)\b[^.;]{0,30} from $"
)
"""“ranges from 4% to 7%”: two places of one time."""
DIFFERENCE = re.compile(
    r"(?: percentage points?| [a-z]+)? (?:(?P<up>more|higher)|fewer|less|lower) than\b[^.,;:()]{0,40}(?: \()?"
)
_BOUND = re.compile(r"\b(?:more|fewer|less) than £?$", re.IGNORECASE)
"""“fewer than three”: a limit; what a number is more than, and which was once, is “the 300 of last year”."""
_APART = re.compile(r";|\b(?:while|whereas|but|although)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DirectionWord:
    """A word that says which way a number went: ``sign`` is 1 for up and -1 for down."""

    text: str
    start: int
    end: int
    sign: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two numbers of a kind that are set against each other: what it was, and what it is now."""

    old: Numeral
    new: Numeral

    @property
    def sign(self) -> int:
        return (self.new.worth > self.old.worth) - (self.new.worth < self.old.worth)


def directions(part: TextPart) -> tuple[DirectionWord, ...]:
    """The words for up and down in a part of a text; none where it says what did not, or only might, happen."""
    found = [
        DirectionWord(each[0].strip(), part.start + each.start(), part.start + each.end(), 1 if each["up"] else -1)
        for each in _DIRECTION.finditer(part.text)
    ]
    return () if found and _UNSURE.search(part.text) else tuple(found)


def count_word(part: TextPart, at: int) -> DirectionWord | None:
    """“more” or “fewer” after the number that ends ``at``, as in “30 fewer” and “30 calls more than”, likewise."""
    found = _COUNT_WORD.match(part.text, at - part.start)
    if found is None or _UNSURE.search(part.text):
        return None
    start = part.start + found.start("word")
    return DirectionWord(found["word"], start, part.start + found.end(), 1 if found["up"] else -1)


def clause_of(text: str, part: TextPart, pair: Pair) -> TextPart:
    """The part of a sentence that a pair stands in: from the “while”, “but” or semicolon before it to the next."""
    first, last = min(pair.old.start, pair.new.start), max(pair.old.end, pair.new.end)
    start = max((found.end() for found in _APART.finditer(text, part.start, first)), default=part.start)
    after = _APART.search(text, last, part.end)
    end = after.start() if after else part.end
    return TextPart(text[start:end], start, end)


def comparisons(text: str, part: TextPart, numbers: Sequence[Numeral]) -> Iterator[Pair]:
    """The pairs of numbers in a sentence of which one is set against the other; “400 fewer than the 690” is 290."""
    inside = [each for each in numbers if part.holds(each.start, each.end) and each.sort in FIGURES]
    for sort in FIGURES:
        for first, second in pairwise([each for each in inside if each.sort is sort and not each.ranged]):
            between = text[first.end : second.start]
            if len(between) > 120 or _APART.search(between):
                continue
            before = text[part.start : first.start][-NEAR_BY:]
            if _SIZE.search(before) or _SPREAD.search(before) or _IS_SIZE.match(between):
                continue
            if re.search(r"\bfrom\s+(?:an? average of\s+)?$", before, re.IGNORECASE):
                if re.fullmatch(r"[^.;:()]{0,40}?\bto\s+(?:just |about |an? average of )?", between):
                    yield Pair(first, second)
            elif DIFFERENCE.match(between):
                if apart := DIFFERENCE.fullmatch(between):
                    yield Pair(second, replace(first, worth=second.worth + first.worth * (1 if apart["up"] else -1)))
            elif _AGAINST.search(between) and not (_BOUND.search(between) or DIFFERENCE.match(text, second.end)):
                yield Pair(second, first)
