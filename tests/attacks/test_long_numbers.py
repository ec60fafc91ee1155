"""A number of thousands of digits is a finding at its place, wherever it stands, and nothing stops."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.commands import invoke
from tests.support.orchard import FILES, MEETING, OTHER_PAGE, PAGE, Orchard
from tests.support.within import within

DIGITS = "1" * 5000
IN_TEXT = {
    "a paragraph": f"There were {DIGITS} offences.",
    "with commas": f"There were 1{',234' * 1500} offences.",
    "money": f"It cost £{DIGITS} million.",
    "a percentage": f"It rose by {DIGITS}.{DIGITS}%.",
    "a fraction": f"It is 0.{DIGITS}.",
    "entities": f"There were {'&#49;' * 1000} offences.",
    "emphasis": f"There were {'**1**1' * 2500} offences.",
    "other digits": f"There were {'٣' * 5000} offences.",
    "wide digits": f"There were {'３' * 5000} offences.",
    "a heading": f"## In {DIGITS}\n\nWords.",
    "a cell": f"| A | B |\n|---|---|\n| x | {DIGITS} |\n| y | 2 |\n| Total | {DIGITS} |",
    "a list": f"- one\n- {DIGITS} more",
    "a number of a list": f"{DIGITS}. one",
    "a footnote": f"Words.[^1]\n\n[^1]: In {DIGITS}.",
    "a link": f"[{DIGITS}](https://a.example/{DIGITS})",
    "an expression": f"There were {{{{ {DIGITS} }}}} offences.",
    "a sum": f"There were {DIGITS}, of which {DIGITS} and {DIGITS} were thefts.",
    "a date": f"On {DIGITS} December {DIGITS}.",
    "a caption": f"```table\nkind: quarters\nmeasures: [theft]\ncaption: In {DIGITS}\n```",
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Orchard:
    return Orchard(tmp_path_factory.mktemp("orchard"))


@pytest.fixture(autouse=True)
def _in_moments() -> Iterator[None]:
    with within(seconds=60):
        yield


@pytest.mark.parametrize("text", IN_TEXT.values(), ids=IN_TEXT)
def test_in_a_text_it_is_told_at_its_place(text: str, workspace: Orchard) -> None:
    outcome = workspace.run({OTHER_PAGE: f"{FILES[OTHER_PAGE]}\n{text}\n"})
    assert outcome.has_errors
    told = [found for found in outcome.findings if found.code.id in {"W108", "V101", "M102", "D104"}]
    assert told
    first = FILES[OTHER_PAGE].count("\n") + 1
    assert all(found.at.file == OTHER_PAGE and found.at.line >= first for found in told)
    assert all(len(found.message) < 400 for found in outcome.findings if found.code.id == "W108")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("content/panel.yaml", "name: Orchard Police and Crime Panel", f'name: "Panel {DIGITS}"'),
        ("content/panel.yaml", "name: Orchard Police and Crime Panel", f"name: {DIGITS}"),
        ("content/plan.yaml", "To help victims", f"To help {DIGITS} victims"),
        (f"content/{MEETING}/meeting.yaml", "report_title: Report", f"report_title: Report {DIGITS}"),
        (f"content/{MEETING}/meeting.yaml", "report_title: Report", f"report_title: Report\nfirst_page: {DIGITS}"),
        ("content/measures.yaml", "title: Theft", f"title: Theft {DIGITS}"),
        ("content/data/facts.csv", "apples,16", f"apples,{DIGITS}"),
        ("content/data/theft.csv", "2014-01,North,violent,", f"2014-01,North,violent,{DIGITS}"),
        ("content/data/theft.csv", "2014-01,North,violent", f"2014-01,North,v{DIGITS}"),
        (PAGE, "owner: Somebody", f"owner: Somebody {DIGITS}"),
        (PAGE, "reviewed: 2016-01-25", f"reviewed: {DIGITS}-01-25"),
    ],
)
def test_elsewhere_it_never_stops_the_program(file: str, old: str, new: str, workspace: Orchard) -> None:
    text = FILES[file]
    assert old in text
    workspace.run({file: text.replace(old, new, 1)})


@pytest.mark.parametrize("command", [["build", "--only", "html"], ["check"], ["figures"], ["figures", "--why", DIGITS]])
def test_the_commands_end_with_it(command: list[str], tmp_path: Path) -> None:
    Orchard(tmp_path)
    page = tmp_path / PAGE
    page.write_text(f"{FILES[PAGE]}\nThere were {DIGITS} more.\n", encoding="utf-8")
    done = invoke(*command, "-w", str(tmp_path))
    assert done.exit_code == 1, done.output
    assert isinstance(done.exception, SystemExit)
    assert "W108" in done.output
    assert not (tmp_path / "papergen-fault.txt").exists()


def test_why_asks_for_one(tmp_path: Path) -> None:
    Orchard(tmp_path)
    done = invoke("figures", "--why", DIGITS, "-w", str(tmp_path))
    assert done.exit_code == 1, done.output
    assert isinstance(done.exception, SystemExit)
