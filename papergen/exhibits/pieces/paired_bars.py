"""Two bars for each of several things, such as this period beside an earlier one, or what was spent beside a budget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from papergen.exhibits.lazily import alt
from papergen.exhibits.palette import FORCE, INK, OTHERS, QUIET, TARGET, TARGET_DASH
from papergen.exhibits.pieces.axes import ChartRecord, chart, upright
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
    room = _room(pairs, labels, heading, width)
    low = min(0.0, *(min(pair.first.value, pair.second.value) for pair in pairs))
    top = largest if largest > 0 else 0.0 if low else 1.0
    placed = _placed(pairs, labels, room)
    words = [words_at_pixel(heading, room.whole, HEADING / 2 - 2, align="right", colour=QUIET), *placed.words]

    def across(value: float) -> float:
        return room.left + (room.right - room.left) * (value - low) / (top - low)

    scale = alt.Scale(domain=[low, top], range=[room.left, room.right], nice=False, zero=True)
    x = alt.X("value:Q", axis=None, scale=scale)
    # Where lines of targets could cross them, numbers stand in a column of their own.
    x_end = alt.value(room.right) if placed.goals else alt.X("end:Q" if low else "value:Q", axis=None, scale=scale)
    if placed.goals:
        told = {pair.target.words for pair in pairs if pair.target}
        name = f"{target} {told.pop()}" if len(told) == 1 else target
        middle = min(across(placed.goals[0]["value"]), room.right - text_width(name) / 2)
        words.append(words_at_pixel(name, middle, HEADING / 2 - 2, align="center", colour=TARGET))
    base, colour = chart(placed.bars), alt.Color("colour:N", scale=None, legend=None)
    layers = [upright(base.mark_bar(), x=x, x2=alt.X2Datum(0), color=colour)]
    for weight in ("normal", "bold"):
        mark = base.transform_filter(f"datum.weight == '{weight}'").mark_text(
            align="left", baseline="middle", dx=4, dy=BAR / 2, fontWeight=weight, color=INK
        )
        layers.append(mark.encode(x=x_end, y=alt.Y("top:Q", scale=None, axis=None), text=alt.Text("label:N")))
    layers.append(upright(chart(placed.edges).mark_rule(color=QUIET, strokeWidth=1), x=alt.value(across(0.0))))
    if placed.goals:
        mark = chart(placed.goals).mark_rule(color=TARGET, strokeWidth=1.5, strokeDash=list(TARGET_DASH))
        layers.append(upright(mark, x=x))
    layers.extend(lettered(words))
    return fixed(layers, room.whole, placed.height)


@dataclass(frozen=True, slots=True)
class _Room:
    """The width in pixels of the whole chart, where its bars begin and end, and whether names stand above them."""

    whole: float
    left: float
    right: float
    half: bool


def _room(pairs: Sequence[BarPair], labels: tuple[str, str], heading: str, width: Width) -> _Room:
    half = width is Width.HALF
    whole = width_of(width) - 2 * MARGIN
    name_width = 0.0 if half else min(max(text_width(pair.name) for pair in pairs), NAME_WIDTH) + 12
    label_width = max(text_width(label, bold=True) for label in labels) + 6
    numbers = [bar.words for pair in pairs for bar in (pair.first, pair.second)]
    number_width = max(text_width(number, bold=True) for number in numbers) + 6
    change_width = max(text_width(words) for words in (*(pair.end for pair in pairs), heading)) + 8
    return _Room(whole, name_width + label_width, whole - change_width - number_width, half)


@dataclass(slots=True)
class _Placed:
    """Where bars, the lines at zero and at targets, and words stand; ``height`` is that of all of them in pixels."""

    bars: list[ChartRecord] = field(default_factory=list)
    edges: list[ChartRecord] = field(default_factory=list)
    goals: list[ChartRecord] = field(default_factory=list)
    words: list[ChartRecord] = field(default_factory=list)
    height: float = 0.0


def _placed(pairs: Sequence[BarPair], labels: tuple[str, str], room: _Room) -> _Placed:
    """The pairs from above, each with its name beside it or above it."""
    placed, y, height_of_pair = _Placed(), float(HEADING), 2.0 * BAR + GAP_IN_PAIR
    for pair in pairs:
        lines = wrapped(pair.name, room.whole if room.half else NAME_WIDTH)
        height = height_of_pair
        if room.half:
            placed.words.append(words_at_pixel("\n".join(lines), 0, y + LINE_HEIGHT / 2))
            y += len(lines) * LINE_HEIGHT + 2
        else:
            height = max(height, len(lines) * LINE_HEIGHT)
            name_at = y + height / 2 - (len(lines) - 1) * LINE_HEIGHT / 2
            placed.words.append(words_at_pixel("\n".join(lines), 0, name_at))
        first = y + (height - height_of_pair) / 2
        for place, (bar, label) in enumerate(zip((pair.first, pair.second), labels, strict=True)):
            start = first + place * (BAR + GAP_IN_PAIR)
            placed.bars.append(
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
            named = words_at_pixel(label, room.left - 6, start + BAR / 2, align="right", bold=bool(place), colour=QUIET)
            placed.words.append(named)
        placed.edges.append({"top": first - 3, "bottom": first + height_of_pair + 3})
        if pair.target:
            goal = {"value": pair.target.value, "top": first - 4, "bottom": first + height_of_pair + 4}
            placed.goals.append(goal)
        placed.words.append(words_at_pixel(pair.end, room.whole, y + height / 2, align="right"))
        y += height + GAP_BETWEEN
    placed.height = y - GAP_BETWEEN + 4
    return placed
