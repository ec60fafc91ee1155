"""What a Word file says about itself: title, author, dates, status, pages and language."""

from __future__ import annotations

from datetime import datetime, time

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn

from papergen.model.nodes import Paper
from papergen.values.chrome import chrome
from papergen.write.docx.word_file import WORD_LANGUAGES
from papergen.write.docx.xml import Element, el, first, found, put_before, remove

_APPLICATION = "papergen"
_AFTER_LANGUAGE = frozenset(
    qn(f"w:{name}")
    for name in (
        *("clrSchemeMapping", "doNotIncludeSubdocsInStats", "doNotAutoCompressPictures", "forceUpgrade", "captions"),
        *("readModeInkLockDown", "shapeDefaults", "decimalSymbol", "listSeparator"),
    )
)


def set_core_properties(document: Document, paper: Paper) -> None:
    """Replace what the template says about itself by what the paper is; all dates are the day of its meeting."""
    core, words = document.core_properties, chrome(paper.language)
    element = document.part.package.part_related_by(RT.CORE_PROPERTIES).element
    for child in list(element):
        element.remove(child)
    issued = datetime.combine(paper.issued, time())
    core.title = f"{paper.title} ({words.draft.lower()})" if paper.draft else paper.title
    core.subject = ", ".join(filter(None, (paper.fields.get("panel.name"), paper.fields.get("meeting.date"))))
    core.author = paper.author
    core.last_modified_by = paper.author
    core.language = WORD_LANGUAGES.get(paper.language, paper.language)
    core.content_status = words.draft if paper.draft else words.final
    core.revision = 1
    core.created = issued
    core.modified = issued


def set_extended_properties(document: Document, *, pages: int) -> None:
    """Replace the statistics of the template by the number of pages."""
    package = document.part.package
    assert package is not None  # noqa: S101 - a document that was opened has one
    blob = (
        "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Pages>{pages}</Pages><Application>{_APPLICATION}</Application></Properties>"
    ).encode()
    for rel in package.rels.values():
        if rel.reltype == RT.EXTENDED_PROPERTIES:
            rel.target_part._blob = blob
            return
    part = Part(PackURI("/docProps/app.xml"), CT.OFC_EXTENDED_PROPERTIES, blob, package)
    package.relate_to(part, RT.EXTENDED_PROPERTIES)


def set_language(styles: Element, settings: Element, language: str) -> None:
    """Make ``language`` that of the whole file, and see to it that nothing asks to be updated on opening."""
    for holder in found(styles, "w:docDefaults/w:rPrDefault/w:rPr"):
        remove(found(holder, "w:lang"))
        holder.append(el("w:lang", {"w:val": language, "w:eastAsia": language, "w:bidi": "ar-SA"}))
    remove(found(settings, "w:updateFields"))
    theme = first(settings, "w:themeFontLang")
    if theme is None:
        theme = el("w:themeFontLang")
        put_before(settings, theme, _AFTER_LANGUAGE)
    theme.set(qn("w:val"), language)
