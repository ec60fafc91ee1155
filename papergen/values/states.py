"""What statistics say of a number beside its size: that it is provisional, or that it is held back or was never had."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum

from papergen.values.cell_numbers import parse_number


class NumberState(Enum):
    """A state of a number, by the mark that the Government Statistical Service gives it in tables."""

    HELD_BACK = "c"
    NOT_AVAILABLE = "x"
    NOT_APPLICABLE = "z"
    PROVISIONAL = "p"
    REVISED = "r"
    ESTIMATED = "e"

    @property
    def words(self) -> str:
        """``"held back"``, ``"provisional"``."""
        return self.name.lower().replace("_", " ")

    @property
    def mark(self) -> str:
        """The mark in a cell of a data file: ``"[c]"``."""
        return f"[{self.value}]"

    @property
    def is_missing(self) -> bool:
        """Whether there is no number."""
        return self in MISSING


NOT_FINAL = (NumberState.PROVISIONAL, NumberState.ESTIMATED)
"""States that a reader must be told of beside the number."""

MISSING = (NumberState.HELD_BACK, NumberState.NOT_AVAILABLE, NumberState.NOT_APPLICABLE)

IN_A_DATA_FILE = {
    **{state.mark: state for state in MISSING},
    "*": NumberState.HELD_BACK,
    "..": NumberState.NOT_AVAILABLE,
    ":": NumberState.NOT_AVAILABLE,
}
"""Marks that stand in place of a number and cannot be a slip of the finger."""

ALONE = {
    **IN_A_DATA_FILE,
    **{state.value: state for state in MISSING},
    "**": NumberState.HELD_BACK,
    "[*]": NumberState.HELD_BACK,
    "[low]": NumberState.HELD_BACK,
    "s": NumberState.HELD_BACK,
    "suppressed": NumberState.HELD_BACK,
    "held back": NumberState.HELD_BACK,
    "...": NumberState.NOT_AVAILABLE,
    "…": NumberState.NOT_AVAILABLE,
    "n/a": NumberState.NOT_AVAILABLE,
    "#n/a": NumberState.NOT_AVAILABLE,
    "na": NumberState.NOT_AVAILABLE,
    "not available": NumberState.NOT_AVAILABLE,
    "not applicable": NumberState.NOT_APPLICABLE,
}
"""Marks that published tables have in place of a number, in small letters."""

_IN_BRACKETS = re.compile(r"(?P<number>.*\d)\s*\[(?P<mark>[pre])\]", re.IGNORECASE)
_WORD = "provisional|revised|estimated"
_BESIDE = re.compile(
    rf"(?P<number>.*[\d)%])\s*(?:\[(?P<in>[pre]|{_WORD})\]|\((?P<round>[pre]|{_WORD})\)|\^?(?P<bare>[pre])|(?P<word>{_WORD}))",
    re.IGNORECASE,
)


def split_state(text: str) -> tuple[str, NumberState | None]:
    """The number of a cell and the state that stands beside it: ``("12", PROVISIONAL)`` for ``12 [p]`` or ``12p``."""
    found = _BESIDE.fullmatch(text)
    if found is None:
        return text, None
    mark = next(each for each in (found["in"], found["round"], found["bare"], found["word"]) if each)
    return found["number"].strip(), NumberState(mark[0].lower())


def parse_cell(text: str) -> tuple[Decimal | None, NumberState | None] | None:
    """The number in a cell of a data file and its state, or a state in place of a number; None for anything else."""
    alone = IN_A_DATA_FILE.get(text.casefold())
    if alone is not None:
        return None, alone
    beside = _IN_BRACKETS.fullmatch(text)
    found = parse_number(beside["number"].strip() if beside else text)
    if found is None:
        return None
    return found, NumberState(beside["mark"].lower()) if beside else None


def print_cell(number: Decimal | None, state: NumberState | None) -> str:
    """A number and its state as a data file has them: ``12``, ``12 [p]``, ``[c]``."""
    parts = [] if number is None else [f"{number:f}"]
    return " ".join([*parts, *([state.mark] if state else [])])
