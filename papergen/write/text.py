"""The text writer: the words of a paper in reading order, for comparing papers with each other and with their files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from papergen.model.nodes import (
    Beside,
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


@dataclass(frozen=True, slots=True)
class PaperText:
    """The words of a paper: ``lines`` of its body and ``notes`` of its footnotes, each in reading order.

    A line is a heading (without its number), a paragraph, a cell or a caption.  An asked-for line break is a
    ``\\n``, and the mark of the first footnote is ``[^1]``.
    """

    lines: tuple[str, ...]
    notes: tuple[str, ...]


def paper_text(paper: Paper) -> PaperText:
    """The words of ``paper`` below its title block and its contents list."""
    writer = _TextWriter()
    lines = tuple(line for section in paper.sections for line in writer.section(section))
    return PaperText(lines, tuple(writer.notes))


class _TextWriter:
    def __init__(self) -> None:
        self.notes: list[str] = []

    def section(self, section: Section) -> Iterator[str]:
        yield self._words(section.title)
        yield from self._blocks(section.blocks)
        for inner in section.sections:
            yield from self.section(inner)

    def _blocks(self, blocks: Blocks) -> Iterator[str]:
        for block in blocks:
            match block:
                case Paragraph(inlines=inlines):
                    yield self._words(inlines)
                case List(items=items):
                    for item in items:
                        yield from self._blocks(item.blocks)
                case Table():
                    yield from self._table(block)
                case Figure(note=note):
                    yield from self._caption(block)
                    if note:
                        yield self._words(note)
                case BlockQuote(blocks=inner) | Landscape(blocks=inner):
                    yield from self._blocks(inner)
                case Box(title=title, blocks=inner):
                    if title:
                        yield self._words(title)
                    yield from self._blocks(inner)
                case Beside(exhibit=exhibit, blocks=inner):
                    yield from self._blocks((exhibit, *inner))
                case PageBreak():
                    pass
                case _:
                    assert_never(block)

    def _table(self, table: Table) -> Iterator[str]:
        yield from self._caption(table)
        for row in (table.header, *table.rows):
            for cell in row:
                yield self._words(cell)
        if table.note:
            yield self._words(table.note)

    def _caption(self, exhibit: Table | Figure) -> Iterator[str]:
        if exhibit.caption:
            yield f"{exhibit.label}: {self._words(exhibit.caption)}"

    def _words(self, inlines: Inlines) -> str:
        parts: list[str] = []
        for inline in inlines:
            match inline:
                case Text(text=text) | Value(text=text):
                    parts.append(text)
                case LineBreak():
                    parts.append("\n")
                case Strong(children=children) | Emphasis(children=children) | Link(children=children):
                    parts.append(self._words(children))
                case CrossReference(children=children, label=label):
                    parts.append(self._words(children) or label)
                case Footnote(blocks=blocks, number=number):
                    parts.append(f"[^{number}]")
                    self.notes.extend(self._blocks(blocks))
                case _:
                    assert_never(inline)
        return "".join(parts)
