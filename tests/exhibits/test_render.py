"""Drawing: what a chart looks like as PNG is what it looks like as SVG."""

from __future__ import annotations

import io
from functools import partial
from pathlib import Path

import fonts
import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from PIL import Image

from papergen.exhibits.drawing import Spec
from papergen.exhibits.engine import Copies
from papergen.exhibits.render import AskedChart, Drawn, Renderer
from papergen.store.kept import Store
from papergen.work.helpers import Helpers

pytestmark = pytest.mark.slow


def specification(text: str, weight: str) -> Spec:
    mark = {"type": "text", "fontSize": 30, "fontWeight": weight}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": 300,
        "height": 40,
        "config": {"font": "Arimo", "view": {"stroke": None}},
        "data": {"values": [{"text": text}]},
        "mark": mark,
        "encoding": {"text": {"field": "text"}},
    }


def drawn(text: str, weight: str) -> Drawn:
    return Renderer(Store(None)).draw(specification(text, weight))


def ink(chart: Drawn) -> int:
    """How much of the PNG is dark."""
    with Image.open(io.BytesIO(chart.png)) as picture:
        return sum(255 - shade for shade in picture.convert("L").tobytes())


def test_bold_words_are_bold_in_the_png_too() -> None:
    """The engine draws a variable font at its regular weight, whatever the SVG says."""
    regular, bold = drawn("Telford & Wrekin 28%", "normal"), drawn("Telford & Wrekin 28%", "bold")
    assert b'font-weight="bold"' in bold.svg
    assert ink(bold) > 1.2 * ink(regular)


def test_letters_beyond_english_are_bold_too() -> None:
    assert ink(drawn("Ŵyé – ≤ 2 Łódź Ω", "bold")) > 1.1 * ink(drawn("Ŵyé – ≤ 2 Łódź Ω", "normal"))


def test_the_fonts_are_those_that_the_tool_makes(tmp_path: Path) -> None:
    """One of charts is made again, and the letters of one of pages are those: the others come by the same way."""
    name = "Arimo-Bold.ttf"
    fonts.make_font(tmp_path / name, fonts.OF_CHARTS, name)
    kept = fonts.PACKAGE / fonts.OF_CHARTS / name
    assert (tmp_path / name).read_bytes() == kept.read_bytes()
    drawn, of_pages = shapes(kept), shapes(fonts.PACKAGE / fonts.OF_PAGES / name)
    assert {letter: of_pages[letter] for letter in drawn} == drawn
    with TTFont(fonts.variable(fonts.UPRIGHT)) as font:
        assert of_pages.keys() == font.getBestCmap().keys()
    assert {file.name for file in fonts.PACKAGE.rglob("*.ttf")} == fonts.STYLES.keys()


def shapes(file: Path) -> dict[int, object]:
    """The outline and the width of each letter of a font."""
    found: dict[int, object] = {}
    with TTFont(file) as font:
        glyphs = font.getGlyphSet()
        for letter, name in font.getBestCmap().items():
            pen = DecomposingRecordingPen(glyphs)
            glyphs[name].draw(pen)
            found[letter] = glyphs[name].width, pen.value
    return found


def test_engines_side_by_side_draw_what_one_draws() -> None:
    charts = {text: AskedChart(partial(specification, text, "bold")) for text in ("28%", "Telford", "Wrekin")}
    with Helpers(2) as helpers:
        for pixels, page in ((True, False), (False, True)):
            copies = Copies(pixels=pixels, page=page)
            alone = Renderer(Store(None)).draw_all(charts, copies)
            assert Renderer(Store(None), helpers).draw_all(charts, copies) == alone
            assert all((bool(each.png), bool(each.pdf)) == (pixels, page) for each in alone.values())
