"""The formats after ``|``: how a fact or a number is printed in a sentence.

Direction words are made from the sign of the number, so that they cannot disagree with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from papergen.values.chrome import Chrome, chrome
from papergen.values.periods import FINANCIAL, Month, Period, print_day, print_month, print_weekday
from papergen.values.quantities import Kind, Quantity, at_edge, print_number, print_quantity, printed_decimals, rounded

FactValue: TypeAlias = str | int | date | Month | Period | tuple[str, ...] | Quantity
Formatter: TypeAlias = Callable[[FactValue, int | None], str | None]
"""Prints a fact, with so many decimals where they are asked for; None for a fact it does not fit."""
DateFormatter: TypeAlias = Callable[[FactValue, Chrome], str | None]
"""Prints a day, a month or a period in the words of a language; None for anything else."""

_UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_TEENS = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
MOST_IN_WORDS = 999
MOST_SIGNED = 4

_FRACTIONS = {
    Fraction(1, 10): "a tenth",
    Fraction(1, 5): "a fifth",
    Fraction(1, 4): "a quarter",
    Fraction(1, 3): "a third",
    Fraction(2, 5): "two-fifths",
    Fraction(1, 2): "half",
    Fraction(3, 5): "three-fifths",
    Fraction(2, 3): "two-thirds",
    Fraction(3, 4): "three-quarters",
    Fraction(4, 5): "four-fifths",
    Fraction(9, 10): "nine-tenths",
}
HALF = Fraction(1, 2)
AT_HALF = Fraction(1, 100)
"""How far a share may lie from a half that is printed for it as it stands: one percentage point."""
NEAR_A_FRACTION = Fraction(2, 100)
"""How far a share may lie from another simple fraction, or from a half that it is nearly or just over: two points."""


def number_in_words(number: int) -> str:
    """``"sixteen"``, ``"one hundred and two"``; for 0 to 999."""
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    below = (*_UNITS, *_TEENS)[rest] if rest < 20 else _TENS[tens] + (f"-{_UNITS[units]}" if units else "")
    if not hundreds:
        return below
    return f"{_UNITS[hundreds]} hundred" + (f" and {below}" if rest else "")


def ordinal(number: int) -> str:
    """``"1st"``, ``"12th"``, ``"23rd"``."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _first_letter(change: Callable[[str], str]) -> Formatter:
    def write(value: FactValue, _decimals: int | None) -> str | None:
        return change(value[:1]) + value[1:] if isinstance(value, str) else None

    return write


def _of_day(write: Callable[[date, Chrome], str]) -> DateFormatter:
    return lambda value, words: write(value, words) if isinstance(value, date) else None


def _month(value: FactValue, words: Chrome) -> str | None:
    match value:
        case date() | Month():
            return print_month(value, words)
        case Period() if value.length == 1:
            return value.months_in(words)
        case _:
            return None


def _number(value: FactValue, decimals: int | None) -> str | None:
    """The number without its unit, and never as 0 where it is more."""
    if not isinstance(value, Quantity):
        return None
    places = value.decimals if decimals is None else decimals
    words, size = at_edge(value.value, places) or ("", value.value)
    return f"{words} {print_number(size, places)}".strip()


def _of_kind(*kinds: Kind) -> Formatter:
    def write(value: FactValue, decimals: int | None) -> str | None:
        if not isinstance(value, Quantity) or value.kind not in kinds:
            return None
        return _sized(value, decimals)

    return write


def _millions(value: FactValue, decimals: int | None) -> str | None:
    """``"£1.2 million"``, with one decimal unless others are asked for."""
    if not isinstance(value, Quantity) or value.kind is not Kind.POUNDS:
        return None
    return f"{_sized(value.with_value(value.value / 1_000_000), 1 if decimals is None else decimals)} million"


def _whole(value: FactValue) -> int | None:
    """The whole number that a quantity is; None where it is none, or is below zero."""
    if not isinstance(value, Quantity) or value.value < 0 or value.value.denominator != 1:
        return None
    return int(value.value)


def _words(value: FactValue, _decimals: int | None) -> str | None:
    if isinstance(value, Quantity) and value.is_change:
        value = value.with_value(rounded(abs(value.value)))
    whole = _whole(value)
    return number_in_words(whole) if whole is not None and whole <= MOST_IN_WORDS else None


def _ordinal(value: FactValue, _decimals: int | None) -> str | None:
    whole = _whole(value)
    return ordinal(whole) if whole else None


def _fraction(value: FactValue, _decimals: int | None) -> str | None:
    if not isinstance(value, Quantity) or value.kind is not Kind.PERCENTAGE:
        return None
    share = abs(value.value) / 100
    near = min(_FRACTIONS, key=lambda simple: abs(simple - share))
    if abs(near - share) > NEAR_A_FRACTION:
        return None
    if near != HALF or abs(near - share) <= AT_HALF:
        return _FRACTIONS[near]
    return f"{'nearly' if share < near else 'just over'} {_FRACTIONS[near]}"


def _sized(value: Quantity, decimals: int | None) -> str:
    """The number as it is printed, and never as 0 where it is not 0, nor as 100% where it is less."""
    shown = value.with_value(abs(value.value)) if value.is_change else value
    is_share = value.kind is Kind.PERCENTAGE and not value.is_change
    edge = at_edge(shown.value, printed_decimals(value, decimals), share=is_share)
    if edge is None:
        return print_quantity(shown, decimals=decimals)
    words, size = edge
    return f"{words} {print_quantity(shown.with_value(size), decimals=decimals)}"


def _sign(value: FactValue, decimals: int | None) -> str | None:
    """``"+28%"`` or ``"−4%"``, with as many decimals as show which way it went: ``"+0.4%"``."""
    if not isinstance(value, Quantity):
        return None
    places = printed_decimals(value, decimals)
    while value.value and not rounded(value.value, places) and places < MOST_SIGNED:
        places += 1
    plus = "+" if rounded(value.value, places) > 0 else ""
    return plus + print_quantity(value, decimals=places)


def _directed(more: str, less: str, same: str) -> Formatter:
    """Words with ``{}`` for the size of a change; a change too small to be printed is “less than” one unit."""

    def write(value: FactValue, decimals: int | None) -> str | None:
        if not isinstance(value, Quantity) or not value.is_change:
            return None
        if not value.value:
            return same
        return (more if value.value > 0 else less).format(_sized(value, decimals))

    return write


_MEASURED = frozenset({Kind.POUNDS, Kind.MINUTES, Kind.HOURS, Kind.POINTS, Kind.RATE, Kind.NUMBER})


def _more(value: FactValue, decimals: int | None) -> str | None:
    """``"5 fewer than"`` of what is counted, and ``"£5 less than"`` of what is measured."""
    measured = isinstance(value, Quantity) and (value.of or value.kind) in _MEASURED
    less, same = ("{} less than", "as much as") if measured else ("{} fewer than", "as many as")
    return _directed("{} more than", less, same)(value, decimals)


def _direction(value: FactValue, _decimals: int | None) -> str | None:
    if not isinstance(value, Quantity) or not value.is_change:
        return None
    return "up" if value.value > 0 else "down" if value.value < 0 else "unchanged"


DIRECTIONS: Mapping[str, Formatter] = {
    "increase": _directed("an increase of {}", "a reduction of {}", "no change"),
    "rose": _directed("rose by {}", "fell by {}", "did not change"),
    "up": _directed("up {}", "down {}", "unchanged"),
    "above": _directed("{} above", "{} below", "level with"),
    "higher": _directed("{} higher than", "{} lower than", "the same as"),
    "more": _more,
}
"""Formats that print which way a change went, with its size."""

NUMBER_FORMATS: Mapping[str, Formatter] = {
    "number": _number,
    "percent": _of_kind(Kind.PERCENTAGE),
    "points": _of_kind(Kind.POINTS),
    "pounds": _of_kind(Kind.POUNDS),
    "millions": _millions,
    "sign": _sign,
    **DIRECTIONS,
}
"""Formats that may be given a number of decimals: ``percent(1)``."""

DATE_FORMATS: Mapping[str, DateFormatter] = {
    "day": _of_day(print_day),
    "weekday": _of_day(print_weekday),
    "month": _month,
    "year": lambda value, _: str(value.year) if isinstance(value, date | Month) else None,
    "months": lambda value, words: value.months_in(words) if isinstance(value, Period) else None,
    "quarter": lambda value, words: value.quarter_in(words) if isinstance(value, Period) else None,
}
"""Formats of days, months and periods."""

_OTHERS: Mapping[str, Formatter] = {
    "lower_first": _first_letter(str.lower),
    "upper_first": _first_letter(str.upper),
    **NUMBER_FORMATS,
    "words": _words,
    "fraction": _fraction,
    "ordinal": _ordinal,
    "direction": _direction,
}

FORMATS = (*DATE_FORMATS, *_OTHERS)
"""Every format, by the name that stands after ``|``."""


def formatted(name: str, value: FactValue, decimals: int | None = None, words: Chrome | None = None) -> str | None:
    """The fact in one of the ``FORMATS``, in the words of a language; None where it does not fit."""
    if name in DATE_FORMATS:
        return DATE_FORMATS[name](value, words or chrome())
    return _OTHERS[name](value, decimals)


def print_fact(value: FactValue, words: Chrome | None = None) -> str:
    """The words for a fact without a format: days in full, lists with commas and “and”."""
    words = words or chrome()
    match value:
        case date():
            return print_day(value, words)
        case Month():
            return print_month(value, words)
        case Period():
            is_several_years = value.is_years and value.length > 12
            has_name = value.is_month or value.days == 7 or value.year_from != FINANCIAL or is_several_years
            return value.name_in(words) if has_name else value.days_in(words)
        case tuple():
            return words.listed(value)
        case Quantity():
            return _sized(value, None)
        case _:
            return str(value)
