"""Slips in the words of passages, and the findings that they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from papergen.check.reading import Subject
from papergen.diagnostics import Code, Diagnostic
from papergen.language.passages import Passage, Place

PROSE = (Place.TEXT, Place.ITEM, Place.NOTE, Place.FOOTNOTE, Place.CAPTION)
"""The places where numbers and dates stand in words."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong with the words of a passage between two positions, and the act that mends it."""

    passage: Passage
    start: int
    end: int
    message: str
    hint: str


def told(subject: Subject, code: Code, slips: Iterable[Slip]) -> Iterator[Diagnostic]:
    """The findings that slips are."""
    for slip in slips:
        yield Diagnostic(code, subject.place(slip.passage, slip.start, slip.end), slip.message, slip.hint)
