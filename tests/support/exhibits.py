"""Books of the workspaces that stand here, read once, and exhibits made from a book."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from papergen.data.book import Book, read_book
from papergen.diagnostics import Diagnostics
from papergen.exhibits.drawing import Drawing, Rows
from papergen.exhibits.kinds import CHARTS, TABLES
from papergen.exhibits.make import ExhibitMaker
from papergen.exhibits.options import Request
from papergen.model.nodes import Value
from papergen.model.walk import find_in, plain_text
from papergen.read.context import ExhibitBlock
from papergen.values.facts import FactError
from papergen.workspace.settings import read_settings
from papergen.world import World
from tests.support.builds import REPOSITORY
from tests.support.small import HERE, Workspace

OUTCOMES = ["action taken", "no action", "no suspect", "other", "not yet assigned"]
GROUPS = ["violence_with_injury", "rape", "other_sexual_offences", "domestic_burglary", "robbery"]
"""How the sample orders outcomes, and the groups of crime that have them."""


@cache
def book_of(root: Path = REPOSITORY, meeting: str = "2016-02-02") -> Book:
    """The settings and data of a meeting, in which nothing may be wrong; the sample's if no other is named."""
    diagnostics = Diagnostics()
    world = World(root, diagnostics)
    settings = read_settings(world, meeting, diagnostics)
    assert settings is not None
    book = read_book(world, settings, diagnostics)
    assert [str(found) for found in diagnostics] == []
    return book


def made(data: Workspace, lines: str, block: str = "chart") -> tuple[Any, Any, list[str]]:
    """The figure or table, the specification of its chart, and what was found."""
    diagnostics = Diagnostics()
    made = ExhibitMaker(data.book, diagnostics, {}).make(ExhibitBlock(block, lines, HERE))
    spec = made.chart.spec() if made and made.chart else None
    return made.exhibit if made else None, spec, [f"{each.message} {each.hint}" for each in diagnostics]


def draw(book: Book, kind: str, **keys: Any) -> Drawing:
    """A chart as it is asked to be drawn, of a kind and with its keys."""
    made = CHARTS[kind].make(CHARTS[kind].options(kind=kind, **keys), Request(book, HERE))
    assert isinstance(made, Drawing)
    return made


def lay_out(book: Book, kind: str, **keys: Any) -> Rows:
    """A table laid out, of a kind and with its keys."""
    made = TABLES[kind].make(TABLES[kind].options(kind=kind, **keys), Request(book, HERE))
    assert isinstance(made, Rows)
    return made


def refusal(make: Callable[[], object]) -> tuple[str, str]:
    """Why an exhibit is refused, and what mends it."""
    with pytest.raises(FactError) as caught:
        make()
    return caught.value.message, caught.value.hint


def printed(rows: Rows) -> list[list[str]]:
    """The words of the table, the header first."""
    return [[plain_text(cell) for cell in row] for row in (rows.header, *rows.rows)]


def values(rows: Rows) -> list[Value]:
    return [value for row in rows.rows for cell in row for value in find_in(cell, Value)]


def records(drawing: Drawing, *names: str) -> list[dict[str, Any]]:
    """The records of every layer that have these fields, each layer's data once."""
    spec, found = drawing.spec(), {}
    for data in [spec.get("data"), *(layer.get("data") for layer in spec["layer"])]:
        values = data and (data.get("values") or spec["datasets"][data["name"]])
        found.update({str(record): record for record in values or () if all(name in record for name in names)})
    return list(found.values())
