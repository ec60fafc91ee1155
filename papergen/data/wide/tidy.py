"""Takes in files that have one row an observation, and lists of events to be counted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import prod

from papergen import codes
from papergen.data.total_names import is_part, is_total, totals_by_sum
from papergen.data.wide.cells import CellPlace, Sheet, folded, words
from papergen.data.wide.choices import Choices, CountBy, Listed
from papergen.data.wide.headings import heading, length_of, month_first, period_column, written
from papergen.data.wide.heads import money, runs_on, written_out
from papergen.data.wide.listing import ListedColumn, Listing, headings_lacking, listing_of
from papergen.data.wide.names import FORCE_HEADINGS, KnownNames, column_name
from papergen.data.wide.notes import note_marks
from papergen.data.wide.numbers import CellNumber
from papergen.data.wide.opening import open_book
from papergen.data.wide.reading import TidyRow, WideExtract
from papergen.data.wide.report import Telling
from papergen.data.wide.shape import sheets_of
from papergen.data.wide.size import UnreadableFileError
from papergen.data.wide.values import LabelledNumber, ValueReading, are_percentages
from papergen.diagnostics import Diagnostics, did_you_mean
from papergen.values.periods import Period, month_of, months_period, print_day, quarter_period, year_period, year_starts
from papergen.values.states import split_state
from papergen.values.words import as_typed, joined

MOST_COMBINATIONS = 100_000
_NOTES = re.compile(r"(?:value_)?(?:foot)?notes?(?:_\d)?|comments?|remarks?|flags?|markers?|status|obs_status")
"""The names of columns that say something of the number beside them, where they may be blank."""


def read_listing(
    data: bytes, *, name: str, known: KnownNames, choices: Choices, listed: Listed, diagnostics: Diagnostics
) -> WideExtract | None:
    """The observations of a file with one row an observation or event, or None with a diagnostic for each error."""
    telling = Telling(name, diagnostics)
    try:
        sheets = sheets_of(open_book(data, name), choices.sheet, telling)
    except UnreadableFileError as problem:
        telling.tell(codes.EXTRACT_UNREADABLE, str(problem), problem.hint)
        return None
    if sheets is None:
        return None
    found = [each for sheet in sheets if (each := listing_of(sheet))]
    if len(found) != 1:
        _tell_sheets(sheets, found, telling)
        return None
    if found[0].unclear is not None:
        place, what, hint = found[0].unclear
        telling.at(found[0].sheet, place, codes.EXTRACT_VALUE, what, hint)
        return None
    reading = _ListingReading(found[0], known, choices, listed, telling)
    return reading.observations() if listed.count is None else reading.counts(listed.count)


def _tell_sheets(sheets: Sequence[Sheet], found: Sequence[Listing], telling: Telling) -> None:
    if found:
        names = ", ".join(each.sheet.name for each in found)
        telling.tell(
            codes.EXTRACT_SHEET, f"Several sheets have rows that say when: {names}.", "Say which to import: --sheet."
        )
        return
    for sheet in sheets:
        for place in sorted(sheet.cells):
            if heading(sheet.cells[place]) is None and (american := month_first(sheet.words(place))):
                telling.at(sheet, place, codes.EXTRACT_VALUE, *american)
                return
    if lacking := next(filter(None, map(headings_lacking, sheets)), ""):
        telling.headless(lacking)
        return
    what = "No column says in every row when it was."
    hint = "Head one with Month, Quarter, Year or Date, and fill it in every row."
    telling.tell(codes.EXTRACT_SHAPE, what, hint)


@dataclass
class _ListingReading:
    listing: Listing
    known: KnownNames
    choices: Choices
    listed: Listed
    telling: Telling
    missing: dict[tuple[str, str], list[CellPlace]] = field(default_factory=dict)
    unknown: dict[str, CellPlace] = field(default_factory=dict)
    notes: Sequence[ListedColumn] = ()

    def observations(self) -> WideExtract | None:
        """Each row as one observation."""
        number = self._number_column()
        kept = [row for row in self.listing.rows if not self._is_left_out(row)]
        texts = [column for column in self.listing.texts if any(row in column.cells for row in kept)]
        self.notes = [
            each for each in texts if _NOTES.fullmatch(each.name) and any(row not in each.cells for row in kept)
        ]
        texts = [each for each in texts if each not in self.notes]
        names = {} if number is None else self._names(texts)
        return None if number is None or self.telling.failed else self._observed(number, names, kept)

    def _is_left_out(self, row: int) -> bool:
        """Whether a row has one of the words that are to be left out."""
        columns = (*self.listing.texts, *self.listing.when)
        texts = [folded(words(column.cells.get(row, ""))) for column in columns]
        return any(text in self.choices.leave_out for text in texts if text)

    def counts(self, count: CountBy) -> WideExtract | None:
        """The rows counted, or their amounts added up, by period and the columns asked for, with 0 where none are."""
        chosen, amounts = self._asked(), self._amounts()
        if chosen is None or self.telling.failed:
            return None
        names = self._names(chosen)
        counted: dict[tuple[Period, tuple[str, ...]], Decimal] = {}
        first_cells: dict[tuple[Period, tuple[str, ...]], str] = {}
        days: list[Period] = []
        for row in (row for row in self.listing.rows if not self._is_left_out(row)):
            day = self.listing.periods.get(row)
            labels = self._labels(row, names)
            if day is None or labels is None:
                place = (row, self.listing.when[0].at)
                self.telling.at(self.listing.sheet, place, codes.EXTRACT_VALUE, "does not say when", "Write the day.")
                continue
            days.append(day)
            key = (_within(day, count), labels)
            counted[key] = counted.get(key, Decimal(0)) + (1 if amounts is None else amounts.get(row, 0))
            first_cells.setdefault(key, self.listing.sheet.cell((row, self.listing.when[0].at)))
        if self.telling.failed or not days:
            return None
        first, last = min(day.starts for day in days), max(day.ends for day in days)
        periods = [_within(Period(first, first), count)]
        while periods[-1].ends < last:
            periods.append(periods[-1].next())
        words = [sorted({labels[index] for _, labels in counted}) for index in range(len(names))]
        if (many := len(periods) * prod(map(len, words))) > MOST_COMBINATIONS:
            hint = "Count by fewer columns, or by a longer period."
            self.telling.tell(codes.EXTRACT_SHAPE, f"There would be {many:,} rows.", hint)
            return None
        rows = tuple(
            TidyRow(written(period), labels, counted.get(key, Decimal(0)), first_cells.get(key, ""))
            for period in periods
            for labels in product(*words)
            for key in [(period, labels)]
        )
        done = "events are counted" if amounts is None else f"amounts of “{self.listed.amounts}” are added up"
        understood = [
            f"{len(days):,} {done} by the {count}, from {print_day(first)} to {print_day(last)}.",
            f"Column “{self.listing.when[0].heading}” says when.",
        ]
        if count not in ("date",) and (periods[0].starts != first or periods[-1].ends != last):
            understood.append(f"The first and the last {count} may not be whole: see that the list has all of them.")
        return WideExtract(count, tuple(names.values()), rows, tuple(understood))

    def _amounts(self) -> dict[int, Decimal] | None:
        """The amount of each row that is to be added up; None where rows are counted, or with a diagnostic."""
        wanted, sheet = self.listed.amounts, self.listing.sheet
        if not wanted:
            return None
        found = next((each for each in self.listing.numbers if column_name(wanted) == each.name), None)
        if found is None:
            there = [each.name for each in self.listing.numbers]
            hint = did_you_mean(wanted, there, f"There are: {', '.join(there)}." if there else "Write numbers alone.")
            self.telling.tell(codes.EXTRACT_HEADING, f"There is no column “{wanted}” with a number in each row.", hint)
            return None
        values = self._values(found, self.listing.rows)
        cells = {row: cell for row in self.listing.rows if (cell := values.read((row, found.at))) is not None}
        values.tell_problems()
        odd = next((row for row, cell in cells.items() if cell.value is None or cell.is_percentage), None)
        if odd is not None:
            what = f"is {sheet.words((odd, found.at))}, which cannot be added up"
            hint = "Write each amount in; say of a mark that stands for nothing with --mark, such as --mark x=0."
            self.telling.at(sheet, (odd, found.at), codes.EXTRACT_VALUE, what, hint)
        return {row: cell.value for row, cell in cells.items() if cell.value is not None}

    def _values(self, number: ListedColumn, rows: Sequence[int]) -> ValueReading:
        return ValueReading.of(
            self.listing.sheet,
            self.choices,
            self.telling,
            places=[(row, number.at) for row in rows],
            notes=note_marks(self.listing.sheet),
            heads=[number.heading],
        )

    def _asked(self) -> list[ListedColumn] | None:
        """The columns to count by; None with a diagnostic for one that is not there."""
        there = {column.name: column for column in (*self.listing.texts, *self.listing.numbers)}
        chosen = []
        for name in self.listed.by:
            column = there.get(column_name(name))
            if column is None:
                hint = did_you_mean(name, there, f"There are: {', '.join(there)}.")
                self.telling.tell(codes.EXTRACT_HEADING, f"There is no column “{name}” to count by.", hint)
            else:
                chosen.append(column)
        return None if self.telling.failed else chosen

    def _number_column(self) -> ListedColumn | None:
        numbers = self.listing.numbers
        named = [column for column in numbers if self.listed.value in (column.name, column.heading)]
        if len(numbers) == 1 or named:
            return (named or list(numbers))[0]
        if numbers:
            message = f"Several columns hold numbers: {', '.join(column.heading for column in numbers)}."
            hint = f"Say which to take: {joined([f'--value {as_typed(column.name)}' for column in numbers], 'or')}."
            self.telling.tell(codes.EXTRACT_HEADING, message, hint)
        else:
            self.telling.tell(codes.EXTRACT_SHAPE, "No column holds numbers in every row.", "Write numbers alone.")
        return None

    def _names(self, columns: Sequence[ListedColumn]) -> dict[int, str]:
        """The names of columns of words, those of areas and forces as data files have them."""
        names: dict[int, str] = {}
        for column in columns:
            name = "force" if column.name in FORCE_HEADINGS else {"policing_area": "area"}.get(column.name, column.name)
            if not name or name in names.values():
                place = (self.listing.header, column.at)
                again = f"names a second column “{name}”"
                what = again if name else f"is “{column.heading}”, which says when once more"
                hint = "Name it differently, or delete it."
                self.telling.at(self.listing.sheet, place, codes.EXTRACT_HEADING, what, hint)
            names[column.at] = name
        return names

    def _labels(self, row: int, names: dict[int, str]) -> tuple[str, ...] | None:
        labels: list[str] = []
        sheet = self.listing.sheet
        for at, name in names.items():
            text = sheet.words((row, at))
            if not text:
                others = (sheet.words((row, each.at)) for each in self.listing.texts)
                known = next(filter(None, others), "")
                hint = f'Write it in, or leave such rows out: --leave-out "{known}".' if known else "Write it in."
                self.missing.setdefault((name, hint), []).append((row, at))
                return None
            known_names = {"area": self.known.areas, "force": self.known.forces}.get(name, {})
            if name == "area" and known_names and folded(text) not in known_names and not self._is_total(name, text):
                self.unknown.setdefault(text, (row, at))
            labels.append(known_names.get(folded(text), text))
        return tuple(labels)

    def _is_total(self, name: str, label: str) -> bool:
        """Whether a name is that of a total, or of the force that the areas make up."""
        if folded(label) in self.choices.keep:
            return False
        return is_total(label, name) or is_part(label) or (name == "area" and self.known.is_sum_of_areas(label))

    def _totals(
        self, names: Sequence[str], labelled: Mapping[int, tuple[str, ...]], cells: Mapping[int, CellNumber]
    ) -> list[set[str]]:
        """For each column of words those of totals: by their names, or by their numbers where a name may be either."""
        figures = [
            (self.listing.periods.get(row), labels, None if (value := cells[row].value) is None else Fraction(value))
            for row, labels in labelled.items()
            if row in cells
        ]
        return [
            {label for label in {labels[index] for labels in labelled.values()} if self._is_total(name, label)}
            | {label for label in totals_by_sum(figures, index) if folded(label) not in self.choices.keep}
            for index, name in enumerate(names)
        ]

    def _tell_labels(self) -> None:
        """Tell once of each column that is blank in places, and of each name that is no policing area."""
        for (name, hint), (place, *others) in self.missing.items():
            more = f"; {len(others)} more {'row is' if len(others) == 1 else 'rows are'} like it" if others else ""
            self.telling.at(self.listing.sheet, place, codes.EXTRACT_LABEL, f"has no {name} for its row{more}", hint)
        for text, place in self.unknown.items():
            what = f"names “{text}”, which is no area that content/panel.yaml names"
            areas = self.known.areas.values()
            there = f'Its areas are: {", ".join(areas)}. Leave such rows out with --leave-out "{text}".'
            hint = did_you_mean(text, areas, there)
            self.telling.at(self.listing.sheet, place, codes.EXTRACT_LABEL, what, hint)

    def _observed(self, number: ListedColumn, names: dict[int, str], rows: Sequence[int]) -> WideExtract | None:
        sheet = self.listing.sheet
        unit = self._tell_heads(number)
        values = self._values(number, rows)
        seen: dict[tuple[Period, tuple[str, ...]], int] = {}
        found: list[tuple[Period, LabelledNumber]] = []
        labelled = {row: labels for row in rows if (labels := self._labels(row, names)) is not None}
        peeked = {row: values.peek((row, number.at)) for row in labelled}
        cells = {row: cell for row, cell in peeked.items() if isinstance(cell, CellNumber)}
        totals = self._totals(list(names.values()), labelled, cells)
        left_out_rows = 0
        for row, labels in labelled.items():
            if any(label in those for label, those in zip(labels, totals, strict=True)):
                left_out_rows += 1
                continue
            period, place = self.listing.periods.get(row), (row, number.at)
            if period is None:
                when = (row, self.listing.when[-1].at)
                self.telling.at(sheet, when, codes.EXTRACT_VALUE, "does not say when", "Write the period.")
            elif (cell := values.read(place)) is not None:
                above = seen.setdefault((period, tuple(map(folded, labels))), row)
                if above != row:
                    what = f"is {', '.join((period.name, *labels))}, as row {above + 1} is already"
                    hint = (
                        "Delete one of the two, or add the column in which they differ; count events with --count, or"
                        " add payments up with --count month --sum."
                    )
                    self.telling.at(sheet, place, codes.EXTRACT_LABEL, what, hint)
                found.append((period, LabelledNumber(place, labels, self._with_state(row, cell))))
        self._tell_labels()
        self._tell_longer(found)
        values.tell_problems()
        for _, each in found:
            self._tell_number(each, unit)
        if not self.telling.failed:
            values.check_kinds(list(names.values()), [each for _, each in found])
        if not found and not self.telling.failed:
            self.telling.tell(codes.EXTRACT_SHAPE, "All rows are totals or left out.", "Check what is left out.")
        if self.telling.failed:
            return None
        found.sort(key=lambda each: each[0].starts)
        others = [each for each in self.listing.numbers if each.at != number.at]
        left_out = [*self.listing.coarser, *self.notes, *others]
        heads = joined([f"“{each.heading}”" for each in self.listing.when])
        says_when = f"Columns {heads} say when" if len(self.listing.when) > 1 else f"Column {heads} says when"
        understood = [
            f"{says_when}, and “{number.heading}” holds the numbers.",
            *([f"{left_out_rows} rows of totals are left out."] if left_out_rows else []),
            *values.said([each.cell for _, each in found]),
            *([f"Left out: {joined([f'“{each.heading}”' for each in left_out])}."] if left_out else []),
        ]
        return WideExtract(
            period_column([period for period, _ in found]),
            tuple(names.values()),
            tuple(
                TidyRow(written(period), each.labels, each.cell.value, sheet.cell(each.place), each.cell.state)
                for period, each in found
            ),
            tuple(understood),
            are_percentages([each.cell for _, each in found]),
        )

    def _with_state(self, row: int, cell: CellNumber) -> CellNumber:
        """The number of a row with the state that a column of notes gives it: “p”, “(r)”, “provisional”."""
        texts = (self.listing.sheet.words((row, each.at)) for each in self.notes)
        states = (state for text in texts if (state := split_state(f"0 {text}")[1]))
        return cell if cell.state else replace(cell, state=next(states, None))

    def _tell_longer(self, found: Sequence[tuple[Period, LabelledNumber]]) -> None:
        """Tell of a row of a longer period, such as a year, beside rows of months or quarters within it."""
        periods: dict[tuple[str, ...], dict[Period, CellPlace]] = {}
        for period, each in found:
            periods.setdefault(each.labels, {})[period] = each.place
        mixed = (each for each in periods.values() if len({length_of(period) for period in each}) > 1)
        within = ((at, longer, one) for each in mixed for longer, at in each.items() for one in each if one != longer)
        for (row, _), longer, one in within:
            text = self.listing.sheet.words((row, self.listing.when[-1].at))
            if longer.holds(one) and folded(text) not in self.choices.keep:
                what = f"is {longer.name}, and another row {one.name}, which lies within it"
                hint = f'Leave such rows out, --leave-out "{text}"; or, if they are no sums, --keep "{text}".'
                self.telling.at(self.listing.sheet, (row, self.listing.when[-1].at), codes.EXTRACT_TOTAL, what, hint)
                return

    def _tell_heads(self, number: ListedColumn) -> str:
        """Tell of a title or heading of numbers that run on; the unit of money that one of them names."""
        sheet, header = self.listing.sheet, self.listing.header
        places = [*(place for place in sorted(sheet.cells) if place[0] < header), (header, number.at)]
        for place in places:
            if told := runs_on(sheet.words(place), self.choices, is_title=place[0] < header):
                self.telling.at(sheet, place, codes.EXTRACT_HEADING, *told)
                break
        return next(filter(None, (money(sheet.words(place)) for place in places)), "")

    def _tell_number(self, number: LabelledNumber, unit: str) -> None:
        """Tell of a number that by its name runs on, or that is written out where a heading names a unit."""
        sheet = self.listing.sheet
        row = number.place[0]
        for place in ((row, column.at) for column in self.listing.texts) if not self.telling.failed else ():
            if sheet.words(place) in number.labels and (told := runs_on(sheet.words(place), self.choices)):
                self.telling.at(sheet, place, codes.EXTRACT_LABEL, *told)
        if number.cell.is_scaled and unit and not self.telling.failed:
            what, hint = written_out(sheet.words(number.place), unit)
            self.telling.at(sheet, number.place, codes.EXTRACT_VALUE, what, hint)


def _within(day: Period, count: CountBy) -> Period:
    """The day, week, month, quarter or financial year in which an event was; a week begins on a Monday."""
    month = month_of(day.starts)
    match count:
        case "month":
            return months_period(month, month)
        case "quarter":
            return quarter_period(year_starts(day.starts).year, (month.month - 4) % 12 // 3 + 1)
        case "year":
            return year_period(year_starts(day.starts).year)
        case "week":
            monday = day.starts - timedelta(day.starts.weekday())
            return Period(monday, monday + timedelta(6))
        case "date":
            return day
