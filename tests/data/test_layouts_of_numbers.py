"""Numbers, names and files as public bodies write them: every value right, or one sentence that mends it."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from papergen.data.wide import Listed
from papergen.values.period_names import parse_year
from papergen.values.states import NumberState
from tests.support.extracts import compound_file, reading, refused, sheets, taken, zipped

# Stocks, states, rounding


def test_half_yearly_stock() -> None:
    column, periods, table, said = taken("Force,Sep-14,Mar-15,Sep-15\nAlphashire,120,118,119\n")
    assert (column, periods) == ("month", ["2014-09", "2015-03", "2015-09"])
    assert table == {("Alphashire",): ["120", "118", "119"]}
    assert "give the measure combine: last" in said


SUPPRESSED = "Area,2014/15,2015/16\nA,[c],12\nB,..,3 [p]\nC,*,4r\nD,:,5 (p)\nE,x,6\nF,<5,7\nG,c,8*\nH,n/a,9 [note 2]\n"


def test_numbers_held_back_and_provisional() -> None:
    _, _, table, said = taken(SUPPRESSED)
    assert table == {
        ("A",): ["[c]", "12"],
        ("B",): ["[x]", "3 [p]"],
        ("C",): ["[c]", "4 [r]"],
        ("D",): ["[x]", "5 [p]"],
        ("E",): ["[x]", "6"],
        ("F",): ["[c]", "7"],
        ("G",): ["[c]", "8"],
        ("H",): ["[x]", "9"],
    }
    assert "“*” is taken as held back (1 cell)." in said
    assert "2 cells marked provisional." in said


def test_a_total_of_numbers_held_back_is_not_checked() -> None:
    assert taken("Area,2014/15\nA,[c]\nB,12\nTotal,15\n")[2] == {("A",): ["[c]"], ("B",): ["12"]}


@pytest.mark.parametrize("heading", ["2015/16 (p)", "2015/16 [p]", "2015/16p", "2015/16 P", "2015/16 provisional"])
def test_a_heading_says_that_its_numbers_are_provisional(heading: str) -> None:
    _, periods, table, said = taken(f"Area,2014/15,{heading}\nA,4,12\nB,6,[c]\n")
    assert periods == ["2014/15", "2015/16"]
    assert table == {("A",): ["4", "12 [p]"], ("B",): ["6", "[c]"]}
    assert "1 heading says that the numbers are provisional." in said


def test_a_mark_that_could_mean_two_things_is_asked_about_once() -> None:
    text = "Area,2014/15,2015/16\nA,-,12\nB,-,\n"
    message, hint = refused(text.replace("-,\n", "-,3\n"))
    assert message == "B2 holds “-”, which may stand for none or for a number held back; 1 more cell is like it."
    assert hint == "Say which: --mark -=0, or --mark -=c."
    marks = {"-": Decimal(0), "": NumberState.NOT_AVAILABLE}
    assert taken(text, marks=marks)[2] == {("A",): ["0", "12"], ("B",): ["0", "[x]"]}


def test_computed_digits_are_rounded_to_a_told_number_of_places() -> None:
    text = "Area,Sep-18,Mar-19\nNorth,6558.87730000001,0.650667554287554\nSouth,0.000123456789,-2.5\n"
    _, _, table, said = taken(text)
    assert table == {("North",): ["6558.8773", "0.650668"], ("South",): ["0.000123457", "-2.5"]}
    assert "The numbers of 3 cells are rounded to 6 decimal places (9 below 0.001)." in said
    assert taken(text, decimals=0)[2] == {("North",): ["6559", "1"], ("South",): ["0", "-3"]}


# Money and percentages


def test_thousands_of_pounds_with_brackets() -> None:
    text = (
        'Budget monitoring £000\n\nService,2014/15,2015/16\nPay,"1,234","(450)"\nFleet,(12.5),£30\nTotal,1221.5,(420)\n'
    )
    _, periods, table, said = taken(text)
    assert periods == ["2014/15", "2015/16"]
    assert table == {("Pay",): ["1234", "-450"], ("Fleet",): ["-12.5", "30"]}
    assert "The numbers are in £000: they stay as they are, and the measure needs the unit £000." in said
    assert "Numbers in brackets are below zero." in said


def test_percentages_as_text_and_as_formats() -> None:
    _, _, table, said = taken("Area,Sep-15,Oct-15\nA,12.5%,13%\nB,7%,8.25%\nAll,9%,10%\n")
    assert table == {("A",): ["12.5", "13"], ("B",): ["7", "8.25"]}
    assert "The numbers are percentages, written as 0 to 100" in said


def test_a_table_of_one_period_says_when_by_an_option() -> None:
    text = "Force,Offences,Outcomes\nAlphashire,10,3\nBetashire,20,4\nTotal,30,7\n"
    when = parse_year("2014/15")
    column, periods, table, _ = taken(text, when=when)
    assert (column, periods) == ("year", ["2014/15"])
    assert table[("Betashire", "Offences")] == ["20"]
    assert table[("Alphashire", "Outcomes")] == ["3"]
    assert taken("Force,Offences\nAlphashire,10\nBetashire,20\n", when=when)[2] == {
        ("Alphashire",): ["10"],
        ("Betashire",): ["20"],
    }


# A count is never a date


@pytest.mark.parametrize(
    "text",
    [
        "Force,Local resolution,Cautioned\nAlphashire,2997,1310\nBetashire,40940,1277\nGammashire,37433,905\n",
        "Force,Local resolution,Cautioned\nAlphashire,2013,2014\nBetashire,1999,2001\n",
        "Force,Local,Cautioned\nAlphashire,201504,33\nBetashire,201612,44\n",
        "Force,Local,Cautioned,Charged\nAlphashire,40909,40940,40969\nBetashire,1,2,3\n",
    ],
    ids=["a serial number", "years in a row", "a year and month", "serial numbers of months in a row"],
)
def test_counts_are_no_headings(text: str) -> None:
    message, hint = refused(text)
    assert message == "There are no months, quarters or years that have numbers under or beside them."
    assert "--set year=2015/16" in hint


def test_one_bare_year_is_asked_about() -> None:
    message, hint = refused("Force,2014\nAlphashire,10\nBetashire,20\n")
    assert message == "B1 is 2014, which may be a year, a month or a count."
    assert "calendar year 2015" in hint
    assert taken("Force,calendar year 2014\nAlphashire,10\n")[1] == ["2014"]


def test_a_quarter_of_which_year_is_asked_about() -> None:
    message, _ = refused("Force,Q1 2014,Q2 2014\nAlphashire,1,2\n")
    assert message == "B1 is “Q1 2014”, a quarter of the calendar year or of the financial year."


# Names


def test_the_mark_of_a_note_glued_to_a_name_a_heading_or_a_number() -> None:
    rows = "Alphashire (2),120,118*\nBetashire1,80,77 [note 1]\nTotal,200,195\n\n"
    text = f"Force,Sep-14,Mar-151\n{rows}1 Figures were extracted later.\n2 Since merged with others.\n"
    _, periods, table, said = taken(text)
    assert periods == ["2014-09", "2015-03"]
    assert table == {("Alphashire",): ["120", "118"], ("Betashire",): ["80", "77"]}
    assert "names “Betashire1”, which is read as “Betashire” without the mark of a note" in said


def test_a_digit_after_a_known_name_is_the_mark_of_a_note_and_others_are_told_of() -> None:
    text = "Force,Sep-14\nAlphashire,120\nBetashire1,80\n"
    assert set(taken(text, forces=["Betashire"])[2]) == {("Alphashire",), ("Betashire",)}
    _, _, table, said = taken(text)
    assert set(table) == {("Alphashire",), ("Betashire1",)}
    assert "“Betashire1”, whose “1” may be the mark of a note, and is kept" in said
    assert "D212" not in taken("Team,Sep-14\nTeam1,120\nTeam2,80\nTeam3,1\n")[3]


def test_forces_under_no_heading() -> None:
    text = ",Sep-14,Oct-14\nAlphashire,10,11\nBetashire,20,21\nGammashire,1,2\n"
    message, hint = refused(text, areas=["North", "South"])
    assert (
        message
        == "A2 names “Alphashire”, which is no area that content/panel.yaml names; nor are 2 other names below it."
    )
    assert hint.startswith(
        "If these are forces, head the column Force, or add --names force; if not, say what they are"
    )
    for extract in (
        reading("Force" + text, areas=["North"])[0],
        reading(text, areas=["North"], forces=["Betashire"])[0],
    ):
        assert extract is not None
        assert extract.columns == ("force",)
        assert len(extract.rows) == 6


# Events


EVENTS = (
    "Date,Ward,Type,Ref\n03/04/2015,N,theft,A1\n05/04/2015,S,theft,A2\n09/04/2015,S,theft,A2\n07/06/2015,N,dog,A3\n"
)


def test_events_are_counted() -> None:
    message, hint = refused(EVENTS)
    assert message == "This file lists events one by one."
    assert "--count month" in hint
    column, periods, table, said = taken(EVENTS, listed=Listed(count="month", by=("Ward", "type")))
    assert (column, periods) == ("month", ["2015-04", "2015-05", "2015-06"])
    assert table == {
        ("N", "dog"): ["0", "0", "1"],
        ("N", "theft"): ["1", "0", "0"],
        ("S", "dog"): ["0", "0", "0"],
        ("S", "theft"): ["2", "0", "0"],
    }
    assert "4 events are counted by the month, from 3\u00a0April 2015 to 7\u00a0June 2015." in said
    assert taken(EVENTS, listed=Listed(count="quarter"))[2] == {(): ["4"]}
    assert taken(EVENTS, listed=Listed(count="week"))[1][0] == "2015-03-30"
    assert "There is no column “wards” to count by." in refused(EVENTS, listed=Listed(count="month", by=("wards",)))[0]


# Files as programs write them


PLAIN = {("A",): ["1", "2"], ("B",): ["5", "3"]}


@pytest.mark.parametrize(
    "data",
    [
        b"sep=;\nArea;Apr-15;May-15\nA;1;2\nB;5;3\n",
        b"\xef\xbb\xbfsep=,\r\nArea,Apr-15,May-15\r\nA,1,2\r\nB,5,3\r\n",
        b"Area,Apr-15,May-15\rA,1,2\rB,5,3\r",
        b"Title, with, commas\nArea\tApr-15\tMay-15\nA\t1\t2\nB\t5\t3\n",
        b"Area|Apr-15|May-15\nA|1|2\nB|5|3\n",
        "Area\tApr-15\tMay-15\nA\t1\t2\nB\t5\t3\n".encode("utf-16"),
    ],
)
def test_separators_and_line_ends(data: bytes) -> None:
    assert taken(data)[2] == PLAIN


def test_the_decimal_sign_of_a_file_with_semicolons() -> None:
    _, _, table, said = taken("Area;Apr-15;May-15\nA;1,5;2\nB;1.234,5;3,125\n")
    assert table == {("A",): ["1.5", "2"], ("B",): ["1234.5", "3.125"]}
    assert "The decimal sign is a comma." in said
    text = "Area;Apr-15;May-15\nA;1,234;2\nB;5;3\n"
    message, hint = refused(text)
    assert message == "“1,234” may have a decimal sign or one of thousands."
    assert hint == "Say which sign its decimals have: --decimal comma, or --decimal point."
    assert taken(text, decimal_comma=True)[2] == {("A",): ["1.234", "2"], ("B",): ["5", "3"]}
    assert taken(text, decimal_comma=False)[2] == {("A",): ["1234", "2"], ("B",): ["5", "3"]}


def test_a_workbook_with_dates_as_headings_and_a_count_that_looks_like_one() -> None:
    rows = [["Area", date(2015, 4, 1), date(2015, 5, 1)], ["A", 42095, 2], ["B", 5, 3]]
    assert taken(sheets(Sheet1=rows), name="extract.xlsx")[2] == {("A",): ["42095", "2"], ("B",): ["5", "3"]}


def test_workbooks_that_are_encrypted_say_what_they_need() -> None:
    names = "http://openoffice.org/2001/manifest"
    manifest = f'<m:manifest xmlns:m="{names}"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    ods = zipped({"mimetype": b"x", "META-INF/manifest.xml": manifest.encode(), "content.xml": b"\x00\x01"})
    for data, name in ((ods, "extract.ods"), (compound_file("EncryptedPackage"), "extract.xlsx")):
        message, hint = refused(data, name=name)
        assert message == "The workbook is protected with a password."
        assert hint == "Save a copy without the password, and import that."
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("content.xml", b"<a/>")
    locked = bytearray(buffer.getvalue())
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(locked), name="extract.ods")[0] == "The workbook is protected with a password."


def test_two_tables_beside_each_other_are_told_of_once() -> None:
    message, hint = refused("Force,Apr-15,May-15,,Force,Apr-15,May-15\nA,1,2,,A,3,4\nB,1,2,,B,3,4\n")
    assert message == "F1 is 2015-04, as B1 is already; 1 more is like it."
    assert "on a sheet of its own" in hint
