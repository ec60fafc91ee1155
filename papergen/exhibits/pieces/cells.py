"""Cells of tables: each number with the name it could be printed by, and a dash with its reason where there is none."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from papergen.data.book import Book
from papergen.data.expression_trees import names_in, parsed
from papergen.data.series import Filter
from papergen.diagnostics import Span
from papergen.exhibits.drawing import Told
from papergen.exhibits.options import Request
from papergen.exhibits.pieces.states import marked
from papergen.model.nodes import Alignment, Inlines, Strong, Text, Value
from papergen.values.facts import FactError, UnreadError
from papergen.values.formats import formatted
from papergen.values.periods import Month, Period, month_of, months_period
from papergen.values.quantities import Quantity, print_quantity
from papergen.values.words import listed

DASH = "–"
MOST_MONTHS = 24
MOST_REASONS = 4
MOST_NAMES = 3
_PERIODS = "{periods}"


def narrowed(measure: str, *wheres: Filter) -> str:
    """The name of a part of a measure: ``complaints.by(complaint_type="incivility")``."""
    name = measure
    for where in wheres:
        if where:
            named = {column: chosen[0] if len(chosen) == 1 else list(chosen) for column, chosen in where.items()}
            words = (f"{column}={json.dumps(chosen, ensure_ascii=False)}" for column, chosen in named.items())
            name += f".by({', '.join(words)})"
    return name


def over(period: Period, book: Book) -> str:
    """The part of a measure's name that says the period: ``quarter``, ``quarter_of("2015/16 Q2")``."""
    if period == book.period:
        return "quarter" if period.is_quarter else "period"
    if period.is_quarter:
        return f'quarter_of("{period.name}")'
    if period.is_months and period.length == 12 and period.starts.month == 4:
        return f'year("{period.name}")'
    if not period.is_months or period.length > MOST_MONTHS:
        return f'during("{period.name}")'
    first, last = _typed(month_of(period.starts)), _typed(month_of(period.ends))
    return f'month("{first}")' if first == last else f'months("{first}", "{last}")'


def _typed(month: Month) -> str:
    return f"{month.year}-{month.month:02d}"


def number(quantity: Quantity, expression: str, at: Span, *, sign: bool = False, decimals: int | None = None) -> Value:
    """A number as it is printed, with the name and all that is known of where it comes from.

    A change has its ``sign``; a percentage may have other ``decimals`` than its own.
    """
    text = print_quantity(quantity, decimals=decimals)
    if sign:
        text, expression = formatted("sign", quantity) or text, f"{expression} | sign"
    elif decimals:
        expression = f"{expression} | percent({decimals})"
    return value_of(text, quantity, quantity.printed(decimals), expression, at)


def value_of(text: str, quantity: Quantity, printed: Quantity, expression: str, at: Span) -> Value:
    """A quantity that is printed as ``text``, with the name and all that is known of where it comes from."""
    return Value(
        text=marked(text, quantity),
        expression=expression,
        how=names_in(parsed(expression)),
        quantity=printed,
        at=at,
        sources=quantity.origin.rows,
        measures=quantity.origin.measures,
        periods=quantity.origin.periods,
    )


def or_none(find: Callable[[], Quantity]) -> Quantity | None:
    """What ``find`` gives, or None where there is no such number."""
    try:
        return find()
    except UnreadError:
        raise
    except FactError:
        return None


def strong(cell: Inlines) -> Inlines:
    """The cell in bold, as in a row of totals."""
    return (Strong(children=cell),)


def words(text: str) -> Inlines:
    """A cell of words."""
    return (Text(text=text),)


def several(names: Sequence[str], request: Request) -> str:
    """The names of the measures of a table, or the first and how many others."""
    if len(names) <= MOST_NAMES:
        return request.words.listed(tuple(names))
    return request.words.and_others.format(name=names[0], number=len(names) - 1)


@dataclass(slots=True)
class Dashes:
    """The cells of a table that cannot be given: why, and in which periods."""

    reasons: dict[str, dict[str, None]] = field(default_factory=dict)

    def cell(self, make: Callable[[], Value], *, measure: str, name: str) -> Inlines:
        """The cell that ``make`` gives; or a dash, with the reason in words that readers know the measure by."""
        try:
            return (make(),)
        except UnreadError:
            raise
        except FactError as problem:
            reason = problem.message.replace(f"“{measure}”", f"“{name}”").rstrip(".")
            return self.dash(reason.replace(problem.period or _PERIODS, _PERIODS), problem.period)

    def dash(self, reason: str, period: str = "") -> Inlines:
        self.reasons.setdefault(reason, {})[period] = None
        return words(DASH)

    @property
    def notes(self) -> tuple[str, ...]:
        """One sentence on what the dashes mean."""
        told = [reason.replace(_PERIODS, listed(list(periods))) for reason, periods in self.reasons.items()]
        if not told:
            return ()
        if len(told) > MOST_REASONS:
            told = [*told[:MOST_REASONS], f"{len(told) - MOST_REASONS} more likewise"]
        return (f"{DASH} stands where there is no number: {'; '.join(told)}.",)


def numbers_right(columns: int) -> tuple[Alignment, ...]:
    """Words on the left in the first column, numbers on the right in all others."""
    return (Alignment.LEFT, *(Alignment.RIGHT,) * (columns - 1))


def last_quarters(book: Book, count: int) -> list[Period]:
    """So many quarters, the last of which is the reporting period's, or the last that ends in it."""
    month = month_of(book.period.ends)
    if month.last_day != book.period.ends:
        month = month.plus(-1)
    month = month.plus(-(month.month % 3))
    last = months_period(month.plus(-2), month)
    return [last.back(3 * index) for index in reversed(range(count))]


def with_data(periods: Sequence[Period], has: Callable[[Period], bool]) -> list[Period]:
    """The periods from the first to the last that have data; raises ``FactError`` where none has."""
    there = [index for index, period in enumerate(periods) if has(period)]
    if not there:
        raise FactError(
            f"There are no complete data for {listed([period.name for period in periods])}.", "Ask for more quarters."
        )
    return list(periods[there[0] : there[-1] + 1])


def missing_note(asked: Sequence[Period], shown: Sequence[Period], request: Request) -> tuple[str, ...]:
    """Which of the periods asked for are not shown, for want of data."""
    words = request.words
    notes = [words.data_begin.format(period=shown[0].name_in(words))] if asked[0] != shown[0] else []
    if asked[-1] != shown[-1]:
        later = tuple(period.name_in(words) for period in asked if period.starts > shown[-1].starts)
        notes.append(words.no_data_yet.format(periods=words.listed(later)))
    return tuple(map(Told, notes))
