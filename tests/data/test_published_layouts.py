"""More layouts of public bodies, each taken in with every value right, or asked about in words that mend it."""

from __future__ import annotations

from typing import Any

import pytest

from papergen.data.wide import Listed
from papergen.values.period_names import parse_year
from tests.support.extracts import everything, reading, refused, resaved, sheets, taken, workbook, write

TWO = ("North", "South")
OWN = {"areas": TWO, "force": "Anyshire Police"}


# ---------------------------------------------------------------------------------------------------------------------
# Headings


def test_a_period_and_words_in_one_heading_alone() -> None:
    text = "Force,Rate per 1000 (12 months to Sep 2025)\nAlphashire,70.5\nBetashire,65.25\n"
    column, periods, table, _ = taken(text)
    assert (column, periods) == ("year", ["October 2024 to September 2025"])
    assert table == {("Alphashire",): ["70.5"], ("Betashire",): ["65.25"]}


def test_words_between_periods_name_no_rows() -> None:
    _, _, table, said = taken("Area,Apr-25,RAG,May-25,RAG\nNorth,1,G,2,R\nSouth,3,A,4,G\n")
    assert table == {("North",): ["1", "2"], ("South",): ["3", "4"]}
    assert "C1 heads a column “RAG” that names no rows" in said
    assert "E1 heads a column “RAG” that names no rows" in said


def test_the_name_of_the_column_of_names_may_stand_in_the_upper_row_of_headings() -> None:
    text = "Area,Number,Rate,Number,Rate\n,2023/24,2023/24,2024/25,2024/25\nNorth,10,1.5,12,1.7\n"
    assert everything(text) == (
        "year",
        ("area", "measure"),
        {
            "2023/24": {("North", "Number"): ["10"], ("North", "Rate"): ["1.5"]},
            "2024/25": {("North", "Number"): ["12"], ("North", "Rate"): ["1.7"]},
        },
    )


def test_names_that_stand_there_twice_under_headings_of_their_own() -> None:
    text = "Offence,2023/24\nVIOLENCE,\nMale,100\nTHEFT,\nMale,200\n"
    message, hint = refused(text)
    assert message == "A5 names Male, as A3 does already."
    assert hint == "Write “THEFT”, which stands above it, into a column of its own in each of its rows."


@pytest.mark.parametrize("units", ["£000,£000", "number,number"])
def test_a_row_of_units_below_the_headings(units: str) -> None:
    text = f"Force,2023/24,2024/25\n,{units}\nAlphashire,10,12\nBetashire,4,5\n"
    assert taken(text)[2] == {("Alphashire",): ["10", "12"], ("Betashire",): ["4", "5"]}


def test_periods_with_words_beside_them() -> None:
    text = (
        "Revenue (£000)\nService,2024/25 Budget,2024/25 Actual,2025/26 Budget,2025/26 Actual\n"
        'Pay,"98,000","98,450","101,000","100,200"\nFleet,"1,200",(50),"1,250","1,300"\n'
        'Grants,"(5,000)","5,100-","(5,200)","(5,000)"\nTotal,"94,200","93,300","97,050","96,500"\n'
    )
    column, periods, table, _ = taken(text)
    assert (column, periods) == ("year", ["2024/25", "2025/26"])
    assert table == {
        ("Pay", "Budget"): ["98000", "101000"],
        ("Pay", "Actual"): ["98450", "100200"],
        ("Fleet", "Budget"): ["1200", "1250"],
        ("Fleet", "Actual"): ["-50", "1300"],
        ("Grants", "Budget"): ["-5000", "-5200"],
        ("Grants", "Actual"): ["-5100", "-5000"],
    }


@pytest.mark.parametrize("heading", ["Mar-25 {0},Apr-25 {0}", "{0} Mar-25,{0} Apr-25"])
@pytest.mark.parametrize("words", ["F", "Avg", "Forecast"])
def test_words_beside_every_period_are_left_out_and_said(heading: str, words: str) -> None:
    _, periods, table, said = taken(
        f"Force,{heading.format(words, words).replace(', ', ',')}\nAlphashire,10,12\nBetashire,4,5\n"
    )
    assert (periods, table[("Alphashire",)]) == (["2025-03", "2025-04"], ["10", "12"])
    assert f"All headings say “{words}” too, which is left out" in said
    assert "All headings say" not in taken("Force,Mar-25,Apr-25\nAlphashire,10,12\nBetashire,4,5\n")[3]


def test_columns_and_rows_of_headings_without_names_are_named_from_the_left_and_above() -> None:
    text = (
        ",2023/24,,,\n,Male,,Female,\nForce,Arrests,Searches,Arrests,Searches\nAlphashire,1,2,3,4\nBetashire,5,6,7,8\n"
    )
    message, hint = refused(text)
    assert message == "A2 begins another row of headings (“Male”) without a name."
    assert hint == "Name such rows from above, each for what it tells apart, such as --names sex --names outcome."
    assert everything(text, names=("sex", "outcome"))[1:] == (
        ("force", "sex", "outcome"),
        {
            "2023/24": {
                ("Alphashire", "Male", "Arrests"): ["1"],
                ("Betashire", "Male", "Arrests"): ["5"],
                ("Alphashire", "Male", "Searches"): ["2"],
                ("Betashire", "Male", "Searches"): ["6"],
                ("Alphashire", "Female", "Arrests"): ["3"],
                ("Betashire", "Female", "Arrests"): ["7"],
                ("Alphashire", "Female", "Searches"): ["4"],
                ("Betashire", "Female", "Searches"): ["8"],
            }
        },
    )


def test_a_budget_of_one_year_whose_services_have_no_heading() -> None:
    text = (
        'To 31 December 2025\n,Budget £000,Forecast £000,Variance £000\nOfficers,"60,000","59,500",(500)\n'
        'Staff,"30,000","30,400",400\nNet expenditure,"90,000","89,900",(100)\n'
    )
    options: Any = {"when": parse_year("2025/26"), **OWN}
    assert refused(text, **options)[1].endswith("if not, say what they are, such as --names service.")
    _, columns, table = everything(text, names=("service",), **options)
    assert columns == ("service", "measure")
    assert table == {
        "2025/26": {
            ("Officers", "Budget"): ["60000"],
            ("Staff", "Budget"): ["30000"],
            ("Officers", "Forecast"): ["59500"],
            ("Staff", "Forecast"): ["30400"],
            ("Officers", "Variance"): ["-500"],
            ("Staff", "Variance"): ["400"],
        }
    }


def test_services_that_are_named_by_numbers() -> None:
    text = "Date,999,101\n01/04/2025,100,200\n02/04/2025,110,210\n"
    assert everything(text, names=("service",)) == (
        "date",
        ("service",),
        {
            "2025-04-01": {("999",): ["100"], ("101",): ["200"]},
            "2025-04-02": {("999",): ["110"], ("101",): ["210"]},
        },
    )


def test_a_heading_says_the_unit_and_a_note_beside_the_name() -> None:
    extract, _ = reading("Force (£m) [note 2],2023/24\nAlphashire,1.2\nBetashire,2.4\nTotal,3.7\n")
    assert extract is not None
    assert extract.columns == ("force",)
    assert "Totals differ from the sums of their rows by no more than rounding." in extract.understood


def test_a_heading_that_stands_there_again_at_the_head_of_a_page() -> None:
    text = "Force,2023/24,2024/25\nAlphashire,10,12\nForce,2023/24,2024/25\nBetashire,4,5\n"
    assert taken(text)[2] == {("Alphashire",): ["10", "12"], ("Betashire",): ["4", "5"]}
    assert "heads the columns with months again" in refused(text.replace("\nForce", "\nTable 2 Theft\nForce"))[0]


# ---------------------------------------------------------------------------------------------------------------------
# One row an observation


def test_quarters_and_months_by_their_numbers() -> None:
    rows = "2023/24,1,A,10\n2023/24,2,A,12\n2023/24,1,B,20\n2023/24,2,B,21\n"
    text = f"Financial Year,Financial Quarter,Force Name,Offences\n{rows}"
    assert everything(text, listed=Listed()) == (
        "quarter",
        ("force",),
        {"2023/24 Q1": {("A",): ["10"], ("B",): ["20"]}, "2023/24 Q2": {("A",): ["12"], ("B",): ["21"]}},
    )
    text = f"Year,Month,Force,Offences\n{rows.replace('2023/24', '2023')}"
    assert everything(text, listed=Listed())[2] == {
        "2023-01": {("A",): ["10"], ("B",): ["20"]},
        "2023-02": {("A",): ["12"], ("B",): ["21"]},
    }


def test_education_statistics_with_levels_and_years_of_six_digits() -> None:
    head = "time_period,time_identifier,geographic_level,region_name,la_name,excluded\n"
    text = (
        f"{head}202223,Academic year,National,,,600\n202324,Academic year,National,,,640\n"
        "202223,Academic year,Local authority,North,Alphaton,200\n202324,Academic year,"
        "Local authority,North,Alphaton,c\n"
    )
    assert "tidy already" in refused(text)[0]
    assert refused(text, listed=Listed()) == (
        "D2 has no region_name for its row; 1 more row is like it.",
        'Write it in, or leave such rows out: --leave-out "National".',
    )
    assert everything(text, listed=Listed(), leave_out=frozenset({"national"})) == (
        "year",
        ("geographic_level", "region_name", "la_name"),
        {
            "2022/23 (academic)": {("Local authority", "North", "Alphaton"): ["200"]},
            "2023/24 (academic)": {("Local authority", "North", "Alphaton"): ["[c]"]},
        },
    )


def test_a_column_that_says_when_once_more_is_left_out() -> None:
    text = "Month_Year,Financial Year,Borough,Count\n01/04/2025,2025/26,Barnet,5\n01/05/2025,2025/26,Barnet,6\n"
    column, periods, table, said = taken(text, listed=Listed())
    assert (column, periods, table) == ("month", ["2025-04", "2025-05"], {("Barnet",): ["5", "6"]})
    assert "Left out: “Financial Year”." in said


def test_the_heading_of_a_column_leads_to_its_periods() -> None:
    text = "Year ending,Force,Offences\nMar-24,A,100\nJun-24,A,101\nMar-24,B,200\nJun-24,B,201\n"
    column, periods, table, _ = taken(text, listed=Listed())
    assert (column, periods) == ("year", ["2023/24", "July 2023 to June 2024"])
    assert table == {("A",): ["100", "101"], ("B",): ["200", "201"]}


def test_years_that_stand_only_in_their_first_row() -> None:
    text = "Year,Quarter,Receipts,Disposals\n2023,Q1 (Jan-Mar),10,11\n,Q2 (Apr-Jun),12,13\n2024,Q1 (Jan-Mar),14,15\n"
    column, periods, table, said = taken(text, listed=Listed(value="receipts"))
    assert (column, periods, table) == ("quarter", ["2023 Q1", "2023 Q2", "2024 Q1"], {(): ["10", "12", "14"]})
    assert "Left out: “Disposals”." in said


def test_an_event_without_a_day_is_not_one_of_the_day_above() -> None:
    text = "Date,Area,Type\n01/04/2025,North,theft\n,South,theft\n14/05/2025,South,theft\n"
    assert refused(text, listed=Listed(count="month", by=("area",))) == ("A3 does not say when.", "Write the day.")


def test_a_column_called_number_holds_numbers() -> None:
    text = "Force name,Date,Rank,Number\nA,2023-01-31,PC,10\nA,2023-02-28,PC,11\nB,2023-01-31,PC,3\n"
    assert "tidy already" in refused(text)[0]
    column, periods, table, _ = taken(text, listed=Listed())
    assert (column, periods) == ("date", ["2023-01-31", "2023-02-28"])
    assert table == {("A", "PC"): ["10", "11"], ("B", "PC"): ["3"]}


@pytest.mark.parametrize("days", ["2025-04-01 13:45,2025-04-30 23:59:59", "01/04/2025 13:45,30/04/2025 9:10 AM"])
def test_events_with_the_time_of_day(days: str) -> None:
    first, second = days.split(",")
    text = f"Recorded on,Area,Type\n{first},North,theft\n{second},North,theft\n14/05/2025,South,theft\n"
    assert refused(text)[0] == "This file lists events one by one."
    found = taken(text, listed=Listed(count="month", by=("area",)))[2]
    assert found == {("North",): ["2", "0"], ("South",): ["0", "1"]}


def test_crimes_one_by_one_by_the_month() -> None:
    text = (
        "Crime ID,Month,Longitude,Latitude,Crime type\n,2025-05,-2.51,51.4,ASB\naa1,2025-05,-2.51,51.4,Burglary\n"
        "aa2,2025-05,-2.52,51.4,Burglary\naa3,2025-06,,,Burglary\n"
    )
    assert refused(text)[0] == "This file lists events one by one."
    found = taken(text, listed=Listed(count="month", by=("Crime type",)))[2]
    assert found == {("ASB",): ["1", "0"], ("Burglary",): ["2", "1"]}


# ---------------------------------------------------------------------------------------------------------------------
# Workbooks and other files


def test_a_hidden_column_is_told_of() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("S")
        write(book, sheet, [["Area", "Apr-25", "May-25"], ["North", 1, 2], ["South", 4, 5]])
        sheet.set_column(2, 2, None, None, {"hidden": True})
        sheet.set_row(2, None, None, {"hidden": True})

    _, _, table, said = taken(workbook(fill), name="x.xlsx")
    assert table == {("North",): ["1", "2"], ("South",): ["4", "5"]}
    assert "Hidden in the file, and read too: column C and row 3." in said


def test_a_formula_whose_value_was_not_saved() -> None:
    saved = sheets(S=[["Area", "Apr-25"], ["North", 1], ["South", 77]])
    assert refused(resaved(saved, (b"<v>77</v>", b"<f>B2+1</f><v></v>")), name="x.xlsx") == (
        "S!B3 holds a formula whose value was not saved with it.",
        "Open the file in Excel, save it, and import it again.",
    )


def test_utf_16_without_its_mark() -> None:
    data = "Area\tApr-25\nNorth\t1\nSouth\t5\n".encode("utf-16-le")
    assert taken(data)[2] == {("North",): ["1"], ("South",): ["5"]}


def test_totals_are_exact_where_all_numbers_are_whole() -> None:
    assert refused("Force,2023/24\nA,15\nB,25\nTotal,41\n")[0] == (
        "B4 is a total of 41, but the numbers it sums come to 40."
    )
