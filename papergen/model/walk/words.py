"""The words of a paper in reading order, and those that some inlines print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias, assert_never

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
    Graphic,
    InLanguage,
    Inline,
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
from papergen.model.walk.finding import find
from papergen.values.chrome import is_english


class Place(StrEnum):
    """What words that stand together are."""

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
class Run:
    """Words that stand together: a heading, a paragraph, a cell, a caption (with its label), an alternative text.

    ``at`` is where the block that holds them begins; ``in_note`` is true of what stands in a footnote.  ``language`` is
    empty for English.
    """

    inlines: Inlines
    place: Place
    at: Span
    section: Section
    paper: Paper
    label: str = ""
    in_note: bool = False
    language: str = ""


def flatten(papers: Iterable[Paper]) -> Iterator[Run]:
    """The words of the papers in reading order; those of a footnote follow the words that have its mark."""
    for found in find(papers, Section):
        language = found.node.language or found.paper.language
        flattening = _Flattening(found.paper, found.node, language="" if is_english(language) else language)
        yield from flattening.words(found.node.title, Place.TITLE, found.at)
        yield from flattening.blocks(found.node.blocks, Place.TEXT)


@dataclass(frozen=True, slots=True)
class _Flattening:
    paper: Paper
    section: Section
    in_note: bool = False
    language: str = ""

    def words(self, inlines: Inlines, place: Place, at: Span, *, label: str = "") -> Iterator[Run]:
        yield Run(inlines, place, at, self.section, self.paper, label, self.in_note, self.language)
        for note in (leaf for leaf in leaves(inlines) if isinstance(leaf, Footnote)):
            yield from replace(self, in_note=True).blocks(note.blocks, Place.FOOTNOTE)

    def blocks(self, blocks: Blocks, place: Place) -> Iterator[Run]:
        for block in blocks:
            yield from self._block(block, place)

    def _block(self, block: Block, place: Place) -> Iterator[Run]:  # noqa: C901 - a case for each kind of block
        match block:
            case Paragraph(inlines=inlines, at=at):
                yield from self.words(inlines, place, at)
            case List(items=items):
                for item in items:
                    yield from self.blocks(item.blocks, Place.ITEM)
            case Table(at=at):
                yield from self._caption(block)
                for head in (head for heads in block.heads for head in heads):
                    yield from self.words(head.words, Place.HEADER, at)
                for row in block.rows:
                    for cell in row:
                        yield from self.words(cell, Place.CELL, at)
                yield from self._note(block)
            case Figure(at=at):
                if block.alternative:
                    yield from self.words(block.alternative, Place.ALTERNATIVE, at)
                yield from self._caption(block)
                yield from self._note(block)
            case Box(title=title, blocks=inner, at=at):
                if title:
                    yield from self.words(title, place, at)
                yield from self.blocks(inner, place)
            case BlockQuote(blocks=inner) | Landscape(blocks=inner):
                yield from self.blocks(inner, place)
            case InLanguage(language=language, blocks=inner):
                yield from replace(self, language="" if is_english(language) else language).blocks(inner, place)
            case Beside(exhibit=exhibit, blocks=inner):
                yield from self.blocks((exhibit, *inner), place)
            case PageBreak():
                pass
            case _:
                assert_never(block)

    def _caption(self, exhibit: Table | Figure) -> Iterator[Run]:
        if exhibit.caption:
            yield from self.words(exhibit.caption, Place.CAPTION, exhibit.at, label=exhibit.label)

    def _note(self, exhibit: Table | Figure) -> Iterator[Run]:
        if exhibit.note:
            yield from self.words(exhibit.note, Place.NOTE, exhibit.at)


def printed(inlines: Inlines, start: int = 0) -> Iterator[tuple[Inline, int, int]]:
    """Each of ``inlines`` and of those inside them, with the positions of its words in what ``plain_text`` gives."""
    for inline in inlines:
        end = start + len(plain_text((inline,)))
        yield inline, start, end
        match inline:
            case Strong(children=inside) | Emphasis(children=inside) | Link(children=inside):
                yield from printed(inside, start)
            case CrossReference(children=inside):
                yield from printed(inside, start)
            case Text() | Value() | LineBreak() | Footnote() | Graphic():
                pass
            case _:
                assert_never(inline)
        start = end


Leaf: TypeAlias = Text | Value | LineBreak | Footnote | CrossReference


def leaves(inlines: Inlines) -> Iterator[Leaf]:
    """What ``inlines`` print, piece by piece; a cross-reference stands for itself where it has no words of its own."""
    for inline in inlines:
        match inline:
            case Text() | Value() | LineBreak() | Footnote():
                yield inline
            case Graphic():
                pass
            case CrossReference(children=()):
                yield inline
            case Strong(children=children) | Emphasis(children=children) | Link(children=children):
                yield from leaves(children)
            case CrossReference(children=children):
                yield from leaves(children)
            case _:
                assert_never(inline)


def plain_text(inlines: Inlines, *, line_break: str = " ", mark: str = "", reference: str = "") -> str:
    """The printed words of ``inlines``, for titles, bookmarks and messages on one line, without footnotes.

    ``line_break`` stands for a break that was asked for, ``mark`` for a footnote with its number in place of ``{}``,
    and ``reference`` for a cross-reference with its target, not the words by which it names that.
    """
    parts: list[str] = []
    for leaf in leaves(inlines):
        match leaf:
            case Text(text=text) | Value(text=text):
                parts.append(text)
            case CrossReference(label=label, target=target):
                parts.append(reference.format(target) if reference else label)
            case LineBreak():
                parts.append(line_break)
            case Footnote(number=number):
                parts.append(mark.format(number))
            case _:
                assert_never(leaf)
    return "".join(parts)


def cells_of(table: Table) -> list[list[str]]:
    """The words in the cells of a table, the header first."""
    return [[plain_text(cell).strip() for cell in row] for row in (table.header, *table.rows)]
