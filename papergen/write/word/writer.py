"""A paper as a Word file: the template's shell filled by docxtpl, the body built with python-docx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime, time

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE
from docx.opc.part import Part
from docx.oxml.ns import nsmap
from docxtpl import DocxTemplate
from lxml import etree
from markupsafe import Markup

from papergen import codes
from papergen.diagnostics import NOWHERE, Diagnostics, Span
from papergen.model import Figure, Footnote, Paper, Table, walk_sections
from papergen.write.layout import _Environment as FieldEnvironment, _nested as nested_fields
from papergen.write.resources import _nodes
from papergen.write.word.blocks import BlockWriter, note_paragraphs
from papergen.write.word.bookmarks import Bookmarks
from papergen.write.word.check import check_template
from papergen.write.word.contents import contents_list
from papergen.write.word.inlines import InlineWriter
from papergen.write.word.numbering import Numbering
from papergen.write.word.pages import Sections
from papergen.write.word.pictures import drawing_numbers
from papergen.write.word.styles import template_styles
from papergen.write.word.xml import Element, qn, text_of

# Importing docxtpl brings in docxcompose, which puts another address under python-docx's prefix "cp"; core properties
# written after that are refused by Word.
nsmap["cp"] = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"

MARK = "the body of the paper goes here"


def write_docx(
    paper: Paper, *, template: bytes, page_of: Mapping[str, int], pages: int, diagnostics: Diagnostics
) -> bytes | None:
    """The paper in its template, or None with diagnostics.  The same inputs give the same bytes.

    ``page_of`` gives the page numbers for the contents list by section key, ``pages`` the number of pages.
    """
    name = f"templates/{paper.template}.docx"
    use = check_template(name, template, fields=paper.fields, diagnostics=diagnostics)
    if use is None or not use.is_usable:
        return None
    shell = DocxTemplate(io.BytesIO(template))
    # The subdocument shares the template's parts, so that its pictures and links are the paper's own.  It is made before
    # rendering: asked for afterwards, docxtpl would read the template anew.
    subdocument = shell.new_subdoc()
    # The body never goes through docxtpl's rendering, which reads the whole text again as XML and would change "{_{" in
    # it: a mark is rendered in its place.
    body = Markup(f"<w:p><w:r><w:t>{MARK}</w:t></w:r></w:p>")  # noqa: S704 - no outside text in it
    try:
        shell.render(nested_fields(paper.fields) | {"body": body}, jinja_env=FieldEnvironment(), autoescape=True)
    except Exception as problem:
        diagnostics.add(
            codes.TEMPLATE_SYNTAX,
            Span(name),
            f"The template cannot be filled: {problem}.",
            "Print a field with {{ field }}, and ask whether it is empty with {% if field %} … {% endif %}.",
        )
        return None
    document: Document = shell.docx
    words = _write_body(paper, document, subdocument.subdocx.element.body, page_of)
    _set_properties(paper, document, pages)
    data = canonical(_saved(document))
    if _body_words(data) != words:
        diagnostics.add(
            codes.OUTPUT_LOST_TEXT,
            Span(name),
            f"Some of the text of {paper.name} did not arrive in the Word file.",
            "Compare the Word paper with the PDF, and report this to the makers of papergen.",
        )
        return None
    return data


def _write_body(paper: Paper, document: Document, inside: Element, page_of: Mapping[str, int]) -> str:
    """Put the body in place of its mark; returns the words of the whole document part."""
    part = document.part
    styles = template_styles(part._styles_part.element)
    numbering = Numbering(part.numbering_part.element, styles, part._styles_part.element)
    bookmarks = Bookmarks([section.key for section in walk_sections(paper.sections)], _labelled(paper))
    notes = _Notes(
        next(found for found in part.package.iter_parts() if found.content_type == CONTENT_TYPE.WML_FOOTNOTES)
    )
    inlines = InlineWriter(part, styles, bookmarks, notes.add)
    notes.writer = InlineWriter(notes.part, styles, bookmarks, notes.add)
    root: Element = document.element.body
    last = root.find(qn("w:sectPr"))
    writer = BlockWriter(
        part=part,
        styles=styles,
        bookmarks=bookmarks,
        numbering=numbering,
        sections=Sections(last, first_page=paper.first_page),
        inlines=inlines,
        first_drawing=max([0, *drawing_numbers(document.element)]) + 1,
    )
    for section in paper.sections:
        writer.section(section)
    made = [*contents_list(paper, styles=styles, bookmarks=bookmarks, page_of=page_of), *writer.elements]
    inside.extend(made)
    place = next(found for found in root.iter(qn("w:p")) if text_of(found) == MARK)
    for each in made:
        place.addprevious(each)
    parent = place.getparent()
    assert parent is not None
    parent.remove(place)
    root.replace(last, writer.last_section())
    notes.save()
    return text_of(root)


def _labelled(paper: Paper) -> list[str]:
    """The keys of the numbered tables and figures."""
    return [node.key for node, _ in _nodes(paper, NOWHERE) if isinstance(node, Table | Figure) and node.number]


class _Notes:
    """The footnotes of the template, to which the paper's own are added in the order of their marks."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.writer: InlineWriter | None = None
        self._root = etree.fromstring(part.blob)

    def add(self, footnote: Footnote) -> None:
        assert self.writer is not None
        self._root.extend(note_paragraphs(self.writer, footnote.blocks, footnote.number))

    def save(self) -> None:
        self.part._blob = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _set_properties(paper: Paper, document: Document, pages: int) -> None:
    """The properties that Word shows under File, Info: nothing in them comes from a clock or an account."""
    issued = datetime.combine(paper.issued, time(), UTC).replace(tzinfo=None)
    properties = document.core_properties
    properties.title = f"{paper.title} (draft)" if paper.draft else paper.title
    properties.author = paper.author
    properties.last_modified_by = paper.author
    properties.language = paper.language
    properties.content_status = "Draft" if paper.draft else "Final"
    properties.created = properties.modified = issued
    properties.revision = 1
    for part in document.part.package.iter_parts():
        if part.partname == "/docProps/app.xml":
            root = etree.fromstring(part.blob)
            for found in root.iter("{*}Pages"):
                found.text = str(pages)
            part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def canonical(data: bytes) -> bytes:
    """The same archive with nothing in it that depends on when or where it was made."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        names = sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name != "_rels/.rels", name))
        for name in names:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, source.read(name), zipfile.ZIP_DEFLATED, 6)
    return made.getvalue()


def _body_words(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return text_of(etree.fromstring(archive.read("word/document.xml")).find(qn("w:body")))
