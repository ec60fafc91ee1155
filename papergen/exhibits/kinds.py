"""The kinds of exhibit by name: the keys each takes, and the function that makes it."""

from __future__ import annotations

import sys
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
from papergen.exhibits.charts import budget as budget_chart
from papergen.exhibits.drawing import Drawing, Rows
from papergen.exhibits.options import Options, Request
from papergen.exhibits.tables import budget, cross, quarters, ranked, scorecard, summary
from papergen.values.words import capital


@dataclass(frozen=True, slots=True)
class ExhibitKind:
    """A kind of exhibit: the model of its keys, what makes it from them, and what a workspace ``said`` of its own."""

    options: type[Options]
    make: Callable[[Any, Request], Drawing | Rows]
    said: str = ""

    @property
    def says(self) -> str:
        """What it shows, in a sentence: that at the head of the module that makes it."""
        written = self.said or sys.modules[self.make.__module__].__doc__ or ""
        return capital(written.strip().partition("\n")[0].partition(": ")[2] or written.strip().partition("\n")[0])


CHARTS: Mapping[str, ExhibitKind] = {
    "control": ExhibitKind(control.ControlOptions, control.draw),
    "peers": ExhibitKind(peers.PeersOptions, peers.draw),
    "stages": ExhibitKind(stages.StagesOptions, stages.draw),
    "categories": ExhibitKind(categories.CategoriesOptions, categories.draw),
    "snapshot": ExhibitKind(snapshot.SnapshotOptions, snapshot.draw),
    "matrix": ExhibitKind(matrix.MatrixOptions, matrix.draw),
    "trend": ExhibitKind(trend.TrendOptions, trend.draw),
    "seasonal": ExhibitKind(seasonal.SeasonalOptions, seasonal.draw),
    "comparison": ExhibitKind(comparison.ComparisonOptions, comparison.draw),
    "areas": ExhibitKind(areas.AreasOptions, areas.draw),
    "strength": ExhibitKind(strength.StrengthOptions, strength.draw),
    "outcomes": ExhibitKind(outcomes.OutcomesOptions, outcomes.draw),
    "breakdown": ExhibitKind(breakdown.BreakdownOptions, breakdown.draw),
    "budget": ExhibitKind(budget_chart.BudgetChartOptions, budget_chart.draw),
}
TABLES: Mapping[str, ExhibitKind] = {
    "summary": ExhibitKind(summary.SummaryOptions, summary.lay_out),
    "quarters": ExhibitKind(quarters.QuartersOptions, quarters.lay_out),
    "cross": ExhibitKind(cross.CrossOptions, cross.lay_out),
    "ranked": ExhibitKind(ranked.RankedOptions, ranked.lay_out),
    "scorecard": ExhibitKind(scorecard.ScorecardOptions, scorecard.lay_out),
    "budget": ExhibitKind(budget.BudgetOptions, budget.lay_out),
}
BUILT_IN = (*CHARTS.values(), *TABLES.values())
