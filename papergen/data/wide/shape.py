"""The shape of an extract: which sheet it is on, and which row or column names the months."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from papergen import codes
from papergen.data.wide.cells import Sheet, folded
from papergen.data.wide.headings import is_month_or_quarter, is_surely_period
from papergen.data.wide.numbers import is_numberish
from papergen.data.wide.opening import Workbook
from papergen.data.wide.report import Telling
from papergen.data.wide.size import UnreadableFileError
from papergen.diagnostics import did_you_mean

Areas = dict[str, str]
"""The policing areas by what all spellings of their names have in common."""
Shaped = tuple[Sheet, int]
"""A sheet turned so that the months stand across, and the row that names them."""

_NO_HEADER = (0, 0, 0)


def choose(book: Workbook, wanted: str | None, areas: Areas, telling: Telling) -> Shaped | None:
    """The sheet to import, or None with a diagnostic; raises UnreadableFileError when none can be read."""
    names = [name for name in book.names if name not in book.hidden]
    if wanted is not None:
        names = [name for name in book.names if folded(name) == folded(wanted)]
        if not names:
            hint = did_you_mean(wanted, book.names, f"The sheets are: {', '.join(book.names)}.")
            telling.tell(codes.EXTRACT_SHEET, f"There is no sheet “{wanted}”.", hint)
            return None
    sheets: list[Sheet] = []
    refused: UnreadableFileError | None = None
    for name in names:
        try:
            sheets.append(book.read(name))
        except UnreadableFileError as problem:
            refused = problem
    shaped = [found for sheet in sheets if (found := _shaped(sheet))]
    shaped = [found for found in shaped if _names_areas(found[0], areas)] or shaped
    if len(shaped) == 1:
        return shaped[0]
    if shaped:
        message = f"Several sheets have months and numbers: {', '.join(sheet.name for sheet, _ in shaped)}."
        telling.tell(codes.EXTRACT_SHEET, message, "Say which to import.")
    elif refused is not None:
        raise refused
    else:
        hint = "Head the columns with months such as 2015-12 or Dec-15, and name the areas in the first column."
        if wanted is None and book.hidden:
            hint += f" Hidden sheets are read only when named: {', '.join(sorted(book.hidden))}."
        what = "There are no months, with their years, that have numbers under or beside them."
        telling.tell(codes.EXTRACT_SHAPE, what, hint)
    return None


def _names_areas(sheet: Sheet, areas: Areas) -> bool:
    return any(isinstance(value, str) and folded(value) in areas for value in sheet.cells.values())


def _shaped(sheet: Sheet) -> Shaped | None:
    """The sheet, turned so that the months stand across, and their row; None when it has no such shape."""
    flipped = sheet.flip()
    across, down = _header(sheet), _header(flipped)
    if max(across, down) == _NO_HEADER:
        return None
    return (sheet, -across[2]) if across[:2] >= down[:2] else (flipped, -down[2])


def _header(sheet: Sheet) -> tuple[int, int, int]:
    """How many sure months (Apr-15) and how many in all stand over numbers in the best row, and minus that row."""
    columns: dict[int, list[int]] = {}
    for row, column in sorted(sheet.cells):
        columns.setdefault(column, []).append(row)
    sure: Counter[int] = Counter()
    over: Counter[int] = Counter()
    for column, rows in columns.items():
        for row, below in pairwise(rows):
            value, under = sheet.cells[row, column], sheet.cells[below, column]
            if is_month_or_quarter(value) and is_numberish(under) and not is_surely_period(under):
                over[row] += 1
                sure[row] += is_surely_period(value)
    return max(((sure[row], over[row], -row) for row in over), default=_NO_HEADER)
