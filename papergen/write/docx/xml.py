"""Making and reading WordprocessingML elements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import TypeAlias, cast

from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import OxmlElement
from lxml import etree

Element: TypeAlias = etree._Element

_OFF = frozenset({"0", "false", "off", "none"})
XmlAttributes = Mapping[str, str | int]

_NOT_XML = re.compile("[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def el(tag: str, attributes: XmlAttributes | None = None, *children: Element) -> Element:
    """A new element; ``tag`` and attribute names are written with their prefix, as in ``w:p``."""
    made = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        made.set(qn(name) if ":" in name else name, str(value))
    made.extend(children)
    return made


def val(tag: str, value: str | int) -> Element:
    """An element that holds one ``w:val``."""
    return el(tag, {"w:val": value})


def text_element(tag: str, text: str) -> Element:
    """An element with text whose spaces are kept."""
    made = el(tag)
    made.text = text
    if text != text.strip() or "  " in text:
        made.set(qn("xml:space"), "preserve")
    return made


def unwritable(text: str) -> str | None:
    """The first character of ``text`` that a run of a Word file cannot hold, or None."""
    found = _NOT_XML.search(text)
    return found.group() if found else None


def attribute(element: Element | None, name: str) -> str | None:
    """The value of an attribute, named with its prefix if it has one, or None; an element that lacks has none."""
    value = None if element is None else element.get(_qualified(name))
    return None if value is None else str(value)


@cache
def _qualified(name: str) -> str:
    return qn(name) if ":" in name else name


def number_attribute(element: Element | None, name: str, otherwise: int = 0) -> int:
    """The value of an attribute as a whole number; a fraction or a unit that nobody writes counts as ``otherwise``."""
    return whole(attribute(element, name), otherwise)


def whole(written: str | None, otherwise: int = 0, *, base: int = 10) -> int:
    """The whole number that is written so, or ``otherwise``."""
    try:
        return int(written or "", base)
    except ValueError:
        return otherwise


def is_on(switch: Element | None) -> bool:
    """Whether an element that is there or not, or says so itself, is switched on."""
    return switch is not None and (attribute(switch, "w:val") or "1") not in _OFF


def found(element: Element | None, path: str) -> list[Element]:
    """The elements at an XPath with the usual prefixes; an element that lacks has none."""
    return [] if element is None else cast(list[Element], _compiled(path)(element))


@lru_cache(maxsize=256)
def _compiled(path: str) -> etree.XPath:
    return etree.XPath(path, namespaces=nsmap)


def first(element: Element | None, path: str) -> Element | None:
    """The first element at an XPath, or None."""
    return next(iter(found(element, path)), None)


def remove(elements: Iterable[Element]) -> None:
    """Take elements out of their parents."""
    for element in elements:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)


def is_a(element: Element, tag: str) -> bool:
    """Whether an element has a tag, written with its prefix."""
    return element.tag == qn(tag)


PARAGRAPH_ORDER = (
    *("w:pStyle", "w:keepNext", "w:keepLines", "w:pageBreakBefore", "w:framePr", "w:widowControl", "w:numPr"),
    *("w:suppressLineNumbers", "w:pBdr", "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap"),
    *("w:overflowPunct", "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd"),
    *("w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc"),
    *("w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr"),
    *("w:sectPr", "w:pPrChange"),
)
SECTION_ORDER = (
    *("w:headerReference", "w:footerReference", "w:footnotePr", "w:endnotePr", "w:type", "w:pgSz", "w:pgMar"),
    *("w:paperSrc", "w:pgBorders", "w:lnNumType", "w:pgNumType", "w:cols", "w:formProt", "w:vAlign", "w:noEndnote"),
    *("w:titlePg", "w:textDirection", "w:bidi", "w:rtlGutter", "w:docGrid", "w:printerSettings", "w:sectPrChange"),
)


def put(parent: Element, child: Element, order: tuple[str, ...]) -> None:
    """Put ``child`` into ``parent`` where the schema's ``order`` has it, in place of one of the same name."""
    tags = [qn(tag) for tag in order]
    place = tags.index(child.tag)
    for index, other in enumerate(list(parent)):
        if other.tag == child.tag:
            parent.replace(other, child)
            return
        if other.tag not in tags or tags.index(other.tag) > place:
            parent.insert(index, child)
            return
    parent.append(child)


def child(parent: Element, tag: str, order: tuple[str, ...] = ()) -> Element:
    """The child with a tag, which is made where there is none: where the schema's ``order`` has it, or as the first."""
    there = first(parent, tag)
    if there is None:
        there = el(tag)
        put(parent, there, order or (tag,))
    return there


def put_before(parent: Element, child: Element, later: frozenset[str]) -> None:
    """Put ``child`` into ``parent`` before the first of the elements that come after it, given by their full tags."""
    following = next((each for each in parent if each.tag in later), None)
    if following is None:
        parent.append(child)
    else:
        following.addprevious(child)
