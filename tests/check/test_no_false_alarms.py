"""The workspaces that are right give no finding, whole and with every rule; the sample is in ``test_seeded_slips``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from papergen.commands.check import check_meeting
from papergen.commands.steps import read_meeting
from papergen.diagnostics import Diagnostics
from papergen.world import World
from tests.check.sample import sample_after_december
from tests.support.builds import copy_of_fourshire, copy_of_harbour, copy_of_norfolk, starter


def findings(root: Path, meeting: str) -> list[str]:
    world = World(root, Diagnostics())
    read = read_meeting(world, meeting)
    assert read is not None
    return [str(each) for each in (*world.diagnostics, *check_meeting(read).findings)]


@pytest.mark.parametrize(
    ("lay_down", "meeting"),
    [
        (copy_of_norfolk, "2018-06-12"),
        (copy_of_fourshire, "2022-09-20"),
        (copy_of_harbour, "2025-11-19"),
        (starter, "2026-03-12"),
    ],
    ids=["norfolk", "fourshire", "harbour", "starter"],
)
def test_a_workspace_gives_no_finding(lay_down: Callable[[Path], Path], meeting: str, tmp_path: Path) -> None:
    assert findings(lay_down(tmp_path / "workspace"), meeting) == []


@pytest.mark.slow
def test_the_sample_gives_no_finding_when_it_tells_exceptions_only(tmp_path: Path) -> None:
    """Measures and waivers of what is left out are no slips; December’s folder stands before it."""
    root = sample_after_december(tmp_path)
    settings = root / "content" / "2016-02-02" / "meeting.yaml"
    settings.write_text(f"{settings.read_text(encoding='utf-8')}\nexceptions_only: true\n", encoding="utf-8")
    assert findings(root, "2016-02-02") == []
