"""Reading HTML: what stops at some letters is looked for with one pattern."""

from __future__ import annotations

from papergen.write.allowed import parsed


def test_patterns_of_letters_are_made_once() -> None:
    import tinyhtml5.inputstream

    parsed("<p>Words &amp; more</p>")
    patterns = tinyhtml5.inputstream.characters_until_regex
    made = len(patterns)
    assert made > 1
    assert "".join(parsed("<p>Other words &amp; more</p>").itertext()) == "Other words & more"
    assert len(patterns) == made
    letters = frozenset("<&\0")
    assert patterns[letters, False].sub("", "words<b&") == "<&"
    assert patterns[letters, True].sub("", "<&words") == "words"
