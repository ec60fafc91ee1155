"""Headings over several columns, from the data."""

from __future__ import annotations

from pathlib import Path

import pytest

from papergen.model.nodes import Table
from papergen.model.walk import plain_text
from tests.support.exhibits import made, table
from tests.support.small import Workspace, workspace

GROUPED = {
    "data/fires.csv": "quarter,station,kind,cause,value\n"
    + "".join(
        f"{quarter},{station},{kind},{cause},{number}\n"
        for quarter in ("2015/16 Q2", "2015/16 Q3", "2014/15 Q4", "2015/16 Q1")
        for station, more in (("North", 0), ("South", 10))
        for number, (kind, cause) in enumerate(
            (("Dwelling", "Accident"), ("Dwelling", "Arson"), ("Vehicle", "Arson")), more + int(quarter[-1])
        )
    ),
    "measures.yaml": "fires: {title: Fires, unit: fires, file: fires.csv, source: S}\n",
}


@pytest.fixture(scope="module")
def grouped(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    found = workspace(tmp_path_factory.mktemp("grouped"), GROUPED)
    assert found.told == []
    return found


def heads(found: Table) -> list[list[tuple[str, int, int]]]:
    return [[(plain_text(each.words), each.columns, each.rows) for each in row] for row in found.heads]


def test_a_column_of_the_data_heads_several_columns(grouped: Workspace) -> None:
    rows, found = table(grouped, "kind: cross\nmeasure: fires\nrows: station\ncolumns: cause\ngroups: kind")
    assert heads(found) == [
        [("Station", 1, 2), ("Dwelling", 2, 1), ("Vehicle", 1, 1), ("Total", 1, 2)],
        [("Accident", 1, 1), ("Arson", 1, 1), ("Arson", 1, 1)],
    ]
    assert rows[1:] == [
        ["South", "13", "14", "15", "42"],
        ["North", "3", "4", "5", "12"],
        ["Total", *["16", "18", "20", "54"]],
    ]


def test_a_column_whose_numbers_are_all_held_back_stands_with_its_reason(tmp_path: Path) -> None:
    held = "".join(
        f"2015/16 Q3,{station},Vehicle,Accident,[c]\n2015/16 Q4,{station},Vehicle,Unknown,1\n"
        for station in ("North", "South")
    )
    found = workspace(tmp_path, {**GROUPED, "data/fires.csv": GROUPED["data/fires.csv"] + held})
    shown, _, told = made(found, "kind: cross\nmeasure: fires\nrows: station\ncolumns: cause\ngroups: kind", "table")
    assert isinstance(shown, Table)
    assert heads(shown)[0] == [("Station", 1, 2), ("Dwelling", 2, 1), ("Vehicle", 2, 1), ("Total", 1, 2)]
    assert [plain_text(row[3]) for row in shown.rows] == ["–", "–", "–"]
    assert (told, "held back" in plain_text(shown.note)) == ([], True)


def test_years_head_their_quarters_and_months(grouped: Workspace) -> None:
    _, found = table(
        grouped,
        "kind: cross\nmeasure: fires\nrows: station\ncolumns: quarter\ngroups: year\nquarters: 4\ntotals: false",
    )
    assert heads(found) == [
        [("Station", 1, 2), ("2014/15", 1, 1), ("2015/16", 3, 1)],
        [("Q4", 1, 1), ("Q1", 1, 1), ("Q2", 1, 1), ("Q3", 1, 1)],
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("columns: quarter\ngroups: kind", "Over time only the year can stand above"),
        ("columns: cause\ngroups: cause", "“cause” makes the rows or the columns already"),
        ("columns: cause\ngroups: causes", "has no column “causes”"),
    ],
)
def test_what_cannot_stand_above_is_told(grouped: Workspace, lines: str, expected: str) -> None:
    _, _, findings = made(grouped, f"kind: cross\nmeasure: fires\nrows: station\n{lines}", "table")
    assert any(expected in each for each in findings)
