"""The engine of charts: specifications become SVG, and drawings PNG."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).resolve().parent / "fonts"
"""The folder of the two fonts that charts are drawn with; ``tools/chart_fonts.py`` makes them."""
PIXEL_RATIO = 2
"""Pixels of the PNG for each CSS pixel: 192 to the inch."""


@cache
def _engine() -> Any:  # noqa: ANN401
    """The engine, with the fonts of the charts and no other: it reads every font's file whenever it draws."""
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


def svg_of(specification: str) -> bytes:
    """The chart of a Vega-Lite specification, as JSON, as SVG."""
    drawing: str = _engine().vegalite_to_svg(specification)
    return drawing.encode()


def png_of(drawing: bytes) -> bytes:
    """The PNG of an SVG drawing."""
    pixels: bytes = _engine().svg_to_png(drawing.decode(), scale=PIXEL_RATIO, ppi=72)
    return pixels


def both_of(specification: str) -> tuple[bytes, bytes]:
    """The chart of a specification as SVG and as PNG."""
    drawing = svg_of(specification)
    return drawing, png_of(drawing)


def drawing_alone(specification: str) -> tuple[bytes, bytes]:
    """The chart of a specification as SVG, and no PNG."""
    return svg_of(specification), b""
