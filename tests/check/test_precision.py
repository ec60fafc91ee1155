"""On pages of other bodies nine findings of ten or more are true, and every slip that a rule can tell is told."""

from __future__ import annotations

import pytest

from tests.check.precision import NO_RULE, false, missed, table, told
from tests.support.builds import REPOSITORY

pytestmark = pytest.mark.slow


def test_nine_findings_of_ten_are_true() -> None:
    assert len(false()) <= len(told()) / 10, "\n".join(f"{each.page}:{each.line} {each.message}" for each in false())


def test_no_slip_that_a_rule_can_tell_is_missed() -> None:
    assert [slip for slip in missed() if slip.code != NO_RULE] == []


def test_the_guide_has_the_table() -> None:
    guide = (REPOSITORY / "docs/precision.md").read_text(encoding="utf-8")
    assert table() in guide, f"put into docs/precision.md:\n{table()}"
