"""Every number and chart in the papers: what it comes from when it is bound to data, and where a typed one stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import assert_never

from papergen.diagnostics import Span, print_lines
from papergen.language.numbers import NUMBER, State, numbers_in
from papergen.manifest.record import Chart, Number
from papergen.model.nodes import Figure, Paper, Section, Text, Value
from papergen.model.walk import Found, find, find_in, plain_text


def list_numbers(papers: Iterable[Paper]) -> Iterator[Number]:
    """The numbers of the papers in reading order; what papergen numbers itself (headings, notes) is not among them."""
    for found in find(papers, Text, Value):
        if not _is_papergens_own(found):
            yield from _numbers(found)


def _is_papergens_own(found: Found[Text | Value]) -> bool:
    """Whether words stand in the heading of an objective, or print what a chart shows once more, as a table."""
    section = found.section
    is_title = any(found.node is node for node in find_in(section.title, Text, Value))
    return not section.at.file or (section.objective is not None and is_title)


def _numbers(found: Found[Text | Value]) -> Iterator[Number]:
    paper, heading = found.paper.name, heading_of(found.section)
    match found.node:
        case Value() as value:
            if value.quantity or value.measures or value.periods or NUMBER.search(value.text):
                yield _bound(paper, heading, value, found.at)
        case Text(text=text):
            for number in numbers_in(text):
                yield Number(paper=paper, section=heading, print=number.text, state=number.state, at=str(found.at))
        case _:
            assert_never(found.node)


def _bound(paper: str, heading: str, value: Value, at: Span) -> Number:
    quantity = value.quantity
    is_date = bool(value.periods) and not value.measures
    return Number(
        paper=paper,
        section=heading,
        print=value.text,
        state=State.DATE if is_date else State.BOUND,
        expression=value.expression,
        how=value.how,
        exact=str(quantity.value) if quantity else "",
        kind=quantity.kind if quantity else None,
        measures=value.measures,
        periods=tuple(period.interval for period in value.periods),
        rows=_rows(value.sources),
        at=str(at),
    )


def list_charts(papers: Iterable[Paper]) -> Iterator[Chart]:
    """The charts of the papers in reading order."""
    for found in find(papers, Figure):
        figure = found.node
        if figure.data is not None:
            numbers = dict.fromkeys(cell for row in figure.data.rows for cell in row if _is_number(cell))
            yield Chart(
                paper=found.paper.name,
                section=heading_of(found.section),
                label=figure.label,
                title=plain_text(figure.caption),
                shows=tuple(numbers),
                measures=figure.measures,
                rows=_rows(figure.sources),
                at=str(figure.at),
            )


@lru_cache(maxsize=4096)
def _is_number(cell: str) -> bool:
    return any(found.state is State.TYPED for found in numbers_in(cell))


def heading_of(section: Section) -> str:
    """``"2.4.1 Robbery"``, or the title alone of a section without a number."""
    return " ".join(part for part in (section.number, plain_text(section.title)) if part)


def _rows(rows: tuple[Span, ...]) -> tuple[str, ...]:
    """``("content/data/robbery.csv:523-537,540",)``: the lines of each file, neighbours put together."""
    files: dict[str, dict[int, None]] = {}
    for row in sorted(rows):
        files.setdefault(row.file, {})[row.line] = None
    return tuple(f"{file}:{print_lines(lines)}" if any(lines) else file for file, lines in files.items())
