"""Two bars for each of several things, such as this period beside an earlier one, or what was spent beside a budget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from papergen.exhibits.lazily import alt
from papergen.exhibits.palette import FORCE, INK, OTHERS, QUIET, TARGET, TARGET_DASH
from papergen.exhibits.pieces.axes import ChartRecord, chart
from papergen.exhibits.pieces.lettering import LINE_HEIGHT, MARGIN, fixed, lettered, text_width, words_at_pixel, wrapped
from papergen.exhibits.theme import width_of
from papergen.model.nodes import Width

BAR = 11
GAP_IN_PAIR = 2
GAP_BETWEEN = 11
HEADING = 16
NAME_WIDTH = 170
"""How wide the names may be beside the bars of a chart of full width; longer ones break."""


@dataclass(frozen=True, slots=True)
class Bar:
    """How long a bar is, and the number that stands at its end."""

    value: float
    words: str


@dataclass(frozen=True, slots=True)
class BarPair:
    """A name with its two bars, and the words at the right edge: how far the second is from the first.

    ``target`` is a line across both; its name stands above the first, with its number where all have the same.
    """

    name: str
    first: Bar
    second: Bar
    end: str
    target: Bar | None = None


def paired_bars(
    pairs: Sequence[BarPair], labels: tuple[str, str], *, width: Width, largest: float, heading: str, target: str = ""
) -> dict[str, Any]:
    """Two bars for each pair, the first above; every bar has its label before it and its number after it.

    The axis goes from zero, or the least number below it, to ``largest``; ``heading`` stands above the words at the
    right edge, and ``target`` names the lines of targets.
    """
    half = width is Width.HALF
    whole = width_of(width) - 2 * MARGIN
    name_width = 0.0 if half else min(max(text_width(pair.name) for pair in pairs), NAME_WIDTH) + 12
    label_width = max(text_width(label, bold=True) for label in labels) + 6
    numbers = [bar.words for pair in pairs for bar in (pair.first, pair.second)]
    number_width = max(text_width(number, bold=True) for number in numbers) + 6
    change_width = max(text_width(words) for words in (*(pair.end for pair in pairs), heading)) + 8
    left = name_width + label_width
    right = whole - change_width - number_width
    low = min(0.0, *(min(pair.first.value, pair.second.value) for pair in pairs))
    top = largest if largest > 0 else 0.0 if low else 1.0

    height_of_pair = 2.0 * BAR + GAP_IN_PAIR
    bars: list[ChartRecord] = []
    edges: list[ChartRecord] = []
    goals: list[ChartRecord] = []
    words: list[ChartRecord] = [words_at_pixel(heading, whole, HEADING / 2 - 2, align="right", colour=QUIET)]
    y = float(HEADING)
    for pair in pairs:
        lines = wrapped(pair.name, whole if half else NAME_WIDTH)
        height = height_of_pair
        if half:
            words.append(words_at_pixel("\n".join(lines), 0, y + LINE_HEIGHT / 2))
            y += len(lines) * LINE_HEIGHT + 2
        else:
            height = max(height, len(lines) * LINE_HEIGHT)
            words.append(words_at_pixel("\n".join(lines), 0, y + height / 2 - (len(lines) - 1) * LINE_HEIGHT / 2))
        first = y + (height - height_of_pair) / 2
        for place, (bar, label) in enumerate(zip((pair.first, pair.second), labels, strict=True)):
            start = first + place * (BAR + GAP_IN_PAIR)
            bars.append(
                {
                    "name": pair.name,
                    "period": label,
                    "value": bar.value,
                    "end": max(bar.value, 0.0),
                    "label": bar.words,
                    "top": start,
                    "bottom": start + BAR,
                    "colour": FORCE if place else OTHERS,
                    "weight": "bold" if place else "normal",
                }
            )
            words.append(
                words_at_pixel(label, left - 6, start + BAR / 2, align="right", bold=bool(place), colour=QUIET)
            )
        edges.append({"top": first - 3, "bottom": first + height_of_pair + 3})
        if pair.target:
            goals.append({"value": pair.target.value, "top": first - 4, "bottom": first + height_of_pair + 4})
        words.append(words_at_pixel(pair.end, whole, y + height / 2, align="right"))
        y += height + GAP_BETWEEN
    whole_height = y - GAP_BETWEEN + 4

    scale = alt.Scale(domain=[low, top], range=[left, right], nice=False, zero=True)
    x = alt.X("value:Q", axis=None, scale=scale)
    # Where lines of targets could cross them, numbers stand in a column of their own.
    x_end = alt.value(right) if goals else alt.X("end:Q" if low else "value:Q", axis=None, scale=scale)
    if goals:
        told = {pair.target.words for pair in pairs if pair.target}
        name = f"{target} {told.pop()}" if len(told) == 1 else target
        middle = left + (right - left) * (goals[0]["value"] - low) / (top - low)
        middle = min(middle, right - text_width(name) / 2)
        words.append(words_at_pixel(name, middle, HEADING / 2 - 2, align="center", colour=TARGET))
    zero = left + (right - left) * -low / (top - low)
    at = alt.Y("top:Q", scale=None, axis=None)
    base = chart(bars)
    drawn = base.mark_bar().encode(
        x=x, x2=alt.X2Datum(0), y=at, y2=alt.Y2("bottom:Q"), color=alt.Color("colour:N", scale=None, legend=None)
    )
    layers: list[alt.Chart] = [drawn]
    for weight in ("normal", "bold"):
        mark = base.transform_filter(f"datum.weight == '{weight}'").mark_text(
            align="left", baseline="middle", dx=4, dy=BAR / 2, fontWeight=weight, color=INK
        )
        layers.append(mark.encode(x=x_end, y=at, text=alt.Text("label:N")))
    layers.append(
        chart(edges).mark_rule(color=QUIET, strokeWidth=1).encode(x=alt.value(zero), y=at, y2=alt.Y2("bottom:Q"))
    )
    if goals:
        mark = chart(goals).mark_rule(color=TARGET, strokeWidth=1.5, strokeDash=list(TARGET_DASH))
        layers.append(mark.encode(x=x, y=at, y2=alt.Y2("bottom:Q")))
    layers.extend(lettered(words))
    return fixed(layers, whole, whole_height)
