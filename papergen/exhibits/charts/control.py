"""Control chart: a measure between its control limits, with special cause marked by shape and by colour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from typing import Any

from papergen.data.analysis import Analysis, analyse
from papergen.data.control_limits import Assurance, Point, SpecialCause, Verdict
from papergen.data.outlook import Outlook, outlook
from papergen.data.series import Series
from papergen.data.targets import target_of
from papergen.exhibits.drawing import Drawing, Told
from papergen.exhibits.lazily import alt
from papergen.exhibits.options import OneMeasure, OverTime, Request, WithTarget
from papergen.exhibits.palette import BETTER, FORCE, INK, LIMITS, NEUTRAL, PALE, QUIET, TARGET, TARGET_DASH, WORSE
from papergen.exhibits.pieces.axes import (
    MOST_LABELS_FULL,
    MOST_LABELS_HALF,
    ChartRecord,
    chart,
    day,
    ends_of,
    gaps_of,
    is_counted,
    rows_of,
    said,
    span_words,
    telling_apart,
    time_axis,
    value_axis,
    when,
    words_at,
)
from papergen.exhibits.pieces.by_column import narrowed_title
from papergen.exhibits.pieces.by_period import part_of_year, period_word
from papergen.exhibits.pieces.end_labels import EndLabel, EndLabels, plot_width
from papergen.exhibits.theme import layered, themed, width_of
from papergen.model.nodes import ChartData, Width
from papergen.values.chrome import Chrome, chrome
from papergen.values.facts import FactError
from papergen.values.periods import Period, month_of, months_period
from papergen.values.quantities import print_number
from papergen.values.words import joined, lowered

HEIGHT_FULL, HEIGHT_HALF = 220, 170
MOST_NAMED = 3
"""Decimals more than usual that are tried, so that no number outside its limits prints as one of them."""
CAUSES = list(SpecialCause)
_COLOURS = {Verdict.IMPROVEMENT: BETTER, Verdict.CONCERN: WORSE, Verdict.NEUTRAL: NEUTRAL, Verdict.COMMON: FORCE}


class ControlOptions(OneMeasure, OverTime, WithTarget):
    """The keys of a control chart: ``projection`` draws what the rest of the year is expected to average."""

    projection: bool = False


@dataclass(frozen=True, slots=True)
class _Shown:
    """A point in the unit of the measure.

    The limits of a seasonal measure are limits on a ratio; times the usual value of the month they are limits on it.
    """

    period: Period
    value: Fraction
    mean: float
    lower: float
    upper: float
    point: Point
    target: float | None = None


@dataclass(frozen=True, slots=True)
class _Ahead:
    """The rest of the year: the months still to come, and what each must average for the year to end as expected."""

    months: Period
    low: float
    high: float


def draw(options: ControlOptions, request: Request) -> Drawing:
    """The control chart of a measure, or of a part of it."""
    series = request.series(options.measure, options.where)
    analysis = analyse(series)
    starts = options.starts.starts if options.starts else analysis.observations[0].period.starts
    shown = [each for each in _points(analysis) if each.period.starts >= starts]
    if not shown:
        raise FactError(f"“{options.measure}” has no data from {starts} on.", "Give an earlier “starts”.")
    unit = series.settings.unit
    found = _outlook(options, request) if options.projection else None
    ahead = _ahead(found, analysis) if found else None
    words, name = request.words, narrowed_title(request.title(options.measure), options.where)
    by = period_word(shown[-1].period, words)
    title = words.by.format(name=f"{name}: {unit}", by=by)
    notes, expected = [_method(analysis, shown), _assured(analysis, shown, words)], ""
    if found:
        expected = f" Expected in {found.year.name}: {_total(found, series)}."
        notes.append(_projection(found, ahead, analysis))
    has_target = any(each.target is not None for each in shown)
    columns = (
        *(by.capitalize(), unit.capitalize(), words.mean, words.lower_limit, words.upper_limit),
        *([words.target] if has_target else []),
        words.special_cause,
    )
    rows = tuple(
        (
            each.period.name_in(words),
            said(series, each.value),
            print_number(Fraction(each.mean), 1),
            print_number(Fraction(each.lower), 1),
            print_number(Fraction(each.upper), 1),
            *([_target_said(series, each)] if has_target else []),
            "" if (special := each.point.special) is SpecialCause.NONE else words.special_causes[CAUSES.index(special)],
        )
        for each in shown
    )
    return Drawing(
        spec=lambda: themed(_chart(analysis, shown, ahead, words, options.width)),
        title=Told(f"{title}, {span_words([each.period for each in shown], words)}"),
        alternative=f"{_alternative(name, analysis, shown)}{expected} {_assured(analysis, shown, chrome())}".rstrip(),
        measures=(options.measure,),
        data=ChartData(columns=columns, rows=rows),
        notes=tuple(note for note in notes if note),
        rows=rows_of(series, analysis.observations),
    )


def _target_said(series: Series, each: _Shown) -> str:
    return "" if each.target is None else said(series, Fraction(each.target))


def _assured(analysis: Analysis, shown: list[_Shown], told: Chrome) -> str:
    """Whether the target can be relied on to be met: "Target 90%: within these limits it consistently meets …"."""
    last, assurance = shown[-1], analysis.chart.assurance
    if last.target is None or assurance is None:
        return ""
    words = told.assurances[list(Assurance).index(assurance)]
    return Told(told.assured.format(target=_target_said(analysis.series, last), assurance=words))


def _points(analysis: Analysis) -> Iterator[_Shown]:
    stops_at_zero = all(each.value >= 0 for each in analysis.observations)
    for observation, point in zip(analysis.observations, analysis.chart.points, strict=True):
        value = analysis.series.number(observation)
        usual = float(value) / point.value if analysis.seasonal and point.value else 1.0
        lower = point.lower * usual
        yield _Shown(
            observation.period,
            value,
            point.mean * usual,
            max(lower, 0.0) if stops_at_zero else lower,
            point.upper * usual,
            point,
            None if (target := target_of(analysis.series, observation.period)) is None else float(target.value),
        )


def _outlook(options: ControlOptions, request: Request) -> Outlook:
    if options.where:
        raise FactError(
            f"The projection of “{options.measure}” is of the whole measure, and this chart is of a part of it.",
            "Leave “where” out, or write “projection: false”.",
        )
    return outlook(request.book, options.measure)


def _ahead(found: Outlook, analysis: Analysis) -> _Ahead | None:
    """The rest of the year, or None when no month of it is left."""
    series, last = analysis.series, analysis.observations[-1].period
    if last.ends >= found.year.ends:
        return None
    months = Period(last.ends + timedelta(days=1), found.year.ends)
    so_far = series.over(Period(found.year.starts, last.ends)).value
    low, high = ((end - so_far) * last.length / months.length for end in (found.low, found.high))
    return _Ahead(months, max(float(low), 0.0), max(float(high), 0.0))


def _chart(analysis: Analysis, shown: list[_Shown], ahead: _Ahead | None, told: Chrome, width: Width) -> dict[str, Any]:
    half, series = width is Width.HALF, analysis.series
    height = HEIGHT_HALF if half else HEIGHT_FULL
    records = list(_records(analysis, shown))
    targets = [each.target for each in shown if each.target is not None]
    low = min([*(min(each.lower, float(each.value)) for each in shown), *targets, *([ahead.low] if ahead else [])])
    high = max([*(max(each.upper, float(each.value)) for each in shown), *targets, *([ahead.high] if ahead else [])])
    axis_of = partial(value_axis, series.settings.unit, low, high, zero=False, whole=is_counted(series))
    y = axis_of()
    names = EndLabels(tuple(_end_labels(analysis, shown, ahead, told)), plot_width(width_of(width), *ends_of(y)))
    periods = [each.period for each in shown]
    if ahead:
        last = month_of(ahead.months.ends)
        periods.append(months_period(last, last))
    months = Period(periods[0].starts, periods[-1].ends).length
    x = time_axis(
        periods,
        told,
        most_labels=names.most_labels(MOST_LABELS_HALF if half else MOST_LABELS_FULL),
        room_after=names.months_after(months) + (1 if ahead else 0),
    )
    base = chart(records)
    layers: list[alt.Chart] = []
    if ahead:
        begins, ends = _edges(ahead.months)
        band = chart([{"month": day(begins), "end": day(ends), "low": ahead.low, "high": ahead.high}])
        mark = band.mark_rect(color=PALE, stroke=QUIET, strokeWidth=0.8, strokeDash=[2, 2])
        layers.append(mark.encode(x=x, x2=alt.X2("end:T"), y=axis_of(field="low:Q"), y2=alt.Y2("high:Q")))
        if not half:
            named = {"month": day(ends), "value": ahead.high, "label": told.expected}
            layers.extend(words_at([named], dx=0, dy=-8, align="right"))
    # A line for each group, so that a step change breaks it.
    for field, dash in (("mean", [1, 0]), ("lower", [4, 3]), ("upper", [4, 3])):
        line = base.mark_line(strokeDash=dash, color=INK if field == "mean" else LIMITS, strokeWidth=1)
        layers.append(line.encode(x=x, y=axis_of(field=f"{field}:Q"), detail=alt.Detail("group:N")))
    if targets:
        line = base.mark_line(strokeDash=list(TARGET_DASH), color=TARGET, strokeWidth=1.4, interpolate="step-after")
        layers.append(line.encode(x=x, y=axis_of(field="target:Q")))
    layers.append(base.mark_line(color=FORCE).encode(x=x, y=y))
    common = base.transform_filter("datum.shape == 'circle'")
    layers.append(common.mark_point(filled=True, size=18, color=FORCE, opacity=1).encode(x=x, y=y))
    special = base.transform_filter("datum.shape != 'circle'")
    shape, colour = alt.Shape("shape:N", scale=None), alt.Color("colour:N", scale=None)
    layers.append(special.mark_point(filled=True, size=85, opacity=1).encode(x=x, y=y, shape=shape, color=colour))
    after = _edges(ahead.months)[1] if ahead else shown[-1].period.starts
    layers.extend(names.layers(day(after), ends_of(y), height))
    layers.extend(_step_marks(analysis, shown, high))
    return layered(layers, width=width_of(width), height=height)


def _records(analysis: Analysis, shown: list[_Shown]) -> Iterator[ChartRecord]:
    """The points, with one that has no value where a number is held back, so that the line breaks."""
    gaps = list(gaps_of(analysis.series))
    before: _Shown | None = None
    for each in shown:
        while gaps and gaps[0].starts < each.period.starts:
            if before is not None and gaps[0].starts > before.period.starts:
                yield {**_record(before), "month": day(gaps[0].starts), "value": None, "shape": "circle"}
            gaps.pop(0)
        yield _record(each)
        before = each


def _record(each: _Shown) -> ChartRecord:
    special = each.point.special
    return {
        "month": day(each.period.starts),
        "value": float(each.value),
        "mean": each.mean,
        "lower": each.lower,
        "upper": each.upper,
        **({} if each.target is None else {"target": each.target}),
        "group": each.point.group,
        "shape": "triangle-up" if special.is_high else "triangle-down" if special.is_low else "circle",
        "colour": _COLOURS[each.point.verdict],
    }


def _edges(months: Period) -> tuple[date, date]:
    """Where the band of some months begins and ends: half a month beside the first and the last of them."""
    half = timedelta(days=15)
    return months.starts - half, month_of(months.ends).first_day + half


def _end_labels(analysis: Analysis, shown: list[_Shown], ahead: _Ahead | None, told: Chrome) -> Iterator[EndLabel]:
    """The names of the lines after their last point, or the band behind it."""
    last, series = shown[-1], analysis.series
    yield EndLabel(text=f"{told.upper} {said(series, Fraction(last.upper))}", value=last.upper)
    usual = lowered(told.usual if analysis.seasonal else told.mean)
    yield EndLabel(text=f"{usual} {said(series, Fraction(last.mean))}", value=last.mean)
    yield EndLabel(text=f"{told.lower} {said(series, Fraction(last.lower))}", value=last.lower)
    month = f"{part_of_year(last.period, told)}: " if ahead else ""
    yield EndLabel(text=month + said(series, last.value), value=float(last.value))
    if last.target is not None:
        yield EndLabel(text=f"{lowered(told.target)} {_target_said(series, last)}", value=last.target)


def _step_marks(analysis: Analysis, shown: list[_Shown], high: float) -> Iterator[alt.Chart]:
    """An upright line where a step change begins, with a letter that the note below explains."""
    begins = {each.period.starts for each in shown[1:]}
    marks = [
        {"month": day(step.starts.starts), "value": high, "label": chr(ord("A") + index)}
        for index, step in enumerate(analysis.series.settings.steps)
        if step.starts.starts in begins
    ]
    if marks:
        yield chart(marks).mark_rule(color=QUIET, strokeDash=[1, 2], strokeWidth=1).encode(x=alt.X("month:T"))
        yield from words_at(marks, dx=3, dy=-4, colour=INK)


def _method(analysis: Analysis, shown: list[_Shown]) -> str:
    """How the chart is to be read, and the reasons for its step changes."""
    parts: list[str] = []
    if analysis.seasonal:
        parts.append("Limits follow the season: each month is judged against the same month of earlier years.")
    if analysis.rare:
        parts.append("With so few, what is judged is how close together and how far apart they come.")
    begins = {each.period.starts for each in shown[1:]}
    for index, step in enumerate(analysis.series.settings.steps):
        if step.starts.starts in begins:
            parts.append(f"{chr(ord('A') + index)}: step change in {step.starts.name} ({step.reason}).")
    if any(each.point.special is not SpecialCause.NONE for each in shown):
        parts.append("Triangles mark special cause, pointing up where values are high or rising and down where low.")
    if analysis.chart.groups[-1].constant:
        parts.append("Nothing varies at the present level, so its limits fall together with the mean.")
    if analysis.chart.groups[-1].short:
        parts.append("The present level has fewer than 13 points, so its limits are provisional.")
    return " ".join(parts)


def _total(found: Outlook, series: Series) -> str:
    low, high = said(series, found.low), said(series, found.high)
    return low if low == high else f"{low} to {high}"


def _projection(found: Outlook, ahead: _Ahead | None, analysis: Analysis) -> str:
    expected = f"Expected in {found.year.name}: {_total(found, analysis.series)} ({found.basis})"
    if ahead is None:
        return f"{expected}."
    return f"{expected}; the band is what {_periods(ahead, analysis)} left would then average."


def _periods(ahead: _Ahead, analysis: Analysis) -> str:
    length = analysis.observations[-1].period.length
    word = "quarter" if length == 3 else "month"
    count = ahead.months.length // length
    return f"the {word}" if count == 1 else f"each of the {count} {word}s"


def _finer(series: Series, last: _Shown, ends: tuple[Fraction, Fraction]) -> int:
    """How many more decimals than usual tell apart lowest and highest, the limits, and a last value outside them."""
    outside = [(last.value, limit) for limit in (last.lower, last.upper) if not last.lower <= last.value <= last.upper]
    return telling_apart(series, ends, (last.lower, last.upper), *outside)


def _alternative(name: str, analysis: Analysis, shown: list[_Shown]) -> str:
    """What is shown, the latest value against the average and limits, what is special, the highest and lowest."""
    series, last = analysis.series, shown[-1]
    points = [(each.period, each.value) for each in shown]
    lowest, highest = min(value for _, value in points), max(value for _, value in points)
    usual = "what is usual for the month" if analysis.seasonal else "an average of"
    finer = _finer(series, last, (lowest, highest))
    average = "" if analysis.seasonal else f" {said(series, Fraction(last.mean), finer=finer)}"
    first = (
        f"Control chart of {name} ({series.settings.unit}),"
        f" {span_words([each.period for each in shown])}:"
        f" {said(series, last.value, finer=finer)} in {last.period.name}, against {usual}{average}"
        f" and limits of {said(series, Fraction(last.lower), finer=finer)}"
        f" to {said(series, Fraction(last.upper), finer=finer)}."
    )
    special = [each for each in shown if each.point.special is not SpecialCause.NONE]
    year = [each for each in special if month_of(each.period.ends) > month_of(last.period.ends).plus(-12)]
    if year:
        named = joined(
            [
                *(f"{each.period.name} ({each.point.special.value})" for each in year[-MOST_NAMED:]),
                *([f"{len(year) - MOST_NAMED} earlier"] if len(year) > MOST_NAMED else []),
            ]
        )
        second = f"Special cause in the last twelve months: {named}"
    elif special:
        second = f"No special cause in the last twelve months; the last was {special[-1].period.name}"
    else:
        second = "No special cause"
    if lowest == highest:
        ends = f"{said(series, highest)} at every point"
    else:
        ends = (
            f"highest {said(series, highest, finer=finer)} in {when(points, highest)},"
            f" lowest {said(series, lowest, finer=finer)} in {when(points, lowest)}"
        )
    return f"{first} {second}; {ends}."
