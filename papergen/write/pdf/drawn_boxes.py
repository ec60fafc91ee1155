"""What the pages of a PDF show of a paper once it is set: words off their page or cell, rows without their header.

The Word file and the web page set the same text anew, so these findings are of the PDF alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from papergen import codes
from papergen.diagnostics import Diagnostics, Span
from papergen.model.nodes import Paper
from papergen.values.words import shortened
from papergen.write.resources import first_place

_TOUCH = 1.5
"""CSS pixels that letters may stand over an edge: a white space at the end of a line, or the slope of an f."""
_LEADING = dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading") | {
    "caption": "caption",
    "thead": "header of the table",
}
"""What leads on to what follows it, by its tag, and what a reader calls it."""


@dataclass(slots=True)
class _Page:
    """What was found on one page: words over an edge, tables without their header, and the tag of its last words."""

    over: list[str] = field(default_factory=list)
    headless: list[Any] = field(default_factory=list)
    last: str = ""
    last_words: str = ""

    def look(self, box: Any, right: float, tag: str = "") -> None:  # noqa: ANN401 - WeasyPrint is untyped
        """Look through ``box``, whose words may reach as far as ``right``; ``tag`` is that of its block."""
        tag = box.element_tag if box.element_tag in _LEADING else tag
        if words := getattr(box, "text", ""):
            if words.strip():
                self.last, self.last_words = tag, words
                if box.position_x + box.width > right + _TOUCH:
                    self.over.append(words)
            return
        if box.element_tag == "img" or (box.element is not None and "decorative" in box.element.get("class", "")):
            self.last = ""
        name = type(box).__name__
        if name == "MarginBox":
            return
        if name == "TableCellBox":
            right = box.border_box_x() + box.border_width()
        if name == "TableBox":
            self._look_at_table(box)
        for child in getattr(box, "children", ()):
            self.look(child, right, tag)

    def _look_at_table(self, table: Any) -> None:  # noqa: ANN401
        groups = [group for group in table.children if group.children]
        has_head = table.element is not None and table.element.find("thead") is not None
        if has_head and groups and not any(group.is_header for group in groups):
            self.headless.append(table.element)


MEND_LONG_WORD = "Put a space into {}, or take the bold, italic, link or footnote mark out of it."


def check_boxes(paper: Paper, document: Any, places: dict[str, Span], found: Diagnostics) -> None:  # noqa: ANN401
    """Tell of words that leave the page or their cell, of rows taller than a page, and of headings alone at a foot."""
    pages = [_looked(page) for page in document.pages]
    for words in dict.fromkeys(words for page in pages for words in page.over):
        found.add(
            codes.INK_OUTSIDE,
            _place(paper, words),
            f"“{shortened(words.strip())}” does not fit across the page or its cell in the PDF.",
            MEND_LONG_WORD.format("the long word"),
        )
    tables = dict.fromkeys(element for page in pages for element in page.headless)
    for element in tables:
        head = " ".join("".join(cell.itertext()).strip() for cell in element.find("thead").iter("th"))
        found.add(
            codes.ROW_TOO_TALL,
            places.get(element.get("id", ""), Span(paper.name)),
            f"The headings or a row of the table headed “{shortened(head.strip())}” fill a page, so that"
            " the headings are not repeated.",
            "Shorten the headings, divide the row into several, or write its words as text.",
        )
    if not tables:
        _check_feet(paper, pages, found)


def _check_feet(paper: Paper, pages: list[_Page], found: Diagnostics) -> None:
    for page in pages[:-1]:
        if page.last in _LEADING:
            found.add(
                codes.HEADING_ALONE,
                _place(paper, page.last_words),
                f"The {_LEADING[page.last]} “{shortened(page.last_words.strip())}” stands alone at the foot of a page"
                " of the PDF.",
                "Put “::: page-break” before it.",
            )


def _looked(page: Any) -> _Page:  # noqa: ANN401
    looked = _Page()
    box = page._page_box
    for child in in_flow(box):
        looked.look(child, box.content_box_x() + box.width)
    return looked


def in_flow(box: Any) -> Iterator[Any]:  # noqa: ANN401
    """The parts of a page but its margins and its notes, which stand at its foot whatever stands above them."""
    return (child for child in box.children if type(child).__name__ not in ("MarginBox", "FootnoteAreaBox"))


def _place(paper: Paper, words: str) -> Span:
    return first_place(paper, words.strip()) or Span(paper.name)
