"""What stands in the Markdown files as they were typed: front matter, the lines under a heading, blocks of exhibits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from papergen.check.reading import Reading
from papergen.diagnostics import Span
from papergen.model.nodes import Figure, Section, Table, Value
from papergen.model.walk import find
from papergen.read.front_matter import split_front_matter

_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t]*\1|\Z)", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#{1,6}[ \t]")


def body_line(reading: Reading, file: str) -> int:
    """The first line below the front matter of a file."""
    return split_front_matter(reading.texts.get(file, "")).body_line


def is_typed(reading: Reading, at: Span) -> bool:
    """Whether what begins at a place was typed below the front matter of a file, and not made by papergen."""
    return at.file in reading.texts and at.line >= body_line(reading, at.file)


def file_sections(reading: Reading) -> Iterator[Section]:
    """The sections that are files, without those of the headings inside them."""
    seen: set[str] = set()
    for found in find(reading.papers, Section):
        if found.at.file in reading.texts and found.at.file not in seen:
            seen.add(found.at.file)
            yield found.node


def front_place(reading: Reading, section: Section, words: str, *, key: str) -> Span:
    """Where some words stand in the front matter of a section's file, at ``key`` or below it."""
    lines = split_front_matter(reading.texts.get(section.at.file, "")).yaml.split("\n")
    before = list(takewhile(lambda line: not line.startswith(f"{key}:"), lines))
    for number, line in enumerate(lines[len(before) :], len(before) + 2):
        if found := re.search(rf"(?<!\w){re.escape(words)}(?!\w)", line):
            return Span(section.at.file, number, found.start() + 1)
    return section.at


def lines_under_heading(reading: Reading, at: Span) -> range:
    """The lines of a file that stand under the same heading as a place, the heading itself among them."""
    text = reading.texts.get(at.file, "")
    without_code = _FENCE.sub(lambda block: re.sub(r"[^\n]", " ", block[0]), text).split("\n")
    first = body_line(reading, at.file)
    headings = [number for number, line in enumerate(without_code, 1) if number >= first and _HEADING.match(line)]
    starts = max((number for number in headings if number <= at.line), default=first)
    ends = min((number for number in headings if number > at.line), default=len(without_code) + 1)
    return range(starts, ends)


def shown_measures(reading: Reading) -> frozenset[str]:
    """The measures that a number, a judgement or an exhibit of the papers shows."""
    shown: set[str] = set()
    for exhibit in find(reading.papers, Table, Figure):
        shown.update(exhibit.node.measures)
    for value in find(reading.papers, Value):
        shown.update(value.node.measures, value.node.how[:1])
    for section in find(reading.papers, Section):
        if section.node.topic and section.node.judgement is not None:
            shown.update(section.node.judgement.value.measures)
    return frozenset(shown & reading.book.measures.settings.keys())
