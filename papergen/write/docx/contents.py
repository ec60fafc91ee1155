"""The contents list: a field of Word's with the entries and page numbers that it has now."""

from __future__ import annotations

from collections.abc import Mapping

from papergen.model.nodes import Section
from papergen.model.walk import plain_text, walk_sections
from papergen.values.chrome import chrome
from papergen.write.docx.blocks import BlockWriter
from papergen.write.docx.inlines import field, field_end, field_start
from papergen.write.docx.xml import Element, el
from papergen.write.styles import CONTENTS, TOC_HEADING


def write_contents(writer: BlockWriter, *, page_of: Mapping[str, int]) -> None:
    """Add the contents list that the paper asks for; ``page_of`` gives the page of each section by its key."""
    paper = writer.file.paper
    depth = min(paper.contents_depth, len(CONTENTS))
    listed = [section for section in walk_sections(paper.sections) if section.level <= depth]
    if not listed:
        return
    numbered = writer.file.styles.has_numbering(TOC_HEADING)  # a house may base it on a heading that counts
    words = [writer.inline_writer.run(chrome(paper.language).contents)]
    writer.paragraph(TOC_HEADING, words, numbering=(0, "0") if numbered else None)
    for index, section in enumerate(listed):
        entry = _entry(writer, section, page_of.get(section.key))
        if index == 0:
            entry = [*field_start(f'TOC \\o "1-{depth}" \\h \\z \\u'), *entry]
        if index == len(listed) - 1:
            entry = [*entry, field_end()]
        writer.paragraph(CONTENTS[section.level - 1], entry)


def _entry(writer: BlockWriter, section: Section, page: int | None) -> list[Element]:
    """Number, title and page of a section as a link to its heading."""
    run = writer.inline_writer.run
    bookmark = writer.file.bookmarks.name(section.key)
    parts: list[Element] = []
    if section.number:
        parts += [run(writer.file.numbering.heading_number(section.number)), _tab()]
    with writer.file.in_language(section.language):
        parts.append(run(plain_text(section.title), at=section.at))
    if page is not None and bookmark is not None:
        parts += [_tab(), *field(f"PAGEREF {bookmark} \\h", [run(str(page))])]
    return parts if bookmark is None else [el("w:hyperlink", {"w:anchor": bookmark, "w:history": "1"}, *parts)]


def _tab() -> Element:
    return el("w:r", None, el("w:tab"))
