"""Trend: the months (or quarters, halves) of a measure as a thin line, and their rolling average as a strong one."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from papergen.data.series import Observation, Series
from papergen.data.targets import target_of
from papergen.exhibits.drawing import Drawing, Told
from papergen.exhibits.options import OneMeasure, OverTime, Request, WithTarget
from papergen.exhibits.palette import FORCE, OTHERS, QUIET, TARGET, TARGET_DASH
from papergen.exhibits.pieces.axes import (
    gaps_of,
    is_counted,
    rows_of,
    said,
    span_words,
    subject,
    telling_apart,
    when,
    zero_note,
)
from papergen.exhibits.pieces.by_period import part_of_year, period_word, short_name
from papergen.exhibits.pieces.lines import DrawnLine, line_chart
from papergen.exhibits.theme import themed
from papergen.model.nodes import ChartData, Width
from papergen.values.chrome import Chrome
from papergen.values.facts import FactError
from papergen.values.periods import Period
from papergen.values.quantities import print_quantity
from papergen.values.words import capital, lowered
from papergen.workspace.measures import Combine


class TrendOptions(OneMeasure, OverTime, WithTarget):
    """The keys of a trend: over how many months it is put together."""

    rolling: Literal[3, 6, 12] = 12


def draw(options: TrendOptions, request: Request) -> Drawing:
    """The trend of a measure, or of a part of it."""
    series = request.series(options.measure, options.where)
    number = _number_of(options, series)
    shown = _shown(options, series)
    averages = [
        (each.period, value) for each in shown if (value := _average(series, each, options.rolling)) is not None
    ]
    if len(averages) < 2:
        raise FactError(
            f"“{options.measure}” has too few {period_word(series.last.period, several=True)} for a rolling average.",
            "Give a shorter “rolling”.",
        )
    title, unit = subject(request, options.measure, options.where), series.settings.unit
    words = request.words
    by = period_word(series.last.period, words)
    name = _name(options, series, words)
    by_period = dict(averages)
    targets = {each.period: print_quantity(found) for each in shown if (found := target_of(series, each.period))}
    told = _alternative(options, series, shown, averages)
    lines = _lines(options, words, series, shown, averages)
    titled = words.with_average.format(name=words.by.format(name=f"{title}: {unit}", by=by), average=name)
    if shown[-1].period in targets:
        told += f" The target is {targets[shown[-1].period]}."
    return Drawing(
        spec=lambda: themed(line_chart(lines, words, unit=unit, width=options.width, whole=is_counted(series))),
        title=Told(f"{titled}, {span_words([each.period for each in shown], words)}"),
        alternative=f"Line chart of {lowered(title)}: {unit} by {period_word(series.last.period)}, {told}",
        measures=(options.measure,),
        data=ChartData(
            columns=(capital(by), capital(unit), name.capitalize(), *([words.target] if targets else [])),
            rows=tuple(
                (
                    each.period.name_in(words),
                    said(series, series.number(each)),
                    said(series, by_period[each.period]) if each.period in by_period else "",
                    *([targets.get(each.period, "")] if targets else []),
                )
                for each in shown
            ),
        ),
        notes=(
            Told(words.strong_line.format(number=number, period=by)),
            *zero_note((float(series.number(each)) for each in shown), words),
        ),
        rows=rows_of(series, series.observations),
    )


def _number_of(options: TrendOptions, series: Series) -> int:
    """How many observations are averaged."""
    one = series.last.period
    if not one.is_months or options.rolling % one.length or options.rolling == one.length:
        hint = "Choose another kind."
        if one.is_months and one.length in (3, 6):
            hint = f"Give {'“rolling: 6” or ' if one.length == 3 else ''}“rolling: 12”."
        raise FactError(
            f"“{options.measure}” is by the {period_word(one)}, so it has no rolling average"
            f" over {options.rolling} months.",
            hint,
        )
    return options.rolling // one.length


def _name(options: TrendOptions, series: Series, words: Chrome) -> str:
    """``"12-month average"``."""
    return words.average_of.format(number=_number_of(options, series), period=period_word(series.last.period, words))


def _shown(options: TrendOptions, series: Series) -> list[Observation]:
    starts = options.starts or series.settings.starts or series.observations[0].period
    shown = [each for each in series.observations if each.period.starts >= starts.starts]
    if len(shown) < 2:
        raise FactError(
            f"“{options.measure}” has too few {period_word(starts, several=True)} from {starts.name} for a trend.",
            "Give an earlier “starts”.",
        )
    return shown


def _average(series: Series, last: Observation, months: int) -> Fraction | None:
    """The average of the ``months`` up to ``last``, or None where the data do not reach back so far.

    A share is that of all the months together; numbers that stand for the end of a month are averaged as they are.
    """
    period = Period(last.period.back(months - last.period.length).starts, last.period.ends)
    if period.starts < series.observations[0].period.starts:
        return None
    if series.settings.combine is not Combine.LAST and any(period.holds(each.period) for each in series.withheld):
        return None
    return series.average_over(period).value


def _lines(
    options: TrendOptions,
    words: Chrome,
    series: Series,
    shown: Sequence[Observation],
    averages: Sequence[tuple[Period, Fraction]],
) -> list[DrawnLine]:
    last = shown[-1]
    month = part_of_year(last.period, words) if options.width is Width.HALF else short_name(last.period, words)
    points = tuple((each.period, float(series.number(each))) for each in shown)
    average = averages[-1][1]
    targets = [(each.period, float(found.value)) for each in shown if (found := target_of(series, each.period))]
    aim = f"{lowered(words.target)} {said(series, Fraction(targets[-1][1]))}" if targets else ""
    name = words.average if options.width is Width.HALF else _name(options, series, words)
    return [
        DrawnLine(points, OTHERS, stroke=1, dots=True, gaps=gaps_of(series)),
        # The same last point once more without a line: grey that letters can be read in is darker than that of lines.
        DrawnLine(points[-1:], QUIET, label=f"{month}: {said(series, series.number(last))}", stroke=0),
        DrawnLine(
            tuple((period, float(value)) for period, value in averages),
            FORCE,
            label=f"{name}: {said(series, average)}",
            stroke=2.4,
            gaps=tuple(each.period for each in shown if each.period not in dict(averages)),
        ),
        *([DrawnLine(tuple(targets), TARGET, label=aim, dash=TARGET_DASH, in_steps=True)] if targets else []),
    ]


def _alternative(
    options: TrendOptions, series: Series, shown: Sequence[Observation], averages: Sequence[tuple[Period, Fraction]]
) -> str:
    last, months = shown[-1], options.rolling
    (first_month, first), (_, now) = averages[0], averages[-1]
    before, after = said(series, first), said(series, now)
    way = "as" if before == after else "up from" if now > first else "down from"
    named = [(each.period, series.number(each)) for each in shown]
    highest, lowest = max(value for _, value in named), min(value for _, value in named)
    finer = telling_apart(series, (lowest, highest))
    ends = (
        f"{said(series, highest)} at every point"
        if highest == lowest
        else f"highest {said(series, highest, finer=finer)} in {when(named, highest)}, "
        f"lowest {said(series, lowest, finer=finer)} in {when(named, lowest)}"
    )
    return (
        f"{span_words([each.period for each in shown])}. {said(series, series.number(last))} in {last.period.name}, "
        f"and an average of {after} over the {months} months to then, {way} {before} in the {months} months to "
        f"{first_month.name}. {capital(ends)}."
    )
