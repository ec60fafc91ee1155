"""How the columns of a table fit the room there is, judged by its letters before it is set."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from papergen.model.nodes import Footnote, Graphic, Inlines, Table
from papergen.model.walk import find_in, plain_text
from papergen.values.periods import NBSP
from papergen.write.dress import Dress
from papergen.write.font_letters import words_width
from papergen.write.looks import PageLook

# The width of a text column in letters of table text, a cell's own margins counted as letters too.
ROOM_UPRIGHT = 84
_COLUMN, _COLUMN_LANDSCAPE, _SIZE = 453.6, 700.2, 10.0
"""In points: the text columns that these letters were counted in, and the size of the letters."""

_MARGINS = 2


@dataclass(frozen=True, slots=True)
class Rooms:
    """The widths of columns in letters of table text: on an upright page, beside an exhibit, and on a turned page."""

    upright: int = ROOM_UPRIGHT
    beside: int = 38
    landscape: int = 130


def rooms_of(page: PageLook, size: float) -> Rooms:
    """The rooms on a page, in letters of a size."""
    upright = page.column / _COLUMN * _SIZE / size
    landscape = page.turned().column / _COLUMN_LANDSCAPE * _SIZE / size
    own = Rooms()
    return Rooms(round(own.upright * upright), round(own.beside * upright), round(own.landscape * landscape))


_DENSE = 1.18
"""How many more letters a line holds in a dense table."""
DENSE_LETTERS = 0.85
"""The size of letters in a dense table, in parts of that of others."""
_MOST_LETTERS_UNBROKEN = 14
_PIXELS_A_LETTER = 7


@dataclass(frozen=True, slots=True)
class ColumnFit:
    """What is known of each column: whether its cells are set on one line each, and whether a word is too long for it.

    ``dense`` is true of a table that needs smaller letters to fit.
    """

    unbroken: tuple[bool, ...]
    long_words: tuple[bool, ...]
    dense: bool


def cell_letters(cell: Inlines) -> str:
    """The words of a cell, with letters in place of its small drawings and of what holds them to their words."""
    drawn = sum(each.width for each in find_in(cell, Graphic))
    words = plain_text(cell)
    return f"{'x' * ceil(drawn / _PIXELS_A_LETTER)}{words.replace(NBSP, 'x')}" if drawn else words


def measure_columns(table: Table, room: int) -> ColumnFit:
    """How the columns of ``table`` fit into ``room`` letters."""
    cells = [[cell_letters(row[column]) for row in table.rows] for column in range(len(table.alignments))]
    heads = [plain_text(head) for head in table.header]
    count = len(heads)
    words = [
        max((len(word) for text in (head, *texts) for word in text.split()), default=0)
        for head, texts in zip(heads, cells, strict=True)
    ]
    longest_allowed = max(10, room // (count + 1))
    needed = sum(words) + _MARGINS * count
    if needed <= room * _DENSE:  # then every word stays whole
        longest_allowed = max(words, default=0)
    long_words = tuple(longest > longest_allowed for longest in words)
    needed = sum(min(longest, longest_allowed) + _MARGINS for longest in words)

    longest_cells = [max((len(text) for text in texts), default=0) for texts in cells]
    short = [0 < letters <= _MOST_LETTERS_UNBROKEN for letters in longest_cells]
    taken = sum(
        max(letters, word) if is_short else max(10, word)
        for letters, word, is_short in zip(longest_cells, words, short, strict=True)
    )
    fits = taken + _MARGINS * count <= room * 0.9
    return ColumnFit(tuple(fits and is_short for is_short in short), long_words, needed > room)


_ALMOST = 0.95
_POINTS_A_PIXEL = 0.75


def surely_fits(table: Table, dress: Dress, *, landscape: bool) -> bool:
    """Whether the words of a table surely stand whole beside each other on a page, in papergen's own font."""
    if table.bands or dress.letters:
        return False
    rooms = rooms_of(dress.page, dress.size)
    fit = measure_columns(table, rooms.landscape if landscape else rooms.upright)
    size = dress.largest * (DENSE_LETTERS if fit.dense else 1)
    columns = zip(table.header, *table.rows, strict=True)
    needed = sum(
        max(_needed(cell, size, whole=whole and row > 0) for row, cell in enumerate(cells)) + dress.beside
        for cells, whole in zip(columns, fit.unbroken, strict=True)
    )
    return needed < (dress.page.turned() if landscape else dress.page).column * _ALMOST


def _needed(cell: Inlines, size: float, *, whole: bool) -> float:
    """The most room that a part of a cell needs which stands on one line, in points."""
    drawn = sum(each.width for each in find_in(cell, Graphic)) * _POINTS_A_PIXEL
    notes = sum(1 for _ in find_in(cell, Footnote))
    words = plain_text(cell)
    pieces = [words] if drawn or whole else words.split()
    return max((words_width(piece, size) for piece in pieces), default=0.0) + drawn + notes * size
