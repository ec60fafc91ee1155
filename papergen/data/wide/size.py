"""How far the sheets of a workbook reach, found without reading them.

The calamine library gives every cell from the first to the last its place in memory, and ends the whole program when
one stray cell at XFD1048576 makes that terabytes.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import IO

import xlrd  # type: ignore[import-untyped]
from lxml import etree

from papergen.data.wide.cells import CellPlace, cell_name

MOST_CELLS = 2_000_000
"""The largest sheet that is opened, counted from A1 to its last filled cell: ten times what any extract can need."""
MOST_COLUMNS = 16_384
MOST_UNPACKED = 128 * 1024 * 1024
MOST_LETTERS = 50_000_000
"""The letters of all cells of a sheet together: a text that many cells share counts in each of them."""

_YES = ("1", "true")
_TOO_LARGE_HINT = "Delete what stands far from the table, or copy the table to a new workbook."
DAMAGED = "The workbook is damaged."
SAVE_AGAIN = "Open it in Excel and save it as “Excel Workbook (.xlsx)”, without a password."
PASSWORD = ("The workbook is protected with a password.", "Save a copy without the password, and import that.")


class UnreadableFileError(Exception):
    """A file that cannot be opened: why, and what to do."""

    def __init__(self, message: str, hint: str = SAVE_AGAIN) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(slots=True)
class Extent:
    """The last row and column of a sheet that hold anything, and what the values of its cells do not tell.

    ``percent`` are the cells shown as percentages, ``indents`` how far cells are set in, ``unsaved`` those with a
    formula whose value was not saved.  ``letters`` is how long the texts of all cells are together.
    """

    row: int = 0
    column: int = 0
    letters: int = 0
    percent: set[CellPlace] = field(default_factory=set)
    indents: dict[CellPlace, int] = field(default_factory=dict)
    unsaved: set[CellPlace] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def reach(self, row: int, column: int) -> None:
        """Note that a cell is filled."""
        self.row, self.column = max(self.row, row), max(self.column, column)

    def note(self, place: CellPlace, is_percent: bool, indent: int) -> None:
        """Note what the format of a cell tells: that its number is a percentage, and how far it is set in."""
        if is_percent:
            self.percent.add(place)
        if indent:
            self.indents[place] = indent

    def check(self, sheet: str) -> None:
        """Raise UnreadableFileError when the sheet is too large to be read."""
        if self.letters > MOST_LETTERS:
            raise UnreadableFileError(
                f"The cells of the sheet “{sheet}” hold {self.letters:,} letters, more than any extract can need.",
                _TOO_LARGE_HINT,
            )
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
            raise UnreadableFileError(DAMAGED)
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
        styles = _styles(archive.open(parts["xl/styles.xml"])) if "xl/styles.xml" in parts else {}
        texts = parts.get("xl/sharedstrings.xml")
        ended = (each for event, each in _elements(archive.open(texts)) if event == "end") if texts else ()
        shared = [len(_text(each)) for each in ended if _local(each.tag) == "si"]
        extents = {}
        for event, element in _elements(archive.open(parts["xl/workbook.xml"])):
            part = parts.get(targets.get(_attribute(element, "id"), "")) if _local(element.tag) == "sheet" else None
            if event == "end" and part:
                extents[element.get("name", "")] = _xlsx_extent(archive.open(part), styles, shared)
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
    """The elements of a part of a workbook as they begin and as they end, without what has ended."""
    for event, element in etree.iterparse(part, events=("start", "end"), resolve_entities=False, no_network=True):
        yield event, element
        if event == "end" and _local(element.tag) in ("row", "table-row", "si"):
            element.clear()
            parent = element.getparent()
            while parent is not None and parent[0] is not element:
                del parent[0]


def _text(element: etree._Element) -> str:
    return "".join(each.text or "" for each in element.iter())


def _xlsx_extent(part: IO[bytes], styles: Mapping[str, tuple[bool, int]], shared: Sequence[int]) -> Extent:
    extent = Extent()
    row, column = -1, -1
    for event, element in _elements(part):
        tag = _local(element.tag)
        if event == "start" and tag == "row":
            row, column = int(element.get("r", row + 2)) - 1, -1
            extent.hidden_rows.update([row] if element.get("hidden") in _YES else [])
        elif event == "end" and tag == "col" and element.get("hidden") in _YES:
            last = min(int(element.get("max", "1")), MOST_COLUMNS)
            extent.hidden_columns.update(range(max(int(element.get("min", "1")), 1) - 1, last))
        elif event == "end" and tag == "c":
            row, column = _place(element.get("r")) or (row, column + 1)
            if len(element):
                extent.reach(row, column)
                is_shared = element.get("t") == "s"
                extent.letters += shared[int(_text(element))] if is_shared else len(_text(element))
                extent.note((row, column), *styles.get(element.get("s", "0"), (False, 0)))
                parts = {_local(each.tag): each.text for each in element}
                # a formula and no value beside it, as some programs write them
                if element.get("t") != "str" and "f" in parts and not parts.get("v"):
                    extent.unsaved.add((row, column))
    return extent


def _place(reference: str | None) -> CellPlace | None:
    if reference is None:
        return None
    if not (found := re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", reference.upper())):
        raise UnreadableFileError(DAMAGED)
    return int(found[2]) - 1, reduce(lambda column, letter: column * 26 + ord(letter) - 64, found[1], 0) - 1


def _says_percent(code: str) -> bool:
    """Whether a number format shows a percentage: “0.0%”, and not “0 \"% of all\"”."""
    return "%" in re.sub(r'"[^"]*"|\\.', "", code)


def _styles(part: IO[bytes]) -> dict[str, tuple[bool, int]]:
    """Which cell styles of a workbook are percentages, as its formats 9 and 10, and how far each sets its cells in."""
    formats = {"9", "10"}
    styles: list[tuple[bool, int]] = []
    for event, element in _elements(part):
        tag = _local(element.tag)
        if tag == "numFmt" and _says_percent(element.get("formatCode", "")):
            formats.add(element.get("numFmtId", ""))
        elif tag == "cellXfs" and event == "end":
            indents = [
                next((int(each.get("indent", "0")) for each in xf if "indent" in each.attrib), 0) for xf in element
            ]
            styles = [(xf.get("numFmtId", "0") in formats, at) for xf, at in zip(element, indents, strict=True)]
    return {str(index): style for index, style in enumerate(styles)}


def xls_extents(data: bytes) -> dict[str, Extent]:
    """The extents of the sheets of an old .xls workbook, by their names; raises whatever the xlrd library does."""
    book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    extents: dict[str, Extent] = {}
    for sheet in book.sheets():
        extent = extents[sheet.name] = Extent()
        extent.hidden_rows |= {row for row, info in sheet.rowinfo_map.items() if info.hidden}
        extent.hidden_columns |= {column for column, info in sheet.colinfo_map.items() if info.hidden}
        for row in range(sheet.nrows):
            for column in range(sheet.row_len(row)):
                if sheet.cell_type(row, column) not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                    extent.reach(row, column)
                    xf = book.xf_list[sheet.cell_xf_index(row, column)]
                    is_percent = _says_percent(book.format_map[xf.format_key].format_str)
                    extent.note((row, column), is_percent, xf.alignment.indent_level)
    return extents


def _ods_extents(part: IO[bytes]) -> dict[str, Extent]:
    """The extents of the sheets of an OpenDocument spreadsheet, whose cells, rows and columns may stand for many."""
    extents: dict[str, Extent] = {}
    row = at = 0
    extent = Extent()
    for event, element in _elements(part):
        tag = _local(element.tag)
        is_hidden = _attribute(element, "visibility") in ("collapse", "filter")
        if tag == "table" and event == "start":
            row, at, extent = 0, 0, Extent()
        elif tag == "table":
            extents[_attribute(element, "name")] = extent
        elif tag == "table-column" and event == "end":
            beside = at + _repeated(element, "columns")
            extent.hidden_columns.update(range(at, min(beside, MOST_COLUMNS)) if is_hidden else ())
            at = beside
        elif tag == "table-row" and event == "end":
            column, below = 0, row + _repeated(element, "rows")
            extent.hidden_rows.update([row] if is_hidden else [])
            for cell in element:
                beside = column + _repeated(cell, "columns")
                kind = _attribute(cell, "value-type")
                if kind or len(cell):
                    extent.reach(below - 1, beside - 1)
                    spaces = sum(int(_attribute(each, "c", "1")) for each in cell.iter() if _local(each.tag) == "s")
                    extent.letters += (below - row) * (beside - column) * (len(_text(cell)) + spaces)
                if kind == "percentage":
                    extent.percent.add((row, column))
                if not kind and _attribute(cell, "formula"):
                    extent.unsaved.add((row, column))
                column = beside
            row = below
    return extents


def _repeated(element: etree._Element, what: str) -> int:
    return max(int(_attribute(element, f"number-{what}-repeated", "1")), 1)
