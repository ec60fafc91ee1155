"""Two numbers that a sentence sets against each other, and the words that say which way it went."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from papergen.language.joints import Shape, joint
from papergen.language.lexicon import first_words, pattern
from papergen.language.numbers import Numeral, Sort
from papergen.language.words import TextPart

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
_UP, _DOWN = (
    re.compile(rf"(?:{pattern(way)}|{more})\Z", re.IGNORECASE)
    for way, more in (("up", "up|more|higher"), ("down", "down|fewer|less|lower"))
)
_COUNT_WORD = re.compile(
    r"(?:\s+(?:percentage\s+)?[a-z]{3,}s(?=\s+\w+\s+than\b))?\s+(?P<word>(?P<up>more|extra|additional)|fewer|less)\b"
    r"(?!\s+(?:or|and)\b)",
    re.IGNORECASE,
)
_UNSURE = re.compile(rf"\b{pattern('unsure')}\b|n[’']t\b", re.IGNORECASE)
_CHANGE = rf"(?:{pattern('up', 'down')}|up|down)"
_NOUN = rf"(?:{_CHANGE}(?<! from)(?<! on)|improvement|(?:under|over)spend|shortfall|surplus)"
_WORDS, _FEW = "[^.;:()¶№£%]{0,80}?", "[^.;:()¶№£%]{0,50}?"
_QUITE = "(?:(?!target|plan|standard|threshold|trajectory|and\\b)[a-z’-]+ ){0,5}"
_POINTS = "(?: (?:percentage )?points?)"
_TAIL = (
    # “, a rise of 30”, “(down 12%)”, “. The increase …”
    rf"\)?(?:{_FEW}(?:,|:| –| \(|\.¶(?:The|This|That)) ?(?:(?:which|that) (?:is|was) )?(?:an? )?(?:[a-z]+ )?"
    rf"(tail={_NOUN})(?: (?:of|by))?(?: (size=#)(points={_POINTS})?)?(?!\w)"
    # “, a 13% increase”
    rf"|{_FEW}(?:,|:| –| \() ?(?:which is )?an? (its=#)(its_points={_POINTS})? (noun={_NOUN})\b"
    # “: 30 more than expected”
    rf"|{_FEW}(?:,|:| –| \() ?(rest=#)(?: [a-z]+)? (plan=more|higher|fewer|less|lower)"
    r" than (?:expected|planned|budgeted)"
    # “from 19 to 12, or by 37%”, “from 305 to 342 (12%)”
    r"|(?(way)(?: an? [a-z]+)?(?: \(|,? or (?:by )?)(alone=%)(?! of )(?=\)|[^)]*(?:¶|\Z))|(?!)))?"
)
_COMPARED = tuple(
    joint(head + _TAIL)
    for head in (
        # “rose by 12%, from 212 to 231”
        rf"(?:\b(lead={_CHANGE})(?: by (by=#))?(?: [a-z]+)?,? )?"
        rf"\b(way=from) {_QUITE}(old=#){_WORDS}\bto {_QUITE}(new=(?P=old))",
        # “rose to 883, compared with 920”, “79%, up from 82%”
        rf"(?:\b(lead={_CHANGE})(?: to| (?:by )?#, with) )?(new=#){_WORDS}"
        rf"(?:(?:,| –| \() ?(way=up|down)(?: by)?(?: (by=#)(by_points={_POINTS})?)? (?:from|on)"
        r"|\b(?:against|versus|where there w(?:as|ere)|(?:compared|in comparison) (?:with|to)))"
        rf" {_QUITE}(old=(?P=new))",
        # “£428,000, an increase of 6% on last year’s £372,000”
        rf"(new=#){_WORDS}, an? (?:[a-z]+ )?(way={_CHANGE})(?: of (by=#))? (?:on|from|over) {_QUITE}(old=(?P=new))",
        # “13,890, 4.2% fewer than the 13,112 of the year before”
        rf"(new=#){_WORDS}(?:,| –) (?:which (?:is|was) |or )?(by=#)(by_points={_POINTS})?(?: [a-z]+)?"
        rf" (way=more|higher|fewer|less|lower) than\b(?:(?! and )[^.,;:()¶№£%]){{0,40}}(?: \()?(old=(?P=new))",
    )
)


@dataclass(frozen=True, slots=True)
class DirectionWord:
    """A word that says which way a number went: ``sign`` is 1 for up and -1 for down."""

    text: str
    start: int
    end: int
    sign: int

    @property
    def says_than(self) -> bool:
        """Whether it sets a size apart: “400 fewer than”."""
        return self.text in ("more", "higher", "fewer", "less", "lower")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two figures of a kind that are set against each other: what it was and what it is, and what is said of that.

    ``words`` are those that say which way it went, and ``sizes`` how much it did, each with whether in points.
    """

    old: Numeral
    new: Numeral
    words: tuple[DirectionWord, ...]
    sizes: tuple[tuple[Numeral, bool], ...]

    @property
    def sign(self) -> int:
        return (self.new.worth > self.old.worth) - (self.new.worth < self.old.worth)

    @property
    def differences(self) -> list[Numeral]:
        """The sizes that are a difference of the two figures, and no share of one of them."""
        is_share = self.old.sort is Sort.PERCENTAGE
        return [size for size, in_points in self.sizes if (in_points if is_share else size.sort is self.old.sort)]


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


def comparisons(of: Shape) -> Iterator[Comparison]:
    """The figures that a text sets against each other, by the wordings of that in turn."""
    for found in (found for wording in _COMPARED for found in of.joints(wording)):
        sizes = tuple((found.the(size), bool(found.says(points))) for size, points in _SIZES if found.every.get(size))
        said = [(found.says(role), of.span(found.found.span(role))) for role in _SAID if found.says(role)]
        words = tuple(DirectionWord(word, *span, sign) for word, span in said if (sign := _way(word)))
        sentences = of.text[of.text.rfind("¶", 0, found.at + 1) : of.text.find("¶", found.found.end())]
        old, new = found.the("old"), found.the("new")
        if old.worth <= _AS_MUCH * new.worth and new.worth <= _AS_MUCH * old.worth:
            yield Comparison(old, new, () if _UNSURE.search(sentences) else words, sizes)


_AS_MUCH = 5
"""What is more times another is no earlier number of the same thing: “four wards …, compared with 590”."""
_SAID = ("lead", "way", "tail", "noun", "plan")
_SIZES = (("by", "by_points"), ("size", "points"), ("its", "its_points"), ("rest", ""), ("alone", ""))


def _way(word: str) -> int:
    """1 for a word that says up, -1 for one that says down, 0 for any other."""
    return bool(_UP.match(word)) - bool(_DOWN.match(word))
