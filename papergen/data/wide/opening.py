"""Opens a workbook or CSV file: bytes to the cells of its sheets."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from papergen.data.text_files import decoded
from papergen.data.wide.cells import CellPlace, Sheet, SheetCell, is_blank
from papergen.data.wide.size import (
    MOST_CELLS,
    MOST_COLUMNS,
    PASSWORD,
    Extent,
    UnreadableFileError,
    measured,
    xls_extents,
)

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SEPARATOR = re.compile(r"\ufeff?sep=(.)[\r\n]", re.IGNORECASE)
MOST_OLD = 8 * 1024 * 1024
"""The largest .xls file whose formats are read, which takes the xlrd library 50 MB or so."""
_NO_WORKBOOK = "This is no workbook that can be read."


@dataclass(frozen=True, slots=True)
class Workbook:
    """An opened file: the names of its sheets, those that are hidden, and a way to read one."""

    names: tuple[str, ...]
    hidden: frozenset[str]
    read: Callable[[str], Sheet]


def open_book(data: bytes, name: str) -> Workbook:
    """The sheets of an .xlsx, .xls, .ods or CSV file; raises UnreadableFileError for what is none."""
    if not data.strip():
        raise UnreadableFileError("The file is empty.", "Export it again.")
    # Given bytes, the calamine library says of every password only that it cannot detect the format.
    if data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableFileError(*PASSWORD)
    if data.startswith((_ZIP, _OLE)):
        return _workbook(data)
    if PurePosixPath(name).suffix.lower() not in (".csv", ".tsv", ".txt"):
        raise UnreadableFileError(_NO_WORKBOOK)
    sheet = _text_sheet(data)
    return Workbook(("",), frozenset(), lambda _: sheet)


@contextmanager
def _damage_is_told() -> Iterator[None]:
    """Whatever a damaged workbook sets off in the libraries becomes one UnreadableFileError."""
    try:
        yield
    except UnreadableFileError:
        raise
    except PasswordError:
        raise UnreadableFileError(*PASSWORD) from None
    except BaseException as problem:
        # A panic inside the calamine library is no Exception (PyO3 makes it a BaseException of that name).
        if not isinstance(problem, Exception) and type(problem).__name__ != "PanicException":
            raise
        raise UnreadableFileError(_NO_WORKBOOK) from None


def _workbook(data: bytes) -> Workbook:
    with _damage_is_told():
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data)) if data.startswith(_OLE) else None
        extents = measured(data) if workbook is None else _old_formats(data)
        workbook = workbook or CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = [each for each in workbook.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]

    def read(name: str) -> Sheet:
        with _damage_is_told():
            # A sheet of the old .xls format is never large: it ends at IV65536.
            extent = Extent() if extents is None else extents[name]
            extent.check(name)
            return replace(_sheet(workbook, name, extent), has_formats=extents is not None)

    hidden = frozenset(each.name for each in sheets if each.visible != SheetVisibleEnum.Visible)
    return Workbook(tuple(each.name for each in sheets), hidden, read)


def _old_formats(data: bytes) -> dict[str, Extent] | None:
    """What the formats of an old .xls workbook tell; None of a large one, and where the xlrd library cannot read it."""
    try:
        return xls_extents(data) if len(data) <= MOST_OLD else None
    except Exception:  # it has errors of all kinds for what it does not know
        return None


def _sheet(workbook: CalamineWorkbook, name: str, extent: Extent) -> Sheet:
    sheet = workbook.get_sheet_by_name(name)
    if sheet.end is None:
        return Sheet(name, {})
    last_row, last_column = sheet.end
    Extent(last_row, last_column).check(name)
    cells: dict[CellPlace, SheetCell] = {
        (row, column): value
        for row, values in enumerate(sheet.to_python(skip_empty_area=False))
        for column, value in enumerate(values)
        if not is_blank(value)
    }
    merged: dict[CellPlace, SheetCell] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if (top, left) not in cells or len(merged) > MOST_CELLS // 10:
            continue
        for row in range(top, min(bottom, last_row) + 1):
            for column in range(left, min(right, last_column) + 1):
                merged[row, column] = cells[top, left]
    hidden = frozenset(
        (row, column) for row, column in cells if row in extent.hidden_rows or column in extent.hidden_columns
    )
    percent, unsaved = frozenset(extent.percent), frozenset(extent.unsaved)
    return Sheet(name, cells, merged, percent, unsaved=unsaved, hidden=hidden, indents=extent.indents)


def _text_sheet(data: bytes) -> Sheet:
    """The one sheet of a text file; its first line may say what separates the cells (``sep=;``)."""
    text = decoded(data)
    if "\x00" in text or "\ufffd" in text:
        raise UnreadableFileError("This is not a text file.", "Save it as “CSV UTF-8”.")
    told = _SEPARATOR.match(text)
    separator = told[1] if told else _likely_separator(text.splitlines()[:50])
    lines = io.StringIO(text, newline="")
    cells: dict[CellPlace, SheetCell] = {}
    room = MOST_CELLS
    try:
        for row, values in enumerate(csv.reader(lines, delimiter=separator, strict=True)):
            room -= len(values)
            if len(values) > MOST_COLUMNS or room < 0:
                raise UnreadableFileError(
                    f"This file has more cells by row {row + 1:,} than any extract can need.",
                    "Leave out the columns and rows that are not needed, and export it again.",
                )
            for column, value in enumerate(values):
                if not is_blank(value) and not (told and row == 0):
                    cells[row, column] = value
    except csv.Error:
        raise UnreadableFileError("A quotation mark is opened and never closed.", "Export the file again.") from None
    return Sheet("", cells, separator=separator)


def _likely_separator(lines: Sequence[str]) -> str:
    """What stands equally often in most lines; titles and notes have commas of their own."""

    def alike(separator: str) -> int:
        counts = Counter(line.count(separator) for line in lines if separator in line)
        return max(counts.values(), default=0)

    return max(";\t,|", key=alike)
