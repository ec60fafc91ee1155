"""The pictures of the sample's charts, as SVG: one font, the colours of the palette, and nothing cut off or fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from lxml import etree

from papergen.exhibits import palette
from papergen.model.nodes import Figure
from papergen.model.walk import find
from tests.support.builds import Built

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
SHAPES = {"path", "g", "text", "line", "tspan", "svg", "rect"}
COLOURS = {each for each in vars(palette).values() if isinstance(each, str) and each.startswith("#")}
DEFAULT = "#000"
"""The black of the titles of small charts, which the engine gives where a theme names no colour."""


@pytest.fixture(scope="module")
def pictures(sample: Built) -> dict[str, etree._Element]:
    """Every chart of both papers, by its place in the content."""
    drawn = ((found.node.at, found.node.drawn.vector) for found in find(sample.papers, Figure))
    return {str(at): etree.fromstring(vector) for at, vector in drawn if vector}


def texts(picture: etree._Element) -> Iterator[tuple[str, float, float]]:
    """The words of each text, and where it begins, ends or has its middle."""
    for text in picture.iter(f"{SVG}text"):
        x = y = 0.0
        for each in (text, *text.iterancestors()):
            moved = re.match(r"translate\(([-\d.e]+),\s*([-\d.e]+)\)", each.get("transform", ""))
            if moved:
                x, y = x + float(moved[1]), y + float(moved[2])
        yield "".join(str(each) for each in text.itertext()), x, y


def test_every_chart_has_its_picture(sample: Built, pictures: dict[str, etree._Element]) -> None:
    charts = [found.node for found in find(sample.papers, Figure) if found.node.data is not None]
    assert len(charts) > 40
    assert len(pictures) == len(charts)


def test_a_picture_is_as_wide_as_the_column_or_half_of_it(pictures: dict[str, etree._Element]) -> None:
    for name, picture in pictures.items():
        width, height = int(picture.get("width", "")), int(picture.get("height", ""))
        assert picture.get("viewBox") == f"0 0 {width} {height}", name
        assert any(0 <= full - width <= 1 for full in (palette.FULL_WIDTH, palette.HALF_WIDTH)), name
        assert 100 < height < 400, name


def test_it_is_drawn_with_shapes_and_letters_alone(pictures: dict[str, etree._Element]) -> None:
    for name, picture in pictures.items():
        assert {etree.QName(each).localname for each in picture.iter("*")} <= SHAPES, name
        assert not [each for each in picture.iter("*") if {"href", "style", XLINK} & set(each.attrib)], name


def test_it_has_one_font_that_can_be_read_in_print(pictures: dict[str, etree._Element]) -> None:
    for name, picture in pictures.items():
        letters = list(picture.iter(f"{SVG}text"))
        assert letters, name
        assert {each.get("font-family") for each in letters} == {palette.FONT}, name
        sizes = {float(str(each.get("font-size")).removesuffix("px")) for each in letters}
        assert sizes <= {palette.SMALL_TEXT_SIZE, palette.TEXT_SIZE}, name


def test_it_has_the_colours_of_the_palette(pictures: dict[str, etree._Element]) -> None:
    allowed = COLOURS | set(palette.CATEGORIES) | {"none", DEFAULT}
    used: set[str] = set()
    for name, picture in pictures.items():
        found = {each.get(key, "none") for each in picture.iter("*") for key in ("fill", "stroke")}
        assert found <= allowed, name
        used |= found
    assert {palette.INK, palette.FORCE, palette.GRID, palette.BETTER, palette.WORSE} <= used


def test_no_words_begin_outside_the_picture_or_lie_on_each_other(pictures: dict[str, etree._Element]) -> None:
    for name, picture in pictures.items():
        width, height = float(picture.get("width", "")), float(picture.get("height", ""))
        places = list(texts(picture))
        for words, x, y in places:
            assert 0 <= x <= width, f"{words} in {name}"
            assert 0 < y <= height, f"{words} in {name}"
        different = {(words, round(x), round(y)) for words, x, y in places if words.strip()}  # some have a white edge
        assert len({(x, y) for _, x, y in different}) == len(different), name


def test_it_has_something_drawn_beside_its_letters(pictures: dict[str, etree._Element]) -> None:
    for name, picture in pictures.items():
        marks = [
            each
            for each in picture.iter(f"{SVG}g")
            if re.match(r"mark-(line|rect|symbol|rule|area|trail) role-mark", each.get("class", ""))
            and any(shape.get("d") or shape.tag == f"{SVG}line" for shape in each)
        ]
        assert marks, name
