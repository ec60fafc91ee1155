"""The sentences and words of a text: as they are spelt, as they are compared, and their stems."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

_END = re.compile(r"[.!?][’”')\]]*(?=\s+[“‘'(\[]?[A-Z0-9])")
_NOT_AN_END = re.compile(
    r"\b(?:e\.g|i\.e|cf|vs|viz|[Nn]os?|[Pp]aras?|[Pp]p?|[Tt]el|[Ee]xt|approx|est|incl|excl|Mr|Mrs|Ms|Miss|Mx|Dr|Drs|St|Rev"
    r"|Revd|Ven|Rt|Hon|Prof|Sgt|Insp|Supt|Det|Ch|Con|Con?st|Capt|Cdr|Col|Lt|Maj|Gen|Cllrs?|Ald|Chf|Messrs|[^\W\d_])$"
)

NEAR_BY = 120
"""Characters before or after a place that a rule looks at: looking at all of them for each place takes endless time."""


@dataclass(frozen=True, slots=True)
class TextPart:
    """A part of a text, from ``start`` to before ``end``."""

    text: str
    start: int
    end: int

    def holds(self, start: int, end: int) -> bool:
        """Whether what stands between two positions of the text stands in this part."""
        return self.start <= start and end <= self.end


def is_short_form(before: str) -> bool:
    """Whether the full stop after some words ends a short form such as “Supt.”, or an initial, and no sentence."""
    return bool(_NOT_AN_END.search(before[-12:]))


def sentences(text: str) -> Iterator[TextPart]:
    """The sentences of a text in their order."""
    start = 0
    for found in _END.finditer(text):
        if found[0].startswith(".") and is_short_form(text[start : found.start()]):
            continue
        yield TextPart(text[start : found.end()], start, found.end())
        start = found.end()
        while start < len(text) and text[start].isspace():
            start += 1
    if start < len(text):
        yield TextPart(text[start:], start, len(text))


def part_at(parts: Sequence[TextPart], start: int, end: int) -> TextPart | None:
    """The part that holds what stands between two positions, of parts that follow one another."""
    index = bisect_right(parts, start, key=lambda part: part.start) - 1
    return parts[index] if index >= 0 and parts[index].holds(start, end) else None


def near_before(text: str, position: int) -> str:
    """The words that stand right before a position."""
    return text[max(0, position - NEAR_BY) : position]


SPEECH = re.compile(r"“[^“”]{1,600}”|\"[^\"]{1,600}\"")
"""Words in quotation marks, which may be what somebody said."""
_MAY_BE_ADDRESS = re.compile(r"@|://|www\.|[\w-]\.[a-z]{2}")
_ADDRESS = re.compile(
    r"(?<!\S)\S*?\w@\w\S*|(?<!\w)(?:https?://|www\.)\S+"
    r"|(?<![\w.-])[\w.-]*\w\.(?:uk|com|org|net|gov|info|eu|io"
    r"|csv|docx?|html?|jpe?g|md|pdf|png|pptx?|svg|txt|xlsx?|ya?ml|zip)\b(?:/\S*)?"
)
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060]")
"""Signs inside words that nobody sees: hyphens for the end of a line, joiners, spaces without width."""
_PART = f"(?:[^\\W\\d_²³]|{_UNSEEN.pattern})+"
_HYPHEN = "[-\u2010\u2011]"
_HYPHENS = re.compile(_HYPHEN)
_SPELT = re.compile(rf"(?<![\w.'’#@-]){_PART}(?:['’]{_PART})*(?:{_HYPHEN}{_PART}(?:['’]{_PART})*)*(?![\w])")
_COMPARED = re.compile(r"[^\W_]+(?:[’'.,/-][^\W_]+)*%?")


class Word(NamedTuple):
    """A word as it is spelt, and where it stands; ``begins`` is true where a sentence begins."""

    text: str
    start: int
    end: int
    begins: bool

    @property
    def parts(self) -> tuple[tuple[str, int], ...]:
        """The parts between hyphens, each with where it begins."""
        if "-" not in self.text:
            return ((self.text, self.start),)
        parts = self.text.split("-")
        starts = accumulate((len(part) + 1 for part in parts[:-1]), initial=self.start)
        return tuple(zip(parts, starts, strict=True))


def without_addresses(text: str) -> str:
    """The text with as many noughts in the place of web addresses, e-mail addresses and names of files."""
    return _ADDRESS.sub(lambda found: "0" * len(found[0]), text) if _MAY_BE_ADDRESS.search(text) else text


def spelt_words(text: str, sentences_start: Collection[int]) -> Iterator[Word]:
    """The words of a text without addresses and without what holds a digit."""
    for found in _SPELT.finditer(text):
        start = found.start()
        begins = start in sentences_start
        if not begins and not (start > 1 and text[start - 1] == " " and text[start - 2].isalnum()):
            before = text[max(0, start - 12) : start].rstrip("“‘'\"([ ")
            last = before.rstrip("’”')]")
            ends = last[-1:] in _OPENS_SENTENCE and not (last[-1:] == "." and is_short_form(last[:-1]))
            begins = ends or not before
        spelt = found[0] if found[0].isascii() else _HYPHENS.sub("-", _UNSEEN.sub("", found[0]))
        if spelt:
            yield Word(spelt, start, found.end(), begins)


_OPENS_SENTENCE = frozenset(".!?:–—•")


def compared(text: str) -> list[str]:
    """The words and numbers of a text in small letters, as they are compared with those of another."""
    return [word.casefold() for word in _COMPARED.findall(text)]


def spans_of_compared(text: str) -> list[tuple[int, int]]:
    """Where each of them stands."""
    return [found.span() for found in _COMPARED.finditer(text)]


_LETTERS = re.compile(r"[A-Za-z]+(?:[’'-][A-Za-z]+)*")
_ENDING = re.compile(r"(?<=.{4})(?:ments?|ings?|ions?|ie[sd]|e[sd]|[sye])$")


def stem(word: str) -> str:
    """A word without its ending: enough to find “grants” in “grant” and “recruiting” in “recruitment”."""
    return _ENDING.sub("", word.lower().removesuffix("’s").removesuffix("'s"))


def stems(text: str, *, least: int = 1) -> frozenset[str]:
    """The stems of the words of a text that have at least so many letters."""
    return frozenset(stem(word) for word in set(_LETTERS.findall(text)) if len(word) >= least)
