"""Small drawings in the cells of a table: a trend line, and the mark of a rating, told apart by shape and colour."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Sequence

from PIL import Image, ImageDraw

from papergen.data.targets import Rating
from papergen.exhibits.palette import BETTER, FORCE, NEUTRAL, WORSE
from papergen.model.nodes import Graphic, Picture

_PIXELS = 4
"""Pixels of the picture for each CSS pixel: 384 to the inch."""
_FINER = 2
"""It is drawn so many times as large and made smaller, which smooths its edges."""
_LINE = (72, 16)
_MARK = 9
_EDGE = 2.5

Points = Sequence[tuple[float, float]]

_SHAPES: dict[Rating, tuple[str, Points]] = {
    Rating.MET: (BETTER, [(4.5, 0.5), (8.5, 8.5), (0.5, 8.5)]),
    Rating.NEARLY_MET: (NEUTRAL, [(4.5, 0.5), (8.5, 4.5), (4.5, 8.5), (0.5, 4.5)]),
    Rating.MISSED: (WORSE, [(0.5, 0.5), (8.5, 0.5), (4.5, 8.5)]),
}


def rating_mark(rating: Rating) -> Graphic:
    """A triangle up, a diamond or a triangle down, beside which the words of the rating stand."""
    colour, points = _SHAPES[rating]
    svg = f'<polygon points="{_path(points)}" fill="{colour}"/>'

    def draw(canvas: ImageDraw.ImageDraw, scale: int) -> None:
        canvas.polygon([(x * scale, y * scale) for x, y in points], fill=colour)

    return _graphic(svg, draw, (_MARK, _MARK), "")


def trend_line(values: Sequence[float | None], alternative: str) -> Graphic:
    """A line of the values from left to right, its last point marked; it breaks where there is None."""
    width, height = _LINE
    there = [value for value in values if value is not None]
    low, high = min(there), max(there)
    step = (width - 2 * _EDGE) / max(len(values) - 1, 1)
    room = height - 2 * _EDGE
    runs: list[list[tuple[float, float]]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            share = (value - low) / (high - low) if high > low else 0.5
            runs[-1].append((_EDGE + index * step, height - _EDGE - room * share))
    lines = [run for run in runs if len(run) > 1]
    dots = [(run[0], 1.0) for run in runs[:-1] if len(run) == 1] + [(run[-1], 2.0) for run in runs[-1:] if run]
    svg = "".join(
        [
            *(f'<polyline points="{_path(run)}" fill="none" stroke="{FORCE}" stroke-width="1.4"/>' for run in lines),
            *(f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{size:g}" fill="{FORCE}"/>' for (x, y), size in dots),
        ]
    )

    def draw(canvas: ImageDraw.ImageDraw, scale: int) -> None:
        for run in lines:
            canvas.line([(x * scale, y * scale) for x, y in run], fill=FORCE, width=round(1.4 * scale), joint="curve")
        for (x, y), size in dots:
            canvas.ellipse([(x - size) * scale, (y - size) * scale, (x + size) * scale, (y + size) * scale], fill=FORCE)

    return _graphic(svg, draw, _LINE, alternative)


def _path(points: Points) -> str:
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in points)


def _graphic(
    shapes: str, draw: Callable[[ImageDraw.ImageDraw, int], None], size: tuple[int, int], words: str
) -> Graphic:
    width, height = size
    vector = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f"{shapes}</svg>"
    ).encode()
    scale = _PIXELS * _FINER
    canvas = Image.new("RGBA", (width * scale, height * scale), "#ffffff00")
    draw(ImageDraw.Draw(canvas), scale)
    buffer = io.BytesIO()
    canvas.resize((width * _PIXELS, height * _PIXELS), Image.Resampling.LANCZOS).save(buffer, "PNG")
    picture = Picture(
        path="",
        media_type="image/png",
        pixel_width=width * _PIXELS,
        pixel_height=height * _PIXELS,
        sha256=hashlib.sha256(vector).hexdigest(),
        data=buffer.getvalue(),
        vector=vector,
    )
    return Graphic(picture=picture, said=words, width=width, height=height)
