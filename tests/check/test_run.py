"""Waivers, weights and forms of findings, with a rule made up for the purpose."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from papergen.check.reading import Reading
from papergen.check.report import as_github, as_json, as_sarif
from papergen.check.rule import Finding, rule
from papergen.check.rules.numbers.beside_data import Share
from papergen.check.run import Checked, check, chosen
from papergen.cli.app import app
from papergen.commands.build import read_meeting
from papergen.diagnostics import Diagnostics, Severity
from papergen.world import World
from tests.support.builds import copy_of_norfolk, say_nothing

MEETING = "2018-06-12"


@rule("C999", Severity.WARNING, meaning="a badger is named", source="the woods", example="a badger")
def badgers(reading: Reading) -> Iterator[Finding]:
    """Finds badgers."""
    for passage in reading.passages:
        start = passage.text.find("badger")
        if start >= 0:
            yield Finding((passage, start, start + len("badger")), "There is a badger here.", "Take it away.")


def checked(root: Path, text: str, *, front: str = "", settings: str = "") -> Checked:
    copy_of_norfolk(root)
    file = root / "content" / MEETING / "panel-report" / "08-woods.md"
    file.write_text(f"---\ntitle: Woods\n{front}---\n\n{text}\n", encoding="utf-8")
    panel = root / "content" / "panel.yaml"
    panel.write_text(f"{panel.read_text(encoding='utf-8')}\n{settings}\n", encoding="utf-8")
    diagnostics = Diagnostics()
    world = World(root, diagnostics)
    read = read_meeting(world, MEETING, draft=True, diagnostics=diagnostics, progress=say_nothing)
    assert read is not None
    assert not diagnostics.has_errors, [str(found) for found in diagnostics]
    name = f"content/{MEETING}/panel-report/08-woods.md"
    texts = {name: file.read_text(encoding="utf-8")}
    return check(Reading(read.papers, read.settings, read.book, (), texts), rules=[badgers])


def test_a_finding_has_its_line_and_column(tmp_path: Path) -> None:
    (found,) = checked(tmp_path, "Words.\n\nA line with\na badger in it.").findings
    assert (found.at.file, found.at.line, found.at.column) == (f"content/{MEETING}/panel-report/08-woods.md", 8, 3)


def test_a_waiver_lets_a_finding_stand_in_the_block_below_it_alone(tmp_path: Path) -> None:
    done = checked(tmp_path, "::: waive C999 It is tame\n\nA badger.\n\nAnother badger.")
    assert [found.at.line for found in done.findings] == [9]
    assert [(each.found.at.line, each.waiver.reason) for each in done.waived] == [(7, "It is tame")]


def test_front_matter_waives_for_the_whole_file(tmp_path: Path) -> None:
    done = checked(tmp_path, "A badger.\n\nAnother badger.", front="waive: {C999: They are tame}\n")
    assert not done.findings
    assert len(done.waived) == 2


def test_a_waiver_of_nothing_is_told(tmp_path: Path) -> None:
    done = checked(tmp_path, "::: waive C999 It is tame\n\nA fox.")
    assert [found.code.id for found in done.findings] == ["M120"]


def test_the_settings_weigh_a_rule_or_turn_it_off(tmp_path: Path) -> None:
    done = checked(tmp_path / "error", "A badger.", settings="checks: {C999: error}")
    assert [found.severity for found in done.findings] == [Severity.ERROR]
    assert not checked(tmp_path / "off", "A badger.", settings='checks: {C999: "off"}').findings


def test_codes_are_chosen_by_how_they_begin(tmp_path: Path) -> None:
    findings = checked(tmp_path, "A badger.").findings
    assert len(chosen(findings, select=["C9"], ignore=[])) == 1
    assert len(chosen(findings, select=["C1"], ignore=[])) == 0
    assert len(chosen(findings, select=[], ignore=["C999"])) == 0


def test_the_forms_hold_code_place_and_words(tmp_path: Path) -> None:
    findings = checked(tmp_path, "A badger.").findings
    whole = json.loads(as_json(findings, Share(bound=3, figures=4)))
    (as_object,) = whole["findings"]
    assert whole["figures"] == {"bound": 3, "printed": 4, "percentage": 75.0}
    assert (as_object["code"], as_object["line"], as_object["severity"]) == ("C999", 5, "warning")
    file = f"content/{MEETING}/panel-report/08-woods.md"
    assert (
        as_github(findings) == f"::warning file={file},line=5,col=3,title=C999::There is a badger here. Take it away."
    )
    run = json.loads(as_sarif(findings))["runs"][0]
    assert run["results"][0]["ruleId"] == run["tool"]["driver"]["rules"][0]["id"] == "C999"
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 5, "startColumn": 3}


@pytest.mark.parametrize(
    ("bound", "figures", "words"),
    [
        (460, 462, "460 of 462 figures are bound to data (99.6%)."),
        (19_999, 20_000, "19,999 of 20,000 figures are bound to data (99.9%)."),
        (7, 7, "7 of 7 figures are bound to data (100.0%)."),
        (0, 0, "No figures are printed."),
    ],
)
def test_the_share_of_bound_figures_is_told(bound: int, figures: int, words: str) -> None:
    assert str(Share(bound, figures)) == words


def test_the_command_prints_the_share_and_holds_it_in_json(tmp_path: Path) -> None:
    root = str(copy_of_norfolk(tmp_path))
    printed = CliRunner().invoke(app, ["check", "-w", root]).output
    told = json.loads(CliRunner().invoke(app, ["check", "-w", root, "--format", "json"]).output)["figures"]
    assert f"{told['bound']} of {told['printed']} figures are bound to data" in printed
    assert 0 < told["bound"] <= told["printed"]
    for form in ("github", "sarif"):
        assert "bound to data" not in CliRunner().invoke(app, ["check", "-w", root, "--format", form]).output
