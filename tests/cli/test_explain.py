"""``papergen explain``: what a code means."""

from __future__ import annotations

from pathlib import Path

import pytest

from papergen.check.registry import RULES
from papergen.check.rule import Rule
from papergen.codes import all_codes
from tests.support.builds import REPOSITORY
from tests.support.commands import run


def test_a_code_of_a_rule_comes_with_its_reason_source_and_example(tmp_path: Path) -> None:
    done = run("explain", "c101", at=tmp_path)
    assert done.code == 0
    first, *others = done.stdout.splitlines()
    assert first.startswith("C101 (warning): reported when a typed number")
    assert [line.partition(":")[0] for line in others] == ["Why", "Source", "Example"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code.id)
def test_every_rule_explains_itself(rule: Rule, tmp_path: Path) -> None:
    printed = run("explain", rule.code.id, at=tmp_path).stdout
    for words in (rule.code.meaning, rule.source, rule.example):
        assert words in printed


def test_a_code_of_no_rule_says_when_it_is_reported(tmp_path: Path) -> None:
    done = run("explain", "W107", at=tmp_path)
    assert done.code == 0
    assert done.stdout == "W107 (error): reported when a file or folder stands where no paper takes it up.\n"


def test_without_a_code_all_are_listed(tmp_path: Path) -> None:
    listed = [line.split()[0] for line in run("explain", at=tmp_path).stdout.splitlines()]
    assert set(listed) == {each.id for each in all_codes()} | {rule.code.id for rule in RULES}
    assert len(listed) == len(set(listed))


def test_the_page_of_rules_in_the_guide_is_what_is_declared(tmp_path: Path) -> None:
    page, guide = run("explain", "--markdown", at=tmp_path).stdout, REPOSITORY / "docs/rules.md"
    assert page == guide.read_text(encoding="utf-8"), "made anew by: papergen explain --markdown > docs/rules.md"
    assert [rule.code.id for rule in RULES if f"\n**{rule.code.id}** (" not in page] == []


def test_a_word_that_is_no_code_is_told_with_2(tmp_path: Path) -> None:
    done = run("explain", "C1O1", at=tmp_path)
    assert (done.code, done.stdout) == (2, "")
    assert "“C1O1” is not a code." in done.stderr
    assert "Did you mean “C" in done.stderr
