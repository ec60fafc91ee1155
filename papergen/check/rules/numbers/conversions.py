"""Sizes with the same in other units in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.check.typed_tables import figure_of
from papergen.diagnostics import Severity
from papergen.values.quantities import print_number

_UNITS: tuple[dict[str, Fraction], ...] = tuple(
    {unit: Fraction(worth) for unit, worth in family.items()}
    for family in (
        {"km|kilometres?": "1000", "miles?": "1609.344", "m|metres?": "1", "ft|feet|foot": "0.3048", "yards?": "0.9144"}
        | {"cm|centimetres?": "0.01", "mm|millimetres?": "0.001", "in|inch(?:es)?": "0.0254"},
        {"hectares?|ha": "10000", "acres?": "4046.86", "sq(?:uare)? ?km|km²|square kilometres?": "1000000"}
        | {"sq(?:uare)? miles?": "2589988", "m²|square metres?|sq ?m": "1", "sq(?:uare)? f(?:ee|oo)?t": "0.092903"},
        {
            "tonnes?": "1000",
            "kg|kilograms?|kilos?": "1",
            "stone": "6.35029",
            "lbs?|pounds?": "0.453592",
            "g|grams?": "0.001",
        },
        {"litres?": "1", "gallons?": "4.54609", "pints?": "0.568261", "ml|millilitres?": "0.001"},
        {"mph|miles an hour": "1609.344", "kph|km/h|kilometres an hour": "1000"},
    )
)
"""What each unit is in metres, square metres, kilograms, litres and metres an hour, by the pattern of its names."""
_EVERY = "|".join(unit for family in _UNITS for unit in sorted(family, key=len, reverse=True))
_SIZE = r"(?P<{0}>\d[\d,]*(?:\.\d+)?)[ \u00a0-]?(?P<unit_{0}>{1})"
_CONVERTED = re.compile(
    rf"(?<![\w.£]){_SIZE.format('one', _EVERY)}(?: of [a-z ]{{1,30}})? \((?:about |some |roughly |or |nearly )?"
    rf"{_SIZE.format('other', _EVERY)}\)"
)
_ROUNDED = Fraction(1, 10)
"""How far off what is printed may be: “20 mph (30 km/h)” is rounded."""


@rule("C110", Severity.WARNING, by_file=True)
def find_wrong_conversions(reading: Reading) -> Iterator[Finding]:
    """A size does not agree with the same size in other units in brackets after it.

    Lengths, areas, weights, volumes and speeds, more than a tenth off.
    Source: Code of Practice for Statistics (2022), Q3: assured quality
    Example: “212 hectares (424 acres)”: 212 hectares are 524 acres.
    """
    for passage in reading.prose:
        for found in _CONVERTED.finditer(passage.text) if "(" in passage.text else ():
            one, other = _unit_of(found["unit_one"]), _unit_of(found["unit_other"])
            if one[0] != other[0] or one[1] == other[1]:
                continue
            size, said = figure_of(found["one"]), figure_of(found["other"])
            right = size.worth * one[1] / other[1] if size else Fraction(0)
            if said and abs(right - said.worth) > max(_ROUNDED * right, Fraction(1, 2 * 10**said.decimals)):
                right_one = f"{print_number(right, said.decimals)} {found['unit_other']}"
                message = f"“{found[0]}” does not agree: {found['one']} {found['unit_one']} are {right_one}."
                where = (passage, found.start("other"), found.end("other"))
                yield Finding(where, message, "Correct the one that is wrong.")


def _unit_of(text: str) -> tuple[int, Fraction]:
    """The family of a unit, and its size in it."""
    return next(
        (index, worth)
        for index, family in enumerate(_UNITS)
        for unit, worth in family.items()
        if re.fullmatch(unit, text)
    )
