"""What the rules look at: the papers of a meeting with everything they were made from."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import TypeVar, cast

from papergen.data.book import Book
from papergen.diagnostics import Span
from papergen.language.passages import Passage, Place, passages
from papergen.model.nodes import Paper, Section
from papergen.model.walk import find
from papergen.papers.judging import has_nothing_special
from papergen.workspace.settings import SettingsFiles

PROSE = frozenset({Place.TEXT, Place.ITEM, Place.NOTE, Place.FOOTNOTE, Place.CAPTION})
"""The places where numbers and dates stand in words."""


@dataclass(frozen=True)
class Reading:
    """One meeting as the rules see it.

    ``previous`` are the papers of the meeting before, where its folder is in the workspace.  ``texts`` are the Markdown
    files by path, as they were typed.  ``unchanged`` are those among them that are byte for byte what the manifest of
    the last papers built records, where the folder of that meeting is no longer in the workspace.
    """

    papers: tuple[Paper, ...]
    settings: SettingsFiles
    book: Book
    previous: tuple[Paper, ...]
    texts: Mapping[str, str]
    unchanged: frozenset[str] = frozenset()
    _kept: dict[Hashable, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def shortened(self) -> frozenset[str]:
        """The files whose text these papers leave out, since they give in full only what is out of the ordinary."""
        if not self.settings.meeting.exceptions_only:
            return frozenset()
        return frozenset(found.at.file for found in find(self.papers, Section) if has_nothing_special(found.node))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage of the papers in reading order."""
        return tuple(passages(self.papers))

    @cached_property
    def prose(self) -> tuple[Passage, ...]:
        """The passages in which numbers and dates stand in words."""
        return tuple(passage for passage in self.passages if passage.place in PROSE)

    @cached_property
    def previous_passages(self) -> tuple[Passage, ...]:
        """Every passage of the papers of the meeting before."""
        return tuple(passages(self.previous))

    @cached_property
    def lines(self) -> Mapping[str, list[str]]:
        """The lines of the files."""
        return {file: text.split("\n") for file, text in self.texts.items()}

    def place(self, passage: Passage, start: int, end: int) -> Span:
        """Where the words of a passage between two positions were typed, as near as can be told."""
        words = passage.text[start:end]
        for bound in passage.values:
            if bound.start <= start < bound.end and bound.value.at.line:
                return bound.value.at
        nth = sum(1 for _ in _found(passage.text[:start], words))
        lines = self.lines.get(passage.at.file, [])
        for index, (number, column) in enumerate(_in_lines(lines, passage.at.line, words)):
            if index == nth:
                return Span(passage.at.file, number, column)
        return passage.at


T = TypeVar("T")


def once(work: Callable[[Reading], T]) -> Callable[[Reading], T]:
    """The same function, which works out what it gives of a reading once and keeps it there."""

    @wraps(work)
    def kept(reading: Reading) -> T:
        if work not in reading._kept:
            reading._kept[work] = work(reading)
        return cast(T, reading._kept[work])

    return kept


def _found(text: str, words: str) -> Iterator[int]:
    yield from (match.start() for match in re.finditer(re.escape(words), text))


def _in_lines(lines: list[str], first: int, words: str) -> Iterator[tuple[int, int]]:
    """Line and column of each place from line ``first`` on, to the end of what is typed without a blank line."""
    pattern = re.compile(r"(?:\s|&nbsp;)+".join(re.escape(word) for word in words.split()) or r"(?!)")
    for number in range(max(first, 1), len(lines) + 1):
        line = lines[number - 1]
        if not line.strip() and number > first:
            return
        for match in pattern.finditer(line):
            yield number, match.start() + 1
