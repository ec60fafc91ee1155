from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from papergen.read.section import split_front_matter, with_front_matter_key

FRAGMENTS = ["---", "\n", "\r\n", "title: A", "reviewed: no", "reviewed:", " # by JS", "words", "\ufeff", "  - x", " "]


@given(st.lists(st.sampled_from(FRAGMENTS)).map("".join))
def test_the_pieces_of_a_file_are_the_file(text: str) -> None:
    parts = split_front_matter(text)

    assert parts.opening + parts.yaml + parts.closing + parts.body == text
    assert parts.body_line == text[: len(text) - len(parts.body)].count("\n") + 1


@given(st.lists(st.sampled_from(FRAGMENTS)).map("".join))
def test_rewriting_a_key_leaves_the_body_and_the_other_lines(text: str) -> None:
    before, after = split_front_matter(text), split_front_matter(with_front_matter_key(text, "reviewed", "no"))

    if before.opening:
        assert (after.opening, after.closing, after.body) == (before.opening, before.closing, before.body)
        kept = [line for line in before.yaml.split("\n") if not line.lstrip().startswith("reviewed")]
        assert before.closed is False or set(after.yaml.split("\n")) >= {line for line in kept if line == "title: A"}
    else:
        assert after.body.endswith(text.removeprefix("\ufeff"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\ntitle: A\nreviewed: 2016-01-25\n---\nB\n", "---\ntitle: A\nreviewed: no\n---\nB\n"),
        ("---\nreviewed:   2016-01-25  # by JS\nowner: B\n---\n", "---\nreviewed:   no  # by JS\nowner: B\n---\n"),
        ("---\n'reviewed': \"2016-01-25\"\n---\n", "---\n'reviewed': no\n---\n"),
        ("---\r\ntitle: A\r\nreviewed: 2016-01-25\r\n---\r\nB", "---\r\ntitle: A\r\nreviewed: no\r\n---\r\nB"),
        ("---\nreviewed:\n  2016-01-25\ntitle: A\n---\n", "---\nreviewed: no\ntitle: A\n---\n"),
        ("---\nreviewed:\ntitle: A\n---\n", "---\nreviewed: no\ntitle: A\n---\n"),
        (
            "---\nsigns:\n  - reviewed: x\ntitle: A\n---\n",
            "---\nsigns:\n  - reviewed: x\ntitle: A\nreviewed: no\n---\n",
        ),
        ("---\n# as agreed\ntitle: A\n---\n\n\nB", "---\n# as agreed\ntitle: A\nreviewed: no\n---\n\n\nB"),
        ("---\n---\nB", "---\nreviewed: no\n---\nB"),
        ("\ufeff---\ntitle: A\n---\nB", "\ufeff---\ntitle: A\nreviewed: no\n---\nB"),
        ("Words\n", "---\nreviewed: no\n---\n\nWords\n"),
        ("", "---\nreviewed: no\n---\n\n"),
        ("---\ntitle: A\n", "---\ntitle: A\n"),
        ("---\ntitle: A\nnot reviewed: 1\n---\n", "---\ntitle: A\nnot reviewed: 1\nreviewed: no\n---\n"),
    ],
)
def test_one_key_is_rewritten(before: str, after: str) -> None:
    assert with_front_matter_key(before, "reviewed", "no") == after


@pytest.mark.parametrize("value", ["2016-01-25", '"2016-01-25"', "", "'it''s'", "no # nothing", "a#b"])
def test_a_rewritten_key_reads_back(value: str) -> None:
    text = with_front_matter_key(f"---\ntitle: A\nreviewed: {value}\nowner: B\n---\n", "reviewed", "no")

    assert yaml.safe_load(split_front_matter(text).yaml) == {"title": "A", "reviewed": False, "owner": "B"}
