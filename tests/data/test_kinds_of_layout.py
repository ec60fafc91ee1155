"""Layouts whose periods, headings or amounts have to be told apart from other things, and what formats tell."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from papergen.data.wide import Listed
from papergen.values.period_names import parse_year
from tests.support.extracts import refused, taken, workbook

PAYMENTS = (
    'Body,Payment Date,Supplier,Service,Amount\nAnytown,01/04/2024,Acme,Housing,"£1,200.50"\n'
    "Anytown,15/04/2024,Beta,Housing,800.00\nAnytown,03/06/2024,Acme,Parks,(650.25)\n"
)
HOUSING = Listed(count="month", by=("service",), amounts="Amount")
OLD = (Path(__file__).parent / "formats.xls").read_bytes()


# ---------------------------------------------------------------------------------------------------------------------
# Payments one by one


def test_payments_one_by_one_are_added_up() -> None:
    message, hint = refused(PAYMENTS)
    assert message == "This file lists payments, or other amounts, one by one."
    assert "--count month --sum amount" in hint
    _, periods, table, said = taken(PAYMENTS, listed=HOUSING)
    assert periods == ["2024-04", "2024-05", "2024-06"]
    assert table == {("Housing",): ["2000.5", "0", "0"], ("Parks",): ["0", "0", "-650.25"]}
    assert "3 amounts of “Amount” are added up by the month" in said


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (PAYMENTS.replace("Amount", "Sum"), "There is no column “Amount” with a number in each row."),
        (PAYMENTS.replace("800.00", "x"), "E3 is x, which cannot be added up."),
        (PAYMENTS.replace("800.00", "5%"), "E3 is 5%, which cannot be added up."),
    ],
)
def test_what_cannot_be_added_up_is_told(text: str, message: str) -> None:
    assert refused(text, listed=HOUSING)[0] == message


def test_a_row_of_payments_may_be_left_out() -> None:
    found = taken(PAYMENTS, listed=HOUSING, leave_out=frozenset({"beta"}))[2]
    assert found["Housing",][0] == "1200.5"


# ---------------------------------------------------------------------------------------------------------------------
# Months and weeks by their numbers, and rows without headings

NUMBERED = "Fly-tipping 2024\nWard,{}\nHarbour,{}\n".format(*(",".join(map(str, range(at, at + 12))) for at in (1, 31)))


def test_months_by_their_numbers_ask_for_their_year() -> None:
    message, hint = refused(NUMBERED)
    assert message == "B2 is 1, which may be a month by its number."
    assert hint.endswith("--set year=2024.")
    _, periods, table, _ = taken(NUMBERED, when=parse_year("2024"))
    assert (periods[0], periods[-1]) == ("2024-01", "2024-12")
    assert table == {("Harbour",): [str(each) for each in range(31, 43)]}
    assert "month 1 of a year that does not begin in January" in refused(NUMBERED, when=parse_year("2024/25"))[0]


@pytest.mark.parametrize(
    ("text", "listed", "place"),
    [
        ("Deaths\n,2020,2020,2021\nWeek number,52,53,1\nNorth,5,6,7\n", None, "B3"),
        ("Year,Week,Area,Deaths\n2020,52,North,5\n2020,53,North,6\n2021,1,North,7\n", Listed(), "B2"),
    ],
)
def test_weeks_by_their_numbers_are_refused(text: str, listed: Listed | None, place: str) -> None:
    message, hint = refused(text, listed=listed)
    assert message == f"{place} is week 52, which may begin on any day."
    assert "2025-W01" in hint
    table = taken("Week,2020-W52,2020-W53,2021-W01\nNorth,5,6,7\n")
    assert (table[1], table[2]) == (["2020-12-21", "2020-12-28", "2021-01-04"], {("North",): ["5", "6", "7"]})


@pytest.mark.parametrize("listed", [None, Listed()])
def test_rows_without_headings_are_told_what_headings_would_do(listed: Listed | None) -> None:
    text = "2024-04,North,12\n2024-04,South,7\n2024-05,North,10\n2024-05,South,9\n"
    message, hint = refused(text, listed=listed)
    assert message == "The rows have no headings above them."
    assert "such as month,name,value, and" in hint
    assert taken(f"month,name,value\n{text}", listed=Listed())[2] == {("North",): ["12", "10"], ("South",): ["7", "9"]}


def test_two_years_may_be_one_financial_year() -> None:
    text = "Area,2022 to 2023,2023 to 2024\nNorth,5,6\n"
    message, hint = refused(text)
    assert message == "B1 is “2022 to 2023”, which may be one financial year or two calendar years."
    assert hint == "Write 2022/23, or January 2022 to December 2023."
    assert taken(text.replace("2 to 2023", "2/23").replace("3 to 2024", "3/24"))[1] == ["2022/23", "2023/24"]


def test_a_table_of_regions_asks_nothing_about_them() -> None:
    text = "Code,Region,2022,2023\nE92,England,10,12\nE1,North East,3,4\nE2,North West,7,8\n"
    assert taken(text)[2] == {("E1", "North East"): ["3", "4"], ("E2", "North West"): ["7", "8"]}


def test_a_period_that_stands_in_two_columns_is_read_once() -> None:
    text = "v4_0,calendar-years,Time,code,Geography,Sex\n12,2022,2022,E1,Anytown,Male\n13,2022,2022,E1,Anytown,Female\n"
    _, periods, table, said = taken(text, listed=Listed())
    assert periods == ["2022"]
    assert table == {("E1", "Anytown", "Male"): ["12"], ("E1", "Anytown", "Female"): ["13"]}
    assert "Left out: “Time”" in said


# ---------------------------------------------------------------------------------------------------------------------
# What formats tell


def test_names_that_are_set_in_by_their_format_are_parts() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("S")
        rows = [["Offence", "2022/23"], ["Violence", 30], ["With injury", 10], ["Without injury", 20], ["Theft", 50]]
        for row, cells in enumerate(rows):
            sheet.write_row(row, 0, cells, book.add_format({"indent": 1}) if row in (2, 3) else None)

    assert "Violence, that comes to what 2 others come to" in refused(workbook(fill), name="x.xlsx")[0]
    assert "Violence, that comes to what 2 others come to" in refused(OLD, name="x.xls", sheet="Offences")[0]


def test_an_old_workbook_tells_of_percentages_and_hidden_rows() -> None:
    table = taken(OLD, name="x.xls", sheet="Calls")[2]
    assert table == {("Answered in ten seconds",): ["85", "91.25"], ("Abandoned",): ["5", "4"]}
    said = taken(OLD, name="x.xls", sheet="Offences", keep=frozenset({"violence"}))[3]
    assert "Hidden in the file, and read too: row 5" in said


# ---------------------------------------------------------------------------------------------------------------------
# Words beside a period, and rows that lie within others


@pytest.mark.parametrize(
    ("heads", "periods"),
    [
        ("Year end Mar-25,Year end Mar-26", ["2024/25", "2025/26"]),
        ("Yr end Mar-25,Yr end Mar-26", ["2024/25", "2025/26"]),
        ("Y/E Mar 2025,Y/E Mar 2026", ["2024/25", "2025/26"]),
        ("12m to Mar-25,12 mths to Mar-26", ["2024/25", "2025/26"]),
        ("Qtr ending Mar 25,Qtr to Jun 25", ["January to March 2025", "April to June 2025"]),
        ("3m to Mar 25,Quarter to end Jun 25", ["January to March 2025", "April to June 2025"]),
        ("6 months to Mar-25,6m to Sep-25", ["October 2024 to March 2025", "April to September 2025"]),
        ("Month ending 31 March 2025,Month ending 30 April 2025", ["2025-03", "2025-04"]),
        ("Apr 2024/25,2024/25 May", ["2024-04", "2024-05"]),
        ("Jan 2024/25,Feb 2024/25", ["2025-01", "2025-02"]),
        ("Full year 2024/25,Full year 2025/26", ["2024/25", "2025/26"]),
        ("12 month rolling Mar-25,12 month rolling Apr-25", []),
        ("Mar-25 (12 months),Apr-25 (12 months)", []),
        ("MAT Mar-25,MAT Apr-25", []),
        ("3 month average to Mar-25,3 month average to Apr-25", []),
        ("Q1-2 2024/25,Q3-4 2024/25", []),
        ("2024/25 Q1 & Q2,2024/25 Q3 & Q4", []),
        ("P1 2024/25,P2 2024/25", []),
        ("2024-25 M1,2024-25 M2", []),
        ("31 Mar 24 to 30 Mar 25,31 Mar 25 to 30 Mar 26", []),
    ],
)
def test_words_that_make_a_period_another_one_are_read_or_refused(heads: str, periods: list[str]) -> None:
    text = f"Ward,{heads}\nAlder,12,15\nBrook,4,9\n"
    if periods:
        _, found, table, _ = taken(text)
        assert (found, table) == (periods, {("Alder",): ["12", "15"], ("Brook",): ["4", "9"]})
    else:
        assert refused(text)[0] == "There are no months, quarters or years that have numbers under or beside them."


OFFENCES = "Offence,2023/24,2024/25\nViolence,30,36\n{}Theft,50,40\nTotal,80,76\n"


@pytest.mark.parametrize(
    "part", ["of which: domestic", "  - of which domestic", "including hate", "Incl. hate", "o/w hate"]
)
def test_a_row_that_is_a_part_of_another_is_left_out(part: str) -> None:
    table, said = taken(OFFENCES.format(f"{part},10,12\n"))[2:]
    assert table == {("Violence",): ["30", "36"], ("Theft",): ["50", "40"]}
    assert "which is a part of a row above and left out" in said
    text = f"month,offence,value\n2025-04,Violence,30\n2025-04,{part.strip()},10\n2025-04,Theft,5\n"
    assert taken(text, listed=Listed())[2] == {("Violence",): ["30"], ("Theft",): ["5"]}


def test_a_part_that_is_none_can_be_kept_and_one_without_an_end_is_asked_about() -> None:
    part = OFFENCES.format("Including hate,10,12\n").replace("80,76", "90,88")
    assert len(taken(part, keep=frozenset({"including hate"}))[2]) == 3
    message, hint = refused(OFFENCES.format("of which:,,\n domestic,10,12\n hate,1,1\n").replace("80,76", "91,89"))
    assert message == "A3 says “of which:”, and the rows below it may be parts of the row above."
    assert "as in “of which domestic”" in hint
    assert taken(OFFENCES.format("of which domestic,10,12\nof which hate,1,1\n"))[2].keys() == {
        ("Violence",),
        ("Theft",),
    }


def test_a_rate_among_counts_is_asked_about() -> None:
    text = "Ward,2023/24,2024/25\nAlder,12,15\nBrook,4,9\nCliff,3,3\nRate per 1,000,1.2,1.4\n".replace(
        "Rate per 1,000", '"Rate per 1,000"'
    )
    message, hint = refused(text)
    assert message == "A5 names “Rate per 1,000”, numbers of another kind than those of the other rows."
    assert '--leave-out "Rate per 1,000"' in hint
    assert len(taken(text, leave_out=frozenset({"rate per 1,000"}))[2]) == 3
    assert len(taken(text.replace("Ward", "Measure"))[2]) == 4


@pytest.mark.parametrize("name", ["Persons", "All people", "Both sexes"])
def test_persons_of_both_sexes_are_a_total(name: str) -> None:
    text = f"Year,Sex,Value\n2024,{name},30\n2024,Male,14\n2024,Female,16\n"
    assert taken(text, listed=Listed())[2] == {("Male",): ["14"], ("Female",): ["16"]}


def test_amounts_of_every_day_are_no_payments() -> None:
    text = "date,ward,amount\n2025-04-01,Alder,12\n2025-04-02,Alder,9\n2025-04-03,Alder,10\n"
    assert refused(text)[0] == "This file is tidy already: each row is one observation."
    assert taken(text, listed=Listed(value="amount"))[2] == {("Alder",): ["12", "9", "10"]}
    assert refused(text.replace("04-03", "04-09"))[0] == "This file lists payments, or other amounts, one by one."


def test_answers_of_a_spreadsheet_are_no_headings() -> None:
    assert refused("Ward,2023/24,2024/25\nAlder,TRUE,3\nBrook,4,9\n")[0] == "B2 holds “TRUE”, which is no number."


@pytest.mark.parametrize("cell", ["01-Oct", "10-Jan"])
def test_a_name_that_became_a_day_is_told(cell: str) -> None:
    message, hint = refused(f"Age,2023/24,2024/25\n{cell},5,6\n11-17,7,8\n18+,9,9\n")
    assert message == f"A2 names “{cell}”, a day, where the other rows name another age."
    assert "format the cell as text" in hint


def test_a_name_that_became_a_day_in_a_workbook_is_told() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("S")
        for row, cells in enumerate([["Age", "2023/24"], ["", 5], ["11-17", 7], ["18+", 9]]):
            sheet.write_row(row, 0, cells)
        sheet.write_datetime(1, 0, datetime(2025, 10, 1), book.add_format({"num_format": "d-mmm"}))

    assert refused(workbook(fill), name="x.xlsx")[0].startswith("S!A2 names “2025-10-01”, a day")


@pytest.mark.parametrize("name", ["Target", "Unweighted base", "Change on year", "% of all", "Rank"])
def test_a_row_of_another_kind_is_asked_about(name: str) -> None:
    text = f"Ward,2023/24,2024/25\nAlder,85,86\nBrook,87,88\n{name},120,110\n"
    assert refused(text)[0] == f"A4 names “{name}”, numbers of another kind than those of the other rows."
    assert len(taken(text, keep=frozenset({name.casefold()}))[2]) == 3


def test_a_year_beside_its_quarters_is_asked_about() -> None:
    text = "Period,Ward,Count\n2024/25,Alder,50\n2024/25 Q1,Alder,12\n2024/25 Q2,Alder,38\n"
    listed = Listed(value="count")
    message, hint = refused(text, listed=listed)
    assert message == "A2 is 2024/25, and another row 2024/25 Q1, which lies within it."
    assert '--leave-out "2024/25"' in hint
    left = taken(text, listed=listed, leave_out=frozenset({"2024/25"}))
    assert left[:3] == ("quarter", ["2024/25 Q1", "2024/25 Q2"], {("Alder",): ["12", "38"]})
    assert len(taken(text, listed=listed, keep=frozenset({"2024/25"}))[1]) == 3


def test_a_region_of_one_force_is_its_sum() -> None:
    text = "Region,Force,2023/24,2024/25\nMoors,,30,33\nMoors,Alder,10,11\nMoors,Brook,20,22\n"
    text += "Coast,,5,6\nCoast,Cliff,5,6\n"
    assert taken(text)[2] == {
        ("Moors", "Alder"): ["10", "11"],
        ("Moors", "Brook"): ["20", "22"],
        ("Coast", "Cliff"): ["5", "6"],
    }


@pytest.mark.parametrize(
    "rows",
    [
        "Moors Region,30,33\nAlder,10,11\nBrook,20,22\nCoast Region,5,6\nCliff,5,6\nTotal,35,39\n",
        "Alder,10,11\nBrook,20,22\nMoors Region,30,33\nCliff,5,6\nCoast Region,5,6\nEngland,35,39\n",
    ],
)
def test_a_region_of_one_force_is_its_sum_in_one_column_too(rows: str) -> None:
    found = taken(f"Force,2023/24,2024/25\n{rows}")
    assert found[2] == {("Alder",): ["10", "11"], ("Brook",): ["20", "22"], ("Cliff",): ["5", "6"]}


def test_a_country_is_the_sum_of_regions_of_which_one_has_one_force() -> None:
    text = "Region,Force,2023/24\nMoors,,30\n,Alder,10\n,Brook,20\nCoast,,5\n,Cliff,5\nEngland,,35\n"
    assert set(taken(text)[2]) == {("Moors", "Alder"), ("Moors", "Brook"), ("Coast", "Cliff")}


@pytest.mark.parametrize("note", ["(a) Alder counted late.", "a) Alder counted late."])
@pytest.mark.parametrize("name", ["Alder(a)", "Alder (a)"])
def test_letters_in_brackets_are_marks_of_the_notes_below(name: str, note: str) -> None:
    found = taken(f"Ward,2023/24,2024/25\n{name},10,11\nBrook,20,22\n\n{note}\n", areas=["Alder", "Brook"])
    assert set(found[2]) == {("Alder",), ("Brook",)}
    assert f"“{name}”, which is read as “Alder”" in taken(f"Ward,2023/24\n{name},10\nBrook,20\n\n{note}\n")[3]


@pytest.mark.parametrize(
    ("heading", "first", "second"),
    [
        ("Half-year", "Apr-Sep 2022", "Oct 2022 - Mar 2023"),
        ("Half ending", "Apr-Sep 2022", "Oct 2022 - Mar 2023"),
        ("FY", "2021/22", "2022/23"),
        ("Reporting period", "2021/22", "2022/23"),
        ("Yr", "2021", "2022"),
        ("W/C", "2024-01-01", "2024-01-08"),
    ],
)
def test_a_heading_that_says_when_names_nothing_else(heading: str, first: str, second: str) -> None:
    text = f"{heading},Calls,Visits\n{first},1,2\n{second},3,4\n"
    found = taken(text, names=("activity",))
    assert found[2] == {("Calls",): ["1", "3"], ("Visits",): ["2", "4"]}
    assert "“activity”" in found[3]
    assert "B1 names “Calls”, which is no area" in refused(text, areas=["North"])[0]


def test_a_letter_in_brackets_without_a_note_is_told() -> None:
    found = taken("Board,2023/24\nAlder(a),10\nBrook,20\n")
    assert set(found[2]) == {("Alder(a)",), ("Brook",)}
    assert "whose “a” may be the mark of a note" in found[3]


def test_a_column_of_notes_gives_states_and_is_left_out() -> None:
    text = "Year,Ward,Value,Value note\n2023/24,Alder,10,\n2024/25,Alder,11,Provisional\n2024/25,Brook,12,r\n"
    found = taken(text + "2023/24,Brook,9,See the guide\n", listed=Listed(value="value"))
    assert found[2] == {("Alder",): ["10", "11 [p]"], ("Brook",): ["9", "12 [r]"]}
    assert "Left out: “Value note”." in found[3]


def test_numbers_in_hundreds_are_told() -> None:
    text = "Numbers in hundreds\nWard,2023/24,2024/25\nAlder,12,15\nBrook,3,9\n"
    assert "hundreds, thousands or millions: the numbers stay as they are" in taken(text)[3]
