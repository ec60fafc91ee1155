"""Categories: one measure by the words of a column, each this period beside an earlier one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pydantic import Field

from papergen.data.targets import target_of
from papergen.exhibits.charts.stages import Category, drawing_of, rows_of_data
from papergen.exhibits.drawing import Drawing
from papergen.exhibits.options import DataColumn, OneMeasure, Request, WithTarget
from papergen.exhibits.pieces.by_column import column_words, narrowed_title, words_of
from papergen.exhibits.pieces.two_periods import BesideEarlier, two_periods
from papergen.values.words import MOST_LISTED, capital, listed


class CategoriesOptions(OneMeasure, BesideEarlier, WithTarget):
    """The keys of categories: the column (``by``), and how many words are shown (``most``).

    The words beyond that are put together under "All others".
    """

    by: DataColumn
    most: int = Field(default=8, ge=1)


def draw(options: CategoriesOptions, request: Request) -> Drawing:
    """Bars of the words of a column from the largest to the smallest, this period and the earlier one for each."""
    series = request.series(options.measure, options.where)
    periods = two_periods(request.book, [series], options.period, options.against)

    def pair(name: str, words: Sequence[str]) -> Category:
        part = request.series(options.measure, {**options.where, options.by: tuple(words)})
        return Category(name, part.over(periods.now), part.over(periods.before), target_of(part, periods.now))

    words, told = sorted(words_of(request, options.measure, options.where, options.by)), request.words
    pairs = {word: pair(capital(word), [word]) for word in words}
    ranked = sorted(pairs, key=lambda word: (-pairs[word].now.value, -pairs[word].before.value, word))
    rest = ranked[options.most :] if len(ranked) > options.most + 1 else []
    shown = [pairs[word] for word in ranked[: len(ranked) - len(rest)]]
    if rest:
        shown.append(pair(told.all_others.format(number=len(rest)), sorted(rest)))
    notes = (f"All others are {listed([str(word) for word in sorted(rest)])}.",) if rest else ()
    drawing = drawing_of(
        shown,
        periods,
        options,
        request,
        title=narrowed_title(request.title(options.measure), options.where),
        unit=series.settings.unit,
        measures=(options.measure,),
        by=column_words(options.by, request),
    )
    drawing = replace(drawing, notes=(*notes, *drawing.notes))
    if len(rest) <= MOST_LISTED + 1:
        return drawing
    unnamed = [replace(pairs[word], name=told.one_of_others.format(name=pairs[word].name)) for word in rest]
    return replace(drawing, data=replace(drawing.data, rows=(*drawing.data.rows, *rows_of_data(unnamed, told))))
