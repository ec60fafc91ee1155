"""What is known of the letters of papergen's own font."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont

from papergen.write.font_letters import FONTS, letter_widths


@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_the_letters_and_their_widths_are_those_of_the_font(style: str) -> None:
    with TTFont(FONTS[f"papergen:font/Arimo-{style}.ttf"], lazy=True) as font:
        units, widths = font["head"].unitsPerEm, font["hmtx"].metrics
        assert letter_widths(style) == {code: widths[name][0] / units for code, name in font.getBestCmap().items()}
