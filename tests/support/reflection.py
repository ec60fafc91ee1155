"""Every dataclass inside a model, found by its fields alone: what the typed walks are held against."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from papergen.diagnostics import NOWHERE, Span
from papergen.model.nodes import Picture
from papergen.values.periods import Period
from papergen.values.quantities import Quantity

BESIDE_THE_TEXT = frozenset({"alternative", "topic", "activity", "signs"})
"""Fields whose words stand for something or are printed elsewhere: no part of what is read from top to bottom."""


def everything_in(node: object, at: Span = NOWHERE, *, beside: bool = False) -> Iterator[tuple[object, Span]]:
    """``node`` and every node below it, each with the nearest place that is known for it.

    What stands ``beside`` the text is left out, unless it is asked for.
    """
    if isinstance(node, tuple):
        for child in node:
            yield from everything_in(child, at, beside=beside)
    elif dataclasses.is_dataclass(node) and not isinstance(node, Span | Picture | Period | Quantity):
        own: Span = getattr(node, "at", NOWHERE)
        at = at if own == NOWHERE else own
        yield node, at
        for field in dataclasses.fields(node):
            if beside or field.name not in BESIDE_THE_TEXT:
                yield from everything_in(getattr(node, field.name), at, beside=beside)
