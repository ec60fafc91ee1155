"""The files that extracts come in: sheets of workbooks, CSV, OpenDocument, and what is no such file."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from papergen.data.wide.cells import cell_name
from papergen.data.wide.size import MOST_UNPACKED
from tests.support.extracts import (
    TWO,
    WIDE,
    Rows,
    as_csv,
    compound_file,
    read,
    reading,
    sheets,
    tidy,
    told,
    workbook,
    write,
    zipped,
)

PLAIN = [
    ("2015-04", "Herefordshire", "10"),
    ("2015-04", "Shropshire", "20"),
    ("2015-05", "Herefordshire", "11"),
    ("2015-05", "Shropshire", "21"),
]


# Sheets


def test_the_only_sheet_with_months_is_read() -> None:
    data = sheets(Cover=[["Crime"], ["Made on", date(2016, 1, 4)]], Data=WIDE, Empty=[])
    assert read(data).rows[0].cell == "Data!B2"


def test_a_sheet_is_chosen_by_name() -> None:
    data = sheets(**{"Robbery 2015": WIDE, "Burglary": WIDE})
    assert read(data, sheet="robbery 2015").rows[0].cell == "'Robbery 2015'!B2"
    assert told(data) == ["D202 Several sheets have months and numbers: Robbery 2015, Burglary."]
    _, (found,) = reading(data, areas=TWO, sheet="Burglry")
    assert found.hint == "Did you mean “Burglary”?"


def test_a_hidden_sheet_is_read_only_when_named() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        write(book, book.add_worksheet("Cover"), [["Crime"]])
        sheet = book.add_worksheet("Old")
        write(book, sheet, WIDE)
        sheet.hide()

    data = workbook(fill)
    _, (found,) = reading(data, areas=TWO)
    assert found.code.id == "D203"
    assert found.hint.endswith("Hidden sheets are read only when named: Old.")
    assert tidy(read(data, sheet="Old")) == PLAIN


def test_a_sheet_of_a_chart_is_passed_over() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        write(book, book.add_worksheet("Data"), WIDE)
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Data!$B$2:$C$2"})
        book.add_chartsheet("Chart").set_chart(chart)

    assert tidy(read(workbook(fill))) == PLAIN


def test_names_of_cells() -> None:
    assert [cell_name(0, column) for column in (0, 25, 26, 701, 702, 16383)] == [
        "A1",
        "Z1",
        "AA1",
        "ZZ1",
        "AAA1",
        "XFD1",
    ]
    assert cell_name(6, 3, "It's") == "'It''s'!D7"


# Other kinds of file


def test_csv_as_spreadsheets_save_it() -> None:
    text = "\ufeffRobbery;;\r\n;;\r\nArea;Apr-15;May-15\r\nHerefordshire;10;11\r\nShropshire;20;21\r\nTotal;30;32\r\n"
    extract = read(text.encode(), name="extract.csv")
    assert tidy(extract) == PLAIN
    assert extract.rows[0].cell == "B4"
    assert tidy(read(text[1:].replace(";", "\t").encode("utf-16"), name="extract.txt")) == PLAIN


def test_csv_with_a_broken_quotation() -> None:
    assert told(b'Area,Apr-15\n"Herefordshire,1\n', name="extract.csv") == [
        "D201 A quotation mark is opened and never closed."
    ]


def test_a_workbook_named_csv() -> None:
    assert tidy(read(sheets(Sheet1=WIDE), name="extract.csv")) == PLAIN


def ods(rows: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Sheet1">{rows}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest.encode(),
            "content.xml": content.encode(),
        }
    )


def ods_cell(value: object, kind: str = "float") -> str:
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value}"/>'
    return f'<table:table-cell office:value-type="{kind}" office:value="{value}"/>'


def ods_rows(rows: Rows) -> str:
    return "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows)


def test_an_opendocument_spreadsheet() -> None:
    rows = ods_rows([["Area", date(2015, 4, 1), "May-15"], *WIDE[1:]])
    # LibreOffice ends a sheet with empty cells and rows that stand for all the rest.
    rest = (
        '<table:table-row table:number-rows-repeated="1048573">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert tidy(read(ods(rows + rest), name="extract.ods")) == PLAIN


def test_an_opendocument_spreadsheet_with_a_percentage() -> None:
    rows = ods_rows([["Area", "Apr-15"], ["Herefordshire", 1]])
    rows += f"<table:table-row>{ods_cell('Shropshire')}{ods_cell(0.5, 'percentage')}</table:table-row>"
    assert told(ods(rows), name="extract.ods") == ["D206 Sheet1!B3 is a percentage, and Sheet1!B2 is none."]


def test_an_opendocument_spreadsheet_with_a_cell_far_away_or_repeated() -> None:
    cell = ods_cell(1).replace("/>", ' table:number-columns-repeated="16384"/>')
    rows = f'{ods_rows(WIDE)}<table:table-row table:number-rows-repeated="1048573">{cell}</table:table-row>'
    assert told(ods(rows), name="extract.ods") == [
        "D201 The sheet “Sheet1” reaches to Sheet1!XFD1048576, further than any extract can need."
    ]


def test_a_binary_workbook_is_refused() -> None:
    _, (found,) = reading(zipped({"xl/workbook.bin": b"\x83\x01\x00"}), name="extract.xlsb", areas=TWO)
    assert found.message == "A binary workbook (.xlsb) cannot be read."
    assert "Excel Workbook (.xlsx)" in found.hint


# Bad files


def far_away(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("Sheet1")
    write(book, sheet, WIDE)
    sheet.write(1048575, 16383, "x")


@pytest.mark.slow
def test_a_cell_at_the_far_end_of_a_sheet() -> None:
    """The reader would give every cell before it a place in memory and end the program."""
    start = time.process_time()
    assert told(workbook(far_away)) == [
        "D201 The sheet “Sheet1” reaches to Sheet1!XFD1048576, further than any extract can need."
    ]
    assert time.process_time() - start < 5


@pytest.mark.slow
def test_a_far_cell_on_another_sheet_does_no_harm() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        far_away(book)
        write(book, book.add_worksheet("Data"), WIDE)

    assert tidy(read(workbook(fill), sheet="Data")) == PLAIN
    assert tidy(read(workbook(fill))) == PLAIN


@pytest.mark.slow
def test_formatted_but_empty_cells_far_away_do_no_harm() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Sheet1")
        write(book, sheet, WIDE)
        sheet.write_blank(1048575, 16383, None, book.add_format({"bold": True}))

    assert tidy(read(workbook(fill))) == PLAIN


@pytest.mark.slow
def test_a_long_sheet_is_read_in_time() -> None:
    rows: list[list[Any]] = [["Beat", *(f"{2000 + year}-{month:02}" for year in range(15) for month in range(1, 13))]]
    rows += [[f"beat {number}", *range(180)] for number in range(100)]
    started = time.process_time()
    assert len(read(rows).rows) == 100 * 180
    assert time.process_time() - started < 20


def test_a_workbook_with_a_password() -> None:
    assert told(compound_file("EncryptedPackage")) == ["D201 The workbook is protected with a password."]


@pytest.mark.parametrize(
    "data",
    [
        b"garbage",
        b"\x00" * 4096,
        b"<html><table><tr><td>Area</td></tr></table></html>",
        b"PK\x03\x04 and no more",
        sheets(Sheet1=WIDE)[:3000],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 4096,
        compound_file("Nothing"),
        zipped({"a.txt": b"text"}),
        zipped({"xl/workbook.xml": b"<a>", "xl/_rels/workbook.xml.rels": b"<b/>"}),
        zipped({"content.xml": b"<a/>", "mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        zipped({"xl/workbook.bin": b"\x9c", "xl/_rels/workbook.bin.rels": b"<b/>"}),
    ],
)
@pytest.mark.parametrize("name", ["extract.xlsx", "extract.xls", "extract.ods"])
def test_what_is_no_workbook(data: bytes, name: str) -> None:
    assert all(message.startswith(("D201 ", "D203 ")) for message in told(data, name=name))


def test_nothing_at_all() -> None:
    assert told(b"") == ["D201 The file is empty."]
    assert told(b" \r\n", name="extract.csv") == ["D201 The file is empty."]
    assert [message[:4] for message in told(sheets(Sheet1=[]))] == ["D203"]
    assert [message[:4] for message in told(b",,\n,,\n", name="extract.csv")] == ["D203"]


def test_a_workbook_that_unpacks_to_more_than_any_extract() -> None:
    data = bytearray(sheets(Sheet1=WIDE))
    of_a_part = data.index(b"PK\x01\x02") + 24  # where the table at the end says how large the part is that it names
    data[of_a_part : of_a_part + 4] = (MOST_UNPACKED + 1).to_bytes(4, "little")
    assert told(bytes(data)) == ["D201 The workbook is larger than any extract can need."]


GOOD = sheets(Sheet1=WIDE)


@given(st.data())
def test_a_damaged_workbook_never_crashes(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(GOOD) - 1))
    damaged = GOOD[:at] + data.draw(st.binary(min_size=1, max_size=8)) + GOOD[at + data.draw(st.integers(0, 8)) :]
    reading(damaged, name="extract.xlsx", areas=TWO)


CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        ["Area", "Apr-15", "May-15", "2015/16 Q3", "2015", "Total", "Shropshire", "Herefordshire", "-", "5%"]
    ),
    st.integers(-5, 99999),
    st.text(max_size=5),
)


@given(st.lists(st.lists(CELLS, max_size=5), max_size=6))
def test_no_table_crashes(rows: list[list[Any]]) -> None:
    reading(as_csv(rows), areas=TWO)
