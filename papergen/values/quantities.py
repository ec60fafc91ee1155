"""Numbers that know what they are: a count, a percentage, pounds, minutes; and how each is rounded and printed.

Arithmetic is exact (fractions), and a half is rounded away from zero, so that 27.5% prints as 28%.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from typing import TypeVar

from papergen.diagnostics import Span
from papergen.values.periods import Period
from papergen.values.states import NumberState

MINUS = "\u2212"
T = TypeVar("T")


class Kind(Enum):
    """What a number counts or measures, as measures.yaml and facts.csv name it."""

    COUNT = "count"
    PERCENTAGE = "percentage"
    POINTS = "percentage points"
    POUNDS = "pounds"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    PEOPLE = "people"
    NUMBER = "number"
    RANK = "rank"
    RATE = "rate"


WHOLE_KINDS = frozenset({Kind.COUNT, Kind.PEOPLE, Kind.RANK})
_SUFFIXES = {Kind.PERCENTAGE: "%", Kind.POINTS: " percentage points"}


class Direction(Enum):
    """Which way a measure should go."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a number comes from: the measures or facts, their periods, and the rows they were read from.

    ``states`` are those of numbers it rests on that are not final.
    """

    measures: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    rows: tuple[Span, ...] = ()
    states: tuple[NumberState, ...] = ()

    def __add__(self, other: Origin) -> Origin:
        return Origin(
            measures=_once(self.measures + other.measures),
            periods=_once(self.periods + other.periods),
            rows=_once(self.rows + other.rows),
            states=_once(self.states + other.states),
        )


def _once(items: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with its kind and origin.

    A percentage is held as 0 to 100.  ``decimals`` are those printed when a format asks for no others.  ``is_change``
    is true of a difference or a percentage change, whose sign the direction words print, and ``of`` is the kind of what
    such a percentage is of.
    """

    value: Fraction
    kind: Kind = Kind.NUMBER
    decimals: int = 0
    origin: Origin = Origin()
    is_change: bool = False
    of: Kind | None = None

    def __str__(self) -> str:
        return print_quantity(self)

    def with_value(self, value: Fraction) -> Quantity:
        return replace(self, value=value)

    def printed(self, decimals: int | None = None) -> Quantity:
        """The number with the decimals that it is printed with, and of its origin the states alone."""
        return replace(self, decimals=printed_decimals(self, decimals), origin=Origin(states=self.origin.states))

    @property
    def sign(self) -> int:
        """1 above zero, -1 below it, and 0."""
        return (self.value > 0) - (self.value < 0)


MOST_DIGITS = 300
"""The digits of the longest number that a text may hold; a fraction of twice as many takes no time to reckon with."""

LONG_NUMBER = re.compile(rf"\d(?:,?\d){{{MOST_DIGITS}}}[\d,]*")
"""A number that is longer, with or without commas between its digits."""


def total(numbers: Iterable[Fraction]) -> Fraction:
    """The exact sum; whole numbers, which most are, are added as such."""
    given = tuple(numbers)
    if len(given) == 1:
        return given[0]
    whole, parts = 0, Fraction()
    for number in given:
        numerator, denominator = number.as_integer_ratio()
        if denominator == 1:
            whole += numerator
        else:
            parts += number
    return parts + whole if parts else Fraction(whole)


def rounded(value: Fraction, decimals: int = 0) -> Fraction:
    """``value`` with that many decimals, a half rounded away from zero."""
    return Fraction(_units(value, decimals), 10**decimals)


def _units(value: Fraction, decimals: int) -> int:
    """How many of its last decimal make up ``value``, rounded."""
    numerator, denominator = value.as_integer_ratio()
    up: int = (abs(numerator) * 10**decimals * 2 + denominator) // (denominator * 2)
    return -up if numerator < 0 else up


def print_number(value: Fraction, decimals: int = 0) -> str:
    """``"2,451"`` or ``"−13.5"``, with thousands separators and a true minus sign."""
    units = _units(value, decimals)
    whole, part = divmod(abs(units), 10**decimals)
    return f"{MINUS if units < 0 else ''}{whole:,}" + (f".{part:0{decimals}d}" if decimals else "")


def at_edge(value: Fraction, decimals: int = 0, *, share: bool = False) -> tuple[str, Fraction] | None:
    """``("less than", 1)`` for a number above 0 that would print as 0, and for a ``share`` ``("more than", 99)``.

    The second is a percentage below 100 that would print as 100; None is for any other number.
    """
    one, units = 10**decimals, _units(value, decimals)
    if not units and value > 0:
        return "less than", Fraction(1, one)
    if share and units >= 100 * one and value < 100:
        return "more than", 100 - Fraction(1, one)
    return None


def printed_decimals(quantity: Quantity, decimals: int | None = None) -> int:
    """With how many decimals a number is printed: those asked for, or its own; pounds with pence have two."""
    if decimals is not None:
        return decimals
    pence = quantity.kind is Kind.POUNDS and not quantity.decimals and quantity.value.denominator != 1
    return 2 if pence else quantity.decimals


def print_quantity(quantity: Quantity, *, decimals: int | None = None) -> str:
    """The number as its kind is printed: ``"2,451"``, ``"81.1%"``, ``"£500,000"``, ``"14 percentage points"``."""
    places = printed_decimals(quantity, decimals)
    if quantity.kind is Kind.POUNDS:
        text = print_number(abs(quantity.value), places)
        return f"{MINUS if rounded(quantity.value, places) < 0 else ''}£{text}"
    text = print_number(quantity.value, places)
    if quantity.kind is Kind.POINTS:
        return f"{text} percentage point{'' if abs(rounded(quantity.value, places)) == 1 else 's'}"
    return text + _SUFFIXES.get(quantity.kind, "")
