"""Scorecard: a row for each measure with its latest number, its target, which way it goes, and a rating in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Literal

from pydantic import Field, model_validator

from papergen.data.derived import change, quantity_of
from papergen.data.series import Series
from papergen.data.targets import Rating, against, rating, target_of
from papergen.exhibits.drawing import Rows, Told
from papergen.exhibits.options import ExhibitLine, Request, SeveralMeasures, refuse_others
from papergen.exhibits.pieces.axes import at_time, gaps_of, said
from papergen.exhibits.pieces.by_column import ColumnPeriod, narrowed_title, period_of
from papergen.exhibits.pieces.cells import Dashes, narrowed, number, or_none, over, several, words
from papergen.exhibits.pieces.small import rating_mark, trend_line
from papergen.exhibits.pieces.states import marked
from papergen.model.nodes import Alignment, Inlines, Text, Value
from papergen.values.chrome import Chrome
from papergen.values.formats import formatted
from papergen.values.periods import NBSP, Period
from papergen.values.quantities import Direction, Kind, Quantity, rounded

MOST_POINTS = 13
LEAST_POINTS = 3


class ScorecardOptions(SeveralMeasures):
    """The keys of a scorecard: the period, what its change is on, and which columns it has beside those.

    ``comments`` has a sentence for those measures that need one, after which their owners are named.
    """

    period: ColumnPeriod = "latest"
    against: Literal["previous", "last_year"] = "previous"
    rating: bool = True
    trend: bool = True
    comments: Mapping[str, ExhibitLine] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _comments_known(self) -> ScorecardOptions:
        refuse_others("comments", self.comments, self.measures)
        return self


def lay_out(options: ScorecardOptions, request: Request) -> Rows:
    """The measures in the order given; the period stands beside each number where they have not all the same."""
    series = {measure: request.series(measure, options.where) for measure in options.measures}
    periods = {measure: period_of(request, each, options.period) for measure, each in series.items()}
    same = len(set(periods.values())) == 1
    dashes = Dashes()
    rows = tuple(
        _row(options, request, dashes, measure, each, periods[measure], same=same) for measure, each in series.items()
    )
    names = [options.labels.get(measure, request.title(measure)) for measure in options.measures]
    first, told = next(iter(periods.values())), request.words
    latest = first.name_in(told) if same else told.latest
    header = [
        *(told.measure, latest, *([] if same else [told.period])),
        *(told.target, told.against_target, told.change, told.direction),
        *([told.rating] if options.rating else []),
        *([told.trend] if options.trend else []),
        *([told.comment] if options.comments else []),
    ]
    numeric = {latest, told.target, told.against_target, told.change}
    title = told.against_targets.format(name=narrowed_title(several(names, request), options.where))
    on = told.changes_on_year_before if _on_last_year(options) else told.changes_on_period_before
    return Rows(
        header=tuple(request.named(first) if same and text == latest else request.told(text) for text in header),
        rows=rows,
        alignments=tuple(Alignment.RIGHT if text in numeric else Alignment.LEFT for text in header),
        title=Told(f"{title}, {latest}" if same else title),
        measures=options.measures,
        notes=(Told(on), *_rating_note(options, series, request), *dashes.notes),
    )


def _row(
    options: ScorecardOptions,
    request: Request,
    dashes: Dashes,
    measure: str,
    series: Series,
    period: Period,
    *,
    same: bool,
) -> tuple[Inlines, ...]:
    name = options.labels.get(measure, request.title(measure))
    when = "latest" if options.period == "latest" else over(period, request.book)
    part = f"{narrowed(measure, options.where)}.{when}"
    cell = partial(dashes.cell, measure=measure, name=name)
    target, now = target_of(series, period), or_none(lambda: series.over(period))
    moved = or_none(lambda: _change(options, series, period))
    suffix = "_on_last_year" if _on_last_year(options) else ""
    goal = (request.told(request.words.no_target), words(""))
    if (aim := target) is not None:
        goal = (
            cell(lambda: number(aim, f"{part}.target", request.at)),
            cell(lambda: _difference(against(series.over(period), aim), f"{part}.against_target", request)),
        )
    cells: list[Inlines] = [
        words(name),
        cell(lambda: number(series.over(period), part, request.at)),
        *([] if same else [request.named(period)]),
        *goal,
        cell(lambda: _difference(_change(options, series, period), f"{part}.change{suffix}", request)),
        _direction(series, moved, request),
    ]
    if options.rating:
        cells.append(_rating_cell(series, now, target, request))
    if options.trend:
        cells.append(_trend_cell(series, period, request))
    if options.comments:
        cells.append(_comment(options, request, measure))
    return tuple(cell if any(each != Text(text="") for each in cell) else words("–") for cell in cells)


def _on_last_year(options: ScorecardOptions) -> bool:
    """Whether changes are on a year earlier, as those of the year to date always are."""
    return options.against == "last_year" or options.period == "year_to_date"


def _change(options: ScorecardOptions, series: Series, period: Period) -> Quantity:
    """The change of the number, as a percentage or in points; raises ``FactError`` where there is none."""
    now = series.over(period)
    if _on_last_year(options):
        before = series.year_before(period)
    else:
        before = series.before_last if options.period == "latest" else series.before(period)
    found = change(now, series.over(before))
    if not isinstance(found.value, Quantity):
        found = found.parts["number"]
    return quantity_of(found)


def _difference(found: Quantity, expression: str, request: Request) -> Value:
    """A difference with its sign; that of percentages in the few words that there is room for."""
    value, bare = number(found, expression, request.at, sign=True), replace(found, kind=Kind.NUMBER)
    if found.kind is not Kind.POINTS:
        return value
    points = request.words.points[abs(rounded(found.value, found.decimals)) != 1]
    return replace(value, text=marked(points.format(number=formatted("sign", bare) or bare), found))


def _direction(series: Series, moved: Quantity | None, request: Request) -> Inlines:
    """ "Up, better", "Down", "No change"."""
    if moved is None:
        return words("")
    told = request.words
    if not moved.value:
        return request.told(told.no_change)
    good = series.settings.good
    way = told.up if moved.value > 0 else told.down
    if good is Direction.NEITHER:
        return request.told(way)
    return request.told(
        (told.better if (moved.value > 0) == (good is Direction.HIGHER) else told.worse).format(way=way)
    )


def _rating_cell(series: Series, now: Quantity | None, target: Quantity | None, request: Request) -> Inlines:
    if now is None or target is None:
        return request.told(request.words.no_target) if target is None else words("")
    found = rating(now, target, series)
    return (rating_mark(found), *request.told(f"{NBSP}{request.words.ratings[list(Rating).index(found)]}"))


def _trend_cell(series: Series, period: Period, request: Request) -> Inlines:
    """The last observations up to the period as a small line, which is said in words too."""
    shown = [each for each in series.observations if each.period.ends <= period.ends][-MOST_POINTS:]
    if len(shown) < LEAST_POINTS:
        return request.told(request.words.too_few)
    first, last, words = shown[0], shown[-1], request.words
    gaps = [gap for gap in gaps_of(series) if first.period.starts < gap.starts < last.period.starts]
    told = words.line_from.format(
        first=said(series, series.number(first)),
        start=at_time(first.period, words),
        last=said(series, series.number(last)),
        end=at_time(last.period, words),
    )
    told = words.broken.format(line=told) if gaps else told
    points = [(each.period.starts, float(series.number(each))) for each in shown]
    values = sorted([*points, *((gap.starts, None) for gap in gaps)], key=lambda point: point[0])
    return (trend_line([value for _, value in values], told),)


def _comment(options: ScorecardOptions, request: Request, measure: str) -> Inlines:
    comment = options.comments.get(measure, "")
    owner = request.book.settings(measure).owner
    return words(f"{comment} ({owner})" if comment and owner else comment)


def _rating_note(options: ScorecardOptions, series: Mapping[str, Series], request: Request) -> Sequence[str]:
    """How near is nearly met, where any measure has a tolerance."""
    if not options.rating:
        return ()
    near = [
        f"{options.labels.get(measure, each.settings.title)} {_size(each, request.words)}"
        for measure, each in series.items()
        if each.settings.target is not None and each.settings.target.tolerance
    ]
    told = request.words
    sentence = told.nearly_met_within.format(words=told.ratings[1], measures=told.listed(tuple(near)))
    return (Told(sentence),) if near else ()


def _size(series: Series, words: Chrome) -> str:
    settings = series.settings.target
    size = f"{settings.tolerance:g}" if settings is not None else ""
    return words.points[1].format(number=size) if series.settings.kind is Kind.PERCENTAGE else size
