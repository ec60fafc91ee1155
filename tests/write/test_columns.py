"""What is known of a table before it is set: the letters of papergen's own font, and whether all words have room."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fontTools.ttLib import TTFont

from papergen.diagnostics import Diagnostics
from papergen.model.nodes import Alignment, HeadBand, Landscape, Table
from papergen.write.columns import surely_fits
from papergen.write.font_letters import FONTS, letter_widths
from papergen.write.pdf.writer import lay_out
from tests.support.dresses import own_dress
from tests.support.every_node import paper_of, words


@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_the_letters_and_their_widths_are_those_of_the_font(style: str) -> None:
    with TTFont(FONTS[f"papergen:font/Arimo-{style}.ttf"], lazy=True) as font:
        units, widths = font["head"].unitsPerEm, font["hmtx"].metrics
        assert letter_widths(style) == {code: widths[name][0] / units for code, name in font.getBestCmap().items()}


def table(word: str, columns: int) -> Table:
    rows = (tuple(words(word) for _ in range(columns)),) * 2
    return Table(header=rows[0], rows=rows, alignments=(Alignment.LEFT,) * columns, key=f"{word[0]}{columns}")


def widest(letter: str, columns: int, *, landscape: bool = False) -> Table:
    """The widest table of words of one letter that surely fits."""
    tables = (table(letter * count, columns) for count in range(60, 0, -1))
    return next(each for each in tables if surely_fits(each, own_dress(), landscape=landscape))


def test_what_surely_fits_does() -> None:
    upright = [widest(letter, columns) for letter, columns in (("i", 3), ("m", 5), ("W", 4), ("8", 7))]
    turned = [Landscape(blocks=(widest(letter, 9, landscape=True),)) for letter in "nM"]
    paper, found = paper_of(*upright, *turned), Diagnostics()
    assert lay_out(paper, dress=own_dress(paper.template), diagnostics=found)
    assert list(found) == []


def test_what_may_not_fit_is_not_said_to() -> None:
    dress, narrow = own_dress(), table("mm", 6)
    assert surely_fits(narrow, dress, landscape=False)
    assert not surely_fits(table("m" * 12, 6), dress, landscape=False)
    assert not surely_fits(narrow, replace(dress, letters=frozenset({65})), landscape=False)
    assert not surely_fits(narrow, replace(dress, largest=60.0), landscape=False)
    assert not surely_fits(narrow, replace(dress, beside=60.0), landscape=False)
    assert not surely_fits(replace(narrow, bands=(HeadBand(words=(), columns=6),)), dress, landscape=False)
