"""Wide extracts: periods across or down, totals, and what is left out or refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from papergen.data.wide import TidyRow
from tests.support.extracts import (
    AREAS,
    PLAIN,
    TWO,
    WIDE,
    Rows,
    as_csv,
    read,
    reading,
    tidy,
    told,
    warned,
    workbook,
    write,
)

APRIL_TO_JUNE = ["", "Apr-15", "May-15", "Jun-15"]

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


# What is left out is said


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


REFUSED: dict[str, tuple[Rows, str]] = {
    "numbers without a name": ([*WIDE, ["", 5, 6]], "D205 Sheet1!A4 has no area for the numbers of its row."),
    "numbers without names": (
        [["Apr-15", "May-15"], [1, 2]],
        "D203 Sheet1!A1 has no names of areas beside its numbers.",
    ),
    "a name that stands there twice": (
        [*WIDE, ["SHROPSHIRE", 20, 21]],
        "D205 Sheet1!A4 names Shropshire, as Sheet1!A3 does already.",
    ),
    "a month that stands there twice": (
        [["Area", "Apr-15", "April 2015"], *WIDE[1:]],
        "D204 Sheet1!C1 is 2015-04, as Sheet1!B1 is already.",
    ),
    "a day that Excel made of a month": (
        [["Area", date(2016, 4, 15), date(2016, 5, 15)], *WIDE[1:]],
        "D204 Sheet1!B1 is 15\u00a0April 2016, a day within the month; 1 more is like it.",
    ),
    "a second table below": (
        [*WIDE, [], ["Area", "Jun-15", "Jul-15"], ["Herefordshire", 1, 2]],
        "D204 Sheet1!B5 heads the columns with months again.",
    ),
    "a breakdown without a heading": (
        [["Area", "", "Apr-15"], ["Herefordshire", "robbery", 1], ["Shropshire", "robbery", 2]],
        "D204 Sheet1!B1 names no column.",
    ),
}


@pytest.mark.parametrize(("rows", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_taken_is_told_at_its_cell(rows: Rows, message: str) -> None:
    assert told(rows) == [message]


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
    _, (found,) = reading([*WIDE[:2], ["Shropshyre", 20, 21]], areas=TWO)
    assert found.message == "Sheet1!A3 names “Shropshyre”, which is no area that content/panel.yaml names."
    assert found.hint == "Did you mean “Shropshire”?"
    assert (found.at.file, found.at.line, found.at.column) == ("extract.xlsx", 3, 1)


def test_a_year_is_told_from_a_month_by_the_other_headings() -> None:
    rows: list[list[Any]] = [["Area", "2011-11", "2011-12"], ["Herefordshire", 1, 2], ["Shropshire", 3, 4]]
    assert [row.period for row in read(rows).rows] == ["2011-11", "2011-11", "2011-12", "2011-12"]
    rows[0] = ["Area", "Apr-11", "2011-12"]
    extract, (message,) = warned(rows)
    assert [row.period for row in extract.rows] == ["2011-04", "2011-04"]
    assert "“2011-12” that sums months that are not all there" in message


def test_a_table_that_is_tidy_already() -> None:
    rows: list[list[Any]] = [["Month", "Area", "Value"], *[[month, area, int(value)] for month, area, value in PLAIN]]
    assert {message.split()[0] for message in told(rows)} == {"D203"}


def test_many_findings_are_cut_short() -> None:
    rows: list[list[Any]] = [
        ["Area", *(f"2015-{month:02}" for month in range(1, 13))],
        [AREAS[0], *range(12)],
        *([area, *(f"about {at}, {month}" for month in range(12))] for at, area in enumerate(AREAS[1:])),
    ]
    messages = told(rows, areas=AREAS)
    assert len(messages) == 21
    assert any("There is more that is wrong" in message for message in messages)
