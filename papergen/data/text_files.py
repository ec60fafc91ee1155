"""Files of rows as spreadsheet programs save them: bytes to cells, each with its line, and what is wrong with them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from papergen import codes
from papergen.diagnostics import Code, Diagnostics, Hint, Span, near_match
from papergen.values.period_names import parse_period
from papergen.workspace.yaml_source import UNSEEN
from papergen.world import World

MOST_FINDINGS = 20
MOST_LINES_ABOVE = 10
MOST_COLUMNS = 1000
MOST_LINES = 500_000
SEPARATOR = re.compile(r"\ufeff?sep=(.)(?:\r\n|\r|\n)", re.IGNORECASE)
"""The first line with which a program says what stands between the cells."""


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


def column_of(heading: str) -> str:
    """The name of the column under a heading: ``crime_type`` for “Crime type”."""
    return re.sub(r"[ -]+", "_", heading.lower())


def text_rows(text: str) -> list[list[str]]:
    """The rows of a data file as they stand, its headings as the names of columns; none where it is no table."""
    rows = [cells for _, cells in RowFile("").rows(text.encode())]
    return [[column_of(name) for name in rows[0]], *rows[1:]] if rows else []


class _Tidy(dict[str, str]):
    """Cells as they were saved, each with one blank between its words; the same few stand in thousands of rows."""

    def __missing__(self, cell: str) -> str:
        return self.setdefault(cell, " ".join(cell.split()))


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a list that is no series: its line, and its cells by column."""

    line: int
    cells: Mapping[str, str]


def read_records(world: World, file: str, *, columns: Sequence[str], diagnostics: Diagnostics) -> tuple[Record, ...]:
    """The rows of the list in ``file``, which must have ``columns``; none, with a diagnostic, when it is no list."""
    data = world.read_bytes(file)
    if data is None:
        return ()
    text = RowFile(file)
    records = text.records(data, columns)
    text.tell(diagnostics)
    return records


@dataclass(slots=True)
class _Refusal:
    """What is wrong in one cell or row, and in how many others that are like it."""

    code: Code
    line: int
    message: str
    hint: str
    cell: int | None
    others: int = 0


@dataclass
class RowFile:
    """A file of rows that is being read: its lines, what stands between its cells, and what is wrong with it."""

    file: str
    lines: list[str] = field(default_factory=list)
    delimiter: str = ","
    refused: dict[object, _Refusal] = field(default_factory=dict)

    def refuse(
        self, code: Code, line: int, message: str, hint: str, *, cell: int | None = None, like: str = ""
    ) -> None:
        """Keep what is wrong in one cell or row; of those that are ``like`` one another the first."""
        key = (code, like) if like else (line, cell, message)
        if key in self.refused:
            self.refused[key].others += 1
        else:
            self.refused[key] = _Refusal(code, line, message, hint, cell)

    def tell(self, diagnostics: Diagnostics) -> None:
        """Tell of all that was kept; after many, only that there are more."""
        for count, each in enumerate(sorted(self.refused.values(), key=lambda each: (each.line, each.cell or 0))):
            if count == MOST_FINDINGS:
                more = "There is more that is wrong in this file, from this row on."
                diagnostics.add(each.code, Span(self.file, each.line), more, "Mend what is listed first.")
                return
            column = 0 if each.cell is None else self._column(each.line, each.cell)
            message = each.message
            if each.others:
                message = f"{message[:-1]}; {each.others} more {'is' if each.others == 1 else 'are'} like it."
            diagnostics.add(each.code, Span(self.file, each.line, column), message, each.hint)

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

    def rows(self, data: bytes) -> list[tuple[int, list[str]]]:
        """The rows of the file that are not blank, with the line each ends on; none when it is empty or no text."""
        text = decoded(data)
        told = SEPARATOR.match(text)
        text = (f"\n{text[told.end() :]}" if told else text).replace("\r\n", "\n").replace("\r", "\n")
        if text.count("\n") > MOST_LINES:
            what = f"The file goes on after {MOST_LINES:,} lines, which are the most that are read of a data file."
            hint = "Delete the rows that hold nothing, or count by month, area and kind: a row an observation."
            self.refuse(codes.DATA_FILE, MOST_LINES + 1, what, hint)
            return []
        self.lines = text.split("\n")
        if "\x00" in text or "\ufffd" in text:
            self.refuse(codes.DATA_FILE, 1, "This is not a text file.", "Save it as “CSV UTF-8”.")
            return []
        for number, line in enumerate(self.lines, 1) if UNSEEN.search(text) else ():
            if found := UNSEEN.search(line):
                what = f"A character on this line (U+{ord(found[0]):04X}) cannot be printed."
                hint = "Delete it; it often comes with text that was copied from another program."
                self.refuse(codes.FILE_ENCODING, number, what, hint, like="unseen")
        self.delimiter = told[1] if told else max(",\t;", key=self.lines[0].count)
        rows = self._split(text)
        if not rows and not self.refused:
            self.refuse(codes.DATA_FILE, 1, "The file is empty.", "Export it again.")
        return rows

    def _split(self, text: str) -> list[tuple[int, list[str]]]:
        reader = csv.reader(io.StringIO(text), delimiter=self.delimiter, strict=True)
        rows: list[tuple[int, list[str]]] = []
        tidy, done = _Tidy(), 0
        try:
            for cells in reader:
                done = reader.line_num
                if len(cells) > MOST_COLUMNS:
                    what = f"This row has {len(cells):,} cells; a data file has {MOST_COLUMNS:,} columns at most."
                    self.refuse(codes.DATA_FILE, done, what, "Leave out the columns that no measure needs.")
                    return []
                if any(tidied := [tidy[cell] for cell in cells]):
                    rows.append((done, tidied))
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

    def records(self, data: bytes, columns: Sequence[str]) -> tuple[Record, ...]:
        """The rows of a list that must have ``columns``; none where it is no list."""
        rows = self.rows(data)
        names = self.names(rows, needed=columns) if rows else None
        if names is None:
            return ()
        filled = [(line, cells + [""] * (len(names) - len(cells))) for line, cells in rows[1:]]
        for line, cells in filled:
            if any(cells[len(names) :]):
                self.refuse_width(line, cells, names)
        return tuple(Record(line, dict(zip(names, cells, strict=False))) for line, cells in filled)

    def refuse_width(self, line: int, cells: Sequence[str], names: Sequence[str], *, is_cut: bool = False) -> None:
        """Tell of a row that has other cells than the header; ``is_cut`` says that the file may be cut short."""
        message = f"This row has {len(cells)} cells; the header has {len(names)}."
        if is_cut:
            message += " It is the last: the file may be cut short."
            self.refuse(codes.DATA_FILE, line, message, "Export the file again, or delete the row if it is a note.")
        elif len(cells) == 1 < len(names):
            self.refuse(codes.DATA_ROW, line, message, "Delete it if it is a note or a title; a data file has none.")
        else:
            self.refuse(codes.DATA_ROW, line, message, "Put a text with a comma in it between straight marks.")

    def names(self, rows: Sequence[tuple[int, list[str]]], *, needed: Sequence[str]) -> list[str] | None:
        """The names of the columns; None, with a finding, when one is empty, twice there, or missing."""
        line, header = rows[0]
        names = [column_of(name) for name in header]
        while names and not names[-1]:
            names.pop()
        missing = [name for name in needed if name not in names]
        if missing and (at := self._header_below(rows, needed)):
            what = f"The header is not in the first row, but in row {at}."
            self.refuse(codes.DATA_HEADER, line, what, "Delete the rows above it.")
            return None
        for index, name in enumerate(names):
            if not name:
                self.refuse(codes.DATA_HEADER, line, "A column has no name.", "Give it one, or delete it.", cell=index)
            elif name in names[:index]:
                self.refuse(
                    codes.DATA_HEADER, line, f"The column “{name}” stands here twice.", "Delete one of the two."
                )
        for name in missing:
            near = near_match(name, names)
            hint = Hint(f"Did you mean “{near}”?", near, name) if near else f"The columns are: {', '.join(names)}."
            if any(map(parse_period, header)):
                hint = "Its headings are periods: take it in with papergen data import, which makes rows of them."
            self.refuse(codes.DATA_HEADER, line, f"There is no column “{name}”, which is needed.", hint)
        return None if self.refused else names

    @staticmethod
    def _header_below(rows: Sequence[tuple[int, list[str]]], needed: Sequence[str]) -> int | None:
        """The line of a row further down that has the names that are needed."""
        below = rows[1:MOST_LINES_ABOVE]
        return next((line for line, cells in below if set(needed) <= {column_of(cell) for cell in cells}), None)
