"""Drawing: what a chart looks like as PNG is what it looks like as SVG."""

from __future__ import annotations

import io

from PIL import Image

from papergen.exhibits.render import Drawn, Renderer


def drawn(text: str, weight: str) -> Drawn:
    mark = {"type": "text", "fontSize": 30, "fontWeight": weight}
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": 300,
        "height": 40,
        "config": {"font": "Arimo", "view": {"stroke": None}},
        "data": {"values": [{"text": text}]},
        "mark": mark,
        "encoding": {"text": {"field": "text"}},
    }
    return Renderer(None).draw(spec)


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
