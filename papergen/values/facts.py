"""Facts: what can be printed by name, and why one cannot be had."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from papergen import codes
from papergen.diagnostics import NOWHERE, Code, Span
from papergen.values.formats import FactValue
from papergen.values.quantities import Origin


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that can be printed by name, with the place it was typed and the facts that are part of it.

    ``value`` is None for a name that only holds others, such as ``meeting``.  ``calls`` are the parts that need to be
    told something, such as ``by(strand="racial")``.  ``origin`` is given for words that were worked out from data; a
    number has its own.  ``lacks`` says why there is no value where there might be one, and its part ``number`` stands
    for it.  ``is_whole`` is False where parts may be wanting, nobody knows which, since their file or entry
    could not be read, or the words of a setting were cut off.
    """

    value: FactValue | None = None
    at: Span = NOWHERE
    parts: Mapping[str, Fact] = field(default_factory=dict)
    calls: Mapping[str, Call] = field(default_factory=dict)
    origin: Origin = field(default_factory=Origin)
    lacks: str = ""
    is_whole: bool = True

    def lookup(self, name: str) -> Fact | Unread | None:
        """The part of that name, or ``Unread`` where it may be one that could not be read; None where there is none."""
        if name in self.parts:
            return self.parts[name]
        return None if self.is_whole else Unread()


@dataclass(frozen=True, slots=True)
class Unread:
    """What is asked for may stand in a file, or an entry of one, that could not be read."""


Argument: TypeAlias = str | int | tuple[str, ...] | Fact


Call: TypeAlias = Callable[[tuple[Argument, ...], Mapping[str, Argument]], Fact]


"""Makes a fact of what stands in the round brackets; raises ``FactError`` for what does not fit."""


class FactError(Exception):
    """A fact that cannot be had: why, in one sentence, and what to do instead.

    ``period`` is the name of the one that the sentence is about, where the same may be said of others.
    """

    def __init__(self, message: str, hint: str, code: Code = codes.VALUE_IMPOSSIBLE, *, period: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.hint, self.period = code, message, hint, period


class UnreadError(FactError):
    """What is asked for rests on a file, or an entry of one, that could not be read: which is told there, once."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” could not be read.", "Mend what is told of its file first.")


def flatten(facts: Mapping[str, Fact], prefix: str = "") -> Iterator[tuple[str, Fact]]:
    """Every fact that prints something, by its dotted name."""
    for name, fact in facts.items():
        dotted = f"{prefix}{name}"
        if fact.value is not None:
            yield dotted, fact
        yield from flatten(fact.parts, f"{dotted}.")
