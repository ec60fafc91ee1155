"""Two numbers that a sentence sets against each other, and the words that say which way it went."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from papergen.language.numbers import Numeral, Sort
from papergen.language.sentences import NEAR_BY, TextPart

_UP = (
    r"rose|risen|rises?|rising|increas(?:e|es|ed|ing)|grew|grown|grows?|growth|climb(?:s|ed|ing)?|higher|went up"
    r"|gone up|up (?:by|from|on)|up(?= £?\d)|above (?=the |last |that |those )"
)
_DOWN = (
    r"fell|fallen|falls?|falling|drop(?:s|ped|ping)?|decreas(?:e|es|ed|ing)|declin(?:e|es|ed|ing)|reduc(?:e|es|ed|ing|tions?)"
    r"|lower|fewer|went down|gone down|down (?:by|from|on)|down(?= £?\d)|below (?=the |last |that |those )"
)
_DIRECTION = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?!\w)", re.IGNORECASE)
_UNSURE = re.compile(
    r"\b(?:not|no|never|without|rather than|instead of|unless|if|whether|would|should|could|may|might|expect\w*|aims?"
    r"|aimed|targets?|hopes?|hoped|slow\w*|slight\w* less|cannot|n’t|neither|nor)\b|n[’']t\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:against|compared (?:with|to)|in comparison (?:with|to)|as opposed to|opposed to|versus|up from|down from"
    r"|up on|down on|(?:higher|lower|more|fewer|less) than|after)\b",
    re.IGNORECASE,
)
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
    def start(self) -> int:
        return min(self.old.start, self.new.start)

    @property
    def end(self) -> int:
        return max(self.old.end, self.new.end)

    @property
    def sign(self) -> int:
        return (self.new.worth > self.old.worth) - (self.new.worth < self.old.worth)


def directions(part: TextPart) -> tuple[DirectionWord, ...]:
    """The words for up and down in a part of a text; none where it says what did not, or only might, happen."""
    if _UNSURE.search(part.text):
        return ()
    return tuple(
        DirectionWord(found[0].strip(), part.start + found.start(), part.start + found.end(), 1 if found["up"] else -1)
        for found in _DIRECTION.finditer(part.text)
    )


def comparisons(text: str, part: TextPart, numbers: Sequence[Numeral]) -> Iterator[Pair]:
    """The pairs of numbers in a sentence of which one is set against the other."""
    inside = [each for each in numbers if part.holds(each.start, each.end) and each.sort in _COMPARED]
    for sort in _COMPARED:
        for first, second in pairwise([each for each in inside if each.sort is sort and not each.ranged]):
            between = text[first.end : second.start]
            if len(between) > 120 or _APART.search(between):
                continue
            before = text[part.start : first.start][-NEAR_BY:]
            if re.search(r"\bfrom\s+(?:an? average of\s+)?$", before, re.IGNORECASE):
                if re.fullmatch(r"[^.;:()]{0,40}?\bto\s+(?:just |about |an? average of )?", between):
                    yield Pair(first, second)
            elif _AGAINST.search(between):
                yield Pair(second, first)


_COMPARED = (Sort.COUNT, Sort.PERCENTAGE, Sort.MONEY)
