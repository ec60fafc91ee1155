"""A sheet with one row of headings and a row for each observation or event: what each column holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from papergen.data.tables import PERIOD_COLUMNS
from papergen.data.total_names import may_be_total
from papergen.data.wide.cells import CellPlace, Sheet, SheetCell, folded, words
from papergen.data.wide.headings import (
    NAME_MONTHS,
    NAME_WEEKS,
    OPEN_YEAR,
    heading,
    in_year,
    is_part_of_a_year,
    lead_in,
    period_column,
    year_of,
)
from papergen.data.wide.names import column_name
from papergen.data.wide.numbers import is_numberish
from papergen.values.period_names import parse_month
from papergen.values.periods import MONTHS, Period

_SAYS_WHEN = re.compile(r"(?:^|_)(?:year|years|yr|fy|period|time|date|month|quarter|half|week)(?:_|$)")
_IS_YEAR = re.compile(r"(?:^|_)(?:year|years|yr|fy)(?:_|$)")
_OTHER_YEARS = re.compile(r"(?:financial|fiscal|academic|school)_year|fy")
_NO_NUMBERS = re.compile(
    r"(?:^|_)(?:longitude|latitude|easting|northing|id|ref|reference|code|x|y)(?:_|$)|\w_(?:no|number)$"
)
_IS_MONEY = re.compile(r"£|(?:^|_)(?:amount|paid|net|gross|spend|cost)(?:_|$)|value_gbp", re.IGNORECASE)
_KIND_OF_YEAR = re.compile(r"(?:academic|financial|calendar) year", re.IGNORECASE)


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
    """The columns of a listing that say when (a year, and a part of it), hold numbers, and hold words.

    ``periods`` are those of its ``rows``, where their cells say one; ``coarser`` the columns that say when once more.
    ``unclear`` is a cell that may name either of several months or weeks, what it is, and what mends it.
    """

    sheet: Sheet
    header: int
    when: tuple[ListedColumn, ...]
    numbers: tuple[ListedColumn, ...]
    texts: tuple[ListedColumn, ...]
    rows: tuple[int, ...]
    periods: Mapping[int, Period]
    coarser: tuple[ListedColumn, ...] = ()
    unclear: tuple[CellPlace, str, str] | None = None


def listing_of(sheet: Sheet) -> Listing | None:
    """The columns of a sheet that is a listing; None where it has no row of headings over rows that say when."""
    rows = sheet.rows()
    width = max(map(len, rows.values()), default=0)
    header = next((row for row, cells in rows.items() if 3 * len(cells) > width and _are_headings(cells)), None)
    if header is None:
        return None
    below = [row for row, cells in rows.items() if row > header and not _is_note(cells, len(rows[header]))]
    columns = [
        ListedColumn(at, words(text), _name(words(text)), {row: rows[row][at] for row in below if at in rows[row]})
        for at, text in rows[header].items()
    ]
    periods = {column.at: found for column in columns if (found := _periods(column))}
    when = _finest([column for column in columns if column.at in periods], periods)
    if when is None:
        return None
    chosen, coarser = (
        [when],
        tuple(
            column
            for column in columns
            if column is not when and (found := periods.get(column.at))
            if found == periods[when.at] or _holds(found, periods[when.at])
        ),
    )
    said, unclear = periods[when.at], _open_week(columns, periods[when.at])
    if part := next((column for column in columns if _names_parts(column)), None):
        chosen.append(part)
        years = _filled(said, below)
        open_months = (
            ((row, part.at), f"is month {words(part.cells[row])} of a year that does not begin in January", NAME_MONTHS)
            for row, year in years.items()
            if year.starts.month > 1 and words(part.cells.get(row, "")).isdecimal() and "month" in folded(part.heading)
        )
        unclear = next(open_months, None)
        said = {row: within for row, year in years.items() if (within := _part_of(part, row, year))}
    others = [column for column in columns if column not in (*chosen, *coarser) and column.cells]
    # a column is one of numbers where some are held back: "12", "c", "x"
    may_be_numbers = (each for each in others if all(is_numberish(value, letters=True) for value in each.values))
    numbers = tuple(column for column in may_be_numbers if any(map(is_numberish, column.values)))
    texts = tuple(column for column in others if column not in numbers)
    kept = tuple(row for row in below if not any(may_be_total(words(each.cells.get(row, ""))) for each in chosen))
    return Listing(sheet, header, tuple(chosen), numbers, texts, kept, said, coarser, unclear) if kept else None


def _are_headings(cells: Mapping[int, SheetCell]) -> bool:
    values = list(cells.values())
    return len(values) > 1 and all(
        isinstance(value, str) and not is_numberish(value) and heading(value) is None for value in values
    )


def _is_note(cells: Mapping[int, SheetCell], width: int) -> bool:
    """Whether a row has a text alone, or one behind its mark, where others have more."""
    *_, last = cells.values()
    return len(cells) == 1 < width or (len(cells) == 2 < width - 1 and isinstance(last, str) and " " in last)


def _name(text: str) -> str:
    name = folded(text).replace(" ", "_").replace("-", "_")
    return name if name in PERIOD_COLUMNS or _IS_YEAR.fullmatch(name) else column_name(text)


def _periods(column: ListedColumn) -> dict[int, Period] | None:
    """The period of each cell of a column that holds nothing else but totals; None for another column.

    Bare numbers are periods only under a heading that says so.
    """
    cells = {row: cell for row, cell in column.cells.items() if not may_be_total(words(cell))}
    if column.name in PERIOD_COLUMNS and column.name != "year":
        read = PERIOD_COLUMNS[column.name][0]
        exact = {row: each for row, cell in cells.items() if (each := read(words(cell)))}
        if len(exact) == len(cells):
            return exact
    lead = lead_in(column.heading)
    found = {row: named for row, cell in cells.items() if (named := heading(cell, lead=lead))}
    says_when = bool(lead) or _SAYS_WHEN.search(column_name(column.heading) or folded(column.heading)) is not None
    if not found or len(found) < len(cells) or not (says_when or all(each.is_sure for each in found.values())):
        return None
    texts = [words(cell) for cell in cells.values()]
    if all(map(year_of, texts)) and not all(map(parse_month, texts)):
        return {row: year for row, cell in cells.items() if (year := year_of(words(cell)))}
    if _OTHER_YEARS.fullmatch(column.name) and any(len(text) == 4 for text in texts if not OPEN_YEAR.fullmatch(text)):
        return None  # the academic or financial year 2015 may begin or end in it
    # the days of a column in which some are within a month, or the months and longer periods as they are
    are_days = any(each.is_in_mid_month for each in found.values())
    return {row: Period(each.day, each.day) if are_days and each.day else each.period for row, each in found.items()}


def _finest(columns: Sequence[ListedColumn], periods: Mapping[int, Mapping[int, Period]]) -> ListedColumn | None:
    """The column that says when: the first, or one named for it, or one whose periods lie within those of that."""
    named = [column for column in columns if column.name in PERIOD_COLUMNS or _IS_YEAR.search(column.name)]
    found = next(iter([*named, *columns]), None)
    for column in columns:
        if found is not None and column is not found and _holds(periods[found.at], periods[column.at]):
            found = column
    return found


def _holds(outer: Mapping[int, Period], inner: Mapping[int, Period]) -> bool:
    """Whether each of some periods lies in a longer one of its row."""
    return outer.keys() >= inner.keys() and all(
        outer[row].holds(period) and outer[row].days > period.days for row, period in inner.items()
    )


def _filled(periods: Mapping[int, Period], rows: Sequence[int]) -> dict[int, Period]:
    """The periods of rows, with those above put in where a pivot table leaves them out."""
    filled = dict(periods)
    for above, row in pairwise(rows):
        if row not in filled and above in filled:
            filled[row] = filled[above]
    return filled


def _names_parts(column: ListedColumn) -> bool:
    cells = [_part(column, cell) for cell in column.values]
    return bool(cells) and all(is_part_of_a_year(cell) or _KIND_OF_YEAR.fullmatch(cell) for cell in cells)


def _part(column: ListedColumn, cell: SheetCell) -> str:
    """The part of a year in a cell: a number under a heading of quarters, or of months, is one of them."""
    text, name = words(cell), folded(column.heading)
    if text.isdecimal() and "quarter" in name:
        return f"Q{text}"
    if text.isdecimal() and "month" in name and 1 <= int(text) <= len(MONTHS):
        return MONTHS[int(text) - 1]
    return text


def _part_of(column: ListedColumn, row: int, year: Period) -> Period | None:
    text = _part(column, column.cells.get(row, ""))
    named = heading(f"{year.name} {text}") if _KIND_OF_YEAR.fullmatch(text) else None
    return named.period if named else in_year(text, year)


def _open_week(columns: Sequence[ListedColumn], said: Mapping[int, Period]) -> tuple[CellPlace, str, str] | None:
    """The first number of a week beside its year: weeks may begin on any day, and the first one early or late."""
    years = all(period.length == len(MONTHS) for period in said.values())
    week = next(
        (each for each in columns if years and re.fullmatch(r"week(?: (?:no\.?|number))?", each.heading, re.I)), None
    )
    row = next((row for row, cell in (week.cells if week else {}).items() if words(cell).isdecimal()), None)
    if week is None or row is None:
        return None
    return (row, week.at), f"is week {words(week.cells[row])}, which may begin on any day", NAME_WEEKS


def headings_lacking(sheet: Sheet) -> str:
    """Headings that a listing without any could have, such as “month,name,value”; or nothing."""
    width = max((column for _, column in sheet.cells), default=0) + 1
    numbered = {(row + 1, column): value for (row, column), value in sheet.cells.items()}
    first = min((row for row, _ in numbered), default=1) - 1
    found = listing_of(
        replace(sheet, cells={**{(first, at): f"column {'i' * (at + 1)}" for at in range(width)}, **numbered})
    )
    if found is None or found.header != first or not found.numbers or first + 1 not in found.rows:
        return ""
    names = {each.at: f"name{index or ''}" for index, each in enumerate(found.texts)}
    names |= {each.at: period_column(list(found.periods.values())) for each in found.when}
    names |= {each.at: f"value{index or ''}" for index, each in enumerate(found.numbers)}
    return ",".join(names.get(at, "other") for at in range(width))


def money_column(sheet: Sheet) -> str:
    """The heading of the amounts in a sheet that lists payments: a day, words and an amount in each row; or nothing."""
    found = listing_of(sheet)
    if found is None or not found.texts or any(each.days > 1 for each in found.periods.values()) or _is_full(found):
        return ""
    return next((each.heading for each in found.numbers if _IS_MONEY.search(each.heading.replace(" ", "_"))), "")


def _is_full(found: Listing) -> bool:
    """Whether there is one row for each day, without one left out, and each combination of words."""
    days = sorted({period.starts for period in found.periods.values()})
    combinations = {tuple(words(each.cells.get(row, "")) for each in found.texts) for row in found.rows}
    follow = all((later - day).days == 1 for day, later in pairwise(days))
    return len(days) > 1 and follow and len(found.rows) == len(days) * len(combinations)


def looks_tidy(sheet: Sheet, areas: Iterable[str]) -> bool:
    """Whether each row of a sheet is one observation: a period, words, and one number or several."""
    found = listing_of(sheet)
    if found is None or not found.numbers:
        return False
    periods = list(found.periods.values())
    if not found.texts and len(found.when) == 1:
        return len(found.numbers) == 1 and found.numbers[0].name != "" and folded(found.numbers[0].heading) not in areas
    if not found.texts and len(found.numbers) > 1:
        return False
    return len(set(periods)) < len(periods) or len(found.when) > 1 or _is_full(found)


def looks_like_events(sheet: Sheet) -> bool:
    """Whether each row of a sheet is one event: when it was, and words about it."""
    found = listing_of(sheet)
    if found is None or len(found.when) != 1 or not found.texts:
        return False
    return all(_NO_NUMBERS.search(column.name) for column in found.numbers)
