"""A kind of chart that a workspace adds, as the developers' guide shows it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from papergen.commands.steps import read_meeting
from papergen.diagnostics import Diagnostics
from papergen.model.nodes import Figure, Paper
from papergen.model.walk import find
from papergen.world import World
from tests.support.builds import REPOSITORY, Built, built, copy_of_norfolk

pytestmark = pytest.mark.slow

GUIDE = (REPOSITORY / "docs" / "developer.md").read_text(encoding="utf-8")
CODE = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)[-1]
MEETING = "2018-06-12"


def workspace(root: Path, code: str, *, named: str = "dots") -> Path:
    copy_of_norfolk(root)
    (root / "exhibits.py").write_text(code, encoding="utf-8")
    settings = root / "content" / "panel.yaml"
    settings.write_text(f"exhibits: [{named}]\n{settings.read_text(encoding='utf-8')}", encoding="utf-8")
    file = next((root / "content" / MEETING / "annex").glob("05-*.md"))
    file.write_text(
        f"{file.read_text(encoding='utf-8')}\n```chart\nkind: dots\nmeasure: robbery\n```\n",
        encoding="utf-8",
    )
    return root


def codes_of(done: Built) -> list[str]:
    return [found.code.id for found in done.findings]


def charts(papers: tuple[Paper, ...]) -> list[Figure]:
    return [found.node for found in find(papers, Figure) if found.node.data is not None]


def test_the_kind_of_the_guide_is_drawn_and_the_build_says_that_code_ran(tmp_path: Path) -> None:
    done = built(workspace(tmp_path, CODE), MEETING, may_run=True)
    assert [code for code in codes_of(done) if not code.startswith("C")] == ["E105"]
    titles = ["".join(getattr(word, "text", "") for word in chart.caption) for chart in charts(done.papers)]
    assert any(title.endswith("by month") for title in titles)
    assert any(name.startswith("annex-figure") for name in done.files)


@pytest.mark.parametrize(
    ("code", "named", "code_id", "line"),
    [
        ("def dots(options, request):\n    return 1 / 0\n", "dots", "E106", 2),
        ("def dots(:\n", "dots", "E106", 1),
        ("dots = 3\n", "dots", "E101", 1),
        ("def dots(options, request):\n    return 'a picture'\n", "dots", "E102", 0),
        ("def control(options, request):\n    return None\n", "control", "E101", 1),
    ],
)
def test_a_fault_in_the_code_is_a_finding(tmp_path: Path, code: str, named: str, code_id: str, line: int) -> None:
    done = built(workspace(tmp_path, code, named=named), MEETING, may_run=True)
    assert not done.files
    found = [each for each in done.findings if each.code.id == code_id]
    assert found
    if line:
        assert line in [each.at.line for each in found]


def test_without_a_name_in_the_settings_no_code_runs(tmp_path: Path) -> None:
    root = copy_of_norfolk(tmp_path)
    (root / "exhibits.py").write_text("raise SystemExit\n", encoding="utf-8")
    world = World(root, Diagnostics(), may_run=lambda _file, _text: True)
    assert read_meeting(world, MEETING) is not None
    assert list(world.diagnostics) == []
