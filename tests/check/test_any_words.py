"""The rules of words and of access against any words; what they find stands in ``fixtures``."""

from __future__ import annotations

import re
import time
from collections import deque
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergen.check.registry import RULES
from tests.check.proof import findings, reading, words_alone

MOST_LETTERS = 20_000
FIXTURES = Path(__file__).parent / "fixtures"
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def test_the_panels_own_words_are_known() -> None:
    of = reading("The EQRU found mispers.")
    panel = of.settings.panel.model_copy(update={"known_words": ("EQRU", "mispers")})
    known = replace(of, settings=replace(of.settings, panel=panel))
    for code in ("C501", "C509"):
        assert len(findings(code, of)) == 1
        assert findings(code, known) == []


@given(st.text(alphabet="ab AB1().,;:“”‘’'\"–-/&\u00a0é", max_size=80))
def test_no_text_stops_a_rule_and_every_finding_says_what_to_do(text: str) -> None:
    of = words_alone(text)
    for rule in (rule for rule in RULES if rule.code.id[:2] in ("C5", "C6")):
        for found in rule.check(of):
            assert found.message.endswith(".")
            assert found.hint.endswith((".", "?"))


@pytest.mark.slow
def test_a_nought_in_place_of_any_number_stops_no_rule() -> None:
    fixtures = [file.read_text(encoding="utf-8") for file in sorted(FIXTURES.glob("C1*.md"))]
    lines = [line for text in fixtures for line in text.splitlines() if line[:1].isalpha() or line[:1] in "£0123456789"]
    of = words_alone(*(f"{line[: at.start()]}0{line[at.end() :]}" for line in lines for at in _NUMBER.finditer(line)))
    for rule in (rule for rule in RULES if rule.code.id.startswith("C1")):
        deque(rule.check(of), maxlen=0)


@pytest.mark.parametrize(
    "piece", ["(", "‘", "“a ", "a ", "AB ", "a.B", "word, word ", "see the ", "x", "the red ", "has ", '"', "1 –"]
)
def test_a_paragraph_as_long_as_may_be_is_checked_in_time(piece: str) -> None:
    of = words_alone(piece * (MOST_LETTERS // len(piece)))
    start = time.process_time()
    for rule in (rule for rule in RULES if rule.code.id[:2] in ("C5", "C6")):
        deque(islice(rule.check(of), 50), maxlen=0)
    assert time.process_time() - start < 10
