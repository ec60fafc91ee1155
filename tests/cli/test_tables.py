"""What ``figures`` and ``check`` print: tables for people, CSV for spreadsheets, and findings by file."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.support.commands import run
from tests.support.orchard import FILES, OTHER_PAGE, PAGE, Orchard


@pytest.fixture
def orchard(tmp_path: Path) -> Path:
    Orchard(tmp_path)
    return tmp_path


def add(orchard: Path, file: str, words: str) -> int:
    """Write words below a file, and give their line."""
    (orchard / file).write_text(f"{FILES[file]}\n{words}\n", encoding="utf-8")
    return FILES[file].count("\n") + 2


def test_figures_are_a_table_for_each_paper(orchard: Path) -> None:
    line = add(orchard, PAGE, "Some 17 people came.")
    done = run("figures", at=orchard)
    assert (done.code, done.stderr) == (0, "")
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    assert [line for line in lines if line in ("report", "annex")] == ["report", "annex"]
    words = " ".join(done.stdout.split())
    assert "Section Number Comes from Rows, or where it stands" in words
    assert "96 bound theft.quarter data/theft.csv:86-97" in words
    assert "17 typed" in words
    assert f" 2016-02-02/report/01-page.md:{line}:1" in words
    assert lines[-1] == "13 bound, 5 date, 1 typed"


def test_figures_as_csv_have_every_row_and_place(orchard: Path) -> None:
    line = add(orchard, PAGE, "Some 17 people came.")
    listed = list(csv.DictReader(io.StringIO(run("figures", "--csv", at=orchard).stdout)))
    assert len(listed) == 19
    bound = listed[0]
    assert (bound["number"], bound["state"], bound["expression"]) == ("96", "bound", "theft.quarter")
    assert (bound["measures"], bound["rows"]) == ("theft", "content/data/theft.csv:86-97")
    (typed,) = csv.DictReader(io.StringIO(run("figures", "--csv", "--typed", at=orchard).stdout))
    assert (typed["number"], typed["at"]) == ("17", f"{PAGE}:{line}:1")


def test_check_tells_findings_by_file_and_counts_them(orchard: Path) -> None:
    first = add(orchard, PAGE, "Somebody was was told.")
    second = add(orchard, OTHER_PAGE, "All was was told.")
    done = run("check", at=orchard)
    assert done.code == 0
    assert done.stdout == "12 of 12 figures are bound to data (100.0%).\n"
    lines = done.stderr.splitlines()
    heads = [line.partition(" C504 ")[0] for line in lines if " C504 " in line]
    assert sorted(heads) == sorted([f"{PAGE}:{first}:10", f"{OTHER_PAGE}:{second}:5"])
    assert "" in lines[lines.index(next(line for line in lines if " C504 " in line)) :]
    assert lines[-1] == "2 warnings"


def test_check_as_json_says_the_same(orchard: Path) -> None:
    line = add(orchard, PAGE, "Somebody was was told.")
    told = json.loads(run("check", "--format", "json", "--select", "C504", at=orchard).stdout)
    (finding,) = told["findings"]
    assert (finding["code"], finding["file"], finding["line"]) == ("C504", PAGE, line)


def test_many_findings_that_say_the_same_are_told_once_with_their_places(orchard: Path) -> None:
    first = add(orchard, PAGE, "\n\n".join(f"The hall {word} the the board." for word in "abcdefgh"))
    told = run("check", "--select", "C504", at=orchard).stderr
    lines = ",".join(str(first + 2 * more) for more in range(1, 8))
    assert told.split("\n") == [
        f"content/2016-02-02/report/01-page.md:{first}:12 C504 “the the” says “the” twice.",
        "    Delete one of the two.",
        "    7 more like it:",
        f"    content/2016-02-02/report/01-page.md:{lines}",
        "",
        "8 warnings",
        "",
    ]


def test_very_many_findings_of_a_kind_are_told_together_a_line_each_with_what_mends_it(orchard: Path) -> None:
    first = add(orchard, PAGE, "\n\n".join(f"It covers {day}October to 31 December." for day in range(1, 25)))
    told = run("check", "--select", "C506", at=orchard).stderr
    assert told.count(" C506 ") == 1
    assert "    23 more like it:\n" in told
    for day in range(2, 25):
        (line,) = (line for line in told.splitlines() if f"01-page.md:{first + 2 * day - 2}:11 " in line)
        assert f"“{day}October”" in line
        assert f"“{day} October”" in line
