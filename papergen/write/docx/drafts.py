"""Saying of drafts that they are drafts, where a template does not: “Draft” stands in its headers."""

from __future__ import annotations

from typing import cast

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part, XmlPart
from docx.oxml.xmlchemy import BaseOxmlElement

from papergen.write.docx.stories import paragraph_text, paragraphs, part_of, stories, tree
from papergen.write.docx.xml import Element, attribute, el, found, is_on, text_element, val

FIELD = "paper.status"
_ALONE = (f"{{{{ {FIELD} }}}}",)
_BELOW = (f"{{%p if {FIELD} %}}", *_ALONE, "{%p endif %}")
"""What stands in a header that has nothing else, and below what stands in another one."""


def says_drafts(document: Part) -> bool:
    """Whether a template prints the status of papers."""
    return any(FIELD in paragraph_text(each) for story in stories(document) for each in paragraphs(story.root))


def mark_drafts(document: XmlPart, style: str) -> None:
    """Let every header of a template print the status of a draft, words in the character style of the id ``style``."""
    root: Element = document.element
    has_even = any(map(is_on, found(tree(part_of(document, RT.SETTINGS)), "w:evenAndOddHeaders")))
    there: set[str] = set()
    headers: dict[str, Element] = {}
    for section in found(root, ".//w:sectPr"):
        for reference in found(section, "w:headerReference"):
            relation = attribute(reference, "r:id") or ""
            there.add(attribute(reference, "w:type") or "default")
            part = document.rels[relation].target_part if relation in document.rels else None
            if isinstance(part, XmlPart):
                headers[str(part.partname)] = part.element
        has_first = any(map(is_on, found(section, "w:titlePg")))
        wanted = ["default", *(["first"] if has_first else []), *(["even"] if has_even else [])]
        for kind in [each for each in wanted if each not in there]:
            section.insert(0, el("w:headerReference", {"w:type": kind, "r:id": _header(document, style)}))
            there.add(kind)
    for header in headers.values():
        header.extend(_paragraph(words, style) for words in _BELOW)


def _header(document: XmlPart, style: str) -> str:
    """The relationship to a new header that says nothing else."""
    package = document.package
    assert package is not None  # noqa: S101 - it was opened from one
    root = cast(BaseOxmlElement, el("w:hdr", None, *(_paragraph(words, style) for words in _ALONE)))
    header = XmlPart(package.next_partname("/word/header%d.xml"), CT.WML_HEADER, root, package)
    return document.relate_to(header, RT.HEADER)


def _paragraph(words: str, style: str) -> Element:
    look = el("w:rPr", None, val("w:rStyle", style)) if style else el("w:rPr")
    return el("w:p", None, el("w:pPr", None, val("w:jc", "right")), el("w:r", None, look, text_element("w:t", words)))
