"""The numbers of an extract: read cell by cell, each kind of doubt told of once, and what was made of them said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from papergen import codes
from papergen.data.wide.cells import CellPlace, Sheet
from papergen.data.wide.choices import Choices
from papergen.data.wide.numbers import CellNumber, CellProblem, NumberReader, decimal_comma, plain
from papergen.data.wide.report import Telling
from papergen.values.words import so_many

PLACES = ("area", "force")
"""Columns whose words never say that the numbers of one are percentages and those of another are none."""
ONE_KIND = "Format them all as percentages, or put those that are none on a sheet of their own."
_SAYS_PERCENT = re.compile(r"%|\bper ?cent|\bproportion\b|\bshare\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LabelledNumber:
    """A number that was read: where it stands, the names of its row and column by their columns, and what it says."""

    place: CellPlace
    labels: tuple[str, ...]
    cell: CellNumber


@dataclass
class ValueReading:
    """Reads the numbers of a sheet; ``texts`` are those of its cells of numbers, and ``heads`` the words over them."""

    sheet: Sheet
    choices: Choices
    telling: Telling
    reader: NumberReader
    heads: Sequence[str]
    problems: dict[str, tuple[CellProblem, list[CellPlace]]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        sheet: Sheet,
        choices: Choices,
        telling: Telling,
        *,
        places: Iterable[CellPlace],
        notes: frozenset[str],
        heads: Sequence[str],
    ) -> ValueReading:
        comma = choices.decimal_comma
        if comma is None:
            texts = [value for place in places if isinstance(value := sheet.cells.get(place), str)]
            found = decimal_comma(texts, is_continental=sheet.separator == ";")
            comma = found is True
            if isinstance(found, str):
                telling.tell(
                    codes.EXTRACT_VALUE,
                    f"“{found}” may have a decimal sign or one of thousands.",
                    "Say which sign its decimals have: --decimal comma, or --decimal point.",
                )
        return cls(sheet, choices, telling, NumberReader(choices, notes, comma), heads)

    def read(self, place: CellPlace) -> CellNumber | None:
        """What a cell says; None for one that is no number, which is told of later."""
        found = self.peek(place)
        if isinstance(found, CellNumber):
            return found
        self.problems.setdefault(found.kind, (found, []))[1].append(place)
        return None

    def peek(self, place: CellPlace) -> CellNumber | CellProblem:
        """What a cell says, or why it says nothing, which is kept for nobody."""
        return self.reader.read(self.sheet.cells.get(place, ""), percent=place in self.sheet.percent)

    def tell_problems(self) -> None:
        """Tell each kind of cell that is no number once, with the first of its cells."""
        for problem, (first, *others) in self.problems.values():
            more = f"; {len(others)} more {'cell is' if len(others) == 1 else 'cells are'} like it" if others else ""
            self.telling.at(self.sheet, first, codes.EXTRACT_VALUE, problem.what + more, problem.hint)

    def check_kinds(self, names: Sequence[str], numbers: Sequence[LabelledNumber]) -> None:
        """Tell of percentages among numbers that are none, unless a column of words tells them apart; and of shares."""
        given = [each for each in numbers if each.cell.value]
        some = {kind: next((each for each in given if each.cell.is_percentage is kind), None) for kind in (True, False)}
        percentage, other = some[True], some[False]
        if percentage and other:
            words = [index for index, name in enumerate(names) if name not in PLACES]
            if not any(self._are_apart(given, index) for index in words):
                what = f"is a percentage, and {self.sheet.cell(other.place)} is none"
                self.telling.at(self.sheet, percentage.place, codes.EXTRACT_VALUE, what, ONE_KIND)
        elif other and self.choices.are_shares is None and self._may_be_shares([each.cell for each in given]):
            first = next(each for each in given if each.cell.value != 1)
            what = f"is {self.sheet.words(first.place)}, which may stand for {self._as_percentage(first)}"
            hint = "Say which: --shares to write such numbers as percentages, or --no-shares to leave them as they are."
            self.telling.at(self.sheet, first.place, codes.EXTRACT_VALUE, what, hint)

    @staticmethod
    def _as_percentage(number: LabelledNumber) -> str:
        return f"{plain((number.cell.value or Decimal(0)) * 100):f}%"

    @staticmethod
    def _are_apart(numbers: Sequence[LabelledNumber], index: int) -> bool:
        kinds = {(each.labels[index], each.cell.is_percentage) for each in numbers}
        return len(kinds) == len({word for word, _ in kinds})

    def _may_be_shares(self, cells: Sequence[CellNumber]) -> bool:
        """Whether all numbers are from 0 to 1 where the headings say per cent; or most, in a file without formats."""
        values = [cell.value for cell in cells if cell.value is not None]
        if not self.sheet.has_formats and any(value % 1 for value in values) and all(abs(each) < 10 for each in values):
            return 2 * sum(abs(value) <= 1 for value in values) >= len(values)
        is_said = any(map(_SAYS_PERCENT.search, self.heads))
        return is_said and all(0 <= value <= 1 for value in values) and any(value % 1 for value in values)

    def said(self, cells: Sequence[CellNumber]) -> list[str]:
        """What was made of marks, states, percentages, brackets and long numbers, in sentences."""
        said = []
        stands = Counter((cell.mark, cell.state) for cell in cells if cell.mark)
        for (mark, state), count in stands.items():
            said.append(f"“{mark}” is taken as {state.words if state else '0'} ({so_many(count, 'cell')}).")
        states = Counter(cell.state for cell in cells if cell.state and not cell.mark)
        for state, count in states.items():
            said.append(f"{so_many(count, 'cell').capitalize()} marked {state.words if state else ''}.")
        if are_percentages(cells):
            said.append("The numbers are percentages, written as 0 to 100: give the measure kind: percentage.")
        elif some := sum(cell.is_percentage for cell in cells):
            said.append(
                f"Some numbers ({so_many(some, 'cell')}) are percentages, written as 0 to 100: give the measure that"
                " takes them kind: percentage."
            )
        if any(cell.is_in_brackets for cell in cells):
            said.append("Numbers in brackets are below zero.")
        if self.reader.decimal_comma:
            said.append("The decimal sign is a comma.")
        if notes := sum(bool(cell.note) for cell in cells):
            said.append(f"The marks of notes are left off the numbers of {so_many(notes, 'cell')}.")
        if count := sum(cell.is_rounded for cell in cells):
            places = self.choices.decimals
            to = "6 decimal places (9 below 0.001)" if places is None else f"{places} decimal places"
            said.append(f"The numbers of {so_many(count, 'cell')} are rounded to {to}.")
        return said


def are_percentages(cells: Sequence[CellNumber]) -> bool:
    """Whether all numbers but noughts are percentages, and there is one."""
    return any(cell.is_percentage for cell in cells) and all(cell.is_percentage for cell in cells if cell.value)
