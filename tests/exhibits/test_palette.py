"""The colours of charts: contrast with the page, and apart from one another."""

from __future__ import annotations

from itertools import combinations

import pytest

from papergen.exhibits import palette


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


MARKS = {
    "FORCE": palette.FORCE,
    "OTHERS": palette.OTHERS,
    "BETTER": palette.BETTER,
    "WORSE": palette.WORSE,
    "NEUTRAL": palette.NEUTRAL,
    "LIMITS": palette.LIMITS,
    **{f"category {index}": colour for index, colour in enumerate(palette.CATEGORIES)},
}


@pytest.mark.parametrize("name", MARKS)
def test_marks_stand_out_from_the_page(name: str) -> None:
    assert contrast(MARKS[name], palette.PAGE) >= 3


@pytest.mark.parametrize("name", ["INK", "QUIET", "FORCE"])
def test_words_can_be_read(name: str) -> None:
    assert contrast(getattr(palette, name), palette.PAGE) >= 4.5


def test_categories_differ() -> None:
    for one, other in combinations(palette.CATEGORIES, 2):
        apart = sum(abs(int(one[index : index + 2], 16) - int(other[index : index + 2], 16)) for index in (1, 3, 5))
        assert apart > 80
