"""More layouts of public bodies, each taken in with every value right, or asked about in words that mend it."""

from __future__ import annotations

from typing import Any

import pytest

from papergen.data.wide import Listed
from papergen.data.wide.cells import CellPlace, Sheet, SheetCell
from papergen.data.wide.opening import Workbook
from papergen.values.period_names import parse_year
from tests.support.extracts import Table, reading, refused, resaved, sheets, taken, workbook, write

TWO = ("North", "South")
OWN = {"areas": TWO, "force": "Anyshire Police"}


def everything(text: str | bytes, **options: Any) -> tuple[str, tuple[str, ...], dict[str, Table]]:
    """The period column, the other columns, and the cells of an extract by period and by labels."""
    extract, found = reading(text, **options)
    assert extract is not None, [f"{each} {each.hint}" for each in found]
    table: dict[str, Table] = {}
    for row in extract.rows:
        said = f"{row.value:f}" if row.state is None else f"{row.value or ''} {row.state.mark}".strip()
        table.setdefault(row.period, {}).setdefault(row.labels, []).append(said)
    return extract.period_column, extract.columns, table


# ---------------------------------------------------------------------------------------------------------------------
# Months and quarters whose year stands elsewhere


MATRIX = "Robberies\nMonth,2022/23,2023/24\nApril,10,11\nMay,20,21\nTotal,30,32\n"


def test_months_down_and_years_across() -> None:
    column, periods, table, said = taken(MATRIX)
    assert (column, periods) == ("month", ["2022-04", "2022-05", "2023-04", "2023-05"])
    assert table == {(): ["10", "20", "11", "21"]}
    assert "Column A says which part of the year." in said
    message, hint = refused(MATRIX.replace("30,32", "30,33"))
    assert message == "C5 is a total of 33, but the numbers it sums come to 32."
    assert hint == 'Correct the number that is wrong, or take the file in without it: --leave-out "Total".'


def test_quarters_down_within_areas_and_years_across() -> None:
    text = "Area,Quarter,2022/23,2023/24\nNorth,Q1,1,2\n,Q2,3,4\nSouth,Q1,5,6\n,Q2,7,8\n"
    column, periods, table, _ = taken(text, **OWN)
    assert (column, periods) == ("quarter", ["2022/23 Q1", "2022/23 Q2", "2023/24 Q1", "2023/24 Q2"])
    assert table == {("North",): ["1", "3", "2", "4"], ("South",): ["5", "7", "6", "8"]}
    assert "names North, Q1, as A2 does already" in refused(text.replace(",Q2,3", ",Q1,3"), **OWN)[0]


@pytest.mark.parametrize(
    "table", ["Area,Apr,May\nNorth,1,2\nSouth,4,5\nAnyshire,5,7\n", "Month,North,South\nApr,1,4\nMay,2,5\n"]
)
def test_months_whose_year_is_in_the_title(table: str) -> None:
    text = f"ASB incidents 2024/25\n\n{table}"
    message, hint = refused(text, **OWN)
    assert "“Apr”, without its year" in message
    assert hint == "Say which year it was: --set year=2024/25."
    column, periods, found, _ = taken(text, when=parse_year("2024/25"), **OWN)
    assert (column, periods) == ("month", ["2024-04", "2024-05"])
    assert found == {("North",): ["1", "2"], ("South",): ["4", "5"]}


def test_a_title_says_what_to_set() -> None:
    text = "Complaints April 2024 to March 2025\nForce,Cases,Days\nAlphashire,2017,95\nBetashire,2018,120\n"
    assert refused(text)[1].endswith("or say when all of it was, with --set year=2024/25.")
    assert taken(text, when=parse_year("2024/25"))[2]["Betashire", "Cases"] == ["2018"]


def test_the_period_of_a_table_is_named_beside_a_word_above_it() -> None:
    text = "Period:,June 2025\nSource:,NHS\nTrust,Attendances,Admissions\nAlpha,10,2\nBeta,9,1\nTotal,19,3\n"
    assert everything(text) == (
        "month",
        ("trust", "measure"),
        {
            "2025-06": {
                ("Alpha", "Attendances"): ["10"],
                ("Beta", "Attendances"): ["9"],
                ("Alpha", "Admissions"): ["2"],
                ("Beta", "Admissions"): ["1"],
            }
        },
    )


@pytest.mark.parametrize(
    ("head", "first", "second", "column", "periods"),
    [
        (
            "Force",
            "2024 Jan to Mar [p]",
            "2024 Apr to Jun [p]",
            "quarter",
            ["January to March 2024", "April to June 2024"],
        ),
        ("Force", "Q1 (Apr-Jun) 2024/25", "Q2 (Jul-Sep) 2024/25", "quarter", ["2024/25 Q1", "2024/25 Q2"]),
        ("Force", "Q1 2024 (Jan-Mar)", "Q2 2024 (Apr-Jun)", "quarter", ["2024 Q1", "2024 Q2"]),
        ("Force", "2025-W01", "2025-W02", "week", ["2024-12-30", "2025-01-06"]),
        ("Force", "Mid-2023", "Mid-2024", "year", ["2023", "2024"]),
        ("Force", "As at 31 March 2024", "At 30 September 2024", "month", ["2024-03", "2024-09"]),
        ("Force", '"Year ending\nMarch 2024 [note 1]"', "Year ending March 2025", "year", ["2023/24", "2024/25"]),
        ("Force", "Q1 24/25", "Q2 24/25", "quarter", ["2024/25 Q1", "2024/25 Q2"]),
        ("Force", "2023/24 £000", "2024/25 (£000s)", "year", ["2023/24", "2024/25"]),
        ("Force", "2024 JAN", "2024 FEB", "month", ["2024-01", "2024-02"]),
        ("Force", "202223", "202324", "year", ["2022/23", "2023/24"]),
        ("Force", "01/04/2025", "02/04/2025", "date", ["2025-04-01", "2025-04-02"]),
        ("Year ending", "Mar 2024", "Mar 2025", "year", ["2023/24", "2024/25"]),
        ("As at 31 March", "2024", "2025", "month", ["2024-03", "2025-03"]),
        ("Academic year", "2023/24", "2024/25", "year", ["2023/24 (academic)", "2024/25 (academic)"]),
    ],
)
def test_headings_as_bodies_write_them(head: str, first: str, second: str, column: str, periods: list[str]) -> None:
    state = " [p]" if "[p]" in first else ""
    found = taken(f"{head},{first},{second}\nAlphashire,10,12\nBetashire,20,21\n", names=("force",))
    assert found[:2] == (column, periods)
    assert found[2] == {("Alphashire",): [f"10{state}", f"12{state}"], ("Betashire",): [f"20{state}", f"21{state}"]}


def test_a_row_above_leads_to_the_headings() -> None:
    text = "Offences recorded in the year ending\nForce,Mar 2024,Mar 2025 [provisional]\nAlphashire,100,101\n"
    assert taken(text)[:3] == ("year", ["2023/24", "2024/25"], {("Alphashire",): ["100", "101 [p]"]})


def test_a_financial_year_2024_may_begin_or_end_in_it() -> None:
    message, hint = refused("Financial year,2024,2025\nAlphashire,10,12\n")
    assert message == "B1 is a year that begins or ends in 2024."
    assert hint == "Write it as 2023/24 or as 2024/25."


@pytest.mark.parametrize("heads", ["10-11,16-17,17-18", "00-01,01-02,02-03"], ids=["ages", "hours"])
def test_ages_and_hours_are_no_years(heads: str) -> None:
    text = f"Force,{heads}\nAlphashire,5,6,7\nBetashire,9,10,11\n"
    first = heads.split(",", maxsplit=1)[0]
    message, hint = refused(text)
    assert message == f"B1 is “{first}”, which may be a year, an age or an hour."
    assert hint == "Write years as 2016/17. If it is an age or an hour, say when all of it was: --set year=2015/16."
    assert taken(text, when=parse_year("2015/16"))[2]["Betashire", first] == ["9"]


@pytest.mark.parametrize("heads", ["4/1/2025,5/1/2025,6/1/2025", "01/01/2024,02/01/2024,03/01/2024"])
def test_days_that_may_be_american_months(heads: str) -> None:
    message, hint = refused(f"Area,{heads}\nNorth,1,2,3\n")
    assert message.endswith("the headings are days of January or, the American way round, months.")
    assert hint == "Write months as 2025-04, or days as 2025-04-30."


def test_american_days_of_events() -> None:
    message, hint = refused("Date,Ward,Type\n04/13/2025,N,theft\n05/01/2025,S,theft\n")
    assert message == "A2 is “04/13/2025”, with the month first."
    assert hint == "Write days as 2025-04-13 or 13/04/2025."


def test_numbers_of_weeks() -> None:
    message, hint = refused("Year,Week,Calls\n2025,1,100\n2025,2,110\n")
    assert message == "B1 is “Week”, over numbers of weeks, which may begin on any day."
    assert hint == "Write weeks as 2025-W01, or by their first day, such as w/c 30/12/2024."


def test_a_year_on_a_row_of_its_own_is_that_of_the_months_below_it() -> None:
    text = "Month,North,South\n2024/25,,\nApril,1,2\nMay,3,4\n2025/26,,\nApril,5,6\n"
    column, periods, table, _ = taken(text, **OWN)
    assert (column, periods) == ("month", ["2024-04", "2024-05", "2025-04"])
    assert table == {("North",): ["1", "3", "5"], ("South",): ["2", "4", "6"]}


@pytest.mark.parametrize("first", ["2024,January", "2024,Q1"])
def test_a_year_and_its_part_stand_beside_each_other_and_areas_across(first: str) -> None:
    second = first.replace("January", "February").replace("Q1", "Q2").replace("2024", "")
    text = f"Year,Part,North,South\n{first},1,2\n{second},3,4\n{first.replace('2024', '2025')},5,6\n"
    column, periods, table, _ = taken(text, **OWN)
    months = ["2024-01", "2024-02", "2025-01"], ["2024 Q1", "2024 Q2", "2025 Q1"]
    assert (column, periods) == (("month", months[0]) if "January" in first else ("quarter", months[1]))
    assert table == {("North",): ["1", "3", "5"], ("South",): ["2", "4", "6"]}


def test_a_year_that_is_named_by_one_year_is_asked_about() -> None:
    message, hint = refused("Force,FY24,FY25\nAlphashire,10,12\nBetashire,4,5\n")
    assert message == "B1 is a year that begins or ends in 2024."
    assert hint == "Write it as 2023/24 or as 2024/25."


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
# Totals and averages


@pytest.mark.parametrize("name", ["Anyshire Police", "Anyshire", "ANYSHIRE", "Anyshire Total"])
def test_the_force_that_the_areas_make_up_is_their_total(name: str) -> None:
    text = f"Area,Apr-25,May-25\nNorth,1,2\nSouth,4,5\n{name},5,7\n"
    assert taken(text, **OWN)[2] == {("North",): ["1", "2"], ("South",): ["4", "5"]}
    message, hint = refused(text.replace("5,7", "5,8"), **OWN)
    assert message == "C4 is a total of 8, but the numbers it sums come to 7."
    assert hint.endswith(f'--leave-out "{name}".')
    long = f"month,area,value\n2025-04,North,1\n2025-04,South,4\n2025-04,{name},5\n"
    assert taken(long, listed=Listed(), **OWN)[2] == {("North",): ["1"], ("South",): ["4"]}


@pytest.mark.parametrize("name", ["All forces", "Most similar group average", "England and Wales", "National"])
def test_a_row_that_stands_for_others_is_asked_about_where_it_is_no_sum(name: str) -> None:
    text = f"Force,2023/24,2024/25\nAlphashire,10.5,12\nBetashire,4,5.5\n{name},7.25,8.75\n"
    message, hint = refused(text)
    assert message == f"A4 names “{name}”, which may stand for other rows together, but is not what they come to."
    assert hint == f'Say which it is: --leave-out "{name}", or --keep "{name}".'
    assert len(taken(text, leave_out=frozenset({name.casefold()}))[2]) == 2


def test_rows_that_stand_for_others_are_asked_about_at_once() -> None:
    text = "Force,2023/24\nNorth East,7.5\nAlphashire,10.5\nBetashire,4.25\nWALES,6\nEngland,7\n"
    message, hint = refused(text)
    assert message.endswith("but is not what they come to; so may “WALES” and “England”.")
    assert hint.startswith('Say which they are: --leave-out "North East" --leave-out "WALES" --leave-out "England", or')


def test_a_small_sum_is_asked_about_and_more_so_the_fewer_rows_there_are() -> None:
    rows = "Castle,10,12\nAbbey,4,5\nMill,6,7\n"
    message, _ = refused(f"Ward,2023/24,2024/25\n{rows}")
    assert message.startswith("A2 begins a row, Castle, that comes to what 2 others come to, and may be their sum")
    others = "".join(f"Ward {number},{number * 7 % 23},{number * 5 % 19}\n" for number in range(10, 30))
    assert len(taken(f"Ward,2023/24,2024/25\n{rows}{others}")[2]) == 23


def test_a_sum_of_numbers_of_which_some_are_held_back() -> None:
    text = "Force,2023/24,2024/25\nAlphashire,c,1200\nBetashire,c,50\nGammashire,10,6\nEngland and Wales,18,1256\n"
    assert taken(text)[2] == {
        ("Alphashire",): ["[c]", "1200"],
        ("Betashire",): ["[c]", "50"],
        ("Gammashire",): ["10", "6"],
    }


def test_years_among_months_that_are_no_sums() -> None:
    text = "Index,2024,2024 Q1,2024 Q2,2024 Q3,2024 Q4\nPrices,104.2,103,104,105,105.5\nWages,101,100,101,101.5,102\n"
    _, periods, table, said = taken(text)
    assert periods == ["2024 Q1", "2024 Q2", "2024 Q3", "2024 Q4"]
    assert table[("Prices",)] == ["103", "104", "105", "105.5"]
    assert "“2024” that is not what its parts come to, so it is left out" in said


# ---------------------------------------------------------------------------------------------------------------------
# Numbers


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        ("1'234", "Write the number alone, such as 1234 or 12.5."),
        ("N/K", 'Say what it stands for, such as held back, not available or none: --mark "N/K=c", =x or =0.'),
        ("~", 'Say what it stands for, such as held back, not available or none: --mark "~=c", =x or =0.'),
        ("0:15", "Write a time as a number of minutes, hours or days, such as 12.5."),
    ],
)
def test_a_first_row_that_cannot_be_read_is_no_row_of_headings(cell: str, hint: str) -> None:
    assert refused(f"Force,Apr-25\nAlphashire,{cell}\nBetashire,7\n") == (
        f"B2 holds “{cell}”, which is no number.",
        hint,
    )
    assert refused(f"Force,Apr-25,May-25\nAlphashire,{cell},{cell}\nBetashire,7,8\n") == (
        f"B2 holds “{cell}”, which is no number; 1 more cell is like it.",
        hint,
    )


def test_a_first_row_of_numbers_held_back_is_no_row_of_headings() -> None:
    text = "Force,2023/24,2024/25\nAlphashire,c,x\nBetashire,7,8\n"
    assert taken(text)[2] == {("Alphashire",): ["[c]", "[x]"], ("Betashire",): ["7", "8"]}


def test_marks_of_the_statistical_service_behind_numbers() -> None:
    text = "Force,2023/24,2024/25\nAlphashire,10 [b],12 [e]\nBetashire,4 [u],5 [r]\n"
    assert taken(text)[2] == {("Alphashire",): ["10", "12 [e]"], ("Betashire",): ["4", "5 [r]"]}


def test_dashes_of_every_length_are_minus_signs() -> None:
    text = "Service,2024/25,2025/26\nPay,−450,–20\nFleet,- 30,+5\nEstates,450-,(5)\n"
    assert taken(text)[2] == {("Pay",): ["-450", "-20"], ("Fleet",): ["-30", "5"], ("Estates",): ["-450", "-5"]}


def test_small_numbers_as_spreadsheets_shorten_them_and_per_cent_in_words() -> None:
    assert taken("Area,Apr-25,May-25\nNorth,1E-05,2.5E-3\n")[2] == {("North",): ["0.00001", "0.0025"]}
    assert taken("Area,Apr-25,May-25\nNorth,85 per cent,86 %\n")[2] == {("North",): ["85", "86"]}
    message, hint = refused("Area,Apr-25,May-25\nNorth,1.23E+06,5\n")
    assert message == "B2 holds “1.23E+06”, which is no number."
    assert hint == "Excel has cut it short: format its cells as numbers, and save the file again."


def test_a_comma_before_decimals_is_told_of_once() -> None:
    text = "Area\tApr-25\tMay-25\nNorth\t1,5\t2,25\nSouth\t3,5\t4,75\n"
    assert refused(text)[0] == "B2 holds “1,5”, which is no number; 3 more cells are like it."
    assert taken(text, decimal_comma=True)[2] == {("North",): ["1.5", "2.25"], ("South",): ["3.5", "4.75"]}


def test_thousands_of_people_stay_as_they_are_and_are_told() -> None:
    _, _, table, said = taken("Population (thousands)\nArea,2023,2024\nNorth,187.2,188.1\n")
    assert table == {("North",): ["187.2", "188.1"]}
    assert "A heading speaks of hundreds, thousands or millions: the numbers stay as they are." in said


def test_marks_in_a_column_of_their_own() -> None:
    text = "Force,2023/24,,2024/25,\nAlphashire,10,r,12,p\nBetashire,4,,5,p\n"
    assert taken(text)[2] == {("Alphashire",): ["10 [r]", "12 [p]"], ("Betashire",): ["4", "5 [p]"]}


def test_pounds_in_words_are_written_out() -> None:
    text = "Fund,2023/24,2024/25\nReserves,£1.2m,-£1.35m\nGrants,£450k,(£2bn)\n"
    assert taken(text)[2] == {("Reserves",): ["1200000", "-1350000"], ("Grants",): ["450000", "-2000000000"]}


SHARES = "Calls answered in time (%)\nArea,Apr-25,May-25\nNorth,0.853,1\nSouth,0.9,0\n"


def test_shares_where_percentages_are_said() -> None:
    message, hint = refused(SHARES)
    assert message == "B3 is 0.853, which may stand for 85.3%."
    assert hint.startswith("Say which: --shares to write such numbers as percentages, or --no-shares")
    assert taken(SHARES, are_shares=True)[2] == {("North",): ["85.3", "100"], ("South",): ["90", "0"]}
    assert taken(SHARES, are_shares=False)[2] == {("North",): ["0.853", "1"], ("South",): ["0.9", "0"]}
    assert taken(SHARES.replace("(%)", "by area"))[2] == {("North",): ["0.853", "1"], ("South",): ["0.9", "0"]}


@pytest.mark.parametrize(("first", "asks"), [(1.1, True), (-0.2, True), (2, True), (12.5, False)])
def test_shares_in_a_file_without_formats(monkeypatch: pytest.MonkeyPatch, first: float, asks: bool) -> None:
    rows: list[list[str | float]] = [["Area", "Apr-25", "May-25"], ["North", first, 0.853], ["South", 0.9, 0.7]]
    cells: dict[CellPlace, SheetCell] = {
        (row, at): value for row, values in enumerate(rows) for at, value in enumerate(values)
    }
    sheet = Sheet("Rates", cells, has_formats=False)
    book = Workbook(("Rates",), frozenset(), lambda _: sheet)
    monkeypatch.setattr("papergen.data.wide.read.open_book", lambda *_: book)
    if asks:
        assert refused("-")[0] == f"Rates!B2 is {first}, which may stand for {first * 100:.0f}%."
        assert taken("-", are_shares=True)[2]["South",] == ["90", "70"]
    else:
        assert taken("-")[2]["South",] == ["0.9", "0.7"]


def test_a_column_of_words_tells_percentages_from_counts() -> None:
    wide = "Measure,Apr-25,May-25\nCalls,10,11\nAnswered,85%,86%\n"
    assert taken(wide)[2] == {("Calls",): ["10", "11"], ("Answered",): ["85", "86"]}
    long = "Month,Area,Measure,Value\nApr-25,North,Calls,10\nApr-25,North,In time,85%\nMay-25,North,Calls,11\n"
    assert taken(long, listed=Listed())[2] == {("North", "Calls"): ["10", "11"], ("North", "In time"): ["85"]}


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


# ---------------------------------------------------------------------------------------------------------------------
# Years of either kind, parts set in, and what is said


@pytest.mark.parametrize("head", ["Year", "Financial Year"])
@pytest.mark.parametrize("listed", [Listed(), Listed(count="month")])
def test_the_first_month_of_a_financial_year_may_be_january(head: str, listed: Listed) -> None:
    text = f"{head},Month,Offences\n2025/26,1,10\n2025/26,2,12\n"
    message, hint = refused(text, listed=listed)
    assert message == "B2 is month 1 of a year that does not begin in January."
    assert hint.startswith("Write the names of months, such as April")
    named = text.replace(",1,", ",April,").replace(",2,", ",May,")
    assert everything(named, listed=Listed())[2] == {"2025-04": {(): ["10"]}, "2025-05": {(): ["12"]}}


@pytest.mark.parametrize(
    "text",
    ["{0},,,\nForce,Q1,Q2,Q3\nAlphashire,1,2,4\nBetashire,4,5,7\n", "Year,Q1,Q2,Q3\n{1},1,2,4\n{2},4,5,7\n"],
)
def test_quarters_of_years_of_either_kind(text: str) -> None:
    message, hint = refused(text.format(",2024", "2024", "2025"))
    assert message.endswith(" is “Q1”, a quarter of the calendar year or of the financial year.")
    assert hint == "Write the year as “calendar year 2024”, or as the financial year 2023/24 or 2024/25."
    assert taken(text.format(",2024/25", "2024/25", "2025/26"))[1][0] == "2024/25 Q1"
    assert taken(text.format(",Calendar year 2024", "Calendar year 2024", "Calendar year 2025"))[1][0] == "2024 Q1"


@pytest.mark.parametrize("months", [1, 2])
@pytest.mark.parametrize("part", ["", "  ", "- "])
@pytest.mark.parametrize("last", ["", "All crime"])
def test_a_row_beside_its_parts_is_asked_about(months: int, part: str, last: str) -> None:
    rows = [("Violence", 10, 12), (f"{part}with injury", 4, 5), (f"{part}without injury", 6, 7), ("Theft", 3, 3)]
    rows += [(last, 13, 15)] if last else []
    text = "".join(f"{name},{','.join(map(str, numbers[:months]))}\n" for name, *numbers in rows)
    text = f"Offence,{'Apr-25,May-25'[: 7 * months - 1]}\n{text}"
    if not part and not last:
        assert len(taken(text)[2]) == 4
        return
    message, hint = refused(text)
    assert message.startswith("A2 begins a row, Violence, that comes to what 2 others come to")
    assert hint == 'Say which: --leave-out "Violence", or --keep "Violence".'
    assert len(taken(text, leave_out=frozenset({"violence"}))[2]) == 3


def test_a_row_like_one_other_beside_noughts_is_no_sum() -> None:
    assert len(taken("Force,Apr-25\nAlphashire,0\nBetashire,9500\nGammashire,9500\n")[2]) == 3


def test_only_some_numbers_are_percentages() -> None:
    text = "Measure,Apr-25,May-25\nOffences,100,200\nDetection rate,25%,30%\n"
    extract, _ = reading(text)
    assert extract is not None
    assert not extract.is_percentages
    assert extract.understood[-1] == (
        "Some numbers (2 cells) are percentages, written as 0 to 100: give the measure that takes them"
        " kind: percentage."
    )


def test_american_days_of_events_that_are_counted() -> None:
    text = "Date,Type\n04/13/2025 10:30,theft\n05/02/2025 09:15,theft\n"
    message, hint = refused(text, listed=Listed(count="month"))
    assert message == "A2 is “04/13/2025 10:30”, with the month first."
    assert hint == "Write days as 2025-04-13 or 13/04/2025."


def test_weeks_without_their_year() -> None:
    text = "Force,w/e 21 Dec,w/e 28 Dec\nAlphashire,1,2\nBetashire,2,3\n"
    message, hint = refused(text)
    assert message == "B1 is “w/e 21 Dec”, without its year."
    assert hint == "Write the year too, such as “w/e 21 Dec 2025”."
    assert taken(text.replace("Dec", "Dec 2025"))[1] == ["2025-12-15", "2025-12-22"]


# ---------------------------------------------------------------------------------------------------------------------
# Numbers that run on, and units that differ


@pytest.mark.parametrize(
    ("text", "cell", "words"),
    [
        ("Offences cumulative\nForce,Apr-25,May-25\n", "A1", "cumulative"),
        ("Year to date,Apr-25,May-25\n", "A1", "Year to date"),
        ("Offences\nForce (YTD),2025/26 Q1,2025/26 Q2\n", "A2", "YTD"),
        ("Force,YTD Oct-25,YTD Nov-25\n", "B1", "YTD"),
        ("Force,Apr-25 cumulative,May-25 cumulative\n", "B1", "cumulative"),
        ("Force,2024/25 to date,2025/26 to date\n", "B1", "to date"),
        (",Apr-25,May-25\nForce,YTD,YTD\n", "B2", "YTD"),
        ("12 months to\nForce,2025/26 Q1,2025/26 Q2\n", "A1", "12 months to"),
        ("Rolling 12 months\nForce,Apr-25,May-25\n", "A1", "Rolling 12 months"),
    ],
)
def test_numbers_that_run_on_are_no_numbers_of_months(text: str, cell: str, words: str) -> None:
    text += "Alphashire,10,21\nBetashire,20,48\n"
    message, hint = refused(text)
    assert message == f"{cell} says “{words}”, so its numbers are not those of each period alone."
    assert hint.endswith(f'or, if they are plain already, say so: --keep "{words}".')
    assert len(taken(text, keep=frozenset({words.casefold()}), names=("force",))[2]) == 2


@pytest.mark.parametrize(
    "title",
    [
        "Offences by month, April 2025 to date",
        "Data correct to date of publication",
        "Up to date at 1 June",
        "Numbers of each month, not cumulative",
        "Notes: the year to date is projected from the months",
    ],
)
def test_titles_that_say_nothing_of_running_on(title: str) -> None:
    text = f'"{title}"\nForce,Apr-25,May-25\nAlphashire,10,21\nBetashire,20,48\n'
    assert taken(text)[2] == {("Alphashire",): ["10", "21"], ("Betashire",): ["20", "48"]}


def test_a_column_or_row_that_runs_on_beside_plain_ones_can_be_left_out() -> None:
    wide = ",Apr-25,,May-25,\nForce,Month,YTD,Month,YTD\nAlphashire,10,10,11,21\n"
    assert '--leave-out "YTD"' in refused(wide)[1]
    assert taken(wide, leave_out=frozenset({"ytd"}))[2] == {("Alphashire", "Month"): ["10", "11"]}
    down = "Month,Offences,Offences YTD\nApr-25,10,10\nMay-25,20,30\n"
    assert '--leave-out "Offences YTD"' in refused(down)[1]
    assert taken(down, leave_out=frozenset({"offences ytd"}))[2] == {("Offences",): ["10", "20"]}
    tidy = "Month,Offences (cumulative)\nApr-25,10\nMay-25,20\n"
    assert refused(tidy, listed=Listed())[0].startswith("B1 says “cumulative”")
    titled = "Offences (cumulative)\nMonth,Area,Value\nApr-25,North,10\nMay-25,North,30\n"
    assert refused(titled, listed=Listed())[0].startswith("A1 says “cumulative”")
    named = "Month,Measure,Value\nApr-25,Offences,10\nApr-25,Offences YTD,10\nMay-25,Offences,20\n"
    message, hint = refused(named, listed=Listed())
    assert message.startswith("B3 says “YTD”")
    assert '--leave-out "Offences YTD"' in hint
    assert taken(named, listed=Listed(), leave_out=frozenset({"offences ytd"}))[2] == {("Offences",): ["10", "20"]}


def test_rolling_years_are_years() -> None:
    text = "Force,Rolling 12 months to Apr-25,Rolling 12 months to May-25\nAlphashire,10,20\n"
    assert taken(text)[:2] == ("year", ["May 2024 to April 2025", "June 2024 to May 2025"])


def test_numbers_in_two_units_are_refused() -> None:
    message, hint = refused("Spend (£000s)\nService,2023/24,2024/25\nA,1200,£1.2m\nB,1300,1400\n")
    assert message == "C3 holds “£1.2m”, where the headings say that the numbers are in £000."
    assert hint == "Write it in £000, as the number alone."
    tidy = "Service,Value (£000),Year\nA,£1.2m,2024/25\nB,1300,2024/25\nA,1400,2025/26\n"
    assert refused(tidy, listed=Listed())[0] == "B2 holds “£1.2m”, where the headings say that the numbers are in £000."
    message, hint = refused("Service,2024/25 Budget (£m),2024/25 Actual (£000)\nA,1.2,1300\n")
    assert message == "C1 is in £000, and B1 is in £m."
    assert hint == "Write all numbers in £m, and say so in each heading."
