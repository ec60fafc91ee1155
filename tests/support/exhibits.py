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
from papergen.exhibits.pieces import lettering
from papergen.model.nodes import Table, Value
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

TYPES = [
    *("violence_with_injury", "rape", "other_sexual_offences", "domestic_burglary", "robbery", "shoplifting"),
    *("violence_without_injury", "stalking_and_harassment", "public_order_offences", "criminal_damage", "arson"),
    *("other_theft", "non_domestic_burglary", "theft_from_a_vehicle", "theft_of_a_vehicle", "vehicle_interference"),
    *("theft_from_the_person", "bicycle_theft", "possession_of_drugs", "trafficking_of_drugs"),
    *("possession_of_weapons", "miscellaneous_crimes"),
]
STAGES = ["ease_of_contact", "actions", "treatment", "follow_up", "whole_experience"]


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


def table(data: Workspace, lines: str) -> tuple[list[list[str]], Table]:
    """The words of each row of a table, its header first, and the table."""
    found, _, findings = made(data, lines, "table")
    assert findings == []
    assert isinstance(found, Table)
    return [[plain_text(cell) for cell in row] for row in (found.header, *found.rows)], found


def words(drawing: Drawing) -> list[dict[str, Any]]:
    return records(drawing, "label", "x", "align")


def boxes(drawing: Drawing) -> list[tuple[float, float, float, float]]:
    """The rectangles that words placed in pixels take up: left, top, right, bottom."""
    taken = []
    for each in words(drawing):
        lines = each["label"].split("\n")
        width = max(lettering.text_width(line, bold=each["weight"] == "bold") for line in lines)
        left = each["x"] - {"left": 0, "center": width / 2, "right": width}[each["align"]]
        top = each["y"] - 5
        taken.append((left, top, left + width, top + 10 + (len(lines) - 1) * lettering.LINE_HEIGHT))
    return taken


def assert_apart(drawing: Drawing, width: float) -> None:
    """No words stand on others, and none leaves the chart on its sides."""
    taken = boxes(drawing)
    assert taken
    for index, (left, top, right, bottom) in enumerate(taken):
        assert left >= -2
        assert right <= width + 2
        for other in taken[index + 1 :]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top, (index, other)
