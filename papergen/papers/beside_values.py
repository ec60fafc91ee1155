"""What is typed directly beside a value and does not go with it: “5%%”, “££200”, a count as a percentage, a digit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from papergen import codes
from papergen.diagnostics import Diagnostics, Span
from papergen.model.nodes import Inlines, Paper, Text, Value
from papergen.model.walk import flatten, leaves
from papergen.values.quantities import Kind

_PER_CENT = re.compile(r"\s?(?:%|per\s?cent\b|percentage points?\b)")
_DIGIT_AFTER = re.compile(r"[.,]?\d")
_DIGIT_BEFORE = re.compile(r"\d[.,]?$")
_NO_SHARE = frozenset({Kind.COUNT, Kind.PEOPLE, Kind.RANK, Kind.POUNDS, Kind.MINUTES, Kind.HOURS, Kind.DAYS, Kind.RATE})


def tell_beside_values(paper: Paper, diagnostics: Diagnostics) -> None:
    """Tell of each sign or digit typed beside a value that prints its own, or that it changes."""
    for run in flatten((paper,)):
        for at, message, hint in _beside(run.inlines):
            diagnostics.add(codes.VALUE_BESIDE, at, message, hint)


def _beside(inlines: Inlines) -> Iterator[tuple[Span, str, str]]:
    for first, second in pairwise(leaves(inlines)):
        match first, second:
            case Value(quantity=quantity) as value, Text(text=text) if quantity is not None:
                if sign := _PER_CENT.match(text):
                    yield from _share(value, sign[0])
                elif digits := _DIGIT_AFTER.match(text):
                    yield value.at, f"“{value.text}{digits[0]}” would be printed as one number.", _APART
            case Value(quantity=quantity) as value, Value(quantity=other) if quantity is not None and other is not None:
                yield second.at, f"“{value.text}{second.text}” would be printed as one number.", _APART
            case Text(text=text), Value(quantity=quantity) as value if quantity is not None:
                if text.endswith("£") and quantity.kind is not Kind.NUMBER:
                    yield from _pounds(value, quantity.kind)
                elif digits := _DIGIT_BEFORE.search(text):
                    yield value.at, f"“{digits[0]}{value.text}” would be printed as one number.", _APART
            case _:
                pass


_APART = "Put a space or a word between them, or delete what is too much."


def _share(value: Value, sign: str) -> Iterator[tuple[Span, str, str]]:
    printed = f"“{value.text}{sign}” would be printed"
    if _PER_CENT.search(value.text):
        yield value.at, f"{printed}: the value has its own sign.", f"Delete “{sign.strip()}” after it."
    elif value.quantity is not None and value.quantity.kind in _NO_SHARE:
        hint = (
            f"Delete “{sign.strip()}”; a value that is a percentage, such as one with .change.percent, prints its own."
        )
        yield value.at, f"{printed}, and the value is no percentage.", hint


def _pounds(value: Value, kind: Kind) -> Iterator[tuple[Span, str, str]]:
    if kind is Kind.POUNDS:
        yield value.at, f"“£{value.text}” would be printed: the value has its own sign.", "Delete “£” before it."
    else:
        hint = "Delete “£” before it, or name a value in pounds."
        yield value.at, f"“£{value.text}” would be printed, and the value is no sum of money.", hint
