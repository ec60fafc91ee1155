"""Where words stand in Markdown files as they were typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, takewhile

from papergen.diagnostics import Span
from papergen.read.front_matter import SplitText, split_front_matter

_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t]*\1|\Z)", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#{1,6}[ \t]")
_DASHES = re.compile(r"\s*\|?[\s:|-]*-[\s:|-]*\|[\s:|-]*")


@dataclass(frozen=True)
class TypedFiles:
    """Markdown files by their paths."""

    texts: Mapping[str, str]

    @cached_property
    def lines(self) -> Mapping[str, list[str]]:
        """The lines of each file."""
        return {file: text.split("\n") for file, text in self.texts.items()}

    @cached_property
    def _blocks(self) -> dict[Span, str]:
        """The text of each block that was asked for: a table is, for each of its cells."""
        return {}

    @cached_property
    def _parts(self) -> Mapping[str, SplitText]:
        return {file: split_front_matter(text) for file, text in self.texts.items()}

    def body_line(self, file: str) -> int:
        """The first line below the front matter of a file."""
        return self._parts[file].body_line if file in self._parts else 1

    def has_typed(self, at: Span) -> bool:
        """Whether what begins at a place was typed below the front matter of a file, and not made by papergen."""
        return at.file in self.texts and at.line >= self.body_line(at.file)

    def block(self, at: Span) -> Iterator[tuple[int, str]]:
        """The lines from a place on to the next blank one, each with its number."""
        first = max(at.line, 1)
        lines = enumerate(islice(self.lines.get(at.file, ()), first - 1, None), first)
        return takewhile(lambda line: line[0] == first or line[1].strip(), lines)

    def holds(self, words: str, *, at: Span) -> bool:
        """Whether words stand in the block at a place."""
        if at not in self._blocks:
            self._blocks[at] = "\n".join(line for _, line in self.block(at))
        return words in self._blocks[at]

    def nth_place(self, words: str, nth: int, *, of: Span) -> Span:
        """Where words stand for the nth time, counted from 0, in the block at ``of``, which ends at a blank line.

        ``of`` itself where they do not stand there so often.
        """
        pattern = re.compile(r"(?:[\s*_]|&nbsp;)+".join(map(re.escape, words.split())) or r"(?!)")
        found = ((number, each.start() + 1) for number, line in self.block(of) for each in pattern.finditer(line))
        return next((Span(of.file, *place) for place in islice(found, nth, None)), of)

    def front_place(self, words: str, *, of: Span, key: str) -> Span:
        """Where words stand at ``key`` or below it in the front matter of the file of a section at ``of``, or that."""
        lines = self._parts[of.file].yaml.split("\n") if of.file in self._parts else []
        before = list(takewhile(lambda line: not line.startswith(f"{key}:"), lines))
        for number, line in enumerate(lines[len(before) :], len(before) + 2):
            if found := re.search(rf"(?<!\w){re.escape(words)}(?!\w)", line):
                return Span(of.file, number, found.start() + 1)
        return of

    def row_place(self, row: int, *, of: Span) -> Span:
        """The line of a row, counted from 0, of a table at ``of``: as many lines below the line of dashes."""
        first = max(of.line, 1)
        for number, line in enumerate(self.lines.get(of.file, [])[first - 1 : of.line + 6], first):
            if _DASHES.fullmatch(line):
                return Span(of.file, number + 1 + row, 1)
        return of

    def under_heading(self, at: Span) -> range:
        """The lines of a file that stand under the same heading as a place, the heading itself among them."""
        text = self.texts.get(at.file, "")
        without_code = _FENCE.sub(lambda block: re.sub(r"[^\n]", " ", block[0]), text).split("\n")
        first = self.body_line(at.file)
        headings = [number for number, line in enumerate(without_code, 1) if number >= first and _HEADING.match(line)]
        starts = max((number for number in headings if number <= at.line), default=first)
        ends = min((number for number in headings if number > at.line), default=len(without_code) + 1)
        return range(starts, ends)
