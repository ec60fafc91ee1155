"""Blocks as paragraphs, tables and sections."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from docx.parts.story import StoryPart

from papergen.model import (
    Beside,
    Block,
    BlockQuote,
    Blocks,
    Box,
    BoxKind,
    Figure,
    Inlines,
    Landscape,
    List,
    PageBreak,
    Paragraph,
    Section,
    Table,
    Width,
)
from papergen.write.word.bookmarks import Bookmarks
from papergen.write.word.inlines import InlineWriter
from papergen.write.word.numbering import Numbering, number_properties
from papergen.write.word.pages import PageShape, Sections
from papergen.write.word.pictures import drawing
from papergen.write.word.styles import DEEPEST_HEADING, DEEPEST_LIST, TemplateStyles, list_style
from papergen.write.word.tables import table_element
from papergen.write.word.xml import (
    Element,
    complex_field,
    element,
    mark,
    paragraph,
    qn,
    run,
    set_property,
)

_BOXES = {BoxKind.NOTE: "Note Box", BoxKind.SIGNS: "Signs Box", BoxKind.AIM: "Aim Box"}


class BlockWriter:
    """Writes the sections of one paper; ``elements`` is what has been written, in order."""

    def __init__(
        self,
        *,
        part: StoryPart,
        styles: TemplateStyles,
        bookmarks: Bookmarks,
        numbering: Numbering,
        sections: Sections,
        inlines: InlineWriter,
        first_drawing: int,
    ) -> None:
        self.elements: list[Element] = []
        self._part = part
        self._styles = styles
        self._bookmarks = bookmarks
        self._numbering = numbering
        self._sections = sections
        self._inlines = inlines
        self._drawings = first_drawing - 1
        self._room: PageShape = sections.shape
        self._width = sections.shape.text_width
        self._new_page = False
        self._section_start = "nextPage"
        self._box: str | None = None
        self._lists: list[bool] = []

    # -----------------------------------------------------------------------------------------------------------------
    # Sections of the paper

    def section(self, section: Section) -> None:
        """A heading and everything under it."""
        level = min(section.level, DEEPEST_HEADING)
        heading = self._paragraph(f"Heading {level}", ())
        if section.number:
            number = self._numbering.of_style("Committee Headings")
            set_property(heading, number_properties(number, section.level - 1))
        heading.extend(self._bookmarks.around(self._bookmarks.name(section.key), self._inlines.runs(section.title)))
        self.blocks(section.blocks)
        for inner in section.sections:
            self.section(inner)

    def blocks(self, blocks: Blocks) -> None:
        """Blocks one after another."""
        for index, block in enumerate(blocks):
            following = blocks[index + 1] if index + 1 < len(blocks) else None
            self._block(block, following)

    def _block(self, block: Block, following: Block | None) -> None:
        match block:
            case Paragraph(inlines=inlines):
                made = self._paragraph(self._box or self._in_list("List Continue") or "Body Text", inlines)
                if isinstance(following, List):
                    set_property(made, element("w:keepNext"))
            case List():
                self._list(block)
            case Table():
                self._table(block)
            case Figure():
                self._figure(block)
            case BlockQuote(blocks=inner):
                self._quote(inner)
            case Box():
                self._write_box(block)
            case Beside():
                self._beside(block, following)
            case PageBreak():
                self._new_page = True
            case Landscape(blocks=inner):
                self._landscape(inner)
            case _:
                assert_never(block)

    def _paragraph(self, style: str, inlines: Inlines) -> Element:
        made = paragraph(self._styles.id(style), *self._inlines.runs(inlines))
        if self._new_page:
            set_property(made, element("w:pageBreakBefore"))
            self._new_page = False
        self.elements.append(made)
        return made

    # -----------------------------------------------------------------------------------------------------------------
    # Lists, quotations and boxes

    def _in_list(self, name: str) -> str | None:
        return list_style(name, min(len(self._lists), DEEPEST_LIST)) if self._lists else None

    def _list(self, block: List) -> None:
        self._lists.append(block.ordered)
        depth = len(self._lists)
        kind = "Box " if self._box else ""
        if block.ordered:
            number = self._numbering.new_list(
                f"Committee {kind}Numbers", depth=depth, ordered_depth=sum(self._lists), start=block.start
            )
        else:
            number = self._numbering.of_style(f"Committee {kind}Bullets")
        name = list_style("List Number" if block.ordered else "List Bullet", min(depth, DEEPEST_LIST))
        for item in block.items:
            first, *others = item.blocks or (Paragraph(inlines=()),)
            words = first.inlines if isinstance(first, Paragraph) else ()
            made = self._paragraph(self._box or name, words)
            set_property(made, number_properties(number, depth - 1))
            self.blocks(tuple(others) if isinstance(first, Paragraph) else item.blocks)
        self._lists.pop()

    def _quote(self, blocks: Blocks) -> None:
        for block in blocks:
            if isinstance(block, Paragraph):
                self._paragraph("Quote", block.inlines)
            else:
                self._block(block, None)

    def _write_box(self, box: Box) -> None:
        name = _BOXES[box.kind]
        if box.title:
            self._paragraph(f"{name} Title" if box.kind is not BoxKind.AIM else name, box.title)
        self._box = name
        start = len(self.elements)
        self.blocks(box.blocks)
        self._box = None
        # A box of signs or an aim belongs to the text that follows it; a note may end a page.
        kept = self.elements[start:-1] if box.kind is BoxKind.NOTE else self.elements[start:]
        for made in kept:
            if made.tag == qn("w:p") and made.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is None:
                set_property(made, element("w:keepNext"))

    # -----------------------------------------------------------------------------------------------------------------
    # Exhibits

    def _caption(self, exhibit: Table | Figure, kind: str) -> Element:
        """The caption with its number as a field that has counted already."""
        label = [run(f"{kind} "), *complex_field(f"SEQ {kind} \\* ARABIC", [run(str(exhibit.number))])]
        made = self._paragraph("Caption", ())
        inside = [
            *self._bookmarks.around(self._bookmarks.label(exhibit.key), label),
            run(": "),
            *self._inlines.runs(exhibit.caption),
        ]
        made.extend(self._bookmarks.around(self._bookmarks.name(exhibit.key), inside))
        return made

    def _table(self, table: Table) -> None:
        if table.caption:
            set_property(self._caption(table, "Table"), element("w:keepNext"))
        elif self._new_page:
            self._paragraph("Section End", ())
        self.elements.append(table_element(table, room=self._width, styles=self._styles, runs=self._inlines.runs))
        self.elements.append(paragraph(self._styles.id("Table End")))

    def _figure(self, figure: Figure) -> None:
        self._drawings += 1
        half = figure.width is Width.HALF and self._width == self._room.text_width
        picture = drawing(
            self._part,
            figure,
            number=self._drawings,
            most_width=self._room.half_width if half else self._width,
            most_height=round(self._room.text_height * 0.75),
        )
        made = self._paragraph("Figure", ())
        made.append(picture)
        if figure.caption:
            self._caption(figure, "Figure")
        else:
            set_property(made, element("w:keepNext", {"w:val": "0"}))

    # -----------------------------------------------------------------------------------------------------------------
    # Pages

    def _end_section(self, *, landscape: bool = False, columns: int = 1, next_starts: str) -> None:
        """End the section that what was written last stands in."""
        properties = self._sections.properties(starts=self._section_start, landscape=landscape, columns=columns)
        self._section_start = next_starts
        last = self.elements[-1] if self.elements else None
        held = None if last is None else last.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if last is None or last.tag != qn("w:p") or held is not None:
            last = paragraph(self._styles.id("Section End"))
            self.elements.append(last)
        set_property(last, properties)

    def _beside(self, beside: Beside, following: Block | None) -> None:
        if self._new_page:
            self._paragraph("Section End", ())
        self._end_section(next_starts="continuous")
        self._width = self._room.half_width
        self._block(beside.exhibit, None)
        if isinstance(beside.exhibit, Table):
            self.elements.pop()
        start = len(self.elements)
        self.blocks(beside.blocks)
        first = next((made for made in self.elements[start:] if made.tag == qn("w:p")), None)
        if first is not None:
            first.insert(1, mark("w:br", type="column"))
        self._width = self._room.text_width
        self._end_section(columns=2, next_starts="continuous")

    def _landscape(self, blocks: Blocks) -> None:
        self._new_page = False
        self._end_section(next_starts="nextPage")
        upright = self._room
        self._room = upright.turned()
        self._width = self._room.text_width
        self.blocks(blocks)
        self._end_section(landscape=True, next_starts="nextPage")
        self._room = upright
        self._width = upright.text_width

    def last_section(self) -> Element:
        """The properties of the section that the paper ends in."""
        return self._sections.properties(starts=self._section_start)


def note_paragraphs(writer: InlineWriter, blocks: Blocks, number: int) -> list[Element]:
    """The paragraphs of a footnote, the first with its mark."""
    styles = writer.styles
    made: list[Element] = []
    for block in blocks:
        inlines = block.inlines if isinstance(block, Paragraph) else ()
        made.append(paragraph(styles.id("Footnote Text"), *replace(writer).runs(inlines)))
    if not made:
        made.append(paragraph(styles.id("Footnote Text")))
    reference = mark("w:footnoteRef", style=styles.id("Footnote Reference"))
    made[0].insert(1, reference)
    made[0].insert(2, run(" "))
    return [element("w:footnote", {"w:id": str(number)}, *made)]
