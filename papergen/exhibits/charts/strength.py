"""Strength: the number of posts as a level, and the people in them as lines."""

from __future__ import annotations

from dataclasses import replace

from papergen.exhibits.charts.comparison import LinesOptions, drawing_of
from papergen.exhibits.drawing import Drawing, Told
from papergen.exhibits.options import Request


class StrengthOptions(LinesOptions):
    """The keys of a strength chart; the first measure is the establishment."""


def draw(options: StrengthOptions, request: Request) -> Drawing:
    """The establishment in steps, the other measures as lines."""
    drawn = drawing_of(options, request, in_steps=options.measures[:1])
    # Posts and people differ by a few in the hundred: from zero, no line could be told from another.
    return replace(drawn, notes=(Told(request.words.axis_close_up),) if drawn.notes else ())
