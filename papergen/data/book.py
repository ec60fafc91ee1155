"""All the data of a workspace as one meeting sees them: measures, tables and one-off facts, read and checked once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from papergen import codes
from papergen.data.checks import check_measure, check_table
from papergen.data.facts_file import FACTS_FILE, read_facts
from papergen.data.series import Filter, Series, read_series
from papergen.data.tables import DataTable, read_table
from papergen.diagnostics import Diagnostics, Span, did_you_mean, near_match
from papergen.values.facts import Fact, FactError, UnreadError
from papergen.values.periods import Period
from papergen.values.words import with_another
from papergen.workspace.measures import DATA_FOLDER, MEASURES_FILE, Combine, Measures, MeasureSettings, read_measures
from papergen.workspace.settings import SettingsFiles
from papergen.world import World

T = TypeVar("T")


@dataclass
class Book:
    """The measures of a workspace and the data they rest on, as the meeting of ``meeting`` sees them.

    ``period`` is the reporting period, ``group`` the most similar group, ``areas`` the policing areas, of which each is
    called an ``area_name``, ``force_name`` what each of those compared is.  ``asked`` are the data files whose tables
    were asked for, there or not, and there is no other way to a number of theirs.
    """

    measures: Measures
    _tables: Mapping[str, DataTable]
    facts: Fact
    period: Period
    meeting: date
    group: tuple[str, ...]
    areas: tuple[str, ...]
    area_name: str = "policing area"
    force_name: str = "force"
    asked: set[str] = field(default_factory=set)
    kept: dict[Hashable, tuple[Any, frozenset[str]]] = field(default_factory=dict)
    """What ``once`` worked out, and the data files that were asked for it."""

    def settings(self, measure: str) -> MeasureSettings:
        """The settings of a measure; raises ``FactError`` with the near match for an unknown one."""
        known = self.measures.settings
        if measure not in known and self.measures.may_have(measure):
            raise UnreadError(measure)
        if measure not in known:
            raise FactError(
                f"There is no measure “{measure}”.",
                did_you_mean(measure, known, f"The measures are: {', '.join(known)}."),
                codes.VALUE_UNKNOWN,
            )
        return known[measure]

    def table(self, file: str) -> DataTable:
        """A data file; raises ``UnreadError`` for one that could not be read."""
        if not self.has_table(file):
            raise UnreadError(file)
        return self._tables[file]

    def has_table(self, file: str) -> bool:
        """Whether a data file could be read."""
        self.asked.add(file)
        return file in self._tables

    def apart(self) -> Book:
        """The same book, which notes for itself what it is asked for."""
        return replace(self, asked=set())

    def once(self, key: Hashable, make: Callable[[Book], T]) -> T:
        """What ``make`` works out from the book, once; the files that it asks for are noted each time."""
        if key not in self.kept:
            book = self.apart()
            try:
                self.kept[key] = make(book), frozenset(book.asked)
            finally:
                self.asked |= book.asked
        made: T
        made, asked = self.kept[key]
        self.asked |= asked
        return made

    @property
    def basis(self) -> tuple[str, ...]:
        """What was asked for, a line each: the name of a data file and the SHA-256 of its bytes."""
        return tuple(
            f"{file} {self._tables[file].sha256 if file in self._tables else ''}" for file in sorted(self.asked)
        )

    @property
    def files(self) -> frozenset[str]:
        """The paths of the data files that could be read."""
        return frozenset(table.file for table in self._tables.values())

    def said(self, text: str) -> str:
        """A sentence on forces in the body's own word for those that are compared."""
        return with_another(text, "force", self.force_name)

    def data_to(self, measure: str) -> date:
        """The last day of a measure's data for this meeting: its own, or the end of the reporting period."""
        own = self.settings(measure).data_to.get(self.meeting)
        return self.period.ends if own is None else own.ends

    def series(self, measure: str, within: Filter | None = None) -> Series:
        """The series of a measure or of a part of it; raises ``FactError``."""
        chosen = within or {}
        return self.once((measure, *chosen.items()), lambda book: book._read(measure, chosen))

    def _read(self, measure: str, chosen: Filter) -> Series:
        settings = self.settings(measure)
        table = self.table(settings.file)
        if settings.peers is not None and "force" not in {**settings.where, **chosen}:
            chosen = {**chosen, "force": (settings.peers.own,)}
        own = settings.data_to.get(self.meeting)
        return read_series(
            measure,
            settings,
            table,
            within=chosen,
            until=self.data_to(measure),
            complete_to=None if own is None else own.ends,
        )

    def for_meeting(self, world: World, settings: SettingsFiles, diagnostics: Diagnostics) -> Book:
        """The same data as another meeting sees them."""
        return _book(self.measures, self._tables, world, settings, diagnostics)


def _book(
    measures: Measures, tables: Mapping[str, DataTable], world: World, settings: SettingsFiles, diagnostics: Diagnostics
) -> Book:
    """The measures and tables as the meeting of ``settings`` sees them, with the facts of its day."""
    meeting, panel = settings.meeting, settings.panel
    facts = read_facts(world, meeting.date, measures=measures, diagnostics=diagnostics)
    group, areas, names = panel.most_similar_group, panel.policing_areas, (panel.area_name, panel.force_name)
    return Book(measures, tables, facts, meeting.period, meeting.date, group, areas, *names)


def read_book(world: World, settings: SettingsFiles, diagnostics: Diagnostics) -> Book:
    """The data of the workspace; what is wrong in any file is in ``diagnostics``."""
    measures = read_measures(world, diagnostics)
    if measures.settings and settings.meeting.reporting_period is None:
        message = f"This meeting has no “reporting_period”, and {MEASURES_FILE} has measures to report."
        hint = "Add a line such as “reporting_period: {from: 2025-10-01, to: 2025-12-31}”."
        diagnostics.add(codes.SETTING_MISSING, settings.sources["meeting"].place(()), message, hint)
    tables: dict[str, DataTable] = {}
    numbers = _number_columns(measures)
    there = [name for name in world.names(DATA_FOLDER) if name.endswith(".csv")]
    meant = {near_match(name, there) for name in numbers if name not in there}
    for name in there:
        file = f"{DATA_FOLDER}/{name}"
        if file == FACTS_FILE:
            continue
        if name not in numbers and (measures.is_broken or measures.unread):
            continue  # it may be theirs
        if name in meant - numbers.keys():
            continue  # the measure whose file is not there is told
        if name not in numbers:
            message = "No measure takes its numbers from this file."
            hint = "Add a measure to content/measures.yaml, or move the file elsewhere."
            diagnostics.add(codes.DATA_UNUSED, Span(file), message, hint)
            continue
        table = read_table(
            world, file, numbers=numbers[name], areas=settings.panel.policing_areas, diagnostics=diagnostics
        )
        if table is not None:
            if not measures.unread:  # a column of theirs would be taken for words that tell rows apart
                check_table(table, diagnostics, is_stock=_is_stock(measures, name))
            tables[name] = table
    if not world.leads_outside(DATA_FOLDER):
        _find_missing_files(measures, there, diagnostics)
    book = _book(measures, tables, world, settings, diagnostics)
    for name, measure in measures.settings.items():
        if measure.file in tables:
            check_measure(name, measures, tables[measure.file], diagnostics)
    return book


def _is_stock(measures: Measures, file: str) -> bool:
    """Whether all the measures of a file are standing numbers, which are known only when they were counted."""
    return all(measure.combine is Combine.LAST for measure in measures.settings.values() if measure.file == file)


def _number_columns(measures: Measures) -> dict[str, list[str]]:
    """The columns of each data file that hold numbers, as the measures name them."""
    numbers: dict[str, dict[str, None]] = {}
    for measure in measures.settings.values():
        columns = numbers.setdefault(measure.file, {})
        columns.update(dict.fromkeys(column for column in (measure.value, measure.of) if column))
        if measure.peers is not None and measure.peers.per:
            numbers.setdefault(measure.peers.per, {})["value"] = None
    return {file: list(columns) for file, columns in numbers.items()}


def _find_missing_files(measures: Measures, there: list[str], diagnostics: Diagnostics) -> None:
    told: set[str] = set()
    for name, measure in measures.settings.items():
        per = measure.peers.per if measure.peers else None
        for file, path in ((measure.file, ("file",)), (per, ("peers", "per"))):
            if file and f"{DATA_FOLDER}/{file}" == FACTS_FILE:
                message = f"{file} holds facts that are supplied once, and no series."
                hint = "Put the observations into a file of their own."
                diagnostics.add(codes.SETTING_INVALID, measures.place(name, *path), message, hint)
            elif file and file not in there and file not in told:
                told.add(file)
                message = f"The data file {file} is not in {DATA_FOLDER}/."
                hint = did_you_mean(file, there, f"There are: {', '.join(there) or 'none'}.")
                diagnostics.add(codes.FILE_MISSING, measures.place(name, *path), message, hint)
