"""Lines over time with their names at their ends: what trend, comparison and strength charts are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from papergen.exhibits.lazily import alt
from papergen.exhibits.palette import SMALL_TEXT_SIZE
from papergen.exhibits.pieces.axes import (
    MOST_LABELS_FULL,
    MOST_LABELS_HALF,
    apart,
    chart,
    day,
    time_axis,
    value_axis,
    words_at,
)
from papergen.exhibits.pieces.lettering import text_width
from papergen.exhibits.theme import width_of
from papergen.model.nodes import Width
from papergen.values.periods import Period

HEIGHT_FULL, HEIGHT_HALF = 200, 165
_AXIS_ROOM = 40
_AIR = 1.16


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line: its name, its points in order, and how it is drawn.

    Lines differ in colour, in dash and in name, so that none is told by its colour alone.  ``in_steps`` draws a level
    that holds until the next point; ``dots`` marks each point; a line without a ``label`` has no name at its end.
    """

    points: tuple[tuple[Period, float], ...]
    colour: str
    label: str = ""
    dash: tuple[int, int] = (1, 0)
    stroke: float = 1.8
    in_steps: bool = False
    dots: bool = False


def line_chart(lines: Sequence[DrawnLine], *, unit: str, width: Width) -> alt.LayerChart:
    """The lines on one pair of axes, their names beside their last points and set apart where they would touch."""
    half = width is Width.HALF
    wide, height = width_of(width), HEIGHT_HALF if half else HEIGHT_FULL
    periods = sorted({period for line in lines for period, _ in line.points}, key=lambda each: each.starts)
    values = [value for line in lines for _, value in line.points]
    low, high = min(values), max(values)
    room = max((text_width(line.label) for line in lines), default=0) + 10
    months = Period(periods[0].starts, periods[-1].starts).length
    after = max(1, round(months * room / max(wide - _AXIS_ROOM - room, 60)))
    x = time_axis(periods, most_labels=MOST_LABELS_HALF if half else MOST_LABELS_FULL, room_after=after)
    y = value_axis(unit, low, high, zero=False)
    layers: list[alt.Chart] = []
    for line in lines:
        base = chart({"month": day(period.starts), "value": value} for period, value in line.points)
        mark = base.mark_line(
            color=line.colour,
            strokeDash=list(line.dash),
            strokeWidth=line.stroke,
            interpolate="step-after" if line.in_steps else "linear",
        )
        layers.append(mark.encode(x=x, y=y))
        if line.dots:
            layers.append(base.mark_point(filled=True, size=20, color=line.colour, opacity=1).encode(x=x, y=y))
    layers += _names(lines, low, high, height)
    return alt.LayerChart(layer=layers, width=wide, height=height)


def _names(lines: Sequence[DrawnLine], low: float, high: float, height: int) -> list[alt.Chart]:
    named = [line for line in lines if line.label]
    least = (high - low) * _AIR * (SMALL_TEXT_SIZE + 2) / height
    places = apart([line.points[-1][1] for line in named], least=least, bottom=low)
    return [
        words
        for line, place in zip(named, places, strict=True)
        for words in words_at(
            [{"month": day(line.points[-1][0].starts), "value": place, "label": line.label}], dx=6, colour=line.colour
        )
    ]
