"""Walking over the tree of a paper."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from papergen.diagnostics import NOWHERE, Span
from papergen.model.nodes import (
    CrossReference,
    Emphasis,
    Footnote,
    Inlines,
    LineBreak,
    Link,
    Picture,
    Section,
    Strong,
    Text,
    Value,
)
from papergen.values.periods import Period
from papergen.values.quantities import Quantity


def walk_sections(sections: tuple[Section, ...]) -> Iterator[Section]:
    """Every section in reading order, each before the sections inside it."""
    for section in sections:
        yield section
        yield from walk_sections(section.sections)


def walk_nodes(node: object, at: Span = NOWHERE) -> Iterator[tuple[object, Span]]:
    """``node`` and every node below it, each with the nearest place that is known for it."""
    if isinstance(node, tuple):
        for child in node:
            yield from walk_nodes(child, at)
    elif dataclasses.is_dataclass(node) and not isinstance(node, Span | Picture | Period | Quantity):
        own: Span = getattr(node, "at", NOWHERE)
        at = at if own == NOWHERE else own
        yield node, at
        for field in dataclasses.fields(node):
            yield from walk_nodes(getattr(node, field.name), at)


def plain_text(inlines: Inlines) -> str:
    """The printed words of ``inlines`` on one line, without footnotes: for titles, bookmarks and messages."""
    parts: list[str] = []
    for inline in inlines:
        match inline:
            case Text(text=text) | Value(text=text):
                parts.append(text)
            case LineBreak():
                parts.append(" ")
            case Strong(children=children) | Emphasis(children=children) | Link(children=children):
                parts.append(plain_text(children))
            case CrossReference(children=children, label=label):
                parts.append(plain_text(children) or label)
            case Footnote():
                pass
    return "".join(parts)
