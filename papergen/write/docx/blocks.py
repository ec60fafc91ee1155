"""Blocks: paragraphs, lists, boxes, tables, figures and what changes the page under them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from papergen.diagnostics import Span
from papergen.model.nodes import (
    Alignment,
    Beside,
    Block,
    BlockQuote,
    Blocks,
    Box,
    BoxKind,
    Figure,
    InLanguage,
    Inlines,
    Landscape,
    List,
    ListItem,
    PageBreak,
    Paragraph,
    Table,
)
from papergen.model.walk import plain_text
from papergen.values.chrome import chrome
from papergen.write.docx.boxed import shape_of, surround
from papergen.write.docx.figures import drawing
from papergen.write.docx.inlines import Face, InlineWriter, field
from papergen.write.docx.numbering import DEEPEST_LEVEL
from papergen.write.docx.sections import Page
from papergen.write.docx.tables import TableCell, fit, table_element
from papergen.write.docx.word_file import WordFile
from papergen.write.docx.xml import PARAGRAPH_ORDER, Element, el, first, found, is_a, number_attribute, put, val
from papergen.write.keeping import keeps_whole
from papergen.write.styles import (
    AFTER_TABLE,
    BODY_TEXT,
    BOXES,
    CAPTION,
    COMMITTEE_BULLETS,
    COMMITTEE_HEADINGS,
    COMMITTEE_NUMBERS,
    COMMITTEE_TABLE,
    EXHIBIT_NOTE,
    FIGURE,
    FIGURE_CAPTION,
    LIST_BULLETS,
    LIST_CONTINUES,
    LIST_NUMBERS,
    QUOTE,
    SPACER,
    TABLE_TEXTS,
)

# A picture of three quarters of a page and its caption stay on one page.
_PICTURE_HEIGHT = 0.75
_BOX_TEXTS = frozenset(box.text for box in BOXES.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where blocks stand.

    ``page`` is the room there is, ``text`` the style of its paragraphs, ``depth`` the number of lists around them and
    ``indent`` where the words of the innermost list start.  ``shift`` is how far a list stands further in than usual,
    because it belongs to a numbered paragraph.  Only blocks with ``may_divide`` may begin a Word section.
    """

    page: Page
    text: str = BODY_TEXT
    depth: int = 0
    indent: int = 0
    shift: int = 0
    may_divide: bool = False


class BlockWriter:
    """Writes blocks one after the other into ``out``."""

    def __init__(self, file: WordFile, inlines: InlineWriter) -> None:
        self.out: list[Element] = []
        self.file = file
        self.inline_writer = inlines
        self._break_page = False
        self._break_column = False
        self._box_style: str | None = None

    def paragraph(
        self,
        style: str,
        content: list[Element],
        *,
        numbering: tuple[int, str] | None = None,
        indent: tuple[int, int] | None = None,
        keep_next: bool = False,
    ) -> Element:
        """Add a paragraph.

        ``numbering`` is a level and a ``w:numId``; ``indent`` how far the words stand in and how far the first line
        stands out from them.
        """
        if style != SPACER:
            style = self._set_apart(style)
        if self._break_column and (style not in {BODY_TEXT, SPACER} or numbering):
            self.spacer()
        self._settle_page_break()
        properties = el("w:pPr", None, self.file.style(style))
        if keep_next:
            properties.append(el("w:keepNext"))
        if self._break_page:
            properties.append(el("w:pageBreakBefore"))
            self._break_page = False
        if numbering is not None:
            level, number_id = numbering
            properties.append(el("w:numPr", None, val("w:ilvl", level), val("w:numId", number_id)))
        if indent is not None:
            properties.append(_indent_element(*indent))
        made = el("w:p", None, properties, *content)
        if self._break_column:
            properties.addnext(el("w:r", None, el("w:br", {"w:type": "column"})))
            self._break_column = False
        self.out.append(made)
        self._box_style = None
        return made

    def _settle_page_break(self) -> None:
        """Called before a paragraph that may have to start a page."""

    def spacer(self) -> Element:
        """Add the small paragraph that stands where Word needs one: between tables, at the end of a section."""
        return self.paragraph(SPACER, [])

    def _set_apart(self, style: str) -> str:
        """The style that keeps a paragraph clear of the table before it, with a spacer where no style does that."""
        if not self.out or not is_a(self.out[-1], "w:tbl") or self._break_page or self._break_column:
            return style
        if style == BODY_TEXT:
            return AFTER_TABLE
        if not self.file.styles.space_before(style):
            self.spacer()
        return style

    def words(self, inlines: Inlines, style: str, at: Span, *, half_points: int | None = None) -> list[Element]:
        """The runs of ``inlines`` for a paragraph in ``style``, in letters of another size where one is given."""
        face = Face(bold_paragraph=self.file.styles.is_bold(style), half_points=half_points)
        return self.inline_writer.inlines(inlines, face, at)

    def blocks(self, blocks: Blocks, frame: Frame) -> None:
        for index, block in enumerate(blocks):
            following = blocks[index + 1] if index + 1 < len(blocks) else None
            if isinstance(block, Paragraph):
                self._text(block, frame, before_list=isinstance(following, List))
            elif isinstance(block, List) and index and isinstance(before := blocks[index - 1], Paragraph):
                level = max(1, before.number.count("."))
                hanging = self.file.numbering.text_indent(COMMITTEE_HEADINGS, level) if before.number else 0
                self._list(block, replace(frame, shift=hanging or frame.shift))
            else:
                self._block(block, frame, following)

    def _block(self, block: Block, frame: Frame, following: Block | None = None) -> None:
        match block:
            case Paragraph():
                self._text(block, frame)
            case List():
                self._list(block, frame)
            case Table():
                self._table(block, frame)
            case Figure():
                self._figure(block, frame)
            case BlockQuote(blocks=blocks):
                in_box = frame.text not in {BODY_TEXT, QUOTE}
                self.blocks(blocks, frame if in_box else replace(frame, text=QUOTE, depth=0, may_divide=False))
            case Box():
                self._box(block, frame, following)
            case Beside():
                self._beside(block, frame)
            case PageBreak():
                self._break_page = True
            case Landscape():
                self._landscape(block, frame)
            case InLanguage(language=language, blocks=blocks):
                with self.file.in_language(language):
                    self.blocks(blocks, frame)
            case _:
                assert_never(block)

    def _text(self, paragraph: Paragraph, frame: Frame, *, before_list: bool = False) -> None:
        """Add a paragraph of text; one that leads into a list stays on the page of its first line."""
        style, indent = frame.text, None
        if frame.depth and style == BODY_TEXT:
            style = LIST_CONTINUES[min(frame.depth, len(LIST_CONTINUES)) - 1]
            indent = (frame.indent, 0) if frame.shift else None
        elif frame.depth and not self.file.styles.has_border(style):
            indent = (frame.indent, 0)
        elif frame.indent and style == QUOTE and not frame.depth:
            indent = (frame.indent + self.file.styles.indent(QUOTE), 0)
        self.paragraph(
            style,
            self.file.bookmarks.around(paragraph.key, self.words(paragraph.inlines, style, paragraph.at)),
            numbering=self._paragraph_numbering(paragraph),
            indent=indent,
            keep_next=before_list and plain_text(paragraph.inlines).rstrip().endswith(":"),
        )

    def _paragraph_numbering(self, paragraph: Paragraph) -> tuple[int, str] | None:
        """Numbers within a section are a level of the headings' list; those through the paper have their own."""
        if not paragraph.number:
            return None
        level = paragraph.number.count(".")
        return (level, self.file.numbering.of(COMMITTEE_HEADINGS)) if level else (0, self.file.numbering.paragraphs())

    def _list(self, listed: List, frame: Frame) -> None:
        """Add a list; neither its first item nor its last stands alone before or after a page break."""
        level = min(frame.depth, DEEPEST_LEVEL)
        names, list_style = (LIST_NUMBERS, COMMITTEE_NUMBERS) if listed.ordered else (LIST_BULLETS, COMMITTEE_BULLETS)
        numbering = self.file.numbering
        if listed.marks is not None:
            number_id = numbering.marked(level, listed.start, listed.marks)
        else:
            number_id = numbering.restarted(level, listed.start) if listed.ordered else numbering.of(COMMITTEE_BULLETS)
        style, indent = names[min(level, len(names) - 1)], None
        words_at = numbering.text_indent(list_style, level) + frame.shift
        if frame.shift:
            indent = (words_at, numbering.mark_width(list_style, level))
        if frame.text != BODY_TEXT:
            style = frame.text
            indent = self._indent_inside(style, list_style, level)
            words_at = indent[0]
        inner = replace(frame, depth=frame.depth + 1, indent=words_at, may_divide=False)
        start = len(self.out)
        last = len(listed.items) - 1
        for index, item in enumerate(listed.items):
            words, rest = self._item_words(item, style)
            keep_next = not isinstance(rest[0], Paragraph) if rest else index < last and index in {0, last - 1}
            self.paragraph(style, words, numbering=(level, number_id), indent=indent, keep_next=keep_next)
            self.blocks(rest, inner)
        # Below a list there is the space of a paragraph; between its items there is less.
        if not frame.depth and style in names and len(self.out) > start and is_a(self.out[-1], "w:p"):
            set_space_after(self.out[-1], self.file.styles.space_after(BODY_TEXT))

    def _item_words(self, item: ListItem, style: str) -> tuple[list[Element], Blocks]:
        """The words beside the bullet or number of an item, and the blocks that follow them."""
        match item.blocks:
            case (Paragraph(inlines=inlines, at=at), *rest):
                return self.file.bookmarks.around(item.key, self.words(inlines, style, at)), tuple(rest)
            case blocks:
                return [], blocks

    def _indent_inside(self, style: str, list_style: str, level: int) -> tuple[int, int]:
        """Where a list stands inside a box, a quotation or a note.

        Word draws the border and the tint of a paragraph from its leftmost line on.  So inside a border every mark
        stands at the border's own indent, and only the words step in; otherwise the box would have notches.  A box
        without one has its lists where they stand in the text.
        """
        numbering, start = self.file.numbering, self.file.styles.indent(style)
        if style in _BOX_TEXTS and not self.file.styles.has_border(style):
            return start + numbering.text_indent(list_style, level), numbering.mark_width(list_style, level)
        outermost = numbering.text_indent(list_style, 0) - numbering.mark_width(list_style, 0)
        left = start + numbering.text_indent(list_style, level) - outermost
        hanging = left - start if self.file.styles.has_border(style) else numbering.mark_width(list_style, level)
        return left, hanging

    def _table(self, table: Table, frame: Frame) -> None:
        caption = f"{table.label}: {plain_text(table.caption)}" if table.caption else ""
        if table.caption:
            indent = (frame.indent, 0) if frame.indent else None
            self.paragraph(CAPTION, self._caption(table, CAPTION), indent=indent)
        elif self._break_page or self._break_column or (self.out and is_a(self.out[-1], "w:tbl")):
            self.spacer()

        half_points = self.file.styles.half_points(TABLE_TEXTS[Alignment.LEFT])
        fitted = fit(table, width=frame.page.width - frame.indent, half_points=half_points)
        size = fitted.half_points if fitted.dense else None

        def cell(place: TableCell) -> Element:
            style = place.style
            properties = el("w:pPr", None, self.file.style(style))
            if place.keep_with_next:
                properties.append(el("w:keepNext"))
            return el("w:p", None, properties, *self.words(place.words, style, table.at, half_points=size))

        self.out.append(
            table_element(
                table,
                style_id=self.file.styles.id_of(COMMITTEE_TABLE),
                banded=self.file.styles.has_bands(COMMITTEE_TABLE),
                caption=self.file.checked(caption, table.at),
                fitted=fitted,
                indent=frame.indent,
                cell=cell,
            )
        )
        self._box_style = None
        if table.note:
            self.paragraph(EXHIBIT_NOTE, self.words(table.note, EXHIBIT_NOTE, table.at))

    def _figure(self, figure: Figure, frame: Frame) -> None:
        part = self.inline_writer.part
        shown = drawing(
            figure,
            relationship=self.file.picture_id(part, figure.drawn),
            vector=self.file.vector_id(part, figure.drawn),
            alternative=self.file.checked(plain_text(figure.alternative), figure.at),
            width=frame.page.width - frame.indent,
            height=round(frame.page.height * _PICTURE_HEIGHT),
        )
        run = [el("w:r", None, shown)]
        indent = (frame.indent, 0) if frame.indent else None
        if not figure.caption:
            self.paragraph(FIGURE, self.file.bookmarks.around(figure.key, run), indent=indent)
            return
        self.paragraph(FIGURE, run, indent=indent, keep_next=True)
        caption = self.paragraph(
            FIGURE_CAPTION, self._caption(figure, FIGURE_CAPTION), indent=indent, keep_next=bool(figure.note)
        )
        if figure.note:
            set_space_after(caption, 0)
            self.paragraph(EXHIBIT_NOTE, self.words(figure.note, EXHIBIT_NOTE, figure.at), indent=indent)

    def _caption(self, exhibit: Table | Figure, style: str) -> list[Element]:
        """ "Table 2: words", with the number as a field that counts by itself and the label as a bookmark."""
        run = self.inline_writer.run
        words = chrome(exhibit.labelled_in)
        kind = words.table if isinstance(exhibit, Table) else words.figure
        number = field(f"SEQ {kind} \\* ARABIC", [run(str(exhibit.number))])
        label = self.file.bookmarks.around(exhibit.key, [run(f"{kind} "), *number])
        return [*label, run(": "), *self.words(exhibit.caption, style, exhibit.at)]

    def _box(self, box: Box, frame: Frame, following: Block | None) -> None:
        styles = BOXES[box.kind]
        if self._box_style == styles.text:
            self.spacer()
        start = len(self.out)
        if box.title:
            self.paragraph(styles.title, self.words(box.title, styles.title, box.at), keep_next=True)
        shape, page = shape_of(styles.text, self.file.styles), frame.page
        if shape.holds_tables:
            page = replace(page, width=page.width - frame.indent - shape.left - shape.right)
        self.blocks(box.blocks, replace(frame, page=page, text=styles.text, depth=0, indent=0, may_divide=False))
        written = self.out[start:]
        if frame.indent:
            self._step_in(written, frame.indent, styles.text)
        if shape.holds_tables and any(is_a(each, "w:tbl") for each in written):
            surround(written, shape, styles, self.file.styles, width=frame.page.width, indent=frame.indent)
        if keeps_whole(box):
            for paragraph in written[:-1]:
                _keep(paragraph)
        if box.kind in {BoxKind.AIM, BoxKind.SIGNS}:
            # They belong to the text that follows, but a chart or the next heading would take them overleaf with it.
            for paragraph in written[-1:]:
                _keep(paragraph, isinstance(following, Paragraph | List))
        self._box_style = styles.text

    def _step_in(self, box: list[Element], indent: int, style: str) -> None:
        """Move a box that belongs to a list item to where the words of the item start."""
        for properties in (each for paragraph in box for each in found(paragraph, "self::w:p/w:pPr")):
            own = first(properties, "w:ind")
            left = self.file.styles.indent(style) if own is None else number_attribute(own, "w:left")
            hanging = number_attribute(own, "w:hanging")
            put(properties, _indent_element(left + indent, hanging), PARAGRAPH_ORDER)

    # What follows only the body of a paper can do; elsewhere the words simply follow each other.

    def _beside(self, beside: Beside, frame: Frame) -> None:
        self._block(beside.exhibit, frame)
        self.blocks(beside.blocks, frame)

    def _landscape(self, landscape: Landscape, frame: Frame) -> None:
        self.blocks(landscape.blocks, frame)


def _keep(block: Element, keep: bool = True) -> None:
    """Let a paragraph stay on the page of what follows it, or not, whatever its style says."""
    if is_a(block, "w:p"):
        kept = el("w:keepNext") if keep else val("w:keepNext", 0)
        put(found(block, "w:pPr")[0], kept, PARAGRAPH_ORDER)


def _indent_element(left: int, hanging: int) -> Element:
    return el("w:ind", {"w:left": left, **({"w:hanging": hanging} if hanging else {})})


def set_space_after(paragraph: Element, space: int) -> None:
    """Give a paragraph another space below than its style has."""
    put(found(paragraph, "w:pPr")[0], el("w:spacing", {"w:after": space}), PARAGRAPH_ORDER)
