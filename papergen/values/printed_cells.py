"""The number in a cell of a printed table: its sign, its unit, and how it was rounded."""

from __future__ import annotations

import re
from fractions import Fraction

from papergen.records import dataclass
from papergen.values.quantities import MOST_DIGITS

_NUMBER = re.compile(
    r"(?P<sign>[+\u2212–-])?£?(?P<opens>\(£?)?(?P<digits>\d[\d,]*(?:\.(?P<decimals>\d+))?)"
    r"(?P<unit>%|k|m|bn| ?pp)?(?P<closes>\))?(?P<late>%)?"
)
_UNITS = {"k": 10**3, "m": 10**6, "bn": 10**9}
_NONE = frozenset({"", "-", "–", "—", "nil"})


@dataclass(frozen=True, slots=True)
class CellFigure:
    """A number that is all that a cell holds, what it is worth, and how far the exact one may lie from that."""

    text: str
    worth: Fraction
    slack: Fraction
    decimals: int
    signed: bool
    percentage: bool


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
