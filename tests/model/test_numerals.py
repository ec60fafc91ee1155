from __future__ import annotations

import pytest

from papergen.model.numerals import Numerals, number_of, numeral


@pytest.mark.parametrize(
    ("numerals", "number", "written"),
    [
        (Numerals.FIGURES, 12, "12"),
        (Numerals.LETTERS, 26, "z"),
        (Numerals.LETTERS, 28, "ab"),
        (Numerals.CAPITALS, 3, "C"),
        (Numerals.ROMAN, 49, "xlix"),
        (Numerals.ROMAN_CAPITALS, 4, "IV"),
    ],
)
def test_numerals_are_written_as_people_count(numerals: Numerals, number: int, written: str) -> None:
    assert numeral(numerals, number) == written


@pytest.mark.parametrize("numerals", list(Numerals))
def test_what_is_written_is_read_again_and_nothing_else(numerals: Numerals) -> None:
    for number in range(1, 27):
        assert number_of(numerals, numeral(numerals, number)) == number
    assert number_of(numerals, "see") is None
