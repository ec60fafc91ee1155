"""Markdown files that carry the model and the diagnostics they expect.

A fixture file holds cases.  Each begins with a line ``%%% case: its name``, then its Markdown; after ``%%% model``
comes the model as plain text, and after ``%%% diagnostics`` each finding as ``line:column code sentence``.
"""

from __future__ import annotations

import pytest

from papergen.codes import all_codes
from tests.support.reading import CASES, FIXTURES, dump, read, shown_diagnostics


@pytest.mark.parametrize(("markdown", "model", "diagnostics"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_a_case_gives_its_model_and_its_diagnostics(markdown: str, model: str, diagnostics: str) -> None:
    section, found = read(markdown)

    assert all(problem.hint and problem.message.endswith(".") for problem in found)
    assert "\n".join(shown_diagnostics(found)) == diagnostics
    assert "\n".join(dump(section)) == model


def test_every_fixture_file_holds_cases_with_names_of_their_own() -> None:
    names = [case[0] for case in CASES]

    assert len(FIXTURES) > 5
    assert len(set(names)) == len(names)
    assert {name.split(":")[0] for name in names} == {path.stem for path in FIXTURES}


def test_every_code_of_markdown_has_a_case() -> None:
    shown = {line.split(" ")[1] for case in CASES for line in case[3].splitlines()}

    # TOO_LONG is shown by the tests of limits, an unused waiver by those of the checks.
    assert {code.id for code in all_codes() if code.id.startswith("M")} - shown == {"M118", "M120"}
