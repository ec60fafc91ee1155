"""What an analyst decides of an extract, where papergen would have to guess."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from papergen.data.wide.cells import folded
from papergen.values.periods import Period
from papergen.values.states import NumberState

Meaning = Decimal | NumberState


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """How to take in an extract.

    ``sheet`` names the sheet; ``when`` is the period of all its numbers, for a table that has none; ``marks`` say what
    a mark in place of a number means (the empty one is a blank cell); ``decimals`` is to how many places numbers are
    rounded; ``decimal_comma`` says which sign they have.  ``leave_out`` and ``keep`` are names of rows and columns,
    in the form of ``folded``, that are or are not sums of others; ``names`` are those of columns and of rows of
    headings that have none, the columns first.  ``are_shares`` says that numbers such as 0.85 are to be written as
    percentages, or are not.
    """

    sheet: str | None = None
    when: Period | None = None
    marks: Mapping[str, Meaning] = field(default_factory=dict)
    decimals: int | None = None
    decimal_comma: bool | None = None
    leave_out: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    are_shares: bool | None = None

    def keeps(self, labels: Sequence[str]) -> bool:
        """Whether a row is to be kept, by one of its labels or by all of them."""
        return _is_among(self.keep, labels)

    def leaves_out(self, labels: Sequence[str]) -> bool:
        """Whether a row is to be left out, by one of its labels or by all of them."""
        return _is_among(self.leave_out, labels)


def _is_among(names: frozenset[str], labels: Sequence[str]) -> bool:
    return bool(names) and any(folded(name) in names for name in (*labels, " ".join(labels)) if name)


NO_CHOICES = Choices()

CountBy = Literal["date", "week", "month", "quarter", "year"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """How to take in a listing: the column of its numbers, or by which period to count its rows.

    ``by`` are the columns of words whose rows are counted apart.  With ``amounts`` the numbers of that column are added
    up in place of counting rows: payments one by one.
    """

    value: str = "value"
    count: CountBy | None = None
    by: tuple[str, ...] = ()
    amounts: str = ""
