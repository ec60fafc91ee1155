"""What the reading of one file needs at every turn, and what it gathers on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from papergen.diagnostics import Diagnostics, Span
from papergen.model.nodes import Blocks, Picture, Waiver
from papergen.read.source import Source

LoadPicture: TypeAlias = Callable[[str, Span], Picture | None]
"""The picture that the Markdown at a place names; None when a diagnostic was recorded."""


@dataclass(frozen=True, slots=True)
class ExhibitBlock:
    """A ``chart`` or ``table`` block (``block`` says which) as it was typed: its lines, the first of them at ``at``."""

    block: str
    lines: str
    at: Span


@dataclass(slots=True)
class FileReading:
    """One file being read.

    ``signs_heading`` is the title of a box of signs that has none of its own.  ``notes`` are the footnotes by name;
    ``used_notes`` and ``used_definitions`` fill up with the names of those that a mark or a link makes use of,
    ``told_notes`` with those that no mark or no note was found for, and those that stand near them;
    ``waivers`` and ``exhibits`` fill up with those that stand in the text.
    """

    source: Source
    load_picture: LoadPicture
    diagnostics: Diagnostics
    signs_heading: str
    notes: dict[str, Blocks] = field(default_factory=dict)
    used_notes: set[str] = field(default_factory=set)
    told_notes: set[str] = field(default_factory=set)
    used_definitions: set[str] = field(default_factory=set)
    waivers: list[Waiver] = field(default_factory=list)
    exhibits: list[ExhibitBlock] = field(default_factory=list)
