"""Every figure of the published paper comes out of the sample's data."""

from __future__ import annotations

import csv

import pytest

from papergen.data.binding import measure_facts
from papergen.data.expressions import evaluate
from papergen.diagnostics import Diagnostics, Span
from papergen.values.facts import Fact
from tests.support.builds import REPOSITORY
from tests.support.exhibits import book_of

PUBLISHED = REPOSITORY / "tests" / "data" / "published.csv"


def rows() -> list[dict[str, str]]:
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def facts() -> Fact:
    return measure_facts(book_of())


def test_the_whole_table_is_here() -> None:
    ids = [row["id"] for row in rows()]
    assert ids == [*(f"A{number:03d}" for number in range(1, 107)), *(f"R{number:02d}" for number in range(1, 21))]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_a_published_figure_is_a_value_with_its_rows(row: dict[str, str], facts: Fact) -> None:
    expressions, printed = row["expression"].split(" ; "), row["printed"].split(" ; ")
    diagnostics = Diagnostics()
    for expression, text in zip(expressions, printed, strict=True):
        value = evaluate(expression, at=Span("here"), facts=facts, diagnostics=diagnostics)
        assert value is not None, [str(found) for found in diagnostics]
        assert value.text == text
        assert value.measures
        assert value.periods
        assert all(source.file.startswith("content/") and source.line for source in value.sources)
