"""The data behind the charts: a section at the end of a paper, and a CSV file for each chart."""

from __future__ import annotations

from collections.abc import Iterator

from papergen.model.nodes import Alignment, ChartData, Figure, Paper, Section, Table, Text
from papergen.model.walk import find_in, plain_text
from papergen.values.chrome import Chrome
from papergen.values.csv_text import csv_text

KEY = "chart-data"
FOLDER = "chart-data"


def charts_of(sections: tuple[Section, ...]) -> Iterator[tuple[Figure, ChartData]]:
    """Every chart in reading order, with its data."""
    for figure in find_in(sections, Figure):
        if figure.data is not None:
            yield figure, figure.data


def data_section(sections: tuple[Section, ...], words: Chrome) -> tuple[Section, ...]:
    """The section that gives the data of every chart as a table; nothing for a paper without charts."""
    inside = tuple(
        Section(
            title=(Text(text=f"{figure.label}: {plain_text(figure.caption)}"),),
            level=2,
            blocks=(_table(data, f"{KEY}-{figure.number}-table"),),
            key=f"{KEY}-{figure.number}",
            label=words.data_of.format(label=figure.label),
        )
        for figure, data in charts_of(sections)
    )
    if not inside:
        return ()
    label = words.title.format(words=words.chart_data)
    return (Section(title=(Text(text=words.chart_data),), level=1, sections=inside, key=KEY, label=label),)


def _table(data: ChartData, key: str) -> Table:
    """The data as a table: the first column names a row, the others hold numbers or words."""
    alignments = tuple(Alignment.RIGHT if each else Alignment.LEFT for each in data.are_numbers)
    cells = tuple(tuple((Text(text=cell or "–", language=data.language),) for cell in row) for row in data.rows)
    return Table(
        header=tuple((Text(text=column, language=data.language),) for column in data.columns),
        rows=cells,
        alignments=alignments,
        key=key,
    )


def chart_files(paper: Paper) -> Iterator[tuple[str, bytes]]:
    """A CSV file for each chart of the paper, with its name: ``chart-data/appendix-a-figure-03.csv``."""
    for figure, data in charts_of(paper.sections):
        name = f"{FOLDER}/{paper.name}-figure-{figure.number:02d}.csv"
        yield name, csv_text((data.columns, *data.rows)).encode("utf-8-sig")
