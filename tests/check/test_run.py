"""Waivers, weights and forms of findings, with a rule made up for the purpose."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.check.run import Checked, check
from papergen.check.share import Share
from papergen.cli.report import as_github, as_json, as_sarif
from papergen.commands.check import chosen
from papergen.diagnostics import Severity
from tests.check.proof import reading
from tests.support.builds import copy_of_norfolk
from tests.support.commands import invoke

FILE = "content/2018-06-12/annex/10-words-10.md"


@rule("C999", Severity.WARNING)
def badgers(reading: Reading) -> Iterator[Finding]:
    """A badger is named.

    Finds badgers.
    Source: the woods
    Example: a badger
    """
    for passage in reading.passages:
        start = passage.text.find("badger")
        if start >= 0:
            yield Finding((passage, start, start + len("badger")), "There is a badger here.", "Take it away.")


def checked(text: str, *, front: str = "", checks: Mapping[str, str] | None = None) -> Checked:
    of = reading(f"---\ntitle: Woods\n{front}---\n{text}")
    panel = of.settings.panel.model_copy(update={"checks": checks or {}})
    return check(replace(of, settings=replace(of.settings, panel=panel)), rules=[badgers])


def test_a_finding_has_its_line_and_column() -> None:
    (found,) = checked("Words.\n\nA line with\na badger in it.").findings
    assert (found.at.file, found.at.line, found.at.column) == (FILE, 9, 3)


def test_a_waiver_lets_a_finding_stand_in_the_block_below_it_alone() -> None:
    done = checked("::: waive C999 It is tame\n\nA badger.\n\nAnother badger.")
    assert [found.at.line for found in done.findings] == [10]
    assert [(each.found.at.line, each.waiver.reason) for each in done.waived] == [(8, "It is tame")]


@pytest.mark.parametrize(
    "block",
    [
        "A badger.",
        "Table: Woods {#woods}\n\n| Kind | Seen |\n|---|---|\n| A badger | 1 |",
        "::: waive C998 Another\n\nA badger.",
    ],
)
def test_a_waiver_is_for_the_whole_exhibit_and_stands_above_others(block: str) -> None:
    done = checked(f"::: waive C999 It is tame\n\n{block}\n\nAnother badger.")
    assert [each.waiver.reason for each in done.waived] == ["It is tame"]
    assert [found.code.id for found in done.findings if found.code.id == "C999"] == ["C999"]


def test_front_matter_waives_for_the_whole_file() -> None:
    done = checked("A badger.\n\nAnother badger.", front="waive: {C999: They are tame}\n")
    assert not done.findings
    assert len(done.waived) == 2


def test_a_waiver_of_nothing_is_told() -> None:
    done = checked("::: waive C999 It is tame\n\nA fox.")
    assert [found.code.id for found in done.findings] == ["M120"]


def test_the_settings_weigh_a_rule_or_turn_it_off() -> None:
    done = checked("A badger.", checks={"C999": "error"})
    assert [found.severity for found in done.findings] == [Severity.ERROR]
    assert not checked("A badger.", checks={"C999": "off"}).findings


def test_codes_are_chosen_by_how_they_begin() -> None:
    findings = checked("A badger.").findings
    assert len(chosen(findings, select=["C9"], ignore=[])) == 1
    assert len(chosen(findings, select=["C1"], ignore=[])) == 0
    assert len(chosen(findings, select=[], ignore=["C999"])) == 0


def test_the_forms_hold_code_place_and_words() -> None:
    findings = checked("A badger.").findings
    whole = json.loads(as_json(findings, Share(bound=3, figures=4)))
    (as_object,) = whole["findings"]
    assert whole["figures"] == {"bound": 3, "printed": 4, "percentage": 75.0}
    assert (as_object["code"], as_object["line"], as_object["severity"]) == ("C999", 6, "warning")
    assert (
        as_github(findings) == f"::warning file={FILE},line=6,col=3,title=C999::There is a badger here. Take it away."
    )
    run = json.loads(as_sarif(findings))["runs"][0]
    assert run["results"][0]["ruleId"] == run["tool"]["driver"]["rules"][0]["id"] == "C999"
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 6, "startColumn": 3}


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


@pytest.mark.slow
def test_the_command_prints_the_share_and_holds_it_in_json(tmp_path: Path) -> None:
    root = str(copy_of_norfolk(tmp_path))
    printed = invoke("check", "-w", root).output
    told = json.loads(invoke("check", "-w", root, "--format", "json").output)["figures"]
    assert f"{told['bound']} of {told['printed']} figures are bound to data" in printed
    assert 0 < told["bound"] <= told["printed"]
    for form in ("github", "sarif"):
        assert "bound to data" not in invoke("check", "-w", root, "--format", form).output
