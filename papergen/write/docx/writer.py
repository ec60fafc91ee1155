"""The Word writer: a paper and a template become a Word file."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from itertools import zip_longest

from docx.document import Document

from papergen import codes
from papergen.diagnostics import Diagnostics, Span
from papergen.model.nodes import Figure, InLanguage, ListItem, Paper, Paragraph, Section, Strong, Table, Text
from papergen.model.walk import find, walk_sections
from papergen.write.docx.accessibility import check_paper, template_faults
from papergen.write.docx.body import BodyWriter
from papergen.write.docx.contents import write_contents
from papergen.write.docx.footnotes import Footnotes
from papergen.write.docx.headers import keep_within
from papergen.write.docx.inlines import InlineWriter
from papergen.write.docx.numbering import Numbering
from papergen.write.docx.package import canonical
from papergen.write.docx.preflight import check_opened
from papergen.write.docx.properties import set_core_properties, set_extended_properties, set_language
from papergen.write.docx.readback import WordText, read_back
from papergen.write.docx.sections import page_of_section, section_around, set_first_page
from papergen.write.docx.shell import fill_shell
from papergen.write.docx.stories import stories
from papergen.write.docx.story_faults import HEADER_ROW
from papergen.write.docx.template import open_template
from papergen.write.docx.template_styles import TemplateStyles
from papergen.write.docx.word_file import WORD_LANGUAGES, Bookmarks, WordFile
from papergen.write.docx.xml import PARAGRAPH_ORDER, Element, attribute, el, found, number_attribute, put, remove
from papergen.write.styles import HEAD_LINE
from papergen.write.text import paper_text

_RULE: Mapping[str, str | int] = {"w:val": "single", "w:sz": 6, "w:space": 6, "w:color": "B8C0CC"}
"""The rule below the lines at the head of a paper, which the print stylesheet draws too."""


def write_docx(
    paper: Paper, *, template: bytes, page_of: Mapping[str, int], pages: int, diagnostics: Diagnostics
) -> bytes | None:
    """The Word file of ``paper``, the same bytes for the same paper and template, or None with diagnostics.

    ``page_of`` and ``pages`` say on which pages the PDF of the paper has its sections, and how many it has: Word shows
    them until it is asked to update its fields.
    """
    found_here = Diagnostics()
    data = _write(paper, f"templates/{paper.template}.docx", template, page_of, pages, found_here)
    diagnostics.extend(found_here)
    return None if found_here.has_errors else data


def _write(
    paper: Paper, name: str, data: bytes, page_of: Mapping[str, int], pages: int, diagnostics: Diagnostics
) -> bytes | None:
    template = open_template(name, data, diagnostics)
    if template is None:
        return None
    if not check_opened(name, template, fields=paper.fields, diagnostics=diagnostics).usable:
        return None
    language = WORD_LANGUAGES.get(paper.language, paper.language)
    brought = template_faults(template.docx.part, language=language)
    subdocument = template.new_subdoc()
    marker = fill_shell(name, template, fields=paper.fields, diagnostics=diagnostics)
    if marker is None:
        return None
    document: Document = template.docx
    part = document.part
    styles, settings = document.styles.element, document.settings.element
    template_styles = TemplateStyles(styles)
    numbering = Numbering(part.numbering_part.element, template_styles)
    numbering.count_headings_as(section.number for section in walk_sections(paper.sections) if section.number)
    shell = document.element.body
    section = section_around(marker)
    widest = max(page_of_section(each).width for each in found(shell, ".//w:sectPr"))
    for story in stories(part):
        keep_within(story.root, template_styles, widest)
    file = WordFile(paper, template_styles, numbering, _bookmarks(paper, shell), diagnostics)
    footnotes = Footnotes(file, part, page_of_section(section))
    writer = BodyWriter(file, InlineWriter(file, part, footnotes.add), section)
    for line in paper.head:
        words = (Strong(children=(Text(text=f"{line.label}:"),)), Text(text=" "), *line.words)
        writer.paragraph(HEAD_LINE, writer.words(words, HEAD_LINE, line.at))
    for last in writer.out[-1:]:
        put(found(last, "w:pPr")[0], el("w:pBdr", None, el("w:bottom", _RULE)), PARAGRAPH_ORDER)
    write_contents(writer, page_of=page_of)
    contents = len(writer.out)
    for each in paper.sections:
        writer.section(each)
    before = len(found(marker, "preceding-sibling::*"))
    after = len(found(marker, "following-sibling::*[not(self::w:sectPr)]"))
    ending = writer.finish(followed=after > 0)

    subdocument.element.body.extend(writer.out)
    for block in writer.out:
        marker.addprevious(block)
    section.addprevious(ending)
    remove([marker, section])
    if paper.first_page is not None:
        set_first_page(found(shell, ".//w:sectPr")[0], paper.first_page)
    _number_drawings([story.root for story in stories(part) if story.place != "footnote"], footnotes.root)
    footnotes.store()
    set_core_properties(document, paper)
    set_extended_properties(document, pages=pages)
    set_language(styles, settings, language)

    saved = io.BytesIO()
    document.save(saved)
    finished = canonical(saved.getvalue())
    if not diagnostics.has_errors:
        arrived = read_back(finished, before=before + contents, after=after, numbering=numbering)
        _compare(paper, arrived, diagnostics)
    if not diagnostics.has_errors:
        allowed = {HEADER_ROW} if any(each.node.headless for each in find((paper,), Table)) else set()
        check_paper(
            f"{paper.name}.docx",
            finished,
            language=language,
            others=_languages(paper),
            allowed=allowed,
            brought=brought,
            diagnostics=diagnostics,
        )
    return finished


def _languages(paper: Paper) -> frozenset[str]:
    """The languages of parts of the paper, as Word names them."""
    sections = (each.node.language for each in find((paper,), Section))
    blocks = (each.node.language for each in find((paper,), InLanguage, Text))
    return frozenset(WORD_LANGUAGES.get(each, each) for each in (*sections, *blocks) if each)


def _bookmarks(paper: Paper, shell: Element) -> Bookmarks:
    """Names for everything that can be referred to, clear of the bookmarks that the template has."""
    there = found(shell, ".//w:bookmarkStart")
    return Bookmarks(
        _keys(paper),
        taken=[attribute(bookmark, "w:name") or "" for bookmark in there],
        last_id=max((number_attribute(bookmark, "w:id") for bookmark in there), default=0),
    )


def _keys(paper: Paper) -> Iterator[str]:
    for each in find((paper,), Section, Table, Figure):
        if each.node.key and (isinstance(each.node, Section) or each.node.caption):
            yield each.node.key
    yield from (each.node.key for each in find((paper,), Paragraph, ListItem) if each.node.key and each.node.label)


def _number_drawings(roots: list[Element], notes: Element) -> None:
    """Give every drawing of the file an id of its own, whichever part it stands in."""
    for number, drawing in enumerate((each for root in (*roots, notes) for each in found(root, ".//wp:docPr")), 1):
        drawing.set("id", str(number))


def _compare(paper: Paper, arrived: WordText, diagnostics: Diagnostics) -> None:
    """Hold what is in the file against what the paper says."""
    meant = paper_text(paper)
    numbers = tuple(found.node.number for found in find((paper,), Section, Paragraph) if found.node.number)
    for wanted, there in (
        (tuple(line for line in meant.lines if line), arrived.lines),
        (tuple(line for line in meant.notes if line), arrived.notes),
        (numbers, arrived.numbers),
    ):
        if wanted == there:
            continue
        line, other = next(pair for pair in zip_longest(wanted, there, fillvalue="") if pair[0] != pair[1])
        same = next((at for at, (one, two) in enumerate(zip_longest(line, other)) if one != two), 0)
        start = max(0, same - 20)
        diagnostics.add(
            codes.OUTPUT_LOST_TEXT,
            Span(f"{paper.name}.docx"),
            f"The paper says “{line[start : start + 60]}”, and the Word file “{other[start : start + 60]}”.",
            "This is a fault in papergen: please report it with the words around it.",
        )
