"""What makes a part of a Word file hard to read with a screen reader: pictures, tables, lists, space and fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from papergen.write.docx.stories import Story, block_text, paragraph_text, paragraphs
from papergen.write.docx.template_styles import TemplateStyles
from papergen.write.docx.word_fields import fields_in
from papergen.write.docx.xml import Element, first, found, is_on, number_attribute
from papergen.write.styles import SPACER

_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_VML = "urn:schemas-microsoft-com:vml"
_TYPED_MARK = re.compile(r"(?:[•▪◦‣·●○■–—*-]|\d{1,2}[.)]|\(?[a-z][.)]|\([ivx]+\))[ \t\u00a0]+\S", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong: what kind of thing, in which part of the file, one sentence about it and how to mend it."""

    kind: str
    place: str
    message: str
    hint: str


ALTERNATIVE = "alternative text"
DRAWING_ID = "drawing id"
BOOKMARK = "bookmark"
HEADER_ROW = "header row"
SPLIT_ROW = "row that splits"
MERGED_CELL = "merged cell"
EMPTY_CELL = "empty cell"
HEADING_STEP = "heading step"
LANGUAGE = "language"
PROPERTY = "property"
TYPED_LIST = "typed list"
FIELD = "field"
EMPTY_PARAGRAPH = "empty paragraph"
NOTE = "footnote"


def story_faults(story: Story, styles: TemplateStyles) -> Iterator[Fault]:
    """The faults of one part of a file."""
    yield from _pictures(story)
    for table in found(story.root, ".//w:tbl"):
        yield from _table(story, table)
    yield from _fields(story)
    yield from _typed_lists(story, styles)
    yield from _empty_paragraphs(story, styles)


def _pictures(story: Story) -> Iterator[Fault]:
    for described in found(story.root, ".//wp:docPr[not(..//w:txbxContent)]"):  # a box of text is read by its words
        if not is_decorative(described) and not (described.get("descr") or "").strip():
            yield _no_alternative(story, described.get("name") or "picture")
    for drawn in story.root.iter(f"{{{_VML}}}shape", f"{{{_VML}}}rect"):
        if drawn.find(f"{{{_VML}}}imagedata") is not None and not (drawn.get("alt") or "").strip():
            yield _no_alternative(story, drawn.get("id") or "picture")


def is_decorative(described: Element) -> bool:
    """Whether a ``wp:docPr`` says that its picture has nothing to tell."""
    return any(mark.get("val", "1") in {"1", "true"} for mark in described.iter(_DECORATIVE))


def _no_alternative(story: Story, name: str) -> Fault:
    return Fault(
        ALTERNATIVE,
        story.place,
        f"The picture “{name}” in the {story.place} has no alternative text, and is not marked as decorative.",
        "In Word, right-click the picture, choose “View Alt Text”, and say in a sentence what it shows or mark it as"
        " decorative.",
    )


def _table(story: Story, table: Element) -> Iterator[Fault]:
    rows = found(table, "w:tr")
    what = f"The table in the {story.place} that begins “{quote(block_text(table))}”"
    if not rows or not is_on(first(rows[0], "w:trPr/w:tblHeader")):
        yield Fault(
            HEADER_ROW,
            story.place,
            f"{what} has no header row, so a screen reader cannot say what a cell is about.",
            "In Word, put the cursor into its first row and choose Table Layout, Repeat Header Rows.",
        )
    if any(not is_on(first(row, "w:trPr/w:cantSplit")) for row in rows):
        yield Fault(
            SPLIT_ROW,
            story.place,
            f"{what} has rows that a page break may split.",
            "In Word, select the table, choose Table Properties, Row, and take the tick from “Allow row to break"
            " across pages”.",
        )
    body = (row for row in rows if not is_on(first(row, "w:trPr/w:tblHeader")))
    if any(_is_merged(cell) for row in body for cell in found(row, "w:tc")):
        yield Fault(
            MERGED_CELL,
            story.place,
            f"{what} has merged cells, which screen readers count wrongly.",
            "In Word, select the cell, choose Split Cells, and write into each cell what belongs there.",
        )
    cells = [cell for row in rows for cell in found(row, "w:tc")]
    if any(not block_text(cell).strip() and first(cell, ".//w:drawing|.//w:pict") is None for cell in cells):
        yield Fault(
            EMPTY_CELL,
            story.place,
            f"{what} has an empty cell, which leaves open whether a value is missing.",
            "Write why it is empty, or take the row or column out.",
        )


def _is_merged(cell: Element) -> bool:
    joined = first(cell, "w:tcPr/w:vMerge|w:tcPr/w:hMerge") is not None
    return joined or number_attribute(first(cell, "w:tcPr/w:gridSpan"), "w:val", 1) > 1


def _typed_lists(story: Story, styles: TemplateStyles) -> Iterator[Fault]:
    """Two paragraphs in a row that begin with a mark somebody typed; one alone may be a sentence like any other."""
    for one, two in pairwise(paragraphs(story.root)):
        if one.getparent() is two.getparent() and all(_has_typed_mark(each, styles) for each in (one, two)):
            yield Fault(
                TYPED_LIST,
                story.place,
                f"In the {story.place}, “{quote(paragraph_text(one))}” begins a list whose marks are typed.",
                "Delete the marks and make it a list; only then does a screen reader say how many items there are.",
            )


def _has_typed_mark(paragraph: Element, styles: TemplateStyles) -> bool:
    name = style_name(paragraph, styles)
    numbered = first(paragraph, "w:pPr/w:numPr") is not None or (name and styles.has_numbering(name))
    if numbered or name.casefold().startswith("toc "):
        return False
    return _TYPED_MARK.match(paragraph_text(paragraph)) is not None


def _empty_paragraphs(story: Story, styles: TemplateStyles) -> Iterator[Fault]:
    """Paragraphs that hold nothing and do nothing; the Spacer, of a twentieth of a line, parts tables and frames."""
    blocks = found(story.root, "(self::*[not(w:body)]|w:body|.//w:txbxContent)/w:p")
    empty = [paragraph for paragraph in blocks if is_empty(paragraph)]
    unstyled = [each for each in empty if style_name(each, styles).casefold() != SPACER.casefold()]
    doubled = [each for each in empty if each.getnext() in empty]
    if len(blocks) > 1 and (unstyled or doubled):
        yield Fault(
            EMPTY_PARAGRAPH,
            story.place,
            f"The {story.place} has empty paragraphs, which a screen reader reads out as “blank”.",
            "Delete them, and set the space before or after in the style instead.",
        )


def is_empty(paragraph: Element) -> bool:
    """Whether a paragraph holds nothing and does nothing."""
    does = ".//w:drawing|.//w:pict|.//w:object|.//w:br|.//w:fldChar|.//w:fldSimple|.//w:footnoteRef|.//w:separator"
    if first(paragraph, f"{does}|.//w:continuationSeparator|w:pPr/w:sectPr|w:pPr/w:numPr") is not None:
        return False
    return not paragraph_text(paragraph).strip()


def style_name(paragraph: Element, styles: TemplateStyles) -> str:
    """The name of the style of a paragraph, or nothing."""
    return styles.named(first(paragraph, "w:pPr/w:pStyle"))


def _fields(story: Story) -> Iterator[Fault]:
    """Fields that are not closed, or that show nothing until somebody updates them."""
    for each in fields_in(story.root):
        if each.begin is None:
            yield _field_fault(story, "ends without having begun")
        elif each.end is None:
            yield _field_fault(story, "is not closed")
        elif not each.is_shown:
            yield _field_fault(story, "shows nothing until it is updated")


def _field_fault(story: Story, trouble: str) -> Fault:
    hint = "In Word, delete it and insert it again, then press F9 on it."
    return Fault(FIELD, story.place, f"A field in the {story.place} {trouble}.", hint)


def quote(text: str, longest: int = 50) -> str:
    """The beginning of ``text`` on one line."""
    words = " ".join(text.split())
    return words if len(words) <= longest else f"{words[:longest].rstrip()}…"
