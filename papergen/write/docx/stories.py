"""The parts of a template that hold text: its body, headers, footers and notes, by the names that people give them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import cast

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.package import OpcPackage
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml import etree

from papergen.write.docx.xml import Element, attribute, first, found

_BODY = re.compile(r"\{\{[pr]?\s*body\b[^}]*\}\}")
_TYPES = {"first": "first-page ", "even": "even-page "}


@dataclass(frozen=True, slots=True)
class Story:
    """One part with text: what people call it, its root element, and its name in the file."""

    place: str
    root: Element
    part: str = ""


def part_of(document: Part | OpcPackage, kind: str) -> Part | None:
    """The part to which a document is related so, or None."""
    return next((rel.target_part for rel in document.rels.values() if rel.reltype == kind), None)


def tree(part: Part | None) -> Element:
    """The tree of a part, whether python-docx reads its kind as one or not; an empty one where there is no part."""
    if part is None:
        return etree.Element("none")
    return cast(Element, part.element if isinstance(part, XmlPart) else parse_xml(part.blob))


def stories(document: Part) -> Iterator[Story]:
    """The body, then headers and footers, then notes."""
    root = tree(document)
    yield Story("body", root, str(document.partname))
    for rel in document.rels.values():
        if rel.is_external:
            continue
        part = rel.target_part
        if rel.reltype in (RT.HEADER, RT.FOOTER):
            kind = "header" if rel.reltype == RT.HEADER else "footer"
            reference = first(root, f".//w:{kind}Reference[@r:id='{rel.rId}']")
            which = "" if reference is None else _TYPES.get(attribute(reference, "w:type") or "", "")
            yield Story(f"{which}{kind}", tree(part), str(part.partname))
        elif rel.reltype == RT.FOOTNOTES:
            yield Story("footnote", parse_xml(part.blob), str(part.partname))


def paragraphs(root: Element) -> list[Element]:
    """Every paragraph, one inside a text box too."""
    return found(root, ".//w:p")


def paragraph_text(paragraph: Element, *, marks: Mapping[str, int] = MappingProxyType({})) -> str:
    """The words of a paragraph: a tab is ``\\t``, a line break ``\\n``; those of a text box in it are its own.

    ``marks`` gives the numbers of footnotes by their ids; the mark of the first one is then ``[^1]``.
    """
    return "".join(_words(paragraph, marks))


def block_text(block: Element) -> str:
    """The words of a block, those of a table's cells too."""
    return " ".join(paragraph_text(each) for each in found(block, "self::w:p|.//w:p"))


def holds_body(paragraph: Element) -> bool:
    """Whether the body of a paper goes where a paragraph stands."""
    return _BODY.search(paragraph_text(paragraph)) is not None


def _words(element: Element, marks: Mapping[str, int]) -> Iterator[str]:
    for child in element:
        match child.tag:
            case tag if tag == qn("w:t"):
                yield child.text or ""
            case tag if tag in {qn("w:tab"), qn("w:ptab")}:
                yield "\t"
            case tag if tag in {qn("w:br"), qn("w:cr")}:
                if attribute(child, "w:type") in {None, "textWrapping"} and attribute(child, "w:clear") is None:
                    yield "\n"
            case tag if tag == qn("w:footnoteReference"):
                number = marks.get(attribute(child, "w:id") or "")
                yield "" if number is None else f"[^{number}]"
            case tag if tag in {qn("w:p"), qn("w:pPr"), qn("w:rPr")}:
                pass
            case _:
                yield from _words(child, marks)
