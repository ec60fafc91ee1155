"""The names under which measures are printed: ``robbery.quarter``, ``hate_crime.by(strand="racial").share``.

A name is worked out only when a sentence asks for it.  Every number carries its measure, its period and its rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial

from papergen.data.analysis import analyse
from papergen.data.arguments import any_period, call_error, month_in, months_in, named_period
from papergen.data.book import Book
from papergen.data.comparison import compare
from papergen.data.derived import Lazy, change, quantity_of, rate, share
from papergen.data.judgements import judge
from papergen.data.outlook import outlook
from papergen.data.series import Filter, Series, is_whole
from papergen.data.targets import against, rating, target_of
from papergen.values.facts import Argument, Fact, FactError
from papergen.values.periods import Period, month_of, months_period, year_period, year_starts
from papergen.values.quantities import Kind, Origin, Quantity
from papergen.workspace.measures import Combine


@dataclass(frozen=True, slots=True)
class MeasureFact(Fact):
    """The name of a measure, or of a part of one, from which others can take the same period."""

    view: View | None = None


def measure_facts(book: Book) -> Fact:
    """Every measure and every one-off fact, as parts by their id."""
    measures = {measure: View(book, measure).fact() for measure in book.measures.settings}
    unread = {measure: Fact(is_whole=False) for measure in book.measures.unread}
    is_whole = book.facts.is_whole and not book.measures.is_broken
    return Fact(parts={**book.facts.parts, **measures, **unread}, is_whole=is_whole)


@dataclass(frozen=True, slots=True)
class View:
    """A measure, narrowed to some words of its columns; ``whole`` is what it was narrowed from."""

    book: Book
    measure: str
    within: Filter = field(default_factory=dict)
    whole: View | None = None

    @property
    def series(self) -> Series:
        return self.book.series(self.measure, self.within)

    @property
    def name(self) -> str:
        """The measure's id, with the words it was narrowed to."""
        words = ", ".join(" or ".join(chosen) for chosen in self.within.values())
        return f"{self.measure} ({words})" if words else self.measure

    def fact(self) -> Fact:
        settings, at = self.book.settings(self.measure), self.book.measures.place(self.measure)
        parts: dict[str, Callable[[], Fact]] = {
            "title": lambda: Fact(settings.title, self.book.measures.place(self.measure, "title")),
            "unit": lambda: Fact(settings.unit, self.book.measures.place(self.measure, "unit")),
            "source": lambda: Fact(settings.source, self.book.measures.place(self.measure, "source")),
            "data_to": lambda: Fact(self.series.ends, at),
            "latest": self._latest,
            "period": lambda: self.over(self.book.period),
            "previous_period": lambda: self.over(self.series.before(self.book.period)),
            "same_period_last_year": lambda: self.over(self.series.year_before(self.book.period)),
            "period_to_date": lambda: self.over(self._to_date()),
            "year_to_date": lambda: self.over(self._year_to_date(), before=12),
            "year_to_date_last_year": lambda: self.over(self._year_to_date().back(12), before=12),
            "last_year": lambda: self.over(self._year().back(12), before=12),
            "rolling_average": self._rolling_average,
            "average": lambda: self._average(-1),
            "average_before": lambda: self._average(-2),
            "change": lambda: self.over(self.book.period).parts["change"],
            "judgement": self._judgement,
            "projection": self._projection,
            "peers": self._peers,
        }
        if self.book.period.is_quarter:
            for quarter, period in (
                ("quarter", "period"),
                ("previous_quarter", "previous_period"),
                ("same_quarter_last_year", "same_period_last_year"),
                ("quarter_to_date", "period_to_date"),
            ):
                parts[quarter] = parts[period]
        if settings.adds_up:
            parts["rolling_total"] = lambda: self.over(self._last_months(12), before=12)
            parts["quarterly_average"] = self._quarterly_average
        if settings.target is not None:
            parts["assurance"] = self._assurance
        if self.whole is not None:
            parts["share"] = lambda: self.over(self.book.period).parts["share"]
        calls = {
            "by": self._by,
            "area": self._area,
            "month": lambda given, named: self.over(month_in(given, named)),
            "months": lambda given, named: self.over(months_in(given, named)),
            "quarter_of": lambda given, named: self.over(named_period(given, named, "quarter_of", "2015/16 Q2")),
            "year": lambda given, named: self.over(named_period(given, named, "year", "2014/15"), before=12),
            "rolling": self._rolling,
            "during": lambda given, named: self.over(any_period(given, named)),
        }
        return MeasureFact(None, at, Lazy(parts), calls, view=self)

    def _by(self, given: tuple[Argument, ...], named: Mapping[str, Argument]) -> Fact:
        within = dict(self.within)
        for column, words in named.items():
            match words:
                case str():
                    within[column] = (words,)
                case tuple():
                    within[column] = words
                case int():
                    within[column] = (str(words),)
                case _:
                    raise call_error("by", 'by(strand="racial")')
        if given or not named:
            raise call_error("by", 'by(strand="racial")')
        for column, words in self.within.items():
            if outside := [word for word in within[column] if word not in words]:
                raise FactError(
                    f"“{self.name}” is narrowed to {' and '.join(words)} already, which leaves out “{outside[0]}”.",
                    f"Choose by “{column}” once.",
                )
        view = replace(self, within=within, whole=self)
        _ = view.series
        return view.fact()

    def _area(self, given: tuple[Argument, ...], named: Mapping[str, Argument]) -> Fact:
        match given:
            case (str(area),) if not named:
                return self._by((), {"area": area})
            case _:
                raise call_error("area", 'area("Shropshire")')

    def over(self, period: Period, *, before: int | None = None) -> Fact:
        """The number for ``period``; its change is that on the period so many months earlier, or on the one before."""
        quantity = self.series.over(period)
        return self._number(quantity, period, self.series.before(period) if before is None else period.back(before))

    def _number(self, quantity: Quantity, period: Period, earlier: Period) -> Fact:
        series = self.series

        def share_of(given: tuple[Argument, ...], named: Mapping[str, Argument]) -> Fact:
            match given:
                case (Fact() as other,) if not named:
                    return share(quantity, self._same_period(other, period))
                case _:
                    raise call_error("share_of", "share_of(total_recorded_crime)")

        def change_from(given: tuple[Argument, ...], named: Mapping[str, Argument]) -> Fact:
            match given:
                case (Fact(value=Quantity() as other),) if not named:
                    return change(quantity, other)
                case _:
                    raise call_error("change_from", "change_from(robbery.same_quarter_last_year)")

        parts: dict[str, Callable[[], Fact]] = {
            "period": lambda: Fact(period if period.days > 1 else period.ends, self.book.measures.place(self.measure)),
            "change": lambda: change(quantity, series.over(earlier)),
            "change_on_last_year": lambda: change(quantity, series.over(series.year_before(period))),
        }
        if self.book.settings(self.measure).target is not None:
            parts |= self._target_parts(quantity, period)
        if is_whole(self.book.settings(self.measure)):
            parts["per_day"] = lambda: rate(quantity, period.days)
            parts["per_month"] = lambda: rate(quantity, period.length)
        whole = self.whole
        if whole is not None:
            parts["share"] = lambda: share(quantity, whole.series.over(period))
        calls = {"share_of": share_of, "change_from": change_from}
        return Fact(quantity, self.book.measures.place(self.measure), Lazy(parts), calls)

    def _target_parts(self, quantity: Quantity, period: Period) -> dict[str, Callable[[], Fact]]:
        at = self.book.measures.place(self.measure, "target")

        def target() -> Quantity:
            if self.within and self.book.settings(self.measure).adds_up:
                raise FactError(
                    f"“{self.name}” has no target: that of “{self.measure}” is of all that is added up.",
                    "Make a measure of the part with “where” in content/measures.yaml, and give that its own target.",
                )
            found = target_of(self.series, period)
            if found is None:
                raise FactError(
                    f"“{self.name}” has no target for {period.name}.",
                    f"Give one for it under “by” in the “target” of “{self.measure}” in content/measures.yaml.",
                )
            return found

        return {
            "target": lambda: Fact(target(), at),
            "against_target": lambda: Fact(against(quantity, target()), at),
            "rating": lambda: Fact(rating(quantity, target(), self.series).value, at, origin=quantity.origin),
        }

    def _same_period(self, other: Fact, period: Period) -> Quantity:
        if isinstance(other, MeasureFact) and other.view is not None:
            return other.view.series.over(period)
        return quantity_of(other)

    def _latest(self) -> Fact:
        series = self.series
        last = series.last
        quantity = series.quantity(series.number(last), last.period, [last])
        return self._number(quantity, last.period, series.before_last)

    def _to_date(self) -> Period:
        """The reporting period as far as the data go."""
        period, ends = self.book.period, self.series.ends
        if ends < period.starts:
            raise FactError(
                f"“{self.name}” has no data in {period.name}.", f"Its data run to {self.series.last.period.name}."
            )
        return Period(period.starts, min(period.ends, ends))

    def _year(self) -> Period:
        return year_period(year_starts(self.book.period.ends).year)

    def _year_to_date(self) -> Period:
        return Period(self._year().starts, self._to_date().ends)

    def _last_months(self, months: int) -> Period:
        last = month_of(self.series.ends)
        return months_period(last.plus(1 - months), last)

    def _rolling(self, given: tuple[Argument, ...], named: Mapping[str, Argument]) -> Fact:
        match given:
            case (int(months),) if not named and 1 <= months <= 120:
                return self.over(self._last_months(months))
            case _:
                raise call_error("rolling", "rolling(6)")

    def _rolling_average(self) -> Fact:
        """The average of the last twelve months, with a change only where that is of all twelve put together."""
        period, settings = self._last_months(12), self.book.settings(self.measure)
        if settings.combine is Combine.MEAN or (settings.of is not None and settings.combine is Combine.SUM):
            return self.over(period, before=12)
        return Fact(self.series.average_over(period), self.book.measures.place(self.measure))

    def _average(self, group: int) -> Fact:
        analysis = analyse(self.series)
        settings = self.book.settings(self.measure)
        if settings.seasonal:
            raise FactError(
                f"“{self.name}” is judged by its season, so it has no average of its months.",
                "Print .rolling_average, or leave “seasonal” out of content/measures.yaml.",
            )
        if len(analysis.chart.groups) < -group:
            raise FactError(
                f"“{self.name}” has no step change, so there is no average before one.",
                "Print .average, or adopt a step change in content/measures.yaml.",
            )
        observations = analysis.group_of(group)
        mean = sum((self.series.number(each) for each in observations), Fraction()) / len(observations)
        period = Period(observations[0].period.starts, observations[-1].period.ends)
        return Fact(self.series.quantity(mean, period, observations), self.book.measures.place(self.measure))

    def _quarterly_average(self) -> Fact:
        fact = self._average(-1)
        quantity, one = quantity_of(fact), analyse(self.series).observations[-1].period
        if not one.is_months:
            raise FactError(f"“{self.name}” has no quarterly average, as it is counted by the day.", "Print .average.")
        return Fact(quantity.with_value(quantity.value * 3 / one.length), fact.at)

    def _judgement(self) -> Fact:
        analysis = analyse(self.series)
        judgement = judge(analysis, self.book.period)
        at = self.book.measures.place(self.measure)
        observations = list(self.series.observations if analysis.seasonal else analysis.observations)
        origin = self.series.quantity(Fraction(), self.book.period, observations).origin
        return Fact(judgement.words, at, {"reason": Fact(judgement.reason, at, origin=origin)}, origin=origin)

    def _assurance(self) -> Fact:
        """Whether the measure can be relied on to meet its target, from its control limits."""
        analysis = analyse(self.series)
        if analysis.chart.assurance is None:
            raise FactError(
                f"“{self.name}” has no target for {self.series.last.period.name}, or is judged by its season.",
                "Give the target of that period in content/measures.yaml.",
            )
        at = self.book.measures.place(self.measure, "target")
        origin = self.series.quantity(Fraction(), self.series.last.period, list(analysis.observations)).origin
        return Fact(analysis.chart.assurance.value, at, origin=origin)

    def _projection(self) -> Fact:
        if self.within:
            raise FactError(f"“{self.name}” has no projection.", "Only whole measures have one.")
        found = outlook(self.book, self.measure)
        at = found.origin.rows[0] if found.own else self.book.measures.place(self.measure)
        numbers = {"low": found.low, "high": found.high, "point": found.point}
        made = partial(Quantity, kind=self.series.settings.kind, decimals=self.series.decimals, origin=found.origin)
        parts = {name: Fact(made(value=value), at) for name, value in numbers.items() if value is not None}
        parts["basis"] = Fact(found.basis, at, origin=found.origin)
        parts["year"] = Fact(found.year.name, at, origin=Origin(periods=(found.year,)))

        def over_last_year(value: Fraction | None) -> Callable[[], Fact]:
            def fact() -> Fact:
                if value is None:
                    raise FactError(
                        f"“{self.name}” was zero in {found.year.back(12).name}, or is not known for all of it, so that"
                        " nothing can be said over it.",
                        "Print .low and .high.",
                    )
                return Fact(Quantity(value=value, kind=Kind.PERCENTAGE, origin=found.origin, is_change=True), at)

            return fact

        changes = {"low_change": over_last_year(found.low_change), "high_change": over_last_year(found.high_change)}
        if found.low == found.high:
            changes["change"] = changes["low_change"]
        return Fact(None, at, Lazy({name: partial(parts.__getitem__, name) for name in parts} | changes))

    def _peers(self) -> Fact:
        if self.within:
            raise FactError(f"“{self.name}” is not compared with other forces.", "Only whole measures are.")
        found = compare(self.book, self.measure)
        comparison, at = found.comparison, self.book.measures.place(self.measure, "peers")
        origin = Origin(measures=(self.measure,), periods=(found.period,), rows=found.rows)
        survey = self.book.settings(self.measure).kind is Kind.PERCENTAGE
        kind, gap = (Kind.PERCENTAGE, Kind.POINTS) if survey else (Kind.RATE, Kind.RATE)

        def number(value: Fraction, of: Kind, *, is_change: bool = False) -> Fact:
            decimals = 1 if of is Kind.RATE else 0
            return Fact(Quantity(value=value, kind=of, decimals=decimals, origin=origin, is_change=is_change), at)

        parts = {
            "rank": number(Fraction(comparison.rank), Kind.RANK),
            "of": number(Fraction(comparison.of), Kind.COUNT),
            "rate": number(comparison.own_rate, kind),
            "gap_to_top": number(comparison.gap_to_top, gap, is_change=True),
            "top": Fact(comparison.top, at, origin=origin),
            "method": Fact(comparison.method, at),
            "period": Fact(found.period, at),
        }
        if comparison.group_average is not None:
            parts["average"] = number(comparison.group_average, kind)
        if comparison.gap_to_average is not None:
            parts["gap_to_average"] = number(comparison.gap_to_average, gap, is_change=True)
        if comparison.level is not None:
            parts["level"] = Fact(comparison.level.value, at, origin=origin)
        if found.movement is not None:
            parts["movement"] = Fact(found.movement.value, at, origin=replace(origin, rows=found.trend_rows))
        return Fact(None, at, parts)
