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
UNDERSTOOD = [
    "Row 1 holds the headings: 2 months, from January 2016 through February 2016.",
    "Column A is “area”.",
    "The first number is 2016-01, North: 5 (B2), the last 2016-02, South: 8 (C3).",
]


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
    assert done.stdout.splitlines() == [*UNDERSTOOD, f"{THEFT}: 4 rows added, 0 the same, 0 different."]
    after = (orchard / THEFT).read_text(encoding="utf-8")
    assert after == before + (
        "2016-01,North,violent,5\n2016-01,South,violent,7\n2016-02,North,violent,6\n2016-02,South,violent,8\n"
    )
    again = run(*IMPORT, at=orchard).stdout.splitlines()
    assert again == [*UNDERSTOOD, f"{THEFT}: 0 rows added, 4 the same, 0 different."]
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


def test_import_that_is_only_tried_writes_nothing(orchard: Path) -> None:
    (orchard / "extract.csv").write_text(NEW_MONTHS, encoding="utf-8")
    before = (orchard / THEFT).read_bytes()
    done = run(*IMPORT, "--dry-run", at=orchard)
    assert (done.code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        *UNDERSTOOD,
        f"{THEFT}: 4 rows would be added, 0 the same, 0 different.",
        "Nothing was written.",
    ]
    assert (orchard / THEFT).read_bytes() == before


@pytest.mark.parametrize(
    ("extract", "options", "rows"),
    [
        (
            "Area,Type,Jan-16\nNorth,a,-\nSouth,a,\n",
            ["--mark", "-=0", "--mark", "blank=c"],
            ["North,a,0", "South,a,[c]"],
        ),
        (
            "Area,Type,Jan-16\nNorth,a,1.26\nSouth,a,2\nAll,,9\n",
            ["--decimals", "1", "--leave-out", "all"],
            ["North,a,1.3", "South,a,2"],
        ),
        ("Area;Type;Jan-16\nNorth;a;1,234\nSouth;a;2\n", ["--decimal", "comma"], ["North,a,1.234", "South,a,2"]),
        (
            "Date,Area,Type\n2016-01-03,North,a\n2016-01-04,South,a\n",
            ["--count", "month", "--by", "area", "--by", "type"],
            ["North,a,1", "South,a,1"],
        ),
        ("Month,Area,Type,No\nJan-16,North,a,4\nJan-16,South,a,5\n", ["--tidy"], ["North,a,4", "South,a,5"]),
        ("Area,a\nNorth,4\nSouth,5\n", ["--set", "month=2016-01", "--set", "type=a"], ["North,a,4", "South,a,5"]),
        (
            ",,a,a\nArea,,Jan-16,Feb-16\nNorth,,4,1\nSouth,,5,1\n",
            ["--set", "type=a", "--leave-out", "Feb-16"],
            ["North,a,4", "South,a,5"],
        ),
        (
            ",Jan-16,\nArea,a,b\nNorth,4,\nSouth,5,\n",
            ["--names", "type", "--leave-out", "b"],
            ["North,a,4", "South,a,5"],
        ),
        (
            "Area,Type,Jan-16\nNorth,a,3000\nSouth,a,1000\nSouth,b,2000\n",
            ["--keep", "North a"],
            ["North,a,3000", "South,a,1000", "South,b,2000"],
        ),
    ],
)
def test_what_papergen_would_have_to_guess_is_said_by_options(
    extract: str, options: list[str], rows: list[str], orchard: Path
) -> None:
    (orchard / "extract.csv").write_text(extract, encoding="utf-8")
    done = run("data", "import", "extract.csv", "--into", "new.csv", *options, at=orchard)
    assert done.code == 0, done.stderr
    text = (orchard / "content" / "data" / "new.csv").read_text(encoding="utf-8")
    assert text.splitlines() == ["month,area,type,value", *(f"2016-01,{row}" for row in rows)]


ADD = (
    *("data", "add", "arson", "--file", "theft.csv", "--unit", "offences", "--source"),
    "Orchard Police: crime, by area",
)


def test_add_puts_a_measure_after_the_others(orchard: Path) -> None:
    file = orchard / "content" / "measures.yaml"
    before = "# Kept by the analysts.\n" + file.read_text(encoding="utf-8")
    file.write_text(before, encoding="utf-8")
    done = run(*ADD, "--where", "kind=violent", "--good", "lower", "--title", "No", at=orchard)
    assert (done.code, done.stderr) == (0, "")
    entry = (
        'arson:\n  title: "No"\n  unit: offences\n  file: theft.csv\n  where: {kind: violent}\n  good: lower\n'
        '  source: "Orchard Police: crime, by area"\n'
    )
    assert file.read_text(encoding="utf-8") == f"{before.rstrip()}\n\n{entry}"
    assert "arson" in run("data", "check", at=orchard).stdout
    done = run(*ADD, at=orchard)
    assert done.code == 2
    assert "There is a measure “arson” already" in done.stderr


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--where", "kind=violnt"], "The column “kind” of content/data/theft.csv has no “violnt”."),
        (["--kind", "percentage"], "Percentages cannot be added up"),
        (["--value", "number"], "There is no column “number”, which is needed."),
    ],
)
def test_add_of_a_measure_that_does_not_fit_changes_nothing(options: list[str], words: str, orchard: Path) -> None:
    before = (orchard / "content" / "measures.yaml").read_bytes()
    done = run(*ADD, *options, at=orchard)
    assert done.code == 1
    assert words in done.stderr
    assert "Nothing was changed." in done.stderr
    assert (orchard / "content" / "measures.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.csv", "--into", "theft.csv"], "“nowhere.csv” is not there."),
        (["extract.csv", "--into", "../theft.csv"], "“../theft.csv” is no name for a data file."),
        (["extract.csv", "--into", "theft.csv", "--set", "kind"], "“kind” is not a column and its word."),
        (["extract.csv", "--into", "theft.csv", "--set", "year=2015/17"], "“2015/17” is no year."),
        (["extract.csv", "--into", "theft.csv", "--mark", "-=none"], "A mark cannot mean “none”."),
    ],
)
def test_a_wrong_use_of_import_is_told_with_2(arguments: list[str], words: str, orchard: Path) -> None:
    (orchard / "extract.csv").write_text(NEW_MONTHS, encoding="utf-8")
    done = run("data", "import", *arguments, at=orchard)
    assert (done.code, done.stdout) == (2, "")
    assert words in done.stderr


def test_import_into_a_file_of_no_measure_says_how_to_add_one(orchard: Path) -> None:
    (orchard / "extract.csv").write_text(
        "Area,Jan-16,Feb-16,Total\nNorth,50%,60%,55%\nSouth,70%,80%,75%\nAll,60%,70%,65%\n", encoding="utf-8"
    )
    new = ("data", "import", "extract.csv", "--into", "seen.csv", "--set", "kind=first visit")
    done = run(*new, at=orchard)
    assert (done.code, done.stderr) == (0, "")
    assert done.stdout.splitlines()[2:] == [
        "Checked as sums and left out: column D.",
        "Rows of totals are checked and left out: All.",
        "The numbers are percentages, written as 0 to 100: give the measure kind: percentage.",
        "The first number is 2016-01, North: 50 (B2), the last 2016-02, South: 80 (C3).",
        "content/data/seen.csv: 4 rows added, 0 the same, 0 different.",
        "No measure takes its numbers from it yet: papergen data add ID --file seen.csv"
        ' --where "kind=first visit" --kind percentage --unit "…" --source "…"',
    ]
    assert "No measure" not in run(*new, "--dry-run", at=orchard).stdout


def test_near_misses_of_what_is_set_are_told(orchard: Path) -> None:
    (orchard / "extract.csv").write_text(NEW_MONTHS, encoding="utf-8")
    done = run(*IMPORT[:-1], "kind=violant", "--dry-run", at=orchard)
    assert done.code == 0
    assert "D213" in done.stderr
    assert "--set kind=violent" in done.stderr
    done = run(*IMPORT, "--set", "yaer=2015/16", at=orchard)
    assert (done.code, done.stdout) == (2, "")
    assert "--set year=2015/16" in done.stderr
    done = run(*IMPORT, "--sum", "amount", at=orchard)
    assert (done.code, "--count month --sum amount" in done.stderr) == (2, True)
