"""The Markdown writer: a paper as Markdown of the kind that pandoc reads, for whatever else is to be made of it.

Numbers of sections, labels and cross-references stand in it as words, since the paper has settled them.  What Markdown
has no sign for stands in fenced ``div``\\ s with the class names of the other writers: boxes, landscape pages and page
breaks.  A line break inside a cell becomes a space, for a row of a table is one line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import assert_never

from papergen.model.nodes import (
    Alignment,
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
    ListItem,
    PageBreak,
    Paper,
    Paragraph,
    Section,
    Strong,
    Table,
    Text,
    Value,
    Width,
)
from papergen.model.walk import plain_text, walk_sections
from papergen.write.html import shown_number

_SIGNS = re.compile(r"[\\`*_{}\[\]<>#|~^$@\"'&]")
# What makes a list, a heading, a caption or a title block of the line that it begins.
_OPENING = re.compile(r"^(?:[-+:=%.(]|\d+(?=[.)]))", re.MULTILINE)
_WIDEST_COLUMN = 60

AddressOf = Callable[[Figure], str]
"""Where the file of a picture is found."""


def paper_markdown(paper: Paper, *, address: AddressOf) -> str:
    """The whole of ``paper`` as Markdown, with its title in a block of metadata."""
    writer = _MarkdownWriter(paper.name, address)
    title, author, language, day = map(json.dumps, (paper.title, paper.author, paper.language, str(paper.issued)))
    parts = [f"---\ntitle: {title}\nauthor: {author}\nlang: {language}\ndate: {day}\n---"]
    for section in walk_sections(paper.sections):
        parts.append(writer.heading(section))
        parts += [writer.blocks(section.blocks)] if section.blocks else []
    parts += [f"[^{number}]: {_indented(writer.blocks(blocks), 4)}" for number, blocks in sorted(writer.notes.items())]
    return "\n\n".join(parts) + "\n"


@dataclass(frozen=True, slots=True)
class _MarkdownWriter:
    """Writes the nodes of one paper; ``notes`` fills up with the footnotes that were met."""

    paper: str
    address: AddressOf
    notes: dict[int, Blocks] = field(default_factory=dict)

    def heading(self, section: Section) -> str:
        number = shown_number(section)
        words = f"{_escaped(number)} {self._line(section.title)}" if number else self._line(section.title)
        more = f'lang="{section.language}"' if section.language else ""
        return f"{'#' * section.level} {words} {_attributes(section.key, more).strip()}".rstrip()

    # -----------------------------------------------------------------------------------------------------------------
    # Inlines

    def _words(self, inlines: Inlines) -> str:
        return "".join(self._inline(inline) for inline in inlines)

    def _line(self, inlines: Inlines) -> str:
        """Words on one line, as headings, captions and cells need them."""
        return self._words(inlines).replace("\\\n", " ")

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Text(text=text, language=language) if language:
                return f'[{_escaped(text)}]{{lang="{language}"}}'
            case Text(text=text) | Value(text=text):
                return _escaped(text)
            case LineBreak():
                return "\\\n"
            case Strong(children=children):
                return self._marked("**", children)
            case Emphasis(children=children):
                return self._marked("*", children)
            case Link(href=href, children=children):
                return f"[{self._words(children)}](<{href}>)"
            case CrossReference(target=target, children=children, label=label, paper=paper):
                words = self._words(children) or _escaped(label)
                return words if paper else f"[{words}](#{target})"
            case Graphic():
                return ""
            case Footnote(number=number, blocks=blocks):
                self.notes[number] = blocks
                return f"[^{number}]"
            case _:
                assert_never(inline)

    def _marked(self, sign: str, children: Inlines) -> str:
        """Words between two signs, which must touch them: the spaces at their ends stand outside."""
        words = self._words(children)
        inner = words.strip(" ")
        before, after = words[: len(words) - len(words.lstrip(" "))], words[len(words.rstrip(" ")) :]
        return f"{before}{sign}{inner}{sign}{after}" if inner else words

    # -----------------------------------------------------------------------------------------------------------------
    # Blocks

    def blocks(self, blocks: Blocks) -> str:
        return "\n\n".join(self._parts(blocks))

    def _parts(self, blocks: Blocks) -> Iterator[str]:
        for index, block in enumerate(blocks):
            if index and isinstance(block, List) and isinstance(blocks[index - 1], List):
                yield "<!-- -->"  # without it the two would be read as one list
            yield self._block(block)

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph(inlines=inlines, number=""):
                return _opened(self._words(inlines))
            case Paragraph(inlines=inlines):
                return _opened(f"{shown_number(block)} {self._words(inlines)}")
            case List():
                return self._list(block)
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case BlockQuote(blocks=inner):
                return "\n".join(f"> {line}".rstrip() for line in self.blocks(inner).split("\n"))
            case Box(kind=kind, title=title, blocks=inner):
                parts = [f"**{self._line(title)}**"] if title else []
                return _division(kind.value, "\n\n".join([*parts, self.blocks(inner)]))
            case Beside(exhibit=exhibit, blocks=inner):
                return self.blocks((exhibit, *inner))
            case PageBreak():
                return _division("page-break", "")
            case InLanguage(language=language, blocks=inner):
                return f'::::: {{lang="{language}"}}\n{self.blocks(inner)}\n:::::'
            case Landscape(blocks=inner):
                return _division("landscape", self.blocks(inner))
            case _:
                assert_never(block)

    def _list(self, listed: List) -> str:
        stop = "" if listed.marks else "."
        marks = [f"{listed.mark(index)}{stop} " if listed.ordered else "- " for index in range(len(listed.items))]
        items = [
            f"{mark}{_indented(self._item(item), len(mark))}" for mark, item in zip(marks, listed.items, strict=True)
        ]
        return ("\n" if all(_is_tight(item) for item in listed.items) else "\n\n").join(items)

    def _item(self, item: ListItem) -> str:
        return ("\n" if _is_tight(item) else "\n\n").join(self._parts(item.blocks))

    def _table(self, table: Table) -> str:
        columns = list(zip(table.header, *table.rows, strict=True))
        widths = [min(max(3, *(len(plain_text(cell)) for cell in column)), _WIDEST_COLUMN) for column in columns]
        rules = [_rule(alignment, width) for alignment, width in zip(table.alignments, widths, strict=True)]
        header = self._row(tuple(self._full_head(table, column) for column in range(len(table.header))))
        rows = [header, f"|{'|'.join(rules)}|", *(self._row(row) for row in table.rows)]
        parts = ["\n".join(rows)]
        if table.caption:
            parts.append(f": {table.label}: {self._line(table.caption)}{_attributes(table.key)}")
        return "\n\n".join([*parts, *self._note(table.note)])

    def _full_head(self, table: Table, column: int) -> Inlines:
        """The heading of a column after that of the band over it: Markdown has one row of headings."""
        upper = table.heads[0] if table.bands else ()
        for head in upper:
            if head.rows == 1 and head.column <= column < head.column + head.columns:
                return (*head.words, Text(text=": "), *table.header[column])
        return table.header[column]

    def _row(self, cells: tuple[Inlines, ...]) -> str:
        return f"| {' | '.join(self._line(cell) for cell in cells)} |"

    def _figure(self, figure: Figure) -> str:
        width = "100%" if figure.width is Width.FULL else "50%"
        address = self.address(figure)
        if figure.caption:
            caption = f"{figure.label}: {self._line(figure.caption)}"
            more = f"width={width} alt={_quoted(plain_text(figure.alternative))}"
            shown = f"![{caption}](<{address}>){_attributes(figure.key, more)}"
        else:  # the sign of a line break keeps a picture from becoming a figure with a caption
            shown = f"![{_escaped(plain_text(figure.alternative))}](<{address}>)\\"
        return "\n\n".join([shown, *self._note(figure.note)])

    def _note(self, note: Inlines) -> list[str]:
        return [_opened(self._words(note))] if note else []


def _is_tight(item: ListItem) -> bool:
    """True for a paragraph alone or before lists: nothing in it needs an empty line."""
    first, *rest = item.blocks
    return isinstance(first, Paragraph) and all(isinstance(block, List) for block in rest) and len(rest) < 2


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", text)


def _opened(words: str) -> str:
    """Words of a paragraph, no line of which is taken for a list, a heading or a caption."""
    return _OPENING.sub(lambda found: f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}", words)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _attributes(key: str, more: str = "") -> str:
    inside = " ".join(part for part in (f"#{key}" if key else "", more) if part)
    return f"{{{inside}}}" if more else f" {{{inside}}}" if inside else ""


def _division(name: str, inside: str) -> str:
    return f"::::: {{.{name}}}\n{inside}\n:::::" if inside else f"::::: {{.{name}}}\n:::::"


def _rule(alignment: Alignment, width: int) -> str:
    dashes = "-" * width
    match alignment:
        case Alignment.LEFT:
            return f":{dashes}"
        case Alignment.CENTRE:
            return f":{dashes}:"
        case Alignment.RIGHT:
            return f"{dashes}:"
        case _:
            assert_never(alignment)


def _indented(text: str, by: int) -> str:
    """``text`` with every line but the first set in."""
    return re.sub(r"\n(?=.)", "\n" + " " * by, text)
