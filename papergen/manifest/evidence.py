"""What the papers of a meeting rest on: their numbers and charts, with the measures and facts that these come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from papergen.data.book import Book
from papergen.data.facts_file import FACTS_FILE
from papergen.manifest.listing import list_charts, list_numbers
from papergen.manifest.record import Evidence, Measure
from papergen.model.nodes import Paper
from papergen.values.facts import Fact, FactError
from papergen.values.periods import print_month
from papergen.workspace.measures import DATA_FOLDER

FACT = "fact"


def evidence(papers: Iterable[Paper], book: Book) -> Evidence:
    """The numbers and charts of ``papers``, and the measures that they use, in the order of the catalogue."""
    papers = tuple(papers)
    numbers, charts = tuple(list_numbers(papers)), tuple(list_charts(papers))
    used = {measure for number in numbers for measure in number.measures}
    used |= {measure for chart in charts for measure in chart.measures}
    return Evidence(measures=tuple(_measures(used, book)), numbers=numbers, charts=charts)


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
            data_to=_data_to(name, book),
        )
    for name, fact in book.facts.parts.items():
        if name in used:
            yield _fact(name, fact)


def _data_to(measure: str, book: Book) -> str:
    """The last month of the data as the papers print it, or nothing where there are none."""
    try:
        return print_month(min(book.data_to(measure), book.series(measure).ends))
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
        data_to=parts.get("date", ""),
    )
