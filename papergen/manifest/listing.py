"""Every number and chart in the papers: what it comes from when it is bound to data, and where a typed one stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from papergen.diagnostics import Span
from papergen.language.numbers import NUMBER, SCALE, State, numbers_in
from papergen.manifest.record import Chart, Number, interval
from papergen.model.nodes import Figure, Paper, Section, Text, Value
from papergen.model.walk import plain_text, walk_nodes, walk_sections
from papergen.papers.chart_data import KEY as CHART_DATA


def list_numbers(papers: Iterable[Paper]) -> Iterator[Number]:
    """The numbers of the papers in reading order; what papergen numbers itself (headings, notes) is not among them."""
    for paper in papers:
        for section in paper.sections:
            yield from _in_section(paper, section)


def _in_section(paper: Paper, section: Section) -> Iterator[Number]:
    if section.key == CHART_DATA:
        return  # what a chart shows, printed once more as a table
    heading = heading_of(section)
    title = section.title if section.objective is None else ()
    for node, at in walk_nodes((title, section.blocks), section.at):
        match node:
            case Value() if node.quantity or node.measures or node.periods or NUMBER.search(node.text):
                yield _bound(paper.name, heading, node, at)
            case Text(text=text):
                for found in numbers_in(text):
                    scale = SCALE.match(text, found.end)
                    printed = found.text + (scale[0] if scale else "")
                    yield Number(paper=paper.name, section=heading, print=printed, state=found.state, at=str(at))
            case _:
                pass
    for inner in section.sections:
        yield from _in_section(paper, inner)


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
        periods=tuple(interval(period) for period in value.periods),
        rows=_rows(value.sources),
        at=str(at),
    )


def list_charts(papers: Iterable[Paper]) -> Iterator[Chart]:
    """The charts of the papers in reading order."""
    for paper in papers:
        for section in walk_sections(paper.sections):
            for node, _ in walk_nodes(section.blocks):
                if isinstance(node, Figure) and node.data is not None:
                    numbers = dict.fromkeys(cell for row in node.data.rows for cell in row if _is_number(cell))
                    yield Chart(
                        paper=paper.name,
                        section=heading_of(section),
                        label=node.label,
                        title=plain_text(node.caption),
                        shows=tuple(numbers),
                        measures=node.measures,
                        rows=_rows(node.sources),
                        at=str(node.at),
                    )


def _is_number(cell: str) -> bool:
    return any(found.state is State.TYPED for found in numbers_in(cell))


def heading_of(section: Section) -> str:
    """``"2.4.1 Robbery"``, or the title alone of a section without a number."""
    return " ".join(part for part in (section.number, plain_text(section.title)) if part)


def _rows(rows: tuple[Span, ...]) -> tuple[str, ...]:
    """``("content/data/robbery.csv:523-537,540",)``: the lines of each file, neighbours put together."""
    return tuple(_file_rows(file, [row.line for row in spans]) for file, spans in groupby(sorted(rows), _file_of))


def _file_of(row: Span) -> str:
    return row.file


def _file_rows(file: str, lines: Iterable[int]) -> str:
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        elif not runs or line != runs[-1][1]:
            runs.append([line, line])
    where = ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
    return f"{file}:{where}" if where != "0" else file
