"""Merges an extract into the tidy file that is there, without losing or silently changing a row."""

from __future__ import annotations

import csv
import io
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from papergen import codes
from papergen.data.tables import PERIOD_COLUMNS, DataTable, parse_table
from papergen.data.text_files import SEPARATOR
from papergen.data.wide.cells import folded
from papergen.data.wide.headings import written
from papergen.data.wide.numbers import plain
from papergen.data.wide.reading import WideExtract
from papergen.diagnostics import Diagnostics, Span, did_you_mean, near_match
from papergen.values.csv_text import harmless
from papergen.values.periods import Period, month_of
from papergen.values.states import print_cell

_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """An observation whose value in the data file (``old``, on ``line``) is not that of the extract (``new``)."""

    period: str
    labels: tuple[str, ...]
    old: str
    new: str
    line: int
    cell: str


@dataclass(frozen=True, slots=True)
class Merge:
    """The data file with an extract merged in: its text, and how many observations came new or were there already."""

    text: str
    added: int
    same: int
    differing: tuple[ChangedValue, ...]


def merge(
    existing: str | None,
    extract: WideExtract,
    *,
    constants: Mapping[str, str],
    value_column: str = "value",
    overwrite: bool,
    diagnostics: Diagnostics,
    file: str,
) -> Merge | None:
    """The tidy file ``existing`` (None for a new one) with the observations of ``extract``, or None with a diagnostic.

    ``constants`` are columns with one value for the whole extract, such as ``crime_type``.  A value that differs stays
    as it was unless ``overwrite``; either way it is listed.  Rows, their order, columns and line ends are kept; a new
    row goes after those of its period, or to the end when the file is not in the order of its periods.
    """
    labels = sorted((*extract.columns, *constants), key=lambda name: name != "area")
    problems = list(_misnamed((extract.period_column, *labels, value_column)))
    table: DataTable | None = None
    if not problems and existing and existing.strip(_MARK + " \t\r\n"):
        table = parse_table(existing.encode(), file, numbers=[value_column], areas=(), diagnostics=diagnostics)
        if table is None:
            return None
        extract = _with_periods_of(table, extract)
        problems = list(_misfits((extract.period_column, *labels, value_column), table))
    columns = (extract.period_column, *labels, value_column)
    for message, hint in problems:
        diagnostics.add(codes.MERGE_COLUMNS, Span(file), message, hint)
    if problems:
        return None
    words = dict.fromkeys([*constants.values(), *(label for row in extract.rows for label in row.labels)])
    would_run = [label for label in words if harmless(label) != label]
    for label in would_run:
        diagnostics.add(
            codes.EXTRACT_LABEL,
            Span(file),
            f"“{label[:80]}” begins like a formula, which a spreadsheet would run.",
            "Write the name without the sign before it.",
        )
    if would_run:
        return None
    text = existing if existing and table else ",".join(columns) + "\n"
    data_file = _DataFile(text, columns, table)
    for name, word in constants.items():
        there = [spelt for (column, _), spelt in data_file.spelled.items() if column == name]
        if folded(word) not in map(folded, there) and (near := near_match(word, there)):
            what = f"“{word}” is new in the column {name}, in which “{near}” stands."
            diagnostics.add(codes.CONSTANT_NEAR, Span(file), what, f"If it is the same, give --set {name}={near}.")
    return data_file.merged(extract, constants, overwrite=overwrite)


def _with_periods_of(table: DataTable, extract: WideExtract) -> WideExtract:
    """The extract with its periods as a data file has them, where they can be written in its column.

    Months go into a file by the date where all its dates are the last days of months: a stock that is counted then.
    """
    column, read = table.period_column, PERIOD_COLUMNS[table.period_column][0]
    periods = {row.period: _parsed(extract.period_column, row.period) for row in extract.rows}
    if column == extract.period_column:
        return extract
    ends = [row.period.ends for row in table.rows]
    if column == "date" and extract.period_column == "month" and all(day == month_of(day).last_day for day in ends):
        named = {text: period.ends.isoformat() for text, period in periods.items()}
    elif all(read(text) == period for text, period in periods.items()):
        named = {text: text for text in periods}
    else:
        return extract
    rows = tuple(replace(row, period=named[row.period]) for row in extract.rows)
    return replace(extract, period_column=column, rows=rows)


def _parsed(column: str, text: str) -> Period:
    """The period of an observation, which was written to be read."""
    period = PERIOD_COLUMNS[column][0](text)
    if period is None:
        raise ValueError(f"“{text}” is no {column}")
    return period


def _misnamed(columns: Sequence[str]) -> Iterable[tuple[str, str]]:
    """What is wrong with the names of columns that are to stand in one file, and what to do."""
    for name in columns[1:]:
        if not re.fullmatch(r"[a-z][^\WA-Z]*", name) or name in PERIOD_COLUMNS:
            yield f"“{name}” is no name for a column of words or numbers.", "Use small letters, digits and _."
    for name in sorted({name for name in columns if columns.count(name) > 1}):
        yield f"There would be two columns “{name}”.", "Rename the one in the extract, or give none."


def _misfits(columns: Sequence[str], table: DataTable) -> Iterable[tuple[str, str]]:
    """How the columns of the import and those of the data file differ, and what to do."""
    there = (table.period_column, *table.texts, *table.numbers)
    for name in columns:
        if name not in there:
            hint = did_you_mean(name, there, f"Its columns are: {', '.join(there)}.")
            yield f"The data file has no column “{name}”, which the import brings.", hint
    for name in there:
        if name not in columns:
            last = table.rows[-1]
            example = last.texts.get(name) or last.period.name
            hint = f"Say what it is for the whole import, such as {name}={example}."
            yield f"The data file has a column “{name}”, for which the import has nothing.", hint


@dataclass(frozen=True, slots=True)
class _Observed:
    """An observation of the data file: the line it ends on, its labels and period by column, and what its cell says."""

    line: int
    labels: Mapping[str, str]
    period: Period
    value: str


class _DataFile:
    """A tidy file as it stands, line by line, and its observations."""

    def __init__(self, text: str, columns: Sequence[str], table: DataTable | None) -> None:
        self.period, self.value_column = columns[0], columns[-1]
        self.mark = _MARK if text.startswith(_MARK) else ""
        source = list(io.StringIO(text.removeprefix(_MARK), newline=""))
        told = SEPARATOR.match(source[0])
        self.delimiter = told[1] if told else max(",\t;", key=source[0].count)
        self.end = source[0][len(source[0].rstrip("\r\n")) :] or "\n"
        self.raw: dict[int, str] = {}
        """The rows as they are, by the line each ends on."""
        self.names: list[str] = []
        reader = csv.reader(iter(source), delimiter=self.delimiter)
        for cells in reader:
            self.raw[reader.line_num] = "".join(source[next(reversed(self.raw), 0) : reader.line_num])
            if not self.names and any(map(str.strip, cells)) and not SEPARATOR.match(source[reader.line_num - 1]):
                self.header = reader.line_num
                self.names = [re.sub(r"[ -]+", "_", " ".join(name.split()).lower()) for name in cells]
        self.observed: dict[tuple[str, ...], _Observed] = {}
        self.spelled: dict[tuple[str, str], str] = {}
        """How the file writes each label of each column, so that “Robbery” joins the rows of “robbery”."""
        for row in table.rows if table else ():
            labels = {name: row.texts[name] for name in self.names if name in columns[1:-1]}
            for item in labels.items():
                self.spelled.setdefault((item[0], folded(item[1])), item[1])
            labels[self.period] = written(row.period)
            number = row.numbers.get(self.value_column)
            value = None if number is None else plain(Decimal(number.numerator) / number.denominator)
            said = print_cell(value, row.states.get(self.value_column))
            self.observed.setdefault(self._key(labels), _Observed(row.line, labels, row.period, said))

    def _key(self, labels: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(folded(labels[name]) for name in sorted(labels))

    def merged(self, extract: WideExtract, constants: Mapping[str, str], *, overwrite: bool) -> Merge:
        """The file with the observations of an extract, each new one after those of its period."""
        ends = [self.header, *(each.line for each in self.observed.values())]
        known = [each.period.starts for each in self.observed.values()]
        is_in_order = known == sorted(known)
        new: dict[int, list[str]] = {}
        same, differing = 0, []
        for row in extract.rows:
            labels = {**dict(zip(extract.columns, row.labels, strict=True)), **constants}
            labels = {name: self.spelled.get((name, folded(label)), label) for name, label in labels.items()}
            labels[self.period] = row.period
            there, said = self.observed.get(self._key(labels)), print_cell(row.value, row.state)
            if there is None:
                begins = _parsed(self.period, row.period).starts
                end = ends[bisect_right(known, begins) if is_in_order else -1]
                cells = {**labels, self.value_column: said}
                new.setdefault(end, []).append(self._written(cells.get(name, "") for name in self.names))
            elif there.value == said:
                same += 1
            else:
                named = tuple(there.labels[name] for name in self.names if name in labels and name != self.period)
                differing.append(ChangedValue(row.period, named, there.value, said, there.line, row.cell))
                if overwrite:
                    self._replace(there.line, said)
        for end, rows in new.items():
            last = self.raw[end]
            self.raw[end] = "".join([last if last.endswith(("\n", "\r")) else last + self.end, *rows])
        return Merge(self.mark + "".join(self.raw.values()), sum(map(len, new.values())), same, tuple(differing))

    def _replace(self, line: int, said: str) -> None:
        raw = self.raw[line]
        cells = next(csv.reader(io.StringIO(raw, newline=""), delimiter=self.delimiter))
        cells[self.names.index(self.value_column)] = said
        self.raw[line] = self._written(cells).removesuffix(self.end) + raw[len(raw.rstrip("\r\n")) :]

    def _written(self, cells: Iterable[str]) -> str:
        text = io.StringIO()
        csv.writer(text, delimiter=self.delimiter, lineterminator=self.end).writerow(cells)
        return text.getvalue()
