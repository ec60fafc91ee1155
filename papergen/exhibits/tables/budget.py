"""Budget: what was planned beside what was spent or is expected, with the variance in pounds, per cent and words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from pydantic import Field

from papergen.data.expressions import names_followed
from papergen.data.series import Series
from papergen.exhibits.drawing import Rows
from papergen.exhibits.options import Chosen, ExhibitLine, Options, Request
from papergen.exhibits.pieces.by_column import ColumnPeriod, check_words, column_words, period_of, when_words, words_of
from papergen.exhibits.pieces.cells import Dashes, narrowed, numbers_right, over, strong, words
from papergen.exhibits.pieces.states import marked
from papergen.model.nodes import Inlines, Value
from papergen.values.facts import FactError
from papergen.values.periods import Period
from papergen.values.quantities import Kind, Quantity, print_number, rounded
from papergen.values.words import capital

Unit = Literal["£", "£000", "£m"]

UNITS: Mapping[Unit, int] = {"£": 1, "£000": 1000, "£m": 1_000_000}
LEAST_FOR_MILLIONS, LEAST_FOR_THOUSANDS = 100_000_000, 100_000


class BudgetOptions(Options):
    """The keys of a budget table: the measures of the budget and of what is set against it, and what the rows are.

    ``by`` is the column whose words are the rows; ``unit`` is chosen by the size of the numbers where it is not given.
    """

    budget: str
    actual: str
    by: ExhibitLine
    where: Chosen = Field(default_factory=dict)
    period: ColumnPeriod = "latest"
    called: ExhibitLine = "Actual"
    unit: Unit | None = None
    total: bool = True
    negatives: Literal["minus", "brackets"] = "minus"
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Money:
    """How sums are written: in which unit, with how many decimals, and how those below zero."""

    unit: Unit
    decimals: int
    brackets: bool

    def text(self, pounds: Fraction, decimals: int | None = None) -> str:
        return self.signed(pounds / UNITS[self.unit], self.decimals if decimals is None else decimals)

    def signed(self, value: Fraction, decimals: int) -> str:
        text = print_number(value, decimals)
        return f"({print_number(abs(value), decimals)})" if self.brackets and rounded(value, decimals) < 0 else text


def lay_out(options: BudgetOptions, request: Request) -> Rows:
    """A row for each word of the column, in the order of the data or that given, and a total where it is asked for."""
    planned, spent = (request.series(measure, options.where) for measure in (options.budget, options.actual))
    for measure, each in ((options.budget, planned), (options.actual, spent)):
        if each.settings.kind is not Kind.POUNDS:
            raise FactError(f"“{measure}” is not money.", "Give it “kind: pounds” in content/measures.yaml.")
    period = period_of(request, spent, options.period)
    found = words_of(request, options.budget, options.where, options.by, [period])
    for word in words_of(request, options.actual, options.where, options.by, [period]):
        if word not in found:
            raise FactError(
                f"“{word}” has money in “{options.actual}” and no row in “{options.budget}”.",
                f"Add it to the data of “{options.budget}”, with 0 if nothing was planned, or choose with “where”.",
            )
    check_words(options.order, found, options.by)
    ordered = sorted(found, key=lambda word: options.order.index(word) if word in options.order else len(options.order))
    money = _money(options, planned.scale, [planned.over(period), spent.over(period)])
    dashes = Dashes()
    rows = [_row(options, request, money, dashes, period, word) for word in ordered]
    if options.total:
        rows.append(tuple(strong(cell) for cell in _row(options, request, money, dashes, period, None)))
    header = (
        capital(column_words(options.by, request.book)),
        f"Budget ({money.unit})",
        f"{options.called} ({money.unit})",
        f"Variance ({money.unit})",
        "Variance (%)",
        "Over or under",
    )
    title = f"Budget and {options.called.lower()} by {column_words(options.by, request.book)}, {when_words(period)}"
    return Rows(
        header=tuple(words(text) for text in header),
        rows=tuple(rows),
        alignments=(*numbers_right(len(header) - 1), numbers_right(1)[0]),
        title=title,
        measures=(options.budget, options.actual),
        notes=(
            f"Variance is {options.called.lower()} less budget.",
            *(["Numbers in brackets are below zero."] if money.brackets else []),
            *dashes.notes,
        ),
    )


def _money(options: BudgetOptions, scale: int, sums: Sequence[Quantity]) -> _Money:
    """The unit asked for, that of the data where they are in thousands or millions, or one by the size of the whole."""
    largest = max(abs(each.value) for each in sums)
    unit = options.unit or next((name for name, size in UNITS.items() if size == scale and scale > 1), None)
    if unit is None:
        unit = "£m" if largest >= LEAST_FOR_MILLIONS else "£000" if largest >= LEAST_FOR_THOUSANDS else "£"
    return _Money(unit, 1 if unit == "£m" else 0, options.negatives == "brackets")


def _row(
    options: BudgetOptions, request: Request, money: _Money, dashes: Dashes, period: Period, word: str | None
) -> tuple[Inlines, ...]:
    """The cells of one word, or of the whole."""
    where = {**options.where, **({options.by: (word,)} if word is not None else {})}
    name = capital(word) if word is not None else "Total"

    def series(measure: str) -> Series:
        return request.series(measure, where)

    def quantity(measure: str) -> Quantity:
        return series(measure).over(period)

    def called(measure: str) -> str:
        return f"{narrowed(measure, where)}.{over(period, request.book)}"

    def variance() -> Quantity:
        planned, spent = quantity(options.budget), quantity(options.actual)
        return Quantity(
            value=spent.value - planned.value,
            kind=Kind.POUNDS,
            origin=planned.origin + spent.origin,
            is_change=True,
        )

    difference = f"{called(options.actual)} - {called(options.budget)}"
    per_cent = f"{called(options.actual)}.change_from({called(options.budget)}) | sign"

    def share() -> Value:
        planned, found = quantity(options.budget), variance()
        if not planned.value:
            raise FactError("nothing can be a share of zero", "Leave the row out.")
        part = found.with_value(found.value / abs(planned.value) * 100)
        return _value(part, money.signed(part.value, 1), per_cent, 1, request)

    def cell(measure: str) -> Value:
        found = quantity(measure)
        return _value(found, money.text(found.value), called(measure), money.decimals, request, UNITS[money.unit])

    def variance_cell() -> Value:
        found = variance()
        return _value(found, money.text(found.value), difference, money.decimals, request, UNITS[money.unit])

    def made(measure: str, make: Callable[[], Value]) -> Inlines:
        return dashes.cell(make, measure=measure, name=name, periods=[period])

    try:
        found = rounded(variance().value / UNITS[money.unit], money.decimals)
        told = "Over" if found > 0 else "Under" if found < 0 else "On budget"
    except FactError:
        told = ""
    return (
        words(name),
        made(options.budget, lambda: cell(options.budget)),
        made(options.actual, lambda: cell(options.actual)),
        made(options.actual, variance_cell),
        made(options.actual, share),
        words(told),
    )


def _value(quantity: Quantity, text: str, expression: str, decimals: int, request: Request, unit: int = 1) -> Value:
    """A sum as a table prints it, in its unit, with all that is known of where it comes from."""
    number = Quantity(value=quantity.value / unit, kind=Kind.NUMBER, decimals=decimals, is_change=quantity.is_change)
    return Value(
        text=marked(text, quantity),
        expression=expression,
        how=names_followed(expression),
        quantity=number.printed(decimals),
        at=request.at,
        sources=quantity.origin.rows,
        measures=quantity.origin.measures,
        periods=quantity.origin.periods,
    )
