"""Layouts of public bodies, written anew with invented names: every value right, or one sentence that mends it."""

from __future__ import annotations

import pytest

from papergen.data.wide import Listed
from tests.support.extracts import reading, refused, taken

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
