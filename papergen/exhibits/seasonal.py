"""Seasonal: the months of this year over the same months of earlier years, with the range of those years."""

from __future__ import annotations

from fractions import Fraction

import altair as alt
from pydantic import Field

from papergen.data.series import Series
from papergen.exhibits.drawing import Drawing
from papergen.exhibits.options import OneMeasure, Request
from papergen.exhibits.palette import FORCE, INK, LIMITS, PALE
from papergen.exhibits.parts import Record, apart, chart, rows_of, said, value_axis
from papergen.exhibits.theme import themed, width_of
from papergen.expressions import FactError
from papergen.model import ChartData, Width
from papergen.periods import MONTHS, Month, financial_year, month_of, year_starts

HEIGHT_FULL, HEIGHT_HALF = 200, 165
_ORDER = [*MONTHS[3:], *MONTHS[:3]]


class Options(OneMeasure):
    """The keys of a seasonal chart: how many earlier years the range is of."""

    years: int = Field(default=3, ge=1, le=6)


def draw(options: Options, request: Request) -> Drawing:
    """This financial year beside the range of the earlier ones."""
    series = request.series(options.measure, options.where)
    if series.last.period.length != 1:
        raise FactError(f"“{options.measure}” is not monthly, so it shows no season.", "Choose another kind.")
    numbers = {month_of(each.period.starts): series.number(each) for each in series.observations}
    start = Month(year_starts(series.last.period.ends).year, 4)
    months = [start.plus(index) for index in range(12)]
    earlier = {month: _earlier(numbers, month, options.years) for month in months}
    if any(not values for values in earlier.values()):
        raise FactError(f"“{options.measure}” has no whole year before this one.", "Choose another kind.")
    this = {month: numbers[month] for month in months if month in numbers}
    year, unit, title = financial_year(start.first_day), series.settings.unit, request.title(options.measure)
    counted = max(len(values) for values in earlier.values())
    before = "year" if counted == 1 else f"{counted} years"
    chart_of = _chart(series, this, earlier, year, options.width)
    columns = ("Month", year, "Average of earlier years", "Lowest", "Highest")
    return Drawing(
        spec=themed(chart_of),
        title=f"{title}: {unit} by month, {year} beside the {before} before",
        alternative=_alternative(series, title, this, earlier, year, before),
        measures=(options.measure,),
        data=ChartData(
            columns=columns,
            rows=tuple(
                (
                    MONTHS[month.month - 1],
                    said(series, this[month]) if month in this else "",
                    said(series, _mean(values)),
                    said(series, min(values)),
                    said(series, max(values)),
                )
                for month, values in earlier.items()
            ),
        ),
        notes=(f"The band holds the same months of the {before} before, and the thin line is their average.",),
        rows=rows_of(series, series.observations),
    )


def _earlier(numbers: dict[Month, Fraction], month: Month, years: int) -> list[Fraction]:
    return [numbers[before] for back in range(1, years + 1) if (before := month.plus(-12 * back)) in numbers]


def _mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction()) / len(values)


def _chart(
    series: Series, this: dict[Month, Fraction], earlier: dict[Month, list[Fraction]], year: str, width: Width
) -> alt.LayerChart:
    half = width is Width.HALF
    shown = [*this.values(), *(value for values in earlier.values() for value in values)]
    low, high = float(min(shown)), float(max(shown))
    band = [
        {
            "name": MONTHS[month.month - 1][:3],
            "value": float(_mean(values)),
            "low": float(min(values)),
            "high": float(max(values)),
        }
        for month, values in earlier.items()
    ]
    now = [{"name": MONTHS[month.month - 1][:3], "value": float(value)} for month, value in this.items()]
    axis = alt.Axis(labelAngle=0, labelOverlap=half)
    # Room for the names of the lines to the right of March.
    names = [*(month[:3] for month in _ORDER), *(" " * (index + 1) for index in range(3 if half else 2))]
    x = alt.X("name:N", sort=None, title=None, axis=axis, scale=alt.Scale(type="point", domain=names))
    y = value_axis(series.settings.unit, low, high, zero=False)
    lowest = value_axis(series.settings.unit, low, high, zero=False, field="low:Q")
    layers = [
        chart(band).mark_area(color=PALE, opacity=1).encode(x=x, y=lowest, y2="high:Q"),
        chart(band).mark_line(color=LIMITS, strokeWidth=1).encode(x=x, y=y),
        chart(now).mark_line(color=FORCE, strokeWidth=2.2).encode(x=x, y=y),
        chart(now).mark_point(color=FORCE, filled=True, size=26, opacity=1).encode(x=x, y=y),
    ]
    least = (high - low) * 1.16 * 12 / (HEIGHT_HALF if half else HEIGHT_FULL)
    ends = [(now[-1], year, FORCE), (band[-1], "average", INK)]
    at_end = len(now) == len(band)
    places = [float(str(end["value"])) for end, _, _ in ends]
    moved = apart(places, least=least, bottom=low) if at_end else [places[0] + least, places[1]]
    for (end, label, colour), place in zip(ends, moved, strict=True):
        record: Record = {"name": end["name"], "value": place, "label": label}
        words = chart([record]).mark_text(align="left", baseline="middle", dx=6, color=colour)
        layers.append(words.encode(x=x, y=y, text="label:N"))
    return alt.LayerChart(layer=layers).properties(width=width_of(width), height=HEIGHT_HALF if half else HEIGHT_FULL)


def _alternative(
    series: Series,
    title: str,
    this: dict[Month, Fraction],
    earlier: dict[Month, list[Fraction]],
    year: str,
    before: str,
) -> str:
    last = max(this)
    usual = earlier[last]
    under = sum(this[month] < min(earlier[month]) for month in this)
    over = sum(this[month] > max(earlier[month]) for month in this)
    inside = len(this) - under - over
    return (
        f"Line chart of {title[:1].lower()}{title[1:]} by month of {year} over the range of the {before} before: "
        f"{said(series, this[last])} in {last}, against {said(series, min(usual))} to {said(series, max(usual))} "
        f"in the same month of earlier years. Of {len(this)} months, {under} lie under that range, {inside} inside it "
        f"and {over} over it."
    )
