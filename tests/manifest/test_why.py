"""Where a number comes from, as the command tells it of a manifest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from papergen.cli.app import app
from papergen.language.numbers import State
from papergen.manifest.record import Manifest, Number
from papergen.manifest.why import why
from tests.support.builds import Built, copy_of_norfolk

RUN = CliRunner()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("2,451", "2,451"),
        ("2451", "2,451"),
        ("£80,000", "£80,000"),
        ("80000", "£80,000"),
        ("4.02%", "4.02%"),
        ("16", "Sixteen"),
        ("28%", "an increase of 28%"),
        ("28 %", "an increase of 28%"),
        ("28 pc", "an increase of 28%"),
        ("£ 80,000", "£80,000"),
        ("7th", "7th"),
        ("-6 percentage points", "−6 percentage points"),
        ("31 December 2015", "31\u00a0December 2015"),
    ],
)
def test_a_number_is_found_however_it_is_typed(asked: str, expected: str, recorded: Manifest) -> None:
    assert expected in {each.print for each in why(asked, recorded).numbers}


def test_a_rise_is_not_a_fall(recorded: Manifest) -> None:
    assert "−4%" in {each.print for each in why("-4%", recorded).numbers}
    assert not any(each.print.startswith("−") for each in why("+4%", recorded).numbers)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("25m", {"£25m"}),
        ("25 million", {"£25m"}),
        ("−25", set()),
        ("-25%", set()),
        ("25", {"25"}),
        ("−9", {"−9"}),
        ("9", {"−9"}),
        ("30k", {"30,000"}),
    ],
)
def test_a_minus_and_a_magnitude_that_are_asked_for_are_printed_too(
    asked: str, found: set[str], recorded: Manifest
) -> None:
    printed = tuple(number(each) for each in ("25", "£25m", "−9", "30,000", "30", "25%"))
    small = recorded.model_copy(update={"numbers": printed, "charts": ()})
    assert {each.print for each in why(asked, small).numbers} == found


def test_a_number_that_is_nowhere_has_near_ones(recorded: Manifest) -> None:
    assert "2,451" in why("2,541", recorded).near
    assert "2,451" in why("2,450", recorded).near
    assert why("8,888,888,888", recorded).near == ()


def number(print: str, **more: Any) -> Number:
    return Number(paper="panel-report", print=print, state=State.TYPED, at="content/a.md:3:1", **more)


@pytest.mark.parametrize("printed", ["1.4 million", "£1.4 million", "1,400,000"])
def test_millions_are_found_in_words_and_figures(printed: str, recorded: Manifest) -> None:
    small = recorded.model_copy(update={"numbers": (number(printed), number("1.4"), number("1.4%")), "charts": ()})
    asked = "£1.4 million" if "£" in printed else "1.4 million"
    assert [each.print for each in why(asked, small).numbers] == [printed]


def test_a_clerk_reads_the_rows_and_how_they_were_put_together(norfolk: Built) -> None:
    done = RUN.invoke(app, ["figures", "--why", "97", "-w", str(norfolk.root)])
    assert done.exit_code == 0, done.output
    assert "97 – annex, 5 Robbery (content/2018-06-12/annex/05-robbery.md:11:" in done.output
    assert "{{ robbery.quarter }}" in done.output
    assert "the sum of the rows, 2017/18 Q4" in done.output
    assert "Source: Home Office police recorded crime open data" in done.output
    assert (
        "content/data/recorded-crime.csv:225  2017/18 Q4,Norfolk,Robbery,Robbery of business property,3" in done.output
    )
    assert (
        "content/data/recorded-crime.csv:229  2017/18 Q4,Norfolk,Robbery,Robbery of personal property,94" in done.output
    )


def test_a_typed_number_is_shown_in_its_line(norfolk: Built) -> None:
    done = RUN.invoke(app, ["figures", "--why", "eight", "-w", str(norfolk.root)])
    assert "typed at content/2018-06-12/annex/03-violence.md:16: Norfolk ranks" in done.output


def test_a_manifest_answers_for_the_papers_as_they_were(norfolk: Built, tmp_path: Path) -> None:
    root = copy_of_norfolk(tmp_path)
    data = root / "content" / "data" / "recorded-crime.csv"
    data.write_text(
        data.read_text(encoding="utf-8").replace("Robbery of personal property,94", "x,9"), encoding="utf-8"
    )
    place = str(norfolk.root / "output" / "2018-06-12")
    done = RUN.invoke(app, ["figures", "--why", "97", "--manifest", place, "-w", str(root)])
    assert done.exit_code == 0, done.output
    assert "content/data/recorded-crime.csv:225,229" in done.output
    assert "recorded-crime.csv has changed since" in done.output
    assert "x,9" not in done.output


def test_a_number_that_is_not_printed_is_told_with_1(norfolk: Built) -> None:
    done = RUN.invoke(app, ["figures", "--why", "13,421", "-w", str(norfolk.root)])
    assert done.exit_code == 1
    assert "printed in none of the papers" in done.output
    assert "13,420" in done.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["figures", "--manifest", "output"], "goes with --why"),
        (["figures", "--why", " "], "No number was given"),
        (["figures", "--why", "97", "--manifest", "nowhere.json"], "There is no manifest.json"),
        (["background-papers", "--manifest", "content/panel.yaml"], "not JSON"),
    ],
)
def test_wrong_uses_are_told_with_2(arguments: list[str], words: str, norfolk: Built) -> None:
    arguments = [str(norfolk.root / each) if "/" in each else each for each in arguments]
    done = RUN.invoke(app, [*arguments, "-w", str(norfolk.root)])
    assert done.exit_code == 2
    assert words in done.output
    assert "Traceback" not in done.output
