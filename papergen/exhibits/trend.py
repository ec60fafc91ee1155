"""Trend: the months of a measure as a thin line, and their rolling average or total as a strong one."""

from __future__ import annotations

from typing import Literal

from papergen.data.series import Observation, Series
from papergen.exhibits.drawing import Drawing
from papergen.exhibits.lines import Line, line_chart
from papergen.exhibits.options import OneMeasure, Request
from papergen.exhibits.palette import FORCE, OTHERS
from papergen.exhibits.parts import rows_of, said, span_words
from papergen.exhibits.theme import themed
from papergen.expressions import FactError
from papergen.model import ChartData
from papergen.periods import Period
from papergen.quantities import Quantity
from papergen.workspace.measures import Combine


class Options(OneMeasure):
    """The keys of a trend: over how many months it is put together."""

    rolling: Literal[3, 6, 12] = 12


def draw(options: Options, request: Request) -> Drawing:
    """The trend of a measure, or of a part of it."""
    series = request.series(options.measure, options.where)
    if series.last.period.length != 1:
        raise FactError(f"“{options.measure}” is not monthly, so it has no rolling average.", "Choose another kind.")
    starts = options.starts or series.settings.starts or series.observations[0].period
    shown = [each for each in series.observations if each.period.starts >= starts.starts]
    rolled = [(each.period, _rolling(series, each, options.rolling)) for each in shown]
    rolling = [(period, value) for period, value in rolled if value is not None]
    if len(rolling) < 2:
        raise FactError(f"“{options.measure}” has too few months for a rolling average.", "Give a shorter “rolling”.")
    title, unit, last = request.title(options.measure), series.settings.unit, rolling[-1]
    name = f"{options.rolling}-month average"
    lines = [
        Line(tuple((each.period, float(series.number(each))) for each in shown), OTHERS, stroke=1, dots=True),
        Line(
            tuple((period, float(value.value)) for period, value in rolling),
            FORCE,
            label=f"average {said(series, last[1].value)}",
            stroke=2.4,
        ),
    ]
    by_period = dict(rolling)
    first = rolling[0]
    direction = "up from" if last[1].value > first[1].value else "down from" if last[1].value < first[1].value else "as"
    return Drawing(
        spec=themed(line_chart(lines, unit=unit, width=options.width)),
        title=f"{title}: {unit} by month, with the {name}, {span_words([each.period for each in shown])}",
        alternative=(
            f"Line chart of {title[:1].lower()}{title[1:]} by month with the {name}: "
            f"{said(series, series.number(shown[-1]))} in {shown[-1].period.name}, and an average of "
            f"{said(series, last[1].value)} over the {options.rolling} months to then, {direction} "
            f"{said(series, first[1].value)} in the {options.rolling} months to {first[0].name}."
        ),
        measures=(options.measure,),
        data=ChartData(
            columns=("Month", unit[:1].upper() + unit[1:], name.capitalize()),
            rows=tuple(
                (
                    each.period.name,
                    said(series, series.number(each)),
                    said(series, by_period[each.period].value) if each.period in by_period else "",
                )
                for each in shown
            ),
        ),
        notes=(f"The strong line is the average of the {options.rolling} months up to each month.",),
        rows=rows_of(series, series.observations),
    )


def _rolling(series: Series, at: Observation, months: int) -> Quantity | None:
    """A month's worth of the months up to ``at``, or None where the data do not reach back so far."""
    period = Period(at.period.back(months - 1).starts, at.period.ends)
    if period.starts < series.observations[0].period.starts:
        return None
    total = series.over(period)
    summed = series.settings.of is None and series.settings.combine is Combine.SUM
    return total.with_value(total.value / months) if summed else total
