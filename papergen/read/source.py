"""Where a character of a Markdown file stands: offsets in its body become lines and columns of the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import TypeAlias

from papergen.diagnostics import Span

_BEFORE_WORDS = re.compile(r"[ \t>]*")

PlaceOf: TypeAlias = Callable[[int], Span]
"""The place in the file of a position in some text that was taken from it."""

LinePlaces: TypeAlias = Sequence[tuple[int, int]]
"""For each line of a text taken from the body: the position of its first character, and its offset in the body."""


class Source:
    """The body of one file: the text below its front matter, which begins on ``first_line``."""

    def __init__(self, path: str, body: str, *, first_line: int = 1) -> None:
        self.path = path
        self.body = body
        self._first_line = first_line
        self._starts = [0, *(offset + 1 for offset, character in enumerate(body) if character == "\n")]

    def at(self, offset: int) -> Span:
        """The place of the character at ``offset`` in the body."""
        line = bisect_right(self._starts, offset) - 1
        return Span(self.path, self._first_line + line, offset - self._starts[line] + 1)

    def first_character(self, line: int) -> Span:
        """The place where ``line`` of the body, counted from 0, begins after its indentation and marks of quotation."""
        start = self._starts[line]
        found = _BEFORE_WORDS.match(self.body, start)
        return self.at(found.end() if found else start)

    def place(self, lines: LinePlaces) -> PlaceOf:
        """The places of the positions in a text whose lines stand at ``lines``."""
        return lambda position: self.at(offset_of(position, lines))


def offset_of(position: int, lines: LinePlaces) -> int:
    """The offset in the body of ``position`` in a text whose lines stand at ``lines``."""
    start, offset = lines[max(bisect_right(lines, (position, float("inf"))) - 1, 0)]
    return offset + max(position - start, 0)


def places_from(at: Span) -> PlaceOf:
    """The places of a text of one line that begins at ``at``; where the column is not known, ``at`` itself."""
    return lambda position: Span(at.file, at.line, at.column + position) if at.column else at
