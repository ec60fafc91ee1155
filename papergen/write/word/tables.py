"""Tables: columns as wide as their words ask for, a header row that repeats, rows that do not split."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise

from papergen.model import Alignment, Inlines, Table, plain_text
from papergen.write.resources import FONTS, _font_file
from papergen.write.word.styles import TemplateStyles
from papergen.write.word.xml import Element, element, paragraph, set_property

TEXT_SIZE = 10.0
PADDING = 200
"""Space at the two sides of a cell, in twentieths of a point."""

SLACK = 30
"""What a word may be wider in Word than it was measured."""

BOLD = 1.09
"""How much wider bold letters are."""


@cache
def _advances() -> tuple[dict[int, str], dict[str, tuple[int, int]], int]:
    """Letter shapes by code point, their widths, and the units of an em, in the font with Arial's measures."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(_font_file(FONTS["papergen:font/arimo.ttf"]), lazy=True) as font:
        return dict(font.getBestCmap()), dict(font["hmtx"].metrics), int(font["head"].unitsPerEm)


def text_width(text: str, *, bold: bool = False) -> float:
    """The width of ``text`` as table text, in twentieths of a point."""
    shapes, widths, em = _advances()
    units = sum(widths[shapes[ord(letter)]][0] if ord(letter) in shapes else em for letter in text)
    return units / em * TEXT_SIZE * 20 * (BOLD if bold else 1.0)


def column_widths(table: Table, room: int) -> list[int]:
    """Widths that add up to ``room``: every column gets its longest word, then what its longest cell asks for."""
    columns = range(len(table.alignments))
    rows = [[plain_text(cell) for cell in row] for row in (table.header, *table.rows)]
    least, most = [], []
    for column in columns:
        cells = [(row[column], number == 0) for number, row in enumerate(rows)]
        words = [(word, bold) for cell, bold in cells for word in cell.split()]
        least.append(max((text_width(word, bold=bold) for word, bold in words), default=0.0) + PADDING + SLACK)
        most.append(max(max(text_width(cell, bold=bold) for cell, bold in cells) + PADDING + SLACK, least[-1]))
    if sum(most) <= room:
        spare = room - sum(most)
        widths = [width + spare * width / sum(most) for width in most]
    elif sum(least) >= room:
        widths = [width * room / sum(least) for width in least]
    else:
        wanted = [min(high, room / 2) - low if high > low else 0.0 for low, high in zip(least, most, strict=True)]
        wanted = [max(each, 0.0) for each in wanted]
        total = sum(wanted) or 1.0
        spare = room - sum(least)
        widths = [low + spare * each / total for low, each in zip(least, wanted, strict=True)]
    edges = [0, *(round(sum(widths[: column + 1])) for column in columns)]
    edges[-1] = room
    return [after - before for before, after in pairwise(edges)]


def table_element(
    table: Table, *, room: int, styles: TemplateStyles, runs: Callable[[Inlines], list[Element]]
) -> Element:
    """The table, ``room`` wide; ``runs`` writes the inlines of a cell."""
    widths = column_widths(table, room)
    properties = element(
        "w:tblPr",
        None,
        element("w:tblStyle", {"w:val": styles.id("Committee Table")}),
        element("w:tblW", {"w:w": str(room), "w:type": "dxa"}),
        element("w:tblLayout", {"w:type": "fixed"}),
        element(
            "w:tblLook",
            {
                "w:val": "0420",
                "w:firstRow": "1",
                "w:lastRow": "0",
                "w:firstColumn": "0",
                "w:lastColumn": "0",
                "w:noHBand": "0",
                "w:noVBand": "1",
            },
        ),
    )
    title = plain_text(table.caption)
    if title:
        properties.append(element("w:tblCaption", {"w:val": f"{table.label}: {title}"}))
    grid = element("w:tblGrid", None, *(element("w:gridCol", {"w:w": str(width)}) for width in widths))
    made = element("w:tbl", None, properties, grid)
    heading, text = styles.id("Table Heading"), styles.id("Table Text")
    made.append(_row(table.header, table.alignments, widths, heading, runs, header=True))
    last = len(table.rows)
    for number, row in enumerate(table.rows, 1):
        kept = number < last and (number == 1 or number == last - 1 or last <= _ROWS_KEPT)
        made.append(_row(row, table.alignments, widths, text, runs, kept=kept))
    return made


_ROWS_KEPT = 9
"""A table with no more rows than this stays on one page."""


def _row(
    cells: Sequence[Inlines],
    alignments: Sequence[Alignment],
    widths: Sequence[int],
    style: str,
    runs: Callable[[Inlines], list[Element]],
    *,
    header: bool = False,
    kept: bool = False,
) -> Element:
    properties = element("w:trPr", None, element("w:cantSplit"))
    if header:
        properties.append(element("w:tblHeader"))
    row = element("w:tr", None, properties)
    for cell, alignment, width in zip(cells, alignments, widths, strict=True):
        words = paragraph(style, *runs(cell))
        if kept:
            set_property(words, element("w:keepNext"))
        if alignment is not Alignment.LEFT:
            set_property(words, element("w:jc", {"w:val": alignment.value}))
        size = element("w:tcPr", None, element("w:tcW", {"w:w": str(width), "w:type": "dxa"}))
        row.append(element("w:tc", None, size, words))
    return row
