"""One measure split by the words of a column, such as complaints by type: the parts, ranked, and what they are of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from papergen.data.series import Filter, Series
from papergen.data.tables import DataRow
from papergen.diagnostics import did_you_mean
from papergen.exhibits.options import DataColumn, OneMeasure, Request
from papergen.exhibits.pieces.two_periods import two_periods
from papergen.values.chrome import Chrome, chrome
from papergen.values.facts import FactError
from papergen.values.periods import Period
from papergen.values.quantities import Kind, Quantity, rounded
from papergen.values.words import MOST_LISTED, capital, listed
from papergen.workspace.measures import Combine, MeasureSettings

ColumnPeriod = Literal["quarter", "year_to_date", "rolling_12", "latest"]

_NEVER_ADDED = frozenset({Kind.PERCENTAGE, Kind.POINTS, Kind.RATE, Kind.RANK})


@dataclass(frozen=True, slots=True)
class ColumnPart:
    """What the measure comes to for a word, or for several together; ``share`` is None where parts do not add up."""

    name: str
    words: tuple[str, ...]
    quantity: Quantity
    share: Quantity | None
    together: bool = False


@dataclass(frozen=True, slots=True)
class Split:
    """The parts from first to last, and what they make up in ``period``; ``rest`` are those put together."""

    parts: tuple[ColumnPart, ...]
    rest: tuple[ColumnPart, ...]
    whole: Quantity
    period: Period
    series: Series
    adds_up: bool

    @property
    def share_decimals(self) -> int:
        """With how many decimals the shares are printed: with one where a part would otherwise be 0%."""
        shares = [part.share.value for part in self.parts if part.share and part.share.value]
        return int(any(not rounded(abs(each)) for each in shares))

    @property
    def unnamed(self) -> tuple[ColumnPart, ...]:
        """The parts that were put together, where they are too many for the note to name."""
        return self.rest if len(self.rest) > MOST_LISTED + 1 else ()

    @property
    def notes(self) -> tuple[str, ...]:
        """Which words were put together."""
        return tuple(f"{part.name} are {listed(part.words)}." for part in self.parts if part.together)


class SplitOptions(OneMeasure):
    """The keys of a measure split by the words of a column (``by``), and how many words are shown (``most``).

    The words beyond that are put together.  ``order`` names words that stand first, in that order.
    """

    by: DataColumn
    period: ColumnPeriod = "quarter"
    most: int = Field(default=8, ge=1)
    order: tuple[str, ...] = ()


def split(request: Request, options: SplitOptions) -> Split:
    """The measure by the words of the column: those in ``order`` first, the rest from the largest down.

    Beyond ``most`` they are put together where they add up.  Raises ``FactError`` for what cannot be split.
    """
    measure, where, by, most, order = options.measure, options.where, options.by, options.most, options.order
    series = request.series(measure, where)
    when = period_of(request, series, options.period)
    whole = series.over(when)
    adds_up = parts_add_up(series.settings)
    found = words_of(request, measure, where, by, [when])
    check_words(order, found, by)

    def part(name: str, words: Sequence[str], *, together: bool = False) -> ColumnPart:
        quantity = request.series(measure, {**where, by: tuple(words)}).over(when)
        return ColumnPart(name, tuple(words), quantity, share(quantity, whole) if adds_up else None, together)

    single = {word: part(capital(word), [word]) for word in found}
    ranked = sorted(
        single, key=lambda word: (order.index(word) if word in order else len(order), -single[word].quantity.value)
    )
    if not adds_up or len(ranked) <= most + 1:
        return Split(tuple(single[word] for word in ranked), (), whole, when, series, adds_up)
    rest = ranked[most:]
    parts = (
        *(single[word] for word in ranked[:most]),
        part(request.words.all_others.format(number=len(rest)), rest, together=True),
    )
    return Split(parts, tuple(single[word] for word in rest), whole, when, series, adds_up)


def share(part: Quantity, whole: Quantity) -> Quantity | None:
    """``part`` as a percentage of ``whole``; None where that is zero."""
    if not whole.value:
        return None
    return Quantity(value=part.value / whole.value * 100, kind=Kind.PERCENTAGE, origin=part.origin + whole.origin)


def period_of(request: Request, series: Series, word: ColumnPeriod) -> Period:
    """The period that the word names, as far as the data of ``series`` go."""
    if word == "latest":
        return series.last.period
    return two_periods(request.book, [series], word).now


def words_of(
    request: Request, measure: str, where: Filter, column: str, periods: Sequence[Period] | None = None
) -> list[str]:
    """The words of a column in the rows of a measure, or in those in ``periods``, in the order of their first rows."""
    request.book.table(request.book.settings(measure).file).refuse_unknown(column)
    rows = _rows(request, measure, where, [column])
    inside = (row for row in rows if periods is None or any(each.holds(row.period) for each in periods))
    found = list(dict.fromkeys(row.texts[column] for row in inside))
    if len(found) < 2:
        raise FactError(
            f"The column “{column}” has {'only one word' if found else 'no words'} here, so there is nothing to split.",
            "Choose another column, or leave it out of “where”.",
        )
    return found


def words_together(
    request: Request, measure: str, where: Filter, columns: tuple[str, str], period: Period
) -> frozenset[tuple[str, str]]:
    """The words of two columns that stand together in a row of a measure, in ``period`` or before it."""
    one, other = columns
    rows = (row for row in _rows(request, measure, where, columns) if row.period.ends <= period.ends)
    return frozenset((row.texts[one], row.texts[other]) for row in rows)


def _rows(request: Request, measure: str, where: Filter, columns: Sequence[str]) -> list[DataRow]:
    """The rows of a measure to be split by ``columns``, those of its own force unless that is one of them."""
    settings = request.book.settings(measure)
    chosen = {**settings.where, **where}
    if settings.peers is not None and "force" not in chosen and "force" not in columns:
        chosen["force"] = (settings.peers.own,)
    return request.book.table(settings.file).only(*settings.where.items(), *chosen.items())


def check_words(asked: Sequence[str], there: Sequence[str], column: str) -> None:
    """Raise ``FactError`` for a word of ``order`` that the column does not have."""
    for word in asked:
        if word not in there:
            raise FactError(
                f"The column “{column}” has no “{word}” in the rows shown.",
                did_you_mean(word, there, f"It has: {', '.join(there[:12])}."),
            )


def parts_add_up(settings: MeasureSettings) -> bool:
    """Whether parts of the measure make up the whole, as counts do and percentages and averages do not."""
    return settings.of is None and settings.combine is not Combine.MEAN and settings.kind not in _NEVER_ADDED


def column_words(column: str, request: Request) -> str:
    """The name of a column in words: "crime type", what the body calls an area, and periods in the text's language."""
    known = dict(zip(chrome().periods, request.words.periods, strict=True))
    return request.book.area_name if column == "area" else known.get(column, column.replace("_", " "))


def narrowed_title(title: str, where: Filter) -> str:
    """The title of a measure with the words it is narrowed to."""
    words = [word for chosen in where.values() for word in chosen]
    return f"{title} ({listed(words)})" if words else title


def with_unit(name: str, unit: str) -> str:
    """The name of what is shown, with its unit where the name does not say it: "Robbery by area: offences"."""
    return name if unit.lower() in name.lower() else f"{name}: {unit}"


def when_words(period: Period, words: Chrome | None = None) -> str:
    """The period as a title says it: "October to December 2015"."""
    return period.months_in(words or chrome()) if period.is_months else period.days_in(words or chrome())
