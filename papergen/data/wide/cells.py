"""The cells of a sheet, by row and column counted from 0."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

SheetCell = int | float | str | bool | date | datetime | time | timedelta
CellPlace = tuple[int, int]


def cell_name(row: int, column: int, sheet: str = "") -> str:
    """The name that Excel gives a cell: ``"Sheet1!D7"``, ``"'My sheet'!A1"``, or ``"D7"`` without a sheet."""
    letters, number = "", column + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(65 + letter) + letters
    if sheet and not re.fullmatch(r"[^\W\d]\w*", sheet):
        sheet = "'" + sheet.replace("'", "''") + "'"
    return f"{sheet}!{letters}{row + 1}" if sheet else f"{letters}{row + 1}"


def words(value: SheetCell) -> str:
    """A cell as text, spaces made single and whole numbers without a point."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def folded(text: str) -> str:
    """What two spellings of one name have in common."""
    return " ".join(text.casefold().replace("&", " and ").split())


def is_blank(value: SheetCell) -> bool:
    """Whether a cell holds nothing that can be seen."""
    return isinstance(value, str) and not value.replace("\u200b", "").replace("\ufeff", "").strip()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The filled cells of a sheet.

    ``merged`` gives the words of a merged cell to every cell under it; ``percent`` are the cells shown as percentages,
    of which a file without formats (``has_formats``) does not tell.  ``unsaved`` are formulas without their values,
    ``hidden`` filled cells that are not shown, and ``indents`` how far cells are set in by their format.  ``flipped``
    says that rows and columns have been exchanged, so that the months stand across.  ``separator`` is what stands
    between the cells of a text file.
    """

    name: str
    cells: Mapping[CellPlace, SheetCell]
    merged: Mapping[CellPlace, SheetCell] = field(default_factory=dict)
    percent: frozenset[CellPlace] = frozenset()
    flipped: bool = False
    separator: str = ""
    has_formats: bool = True
    unsaved: frozenset[CellPlace] = frozenset()
    hidden: frozenset[CellPlace] = frozenset()
    indents: Mapping[CellPlace, int] = field(default_factory=dict)

    def flip(self) -> Sheet:
        return replace(
            self,
            cells={(column, row): value for (row, column), value in self.cells.items()},
            merged={(column, row): value for (row, column), value in self.merged.items()},
            percent=_turned(self.percent),
            unsaved=_turned(self.unsaved),
            hidden=_turned(self.hidden),
            indents={(column, row): depth for (row, column), depth in self.indents.items()},
            flipped=not self.flipped,
        )

    def rows(self) -> dict[int, dict[int, SheetCell]]:
        """The filled cells of each row by their columns, from above and from left to right."""
        rows: dict[int, dict[int, SheetCell]] = {}
        for (row, column), value in sorted(self.cells.items()):
            rows.setdefault(row, {})[column] = value
        return rows

    def row(self, row: int) -> dict[int, SheetCell]:
        """The filled cells of a row by their columns, from left to right."""
        return {column: value for (at, column), value in sorted(self.cells.items()) if at == row}

    def place(self, place: CellPlace) -> CellPlace:
        """Where a cell stands in the file."""
        return (place[1], place[0]) if self.flipped else place

    def cell(self, place: CellPlace) -> str:
        """The name of a cell in the file."""
        return cell_name(*self.place(place), self.name)

    def words(self, place: CellPlace) -> str:
        """The text at ``place``; empty where there is none."""
        return words(self.cells.get(place, self.merged.get(place, "")))


def _turned(places: frozenset[CellPlace]) -> frozenset[CellPlace]:
    return frozenset((column, row) for row, column in places)
