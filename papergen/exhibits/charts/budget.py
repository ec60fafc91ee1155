"""Budget: bars of what was planned beside what was spent or is expected, by line or by period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from papergen.data.series import Series
from papergen.exhibits.drawing import Drawing, Told, rows_behind
from papergen.exhibits.options import Request
from papergen.exhibits.pieces.axes import span_words
from papergen.exhibits.pieces.by_column import column_words, period_of, when_words
from papergen.exhibits.pieces.money import UNITS, Money, MoneyOptions, both, lines_of, money_of, over_or_under
from papergen.exhibits.pieces.paired_bars import Bar, BarPair, paired_bars
from papergen.model.nodes import ChartData
from papergen.values.chrome import Chrome, chrome
from papergen.values.facts import FactError, UnreadError
from papergen.values.periods import Period
from papergen.values.quantities import Quantity
from papergen.values.words import capital, first_heard, joined, lowered

PERIOD = "period"
MOST_PERIODS = 12
MOST_SAID = 8


class BudgetChartOptions(MoneyOptions):
    """The keys of a chart of a budget; ``by: period`` shows the last twelve periods of the data in place of lines."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the budget: what was planned, and what was spent or is expected."""

    name: str
    planned: Quantity
    spent: Quantity

    @property
    def variance(self) -> Fraction:
        return self.spent.value - self.planned.value


def draw(options: BudgetChartOptions, request: Request) -> Drawing:
    """Two bars for each line or period, with the variance in numbers and words."""
    planned, spent = both(options, request)
    told = request.words
    if options.by == PERIOD:
        periods = _periods(planned, spent)
        asked = [(period.name_in(told), planned, spent, period) for period in periods]
        when, said_when = span_words(periods, told), span_words(periods)
    else:
        period = period_of(request, spent, options.period)
        asked = [
            (capital(word), *_narrowed(options, request, word), period) for word in lines_of(options, request, period)
        ]
        when, said_when = when_words(period, told), when_words(period)
    lines: list[_Line] = []
    left_out: list[str] = []
    for name, plan, actual, period in asked:
        try:
            lines.append(_Line(name, plan.over(period), actual.over(period)))
        except UnreadError:
            raise
        except FactError:
            left_out.append(name)
    if not lines:
        raise FactError("None of these lines has both numbers.", f"Look into {spent.file}.")
    money = money_of(options, planned.scale, [quantity for each in lines for quantity in (each.planned, each.spent)])
    called = options.called or told.actual
    labels = (told.budget, called)
    by = column_words(options.by, request)
    title = told.by.format(name=told.budget_and.format(called=lowered(called)), by=by)
    english = chrome().by.format(
        name=chrome().budget_and.format(called=lowered(options.called or chrome().actual)), by=by
    )
    values = [each.value for line in lines for each in (line.planned, line.spent)]
    return Drawing(
        spec=lambda: paired_bars(
            [_bars(each, money, told) for each in lines],
            labels,
            width=options.width,
            largest=float(max(values)) / UNITS[money.unit],
            heading=lowered(told.variance),
        ),
        title=Told(f"{title}: {money.unit}, {when}"),
        alternative=_alternative(lines, money, f"{lowered(english)} ({money.unit}), {said_when}"),
        measures=(options.budget, options.actual),
        data=ChartData(
            columns=(
                capital(by),
                *(f"{label} ({money.unit})" for label in labels),
                f"{told.variance} ({money.unit})",
                told.over_or_under,
            ),
            rows=tuple(_row(each, money, told) for each in lines),
        ),
        notes=(
            Told(told.variance_is.format(called=lowered(called))),
            *((Told(told.lacking_lines.format(names=told.listed(tuple(left_out)))),) if left_out else ()),
        ),
        rows=rows_behind(quantity for each in lines for quantity in (each.planned, each.spent)),
    )


def _periods(planned: Series, spent: Series) -> list[Period]:
    """The last periods that both have numbers for."""
    known = {each.period for each in planned.observations}
    found = [each.period for each in spent.observations if each.period in known]
    if not found:
        raise FactError(
            f"“{planned.measure}” and “{spent.measure}” have no period in common.", "Look into their files."
        )
    return found[-MOST_PERIODS:]


def _narrowed(options: BudgetChartOptions, request: Request, word: str) -> tuple[Series, Series]:
    where = {**options.where, options.by: (word,)}
    return request.series(options.budget, where), request.series(options.actual, where)


def _bars(line: _Line, money: Money, words: Chrome) -> BarPair:
    def bar(quantity: Quantity) -> Bar:
        return Bar(float(quantity.value) / UNITS[money.unit], money.text(quantity.value))

    return BarPair(line.name, bar(line.planned), bar(line.spent), _said(line, money, words))


def _said(line: _Line, money: Money, words: Chrome) -> str:
    """The variance in numbers and words: "0.5 over"."""
    word = lowered(over_or_under(line.variance, words))
    return f"{money.text(abs(line.variance))} {word}" if line.variance else word


def _row(line: _Line, money: Money, words: Chrome) -> tuple[str, ...]:
    sums = (line.planned.value, line.spent.value, line.variance)
    return line.name, *(money.text(each) for each in sums), over_or_under(line.variance, words)


def _alternative(lines: Sequence[_Line], money: Money, subject: str) -> str:
    """Each line with its budget and its variance, and the largest over and under."""
    numbers = [
        f"{each.name} {money.text(each.spent.value)}"
        f" (budget {money.text(each.planned.value)}, {_said(each, money, chrome())})"
        for each in lines
    ]
    by_variance = sorted(lines, key=lambda each: each.variance)
    ends = [
        f"furthest {word} is {each.name}"
        for each, word, is_so in (
            (by_variance[-1], "over", by_variance[-1].variance > 0),
            (by_variance[0], "under", by_variance[0].variance < 0),
        )
        if is_so and len(lines) > 1
    ]
    first, last = f"Bars of {subject}", f" {capital(joined(ends))}." if ends else ""
    return f"{first}: {first_heard(numbers, MOST_SAID, first + last)}.{last}"
