"""Every number in the papers: where it comes from when it is bound to data, and where it is typed when it is not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from papergen.diagnostics import Span
from papergen.formats import number_in_words
from papergen.model import Paper, Section, Text, Value, plain_text, walk_nodes
from papergen.periods import MONTHS, NBSP


class State(Enum):
    """Whether a number is bound to data, part of a date, or typed."""

    BOUND = "bound"
    DATE = "date"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class ListedNumber:
    """A number as it is printed, where it stands, and what it is bound to (empty for one that is not).

    ``section`` is the heading it stands under, with its number; ``rows`` are the places it was computed from.
    """

    paper: str
    section: str
    text: str
    state: State
    expression: str
    measures: tuple[str, ...]
    periods: tuple[str, ...]
    rows: tuple[Span, ...]
    at: Span


MONTH_NAME = (
    "(?:" + "|".join([*MONTHS, "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept?", "Oct", "Nov", "Dec"]) + ")"
)
"""A pattern of the name of a month, in full or cut short."""

_SPACE = f"[ {NBSP}]"
_DAY = rf"\d{{1,2}}(?:st|nd|rd|th)?(?:{_SPACE}of)?"
_DATE = re.compile(
    rf"\b(?:{_DAY}(?:{_SPACE}to{_SPACE}{_DAY})?{_SPACE}?)?{MONTH_NAME},?{_SPACE}\d{{4}}\b"
    rf"|\b{_DAY}{_SPACE}?{MONTH_NAME}\b"
    r"|\b\d{4}-\d\d-\d\d\b|(?<![\d/])\d{1,2}/\d{1,2}/(?:19|20)?\d\d\b(?!/)"
    r"|\b(?:19|20)\d\d[/–-]\d\d\b(?!\d)"
    r"|(?<![\d£,.])\b(?:19|20)\d\d\b(?![,.]?\d|%)"
)
_WORDS = sorted((number_in_words(number) for number in range(2, 100)), key=len, reverse=True)
_NUMBER = re.compile(
    r"£?(?<![A-Za-z\d.])\d+(?:,\d{3})*(?:\.\d+)?(?:%|(?:st|nd|rd|th)\b)?|\b(?:" + "|".join([*_WORDS, "dozen"]) + r")\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NumberInText:
    """A number or a date as it stands in some words; ``start`` and ``end`` are its place in them."""

    text: str
    start: int
    end: int
    state: State


def numbers_in(text: str) -> Iterator[NumberInText]:
    """The numbers in ``text``, typed all of them as far as the words tell, with those that belong to a date as one."""
    position = 0
    for date in [*_DATE.finditer(text), None]:
        end = date.start() if date else len(text)
        for number in _NUMBER.finditer(text, position, end):
            yield NumberInText(number[0], number.start(), number.end(), State.TYPED)
        if date:
            yield NumberInText(date[0], date.start(), date.end(), State.DATE)
            position = date.end()


def list_numbers(papers: Iterable[Paper]) -> Iterator[ListedNumber]:
    """The numbers of the papers in reading order; what papergen numbers itself (headings, notes) is not among them."""
    for paper in papers:
        for section in paper.sections:
            yield from _in_section(paper, section)


def _in_section(paper: Paper, section: Section) -> Iterator[ListedNumber]:
    heading = " ".join(part for part in (section.number, plain_text(section.title)) if part)
    title = section.title if section.objective is None else ()
    for node, at in walk_nodes((title, section.blocks), section.at):
        match node:
            case Value() if node.measures or _NUMBER.search(node.text):
                yield _bound(paper.name, heading, node)
            case Text(text=text):
                for found in numbers_in(text):
                    yield ListedNumber(paper.name, heading, found.text, found.state, "", (), (), (), at)
            case _:
                pass
    for inner in section.sections:
        yield from _in_section(paper, inner)


def _bound(paper: str, heading: str, value: Value) -> ListedNumber:
    periods = tuple(period.name for period in value.periods)
    state = State.BOUND if value.measures or not _DATE.fullmatch(value.text) else State.DATE
    return ListedNumber(
        paper, heading, value.text, state, value.expression, value.measures, periods, value.sources, value.at
    )


def print_rows(rows: tuple[Span, ...]) -> str:
    """``"content/data/robbery.csv:523-537,540"``: the lines of each file, neighbours put together."""
    shown: list[str] = []
    for file, spans in groupby(sorted(rows), key=lambda row: row.file):
        lines = [span.line for span in spans]
        runs: list[list[int]] = []
        for line in lines:
            if runs and line == runs[-1][1] + 1:
                runs[-1][1] = line
            elif not runs or line != runs[-1][1]:
                runs.append([line, line])
        where = ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
        shown.append(f"{file}:{where}" if any(lines) else file)
    return "; ".join(shown)
