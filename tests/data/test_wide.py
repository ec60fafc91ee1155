from __future__ import annotations

import csv
import io
import struct
import time
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from papergen.data.wide import Choices, Merge, TidyRow, WideExtract, merge, read_wide
from papergen.data.wide.cells import cell_name
from papergen.data.wide.names import KnownNames
from papergen.diagnostics import Diagnostic, Diagnostics

AREAS = ("Herefordshire", "North Worcestershire", "Shropshire", "South Worcestershire", "Telford & Wrekin")
TWO = ("Herefordshire", "Shropshire")
Rows = Sequence[Sequence[Any]]
APRIL_TO_JUNE = ["", "Apr-15", "May-15", "Jun-15"]


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


def reading(
    source: Rows | bytes,
    *,
    name: str = "extract.xlsx",
    sheet: str | None = None,
    areas: Sequence[str] = TWO,
    forces: Sequence[str] = (),
    **choices: Any,
) -> tuple[WideExtract | None, list[Diagnostic]]:
    diagnostics = Diagnostics()
    data = source if isinstance(source, bytes) else sheets(Sheet1=source)
    chosen = Choices(sheet=sheet, **choices)
    known = KnownNames.of(areas, forces)
    extract = read_wide(data, name=name, known=known, choices=chosen, diagnostics=diagnostics)
    assert (extract is None) == diagnostics.has_errors
    return extract, list(diagnostics)


def read(source: Rows | bytes, **options: Any) -> WideExtract:
    """The extract, which must give no diagnostics at all."""
    extract, found = reading(source, **options)
    assert [f"{each} {each.hint}" for each in found] == []
    assert extract is not None
    return extract


def told(source: Rows | bytes, **options: Any) -> list[str]:
    """The codes and messages for a source that is refused."""
    extract, found = reading(source, **options)
    assert extract is None
    return [f"{each.code.id} {each.message}" for each in found]


def warned(source: Rows | bytes, **options: Any) -> tuple[WideExtract, list[str]]:
    """The extract and the messages beside it."""
    extract, found = reading(source, **options)
    assert extract is not None, [str(each) for each in found]
    return extract, [f"{each.code.id} {each.message}" for each in found]


def tidy(extract: WideExtract) -> list[tuple[str, ...]]:
    return [(row.period, *row.labels, f"{row.value:f}") for row in extract.rows]


PLAIN = [
    ("2015-04", "Herefordshire", "10"),
    ("2015-04", "Shropshire", "20"),
    ("2015-05", "Herefordshire", "11"),
    ("2015-05", "Shropshire", "21"),
]
WIDE: list[list[Any]] = [["Area", "Apr-15", "May-15"], ["Herefordshire", 10, 11], ["Shropshire", 20, 21]]


# Shapes


def test_months_across_and_areas_down() -> None:
    extract = read(WIDE)
    assert (extract.period_column, extract.columns) == ("month", ("area",))
    assert tidy(extract) == PLAIN
    assert extract.rows[3] == TidyRow("2015-05", ("Shropshire",), Decimal(21), "Sheet1!C3")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (date(2015, 4, 1), date(2015, 5, 1)),
        (date(2015, 4, 30), date(2015, 5, 31)),
        ("April 2015", "May 2015"),
        ("Apr 2015", "May  2015"),
        (" apr-15 ", "MAY-15"),
        ("2015-04", "2015-05"),
        ("01/04/2015", "01/05/2015"),
        ("Apr-15", "May-15 (p)"),
        ("Apr-15", "May-15*"),
        (20150401, 20150501),
        ("20150401", "20150501"),
        (201504, 201505),
        (42095, 42125),
        (date(2015, 4, 1), "May-15"),
    ],
)
def test_months_as_spreadsheets_and_people_write_them(first: object, second: object) -> None:
    rows: list[list[Any]] = [["Area", first, second], *WIDE[1:]]
    assert tidy(read(rows)) == PLAIN
    if not isinstance(first, date):
        assert tidy(read(as_csv(rows), name="extract.csv")) == PLAIN


@pytest.mark.parametrize("heading", ["2015/16 Q3", "Q3 2015/16", "2015-16 Q3", "Quarter 3 2015/16"])
def test_quarters(heading: str) -> None:
    extract = read([["Area", heading], ["Herefordshire", 10], ["Shropshire", 20]])
    assert extract.period_column == "quarter"
    assert tidy(extract) == [("2015/16 Q3", "Herefordshire", "10"), ("2015/16 Q3", "Shropshire", "20")]


def test_one_month_below_a_date_of_extraction() -> None:
    rows: list[list[Any]] = [
        ["Extracted", date(2015, 5, 4)],
        ["Area", "Apr-15"],
        ["Herefordshire", 10],
        ["Shropshire", 20],
    ]
    assert tidy(read(rows)) == PLAIN[:2]


def test_titles_blank_rows_and_blank_columns() -> None:
    rows: Rows = [
        ["Recorded robbery, April to May 2015"],
        [],
        [None, None, "Area", None, "Apr-15", None, "May-15"],
        [],
        [None, None, "Herefordshire", None, 10, None, 11],
        [],
        [None, None, "Shropshire", "  ", 20, None, 21],
    ]
    extract = read(rows)
    assert tidy(extract) == PLAIN
    assert extract.rows[-1].cell == "Sheet1!G7"


def test_merged_titles_and_headings() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Sheet1")
        sheet.merge_range("A1:F1", "Recorded crime 2015/16")
        sheet.merge_range("A2:A3", "Area")
        sheet.merge_range("B2:B3", "Crime type")
        sheet.merge_range("C2:D2", "2015")
        for column, text in enumerate(("Apr-15", "May-15"), 2):
            sheet.write(2, column, text)
        sheet.merge_range("A4:A5", "Herefordshire")
        sheet.merge_range("A6:A7", "Shropshire")
        for row, crime in enumerate(("robbery", "burglary") * 2, 3):
            sheet.write(row, 1, crime)
            sheet.write(row, 2, row)
            sheet.write(row, 3, row * 10)

    extract = read(workbook(fill))
    assert extract.columns == ("area", "crime_type")
    assert tidy(extract)[:4] == [
        ("2015-04", "Herefordshire", "robbery", "3"),
        ("2015-04", "Herefordshire", "burglary", "4"),
        ("2015-04", "Shropshire", "robbery", "5"),
        ("2015-04", "Shropshire", "burglary", "6"),
    ]


def test_names_of_areas_with_stray_spaces_and_other_case() -> None:
    rows: list[list[Any]] = [
        APRIL_TO_JUNE[:2],
        [" herefordshire", 1],
        ["NORTH  WORCESTERSHIRE", 2],
        ["Shropshire\u00a0", 3],
        ["South\nWorcestershire", 4],
        ["Telford and Wrekin", 5],
    ]
    assert [row.labels[0] for row in read(rows, areas=AREAS).rows] == list(AREAS)


def test_months_down_and_areas_across() -> None:
    rows: list[list[Any]] = [
        ["Recorded robbery"],
        ["Month", *TWO, "Total"],
        [date(2015, 4, 1), 10, 20, 30],
        [date(2015, 5, 1), 11, 21, 32],
        ["Total", 21, 41, 62],
        ["Source: Niche"],
    ]
    extract = read(rows)
    assert tidy(extract) == PLAIN
    assert extract.rows[3].cell == "Sheet1!C4"


def test_one_month_down() -> None:
    assert tidy(read([["Month", *TWO], ["Apr-15", 10, 20]])) == PLAIN[:2]


def test_two_rows_of_headings_with_months_down() -> None:
    rows: list[list[Any]] = [
        [None, "Robbery", None, "Burglary", None],
        ["Month", *TWO, *TWO],
        ["Apr-15", 1, 2, 3, 4],
        ["May-15", 5, 6, 7, 8],
    ]
    assert told(rows)[0].startswith("D204 Sheet1!A1 names no column")
    rows[0][0] = "Crime type"
    extract = read(rows)
    assert extract.columns == ("crime_type", "area")
    assert tidy(extract)[:4] == [
        ("2015-04", "Robbery", "Herefordshire", "1"),
        ("2015-04", "Robbery", "Shropshire", "2"),
        ("2015-04", "Burglary", "Herefordshire", "3"),
        ("2015-04", "Burglary", "Shropshire", "4"),
    ]


def test_breakdown_columns_and_a_pivot_tables_gaps() -> None:
    rows: list[list[Any]] = [
        ["Policing area", "Crime Type", "Outcome", "Apr-15", "May-15"],
        ["Herefordshire", "Robbery", "charged", 1, 2],
        ["", "Burglary", "charged", 3, 4],
        ["Herefordshire Total", "", "", 4, 6],
        ["Shropshire", "Robbery", "charged", 5, 6],
        ["", "Burglary", "none", 7, 8],
        ["Shropshire Total", "", "", 12, 14],
        ["Grand Total", "", "", 16, 20],
    ]
    extract = read(rows)
    assert extract.columns == ("area", "crime_type", "outcome")
    assert tidy(extract)[:4] == [
        ("2015-04", "Herefordshire", "Robbery", "charged", "1"),
        ("2015-04", "Herefordshire", "Burglary", "charged", "3"),
        ("2015-04", "Shropshire", "Robbery", "charged", "5"),
        ("2015-04", "Shropshire", "Burglary", "none", "7"),
    ]


def test_a_file_by_force_instead_of_area() -> None:
    extract = read([["Force", "Apr-15"], ["West Mercia", 4], ["Warwickshire", 3]])
    assert extract.columns == ("force",)


def test_any_area_is_allowed_when_the_panel_has_none() -> None:
    assert read([["", "Apr-15"], ["Upper Town", 4]], areas=()).columns == ("area",)


def test_numbers_as_people_write_them() -> None:
    rows: list[list[Any]] = [
        APRIL_TO_JUNE,
        ["Herefordshire", "1,234", " 12.50 ", "£1 500"],
        ["Shropshire", 0, -3, 0.1 + 0.2],
    ]
    assert [f"{row.value:f}" for row in read(rows).rows] == ["1234", "0", "12.5", "-3", "1500", "0.3"]


def test_formulas_give_the_values_that_were_saved() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Sheet1")
        write(book, sheet, [["Area", "Apr-15", "May-15"], ["Herefordshire", 10], ["Shropshire", 20]])
        sheet.write_formula("C2", "=B2+1", None, 11)
        sheet.write_formula("C3", "=B3+1", None, 21)

    assert tidy(read(workbook(fill))) == PLAIN


def test_a_formula_without_a_value_is_no_zero() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Sheet1")
        write(book, sheet, WIDE)
        sheet.write_formula("C2", "=1/0", None, "#DIV/0!")

    assert told(workbook(fill)) == ["D206 Sheet1!C2 has nothing in it."]


# Totals


def test_totals_that_agree_are_left_out() -> None:
    rows: list[list[Any]] = [
        ["Area", "Apr-15", "May-15", "Jun-15", "Q1 2015/16", "Total"],
        ["Herefordshire", 1, 2, 3, 6, 6],
        ["Shropshire", 4, 5, 6, 15, 15],
        ["Force total", 5, 7, 9, 21, 21],
    ]
    assert [row.value for row in read(rows).rows] == [1, 4, 2, 5, 3, 6]


@pytest.mark.parametrize(
    ("name", "numbers", "expected"),
    [
        ("Average", (3, 8), "D207 Sheet1!A4 names “Average”, which may stand for other rows together, but is not"),
        ("Overall", (6, 15), "D207 Sheet1!A4 names “Overall”, which may stand for other rows together, but is not"),
        ("Overall", (6, 16), "D208 Sheet1!A4 begins a row, Overall, that is the sum of 2 others; left out."),
    ],
)
def test_an_answer_whose_name_may_be_that_of_a_total_is_asked_about(
    name: str, numbers: tuple[int, int], expected: str
) -> None:
    rows: Rows = [["Rating", "Apr-15", "May-15"], ["Good", 4, 7], ["Poor", 2, 9], [name, *numbers]]
    (found,) = reading(rows)[1]
    assert f"{found.code.id} {found.message}".startswith(expected)
    kept, _ = reading(rows, keep=frozenset({name.casefold()}))
    assert kept is not None
    assert len(kept.rows) == 6


def test_a_heading_that_may_be_an_answer_is_a_total_among_areas() -> None:
    def across(*names: str) -> Rows:
        return [["Crime type", *["Apr-15"] * 3, *["May-15"] * 3], ["", *names * 2], ["Robbery", 4, 7, 1, 2, 8, 3]]

    assert len(read(across("Good", "Average", "Poor")).rows) == 6
    (found,) = reading(across("Herefordshire", "Shropshire", "Force"))[1][:1]
    assert found.message == "Sheet1!D3 is a total of 1, but the numbers it sums come to 11."
    assert found.hint.endswith('or take the file in without it: --leave-out "Force".')
    assert len(read(across("Herefordshire", "Shropshire", "Force"), leave_out=frozenset({"force"})).rows) == 4


@pytest.mark.parametrize("name", ["Total", "TOTAL:", "Grand total", "All areas", "Total (force)", "Sub-total"])
def test_a_total_that_is_wrong_is_told_with_its_cell(name: str) -> None:
    assert told([*WIDE, [name, 30, 33]]) == ["D207 Sheet1!C4 is a total of 33, but the numbers it sums come to 32."]


def test_a_total_column_that_is_wrong_is_told_with_its_cell() -> None:
    rows: list[list[Any]] = [
        ["Area", "Apr-15", "May-15", "Total"],
        ["Herefordshire", 10, 11, 21],
        ["Shropshire", 20, 21, 42],
    ]
    assert told(rows) == ["D207 Sheet1!D3 is a total of 42, but the numbers it sums come to 41."]
    rows[2][3] = 41
    assert told([*rows, ["Total", 30, 32, 63]]) == [
        "D207 Sheet1!D4 is a total of 63, but the numbers it sums come to 62."
    ]


def test_totals_of_blocks() -> None:
    rows: Rows = [
        ["Area", "Apr-15"],
        ["Herefordshire", 1],
        ["Shropshire", 2],
        ["West total", 3],
        ["North Worcestershire", 4],
        ["South Worcestershire", 5],
        ["Telford & Wrekin", 6],
        ["East total", 15],
        ["Total", 18],
    ]
    assert len(read(rows, areas=AREAS).rows) == 5


def test_a_total_of_months_that_are_not_there_is_left_out_with_a_warning() -> None:
    rows: list[list[Any]] = [
        ["Area", "2015/16", *WIDE[0][1:]],
        ["Herefordshire", 99, 10, 11],
        ["Shropshire", 99, 20, 21],
    ]
    extract, messages = warned(rows)
    assert tidy(extract) == PLAIN
    (message,) = messages
    assert message.startswith("D208 Sheet1!B1 heads a column “2015/16” that sums months that are not all there")


def test_totals_of_fractions_may_be_off_in_the_last_digit() -> None:
    rows: list[list[Any]] = [
        ["Area", "Apr-15"],
        ["Herefordshire", 0.1],
        ["Shropshire", 0.2],
        ["Total", 0.30000000000000004],
    ]
    assert [row.value for row in read(rows).rows] == [Decimal("0.1"), Decimal("0.2")]


# What is left out is said


def test_not_a_number_is_neither_heading_nor_value() -> None:
    with zipfile.ZipFile(io.BytesIO(sheets(Sheet1=[["Area", "Apr-15", 7], ["Shropshire", 20, 21]]))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"<v>20<", b"<v>NaN<").replace(b"<v>7<", b"<v>inf<")
    assert told(zipped(parts))[1:] == ["D206 Sheet1!B2 holds “nan”, which is no number."]


def test_other_numbers_beside_the_months_are_left_out_with_a_warning() -> None:
    rows: list[list[Any]] = [
        ["Area", "Population", "Apr-15", "May-15", "% change", "Comments"],
        ["Herefordshire", 187200, 10, 11, "10%", ""],
        ["Shropshire", 310100, 20, 21, "5%", "see note"],
    ]
    extract, messages = warned(rows)
    assert tidy(extract) == PLAIN
    assert [message.split(" heads ")[0] for message in messages] == [
        "D208 Sheet1!B1",
        "D208 Sheet1!E1",
        "D208 Sheet1!F1",
    ]


def test_footnotes_are_left_out_with_a_note() -> None:
    extract, messages = warned([*WIDE, [], ["Source: Niche. Shropshire is provisional."], [None, "Checked by JS"]])
    assert tidy(extract) == PLAIN
    assert messages == [
        "D210 Sheet1!A5 “Source: Niche. Shropshire is provisional.” stands in a row without numbers, "
        "which is left out; so is 1 more.",
    ]


def test_months_to_come_are_left_out_with_a_warning() -> None:
    rows: list[list[Any]] = [[*WIDE[0], "Jun-15"], *WIDE[1:], ["Total", 30, 32, 0]]
    extract, messages = warned(rows)
    assert tidy(extract) == PLAIN
    assert messages == ["D208 Sheet1!D1 is 2015-06, for which no row has a number, so it is left out."]


def test_a_missing_area_is_warned_of() -> None:
    assert warned(WIDE[:2])[1] == ["D209 Sheet1!A1 heads no row for Shropshire."]


# What is refused


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (None, "has nothing in it"),
        ("  ", "has nothing in it"),
        ("-", "holds “-”, which may stand for none or for a number held back"),
        ("about 12", "holds “about 12”, which is no number"),
        ("1,23", "holds “1,23”, which is no number"),
        ("12%", "is a percentage, and Sheet1!B2 is none"),
        (True, "holds “True”, which is no number"),
        (date(2015, 4, 1), "holds “2015-04-01”, which is no number"),
        (1e300, "holds 1e+300, which has more digits than a figure needs"),
        ("9" * 9999, f"holds {'9' * 39}…, which has more digits than a figure needs"),
    ],
)
def test_a_cell_that_is_no_number(value: object, message: str) -> None:
    assert told([WIDE[0], WIDE[1], ["Shropshire", 20, value]]) == [f"D206 Sheet1!C3 {message}."]


def test_an_area_without_any_number_is_no_footnote() -> None:
    rows: list[list[Any]] = [*WIDE[:2], ["Shropshire"]]
    assert told(rows) == ["D206 Sheet1!B3 has nothing in it; 1 more cell is like it."]
    assert warned([*WIDE[:2], ["Shropshre"]])[1] == [
        "D209 Sheet1!A1 heads no row for Shropshire.",
        "D210 Sheet1!A3 “Shropshre” stands in a row without numbers, which is left out.",
    ]


def test_a_cell_shown_as_a_percentage() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Sheet1")
        write(book, sheet, WIDE)
        sheet.write("B2", 0.125, book.add_format({"num_format": "0.0%"}))
        sheet.write("C2", 5, book.add_format({"num_format": '0 "% of all"'}))

    assert told(workbook(fill)) == ["D206 Sheet1!B2 is a percentage, and Sheet1!B3 is none."]


def test_an_unknown_area_suggests_the_near_match() -> None:
    _, (found,) = reading([*WIDE[:2], ["Shropshyre", 20, 21]])
    assert found.message == "Sheet1!A3 names “Shropshyre”, which is no area that content/panel.yaml names."
    assert found.hint == "Did you mean “Shropshire”?"
    assert (found.at.file, found.at.line, found.at.column) == ("extract.xlsx", 3, 1)


def test_numbers_without_a_name() -> None:
    assert told([*WIDE, ["", 5, 6]]) == ["D205 Sheet1!A4 has no area for the numbers of its row."]


def test_a_name_that_stands_there_twice() -> None:
    assert told([*WIDE, ["SHROPSHIRE", 20, 21]]) == ["D205 Sheet1!A4 names Shropshire, as Sheet1!A3 does already."]


def test_a_month_that_stands_there_twice() -> None:
    rows: list[list[Any]] = [["Area", "Apr-15", "April 2015"], *WIDE[1:]]
    assert told(rows) == ["D204 Sheet1!C1 is 2015-04, as Sheet1!B1 is already."]


def test_a_day_that_excel_made_of_a_month() -> None:
    rows: list[list[Any]] = [["Area", date(2016, 4, 15), date(2016, 5, 15)], *WIDE[1:]]
    assert told(rows) == [
        "D204 Sheet1!B1 is 15\u00a0April 2016, a day within the month; 1 more is like it.",
    ]


def test_a_year_is_told_from_a_month_by_the_other_headings() -> None:
    rows: list[list[Any]] = [["Area", "2011-11", "2011-12"], ["Herefordshire", 1, 2], ["Shropshire", 3, 4]]
    assert [row.period for row in read(rows).rows] == ["2011-11", "2011-11", "2011-12", "2011-12"]
    rows[0] = ["Area", "Apr-11", "2011-12"]
    extract, (message,) = warned(rows)
    assert [row.period for row in extract.rows] == ["2011-04", "2011-04"]
    assert "“2011-12” that sums months that are not all there" in message


def test_a_second_table_below() -> None:
    rows: list[list[Any]] = [*WIDE, [], ["Area", "Jun-15", "Jul-15"], ["Herefordshire", 1, 2]]
    assert told(rows) == ["D204 Sheet1!B5 heads the columns with months again."]


def test_a_table_that_is_tidy_already() -> None:
    rows: list[list[Any]] = [["Month", "Area", "Value"], *[[month, area, int(value)] for month, area, value in PLAIN]]
    assert {message.split()[0] for message in told(rows)} == {"D203"}


def test_numbers_without_names() -> None:
    assert told([["Apr-15", "May-15"], [1, 2]]) == ["D203 Sheet1!A1 has no names of areas beside its numbers."]


def test_a_breakdown_without_a_heading() -> None:
    rows: list[list[Any]] = [["Area", "", "Apr-15"], ["Herefordshire", "robbery", 1], ["Shropshire", "robbery", 2]]
    assert told(rows) == ["D204 Sheet1!B1 names no column."]


def test_many_findings_are_cut_short() -> None:
    rows: list[list[Any]] = [
        ["Area", *(f"2015-{month:02}" for month in range(1, 13))],
        [AREAS[0], *range(12)],
        *([area, *(f"about {at}, {month}" for month in range(12))] for at, area in enumerate(AREAS[1:])),
    ]
    messages = told(rows, areas=AREAS)
    assert len(messages) == 21
    assert any("There is more that is wrong" in message for message in messages)


# Sheets


def test_the_only_sheet_with_months_is_read() -> None:
    data = sheets(Cover=[["Crime"], ["Made on", date(2016, 1, 4)]], Data=WIDE, Empty=[])
    assert read(data).rows[0].cell == "Data!B2"


def test_a_sheet_is_chosen_by_name() -> None:
    data = sheets(**{"Robbery 2015": WIDE, "Burglary": WIDE})
    assert read(data, sheet="robbery 2015").rows[0].cell == "'Robbery 2015'!B2"
    assert told(data) == ["D202 Several sheets have months and numbers: Robbery 2015, Burglary."]
    _, (found,) = reading(data, sheet="Burglry")
    assert found.hint == "Did you mean “Burglary”?"


def test_a_hidden_sheet_is_read_only_when_named() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        write(book, book.add_worksheet("Cover"), [["Crime"]])
        sheet = book.add_worksheet("Old")
        write(book, sheet, WIDE)
        sheet.hide()

    data = workbook(fill)
    _, (found,) = reading(data)
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


def zipped(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


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
    _, (found,) = reading(zipped({"xl/workbook.bin": b"\x83\x01\x00"}), name="extract.xlsb")
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
    start = time.monotonic()
    assert told(workbook(far_away)) == [
        "D201 The sheet “Sheet1” reaches to Sheet1!XFD1048576, further than any extract can need."
    ]
    assert time.monotonic() - start < 5


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
    rows += [[f"beat {number}", *range(180)] for number in range(250)]
    start = time.monotonic()
    assert len(read(rows).rows) == 250 * 180
    assert time.monotonic() - start < 60


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


def test_a_workbook_that_unpacks_to_more_than_any_extract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("papergen.data.wide.size.MOST_UNPACKED", 1000)
    assert told(sheets(Sheet1=WIDE)) == ["D201 The workbook is larger than any extract can need."]


GOOD = sheets(Sheet1=WIDE)


@given(st.data())
def test_a_damaged_workbook_never_crashes(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(GOOD) - 1))
    damaged = GOOD[:at] + data.draw(st.binary(min_size=1, max_size=8)) + GOOD[at + data.draw(st.integers(0, 8)) :]
    reading(damaged)


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
    reading(as_csv(rows), name="extract.csv")


# There and back


@st.composite
def tidy_tables(draw: st.DrawFn) -> tuple[list[str], list[tuple[str, ...]]]:
    """The columns and rows of a tidy file with every month for every area and crime type."""
    first = draw(st.integers(2000 * 12, 2050 * 12))
    months = [f"{at // 12}-{at % 12 + 1:02d}" for at in range(first, first + draw(st.integers(1, 14)))]
    areas = draw(st.lists(st.sampled_from(AREAS), min_size=1, unique=True))
    crimes = draw(st.lists(st.sampled_from(["robbery", "theft", "hate crime"]), max_size=3, unique=True))
    labels = (
        [(area, crime) for area in sorted(areas) for crime in sorted(crimes)]
        if crimes
        else [(a,) for a in sorted(areas)]
    )
    values = st.decimals(0, 10**6, places=draw(st.integers(0, 2))).map(lambda value: f"{value.normalize():f}")
    rows = [(month, *label, draw(values)) for month in months for label in labels]
    return ["month", "area", *(["crime_type"] if crimes else []), "value"], rows


def widened(columns: Sequence[str], rows: Sequence[tuple[str, ...]]) -> list[list[Any]]:
    months = sorted({row[0] for row in rows})
    labels = list(dict.fromkeys(row[1:-1] for row in rows))
    values = {row[:-1]: float(row[-1]) for row in rows}
    head = [*columns[1:-1], *(date(int(month[:4]), int(month[5:]), 1) for month in months)]
    return [head, *([*label, *(values[(month, *label)] for month in months)] for label in labels)]


def flipped(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    return [list(each) for each in zip(*rows, strict=True)]


@given(tidy_tables(), st.booleans())
def test_tidy_to_wide_to_tidy_is_the_identity(table: tuple[list[str], list[tuple[str, ...]]], flip: bool) -> None:
    columns, rows = table
    wide = widened(columns, rows)
    extract, _ = warned(flipped(wide) if flip else wide, areas=AREAS)
    assert ["month", *extract.columns, "value"] == columns
    assert tidy(extract) == rows
    text = merged(None, extract).text
    assert text == "".join(",".join(row) + "\n" for row in [tuple(columns), *rows])
    again = merged(text, extract)
    assert again == Merge(text, 0, len(rows), ())


# Merging


def merging(existing: str | None, extract: WideExtract, **options: Any) -> tuple[Merge | None, list[Diagnostic]]:
    diagnostics = Diagnostics()
    options = {"constants": {}, "overwrite": False, **options}
    result = merge(existing, extract, diagnostics=diagnostics, file="content/data/robbery.csv", **options)
    assert (result is None) == diagnostics.has_errors
    return result, list(diagnostics)


def merged(existing: str | None, extract: WideExtract, **options: Any) -> Merge:
    result, found = merging(existing, extract, **options)
    assert result is not None, [str(each) for each in found]
    return result


def refused(existing: str | None, extract: WideExtract, **options: Any) -> list[str]:
    result, found = merging(existing, extract, **options)
    assert result is None
    return [f"{each.code.id} {each.message}" for each in found]


def extract_of(*rows: tuple[str, ...], columns: tuple[str, ...] = ("area",), period: str = "month") -> WideExtract:
    return WideExtract(
        period,
        columns,
        tuple(TidyRow(row[0], row[1:-1], Decimal(row[-1]), f"B{at}") for at, row in enumerate(rows, 2)),
    )


APRIL = extract_of(("2015-04", "Herefordshire", "10"), ("2015-04", "Shropshire", "20"))
MAY = extract_of(("2015-05", "Herefordshire", "11"), ("2015-05", "Shropshire", "21"))
FILE = "month,area,value\n2015-04,Herefordshire,10\n2015-04,Shropshire,20\n"


def test_a_new_file() -> None:
    assert merged(None, APRIL) == Merge(FILE, 2, 0, ())
    assert merged("\ufeff\n", APRIL).text == FILE
    robbery = merged(None, APRIL, constants={"crime_type": "theft, other"}, value_column="offences")
    assert robbery.text.splitlines() == [
        "month,area,crime_type,offences",
        '2015-04,Herefordshire,"theft, other",10',
        '2015-04,Shropshire,"theft, other",20',
    ]


def test_a_later_month_goes_to_the_end_and_an_earlier_one_to_the_beginning() -> None:
    both = FILE + "2015-05,Herefordshire,11\n2015-05,Shropshire,21\n"
    assert merged(FILE, MAY).text == both
    assert merged(merged(None, MAY).text, APRIL).text == both


def test_a_row_goes_between_others() -> None:
    existing = "month,area,value\n2015-04,Herefordshire,10\n2015-05,Herefordshire,11\n"
    assert merged(existing, APRIL).text.splitlines()[1:] == [
        "2015-04,Herefordshire,10",
        "2015-04,Shropshire,20",
        "2015-05,Herefordshire,11",
    ]


def test_a_file_not_in_the_order_of_its_periods_gets_new_rows_at_the_end() -> None:
    rows = ["2015-06,Shropshire,1", "2015-04,Shropshire,20", "2015-06,Herefordshire,2", "2015-03,Shropshire,3"]
    existing = "\n".join(["month,area,value", *rows, ""])
    result = merged(existing, MAY)
    assert result.text.startswith(existing)
    assert result.added == 2


def test_column_order_line_ends_quotes_and_periods_stay_as_they_are() -> None:
    existing = '\ufeff"Value",Area,Month\r\n"1,010", Herefordshire,Apr-15\r\n20,"Shropshire",01/04/2015\r\n\r\n'
    result = merged(existing, extract_of(("2015-04", "Herefordshire", "1010"), *[("2015-05", "Shropshire", "21")]))
    assert result.text == existing[:-2] + "21,Shropshire,2015-05\r\n\r\n"
    assert (result.added, result.same) == (1, 1)


def test_a_last_line_without_an_end() -> None:
    assert merged(FILE.rstrip("\n"), APRIL).text == FILE.rstrip("\n")
    assert merged(FILE.rstrip("\n"), MAY).text.splitlines()[2:4] == [
        "2015-04,Shropshire,20",
        "2015-05,Herefordshire,11",
    ]


def test_a_value_that_differs_stays_unless_told() -> None:
    extract = extract_of(("2015-04", "Herefordshire", "12"), ("2015-04", "Shropshire", "20"))
    kept = merged(FILE, extract)
    assert (kept.text, kept.added, kept.same) == (FILE, 0, 1)
    (difference,) = kept.differing
    assert (difference.period, difference.labels) == ("2015-04", ("Herefordshire",))
    assert (difference.old, difference.new, difference.line, difference.cell) == ("10", "12", 2, "B2")
    replaced = merged(FILE, extract, overwrite=True)
    assert replaced.text == FILE.replace(",10\n", ",12\n")
    assert replaced.differing == kept.differing


def test_a_constant_joins_the_rows_that_are_there() -> None:
    existing = "month,area,crime_type,value\n2015-04,Herefordshire,robbery,10\n2015-04,Herefordshire,burglary,7\n"
    result = merged(existing, APRIL, constants={"crime_type": "Robbery"})
    assert (result.added, result.same) == (1, 1)
    assert "2015-04,Shropshire,robbery,20\n" in result.text
    assert refused(existing, APRIL) == [
        "D211 The data file has a column “crime_type”, for which the import has nothing."
    ]


def test_columns_that_do_not_fit() -> None:
    assert refused(FILE, APRIL, constants={"strand": "race"}) == [
        "D211 The data file has no column “strand”, which the import brings."
    ]
    assert refused(FILE, APRIL, value_column="number") == ["D102 There is no column “number”, which is needed."]
    assert refused(None, APRIL, constants={"area": "Shropshire"}) == ["D211 There would be two columns “area”."]
    assert refused(None, APRIL, constants={"Crime type": "x"}) == [
        "D211 “Crime type” is no name for a column of words or numbers."
    ]
    assert refused(None, APRIL, constants={"quarter": "2015/16 Q1"}) == [
        "D211 “quarter” is no name for a column of words or numbers."
    ]
    quarters = extract_of(("2015/16 Q1", "Shropshire", "2"), period="quarter")
    assert "D211 The data file has no column “quarter”, which the import brings." in refused(FILE, quarters)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("2015-04,Shropshire,20\n", "D106"),
        ("2015-13,Shropshire,20\n", "D105"),
        ("2015-05,Shropshire,many\n", "D104"),
        ("2015-05,Shropshire\n", "D103"),
        ('2015-05,"Shropshire,20\n', "D101"),
    ],
)
def test_a_data_file_that_is_broken_is_left_alone(line: str, code: str) -> None:
    assert [message.split()[0] for message in refused(FILE + line, MAY)] == [code]


@given(tidy_tables(), st.randoms(use_true_random=False), st.booleans())
def test_merging_never_loses_or_changes_a_row(
    table: tuple[list[str], list[tuple[str, ...]]], random: Any, shuffled: bool
) -> None:
    columns, rows = table
    kept = [row for row in rows if random.random() < 0.6] or rows[:1]  # a header alone is refused, as D101
    if shuffled:
        random.shuffle(kept)
    extract = extract_of(*(row for row in rows if random.random() < 0.6), columns=tuple(columns[1:-1]))
    existing = "".join(",".join(row) + "\r\n" for row in [tuple(columns), *kept])
    result = merged(existing, extract)
    lines = result.text.split("\r\n")
    there = iter(lines)
    assert all(",".join(row) in there for row in kept), "the rows that were there keep their order"
    assert result.added + result.same == len(extract.rows)
    assert len(lines) == len(kept) + result.added + 2
    if not shuffled:
        months = [line[:7] for line in lines[1:-1]]
        assert months == sorted(months)


@given(st.text(alphabet='month,areavlu\n\r"2015-04;\t é\ufeff', max_size=60), st.booleans())
def test_no_data_file_crashes_the_merge(existing: str, replace: bool) -> None:
    merging(existing, APRIL, overwrite=replace)
    merging("month,area,value\n" + existing, APRIL, overwrite=replace)
