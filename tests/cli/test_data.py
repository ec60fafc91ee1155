"""The commands that look after the data, and the tables they print."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import run
from tests.support.orchard import Orchard

THEFT = "content/data/theft.csv"
NEW_MONTHS = "Area,Jan-16,Feb-16\nNorth,5,6\nSouth,7,8\n"
OTHER_FIGURES = "Area,Dec-15,Jan-16\nNorth,500,5\nSouth,7,7\n"
IMPORT = ("data", "import", "extract.csv", "--into", "theft.csv", "--set", "kind=violent")


@pytest.fixture
def orchard(tmp_path: Path) -> Path:
    Orchard(tmp_path)
    return tmp_path


def rows(printed: str) -> list[list[str]]:
    """The cells of a printed table, which stand two spaces or more apart."""
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in printed.splitlines()]


def test_check_says_what_the_data_of_each_measure_come_to(orchard: Path) -> None:
    done = run("data", "check", at=orchard)
    assert (done.code, done.stderr) == (0, "")
    assert rows(done.stdout) == [
        ["Measure", "Observations", "From", "To", "Judgement"],
        ["theft", "24", "January 2014", "December 2015", "Stable at a new level"],
        ["violent_theft", "24", "January 2014", "December 2015", "No significant change"],
        ["reached", "24", "January 2014", "December 2015", "Lower than usual"],
        ["compared", "24", "January 2014", "December 2015", "Reduced volumes"],
    ]


def test_check_tells_every_wrong_cell_with_1(orchard: Path) -> None:
    file = orchard / THEFT
    file.write_text(file.read_text(encoding="utf-8").replace("2014-01,North,violent,", "2014-01,North,violent,x", 1))
    (orchard / "content" / "data" / "calls.csv").write_text("month,value,in_time\n2014-13,80,70\n", encoding="utf-8")
    done = run("data", "check", "--quiet", at=orchard)
    assert (done.code, done.stdout) == (1, "")
    assert f"{THEFT}:2:" in done.stderr
    assert "content/data/calls.csv:2:1 D105" in done.stderr


def test_backtest_says_how_often_past_projections_held(orchard: Path) -> None:
    done = run("data", "backtest", at=orchard)
    assert (done.code, done.stderr) == (0, "")
    table = rows(done.stdout)
    assert table[0] == ["Measure", "Projections", "Inside", "Error", "Width", "Score"]
    assert [row[:2] for row in table[1:5]] == [
        ["theft", "11"],
        ["violent_theft", "11"],
        ["compared", "11"],
        ["all at the current level", "33"],
    ]
    assert all(len(row) == 6 for row in table[:5])
    assert "meant to hold 80 of 100" in " ".join(done.stdout.split())


def test_backtest_of_one_measure_and_of_one_that_is_not_there(orchard: Path) -> None:
    table = rows(run("data", "backtest", "compared", at=orchard).stdout)
    assert [row[0] for row in table if len(row) == 6] == ["Measure", "compared"]
    done = run("data", "backtest", "thefts", at=orchard)
    assert (done.code, done.stdout) == (2, "")
    assert "There is no measure “thefts”." in done.stderr
    assert "Did you mean “theft”?" in done.stderr


def test_import_adds_new_rows_once(orchard: Path) -> None:
    (orchard / "extract.csv").write_text(NEW_MONTHS, encoding="utf-8")
    before = (orchard / THEFT).read_text(encoding="utf-8")
    done = run(*IMPORT, at=orchard)
    assert (done.code, done.stderr) == (0, "")
    assert done.stdout == f"{THEFT}: 4 rows added, 0 the same, 0 different.\n"
    after = (orchard / THEFT).read_text(encoding="utf-8")
    assert after == before + (
        "2016-01,North,violent,5\n2016-01,South,violent,7\n2016-02,North,violent,6\n2016-02,South,violent,8\n"
    )
    assert run(*IMPORT, at=orchard).stdout == f"{THEFT}: 0 rows added, 4 the same, 0 different.\n"
    assert (orchard / THEFT).read_text(encoding="utf-8") == after


def test_import_leaves_a_value_that_differs_until_it_is_told_to_replace_it(orchard: Path) -> None:
    (orchard / "extract.csv").write_text(OTHER_FIGURES, encoding="utf-8")
    done = run(*IMPORT, at=orchard)
    assert done.code == 1
    assert "2015-12, North, violent: stays 7 (row 94); the extract has 500 (B2)" in done.stdout.splitlines()
    assert "To take those of the extract, add --replace." in done.stderr
    assert "2015-12,North,violent,7\n" in (orchard / THEFT).read_text(encoding="utf-8")

    done = run(*IMPORT, "--replace", at=orchard)
    assert (done.code, done.stderr) == (0, "")
    assert "2015-12, North, violent: was 7 (row 94); the extract has 500 (B2)" in done.stdout.splitlines()
    assert "2015-12,North,violent,500\n" in (orchard / THEFT).read_text(encoding="utf-8")


def test_import_of_an_extract_that_cannot_be_read_changes_nothing(orchard: Path) -> None:
    (orchard / "extract.csv").write_text("Area,Jan-16,Feb-16\nNorth,many,6\nSouth,7,8\n", encoding="utf-8")
    before = (orchard / THEFT).read_bytes()
    done = run(*IMPORT, at=orchard)
    assert done.code == 1
    assert "D206" in done.stderr
    assert "Nothing was changed." in done.stderr
    assert (orchard / THEFT).read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.csv", "--into", "theft.csv"], "“nowhere.csv” is not there."),
        (["extract.csv", "--into", "../theft.csv"], "“../theft.csv” is no name for a data file."),
        (["extract.csv", "--into", "theft.csv", "--set", "kind"], "“kind” is not a column and its word."),
    ],
)
def test_a_wrong_use_of_import_is_told_with_2(arguments: list[str], words: str, orchard: Path) -> None:
    (orchard / "extract.csv").write_text(NEW_MONTHS, encoding="utf-8")
    done = run("data", "import", *arguments, at=orchard)
    assert (done.code, done.stdout) == (2, "")
    assert words in done.stderr
