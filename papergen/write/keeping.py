"""What stays on one page, in the PDF and in Word alike.

A heading brings at least a part of what follows it.  What stays whole is so low that no page need end more than a
quarter early for it and its heading; only charts, and what stands beside them, are higher.
"""

from __future__ import annotations

from typing import assert_never

from papergen.model.nodes import Blocks, Box, Figure, Inlines, Paragraph, RowKind, Table
from papergen.model.walk import find_in, plain_text

_LETTERS_OF_A_BOX = 500
_LINES_OF_A_TABLE = 6
_LETTERS_OF_A_LINE = 50
"""A row of a table is about a line higher for so many letters: its columns are seldom filled alike."""
_ROOM_OF_WORDS = 150
"""Two lines of a table: a column is at most about twice as wide as the others."""
_LINES_OF_A_TALL_ROW = 3
_LINES_OF_A_DIVIDED_ROW = 30
"""Half a page and more: WeasyPrint leaves out the header above a row that may not be divided and fills a page."""


def keeps_whole(kept: Box | Table) -> bool:
    """Whether a box or table is so low that it is not divided."""
    if isinstance(kept, Box):
        return _letters(kept.blocks) <= _LETTERS_OF_A_BOX
    return sum(map(_lines, kept.rows)) <= _LINES_OF_A_TABLE


def has_tall_rows(table: Table) -> bool:
    """Whether a row may stand alone before a break, the first row and the last being texts of several lines."""
    return all(_lines(row) >= _LINES_OF_A_TALL_ROW for row in (*table.rows[:1], *table.rows[-1:]))


def is_divided(row: tuple[Inlines, ...]) -> bool:
    """Whether a row is so high that it goes on over a page."""
    return _lines(row) >= _LINES_OF_A_DIVIDED_ROW


def kept_rows(table: Table) -> frozenset[int]:
    """The rows, counted from the first of the header, that stay on the page of the row after them."""
    heads, last = len(table.heads), len(table.heads) + len(table.rows) - 1
    if keeps_whole(table):
        return frozenset(range(last))
    sections = (index + heads for index in range(len(table.rows)) if table.kind(index) is RowKind.SECTION)
    never_alone = () if has_tall_rows(table) else (heads, last - 1)
    return frozenset({*range(heads), *sections, *never_alone})


def _lines(row: tuple[Inlines, ...]) -> int:
    """About how many lines a row is high, judged by its letters, so that every edition keeps the same rows."""
    letters = [len(plain_text(words)) for words in row]
    return 1 + max(sum(letters) // _LETTERS_OF_A_LINE, max(letters) * len(letters) // _ROOM_OF_WORDS)


def _letters(blocks: Blocks) -> int:
    """About how many letters ``blocks`` print; each item and paragraph counts a part-filled line more."""
    count = 0
    for block in find_in(blocks, Paragraph, Table, Figure):
        match block:
            case Paragraph(inlines=inlines):
                count += len(plain_text(inlines)) + 40
            case Table(rows=rows):
                count += 60 * (len(rows) + 2)
            case Figure():
                count += 600
            case _:
                assert_never(block)
    return count
