"""Sentences of passages as parts of their text, and what is told of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from papergen.check import text as language
from papergen.check.passages import Passage, Place
from papergen.check.subject import Subject
from papergen.diagnostics import Code, Diagnostic

PROSE = (Place.TEXT, Place.ITEM, Place.NOTE, Place.FOOTNOTE, Place.CAPTION)
"""The places where numbers and dates stand in words."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text, from ``start`` to before ``end``."""

    text: str
    start: int
    end: int

    def holds(self, start: int, end: int) -> bool:
        """Whether what stands between two positions of the text stands in this part."""
        return self.start <= start and end <= self.end


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong with the words of a passage between two positions, and the act that mends it."""

    passage: Passage
    start: int
    end: int
    message: str
    hint: str


def sentences(text: str) -> Iterator[Part]:
    """The sentences of a passage."""
    for start, end in language.sentences(text):
        yield Part(text[start:end], start, end)


def sentence_of(passage: Passage, start: int, end: int) -> Part:
    """The sentence that holds what stands between two positions, or the whole passage."""
    for part in sentences(passage.text):
        if part.holds(start, end):
            return part
    return Part(passage.text, 0, len(passage.text))


def told(subject: Subject, code: Code, slips: Iterable[Slip]) -> Iterator[Diagnostic]:
    """The findings that slips are."""
    for slip in slips:
        yield Diagnostic(code, subject.place(slip.passage, slip.start, slip.end), slip.message, slip.hint)
