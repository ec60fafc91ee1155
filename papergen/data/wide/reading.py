"""Reads the observations of an extract: the rows of a sheet with their names and values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from papergen import codes
from papergen.data.wide.cells import CellPlace, folded
from papergen.data.wide.columns import KnownNames, SheetColumns, length_of
from papergen.data.wide.headings import is_surely_period, is_total, written
from papergen.data.wide.notes import CleanName, without_mark
from papergen.data.wide.numbers import CellNumber, CellProblem, NumberReader, decimal_comma
from papergen.data.wide.subtotals import Subtotal, is_named, subtotals
from papergen.data.wide.totals import SheetRow, TotalRow, check_totals
from papergen.diagnostics import did_you_mean
from papergen.values.periods import Period
from papergen.values.states import NumberState
from papergen.values.words import joined

MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class TidyRow:
    """One observation: its period as tidy files write it, its labels, its value, and the cell it stood in.

    ``state`` is that of a value that is not final, or of one that is not given, which is None.
    """

    period: str
    labels: tuple[str, ...]
    value: Decimal | None
    cell: str
    state: NumberState | None = None


ONE_KIND = "Format them all as percentages, or put those that are none on a sheet of their own."


@dataclass(frozen=True, slots=True)
class WideExtract:
    """The observations of an extract, by period and then in the order of its rows.

    ``period_column`` is ``"month"``, ``"quarter"``, ``"year"`` …; ``columns`` name the labels of each row, such as
    ``"area"``.  ``understood`` says in sentences how the extract was read, and ``kind`` what its numbers seem to be.
    """

    period_column: str
    columns: tuple[str, ...]
    rows: tuple[TidyRow, ...]
    understood: tuple[str, ...] = ()
    is_percentages: bool = False


def period_column(periods: Sequence[Period]) -> str:
    """The column of a tidy file that can say all of these periods."""
    lengths = {(length_of(each), each.is_months, each.days == 1, each.days == 7) for each in periods}
    if len(lengths) > 1 or not lengths:
        return "period"
    first = periods[0]
    if first.days in (1, 7):
        return "date" if first.days == 1 else "week"
    if not first.is_months:
        return "period"
    if all(each.is_quarter for each in periods):
        return "quarter"
    return {1: "month", 6: "half", 12: "year"}.get(first.length, "period")


class SheetReading:
    """Reads the rows of a sheet whose columns are known."""

    def __init__(self, columns: SheetColumns, known: KnownNames) -> None:
        self.columns, self.sheet, self.known = columns, columns.sheet, known
        self.names = list(columns.labels.values())
        self.rows: list[SheetRow] = []
        self.total_rows: list[TotalRow] = []
        self.problems: dict[CellProblem, list[CellPlace]] = {}
        self.read_as: dict[str, tuple[CellPlace, CleanName]] = {}
        self.understood: list[str] = []
        choices = columns.choices
        comma = choices.decimal_comma
        if comma is None:
            texts = [
                value for (_, at), value in self.sheet.cells.items() if at in columns.periods and isinstance(value, str)
            ]
            found = decimal_comma(texts, is_continental=self.sheet.separator == ";")
            comma = found is True
            if isinstance(found, str):
                self._tell_either_sign(found)
        self.reader = NumberReader(choices, columns.notes, comma)

    def _tell_either_sign(self, number: str) -> None:
        self.columns.telling.tell(
            codes.EXTRACT_VALUE,
            f"“{number}” may have a decimal sign or one of thousands.",
            "Say which sign its decimals have: --decimal comma, or --decimal point.",
        )

    def extract(self) -> WideExtract | None:
        columns = self.columns
        self._read_rows()
        self._tell_marks()
        self._tell_problems()
        if not columns.telling.failed:
            self._leave_out_subtotals()
            check_totals(columns, self.reader, self.rows, self.total_rows)
            self._check_labels()
            self._check_areas()
        cells = [
            (column, period, row, cell)
            for column, period in columns.periods.items()
            for row in self.rows
            if (cell := row.cells.get(column)) is not None
        ]
        if not cells and not columns.telling.failed:
            place = (columns.header, min(columns.periods))
            columns.tell(place, codes.EXTRACT_SHAPE, "has no rows under it", "Export it again.")
        if not columns.telling.failed:
            self._check_percentages([(column, row, cell) for column, _, row, cell in cells])
        if columns.telling.failed:
            return None
        self._say_numbers([cell for _, _, _, cell in cells])
        found = tuple(
            TidyRow(
                written(period),
                (*row.labels, *columns.extras[column]),
                cell.value,
                self.sheet.cell((row.row, column)),
                cell.state or (columns.states.get(column) if cell.value is not None else None),
            )
            for column, period, row, cell in cells
        )
        return WideExtract(
            period_column(list(columns.periods.values())),
            (*self.names, *columns.extra_names),
            found,
            tuple(self.understood),
            any(cell.is_percentage for _, _, _, cell in cells),
        )

    # Rows

    def _read_rows(self) -> None:
        previous = [""] * len(self.names)
        for row in self.columns.rows:
            labels = [self._label((row, column)) for column in self.columns.labels]
            names_area = any(folded(label) in self.known.areas for label in labels)
            dated = sum(is_surely_period(self.sheet.cells.get((row, at), "")) for at in self.columns.periods)
            # One with the name of an area has dates typed into cells that should hold numbers.
            if 2 * dated > len(self.columns.periods) and not names_area:
                place = (row, min(self.columns.periods))
                what = "heads the columns with months again"
                hint = "Put each table on a sheet of its own, and delete headings that are repeated."
                self.columns.tell(place, codes.EXTRACT_HEADING, what, hint)
                return
            if _are_in(self.columns.choices.leave_out, labels):
                self.columns.left_out.append(joined([label for label in labels if label]))
            elif any(is_total(label) and folded(label) not in self.columns.choices.keep for label in labels):
                self.total_rows.append(TotalRow(row, self._filled(labels, previous), len(self.rows)))
            elif not self.columns.has_numbers(row) and not names_area and labels.count("") >= len(labels) - 1:
                self._note(row)
            else:
                previous = self._filled(labels, previous)
                self._read_row(row, previous)

    def _label(self, place: CellPlace) -> str:
        """A name without the mark of a note, which is remembered."""
        text = self.sheet.words(place)
        clean = without_mark(text, self.columns.notes, self.known.all)
        if not (clean.mark or clean.may_have) or folded(text) in self.columns.choices.keep:
            return text
        self.read_as.setdefault(text, (place, clean))
        return clean.name

    def _tell_marks(self) -> None:
        """Warn of names that have the mark of a note, or seem to: a digit that other names of the same stem lack."""
        stems = Counter(clean.name.rstrip("0123456789") for _, clean in self.read_as.values() if clean.may_have)
        for text, (place, clean) in self.read_as.items():
            if clean.mark:
                what = f"names “{text}”, which is read as “{clean.name}” without the mark of a note"
                hint = f'Nothing to do; if the mark belongs to the name, say so: --keep "{text}".'
            elif stems[clean.name.rstrip("0123456789")] == 1:
                what = f"names “{text}”, whose last digit may be the mark of a note, and is kept"
                hint = "Delete the digit if it is one."
            else:
                continue
            self.columns.tell(place, codes.EXTRACT_NAME, what, hint)

    def _note(self, row: int) -> None:
        place = (row, self.columns.rows[row][0])
        text = self.sheet.words(place)
        what = f"“{text if len(text) <= 60 else f'{text[:57]}…'}” stands in a row without numbers, which is left out"
        self.columns.tell(place, codes.EXTRACT_NOTE, what, "Nothing to do.")

    def _filled(self, labels: Sequence[str], previous: Sequence[str]) -> list[str]:
        """The labels with those above put in where a pivot table leaves them out: before one that is given."""
        last = max((index for index, label in enumerate(labels) if label), default=-1)
        return [label or (previous[index] if index < last else "") for index, label in enumerate(labels)]

    def _read_row(self, row: int, labels: Sequence[str]) -> None:
        cells: dict[int, CellNumber] = {}
        for column in self.columns.periods:
            place = (row, column)
            found = self.reader.read(self.sheet.cells.get(place, ""), percent=place in self.sheet.percent)
            if isinstance(found, CellNumber):
                cells[column] = found
            else:
                self.problems.setdefault(found, []).append(place)
        self.rows.append(SheetRow(row, tuple(labels), cells))

    def _tell_problems(self) -> None:
        """Tell each kind of cell that is no number once, with the first of its cells."""
        for problem, (first, *others) in self.problems.items():
            more = f"; {len(others)} more {'cell is' if len(others) == 1 else 'cells are'} like it" if others else ""
            self.columns.tell(first, codes.EXTRACT_VALUE, problem.what + more, problem.hint)

    # Sums among the rows

    def _leave_out_subtotals(self) -> None:
        columns = list(self.columns.periods)
        totals = [
            [cell.value for cell in cells if isinstance(cell, CellNumber) and cell.value is not None]
            for total in self.total_rows
            if (cells := [self.reader.read(self.sheet.cells.get((total.row, column), "")) for column in columns])
        ]
        whole = [total for total in totals if len(total) == len(columns)]
        kept = [row for row in self.rows if not _are_in(self.columns.choices.keep, row.labels)]
        found = subtotals(kept, columns, whole)
        for each in found:
            if not each.is_sure:
                self._ask_about(each)
        sure = [each for each in found if each.is_sure]
        if sure:
            self._tell_left_out(sure)
            self.rows = [row for row in self.rows if row not in [each.row for each in sure]]
        unlike = [row for row in self.rows if row in kept and is_named(row)]
        unlike = [row for row in unlike if not any(folded(each) in self.known.all for each in row.labels)]
        if unlike:  # the next may be the sum of what is left once the first is known for one
            self._ask_about_name(unlike[0])

    def _tell_left_out(self, found: Sequence[Subtotal]) -> None:
        first = found[0]
        names = [each.row.labels[0] if is_named(each.row) else " ".join(each.row.labels) for each in found]
        more = [f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else []
        told = joined([*names[:MOST_NAMED], *more])
        if len(names) == 1:
            what = f"begins a row, {told}, that is the sum of {first.of} others; left out"
        else:
            what = f"begins the first of {len(names)} rows that are sums of others: {told}; left out"
        hint = "Nothing to do; if it is a place of its own, say so with --keep and its name."
        place = (first.row.row, min(self.columns.labels))
        self.columns.tell(place, codes.EXTRACT_LEFT_OUT, what, hint)

    def _ask_about(self, subtotal: Subtotal) -> None:
        name = " ".join(subtotal.row.labels).strip()
        what = f"begins a row, {name}, that comes to what {subtotal.of} others come to, and may be their sum"
        hint = f'Say which: --leave-out "{name}", or --keep "{name}".'
        self.columns.tell((subtotal.row.row, min(self.columns.labels)), codes.EXTRACT_TOTAL, what, hint)

    def _ask_about_name(self, row: SheetRow) -> None:
        name = " ".join(row.labels).strip()
        what = f"names “{name}”, which may be a sum of other rows, but is not what they come to"
        hint = f'Say which it is: --leave-out "{name}", or --keep "{name}".'
        self.columns.tell((row.row, min(self.columns.labels)), codes.EXTRACT_TOTAL, what, hint)

    # Names

    def _check_labels(self) -> None:
        """Tell of rows without a name, with one that the panel does not know, or with that of another row."""
        seen: dict[tuple[str, ...], int] = {}
        unknown: list[tuple[CellPlace, str]] = []
        named: list[SheetRow] = []
        for row in self.rows:
            labels = list(row.labels)
            for index, (column, name) in enumerate(self.columns.labels.items()):
                place = (row.row, column)
                if not labels[index]:
                    self.columns.tell(
                        place, codes.EXTRACT_LABEL, f"has no {name} for the numbers of its row", "Write it in."
                    )
                elif name == "area" and self.known.areas:
                    if folded(labels[index]) not in self.known.areas:
                        unknown.append((place, labels[index]))
                    labels[index] = self.known.areas.get(folded(labels[index]), labels[index])
                elif name == "force":
                    labels[index] = self.known.forces.get(folded(labels[index]), labels[index])
            above = seen.setdefault(tuple(map(folded, labels)), row.row)
            if above != row.row and all(labels):
                first = min(self.columns.labels)
                what = f"names {', '.join(labels)}, as {self.sheet.cell((above, first))} does already"
                hint = "Delete one of the two, or add the column in which they differ."
                self.columns.tell((row.row, first), codes.EXTRACT_LABEL, what, hint)
            named.append(SheetRow(row.row, tuple(labels), row.cells))
        self._tell_unknown(unknown, len({row.labels for row in self.rows}))
        self.rows = named

    def _tell_unknown(self, unknown: Sequence[tuple[CellPlace, str]], rows: int) -> None:
        known = f"Its areas are: {', '.join(self.known.areas.values())}; a row of sums must be called Total."
        if len(unknown) > 1 and 2 * len({name for _, name in unknown}) > rows:
            (place, first), *others = unknown
            more = "is another name below it" if len(others) == 1 else f"are {len(others)} other names below it"
            what = f"names “{first}”, which is no policing area of the panel; nor {more}"
            hint = "If these are forces, head the column Force; if they are something else, head it with what they are."
            self.columns.tell(place, codes.EXTRACT_LABEL, what, hint)
            return
        for place, name in unknown:
            what = f"names “{name}”, which is no policing area of the panel"
            hint = did_you_mean(name, self.known.areas.values(), known)
            self.columns.tell(place, codes.EXTRACT_LABEL, what, hint)

    def _check_areas(self) -> None:
        """Warn of an area that is not there: a pivot table has no row for one where none was counted."""
        for index, (column, name) in enumerate(self.columns.labels.items()):
            there = {row.labels[index] for row in self.rows}
            for area in self.known.areas.values() if name == "area" and not self.columns.telling.failed else ():
                if area not in there:
                    place, what = (self.columns.header, column), f"heads no row for {area}"
                    hint = "Add it, with 0 if none was counted, unless the data file has it already."
                    self.columns.tell(place, codes.EXTRACT_GAP, what, hint)

    # Numbers

    def _check_percentages(self, cells: Sequence[tuple[int, SheetRow, CellNumber]]) -> None:
        """Tell of numbers of which some are percentages and others none, unless a heading tells them apart."""
        kinds: dict[tuple[tuple[str, ...], bool], list[CellPlace]] = {}
        for column, row, cell in cells:
            if cell.value:
                kinds.setdefault((self.columns.extras[column], cell.is_percentage), []).append((row.row, column))
        for (extra, is_percentage), places in kinds.items():
            if is_percentage and (extra, False) in kinds:
                what = f"is a percentage, and {self.sheet.cell(kinds[extra, False][0])} is none"
                self.columns.tell(places[0], codes.EXTRACT_VALUE, what, ONE_KIND)

    def _say_numbers(self, cells: Sequence[CellNumber]) -> None:
        """Say what was made of marks, states, percentages, brackets and long numbers."""
        say = self.understood.append
        stands = Counter((cell.mark, cell.state) for cell in cells if cell.mark)
        for (mark, state), count in stands.items():
            say(f"“{mark}” is taken as {state.words if state else '0'} ({_cells(count)}).")
        states = Counter(cell.state for cell in cells if cell.state and not cell.mark)
        for state, count in states.items():
            if state is not None:
                say(f"{_cells(count).capitalize()} marked {state.words}.")
        if states := Counter(self.columns.states.values()):
            for state, count in states.items():
                say(f"{count} {'heading says' if count == 1 else 'headings say'} that the numbers are {state.words}.")
        if any(cell.is_percentage for cell in cells):
            say("The numbers are percentages, written as 0 to 100: give the measure kind: percentage.")
        if any(cell.is_in_brackets for cell in cells):
            say("Numbers in brackets are below zero.")
        if self.reader.decimal_comma:
            say("The decimal sign is a comma.")
        if notes := sum(bool(cell.note) for cell in cells):
            say(f"The marks of notes are left off the numbers of {_cells(notes)}.")
        if count := sum(cell.is_rounded for cell in cells):
            places = self.columns.choices.decimals
            to = "6 decimal places (9 below 0.001)" if places is None else f"{places} decimal places"
            say(f"The numbers of {_cells(count)} are rounded to {to}.")


def _are_in(names: frozenset[str], labels: Sequence[str]) -> bool:
    """Whether a row is among ``names``, by one of its labels or by all of them."""
    return any(folded(name) in names for name in (*labels, " ".join(labels)) if name)


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"
