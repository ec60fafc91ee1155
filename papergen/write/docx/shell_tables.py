"""Tables of a letterhead: the looks that a table style has for their first and last rows and columns, and bands."""

from __future__ import annotations

from dataclasses import dataclass

from papergen.write.docx.looks import Looks
from papergen.write.docx.xml import Element, attribute, whole
from papergen.write.looks import CellsLook, Edge, Sides

_AROUND = frozenset({"top", "right", "bottom", "left"})


@dataclass(frozen=True)
class TableParts:
    """The looks of the first and last rows and columns of a table, and of its bands, by its style ``lineage``."""

    looks: Looks
    lineage: list[Element]
    switches: Element | None

    def of(self, row: int, column: int, rows: int) -> CellsLook:
        """What the style says of one cell beyond what it says of all."""
        names = [
            *(["firstRow"] if row == 0 and self._wants("firstRow", 0x20) else []),
            *(["lastRow"] if row == rows - 1 and self._wants("lastRow", 0x40) else []),
            *(["firstCol"] if column == 0 and self._wants("firstColumn", 0x80) else []),
        ]
        if not self._wants("noHBand", 0x200) and "firstRow" not in names:
            names.append("band2Horz" if (row - self._wants("firstRow", 0x20)) % 2 else "band1Horz")
        told = [self.looks.cells(self.lineage, name) for name in names]
        return CellsLook(
            ground=next((each.ground for each in told if each.ground), ""),
            sides={side: edge for each in reversed(told) for side, edge in each.sides.items() if side in _AROUND},
            colour=next((each.colour for each in told if each.colour), ""),
            bold=any(each.bold for each in told),
        )

    def _wants(self, name: str, bit: int) -> bool:
        if self.switches is None:
            return False
        stated = attribute(self.switches, f"w:{name}")
        if stated is not None:
            return stated in {"1", "true", "on"}
        return bool(whole(attribute(self.switches, "w:val"), base=16) & bit)


def sides_at(sides: Sides, row: int, column: int, rows: int, columns: int) -> dict[str, Edge]:
    """Which of the rules of a table stand around one cell; the one below it is that above the next row."""
    named = {
        "top": "insideH" if row else "top",
        "left": "insideV" if column else "left",
        **({"bottom": "bottom"} if row == rows - 1 else {}),
        **({"right": "right"} if column == columns - 1 else {}),
    }
    return {side: sides[name] for side, name in named.items() if name in sides}
