"""The sentences of a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_END = re.compile(r"[.!?][’”')\]]*(?=\s+[“‘'(\[]?[A-Z0-9])")
_NOT_AN_END = re.compile(r"\b(?:e\.g|i\.e|cf|vs|viz|No|Nos|Mr|Mrs|Ms|Dr|St|Rev|Prof|Sgt|Insp|Supt|[A-Z])$")

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


def sentences(text: str) -> Iterator[TextPart]:
    """The sentences of a text in their order."""
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


def part_at(parts: Sequence[TextPart], start: int, end: int) -> TextPart | None:
    """The part that holds what stands between two positions, of parts that follow one another."""
    index = bisect_right(parts, start, key=lambda part: part.start) - 1
    return parts[index] if index >= 0 and parts[index].holds(start, end) else None


def near_before(text: str, position: int) -> str:
    """The words that stand right before a position."""
    return text[max(0, position - NEAR_BY) : position]
