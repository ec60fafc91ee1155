"""How far the sheets of a workbook reach, found without reading them.

The calamine library gives every cell from the first to the last its place in memory, and ends the whole program when
one stray cell at XFD1048576 makes that terabytes.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from typing import IO

from lxml import etree

from papergen.data.wide.cells import CellPlace, cell_name

MOST_CELLS = 2_000_000
"""The largest sheet that is opened, counted from A1 to its last filled cell: ten times what any extract can need."""
MOST_COLUMNS = 16_384
MOST_UNPACKED = 128 * 1024 * 1024

_YES = ("1", "true")
_Places = set[CellPlace]
_TOO_LARGE_HINT = "Delete what stands far from the table, or copy the table to a new workbook."
SAVE_AGAIN = "Open it in Excel and save it as “Excel Workbook (.xlsx)”, without a password."
PASSWORD = ("The workbook is protected with a password.", "Save a copy without the password, and import that.")


class UnreadableFileError(Exception):
    """A file that cannot be opened: why, and what to do."""

    def __init__(self, message: str, hint: str = SAVE_AGAIN) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Extent:
    """The last row and column of a sheet that hold anything, and what the values of its cells do not tell.

    ``percent`` are the cells shown as percentages, ``unsaved`` those with a formula whose value was not saved.
    """

    row: int
    column: int
    percent: frozenset[CellPlace] = frozenset()
    unsaved: frozenset[CellPlace] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def check(self, sheet: str) -> None:
        """Raise UnreadableFileError when the sheet is too large to be read."""
        if (self.row + 1) * (self.column + 1) > MOST_CELLS:
            where = cell_name(self.row, self.column, sheet)
            raise UnreadableFileError(
                f"The sheet “{sheet}” reaches to {where}, further than any extract can need.", _TOO_LARGE_HINT
            )


def measured(data: bytes) -> dict[str, Extent]:
    """The extents of the sheets of an .xlsx or .ods workbook, by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
            raise UnreadableFileError("The workbook is larger than any extract can need.", _TOO_LARGE_HINT)
        if _is_encrypted(archive):
            raise UnreadableFileError(*PASSWORD)
        if archive.testzip() is not None:
            raise UnreadableFileError("The workbook is damaged.")
        parts = {part.filename.lower().lstrip("/"): part for part in archive.infolist()}
        if "xl/workbook.bin" in parts:
            raise UnreadableFileError("A binary workbook (.xlsb) cannot be read.")
        if "content.xml" in parts:
            extents = _ods_extents(archive.open(parts["content.xml"]))
            for name, extent in extents.items():
                extent.check(name)
            return extents
        targets = {
            element.get("Id", ""): posixpath.normpath(posixpath.join("/xl", element.get("Target", ""))).lower()[1:]
            for _, element in _elements(archive.open(parts["xl/_rels/workbook.xml.rels"]))
            if _local(element.tag) == "Relationship"
        }
        styles = _percent_styles(archive.open(parts["xl/styles.xml"])) if "xl/styles.xml" in parts else frozenset()
        extents = {}
        for event, element in _elements(archive.open(parts["xl/workbook.xml"])):
            part = parts.get(targets.get(_attribute(element, "id"), "")) if _local(element.tag) == "sheet" else None
            if event == "end" and part:
                extents[element.get("name", "")] = _xlsx_extent(archive.open(part), styles)
        return extents


def _is_encrypted(archive: zipfile.ZipFile) -> bool:
    """Whether the parts of a workbook are encrypted: those of a zip file, or those that an .ods file names."""
    if any(part.flag_bits & 1 for part in archive.infolist()):
        return True
    manifest = next((each for each in archive.infolist() if each.filename == "META-INF/manifest.xml"), None)
    return manifest is not None and b"encryption-data" in archive.read(manifest)


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _attribute(element: etree._Element, name: str, otherwise: str = "") -> str:
    """An attribute, of whatever namespace."""
    return next((str(value) for key, value in element.items() if _local(key) == name), otherwise)


def _elements(part: IO[bytes]) -> Iterator[tuple[str, etree._Element]]:
    """The elements of a part of a workbook as they begin and as they end; rows that have ended are dropped."""
    for event, element in etree.iterparse(part, events=("start", "end"), resolve_entities=False, no_network=True):
        yield event, element
        if event == "end" and _local(element.tag) in ("row", "table-row"):
            element.clear()
            parent = element.getparent()
            while parent is not None and parent[0] is not element:
                del parent[0]


def _xlsx_extent(part: IO[bytes], percent_styles: frozenset[str]) -> Extent:
    last_row = last_column = 0
    row, column = -1, -1
    percent, unsaved, rows, columns = _Places(), _Places(), set[int](), set[int]()
    for event, element in _elements(part):
        tag = _local(element.tag)
        if event == "start" and tag == "row":
            row, column = int(element.get("r", row + 2)) - 1, -1
            rows.update([row] if element.get("hidden") in _YES else [])
        elif event == "end" and tag == "col" and element.get("hidden") in _YES:
            columns.update(range(int(element.get("min", "1")) - 1, min(int(element.get("max", "1")), MOST_COLUMNS)))
        elif event == "end" and tag == "c":
            row, column = _place(element.get("r", "")) or (row, column + 1)
            if len(element):
                last_row, last_column = max(last_row, row), max(last_column, column)
                if element.get("s", "0") in percent_styles:
                    percent.add((row, column))
                if element.get("t") != "str" and _is_without_value(element):
                    unsaved.add((row, column))
    found = frozenset(percent), frozenset(unsaved), frozenset(rows), frozenset(columns)
    return Extent(last_row, last_column, *found)


def _is_without_value(cell: etree._Element) -> bool:
    """Whether a cell has a formula and no value beside it, as some programs write them."""
    texts = {_local(each.tag): each.text for each in cell}
    return "f" in texts and not texts.get("v")


def _place(reference: str) -> CellPlace | None:
    if not (found := re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", reference)):
        return None
    return int(found[2]) - 1, reduce(lambda column, letter: column * 26 + ord(letter) - 64, found[1], 0) - 1


def _percent_styles(part: IO[bytes]) -> frozenset[str]:
    """The indices of the cell styles of a workbook that show a number as a percentage (built-in formats 9 and 10)."""
    formats = {"9", "10"}
    styles: list[str] = []
    for event, element in _elements(part):
        tag = _local(element.tag)
        if tag == "numFmt" and "%" in re.sub(r'"[^"]*"|\\.', "", element.get("formatCode", "")):
            formats.add(element.get("numFmtId", ""))
        elif tag == "cellXfs" and event == "end":
            styles = [xf.get("numFmtId", "0") for xf in element]
    return frozenset(str(index) for index, number in enumerate(styles) if number in formats)


def _ods_extents(part: IO[bytes]) -> dict[str, Extent]:
    """The extents of the sheets of an OpenDocument spreadsheet, whose cells, rows and columns may stand for many."""
    extents: dict[str, Extent] = {}
    row = at = last_row = last_column = 0
    percent, unsaved, rows, columns = _Places(), _Places(), set[int](), set[int]()
    for event, element in _elements(part):
        tag = _local(element.tag)
        is_hidden = _attribute(element, "visibility") in ("collapse", "filter")
        if tag == "table" and event == "start":
            row = at = last_row = last_column = 0
            percent, unsaved, rows, columns = _Places(), _Places(), set(), set()
        elif tag == "table":
            found = frozenset(percent), frozenset(unsaved), frozenset(rows), frozenset(columns)
            extents[_attribute(element, "name")] = Extent(last_row, last_column, *found)
        elif tag == "table-column" and event == "end":
            beside = at + _repeated(element, "columns")
            columns.update(range(at, min(beside, MOST_COLUMNS)) if is_hidden else ())
            at = beside
        elif tag == "table-row" and event == "end":
            column, below = 0, row + _repeated(element, "rows")
            rows.update([row] if is_hidden else [])
            for cell in element:
                beside = column + _repeated(cell, "columns")
                kind = _attribute(cell, "value-type")
                if kind or len(cell):
                    last_row, last_column = max(last_row, below - 1), max(last_column, beside - 1)
                if kind == "percentage":
                    percent.add((row, column))
                if not kind and _attribute(cell, "formula"):
                    unsaved.add((row, column))
                column = beside
            row = below
    return extents


def _repeated(element: etree._Element, what: str) -> int:
    return max(int(_attribute(element, f"number-{what}-repeated", "1")), 1)
