"""Small counts beside what is sensitive, and beside enough to tell who is meant."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from papergen.check.rules.disclosure import small_counts
from tests.check.proof import findings, reading


@given(st.text(alphabet="1234 onetw,.:;’both-children were victims of Norwich\u00a0\n", max_size=80))
def test_any_words_are_read_and_what_is_found_stands_in_them(text: str) -> None:
    for count in small_counts(text, 5):
        assert 0 <= count.start < count.end <= len(text)
        assert " ".join(text[count.start : count.end].split()) == count.text


@given(st.integers(min_value=2, max_value=50), st.integers(min_value=0, max_value=10_000))
def test_a_count_is_small_below_the_threshold_alone(threshold: int, more: int) -> None:
    number = threshold + more
    assert not list(small_counts(f"There were {number:,} children and {number} victims.", threshold))
    assert list(small_counts(f"There were {threshold - 1} children.", threshold))


def test_the_panel_sets_the_threshold() -> None:
    of = reading("Seven women were attacked.\n\n| Strand | Hate crimes |\n|---|---|\n| Religion | 9 |")
    panel = of.settings.panel.model_copy(update={"disclosure_threshold": 10})
    higher = replace(of, settings=replace(of.settings, panel=panel))
    for code, words in (("C701", "fewer than 10"), ("C703", "below 10")):
        assert findings(code, of) == []
        (found,) = findings(code, higher)
        assert words in found.message
