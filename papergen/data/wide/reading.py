"""Reads the observations of an extract: the rows of a sheet with their names and values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from papergen import codes
from papergen.data.total_names import is_total, may_be_total
from papergen.data.wide.cells import CellPlace, folded
from papergen.data.wide.columns import STATES, SheetColumns
from papergen.data.wide.headings import in_year, is_surely_period, period_column, written
from papergen.data.wide.heads import runs_on, scale_of, written_out
from papergen.data.wide.names import KnownNames, column_name
from papergen.data.wide.notes import CleanName, without_mark
from papergen.data.wide.numbers import CellNumber
from papergen.data.wide.parts import ask_about_kinds, tell_days, without_parts
from papergen.data.wide.subtotals import REGIONS, Subtotal, is_named, subtotals
from papergen.data.wide.totals import SheetRow, TotalRow, check_totals
from papergen.data.wide.values import LabelledNumber, ValueReading, are_percentages
from papergen.diagnostics import did_you_mean
from papergen.values.states import NumberState
from papergen.values.words import joined, shortened

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


class SheetReading:
    """Reads the rows of a sheet whose columns are known."""

    def __init__(self, columns: SheetColumns, known: KnownNames) -> None:
        self.columns, self.sheet, self.known = columns, columns.sheet, known
        self.names = list(columns.labels.values())
        self.rows: list[SheetRow] = []
        self.total_rows: list[TotalRow] = []
        self.notes: list[int] = []
        self.read_as: dict[str, tuple[CellPlace, CleanName]] = {}
        self.understood: list[str] = []
        self.values = ValueReading.of(
            self.sheet,
            columns.choices,
            columns.telling,
            places=[place for place in self.sheet.cells if place[1] in columns.periods],
            notes=columns.notes,
            heads=[
                value for (row, _), value in self.sheet.cells.items() if row < columns.first and isinstance(value, str)
            ],
        )

    def extract(self) -> WideExtract | None:
        columns = self.columns
        self._read_rows()
        self._tell_notes()
        self._tell_marks()
        self.values.tell_problems()
        self._tell_scaled()
        self._tell_running()
        if not columns.telling.failed:
            self.rows = without_parts(columns, self.rows, self.notes)
            ask_about_kinds(columns, self.rows)
            tell_days(columns, self.rows)
            self._leave_out_subtotals()
            self.understood.extend(check_totals(columns, self.values, self.rows, self.total_rows))
            self._check_labels()
            self._check_areas()
        cells = [
            (
                (row.part and in_year(row.part, period)) or period,
                LabelledNumber((row.row, column), (*row.labels, *columns.extras.get(column, ())), cell),
            )
            for column, period in columns.periods.items()
            for row in self.rows
            if (cell := row.cells.get(column)) is not None
        ]
        cells.sort(key=lambda each: each[0].starts)
        numbers = [number for _, number in cells]
        if not cells and not columns.telling.failed:
            place = (columns.header, min(columns.periods))
            columns.tell(place, codes.EXTRACT_SHAPE, "has no rows under it", "Export it again.")
        names = (*self.names, *columns.extra_names)
        if not columns.telling.failed:
            self.values.check_kinds(names, numbers)
        if columns.telling.failed:
            return None
        if self.total_rows:
            named = [each.name for each in self.total_rows]
            self.understood.append(f"Rows of totals are checked and left out: {joined(list(dict.fromkeys(named)))}.")
        for state, count in Counter(self.columns.states.values()).items():
            says = "1 heading says" if count == 1 else f"{count} headings say"
            self.understood.append(f"{says} that the numbers are {state.words}.")
        self.understood.extend(self.values.said([each.cell for each in numbers]))
        found = tuple(
            TidyRow(
                written(period),
                each.labels,
                each.cell.value,
                self.sheet.cell(each.place),
                each.cell.state or (columns.states.get(each.place[1]) if each.cell.value is not None else None),
            )
            for period, each in cells
        )
        return WideExtract(
            period_column(list(dict.fromkeys(period for period, _ in cells))),
            names,
            found,
            tuple(self.understood),
            are_percentages([each.cell for each in numbers]),
        )

    def _read_rows(self) -> None:
        previous = [""] * len(self.names)
        after_note = False
        for row in self.columns.rows:
            labels = [self._label((row, column)) for column in self.columns.labels]
            names_area = any(folded(label) in self.known.areas for label in labels)
            dated = sum(is_surely_period(self.sheet.cells.get((row, at), "")) for at in self.columns.periods)
            # One with the name of an area has dates typed into cells that should hold numbers.
            if 2 * dated > len(self.columns.periods) and not names_area:
                head = self.columns.header
                again = (self.sheet.words((row, at)) == self.sheet.words((head, at)) for at in self.columns.periods)
                if not after_note and all(again):  # as at the head of a page
                    continue
                place = (row, min(self.columns.periods))
                what = "heads the columns with months again"
                hint = "Put each table on a sheet of its own, and delete headings that are repeated."
                self.columns.tell(place, codes.EXTRACT_HEADING, what, hint)
                return
            after_note = False
            part = self._part(row)
            filled = self._filled([*labels, part], [*previous, ""])[:-1]
            if self.columns.choices.leaves_out([*labels, part]):
                self.columns.left_out.append(joined([label for label in (*labels, part) if label]))
            elif self._is_total(labels) or may_be_total(part):
                self.total_rows.append(TotalRow(row, [*filled, part], len(self.rows)))
            elif not (self._has_cells(row) or names_area) and labels.count("") >= len(labels) - 1:
                self.notes.append(row)
                after_note = True
            else:
                previous = filled
                self._read_row(row, previous)

    def _has_cells(self, row: int) -> bool:
        """Whether a row has something where numbers should stand, and not a note alone."""
        return self.columns.has_numbers(row) or (
            len(self.columns.rows[row]) > 1 and any(at in self.columns.periods for at in self.columns.rows[row])
        )

    def _is_total(self, labels: Sequence[str]) -> bool:
        """Whether a row is called a total, or by the name of the force that its areas make up."""
        named = [
            is_total(label, name) or (name == "area" and self.known.is_sum_of_areas(label))
            for name, label in zip(self.names, labels, strict=True)
            if folded(label) not in self.columns.choices.keep
        ]
        return any(named)

    def _label(self, place: CellPlace) -> str:
        """A name without the mark of a note, which is remembered."""
        text = self.sheet.words(place)
        clean = without_mark(text, self.columns.notes, self.known.all)
        if not (clean.mark or clean.may_have) or folded(text) in self.columns.choices.keep:
            return text
        self.read_as.setdefault(text, (place, clean))
        return clean.name

    def _tell_marks(self) -> None:
        """Warn of names that have the mark of a note, or seem to: one that other names of the same stem lack."""
        stems = Counter(clean.name.rstrip("0123456789") for _, clean in self.read_as.values() if clean.may_have)
        for text, (place, clean) in self.read_as.items():
            if clean.mark:
                what = f"names “{text}”, which is read as “{clean.name}” without the mark of a note"
                hint = f'Nothing to do; if the mark belongs to the name, say so: --keep "{text}".'
            elif stems[clean.name.rstrip("0123456789")] == 1:
                what = f"names “{text}”, whose “{clean.may_have}” may be the mark of a note, and is kept"
                hint = "Delete it if it is one."
            else:
                continue
            self.columns.tell(place, codes.EXTRACT_NAME, what, hint)

    def _tell_notes(self) -> None:
        """Tell once of the rows of text alone."""
        if not self.notes:
            return
        place = (self.notes[0], self.columns.rows[self.notes[0]][0])
        text, more = self.sheet.words(place), len(self.notes) - 1
        what = f"“{shortened(text, 60)}” stands in a row without numbers, which is left out"
        if more:
            what += f"; so {'is 1 more' if more == 1 else f'are {more} more'}"
        self.columns.tell(place, codes.EXTRACT_NOTE, what, "Nothing to do.")

    def _filled(self, labels: Sequence[str], previous: Sequence[str]) -> list[str]:
        """The labels with those above put in where a pivot table leaves them out: before one that is given."""
        last = max((index for index, label in enumerate(labels) if label), default=-1)
        return [label or (previous[index] if index < last else "") for index, label in enumerate(labels)]

    def _read_row(self, row: int, labels: Sequence[str]) -> None:
        cells: dict[int, CellNumber] = {}
        for column in self.columns.periods:
            if (found := self.values.read((row, column))) is not None:
                mark = self.sheet.words((row, self.columns.marks.get(column, -1)))
                cells[column] = replace(found, state=STATES[mark]) if mark else found
        self.rows.append(SheetRow(row, tuple(labels), cells, self._part(row), self._indent(row)))

    def _part(self, row: int) -> str:
        """The month or quarter that a row is of, where it is named beside the numbers."""
        return "" if self.columns.parts is None else self.sheet.words((row, self.columns.parts))

    def _indent(self, row: int) -> int:
        """How far the last name of a row is set in, by its format, spaces or a dash."""
        places = [(row, at) for at in self.columns.labels if (row, at) in self.sheet.cells]
        name = str(self.sheet.cells[places[-1]]) if places else ""
        return len(name) - len(name.lstrip(" \t\xa0-–•·")) + sum(self.sheet.indents.get(at, 0) for at in places[-1:])

    def _leave_out_subtotals(self) -> None:
        columns = list(self.columns.periods)
        totals = [
            [cell.value for cell in cells if isinstance(cell, CellNumber) and cell.value is not None]
            for total in self.total_rows
            if (cells := [self.values.peek((total.row, column)) for column in columns])
        ]
        whole = [total for total in totals if len(total) == len(columns)]
        kept = [row for row in self.rows if not self.columns.choices.keeps(row.labels)]
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
        if len(unlike) == len(self.rows) and all(REGIONS.intersection(map(folded, row.labels)) for row in unlike):
            unlike = []  # a table of regions has nothing that they could be the sums of
        asked: list[SheetRow] = []
        while unlike:  # the next may be the sum of what is left once the first is known for one
            asked.append(unlike[0])
            others = subtotals([row for row in kept if row not in asked], columns, whole)
            unlike = [row for row in unlike[1:] if not any(each.is_sure and each.row is row for each in others)]
        if asked:
            self._ask_about_names(asked)

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
        place = (first.row.row, self.columns.first_name)
        self.columns.tell(place, codes.EXTRACT_LEFT_OUT, what, hint)

    def _ask_about(self, subtotal: Subtotal) -> None:
        name = " ".join(subtotal.row.labels).strip()
        what = f"begins a row, {name}, that comes to what {subtotal.of} others come to, and may be their sum"
        hint = f'Say which: --leave-out "{name}", or --keep "{name}".'
        self.columns.tell((subtotal.row.row, self.columns.first_name), codes.EXTRACT_TOTAL, what, hint)

    def _ask_about_names(self, rows: Sequence[SheetRow]) -> None:
        """Ask of all rows at once: where they are no sums, as in a table of rates, none of them is."""
        name, *others = [" ".join(row.labels).strip() for row in rows]
        more = f"; so may {joined([f'“{other}”' for other in others])}" if others else ""
        what = f"names “{name}”, which may stand for other rows together, but is not what they come to{more}"
        typed = [" ".join(f'{option} "{each}"' for each in (name, *others)) for option in ("--leave-out", "--keep")]
        hint = f"Say which {'they are' if others else 'it is'}: {typed[0]}, or {typed[1]}."
        self.columns.tell((rows[0].row, self.columns.first_name), codes.EXTRACT_TOTAL, what, hint)

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
                    hint = "Write it in; call it Total if it is a sum."
                    self.columns.tell(place, codes.EXTRACT_LABEL, f"has no {name} for the numbers of its row", hint)
                elif name == "area" and self.known.areas:
                    if folded(labels[index]) not in self.known.areas:
                        unknown.append((place, labels[index]))
                    labels[index] = self.known.areas.get(folded(labels[index]), labels[index])
                elif name == "force":
                    labels[index] = self.known.forces.get(folded(labels[index]), labels[index])
            above = seen.setdefault((*map(folded, labels), row.part), row.row)
            if above != row.row and all(labels):
                first = self.columns.first_name
                names = [*labels, row.part] if row.part else labels
                what = f"names {', '.join(names)}, as {self.sheet.cell((above, first))} does already"
                hint = "Delete one of the two, or add the column in which they differ."
                if heads := [note for note in self.notes if above < note < row.row]:
                    text = self.sheet.words((heads[-1], self.columns.rows[heads[-1]][0]))
                    hint = f"Write “{text}”, which stands above it, into a column of its own in each of its rows."
                self.columns.tell((row.row, first), codes.EXTRACT_LABEL, what, hint)
            named.append(replace(row, labels=tuple(labels)))
        self._tell_unknown(unknown, len({row.labels for row in self.rows}))
        self.rows = named

    def _tell_unknown(self, unknown: Sequence[tuple[CellPlace, str]], rows: int) -> None:
        known = f"Its areas are: {', '.join(self.known.areas.values())}. Leave a row of sums out with --leave-out."
        if len(unknown) > 1 and 2 * len({name for _, name in unknown}) > rows:
            (place, first), *others = unknown
            more = "is another name below it" if len(others) == 1 else f"are {len(others)} other names below it"
            what = f"names “{first}”, which is no area that content/panel.yaml names; nor {more}"
            hint = "If these are forces, head the column Force; if they are something else, head it with what they are."
            if not column_name(self.sheet.words((self.columns.header, place[1]))) or self.sheet.flipped:
                hint = "If these are forces, head the column Force, or add --names force; if not, say what they are,"
                hint += " such as --names service."
            self.columns.tell(place, codes.EXTRACT_LABEL, what, hint)
            return
        for place, name in unknown:
            what = f"names “{name}”, which is no area that content/panel.yaml names"
            hint = did_you_mean(name, self.known.areas.values(), f'{known[:-1]} "{name}".')
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

    def _tell_scaled(self) -> None:
        """Tell of a number such as £1.2m in a sheet whose numbers are said to be in £000."""
        scaled = ((row.row, at) for row in self.rows for at, cell in row.cells.items() if cell.is_scaled)
        if (scale := scale_of(self.columns)) and (place := next(scaled, None)):
            self.columns.tell(place, codes.EXTRACT_VALUE, *written_out(self.sheet.words(place), scale))

    def _tell_running(self) -> None:
        """Tell of a row of numbers that by its name run on from period to period."""
        for row in self.rows:
            for column, label in zip(self.columns.labels, row.labels, strict=True):
                if told := runs_on(label, self.columns.choices):
                    self.columns.tell((row.row, column), codes.EXTRACT_LABEL, *told)
                    return
