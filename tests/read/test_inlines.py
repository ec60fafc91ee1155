from __future__ import annotations

import pytest

from papergen.diagnostics import Diagnostics, Span
from papergen.model.nodes import Text, Value
from papergen.read.inline import read_inlines
from tests.support.reading import words

AT = Span("content/panel.yaml", 7, 12)


def read(text: str, at: Span = AT) -> tuple[str, list[str]]:
    diagnostics = Diagnostics()
    inlines = read_inlines(text, at=at, diagnostics=diagnostics)
    return words(inlines), [str(found) for found in diagnostics]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Words", "Words"),
        ("  Words {{ x }}  ", "Words {{x@7:20}}"),
        ("**A** -- [b](#c) {{ x | month }}", "**A** – [b](#c@7:21) {{x | month@7:29}}"),
        ("a\nb\tc", "a b c"),
        ("# - > words", "# - > words"),
        ("A {#id}x", "A {#id}x"),
    ],
)
def test_a_title_is_read(text: str, expected: str) -> None:
    assert read(text)[0] == expected


def test_a_place_without_a_column_stays_as_it_is() -> None:
    at = Span("content/panel.yaml", 7)
    diagnostics = Diagnostics()

    inlines = read_inlines("Words {{ x }}", at=at, diagnostics=diagnostics)

    assert inlines == (Text(text="Words "), Value(text="", expression="x", at=at))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Words[^1]",
            "content/panel.yaml:7:17 M102 A footnote mark cannot stand in a title or a list in front matter.",
        ),
        ("A ![b](c.png)", "content/panel.yaml:7:14 M102 A picture cannot stand inside a line of text."),
        ("A {{ b", "content/panel.yaml:7:14 V101 “{{” opens a value that is not closed."),
    ],
)
def test_what_a_title_cannot_hold(text: str, expected: str) -> None:
    assert read(text)[1] == [expected]
