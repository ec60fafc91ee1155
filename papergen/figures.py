"""Every number and chart in the papers: what it comes from when it is bound to data, and where a typed one stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from papergen.diagnostics import Span
from papergen.formats import number_in_words
from papergen.model import Figure, Paper, Section, Text, Value, plain_text, walk_nodes, walk_sections
from papergen.papers.chart_data import KEY as CHART_DATA
from papergen.periods import MONTHS, NBSP, Period


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
    periods: tuple[Period, ...]
    rows: tuple[Span, ...]
    at: Span


@dataclass(frozen=True, slots=True)
class ListedChart:
    """A chart, its caption, the numbers that it shows, each once, and the measures and rows that they come from."""

    paper: str
    section: str
    label: str
    caption: str
    numbers: tuple[str, ...]
    measures: tuple[str, ...]
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
_SCALE = re.compile(rf"{_SPACE}(?:thousand|million|billion)\b")


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
    if section.key == CHART_DATA:
        return  # what a chart shows, printed once more as a table
    heading = heading_of(section)
    title = section.title if section.objective is None else ()
    for node, at in walk_nodes((title, section.blocks), section.at):
        match node:
            case Value() if node.measures or _NUMBER.search(node.text):
                yield _bound(paper.name, heading, node, at)
            case Text(text=text):
                for found in numbers_in(text):
                    scale = _SCALE.match(text, found.end)
                    printed = found.text + (scale[0] if scale else "")
                    yield ListedNumber(paper.name, heading, printed, found.state, "", (), (), (), at)
            case _:
                pass
    for inner in section.sections:
        yield from _in_section(paper, inner)


def _bound(paper: str, heading: str, value: Value, at: Span) -> ListedNumber:
    state = State.BOUND if value.measures or not _DATE.fullmatch(value.text) else State.DATE
    return ListedNumber(
        paper, heading, value.text, state, value.expression, value.measures, value.periods, value.sources, at
    )


def list_charts(papers: Iterable[Paper]) -> Iterator[ListedChart]:
    """The charts of the papers in reading order."""
    for paper in papers:
        for section in walk_sections(paper.sections):
            for node, _ in walk_nodes(section.blocks):
                if isinstance(node, Figure) and node.data is not None:
                    numbers = dict.fromkeys(cell for row in node.data.rows for cell in row if _is_number(cell))
                    yield ListedChart(
                        paper=paper.name,
                        section=heading_of(section),
                        label=node.label,
                        caption=plain_text(node.caption),
                        numbers=tuple(numbers),
                        measures=node.measures,
                        rows=node.sources,
                        at=node.at,
                    )


def _is_number(cell: str) -> bool:
    return any(found.state is State.TYPED for found in numbers_in(cell))


def heading_of(section: Section) -> str:
    """``"2.4.1 Robbery"``, or the title alone of a section without a number."""
    return " ".join(part for part in (section.number, plain_text(section.title)) if part)


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
