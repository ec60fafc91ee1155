"""Drawing: every chart that a paper asks for gets its picture."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from papergen.diagnostics import Span
from papergen.exhibits.render import Renderer
from papergen.model.nodes import Block, Figure, Paper, Picture
from papergen.model.walk import rebuild
from papergen.papers.bind import Charts


def draw_charts(
    papers: Iterable[Paper], charts: Charts, renderer: Renderer, *, as_pixels: bool = True
) -> tuple[Paper, ...]:
    """The papers with a picture in every figure that had none, from the specifications in ``charts``.

    A picture is drawn as SVG, and ``as_pixels`` for the formats that need it, as PNG too.
    """

    def block(found: Block, _: int) -> Block:
        if isinstance(found, Figure) and found.picture is None:
            return replace(found, picture=_picture(found.at, charts, renderer, as_pixels=as_pixels))
        return found

    return tuple(
        replace(paper, sections=tuple(rebuild(each, block=block) for each in paper.sections)) for paper in papers
    )


def _picture(at: Span, charts: Charts, renderer: Renderer, *, as_pixels: bool) -> Picture:
    drawn = renderer.draw(charts[at](), as_pixels=as_pixels)
    return Picture(
        path=str(at),
        media_type="image/png",
        pixel_width=drawn.pixel_width,
        pixel_height=drawn.pixel_height,
        sha256=hashlib.sha256(drawn.svg).hexdigest(),
        data=drawn.png,
        vector=drawn.svg,
    )
