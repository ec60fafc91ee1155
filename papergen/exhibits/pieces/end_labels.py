"""The names of lines at their ends, in place of a legend: set apart, broken where long, and given their room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from papergen.exhibits.lazily import alt
from papergen.exhibits.palette import QUIET, SMALL_TEXT_SIZE
from papergen.exhibits.pieces.axes import ChartRecord, chart, edge_of
from papergen.exhibits.pieces.lettering import LINE_HEIGHT, text_width, wrapped

_GAP = 6
"""From a line's end to its name, in CSS pixels."""
_EDGE = 4
_FOOT = 4
"""Between the lowest name and the axis of time, so that none stands on it."""
_BESIDE_AXIS = 14
_WIDEST = 0.42
"""The share of a chart's width that names may take up before they are broken."""
_LABEL_OF_TIME = 27
"""From one label of the axis of time to the next, in CSS pixels."""
_ROUNDS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class EndLabel:
    """The name of a line, and the value beside which it stands."""

    text: str
    value: float
    colour: str = QUIET


@dataclass(frozen=True, slots=True)
class EndLabels:
    """Names in their lines, for a plot that is ``plot`` CSS pixels wide without its axis of values."""

    labels: tuple[EndLabel, ...]
    plot: float

    @property
    def lines(self) -> tuple[tuple[str, ...], ...]:
        """Each name in lines no wider than its share of the plot, or its longest word."""
        return tuple(wrapped(label.text, self.plot * _WIDEST) for label in self.labels)

    @property
    def room(self) -> float:
        """How far the names reach beyond the last point, in CSS pixels."""
        return max((text_width(line) for lines in self.lines for line in lines), default=0.0) + _GAP + _EDGE

    def months_after(self, months: int) -> int:
        """How many more months than ``months`` the axis of time must leave free."""
        return max(1, ceil((months - 1) * self.room / max(self.plot - self.room, 20)))

    def most_labels(self, most: int) -> int:
        """How many labels the axis of time has room for, of at most ``most``."""
        return max(1, min(most, floor((self.plot - self.room) / _LABEL_OF_TIME)))

    def layers(self, at: str, ends: tuple[float, float], height: float) -> list[alt.Chart]:
        """The names after the day ``at``, in a plot ``height`` pixels high from the lower to the upper of ``ends``."""
        low, high = ends
        unit = (high - low) / height
        sizes = [len(lines) * LINE_HEIGHT for lines in self.lines]
        middles = _apart([(high - label.value) / unit for label in self.labels], sizes, height - _FOOT)
        records: list[ChartRecord] = [
            {
                "month": at,
                # A text of several lines hangs from its first one, whose middle is the place given.
                "value": high - (middle - (size - LINE_HEIGHT) / 2) * unit,
                "label": "\n".join(lines),
                "colour": label.colour,
            }
            for label, lines, size, middle in zip(self.labels, self.lines, sizes, middles, strict=True)
        ]
        return _edged(records) if records else []


def plot_width(wide: float, low: float, high: float) -> float:
    """What is left of a chart ``wide`` pixels wide beside the labels of its axis of values."""
    ends = (f"{end:,.{0 if high - low > 10 else 1}f}" for end in (low, high))
    return wide - _BESIDE_AXIS - max(map(text_width, ends))


def _edged(records: Sequence[ChartRecord]) -> list[alt.Chart]:
    """Words with a white edge behind them, so that no line of the grid crosses a letter."""
    mark = chart(records).mark_text(
        align="left",
        baseline="middle",
        dx=_GAP,
        fontSize=SMALL_TEXT_SIZE,
        lineBreak="\n",
        lineHeight=LINE_HEIGHT,
    )
    words = mark.encode(x=alt.X("month:T"), y=alt.Y("value:Q"), text=alt.Text("label:N"))
    return [edge_of(words), words.encode(color=alt.Color("colour:N", scale=None, legend=None))]


def _apart(middles: Sequence[float], sizes: Sequence[float], height: float) -> list[float]:
    """``middles`` moved as little as needs be to lie apart and within ``height``; equal ones keep their order."""
    order = sorted(range(len(middles)), key=lambda index: (middles[index], index))
    moved = [middles[index] for index in order]
    halves = [sizes[index] / 2 for index in order]
    for _ in range(_ROUNDS):
        shifted = False
        for index in range(1, len(moved)):
            push = (halves[index - 1] + halves[index] - (moved[index] - moved[index - 1])) / 2
            if push > 1e-6:
                moved[index - 1], moved[index], shifted = moved[index - 1] - push, moved[index] + push, True
        kept = [min(max(place, half), height - half) for place, half in zip(moved, halves, strict=True)]
        if kept == moved and not shifted:
            break
        moved = kept
    result = [0.0] * len(middles)
    for index, place in zip(order, moved, strict=True):
        result[index] = place
    return result
