"""Trend: the months of a measure as a thin line, and their rolling average as a strong one."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from papergen.data.series import Observation, Series
from papergen.data.targets import target_of
from papergen.exhibits.drawing import Drawing, Told
from papergen.exhibits.options import OneMeasure, Request, WithTarget
from papergen.exhibits.palette import FORCE, OTHERS, QUIET, TARGET, TARGET_DASH
from papergen.exhibits.pieces.axes import gaps_of, is_counted, rows_of, said, span_words, subject, when, zero_note
from papergen.exhibits.pieces.by_period import period_word, short_month
from papergen.exhibits.pieces.lines import DrawnLine, line_chart
from papergen.exhibits.theme import themed
from papergen.model.nodes import ChartData, Width
from papergen.values.chrome import Chrome
from papergen.values.facts import FactError
from papergen.values.periods import Period
from papergen.values.quantities import print_quantity
from papergen.values.words import capital, lowered
from papergen.workspace.measures import Combine


class TrendOptions(OneMeasure, WithTarget):
    """The keys of a trend: over how many months it is put together."""

    rolling: Literal[3, 6, 12] = 12


def draw(options: TrendOptions, request: Request) -> Drawing:
    """The trend of a measure, or of a part of it."""
    series = request.series(options.measure, options.where)
    if not (series.last.period.is_months and series.last.period.length == 1):
        raise FactError(f"“{options.measure}” is not monthly, so it has no rolling average.", "Choose another kind.")
    shown = _shown(options, series)
    averages = [
        (each.period, value) for each in shown if (value := _average(series, each, options.rolling)) is not None
    ]
    if len(averages) < 2:
        raise FactError(f"“{options.measure}” has too few months for a rolling average.", "Give a shorter “rolling”.")
    title, unit = subject(request, options.measure, options.where), series.settings.unit
    words = request.words
    name, by = words.average_of.format(number=options.rolling), period_word(series.last.period, words)
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
        alternative=f"Line chart of {lowered(title)}: {unit} by month, {told}",
        measures=(options.measure,),
        data=ChartData(
            columns=(capital(by), capital(unit), name.capitalize(), *([words.target] if targets else [])),
            language=request.told_in,
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
            Told(words.strong_line.format(number=options.rolling)),
            *zero_note((float(series.number(each)) for each in shown), words),
        ),
        rows=rows_of(series, series.observations),
    )


def _shown(options: TrendOptions, series: Series) -> list[Observation]:
    starts = options.starts or series.settings.starts or series.observations[0].period
    shown = [each for each in series.observations if each.period.starts >= starts.starts]
    if len(shown) < 2:
        raise FactError(
            f"“{options.measure}” has too few months from {starts.name} for a trend.", "Give an earlier “starts”."
        )
    return shown


def _average(series: Series, last: Observation, months: int) -> Fraction | None:
    """The average of the months up to ``last``, or None where the data do not reach back so far.

    A share is that of all the months together; numbers that stand for the end of a month are averaged as they are.
    """
    period = Period(last.period.back(months - 1).starts, last.period.ends)
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
    month = short_month(last.period, words)
    if options.width is Width.HALF:
        month = month.split()[0]
    points = tuple((each.period, float(series.number(each))) for each in shown)
    average = averages[-1][1]
    targets = [(each.period, float(found.value)) for each in shown if (found := target_of(series, each.period))]
    aim = f"{lowered(words.target)} {said(series, Fraction(targets[-1][1]))}" if targets else ""
    name = words.average if options.width is Width.HALF else words.average_of.format(number=options.rolling)
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
    return (
        f"{span_words([each.period for each in shown])}. {said(series, series.number(last))} in {last.period.name}, "
        f"and an average of {after} over the {months} months to then, {way} {before} in the {months} months to "
        f"{first_month.name}. Highest {said(series, highest)} in {when(named, highest)}, "
        f"lowest {said(series, lowest)} in {when(named, lowest)}."
    )
