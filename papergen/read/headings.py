"""Headings inside a file become sections inside its section."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from papergen import codes
from papergen.diagnostics import Diagnostics
from papergen.model.nodes import Block, Blocks, Section
from papergen.read.placement import Heading

FIRST_LEVEL = 2
"""The level of a heading ``##``; level 1 is the title of the file."""


@dataclass(slots=True)
class _Growing:
    """A section whose end has not been reached."""

    heading: Heading | None
    level: int
    blocks: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)


def sections_of(parts: Sequence[Block | Heading], diagnostics: Diagnostics) -> tuple[Blocks, tuple[Section, ...]]:
    """The blocks before the first heading, and the sections under the headings."""
    growing = [_Growing(None, FIRST_LEVEL - 1)]
    for part in parts:
        if not isinstance(part, Heading):
            growing[-1].blocks.append(part)
            continue
        level = max(part.level, FIRST_LEVEL)
        while growing[-1].level >= level:
            _end(growing, diagnostics)
        _check_level(part, growing[-1].level, diagnostics)
        growing.append(_Growing(part, min(level, growing[-1].level + 1)))
    while len(growing) > 1:
        _end(growing, diagnostics)
    return tuple(growing[0].blocks), tuple(growing[0].sections)


def _check_level(heading: Heading, above: int, diagnostics: Diagnostics) -> None:
    if not heading.title:
        return  # which is told already
    if heading.level > above + 1:
        diagnostics.add(
            codes.HEADING_LEVEL,
            heading.at,
            f"This heading has {heading.level} “#”, but the one that it stands under has {above}."
            if above >= FIRST_LEVEL
            else f"The first heading of a file begins with “##”, and this one has {heading.level} “#”.",
            f"Begin it with “{'#' * (above + 1)}”.",
        )


def _end(growing: list[_Growing], diagnostics: Diagnostics) -> None:
    ended = growing.pop()
    heading = ended.heading
    if heading is None:
        return
    is_empty = not ended.blocks and not ended.sections
    if heading.title and heading.level < FIRST_LEVEL:
        hint = "Add a “#”, or put the words in the front matter, “title: …”."
        diagnostics.add(
            codes.HEADING_LEVEL,
            heading.at,
            "A heading inside a file begins with “##”; the heading of the file itself is its title.",
            "For an item of a list write “1. ” or “- ”; for a heading add a “#”, and write its text."
            if is_empty
            else hint,
        )
    elif heading.title and is_empty:
        diagnostics.add(
            codes.EMPTY_SECTION,
            heading.at,
            "There is nothing under this heading.",
            "Write its text, or delete the heading.",
        )
    growing[-1].sections.append(
        Section(
            title=heading.title,
            level=ended.level,
            blocks=tuple(ended.blocks),
            sections=tuple(ended.sections),
            key=heading.key,
            at=heading.at,
        )
    )
