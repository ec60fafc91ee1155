"""The body of a paper: its sections, and the pages and columns they stand on."""

from __future__ import annotations

from dataclasses import replace

from papergen.model import Beside, Figure, Landscape, Section, Width
from papergen.write.docx.blocks import BlockWriter, Frame
from papergen.write.docx.headers import LandscapeHeaders
from papergen.write.docx.inlines import InlineWriter
from papergen.write.docx.sections import Layout, Page, page_of_section, section_properties
from papergen.write.docx.word_file import WordFile
from papergen.write.docx.xml import PARAGRAPH_ORDER, Element, found, is_a, put
from papergen.write.styles import HEADINGS


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
        words = self.words(section.title, style, section.at)
        self.paragraph(
            style, self.file.bookmarks.around(section.key, words), numbering=self._heading_numbering(section, style)
        )
        self.blocks(section.blocks, Frame(page=page_of_section(self._template), may_divide=True))
        for inner in section.sections:
            self.section(inner)

    def _heading_numbering(self, section: Section, style: str) -> tuple[int, str] | None:
        """The level and numbering of a heading; a style that would number every heading is told not to."""
        if section.number:
            return section.number.count("."), self.file.numbering.headings()
        return (0, "0") if self.file.styles.has_numbering(style) else None

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
        if not frame.may_divide:
            super()._beside(beside, frame)
            return
        self._turn(Layout(new_page=False, columns=2))
        inner = replace(frame, page=Page(frame.page.half, frame.page.height), may_divide=False)
        exhibit = beside.exhibit
        if isinstance(exhibit, Figure):
            exhibit = replace(exhibit, width=Width.FULL)  # of its column, which is half the page already
        self._block(exhibit, inner)
        self._break_column = bool(beside.blocks)
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
