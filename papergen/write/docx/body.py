"""The body of a paper: its sections, and the pages and columns they stand on."""

from __future__ import annotations

from dataclasses import replace

from papergen.model.nodes import Beside, Blocks, Figure, Landscape, Section, Width
from papergen.write.docx.blocks import BlockWriter, Frame, set_space_after
from papergen.write.docx.headers import LandscapeHeaders
from papergen.write.docx.heights import height_of
from papergen.write.docx.inlines import InlineWriter
from papergen.write.docx.sections import COLUMN_GAP, Layout, Page, page_of_section, section_properties
from papergen.write.docx.word_file import WordFile
from papergen.write.docx.xml import PARAGRAPH_ORDER, Element, XmlAttributes, el, found, is_a, put
from papergen.write.styles import BODY_TEXT, COMMITTEE_HEADINGS, HEADINGS


class BodyWriter(BlockWriter):
    """Writes the sections of a paper, in Word sections where the page changes.

    ``template`` is the ``w:sectPr`` that the template has for its body.
    """

    def __init__(self, file: WordFile, inlines: InlineWriter, template: Element) -> None:
        super().__init__(file, inlines)
        self._headers = LandscapeHeaders(
            inlines.part,
            file.styles,
            portrait=page_of_section(template).width,
            landscape=page_of_section(template, landscape=True).width,
        )
        self._template = template
        self._layout = Layout()
        self._section_start = 0
        self._is_first = True

    def section(self, section: Section) -> None:
        """Add a heading, what stands under it and the sections inside it."""
        style = HEADINGS[min(section.level, len(HEADINGS)) - 1]
        with self.file.in_language(section.language):
            words = self.file.bookmarks.around(section.key, self.words(section.title, style, section.at))
            # A style that would number every heading is told not to.
            numbering = (0, "0") if self.file.styles.has_numbering(style) else None
            if section.number:
                numbering = section.number.count("."), self.file.numbering.of(COMMITTEE_HEADINGS)
            self.paragraph(style, words, numbering=numbering)
            self.blocks(section.blocks, Frame(page=page_of_section(self._template), may_divide=True))
        for inner in section.sections:
            self.section(inner)

    def finish(self, *, followed: bool) -> Element:
        """The ``w:sectPr`` of the last section; ``followed`` says whether the template goes on after the body."""
        if not followed:
            if self._is_empty and not self._is_first:
                return self._take_back_end()
            if self.out and is_a(self.out[-1], "w:tbl"):
                self.spacer()
        return self._ending()

    def _ending(self) -> Element:
        ending = section_properties(self._template, self._layout, is_first=self._is_first)
        if self._layout.landscape:
            self._headers.fit(ending)
        return ending

    def _settle_page_break(self) -> None:
        """A section that starts a page needs no page break as well: it would leave a page empty."""
        if self._is_empty and not self._is_first and self._layout.new_page:
            self._break_page = False

    @property
    def _is_empty(self) -> bool:
        return len(self.out) == self._section_start

    def _take_back_end(self) -> Element:
        ending = found(self.out[-1], "w:pPr/w:sectPr")[0]
        found(self.out[-1], "w:pPr")[0].remove(ending)
        return ending

    def _turn(self, layout: Layout) -> None:
        """Begin a section; one that has nothing in it yet just changes."""
        if self._break_page:
            layout, self._break_page = replace(layout, new_page=True), False
        if self._is_empty and not self._is_first:
            self._layout = replace(layout, new_page=layout.new_page or self._layout.new_page)
            return
        if self._is_empty or not is_a(self.out[-1], "w:p"):
            self.spacer()
        put(found(self.out[-1], "w:pPr")[0], self._ending(), PARAGRAPH_ORDER)
        self._layout, self._section_start, self._is_first = layout, len(self.out), False

    def _beside(self, beside: Beside, frame: Frame) -> None:
        """Add a half-width figure with text beside it; a table, which no frame can hold, stands in a column."""
        if not frame.may_divide or not beside.blocks:
            super()._beside(beside, frame)
        elif isinstance(beside.exhibit, Figure):
            self._framed(beside.exhibit, beside.blocks, replace(frame, may_divide=False))
        else:
            self._columns(beside, frame)

    def _framed(self, figure: Figure, blocks: Blocks, frame: Frame) -> None:
        """Add a figure, its caption and its note in a frame at the left, around which ``blocks`` run.

        Columns would go on overleaf, left before right, where they meet the end of a page; a frame stays whole.
        """
        breaks, self._break_page = self._break_page, False
        start = len(self.out)
        half = Page(frame.page.half, frame.page.height)
        self._figure(replace(figure, width=Width.FULL), replace(frame, page=half))
        framed = self.out[start:]
        for paragraph in framed:
            put(found(paragraph, "w:pPr")[0], el("w:framePr", {"w:w": half.width, **_FRAME}), PARAGRAPH_ORDER)
        self._break_page = breaks
        start = len(self.out)
        self.blocks(blocks, frame)
        self._keep_beside(self.out[start:], height_of(framed, self.file.styles, width=half.width), half.width)
        self._clear()

    def _keep_beside(self, blocks: list[Element], height: int, width: int) -> None:
        """Keep the words beside a frame on one page with each other, and with room below them as far as it reaches.

        Words that needed less room than the frame could stay on a page where it finds none.  Heights are judged to a
        line or so, and room that ends beside the frame is room that LibreOffice leaves twice: hence a line more.
        """
        for block in blocks:
            if not is_a(block, "w:p"):
                return
            properties = found(block, "w:pPr")[0]
            if height > 0:
                put(properties, el("w:keepLines"), PARAGRAPH_ORDER)
            height -= height_of([block], self.file.styles, width=width)
            if height > 0:
                put(properties, el("w:keepNext"), PARAGRAPH_ORDER)
        set_space_after(blocks[-1], height + _LINE_MORE if height > 0 else 0)

    def _clear(self) -> None:
        """Let what follows begin below the frame."""
        below = self.spacer()
        spacing = el("w:spacing", {"w:before": 0, "w:after": self.file.styles.space_after(BODY_TEXT)})
        put(found(below, "w:pPr")[0], spacing, PARAGRAPH_ORDER)
        below.append(el("w:r", None, el("w:br", {"w:type": "textWrapping", "w:clear": "all"})))

    def _columns(self, beside: Beside, frame: Frame) -> None:
        self._turn(Layout(new_page=False, columns=2))
        inner = replace(frame, page=Page(frame.page.half, frame.page.height), may_divide=False)
        self._block(beside.exhibit, inner)
        self._break_column = True
        self.blocks(beside.blocks, inner)
        self._break_column = False
        self._turn(Layout(new_page=False))

    def _landscape(self, landscape: Landscape, frame: Frame) -> None:
        if not frame.may_divide:
            super()._landscape(landscape, frame)
            return
        self._turn(Layout(landscape=True))
        page = page_of_section(self._template, landscape=True)
        self.blocks(landscape.blocks, replace(frame, page=page, may_divide=False))
        self._turn(Layout())


_LINE_MORE = 280
_BELOW_FRAME = 80
_FRAME: XmlAttributes = {
    **{"w:hSpace": COLUMN_GAP, "w:vSpace": _BELOW_FRAME, "w:wrap": "around", "w:vAnchor": "text"},
    **{"w:hAnchor": "margin", "w:xAlign": "left", "w:y": 1},
}
"""A frame at the left margin, level with the words it is anchored to."""
