"""What would stop a build is told by the check before it."""

from __future__ import annotations

from pathlib import Path

from papergen.commands.check import check_papers
from papergen.diagnostics import Diagnostics
from papergen.workspace.settings import meetings
from papergen.world import World
from tests.support.builds import starter


def test_a_field_that_a_template_has_wrong_is_told(tmp_path: Path) -> None:
    root = starter(tmp_path / "starter")
    world = World(root, Diagnostics())
    (meeting,) = meetings(world)
    assert not check_papers(world, meeting).findings.has_errors
    layout = root / "templates" / "panel-report.html"
    layout.write_text("<h1>{{ paper.title }}</h1>\n<p>{{ meeting.dat }}</p>\n{{ body }}\n", encoding="utf-8")
    found = [each for each in check_papers(World(root, Diagnostics()), meeting).findings if each.code.id == "T103"]
    assert found
    assert {each.hint for each in found} == {"Did you mean “meeting.date”?"}
