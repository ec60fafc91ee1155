"""Comparison: several measures over time on one pair of axes, such as the force and the country."""

from __future__ import annotations

from papergen.exhibits.drawing import Drawing
from papergen.exhibits.lines import Line, line_chart
from papergen.exhibits.options import Request, SeveralMeasures
from papergen.exhibits.palette import CATEGORIES
from papergen.exhibits.parts import joined, rows_of, said, span_words
from papergen.exhibits.theme import themed
from papergen.expressions import FactError
from papergen.model import ChartData

DASHES = ((1, 0), (5, 3), (2, 2), (7, 2), (1, 2), (4, 1))


class Options(SeveralMeasures):
    """The keys of a comparison."""


def draw(options: Options, request: Request) -> Drawing:
    """The measures as lines, the first of them solid."""
    if len(options.measures) > len(CATEGORIES):
        raise FactError("More than six lines cannot be told apart.", "Choose fewer measures.")
    return drawing_of(options, request, in_steps=())


def drawing_of(options: SeveralMeasures, request: Request, *, in_steps: tuple[str, ...]) -> Drawing:
    """The chart of several lines; those of the measures ``in_steps`` hold their level until it changes."""
    starts = options.starts.starts if options.starts else None
    lines: list[Line] = []
    said_last: list[str] = []
    table: dict[str, list[str]] = {}
    periods = []
    series_of = {measure: request.series(measure, options.where) for measure in options.measures}
    names = {measure: options.labels.get(measure, request.title(measure)) for measure in options.measures}
    units = {series.settings.unit for series in series_of.values()}
    if len(units) > 1:
        raise FactError(f"These measures have different units: {joined(sorted(units))}.", "Choose those of one unit.")
    (unit,) = units
    for index, (measure, series) in enumerate(series_of.items()):
        shown = [each for each in series.observations if starts is None or each.period.starts >= starts]
        if len(shown) < 2:
            raise FactError(f"“{measure}” has too few observations for a line.", "Give an earlier “starts”.")
        last = said(series, series.number(shown[-1]))
        lines.append(
            Line(
                tuple((each.period, float(series.number(each))) for each in shown),
                CATEGORIES[index],
                label=f"{names[measure]} {last}",
                dash=DASHES[index],
                in_steps=measure in in_steps,
            )
        )
        first = said(series, series.number(shown[0]))
        said_last.append(f"{names[measure]} {last} in {shown[-1].period.name}, from {first} in {shown[0].period.name}")
        for each in shown:
            row = table.setdefault(each.period.name, [""] * len(series_of))
            row[index] = said(series, series.number(each))
            periods.append(each.period)
    ordered = sorted(set(periods), key=lambda each: each.starts)
    span = span_words(ordered)
    return Drawing(
        spec=themed(line_chart(lines, unit=unit, width=options.width)),
        title=f"{joined(list(names.values()))}: {unit}, {span}",
        alternative=f"Line chart, {span}: {'; '.join(said_last)}.",
        measures=options.measures,
        data=ChartData(
            columns=("Period", *names.values()),
            rows=tuple((period.name, *table[period.name]) for period in ordered),
        ),
        rows=tuple(row for series in series_of.values() for row in rows_of(series, series.observations)),
    )
