"""The rows of headings over the numbers of a sheet: the periods, and the words above and below them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from papergen import codes
from papergen.data.tables import PERIOD_COLUMNS
from papergen.data.wide.cells import Sheet
from papergen.data.wide.headings import ISO_MONTH, PeriodHeading, heading, in_year, is_part_of_a_year, is_total
from papergen.data.wide.numbers import is_numberish
from papergen.data.wide.report import Telling
from papergen.data.wide.shape import MOST_HEADER_ROWS, Shaped, first_number_row
from papergen.values.period_names import parse_year
from papergen.values.periods import Period


@dataclass(frozen=True, slots=True)
class Band:
    """The headings of a sheet: ``header`` is the row of its periods and ``first`` that of its first numbers.

    ``headings`` has the period of each column of numbers, from left to right, and ``extras`` the words of the other
    rows of headings that tell columns apart, which ``extra_rows`` names from above.  ``named`` has the heading of each
    column that is no period.  ``corners`` are the words at the left of the rows of extras, and ``sums`` the columns
    that are called a total below their year.
    """

    header: int
    first: int
    headings: Mapping[int, PeriodHeading]
    named: Mapping[int, str] = field(default_factory=dict)
    extras: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    extra_rows: tuple[int, ...] = ()
    corners: tuple[str, ...] = ()
    sums: frozenset[int] = frozenset()

    def extra_names(self, otherwise: str, telling: Telling, sheet: Sheet) -> tuple[str, ...]:
        """The names of the columns that take the words of the other rows of headings; one has the name given."""
        names = []
        for row, corner in zip(self.extra_rows, self.corners, strict=True):
            name = re.sub(r"\W+", "_", corner.lower()).strip("_")
            name = name if re.fullmatch(r"[a-z]\w*", name) and name not in PERIOD_COLUMNS else otherwise
            if name in names:
                what = f"begins a second row of headings called “{name}”"
                hint = "Write into the first cell of the row what it tells apart, such as Outcome."
                telling.at(sheet, (row, 0), codes.EXTRACT_HEADING, what, hint)
            names.append(name)
        return tuple(names)


def band_below_periods(shaped: Shaped) -> Band:
    """The headings of a sheet whose periods stand in a row, with those above and below it."""
    sheet, header = shaped.sheet, shaped.header
    own = _own_headings(shaped)
    left = min(own)
    first = _first_row(sheet, header, own)
    lower = [row for row in range(header + 1, first) if any(at == row and column >= left for at, column in sheet.cells)]
    headings = _spread_headings(sheet, header, own, lower) if lower else own
    rows: list[int] = []
    texts: dict[int, dict[int, str]] = {}
    sums: set[int] = set()
    for row in range(max(header - MOST_HEADER_ROWS, 0), header):
        spread = _spread(sheet, row, headings)
        if len(spread) == len(headings) and len(set(spread.values())) > 1 and not _is_a_list(sheet, row, left):
            rows.append(row)
            texts[row] = spread
    for row in lower:
        words = {column: sheet.words((row, column)) for column in headings}
        parts = [text for text in words.values() if text and not is_total(text)]
        if parts and all(map(is_part_of_a_year, parts)):
            headings = _within_years(headings, words)
            sums |= {column for column, text in words.items() if is_total(text)}
        elif len(set(words.values())) > 1:
            rows.append(row)
            texts[row] = words
    extras = {column: tuple(texts[row].get(column, "") for row in rows) for column in headings} if rows else {}
    named = _named(sheet, [*rows, *lower, header], headings)
    own_row = max([header, *lower])
    corners = tuple("" if row == own_row else _corner(sheet, row, left) for row in rows)
    return Band(header, first, headings, named, extras, tuple(rows), corners, frozenset(sums))


def band_without_periods(sheet: Sheet, when: Period) -> Band:
    """The headings of a sheet that has numbers, all of them of the period ``when``."""
    first = first_number_row(sheet) or 0
    cells = sheet.row(first)
    stub = min(cells)
    numbers = [column for column, value in cells.items() if column != stub and is_numberish(value)]
    header = next(
        (row for row in reversed(range(first)) if any((row, column) in sheet.cells for column in numbers)), -1
    )
    words = {column: sheet.words((header, column)) for column in numbers}
    headings = {column: PeriodHeading(when) for column in numbers}
    named = {column: sheet.words((header, column)) for row, column in sheet.cells if row == header}
    if len(numbers) < 2:
        return Band(max(header, 0), first, headings, {at: text for at, text in named.items() if at not in headings})
    extras = {column: (text,) for column, text in words.items()}
    return Band(header, first, headings, named, extras, (header,), ("",))


def _own_headings(shaped: Shaped) -> dict[int, PeriodHeading]:
    """The columns whose own heading is a period.

    “2011-12” is the financial year where no other month is written like that; it might be December 2011.
    """
    sheet, header = shaped.sheet, shaped.header
    across = sheet.row(header)
    headings = {column: found for column, value in across.items() if (found := heading(value, shaped.notes))}
    written_as = {column: sheet.words((header, column)) for column in headings}
    iso = {column for column, text in written_as.items() if ISO_MONTH.fullmatch(text)}
    years = {column: year for column in iso if (year := parse_year(written_as[column]))}
    has_others = len(years) < len(headings)
    if iso <= set(years) and (has_others or _are_years(list(years.values()))):
        headings.update({column: PeriodHeading(year) for column, year in years.items()})
    return headings


def _are_years(years: list[Period]) -> bool:
    """Whether headings such as 2010-11, 2011-12, which might be months, follow one another as years do."""
    return len(years) > 1 and all(first.next() == second for first, second in pairwise(years))


def _first_row(sheet: Sheet, header: int, own: Iterable[int]) -> int:
    """The first row below the periods that has a number under one of them."""
    columns = set(own)
    below = [
        row
        for row, column in sheet.cells
        if row > header and column in columns and is_numberish(sheet.cells[row, column])
    ]
    return min(below, default=header + 1)


def _spread_headings(
    sheet: Sheet, header: int, own: Mapping[int, PeriodHeading], lower: list[int]
) -> dict[int, PeriodHeading]:
    """The period of each column with a heading of its own or one below it, taken from the left where it is blank."""
    found: dict[int, PeriodHeading] = {}
    current: PeriodHeading | None = None
    last = max(column for row, column in sheet.cells if row in lower or row == header)
    for column in range(min(own), last + 1):
        if (header, column) in sheet.cells:
            current = own.get(column)
        if current is not None and (column in own or any((row, column) in sheet.cells for row in lower)):
            found[column] = current
    return found


def _spread(sheet: Sheet, row: int, columns: Iterable[int]) -> dict[int, str]:
    """The words of a row over each column, taken from the left where it is blank."""
    found: dict[int, str] = {}
    order = sorted(columns)
    text = ""
    for column in range(order[0], order[-1] + 1):
        text = sheet.words((row, column)) or text
        if text and column in columns:
            found[column] = text
    return found


def _is_a_list(sheet: Sheet, row: int, left: int) -> bool:
    """Whether a row over the headings is one of notes: a date, a number, or a word and what it says beside it."""
    over = [value for column, value in sheet.row(row).items() if column >= left]
    return any(is_numberish(value) or heading(value) is not None or not isinstance(value, str) for value in over)


def _within_years(headings: Mapping[int, PeriodHeading], words: Mapping[int, str]) -> dict[int, PeriodHeading]:
    """The months or quarters of the years that stand above them; a total keeps its year."""
    found: dict[int, PeriodHeading] = {}
    for column, each in headings.items():
        period = in_year(words[column], each.period)
        found[column] = replace(each, period=period) if period else each
    return found


def _named(sheet: Sheet, rows: Iterable[int], headings: Mapping[int, PeriodHeading]) -> dict[int, str]:
    """The heading of each column that is no period: the lowest there is."""
    named: dict[int, str] = {}
    for row in sorted(rows):
        for column in sheet.row(row):
            if column not in headings:
                named[column] = sheet.words((row, column))
    for row, column in sheet.merged:
        if row in rows and column not in headings and column not in named:
            named[column] = sheet.words((row, column))
    return named


def _corner(sheet: Sheet, row: int, left: int) -> str:
    """The words at the left of a row of headings, before its first column of numbers."""
    return next((sheet.words((row, column)) for column in sheet.row(row) if column < left), "")
