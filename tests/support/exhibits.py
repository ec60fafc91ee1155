"""Books of the workspaces that stand here, read once, and exhibits made from a book."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from papergen.data.book import Book, read_book
from papergen.diagnostics import Diagnostics
from papergen.exhibits.make import ExhibitMaker
from papergen.read.context import ExhibitBlock
from papergen.workspace.settings import read_settings
from papergen.world import World
from tests.support.builds import REPOSITORY
from tests.support.small import HERE, Workspace


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
