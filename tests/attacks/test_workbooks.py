"""Workbooks and lists that unfold to more than the memory holds, or lie about where their cells stand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest

from papergen.data.wide import read_wide
from papergen.data.wide.names import KnownNames
from papergen.diagnostics import Diagnostics
from tests.support.within import within

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OPEN = "urn:oasis:names:tc:opendocument:xmlns"
CELL = "<c><v>5</v></c>"
HEADINGS = '<row r="1">' + '<c t="inlineStr"><is><t>Jan 2015</t></is></c>' * 3 + "</row>"


@pytest.fixture(autouse=True)
def _in_moments() -> Iterator[None]:
    with within(seconds=30):
        yield


def packed(parts: dict[str, str]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return whole.getvalue()


def xlsx(rows: str, *, before: str = "", shared: str = "") -> bytes:
    relation = f'<Relationship Id="%s" Type="{OFFICE}/%s" Target="%s"/>'
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}">'
            + relation % ("r1", "officeDocument", "xl/workbook.xml")
            + "</Relationships>",
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">'
            + relation % ("r1", "worksheet", "worksheets/sheet1.xml")
            + relation % ("r2", "sharedStrings", "sharedStrings.xml")
            + "</Relationships>",
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>{shared}</t></si></sst>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{before}<sheetData>{HEADINGS}{rows}</sheetData>'
            "</worksheet>",
        }
    )


def ods(rows: str) -> bytes:
    spaces = " ".join(f'xmlns:{name}="{OPEN}:{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="S">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<m:manifest xmlns:m="{OPEN}:manifest:1.0"/>'
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    return packed({"mimetype": mimetype, "content.xml": content, "META-INF/manifest.xml": manifest})


def words(text: str, more: str = "") -> str:
    return f'<table:table-cell {more} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


MANY = "more than any extract can need"
FAR = "further than any extract can need"
UNFOLDING = {
    "a text that many cells share": (
        xlsx(("<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>") * 20, shared="a" * 100_000),
        MANY,
    ),
    "a cell far away, in small letters": (xlsx('<row><c r="xfd1048576"><v>1</v></c></row>'), FAR),
    "a cell whose place is none": (xlsx('<row><c r="$B$2"><v>1</v></c></row>'), "damaged"),
    "a cell with a place beyond all sheets": (xlsx('<row><c r="AAAA99999999"><v>1</v></c></row>'), "damaged"),
    "a text that is shared by nobody": (xlsx('<row><c t="s"><v>7</v></c></row>'), "no workbook"),
    "columns before the first": (
        xlsx(f"<row>{CELL}</row>", before='<cols><col min="-99999999999" max="16384" hidden="1"/></cols>'),
        "",
    ),
    "a text that stands in many cells": (
        ods(
            '<table:table-row table:number-rows-repeated="1000">'
            + words("a" * 10_000, 'table:number-columns-repeated="1000"')
            + "</table:table-row>"
        ),
        MANY,
    ),
    "an element that stands for many spaces": (
        ods(f'<table:table-row>{words("""<text:s text:c="2000000000"/>""")}</table:table-row>'),
        MANY,
    ),
}


def told(data: bytes, name: str) -> str:
    diagnostics = Diagnostics()
    read = read_wide(data, name=name, known=KnownNames.of((), (), ""), diagnostics=diagnostics)
    assert read is None
    return " ".join(found.message for found in diagnostics)


@pytest.mark.parametrize(("data", "words"), UNFOLDING.values(), ids=UNFOLDING)
def test_a_workbook_that_unfolds_is_refused_before_it_does(data: bytes, words: str) -> None:
    assert len(data) < 100_000
    message = told(data, "x.ods" if data[38:46] == b"applicat" else "x.xlsx")
    assert message
    assert words in message


@pytest.mark.parametrize("text", ["a," * 100_000, ("a" + "," * 9_999 + "\n") * 300])
def test_a_list_of_more_cells_than_can_be_needed_is_refused(text: str) -> None:
    assert MANY.removeprefix("more ") in told(text.encode(), "x.csv")
