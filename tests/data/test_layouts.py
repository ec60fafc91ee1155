"""Layouts of public bodies, written anew with invented names: every value right, or one sentence that mends it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from papergen.data.wide import Choices, Listed, WideExtract, read_listing, read_wide
from papergen.data.wide.names import KnownNames
from papergen.diagnostics import Diagnostic, Diagnostics, Severity
from papergen.values.period_names import parse_year
from papergen.values.states import NumberState, print_cell
from tests.data.test_wide import compound_file, sheets, zipped

Table = dict[tuple[str, ...], list[str]]
"""The cells of a tidy file by their labels, in the order of periods."""


def reading(
    text: str | bytes,
    *,
    areas: Sequence[str] = (),
    forces: Sequence[str] = (),
    force: str = "",
    listed: Listed | None = None,
    name: str = "extract.csv",
    **choices: Any,
) -> tuple[WideExtract | None, list[Diagnostic]]:
    diagnostics = Diagnostics()
    data = text if isinstance(text, bytes) else text.encode()
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


def refused(text: str | bytes, **options: Any) -> tuple[str, str]:
    """The one sentence with which an extract is refused, and what mends it."""
    extract, found = reading(text, **options)
    assert extract is None
    (error,) = [each for each in found if each.code.severity is Severity.ERROR]
    return error.message, error.hint


# ---------------------------------------------------------------------------------------------------------------------
# Wide, long, two headers


def test_wide_by_years() -> None:
    text = "Force,2013/14,2014/15,2015/16\nAlphashire,10,12,9\nBetashire,20,21,22\n"
    column, periods, table, said = taken(text)
    assert (column, periods) == ("year", ["2013/14", "2014/15", "2015/16"])
    assert table == {("Alphashire",): ["10", "12", "9"], ("Betashire",): ["20", "21", "22"]}
    assert "Row 1 holds the headings: 3 years, from 2013/14 through 2015/16." in said
    assert "Column A is “force”." in said


@pytest.mark.parametrize(
    ("first", "second", "column", "periods"),
    [
        ("2013", "2014", "year", ["2013", "2014"]),
        ("13/14", "14/15", "year", ["2013/14", "2014/15"]),
        ("2013-14", "2014-15", "year", ["2013/14", "2014/15"]),
        ("2010-11", "2011-12", "year", ["2010/11", "2011/12"]),
        ("FY2013/14", "FY2014/15", "year", ["2013/14", "2014/15"]),
        ("Year ending March 2014", "Year ending March 2015", "year", ["2013/14", "2014/15"]),
        (
            "12 months to Sep-13",
            "12 months to Sep-14",
            "year",
            ["October 2012 to September 2013", "October 2013 to September 2014"],
        ),
        ("academic year 2013/14", "academic year 2014/15", "year", ["2013/14 (academic)", "2014/15 (academic)"]),
        ("Jan-Mar 2014", "Apr-Jun 2014", "quarter", ["January to March 2014", "April to June 2014"]),
        ("2014 Q1", "2014 Q2", "quarter", ["2014 Q1", "2014 Q2"]),
        ("Apr-Sep 2014", "Oct 2014-Mar 2015", "half", ["April to September 2014", "October 2014 to March 2015"]),
        ("2011/12 to 2013/14", "2012/13 to 2014/15", "period", ["2011/12 to 2013/14", "2012/13 to 2014/15"]),
        ("2011 - 13", "2012 - 14", "period", ["2011 to 2013", "2012 to 2014"]),
        ("w/c 02/03/2026", "w/c 09/03/2026", "week", ["2026-03-02", "2026-03-09"]),
    ],
)
def test_periods_of_every_kind_across(first: str, second: str, column: str, periods: list[str]) -> None:
    found = taken(f"Force,{first},{second}\nAlphashire,10,12\nBetashire,20,21\n")
    assert found[:2] == (column, periods)
    assert found[2] == {("Alphashire",): ["10", "12"], ("Betashire",): ["20", "21"]}


def test_years_down() -> None:
    column, periods, table, _ = taken("Year,North,South\n2013,1,2\n2014,3,4\n2015,5,6\n")
    assert (column, periods) == ("year", ["2013", "2014", "2015"])
    assert table == {("North",): ["1", "3", "5"], ("South",): ["2", "4", "6"]}


TWO_HEADERS = [
    (
        ",2014/15,,2015/16,\nForce,Offences,Outcomes,Offences,Outcomes\nAlphashire,10,3,11,4\nBetashire,20,4,21,5\n"
        "Total,30,7,32,9\n"
    ),
    (",Offences,,Outcomes,\nForce,2014/15,2015/16,2014/15,2015/16\nAlphashire,10,11,3,4\nBetashire,20,21,4,5\n"),
]


@pytest.mark.parametrize("text", TWO_HEADERS, ids=["below", "above"])
def test_two_rows_of_headings(text: str) -> None:
    column, periods, table, said = taken(text)
    assert (column, periods) == ("year", ["2014/15", "2015/16"])
    assert table == {
        ("Alphashire", "Offences"): ["10", "11"],
        ("Alphashire", "Outcomes"): ["3", "4"],
        ("Betashire", "Offences"): ["20", "21"],
        ("Betashire", "Outcomes"): ["4", "5"],
    }
    assert "the other headings of the columns are “measure”" in said


def test_the_second_row_of_headings_goes_where_it_is_told_or_its_corner_says() -> None:
    extract, _ = reading(TWO_HEADERS[0], names=("kind",))
    assert extract is not None
    assert extract.columns == ("force", "kind")
    extract, _ = reading("Outcome type" + TWO_HEADERS[1])
    assert extract is not None
    assert extract.columns == ("force", "outcome_type")


def test_quarters_and_months_below_their_year() -> None:
    column, periods, table, _ = taken(",2014/15,,,,2015/16,\nForce,Q1,Q2,Q3,Q4,Q1,Q2\nAlphashire,1,2,3,4,5,6\n")
    assert (column, periods) == (
        "quarter",
        ["2014/15 Q1", "2014/15 Q2", "2014/15 Q3", "2014/15 Q4", "2015/16 Q1", "2015/16 Q2"],
    )
    assert table == {("Alphashire",): ["1", "2", "3", "4", "5", "6"]}
    text = ",2014,,,2015,,\nForce,Jan,Feb,Total,Jan,Feb,Total\nAlphashire,1,2,3,4,5,9\n"
    column, periods, table, _ = taken(text)
    assert (column, periods) == ("month", ["2014-01", "2014-02", "2015-01", "2015-02"])
    assert table == {("Alphashire",): ["1", "2", "4", "5"]}
    assert refused(text.replace(",9\n", ",8\n"))[0] == "G3 is a total of 8, but the numbers it sums come to 9."


TIDY = """\
crime_type,month,count
Burglary,2023-01-01,10
Burglary,2023-02-01,11
Robbery,2023-01-01,3
Robbery,2023-02-01,4
"""


def test_a_long_file() -> None:
    message, hint = refused(TIDY)
    assert message == "This file is tidy already: each row is one observation."
    assert "--tidy" in hint
    column, periods, table, said = taken(TIDY, listed=Listed())
    assert (column, periods) == ("month", ["2023-01", "2023-02"])
    assert table == {("Burglary",): ["10", "11"], ("Robbery",): ["3", "4"]}
    assert "Column “month” says when, and “count” holds the numbers." in said


def test_a_long_file_with_the_year_and_the_quarter_apart_and_totals() -> None:
    rows = "2014/15,Q1,Alphashire,1\n2014/15,Q2,Alphashire,2\n2014/15,Q1,Total,1\n2014/15,Q2,Total,2\n"
    text = "Financial Year,Quarter,Force Name,Offences\n" + rows
    assert "tidy already" in refused(text)[0]
    extract, _ = reading(text, listed=Listed())
    assert extract is not None
    assert (extract.period_column, extract.columns) == ("quarter", ("force",))
    assert taken(text, listed=Listed())[2] == {("Alphashire",): ["1", "2"]}
    assert "2 rows of totals are left out." in taken(text, listed=Listed())[3]


@pytest.mark.parametrize(
    ("last", "numbers", "kept"),
    [
        ("Average", (5, 3, 1), True),
        ("Overall", (5, 3, 8), False),
        ("Overall", (5, 3, 7), True),
        ("All", (5, 3, 7), False),
    ],
)
def test_an_answer_whose_name_may_be_that_of_a_total_is_left_out_where_it_is_one(
    last: str, numbers: tuple[int, ...], kept: bool
) -> None:
    rows = [
        f"2023-{month:02},{word},{month + number if word != last or kept else 2 * month + number}\n"
        for month in (1, 2, 3)
        for word, number in zip(("Good", "Poor", last), numbers, strict=True)
    ]
    _, _, table, said = taken("month,rating,count\n" + "".join(rows), listed=Listed())
    assert ((last,) in table, "3 rows of totals are left out." in said) == (kept, not kept)


def test_a_long_file_with_two_columns_of_numbers() -> None:
    text = "Year,Force,Offences,Outcomes\n2014/15,A,1,5\n2015/16,A,2,6\n2014/15,B,3,7\n2015/16,B,4,8\n"
    message, hint = refused(text, listed=Listed())
    assert message == "Several columns hold numbers: Offences, Outcomes."
    assert hint == "Say which to take: --value offences or --value outcomes."
    assert taken(text, listed=Listed(value="outcomes"))[2] == {("A",): ["5", "6"], ("B",): ["7", "8"]}


def test_a_long_file_whose_numbers_are_held_back_in_places() -> None:
    text = "Month,Force,Offences,Population\nApr-25,A,12,1000\nApr-25,B,c,2000\nMay-25,A,120,1000\nMay-25,B,3,2000\n"
    assert refused(text, listed=Listed())[0] == "Several columns hold numbers: Offences, Population."
    assert taken(text, listed=Listed(value="offences"))[2] == {("A",): ["12", "120"], ("B",): ["[c]", "3"]}


def test_a_long_file_is_of_percentages_or_of_none() -> None:
    text = "Year,Force,Percent\n2024/25,A,85%\n2024/25,B,80%\n2025/26,A,0.9\n2025/26,B,1\n"
    assert refused(text, listed=Listed())[0] == "C2 is a percentage, and C4 is none."


@pytest.mark.parametrize(
    ("head", "first", "second"),
    [
        ("When", "w/e 04/01/2026", "w/e 11/01/2026"),
        ("Week ending", "04/01/2026", "11/01/2026"),
        ("w/c", "29/12/2025", "05/01/2026"),
    ],
)
def test_a_long_file_by_weeks_of_which_one_lies_in_two_months(head: str, first: str, second: str) -> None:
    text = f"{head},Force,Calls\n{first},A,5\n{second},A,6\n{first},B,7\n{second},B,8\n"
    column, periods, table, _ = taken(text, listed=Listed())
    assert (column, periods) == ("week", ["2025-12-29", "2026-01-05"])
    assert table == {("A",): ["5", "6"], ("B",): ["7", "8"]}


def test_weeks_across_of_which_one_lies_in_two_months() -> None:
    text = "Force,w/e 4 January 2026,w/e 11 January 2026,w/e 18 January 2026\nA,5,6,7\nB,8,9,x\n"
    column, periods, table, _ = taken(text)
    assert (column, periods) == ("week", ["2025-12-29", "2026-01-05", "2026-01-12"])
    assert table == {("A",): ["5", "6", "7"], ("B",): ["8", "9", "[x]"]}


def test_a_long_file_with_a_row_twice() -> None:
    message, _ = refused(TIDY + "Robbery,2023-02-01,5\n", listed=Listed())
    assert message == "C6 is February 2023, Robbery, as row 5 is already."


# ---------------------------------------------------------------------------------------------------------------------
# Subtotals


REGIONS = """\
Force,2014/15,2015/16
NORTH EAST,600,630
Cleaveland,200,210
Durmouth,400,420
NORTH WEST,5000,5500
Lanceshire,2000,2500
Chestshire,3000,3000
ENGLAND,5600,6130
WALES,300,310
Gwentland,100,110
Dyfedland,200,200
ENGLAND AND WALES,5900,6440
"""
FORCES = {
    ("Cleaveland",): ["200", "210"],
    ("Durmouth",): ["400", "420"],
    ("Lanceshire",): ["2000", "2500"],
    ("Chestshire",): ["3000", "3000"],
    ("Gwentland",): ["100", "110"],
    ("Dyfedland",): ["200", "200"],
}


def test_regions_and_countries_among_forces() -> None:
    _, _, table, said = taken(REGIONS)
    assert table == FORCES
    assert "5 rows that are sums of others: NORTH EAST, NORTH WEST, ENGLAND, WALES and 1 more; left out" in said


def test_a_region_that_is_not_the_sum_is_asked_about() -> None:
    message, hint = refused(REGIONS.replace("ENGLAND,5600", "ENGLAND,5601"))
    assert message == "A8 names “ENGLAND”, which may stand for other rows together, but is not what they come to."
    assert hint == 'Say which it is: --leave-out "ENGLAND", or --keep "ENGLAND".'
    text = REGIONS.replace("ENGLAND,5600", "ENGLAND,5601")
    assert taken(text, leave_out=frozenset({"england"}))[2] == FORCES


def test_subtotals_whose_total_says_so() -> None:
    text = "Force,Sep-14,Oct-14\nNorth Region,30,32\nAlphashire,10,11\nBetashire,20,21\nTotal,30,32\n"
    assert taken(text)[2] == {("Alphashire",): ["10", "11"], ("Betashire",): ["20", "21"]}
    assert taken(text.replace("North Region", "Uplands"))[2] == {
        ("Alphashire",): ["10", "11"],
        ("Betashire",): ["20", "21"],
    }


def test_a_row_that_is_what_others_come_to_by_chance_is_no_subtotal() -> None:
    rows = "Alphashire,3,2\nBetashire,1,1\nGammashire,2,1\n"
    assert len(taken("Force,Sep-14,Oct-14\n" + rows)[2]) == 3
    rows = "Alphashire,3000,2000\nBetashire,1000,1000\nGammashire,2000,1000\nTotal,6000,4000\n"
    assert len(taken("Force,Sep-14,Oct-14\n" + rows)[2]) == 3


def test_a_row_that_may_be_a_sum_is_asked_about_once() -> None:
    text = "Force,Sep-14\nAlphashire,3000\nBetashire,1000\nGammashire,2000\n"
    message, hint = refused(text)
    assert message.startswith("A2 begins a row, Alphashire, that comes to what 2 others come to, and may be their sum")
    assert hint == 'Say which: --leave-out "Alphashire", or --keep "Alphashire".'
    assert len(taken(text, keep=frozenset({"alphashire"}))[2]) == 3
    assert len(taken(text, leave_out=frozenset({"alphashire"}))[2]) == 2


def test_a_column_of_regions_beside_that_of_forces() -> None:
    north = "North,,600,630\n,Cleave,200,210\n,Durm,400,420\n"
    text = f"Region,Force,2014/15,2015/16\n{north}West,,5000,5500\n,Lanc,2000,2500\n,Chest,3000,3000\n"
    assert taken(text)[2] == {
        ("North", "Cleave"): ["200", "210"],
        ("North", "Durm"): ["400", "420"],
        ("West", "Lanc"): ["2000", "2500"],
        ("West", "Chest"): ["3000", "3000"],
    }


# ---------------------------------------------------------------------------------------------------------------------
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


# ---------------------------------------------------------------------------------------------------------------------
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


# ---------------------------------------------------------------------------------------------------------------------
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


# ---------------------------------------------------------------------------------------------------------------------
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


# ---------------------------------------------------------------------------------------------------------------------
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


# ---------------------------------------------------------------------------------------------------------------------
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
