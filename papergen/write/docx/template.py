"""Opening a Word template: is it a Word file at all, and one that can be worked with?"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable

import docxtpl
import docxtpl.subdoc
from docx.exceptions import PythonDocxError
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import nsmap
from docx.oxml.parser import parse_xml
from lxml import etree

from papergen import codes
from papergen.diagnostics import Diagnostics, Span
from papergen.values.words import joined
from papergen.write.docx.allowed import leave_out, tree_of
from papergen.write.docx.complete import Completed, complete
from papergen.write.docx.strict import STRICT, transitional
from papergen.write.docx.tidy import LeftOut, tidy

# Importing docxtpl imports docxcompose, which sets "cp" in python-docx to another namespace; core properties that are
# set after that are lost to Word.
nsmap["cp"] = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"

MOST_BYTES = 50_000_000
MOST_UNPACKED_BYTES = 200_000_000
MOST_PARTS = 2_000
MOST_TEXT_BYTES = 5_000_000
"""Unpacked bytes of a part with text: a report of three hundred pages has about four million."""
_MOST_ELEMENTS = 120_000
_MOST_STYLES = 2_000
_STYLE = re.compile(rb"<(?:\w+:)?style[\s/>]")

CANNOT_OPEN = (
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, RuntimeError, NotImplementedError),
    *(zipfile.BadZipFile, zlib.error, etree.LxmlError, PythonDocxError, PackageNotFoundError, EOFError, AssertionError),
)
_ROOTS = {
    CT.WML_DOCUMENT_MAIN: "document",
    CT.WML_HEADER: "hdr",
    CT.WML_FOOTER: "ftr",
    CT.WML_STYLES: "styles",
    CT.WML_NUMBERING: "numbering",
    CT.WML_SETTINGS: "settings",
    CT.WML_FOOTNOTES: "footnotes",
    CT.WML_ENDNOTES: "endnotes",
    CT.OFC_THEME: "theme",
    CT.OPC_CORE_PROPERTIES: "coreProperties",
}
"""What the tree of a part begins with."""
_OLD = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = {
    b"{\\rtf": "a file in Rich Text Format (.rtf)",
    b"%PDF": "a PDF",
    b"<": "a web page",
}
_ZIPS = {
    "mimetype": "an OpenDocument file (.odt)",
    "xl/workbook.xml": "an Excel workbook",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "Index/Document.iwa": "a file of Apple Pages",
}
_CONTENT_TYPES = "[Content_Types].xml"
_ROOT = "_rels/.rels"
_OF_XML = (".xml", ".rels")
_DOCX = b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MAIN_TYPE = re.compile(rb"vnd\.[\w.-]+?(?:wordprocessingml\.template|macroEnabled(?:Template)?)\.main\+xml")
_MACROS = b"macroEnabled"
_CODES = ("ascii", "utf-16-le", "utf-16-be")
_DECLARES = tuple(words.encode(code) for words in ("<!DOCTYPE", "<!ENTITY") for code in _CODES)
SAVE_AGAIN = "Open it in Word and save it as “Word Document (*.docx)”."
_WITHOUT_MACROS = f"{SAVE_AGAIN[:-1]}, or let “papergen template adopt” take it without them."
_LEAVE = "Nothing need be done: papers have them all the same; “papergen template adopt” writes them into the file."


class StrictTemplate(docxtpl.DocxTemplate):  # type: ignore[misc]
    """A template whose filled XML must be sound; docxtpl would drop, without a word, what is not.

    ``completed`` is what papergen brought into it, ``tidied`` what it took out.
    """

    completed = Completed()
    tidied: tuple[LeftOut, ...] = ()

    def fix_tables(self, xml: str) -> object:
        parse_xml(xml)
        return super().fix_tables(xml)


def open_template(
    name: str, data: bytes, diagnostics: Diagnostics, *, may_hold_macros: bool = False
) -> StrictTemplate | None:
    """The template in ``data``, completed by what it lacks, or None with a diagnostic at ``name``.

    Whoever lets it hold macros takes them out.
    """

    def refuse(message: str, hint: str = SAVE_AGAIN) -> None:
        diagnostics.add(codes.TEMPLATE_UNREADABLE, Span(name), message, hint)

    if data.startswith(_OLD):
        if _LOCKED in data:
            refuse(
                "The template is protected by a password.",
                "In Word, choose File, Info, Protect Document, and take the password off.",
            )
        else:
            refuse("The template is a Word file of the old kind (.doc).")
        return None
    if not _is_sound_zip(data, refuse, may_hold_macros=may_hold_macros):
        return None
    try:
        template = StrictTemplate(io.BytesIO(as_document(data)))
        template.init_docx()
        part = template.docx.part
        if template.docx.element.body is None:
            refuse("The template holds no text.")
            return None
        if not all(map(_is_what_it_says, part.package.iter_parts())):
            refuse("The template is not a Word file, or it is damaged.")
            return None
        leave_out(part.package)
        template.tidied = tidy(part)
        template.completed = complete(part)
    except CANNOT_OPEN:
        refuse("The template is not a Word file, or it is damaged.")
        return None
    _tell(name, template, diagnostics)
    return template


def _is_what_it_says(part: Part) -> bool:
    """Whether the tree of a part, if it has one, is of the kind that its type says."""
    root = _ROOTS.get(part.content_type)
    held = part.element if isinstance(part, XmlPart) else tree_of(part)
    return root is None or held is None or etree.QName(held).localname == root


def _tell(name: str, template: StrictTemplate, diagnostics: Diagnostics) -> None:
    """Tell what was brought into a template and what was taken out."""
    completed = template.completed
    if completed.parts:
        message = f"The template holds no {' and no '.join(completed.parts)}, so papergen brings its own."
        diagnostics.add(codes.TEMPLATE_BROUGHT, Span(name), message, _LEAVE)
    if completed.styles:
        names = joined([f"“{style}”" for style in completed.styles])
        many = "styles" if len(completed.styles) > 1 else "style"
        message = f"The template lacks the {many} {names}, so papergen brings its own in its font and colour."
        diagnostics.add(codes.TEMPLATE_BROUGHT, Span(name), message, _LEAVE)
    for each in template.tidied:
        diagnostics.add(codes.TEMPLATE_LEFT_OUT, Span(name), each.message, each.hint)
    if completed.drafts:
        diagnostics.add(
            codes.TEMPLATE_BROUGHT,
            Span(name),
            "The template says of no paper that it is a draft, so papergen puts “Draft” into its headers.",
            "Nothing need be done; write {{ paper.status }} where you would rather have it.",
        )
    if completed.counted:
        diagnostics.add(
            codes.TEMPLATE_LOOK,
            Span(name),
            "The headings of the template count in a way that papers do not know, and in figures in papers.",
            "Nothing need be done; figures, letters and Roman numerals are counted as they are.",
        )


def as_document(data: bytes) -> bytes:
    """A template of Word's, a strict file or one with macros as the document that it holds; other bytes as they are."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        types = _MAIN_TYPE.sub(_DOCX, archive.read(_CONTENT_TYPES))
        is_strict = STRICT in archive.read(_ROOT)
        if types == archive.read(_CONTENT_TYPES) and not is_strict:
            return data
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
            for each in archive.namelist():
                held = types if each == _CONTENT_TYPES else archive.read(each)
                target.writestr(each, transitional(held) if is_strict and each.endswith(_OF_XML) else held)
    return made.getvalue()


def _is_sound_zip(data: bytes, refuse: Callable[..., None], *, may_hold_macros: bool) -> bool:
    if len(data) > MOST_BYTES:
        refuse(
            f"The template is {len(data) // 1_000_000} MB; the most that is read is {MOST_BYTES // 1_000_000} MB.",
            "Make the pictures in it smaller (in Word: Compress Pictures).",
        )
        return False
    for start, what in _OTHERS.items():
        if data.lstrip().startswith(start):
            refuse(f"The template is {what}, not a Word file.")
            return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            is_heavy = len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED_BYTES
            if is_heavy or any(_has_no_end(archive, part) for part in parts if part.filename.endswith(_OF_XML)):
                refuse(
                    "The template holds far more than a letterhead and styles need.",
                    "In Word, copy its header, footer and title block into a new document, and save that.",
                )
                return False
            damaged = archive.testzip()
            trouble: tuple[str, ...] | None = None if damaged else _foreign(archive, may_hold_macros=may_hold_macros)
    except CANNOT_OPEN:
        refuse("The template is not a Word file, or it is damaged.")
        return False
    trouble = ("The template is damaged.",) if damaged else trouble
    if trouble:
        refuse(*trouble)
    return not trouble


def _has_no_end(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part has more text, elements or styles than can be looked at in moments."""
    if part.file_size > MOST_TEXT_BYTES:
        return True
    if part.file_size < len("<a/>") * _MOST_ELEMENTS and not part.filename.endswith("styles.xml"):
        return False
    text = archive.read(part)
    return text.count(b"<") - text.count(b"</") > _MOST_ELEMENTS or len(_STYLE.findall(text)) > _MOST_STYLES


def _foreign(archive: zipfile.ZipFile, *, may_hold_macros: bool) -> tuple[str, str] | None:
    """What is wrong with an archive that is no plain Word document, and how to mend it."""
    names = set(archive.namelist())
    if kinds := [words for name, words in _ZIPS.items() if name in names]:
        return f"The template is {kinds[0]}, not a Word file.", SAVE_AGAIN
    if _CONTENT_TYPES not in names:
        return None
    if _MACROS in archive.read(_CONTENT_TYPES) and not may_hold_macros:
        return "The template may run macros: it was saved as .docm or .dotm.", _WITHOUT_MACROS
    texts = (archive.read(name) for name in names if name.endswith(_OF_XML))
    if any(declared in text for text in texts for declared in _DECLARES):
        return "The template declares a document type, by which a file could be drawn in.", SAVE_AGAIN
    return None
