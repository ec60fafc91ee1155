"""Numbers made of numbers: changes, shares and rates, with the rows of all that they are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from papergen.values.facts import Fact, FactError
from papergen.values.quantities import Kind, Quantity


class Lazy(Mapping[str, Fact]):
    """Parts that are worked out when they are asked for."""

    def __init__(self, makers: Mapping[str, Callable[[], Fact]]) -> None:
        self._makers = makers
        self._made: dict[str, Fact] = {}

    def __getitem__(self, name: str) -> Fact:
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._makers

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


def change(new: Quantity, old: Quantity) -> Fact:
    """The change from ``old`` to ``new``: of a percentage in points, of anything else as a percentage.

    Its parts are ``number``, the difference, and ``percent``, the percentage change, which needs an old number.
    """
    if new.kind is not old.kind:
        raise FactError(
            f"A change cannot be taken between {new.kind.value} and {old.kind.value}.", "Take two of one kind."
        )
    origin = new.origin + old.origin
    in_points = new.kind is Kind.PERCENTAGE
    difference = Quantity(
        value=new.value - old.value,
        kind=Kind.POINTS if in_points else new.kind,
        decimals=max(new.decimals, old.decimals),
        origin=origin,
        is_change=True,
    )

    periods = " and ".join(period.name for period in old.origin.periods)
    lacks = f"The earlier figure is 0 ({periods}), so there is no percentage."

    def percent() -> Fact:
        if not old.value:
            raise FactError(lacks, "Write “.number” in place of “.percent”.")
        share = (new.value - old.value) / abs(old.value) * 100
        return Fact(Quantity(value=share, kind=Kind.PERCENTAGE, origin=origin, is_change=True, of=new.kind))

    parts = Lazy({"number": lambda: Fact(difference), "percent": percent})
    if in_points:
        return Fact(difference, parts=parts)
    if not old.value:
        return Fact(None, parts=parts, lacks=lacks)
    return Fact(percent().value, parts=parts)


def share(part: Quantity, whole: Quantity) -> Fact:
    """``part`` as a percentage (0 to 100) of ``whole``; raises ``FactError`` for a whole of zero or of another kind."""
    if not whole.value:
        raise FactError("Nothing can be a share of zero.", "Say so in words.")
    if part.kind is not whole.kind:
        raise FactError(
            f"{part.kind.value.capitalize()} cannot be a share of {whole.kind.value}.", "Take two of one kind."
        )
    share = part.value / whole.value * 100
    return Fact(Quantity(value=share, kind=Kind.PERCENTAGE, origin=part.origin + whole.origin))


def rate(quantity: Quantity, over: int) -> Fact:
    """``quantity`` for each of ``over``."""
    return Fact(quantity.with_value(quantity.value / over))


def quantity_of(fact: Fact) -> Quantity:
    """The number that a fact stands for; raises ``FactError`` for one that is no number."""
    if not isinstance(fact.value, Quantity):
        raise FactError("A number is needed here.", "Name a number, such as robbery.quarter.")
    return fact.value
