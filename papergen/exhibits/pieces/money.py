"""A budget beside what was spent or is expected: the keys of its table and chart, its lines, how sums are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from pydantic import Field

from papergen.data.series import Series
from papergen.exhibits.options import Chosen, DataColumn, ExhibitLine, MeasureName, Options, Request
from papergen.exhibits.pieces.by_column import ColumnPeriod, check_words, words_of
from papergen.values.chrome import Chrome
from papergen.values.facts import FactError
from papergen.values.periods import Period, month_of
from papergen.values.quantities import Kind, Quantity, at_edge, print_number, rounded

Unit = Literal["£", "£000", "£m"]

UNITS: Mapping[Unit, int] = {"£": 1, "£000": 1000, "£m": 1_000_000}
LEAST_FOR_MILLIONS, LEAST_FOR_THOUSANDS = 100_000_000, 100_000


class MoneyOptions(Options):
    """The measures of a budget and of what is set against it, and what they are shown by.

    ``by`` is the column whose words are the lines; ``unit`` is chosen by the size of the numbers where it is not given.
    """

    budget: MeasureName
    actual: MeasureName
    by: DataColumn
    where: Chosen = Field(default_factory=dict)
    period: ColumnPeriod = "latest"
    called: ExhibitLine | None = None
    unit: Unit | None = None
    negatives: Literal["minus", "brackets"] = "minus"
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Money:
    """How sums are written: in which unit, with how many decimals, and how those below zero."""

    unit: Unit
    decimals: int
    brackets: bool

    def text(self, pounds: Fraction) -> str:
        """The sum in the unit, without its name."""
        return self.signed(pounds / UNITS[self.unit], self.decimals)

    def signed(self, value: Fraction, decimals: int) -> str:
        """A number in the unit already, or a percentage: "less than 0.1" where one that is not 0 would print as 0."""
        if edge := at_edge(abs(value), decimals):
            return f"{edge[0]} {print_number(edge[1], decimals)}"
        text = print_number(value, decimals)
        return f"({print_number(abs(value), decimals)})" if self.brackets and rounded(value, decimals) < 0 else text


def money_of(options: MoneyOptions, scale: int, sums: Sequence[Quantity]) -> Money:
    """The unit asked for, that of the data where they are in thousands or millions, or one by the size of the whole."""
    largest = max(abs(each.value) for each in sums)
    unit = options.unit or next((name for name, size in UNITS.items() if size == scale and scale > 1), None)
    if unit is None:
        unit = "£m" if largest >= LEAST_FOR_MILLIONS else "£000" if largest >= LEAST_FOR_THOUSANDS else "£"
    return Money(unit, 1 if unit == "£m" else 0, options.negatives == "brackets")


def both(options: MoneyOptions, request: Request) -> tuple[Series, Series]:
    """The series of the budget and of what is set against it; raises ``FactError`` for what is no money."""
    for measure in (options.budget, options.actual):
        if request.book.settings(measure).kind is not Kind.POUNDS:
            raise FactError(f"“{measure}” is not money.", "Give it “kind: pounds” in content/measures.yaml.")
        _refuse_left_out(measure, request)
    return request.series(options.budget, options.where), request.series(options.actual, options.where)


def _refuse_left_out(measure: str, request: Request) -> None:
    """Raise ``FactError`` where numbers of the present year are left out since it ends after the reporting period."""
    book = request.book
    settings, until = book.settings(measure), book.data_to(measure)
    if settings.data_to.get(book.meeting) is not None:
        return
    rows = book.table(settings.file).only(*settings.where.items())
    later = [row.period for row in rows if row.period.ends > until and row.period.starts <= book.meeting]
    if later:
        period = max(later, key=lambda each: each.ends)
        last = month_of(period.ends)
        raise FactError(
            f"The numbers of “{measure}” for {period.name} are left out, since that ends after the reporting period.",
            f"Where they are known before, as a budget or a forecast is, add “data_to: {{{book.meeting}:"
            f" {last.year}-{last.month:02d}}}” to “{measure}” in content/measures.yaml.",
        )


def lines_of(options: MoneyOptions, request: Request, period: Period) -> list[str]:
    """The words of the lines, in the order of the data or that given; ``FactError`` for money without a budget."""
    found = words_of(request, options.budget, options.where, options.by, [period])
    for word in words_of(request, options.actual, options.where, options.by, [period]):
        if word not in found:
            raise FactError(
                f"“{word}” has money in “{options.actual}” and no row in “{options.budget}”.",
                f"Add it to the data of “{options.budget}”, with 0 if nothing was planned, or choose with “where”.",
            )
    check_words(options.order, found, options.by)
    return sorted(found, key=lambda word: options.order.index(word) if word in options.order else len(options.order))


def over_or_under(variance: Fraction, words: Chrome) -> str:
    """In a word how what was spent stands to the budget."""
    return words.variances[(variance > 0) - (variance < 0) + 1]
