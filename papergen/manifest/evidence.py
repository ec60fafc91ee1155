"""What the papers of a meeting rest on: their numbers and charts, with the measures and facts that these come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from papergen.data.book import Book
from papergen.data.facts_file import FACTS_FILE
from papergen.manifest.listing import ListedChart, ListedNumber, list_charts, list_numbers, print_rows
from papergen.manifest.record import Chart, Evidence, Measure, Number
from papergen.model.nodes import Paper
from papergen.values.facts import Fact, FactError
from papergen.values.periods import Period, print_month
from papergen.workspace.measures import DATA_FOLDER

FACT = "fact"


def evidence(papers: Iterable[Paper], book: Book) -> Evidence:
    """The numbers and charts of ``papers``, and the measures that they use, in the order of the catalogue."""
    papers = tuple(papers)
    numbers, charts = tuple(list_numbers(papers)), tuple(list_charts(papers))
    used = {measure for number in numbers for measure in number.measures}
    used |= {measure for chart in charts for measure in chart.measures}
    return Evidence(
        measures=tuple(_measures(used, book)),
        numbers=tuple(_number(each) for each in numbers),
        charts=tuple(_chart(each) for each in charts),
    )


def interval(period: Period) -> str:
    """``"2015-10-01/2015-12-31"``, as ISO 8601 writes the days from one to another."""
    return f"{period.starts}/{period.ends}"


def _number(each: ListedNumber) -> Number:
    return Number(
        paper=each.paper,
        section=each.section,
        print=each.text,
        state=each.state,
        expression=each.expression,
        measures=each.measures,
        periods=tuple(interval(period) for period in each.periods),
        rows=_rows(each),
        at=str(each.at),
    )


def _chart(each: ListedChart) -> Chart:
    return Chart(
        paper=each.paper,
        section=each.section,
        label=each.label,
        title=each.caption,
        shows=each.numbers,
        measures=each.measures,
        rows=_rows(each),
        at=str(each.at),
    )


def _rows(each: ListedNumber | ListedChart) -> tuple[str, ...]:
    files = dict.fromkeys(row.file for row in sorted(each.rows))
    return tuple(print_rows(tuple(row for row in each.rows if row.file == file)) for file in files)


def _measures(used: set[str], book: Book) -> Iterator[Measure]:
    for name, settings in book.measures.settings.items():
        if name not in used:
            continue
        yield Measure(
            id=name,
            title=settings.title,
            unit=settings.unit,
            kind=settings.kind.value,
            combine=settings.combine.value,
            value=settings.value,
            of=settings.of or "",
            where=dict(settings.where),
            file=f"{DATA_FOLDER}/{settings.file}",
            source=settings.source,
            owner=settings.owner or "",
            data_to=_data_to(name, book),
        )
    for name, fact in book.facts.items():
        if name in used:
            yield _fact(name, fact)


def _data_to(measure: str, book: Book) -> str:
    """The last month of the data as the papers print it, or nothing where there are none."""
    try:
        return print_month(min(book.data_to(measure), book.series(measure).last.period.ends))
    except FactError:
        return ""


def _fact(name: str, fact: Fact) -> Measure:
    parts = {part: str(found.value) for part, found in fact.parts.items()}
    return Measure(
        id=name,
        title=name.replace("_", " "),
        unit=parts.get("unit", ""),
        kind=parts.get("unit", ""),
        combine=FACT,
        value="value",
        file=FACTS_FILE,
        source=parts.get("source", ""),
        owner=parts.get("owner", ""),
        data_to=parts.get("date", ""),
    )
