"""WordprocessingML in little: elements, runs and the few fields that a paper needs."""

from __future__ import annotations

from collections.abc import Iterable

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from lxml.etree import _Element as Element

__all__ = ["Element", "complex_field", "element", "paragraph", "qn", "run", "text_of"]


def element(tag: str, attributes: dict[str, str] | None = None, *children: Element) -> Element:
    """``<w:tag>`` with attributes (their names with prefix) and children."""
    made: Element = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        made.set(qn(name) if ":" in name else name, value)
    made.extend(children)
    return made


def run(text: str, *, style: str | None = None, tag: str = "w:t") -> Element:
    """A run of ``text`` in the character style whose id is ``style``."""
    made = element("w:r")
    if style:
        made.append(element("w:rPr", None, element("w:rStyle", {"w:val": style})))
    words = element(tag)
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.append(words)
    return made


def mark(tag: str, *, style: str | None = None, **attributes: str) -> Element:
    """A run that holds one empty element, such as a tab or a break."""
    made = element("w:r")
    if style:
        made.append(element("w:rPr", None, element("w:rStyle", {"w:val": style})))
    made.append(element(tag, {f"w:{name}": value for name, value in attributes.items()}))
    return made


def complex_field(code: str, shown: Iterable[Element]) -> list[Element]:
    """The runs of a field whose last result is ``shown``, so that nothing has to be counted on opening."""
    return [
        mark("w:fldChar", fldCharType="begin"),
        run(f" {code} ", tag="w:instrText"),
        mark("w:fldChar", fldCharType="separate"),
        *shown,
        mark("w:fldChar", fldCharType="end"),
    ]


def paragraph(style: str, *content: Element) -> Element:
    """A paragraph in the style whose id is ``style``."""
    return element("w:p", None, element("w:pPr", None, element("w:pStyle", {"w:val": style})), *content)


_ORDER = (
    "w:pStyle",
    "w:keepNext",
    "w:keepLines",
    "w:pageBreakBefore",
    "w:numPr",
    "w:ind",
    "w:jc",
    "w:sectPr",
)


def set_property(made: Element, child: Element) -> None:
    """Put ``child`` among the properties of a paragraph, in the order that the schema asks for."""
    properties = made.find(qn("w:pPr"))
    if properties is None:
        properties = element("w:pPr")
        made.insert(0, properties)
    places = {qn(tag): place for place, tag in enumerate(_ORDER)}
    at = places[child.tag]
    before = [index for index, other in enumerate(properties) if places[other.tag] < at]
    properties.insert(before[-1] + 1 if before else 0, child)


def text_of(made: Element) -> str:
    """The words inside ``made``: what its ``w:t`` hold, end to end."""
    return "".join(words.text or "" for words in made.iter(qn("w:t")))
