from __future__ import annotations

from pathlib import Path

import pytest

from papergen.diagnostics import Diagnostics
from papergen.workspace.names import settings_facts, template_fields
from papergen.workspace.settings import NO_PLAN, SettingsFiles, read_settings
from papergen.world import World

PAPER = "{folder: report, kind: report, name: Report, title: Report, template: panel-report"
PANEL = f"name: Council\nhost_authority: Council\npapers:\n  - {PAPER}}}\n"
MEETING = "date: 2025-11-19\nreporting_period: {from: 2025-04-01, to: 2025-09-30}\n"


def read(root: Path, *, panel: str = PANEL, meeting: str = MEETING) -> tuple[SettingsFiles | None, list[str]]:
    for name, text in {"panel.yaml": panel, "2025-11-19/meeting.yaml": meeting}.items():
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    diagnostics = Diagnostics()
    settings = read_settings(World(root, diagnostics), "2025-11-19", diagnostics)
    return settings, [f"{found.at} {found.code.id} {found.message}" for found in diagnostics]


def test_a_body_needs_no_plan_commissioner_force_or_areas(tmp_path: Path) -> None:
    settings, told = read(tmp_path)
    assert told == []
    assert settings is not None
    assert settings.plan is NO_PLAN
    facts = template_fields(settings_facts(settings))
    assert not any(name.startswith("plan") for name in facts)
    assert {name for name, words in facts.items() if not words} >= {"panel.force", "panel.pcc", "panel.report_of"}


def test_a_meeting_changes_its_papers_line_by_line(tmp_path: Path) -> None:
    paper = PAPER + ', head: {To: Cabinet, Contact: A}, parts: {Risk: required, Legal: required}, author: "X"'
    meeting = (
        MEETING
        + """papers:
  report:
    title: The budget
    agenda_item: "4(a)"
    head: {Contact: B, Wards: All}
    parts: {Risk: absent because it is for noting}
"""
    )
    settings, told = read(tmp_path, panel=PANEL.replace(PAPER, paper), meeting=meeting)
    assert told == []
    assert settings is not None
    (report,) = settings.papers
    assert (report.title, report.author, report.agenda_item) == ("The budget", "X", "4(a)")
    assert report.head == {"To": "Cabinet", "Contact": "B", "Wards": "All"}
    assert report.parts == {"Risk": "absent because it is for noting", "Legal": "required"}
    assert str(settings.place("report", "head", "Contact")).startswith("content/2025-11-19/meeting.yaml:7:")
    assert str(settings.place("report", "head", "To")).startswith("content/panel.yaml:4:")


def test_an_optional_paper_is_left_out_of_a_meeting_without_its_folder(tmp_path: Path) -> None:
    other = PAPER.replace("folder: report", "folder: estates") + ", optional: true}"
    panel = PANEL + f"  - {other}\n"
    settings, told = read(tmp_path, panel=panel)
    assert settings is not None
    assert [paper.folder for paper in settings.papers] == ["report"]
    (tmp_path / "content" / "2025-11-19" / "estates").mkdir()
    settings, told = read(tmp_path, panel=panel)
    assert settings is not None
    assert [paper.folder for paper in settings.papers] == ["report", "estates"]
    assert told == []


@pytest.mark.parametrize("item", ["7", '"4(a)"', '"7.2"', "12A", "4(a)(ii)"])
def test_items_of_an_agenda_are_as_bodies_number_them(item: str, tmp_path: Path) -> None:
    settings, told = read(tmp_path, meeting=MEETING + f"agenda_item: {item}\n")
    assert told == []
    assert settings is not None
    assert settings.meeting.agenda_item == item.strip('"')


@pytest.mark.parametrize(
    ("panel", "meeting", "expected"),
    [
        (PANEL, MEETING + "agenda_item: 7.10\n", "3:14 W113 “agenda_item” cannot be “7.10”"),
        (PANEL, MEETING + "facts: {period: x}\n", "3:8 W113 “period” is a name of papergen's own."),
        (PANEL + "facts: {pcc: x}\n", MEETING, "5:8 W113 “pcc” is a name of papergen's own."),
        (PANEL + "facts: {Ward count: 4}\n", MEETING, "5:21 W113"),
        (PANEL, MEETING + "papers: {reprot: {title: T}}\n", "W111 “reprot” is no paper of content/panel.yaml."),
        (
            PANEL,
            MEETING + "papers: {report: {parts: {Risk: maybe}}}\n",
            "W113 “papers.report.parts.Risk” cannot be “maybe”",
        ),
        (
            PANEL,
            MEETING + "papers: {report: {appendices: [{name: A, title: T, file: ../x.pdf}]}}\n",
            "it must be the name of a PDF file",
        ),
        (
            PANEL.replace(PAPER, PAPER + ", number_depth: 0, paragraphs: section"),
            MEETING,
            "“section” numbers paragraphs by their headings, and no heading is numbered.",
        ),
    ],
)
def test_what_cannot_be_is_told_at_its_place(panel: str, meeting: str, expected: str, tmp_path: Path) -> None:
    _, told = read(tmp_path, panel=panel, meeting=meeting)
    assert any(expected in each for each in told), told
