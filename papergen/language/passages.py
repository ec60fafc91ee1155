"""The papers as passages: each paragraph, cell, caption or heading as plain text, knowing which parts are values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from papergen.diagnostics import Span
from papergen.model.nodes import (
    Beside,
    Block,
    BlockQuote,
    Blocks,
    Box,
    CrossReference,
    Emphasis,
    Figure,
    Footnote,
    Inlines,
    Landscape,
    LineBreak,
    Link,
    List,
    PageBreak,
    Paper,
    Paragraph,
    Section,
    Strong,
    Table,
    Text,
    Value,
)
from papergen.model.walk import walk_sections


class Place(Enum):
    """What a passage is."""

    TITLE = "heading"
    TEXT = "text"
    ITEM = "list item"
    CELL = "table cell"
    HEADER = "table header"
    CAPTION = "caption"
    NOTE = "note below an exhibit"
    FOOTNOTE = "footnote"
    ALTERNATIVE = "alternative text"


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
    for paper in papers:
        for section in walk_sections(paper.sections):
            reading = _Reading(paper, section)
            yield from reading.inlines(section.title, Place.TITLE, section.at)
            yield from reading.blocks(section.blocks, Place.TEXT)


@dataclass(frozen=True, slots=True)
class _Reading:
    paper: Paper
    section: Section

    def blocks(self, blocks: Blocks, place: Place) -> Iterator[Passage]:
        for block in blocks:
            yield from self._block(block, place)

    def _block(self, block: Block, place: Place) -> Iterator[Passage]:
        match block:
            case Paragraph(inlines=inlines, at=at):
                yield from self.inlines(inlines, place, at)
            case List(items=items):
                for item in items:
                    yield from self.blocks(item.blocks, Place.ITEM)
            case Table(at=at):
                yield from self.inlines(block.caption, Place.CAPTION, at)
                for cell in block.header:
                    yield from self.inlines(cell, Place.HEADER, at)
                for row in block.rows:
                    for cell in row:
                        yield from self.inlines(cell, Place.CELL, at)
                yield from self.inlines(block.note, Place.NOTE, at)
            case Figure(at=at):
                if block.alternative:
                    yield from self.inlines((Text(text=block.alternative),), Place.ALTERNATIVE, at)
                yield from self.inlines(block.caption, Place.CAPTION, at)
                yield from self.inlines(block.note, Place.NOTE, at)
            case Box(title=title, blocks=inner, at=at):
                yield from self.inlines(title, place, at)
                yield from self.blocks(inner, place)
            case BlockQuote(blocks=inner) | Landscape(blocks=inner):
                yield from self.blocks(inner, place)
            case Beside(exhibit=exhibit, blocks=inner):
                yield from self.blocks((exhibit, *inner), place)
            case PageBreak():
                pass
            case _:
                assert_never(block)

    def inlines(self, inlines: Inlines, place: Place, at: Span) -> Iterator[Passage]:
        """The passage of some words, then those of the footnotes in them."""
        words = _Words()
        words.add(inlines)
        text = "".join(words.parts)
        if text.strip():
            yield Passage(
                text,
                tuple(words.values),
                tuple(words.references),
                tuple(words.links),
                place,
                at,
                self.section,
                self.paper,
            )
        for note in words.notes:
            yield from self.blocks(note.blocks, Place.FOOTNOTE)


class _Words:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.values: list[Bound] = []
        self.references: list[tuple[int, int, str]] = []
        self.links: list[tuple[int, int, str]] = []
        self.notes: list[Footnote] = []
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
                    self.notes.append(inline)
                case _:
                    assert_never(inline)
