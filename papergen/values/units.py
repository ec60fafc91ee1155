"""Units of length, area, weight, volume and speed, and how large they are beside each other."""

from __future__ import annotations

import re
from fractions import Fraction

UNITS: tuple[dict[str, Fraction], ...] = tuple(
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


def unit_of(text: str) -> tuple[int, Fraction]:
    """The family of a unit, and its size in it."""
    return next(
        (index, worth)
        for index, family in enumerate(UNITS)
        for unit, worth in family.items()
        if re.fullmatch(unit, text)
    )
