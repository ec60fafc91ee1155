"""The shape of an extract: which sheet it is on, and which row or column names the months."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from papergen import codes
from papergen.data.wide.cells import CellPlace, Sheet, SheetCell, folded
from papergen.data.wide.headings import (
    NAME_WEEKS,
    PeriodHeading,
    either_year,
    heading,
    heading_with_words,
    in_year,
    is_part_of_a_year,
    is_surely_period,
    may_be_ages,
    may_be_either_quarter,
    month_first,
    period_column,
    written,
)
from papergen.data.wide.names import Areas
from papergen.data.wide.notes import note_marks
from papergen.data.wide.numbers import is_numberish, what_to_write
from papergen.data.wide.opening import Workbook
from papergen.data.wide.report import Telling
from papergen.data.wide.size import UnreadableFileError
from papergen.diagnostics import did_you_mean
from papergen.values.period_names import MONTH_NUMBERS
from papergen.values.words import as_typed

MOST_HEADER_ROWS = 3
MONTHS_A_YEAR = 12
_NO_HEADER = (0, 0, 0)
_TWO_YEARS = re.compile(r"(20\d\d) ?(?:to|[–-]) ?(20\d\d)")
_SHORT_YEAR = re.compile(r"(?:FY|financial year|year ending)\s*[’']?(20\d\d|\d\d)", re.IGNORECASE)

_WITHOUT_YEAR = re.compile(
    r"(?:(?:w/?[ce]|week (?:ending|ended|commencing|beginning|starting)):? *)?"
    rf"\d{{1,2}}[ -](?:{'|'.join(MONTH_NUMBERS)})",
    re.IGNORECASE,
)
"""A day or week without its year: “w/e 21 Dec”."""


@dataclass(frozen=True, slots=True)
class Shaped:
    """A sheet turned so that its periods stand across, the row that names them, and the marks of its notes.

    ``has_words`` is true where each heading has words beside its period, as in “2024/25 Budget”.
    """

    sheet: Sheet
    header: int
    notes: frozenset[str]
    has_words: bool = False


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
    for sheet in sheets:
        if sheet.unsaved:
            what = "holds a formula whose value was not saved with it"
            hint = "Open the file in Excel, save it, and import it again."
            telling.at(sheet, min(sheet.unsaved), codes.EXTRACT_VALUE, what, hint)
            return None
    return sheets


def choose(sheets: Sequence[Sheet], areas: Areas, telling: Telling) -> Shaped | None:
    """The one of ``sheets`` that has months and numbers; None, with a diagnostic where there are several."""
    found = [each for sheet in sheets if (each := shaped(sheet))]
    found = found or [each for sheet in sheets if (each := shaped(sheet, has_words=True))]
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
    said = next((words for sheet in sheets if (words := _period_said(sheet))), "year=2015/16")
    if any(_tell_unclear(sheet, said, telling) for sheet in sheets):
        return
    hint = (
        "Head the columns with months such as 2015-12 or Dec-15, quarters or years, and name the areas in the first"
        f" column; or say when all of it was, with --set {said}."
    )
    if hidden:
        hint += f" Hidden sheets are read only when named: {', '.join(sorted(hidden))}."
    what = "There are no months, quarters or years that have numbers under or beside them."
    telling.tell(codes.EXTRACT_SHAPE, what, hint)


def _period_said(sheet: Sheet) -> str:
    """What says in the titles of a sheet when it was, as it is typed: ``year=2024/25``; or nothing."""
    first = first_number_row(sheet)
    texts = [sheet.words(place) for place in sorted(sheet.cells) if first is None or place[0] < first]
    for text in texts:
        parts = [part.strip(",;:()") for part in text.split()]
        for length in range(min(len(parts), 6), 0, -1):
            for start in range(len(parts) - length + 1):
                found = heading(" ".join(parts[start : start + length]))
                is_year = re.fullmatch(r"20\d\d", parts[start]) is not None and length < len(parts)
                if found and (found.is_sure or is_year) and not found.is_in_mid_month:
                    return f"{period_column([found.period])}={as_typed(written(found.period))}"
    return ""


def _tell_unclear(sheet: Sheet, said: str, telling: Telling) -> bool:
    """Tell of a heading that may be a period: a quarter or month without its year, a bare number, an American day."""
    for place in sorted(sheet.cells):
        text = sheet.words(place)
        alone = heading(sheet.cells[place])
        if found := _unclear(sheet, place, text, alone, said):
            telling.at(sheet, place, codes.EXTRACT_SHAPE, *found)
            return True
    return False


def _unclear(
    sheet: Sheet, place: CellPlace, text: str, alone: PeriodHeading | None, said: str
) -> tuple[str, str] | None:
    """What is unclear about a cell that may be a heading, and what mends it."""
    if alone is None and (american := month_first(text)):
        return american
    over = [at for at in (_below(sheet, place), _beside(sheet, place)) if at is not None]
    numbers = [at for at in over if is_numberish(sheet.cells[at]) and not is_surely_period(sheet.cells[at])]
    if alone is not None and alone.is_sure and over and not numbers:
        wrong = sheet.words(over[0])
        if any(map(str.isdecimal, wrong)) and heading(wrong) is None:
            return f"heads “{wrong}”, which is no number", what_to_write(wrong)
    if not numbers:
        return None
    if _WITHOUT_YEAR.fullmatch(text):
        return f"is “{text}”, without its year", f"Write the year too, such as “{text} 2025”."
    if short := _SHORT_YEAR.fullmatch(text):
        return either_year(2000 + int(short[1]) % 2000)
    if may_be_either_quarter(text):
        what = f"is “{text}”, a quarter of the calendar year or of the financial year"
        return what, "Write it as 2015 Q3, as Jul-Sep 2015 or as 2015/16 Q3."
    if is_part_of_a_year(text):
        year = said if said.startswith("year=") else "year=2015/16"
        return f"is “{text}”, without its year", f"Say which year it was: --set {year}."
    return _unclear_number(sheet, place, text, alone, said)


def _unclear_number(
    sheet: Sheet, place: CellPlace, text: str, alone: PeriodHeading | None, said: str
) -> tuple[str, str] | None:
    """What is unclear about a cell over numbers that may be that of a week, a month or a year, and what mends it."""
    if folded(text).startswith("week") and text.isascii() and not alone:
        return f"is “{text}”, over numbers of weeks, which may begin on any day", NAME_WEEKS
    if are_months_by_number(sheet, place[0], [column for column in sheet.row(place[0]) if column >= place[1]]):
        hint = f"Write months as 2025-01, or say which year they are of: --set {said}."
        return f"is {text}, which may be a month by its number", hint
    if (years := _TWO_YEARS.fullmatch(text)) and int(years[2]) == int(years[1]) + 1:
        hint = f"Write {years[1]}/{years[2][2:]}, or January {years[1]} to December {years[2]}."
        return f"is “{text}”, which may be one financial year or two calendar years", hint
    if may_be_ages(text):
        hint = f"Write years as 2016/17. If it is an age or an hour, say when all of it was: --set {said}."
        return f"is “{text}”, which may be a year, an age or an hour", hint
    row = [value for column, value in sheet.row(place[0]).items() if column != place[1]]
    if alone and not alone.is_sure and row and not any(map(is_numberish, row)):
        hint = f"Write it as a calendar year 2015, as 2015/16 or as 2015-04, or say when with --set {said}."
        return f"is {text}, which may be a year, a month or a count", hint
    return None


def _names_areas(sheet: Sheet, areas: Areas) -> bool:
    return any(isinstance(value, str) and folded(value) in areas for value in sheet.cells.values())


def shaped(sheet: Sheet, *, has_words: bool = False) -> Shaped | None:
    """The sheet, turned so that the months stand across, and their row; None when it has no such shape.

    With ``has_words`` headings with words beside their periods are looked for.
    """
    notes = note_marks(sheet)
    sheet = _with_whole_periods(sheet)
    flipped = sheet.flip()
    read = heading_with_words if has_words else partial(heading, notes=notes)
    across, down = _header(sheet, read), _header(flipped, read)
    if max(across, down) == _NO_HEADER:
        return None
    if across[:2] >= down[:2]:
        return Shaped(sheet, -across[2], notes, has_words)
    return Shaped(flipped, -down[2], notes, has_words)


def _with_whole_periods(sheet: Sheet) -> Sheet:
    """A sheet whose months or quarters at the left of rows say their year, which stood before them or above them all.

    Before them it may be left out where it stays the same; above them it stands alone in its row.
    """
    stub = min((column for _, column in sheet.cells), default=0)
    filled = Counter(row for row, _ in sheet.cells)
    cells = dict(sheet.cells)
    year: PeriodHeading | None = None
    beside: set[int] = set()
    for row in sorted(filled):
        text, next_text = sheet.words((row, stub)), sheet.words((row, stub + 1))
        named = heading(text) if text else None
        named = named if named and named.period.length == MONTHS_A_YEAR else None
        year = named or (None if filled[row] == 1 else year)
        if year is None:
            continue
        if (named or not text) and (part := in_year(next_text, year.period)):
            cells[row, stub + 1] = written(part)
            cells.pop((row, stub), None)
            beside.add(row)
        elif named and filled[row] == 1:
            del cells[row, stub]
        elif part := in_year(text, year.period):
            cells[row, stub] = written(part)
    if beside:
        cells = {place: value for place, value in cells.items() if place[1] != stub or place[0] > max(beside)}
    return sheet if cells == sheet.cells else replace(sheet, cells=cells)


def _below(sheet: Sheet, place: CellPlace) -> CellPlace | None:
    """The next filled cell of a column, if it lies within the rows that a heading may have."""
    row, column = place
    places = ((at, column) for at in range(row + 1, row + 2 * MOST_HEADER_ROWS))
    return next((place for place in places if place in sheet.cells), None)


def _beside(sheet: Sheet, place: CellPlace) -> CellPlace | None:
    """The next cell of a row, where the one that is given is the first."""
    row, column = place
    is_first = not any(at == row and other < column for at, other in sheet.cells)
    return (row, column + 1) if is_first and (row, column + 1) in sheet.cells else None


def _header(sheet: Sheet, read: Callable[[SheetCell], PeriodHeading | None]) -> tuple[int, int, int]:
    """How many sure periods (Apr-15) and how many in all stand over numbers in the best row, and minus that row."""
    over: dict[int, dict[int, PeriodHeading]] = {}
    for column, cells in sheet.flip().rows().items():
        for index, row in enumerate(rows := list(cells)):
            found = read(sheet.cells[row, column])
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
    “16-17” may be an age or an hour.
    """
    if any(may_be_ages(sheet.words((row, column))) for column in headings):
        return False
    if any(is_part_of_a_year(sheet.words((row + 1, column))) for column in headings):
        return True
    above = [sheet.words((row - 1, column)) for column in headings]
    if all(above) and len(set(above)) == len(above) and not any(heading(text) for text in above):
        return False
    periods = list(dict.fromkeys(headings[column].period for column in sorted(headings)))
    return len(periods) > 1 and all(first.next() == second for first, second in pairwise(periods))


def is_a_run_of_numbers(sheet: Sheet, row: int, columns: Sequence[int]) -> bool:
    """Whether the cells of a row are 1, 2, 3 and so on, as headings are."""
    told = [sheet.words((row, column)) for column in columns]
    return len(told) > 2 and told == [str(index) for index in range(1, len(told) + 1)]


def are_months_by_number(sheet: Sheet, row: int, columns: Sequence[int]) -> bool:
    """Whether the cells of a row are 1 to 12, or some of these under the word “month”."""
    told = [sheet.words((row, column)) for column in columns]
    before = " ".join(sheet.words((row, column)) for column in sheet.row(row) if column not in columns)
    is_said = "month" in folded(before) and all(text.isdecimal() and 1 <= int(text) <= 12 for text in told)
    return is_said or (is_a_run_of_numbers(sheet, row, columns) and len(told) == MONTHS_A_YEAR)


def first_number_row(sheet: Sheet) -> int | None:
    """The first row with a name and a number beside it, for a table whose headings are no periods."""
    for row, cells in sheet.rows().items():
        first, *others = cells.values()
        if others and isinstance(first, str) and not is_numberish(first) and any(map(is_numberish, others)):
            return row
    return None
