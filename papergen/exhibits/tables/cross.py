"""Cross: a table of one measure by the words of two columns, or by those of one column and by quarter or month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, product

from pydantic import Field, model_validator

from papergen.data.series import Series
from papergen.exhibits.drawing import Rows, Told
from papergen.exhibits.options import DataColumn, OneMeasure, Request
from papergen.exhibits.pieces.axes import span_words
from papergen.exhibits.pieces.by_column import (
    ColumnPeriod,
    check_words,
    column_words,
    narrowed_title,
    parts_add_up,
    period_of,
    when_words,
    with_unit,
    words_of,
    words_together,
)
from papergen.exhibits.pieces.by_period import in_two_lines, short_month
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
from papergen.model.nodes import HeadBand, Inlines, Value
from papergen.values.facts import FactError
from papergen.values.periods import Period, financial_year, month_of, months_period
from papergen.values.words import capital
from papergen.workspace.validate import MisfitError

QUARTER, MONTH, YEAR, AREA = "quarter", "month", "year", "area"


class CrossOptions(OneMeasure):
    """The keys of a cross-tabulation.

    ``rows`` is a column of the data; ``columns`` another, in ``period``; or "month", for the months of ``period``; or
    "quarter", for the last ``quarters``.  ``groups`` is one more column, whose words are headings over those of
    ``columns``; over quarters and months it is "year".  ``order`` names words that stand first in the rows, which
    otherwise go from the largest in the last period to the smallest; areas stay in the order of the data.
    """

    rows: DataColumn
    columns: DataColumn
    groups: DataColumn | None = None
    period: ColumnPeriod = "quarter"
    quarters: int = Field(default=5, ge=1, le=12)
    totals: bool = True
    order: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> CrossOptions:
        if self.rows == self.columns:
            raise MisfitError("columns", f"The rows are by “{self.rows}” already")
        if self.rows in (QUARTER, MONTH):
            raise MisfitError("rows", f"Time stands in the columns: write “columns: {self.rows}”")
        if self.groups in (self.rows, self.columns):
            raise MisfitError("groups", f"“{self.groups}” makes the rows or the columns already")
        if self.columns in (QUARTER, MONTH) and self.groups not in (None, YEAR):
            raise MisfitError("groups", f"Over time only the year can stand above: write “groups: {YEAR}”")
        return self


@dataclass(frozen=True, slots=True)
class _Head:
    """One column of numbers: its name, the words that narrow it, its period, and the heading above it."""

    name: str
    where: Mapping[str, tuple[str, ...]]
    period: Period
    above: str = ""

    @property
    def said(self) -> str:
        return f"{self.above}, {self.name}" if self.above else self.name


def lay_out(options: CrossOptions, request: Request) -> Rows:
    """The numbers of each word of the rows under each column, with totals at the right and at the foot."""
    measure = options.measure
    series = request.series(measure, options.where)
    over_time = options.columns in (QUARTER, MONTH)
    if over_time:
        asked = _times(options, request, series)
        shown = with_data(asked, lambda period: any(period.holds(each.period) for each in series.observations))
        heads = [_time_head(options, request, each) for each in shown]
    else:
        asked = shown = [period_of(request, series, options.period)]
        heads = list(_word_heads(options, request, shown[0]))
    adds_up = parts_add_up(series.settings)
    total = request.words.total if adds_up else request.words.all
    right = [_Head(total, {}, shown[0])] if options.totals and not over_time else []
    dashes = Dashes()

    def cell(row: Mapping[str, tuple[str, ...]], head: _Head, name: str) -> Inlines:
        where = {**row, **head.where}

        def make() -> Value:
            quantity = request.series(measure, {**options.where, **where}).over(head.period)
            expression = f"{narrowed(measure, options.where, where)}.{over(head.period, request.book)}"
            return number(quantity, expression, request.at)

        shown_as = f"{name}, {head.said}" if head.where else name
        return dashes.cell(make, measure=measure, name=shown_as)

    ordered = _ordered(options, request, shown)
    rows: list[tuple[Inlines, ...]] = []
    for word in ordered:
        where, name = {options.rows: (word,)}, capital(word)
        cells = [cell(where, head, name) for head in heads]
        rows.append((words(name), *cells, *(strong(cell(where, head, name)) for head in right)))
    if options.totals:
        cells = [strong(cell({}, head, total)) for head in [*heads, *right]]
        rows.append((strong(request.told(total)), *cells))
    above = request.told if options.columns == MONTH else words
    header = (
        words(capital(column_words(options.rows, request))),
        *(above(head.name) for head in heads),
        *(request.told(head.name) for head in right),
    )
    return Rows(
        header=header,
        rows=tuple(rows),
        alignments=numbers_right(len(header)),
        title=_title(options, request, series.settings.unit, shown),
        measures=(measure,),
        notes=(*missing_note(asked, shown, request), *dashes.notes),
        bands=_bands([*heads, *right]) if options.groups else (),
    )


def _time_head(options: CrossOptions, request: Request, period: Period) -> _Head:
    """The column of a quarter or month, below its year where years stand above."""
    words = request.words
    if options.groups is None:
        return _Head(short_month(period, words) if options.columns == MONTH else period.name_in(words), {}, period)
    if options.columns == MONTH:
        return _Head(words.months[period.starts.month - 1], {}, period, financial_year(period.starts))
    quarter, year = in_two_lines(period, words)
    return _Head(quarter, {}, period, year)


def _word_heads(options: CrossOptions, request: Request, period: Period) -> Iterator[_Head]:
    """The columns of words; below each word of ``groups`` those that have rows with it."""
    measure, where = options.measure, options.where
    found = words_of(request, measure, where, options.columns, [period])
    if options.groups is None:
        yield from (_Head(capital(word), {options.columns: (word,)}, period) for word in found)
        return
    groups = words_of(request, measure, where, options.groups, [period])
    together = words_together(request, measure, where, (options.groups, options.columns), period)
    for above, word in product(groups, found):
        if (above, word) in together:
            narrower = {options.groups: (above,), options.columns: (word,)}
            yield _Head(capital(word), narrower, period, capital(above))


def _bands(heads: Sequence[_Head]) -> tuple[HeadBand, ...]:
    """The headings above the columns; those of the rows and of the total reach up by themselves."""
    runs = [(above, len(list(run))) for above, run in groupby(heads, key=lambda head: head.above)]
    blank = [HeadBand(words=(), columns=1)]
    bands = [[HeadBand(words=words(above), columns=count)] if above else blank * count for above, count in runs]
    return tuple(band for each in (blank, *bands) for band in each)


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
    told, name = request.words, narrowed_title(request.title(options.measure), options.where)
    rows, columns = column_words(options.rows, request), column_words(options.columns, request)
    when = when_words(periods[0], told) if len(periods) == 1 else span_words(periods, told)
    by_both = told.by_both.format(name=name, rows=rows, columns=columns)
    return Told(f"{with_unit(by_both, unit)}, {when}")
