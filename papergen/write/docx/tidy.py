"""Tidying an opened template: what its sample text left behind is taken out, and forms become plain words."""

from __future__ import annotations

from dataclasses import dataclass

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.oxml import serialize_part_xml
from docx.opc.part import Part, XmlPart
from docx.oxml.parser import parse_xml

from papergen.write.docx.stories import paragraph_text, stories
from papergen.write.docx.xml import Element, attribute, found, remove

_NOTES = {RT.FOOTNOTES: "footnote", RT.ENDNOTES: "endnote"}


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many notes were left over, and the words of each content control that is plain text now."""

    notes: int = 0
    controls: tuple[str, ...] = ()


def tidy(document: Part) -> Tidied:
    """Take out notes that no mark refers to, and put what content controls hold in their place."""
    told = [story for story in stories(document) if story.place != "footnote"]
    controls = tuple(words for story in told for words in _opened(story.root))
    return Tidied(
        notes=sum(_left_over(document, kind, [story.root for story in told]) for kind in _NOTES), controls=controls
    )


def _opened(root: Element) -> list[str]:
    words = []
    for control in found(root, ".//w:sdt"):
        inside = [each for content in found(control, "w:sdtContent") for each in content]
        words.append(" ".join("".join(map(paragraph_text, inside or [])).split()))
        parent = control.getparent()
        if parent is not None:
            at = parent.index(control)
            parent[at : at + 1] = inside
    return words


def _left_over(document: Part, kind: str, roots: list[Element]) -> int:
    part = next((rel.target_part for rel in document.rels.values() if rel.reltype == kind), None)
    if part is None:
        return 0
    name = _NOTES[kind]
    notes: Element = part.element if isinstance(part, XmlPart) else parse_xml(part.blob)
    marked = {attribute(mark, "w:id") for root in roots for mark in found(root, f".//w:{name}Reference")}
    gone = [
        each
        for each in found(notes, f"w:{name}[not(@w:type) or @w:type='normal']")
        if attribute(each, "w:id") not in marked
    ]
    remove(gone)
    if gone and not isinstance(part, XmlPart):
        part._blob = serialize_part_xml(notes)
    return len(gone)
