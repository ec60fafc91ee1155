"""Drawing: every chart that a paper asks for gets its picture."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from papergen import codes
from papergen.diagnostics import Diagnostic, Span
from papergen.exhibits.engine import EVERY, Copies
from papergen.exhibits.letters import misplaced
from papergen.exhibits.render import Drawn, Promised, Renderer
from papergen.model.nodes import Block, Figure, Paper, Picture
from papergen.model.walk import Within, find, rebuild
from papergen.papers.bind import Charts


def draw_charts(
    papers: Iterable[Paper], charts: Charts, renderer: Renderer, copies: Copies = EVERY
) -> Promised[tuple[Paper, ...]]:
    """Have every figure drawn that has no picture yet, as ``charts`` say, and get what waits for the papers with them.

    A picture is drawn as SVG, and in ``copies`` for the editions that need them.
    """
    papers = tuple(papers)
    asked = {found.node.at: charts[found.node.at] for found in find(papers, Figure) if found.node.picture is None}
    promised = renderer.begin(asked, copies)

    return Promised(
        lambda: with_pictures(papers, promised.wait()),
        lambda: with_pictures(papers, promised.early()),
        promised.is_ready,
    )


def with_pictures(papers: Iterable[Paper], drawn: Mapping[Span, Drawn]) -> tuple[Paper, ...]:
    """The papers with the charts that are ``drawn``, by their places, in the figures that have no picture yet."""

    def block(found: Block, _: Within) -> Block:
        if isinstance(found, Figure) and found.picture is None and found.at in drawn:
            return replace(found, picture=_picture(found.at, drawn[found.at]))
        return found

    return tuple(
        replace(paper, sections=tuple(rebuild(each, block=block) for each in paper.sections)) for paper in papers
    )


def misplaced_letters(papers: Iterable[Paper]) -> Iterator[Diagnostic]:
    """A finding for each chart in which words are cut off or lie on others."""
    for found in find(papers, Figure):
        figure = found.node
        faults = misplaced(figure.picture.vector) if figure.picture and figure.picture.vector else ()
        if faults:
            more = f", and {len(faults) - 1} more like it" if len(faults) > 1 else ""
            yield Diagnostic(
                codes.LETTERS_MISPLACED,
                figure.at,
                f"{faults[0]} in this chart{more}.",
                "Give it the whole width, or shorter names with “labels”, or fewer lines.",
            )


def _picture(at: Span, drawn: Drawn) -> Picture:
    return Picture(
        path=str(at),
        media_type="image/png",
        pixel_width=drawn.pixel_width,
        pixel_height=drawn.pixel_height,
        sha256=hashlib.sha256(drawn.svg).hexdigest(),
        data=drawn.png,
        vector=drawn.svg,
        page=drawn.pdf,
    )
