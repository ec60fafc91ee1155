"""Small workspaces laid down by tests: the settings of a made-up panel, a measure catalogue and data files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from papergen.data.binding import measure_facts
from papergen.data.book import Book, read_book
from papergen.data.expressions import evaluate
from papergen.data.tables import DataTable, read_table
from papergen.diagnostics import Diagnostic, Diagnostics, Span
from papergen.model.nodes import Value
from papergen.values.facts import Fact
from papergen.values.quantities import Quantity
from papergen.workspace.settings import read_settings
from papergen.world import World

MEETING = "2016-02-02"
HERE = Span(f"content/{MEETING}/panel-report/01-purpose.md", 9, 3)
AREAS = ("North", "South", "Telford & Wrekin")

PANEL = """\
name: Orchard Police and Crime Panel
host_authority: Orchard Council
force: Orchard Police
commissioner: {title: Commissioner, short: PCC}
report_of: Chief Executive
policing_areas: [North, South, Telford & Wrekin]
most_similar_group: [Avonside, Bredon, Clee]
papers:
  - {folder: panel-report, kind: report, name: Panel report, title: Report, template: panel-report}
"""
PLAN = "title: Plan\nstarts: 2013-04-01\nends: 2017-03-31\n"


def lay_down(
    root: Path, files: Mapping[str, str | bytes], *, period: tuple[str, str] = ("2015-10-01", "2015-12-31")
) -> Path:
    """A workspace for the meeting of 2 February 2016; ``files`` are put in ``content/``."""
    starts, ends = period
    meeting = f"date: {MEETING}\nreporting_period: {{from: {starts}, to: {ends}}}\nreport_title: Report\n"
    settings = {"panel.yaml": PANEL, "plan.yaml": PLAN, f"{MEETING}/meeting.yaml": meeting}
    for name, content in {**settings, **files}.items():
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


@dataclass(frozen=True)
class Workspace:
    """The data of a workspace as they were read, with what was found wrong in them."""

    book: Book
    findings: tuple[Diagnostic, ...]

    @cached_property
    def facts(self) -> Fact:
        return measure_facts(self.book)

    @property
    def told(self) -> list[tuple[str, str]]:
        """The place and the code of each finding."""
        return [(str(found.at), found.code.id) for found in self.findings]

    def value(self, expression: str) -> Value:
        diagnostics = Diagnostics()
        value = evaluate(expression, at=HERE, facts=self.facts, diagnostics=diagnostics)
        assert value is not None, [f"{found} {found.hint}" for found in diagnostics]
        assert len(diagnostics) == 0
        return value

    def text(self, expression: str) -> str:
        return self.value(expression).text

    def quantity(self, expression: str) -> Quantity:
        quantity = self.value(expression).quantity
        assert quantity is not None
        return quantity

    def unread(self, expression: str) -> None:
        """Hold that ``expression`` gives no value, and that nothing is told of it once more."""
        diagnostics = Diagnostics()
        diagnostics.extend(self.findings)
        assert diagnostics.has_errors
        assert evaluate(expression, at=HERE, facts=self.facts, diagnostics=diagnostics) is None
        assert tuple(diagnostics) == self.findings

    def problem(self, expression: str) -> tuple[str, str, str]:
        """The code, message and hint of the one finding that ``expression`` gives instead of a value."""
        diagnostics = Diagnostics()
        assert evaluate(expression, at=HERE, facts=self.facts, diagnostics=diagnostics) is None
        (found,) = diagnostics
        assert found.at == HERE
        return found.code.id, found.message, found.hint


def read_workspace(root: Path) -> Workspace:
    diagnostics = Diagnostics()
    world = World(root, diagnostics)
    settings = read_settings(world, MEETING, diagnostics)
    assert settings is not None, [str(found) for found in diagnostics]
    return Workspace(read_book(world, settings, diagnostics), tuple(diagnostics))


def workspace(root: Path, files: Mapping[str, str | bytes], **period: tuple[str, str]) -> Workspace:
    return read_workspace(lay_down(root, files, **period))


TIDY = """\
month,area,kind,value
2015-10,North,Café burglary,1234
2015-10,South,Café burglary,12
2015-11,North,Café burglary,1250
2015-11,South,Café burglary,0
"""
"""A data file as it should be."""


def table_of(
    root: Path, data: str | bytes, *, numbers: Sequence[str] = ("value",), areas: Sequence[str] = AREAS
) -> tuple[DataTable | None, list[tuple[str, str, str, str]]]:
    """The table in a data file, and the place, code, message and hint of each finding."""
    (root / "counts.csv").write_bytes(data if isinstance(data, bytes) else data.encode())
    diagnostics = Diagnostics()
    table = read_table(World(root, diagnostics), "counts.csv", numbers=numbers, areas=areas, diagnostics=diagnostics)
    assert (table is None) == diagnostics.has_errors
    return table, [(str(found.at), found.code.id, found.message, found.hint) for found in diagnostics]
