"""The summary, judgements and exceptions of an appendix."""

from __future__ import annotations

from pathlib import Path

from papergen.commands.check import check_meeting
from papergen.commands.steps import read_meeting
from papergen.diagnostics import Diagnostics
from papergen.model.nodes import Figure, Paper, Section, Table
from papergen.model.walk import find_in, plain_text, walk_sections
from papergen.world import World
from tests.support.builds import copy_of_norfolk

MEETING = "2018-06-12"

SECTION = """---
title: {title}
owner: Somebody
aim: {aim}
topic: {title}
{more}
---

Words about it, and [](#its-chart-{id}).

```table
kind: summary
aim: {aim}
caption: The topics {id}
id: its-chart-{id}
```
"""


def workspace(root: Path, *, more: str, settings: str = "") -> Path:
    copy_of_norfolk(root)
    folder = root / "content" / MEETING / "annex"
    text = SECTION.format(title="Housebreaking", aim="safety", more=more, id="one")
    (folder / "90-housebreaking.md").write_text(text, encoding="utf-8")
    plan = root / "content" / "plan.yaml"
    plan.write_text(_with_aim(plan.read_text(encoding="utf-8")), encoding="utf-8")
    meeting = root / "content" / MEETING / "meeting.yaml"
    meeting.write_text(f"{meeting.read_text(encoding='utf-8')}\n{settings}\n", encoding="utf-8")
    return root


def _with_aim(text: str) -> str:
    aim = "  - id: safety\n    title: To keep people safe\n"
    return text.replace("aims:\n", f"aims:\n{aim}", 1) if "aims:\n" in text else f"{text}\naims:\n{aim}"


def checked(root: Path) -> tuple[Paper, list[str]]:
    """The annex as a model, and the codes of all that is found."""
    world = World(root, Diagnostics())
    read = read_meeting(world, MEETING)
    assert read is not None
    return read.papers[-1], [found.code.id for found in (*world.diagnostics, *check_meeting(read).findings)]


def section(paper: Paper) -> Section:
    return next(each for each in walk_sections(paper.sections) if each.key == "housebreaking")


def rows(paper: Paper) -> list[tuple[str, ...]]:
    table = next(find_in(section(paper).blocks, Table))
    return [tuple(plain_text(cell) for cell in row) for row in table.rows]


def test_a_row_has_the_topic_the_judgement_and_the_activity(tmp_path: Path) -> None:
    annex, found = checked(workspace(tmp_path, more="measures: [robbery]\nactivity: Patrols"))
    assert found == []
    assert rows(annex) == [("Housebreaking", "Too few quarters to judge", "Patrols")]


def test_an_officer_may_overrule_the_judgement_and_both_are_kept(tmp_path: Path) -> None:
    own = "measures: [robbery]\nactivity: Patrols\njudgement: {words: Going well, reason: New patrols}"
    annex, _ = checked(workspace(tmp_path, more=own))
    assert rows(annex) == [("Housebreaking", "Going well", "Patrols")]
    judgement = section(annex).judgement
    assert judgement is not None
    assert (judgement.value.text, judgement.overruled) == ("Too few quarters to judge", "New patrols")
    assert judgement.value.measures == ("robbery",)


def test_a_blank_cell_is_a_finding_at_its_section(tmp_path: Path) -> None:
    root = workspace(tmp_path, more="reviewed: 2018-06-01")
    world = World(root, Diagnostics())
    assert read_meeting(world, MEETING) is not None
    blanks = [found for found in world.diagnostics if found.code.id == "E104"]
    assert ["data" in blanks[0].message or "data" in blanks[1].message, len(blanks)] == [True, 2]
    assert {found.at.file.rsplit("/", 1)[-1] for found in blanks} == {"90-housebreaking.md"}


def test_an_aim_without_topics_is_a_finding(tmp_path: Path) -> None:
    root = workspace(tmp_path, more="measures: [robbery]\nactivity: Patrols")
    file = root / "content" / MEETING / "annex" / "90-housebreaking.md"
    file.write_text(file.read_text(encoding="utf-8").replace("kind: summary\naim: safety", "kind: summary\naim: other"))
    assert "E103" in checked(root)[1]


def test_a_meeting_may_ask_for_the_exceptions_only(tmp_path: Path) -> None:
    more = "measures: [robbery]\nactivity: Patrols"
    annex, found = checked(workspace(tmp_path, more=more, settings="exceptions_only: true"))
    assert [code for code in found if not code.startswith("C")] == []
    words = [plain_text(node.inlines) for node in section(annex).blocks if hasattr(node, "inlines")]
    assert words == ["Too few quarters to judge. This paper gives in full only what is out of the ordinary."]
    assert not list(find_in((section(annex),), Table, Figure))
