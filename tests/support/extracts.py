"""Extracts as bodies send them, made and read in a test: what was taken of them, or why they were refused."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from papergen.data.wide import Choices, Listed, WideExtract, read_listing, read_wide
from papergen.data.wide.names import KnownNames
from papergen.diagnostics import Diagnostic, Diagnostics, Severity
from papergen.values.states import print_cell

Table = dict[tuple[str, ...], list[str]]
"""The cells of a tidy file by their labels, in the order of periods."""
Rows = Sequence[Sequence[Any]]
TWO = ("Herefordshire", "Shropshire")
WIDE: list[list[Any]] = [["Area", "Apr-15", "May-15"], ["Herefordshire", 10, 11], ["Shropshire", 20, 21]]


def workbook(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    fill(book)
    book.close()
    return buffer.getvalue()


def write(book: xlsxwriter.Workbook, sheet: Any, rows: Rows) -> None:
    month = book.add_format({"num_format": "mmm-yy"})
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if isinstance(value, date):
                sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), month)
            elif isinstance(value, str):
                sheet.write_string(row, column, value)
            elif value is not None:
                sheet.write(row, column, value)


def sheets(**named: Rows) -> bytes:
    def fill(book: xlsxwriter.Workbook) -> None:
        for name, rows in named.items():
            write(book, book.add_worksheet(name), rows)

    return workbook(fill)


def as_csv(rows: Rows) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([["" if value is None else value for value in row] for row in rows])
    return text.getvalue().encode()


def zipped(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def resaved(data: bytes, *changes: tuple[bytes, bytes]) -> bytes:
    """A workbook in whose first sheet some XML stands in place of other."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for old, new in changes:
        parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(old, new)
    return zipped(parts)


def compound_file(stream: str) -> bytes:
    """An OLE file with one empty stream: what Office makes of a workbook with a password is such a file."""

    def entry(name: str, kind: int, child: int) -> bytes:
        text = (name + "\0").encode("utf-16-le")
        none = 0xFFFFFFFF
        head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, none, none, child)
        return head.ljust(116, b"\0") + struct.pack("<IQ", 0xFFFFFFFE, 0)

    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    end = 0xFFFFFFFE
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<I", 0) + b"\xff" * (512 - len(header) - 4)
    table = struct.pack("<II", 0xFFFFFFFD, end).ljust(512, b"\xff")
    directory = (entry("Root Entry", 5, 1) + entry(stream, 2, 0xFFFFFFFF)).ljust(512, b"\0")
    return header + table + directory


def reading(
    source: str | bytes | Rows,
    *,
    areas: Sequence[str] = (),
    forces: Sequence[str] = (),
    force: str = "",
    listed: Listed | None = None,
    name: str = "",
    **choices: Any,
) -> tuple[WideExtract | None, list[Diagnostic]]:
    """The extract and all that was said of it; rows are read from a workbook, a text as CSV."""
    diagnostics = Diagnostics()
    name = name or ("extract.csv" if isinstance(source, str | bytes) else "extract.xlsx")
    data = (
        source.encode() if isinstance(source, str) else source if isinstance(source, bytes) else sheets(Sheet1=source)
    )
    chosen, known = Choices(**choices), KnownNames.of(areas, forces, force)
    if listed is None:
        extract = read_wide(data, name=name, known=known, choices=chosen, diagnostics=diagnostics)
    else:
        extract = read_listing(data, name=name, known=known, choices=chosen, listed=listed, diagnostics=diagnostics)
    assert (extract is None) == diagnostics.has_errors
    return extract, list(diagnostics)


def taken(text: str | bytes, **options: Any) -> tuple[str, list[str], Table, str]:
    """The period column and the periods of an extract, its cells by labels, and all that was said of it."""
    extract, found = reading(text, **options)
    assert extract is not None, [f"{each} {each.hint}" for each in found]
    table: Table = {}
    for row in extract.rows:
        table.setdefault(row.labels, []).append(print_cell(row.value, row.state))
    said = " ".join([*(str(each) for each in found), *extract.understood])
    return extract.period_column, list(dict.fromkeys(row.period for row in extract.rows)), table, said


def everything(text: str | bytes, **options: Any) -> tuple[str, tuple[str, ...], dict[str, Table]]:
    """The period column, the other columns, and the cells of an extract by period and by labels."""
    extract, found = reading(text, **options)
    assert extract is not None, [f"{each} {each.hint}" for each in found]
    table: dict[str, Table] = {}
    for row in extract.rows:
        said = f"{row.value:f}" if row.state is None else f"{row.value or ''} {row.state.mark}".strip()
        table.setdefault(row.period, {}).setdefault(row.labels, []).append(said)
    return extract.period_column, extract.columns, table


def refused(text: str | bytes, **options: Any) -> tuple[str, str]:
    """The one sentence with which an extract is refused, and what mends it."""
    extract, found = reading(text, **options)
    assert extract is None
    (error,) = [each for each in found if each.code.severity is Severity.ERROR]
    return error.message, error.hint


def read(source: Rows | bytes, **options: Any) -> WideExtract:
    """The extract of a panel of two areas, which must give no diagnostics at all."""
    extract, found = warned(source, **options)
    assert found == []
    return extract


def told(source: Rows | bytes, **options: Any) -> list[str]:
    """The codes and messages with which an extract of a panel of two areas is refused."""
    extract, found = reading(source, **{"areas": TWO, **options})
    assert extract is None
    return [f"{each.code.id} {each.message}" for each in found]


def warned(source: Rows | bytes, **options: Any) -> tuple[WideExtract, list[str]]:
    """The extract of a panel of two areas, and the messages beside it."""
    extract, found = reading(source, **{"areas": TWO, **options})
    assert extract is not None, [str(each) for each in found]
    return extract, [f"{each.code.id} {each.message}" for each in found]


def tidy(extract: WideExtract) -> list[tuple[str, ...]]:
    """The period, labels and number of each row."""
    return [(row.period, *row.labels, f"{row.value:f}") for row in extract.rows]


AREAS = ("Herefordshire", "North Worcestershire", "Shropshire", "South Worcestershire", "Telford & Wrekin")
PLAIN = [
    ("2015-04", "Herefordshire", "10"),
    ("2015-04", "Shropshire", "20"),
    ("2015-05", "Herefordshire", "11"),
    ("2015-05", "Shropshire", "21"),
]
