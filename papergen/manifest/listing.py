"""Every number and chart in the papers: what it comes from when it is bound to data, and where a typed one stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from papergen.diagnostics import Span
from papergen.language.numbers import DATE, NUMBER, SCALE, State, numbers_in
from papergen.model.nodes import Figure, Paper, Section, Text, Value
from papergen.model.walk import plain_text, walk_nodes, walk_sections
from papergen.papers.chart_data import KEY as CHART_DATA
from papergen.values.periods import Period


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
            case Value() if node.measures or NUMBER.search(node.text):
                yield _bound(paper.name, heading, node, at)
            case Text(text=text):
                for found in numbers_in(text):
                    scale = SCALE.match(text, found.end)
                    printed = found.text + (scale[0] if scale else "")
                    yield ListedNumber(paper.name, heading, printed, found.state, "", (), (), (), at)
            case _:
                pass
    for inner in section.sections:
        yield from _in_section(paper, inner)


def _bound(paper: str, heading: str, value: Value, at: Span) -> ListedNumber:
    state = State.BOUND if value.measures or not DATE.fullmatch(value.text) else State.DATE
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
