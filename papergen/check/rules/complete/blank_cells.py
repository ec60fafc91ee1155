"""Blank cells of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.check.tables import is_total, row_place
from papergen.diagnostics import Severity
from papergen.model.nodes import Graphic, RowKind, Strong, Table
from papergen.model.walk import plain_text

_MOST_NAMED = 3
_AVERAGE = re.compile(r"\W*(?:average|mean)\b", re.IGNORECASE)


@rule("C402", Severity.WARNING, by_file=True)
def blank_cells(reading: Reading) -> Iterator[Finding]:
    """A cell of a table is blank.

    A blank cell in the body of a table: nobody can tell “none” from “not known”. It is told once for the table, with
    its first few. The first cell of a row may be blank, where the row goes on with the words above it; so may all
    others in a row that is a heading in bold, and any in a row of totals or in a last row that begins in bold.
    Source: WCAG 2.2, success criterion 1.3.1 (Info and Relationships); the paper of February 2016, which left ten
    cells of its summary blank
    Example: | Robbery | Stable | |
    """
    for found in reading.tables:
        if blanks := list(_blanks(found.node)):
            some = "; ".join(_name(found.node, row, column) for row, column in blanks[:_MOST_NAMED])
            more = f" and {len(blanks) - _MOST_NAMED} more" if len(blanks) > _MOST_NAMED else ""
            plural = f"{len(blanks)} cells are" if len(blanks) > 1 else "A cell is"
            yield Finding(
                row_place(reading, found.at, blanks[0][0]),
                f"{plural} blank: {some}{more}.",
                "Write in each what is meant: “none”, “not applicable” or “not yet known”.",
            )


def _name(table: Table, row: int, column: int) -> str:
    label = plain_text(table.rows[row][0]).strip() or f"row {row + 1}"
    heading = plain_text(table.header[column]).strip() if column < len(table.header) else ""
    return f"“{label}” under “{heading}”" if heading else f"“{label}”, column {column + 1}"


def _blanks(table: Table) -> Iterator[tuple[int, int]]:
    for number, row in enumerate(table.rows):
        words = [plain_text(cell).strip() or "".join("…" for each in cell if isinstance(each, Graphic)) for cell in row]
        is_bold = bool(row[0]) and all(isinstance(inline, Strong) for inline in row[0])
        sums_up = is_total(words[0]) or _AVERAGE.match(words[0]) or (is_bold and number == len(table.rows) - 1)
        is_heading = (is_bold and not any(words[1:])) or table.kind(number) is RowKind.SECTION
        if not sums_up and not is_heading:
            yield from ((number, column) for column, text in enumerate(words) if column and not text)
