"""Numerals that count things: figures, letters and Roman numerals."""

from __future__ import annotations

from enum import Enum
from typing import assert_never

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


class Numerals(Enum):
    """How things are counted: 1, a, A, i or I."""

    FIGURES = "figures"
    LETTERS = "letters"
    CAPITALS = "capitals"
    ROMAN = "roman"
    ROMAN_CAPITALS = "roman-capitals"


def numeral(numerals: Numerals, number: int) -> str:
    """``"b"`` for 2 in letters; after "z" comes "aa"."""
    match numerals:
        case Numerals.FIGURES:
            return str(number)
        case Numerals.LETTERS:
            return _letters(number)
        case Numerals.CAPITALS:
            return _letters(number).upper()
        case Numerals.ROMAN:
            return _roman(number)
        case Numerals.ROMAN_CAPITALS:
            return _roman(number).upper()
        case _:
            assert_never(numerals)


def number_of(numerals: Numerals, written: str) -> int | None:
    """2 for "b" in letters, and None for what is no such numeral; for letters past "z" there is no need."""
    counted = range(1, 27 if numerals in (Numerals.LETTERS, Numerals.CAPITALS) else 100)
    if numerals is Numerals.FIGURES:
        return int(written) if written.isascii() and written.isdecimal() else None
    return next((number for number in counted if numeral(numerals, number) == written), None)


def _letters(number: int) -> str:
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        written += sign * count
    return written
