"""The document model as HTML: headings, blocks and the contents list.

``HtmlWriter`` writes what is the same wherever the HTML is read.  What differs between a printed page and a web page
(where footnotes stand, where pictures come from, what a decoration is) is left to the class that inherits from it.
Class names are the names of the Word styles in kebab-case.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import assert_never
from urllib.parse import quote

from papergen.model.nodes import (
    Beside,
    Block,
    BlockQuote,
    Blocks,
    Box,
    Figure,
    Graphic,
    HeadCell,
    InLanguage,
    Inlines,
    Landscape,
    List,
    ListItem,
    PageBreak,
    Paper,
    Paragraph,
    RowKind,
    Section,
    Table,
    Width,
)
from papergen.model.numerals import numeral
from papergen.model.walk import plain_text, walk_sections
from papergen.values.chrome import Chrome, chrome
from papergen.write.columns import ROOM_UPRIGHT, ColumnFit, Rooms, measure_columns
from papergen.write.css import css_name
from papergen.write.elements import HtmlAttributes, element, start_tag
from papergen.write.html_inlines import HtmlInlines
from papergen.write.keeping import has_tall_rows, is_divided, keeps_whole
from papergen.write.looks import Mark
from papergen.write.marks import heading_number
from papergen.write.styles import BOXES

DEEPEST_HEADING = 5
DEEPEST_CONTENTS = 4

_PHRASING = frozenset({"a", "br", "em", "img", "span", "strong"})


def shown_number(numbered: Section | Paragraph) -> str:
    """The number as it stands before a heading or paragraph: "1." for the first level, "2.4.1" below it."""
    return f"{numbered.number}." if numbered.number and "." not in numbered.number else numbered.number


@dataclass(frozen=True)
class HtmlWriter(HtmlInlines):
    """Writes the nodes of one paper as HTML.

    ``phrasing`` is set inside a footnote that stands within a line: every block there is a ``span`` whose class
    ``as-p``, ``as-ul``, … tells the stylesheet what it stands for, because HTML ends a paragraph at the first block.
    ``room`` is the width of the text column in letters of table text, ``rooms`` are those that other columns have, and
    ``headings`` say how headings are numbered.
    """

    paper: Paper
    phrasing: bool = False
    room: int = ROOM_UPRIGHT
    rooms: Rooms = field(default_factory=Rooms)
    headings: tuple[Mark, ...] = ()

    @property
    def words(self) -> Chrome:
        """The words round the text, in the language of the paper."""
        return chrome(self.paper.language)

    @abstractmethod
    def decoration(self, figure: Figure) -> str:
        """A picture that has nothing to say to someone who cannot see it."""

    def heading_attributes(self, section: Section) -> HtmlAttributes:  # noqa: ARG002 - print adds bookmarks here
        """What a heading carries besides its id."""
        return {}

    def number(self, section: Section) -> str:
        """The number as it stands before a heading."""
        return heading_number(section.number, self.headings) if self.headings else shown_number(section)

    def numbered_from(self, start: int) -> HtmlAttributes:
        """What makes a list count from ``start``."""
        # WeasyPrint reads the attribute only along with every other presentational hint.
        return {"start": str(start), "style": f"counter-reset: list-item {start - 1}"}

    @property
    def gap(self) -> str:
        """What stands between two blocks: a line end, except where WeasyPrint would make a line of it."""
        return "" if self.phrasing else "\n"

    # -----------------------------------------------------------------------------------------------------------------
    # The paper

    def body(self) -> str:
        """Every section of the paper, in one ``div`` that a layout prints where it says ``{{ body }}``."""
        sections = "\n".join(self.section(section) for section in walk_sections(self.paper.sections))
        return element("div", f"\n{sections}\n", ["paper-body"])

    def head(self) -> str:
        """The lines of facts below the title, each with its label, or nothing."""
        lines = "\n".join(
            element("p", f"{element('strong', escape(f'{line.label}:'))} {self.inlines(line.words)}", ["head-line"])
            for line in self.paper.head
        )
        return element("div", f"\n{lines}\n", ["head-lines"]) if lines else ""

    def contents(self) -> str:
        """The contents list down to ``paper.contents_depth``, or nothing for a paper that has none."""
        depth = min(self.paper.contents_depth, DEEPEST_CONTENTS)
        listed = [section for section in walk_sections(self.paper.sections) if section.level <= depth]
        if not listed:
            return ""
        title = self.words.contents
        heading = element("h2", title, ["toc-heading"], {"id": "contents"})
        entries = "\n".join(self._contents_entry(section) for section in listed)
        return element("nav", f"{heading}\n{element('ul', entries, ['toc'])}", ["contents"], {"aria-label": title})

    def _contents_entry(self, section: Section) -> str:
        number = self.number(section)
        parts = [element("span", f"{escape(number)} ", ["number"]) if number else ""]
        # The link stands inside the item of the line: WeasyPrint forgets where an item itself leads.
        link = self._link(f"#{quote(section.key)}", escape(plain_text(section.title)), "toc-link")
        parts.append(element("span", link, ["toc-words"], {"lang": section.language or None}))
        parts.append(element("span", "", ["toc-leader"], {"aria-hidden": "true"}))
        line = element("span", "".join(parts), ["toc-line"])
        page = element("span", "", ["toc-page"], {"data-target": f"#{section.key}"})
        return element("li", f"{line}{page}", [f"toc-{section.level}", "" if number else "unnumbered"])

    def section(self, section: Section) -> str:
        """A heading and the blocks under it, without the sections inside."""
        heading = self.heading(section)
        return f"{heading}\n{self.section_blocks(section)}" if section.blocks else heading

    def section_blocks(self, section: Section) -> str:
        """What stands under the heading of a section, in its language."""
        blocks = self.blocks(section.blocks)
        return element("div", f"\n{blocks}\n", (), {"lang": section.language}) if section.language else blocks

    def heading(self, section: Section) -> str:
        """The heading of a section."""
        number = self.number(section)
        title = self.inlines(section.title)
        if number:
            title = f"{element('span', escape(number), ['number'])} {title}"
        level = min(section.level, DEEPEST_HEADING)
        return element(
            f"h{level + 1}",
            title,
            [f"heading-{level}", "numbered" if number else ""],
            {"id": section.key or None, "lang": section.language or None, **self.heading_attributes(section)},
        )

    # -----------------------------------------------------------------------------------------------------------------
    # Blocks

    def block_element(
        self, tag: str, content: str, classes: Iterable[str] = (), attributes: HtmlAttributes | None = None
    ) -> str:
        """An element of block level, or the ``span`` that stands for it inside a line."""
        if self.phrasing and tag not in _PHRASING:
            return element("span", content, [f"as-{tag}", *classes], attributes)
        return element(tag, content, classes, attributes)

    def blocks(self, blocks: Blocks) -> str:
        """Blocks one after the other."""
        return self.gap.join(
            self.block(block)
            for index, block in enumerate(blocks)
            # Landscape pages end by themselves: a break after them would leave a page empty.
            if not (isinstance(block, PageBreak) and index and isinstance(blocks[index - 1], Landscape))
        )

    def block(self, block: Block) -> str:
        """One block."""
        match block:
            case Paragraph():
                return self._paragraph(block)
            case List():
                return self._list(block)
            case Table():
                return self.table(block)
            case Figure():
                return self.figure(block)
            case BlockQuote(blocks=blocks):
                return self.block_element("blockquote", self.blocks(blocks), ["quote"])
            case Box():
                return self._box(block)
            case Beside(exhibit=exhibit, blocks=blocks):
                shown = replace(self, room=self.rooms.beside).blocks((exhibit,))
                shown = self.block_element("div", shown, ["beside-exhibit"])
                text = self.block_element("div", self.blocks(blocks), ["beside-text"])
                return self.block_element("div", f"{shown}{self.gap}{text}", ["beside"])
            case PageBreak():
                return self.block_element("div", "", ["page-break"])
            case InLanguage(language=language, blocks=blocks):
                return self.block_element("div", self.blocks(blocks), (), {"lang": language})
            case Landscape(blocks=blocks):
                return self.block_element("div", replace(self, room=self.rooms.landscape).blocks(blocks), ["landscape"])
            case _:
                assert_never(block)

    def _paragraph(self, paragraph: Paragraph) -> str:
        words = self.inlines(paragraph.inlines)
        if not paragraph.number:
            return self.block_element("p", words, ["body-text"])
        is_below = self.headings and "." in paragraph.number  # counted with the headings of that level
        shown = heading_number(paragraph.number, self.headings) if is_below else shown_number(paragraph)
        number = element("span", escape(shown), ["number"])
        return self.block_element(
            "p", f"{number} {words}", ["body-text", "numbered-paragraph"], {"id": paragraph.key or None}
        )

    def _list(self, listed: List) -> str:
        items = self.gap.join(self._list_item(item) for item in listed.items)
        if not listed.ordered:
            return self.block_element("ul", items, ["list-bullet"])
        attributes = self.numbered_from(listed.start) if listed.start != 1 else {}
        marks = listed.marks
        if marks is None:
            return self.block_element("ol", items, ["list-number"], attributes)
        shape = "in-brackets" if marks.both_brackets else "before-bracket"
        attributes["type"] = numeral(marks.numerals, 1)
        return self.block_element("ol", items, ["list-number", f"{marks.numerals.value}-{shape}"], attributes)

    def _list_item(self, item: ListItem) -> str:
        """A list item; a single paragraph that opens it, alone or before another list, needs no element of its own."""
        attributes: HtmlAttributes = {"id": item.key or None}
        match item.blocks:
            case (Paragraph() as first, *rest) if all(isinstance(block, List) for block in rest):
                inner = "".join(f"{self.gap}{self.block(block)}" for block in rest)
                return self.block_element("li", f"{self.item_opening(first)}{inner}", (), attributes)
            case _:
                return self.block_element("li", self.blocks(item.blocks), (), attributes)

    def item_opening(self, paragraph: Paragraph) -> str:
        """The paragraph that opens a list item without an element of its own."""
        return self.inlines(paragraph.inlines)

    def caption(self, tag: str, label: str, caption: Inlines) -> str:
        """The caption of a table or figure: "Table 1: words"."""
        if not label and not caption:
            return ""
        parts = [self.inlines(caption)] if caption else []
        if label:
            parts.insert(0, element("span", escape(f"{label}:" if caption else label), ["caption-label"]))
        return self.block_element(tag, self.caption_words(tag, " ".join(parts)), ["caption"])

    def caption_words(self, tag: str, words: str) -> str:  # noqa: ARG002 - a web page holds those of a table in a frame
        """The words of a caption, written."""
        return words

    def table(self, table: Table) -> str:
        """A table with the note below it."""
        columns = measure_columns(table, self.room)
        written = self.framed(table, columns, self._rows(table, columns))
        note = self.block_element("p", self.inlines(table.note), ["exhibit-note", "below-table"])
        return f"{written}{self.gap}{note}" if table.note else written

    def framed(self, table: Table, columns: ColumnFit, written: str) -> str:  # noqa: ARG002 - a web page scrolls here
        """The element of a table in what stands around it."""
        return written

    def _rows(self, table: Table, columns: ColumnFit) -> str:
        aligned = [f"align-{alignment.value}" for alignment in table.alignments]
        long_words = ["long-words" if long else "" for long in columns.long_words]
        unbroken = ["unbroken" if whole else "" for whole in columns.unbroken]
        heads = [
            "".join(self._head_cell(head, aligned[head.column], long_words[head.column]) for head in row)
            for row in table.heads
        ]
        names = list(zip(aligned, long_words, unbroken, strict=True))
        parts = [
            self.caption("caption", table.label, table.caption),
            self.block_element("thead", self.gap.join(self.block_element("tr", row) for row in heads)) if heads else "",
            *(self.block_element("tbody", self.gap.join(rows)) for rows in self._row_groups(table, names)),
        ]
        kept = "keep-together" if keeps_whole(table) else "tall-rows" if has_tall_rows(table) else ""
        return self.block_element(
            "table",
            self.gap.join(part for part in parts if part),
            ["committee-table", "dense" if columns.dense else "", kept],
            {"id": table.key or None},
        )

    def _head_cell(self, head: HeadCell, aligned: str, long_words: str) -> str:
        if not plain_text(head.words).strip():
            return self.block_element("td", "", [aligned, long_words])
        if head.columns == 1:
            attributes: HtmlAttributes = {"scope": "col", "rowspan": str(head.rows) if head.rows > 1 else None}
            return self.block_element("th", self.inlines(head.words), [aligned, long_words], attributes)
        attributes = {"scope": "colgroup", "colspan": str(head.columns)}
        return self.block_element("th", self.inlines(head.words), ["align-center", "band"], attributes)

    def _row_groups(self, table: Table, names: Sequence[Sequence[str]]) -> Iterator[list[str]]:
        """The rows; those below the heading of a section stand in a group of their own."""
        group: list[str] = []
        for index, row in enumerate(table.rows):
            match table.kind(index):
                case RowKind.SECTION:
                    if group:
                        yield group
                    attributes: HtmlAttributes = {"scope": "rowgroup", "colspan": str(len(row))}
                    cells = self.block_element("th", self.inlines(row[0]), ["align-left"], attributes)
                    group = [self.block_element("tr", cells, ["section-row"])]
                case RowKind.BODY | RowKind.TOTAL as kind:
                    first, *others = (
                        self.block_element("td", self.inlines(cell), dict.fromkeys([*classes, _held_together(cell)]))
                        for cell, classes in zip(row, names, strict=True)
                    )
                    if table.row_headings and plain_text(row[0]).strip():
                        first = self.block_element("th", self.inlines(row[0]), names[0], {"scope": "row"})
                    names_of_row = [
                        "total-row" if kind is RowKind.TOTAL else "",
                        "divided-row" if is_divided(row) else "",
                    ]
                    group.append(self.block_element("tr", "".join((first, *others)), names_of_row))
        yield group

    def figure(self, figure: Figure) -> str:
        """A picture with its caption and the note below it."""
        if figure.alternative:
            address = self.picture_address(figure.drawn)
            shown = start_tag(
                "img", (), {"src": address, "alt": plain_text(figure.alternative), "lang": figure.told_in or None}
            )
        else:
            shown = self.decoration(figure)
        caption = self.caption("figcaption", figure.label, figure.caption)
        note = self.block_element("p", self.inlines(figure.note), ["exhibit-note"]) if figure.note else ""
        classes = [
            "figure",
            "half-width" if figure.width is Width.HALF else "",
            "chart" if figure.drawn.vector else "",
        ]
        return self.block_element("figure", f"{shown}{caption}{note}", classes, {"id": figure.key or None})

    def _box(self, box: Box) -> str:
        name = css_name(BOXES[box.kind].text)
        title = self.block_element("p", self.inlines(box.title), [f"{name}-title"]) if box.title else ""
        keep = "keep-together" if keeps_whole(box) else ""
        return self.block_element("div", f"{title}{self.gap}{self.blocks(box.blocks)}", [name, keep])


def _held_together(cell: Inlines) -> str:
    """The class of a cell whose words stand beside a small drawing: WeasyPrint would let the one overhang the other."""
    return "unbroken" if len(cell) > 1 and any(isinstance(each, Graphic) for each in cell) else ""
