"""The kinds of exhibit by name: the keys each takes, and the function that makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from papergen.exhibits.charts import (
    areas,
    breakdown,
    categories,
    comparison,
    control,
    matrix,
    outcomes,
    peers,
    seasonal,
    snapshot,
    stages,
    strength,
    trend,
)
from papergen.exhibits.drawing import Drawing, Rows
from papergen.exhibits.options import Options, Request
from papergen.exhibits.tables import cross, quarters, ranked, summary


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of exhibit: the model of its keys, and what draws it from them."""

    options: type[Options]
    make: Callable[[Any, Request], Drawing | Rows]


CHARTS: Mapping[str, Kind] = {
    "control": Kind(control.Options, control.draw),
    "peers": Kind(peers.Options, peers.draw),
    "stages": Kind(stages.Options, stages.draw),
    "categories": Kind(categories.Options, categories.draw),
    "snapshot": Kind(snapshot.Options, snapshot.draw),
    "matrix": Kind(matrix.Options, matrix.draw),
    "trend": Kind(trend.Options, trend.draw),
    "seasonal": Kind(seasonal.Options, seasonal.draw),
    "comparison": Kind(comparison.Options, comparison.draw),
    "areas": Kind(areas.Options, areas.draw),
    "strength": Kind(strength.Options, strength.draw),
    "outcomes": Kind(outcomes.Options, outcomes.draw),
    "breakdown": Kind(breakdown.Options, breakdown.draw),
}
TABLES: Mapping[str, Kind] = {
    "summary": Kind(summary.SummaryOptions, summary.lay_out),
    "quarters": Kind(quarters.Options, quarters.lay_out),
    "cross": Kind(cross.Options, cross.lay_out),
    "ranked": Kind(ranked.Options, ranked.lay_out),
}
