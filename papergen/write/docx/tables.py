"""Tables: a grid of fixed columns whose widths follow what the cells hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import assert_never

from papergen.model.nodes import Alignment, Graphic, HeadCell, Inlines, RowKind, Table
from papergen.model.walk import plain_text
from papergen.write.columns import DENSE_LETTERS
from papergen.write.docx.heights import pieces, width_of
from papergen.write.docx.xml import Element, el, val
from papergen.write.keeping import kept_rows
from papergen.write.styles import TABLE_HEADINGS, TABLE_SECTION, TABLE_TEXTS, TABLE_TOTALS

# A cell of so few letters is better not set on two lines.
_TWENTIETHS_PER_PIXEL = 15
_MOST_LETTERS_UNBROKEN = 14

# Both cell margins of a column together, in twentieths of a point, and each of them in a dense table.
_CELL_MARGINS = 200
_DENSE_MARGIN = 50

# A cell of up to so many letters goes over three lines at most; one with more is text, and takes the lines it needs.
_MOST_LETTERS_IN_LINES = 60
_MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class TableCell:
    """What a cell paragraph needs to know of its place."""

    words: Inlines
    alignment: Alignment
    is_heading: bool
    keep_with_next: bool
    kind: RowKind = RowKind.BODY

    @property
    def style(self) -> str:
        """The name of its style."""
        if self.is_heading:
            return TABLE_HEADINGS[self.alignment]
        match self.kind:
            case RowKind.BODY:
                return TABLE_TEXTS[self.alignment]
            case RowKind.TOTAL:
                return TABLE_TOTALS[self.alignment]
            case RowKind.SECTION:
                return TABLE_SECTION
            case _:
                assert_never(self.kind)


@dataclass(frozen=True, slots=True)
class Fit:
    """How a table fits its room: the widths of its columns, the size of its letters and whether they are smaller."""

    widths: list[int]
    half_points: int
    dense: bool


def fit(table: Table, *, width: int, half_points: int) -> Fit:
    """How ``table`` fits: with smaller letters where its words would break or its cells grow past three lines."""
    if _comfortable(table, half_points) <= width:
        return Fit(column_widths(table, width=width, half_points=half_points), half_points, dense=False)
    smaller = round(half_points * DENSE_LETTERS)
    widths = column_widths(table, width=width, half_points=smaller, margins=2 * _DENSE_MARGIN)
    return Fit(widths, smaller, dense=True)


def table_element(
    table: Table,
    *,
    style_id: str,
    banded: bool,
    caption: str,
    fitted: Fit,
    indent: int,
    cell: Callable[[TableCell], Element],
) -> Element:
    """The ``w:tbl`` of a table; ``cell`` writes the paragraph of one cell, ``banded`` whether rows differ in turn."""
    widths = fitted.widths
    margins = (el(f"w:{side}", {"w:w": _DENSE_MARGIN, "w:type": "dxa"}) for side in ("left", "right"))
    properties = el(
        "w:tblPr",
        None,
        val("w:tblStyle", style_id),
        el("w:tblW", {"w:w": sum(widths), "w:type": "dxa"}),
        *([el("w:tblInd", {"w:w": indent, "w:type": "dxa"})] if indent else []),
        el("w:tblLayout", {"w:type": "fixed"}),
        *([el("w:tblCellMar", None, *margins)] if fitted.dense else []),
        el(
            "w:tblLook",
            {
                "w:val": f"{0x20 * (not table.headless) + 0x80 * table.row_headings:04X}",
                "w:firstRow": 0 if table.headless else 1,
                "w:lastRow": 0,
                "w:firstColumn": 1 if table.row_headings else 0,
                "w:lastColumn": 0,
                "w:noHBand": 0 if banded else 1,
                "w:noVBand": 1,
            },
        ),
        *([val("w:tblCaption", caption)] if caption else []),
    )
    written = el("w:tbl", None, properties, el("w:tblGrid", None, *(el("w:gridCol", {"w:w": each}) for each in widths)))
    kept = kept_rows(table)
    heads = len(table.heads)
    for index in range(heads):
        cells = [
            _header_cell(head, table.alignments[head.column], widths, cell, keep=index in kept)
            for head in _in_row(table, index)
        ]
        written.append(el("w:tr", None, el("w:trPr", None, el("w:cantSplit"), el("w:tblHeader")), *cells))
    for index, row in enumerate(table.rows):
        kind = table.kind(index)
        cells = [
            el(
                "w:tc",
                None,
                el("w:tcPr", None, el("w:tcW", {"w:w": width, "w:type": "dxa"})),
                cell(TableCell(words, alignment, False, keep_with_next=index + heads in kept, kind=kind)),
            )
            for words, alignment, width in zip(row, table.alignments, widths, strict=True)
        ]
        written.append(el("w:tr", None, el("w:trPr", None, el("w:cantSplit")), *cells))
    return written


@dataclass(frozen=True, slots=True)
class _Reaching:
    """A heading of the row above that reaches into this one, where Word wants a cell of its own for it."""

    column: int


def _in_row(table: Table, index: int) -> list[HeadCell | _Reaching]:
    """The cells that a row of headings has in Word, from left to right."""
    own: list[HeadCell | _Reaching] = list(table.heads[index])
    above = table.heads[index - 1] if index else ()
    own += (_Reaching(head.column) for head in above if head.rows > 1)
    return sorted(own, key=lambda each: each.column)


def _header_cell(
    head: HeadCell | _Reaching,
    alignment: Alignment,
    widths: list[int],
    cell: Callable[[TableCell], Element],
    *,
    keep: bool,
) -> Element:
    columns = head.columns if isinstance(head, HeadCell) else 1
    width = sum(widths[head.column : head.column + columns])
    properties = el("w:tcPr", None, el("w:tcW", {"w:w": width, "w:type": "dxa"}))
    if columns > 1:
        properties.append(val("w:gridSpan", columns))
        alignment = Alignment.CENTRE
    if isinstance(head, _Reaching):
        properties.append(el("w:vMerge"))
        return el("w:tc", None, properties, cell(TableCell((), alignment, True, keep)))
    if head.rows > 1:
        properties.append(val("w:vMerge", "restart"))
    return el("w:tc", None, properties, cell(TableCell(head.words, alignment, True, keep)))


def column_widths(table: Table, *, width: int, half_points: int, margins: int = _CELL_MARGINS) -> list[int]:
    """Widths that add up to ``width``.

    Where that can be, no word is broken and no cell of a few letters is set on two lines; the rest goes to the columns
    with more to say.
    """
    columns = _columns(table, half_points, margins)
    short = [each.short for each in columns]
    least = short if sum(short) <= width else [each.word for each in columns]
    cells = [each.whole for each in columns]
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


@dataclass(frozen=True, slots=True)
class _Column:
    """How wide a column is with its longest word, with its cells of a few letters unbroken, and with all of them so."""

    word: int
    short: int
    whole: int


def _columns(table: Table, half_points: int, margins: int) -> list[_Column]:
    def widest(texts: Iterable[str], *, bold: bool = False) -> int:
        return max((width_of(text, half_points, bold=bold) for text in texts), default=0)

    columns = []
    for head, *column in zip(table.header, *table.rows, strict=True):
        title, texts = plain_text(head), [plain_text(cell) for cell in column]
        # What stands beside a small drawing is held to it.
        beside = ((_graphics(cell), text) for cell, text in zip(column, texts, strict=True))
        drawn = max((wide + width_of(text, half_points, bold=False) for wide, text in beside if wide), default=0)
        in_head, whole = widest(pieces(title), bold=True), widest(texts)
        word = max(in_head, drawn, widest(word for text in texts for word in pieces(text))) + margins
        is_short = all(len(text) <= _MOST_LETTERS_UNBROKEN for text in texts)
        short = max(in_head, whole, drawn) + margins if is_short else word
        columns.append(_Column(word, short, max(widest([title], bold=True), whole, drawn) + margins))
    return columns


def _graphics(cell: Inlines) -> int:
    """The width of the small drawings in a cell, in twentieths of a point."""
    return sum(inline.width * _TWENTIETHS_PER_PIXEL for inline in cell if isinstance(inline, Graphic))


def _comfortable(table: Table, half_points: int) -> float:
    """The width of a table whose words are whole and whose few-word cells go over three lines at most."""
    columns = _columns(table, half_points, _CELL_MARGINS)
    longest = [max(len(plain_text(cell)) for cell in column) for column in zip(*table.rows, strict=True)]
    return sum(
        max(each.short, each.whole / _MOST_LINES if letters <= _MOST_LETTERS_IN_LINES else 0)
        for each, letters in zip(columns, longest, strict=True)
    )
