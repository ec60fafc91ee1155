"""Blank cells of a table, and where the rows of a typed table stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergen.check.reading import Subject
from papergen.diagnostics import Span
from papergen.model.nodes import Inlines, Strong, Table
from papergen.model.walk import plain_text

_MOST_TOLD = 3
_TOTAL = re.compile(r"\W*(?:(?:grand |sub-?)?total|all|sum|overall|average|mean)\b", re.IGNORECASE)


def blank_cells(subject: Subject, table: Table, at: Span) -> tuple[Span, str, str] | None:
    """The place of the first blank cell of a table, what is wrong and what to do; None where none is blank."""
    blanks = list(_blanks(table))
    if not blanks:
        return None
    told = []
    for row, column in blanks[:_MOST_TOLD]:
        label = plain_text(table.rows[row][0]).strip() or f"row {row + 1}"
        heading = plain_text(table.header[column]).strip() if column < len(table.header) else ""
        told.append(f"“{label}” under “{heading}”" if heading else f"“{label}”, column {column + 1}")
    more = f" and {len(blanks) - _MOST_TOLD} more" if len(blanks) > _MOST_TOLD else ""
    plural = f"{len(blanks)} cells are" if len(blanks) > 1 else "A cell is"
    return (
        row_place(subject, at, blanks[0][0]),
        f"{plural} blank: {'; '.join(told)}{more}.",
        "Fill each in; where there is nothing to say, write “None” or “–” and say below the table why.",
    )


def _blanks(table: Table) -> Iterator[tuple[int, int]]:
    for number, row in enumerate(table.rows):
        words = [plain_text(cell).strip() for cell in row]
        if not any(words) or _TOTAL.match(words[0]) or (not any(words[1:]) and _is_bold(row[0])):
            continue
        for column, text in enumerate(words):
            if not text and column:
                yield number, column


def _is_bold(cell: Inlines) -> bool:
    return bool(cell) and all(isinstance(inline, Strong) for inline in cell)


def row_place(subject: Subject, at: Span, row: int) -> Span:
    """The line of a row of a table typed in Markdown, which stands so many lines below the line of dashes."""
    lines = subject.lines.get(at.file, [])
    for number in range(max(at.line, 1), min(at.line + 6, len(lines)) + 1):
        if re.fullmatch(r"\s*\|?[\s:|-]*-[\s:|-]*\|[\s:|-]*", lines[number - 1]):
            return Span(at.file, number + 1 + row, 1)
    return at
