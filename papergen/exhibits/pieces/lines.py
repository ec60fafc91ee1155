"""Lines over time with their names at their ends: what trend, comparison and strength charts are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from papergen.exhibits.lazily import alt
from papergen.exhibits.pieces.axes import MOST_LABELS_FULL, MOST_LABELS_HALF, chart, day, ends_of, time_axis, value_axis
from papergen.exhibits.pieces.end_labels import EndLabel, EndLabels, plot_width
from papergen.exhibits.theme import layered, width_of
from papergen.model.nodes import Width
from papergen.values.chrome import Chrome
from papergen.values.periods import Period

HEIGHT_FULL, HEIGHT_HALF = 200, 165


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line: its name, its points in order, and how it is drawn.

    Lines differ in colour, in dash and in name, so that none is told by its colour alone.  ``in_steps`` draws a level
    that holds until the next point; ``dots`` marks each point; a line without a ``label`` has no name at its end.  It
    breaks at its ``gaps``.
    """

    points: tuple[tuple[Period, float], ...]
    colour: str
    label: str = ""
    dash: tuple[int, int] = (1, 0)
    stroke: float = 1.8
    in_steps: bool = False
    dots: bool = False
    gaps: tuple[Period, ...] = ()


def line_chart(
    lines: Sequence[DrawnLine], words: Chrome, *, unit: str, width: Width, whole: bool = False
) -> dict[str, Any]:
    """The lines on one pair of axes, their names beside their last points and set apart where they would touch."""
    half = width is Width.HALF
    wide, height = width_of(width), HEIGHT_HALF if half else HEIGHT_FULL
    periods = sorted({period for line in lines for period, _ in line.points}, key=lambda each: each.starts)
    values = [value for line in lines for _, value in line.points]
    y = value_axis(unit, min(values), max(values), zero=False, whole=whole)
    low, high = ends_of(y)
    labels = (EndLabel(text=line.label, value=line.points[-1][1], colour=line.colour) for line in lines if line.label)
    names = EndLabels(tuple(labels), plot_width(wide, low, high))
    months = Period(periods[0].starts, periods[-1].starts).length
    most = names.most_labels(MOST_LABELS_HALF if half else MOST_LABELS_FULL)
    x = time_axis(periods, words, most_labels=most, room_after=names.months_after(months))
    layers: list[alt.Chart] = []
    for line in lines:
        base = chart({"month": day(period.starts), "value": value} for period, value in _with_gaps(line))
        mark = base.mark_line(
            color=line.colour,
            strokeDash=list(line.dash),
            strokeWidth=line.stroke,
            interpolate="step-after" if line.in_steps else "linear",
        )
        layers.append(mark.encode(x=x, y=y))
        if line.dots:
            layers.append(base.mark_point(filled=True, size=20, color=line.colour, opacity=1).encode(x=x, y=y))
    layers += names.layers(day(periods[-1].starts), (low, high), height)
    return layered(layers, width=wide, height=height)


def _with_gaps(line: DrawnLine) -> list[tuple[Period, float | None]]:
    first, last = line.points[0][0], line.points[-1][0]
    gaps = [(gap, None) for gap in line.gaps if first.starts < gap.starts < last.starts]
    return sorted([*line.points, *gaps], key=lambda point: point[0].starts) if gaps else list(line.points)
