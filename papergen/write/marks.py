"""How the numbers of headings and lists are written, by the patterns of a Word template such as ``%1.%2``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from papergen.model.numerals import Numerals
from papergen.write.looks import Mark

WORD_COUNTERS = {
    Numerals.FIGURES: "decimal",
    Numerals.LETTERS: "lowerLetter",
    Numerals.CAPITALS: "upperLetter",
    Numerals.ROMAN: "lowerRoman",
    Numerals.ROMAN_CAPITALS: "upperRoman",
}
"""Ways of counting by their names in Word."""
CSS_COUNTERS = {
    **{"decimal": "decimal", "lowerLetter": "lower-alpha", "upperLetter": "upper-alpha"},
    **{"lowerRoman": "lower-roman", "upperRoman": "upper-roman", "decimalZero": "decimal-leading-zero"},
}
"""Word's ways of counting by their names in CSS; every other one counts in figures."""


def heading_number(number: str, marks: Sequence[Mark]) -> str:
    """A section's number, such as ``2.1``, as the marks of the levels have headings print it."""
    parts = number.split(".")
    if not marks or not number:
        return number
    mark = marks[min(len(parts), len(marks)) - 1]

    def written(place: re.Match[str]) -> str:
        level = int(place[1]) - 1
        return parts[level] if level < len(parts) else ""

    return re.sub(r"%([1-9])", written, mark.pattern)


def list_mark(mark: Mark, counts: Sequence[str]) -> str:
    """What stands before a paragraph of a list whose levels have counted to ``counts``: a bullet, or a number."""
    return re.sub(r"%([1-9])", lambda place: counts[min(int(place[1]), len(counts)) - 1], mark.pattern)
