"""Tab stops that fit the page: those outside the margins, and those of headers and footers on landscape pages."""

from __future__ import annotations

import copy
from collections.abc import Callable

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from papergen.write.docx.stories import paragraphs
from papergen.write.docx.template_styles import TemplateStyles
from papergen.write.docx.xml import PARAGRAPH_ORDER, Element, attribute, el, first, found, number_attribute, put

# A tab stop at most this far from the middle or the right margin is meant to stand there; in twentieths of a point.
_NEAR = 60


class LandscapeHeaders:
    """Copies of the headers and footers of a document, made when a section first needs them."""

    def __init__(self, document: Part, styles: TemplateStyles, *, portrait: int, landscape: int) -> None:
        self._document = document
        self._styles = styles
        self._portrait = portrait
        self._landscape = landscape
        self._copies: dict[str, str] = {}

    def fit(self, section: Element) -> None:
        """Let a landscape section refer to the copies; a header without tabs serves both ways round."""
        for reference in found(section, "w:headerReference|w:footerReference"):
            relation = attribute(reference, "r:id") or ""
            reference.set(qn("r:id"), self._fitted(relation))

    def _fitted(self, relation: str) -> str:
        if relation not in self._copies:
            part = self._document.rels[relation].target_part
            has_tabs = isinstance(part, XmlPart) and found(part.element, ".//w:r/w:tab|.//w:r/w:ptab")
            self._copies[relation] = self._copied(part) if isinstance(part, XmlPart) and has_tabs else relation
        return self._copies[relation]

    def _copied(self, part: XmlPart) -> str:
        package = part.package
        assert package is not None  # noqa: S101 - it was opened from one
        kind = RT.HEADER if "header" in part.content_type else RT.FOOTER
        word = "header" if kind == RT.HEADER else "footer"
        root: BaseOxmlElement = copy.deepcopy(part.element)
        for paragraph in paragraphs(root):
            self._move_tabs(paragraph)
        made = XmlPart(package.next_partname(f"/word/{word}%d.xml"), part.content_type, root, package)
        for name, rel in part.rels.items():
            made.load_rel(rel.reltype, rel.target_ref if rel.is_external else rel.target_part, name, rel.is_external)
        return self._document.relate_to(made, kind)

    def _move_tabs(self, paragraph: Element) -> None:
        """State anew the stops at the middle and at the right margin of the portrait page."""

        def place(position: int, alignment: str) -> int:
            meant = {"center": self._portrait // 2, "right": self._portrait}.get(alignment)
            if meant is None or abs(position - meant) > _NEAR:
                return position
            return self._landscape // 2 if alignment == "center" else self._landscape

        _move_stops(paragraph, self._styles, place)


def keep_within(root: Element, styles: TemplateStyles, width: int) -> None:
    """Bring right-aligned tab stops that lie outside a text of ``width`` to its margin, as the PDF has them.

    Word leaves them where they were when somebody changes the margins.
    """
    for paragraph in paragraphs(root):
        if first(paragraph, ".//w:r/w:tab") is not None:
            _move_stops(
                paragraph, styles, lambda at, alignment: width if alignment == "right" and at > width + _NEAR else at
            )


def _move_stops(paragraph: Element, styles: TemplateStyles, place: Callable[[int, str], int]) -> None:
    """State anew the stops of a paragraph, those that ``place`` puts elsewhere in their new places."""
    stops, properties = _stops(paragraph, styles), first(paragraph, "w:pPr")
    places = {position: place(position, alignment) for position, alignment in stops.items()}
    moved = [position for position, to in places.items() if to != position]
    if not moved or properties is None:
        return
    stated = [el("w:tab", {"w:val": "clear", "w:pos": position}) for position in moved]
    set_anew = {to: stops[position] for position, to in places.items()}
    stated += [el("w:tab", {"w:val": alignment, "w:pos": to}) for to, alignment in set_anew.items()]
    stated.sort(key=lambda stop: number_attribute(stop, "w:pos"))
    put(properties, el("w:tabs", None, *stated), PARAGRAPH_ORDER)


def _stops(paragraph: Element, styles: TemplateStyles) -> dict[int, str]:
    """The tab stops that hold in a paragraph, its style's and its own, by their places."""
    name = styles.named(first(paragraph, "w:pPr/w:pStyle"))
    stops: dict[int, str] = {}
    for stop in (*(styles.tab_stops(name) if name else ()), *found(paragraph, "w:pPr/w:tabs/w:tab")):
        position = number_attribute(stop, "w:pos")
        if attribute(stop, "w:val") == "clear":
            stops.pop(position, None)
        else:
            stops[position] = attribute(stop, "w:val") or "left"
    return stops
