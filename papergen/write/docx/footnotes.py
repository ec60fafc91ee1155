"""Native footnotes: the part of the file that holds them, and their ids in the order of their marks."""

from __future__ import annotations

from typing import cast

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.oxml import serialize_part_xml
from docx.opc.part import Part, XmlPart
from docx.oxml.xmlchemy import BaseOxmlElement

from papergen import codes
from papergen.model.nodes import Footnote, Paragraph
from papergen.write.docx.blocks import BlockWriter, Frame
from papergen.write.docx.inlines import InlineWriter
from papergen.write.docx.sections import Page
from papergen.write.docx.stories import tree
from papergen.write.docx.word_file import WordFile
from papergen.write.docx.xml import Element, el, found, number_attribute, text_element, val
from papergen.write.styles import FOOTNOTE_REFERENCE, FOOTNOTE_TEXT


class Footnotes:
    """The notes of the file; python-docx knows nothing of them, so their part is kept as XML until ``store``."""

    def __init__(self, file: WordFile, document: Part, page: Page) -> None:
        self._file = file
        self._page = page
        self._part = document.part_related_by(RT.FOOTNOTES)
        self.root = tree(self._part)
        self._last_id = max(0, *(number_attribute(note, "w:id") for note in found(self.root, "w:footnote")))

    def add(self, footnote: Footnote) -> int:
        """Write a note and return its id."""
        self._last_id += 1
        note_id = self._last_id
        writer = BlockWriter(self._file, InlineWriter(self._file, self._part, self._refuse))
        writer.blocks(footnote.blocks, Frame(page=self._page, text=FOOTNOTE_TEXT))
        mark = self._mark()
        if footnote.blocks and isinstance(footnote.blocks[0], Paragraph):
            found(writer.out[0], "w:pPr")[0].addnext(mark[0])
            mark[0].addnext(mark[1])
            paragraphs = writer.out
        else:
            paragraphs = [el("w:p", None, el("w:pPr", None, self._file.style(FOOTNOTE_TEXT)), *mark), *writer.out]
        if paragraphs[-1].tag != paragraphs[0].tag:
            paragraphs.append(el("w:p", None, el("w:pPr", None, self._file.style(FOOTNOTE_TEXT))))
        self.root.append(el("w:footnote", {"w:id": note_id}, *paragraphs))
        return note_id

    def store(self) -> None:
        """Put the notes that were added into the file; importing docx-plus makes python-docx keep their part as XML."""
        if isinstance(self._part, XmlPart):
            self._part._element = cast(BaseOxmlElement, self.root)
        else:
            self._part._blob = serialize_part_xml(self.root)

    def _mark(self) -> tuple[Element, Element]:
        style = val("w:rStyle", self._file.styles.id_of(FOOTNOTE_REFERENCE))
        number = el("w:r", None, el("w:rPr", None, style), el("w:footnoteRef"))
        return number, el("w:r", None, text_element("w:t", " "))

    def _refuse(self, footnote: Footnote) -> None:
        self._file.diagnostics.add(
            codes.OUTPUT_UNWRITABLE,
            footnote.at,
            "A footnote stands inside another footnote, and Word has no such thing.",
            "Put its words into the outer note.",
        )
