"""What is missing or below zero in data files, and periods that do not go together."""

from __future__ import annotations

from pathlib import Path

import pytest

from papergen.data.checks import check_table
from papergen.data.tables import parse_table
from papergen.diagnostics import Diagnostics
from tests.support.small import TIDY, table_of, workspace


def gaps(tmp_path: Path, data: str) -> list[tuple[str, str, str, str]]:
    table, findings = table_of(tmp_path, data)
    assert findings == []
    assert table is not None
    diagnostics = Diagnostics()
    check_table(table, diagnostics)
    return [(str(found.at), found.code.id, found.message, found.hint) for found in diagnostics]


def test_a_whole_series_has_no_gap(tmp_path: Path) -> None:
    assert gaps(tmp_path, TIDY) == []
    assert gaps(tmp_path, "quarter,value\n2014/15 Q4,3\n2015/16 Q1,3\n2015/16 Q2,3\n") == []
    assert gaps(tmp_path, "year,value\n2013/14,3\n2014/15,3\n") == []
    assert gaps(tmp_path, "date,value\n2015-01-01,3\n2015-02-01,3\n") == []
    assert gaps(tmp_path, "month,value\n2015-12,3\n2015-10,3\n2015-11,3\n") == []
    assert gaps(tmp_path, "month,kind,value\n2015-10,a,3\n2015-11,a,3\n2015-11,b,3\n") == []  # b begins later


ADD = "Add the row; write 0 if none was counted, or [x] if there is no number."


@pytest.mark.parametrize(
    ("data", "line", "what"),
    [
        (
            TIDY + "2016-01,North,Café burglary,3\n2015-12,South,Café burglary,3\n2016-01,South,Café burglary,3\n",
            4,
            "December 2015 for North, Café burglary",
        ),
        (TIDY + "2015-12,North,Café burglary,3\n", 5, "December 2015 for South, Café burglary"),
        ("month,value\n2015-11,1\n2015-09,1\n", 3, "October 2015"),
        ("quarter,value\n2014/15 Q4,1\n2015/16 Q2,1\n", 2, "2015/16 Q1"),
        ("year,value\n2012/13,1\n2014/15,1\n", 2, "2013/14"),
    ],
    ids=["in the middle", "at the end", "out of order", "a quarter", "a year"],
)
def test_a_missing_month_is_told_after_the_row_before_it(data: str, line: int, what: str, tmp_path: Path) -> None:
    message = f"There is no observation for {what}, and the file goes on after it."
    assert gaps(tmp_path, data) == [(f"counts.csv:{line}", "D107", message, ADD)]


def test_of_very_many_gaps_some_are_told_and_that_there_are_more(tmp_path: Path) -> None:
    found = gaps(
        tmp_path,
        "year,value\n" + "".join(f"{year}/{(year + 1) % 100:02},1\n" for year in [1899, *range(1900, 2000, 2)]),
    )
    assert len(found) == 20
    assert found[-1][2:] == ("More observations are missing in this file.", "Export it again.")
    assert found[-1][0] == "counts.csv:22"


APART = "month,force,value\n" + "".join(
    f"{month},{force},9\n" for month in ("2014-09", "2015-03", "2015-09") for force in "AB"
)


def test_data_that_stand_evenly_apart_are_told_of_once(tmp_path: Path) -> None:
    ((place, code, message, hint),) = gaps(tmp_path, APART)
    assert (place, code) == ("counts.csv:2", "D107")
    assert message == "The data stand 6 months apart: after September 2014 there is none for October 2014."
    assert hint.startswith("If they are standing numbers, such as posts, give the measure “combine: last”;")
    assert len(gaps(tmp_path, APART.replace("2015-09", "2015-10"))) > 1


def test_a_stock_is_never_asked_for_noughts(tmp_path: Path) -> None:
    measures = "posts: {title: Posts, unit: posts, combine: last, file: p.csv, source: S}\n"
    found = workspace(tmp_path, {"measures.yaml": measures, "data/p.csv": APART})
    assert found.told == []
    assert found.text('posts.month("2015-09")') == "18"


def test_periods_that_overlap_have_no_gap(tmp_path: Path) -> None:
    years = "".join(f"12 months to {month} 2015,{at}\n" for at, month in enumerate(("March", "June", "September")))
    assert gaps(tmp_path, "year,value\n" + years) == []
    assert len(gaps(tmp_path, "year,value\n" + years + "12 months to March 2016,4\n")) == 1
    assert gaps(tmp_path, "period,value\n2011/12 to 2013/14,1\n2012/13 to 2014/15,2\n2013/14 to 2015/16,3\n") == []


MEASURES = """\
robbery: {title: Robbery, unit: offences, file: crime.csv, where: {kind: Robbery}, source: S}
balance: {title: Balance, unit: hours, kind: number, file: crime.csv, where: {kind: Balance}, source: S}
"""


def test_a_negative_count_is_told_where_it_stands_and_a_negative_balance_is_none(tmp_path: Path) -> None:
    data = "month,kind,value\n2015-11,Robbery,3\n2015-11,Balance,-4\n2015-12,Robbery,-1\n2015-12,Balance,-2.5\n"
    found = workspace(tmp_path, {"measures.yaml": MEASURES, "data/crime.csv": data})
    assert found.told == [("content/data/crime.csv:4", "D109")]
    assert found.findings[0].message == "“value” is below zero, which nothing counted for Robbery can be."
    assert found.text("balance.latest") == "\u22122.5"


def test_a_negative_number_to_divide_by_is_told(tmp_path: Path) -> None:
    measures = "sat: {title: Sat, unit: people, kind: percentage, file: s.csv, of: asked, source: S}\n"
    found = workspace(tmp_path, {"measures.yaml": measures, "data/s.csv": "month,value,asked\n2015-12,3,-4\n"})
    assert found.told == [("content/data/s.csv:2", "D109")]


def test_a_file_that_no_measure_uses_is_told_and_not_read(tmp_path: Path) -> None:
    measures = "robbery: {title: Robbery, unit: offences, file: crime.csv, source: S}\n"
    files = {"measures.yaml": measures, "data/crime.csv": "month,value\n2015-12,3\n", "data/other.csv": "nonsense"}
    found = workspace(tmp_path, files)
    assert found.told == [("content/data/other.csv", "D112")]


def days_of(days: list[str]) -> list[str]:
    diagnostics = Diagnostics()
    text = "date,value\n" + "".join(f"{day},1\n" for day in days)
    table = parse_table(text.encode(), "d.csv", numbers=("value",), areas=(), diagnostics=diagnostics)
    assert table is not None
    check_table(table, diagnostics)
    return [str(found) for found in diagnostics]


def test_months_written_the_american_way_are_told_among_days() -> None:
    (told,) = days_of([f"{month:02}/01/{year}" for year in (2013, 2014) for month in range(1, 13)])
    assert told.startswith("d.csv:2 D107 Every day is one of the first twelve of January")
    assert days_of([f"2015-{month:02}-01" for month in range(1, 13)]) == []


def test_months_without_a_row_are_told_among_days() -> None:
    days = [f"2015-{month:02}-{day:02}" for month in (1, 2, 7) for day in range(1, 29)]
    (told,) = days_of(days)
    assert "There is no observation between 28 February 2015 and 1 July 2015" in told.replace("\xa0", " ")
    assert days_of([f"{year}-{month:02}-10" for year in (2014, 2015) for month in (1, 5, 9)]) == []


def test_periods_of_two_lengths_are_told() -> None:
    diagnostics = Diagnostics()
    text = "period,value\n2015-04,1\n2015-05,1\n2015/16 Q1,3\n"
    table = parse_table(text.encode(), "p.csv", numbers=("value",), areas=(), diagnostics=diagnostics)
    assert table is not None
    check_table(table, diagnostics)
    (told,) = diagnostics
    assert told.message == "Here stands 2015/16 Q1, and April 2015 in row 2: periods of two lengths."
    assert told.hint == "Put each length into a data file of its own."
