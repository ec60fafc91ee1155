"""The papers as passages: each paragraph, cell, caption or heading as plain text, knowing which parts are values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from papergen.diagnostics import Span
from papergen.model.nodes import (
    CrossReference,
    Emphasis,
    Footnote,
    Inlines,
    LineBreak,
    Link,
    Paper,
    Section,
    Strong,
    Text,
    Value,
)
from papergen.model.walk import Place, flatten

__all__ = ["Bound", "Passage", "Place", "passages"]


@dataclass(frozen=True, slots=True)
class Bound:
    """Where a value stands in the text of a passage."""

    start: int
    end: int
    value: Value


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that stand together, as printed on one line; footnotes are passages of their own.

    ``values`` are the bound parts; ``references`` and ``links`` the spans of cross-references (with their target) and
    of links (with their address).  ``at`` is where the block that holds the words begins.
    """

    text: str
    values: tuple[Bound, ...]
    references: tuple[tuple[int, int, str], ...]
    links: tuple[tuple[int, int, str], ...]
    place: Place
    at: Span
    section: Section
    paper: Paper

    def typed(self, start: int, end: int) -> bool:
        """Whether nothing between two positions is a value."""
        return not any(bound.start < end and start < bound.end for bound in self.values)


def passages(papers: Iterable[Paper]) -> Iterator[Passage]:
    """Every passage of the papers in reading order; the words of exhibits' source lines are among them."""
    for run in flatten(papers):
        words = _Words()
        words.add(run.inlines)
        text = "".join(words.parts)
        if text.strip():
            values, references, links = tuple(words.values), tuple(words.references), tuple(words.links)
            yield Passage(text, values, references, links, run.place, run.at, run.section, run.paper)


class _Words:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.values: list[Bound] = []
        self.references: list[tuple[int, int, str]] = []
        self.links: list[tuple[int, int, str]] = []
        self._length = 0

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self._length += len(text)

    def add(self, inlines: Inlines) -> None:
        for inline in inlines:
            start = self._length
            match inline:
                case Text(text=text):
                    self._put(text)
                case Value(text=text):
                    self._put(text)
                    self.values.append(Bound(start, self._length, inline))
                case LineBreak():
                    self._put(" ")
                case Strong(children=children) | Emphasis(children=children):
                    self.add(children)
                case Link(children=children, href=href):
                    self.add(children)
                    self.links.append((start, self._length, href))
                case CrossReference(children=children, label=label, target=target):
                    if children:
                        self.add(children)
                    else:
                        self._put(label)
                    self.references.append((start, self._length, target))
                case Footnote():
                    pass
                case _:
                    assert_never(inline)
