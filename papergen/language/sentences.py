"""The sentences of a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
