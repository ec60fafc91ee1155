"""Words and sentences of passages, for the rules that read them as language."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from papergen.language.passages import Passage, Place

RUNNING = frozenset({Place.TEXT, Place.ITEM, Place.FOOTNOTE})
"""The places that hold sentences."""

_PIECE = re.compile(r"\S+")
_ADDRESS = re.compile(
    r"https?://\S+|www\.\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:uk|com|org|net|gov|info|eu|io)(?:/\S*)?\b"
    r"|\b[\w-]+\.(?:csv|docx?|html?|jpe?g|md|pdf|png|pptx?|svg|txt|xlsx?|ya?ml|zip)\b"
)
_LONGEST_ADDRESS = 300
_WORD = re.compile(r"(?<![\w.'’-])[^\W\d_]+(?:['’][^\W\d_]+)*(?:-[^\W\d_]+(?:['’][^\W\d_]+)*)*(?![\w])")
_END = re.compile(r"[.!?][’”')\]]*(?=\s+[“‘'(\[]?[A-Z0-9])")
_NOT_AN_END = re.compile(r"\b(?:e\.g|i\.e|cf|vs|viz|No|Nos|Mr|Mrs|Ms|Dr|St|Rev|Prof|Sgt|Insp|Supt|[A-Z])$")


@dataclass(frozen=True, slots=True)
class TextPart:
    """A part of a text, from ``start`` to before ``end``."""

    text: str
    start: int
    end: int

    def holds(self, start: int, end: int) -> bool:
        """Whether what stands between two positions of the text stands in this part."""
        return self.start <= start and end <= self.end


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a passage and where it stands."""

    text: str
    start: int
    end: int
    begins: bool

    @property
    def parts(self) -> Iterator[tuple[str, int]]:
        """The parts between hyphens, each with where it begins."""
        at = self.start
        for part in self.text.split("-"):
            yield part, at
            at += len(part) + 1


def without_addresses(text: str) -> str:
    """The text with as many noughts in the place of web addresses, e-mail addresses and names of files."""
    return _PIECE.sub(_piece_without_address, text)


def _piece_without_address(found: re.Match[str]) -> str:
    piece = found[0]
    if len(piece) > _LONGEST_ADDRESS or not ("@" in piece or "." in piece or ":" in piece):
        return piece
    if re.search(r"\w@\w", piece):
        return "0" * len(piece)
    return _ADDRESS.sub(lambda address: "0" * len(address[0]), piece)


def words(passage: Passage) -> Iterator[Word]:
    """The words that were typed, without digits, values and addresses; ``begins`` is true where a sentence begins."""
    text = without_addresses(passage.text)
    starts = {part.start for part in sentences(text)}
    for found in _WORD.finditer(text):
        if passage.typed(found.start(), found.end()):
            before = text[max(0, found.start() - 12) : found.start()].rstrip("“‘'\"([ ")
            begins = found.start() in starts or not before or bool(re.search(r"[.!?:–—•][’”')\]]*$", before))
            yield Word(found[0], found.start(), found.end(), begins)


@lru_cache(maxsize=8192)
def sentences(text: str) -> tuple[TextPart, ...]:
    """The sentences of a text; kept, since most rules ask for them."""
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[TextPart]:
    start = 0
    for found in _END.finditer(text):
        if found[0].startswith(".") and _NOT_AN_END.search(text[max(start, found.start() - 12) : found.start()]):
            continue
        yield TextPart(text[start : found.end()], start, found.end())
        start = found.end()
        while start < len(text) and text[start].isspace():
            start += 1
    if start < len(text):
        yield TextPart(text[start:], start, len(text))


def sentence_of(text: str, start: int, end: int) -> TextPart:
    """The sentence that holds what stands between two positions, or the whole text."""
    parts = sentences(text)
    index = bisect_right(parts, start, key=lambda part: part.start) - 1
    if index >= 0 and parts[index].holds(start, end):
        return parts[index]
    return TextPart(text, 0, len(text))


NEAR_BY = 120
"""Characters before or after a place that a rule looks at: looking at all of them for each place takes endless time."""


def near_before(text: str, position: int) -> str:
    """The words that stand right before a position."""
    return text[max(0, position - NEAR_BY) : position]
