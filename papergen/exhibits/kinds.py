"""The kinds of exhibit by name: the keys each takes, and the function that makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from papergen.exhibits import control, summary
from papergen.exhibits.drawing import Drawing, Rows
from papergen.exhibits.options import Options, Request


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of exhibit: the model of its keys, and what draws it from them."""

    options: type[Options]
    make: Callable[[Any, Request], Drawing | Rows]


CHARTS: Mapping[str, Kind] = {
    "control": Kind(control.Options, control.draw),
}
TABLES: Mapping[str, Kind] = {
    "summary": Kind(summary.SummaryOptions, summary.lay_out),
}
