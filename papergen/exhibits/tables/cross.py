"""Cross: a table of one measure by the words of two columns, or by those of one column and by quarter or month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import Field, model_validator

from papergen.data.series import Series
from papergen.exhibits.drawing import Rows
from papergen.exhibits.options import ExhibitLine, OneMeasure, Request
from papergen.exhibits.pieces.axes import span_words
from papergen.exhibits.pieces.by_column import (
    ColumnPeriod,
    check_words,
    column_words,
    narrowed_title,
    parts_add_up,
    period_of,
    refuse_starts,
    when_words,
    with_unit,
    words_of,
)
from papergen.exhibits.pieces.by_period import short_month
from papergen.exhibits.pieces.cells import (
    Dashes,
    last_quarters,
    missing_note,
    narrowed,
    number,
    numbers_right,
    over,
    strong,
    with_data,
    words,
)
from papergen.model.nodes import Inlines, Value
from papergen.values.facts import FactError
from papergen.values.periods import Period, month_of, months_period
from papergen.values.words import capital
from papergen.workspace.validate import MisfitError

QUARTER, MONTH, AREA = "quarter", "month", "area"


class CrossOptions(OneMeasure):
    """The keys of a cross-tabulation.

    ``rows`` is a column of the data; ``columns`` another, in ``period``; or "month", for the months of ``period``; or
    "quarter", for the last ``quarters``.  ``order`` names words that stand first in the rows, which otherwise go from
    the largest in the last period to the smallest; policing areas stay in the order of the data.
    """

    rows: ExhibitLine
    columns: ExhibitLine
    period: ColumnPeriod = "quarter"
    quarters: int = Field(default=5, ge=1, le=12)
    totals: bool = True
    order: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> CrossOptions:
        refuse_starts(self.starts)
        if self.rows == self.columns:
            raise MisfitError("columns", f"The rows are by “{self.rows}” already")
        if self.rows in (QUARTER, MONTH):
            raise MisfitError("rows", f"Time stands in the columns: write “columns: {self.rows}”")
        return self


@dataclass(frozen=True, slots=True)
class _Head:
    """One column of numbers: its name, the words that narrow it, and its period."""

    name: str
    where: Mapping[str, tuple[str, ...]]
    period: Period


def lay_out(options: CrossOptions, request: Request) -> Rows:
    """The numbers of each word of the rows under each column, with totals at the right and at the foot."""
    measure = options.measure
    series = request.series(measure, options.where)
    over_time = options.columns in (QUARTER, MONTH)
    if over_time:
        asked = _times(options, request, series)
        shown = with_data(asked, lambda period: any(period.holds(each.period) for each in series.observations))
        heads = [_Head(short_month(each) if options.columns == MONTH else each.name, {}, each) for each in shown]
    else:
        period = period_of(request, series, options.period)
        asked = shown = [period]
        found = words_of(request, measure, options.where, options.columns, [period])
        heads = [_Head(capital(word), {options.columns: (word,)}, period) for word in found]
    adds_up = parts_add_up(series.settings)
    total = "Total" if adds_up else "All"
    right = [_Head(total, {}, shown[0])] if options.totals and not over_time else []
    dashes = Dashes()

    def cell(row: Mapping[str, tuple[str, ...]], head: _Head, name: str) -> Inlines:
        where = {**row, **head.where}

        def make() -> Value:
            quantity = request.series(measure, {**options.where, **where}).over(head.period)
            expression = f"{narrowed(measure, options.where, where)}.{over(head.period, request.book)}"
            return number(quantity, expression, request.at)

        shown_as = f"{name}, {head.name}" if head.where else name
        return dashes.cell(make, measure=measure, name=shown_as, periods=[head.period])

    ordered = _ordered(options, request, shown)
    rows: list[tuple[Inlines, ...]] = []
    for word in ordered:
        where, name = {options.rows: (word,)}, capital(word)
        cells = [cell(where, head, name) for head in heads]
        rows.append((words(name), *cells, *(strong(cell(where, head, name)) for head in right)))
    if options.totals:
        cells = [strong(cell({}, head, total)) for head in [*heads, *right]]
        rows.append((strong(words(total)), *cells))
    header = [capital(column_words(options.rows, request.book)), *(head.name for head in [*heads, *right])]
    return Rows(
        header=tuple(words(text) for text in header),
        rows=tuple(rows),
        alignments=numbers_right(len(header)),
        title=_title(options, request, series.settings.unit, shown),
        measures=(measure,),
        notes=(*missing_note(asked, shown), *dashes.notes),
    )


def _times(options: CrossOptions, request: Request, series: Series) -> list[Period]:
    """The quarters or months asked for, from the first to the last."""
    if options.columns == QUARTER:
        return last_quarters(request.book, options.quarters)
    period = period_of(request, series, options.period)
    first = month_of(period.starts)
    return [months_period(month, month) for month in map(first.plus, range(period.length))]


def _ordered(options: CrossOptions, request: Request, periods: Sequence[Period]) -> list[str]:
    """The words of the rows: those of ``order``, then by their number in the last period."""
    found = words_of(request, options.measure, options.where, options.rows, periods)
    check_words(options.order, found, options.rows)

    def size(word: str) -> float:
        try:
            series = request.series(options.measure, {**options.where, options.rows: (word,)})
            return float(series.over(periods[-1]).value)
        except FactError:
            return 0.0

    place = {word: index for index, word in enumerate(options.order)}
    keeps = options.rows == AREA
    return sorted(found, key=lambda word: (place.get(word, len(place)), 0.0 if keeps else -size(word)))


def _title(options: CrossOptions, request: Request, unit: str, periods: Sequence[Period]) -> str:
    name = narrowed_title(request.title(options.measure), options.where)
    rows, columns = column_words(options.rows, request.book), column_words(options.columns, request.book)
    when = when_words(periods[0]) if len(periods) == 1 else span_words(periods)
    return f"{with_unit(f'{name} by {rows} and {columns}', unit)}, {when}"
