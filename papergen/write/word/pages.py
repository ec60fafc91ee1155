"""Sections in Word's sense: stretches of a paper with their own page shape and columns."""

from __future__ import annotations

import copy
from dataclasses import dataclass

from papergen.write.word.xml import Element, element, qn

TWIP = 635
"""English Metric Units in a twentieth of a point."""


@dataclass(frozen=True, slots=True)
class PageShape:
    """The pages of a template: sizes in twentieths of a point."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    column_gap: int

    @property
    def text_width(self) -> int:
        return self.width - self.left - self.right

    @property
    def text_height(self) -> int:
        return self.height - self.top - self.bottom

    @property
    def half_width(self) -> int:
        return (self.text_width - self.column_gap) // 2

    def turned(self) -> PageShape:
        """The same page on its side: the margins turn with it."""
        return PageShape(self.height, self.width, self.left, self.top, self.right, self.bottom, self.column_gap)


def page_shape(section: Element) -> PageShape:
    """The page of a section, with A4 and 2.5 cm where the template does not say."""

    def number(tag: str, attribute: str, otherwise: int) -> int:
        found = section.find(qn(tag))
        value = found.get(qn(attribute)) if found is not None else None
        return int(value) if value and value.isdigit() else otherwise

    return PageShape(
        width=number("w:pgSz", "w:w", 11906),
        height=number("w:pgSz", "w:h", 16838),
        top=number("w:pgMar", "w:top", 1417),
        right=number("w:pgMar", "w:right", 1417),
        bottom=number("w:pgMar", "w:bottom", 1417),
        left=number("w:pgMar", "w:left", 1417),
        column_gap=number("w:cols", "w:space", 454),
    )


_SECTION_ORDER = (
    "w:headerReference",
    "w:footerReference",
    "w:footnotePr",
    "w:endnotePr",
    "w:type",
    "w:pgSz",
    "w:pgMar",
    "w:paperSrc",
    "w:pgBorders",
    "w:lnNumType",
    "w:pgNumType",
    "w:cols",
)


class Sections:
    """Makes the section properties of one paper after those of its template.

    Only the first section names headers and footers and has a first page of its own: Word's later sections take
    headers and footers over from the one before.
    """

    def __init__(self, template: Element, *, first_page: int | None) -> None:
        self._template = template
        self._first_page = first_page
        self._made = 0
        self.shape = page_shape(template)

    def properties(self, *, starts: str, landscape: bool = False, columns: int = 1) -> Element:
        """The next section's properties; ``starts`` is how it begins: ``nextPage`` or ``continuous``."""
        made = copy.deepcopy(self._template)
        for attribute in list(made.attrib):
            del made.attrib[attribute]
        first = self._made == 0
        self._made += 1
        dropped = ["w:type", "w:pgSz", "w:pgNumType", "w:cols"]
        if not first:
            dropped += ["w:headerReference", "w:footerReference", "w:titlePg"]
        if landscape:
            dropped.append("w:pgMar")
        for tag in dropped:
            for found in made.findall(qn(tag)):
                made.remove(found)
        shape = self.shape.turned() if landscape else self.shape
        size = {"w:w": str(shape.width), "w:h": str(shape.height)}
        self._put(made, element("w:pgSz", size | ({"w:orient": "landscape"} if landscape else {})))
        if landscape:
            self._put(made, self._turned_margins(shape))
        if not first:
            self._put(made, element("w:type", {"w:val": starts}))
        elif self._first_page:
            self._put(made, element("w:pgNumType", {"w:start": str(self._first_page)}))
        many = {"w:num": str(columns)} if columns > 1 else {}
        self._put(made, element("w:cols", many | {"w:space": str(shape.column_gap)}))
        return made

    def _turned_margins(self, shape: PageShape) -> Element:
        margins = copy.deepcopy(self._template.find(qn("w:pgMar")))
        made = element("w:pgMar") if margins is None else margins
        for name in ("top", "right", "bottom", "left"):
            made.set(qn(f"w:{name}"), str(getattr(shape, name)))
        return made

    def _put(self, made: Element, child: Element) -> None:
        places = {qn(tag): place for place, tag in enumerate(_SECTION_ORDER)}
        at = places[child.tag]
        before = [index for index, other in enumerate(made) if places.get(other.tag, len(places)) < at]
        made.insert(before[-1] + 1 if before else 0, child)
