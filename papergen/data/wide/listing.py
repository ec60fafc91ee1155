"""A sheet with one row of headings and a row for each observation or event: what each column holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from papergen.data.tables import PERIOD_COLUMNS
from papergen.data.wide.cells import Sheet, SheetCell, folded, is_blank, words
from papergen.data.wide.columns import column_name
from papergen.data.wide.headings import heading, in_year, is_part_of_a_year
from papergen.data.wide.numbers import is_numberish
from papergen.values.period_names import parse_day
from papergen.values.periods import Period

YEAR_WORDS = ("year", "financial_year", "calendar_year", "academic_year", "years")


@dataclass(frozen=True, slots=True)
class ListedColumn:
    """A column of a listing: where it stands, its heading and its name in a tidy file, and its filled cells by row."""

    at: int
    heading: str
    name: str
    cells: Mapping[int, SheetCell]

    @property
    def values(self) -> Sequence[SheetCell]:
        return tuple(self.cells.values())


@dataclass(frozen=True, slots=True)
class Listing:
    """The columns of a listing that say when (a year, and a part of it), hold numbers, and hold words; and its rows."""

    sheet: Sheet
    header: int
    when: tuple[ListedColumn, ...]
    numbers: tuple[ListedColumn, ...]
    texts: tuple[ListedColumn, ...]
    rows: tuple[int, ...]

    def period(self, row: int) -> Period | None:
        """When a row was; None where its cells do not say."""
        cells = [each.cells.get(row) for each in self.when]
        if any(cell is None for cell in cells):
            return None
        first, *parts = [(each, cell) for each, cell in zip(self.when, cells, strict=True) if cell is not None]
        period = period_in(first[0], first[1])
        for _, cell in parts:
            period = in_year(words(cell), period) if period is not None else None
        return period


_OF_WEEK = re.compile(r"(?:w/|week[ -])(?:(?P<ends>e|end\w*)|c|commenc\w*|beginning|start\w*)(?: date)?", re.IGNORECASE)
"""A column whose days stand for weeks: “Week ending”, “w/c”."""


def period_in(column: ListedColumn, cell: SheetCell) -> Period | None:
    """The period in a cell of a column, which is read as its heading says."""
    name = "year" if column.name in YEAR_WORDS and column.name != "academic_year" else column.name
    if name in PERIOD_COLUMNS and (found := PERIOD_COLUMNS[name][0](words(cell))):
        return found
    named = heading(cell)
    if named is None:
        return None
    if of_week := _OF_WEEK.fullmatch(column.heading.strip()):
        day = cell if isinstance(cell, date) else parse_day(words(cell))
        if day is not None:
            first = (day.date() if isinstance(day, datetime) else day) - timedelta(days=6 if of_week["ends"] else 0)
            return Period(first, first + timedelta(days=6))
    return Period(named.odd_day, named.odd_day) if named.odd_day else named.period


def listing_of(sheet: Sheet) -> Listing | None:
    """The columns of a sheet that is a listing; None where it has no row of headings over rows that say when."""
    rows: dict[int, dict[int, SheetCell]] = {}
    for (row, column), value in sorted(sheet.cells.items()):
        rows.setdefault(row, {})[column] = value
    header = next((row for row, cells in rows.items() if _are_headings(cells.values())), None)
    if header is None:
        return None
    width = len(rows[header])
    below = tuple(row for row, cells in rows.items() if row > header and (len(cells) > 1 or width == 1))
    columns = [_column(at, words(text), rows, below) for at, text in rows[header].items()]
    when = [column for column in columns if _is_when(column)]
    exact = [column for column in when if column.name in PERIOD_COLUMNS or column.name in YEAR_WORDS]
    when = when if len(when) < 2 else exact or when
    years = [column for column in when if column.name in YEAR_WORDS]
    parts = [column for column in columns if column not in when and _are_parts(column)]
    if years and parts:
        when = [years[0], parts[0]]
    others = [column for column in columns if column not in when and column.cells]
    numbers = tuple(column for column in others if _holds_numbers(column))
    texts = tuple(column for column in others if column not in numbers)
    return Listing(sheet, header, tuple(when), numbers, texts, below) if when and below else None


def _holds_numbers(column: ListedColumn) -> bool:
    """Whether a column is one of numbers, some of which may be held back: "12", "c", "x"."""
    every = all(is_numberish(value, letters=True) for value in column.values)
    return every and any(map(is_numberish, column.values))


def _are_headings(cells: Iterable[SheetCell]) -> bool:
    values = list(cells)
    return len(values) > 1 and all(
        isinstance(value, str) and not is_numberish(value) and heading(value) is None for value in values
    )


def _column(at: int, text: str, rows: Mapping[int, Mapping[int, SheetCell]], below: Sequence[int]) -> ListedColumn:
    cells = {row: rows[row][at] for row in below if at in rows[row] and not is_blank(rows[row][at])}
    name = folded(text).replace(" ", "_").replace("-", "_")
    return ListedColumn(at, text, name if name in (*PERIOD_COLUMNS, *YEAR_WORDS) else column_name(text), cells)


def _is_when(column: ListedColumn) -> bool:
    """Whether every cell of a column is a period; bare numbers are one only under a heading that says so."""
    if not column.cells:
        return False
    if column.name in PERIOD_COLUMNS or column.name in YEAR_WORDS:
        return all(period_in(column, cell) is not None for cell in column.values)
    found = [heading(cell) for cell in column.values]
    return all(each is not None and each.is_sure for each in found)


def _are_parts(column: ListedColumn) -> bool:
    return bool(column.cells) and all(is_part_of_a_year(words(cell)) for cell in column.values)


def looks_tidy(sheet: Sheet, areas: Iterable[str]) -> bool:
    """Whether each row of a sheet is one observation: a period, words, and one number or several."""
    found = listing_of(sheet)
    if found is None or not found.numbers:
        return False
    periods = [found.period(row) for row in found.rows]
    if not found.texts and len(found.when) == 1:
        return len(found.numbers) == 1 and found.numbers[0].name != "" and folded(found.numbers[0].heading) not in areas
    return len(set(periods)) < len(periods) or len(found.when) > 1


def looks_like_events(sheet: Sheet) -> bool:
    """Whether each row of a sheet is one event: a day, and words about it."""
    found = listing_of(sheet)
    if found is None or len(found.when) != 1 or not found.texts:
        return False
    are_numbers = [column for column in found.numbers if len(set(column.values)) < len(column.values)]
    days = [found.period(row) for row in found.rows]
    return not are_numbers and any(day is not None and day.days == 1 for day in days)
