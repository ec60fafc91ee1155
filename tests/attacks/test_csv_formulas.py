"""No CSV that papergen writes has a cell that a spreadsheet would run, and every number in it stays a number."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from papergen.commands.data_import import ImportRequest, import_extract
from papergen.commands.usage import WrongUseError
from papergen.diagnostics import Diagnostics
from papergen.model.nodes import ChartData, Figure
from papergen.papers.chart_data import chart_files
from papergen.values.csv_text import csv_text, harmless
from papergen.world import World
from tests.support.commands import invoke
from tests.support.every_node import paper_of, picture, words
from tests.support.orchard import MEETING, Orchard

FORMULAS = [
    '=HYPERLINK("http://a.example","x")',
    *("=cmd|' /C calc'!A0", "@SUM(1+1)", "+1+1", "-1+1", "-2+cmd|' /C calc'!A0", "  =1+1", "\u00a0=1+1"),
    *("\ufeff=1+1", "\t=1+1", "\r=1+1", "＝1+1", "＠SUM(1)", "﹦1+1", "﹫SUM(1)", "-A1", "+A1%", "-(1)"),
    *("\xad=1+1", "\u2060=1+1", "\u202e=1+1", "\u2066\u061c=1+1", "\x9b@A1"),
]
NUMBERS = [
    *("-12", "+12", "-1,234.5", "+3.4%", "-£80,000", "-£1.4 million", "12", "−12", "-", "+", "0", "–"),
    "+5 percentage points",
]


@pytest.mark.parametrize("cell", FORMULAS)
def test_what_would_run_is_made_words(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert harmless(harmless(cell)) == harmless(cell)


@pytest.mark.parametrize("cell", [*NUMBERS, "Hereford", "a=b", "North - South", "", "'=1"])
def test_numbers_and_words_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell


def test_the_data_of_a_chart_are_written_so() -> None:
    figure = Figure(
        picture=picture(),
        alternative=words("x"),
        number=1,
        data=ChartData(
            columns=("=Area", "Change", "Words; and more"),
            rows=tuple((formula, number, "a;=1") for formula, number in zip(FORMULAS, NUMBERS * 2, strict=False)),
        ),
    )
    ((_, data),) = chart_files(paper_of(figure))
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["'=Area", "Change", "Words; and more"]
    assert [row[0] for row in rows[1:]] == [f"'{formula}" for formula in FORMULAS]
    assert [row[1] for row in rows[1:]] == (NUMBERS * 2)[: len(FORMULAS)]
    assert b'"a;=1"' in data


def test_csv_is_read_again_as_it_was() -> None:
    rows = [['a "b"', "c,d", "e\nf", "g;h", ""], ["-1", "2%", "x", "y", "z"]]
    assert list(csv.reader(io.StringIO(csv_text(rows), newline=""))) == rows


def test_the_list_of_figures_is_written_so(tmp_path: Path) -> None:
    Orchard(tmp_path)
    panel = tmp_path / "content" / "panel.yaml"
    text = panel.read_text(encoding="utf-8")
    named = text.replace("name: Orchard Police and Crime Panel", 'name: "@SUM(1+1) Orchard 25"', 1)
    panel.write_text(named, encoding="utf-8")
    page = tmp_path / "content" / MEETING / "report" / "01-page.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n{{ panel.name }} has 31 members.\n", encoding="utf-8")
    done = invoke("figures", "--csv", "-w", str(tmp_path))
    rows = list(csv.reader(io.StringIO(done.stdout)))
    assert len(rows) > 3
    assert "'@SUM(1+1) Orchard 25" in {row[2] for row in rows}
    for row in rows:
        assert all(harmless(cell) == cell for cell in row)


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "@SUM(1+1)", "-1+1"])
def test_an_import_takes_in_no_name_that_would_run(name: str, tmp_path: Path) -> None:
    Orchard(tmp_path / "workspace")
    extract = tmp_path / "extract.csv"
    extract.write_text(f"Force,2015-10,2015-11\nNorth,1,2\n{name},3,4\n", encoding="utf-8")
    diagnostics = Diagnostics()
    done = import_extract(
        World(tmp_path / "workspace", diagnostics), MEETING, ImportRequest(file=extract, into="new.csv")
    )
    assert done is None
    assert any(name in found.message for found in diagnostics)
    assert not (tmp_path / "workspace" / "content" / "data" / "new.csv").exists()


@pytest.mark.parametrize(
    "into",
    [
        *(".csv", "..csv", "-x.csv", "a\nb.csv", "..\\x.csv", "a/b.csv", "=x.csv", "x;y.csv", "\u202ex.csv", "é.csv"),
        "THEFT.csv",
    ],
)
def test_a_data_file_has_a_name_that_is_one_file_everywhere(into: str, tmp_path: Path) -> None:
    Orchard(tmp_path / "workspace")
    extract = tmp_path / "extract.csv"
    extract.write_text("Area,2015-10,2015-11\nNorth,1,2\n", encoding="utf-8")
    before = sorted((tmp_path / "workspace").rglob("*"))
    world = World(tmp_path / "workspace", Diagnostics())
    with pytest.raises(WrongUseError, match=r"no name for a data file|“theft\.csv” already"):
        import_extract(world, MEETING, ImportRequest(file=extract, into=into))
    assert sorted((tmp_path / "workspace").rglob("*")) == before
