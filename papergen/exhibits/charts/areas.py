"""Areas: a small chart for each policing area, all on one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from papergen.data.series import Observation, Series
from papergen.data.targets import target_of
from papergen.exhibits.drawing import Drawing, Told
from papergen.exhibits.options import OneMeasure, OverTime, Request, WithTarget
from papergen.exhibits.palette import FORCE, QUIET, TARGET, TARGET_DASH, TEXT_SIZE
from papergen.exhibits.pieces.axes import (
    at_time,
    chart,
    day,
    ends_of,
    in_order,
    is_counted,
    rows_of,
    said,
    span_words,
    subject,
    time_axis,
    value_axis,
    zero_note,
)
from papergen.exhibits.pieces.by_period import period_word
from papergen.exhibits.pieces.end_labels import EndLabel, EndLabels
from papergen.exhibits.pieces.lettering import text_width
from papergen.exhibits.theme import layered, themed, width_of
from papergen.model.nodes import ChartData, Width
from papergen.values.chrome import Chrome
from papergen.values.facts import FactError
from papergen.values.periods import Period
from papergen.values.quantities import Quantity, print_number, print_quantity
from papergen.values.words import capital, lowered

COLUMNS_FULL, COLUMNS_HALF = 3, 1
HEIGHT_FULL, HEIGHT_HALF = 92, 64
GAP = 16
_MOST_LABELS = 4
_SMALL = 100


class AreasOptions(OneMeasure, OverTime, WithTarget):
    """The keys of charts by policing area."""


@dataclass(frozen=True, slots=True)
class _Area:
    """An area: its name, what is shown of it, and the average of that."""

    name: str
    series: Series
    observations: tuple[Observation, ...]
    values: tuple[Fraction, ...]
    mean: Fraction

    @property
    def last(self) -> str:
        return said(self.series, self.values[-1])

    @property
    def mean_said(self) -> str:
        """The average as it is printed: small counts with a decimal, for an area may have few a month."""
        fine = not self.series.decimals and self.mean < _SMALL and self.series.settings.of is None
        return print_number(self.mean, 1) if fine else said(self.series, self.mean)

    @property
    def target(self) -> Quantity | None:
        """The target of the last period shown, which is the same for every area."""
        return target_of(self.series, self.observations[-1].period)


def draw(options: AreasOptions, request: Request) -> Drawing:
    """Each area with the average of the months shown, and its last month."""
    areas = [_area(options, request, name) for name in _names(options, request)]
    periods = in_order(each.period for area in areas for each in area.observations)
    unit, title = areas[0].series.settings.unit, subject(request, options.measure, options.where)
    by, target = period_word(periods[-1]), areas[0].target
    last = at_time(periods[-1])
    told = "; ".join(f"{area.name} {area.last} ({area.mean_said}{_when(area, periods)})" for area in areas)
    words, told_span = request.words, span_words(periods, request.words)
    by_area = words.by.format(name=title, by=request.book.area_name)
    return Drawing(
        spec=lambda: _chart(areas, periods, words, options.width),
        title=Told(f"{words.by.format(name=f'{by_area}: {unit}', by=period_word(periods[-1], words))}, {told_span}"),
        alternative=(
            f"Line charts of {lowered(title)} in each {request.book.area_name}: {unit} by {by}, {span_words(periods)}. "
            f"{capital(last)}, with the average of all {by}s shown in brackets: {told}."
            f"{f' The target is {print_quantity(target)}.' if target else ''}"
        ),
        measures=(options.measure,),
        data=_table(areas, periods, request),
        notes=(
            Told(words.one_scale.format(by=period_word(periods[-1], words))),
            *((Told(words.long_dashes_at.format(target=print_quantity(target))),) if target else ()),
            *(() if _from_zero(areas) else zero_note((float(each) for area in areas for each in area.values), words)),
        ),
        rows=tuple(row for area in areas for row in rows_of(area.series, area.observations)),
    )


def _names(options: AreasOptions, request: Request) -> Sequence[str]:
    """The policing areas in the order of the workspace, or of the alphabet where it names none."""
    table = request.book.table(request.book.settings(options.measure).file)
    if "area" not in table.texts:
        message = f"“{options.measure}” has no data by {request.book.area_name}."
        raise FactError(message, "Its file needs a column “area”.")
    if "area" in {**request.book.settings(options.measure).where, **options.where}:
        raise FactError("A chart of all areas cannot be of one of them.", "Leave “area” out of “where”.")
    return request.book.areas or sorted(table.by_word("area"))


def _area(options: AreasOptions, request: Request, name: str) -> _Area:
    series = request.series(options.measure, {**options.where, "area": (name,)})
    starts = options.starts or series.settings.starts or series.observations[0].period
    shown = tuple(each for each in series.observations if each.period.starts >= starts.starts)
    if len(shown) < 2:
        raise FactError(
            f"“{options.measure}” has too little data from {starts.name} for {name}.", "Give an earlier “starts”."
        )
    values = tuple(map(series.number, shown))
    return _Area(name, series, shown, values, sum(values, Fraction()) / len(values))


def _when(area: _Area, periods: Sequence[Period]) -> str:
    last = area.observations[-1].period
    return "" if last == periods[-1] else f", {at_time(last)}"


def _from_zero(areas: Sequence[_Area]) -> bool:
    """Counts are shown from zero, so that a large area looks large; shares and times lie too far from it."""
    lowest = min(value for area in areas for value in area.values)
    return lowest >= 0 and areas[0].series.settings.of is None


def _chart(areas: Sequence[_Area], periods: Sequence[Period], words: Chrome, width: Width) -> Mapping[str, object]:
    columns = COLUMNS_HALF if width is Width.HALF else COLUMNS_FULL
    highest = max(value for area in areas for value in area.values)
    axis_room = text_width(said(areas[0].series, highest)) + 9
    each_width = (width_of(width) - 4 - (columns - 1) * GAP) / columns - axis_room
    panels = [
        _panel(areas, area, periods, words, each_width, width, months=columns > 1 or area is areas[-1])
        for area in areas
    ]
    datasets = {name: records for panel in panels for name, records in panel.pop("datasets").items()}
    spacing = {"row": 10 if columns == 1 else 16, "column": GAP}
    spec = themed({"concat": panels, "columns": columns, "spacing": spacing, "datasets": datasets})
    spec.pop("autosize", None)
    return spec


def _panel(
    areas: Sequence[_Area],
    area: _Area,
    periods: Sequence[Period],
    told: Chrome,
    wide: float,
    width: Width,
    *,
    months: bool,
) -> dict[str, Any]:
    height = HEIGHT_HALF if width is Width.HALF else HEIGHT_FULL
    values = [float(value) for each in areas for value in each.values]
    goal = area.target
    values += [float(goal.value)] if goal else []
    low, high = min(values), max(values)
    y = value_axis("", low, high, zero=_from_zero(areas), ticks=3, whole=is_counted(area.series))
    every = [EndLabels(_names_of(each, told), wide) for each in areas]
    count = Period(periods[0].starts, periods[-1].ends).length
    x = time_axis(
        periods,
        told,
        most_labels=min(names.most_labels(_MOST_LABELS) for names in every),
        room_after=max(names.months_after(count) for names in every),
    )
    if not months:
        x = x.axis(values=[], domain=True)
    records = [
        {"month": day(each.period.starts), "value": float(value)}
        for each, value in zip(area.observations, area.values, strict=True)
    ]
    mean = [{"month": day(end.starts), "value": float(area.mean)} for end in (periods[0], periods[-1])]
    aim = [{"month": each["month"], "value": float(goal.value)} for each in mean] if goal else []
    line = chart(aim).mark_line(color=TARGET, strokeWidth=1.2, strokeDash=list(TARGET_DASH)).encode(x=x, y=y)
    layers = [
        *([line] if aim else []),
        chart(mean).mark_line(color=QUIET, strokeWidth=1, strokeDash=[4, 3]).encode(x=x, y=y),
        chart(records).mark_line(color=FORCE, strokeWidth=1.5).encode(x=x, y=y),
        chart(records[-1:]).mark_point(color=FORCE, filled=True, size=26, opacity=1).encode(x=x, y=y),
    ]
    names = EndLabels(_names_of(area, told), wide)
    layers.extend(words.encode(x=x, y=y) for words in names.layers(day(periods[-1].starts), ends_of(y), height))
    look = {"anchor": "start", "frame": "group", "fontSize": TEXT_SIZE, "fontWeight": "bold", "offset": 4}
    return {**layered(layers, width=wide, height=height), "title": {"text": area.name, **look}}


def _names_of(area: _Area, told: Chrome) -> tuple[EndLabel, ...]:
    return (
        EndLabel(text=area.last, value=float(area.values[-1]), colour=FORCE),
        EndLabel(text=f"{lowered(told.mean)} {area.mean_said}", value=float(area.mean)),
        *((EndLabel(text=lowered(told.target), value=float(area.target.value), colour=TARGET),) if area.target else ()),
    )


def _table(areas: Sequence[_Area], periods: Sequence[Period], request: Request) -> ChartData:
    """A row a month and a column an area; blank where an area has no number."""
    numbers = {
        (area.name, each.period): said(area.series, value)
        for area in areas
        for each, value in zip(area.observations, area.values, strict=True)
    }
    return ChartData(
        columns=(capital(period_word(periods[-1], request.words)), *(area.name for area in areas)),
        rows=tuple(
            (period.name_in(request.words), *(numbers.get((area.name, period), "") for area in areas))
            for period in periods
        ),
    )
