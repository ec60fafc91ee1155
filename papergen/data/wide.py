"""Wide extracts: a workbook or CSV with months across and areas down, turned into the rows of a tidy data file.

In four steps: open (bytes to cells), shape (which sheet, where the months stand), read (values, labels, totals), and
merge (into the tidy file that is there, without losing or silently changing a row).
"""

from __future__ import annotations

import calendar
import csv
import io
import posixpath
import re
import struct
import zipfile
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import PurePosixPath
from typing import IO

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from papergen import codes
from papergen.data.tables import MOST_DECIMALS, MOST_FINDINGS, PERIOD_COLUMNS, decoded
from papergen.diagnostics import Code, Diagnostics, Severity, Span, did_you_mean, near_match
from papergen.period_names import parse_day, parse_month, parse_quarter, parse_year
from papergen.periods import Month, Period, month_of, months_period, print_day

# To be moved to codes.py
EXTRACT_UNREADABLE = Code("D201", Severity.ERROR, "a file to import is no workbook or CSV file that can be read")
EXTRACT_SHEET = Code("D202", Severity.ERROR, "the sheet to import is not there, or several sheets could be meant")
EXTRACT_SHAPE = Code("D203", Severity.ERROR, "a sheet to import has no months across or down with numbers beside them")
EXTRACT_HEADING = Code("D204", Severity.ERROR, "a heading of an extract is missing, stands there twice or is unclear")
EXTRACT_LABEL = Code("D205", Severity.ERROR, "a row of an extract has no name, an unknown one or that of another row")
EXTRACT_VALUE = Code(
    "D206", Severity.ERROR, "a cell of an extract is empty, suppressed, or not the number it should be"
)
EXTRACT_TOTAL = Code("D207", Severity.ERROR, "a total in an extract is not the sum of its months or rows")
EXTRACT_LEFT_OUT = Code("D208", Severity.WARNING, "a row or column of numbers in an extract is left out")
EXTRACT_GAP = Code(
    "D209", Severity.WARNING, "an extract has no column for a month between others, or no row for an area"
)
EXTRACT_NOTE = Code("D210", Severity.NOTE, "a row of text in an extract is taken as a note and left out")
MERGE_COLUMNS = Code("D211", Severity.ERROR, "the columns of an extract and of the data file it goes into do not fit")

MOST_CELLS = 2_000_000
"""The largest sheet that is opened, counted from A1 to its last filled cell: ten times what any extract can need."""
MOST_UNPACKED = 128 * 1024 * 1024

Cell = int | float | str | bool | date | datetime | time | timedelta
Place = tuple[int, int]


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


@dataclass(frozen=True, slots=True)
class Difference:
    """An observation whose value in the data file (``old``, on ``line``) is not that of the extract (``new``)."""

    period: str
    labels: tuple[str, ...]
    old: Decimal
    new: Decimal
    line: int
    cell: str


@dataclass(frozen=True, slots=True)
class Merge:
    """The data file with an extract merged in: its text, and how many observations came new or were there already."""

    text: str
    added: int
    same: int
    differing: tuple[Difference, ...]


class _UnreadableError(Exception):
    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


# ------------------------------------------------------------------------------------------------- open: bytes to cells


def cell_name(row: int, column: int, sheet: str = "") -> str:
    """The name that Excel gives a cell, from row and column counted from 0: ``"Sheet1!D7"``, ``"'My sheet'!A1"``."""
    letters, number = "", column + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(65 + letter) + letters
    if sheet and not re.fullmatch(r"[^\W\d]\w*", sheet):
        sheet = "'" + sheet.replace("'", "''") + "'"
    return f"{sheet}!{letters}{row + 1}" if sheet else f"{letters}{row + 1}"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The filled cells of a sheet by row and column from 0.

    ``merged`` gives the words of a merged cell to every cell under it; ``percent`` are the cells shown as percentages.
    ``flipped`` says that rows and columns have been exchanged, so that the months stand across.
    """

    name: str
    cells: Mapping[Place, Cell]
    merged: Mapping[Place, Cell] = field(default_factory=dict)
    percent: frozenset[Place] = frozenset()
    flipped: bool = False

    def flip(self) -> _Sheet:
        return _Sheet(
            self.name,
            {(column, row): value for (row, column), value in self.cells.items()},
            {(column, row): value for (row, column), value in self.merged.items()},
            frozenset((column, row) for row, column in self.percent),
            not self.flipped,
        )

    def cell(self, place: Place) -> str:
        row, column = reversed(place) if self.flipped else place
        return cell_name(row, column, self.name)

    def span(self, file: str, place: Place) -> Span:
        row, column = reversed(place) if self.flipped else place
        return Span(file, row + 1, column + 1)

    def words(self, place: Place) -> str:
        """The text at ``place``, spaces made single; empty where there is none."""
        return _words(self.cells.get(place, self.merged.get(place, "")))


def _words(value: Cell) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def _is_blank(value: Cell) -> bool:
    return isinstance(value, str) and not value.replace("\u200b", "").replace("\ufeff", "").strip()


@dataclass(frozen=True, slots=True)
class _Extent:
    """The last row and column of a sheet that hold anything, from 0, and its cells shown as percentages."""

    row: int = 0
    column: int = 0
    percent: frozenset[Place] = frozenset()

    @property
    def is_too_large(self) -> bool:
        return (self.row + 1) * (self.column + 1) > MOST_CELLS

    def refusal(self, sheet: str) -> str:
        return (
            f"The sheet “{sheet}” reaches to {cell_name(self.row, self.column, sheet)}, "
            "further than any extract can need."
        )


_TOO_LARGE_HINT = "Delete what stands far from the table, or copy the table to a new workbook."
_PASSWORD = ("The workbook is protected with a password.", "Save a copy without the password, and import that.")
_SAVE_AGAIN = "Open it in Excel and save it as “Excel Workbook (.xlsx)”, without a password."


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _elements(part: IO[bytes], *, start: bool = False) -> Iterator[tuple[str, etree._Element]]:
    """The elements of a part of a workbook as they begin or end; what has ended is dropped."""
    events = ("start", "end") if start else ("end",)
    yield from etree.iterparse(part, events=events, resolve_entities=False, no_network=True)


def _forget(element: etree._Element) -> None:
    element.clear()
    while element.getprevious() is not None:
        parent = element.getparent()
        if parent is None:
            break
        del parent[0]


def _place(reference: str) -> Place | None:
    found = re.fullmatch(r"([A-Za-z]{1,3})(\d{1,7})", reference)
    if not found:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _xlsx_extent(part: IO[bytes], percent_styles: frozenset[str]) -> _Extent:
    last_row = last_column = 0
    row, column = -1, -1
    percent: set[Place] = set()
    for event, element in _elements(part, start=True):
        tag = _local(element.tag)
        if event == "start" and tag == "row":
            number = element.get("r", "")
            row, column = int(number) - 1 if number.isdecimal() else row + 1, -1
        elif event == "end" and tag == "c":
            row, column = _place(element.get("r", "")) or (row, column + 1)
            if len(element):
                last_row, last_column = max(last_row, row), max(last_column, column)
                if element.get("s", "0") in percent_styles:
                    percent.add((row, column))
        elif event == "end" and tag == "row":
            _forget(element)
    return _Extent(last_row, last_column, frozenset(percent))


def _percent_styles(part: IO[bytes]) -> frozenset[str]:
    """The indices of the cell styles of a workbook that show a number as a percentage (built-in formats 9 and 10)."""
    formats = {"9", "10"}
    styles: list[str] = []
    for _, element in _elements(part):
        tag = _local(element.tag)
        if tag == "numFmt" and "%" in re.sub(r'"[^"]*"|\\.', "", element.get("formatCode", "")):
            formats.add(element.get("numFmtId", ""))
        elif tag == "cellXfs":
            styles = [xf.get("numFmtId", "0") for xf in element]
    return frozenset(str(index) for index, number in enumerate(styles) if number in formats)


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a part of an .xlsb workbook: type and content ([MS-XLSB] 2.1.4)."""
    at = 0
    while at < len(data):
        numbers = []
        for most in (2, 4):
            number = 0
            for index in range(most):
                byte = data[at]
                number |= (byte & 0x7F) << (7 * index)
                at += 1
                if byte < 0x80:
                    break
            numbers.append(number)
        kind, size = numbers
        yield kind, data[at : at + size]
        at += size


def _xlsb_extent(data: bytes) -> _Extent:
    row = last_row = last_column = 0
    for kind, content in _records(data):
        if kind == 0:
            (row,) = struct.unpack_from("<I", content)
        elif 2 <= kind <= 11:
            (column,) = struct.unpack_from("<I", content)
            last_row, last_column = max(last_row, row), max(last_column, column)
    return _Extent(last_row, last_column)


def _xlsb_sheets(data: bytes) -> Iterator[tuple[str, str]]:
    """The names of the sheets of an .xlsb workbook and the ids of their parts."""
    for kind, content in _records(data):
        if kind == 0x9C:
            texts, at = [], 8
            for _ in range(2):
                (length,) = struct.unpack_from("<I", content, at)
                texts.append(content[at + 4 : at + 4 + 2 * length].decode("utf-16-le"))
                at += 4 + 2 * length
            yield texts[1], texts[0]


def _ods_extents(part: IO[bytes]) -> dict[str, _Extent]:
    """The extents of the sheets of an OpenDocument spreadsheet, whose cells and rows may stand for many."""
    extents: dict[str, _Extent] = {}

    def repeated(element: etree._Element, what: str) -> int:
        number = next((value for key, value in element.items() if _local(key) == f"number-{what}-repeated"), "1")
        return max(int(number), 1)

    row = last_row = last_column = 0
    percent: set[Place] = set()
    for event, element in _elements(part, start=True):
        tag = _local(element.tag)
        if tag == "table" and event == "start":
            row = last_row = last_column = 0
            percent = set()
        elif tag == "table":
            name = next((str(value) for key, value in element.items() if _local(key) == "name"), "")
            extents[name] = _Extent(last_row, last_column, frozenset(percent))
        elif tag == "table-row" and event == "end":
            column, rows = 0, repeated(element, "rows")
            for cell in element:
                columns = repeated(cell, "columns")
                value_type = next((value for key, value in cell.items() if _local(key) == "value-type"), None)
                if value_type or len(cell):
                    last_row, last_column = max(last_row, row + rows - 1), max(last_column, column + columns - 1)
                if value_type == "percentage" and (row + rows) * (column + columns) <= MOST_CELLS:
                    percent.update((row + down, column + over) for down in range(rows) for over in range(columns))
                column += columns
            row += rows
            _forget(element)
    return extents


def _extents(data: bytes) -> dict[str, _Extent]:
    """How far each sheet of a zipped workbook reaches.

    The calamine reader gives every cell from the first to the last its place in memory, and ends the whole program
    when one stray cell makes that terabytes; so sheets are measured first.
    """
    extents: dict[str, _Extent] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
            raise _UnreadableError("The workbook is larger than any extract can need.", _TOO_LARGE_HINT)
        if archive.testzip() is not None:
            raise zipfile.BadZipFile
        parts = {part.filename.lower().lstrip("/"): part for part in archive.infolist()}
        if "content.xml" in parts:
            extents = _ods_extents(archive.open(parts["content.xml"]))
            for name, extent in extents.items():
                if extent.is_too_large:
                    raise _UnreadableError(extent.refusal(name), _TOO_LARGE_HINT)
            return extents
        kind = "bin" if "xl/workbook.bin" in parts else "xml"
        targets = {
            element.get("Id", ""): posixpath.normpath(posixpath.join("/xl", element.get("Target", ""))).lower()[1:]
            for _, element in _elements(archive.open(parts[f"xl/_rels/workbook.{kind}.rels"]))
            if _local(element.tag) == "Relationship"
        }
        if kind == "bin":
            for name, sheet_id in _xlsb_sheets(archive.read(parts["xl/workbook.bin"])):
                if part := parts.get(targets.get(sheet_id, "")):
                    extents[name] = _xlsb_extent(archive.read(part))
            return extents
        styles = _percent_styles(archive.open(parts["xl/styles.xml"])) if "xl/styles.xml" in parts else frozenset()
        for _, element in _elements(archive.open(parts["xl/workbook.xml"])):
            if _local(element.tag) == "sheet":
                sheet_id = next((str(value) for key, value in element.items() if str(key).endswith("}id")), "")
                if part := parts.get(targets.get(sheet_id, "")):
                    extents[element.get("name", "")] = _xlsx_extent(archive.open(part), styles)
    return extents


_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_BROKEN = (
    CalamineError, zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, struct.error,
    EOFError, IndexError, KeyError, LookupError, NotImplementedError, OSError, OverflowError, RuntimeError, ValueError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Book:
    """An opened file: the names of its sheets, those that are hidden, and a way to read one."""

    names: tuple[str, ...]
    hidden: frozenset[str]
    read: Callable[[str], _Sheet]


def _open(data: bytes, name: str) -> _Book:
    """The sheets of a workbook or CSV file; raises _UnreadableError for what is neither."""
    if not data.strip():
        raise _UnreadableError("The file is empty.", "Export it again.")
    # Given bytes, the calamine library says of every password only that it cannot detect the format.
    if data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise _UnreadableError(*_PASSWORD)
    if data.startswith((_ZIP, _OLE)):
        return _guarded(lambda: _open_workbook(data))
    if PurePosixPath(name).suffix.lower() not in (".csv", ".tsv", ".txt"):
        raise _UnreadableError("This is no workbook that can be read.", _SAVE_AGAIN)
    sheet = _csv_sheet(data)
    return _Book(("",), frozenset(), lambda _: sheet)


def _guarded(act: Callable[[], _Book]) -> _Book:
    try:
        return act()
    except _UnreadableError:
        raise
    except PasswordError:
        raise _UnreadableError(*_PASSWORD) from None
    except _BROKEN:
        raise _UnreadableError("This is no workbook that can be read.", _SAVE_AGAIN) from None
    except BaseException as problem:
        # A panic inside the calamine library is no Exception (PyO3 makes it a BaseException of that name).
        if type(problem).__name__ != "PanicException":
            raise
        raise _UnreadableError("This is no workbook that can be read.", _SAVE_AGAIN) from None


def _open_workbook(data: bytes) -> _Book:
    is_zip = data.startswith(_ZIP)
    extents = _extents(data) if is_zip else {}
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = [each for each in workbook.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
    hidden = frozenset(each.name for each in sheets if each.visible != SheetVisibleEnum.Visible)

    def read(name: str) -> _Sheet:
        extent = extents.get(name, _Extent())
        if is_zip and name not in extents:
            raise _UnreadableError(f"The sheet “{name}” cannot be read.", _SAVE_AGAIN)
        if extent.is_too_large:
            raise _UnreadableError(extent.refusal(name), _TOO_LARGE_HINT)
        found: list[_Sheet] = []

        def act() -> _Book:
            found.append(_workbook_sheet(workbook, name, extent.percent))
            return book

        _guarded(act)
        return found[0]

    book = _Book(tuple(each.name for each in sheets), hidden, read)
    return book


def _workbook_sheet(workbook: CalamineWorkbook, name: str, percent: frozenset[Place]) -> _Sheet:
    sheet = workbook.get_sheet_by_name(name)
    if sheet.end is None:
        return _Sheet(name, {})
    last = _Extent(sheet.end[0], sheet.end[1])
    if last.is_too_large:
        raise _UnreadableError(last.refusal(name), _TOO_LARGE_HINT)
    cells: dict[Place, Cell] = {
        (row, column): value
        for row, values in enumerate(sheet.to_python(skip_empty_area=False))
        for column, value in enumerate(values)
        if not _is_blank(value)
    }
    merged: dict[Place, Cell] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if (top, left) not in cells or len(merged) > MOST_CELLS // 10:
            continue
        for row in range(top, min(bottom, last.row) + 1):
            for column in range(left, min(right, last.column) + 1):
                merged[row, column] = cells[top, left]
    return _Sheet(name, cells, merged, percent)


def _csv_sheet(data: bytes) -> _Sheet:
    text = decoded(data)
    if "\x00" in text or "\ufffd" in text:
        raise _UnreadableError("This is not a text file.", "Save it as “CSV UTF-8”.")
    delimiter = max(",\t;", key="\n".join(text.splitlines()[:50]).count)
    try:
        cells: dict[Place, Cell] = {
            (row, column): value
            for row, values in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
            for column, value in enumerate(values)
            if not _is_blank(value)
        }
    except csv.Error:
        raise _UnreadableError("A quotation mark is opened and never closed.", "Export the file again.") from None
    return _Sheet("", cells)


# ------------------------------------------------------------------------------------ what a cell is: period or number


@dataclass(frozen=True, slots=True)
class _When:
    """What a heading says: the name of its kind of column, its period, and the day where one in mid-month was given."""

    kind: str
    period: Period
    odd_day: date | None = None

    @property
    def text(self) -> str:
        first = month_of(self.period.starts)
        return f"{first.year}-{first.month:02d}" if self.kind == "month" else self.period.name


_YEARS = range(1990, 2100)
_EXCEL_EPOCH = date(1899, 12, 30)
_ISO_MONTH = re.compile(r"\d{4}-\d{2}")
_PROVISIONAL = re.compile(r"\s*(?:\*+|†+|[¹²³]|[(\[](?:p|r|provisional|revised|\d)[)\]])$", re.IGNORECASE)


def _day_heading(day: date) -> _When:
    month = month_of(day)
    middle = day not in (month.first_day, month.last_day)
    return _When("month", months_period(month, month), day if middle else None)


def _number_heading(digits: str) -> _When | None:
    """What a bare number says as a heading: 20150401, 201504, 2015, or the serial number of a first of the month."""
    year = int(digits[:4])
    if len(digits) == 5:
        day = _EXCEL_EPOCH + timedelta(days=int(digits))
        return _day_heading(day) if day.day == 1 and day.year in _YEARS else None
    if year not in _YEARS:
        return None
    if len(digits) == 4:
        return _When("year", months_period(Month(year, 1), Month(year, 12)))
    if len(digits) == 6 and 1 <= int(digits[4:]) <= 12:
        return _day_heading(date(year, int(digits[4:]), 1))
    parsed = parse_day(digits) if len(digits) == 8 else None
    return _day_heading(parsed) if parsed else None


def _when(value: Cell) -> _When | None:
    """The month, quarter or year that a heading names, or None."""
    if isinstance(value, datetime):
        return _day_heading(value.date())
    if isinstance(value, date):
        return _day_heading(value)
    if isinstance(value, bool | time | timedelta):
        return None
    # Most cells are counts and names; they are passed over at once.
    if len(value) > 60 if isinstance(value, str) else value < 1990 or value != int(value):
        return None
    text = _PROVISIONAL.sub("", _words(value))
    if text.isascii() and text.isdecimal():
        return _number_heading(text) if 4 <= len(text) <= 8 else None
    if _ISO_MONTH.fullmatch(text) and (month := parse_month(text)):
        return _When("month", months_period(month, month))
    if quarter := parse_quarter(text):
        return _When("quarter", quarter)
    if year := parse_year(text):
        return _When("year", year)
    if (day := parse_day(text)) is not None:
        return _day_heading(day)
    month = parse_month(text)
    return _When("month", months_period(month, month)) if month else None


def _is_column_heading(value: Cell) -> bool:
    when = _when(value)
    return when is not None and when.kind != "year"


_TOTAL_WORD = re.compile(r"\b(?:grand|sub)?[ -]?(?:totals?)\b:?", re.IGNORECASE)
_OTHER_TOTALS = frozenset({"all", "all areas", "all months", "overall", "sum", "force", "force-wide", "forcewide"})


def _is_total(text: str) -> bool:
    return text.casefold().strip(" :") in _OTHER_TOTALS or _TOTAL_WORD.search(text) is not None


def _beside_total(text: str) -> str:
    """What a total is of: ``"2015/16"`` for ``"Total 2015/16"``; empty for ``"Grand total"``."""
    if text.casefold().strip(" :") in _OTHER_TOTALS:
        return ""
    return " ".join(_TOTAL_WORD.sub(" ", text).split())


_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:\.\d+)?")
_SUPPRESSED = re.compile(r"\*+|-+|–|—|\.+|…|:|[xcz]|\[[xcz]\]|#?n/a|na|nil", re.IGNORECASE)
_NOTHING = ("has nothing in it", "Write 0 if none was counted, or delete the row or column.")


def _number(value: Cell, *, percent: bool = False) -> Decimal | tuple[str, str]:
    """The number in a cell, to the 15 digits that Excel keeps, or what it has instead and what to do."""
    if percent:
        return "is a percentage", "Write the number alone, such as 12.5 for 12.5%, in a cell formatted as a number."
    if isinstance(value, bool | time | timedelta | date):
        return f"holds “{value}”, which is no number", "Format the cell as a number, and check it."
    if isinstance(value, int | float):
        try:
            number = Decimal(f"{value:.15g}")
        except ArithmeticError:
            return f"holds “{value}”, which is no number", "Correct it."
        if not number.is_finite():
            return f"holds “{value}”, which is no number", "Correct it."
    else:
        text = " ".join(value.replace("\u2212", "-").split())
        if _SUPPRESSED.fullmatch(text):
            return (
                f"holds “{text}”, which may stand for none or for a number held back",
                "Write 0 if none was counted; if the number is held back, leave the row out.",
            )
        if text.endswith("%"):
            return f"holds the percentage “{text}”", "Write the number alone, without the %."
        plain = text.removeprefix("£").strip()
        if not _NUMBER.fullmatch(plain):
            return f"holds “{text}”, which is no number", "Write the number alone, such as 1234 or 12.5."
        number = Decimal(re.sub("[, ]", "", plain))
    if number.adjusted() <= 15 and number == (rounded := round(number, MOST_DECIMALS)):
        return _plain(rounded)
    text = f"{value:.15g}" if isinstance(value, float) else str(value)
    return (
        f"holds {text if len(text) <= 40 else text[:39] + '…'}, which has more digits than a figure needs",
        "Round it.",
    )


def _plain(number: Decimal) -> Decimal:
    """The same number without trailing zeros or an exponent."""
    if not number:
        return Decimal(0)
    short = number.normalize()
    return short.quantize(Decimal(1)) if int(short.as_tuple().exponent) > 0 else short


def _is_numberish(value: Cell) -> bool:
    """Whether a cell is, or stands for, a number: 12, "1,234", "5%", "-"."""
    if isinstance(value, bool | date | time | timedelta):
        return False
    if isinstance(value, int | float):
        return True
    text = _words(value).replace("\u2212", "-")
    number = _NUMBER.fullmatch(text.removeprefix("£").removesuffix("%").strip())
    return number is not None or _SUPPRESSED.fullmatch(text) is not None


# --------------------------------------------------------------------------------------- shape: where the months stand


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("&", " and ").split())


@dataclass(frozen=True, slots=True)
class _Header:
    """The row that names the months, and how many stand over a number: the certain ones (Apr-15), and all (201504)."""

    row: int
    weight: tuple[int, int]


def _find_header(sheet: _Sheet) -> _Header | None:
    """The row with the most months over numbers, the first of several."""
    columns: dict[int, list[int]] = {}
    for row, column in sorted(sheet.cells):
        columns.setdefault(column, []).append(row)
    certain: dict[int, int] = {}
    over: dict[int, int] = {}
    for column, rows in columns.items():
        for row, below in pairwise(rows):
            value, under = sheet.cells[row, column], sheet.cells[below, column]
            if _is_column_heading(value) and _is_numberish(under) and not _is_dateish(under):
                over[row] = over.get(row, 0) + 1
                certain[row] = certain.get(row, 0) + _is_dateish(value)
    if not over:
        return None
    row = max(over, key=lambda row: (certain[row], over[row], -row))
    return _Header(row, (certain[row], over[row]))


def _is_dateish(value: Cell) -> bool:
    """Whether a cell is a month and could hardly be a count: a date, a text such as Apr-15, or 20150401."""
    if not _is_column_heading(value):
        return False
    text = _words(value)
    return not (text.isdecimal() and len(text) < 8)


def _most_areas_in_line(sheet: _Sheet, areas: frozenset[str], axis: int) -> int:
    lines: dict[int, int] = {}
    for place, value in sheet.cells.items():
        if isinstance(value, str) and _folded(value) in areas:
            lines[place[axis]] = lines.get(place[axis], 0) + 1
    return max(lines.values(), default=0)


def _shaped(sheet: _Sheet, areas: frozenset[str]) -> tuple[_Sheet, _Header] | None:
    """The sheet, turned so that the months stand across, and its header; None when it has no such shape."""
    across, flipped = _find_header(sheet), sheet.flip()
    down = _find_header(flipped)
    if across is None or down is None:
        return (sheet, across) if across else (flipped, down) if down else None
    if across.weight == down.weight:
        is_across = _most_areas_in_line(sheet, areas, 1) >= _most_areas_in_line(sheet, areas, 0)
    else:
        is_across = across.weight > down.weight
    return (sheet, across) if is_across else (flipped, down)


def _choose(book: _Book, wanted: str | None, areas: frozenset[str], reading: _Telling) -> tuple[_Sheet, _Header] | None:
    """The sheet to import and its header, or None with a diagnostic."""
    if wanted is not None:
        name = next((each for each in book.names if _folded(each) == _folded(wanted)), None)
        if name is None:
            reading.tell(
                EXTRACT_SHEET,
                Span(reading.file),
                f"There is no sheet “{wanted}”.",
                did_you_mean(wanted, book.names, f"The sheets are: {', '.join(book.names)}."),
            )
            return None
        sheet = book.read(name)
        found = _shaped(sheet, areas)
        if found is None:
            reading.shapeless([sheet])
        return found
    shaped: dict[str, tuple[_Sheet, _Header]] = {}
    others: list[_Sheet] = []
    refused: _UnreadableError | None = None
    for name in book.names:
        if name in book.hidden:
            continue
        try:
            sheet = book.read(name)
        except _UnreadableError as problem:
            refused = problem
            continue
        if found := _shaped(sheet, areas):
            shaped[name] = found
        else:
            others.append(sheet)
    with_areas = [name for name, (sheet, _) in shaped.items() if _most_areas_in_line(sheet, areas, 1)]
    names = with_areas or list(shaped)
    if len(names) == 1:
        return shaped[names[0]]
    if names:
        reading.tell(
            EXTRACT_SHEET,
            Span(reading.file),
            f"Several sheets have months and numbers: {', '.join(names)}.",
            "Say which to import.",
        )
    elif refused is not None:
        raise refused
    else:
        reading.shapeless(others, hidden=book.hidden)
    return None


# ---------------------------------------------------------------------------------------- read: values, labels, totals


@dataclass
class _Telling:
    """Records what is wrong with a file, and after many findings only that there are more."""

    file: str
    diagnostics: Diagnostics
    told: int = 0

    def tell(self, code: Code, at: Span, message: str, hint: str) -> None:
        if code.severity is Severity.ERROR:
            self.told += 1
            if self.told == MOST_FINDINGS + 1:
                message, hint = "There is more that is wrong from here on.", "Mend what is listed first."
            elif self.told > MOST_FINDINGS:
                return
        self.diagnostics.add(code, at, message, hint)

    def failed(self) -> bool:
        return self.told > 0

    def at(self, sheet: _Sheet, place: Place, code: Code, what: str, hint: str) -> None:
        """Record what is wrong with one cell; ``what`` follows its name."""
        self.tell(code, sheet.span(self.file, place), f"{sheet.cell(place)} {what}.", hint)

    def shapeless(self, sheets: Sequence[_Sheet], *, hidden: Iterable[str] = ()) -> None:
        """Record that no sheet has months with numbers beside them, and why that may be."""
        what = "There are no months with numbers under or beside them."
        hint = "Head the columns with months such as 2015-12 or Dec-15, and name the areas in the first column."
        names = [name.casefold() for name in calendar.month_name[1:]] + [m.casefold() for m in calendar.month_abbr[1:]]
        for sheet in sheets:
            bare = [place for place, value in sheet.cells.items() if isinstance(value, str) and _folded(value) in names]
            if len(bare) > 2:
                what = f"The months from {sheet.cell(min(bare))} on have no year."
                hint = "Write the year into each heading, such as Apr-15."
            elif any(map(_is_column_heading, sheet.cells.values())):
                hint += " A table with one row an observation is tidy already: save it as CSV in content/data/."
        if not any(sheet.cells for sheet in sheets):
            what, hint = "There is nothing in the file.", "Export it again."
        if hidden:
            hint += f" Hidden sheets are read only when named: {', '.join(sorted(hidden))}."
        self.tell(EXTRACT_SHAPE, Span(self.file), what, hint)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of values: the month or quarter that heads it."""

    column: int
    text: str
    period: Period


@dataclass(frozen=True, slots=True)
class _Total:
    """A column of sums of the values within ``period`` (None: of all)."""

    column: int
    text: str
    period: Period | None


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of values: its labels, and by column the value or None where the cell has none that can be used."""

    row: int
    labels: tuple[str, ...]
    values: Mapping[int, Decimal | None]


_Check = tuple[int, int, Sequence[_Row], Sequence[int]]
"""A cell with a total, by row and column, and the rows and columns that it sums."""


def read_wide(
    data: bytes, *, name: str, sheet: str | None, areas: Sequence[str], diagnostics: Diagnostics
) -> WideExtract | None:
    """The observations of a wide extract (.xlsx, .xls, .xlsb, .ods or .csv), or None with a diagnostic for each error.

    ``name`` is what the file is called in diagnostics; ``sheet`` names the sheet, or with None the only one that has
    months and numbers is read.  ``areas`` are the policing areas that may be named; with none, any name is allowed.
    Total rows and columns are known by their names, checked against the sum, and left out.
    """
    telling = _Telling(name, diagnostics)
    try:
        chosen = _choose(_open(data, name), sheet, frozenset(map(_folded, areas)), telling)
    except _UnreadableError as problem:
        telling.tell(EXTRACT_UNREADABLE, Span(name), str(problem), problem.hint)
        return None
    if chosen is None:
        return None
    extract = _Reading(chosen[0], chosen[1].row, tuple(areas), telling).extract()
    return None if telling.failed() else extract


class _Reading:
    """Reads one sheet whose months stand across in row ``header``."""

    def __init__(self, sheet: _Sheet, header: int, areas: tuple[str, ...], telling: _Telling) -> None:
        self.sheet, self.header, self.areas, self.telling = sheet, header, areas, telling
        self.area_names = {_folded(area): area for area in areas}
        self.by_row: dict[int, list[int]] = {}
        for row, column in sorted(sheet.cells):
            if row > header:
                self.by_row.setdefault(row, []).append(column)
        self.kind = "month"
        self.periods: list[_Column] = []
        self.totals: list[_Total] = []
        self.label_columns: list[int] = []
        self.names: list[str] = []
        self.rows: list[_Row] = []
        self.total_rows: list[tuple[int, list[str], int]] = []

    def extract(self) -> WideExtract | None:
        self._find_periods()
        self._find_labels()
        if self.telling.failed():
            return None
        self._read_rows()
        self._check_twice()
        if not self.rows and not self.telling.failed():
            self._tell((self.header, self.periods[0].column), EXTRACT_SHAPE, "has no rows under it", "Export it again.")
        self._leave_out_months_to_come()
        self._check_values()
        self._check_totals()
        self._check_gaps()
        found = [
            TidyRow(each.text, row.labels, value, self.sheet.cell((row.row, each.column)))
            for each in sorted(self.periods, key=lambda each: each.text)
            for row in self.rows
            if (value := row.values[each.column]) is not None
        ]
        return WideExtract(self.kind, tuple(self.names), tuple(found))

    def _tell(self, place: Place, code: Code, what: str, hint: str) -> None:
        self.telling.at(self.sheet, place, code, what, hint)

    # Columns

    def _find_periods(self) -> None:
        """Sort the headings into periods and totals; tell of one that stands there twice or is a day in mid-month."""
        headings = {
            column: when
            for (row, column), value in sorted(self.sheet.cells.items())
            if row == self.header and (when := _when(value))
        }
        self._tell_years_from_months(headings)
        if not any(when.kind == "month" for when in headings.values()):
            self.kind = "quarter"
        seen: dict[str, int] = {}
        for column, when in headings.items():
            place = (self.header, column)
            if when.kind != self.kind:
                self.totals.append(_Total(column, when.text, when.period))
                continue
            self.periods.append(_Column(column, when.text, when.period))
            if when.odd_day is not None:
                self._tell(
                    place,
                    EXTRACT_HEADING,
                    f"is {print_day(when.odd_day)}, a day within the month",
                    "Excel reads “Apr-15” as 15 April: write the month as 2015-04, or as its first or last day.",
                )
            elif when.text in seen:
                first = self.sheet.cell((self.header, seen[when.text]))
                self._tell(
                    place, EXTRACT_HEADING, f"is {when.text}, as {first} is already", "Correct one, or delete it."
                )
            seen.setdefault(when.text, column)
        known = self._taken()
        for column in sorted({column for row, column in self.sheet.cells if row == self.header} - known):
            text = self.sheet.words((self.header, column))
            if _is_total(text) and self._is_numeric(column):
                of = _when(_beside_total(text)) if _beside_total(text) else None
                self.totals.append(_Total(column, text, of.period if of else None))

    def _tell_years_from_months(self, headings: dict[int, _When]) -> None:
        """Make “2011-12” the financial year where no other month is written like that; it might be December 2011."""
        written = {column: self.sheet.words((self.header, column)) for column in headings}
        unclear = {
            column: year
            for column, text in written.items()
            if _ISO_MONTH.fullmatch(text) and (year := parse_year(text)) is not None
        }
        others = [text for column, text in written.items() if column not in unclear]
        if others and not any(map(_ISO_MONTH.fullmatch, others)):
            headings.update({column: _When("year", year) for column, year in unclear.items()})

    def _taken(self) -> set[int]:
        """The columns of periods and totals."""
        return {each.column for each in self.periods} | {each.column for each in self.totals}

    def _is_numeric(self, column: int) -> bool:
        values = [self.sheet.cells[row, column] for row, columns in self.by_row.items() if column in columns]
        return any(map(_is_numberish, values))

    def _has_numbers(self, row: int) -> bool:
        return any(
            _is_numberish(self.sheet.cells[row, each.column])
            for each in self.periods
            if (row, each.column) in self.sheet.cells
        )

    def _find_labels(self) -> None:
        """Name the columns of text beside the months; tell of a column of numbers that is no month."""
        taken = self._taken()
        last = max(each.column for each in self.periods)
        rows = [row for row in self.by_row if self._has_numbers(row) and not self._is_total_row(row, taken)]
        for column in sorted({column for row in rows for column in self.by_row[row]} - taken):
            cells = {row: self.sheet.cells[row, column] for row in rows if (row, column) in self.sheet.cells}
            heading = self.sheet.words((self.header, column))
            if all(_is_numberish(value) or not isinstance(value, str) for value in cells.values()):
                self._leave_out(column, heading, "holds numbers and is headed by no month or quarter")
            elif column > last and (not heading or any(not self._label(row, column) for row in rows)):
                self._leave_out(column, heading, "stands beside the months and does not name every row")
            else:
                self.label_columns.append(column)
        if not self.label_columns:
            self._tell(
                (self.header, min(taken)),
                EXTRACT_SHAPE,
                "has no names of areas beside its numbers",
                "Name the area of each row in the first column.",
            )
            return
        self._name_columns(rows)

    def _is_total_row(self, row: int, taken: set[int]) -> bool:
        return any(_is_total(self._label(row, column)) for column in self.by_row[row] if column not in taken)

    def _label(self, row: int, column: int) -> str:
        return self.sheet.words((row, column))

    def _leave_out(self, column: int, heading: str, why: str) -> None:
        place = (self.header, column)
        called = f"“{heading}”" if heading else "without a heading"
        line = "row" if self.sheet.flipped else "column"
        self._tell(
            place, EXTRACT_LEFT_OUT, f"heads a {line} {called} that {why}, so it is left out", "Delete it, or name it."
        )

    def _name_columns(self, rows: Sequence[int]) -> None:
        """Give each label column its name in the tidy file; the one that holds the panel's areas is ``area``."""
        matches = {
            column: sum(_folded(self._label(row, column)) in self.area_names for row in rows)
            for column in self.label_columns
        }
        area = max(self.label_columns, key=lambda column: (matches[column], -column))
        headings = {column: self._heading(column) for column in self.label_columns}
        alone = len(self.label_columns) == 1 and not headings[self.label_columns[0]]
        named = next((column for column, heading in headings.items() if heading in ("area", "policing_area")), None)
        if named is not None or not (matches[area] or alone):
            area = -1 if named is None else named
        for column in self.label_columns:
            name = "area" if column == area else headings[column]
            place = (self.header, column)
            if not re.fullmatch(r"[a-z]\w*", name):
                self._tell(
                    place,
                    EXTRACT_HEADING,
                    "names no column" if not name else f"gives a column the name “{name}”, which is none",
                    "Write what the column holds, such as Crime type.",
                )
            elif name in self.names:
                self._tell(
                    place, EXTRACT_HEADING, f"names a second column “{name}”", "Name it differently, or delete it."
                )
            self.names.append(name)

    def _heading(self, column: int) -> str:
        name = re.sub(r"\W+", "_", self.sheet.words((self.header, column)).lower()).strip("_")
        return "" if name in (*PERIOD_COLUMNS, "months", "quarters", "period", "dates") else name

    # Rows

    def _read_rows(self) -> None:
        previous: tuple[str, ...] = ("",) * len(self.names)
        for row in self.by_row:
            labels = [self._label(row, column) for column in self.label_columns]
            if repeated := self._repeats_header(row):
                if repeated == "same":
                    continue
                self._tell(
                    (row, self.periods[0].column),
                    EXTRACT_HEADING,
                    "begins a second table with other months",
                    "Put each table on a sheet of its own.",
                )
                return
            if any(map(_is_total, labels)):
                self.total_rows.append((row, self._filled(labels, previous), len(self.rows)))
            elif not self._has_numbers(row) and not self._names_a_row(labels):
                self._note(row)
            else:
                previous = self._read_row(row, self._filled(labels, previous))

    def _repeats_header(self, row: int) -> str:
        """``"same"`` or ``"other"`` when a row heads the columns with months again, as at the top of a page."""
        found = {
            each: _when(self.sheet.cells[row, each.column])
            for each in self.periods
            if (row, each.column) in self.sheet.cells and _is_dateish(self.sheet.cells[row, each.column])
        }
        if not found or 2 * len(found) < len(self.periods):
            return ""
        # A single month may be a date typed into a cell that should hold a number; that is told of as a value.
        if len(found) == 1 and any(self._is_area(self._label(row, column)) for column in self.label_columns):
            return ""
        return "same" if all(when and when.text == each.text for each, when in found.items()) else "other"

    def _is_area(self, text: str) -> bool:
        return _folded(text) in self.area_names

    def _names_a_row(self, labels: Sequence[str]) -> bool:
        """Whether the labels of a row without numbers are those of an observation, not a note or a subheading."""
        filled = [label for label in labels if label]
        if len(filled) > 1 or any(map(self._is_area, filled)):
            return True
        return "area" in self.names and any(len(text) < 40 and near_match(text, self.areas) for text in filled)

    def _note(self, row: int) -> None:
        place = (row, self.by_row[row][0])
        text = self.sheet.words(place)
        short = text if len(text) <= 60 else f"{text[:57]}…"
        self._tell(
            place, EXTRACT_NOTE, f"“{short}” stands in a row without numbers, which is left out", "Nothing to do."
        )

    def _filled(self, labels: Sequence[str], previous: tuple[str, ...]) -> list[str]:
        """The labels with those above put in where a pivot table leaves them out: before one that is given."""
        last = max((index for index, label in enumerate(labels) if label), default=-1)
        return [label or (previous[index] if index < last else "") for index, label in enumerate(labels)]

    def _read_row(self, row: int, labels: list[str]) -> tuple[str, ...]:
        """Read a row of values; gives its labels."""
        for index, (name, label) in enumerate(zip(self.names, labels, strict=True)):
            place = (row, self.label_columns[index])
            if not label:
                self._tell(place, EXTRACT_LABEL, f"has no {name} for the numbers of its row", "Write it in.")
            elif name == "area" and self.areas:
                area = self.area_names.get(_folded(label))
                if area is None:
                    known = f"Its areas are: {', '.join(self.areas)}; a row of sums must be called Total."
                    hint = did_you_mean(label, self.areas, known)
                    self._tell(place, EXTRACT_LABEL, f"names “{label}”, which is no policing area of the panel", hint)
                labels[index] = area or label
        values: dict[int, Decimal | None] = {}
        for each in self.periods:
            place = (row, each.column)
            found = _number(self.sheet.cells.get(place, 0), percent=place in self.sheet.percent)
            values[each.column] = found if isinstance(found, Decimal) and place in self.sheet.cells else None
        self.rows.append(_Row(row, tuple(labels), values))
        return tuple(labels)

    # Checks

    def _check_twice(self) -> None:
        seen: dict[tuple[str, ...], int] = {}
        for row in self.rows:
            key = tuple(map(_folded, row.labels))
            if key in seen and all(key):
                column = self.label_columns[0]
                first = self.sheet.cell((seen[key], column))
                self._tell(
                    (row.row, column),
                    EXTRACT_LABEL,
                    f"names {', '.join(row.labels)}, as {first} does already",
                    "Delete one of the two, or add the column in which they differ.",
                )
            seen.setdefault(key, row.row)

    def _leave_out_months_to_come(self) -> None:
        """Leave out the last months when no row has anything in them: an extract laid out for the whole year."""
        self.periods.sort(key=lambda each: each.text)

        def is_empty(each: _Column) -> bool:
            return all((row.row, each.column) not in self.sheet.cells for row in self.rows)

        while self.rows and len(self.periods) > 1 and is_empty(self.periods[-1]):
            each = self.periods.pop()
            self._tell(
                (self.header, each.column),
                EXTRACT_LEFT_OUT,
                f"is {each.text}, for which no row has a number, so it is left out",
                "Nothing to do if it is still to come.",
            )

    def _check_values(self) -> None:
        for row in self.rows:
            for each in self.periods:
                place = (row.row, each.column)
                if row.values[each.column] is None:
                    found = (
                        _number(self.sheet.cells[place], percent=place in self.sheet.percent)
                        if place in self.sheet.cells
                        else _NOTHING
                    )
                    if not isinstance(found, Decimal):
                        self._tell(place, EXTRACT_VALUE, *found)

    def _addends(self, total: _Total) -> list[int] | None:
        """The columns that a total column sums, or None, with a diagnostic, when some of its months are not there."""
        within = [each for each in self.periods if total.period is None or total.period.holds(each.period)]
        months = sum(each.period.length for each in within)
        if total.period is not None and months != total.period.length:
            return None
        return [each.column for each in within]

    def _check_totals(self) -> None:
        sums: dict[int, list[int]] = {each.column: [each.column] for each in self.periods}
        for total in self.totals:
            addends = self._addends(total)
            if addends is not None:
                sums[total.column] = addends
                for row in self.rows:
                    self._disagree([(row.row, total.column, [row], addends)])
            else:
                self._leave_out(total.column, total.text, "sums months that are not all there")
        start = 0
        for at, labels, end in self.total_rows:
            readings = self._summed_rows(labels, self.rows[start:end])
            checks: list[list[_Check]] = [
                [(at, column, rows, addends) for column, addends in sums.items()] for rows in readings
            ]
            wrong = min(([each for each in check if self._off(*each)] for check in checks), key=len)
            self._disagree(wrong)
            start = end

    def _summed_rows(self, labels: Sequence[str], block: Sequence[_Row]) -> list[Sequence[_Row]]:
        """The rows that a total row may sum: those that share its other labels, all, or those since the last total."""
        shared: list[_Row] = list(self.rows)
        for index, label in enumerate(labels):
            text = _folded(_beside_total(label) if _is_total(label) else label)
            alike = [row for row in shared if _folded(row.labels[index]) == text]
            if text and alike:
                shared = alike
        return [shared, self.rows, block] if block else [shared, self.rows]

    def _expected(self, rows: Sequence[_Row], addends: Sequence[int]) -> Decimal | None:
        values = [row.values[column] for row in rows for column in addends]
        known = [value for value in values if value is not None]
        return sum(known, Decimal(0)) if len(known) == len(values) else None

    def _off(self, row: int, column: int, rows: Sequence[_Row], addends: Sequence[int]) -> bool:
        found = _number(self.sheet.cells.get((row, column), ""))
        expected = self._expected(rows, addends)
        # What a spreadsheet sums in binary may be off in the last of its 15 digits.
        return isinstance(found, Decimal) and expected is not None and abs(found - expected) > Decimal("0.000001")

    def _disagree(self, checks: Iterable[_Check]) -> None:
        for row, column, rows, addends in checks:
            if self._off(row, column, rows, addends):
                total = self.sheet.words((row, column))
                self._tell(
                    (row, column),
                    EXTRACT_TOTAL,
                    f"is a total of {total}, but the numbers it sums come to {self._expected(rows, addends):f}",
                    "Correct the number that is wrong, or delete the total if it counts more than is shown.",
                )

    def _check_gaps(self) -> None:
        for before, after in pairwise(self.periods):
            missing = before.period.next()
            if missing.starts < after.period.starts:
                self._tell(
                    (self.header, after.column),
                    EXTRACT_GAP,
                    f"is {after.text}, and there is nothing for {missing.name} before it",
                    "Add it, unless the data file has it already.",
                )
        if "area" not in self.names or self.telling.failed():
            return
        index = self.names.index("area")
        there = {row.labels[index] for row in self.rows}
        for area in self.areas:
            if area not in there and there & set(self.areas):
                self._tell(
                    (self.header, self.label_columns[index]),
                    EXTRACT_GAP,
                    f"heads no row for {area}",
                    "Add it, unless the data file has it already.",
                )


# ------------------------------------------------------------------------------------------ merge: into the tidy file


@dataclass(slots=True)
class _Line:
    """A row of the data file: the lines it stands on, as they are, and the observation it holds."""

    raw: str
    number: int = 0
    cells: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    value: Decimal | None = None


def merge(
    existing: str | None,
    extract: WideExtract,
    *,
    constants: Mapping[str, str],
    value_column: str = "value",
    replace: bool,
    diagnostics: Diagnostics,
    file: str,
) -> Merge | None:
    """The tidy file ``existing`` (None for a new one) with the observations of ``extract``, or None with a diagnostic.

    ``constants`` are columns with one value for the whole extract, such as ``crime_type``.  A value that differs stays
    as it was unless ``replace``; either way it is listed.  Rows, their order, columns and line ends are kept; a new
    row goes where the order of the file has it, or to the end when the file is in none.
    """
    merging = _Merging(extract, constants, value_column, _Telling(file, diagnostics))
    given = existing is not None and existing.strip("\ufeff \t\r\n")
    result = merging.into(existing or "", replace=replace) if given else merging.new()
    return None if merging.telling.failed() else result


class _Merging:
    def __init__(
        self, extract: WideExtract, constants: Mapping[str, str], value_column: str, telling: _Telling
    ) -> None:
        self.extract, self.value_column, self.telling = extract, value_column, telling
        self.constants = {name: " ".join(value.split()) for name, value in constants.items()}
        self.columns = (extract.period_column, *self._area_first())
        self.delimiter, self.end = ",", "\n"
        for name in (*self.constants, value_column):
            if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
                self._refuse(f"“{name}” is no name for a column.", "Use small letters, digits and _.")
        for name, value in self.constants.items():
            if not value:
                self._refuse(f"The column “{name}” is given no value.", "Give it one.")
        everything = (extract.period_column, *extract.columns, *self.constants, value_column)
        for name in sorted({name for name in everything if everything.count(name) > 1}):
            self._refuse(f"There would be two columns “{name}”.", "Rename the one in the extract, or give none.")
        for name in (*extract.columns, *self.constants):
            if name in PERIOD_COLUMNS and name != extract.period_column:
                self._refuse(f"The column “{name}” would be a second one that says when.", "Rename it.")

    def _area_first(self) -> list[str]:
        names = [*self.extract.columns, *self.constants]
        return sorted(names, key=lambda name: name != "area")

    def _refuse(self, message: str, hint: str, *, line: int = 0, code: Code = MERGE_COLUMNS) -> None:
        self.telling.tell(code, Span(self.telling.file, line), message, hint)

    def _labels(self, row: TidyRow) -> dict[str, str]:
        return {**dict(zip(self.extract.columns, row.labels, strict=True)), **self.constants}

    def _written(self, cells: Iterable[str]) -> str:
        text = io.StringIO()
        csv.writer(text, delimiter=self.delimiter, lineterminator=self.end).writerow(cells)
        return text.getvalue()

    def new(self) -> Merge | None:
        """A file of the extract alone, by period and then labels."""
        rows = [({**self._labels(row), self.extract.period_column: row.period}, row.value) for row in self.extract.rows]
        keyed = sorted((*(labels[name] for name in self.columns), f"{value:f}") for labels, value in rows)
        return Merge("".join(map(self._written, [(*self.columns, self.value_column), *keyed])), len(rows), 0, ())

    # An existing file

    def into(self, text: str, *, replace: bool) -> Merge | None:
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        lines = self._lines(text.removeprefix(mark))
        header = next((line for line in lines if line.cells), None)
        if header is None and not self.telling.failed():
            self._refuse("The data file has no header.", "Mend the data file first.", code=codes.DATA_FILE)
        if header is None or self.telling.failed():
            return None
        names = [re.sub(r"[ -]+", "_", " ".join(name.split()).lower()) for name in header.cells]
        rows = [line for line in lines if line.cells and line is not header]
        others = self._check_columns(names, header.number, rows)
        if self.telling.failed():
            return None
        period = names.index(self.extract.period_column)
        keys = [index for index, name in enumerate(names) if index == period or name in self.columns]
        self._read(rows, names, keys)
        if self.telling.failed():
            return None
        spelled = [self._spellings(rows, position) for position in range(len(keys))]
        by_key = {self._folded_key(line.key): line for line in rows}
        added: list[_Line] = []
        same, differing = 0, []
        value_at = names.index(self.value_column)
        for row in self.extract.rows:
            labels = {**self._labels(row), self.extract.period_column: row.period}
            key = tuple(
                spelled[position].get(_spelling(labels[names[index]]), labels[names[index]])
                for position, index in enumerate(keys)
            )
            line = by_key.get(self._folded_key(key))
            if line is None:
                if others:
                    self._refuse(
                        f"There is no row for {', '.join(key)}, and a new one would have nothing in “{others[0]}”.",
                        "Add the row to the data file by hand, or import that column first.",
                    )
                    return None
                by_name = dict(zip((names[index] for index in keys), key, strict=True))
                cells = [f"{row.value:f}" if name == self.value_column else by_name.get(name, "") for name in names]
                added.append(_Line(self._written(cells), 0, tuple(cells), key, row.value))
            elif line.value is None or line.value == row.value:
                same += 1
            else:
                labelled = tuple(each for position, each in enumerate(key) if keys[position] != period)
                differing.append(Difference(row.period, labelled, line.value, row.value, line.number, row.cell))
                if replace:
                    changed = [f"{row.value:f}" if at == value_at else cell for at, cell in enumerate(line.cells)]
                    ending = line.raw[len(line.raw.rstrip("\r\n")) :]
                    line.raw = self._written(changed).removesuffix(self.end) + ending
        placed = self._place(lines, rows, added, keys.index(period))
        return Merge(mark + "".join(line.raw for line in placed), len(added), same, tuple(differing))

    def _lines(self, text: str) -> list[_Line]:
        """The rows of the file with the lines they stand on; blank lines are rows without cells."""
        source = list(io.StringIO(text, newline=""))
        first = next((line for line in source if line.strip()), "")
        self.delimiter = max(",\t;", key=first.count)
        self.end = first[len(first.rstrip("\r\n")) :] or "\n"
        reader = csv.reader(iter(source), delimiter=self.delimiter, strict=True)
        lines: list[_Line] = []
        done = 0
        try:
            for cells in reader:
                filled = any(map(str.strip, cells))
                raw = "".join(source[done : reader.line_num])
                lines.append(_Line(raw, reader.line_num, tuple(cells) if filled else ()))
                done = reader.line_num
        except csv.Error:
            self._refuse(
                "A quotation mark is opened and never closed, or a row is broken off.",
                "Mend the data file first.",
                line=done + 1,
                code=codes.DATA_FILE,
            )
        return lines

    def _check_columns(self, names: list[str], line: int, rows: Sequence[_Line]) -> list[str]:
        """Tell of columns that do not fit; gives the names of the file's other columns of numbers."""
        for name in sorted({name for name in names if names.count(name) > 1}):
            self._refuse(f"The column “{name}” stands here twice.", "Delete one.", line=line, code=codes.DATA_HEADER)
        for name in (*self.columns, self.value_column):
            if name not in names:
                self._refuse(
                    f"The data file has no column “{name}”, which the import brings.",
                    did_you_mean(name, names, f"Its columns are: {', '.join(names)}."),
                    line=line,
                )
        others: list[str] = []
        for index, name in enumerate(names):
            if name in (*self.columns, self.value_column):
                continue
            cells = [row.cells[index] for row in rows if index < len(row.cells)]
            if name not in PERIOD_COLUMNS and cells and all(isinstance(_number(cell), Decimal) for cell in cells):
                others.append(name)
            else:
                self._refuse(
                    f"The data file has a column “{name}”, for which the import has nothing.",
                    f"Say what it is for the whole import, such as {name}={cells[-1] if cells else '…'}.",
                    line=line,
                )
        return others

    def _read(self, rows: Sequence[_Line], names: Sequence[str], keys: Sequence[int]) -> None:
        """Give each row its key and its value; tell of a row that cannot be read or stands there twice."""
        parse = PERIOD_COLUMNS[self.extract.period_column][0]
        seen: dict[tuple[str, ...], int] = {}
        for line in rows:
            if len(line.cells) != len(names):
                self._refuse(
                    f"This row has {len(line.cells)} cells; the header has {len(names)}.",
                    "Mend the data file first.",
                    line=line.number,
                    code=codes.DATA_ROW,
                )
                continue
            key = []
            for index in keys:
                cell = " ".join(line.cells[index].split())
                if names[index] == self.extract.period_column:
                    period = parse(cell)
                    if period is None:
                        self._refuse(
                            f"“{cell}” is no {names[index]}.",
                            "Mend the data file first.",
                            line=line.number,
                            code=codes.DATA_PERIOD,
                        )
                    else:
                        cell = _When(names[index], period).text
                key.append(cell)
            value = _number(line.cells[names.index(self.value_column)])
            if isinstance(value, Decimal):
                line.value = value
            else:
                self._refuse(
                    f"The column “{self.value_column}” {value[0]}.", value[1], line=line.number, code=codes.DATA_NUMBER
                )
            line.key = tuple(key)
            folded = self._folded_key(line.key)
            if folded in seen:
                self._refuse(
                    f"The observation {', '.join(key)} stands in row {seen[folded]} already.",
                    "Delete one of the two.",
                    line=line.number,
                    code=codes.DATA_TWICE,
                )
            seen.setdefault(folded, line.number)

    @staticmethod
    def _folded_key(key: Sequence[str]) -> tuple[str, ...]:
        return tuple(map(_spelling, key))

    @staticmethod
    def _spellings(rows: Sequence[_Line], position: int) -> dict[str, str]:
        """How the file writes each label, so that “Robbery” joins the rows of “robbery”."""
        found: dict[str, str] = {}
        for row in rows:
            found.setdefault(_spelling(row.key[position]), row.key[position])
        return found

    def _place(self, lines: list[_Line], rows: list[_Line], added: list[_Line], period: int) -> list[_Line]:
        """The lines with the new rows where the order of the file has them."""
        if not added:
            return lines
        order, in_order = self._order([row.key for row in rows], [row.key for row in added], period)
        added = sorted(added, key=lambda row: order(row.key))
        known = [order(row.key) for row in rows]
        index_of = {id(line): index for index, line in enumerate(lines)}
        header = next(index for index, line in enumerate(lines) if line.cells)
        last = index_of[id(rows[-1])] if rows else header
        after: dict[int, list[_Line]] = {}
        for row in added:
            at = last
            if in_order and rows:
                before = bisect_right(known, order(row.key))
                at = index_of[id(rows[before - 1])] if before else header
            after.setdefault(at, []).append(row)
        placed: list[_Line] = []
        for index, line in enumerate(lines):
            placed.append(line)
            if following := after.get(index):
                if not line.raw.endswith(("\n", "\r")):
                    line.raw += self.end
                placed.extend(following)
        return placed

    @staticmethod
    def _order(
        keys: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]], period: int
    ) -> tuple[Callable[[tuple[str, ...]], tuple[tuple[int, str], ...]], bool]:
        """The order that the rows of a file are in, and whether they are in any.

        Tried are: by period then labels, by the columns as they stand, by labels then period; labels by the alphabet
        or as they first come in the file.
        """
        width = len(keys[0]) if keys else len(new[0])
        columns = [each for each in range(width) if each != period]
        came: list[dict[str, int]] = [{} for _ in range(width)]
        for key in keys:
            for index, label in enumerate(key):
                came[index].setdefault(label, len(came[index]))

        def ordering(
            sequence: Sequence[int], *, by_alphabet: bool
        ) -> Callable[[tuple[str, ...]], tuple[tuple[int, str], ...]]:
            def order(key: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
                return tuple(
                    (0 if by_alphabet or at == period else came[at].get(key[at], len(came[at])), key[at])
                    for at in sequence
                )

            return order

        for sequence in ([period, *columns], list(range(width)), [*columns, period]):
            for by_alphabet in (True, False):
                order = ordering(sequence, by_alphabet=by_alphabet)
                if all(order(before) <= order(after) for before, after in pairwise(keys)):
                    return order, True
        return ordering([period, *columns], by_alphabet=False), False


def _spelling(label: str) -> str:
    return " ".join(label.casefold().split())
