"""Tidying an opened template: what its sample text left behind is taken out, and forms become plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.oxml import serialize_part_xml
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from lxml import etree

from papergen.write.docx.allowed import FIELDS
from papergen.write.docx.elements import unwrap
from papergen.write.docx.sections import section_around
from papergen.write.docx.signs import plain_signs
from papergen.write.docx.stories import Story, holds_body, paragraph_text, paragraphs, part_of, stories, tree
from papergen.write.docx.word_fields import fields_in, fields_of_runs, kind_of
from papergen.write.docx.xml import Element, attribute, el, first, found, is_a, number_attribute, remove, text_element

_NOTES = {RT.FOOTNOTES: "footnote", RT.ENDNOTES: "endnote"}
_NAMED = frozenset({RT.IMAGE, RT.HYPERLINK})
_NAMES = frozenset(qn(f"r:{name}") for name in ("id", "embed", "link", "pict"))
_TEXT_PATH = "{urn:schemas-microsoft-com:vml}textpath"
_LISTED = "w:sdtPr/w:docPartObj/w:docPartGallery[@w:val='Table of Contents']"
_FIELDS = {"TITLE": "{{ paper.title }}", "SUBJECT": "{{ panel.name }}, {{ meeting.date }}"}
"""Fields whose words Word takes from the properties of a file, and what they are in papers."""
_TITLE_ABOVE = re.compile(r'STYLEREF\s+"?Title"?(\s|$)', re.IGNORECASE)
_PAGED = {"PAGE": "1", "NUMPAGES": "1", "SECTIONPAGES": "1", "SECTION": "1", "STYLEREF": _FIELDS["TITLE"]}
"""Fields that Word works out anew on every page, and what they show until then."""
_BEHIND = "@behindDoc='1' or @behindDoc='true'"
_TALLEST_BEHIND = 2_700_000
"""How high something behind the text may be to be a crest or a band, in the units of drawings: a quarter of a page."""
_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that a template had and papers do not, and what to do about it."""

    message: str
    hint: str = "Nothing need be done; “papergen template adopt” takes it out of the file."


def tidy(document: Part) -> tuple[LeftOut, ...]:
    """Take out what is left over or printed by Word alone, and put what content controls hold in their place."""
    told = [story for story in stories(document) if story.place != "footnote"]
    roots = [story.root for story in told]
    left = [*_contents(roots), *_controls(roots)]
    if behind := [*_behind(told)]:
        left += behind
        let_go_of_pictures(document)
    for root in roots:
        _property_fields(root)
        signs = "A sign of the font “{}” is left out: no letter that papers have stands for it."
        left += [*_results(root), *(LeftOut(signs.format(font)) for font in plain_signs(root))]
    left += [each for body in found(roots[0], "w:body") for each in plain_columns(body)]
    if notes := sum(_left_over(document, kind, roots) for kind in _NOTES):
        what = "Notes whose text is gone are" if notes > 1 else "A note whose text is gone is"
        left.append(LeftOut(f"{what} left out; Word would keep them in every paper."))
    return tuple(dict.fromkeys(left))


def _controls(roots: list[Element]) -> Iterator[LeftOut]:
    """What content controls hold becomes plain text; but words that only say what to fill in are gone."""
    for root in roots:
        for control in found(root, ".//w:sdt"):
            contents = found(control, "w:sdtContent")
            said_in = (paragraph_text(part) for each in contents for part in paragraphs(each) or (each,))
            words = " ".join(" ".join(said_in).split())[:_LONGEST_QUOTE]
            words = f"“{words}”" if words else "an empty one"
            is_filled = first(control, "w:sdtPr/w:showingPlcHdr") is None
            said, done = _meant(control)
            if said or not is_filled:
                _fill([run for each in contents for run in found(each, ".//w:r")], said)
                what = "content control" if is_filled else "content control that nobody filled in"
                yield LeftOut(f"A {what}, {words}, {done}.")
            else:
                hint = "If its words shall not stand in every paper, delete them in Word."
                yield LeftOut(f"A content control or building block, {words}, is plain text in papers.", hint)
            for each in contents:
                unwrap(each)
            remove(found(control, "w:sdtPr|w:sdtEndPr"))
            unwrap(control)


def _meant(control: Element) -> tuple[str, str]:
    """The field that stands for what a content control is there for, and that in words."""
    bound = first(control, "w:sdtPr/w:dataBinding")
    path = attribute(bound, "w:xpath") or ""
    if ":title[" in path:
        return _FIELDS["TITLE"], "is the title of the paper"
    if ":subject[" in path:
        return _FIELDS["SUBJECT"], "is the panel and the date of the meeting"
    if first(control, "w:sdtPr/w:date") is not None:
        return "{{ meeting.date }}", "is the date of the meeting"
    return "", "is left out"


def _fill(runs: list[Element], words: str) -> None:
    """Let runs say something else; a paragraph that says nothing any more is gone."""
    for run in runs[1:] if words else runs:
        paragraph = run.getparent()
        remove([run])
        if paragraph is not None and is_a(paragraph, "w:p") and not found(paragraph, "w:r|w:sdt|w:pPr/w:sectPr"):
            siblings = [*paragraph.itersiblings(preceding=True), *paragraph.itersiblings()]
            if any(is_a(each, "w:p") for each in siblings):
                remove([paragraph])
    if words and runs:
        remove([each for each in runs[0] if not is_a(each, "w:rPr")])
        runs[0].append(text_element("w:t", words))


def _contents(roots: list[Element]) -> Iterator[LeftOut]:
    """Take out lists of contents with the line above that calls them so; papers have their own."""
    gone: list[Element] = []
    for root in roots:
        gone += [each for each in found(root, ".//w:sdt") if first(each, _LISTED) is not None]
        depth, listing = 0, False
        for paragraph in paragraphs(root):
            begins = [each for each in found(paragraph, ".//w:instrText") if (each.text or "").split()[:1] == ["TOC"]]
            if begins and not listing:
                listing, depth = True, 0
                above = paragraph.getprevious()
                if above is not None and paragraph_text(above).strip().casefold() in {"contents", "table of contents"}:
                    gone.append(above)
            if listing:
                gone.append(paragraph)
                marks = [attribute(each, "w:fldCharType") for each in found(paragraph, ".//w:fldChar")]
                depth += marks.count("begin") - marks.count("end")
                listing = depth > 0
        gone += [
            each
            for each in paragraphs(root)
            if any((attribute(field, "w:instr") or "").split()[:1] == ["TOC"] for field in found(each, "w:fldSimple"))
        ]
    kept = [each for each in gone if first(each, ".//w:sectPr") is None]
    remove(kept)
    if kept:
        yield LeftOut("A list of contents is left out; a paper prints its own where panel.yaml says contents_depth.")


def _behind(told: list[Story]) -> Iterator[LeftOut]:
    """Take out words and large pictures behind the text, which Word alone would print."""
    for story in told:
        for drawn in found(story.root, ".//w:pict"):
            said = [path.get("string") or "" for path in drawn.iter(_TEXT_PATH)]
            if any(said):
                remove([drawn])
                words = max(said, key=len)[:_LONGEST_QUOTE]
                yield LeftOut(
                    f"The watermark “{words}” is left out of papers: words on words cannot be read by everyone.",
                    "If every paper shall say so, type it into the header.",
                )
        for anchor in found(story.root, f".//wp:anchor[{_BEHIND}][wp:extent/@cy > {_TALLEST_BEHIND}]"):
            name = next((each.get("name") for each in found(anchor, "wp:docPr")), None) or "picture"
            remove([each for each in anchor.iterancestors() if is_a(each, "w:drawing")][:1])
            yield LeftOut(
                f"“{name}”, behind the text, is left out of papers: words on a picture cannot be read by everyone.",
                "If it is a crest or a band of colour, make it smaller, and place it in the header above the text.",
            )


def _results(root: Element) -> Iterator[LeftOut]:
    """Let fields that differ from page to page show something, as they will; take out what else shows nothing."""
    for each in fields_in(root):
        kind = kind_of(each.instruction)
        if (each.end is not None and each.is_shown) or (each.begin is not None and kind not in FIELDS):
            continue
        if each.end is None or kind not in _PAGED:
            remove(each.marks)
            if each.begin is not None:
                yield LeftOut(f"A field that shows nothing, “{' '.join(each.instruction.split())}”, is left out.")
        else:
            if not each.in_result:
                each.end.addprevious(el("w:fldChar", {"w:fldCharType": "separate"}))
            each.end.addprevious(text_element("w:t", _PAGED[kind]))


def _property_fields(root: Element) -> None:
    """Fields that print the title or the subject of a file become fields of papers, alike in all editions."""
    for simple in found(root, ".//w:fldSimple"):
        if words := _words_for(attribute(simple, "w:instr") or ""):
            _fill(found(simple, ".//w:r") or [etree.SubElement(simple, qn("w:r"))], words)
            unwrap(simple)
    for instruction, runs in fields_of_runs(root):
        if words := _words_for(instruction):
            _fill(runs, words)


def _words_for(instruction: str) -> str:
    if _TITLE_ABOVE.match(instruction.strip()):
        return _FIELDS["TITLE"]
    return _FIELDS.get(kind_of(instruction), "")


def plain_columns(body: Element) -> Iterator[LeftOut]:
    """Let the body have one column, no numbers of lines, and pages that count alike in all editions."""
    if (place := next(filter(holds_body, found(body, "w:p")), None)) is None:
        return
    section = section_around(place)
    for columns in found(section, "w:cols"):
        if number_attribute(columns, "w:num", 1) > 1:
            for name in ("w:num", "w:sep", "w:equalWidth"):
                columns.attrib.pop(qn(name), "")
            remove(found(columns, "w:col"))
            yield LeftOut("The columns of the text are left out: tables and charts need the whole width.")
    counts = found(body, ".//w:sectPr/w:pgNumType")
    remove(counts)
    if any(each.attrib for each in counts):
        yield LeftOut("Pages count in figures from the first page of a paper on, or from first_page of meeting.yaml.")
    lines = found(body, ".//w:sectPr/w:lnNumType")
    remove(lines)
    if lines:
        yield LeftOut("The numbers of lines are left out, which Word alone would print.")


def let_go_of_pictures(document: Part) -> None:
    """Let no part lead to pictures and pages that nothing in it names any more."""
    for part in document.package.iter_parts() if document.package is not None else ():
        if isinstance(part, XmlPart):
            named = {value for each in part.element.iter() for name, value in each.attrib.items() if name in _NAMES}
            for name in [name for name, rel in part.rels.items() if rel.reltype in _NAMED and name not in named]:
                del part.rels[name]


def _left_over(document: Part, kind: str, roots: list[Element]) -> int:
    part, name = part_of(document, kind), _NOTES[kind]
    notes = tree(part)
    marked = {attribute(mark, "w:id") for root in roots for mark in found(root, f".//w:{name}Reference")}
    notes_of_text = found(notes, f"w:{name}[not(@w:type) or @w:type='normal']")
    gone = [each for each in notes_of_text if attribute(each, "w:id") not in marked]
    remove(gone)
    if gone and part is not None and not isinstance(part, XmlPart):
        part._blob = serialize_part_xml(notes)
    return len(gone)
