"""Layouts of public bodies whose months, quarters and years are to be put together, or asked about."""

from __future__ import annotations

import pytest

from papergen.data.wide import Listed
from papergen.values.period_names import parse_year
from tests.support.extracts import everything, reading, refused, taken

TWO = ("North", "South")
OWN = {"areas": TWO, "force": "Anyshire Police"}


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
