"""What each column of an extract holds: the numbers of a period, a total, or the names of the rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from papergen import codes
from papergen.data.tables import PERIOD_COLUMNS
from papergen.data.wide.cells import CellPlace, Sheet, folded
from papergen.data.wide.headings import ISO_MONTH, PeriodHeading, beside_total, heading, is_total, written
from papergen.data.wide.numbers import is_numberish
from papergen.data.wide.report import Telling
from papergen.data.wide.shape import Areas
from papergen.diagnostics import Code
from papergen.values.period_names import parse_year
from papergen.values.periods import Period, print_day


@dataclass(slots=True)
class SheetColumns:
    """The columns of a sheet whose months stand across in row ``header``.

    ``periods`` are all months or all quarters, earliest first; ``totals`` sum what lies within a period, or with None
    all; ``labels`` are the names that the other columns have in the tidy file.  ``rows`` are the filled columns of
    each row below the header.
    """

    sheet: Sheet
    header: int
    telling: Telling
    rows: dict[int, list[int]] = field(default_factory=dict)
    periods: dict[int, Period] = field(default_factory=dict)
    totals: dict[int, Period | None] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)

    def has_numbers(self, row: int) -> bool:
        return any(is_numberish(self.sheet.cells[row, column]) for column in self.rows[row] if column in self.periods)

    def tell(self, place: CellPlace, code: Code, what: str, hint: str) -> None:
        self.telling.at(self.sheet, place, code, what, hint)

    def leave_out(self, column: int, why: str) -> None:
        """Warn that a column is left out; ``why`` says what it does."""
        text, line = self.sheet.words((self.header, column)), "row" if self.sheet.flipped else "column"
        what = f"heads a {line} {f'“{text}”' if text else 'without a heading'} that {why}, so it is left out"
        self.tell((self.header, column), codes.EXTRACT_LEFT_OUT, what, "Delete it, or name it.")


def find_columns(sheet: Sheet, header: int, areas: Areas, telling: Telling) -> SheetColumns:
    """The columns of a sheet, with a diagnostic for each that is unclear."""
    columns = SheetColumns(sheet, header, telling)
    for row, column in sorted(sheet.cells):
        if row > header:
            columns.rows.setdefault(row, []).append(column)
    _find_periods(columns)
    _find_totals(columns)
    taken = {*columns.periods, *columns.totals}
    observed = [
        row
        for row, filled in columns.rows.items()
        if columns.has_numbers(row) and not any(is_total(sheet.words((row, at))) for at in filled if at not in taken)
    ]
    _find_labels(columns, observed, areas)
    if not columns.labels:
        what = "has no names of areas beside its numbers"
        columns.tell((header, min(taken)), codes.EXTRACT_SHAPE, what, "Name the area of each row in the first column.")
    _leave_out_months_to_come(columns, observed)
    return columns


def _find_periods(columns: SheetColumns) -> None:
    """Sort the headings into periods and totals; tell of one that stands there twice or is a day in mid-month."""
    headings = _headings(columns)
    length = min(each.period.length for each in headings.values())
    seen: dict[Period, int] = {}
    for column, each in headings.items():
        place = (columns.header, column)
        if each.period.length != length:
            columns.totals[column] = each.period
            continue
        columns.periods[column] = each.period
        first = seen.setdefault(each.period, column)
        if each.odd_day is not None:
            what = f"is {print_day(each.odd_day)}, a day within the month"
            hint = "Excel reads “Apr-15” as 15 April: write the month as 2015-04, or as its first or last day."
            columns.tell(place, codes.EXTRACT_HEADING, what, hint)
        elif first != column:
            what = f"is {written(each.period)}, as {columns.sheet.cell((columns.header, first))} is already"
            columns.tell(place, codes.EXTRACT_HEADING, what, "Correct one, or delete it.")
    columns.periods = dict(sorted(columns.periods.items(), key=lambda item: item[1].starts))


def _headings(columns: SheetColumns) -> dict[int, PeriodHeading]:
    """The headings that name a period.

    “2011-12” is the financial year where no other month is written like that; it might be December 2011.
    """
    across = {column: value for (row, column), value in sorted(columns.sheet.cells.items()) if row == columns.header}
    headings = {column: found for column, value in across.items() if (found := heading(value))}
    written_as = {column: columns.sheet.words((columns.header, column)) for column in headings}
    iso = {column for column, text in written_as.items() if ISO_MONTH.fullmatch(text)}
    years = {column: year for column in iso if (year := parse_year(written_as[column]))}
    if iso <= set(years) and len(years) < len(headings):
        headings.update({column: PeriodHeading(year) for column, year in years.items()})
    return headings


def _find_totals(columns: SheetColumns) -> None:
    """Find the columns that are totals by their names and have numbers."""
    sheet = columns.sheet
    for column in sorted(column for row, column in sheet.cells if row == columns.header):
        text = sheet.words((columns.header, column))
        if column in columns.periods or column in columns.totals or not is_total(text):
            continue
        if any(is_numberish(sheet.cells[row, column]) for row in columns.rows if (row, column) in sheet.cells):
            of = heading(beside_total(text))
            columns.totals[column] = of.period if of else None


def _find_labels(columns: SheetColumns, observed: list[int], areas: Areas) -> None:
    """Name the columns of text before the last month; tell of a column of numbers that is no month."""
    sheet, last = columns.sheet, max(columns.periods)
    taken = {*columns.periods, *columns.totals}
    matches: dict[int, int] = {}
    for column in sorted({column for row in observed for column in columns.rows[row]} - taken):
        values = [sheet.cells[row, column] for row in observed if (row, column) in sheet.cells]
        if column > last or all(is_numberish(value) or not isinstance(value, str) for value in values):
            columns.leave_out(column, "names no rows and is headed by no month or quarter")
        else:
            matches[column] = sum(folded(sheet.words((row, column))) in areas for row in observed)
    headings = {column: _column_name(sheet.words((columns.header, column))) for column in matches}
    area = next((column for column, name in headings.items() if name in ("area", "policing_area")), None)
    if area is None and matches:
        most = max(matches, key=lambda column: (matches[column], -column))
        area = most if matches[most] or list(headings.values()) == [""] else None
    if area is not None:
        headings[area] = "area"
    for column, name in headings.items():
        if not re.fullmatch(r"[a-z]\w*", name):
            what = f"gives a column the name “{name}”, which is none" if name else "names no column"
            hint = "Write what the column holds, such as Crime type."
            columns.tell((columns.header, column), codes.EXTRACT_HEADING, what, hint)
        if name in columns.labels.values():
            what = f"names a second column “{name}”"
            columns.tell((columns.header, column), codes.EXTRACT_HEADING, what, "Name it differently, or delete it.")
        columns.labels[column] = name


def _column_name(text: str) -> str:
    name = re.sub(r"\W+", "_", text.lower()).strip("_")
    return "" if name in (*PERIOD_COLUMNS, "months", "quarters", "period", "dates") else name


def _leave_out_months_to_come(columns: SheetColumns, observed: list[int]) -> None:
    """Leave out the last months when no row has anything in them: an extract laid out for the whole year."""
    filled = {column for row in observed for column in columns.rows[row]}
    while observed and len(columns.periods) > 1 and (last := list(columns.periods)[-1]) not in filled:
        what = f"is {written(columns.periods.pop(last))}, for which no row has a number, so it is left out"
        place = (columns.header, last)
        columns.tell(place, codes.EXTRACT_LEFT_OUT, what, "Nothing to do if it is still to come.")
