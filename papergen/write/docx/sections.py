"""Word's sections: stretches of a paper with their own page shape or number of columns."""

from __future__ import annotations

import copy
from dataclasses import dataclass

from docx.oxml.ns import qn

from papergen.write.docx.xml import (
    SECTION_ORDER,
    Element,
    XmlAttributes,
    child,
    el,
    first,
    found,
    number_attribute,
    put,
    remove,
    val,
)

COLUMN_GAP = 454


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a section starts and is set."""

    new_page: bool = True
    landscape: bool = False
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Page:
    """The room for text on a page, in twentieths of a point."""

    width: int
    height: int

    @property
    def half(self) -> int:
        """The width of one of two columns."""
        return (self.width - COLUMN_GAP) // 2


def section_around(block: Element) -> Element:
    """The ``w:sectPr`` of the page on which a block of the body stands; one is made where there is none."""
    ending = first(block, "following-sibling::w:p/w:pPr/w:sectPr|following-sibling::w:sectPr")
    if ending is None:
        ending = el("w:sectPr")
        body = block.getparent()
        assert body is not None  # noqa: S101 - a block stands in a body
        body.append(ending)
    return ending


def page_of_section(section: Element, *, landscape: bool = False) -> Page:
    """The room for text on the pages of a ``w:sectPr``, or on the same paper turned on its side."""
    size, margins = first(section, "w:pgSz"), first(section, "w:pgMar")
    wide, high = _sides(size)
    if landscape:
        wide, high = max(wide, high), min(wide, high)
    across = down = 2880
    if margins is not None:
        across = sum(number_attribute(margins, name) for name in ("w:left", "w:right", "w:gutter"))
        down = sum(abs(number_attribute(margins, name)) for name in ("w:top", "w:bottom"))
    return Page(max(wide - across, 1000), max(high - down, 1000))


def _sides(size: Element | None) -> tuple[int, int]:
    return number_attribute(size, "w:w", 11906), number_attribute(size, "w:h", 16838)


def section_properties(template: Element, layout: Layout, *, is_first: bool) -> Element:
    """The ``w:sectPr`` of a section: the template's own with another start, shape or number of columns.

    Headers and footers are the template's in every section.  Only the first one keeps how the template's section
    starts, its first-page header and a number for its first page.
    """
    section = copy.deepcopy(template)
    if not is_first:
        remove(found(section, "w:titlePg|w:headerReference[@w:type='first']|w:footerReference[@w:type='first']"))
        for numbers in found(section, "w:pgNumType[@w:start]"):
            del numbers.attrib[qn("w:start")]
        put(section, val("w:type", "nextPage" if layout.new_page else "continuous"), SECTION_ORDER)
    if layout.landscape:
        sides = _sides(first(section, "w:pgSz"))
        turned: XmlAttributes = {"w:w": max(sides), "w:h": min(sides), "w:orient": "landscape"}
        put(section, el("w:pgSz", turned), SECTION_ORDER)
    if layout.columns > 1:
        put(section, el("w:cols", {"w:num": layout.columns, "w:space": COLUMN_GAP, "w:equalWidth": 1}), SECTION_ORDER)
    return section


def set_first_page(section: Element, number: int) -> None:
    """Make the pages of a section count from ``number``."""
    child(section, "w:pgNumType", SECTION_ORDER).set(qn("w:start"), str(number))
