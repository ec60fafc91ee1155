"""Words inside a paragraph: runs, links, notes and fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import assert_never

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part

from papergen.diagnostics import NOWHERE, Span
from papergen.model.nodes import (
    CrossReference,
    Emphasis,
    Footnote,
    Graphic,
    Inlines,
    LineBreak,
    Link,
    Strong,
    Text,
    Value,
)
from papergen.write.docx.figures import EMU_PER_PIXEL, drawing_in_line
from papergen.write.docx.word_file import WordFile
from papergen.write.docx.xml import Element, el, found, text_element, val
from papergen.write.styles import CROSS_REFERENCE, EMPHASIS, FOOTNOTE_REFERENCE, HYPERLINK, STRONG


@dataclass(frozen=True, slots=True)
class Face:
    """How words look: strong, stressed or in the style of a ``link``, on a paragraph that may be bold already.

    ``half_points`` is the size of the letters where it is not the paragraph's own.
    """

    strong: bool = False
    emphasis: bool = False
    link: str | None = None
    bold_paragraph: bool = False
    half_points: int | None = None


_PLAIN = Face()


@dataclass(frozen=True)
class InlineWriter:
    """Writes the words of one part of the file; ``add_note`` stores a footnote and gives its id."""

    file: WordFile
    part: Part
    add_note: Callable[[Footnote], int | None]

    def inlines(self, inlines: Inlines, face: Face, at: Span = NOWHERE) -> list[Element]:
        """The runs of ``inlines``; ``at`` is where they were written, for messages."""
        written: list[Element] = []
        for inline in inlines:
            match inline:
                case Text(text=text, language=language):
                    with self.file.in_language(language):
                        written.append(self.run(text, face, at))
                case Value(text=text):
                    written.append(self.run(text, face, inline.at))
                case LineBreak():
                    written.append(el("w:r", None, *self._properties(face), el("w:br")))
                case Strong(children=children):
                    written.extend(self.inlines(children, replace(face, strong=True), at))
                case Emphasis(children=children):
                    written.extend(self.inlines(children, replace(face, emphasis=True), at))
                case Link(href=href, children=children):
                    runs = self.inlines(children, replace(face, link=HYPERLINK), at)
                    address = self.part.relate_to(self.file.checked(href, at), RT.HYPERLINK, is_external=True)
                    written.extend(self._linked({"r:id": address}, runs))
                case CrossReference():
                    written.extend(self._cross_reference(inline, face))
                case Graphic():
                    written.append(el("w:r", None, *self._properties(face), self._graphic(inline)))
                case Footnote():
                    written.extend(self._note_mark(inline))
                case _:
                    assert_never(inline)
        return written

    def _graphic(self, graphic: Graphic) -> Element:
        return drawing_in_line(
            relationship=self.file.picture_id(self.part, graphic.picture),
            vector=self.file.vector_id(self.part, graphic.picture),
            alternative=self.file.checked(graphic.said),
            name="Graphic",
            size=(graphic.width * EMU_PER_PIXEL, graphic.height * EMU_PER_PIXEL),
        )

    def run(self, text: str, face: Face = _PLAIN, at: Span = NOWHERE) -> Element:
        """One run of plain words."""
        return el("w:r", None, *self._properties(face), text_element("w:t", self.file.checked(text, at)))

    def _properties(self, face: Face) -> list[Element]:
        """Character styles do not add up, so a second one is written as the bold or italics it stands for.

        Bold in a character style turns bold off in a paragraph whose style is bold; stated on the run, it stays bold.
        """
        style = face.link or (STRONG if face.strong else EMPHASIS if face.emphasis else None)
        if style is None and face.half_points is None and not self.file.language:
            return []
        properties = el("w:rPr", None, *([val("w:rStyle", self.file.styles.id_of(style))] if style else []))
        if face.strong and (style != STRONG or face.bold_paragraph):
            properties.extend((el("w:b"), el("w:bCs")))
        if face.emphasis and style != EMPHASIS:
            properties.extend((el("w:i"), el("w:iCs")))
        if face.half_points is not None:
            properties.extend((val("w:sz", face.half_points), val("w:szCs", face.half_points)))
        if self.file.language:
            properties.append(el("w:lang", {"w:val": self.file.language}))
        return [properties]

    def _linked(self, target: dict[str, str], runs: list[Element]) -> list[Element]:
        """Runs as a link; a note's mark is a link itself and stays outside."""
        links: list[Element] = []
        holder: Element | None = None
        for run in runs:
            if found(run, "w:footnoteReference"):
                links.append(run)
                holder = None
                continue
            if holder is None:
                holder = el("w:hyperlink", {**target, "w:history": "1"})
                links.append(holder)
            holder.append(run)
        return links

    def _cross_reference(self, reference: CrossReference, face: Face) -> list[Element]:
        words: Inlines = reference.children or (Text(text=reference.label),)
        bookmark = None if reference.paper else self.file.bookmarks.name(reference.target)
        if bookmark is None:
            return self.inlines(words, face, reference.at)
        runs = self.inlines(words, replace(face, link=CROSS_REFERENCE), reference.at)
        return self._linked({"w:anchor": bookmark}, runs)

    def _note_mark(self, footnote: Footnote) -> list[Element]:
        note_id = self.add_note(footnote)
        if note_id is None:
            return []
        properties = el("w:rPr", None, val("w:rStyle", self.file.styles.id_of(FOOTNOTE_REFERENCE)))
        return [el("w:r", None, properties, el("w:footnoteReference", {"w:id": note_id}))]


def field(code: str, shown: list[Element]) -> list[Element]:
    """A field with the result it has now, so that nothing need be updated when the file is opened."""
    return [*field_start(code), *shown, field_end()]


def field_start(code: str) -> list[Element]:
    """What stands before the result of a field."""
    instruction = text_element("w:instrText", f" {code} ")
    return [
        el("w:r", None, el("w:fldChar", {"w:fldCharType": "begin"})),
        el("w:r", None, instruction),
        el("w:r", None, el("w:fldChar", {"w:fldCharType": "separate"})),
    ]


def field_end() -> Element:
    """What stands after the result of a field."""
    return el("w:r", None, el("w:fldChar", {"w:fldCharType": "end"}))
