"""Areas: a small chart for each policing area, all on one scale."""

from __future__ import annotations

from fractions import Fraction

import altair as alt

from papergen.data.series import Observation
from papergen.exhibits.drawing import Drawing
from papergen.exhibits.options import OneMeasure, Request
from papergen.exhibits.palette import FORCE, LIMITS, TEXT_SIZE
from papergen.exhibits.parts import chart, day, rows_of, said, span_words, time_axis, value_axis
from papergen.exhibits.theme import themed, width_of
from papergen.expressions import FactError
from papergen.model import ChartData, Width

COLUMNS_FULL, COLUMNS_HALF = 3, 1
HEIGHT = 92
GAP = 18
_AXIS_ROOM = 34


class Options(OneMeasure):
    """The keys of charts by policing area."""


def draw(options: Options, request: Request) -> Drawing:
    """Each area with the average of the months shown, and its last month."""
    if "area" not in _columns(options, request):
        raise FactError(f"“{options.measure}” has no data by policing area.", "Its file needs a column “area”.")
    names = request.book.areas or tuple(sorted(_areas(options, request)))
    by_area: dict[str, list[Observation]] = {}
    series_of = {area: request.series(options.measure, {**options.where, "area": (area,)}) for area in names}
    for area, series in series_of.items():
        starts = options.starts or series.settings.starts or series.observations[0].period
        by_area[area] = [each for each in series.observations if each.period.starts >= starts.starts]
    series = next(iter(series_of.values()))
    shown = next(iter(by_area.values()))
    values = [float(series.number(each)) for observations in by_area.values() for each in observations]
    columns = COLUMNS_HALF if options.width is Width.HALF else COLUMNS_FULL
    each_width = (width_of(options.width) - (columns - 1) * GAP) // columns - _AXIS_ROOM
    panels: list[alt.LayerChart] = []
    means = {area: _mean([series.number(each) for each in observations]) for area, observations in by_area.items()}
    for area, observations in by_area.items():
        records = [{"month": day(each.period.starts), "value": float(series.number(each))} for each in observations]
        x = time_axis([each.period for each in observations], most_labels=4)
        y = value_axis("", min(values), max(values), zero=min(values) >= 0, ticks=3)
        mean = [{**record, "value": float(means[area])} for record in (records[0], records[-1])]
        last = [{**records[-1], "label": said(series, series.number(observations[-1]))}]
        layers = [
            chart(mean).mark_line(color=LIMITS, strokeWidth=1, strokeDash=[4, 3]).encode(x=x, y=y),
            chart(records).mark_line(color=FORCE, strokeWidth=1.5).encode(x=x, y=y),
            chart(last).mark_point(color=FORCE, filled=True, size=26, opacity=1).encode(x=x, y=y),
            chart(last).mark_text(color=FORCE, align="right", dy=-9).encode(x=x, y=y, text="label:N"),
        ]
        title = alt.TitleParams(area, anchor="start", fontSize=TEXT_SIZE, fontWeight="normal", offset=4)
        panels.append(alt.LayerChart(layer=layers, title=title).properties(width=each_width, height=HEIGHT))
    spec = themed(alt.ConcatChart(concat=panels, columns=columns, spacing=GAP))
    spec.pop("autosize", None)
    span, unit, name = span_words([each.period for each in shown]), series.settings.unit, request.title(options.measure)
    said_areas = "; ".join(
        f"{area} {said(series, series.number(observations[-1]))} against an average of {said(series, means[area])}"
        for area, observations in by_area.items()
    )
    return Drawing(
        spec=spec,
        title=f"{name} by policing area: {unit} by month, {span}",
        alternative=f"Line charts of {name[:1].lower()}{name[1:]} by month in each policing area, {span}. "
        f"In {shown[-1].period.name}: {said_areas}.",
        measures=(options.measure,),
        data=ChartData(
            columns=("Month", *by_area),
            rows=tuple(
                (row[0].period.name, *(said(series, series.number(each)) for each in row))
                for row in zip(*by_area.values(), strict=True)
            ),
        ),
        notes=("The broken line is the average of the months shown; all areas have the same scale.",),
        rows=tuple(row for area, each in series_of.items() for row in rows_of(each, by_area[area])),
    )


def _columns(options: Options, request: Request) -> tuple[str, ...]:
    table = request.book.tables.get(request.book.settings(options.measure).file)
    return table.texts if table is not None else ()


def _areas(options: Options, request: Request) -> set[str]:
    table = request.book.tables[request.book.settings(options.measure).file]
    return set(table.frame.get_column("area").to_list())


def _mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction()) / len(values)
