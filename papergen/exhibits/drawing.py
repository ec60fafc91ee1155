"""What a kind of exhibit gives back: a chart with its words and data, or the rows of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from papergen.diagnostics import Span
from papergen.model.nodes import Alignment, ChartData, HeadBand, Inlines
from papergen.values.quantities import Quantity

Spec: TypeAlias = Mapping[str, Any]
"""A Vega-Lite specification as plain data."""


class Told(str):
    """Text in the words round the exhibit; other text that papergen writes of data is English."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A chart before it is drawn.

    ``spec`` makes its specification, which is asked for only when it is drawn.  ``title`` says what is shown, where
    and when; ``alternative`` says it in one or two sentences for readers who cannot see it.  ``measures`` are those
    shown, from which the line below is written with the last month of their data; ``notes`` are further sentences of
    that line, such as the method.  ``rows`` are the data files' rows that the chart rests on.
    """

    spec: Callable[[], Spec]
    title: str
    alternative: str
    measures: tuple[str, ...]
    data: ChartData
    notes: tuple[str, ...] = ()
    rows: tuple[Span, ...] = ()


def rows_behind(quantities: Iterable[Quantity]) -> tuple[Span, ...]:
    """The rows of data files that some quantities come from, each once."""
    return tuple(dict.fromkeys(row for each in quantities for row in each.origin.rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A table before it is set: its cells hold ``Value`` nodes wherever they print a number.

    ``bands`` are headings over several columns.
    """

    header: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    alignments: tuple[Alignment, ...]
    title: str
    measures: tuple[str, ...]
    notes: tuple[str, ...] = ()
    bands: tuple[HeadBand, ...] = ()
