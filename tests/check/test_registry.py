"""Every rule: declared once, and explained from its declaration."""

from __future__ import annotations

import re
from importlib import import_module

import pytest

from papergen.check.kinds import compiled, patterns
from papergen.check.reading import Reading
from papergen.check.registry import RULES, rules_of
from papergen.check.rule import Finding, Rule
from papergen.check.rule import rule as declared
from papergen.diagnostics import Severity

BY_CODE = [pytest.param(rule, id=rule.code.id) for rule in RULES]


def test_rules_stand_in_the_order_of_their_codes() -> None:
    codes = [rule.code.id for rule in RULES]
    assert codes == sorted(codes)


def test_two_rules_of_one_code_are_an_error(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("twice")
    declaration = """
from papergen.check.rule import rule
from papergen.diagnostics import Severity

@rule("C998", Severity.NOTE)
def find(reading):
    '''Something is wrong.

    Why it matters.
    Source: the woods
    Example: a badger
    '''
    return ()
"""
    for name, text in (("__init__", ""), ("first", declaration), ("second", declaration)):
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder.parent)
        with pytest.raises(ValueError, match="two rules have the code C998"):
            rules_of(import_module(folder.name))


def test_a_rule_without_its_source_is_an_error() -> None:
    def find(reading: Reading) -> tuple[Finding, ...]:
        """Something is wrong."""
        return ()

    with pytest.raises(ValueError, match="the docstring of find lacks its source or its example"):
        declared("C998", Severity.NOTE)(find)


@pytest.mark.parametrize("rule", BY_CODE)
def test_a_rule_is_explained_with_its_source_said_once(rule: Rule) -> None:
    assert all(words and "\n" not in words for words in (rule.code.meaning, rule.source, rule.example))
    assert "\n" not in rule.why
    assert (rule.why or ".").endswith(".")
    assert "Source" not in rule.why
    assert "WCAG 2.2," not in rule.why
    assert not re.search(r"\*\w|``", f"{rule.why}{rule.source}")


def test_every_pattern_can_be_read_and_every_list_is_used() -> None:
    data = patterns()
    expressions = [
        each if isinstance(each, str) else each[0]
        for rule in data.rules.values()
        for each in (*rule.find, *rule.except_)
    ]
    for expression in expressions:
        compiled(expression)
    used = " ".join([*expressions, *(entry for entries in data.lists.values() for entry in entries)])
    assert [name for name in data.lists if f"{{{name}}}" not in used] == []
