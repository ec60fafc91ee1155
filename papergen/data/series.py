"""A measure's observations in order, and what they come to over a month, a quarter or a year."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeVar

from papergen.data.tables import DataRow, DataTable
from papergen.diagnostics import Span, did_you_mean
from papergen.values.facts import FactError
from papergen.values.periods import Period, print_day
from papergen.values.quantities import WHOLE_KINDS, Kind, Origin, Quantity, total
from papergen.values.states import NumberState
from papergen.workspace.measures import Combine, MeasureSettings

_DECIMALS = {Kind.MINUTES: 1, Kind.NUMBER: 1, Kind.RATE: 1}

T = TypeVar("T")
WEEK = 7

Filter = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Observation:
    """What was counted in one period: the number, what it is divided by (None for a plain number), and the lines.

    ``states`` are those of its rows that are not final.
    """

    period: Period
    value: Fraction
    of: Fraction | None
    lines: tuple[int, ...]
    states: tuple[NumberState, ...] = ()


@dataclass(frozen=True, slots=True)
class Withheld:
    """A period for which the rows have no number, or not all of them: why, and the lines."""

    period: Period
    state: NumberState
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """The observations of one measure, or of a part of it, in order and none later than its data-to date.

    ``complete_to`` is the day up to which days without an observation are known to have had none, where one is given.
    ``withheld`` are the periods whose numbers are held back or were never had.  Money is in pounds, and ``scale`` says
    how many pounds one is in the file (1,000 where its unit is £000).
    """

    measure: str
    settings: MeasureSettings
    file: str
    observations: tuple[Observation, ...]
    complete_to: date | None = None
    withheld: tuple[Withheld, ...] = ()
    scale: int = 1
    is_part: bool = False
    _worked_out: dict[str, Any] = field(init=False, default_factory=dict, compare=False, repr=False)

    def once(self, name: str, make: Callable[[Series], T]) -> T:
        """What ``make`` works out from this series under a name, once."""
        if name not in self._worked_out:
            self._worked_out[name] = make(self)
        found: T = self._worked_out[name]
        return found

    @property
    def decimals(self) -> int:
        """How many decimals the measure's numbers are printed with."""
        given = self.settings.decimals
        return _DECIMALS.get(self.settings.kind, 0) if given is None else given

    @property
    def last(self) -> Observation:
        if not self.observations and self.withheld:
            raise self._withheld(self.withheld[-1])
        if not self.observations:
            raise FactError(f"“{self.measure}” has no data up to this meeting.", f"Look into {self.file}.")
        return self.observations[-1]

    @property
    def ends(self) -> date:
        """The last day that is known: that of the last observation, or a later one to which days are complete."""
        last = self.last.period
        return max(last.ends, self.complete_to) if self.complete_to and self._by_day else last.ends

    def number(self, observation: Observation) -> Fraction:
        """The number of one observation: a percentage as 0 to 100."""
        return self._divided(observation.value, observation.of, observation.period)

    def over(self, period: Period) -> Quantity:
        """What the observations in ``period`` come to; raises ``FactError`` where one is missing."""
        inside, by_day = self.within(period), self._by_day
        hidden = [each for each in self.withheld if period.holds(each.period)]
        if hidden and (self.settings.combine is not Combine.LAST or hidden[-1].period.ends == period.ends):
            raise self._withheld(hidden[0])
        if by_day and not self._span.holds(period):
            raise self._missing(period)
        if not inside and by_day and self.complete_to and is_whole(self.settings):
            return self.quantity(Fraction(), period, self._around(period))
        if not inside:
            raise self._missing(period)
        if self.settings.combine is Combine.LAST:
            if not by_day and inside[-1].period.ends != period.ends:
                raise self._missing(period)
            inside = inside[-1:]
        elif not by_day and sum(each.period.days for each in inside) != period.days:
            raise self._missing(period)
        return self.quantity(self._combined(inside, period), period, inside)

    def before(self, period: Period) -> Period:
        """The period as long before, of weeks the week before."""
        return self._weeks_back(period, 1) or period.previous

    @property
    def before_last(self) -> Period:
        """The period of the observation before the last, or the one as long before where there is none."""
        return self.observations[-2].period if len(self.observations) > 1 else self.before(self.last.period)

    @property
    def next_row(self) -> Period:
        """The period of the next row to come: as much later as the last was than the one before it."""
        periods = [*(each.period for each in self.observations), *(each.period for each in self.withheld)]
        rows = sorted(periods, key=lambda period: period.starts)
        last = rows[-1]
        if len(rows) < 2 or not last.is_months:
            return last.next()
        return last.back(1 - Period(rows[-2].starts, last.starts).length)

    def year_before(self, period: Period) -> Period:
        """The same period a year earlier; of weeks, the one 52 weeks before, which begins on the same weekday."""
        return self._weeks_back(period, 52) or period.back(12)

    def _weeks_back(self, period: Period, weeks: int) -> Period | None:
        """The week so many weeks earlier; None where ``period`` is not one of weekly data."""
        if not period.days == self.last.period.days == WEEK:
            return None
        back = timedelta(days=weeks * WEEK)
        return replace(period, starts=period.starts - back, ends=period.ends - back)

    def average_over(self, period: Period) -> Quantity:
        """The average of the observations in ``period``, which must be known from its first day.

        A count is divided by the periods of its data (by the month where it is counted by the day), a standing number
        is the mean of those observed, and a share or an average is that of them all together.
        """
        whole = self.over(period)
        if self.settings.combine is Combine.LAST:
            if period.starts < self.observations[0].period.starts:
                raise self._missing(period)
            inside = self.within(period)
            return self.quantity(total(map(self.number, inside)) / len(inside), period, inside)
        if self.settings.adds_up:
            one = self.last.period
            return whole.with_value(whole.value / (period.length // (one.length if one.is_months else 1)))
        return whole

    def within(self, period: Period) -> list[Observation]:
        """The observations that lie in ``period``."""
        starts = self.once("starts", lambda series: [each.period.starts for each in series.observations])
        first = bisect_left(starts, period.starts)
        beyond = bisect_right(starts, period.ends, first)
        return [each for each in self.observations[first:beyond] if each.period.ends <= period.ends]

    def quantity(self, value: Fraction, period: Period, observations: list[Observation]) -> Quantity:
        """``value`` as a number of this measure that was worked out from ``observations``."""
        rows = tuple([_row(self.file, line) for each in observations for line in each.lines])
        states = tuple(dict.fromkeys([state for each in observations for state in each.states]))
        origin = Origin(measures=(self.measure,), periods=(period,), rows=rows, states=states)
        return Quantity(value=value, kind=self.settings.kind, decimals=self.decimals, origin=origin)

    @property
    def _by_day(self) -> bool:
        return self.last.period.days == 1

    @property
    def _span(self) -> Period:
        return Period(self.observations[0].period.starts, self.ends)

    def _around(self, period: Period) -> list[Observation]:
        """The last observation before ``period`` and the first after it, which show that none lies between."""
        before = [each for each in self.observations if each.period.ends < period.starts]
        after = [each for each in self.observations if each.period.starts > period.ends]
        return [*before[-1:], *after[:1]]

    def _combined(self, inside: list[Observation], period: Period) -> Fraction:
        if self.settings.of is not None:
            return self._divided(
                total(each.value for each in inside), total(each.of or Fraction() for each in inside), period
            )
        if self.settings.combine is Combine.SUM:
            return total(each.value for each in inside)
        return total(each.value for each in inside) / len(inside)

    def _divided(self, value: Fraction, of: Fraction | None, period: Period) -> Fraction:
        if of is None:
            return value
        if not of:
            raise FactError(
                f"“{self.measure}” has nothing to divide by in {period.name}: “{self.settings.of}” is 0.",
                "Take a longer period.",
                period=period.name,
            )
        return value / of * (100 if self.settings.kind is Kind.PERCENTAGE else 1)

    def _withheld(self, hidden: Withheld) -> FactError:
        return FactError(
            f"“{self.measure}” is {hidden.state.words} for {hidden.period.name}.",
            "Take a longer or another period, or a part that has a number.",
            period=hidden.period.name,
        )

    def _missing(self, period: Period) -> FactError:
        last, first = self.last.period, self.observations[0].period
        hint = f"Its data run from {first.name} to {print_day(self.ends) if self._by_day else last.name}."
        if last.days == WEEK:
            hint += " Weeks do not make up whole months: ask for a week, such as during(“w/c 28 December 2015”)."
        return FactError(f"“{self.measure}” has no complete data for {period.name}.", hint, period=period.name)


@lru_cache(maxsize=100_000)
def _row(file: str, line: int) -> Span:
    """The place of a row; many numbers rest on the same ones."""
    return Span(file, line)


def read_series(
    measure: str,
    settings: MeasureSettings,
    table: DataTable,
    *,
    within: Filter,
    until: date | None,
    complete_to: date | None = None,
) -> Series:
    """The series of a measure, narrowed to ``within``, without what is later than ``until``; raises ``FactError``."""
    grouped: dict[Period, list[DataRow]] = {}
    for row in _narrowed(table, [*settings.where.items(), *within.items()]):
        grouped.setdefault(row.period, []).append(row)
    scale = pounds_of(settings)
    columns = [settings.value] if settings.of is None else [settings.value, settings.of]
    observations: list[Observation] = []
    withheld: list[Withheld] = []
    for period, rows in sorted(grouped.items(), key=lambda each: (each[0].starts, each[0].ends)):
        if until is not None and period.ends > until:
            continue
        lines = tuple([row.line for row in rows])
        marked = [row.states for row in rows if row.states]
        states = tuple(dict.fromkeys(found[name] for found in marked for name in columns if name in found))
        if missing := [state for state in states if state.is_missing]:
            withheld.append(Withheld(period, missing[0], lines))
            continue
        value = total([row.numbers[settings.value] for row in rows])
        value = value if scale == 1 else value * scale
        of = None if settings.of is None else total([row.numbers[settings.of] for row in rows])
        observations.append(Observation(period, value, of, lines, states))
    if settings.combine is Combine.MEAN and any(len(each.lines) > 1 for each in observations):
        raise FactError(
            f"“{measure}” has several rows for one {table.period_column}, and averages cannot be put together.",
            "Narrow it with “where”, or give the column to divide by with “of”.",
        )
    if scale > 1:
        settings = settings.model_copy(update={"unit": "pounds"})
    is_part = any(column != "force" for column in within)
    return Series(measure, settings, table.file, tuple(observations), complete_to, tuple(withheld), scale, is_part)


def _narrowed(table: DataTable, chosen: Iterable[tuple[str, tuple[str, ...]]]) -> Sequence[DataRow]:
    """The rows that have one of the words in each column; raises ``FactError`` for a column or word that is not there.

    A word counts as there when the columns before it leave a row that has it.
    """
    rows: Sequence[DataRow] = table.rows
    for index, (column, words) in enumerate(chosen):
        table.refuse_unknown(column)
        there = {row.texts[column] for row in rows} if index else table.by_word(column).keys()
        for word in words:
            if word not in there:
                raise FactError(
                    f"The column “{column}” of {table.file} has no “{word}”.",
                    did_you_mean(word, sorted(there), f"It has: {', '.join(sorted(there)[:12])}."),
                )
        rows = [row for row in rows if row.texts[column] in words] if index else table.only((column, words))
    return rows


def pounds_of(settings: MeasureSettings) -> int:
    """How many pounds one of the numbers of a measure of money is: 1,000 for the unit £000, a million for £m."""
    if settings.kind is not Kind.POUNDS:
        return 1
    return {"£000": 1000, "£k": 1000, "£m": 1_000_000, "£ million": 1_000_000}.get(settings.unit.strip().lower(), 1)


def is_whole(settings: MeasureSettings) -> bool:
    """Whether the measure counts things one by one."""
    return settings.kind in WHOLE_KINDS and settings.adds_up
