"""``papergen explain``: what a code means."""

from __future__ import annotations

from pathlib import Path

from papergen.check.registry import RULES
from papergen.codes import all_codes
from tests.support.builds import REPOSITORY
from tests.support.commands import invoke, run

WIDE = {"COLUMNS": "2000"}


def test_a_code_of_a_rule_comes_with_its_reason_source_and_example() -> None:
    rule = next(rule for rule in RULES if rule.code.id == "C101")
    assert invoke("explain", "c101", env=WIDE).stdout.splitlines() == [
        f"C101 (warning): reported when {rule.code.meaning}.",
        rule.why,
        f"Source: {rule.source}",
        f"Example: {rule.example}",
    ]


def test_a_code_of_no_rule_says_when_it_is_reported(tmp_path: Path) -> None:
    done = run("explain", "W107", at=tmp_path)
    assert done.code == 0
    assert done.stdout == "W107 (error): reported when a file or folder stands where no paper takes it up.\n"


def test_without_a_code_every_one_is_listed_once_with_its_meaning() -> None:
    codes = {each.id: each for each in (*all_codes(), *(rule.code for rule in RULES))}
    listed = invoke("explain", env=WIDE).stdout.splitlines()
    assert listed == [f"{each.id}  {each.severity}  {each.meaning}" for each in codes.values()]


def test_the_page_of_rules_in_the_guide_is_what_is_declared(tmp_path: Path) -> None:
    page, guide = run("explain", "--markdown", at=tmp_path).stdout, REPOSITORY / "docs/rules.md"
    assert page == guide.read_text(encoding="utf-8"), "made anew by: papergen explain --markdown > docs/rules.md"
    assert [rule.code.id for rule in RULES if f"\n**{rule.code.id}** (" not in page] == []


def test_a_word_that_is_no_code_is_told_with_2(tmp_path: Path) -> None:
    done = run("explain", "C1O1", at=tmp_path)
    assert (done.code, done.stdout) == (2, "")
    assert "“C1O1” is not a code." in done.stderr
    assert "Did you mean “C" in done.stderr
