"""Tables: a grid of fixed columns whose widths follow what the cells hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from papergen.model import Alignment, Inlines, Table, plain_text
from papergen.write.docx.xml import Element, el, val

# A table up to this size is kept on one page; of a longer one no row stands alone before or after a break.
MOST_ROWS_KEPT = 9
MOST_LETTERS_KEPT = 1800

# A cell of so few letters is better not set on two lines.
_MOST_LETTERS_UNBROKEN = 14

# Both cell margins of a column together, in twentieths of a point.
_CELL_MARGINS = 200

# Widths of Arial's letters in thousandths of the size; a letter that is not listed counts as a digit.
_DIGIT = 556
_LETTER_WIDTHS = {
    letter: width
    for letters, width in (
        ("ijl'", 222),
        (" ft.,:;/!I|\u00a0[]", 278),
        ("r()-", 333),
        ("ckJsvxyz", 500),
        ("+=<>", 584),
        ("FTZ", 611),
        ("ABEKPSVXY&", 667),
        ("wCDHNRU", 722),
        ("GOQ", 778),
        ("mM", 833),
        ("%", 889),
        ("W", 944),
        ("—", 1000),
    )
    for letter in letters
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell paragraph needs to know of its place."""

    words: Inlines
    alignment: Alignment
    is_heading: bool
    keep_with_next: bool


def table_element(
    table: Table,
    *,
    style_id: str,
    caption: str,
    width: int,
    indent: int,
    half_points: int,
    cell: Callable[[Cell], Element],
) -> Element:
    """The ``w:tbl`` of a table ``width`` twentieths of a point wide; ``cell`` writes the paragraph of one cell."""
    widths = column_widths(table, width=width, half_points=half_points)
    properties = el(
        "w:tblPr",
        None,
        val("w:tblStyle", style_id),
        el("w:tblW", {"w:w": sum(widths), "w:type": "dxa"}),
        *([el("w:tblInd", {"w:w": indent, "w:type": "dxa"})] if indent else []),
        el("w:tblLayout", {"w:type": "fixed"}),
        el(
            "w:tblLook",
            {
                "w:val": "0020",
                "w:firstRow": 1,
                "w:lastRow": 0,
                "w:firstColumn": 0,
                "w:lastColumn": 0,
                "w:noHBand": 1,
                "w:noVBand": 1,
            },
        ),
        *([val("w:tblCaption", caption)] if caption else []),
    )
    written = el("w:tbl", None, properties, el("w:tblGrid", None, *(el("w:gridCol", {"w:w": each}) for each in widths)))
    kept = kept_rows(table)
    for index, row in enumerate((table.header, *table.rows)):
        is_heading = index == 0
        row_properties = el("w:trPr", None, el("w:cantSplit"), *([el("w:tblHeader")] if is_heading else []))
        written.append(
            el(
                "w:tr",
                None,
                row_properties,
                *(
                    el(
                        "w:tc",
                        None,
                        el("w:tcPr", None, el("w:tcW", {"w:w": column, "w:type": "dxa"})),
                        cell(Cell(words, alignment, is_heading, keep_with_next=index in kept)),
                    )
                    for words, alignment, column in zip(row, table.alignments, widths, strict=True)
                ),
            )
        )
    return written


def kept_rows(table: Table) -> frozenset[int]:
    """The rows, the header being 0, that stay on the page of the row after them."""
    last = len(table.rows)
    letters = sum(len(plain_text(words)) for row in (table.header, *table.rows) for words in row)
    if last <= MOST_ROWS_KEPT and letters <= MOST_LETTERS_KEPT:
        return frozenset(range(last))
    return frozenset({0, 1, last - 1})


def column_widths(table: Table, *, width: int, half_points: int) -> list[int]:
    """Widths that add up to ``width``.

    Where that can be, no word is broken and no cell of a few letters is set on two lines; the rest goes to the columns
    with more to say.
    """

    def widest(texts: Iterable[str], *, bold: bool = False) -> int:
        return max((_width(text, half_points, bold=bold) for text in texts), default=0)

    words, cells, short = [], [], []
    for head, *column in zip(table.header, *table.rows, strict=True):
        title, texts = plain_text(head), [plain_text(cell) for cell in column]
        in_head, whole = widest(_words(title), bold=True), widest(texts)
        word = max(in_head, widest(word for text in texts for word in _words(text))) + _CELL_MARGINS
        is_short = all(len(text) <= _MOST_LETTERS_UNBROKEN for text in texts)
        words.append(word)
        short.append(max(in_head, whole) + _CELL_MARGINS if is_short else word)
        cells.append(max(widest([title], bold=True), whole) + _CELL_MARGINS)
    least = short if sum(short) <= width else words
    if sum(least) >= width:
        shares = [each * width / sum(least) for each in least]
    elif sum(cells) <= width:
        shares = [each * width / sum(cells) for each in cells]
    else:
        spare = (width - sum(least)) / (sum(cells) - sum(least))
        shares = [low + (high - low) * spare for low, high in zip(least, cells, strict=True)]
    widths = [int(share) for share in shares]
    widths[-1] += width - sum(widths)
    return widths


def _words(text: str) -> list[str]:
    """The pieces of a text between which a line may end; a non-breaking space is not one of them."""
    return re.split(r"[ \n]+|(?<=[-–/])", text)


def _width(text: str, half_points: int, *, bold: bool) -> int:
    """About how wide ``text`` prints, in twentieths of a point."""
    thousandths = sum(_LETTER_WIDTHS.get(letter, _DIGIT) for letter in text)
    return round(thousandths * half_points * 10 / 1000 * (1.08 if bold else 1.02))
