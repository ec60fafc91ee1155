"""A measure of the workspace set beside the most similar group."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from papergen.data.book import Book
from papergen.data.peers import (
    Movement,
    Peer,
    PeerComparison,
    PeerRate,
    Proportion,
    compare_rates,
    compare_survey,
    group_ratio,
    movement,
)
from papergen.data.series import Series, read_series
from papergen.data.tables import DataRow
from papergen.diagnostics import Span
from papergen.values.facts import FactError
from papergen.values.periods import Period
from papergen.values.quantities import Direction, total
from papergen.workspace.measures import DATA_FOLDER, MeasureSettings, PeerSettings


@dataclass(frozen=True, slots=True)
class GroupComparison:
    """The force beside its group over ``period``, where it is going, and the rows that each of the two rests on."""

    period: Period
    comparison: PeerComparison
    movement: Movement | None
    peers: tuple[Peer, ...]
    rows: tuple[Span, ...]
    trend_rows: tuple[Span, ...]


def compare(book: Book, measure: str) -> GroupComparison:
    """The comparison of a measure with the most similar group; raises ``FactError`` where there is none."""
    settings = book.settings(measure)
    if settings.peers is None:
        raise FactError(f"“{measure}” is not compared with other forces.", "Give it “peers” in content/measures.yaml.")
    peers = settings.peers
    try:
        return book.once(("peers of", measure), lambda apart: _Comparing(apart, measure, settings, peers).compare())
    except ValueError as problem:
        raise FactError(f"“{measure}” cannot be compared: {problem}.", "Correct the data.") from None


@dataclass(frozen=True, slots=True)
class _Comparing:
    book: Book
    measure: str
    settings: MeasureSettings
    peers: PeerSettings

    def compare(self) -> GroupComparison:
        by_force = {force: self._series(force) for force in self._forces()}
        own = by_force[self.peers.own]
        last = own.last.period
        period = Period(last.back(self.peers.months - last.length).starts, last.ends)
        at, rows = self._at(by_force, period)
        highest = self.settings.good is not Direction.LOWER
        mine, others = at[0], at[1:]
        comparison = (
            compare_survey(mine, [each for each in others if isinstance(each, Proportion)], highest_first=highest)
            if isinstance(mine, Proportion)
            else compare_rates(mine, [each for each in others if isinstance(each, PeerRate)], highest_first=highest)
        )
        ratios: list[Fraction | None] = []
        trend_rows: dict[Span, None] = {}
        for observation in own.observations:
            each, used = self._at(by_force, observation.period)
            ratios.append(group_ratio(each[0], each[1:]))
            trend_rows.update(dict.fromkeys(used))
        said = self.book.said
        comparison = replace(
            comparison,
            average_kind=said(comparison.average_kind),
            method=said(comparison.method),
            notes=tuple(map(said, comparison.notes)),
        )
        going = movement(ratios, good=self.settings.good)
        return GroupComparison(period, comparison, going, at, rows, tuple(trend_rows))

    def _forces(self) -> list[str]:
        """This force, then the others of the group that the file has."""
        table = self.book.table(self.settings.file)
        if "force" not in table.texts:
            raise FactError(
                f"“{self.measure}” has no other forces in its data.", f"{self.settings.file} needs a column “force”."
            )
        there = table.by_word("force")
        missing = [force for force in self.book.group if force not in there]
        if missing:
            raise FactError(
                f"“{self.measure}” has no data for {missing[0]}, which is in the most similar group.",
                f"Add its rows to {self.settings.file}.",
            )
        return [self.peers.own, *(force for force in self.book.group if force != self.peers.own)]

    def _series(self, force: str) -> Series:
        table = self.book.table(self.settings.file)
        return read_series(
            self.measure, self.settings, table, within={"force": (force,)}, until=self.book.data_to(self.measure)
        )

    def _at(self, by_force: dict[str, Series], period: Period) -> tuple[tuple[Peer, ...], tuple[Span, ...]]:
        peers: list[Peer] = []
        rows: list[Span] = []
        for force, series in by_force.items():
            quantity = series.over(period)
            rows += quantity.origin.rows
            if self.peers.per:
                people, row = self._people(self.peers.per, force, period.ends)
                rows.append(row)
                peers.append(PeerRate(force, quantity.value, people))
            else:
                inside = series.within(period)
                asked = total(each.of or Fraction() for each in inside)
                answered = total(each.value for each in inside)
                peers.append(Proportion(force, answered, asked))
        return tuple(peers), tuple(dict.fromkeys(rows))

    def _people(self, file: str, force: str, day: date) -> tuple[Fraction, Span]:
        """The latest population of a force known for ``day``, or the first there is."""
        known = self.book.once(("people of", file, force), lambda book: _populations(book, file, force))
        row = known[max(bisect_right(known, day, key=_ends) - 1, 0)]
        return row.numbers["value"], Span(f"{DATA_FOLDER}/{file}", row.line)


def _populations(book: Book, file: str, force: str) -> list[DataRow]:
    """The rows with the population of a force, one a day, the earliest first."""
    table = book.table(file)
    if "force" not in table.texts:
        raise FactError(f"{file} gives no populations by force.", "It needs a column “force”.")
    rows = {row.period.ends: row for row in reversed(table.by_word("force").get(force, ())) if "value" in row.numbers}
    if not rows:
        raise FactError(f"{file} has no population for {force}.", "Add its rows.")
    return sorted(rows.values(), key=_ends)


def _ends(row: DataRow) -> date:
    return row.period.ends
