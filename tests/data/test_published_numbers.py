"""Layouts of public bodies with totals, averages, marks, shares and numbers that run on."""

from __future__ import annotations

from decimal import Decimal

import pytest

from papergen.data.wide import Choices, Listed
from papergen.data.wide.cells import CellPlace, Sheet, SheetCell
from papergen.data.wide.columns import find_columns
from papergen.data.wide.names import KnownNames
from papergen.data.wide.reading import SheetReading
from papergen.data.wide.report import Telling
from papergen.data.wide.shape import choose
from papergen.diagnostics import Diagnostics
from tests.support.extracts import refused, taken

TWO = ("North", "South")
OWN = {"areas": TWO, "force": "Anyshire Police"}


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
def test_shares_in_a_file_without_formats(first: float, asks: bool) -> None:
    rows: list[list[str | float]] = [["Area", "Apr-25", "May-25"], ["North", first, 0.853], ["South", 0.9, 0.7]]
    cells: dict[CellPlace, SheetCell] = {
        (row, at): value for row, values in enumerate(rows) for at, value in enumerate(values)
    }
    for are_shares, last in ((None, Decimal("0.7")), (True, Decimal(70))):
        telling = Telling("old.xls", Diagnostics())
        shape = choose([Sheet("Rates", cells, has_formats=False)], {}, telling)
        assert shape is not None
        known = KnownNames.of((), ())
        extract = SheetReading(find_columns(shape, known, Choices(are_shares=are_shares), telling), known).extract()
        if asks and are_shares is None:
            (found,) = telling.diagnostics
            assert found.message == f"Rates!B2 is {first}, which may stand for {first * 100:.0f}%."
        elif asks or are_shares is None:
            assert extract is not None
            assert extract.rows[-1].value == last


def test_a_column_of_words_tells_percentages_from_counts() -> None:
    wide = "Measure,Apr-25,May-25\nCalls,10,11\nAnswered,85%,86%\n"
    assert taken(wide)[2] == {("Calls",): ["10", "11"], ("Answered",): ["85", "86"]}
    long = "Month,Area,Measure,Value\nApr-25,North,Calls,10\nApr-25,North,In time,85%\nMay-25,North,Calls,11\n"
    assert taken(long, listed=Listed())[2] == {("North", "Calls"): ["10", "11"], ("North", "In time"): ["85"]}


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
