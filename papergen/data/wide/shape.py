"""The shape of an extract: which sheet it is on, and which row or column names the months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from papergen import codes
from papergen.data.wide.cells import CellPlace, Sheet, folded
from papergen.data.wide.headings import (
    PeriodHeading,
    heading,
    is_part_of_a_year,
    is_surely_period,
    may_be_either_quarter,
)
from papergen.data.wide.notes import note_marks
from papergen.data.wide.numbers import is_numberish
from papergen.data.wide.opening import Workbook
from papergen.data.wide.report import Telling
from papergen.data.wide.size import UnreadableFileError
from papergen.diagnostics import did_you_mean

Areas = dict[str, str]
"""The policing areas by what all spellings of their names have in common."""

MOST_HEADER_ROWS = 3
_NO_HEADER = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Shaped:
    """A sheet turned so that its periods stand across, the row that names them, and the marks of its notes."""

    sheet: Sheet
    header: int
    notes: frozenset[str]


def sheets_of(book: Workbook, wanted: str | None, telling: Telling) -> list[Sheet] | None:
    """The sheets that may be meant, or None with a diagnostic; raises UnreadableFileError when none can be read."""
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
    if refused is not None and not any(map(shaped, sheets)):
        raise refused
    return sheets


def choose(sheets: Sequence[Sheet], areas: Areas, telling: Telling) -> Shaped | None:
    """The one of ``sheets`` that has months and numbers; None, with a diagnostic where there are several."""
    found = [each for sheet in sheets if (each := shaped(sheet))]
    found = [each for each in found if _names_areas(each.sheet, areas)] or found
    if len(found) > 1:
        message = f"Several sheets have months and numbers: {', '.join(each.sheet.name for each in found)}."
        telling.tell(codes.EXTRACT_SHEET, message, "Say which to import: --sheet.")
        return None
    return found[0] if found else None


def choose_without_periods(sheets: Sequence[Sheet], telling: Telling) -> Shaped | None:
    """The one of ``sheets`` that has names with numbers beside them; None with a diagnostic."""
    found = [sheet for sheet in sheets if first_number_row(sheet) is not None]
    if len(found) == 1:
        return Shaped(found[0], 0, note_marks(found[0]))
    if found:
        message = f"Several sheets have names and numbers: {', '.join(sheet.name for sheet in found)}."
        telling.tell(codes.EXTRACT_SHEET, message, "Say which to import: --sheet.")
    else:
        message = "There is no row with a name and a number beside it."
        telling.tell(codes.EXTRACT_SHAPE, message, "Name each row in the first column.")
    return None


def tell_no_periods(sheets: Sequence[Sheet], hidden: frozenset[str], telling: Telling) -> None:
    """Say that no sheet has headings that are surely periods, and of one that may be."""
    for sheet in sheets:
        for place in sorted(sheet.cells):
            text = sheet.words(place)
            below = _below(sheet, place)
            if below is None or not is_numberish(sheet.cells[below]) or is_surely_period(sheet.cells[below]):
                continue
            if may_be_either_quarter(text):
                what = f"is “{text}”, a quarter of the calendar year or of the financial year"
                hint = "Write it as 2015 Q3, as Jul-Sep 2015 or as 2015/16 Q3."
                telling.at(sheet, place, codes.EXTRACT_SHAPE, what, hint)
                return
            alone = heading(sheet.cells[place])
            others = [value for column, value in sheet.row(place[0]).items() if column != place[1]]
            if alone and not alone.is_sure and others and not any(map(is_numberish, others)):
                what = f"is {text}, which may be a year, a month or a count"
                hint = (
                    "Write it as a calendar year 2015, as 2015/16 or as 2015-04, or say when with --set year=2015/16."
                )
                telling.at(sheet, place, codes.EXTRACT_SHAPE, what, hint)
                return
    hint = (
        "Head the columns with months such as 2015-12 or Dec-15, quarters or years, and name the areas in the first"
        " column; or say when all of it was, with --set year=2015/16."
    )
    if hidden:
        hint += f" Hidden sheets are read only when named: {', '.join(sorted(hidden))}."
    what = "There are no months, quarters or years that have numbers under or beside them."
    telling.tell(codes.EXTRACT_SHAPE, what, hint)


def _names_areas(sheet: Sheet, areas: Areas) -> bool:
    return any(isinstance(value, str) and folded(value) in areas for value in sheet.cells.values())


def shaped(sheet: Sheet) -> Shaped | None:
    """The sheet, turned so that the months stand across, and their row; None when it has no such shape."""
    notes = note_marks(sheet)
    flipped = sheet.flip()
    across, down = _header(sheet, notes), _header(flipped, notes)
    if max(across, down) == _NO_HEADER:
        return None
    return Shaped(sheet, -across[2], notes) if across[:2] >= down[:2] else Shaped(flipped, -down[2], notes)


def _below(sheet: Sheet, place: CellPlace) -> CellPlace | None:
    """The next filled cell of a column, if it lies within the rows that a heading may have."""
    row, column = place
    return next(
        ((at, column) for at in range(row + 1, row + 2 * MOST_HEADER_ROWS) if (at, column) in sheet.cells),
        None,
    )


def _header(sheet: Sheet, notes: frozenset[str]) -> tuple[int, int, int]:
    """How many sure periods (Apr-15) and how many in all stand over numbers in the best row, and minus that row."""
    columns: dict[int, list[int]] = {}
    for row, column in sorted(sheet.cells):
        columns.setdefault(column, []).append(row)
    over: dict[int, dict[int, PeriodHeading]] = {}
    for column, rows in columns.items():
        for index, row in enumerate(rows):
            found = heading(sheet.cells[row, column], notes)
            if found and _stands_over_numbers(sheet, column, rows[index + 1 : index + 1 + MOST_HEADER_ROWS]):
                over.setdefault(row, {})[column] = found
    best = _NO_HEADER
    for row, headings in over.items():
        sure = sum(each.is_sure for each in headings.values())
        if sure or _are_a_run(sheet, row, headings):
            best = max(best, (sure, len(headings), -row))
    return best


def _stands_over_numbers(sheet: Sheet, column: int, below: Sequence[int]) -> bool:
    """Whether the rows below a heading have other headings, which are text and no period, and then a number."""
    for row in below:
        value = sheet.cells[row, column]
        if is_numberish(value) and not is_surely_period(value):
            return True
        if not isinstance(value, str) or heading(value) is not None:
            return False
    return False


def _are_a_run(sheet: Sheet, row: int, headings: dict[int, PeriodHeading]) -> bool:
    """Whether bare numbers (2013, 2014) head their columns: two or more that follow one another, over and over.

    They are counts where each has a heading of its own above it; and a year over the names of its months is one.
    """
    if any(is_part_of_a_year(sheet.words((row + 1, column))) for column in headings):
        return True
    above = [sheet.words((row - 1, column)) for column in headings]
    if all(above) and len(set(above)) == len(above) and not any(heading(text) for text in above):
        return False
    periods = list(dict.fromkeys(headings[column].period for column in sorted(headings)))
    return len(periods) > 1 and all(first.next() == second for first, second in pairwise(periods))


def first_number_row(sheet: Sheet) -> int | None:
    """The first row with a name and a number beside it, for a table whose headings are no periods."""
    rows: dict[int, list[int]] = {}
    for row, column in sorted(sheet.cells):
        rows.setdefault(row, []).append(column)
    for row, filled in rows.items():
        first, *others = [sheet.cells[row, column] for column in filled]
        if others and isinstance(first, str) and not is_numberish(first) and any(map(is_numberish, others)):
            return row
    return None
