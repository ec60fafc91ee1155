"""Sizes with the same in other units in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.check.typed_tables import figure_of
from papergen.diagnostics import Severity
from papergen.values.quantities import print_number

_SIZE = r"(?P<{0}>\d[\d,]*(?:\.\d+)?)[ \u00a0-]?(?P<unit_{0}>{1})"
_UNITS = tuple(
    {unit: Fraction(worth) for worth, unit in (each.split(" ", 1) for each in family.split("; "))}
    for family in (
        r"1000 km|kilometres?; 1609.344 miles?; 1 m|metres?; 0.3048 ft|feet|foot; 0.9144 yards?; 0.01 cm|centimetres?"
        r"; 0.001 mm|millimetres?; 0.0254 in|inch(?:es)?",
        r"10000 hectares?|ha; 4046.86 acres?; 1000000 sq(?:uare)? ?km|km²|square kilometres?; 1 m²|square metres?|sq ?m"
        r"; 2589988 sq(?:uare)? miles?; 0.092903 sq(?:uare)? f(?:ee|oo)?t",
        r"1000 tonnes?; 1 kg|kilograms?|kilos?; 6.35029 stone; 0.453592 lbs?|pounds?; 0.001 g|grams?",
        r"1 litres?; 4.54609 gallons?; 0.568261 pints?; 0.001 ml|millilitres?",
        r"1609.344 mph|miles an hour; 1000 kph|km/h|kilometres an hour",
    )
)
"""What each unit is in metres, square metres, kilograms, litres and metres an hour, by the pattern of its names."""
_CONVERTED = tuple(
    re.compile(
        rf"(?<![\w.£]){_SIZE.format('one', every)}(?: of [a-z ]{{1,30}})? \((?:about |some |roughly |or |nearly )?"
        rf"{_SIZE.format('other', every)}\)"
    )
    for every in ("|".join(sorted(family, key=len, reverse=True)) for family in _UNITS)
)
_ROUNDED = Fraction(1, 10)
"""How far off what is printed may be: “20 mph (30 km/h)” is rounded."""
_HALF = Fraction(1, 2)


@rule("C110", Severity.WARNING, by_file=True)
def find_wrong_conversions(reading: Reading) -> Iterator[Finding]:
    """A size does not agree with the same size in other units in brackets after it.

    Lengths, areas, weights, volumes and speeds, more than a tenth off.
    Source: Code of Practice for Statistics (2022), Q3: assured quality
    Example: “212 hectares (424 acres)”: 212 hectares are 524 acres.
    """
    for passage in (each for each in reading.prose if "(" in each.text):
        for units, pattern in zip(_UNITS, _CONVERTED, strict=True):
            for found in pattern.finditer(passage.text):
                size, said = figure_of(found["one"]), figure_of(found["other"])
                one, other = (_worth(units, found[which]) for which in ("unit_one", "unit_other"))
                right = size.worth * one / other if size else Fraction(0)
                if said and one != other and abs(right - said.worth) > max(_ROUNDED * right, said.slack or _HALF):
                    right_one = f"{print_number(right, said.decimals)} {found['unit_other']}"
                    message = f"“{found[0]}” does not agree: {found['one']} {found['unit_one']} are {right_one}."
                    where = (passage, found.start("other"), found.end("other"))
                    yield Finding(where, message, "Correct the one that is wrong.")


def _worth(units: Mapping[str, Fraction], name: str) -> Fraction:
    return next(worth for unit, worth in units.items() if re.fullmatch(unit, name))
