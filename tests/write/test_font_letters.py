"""What is known of the letters of papergen's own font, and where a paper has others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fontTools.ttLib import TTFont

from papergen.diagnostics import Span
from papergen.model.nodes import ChartData, Figure, HeadLine
from papergen.write.font_letters import FONTS, letter_widths
from papergen.write.resources import first_places
from tests.support.every_node import paper_of, picture


@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_the_letters_and_their_widths_are_those_of_the_font(style: str) -> None:
    with TTFont(FONTS[f"papergen:font/Arimo-{style}.ttf"], lazy=True) as font:
        units, widths = font["head"].unitsPerEm, font["hmtx"].metrics
        assert letter_widths(style) == {code: widths[name][0] / units for code, name in font.getBestCmap().items()}


def test_letters_that_the_font_lacks_are_told_at_what_shows_them() -> None:
    data = ChartData(columns=("漢",), rows=())
    drawn = replace(picture(9, 9), vector="<svg><text>字</text></svg>".encode())
    at = [Span("a.md", line) for line in range(1, 4)]
    blocks = (
        Figure(picture=None, alternative=(), at=at[0], data=data),
        Figure(picture=drawn, alternative=(), at=at[1]),
    )
    paper = replace(paper_of(*blocks), head=(HeadLine(label="To 人", words=(), at=at[2]),))
    assert first_places(paper, "人") == {"漢": at[0], "字": at[1], "人": at[2]}
