"""Quarters: a table with a row for each measure, a column for each quarter, and the change in the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Literal

from pydantic import Field

from papergen.data.derived import change
from papergen.data.series import Series
from papergen.exhibits.drawing import Rows, Told
from papergen.exhibits.options import Request, SeveralMeasures
from papergen.exhibits.pieces.by_column import narrowed_title
from papergen.exhibits.pieces.by_period import period_word
from papergen.exhibits.pieces.cells import (
    Dashes,
    last_quarters,
    missing_note,
    narrowed,
    number,
    numbers_right,
    or_none,
    over,
    several,
    with_data,
    words,
)
from papergen.exhibits.pieces.two_periods import LEAST_FOR_PERCENTAGES
from papergen.model.nodes import Inlines, Value
from papergen.values.facts import FactError
from papergen.values.periods import FINANCIAL, Period
from papergen.values.quantities import Kind, Quantity, rounded


class QuartersOptions(SeveralMeasures):
    """The keys of quarters: how many, and which earlier quarter the last one's change is on."""

    quarters: int = Field(default=5, ge=1, le=12)
    against: Literal["last_year", "previous_quarter"] = "last_year"


def lay_out(options: QuartersOptions, request: Request) -> Rows:
    """The numbers of each measure from the earliest quarter to the latest, and the latest's change."""
    series = {measure: request.series(measure, options.where) for measure in options.measures}
    for measure, each in series.items():
        if each.last.period.days == 7 or each.last.period.length > 3:
            word = period_word(each.last.period)
            raise FactError(
                f"“{measure}” is by the {word}, which makes no quarters.",
                "Show it in a scorecard or a comparison chart.",
            )
    asked = _named_alike(last_quarters(request.book, options.quarters), list(series.values()))
    quarters = with_data(asked, lambda period: any(or_none(partial(each.over, period)) for each in series.values()))
    last = quarters[-1]
    before = last.back(12 if options.against == "last_year" else 3)
    dashes, loose = Dashes(), False
    rows: list[tuple[Inlines, ...]] = []
    for measure, each in series.items():
        name = options.labels.get(measure, request.title(measure))
        part = narrowed(measure, options.where)

        def cell(period: Period, series: Series = each, part: str = part) -> Value:
            return number(series.over(period), f"{part}.{over(period, request.book)}", request.at)

        cells = [dashes.cell(partial(cell, it), measure=measure, name=name) for it in quarters]
        change_cell = partial(_change_cell, each, part, (last, before), options, request)
        cells.append(dashes.cell(change_cell, measure=measure, name=name))
        rows.append((words(name if measure in options.labels else _with_base(name, each)), *cells))
        loose = loose or _rounds_apart(each, last, before)
    names = [options.labels.get(measure, request.title(measure)) for measure in options.measures]
    told = request.words
    by_quarter = told.by_quarter.format(name=narrowed_title(several(names, request), options.where))
    span = last.name_in(told) if len(quarters) == 1 else f"{quarters[0].name_in(told)} {told.to} {last.name_in(told)}"
    change_on = told.change_on.format(period=before.name_in(told))
    header = (request.told(told.measure), *map(request.named, quarters), request.told(change_on))
    return Rows(
        header=header,
        rows=tuple(rows),
        alignments=numbers_right(len(header)),
        title=Told(f"{by_quarter}, {span}"),
        measures=options.measures,
        notes=(
            *missing_note(asked, quarters, request),
            *dashes.notes,
            *((Told(told.changes_unrounded),) if loose else ()),
        ),
    )


def _named_alike(quarters: Sequence[Period], series: Sequence[Series]) -> list[Period]:
    """The quarters, named as the data name theirs where all of them do alike."""
    names = {each.last.period.year_from if each.last.period.is_quarter else FINANCIAL for each in series}
    return [replace(quarter, year_from=min(names)) for quarter in quarters] if len(names) == 1 else list(quarters)


def _change_cell(
    series: Series, part: str, periods: tuple[Period, Period], options: QuartersOptions, request: Request
) -> Value:
    """The change between two periods as a percentage, in points, or, of small numbers, as a number."""
    now, before = (series.over(period) for period in periods)
    fact = change(now, before)
    name = f"{part}.{over(periods[0], request.book)}.change"
    if options.against == "last_year":
        name += "_on_last_year"
    if min(abs(now.value), abs(before.value)) < LEAST_FOR_PERCENTAGES and now.kind is not Kind.PERCENTAGE:
        fact, name = fact.parts["number"], f"{name}.number"
    if not isinstance(fact.value, Quantity):
        raise FactError("There is no percentage change on zero.", "Print the difference.")
    return number(fact.value, name, request.at, sign=True)


def _with_base(name: str, series: Series) -> str:
    """The name of a measure, with what a percentage is of, or the unit of what is no count."""
    kind, unit = series.settings.kind, series.settings.unit
    if kind is Kind.PERCENTAGE:
        _, of, base = unit.partition("of ")
        return f"{name} (of {base})" if of and f"of {base}" not in name.lower() else name
    plain = kind in (Kind.COUNT, Kind.PEOPLE, Kind.RANK, Kind.POINTS, Kind.POUNDS)
    return name if plain or unit in name.lower() else f"{name} ({unit})"


def _rounds_apart(series: Series, last: Period, before: Period) -> bool:
    """Whether the change of a percentage is not that of the numbers printed."""
    now, then = (or_none(partial(series.over, period)) for period in (last, before))
    if now is None or then is None or now.kind is not Kind.PERCENTAGE:
        return False
    places = series.decimals
    return rounded(now.value, places) - rounded(then.value, places) != rounded(now.value - then.value, places)
