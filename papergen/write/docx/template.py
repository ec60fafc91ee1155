"""Opening a Word template: is it a Word file at all, and one that can be worked with?"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable

import docxtpl
import docxtpl.subdoc
from docx.exceptions import PythonDocxError
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import nsmap
from docx.oxml.parser import parse_xml
from lxml import etree

from papergen import codes
from papergen.diagnostics import Diagnostics, Span
from papergen.write.docx.allowed import leave_out

# Importing docxtpl imports docxcompose, which sets "cp" in python-docx to another namespace; core properties that are
# set after that are lost to Word.
nsmap["cp"] = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"

MOST_BYTES = 50_000_000
MOST_UNPACKED_BYTES = 200_000_000
MOST_PARTS = 2_000

_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
_CANNOT_OPEN = (
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, RuntimeError, NotImplementedError),
    *(zipfile.BadZipFile, zlib.error, etree.LxmlError, PythonDocxError, PackageNotFoundError, EOFError),
)
_NEEDED_PARTS = {RT.STYLES: "styles", RT.SETTINGS: "settings", RT.NUMBERING: "numbered lists"}
_HEAD_OF_XML = 2000
_SAVE_AGAIN = "Open it in Word and save it as “Word Document (*.docx)”."


class StrictTemplate(docxtpl.DocxTemplate):  # type: ignore[misc]
    """A template whose filled XML must be sound; docxtpl would drop, without a word, what is not."""

    def fix_tables(self, xml: str) -> object:
        parse_xml(xml)
        return super().fix_tables(xml)


def open_template(name: str, data: bytes, diagnostics: Diagnostics) -> StrictTemplate | None:
    """The template in ``data``, or None with a diagnostic at ``name``."""

    def refuse(message: str, hint: str) -> None:
        diagnostics.add(codes.TEMPLATE_UNREADABLE, Span(name), message, hint)

    if data.startswith(_OLD_OR_LOCKED):
        refuse("The template is protected by a password or is a Word file of the old kind (.doc).", _SAVE_AGAIN)
        return None
    if not _is_sound_zip(data, refuse):
        return None
    try:
        template = StrictTemplate(io.BytesIO(data))
        template.init_docx()
        part = template.docx.part
        kinds = {rel.reltype for rel in part.rels.values()}
        body = template.docx.element.body
        leave_out(part.package)
    except _CANNOT_OPEN as problem:
        if "content type" in str(problem):
            refuse("The template is a Word file, but not a document: it may be saved as .dotx or .docm.", _SAVE_AGAIN)
        else:
            refuse("The template is not a Word file, or it is damaged.", _SAVE_AGAIN)
        return None
    missing = [words for kind, words in _NEEDED_PARTS.items() if kind not in kinds]
    if body is None or missing:
        refuse(
            f"The template holds no {' and no '.join(missing) or 'text'}.",
            "Begin again from the template that comes with papergen.",
        )
        return None
    return template


def _is_sound_zip(data: bytes, refuse: Callable[[str, str], None]) -> bool:
    if len(data) > MOST_BYTES:
        refuse(
            f"The template is {len(data) // 1_000_000} MB; the most that is read is {MOST_BYTES // 1_000_000} MB.",
            "Make the pictures in it smaller (in Word: Compress Pictures).",
        )
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
                refuse(
                    "The template holds far more than a letterhead and styles need.",
                    "Begin again from the template that comes with papergen.",
                )
                return False
            damaged = archive.testzip()
            xml = [part.filename for part in parts if part.filename.endswith((".xml", ".rels"))]
            if damaged is None and any(b"<!DOCTYPE" in archive.read(name)[:_HEAD_OF_XML] for name in xml):
                refuse("The template declares a document type, by which a file could be drawn in.", _SAVE_AGAIN)
                return False
    except _CANNOT_OPEN:
        refuse("The template is not a Word file, or it is damaged.", _SAVE_AGAIN)
        return False
    if damaged is not None:
        refuse("The template is damaged.", _SAVE_AGAIN)
        return False
    return True
