"""Budget: what was planned beside what was spent or is expected, with the variance in pounds, per cent and words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from papergen.exhibits.drawing import Rows, Told
from papergen.exhibits.options import Request
from papergen.exhibits.pieces.by_column import column_words, period_of, when_words
from papergen.exhibits.pieces.cells import Dashes, narrowed, numbers_right, over, strong, value_of, words
from papergen.exhibits.pieces.money import UNITS, Money, MoneyOptions, both, lines_of, money_of, over_or_under
from papergen.model.nodes import Inlines, Strong, Value
from papergen.values.facts import FactError
from papergen.values.periods import Period
from papergen.values.quantities import Kind, Quantity, rounded
from papergen.values.words import capital


class BudgetOptions(MoneyOptions):
    """The keys of a budget table; ``total`` adds a row for the whole."""

    total: bool = True


def lay_out(options: BudgetOptions, request: Request) -> Rows:
    """A row for each word of the column, in the order of the data or that given, and a total where it is asked for."""
    planned, spent = both(options, request)
    period = period_of(request, spent, options.period)
    ordered = lines_of(options, request, period)
    money = money_of(options, planned.scale, [planned.over(period), spent.over(period)])
    dashes = Dashes()
    rows = [_row(options, request, money, dashes, period, word) for word in ordered]
    if options.total:
        rows.append(tuple(strong(cell) for cell in _row(options, request, money, dashes, period, None)))
    told, column, called = request.words, column_words(options.by, request), options.called or request.words.actual
    header = (
        words(capital(column)),
        request.told(f"{told.budget} ({money.unit})"),
        (words if options.called else request.told)(f"{called} ({money.unit})"),
        request.told(f"{told.variance} ({money.unit})"),
        request.told(f"{told.variance} (%)"),
        request.told(told.over_or_under),
    )
    title = told.by.format(name=told.budget_and.format(called=called.lower()), by=column)
    return Rows(
        header=header,
        rows=tuple(rows),
        alignments=(*numbers_right(len(header) - 1), numbers_right(1)[0]),
        title=Told(f"{title}, {when_words(period, told)}"),
        measures=(options.budget, options.actual),
        notes=(
            Told(told.variance_is.format(called=called.lower())),
            *([Told(told.brackets)] if money.brackets else []),
            *([Told(told.rounded)] if _disagree(rows, total=options.total) else []),
            *dashes.notes,
        ),
    )


def _disagree(rows: Sequence[tuple[Inlines, ...]], *, total: bool) -> bool:
    """Whether a variance is not the difference of the numbers printed beside it, or a total not the sum above it."""
    printed = [tuple(map(_rounded, row[1:4])) for row in rows]
    sums = [(spent, (planned, variance)) for planned, spent, variance in printed]
    if total:
        sums += [(column[-1], column[:-1]) for column in zip(*printed, strict=True)]
    return any(
        whole is not None and None not in parts and whole != sum(part or 0 for part in parts) for whole, parts in sums
    )


def _rounded(cell: Inlines) -> Fraction | None:
    """The number of a cell as it is printed, in bold or not; None for a dash."""
    match cell:
        case (Value(quantity=Quantity() as found),) | (Strong(children=(Value(quantity=Quantity() as found),)),):
            return rounded(found.value, found.decimals)
        case _:
            return None


def _row(
    options: BudgetOptions, request: Request, money: Money, dashes: Dashes, period: Period, word: str | None
) -> tuple[Inlines, ...]:
    """The cells of one word, or of the whole."""
    where = {**options.where, **({options.by: (word,)} if word is not None else {})}
    name = capital(word) if word is not None else request.words.total

    def quantity(measure: str) -> Quantity:
        return request.series(measure, where).over(period)

    def called(measure: str) -> str:
        return f"{narrowed(measure, where)}.{over(period, request.book)}"

    def variance() -> Quantity:
        planned, spent = quantity(options.budget), quantity(options.actual)
        value, origin = spent.value - planned.value, planned.origin + spent.origin
        return Quantity(value=value, kind=Kind.POUNDS, origin=origin, is_change=True)

    difference = f"{called(options.actual)} - {called(options.budget)}"
    per_cent = f"{called(options.actual)}.change_from({called(options.budget)}) | sign"

    def share() -> Value:
        planned, found = quantity(options.budget), variance()
        if not planned.value:
            raise FactError("nothing can be a share of zero", "Leave the row out.")
        part = found.with_value(found.value / abs(planned.value) * 100)
        return _value(part, money.signed(part.value, 1), per_cent, 1, request)

    def cell(found: Quantity, expression: str) -> Value:
        return _value(found, money.text(found.value), expression, money.decimals, request, UNITS[money.unit])

    def made(measure: str, make: Callable[[], Value]) -> Inlines:
        return dashes.cell(make, measure=measure, name=name)

    try:
        told = over_or_under(variance().value, request.words)
    except FactError:
        told = ""
    return (
        words(name) if word is not None else request.told(name),
        made(options.budget, lambda: cell(quantity(options.budget), called(options.budget))),
        made(options.actual, lambda: cell(quantity(options.actual), called(options.actual))),
        made(options.actual, lambda: cell(variance(), difference)),
        made(options.actual, share),
        request.told(told) if told else words(told),
    )


def _value(quantity: Quantity, text: str, expression: str, decimals: int, request: Request, unit: int = 1) -> Value:
    """A sum as a table prints it, in its unit, with all that is known of where it comes from."""
    number = replace(quantity, value=quantity.value / unit, kind=Kind.NUMBER, decimals=decimals)
    return value_of(text, quantity, number.printed(decimals), expression, request.at)
