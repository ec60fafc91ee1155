"""What the cells of a table are worth, what its labels say of them, and where its rows are typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from papergen.check.reading import Reading
from papergen.data.total_names import is_whole
from papergen.diagnostics import Span
from papergen.model.nodes import Table
from papergen.model.walk import plain_text
from papergen.values.quantities import MOST_DIGITS

_TOTAL = re.compile(r"\W*(?:grand |sub-?)?totals?\b(?!\s+\w+\s+of\b)", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?P<sign>[+\u2212–-])?£?(?P<opens>\(£?)?(?P<digits>\d[\d,]*(?:\.(?P<decimals>\d+))?)"
    r"(?P<unit>%|k|m|bn| ?pp)?(?P<closes>\))?(?P<late>%)?"
)
_UNITS = {"k": 10**3, "m": 10**6, "bn": 10**9}
_NONE = frozenset({"", "-", "–", "—", "nil"})


def cells_of(table: Table) -> list[list[str]]:
    """The words in the cells of a table, the header first."""
    return [[plain_text(cell).strip() for cell in row] for row in (table.header, *table.rows)]


@dataclass(frozen=True, slots=True)
class CellFigure:
    """A number that is all that a cell holds, what it is worth, and how far the exact one may lie from that."""

    text: str
    worth: Fraction
    slack: Fraction
    decimals: int
    signed: bool
    percentage: bool


def heads_sums(label: str) -> bool:
    """Whether a label stands at sums of what goes before: “Total crime”, “All areas”, “Net”; not “Running total”."""
    return _TOTAL.match(label) is not None or is_whole(label)


def is_none(text: str) -> bool:
    """Whether what a cell holds adds nothing to a total."""
    return text.casefold() in _NONE


def number_of(text: str) -> CellFigure | None:
    """The number that a cell holds, below zero in brackets or behind a minus; None where it holds anything else."""
    found = _NUMBER.fullmatch(text)
    if found is None or bool(found["opens"]) != bool(found["closes"]):
        return None
    decimals, factor = len(found["decimals"] or ""), _UNITS.get(found["unit"] or "", 1)
    worth = factor * Fraction(found["digits"].replace(",", "")[:MOST_DIGITS])
    slack = Fraction(factor, 2 * 10**decimals) if decimals or factor > 1 else Fraction(0)
    below = found["opens"] is not None or (found["sign"] or "+") != "+"
    percentage = "%" in text or "pp" in text
    return CellFigure(text, -worth if below else worth, slack, decimals, below or bool(found["sign"]), percentage)


def row_place(reading: Reading, at: Span, row: int) -> Span:
    """The line of a row of a table typed in Markdown, which stands so many lines below the line of dashes."""
    lines = reading.lines.get(at.file, [])
    for number in range(max(at.line, 1), min(at.line + 6, len(lines)) + 1):
        if re.fullmatch(r"\s*\|?[\s:|-]*-[\s:|-]*\|[\s:|-]*", lines[number - 1]):
            return Span(at.file, number + 1 + row, 1)
    return at
