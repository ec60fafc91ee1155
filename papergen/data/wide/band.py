"""The rows of headings over the numbers of a sheet: the periods, and the words above and below them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile

from papergen.data.tables import PERIOD_COLUMNS
from papergen.data.total_names import may_be_total
from papergen.data.wide.cells import CellPlace, Sheet
from papergen.data.wide.headings import (
    OPEN_YEAR,
    PeriodHeading,
    heading,
    heading_with_words,
    in_year,
    is_bare_quarter,
    is_part_of_a_year,
    lead_in,
    year_of,
)
from papergen.data.wide.notes import heading_alone
from papergen.data.wide.numbers import is_numberish
from papergen.data.wide.shape import (
    MOST_HEADER_ROWS,
    Shaped,
    are_months_by_number,
    first_number_row,
    is_a_run_of_numbers,
)
from papergen.values.periods import MONTHS, Period
from papergen.values.states import ALONE

_NOT_A_HEADING = re.compile(r"[-+£(]*\d(?!0*s?$)(?!(?:st|nd|rd|th)\b).*|true|false", re.IGNORECASE)
"""What stands for a number that cannot be read; “£000” and “1st quarter” are headings."""


@dataclass(frozen=True, slots=True)
class Band:
    """The headings of a sheet: ``header`` is the row of its periods and ``first`` that of its first numbers.

    ``headings`` has the period of each column of numbers, from left to right, and ``extras`` the words of the other
    rows of headings that tell columns apart, which ``extra_rows`` names from above.  ``named`` has the heading of each
    column that is no period.  ``corners`` are the words at the left of the rows of extras, and ``sums`` the columns
    that are called a total below their year.  ``open_year`` is a column of a financial or academic year 2015, which may
    begin or end in it; ``open_quarter`` is a quarter, by its number, of a year 2015, which may be of either kind, and
    ``open_month`` a month, by its number, of a year that does not begin in January.
    """

    header: int
    first: int
    headings: Mapping[int, PeriodHeading]
    named: Mapping[int, str] = field(default_factory=dict)
    extras: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    extra_rows: tuple[int, ...] = ()
    corners: tuple[str, ...] = ()
    sums: frozenset[int] = frozenset()
    open_year: int | None = None
    open_quarter: CellPlace | None = None
    open_month: CellPlace | None = None

    def extra_names(self, given: Iterator[str]) -> tuple[str, ...]:
        """The names of the columns that take the words of the other rows of headings: their own, or those given.

        One that has none is called “measure”, and of several all are empty.
        """
        names: list[str] = []
        otherwise = "measure" if len(self.corners) == 1 else ""
        for corner in self.corners:
            name = re.sub(r"\W+", "_", corner.lower()).strip("_")
            is_name = re.fullmatch(r"[a-z]\w*", name) is not None and name not in PERIOD_COLUMNS
            names.append(name if is_name else next(given, otherwise))
        return tuple(names)


def band_below_periods(shaped: Shaped) -> Band:
    """The headings of a sheet whose periods stand in a row, with those above and below it."""
    sheet, header = shaped.sheet, shaped.header
    own, open_year = _own_headings(shaped)
    left = min(own)
    first = _first_row(sheet, header, own)
    lower = list(takewhile(lambda row: row < first, _rows_below(sheet, header, left)))
    headings = _spread_headings(sheet, header, own, lower) if lower else own
    rows: list[int] = []
    texts: dict[int, dict[int, str]] = {}
    sums: set[int] = set()
    open_quarter: CellPlace | None = None
    for row in range(max(header - MOST_HEADER_ROWS, 0), header):
        spread = _spread(sheet, row, headings)
        if len(spread) == len(headings) and len(set(spread.values())) > 1 and not _is_a_list(sheet, row, left):
            rows.append(row)
            texts[row] = spread
    if len({each.words for each in headings.values()}) > 1:
        rows.append(header)
        texts[header] = {column: each.words for column, each in headings.items()}
    for row in lower:
        words = {column: sheet.words((row, column)) for column in headings}
        if row != lower[-1]:
            words.update(_spread(sheet, row, headings))
        parts = [text for text in words.values() if text and not may_be_total(text)]
        if parts and all(map(is_part_of_a_year, parts)):
            open_quarter = open_quarter or _open_quarter(sheet, header, row)
            headings = _within_years(headings, words)
            sums |= {column for column, text in words.items() if may_be_total(text)}
        elif len(set(words.values())) > 1:
            rows.append(row)
            texts[row] = words
    extras = {
        column: tuple(heading_alone(texts[row].get(column, ""), shaped.notes) for row in rows)
        for column in (headings if rows else ())
    }
    named = _named(sheet, [*rows, *lower, header], headings)
    own_row = max([header, *lower])
    has_name = _corner(sheet, own_row, left) != ""
    corners = tuple(_corner(sheet, row, left) if has_name and row != own_row else "" for row in rows)
    return Band(header, first, headings, named, extras, tuple(rows), corners, frozenset(sums), open_year, open_quarter)


def band_without_periods(shaped: Shaped, when: Period) -> Band:
    """The headings of a sheet that has numbers, all of the period ``when``, or months or quarters of that year."""
    sheet = shaped.sheet
    first = first_number_row(sheet) or 0
    cells = sheet.row(first)
    stub = min(cells)
    numbers = [column for column, value in cells.items() if column != stub and is_numberish(value)]
    above = [row for row in range(first) if any((row, column) in sheet.cells for column in numbers)]
    while len(above) > 1 and not _are_words(sheet, above[-1], numbers, above[-2]):
        first = above.pop()
    if not above and is_a_run_of_numbers(sheet, first, numbers):
        above, first = [first], first + 1
    header = above[-1] if above else -1
    words = {column: sheet.words((header, column)) for column in numbers}
    open_month: CellPlace | None = None
    if when.length == len(MONTHS) and are_months_by_number(sheet, header, numbers):
        open_month = None if when.starts.month == 1 else (header, numbers[0])
        words = {column: MONTHS[int(text) - 1] for column, text in words.items()}
    headings = {column: PeriodHeading(when) for column in numbers}
    named = {column: sheet.words((header, column)) for row, column in sheet.cells if row == header}
    parts = [text for text in words.values() if not may_be_total(text)]
    if when.length == 12 and parts and all(map(is_part_of_a_year, parts)):
        sums = frozenset(column for column, text in words.items() if may_be_total(text))
        return Band(header, first, _within_years(headings, words), named, sums=sums, open_month=open_month)
    if len(numbers) < 2:
        return Band(max(header, 0), first, headings, {at: text for at, text in named.items() if at not in headings})
    extras = {column: (heading_alone(text, shaped.notes),) for column, text in words.items()}
    return Band(header, first, headings, named, extras, (header,), ("",))


def _own_headings(shaped: Shaped) -> tuple[dict[int, PeriodHeading], int | None]:
    """The columns whose own heading is a period, and one of a financial or academic year that may be either of two.

    “2011-12” is the financial year where no other month is written like that; it might be December 2011.  Words such
    as “12 months to” or “as at 31 March” before the headings, or above them, lead to each.
    """
    sheet, header = shaped.sheet, shaped.header
    across = sheet.row(header)
    read = heading_with_words if shaped.has_words else None
    headings = {
        column: found
        for column, value in across.items()
        if (found := read(value) if read else heading(value, shaped.notes))
    }
    written_as = {column: sheet.words((header, column)) for column in headings}
    iso = {column for column, text in written_as.items() if OPEN_YEAR.fullmatch(text)}
    years = {column: year for column in iso if (year := year_of(written_as[column]))}
    has_others = len(years) < len(headings)
    # headings such as 2010-11, 2011-12, which might be months, follow one another as years do
    follow = len(years) > 1 and all(first.next() == second for first, second in pairwise(years.values()))
    if iso <= set(years) and (has_others or follow):
        headings.update({column: PeriodHeading(year) for column, year in years.items()})
    lead = _lead(sheet, header, min(headings))
    if not lead:
        return headings, None
    led = {column: heading(across[column], shaped.notes, lead=lead) for column in headings}
    headings.update({column: found for column, found in led.items() if found})
    unclear = (column for column, found in led.items() if found is None and written_as[column].isdecimal())
    return headings, next(unclear, None)


def _open_quarter(sheet: Sheet, header: int, row: int) -> CellPlace | None:
    """The first quarter by its number alone below a year such as 2024, which nothing above calls a calendar year."""
    above = [sheet.words(place) for place in sheet.cells if place[0] <= header]
    if any("calendar" in text.lower() for text in above):
        return None
    years = sorted(at for at in sheet.row(header) if re.fullmatch(r"\d{4}", sheet.words((header, at))))
    quarters = ((row, at) for at in sheet.row(row) if is_bare_quarter(sheet.words((row, at))))
    return next((place for place in quarters if years and years[0] <= place[1]), None)


def _lead(sheet: Sheet, header: int, left: int) -> str:
    """The words that lead to all headings: those before the first, or the last of a row above it."""
    before = [sheet.words((header, column)) for column in sheet.row(header) if column < left]
    above = [sheet.words(place) for place in sorted(sheet.cells) if header - MOST_HEADER_ROWS <= place[0] < header]
    return next((lead for text in (*before, *reversed(above)) if (lead := lead_in(text))), "")


def _are_words(sheet: Sheet, row: int, columns: Iterable[int], header: int) -> bool:
    """Whether a row below ``header`` is one of headings too, and not one of numbers that cannot be read."""
    texts = [text for column in columns if (text := sheet.words((row, column)))]
    left = min(columns)
    has_names = all(name and not name.endswith(":") for name in (_corner(sheet, at, left) for at in (header, row)))
    if has_names and len(set(texts)) == 1 and not is_part_of_a_year(texts[0]):
        return False
    return all(text.casefold() not in ALONE and not _NOT_A_HEADING.fullmatch(text) for text in texts)


def _first_row(sheet: Sheet, header: int, own: Iterable[int]) -> int:
    """The first row below the periods that is none of headings: one with a number, or with what should be one."""
    columns = set(own)
    for row in _rows_below(sheet, header, min(columns)):
        cells = [sheet.cells[row, column] for column in columns if (row, column) in sheet.cells]
        if cells and (any(map(is_numberish, cells)) or not _are_words(sheet, row, columns, header)):
            return row
    return header + 1


def _rows_below(sheet: Sheet, header: int, left: int) -> Iterator[int]:
    """The rows below the periods that have something at ``left`` or right of it, without “Source: Home Office”."""
    for row in sorted({row for row, column in sheet.cells if row > header and column >= left}):
        if not (_corner(sheet, row, left).endswith(":") and len(sheet.row(row)) == 2):
            yield row


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
