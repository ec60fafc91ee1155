"""Inline nodes as runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import assert_never

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part

from papergen.model import (
    CrossReference,
    Emphasis,
    Footnote,
    Inlines,
    LineBreak,
    Link,
    Strong,
    Text,
    Value,
)
from papergen.write.word.bookmarks import Bookmarks
from papergen.write.word.styles import TemplateStyles
from papergen.write.word.xml import Element, complex_field, element, mark, qn, run


@dataclass(frozen=True, slots=True)
class InlineWriter:
    """Writes inlines into one part: the document, or its footnotes, which have links of their own.

    ``style`` is the name of the character style around what is written; Word's runs carry one, so that the
    innermost is named and the outer ones are added as plain bold or italics.
    """

    part: Part
    styles: TemplateStyles
    bookmarks: Bookmarks
    note: Callable[[Footnote], None]
    strong: bool = False
    emphasis: bool = False
    link: str = ""

    def runs(self, inlines: Inlines) -> list[Element]:
        """The runs of ``inlines``, with hyperlinks where there are links."""
        made: list[Element] = []
        for inline in inlines:
            match inline:
                case Text(text=text) | Value(text=text):
                    made.append(self._run(text))
                case LineBreak():
                    made.append(mark("w:br"))
                case Strong(children=children):
                    made.extend(replace(self, strong=True).runs(children))
                case Emphasis(children=children):
                    made.extend(replace(self, emphasis=True).runs(children))
                case Link(href=href, children=children):
                    relation = self.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
                    inside = replace(self, link="Hyperlink").runs(children)
                    made.append(element("w:hyperlink", {"r:id": relation, "w:history": "1"}, *inside))
                case CrossReference():
                    made.extend(self._reference(inline))
                case Footnote(number=number):
                    self.note(inline)
                    style = self.styles.id("Footnote Reference")
                    made.append(mark("w:footnoteReference", style=style, id=str(number)))
                case _:
                    assert_never(inline)
        return made

    def _reference(self, reference: CrossReference) -> list[Element]:
        bookmark = None if reference.paper else self.bookmarks.name(reference.target)
        if bookmark is None:
            return self.runs(reference.children) if reference.children else [self._run(reference.label)]
        inside = replace(self, link="Cross Reference")
        label = self.bookmarks.label(reference.target)
        if label and not reference.children:
            return complex_field(f"REF {label} \\h", [inside._run(reference.label)])
        shown = inside.runs(reference.children) if reference.children else [inside._run(reference.label)]
        return [element("w:hyperlink", {"w:anchor": bookmark, "w:history": "1"}, *shown)]

    def _run(self, text: str) -> Element:
        named = self.link or ("Strong" if self.strong else "Emphasis" if self.emphasis else "")
        made = run(text, style=self.styles.id(named) if named else None)
        properties = made.find(qn("w:rPr"))
        if properties is not None:
            if self.strong and named != "Strong":
                properties.extend((element("w:b"), element("w:bCs")))
            if self.emphasis and named != "Emphasis":
                properties.extend((element("w:i"), element("w:iCs")))
        return made
