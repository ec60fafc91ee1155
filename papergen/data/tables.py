"""Data files: tidy CSV as analysts really save it, read into typed tables or refused with row and column."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from papergen import codes
from papergen.diagnostics import Code, Diagnostics, Span, did_you_mean
from papergen.values.period_names import (
    parse_academic_year,
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

MOST_FINDINGS = 20
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

    ``period_column`` is the name of the column that says when.
    """

    file: str
    period_column: str
    texts: tuple[str, ...]
    numbers: tuple[str, ...]
    rows: tuple[DataRow, ...]
    _by_word: dict[str, dict[str, list[DataRow]]] = field(default_factory=dict, compare=False, repr=False)

    def by_word(self, column: str) -> Mapping[str, Sequence[DataRow]]:
        """The rows for each word of a text column, the words in the order in which they first stand there."""
        if column not in self._by_word:
            found: dict[str, list[DataRow]] = {}
            for row in self.rows:
                found.setdefault(row.texts[column], []).append(row)
            self._by_word[column] = found
        return self._by_word[column]

    def only(self, *chosen: tuple[str, Collection[str]]) -> list[DataRow]:
        """The rows whose text in each of the columns is one of its words, in the order of lines."""
        if not chosen:
            return list(self.rows)
        (column, words), *rest = chosen
        rows = [row for word in dict.fromkeys(words) for row in self.by_word(column).get(word, ())]
        found = [row for row in rows if all(row.texts[name] in wanted for name, wanted in rest)]
        return sorted(found, key=lambda row: row.line)


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
    return _Reading(file, tuple(numbers), tuple(areas), diagnostics).table(data)


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a list that is no series: its line, and its cells by column."""

    line: int
    cells: Mapping[str, str]


def read_records(world: World, file: str, *, columns: Sequence[str], diagnostics: Diagnostics) -> tuple[Record, ...]:
    """The rows of the list in ``file``, which must have ``columns``; none, with a diagnostic, when it is no list."""
    data = world.read_bytes(file)
    return () if data is None else _Reading(file, (), (), diagnostics).records(data, columns)


def decoded(data: bytes) -> str:
    """The text of a file saved by a spreadsheet program: UTF-8, UTF-16, or else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    first = data[:200]
    if len(first) >= 20 and len(data) % 2 == 0 and all(first[::2]) and first[1::2].count(0) * 3 > len(first):
        return data.decode("utf-16-le", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def text_rows(text: str) -> list[list[str]]:
    """The rows of a data file as they stand, its headings as the names of columns; none where it is no table."""
    reading = _Reading("", (), (), Diagnostics())
    rows = [cells for _, cells in reading.text_rows(text.encode())]
    return [[column_of(name) for name in rows[0]], *rows[1:]] if rows else []


def column_of(heading: str) -> str:
    """The name of the column under a heading: ``crime_type`` for “Crime type”."""
    return re.sub(r"[ -]+", "_", heading.lower())


@dataclass
class _Reading:
    file: str
    numbers: tuple[str, ...]
    areas: tuple[str, ...]
    diagnostics: Diagnostics
    lines: list[str] = field(default_factory=list)
    delimiter: str = ","
    told: int = 0
    groups: list[tuple[int, int, str]] = field(default_factory=list)

    def refuse(self, code: Code, line: int, message: str, hint: str, *, cell: int | None = None) -> None:
        """Record what is wrong in one cell or row; after many, only that there are more."""
        self.told += 1
        if self.told <= MOST_FINDINGS:
            column = 0 if cell is None else self._column(line, cell)
            self.diagnostics.add(code, Span(self.file, line, column), message, hint)
        elif self.told == MOST_FINDINGS + 1:
            self.diagnostics.add(
                code,
                Span(self.file, line),
                "There is more that is wrong in this file, from this row on.",
                "Mend what is listed first.",
            )

    def _column(self, line: int, cell: int) -> int:
        """Where a cell begins in its line, counted from 1."""
        quoted, passed = False, 0
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        for position, letter in enumerate(text):
            if passed == cell:
                return position + 1
            if letter == '"':
                quoted = not quoted
            passed += letter == self.delimiter and not quoted
        return len(text) + 1 if passed == cell else 0

    def records(self, data: bytes, columns: Sequence[str]) -> tuple[Record, ...]:
        rows = self.text_rows(data)
        if not rows:
            return ()
        (header_line, header), *body = rows
        names = self._names(header_line, header, needed=columns)
        if names is None:
            return ()
        filled = [(line, cells + [""] * (len(names) - len(cells))) for line, cells in body]
        for line, cells in filled:
            if any(cells[len(names) :]):
                self.refuse(
                    codes.DATA_ROW,
                    line,
                    f"This row has {len(cells)} cells; the header has {len(names)}.",
                    "Put a text with a comma in it between straight marks.",
                )
        return tuple(Record(line, dict(zip(names, cells, strict=False))) for line, cells in filled)

    def text_rows(self, data: bytes) -> list[tuple[int, list[str]]]:
        """The rows of the file as text; none, with a diagnostic, when it is empty or no text."""
        text = decoded(data).replace("\r\n", "\n").replace("\r", "\n")
        self.lines = text.split("\n")
        if "\x00" in text or "\ufffd" in text:
            self.refuse(codes.DATA_FILE, 1, "This is not a text file.", "Save it as “CSV UTF-8”.")
            return []
        self.delimiter = max(",\t;", key=self.lines[0].count)
        rows = self._rows(text)
        if not rows and not self.told:
            self.refuse(codes.DATA_FILE, 1, "The file is empty.", "Export it again.")
        return rows

    def table(self, data: bytes) -> DataTable | None:
        """The rows as a typed table."""
        rows = self.text_rows(data)
        if not rows:
            return None
        (header_line, header), *body = rows
        names = self._header(header_line, header)
        if names is None:
            return None
        if not body:
            self.refuse(codes.DATA_FILE, header_line, "The file has a header and no rows.", "Export it again.")
            return None
        found = tuple(self._typed(names, body))
        self._refuse_groups()
        if self.told:
            return None
        period = next(name for name in names if name in PERIOD_COLUMNS)
        texts = tuple(name for name in names if name not in self.numbers and name != period)
        table = DataTable(self.file, period, texts, self.numbers, found)
        self._find_twice(table)
        return None if self.told else table

    def _rows(self, text: str) -> list[tuple[int, list[str]]]:
        """The rows that are not blank, with the line each ends on."""
        reader = csv.reader(io.StringIO(text), delimiter=self.delimiter, strict=True)
        rows: list[tuple[int, list[str]]] = []
        done = 0
        try:
            for cells in reader:
                done = reader.line_num
                if any(cell.strip() for cell in cells):
                    rows.append((done, [" ".join(cell.split()) for cell in cells]))
        except csv.Error as problem:
            inside = "expected after" in str(problem)
            self.refuse(
                codes.DATA_FILE,
                done + 1,
                f"A quotation mark {'is closed inside a cell here' if inside else 'is opened here and never closed'}.",
                "Write it twice to mean itself, or export the file again." if inside else "Export the file again.",
            )
            return []
        return rows

    def _names(self, line: int, header: list[str], *, needed: Sequence[str]) -> list[str] | None:
        """The names of the columns; None, with a diagnostic, when one is empty, twice there, or missing."""
        names = [column_of(name) for name in header]
        while names and not names[-1]:
            names.pop()
        for index, name in enumerate(names):
            if not name:
                self.refuse(codes.DATA_HEADER, line, "A column has no name.", "Give it one, or delete it.", cell=index)
            elif name in names[:index]:
                self.refuse(
                    codes.DATA_HEADER, line, f"The column “{name}” stands here twice.", "Delete one of the two."
                )
        for name in needed:
            if name not in names:
                self.refuse(
                    codes.DATA_HEADER,
                    line,
                    f"There is no column “{name}”, which is needed.",
                    did_you_mean(name, names, f"The columns are: {', '.join(names)}."),
                )
        return None if self.told else names

    def _header(self, line: int, header: list[str]) -> list[str] | None:
        names = self._names(line, header, needed=self.numbers)
        if names is None:
            return None
        periods = [name for name in names if name in PERIOD_COLUMNS]
        if len(periods) != 1:
            self.refuse(
                codes.DATA_HEADER,
                line,
                f"The columns {' and '.join(periods)} both say when." if periods else "No column says when.",
                f"Name one column {joined(list(PERIOD_COLUMNS), 'or')}, for what it holds.",
            )
        elif periods[0] in self.numbers:
            self.refuse(
                codes.DATA_HEADER,
                line,
                f"The column “{periods[0]}” says when, and a measure takes its numbers from it.",
                "Correct “value” or “of” of the measure in content/measures.yaml.",
            )
        return None if self.told else names

    def _typed(self, names: list[str], body: list[tuple[int, list[str]]]) -> Iterator[DataRow]:
        last_line = len(self.lines)
        for line, cells in body:
            while len(cells) > len(names) and not cells[-1]:
                cells.pop()
            if len(cells) != len(names):
                cut = line == last_line and len(cells) < len(names)
                self.refuse(
                    codes.DATA_FILE if cut else codes.DATA_ROW,
                    line,
                    f"This row has {len(cells)} cells; the header has {len(names)}."
                    + (" It is the last: the file may be cut short." if cut else ""),
                    "Export the file again." if cut else "Put a text with a comma in it between straight marks.",
                )
                continue
            yield from self._row(line, names, cells)

    def _row(self, line: int, names: list[str], cells: list[str]) -> Iterator[DataRow]:
        """The row, unless a cell of it was refused."""
        before = self.told
        period: Period | None = None
        texts: dict[str, str] = {}
        numbers: dict[str, Fraction] = {}
        states: dict[str, NumberState] = {}
        for index, (name, cell) in enumerate(zip(names, cells, strict=True)):
            if not cell:
                self._empty(name, line, index)
            elif name in PERIOD_COLUMNS:
                period = self._period(name, cell, line, index)
            elif name in self.numbers:
                number, state = self._number(name, cell, line, index)
                if number is not None:
                    numbers[name] = number
                if state is not None:
                    states[name] = state
            else:
                texts[name] = self._text(name, cell, line, index)
        if period is not None and self.told == before:
            yield DataRow(line, period, texts, numbers, states)

    def _empty(self, name: str, line: int, index: int) -> None:
        hint = "Fill it in."
        if name in self.numbers:
            hint = "Write 0 if none was counted, [c] if the number is held back, [x] if there is none."
        self.refuse(codes.DATA_ROW, line, f"There is nothing in the column “{name}”.", hint, cell=index)

    def _period(self, name: str, cell: str, line: int, index: int) -> Period | None:
        period = _period(name, cell)
        if period is None:
            must_be = PERIOD_COLUMNS[name][1]
            self.refuse(codes.DATA_PERIOD, line, f"“{cell}” is no {name}.", f"Write {must_be}.", cell=index)
        return period

    def _text(self, name: str, cell: str, line: int, index: int) -> str:
        if name == "area" and self.areas and cell not in self.areas:
            self.refuse(
                codes.DATA_AREA,
                line,
                f"“{cell}” is no area that content/panel.yaml names.",
                did_you_mean(cell, self.areas, f"Its areas are: {', '.join(self.areas)}."),
                cell=index,
            )
        return cell

    def _number(self, name: str, cell: str, line: int, index: int) -> tuple[Fraction | None, NumberState | None]:
        found = _number(cell)
        if self.delimiter == ";" and _GROUP.fullmatch(cell):
            self.groups.append((line, index, cell))
        if found is None:
            hint = "Write the number alone, such as 1234 or 12.5."
            if cell.endswith("%"):
                hint = "Write the number alone, without the %."
            self.refuse(codes.DATA_NUMBER, line, f"“{cell}” in the column “{name}” is no number.", hint, cell=index)
            return None, None
        number, state, is_long = found
        if is_long:
            self.refuse(
                codes.DATA_NUMBER, line, f"“{cell}” has more digits than any figure needs.", "Round it.", cell=index
            )
        return number, state

    def _refuse_groups(self) -> None:
        """Tell once of the numbers that the country of the file reads for thousands or for decimals."""
        if self.groups:
            (line, index, cell), *others = self.groups
            more = f" (and {len(others)} more such numbers)" if others else ""
            self.refuse(
                codes.DATA_NUMBER,
                line,
                f"“{cell}” could be {cell.replace(',', '')} or {cell.replace(',', '.')}{more}: in a file with"
                " semicolons a comma often begins decimals.",
                "Write thousands without a mark between them, and a point before decimals.",
                cell=index,
            )

    def _find_twice(self, table: DataTable) -> None:
        alike: dict[tuple[Period, tuple[str, ...]], list[int]] = {}
        for row in table.rows:
            alike.setdefault((row.period, tuple(row.texts.values())), []).append(row.line)
        for (period, words), (first, *others) in alike.items():
            for line in others:
                what = ", ".join([period.name, *words])
                self.refuse(
                    codes.DATA_TWICE,
                    line,
                    f"The observation {what} stands in row {first} already.",
                    "Delete one of the two, or add the column in which they differ.",
                )
