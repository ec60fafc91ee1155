"""Facts: what can be printed by name, and why one cannot be had."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from papergen import codes
from papergen.diagnostics import NOWHERE, Code, Span
from papergen.values.formats import FactValue
from papergen.values.quantities import Origin


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that can be printed by name, with the place it was typed and the facts that are part of it.

    ``value`` is None for a name that only holds others, such as ``meeting``.  ``calls`` are the parts that need to be
    told something, such as ``by(strand="racial")``.  ``origin`` is given for words that were worked out from data; a
    number has its own.
    """

    value: FactValue | None = None
    at: Span = NOWHERE
    parts: Mapping[str, Fact] = field(default_factory=dict)
    calls: Mapping[str, Call] = field(default_factory=dict)
    origin: Origin = field(default_factory=Origin)


Argument: TypeAlias = str | int | tuple[str, ...] | Fact


Call: TypeAlias = Callable[[tuple[Argument, ...], Mapping[str, Argument]], Fact]


"""Makes a fact of what stands in the round brackets; raises ``FactError`` for what does not fit."""


class FactError(Exception):
    """A fact that cannot be had: why, in one sentence, and what to do instead."""

    def __init__(self, message: str, hint: str, code: Code = codes.VALUE_IMPOSSIBLE) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


class UnreadError(FactError):
    """What is asked for rests on a file, or an entry of one, that could not be read: which is told there, once."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” could not be read.", "Mend what is told of its file first.")


class UnreadParts(Mapping[str, Any]):
    """The parts of what could not be read: whoever asks for one gets an ``UnreadError``."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getitem__(self, part: str) -> Any:  # noqa: ANN401
        raise UnreadError(self._name)

    def __contains__(self, part: object) -> bool:
        raise UnreadError(self._name)

    def __iter__(self) -> Iterator[str]:
        raise UnreadError(self._name)

    def __len__(self) -> int:
        raise UnreadError(self._name)

    @classmethod
    def fact(cls, name: str) -> Fact:
        """A fact of which nothing is known but its name."""
        return Fact(parts=cls(name), calls=cls(name))


class PartlyRead(dict[str, Fact]):
    """Facts of which some could not be read, nobody knows which: a name that is not among them may be one."""

    def __contains__(self, name: object) -> bool:
        if not super().__contains__(name):
            raise UnreadError(str(name))
        return True


def flatten(facts: Mapping[str, Fact], prefix: str = "") -> Iterator[tuple[str, Fact]]:
    """Every fact that prints something, by its dotted name."""
    for name, fact in facts.items():
        dotted = f"{prefix}{name}"
        if fact.value is not None:
            yield dotted, fact
        yield from flatten(fact.parts, f"{dotted}.")
