"""Totals in tables as they are handed over are checked and left out, and what else is left out is said."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.support.extracts import AREAS, PLAIN, TWO, WIDE, Rows, read, reading, resaved, sheets, tidy, told, warned


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
    (found,) = reading(rows, areas=TWO)[1]
    assert f"{found.code.id} {found.message}".startswith(expected)
    kept, _ = reading(rows, areas=TWO, keep=frozenset({name.casefold()}))
    assert kept is not None
    assert len(kept.rows) == 6


def test_a_heading_that_may_be_an_answer_is_a_total_among_areas() -> None:
    def across(*names: str) -> Rows:
        return [["Crime type", *["Apr-15"] * 3, *["May-15"] * 3], ["", *names * 2], ["Robbery", 4, 7, 1, 2, 8, 3]]

    assert len(read(across("Good", "Average", "Poor")).rows) == 6
    (found,) = reading(across("Herefordshire", "Shropshire", "Force"), areas=TWO)[1][:1]
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


def test_not_a_number_is_neither_heading_nor_value() -> None:
    saved = sheets(Sheet1=[["Area", "Apr-15", 7], ["Shropshire", 20, 21]])
    odd = resaved(saved, (b"<v>20<", b"<v>NaN<"), (b"<v>7<", b"<v>inf<"))
    assert told(odd)[1:] == ["D206 Sheet1!B2 holds “nan”, which is no number."]


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
