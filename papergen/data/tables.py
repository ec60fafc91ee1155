"""Data files: tidy CSV as analysts really save it, read into typed tables or refused with row and column."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from papergen import codes
from papergen.data.text_files import MOST_FINDINGS, RowFile
from papergen.data.total_names import is_total
from papergen.diagnostics import Diagnostics, did_you_mean
from papergen.values.facts import FactError
from papergen.values.period_names import (
    MONTH_NUMBERS,
    parse_academic_year,
    parse_american_day,
    parse_day,
    parse_half,
    parse_month,
    parse_period,
    parse_quarter,
    parse_week,
    parse_year,
)
from papergen.values.periods import Period, months_period
from papergen.values.states import NumberState, parse_cell
from papergen.values.words import joined
from papergen.world import World

HOW_TO_WRITE_NONE = "Write 0 if none was counted, [c] if the number is held back, [x] if there is none."
MOST_DECIMALS = 20
"""More than a number worked out by a spreadsheet has, which keeps 15 digits."""


def _month(text: str) -> Period | None:
    month = parse_month(text)
    return months_period(month, month) if month else None


def _day(text: str) -> Period | None:
    day = parse_day(text)
    return Period(day, day) if day else None


PERIOD_COLUMNS: Mapping[str, tuple[Callable[[str], Period | None], str]] = {
    "month": (_month, "a month such as 2015-12"),
    "quarter": (parse_quarter, "a quarter such as 2015/16 Q3"),
    "half": (parse_half, "a half-year such as 2015/16 H1 or Apr-Sep 2015"),
    "year": (parse_year, "a year such as 2015/16, 2015 or “12 months to September 2015”"),
    "academic_year": (parse_academic_year, "an academic year such as 2015/16"),
    "week": (parse_week, "the first day of a week, such as 2015-12-28"),
    "date": (_day, "a day such as 2015-12-31"),
    "period": (parse_period, "a period such as “2013/14 to 2015/16” or “12 months to March 2016”"),
}
"""The columns that say when: how a cell is read, and what it must be."""


@lru_cache(maxsize=4096)
def _period(column: str, cell: str) -> Period | None:
    """The period in a cell; the same few stand in thousands of rows."""
    return PERIOD_COLUMNS[column][0](cell)


_QUARTER_OR_NOT = re.compile(r"Q(?:uarter)?\s*([1-4])[ ,]*(\d{4})", re.IGNORECASE)
_MONTH_NAMES = re.compile("|".join(sorted(MONTH_NUMBERS, key=len, reverse=True)), re.IGNORECASE)
_GROUP = re.compile(r"-?\d{1,3},\d{3}")


@lru_cache(maxsize=100_000)
def _number(cell: str) -> tuple[Fraction | None, NumberState | None, bool] | None:
    """The number in a cell, its state, and whether it has more digits than any figure needs; None for anything else."""
    found = parse_cell(cell)
    if found is None:
        return None
    number, state = found
    if number is None:
        return None, state, False
    is_long = -int(number.as_tuple().exponent) > MOST_DECIMALS or number.adjusted() > 15
    return Fraction(number), state, is_long


@dataclass(frozen=True, slots=True)
class DataRow:
    """A row of a data file: the line it stands on, its period, and its cells by column; numbers are exact.

    ``states`` has those of its numbers that are provisional, or held back and so not among ``numbers``.
    """

    line: int
    period: Period
    texts: Mapping[str, str]
    numbers: Mapping[str, Fraction]
    states: Mapping[str, NumberState] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DataTable:
    """A data file: its columns of texts and of numbers as they are named in it, and its rows in the order of lines.

    ``period_column`` is the name of the column that says when, ``sha256`` the hash of the file's bytes.
    """

    file: str
    period_column: str
    texts: tuple[str, ...]
    numbers: tuple[str, ...]
    rows: tuple[DataRow, ...]
    sha256: str
    _by_word: dict[str, dict[str, list[DataRow]]] = field(default_factory=dict, compare=False, repr=False)

    def by_word(self, column: str) -> Mapping[str, Sequence[DataRow]]:
        """The rows for each word of a text column, the words in the order in which they first stand there."""
        if column not in self._by_word:
            found: dict[str, list[DataRow]] = {}
            for row in self.rows:
                found.setdefault(row.texts[column], []).append(row)
            self._by_word[column] = found
        return self._by_word[column]

    def refuse_unknown(self, column: str) -> None:
        """Raise ``FactError`` for a column of words that the file does not have."""
        if column not in self.texts:
            hint = did_you_mean(column, self.texts, f"Its columns are: {', '.join(self.texts) or 'none'}.")
            raise FactError(f"{self.file} has no column “{column}” to choose by.", hint)

    def only(self, *chosen: tuple[str, Collection[str]]) -> list[DataRow]:
        """The rows whose text in each of the columns is one of its words, in the order of lines."""
        if not chosen:
            return list(self.rows)
        (column, words), *rest = chosen
        found = [row for word in dict.fromkeys(words) for row in self.by_word(column).get(word, ())]
        for name, wanted in rest:
            found = [row for row in found if row.texts[name] in wanted]
        return found if len(words) == 1 else sorted(found, key=lambda row: row.line)


def read_table(
    world: World, file: str, *, numbers: Iterable[str], areas: Sequence[str], diagnostics: Diagnostics
) -> DataTable | None:
    """The table in ``file``, whose columns ``numbers`` hold numbers, or None with a diagnostic for all that is wrong.

    ``areas`` are the policing areas that a column ``area`` may name; with none, any is allowed.
    """
    data = world.read_bytes(file)
    return None if data is None else parse_table(data, file, numbers=numbers, areas=areas, diagnostics=diagnostics)


def parse_table(
    data: bytes, file: str, *, numbers: Iterable[str], areas: Sequence[str], diagnostics: Diagnostics
) -> DataTable | None:
    """The table in ``data``, which is or will be ``file``, as ``read_table`` gives it."""
    reading = _Reading(RowFile(file), tuple(numbers), tuple(areas))
    table = reading.table(data)
    reading.text.tell(diagnostics)
    return table


PlainRow = Callable[[int, list[str]], DataRow | None]


@dataclass
class _Reading:
    text: RowFile
    numbers: tuple[str, ...]
    areas: tuple[str, ...]

    def table(self, data: bytes) -> DataTable | None:
        """The rows as a typed table; None where anything is wrong."""
        rows = self.text.rows(data)
        names = self._header(rows) if rows else None
        if names is None:
            return None
        if len(rows) == 1:
            self.text.refuse(codes.DATA_FILE, rows[0][0], "The file has a header and no rows.", "Export it again.")
            return None
        period = next(name for name in names if name in PERIOD_COLUMNS)
        at = names.index(period)
        if period == "month":
            self._refuse_american_months([(line, cells[at]) for line, cells in rows[1:] if len(cells) > at], at)
        texts = tuple(name for name in names if name not in self.numbers and name != period)
        found = tuple(self._typed(names, rows, self._plain(names, period, texts)))
        table = DataTable(self.text.file, period, texts, self.numbers, found, hashlib.sha256(data).hexdigest())
        if not self.text.refused:
            self._find_twice(table)
        return None if self.text.refused else table

    def _header(self, rows: Sequence[tuple[int, list[str]]]) -> list[str] | None:
        names = self.text.names(rows, needed=self.numbers)
        if names is None:
            return None
        line, periods = rows[0][0], [name for name in names if name in PERIOD_COLUMNS]
        if len(periods) != 1:
            hint = f"Name one column {joined(list(PERIOD_COLUMNS), 'or')}, for what it holds."
            like = ((name, period) for name in names for period in PERIOD_COLUMNS if period in name.split("_"))
            if not periods and (found := next(like, None)):
                hint = f"Name the column “{found[0]}” {found[1]}."
            self.text.refuse(
                codes.DATA_HEADER,
                line,
                f"The columns {' and '.join(periods)} both say when." if periods else "No column says when.",
                hint,
            )
        elif periods[0] in self.numbers:
            self.text.refuse(
                codes.DATA_HEADER,
                line,
                f"The column “{periods[0]}” says when, and a measure takes its numbers from it.",
                "Correct “value” or “of” of the measure in content/measures.yaml.",
            )
        return None if self.text.refused else names

    def _refuse_american_months(self, cells: Sequence[tuple[int, str]], at: int) -> None:
        """Tell once of 01/01/2024, 02/01/2024 …, which are days of one month unless their month stands first."""
        american = {parse_american_day(cell) for cell in {cell for _, cell in cells}}
        if len(american) < 2 or not all(day and day.day == 1 for day in american):
            return
        if len({_month(cell) for _, cell in cells}) < len(american):
            line, cell = cells[0]
            self._refuse_american(line, cell, at)

    def _refuse_american(self, line: int, cell: str, at: int) -> None:
        what, hint = f"“{cell}” has its month first.", "Write days as 2024-04-30, and months as 2024-04."
        self.text.refuse(codes.DATA_PERIOD, line, what, hint, cell=at, like="american")

    def _plain(self, names: list[str], period: str, texts: tuple[str, ...]) -> PlainRow:
        """What makes a row of which nothing is to be told, as of most, and gives None for any other."""
        at = {name: index for index, name in enumerate(names)}
        of_texts = [(name, at[name]) for name in texts]
        areas = frozenset(self.areas if "area" in texts else ())

        def row(line: int, cells: list[str]) -> DataRow | None:
            when = _period(period, cells[at[period]])
            if when is None or "" in cells or (areas and cells[at["area"]] not in areas):
                return None
            numbers: dict[str, Fraction] = {}
            for name in self.numbers:
                number, state, is_long = _number(cells[at[name]]) or (None, None, False)
                if number is None or state is not None or is_long or "," in cells[at[name]]:
                    return None
                numbers[name] = number
            return DataRow(line, when, {name: cells[index] for name, index in of_texts}, numbers)

        return row

    def _typed(self, names: list[str], rows: Sequence[tuple[int, list[str]]], plain: PlainRow) -> Iterator[DataRow]:
        last_line = len(self.text.lines)
        for line, cells in rows[1:]:
            while len(cells) > len(names) and not cells[-1]:
                cells.pop()
            if len(cells) != len(names):
                self.text.refuse_width(line, cells, names, is_cut=line == last_line and len(cells) < len(names))
            elif cells == rows[0][1]:
                self.text.refuse(codes.DATA_ROW, line, "This row is the header once more.", "Delete it.")
            elif (row := plain(line, cells)) is not None:
                yield row
            else:
                yield from self._row(line, names, cells)

    def _row(self, line: int, names: list[str], cells: list[str]) -> Iterator[DataRow]:
        """The row, unless a cell of it was refused."""
        period: Period | None = None
        texts: dict[str, str] = {}
        numbers: dict[str, Fraction] = {}
        states: dict[str, NumberState] = {}
        is_whole = True
        for index, (name, cell) in enumerate(zip(names, cells, strict=True)):
            if not cell:
                self._empty(name, line, index)
                is_whole = False
            elif name in PERIOD_COLUMNS:
                period = self._period(name, cell, line, index)
            elif name in self.numbers:
                number, state = self._number(name, cell, line, index)
                if number is not None:
                    numbers[name] = number
                if state is not None:
                    states[name] = state
                is_whole = is_whole and (number is not None or state is not None)
            else:
                texts[name] = self._text(name, cell, line, index)
        if period is not None and is_whole:
            yield DataRow(line, period, texts, numbers, states)

    def _empty(self, name: str, line: int, index: int) -> None:
        hint = HOW_TO_WRITE_NONE if name in self.numbers else "Fill it in."
        what = f"There is nothing in the column “{name}”."
        self.text.refuse(codes.DATA_ROW, line, what, hint, cell=index, like=f"empty {name}")

    def _period(self, name: str, cell: str, line: int, index: int) -> Period | None:
        period = _period(name, cell)
        if period is None and parse_american_day(cell):
            self._refuse_american(line, cell, index)
        elif period is None:
            hint = f"Write {PERIOD_COLUMNS[name][1]}."
            if quarter := _QUARTER_OR_NOT.fullmatch(cell):
                which, year = f"Q{quarter[1]}", int(quarter[2])
                financial = f"{year}/{(year + 1) % 100:02} {which}"
                hint = f"Write {year} {which} for the calendar year, or {financial} for the financial."
            what = f"“{cell}” is no {name}."
            self.text.refuse(codes.DATA_PERIOD, line, what, hint, cell=index, like=f"{name} {_form(cell)}")
        return period

    def _text(self, name: str, cell: str, line: int, index: int) -> str:
        if name == "area" and self.areas and cell not in self.areas:
            hint = did_you_mean(cell, self.areas, f"Its areas are: {', '.join(self.areas)}.")
            if is_total(cell, name) or sum(cell.casefold() in area.casefold() for area in self.areas) > 1:
                hint = "If it is all areas together, delete its rows: papergen adds the areas up."
            what = f"“{cell}” is no area that content/panel.yaml names."
            self.text.refuse(codes.DATA_AREA, line, what, hint, cell=index, like=cell)
        return cell

    def _number(self, name: str, cell: str, line: int, index: int) -> tuple[Fraction | None, NumberState | None]:
        found = _number(cell)
        if self.text.delimiter == ";" and _GROUP.fullmatch(cell):
            what = f"“{cell}” could be {cell.replace(',', '')} or {cell.replace(',', '.')}: in a file with semicolons a"
            what += " comma often begins decimals."
            hint = "Write thousands without a mark between them, and a point before decimals."
            self.text.refuse(codes.DATA_NUMBER, line, what, hint, cell=index, like=f"comma {name}")
        if found is None:
            hint, kind = _what_to_write(cell)
            what = f"“{cell}” in the column “{name}” is no number."
            self.text.refuse(codes.DATA_NUMBER, line, what, hint, cell=index, like=f"{kind or _form(cell)} {name}")
            return None, None
        number, state, is_long = found
        if is_long:
            what = f"“{cell}” has more digits than any figure needs."
            self.text.refuse(codes.DATA_NUMBER, line, what, "Round it.", cell=index)
        return number, state

    def _find_twice(self, table: DataTable) -> None:
        lines: dict[tuple[Period, tuple[str, ...]], int] = {}
        for row in table.rows:
            first = lines.setdefault((row.period, tuple(row.texts.values())), row.line)
            if first != row.line:
                what = ", ".join([row.period.name, *row.texts.values()])
                self.text.refuse(
                    codes.DATA_TWICE,
                    row.line,
                    f"The observation {what} stands in row {first} already.",
                    "Delete one of the two, or add the column in which they differ.",
                )
            if len(self.text.refused) > MOST_FINDINGS:
                return


def _form(cell: str) -> str:
    """A cell without its digits and the name of its month, as others with the same cause are written."""
    return re.sub(r"\d+", "0", re.sub(_MONTH_NAMES, "Jan", cell)) if re.search(r"[^\d/.-]", cell) else cell


def _what_to_write(cell: str) -> tuple[str, str]:
    """What mends a cell that is no number, and what others with the same cause have in common."""
    if cell.endswith("%"):
        return "Write the number alone, without the %.", "%"
    if re.fullmatch(r"-?\d+,\d+", cell):
        return "Write the number alone, with a point before decimals, as in 12.5.", ","
    if not any(map(str.isdecimal, cell)):
        return f"Write the number alone, or {HOW_TO_WRITE_NONE.removeprefix('Write ')}", ""
    return "Write the number alone, such as 1234 or 12.5.", ""
