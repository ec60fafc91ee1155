"""Reads the observations of an extract: the rows of a sheet with their names and values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from papergen import codes
from papergen.data.wide.cells import folded
from papergen.data.wide.columns import SheetColumns, find_columns
from papergen.data.wide.headings import is_surely_period, is_total, written
from papergen.data.wide.numbers import number
from papergen.data.wide.opening import open_book
from papergen.data.wide.report import Telling
from papergen.data.wide.shape import Areas, choose
from papergen.data.wide.size import UnreadableFileError
from papergen.data.wide.totals import SheetRow, TotalRow, check_totals
from papergen.diagnostics import Diagnostics, did_you_mean


@dataclass(frozen=True, slots=True)
class TidyRow:
    """One observation: its period as tidy files write it, its labels, its value, and the cell it stood in."""

    period: str
    labels: tuple[str, ...]
    value: Decimal
    cell: str


@dataclass(frozen=True, slots=True)
class WideExtract:
    """The observations of an extract, by period and then in the order of its rows.

    ``period_column`` is ``"month"`` or ``"quarter"``; ``columns`` name the labels of each row, such as ``"area"``.
    """

    period_column: str
    columns: tuple[str, ...]
    rows: tuple[TidyRow, ...]


def read_wide(
    data: bytes, *, name: str, sheet: str | None, areas: Sequence[str], diagnostics: Diagnostics
) -> WideExtract | None:
    """The observations of a wide extract (.xlsx, .xls, .ods or .csv), or None with a diagnostic for each error.

    ``name`` is what the file is called in diagnostics; ``sheet`` names the sheet, or with None the only one that has
    months and numbers is read.  ``areas`` are the policing areas that may be named; with none, any name is allowed.
    Total rows and columns are known by their names, checked against the sum, and left out.
    """
    telling = Telling(name, diagnostics)
    known = {folded(area): area for area in areas}
    try:
        chosen = choose(open_book(data, name), sheet, known, telling)
    except UnreadableFileError as problem:
        telling.tell(codes.EXTRACT_UNREADABLE, str(problem), problem.hint)
        return None
    if chosen is None:
        return None
    columns = find_columns(*chosen, known, telling)
    return None if telling.failed else _Reading(columns, known).extract()


class _Reading:
    """Reads the rows of a sheet whose columns are known."""

    def __init__(self, columns: SheetColumns, areas: Areas) -> None:
        self.columns, self.sheet, self.areas = columns, columns.sheet, areas
        self.names = list(columns.labels.values())
        self.rows: list[SheetRow] = []
        self.total_rows: list[TotalRow] = []
        self.seen: dict[tuple[str, ...], int] = {}

    def extract(self) -> WideExtract | None:
        columns = self.columns
        self._read_rows()
        check_totals(columns, self.rows, self.total_rows)
        self._check_areas()
        found = [
            TidyRow(written(period), row.labels, value, self.sheet.cell((row.row, column)))
            for column, period in columns.periods.items()
            for row in self.rows
            if (value := row.values[column]) is not None
        ]
        if not found and not columns.telling.failed:
            place = (columns.header, min(columns.periods))
            columns.tell(place, codes.EXTRACT_SHAPE, "has no rows under it", "Export it again.")
        kind = "month" if all(period.length == 1 for period in columns.periods.values()) else "quarter"
        return None if columns.telling.failed else WideExtract(kind, tuple(self.names), tuple(found))

    def _read_rows(self) -> None:
        previous = [""] * len(self.names)
        for row in self.columns.rows:
            labels = [self.sheet.words((row, column)) for column in self.columns.labels]
            names_area = any(folded(label) in self.areas for label in labels)
            dated = sum(is_surely_period(self.sheet.cells.get((row, at), "")) for at in self.columns.periods)
            # One with the name of an area has dates typed into cells that should hold numbers.
            if 2 * dated > len(self.columns.periods) and not names_area:
                place = (row, min(self.columns.periods))
                what = "heads the columns with months again"
                hint = "Put each table on a sheet of its own, and delete headings that are repeated."
                self.columns.tell(place, codes.EXTRACT_HEADING, what, hint)
                return
            if any(map(is_total, labels)):
                self.total_rows.append(TotalRow(row, self._filled(labels, previous), len(self.rows)))
            elif not self.columns.has_numbers(row) and not names_area and labels.count("") >= len(labels) - 1:
                self._note(row)
            else:
                previous = self._filled(labels, previous)
                self._read_row(row, previous)

    def _note(self, row: int) -> None:
        place = (row, self.columns.rows[row][0])
        text = self.sheet.words(place)
        what = f"“{text if len(text) <= 60 else f'{text[:57]}…'}” stands in a row without numbers, which is left out"
        self.columns.tell(place, codes.EXTRACT_NOTE, what, "Nothing to do.")

    def _filled(self, labels: Sequence[str], previous: Sequence[str]) -> list[str]:
        """The labels with those above put in where a pivot table leaves them out: before one that is given."""
        last = max((index for index, label in enumerate(labels) if label), default=-1)
        return [label or (previous[index] if index < last else "") for index, label in enumerate(labels)]

    def _read_row(self, row: int, labels: list[str]) -> None:
        for index, (column, name) in enumerate(self.columns.labels.items()):
            label, place = labels[index], (row, column)
            if not label:
                what = f"has no {name} for the numbers of its row"
                self.columns.tell(place, codes.EXTRACT_LABEL, what, "Write it in.")
            elif name == "area" and self.areas:
                labels[index] = self.areas.get(folded(label), label)
                if folded(label) not in self.areas:
                    known = f"Its areas are: {', '.join(self.areas.values())}; a row of sums must be called Total."
                    what = f"names “{label}”, which is no policing area of the panel"
                    hint = did_you_mean(label, self.areas.values(), known)
                    self.columns.tell(place, codes.EXTRACT_LABEL, what, hint)
        above = self.seen.setdefault(tuple(map(folded, labels)), row)
        if above != row and all(labels):
            first = min(self.columns.labels)
            what = f"names {', '.join(labels)}, as {self.sheet.cell((above, first))} does already"
            hint = "Delete one of the two, or add the column in which they differ."
            self.columns.tell((row, first), codes.EXTRACT_LABEL, what, hint)
        values: dict[int, Decimal | None] = {}
        for column in self.columns.periods:
            found = number(self.sheet.cells.get((row, column), ""), percent=(row, column) in self.sheet.percent)
            values[column] = found if isinstance(found, Decimal) else None
            if not isinstance(found, Decimal):
                self.columns.tell((row, column), codes.EXTRACT_VALUE, *found)
        self.rows.append(SheetRow(row, tuple(labels), values))

    def _check_areas(self) -> None:
        """Warn of an area that is not there: a pivot table has no row for one where none was counted."""
        for index, (column, name) in enumerate(self.columns.labels.items()):
            there = {row.labels[index] for row in self.rows}
            for area in self.areas.values() if name == "area" and not self.columns.telling.failed else ():
                if area not in there:
                    place, what = (self.columns.header, column), f"heads no row for {area}"
                    hint = "Add it, with 0 if none was counted, unless the data file has it already."
                    self.columns.tell(place, codes.EXTRACT_GAP, what, hint)
