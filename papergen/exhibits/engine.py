"""The engine of charts: specifications become SVG, and drawings PNG and PDF."""

from __future__ import annotations

import errno
import re
import resource
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).resolve().parent / "fonts"
"""The folder of the two fonts that charts are drawn with; ``tools/fonts.py`` makes them."""
PIXEL_RATIO = 2
"""Pixels of the PNG for each CSS pixel: 192 to the inch."""

_ADDRESSES = 80 * 2**30
"""Bytes of addresses that the engine's JavaScript reserves; of memory it uses a few hundred million."""
_FONT = re.compile(rb"/BaseFont\s*/(?:[A-Z]{6}\+)?([^\s/<>\[\]()]+)")
_OURS = frozenset({b"Arimo-Regular", b"Arimo-Bold"})


@cache
def _engine() -> Any:  # noqa: ANN401
    """The engine, with the fonts of the charts and no other: it reads every font's file whenever it draws.

    ``OSError`` (ENOMEM) where it would end this process, since it may not reserve the addresses that it begins with.
    """
    allowed, _ = resource.getrlimit(resource.RLIMIT_AS)
    if allowed != resource.RLIM_INFINITY and allowed < _ADDRESSES:
        shown = f"{allowed / 2**30:,.1f} GB"
        raise OSError(errno.ENOMEM, f"the engine of charts cannot start where “ulimit -v” allows {shown} of addresses")
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


@dataclass(frozen=True, slots=True)
class Copies:
    """What a chart is drawn as besides SVG: as ``pixels`` of a PNG, and as the ``page`` of a PDF."""

    pixels: bool = True
    page: bool = True


EVERY = Copies()
TO_COME = b"%"


@dataclass(frozen=True, slots=True)
class Pictures:
    """A chart as SVG, and as PNG and PDF where they were asked for and the engine can draw them.

    A PDF that is still to come is ``TO_COME``.
    """

    svg: bytes
    png: bytes
    pdf: bytes


def begin() -> None:
    """Start the engine, which takes as long as drawing ten charts; where it cannot, drawing the first one tells why."""
    with suppress(OSError):
        _engine().vegalite_to_svg('{"data": {"values": [{}]}, "mark": "point"}')


def draw(specification: str) -> str:
    """The chart of a Vega-Lite specification, as JSON, as SVG."""
    drawing: str = _engine().vegalite_to_svg(specification)
    return drawing


def draw_copies(drawing: str, copies: Copies) -> Pictures:
    """A drawing with its ``copies``."""
    pixels: bytes = _engine().svg_to_png(drawing, scale=PIXEL_RATIO, ppi=72) if copies.pixels else b""
    return Pictures(drawing.encode(), pixels, _page_of(drawing) if copies.page else b"")


def _page_of(drawing: str) -> bytes:
    """A drawing as the page of a PDF; nothing where its words are not in the fonts of the charts as they should be."""
    page: bytes = _engine().svg_to_pdf(drawing)
    return page if {*_FONT.findall(page)} <= _OURS and 'font-style="italic"' not in drawing else b""
