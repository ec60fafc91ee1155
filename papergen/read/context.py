"""What the reading of one file needs at every turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from papergen.diagnostics import Diagnostics, Span
from papergen.model.nodes import Blocks, Figure, Picture, Table, Value, Waiver
from papergen.read.source import Source

Bind: TypeAlias = Callable[[str, Span], Value | None]
"""The value of an expression (without its braces) written at a place; None when a diagnostic was recorded."""

LoadPicture: TypeAlias = Callable[[str, Span], Picture | None]
"""The picture that the Markdown at a place names; None when a diagnostic was recorded."""


MakeExhibit: TypeAlias = Callable[[str, str, Span], Figure | Table | None]
"""The exhibit that a ``chart`` or ``table`` block (named first) asks for with its lines, the first of which stands at a
place; None when a diagnostic was recorded."""


@dataclass(frozen=True, slots=True)
class FileReading:
    """One file being read.

    ``signs_heading`` is the title of a box of signs that has none of its own.  ``notes`` are the footnotes by name;
    ``used_notes`` and ``used_definitions`` fill up with the names of those that a mark or a link makes use of;
    ``waivers`` fills up with those that stand in the text.
    """

    source: Source
    bind: Bind
    load_picture: LoadPicture
    make_exhibit: MakeExhibit
    diagnostics: Diagnostics
    signs_heading: str
    notes: dict[str, Blocks] = field(default_factory=dict)
    used_notes: set[str] = field(default_factory=set)
    used_definitions: set[str] = field(default_factory=set)
    waivers: list[Waiver] = field(default_factory=list)
