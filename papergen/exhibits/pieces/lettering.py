"""How wide words stand in the charts' font, and where they break: names are placed before a chart is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from PIL import ImageFont

from papergen.exhibits.lazily import alt
from papergen.exhibits.palette import INK, SMALL_TEXT_SIZE
from papergen.exhibits.pieces.axes import Align, ChartRecord, chart
from papergen.exhibits.theme import layered, themed

LINE_HEIGHT = 12
"""From one line of small letters to the next, in CSS pixels."""
MARGIN = 2
"""The room left on every side of a chart whose places are in pixels."""

_MEASURED_AT = 100


def text_width(text: str, *, size: int = SMALL_TEXT_SIZE, bold: bool = False) -> float:
    """The width of ``text`` on one line, in CSS pixels."""
    return _font(700 if bold else 400).getlength(text) * size / _MEASURED_AT


def wrapped(text: str, width: float, *, bold: bool = False) -> tuple[str, ...]:
    """``text`` in lines no wider than ``width``; a single word that is wider is divided with a hyphen."""
    lines: list[str] = []
    for word in (part for whole in text.split() for part in _divided(whole, width, bold=bold)):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _divided(word: str, width: float, *, bold: bool) -> Iterator[str]:
    while len(word) > 1 and text_width(word, bold=bold) > width:
        most = (
            next((end for end in range(2, len(word)) if text_width(f"{word[:end]}-", bold=bold) > width), len(word)) - 1
        )
        yield f"{word[:most]}-"
        word = word[most:]
    yield word


def words_at_pixel(
    text: str, x: float, y: float, *, align: Align = "left", bold: bool = False, colour: str = INK
) -> ChartRecord:
    """Words at a place in pixels, for ``lettered``."""
    weight = "bold" if bold else "normal"
    return {"label": text, "x": x, "y": y, "align": align, "weight": weight, "colour": colour}


def lettered(words: Sequence[ChartRecord]) -> list[alt.Chart]:
    """Layers of words at places in pixels; a line break in them begins a new line."""
    layers: list[alt.Chart] = []
    for align, weight in dict.fromkeys((each["align"], each["weight"]) for each in words):
        chosen = [each for each in words if (each["align"], each["weight"]) == (align, weight)]
        mark = chart(chosen).mark_text(
            align=align,
            baseline="middle",
            fontWeight=weight,
            fontSize=SMALL_TEXT_SIZE,
            lineBreak="\n",
            lineHeight=LINE_HEIGHT,
        )
        layers.append(
            mark.encode(
                x=alt.X("x:Q", scale=None, axis=None),
                y=alt.Y("y:Q", scale=None, axis=None),
                text=alt.Text("label:N"),
                color=alt.Color("colour:N", scale=None, legend=None),
            )
        )
    return layers


def fixed(
    layers: Sequence[alt.Chart], width: float, height: float, *, above: float = 0, below: float = 0
) -> dict[str, Any]:
    """The specification of layers whose places are in pixels: nothing is fitted, and nothing moves.

    ``above`` and ``below`` are room for words over the chart, and for an axis under it.
    """
    spec = themed(layered(layers, width=width, height=height))
    room = {"left": MARGIN, "right": MARGIN, "top": MARGIN + above, "bottom": MARGIN + below}
    return {**spec, "autosize": {"type": "none", "contains": "content"}, "padding": room}


@cache
def _font(weight: int) -> ImageFont.FreeTypeFont:
    import fontpkg_arimo

    file = Path(fontpkg_arimo.ROOT) / "files" / "Arimo[wght].ttf"
    font = ImageFont.truetype(str(file), _MEASURED_AT, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight])
    return font
