"""Breakdown: what a measure is made up of, as ranked bars with the number and the share of each part."""

from __future__ import annotations

from typing import Any

from papergen.exhibits.drawing import Drawing, Told, rows_behind
from papergen.exhibits.lazily import alt
from papergen.exhibits.options import Request
from papergen.exhibits.palette import FORCE, INK, OTHERS, QUIET
from papergen.exhibits.pieces.axes import ChartRecord, chart, upright
from papergen.exhibits.pieces.by_column import (
    ColumnPart,
    Split,
    SplitOptions,
    column_words,
    narrowed_title,
    split,
    when_words,
    with_unit,
)
from papergen.exhibits.pieces.lettering import LINE_HEIGHT, MARGIN, fixed, lettered, text_width, words_at_pixel, wrapped
from papergen.exhibits.theme import width_of
from papergen.model.nodes import ChartData, Width
from papergen.values.chrome import Chrome
from papergen.values.facts import FactError
from papergen.values.quantities import Kind, print_quantity
from papergen.values.words import capital, first_heard, lowered

BAR = 12
ROW = 20
HEADING = 16
NAME_FULL, NAME_HALF = 190, 112
"""How wide the names may be; longer ones break."""
MOST_SAID = 6
"""How many parts the alternative text names one by one."""


class BreakdownOptions(SplitOptions):
    """The keys of a breakdown."""


def draw(options: BreakdownOptions, request: Request) -> Drawing:
    """Bars from zero of the words of a column, the largest first."""
    found = split(request, options)
    if any(part.quantity.value < 0 for part in found.parts):
        raise FactError("Bars cannot show numbers below zero.", "Choose a measure whose numbers are zero or more.")
    if all(not part.quantity.value for part in found.parts):
        raise FactError(
            f"“{options.measure}” is 0 in {found.period.name}, so there is nothing to show.", "Take a longer period."
        )
    unit, column = found.series.settings.unit, column_words(options.by, request)
    name = narrowed_title(request.title(options.measure), options.where)
    told = request.words
    title = f"{with_unit(f'{name} by {column}', unit)}, {when_words(found.period)}"
    by = with_unit(told.by.format(name=name, by=column), unit)
    heads: tuple[str, ...] = (capital(column), capital(unit), *((told.share,) if found.adds_up else ()))
    rows = [
        (name, str(part.quantity), *((_said(part),) if found.adds_up else ()))
        for name, part in (
            *((part.name, part) for part in found.parts),
            *((told.one_of_others.format(name=part.name), part) for part in found.unnamed),
        )
    ]
    rows.append((told.total if found.adds_up else told.all, str(found.whole), *(("100%",) if found.adds_up else ())))
    return Drawing(
        spec=lambda: _chart(found, told, options.width),
        title=Told(f"{by}, {when_words(found.period, told)}"),
        alternative=_alternative(found, title),
        measures=(options.measure,),
        data=ChartData(columns=heads, rows=tuple(rows)),
        notes=(_total(found, told), *found.notes),
        rows=rows_behind((found.whole, *(part.quantity for part in found.parts))),
    )


def _said(part: ColumnPart) -> str:
    return "–" if part.share is None else print_quantity(part.share, decimals=1)


def _share(found: Split, part: ColumnPart) -> str:
    return print_quantity(part.share, decimals=found.share_decimals) if part.share else ""


def _total(found: Split, words: Chrome) -> Told:
    """What the shares are of; or, where parts do not add up, the number for all."""
    sentence = words.shares_are_of if found.adds_up else words.all_together
    return Told(sentence.format(whole=found.whole, unit=found.series.settings.unit))


def _chart(found: Split, told: Chrome, width: Width) -> dict[str, Any]:
    """Name, bar and number, and the share in a column of its own."""
    half = width is Width.HALF
    whole = width_of(width) - 2 * MARGIN
    most = NAME_HALF if half else NAME_FULL
    names = [wrapped(part.name, most) for part in found.parts]
    left = max(text_width(line) for lines in names for line in lines) + 8
    shares = [_share(found, part) for part in found.parts]
    share_width = max(text_width(text) for text in (lowered(told.share), *shares)) + 10 if found.adds_up else 0.0
    number_width = max(text_width(str(part.quantity), bold=True) for part in found.parts) + 6
    right = whole - share_width - number_width
    largest = float(max(part.quantity.value for part in found.parts))
    percentage = found.whole.kind is Kind.PERCENTAGE
    top = 100.0 if percentage and largest > 50 else largest

    bars: list[ChartRecord] = []
    words: list[ChartRecord] = [words_at_pixel(found.series.settings.unit, left, HEADING / 2 - 2, colour=QUIET)]
    if found.adds_up:
        words.append(words_at_pixel(lowered(told.share), whole, HEADING / 2 - 2, align="right", colour=QUIET))
    y = float(HEADING)
    for part, lines, share in zip(found.parts, names, shares, strict=True):
        height = max(float(ROW), len(lines) * LINE_HEIGHT + 5)
        middle = y + height / 2
        words.append(words_at_pixel("\n".join(lines), 0, middle - (len(lines) - 1) * LINE_HEIGHT / 2))
        bars.append(
            {
                "name": part.name,
                "value": float(part.quantity.value),
                "label": str(part.quantity),
                "share": share,
                "top": middle - BAR / 2,
                "bottom": middle + BAR / 2,
                "colour": OTHERS if part.together else FORCE,
            }
        )
        if share:
            words.append(words_at_pixel(share, whole, middle, align="right"))
        y += height

    x = alt.X("value:Q", axis=None, scale=alt.Scale(domain=[0, top], range=[left, right], nice=False, zero=True))
    at = alt.Y("top:Q", scale=None, axis=None)
    base = chart(bars)
    colour = alt.Color("colour:N", scale=None, legend=None)
    number = base.mark_text(align="left", baseline="middle", dx=4, dy=BAR / 2, fontWeight="bold", color=INK)
    edge = chart([{"top": HEADING - 2, "bottom": y}]).mark_rule(color=QUIET, strokeWidth=1)
    layers = [
        upright(base.mark_bar(), x=x, x2=alt.X2Datum(0), color=colour),
        number.encode(x=x, y=at, text=alt.Text("label:N")),
        upright(edge, x=alt.value(left)),
        *lettered(words),
    ]
    return fixed(layers, whole, y + 2)


def _alternative(found: Split, subject: str) -> str:
    """The parts from first to last with their shares, and what they make up."""
    said = [f"{part.name} {part.quantity}{f' ({_share(found, part)})' if part.share else ''}" for part in found.parts]
    first, last = f"Ranked bars of {subject}", f" {'Together' if found.adds_up else 'For all'}: {found.whole}."
    parts = first_heard(said, MOST_SAID, first + last, comma=True)
    return f"{first}: {parts}.{last}"
