"""The names of the styles that give the papers their look, shared by the writers.

A Word template has a style under each name that the Word writer uses; the stylesheet of the PDF has a class of the same
name in kebab-case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from papergen.model.nodes import Alignment, BoxKind


class StyleKind(Enum):
    """What a style is applied to, in the words of the Word file format."""

    PARAGRAPH = "paragraph"
    CHARACTER = "character"
    TABLE = "table"
    LIST = "numbering"


BODY_TEXT = "Body Text"
AFTER_TABLE = "After Table"
SPACER = "Spacer"
QUOTE = "Quote"
FIGURE = "Figure"
CAPTION = "Caption"
FIGURE_CAPTION = "Figure Caption"
EXHIBIT_NOTE = "Exhibit Note"
TABLE_TEXTS: Mapping[Alignment, str] = {
    Alignment.LEFT: "Table Text",
    Alignment.CENTRE: "Table Text Centre",
    Alignment.RIGHT: "Table Text Right",
}
TABLE_HEADINGS: Mapping[Alignment, str] = {
    Alignment.LEFT: "Table Heading",
    Alignment.CENTRE: "Table Heading Centre",
    Alignment.RIGHT: "Table Heading Right",
}
TABLE_TOTALS: Mapping[Alignment, str] = {
    Alignment.LEFT: "Table Total",
    Alignment.CENTRE: "Table Total Centre",
    Alignment.RIGHT: "Table Total Right",
}
TABLE_SECTION = "Table Section"
FOOTNOTE_TEXT = "Footnote Text"
TOC_HEADING = "TOC Heading"
HEAD_LINE = "Head Line"

HEADINGS = tuple(f"Heading {level}" for level in range(1, 6))
CONTENTS = tuple(f"TOC {level}" for level in range(1, 5))
LIST_BULLETS = ("List Bullet", "List Bullet 2", "List Bullet 3")
LIST_NUMBERS = ("List Number", "List Number 2", "List Number 3")
LIST_CONTINUES = ("List Continue", "List Continue 2", "List Continue 3")

STRONG = "Strong"
EMPHASIS = "Emphasis"
HYPERLINK = "Hyperlink"
CROSS_REFERENCE = "Cross Reference"
FOOTNOTE_REFERENCE = "Footnote Reference"

COMMITTEE_TABLE = "Committee Table"

COMMITTEE_HEADINGS = "Committee Headings"
COMMITTEE_BULLETS = "Committee Bullets"
COMMITTEE_NUMBERS = "Committee Numbers"


@dataclass(frozen=True, slots=True)
class BoxStyles:
    """The styles of a box's title and of the paragraphs under it."""

    title: str
    text: str


BOXES: Mapping[BoxKind, BoxStyles] = {
    BoxKind.NOTE: BoxStyles("Note Box Title", "Note Box"),
    BoxKind.SIGNS: BoxStyles("Signs Box Title", "Signs Box"),
    BoxKind.AIM: BoxStyles("Aim Box", "Aim Box"),
    BoxKind.RECOMMENDATIONS: BoxStyles("Recommendations Box Title", "Recommendations Box"),
}

NEEDED_STYLES: Mapping[str, StyleKind] = {
    **dict.fromkeys(
        (
            *HEADINGS,
            BODY_TEXT,
            AFTER_TABLE,
            SPACER,
            *LIST_BULLETS,
            *LIST_NUMBERS,
            *LIST_CONTINUES,
            QUOTE,
            CAPTION,
            FIGURE_CAPTION,
            EXHIBIT_NOTE,
            FIGURE,
            *(name for box in BOXES.values() for name in (box.title, box.text)),
            *TABLE_TEXTS.values(),
            *TABLE_HEADINGS.values(),
            *TABLE_TOTALS.values(),
            TABLE_SECTION,
            FOOTNOTE_TEXT,
            TOC_HEADING,
            HEAD_LINE,
            *CONTENTS,
        ),
        StyleKind.PARAGRAPH,
    ),
    **dict.fromkeys((STRONG, EMPHASIS, HYPERLINK, CROSS_REFERENCE, FOOTNOTE_REFERENCE), StyleKind.CHARACTER),
    COMMITTEE_TABLE: StyleKind.TABLE,
    **dict.fromkeys((COMMITTEE_HEADINGS, COMMITTEE_BULLETS, COMMITTEE_NUMBERS), StyleKind.LIST),
}
"""The styles that a Word template must have, because the Word writer names them."""
