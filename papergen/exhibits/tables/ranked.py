"""Ranked: a table of what a measure is made up of, the largest part first, with the share of each."""

from __future__ import annotations

from papergen.exhibits.drawing import Rows, Told
from papergen.exhibits.options import Request
from papergen.exhibits.pieces.by_column import (
    SplitOptions,
    column_words,
    narrowed_title,
    share,
    split,
    when_words,
    with_unit,
)
from papergen.exhibits.pieces.cells import Dashes, narrowed, number, numbers_right, over, strong, words
from papergen.model.nodes import Inlines
from papergen.values.quantities import Quantity
from papergen.values.words import capital


class RankedOptions(SplitOptions):
    """The keys of a ranked table, with shares or without."""

    share: bool = True


def lay_out(options: RankedOptions, request: Request) -> Rows:
    """A row for each word with its number and share, and the whole at the foot."""
    found = split(request, options)
    shares = options.share and found.adds_up
    dashes = Dashes()

    def cells(
        name: Inlines, quantity: Quantity, part: Quantity | None, narrower: tuple[str, ...]
    ) -> tuple[Inlines, ...]:
        where = {options.by: narrower} if narrower else {}
        when = "year_to_date" if options.period == "year_to_date" else over(found.period, request.book)
        expression = f"{narrowed(options.measure, options.where, where)}.{when}"
        own: tuple[Inlines, ...] = (name, (number(quantity, expression, request.at),))
        if not shares:
            return own
        if part is None:
            return (*own, dashes.dash("nothing is a share of zero"))
        name_of_share = f"{expression}.share" if narrower else f"{expression} / {expression}"
        places = found.share_decimals if narrower else None
        return (*own, (number(part, name_of_share, request.at, decimals=places),))

    rows = [cells(words(part.name), part.quantity, part.share, part.words) for part in found.parts]
    told, column, unit = request.words, column_words(options.by, request), found.series.settings.unit
    total = request.told(told.total if found.adds_up else told.all)
    whole = cells(total, found.whole, share(found.whole, found.whole), ())
    header = (words(capital(column)), words(capital(unit)), *((request.told(told.share),) if shares else ()))
    name = told.by.format(name=narrowed_title(request.title(options.measure), options.where), by=column)
    return Rows(
        header=header,
        rows=(*rows, tuple(strong(cell) for cell in whole)),
        alignments=numbers_right(len(header)),
        title=Told(f"{with_unit(name, unit)}, {when_words(found.period, told)}"),
        measures=(options.measure,),
        notes=(*found.notes, *dashes.notes),
    )
