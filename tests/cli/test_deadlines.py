"""``papergen deadlines``, and what a build says once the day to publish is over."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from papergen.commands.deadlines import late_now, meeting_deadlines
from papergen.diagnostics import Diagnostics
from papergen.world import World
from tests.support.commands import run
from tests.support.small import MEETING, PANEL, lay_down


def calendar(root: Path, settings: str) -> Path:
    """A workspace whose ``panel.yaml`` has more lines."""
    return lay_down(root, {"panel.yaml": f"{PANEL}{settings}"})


def test_each_deadline_is_told_with_its_reason_and_its_source(tmp_path: Path) -> None:
    done = run("deadlines", "--today", "2016-01-20", at=lay_down(tmp_path, {}))
    assert done.code == 0
    assert "Publication   Monday 25 January 2016" in done.stdout.replace("\u00a0", " ")
    assert "in 5 days" in done.stdout
    assert "Local Government Act 1972, section 100B(3)" in done.stdout
    assert "special circumstances" not in done.stdout


def test_after_the_deadline_the_law_on_late_items_is_told(tmp_path: Path) -> None:
    root = lay_down(tmp_path, {})
    assert "special circumstances" in run("deadlines", "--today", "2016-01-26", at=root).stdout
    world = World(root, Diagnostics())
    assert "special circumstances" in late_now(world, MEETING, today=date(2016, 1, 26))
    assert late_now(world, MEETING, today=date(2016, 1, 25)) == ""


def test_deadlines_go_into_a_file_for_diaries(tmp_path: Path) -> None:
    root = lay_down(tmp_path, {})
    assert run("deadlines", "--ics", "due.ics", at=root).code == 0
    assert (root / "due.ics").read_text(encoding="utf-8").count("BEGIN:VEVENT") == 4
    assert run("deadlines", "--ics", "nowhere.ics/due.ics", at=root).code == 0
    (root / "file").write_text("", encoding="utf-8")
    assert run("deadlines", "--ics", "file/due.ics", at=root).code == 2


def test_a_panel_of_wales_and_its_own_days_are_heard(tmp_path: Path) -> None:
    own = "nation: Wales\ncalendar: {closed_days: {2016-01-28: Founder's day}, drafts: 20}\n"
    done = run("deadlines", at=calendar(tmp_path, own))
    assert "Tuesday 26 January 2016" in done.stdout.replace("\u00a0", " ")
    assert "Founder's day (28\u00a0January) does not count" in done.stdout


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("calendar: {clear_days: 3}\n", "The law asks for 5 clear days in England"),
        ("calendar: {drafts: 7}\n", "Drafts are due before clearances"),
        ("calendar: {clear_days: 7}\n", "after the day of publication"),
        ("calendar: {closed_days: {tomorrow: Fair}}\n", "W113"),
    ],
)
def test_rules_that_cannot_hold_are_told(settings: str, told: str, tmp_path: Path) -> None:
    done = run("deadlines", at=calendar(tmp_path, settings))
    assert done.code == 1
    assert told in done.stderr


@pytest.mark.parametrize(
    ("meeting", "today", "code"),
    [
        ("2029-06-05", "2027-01-01", "W140"),
        ("2031-06-03", "2027-01-01", "W140"),
        ("2028-06-06", "2028-01-01", "W141"),
        ("2016-02-02", "2028-01-01", ""),
        ("2027-06-08", "2027-01-01", ""),
    ],
)
def test_a_calendar_that_may_be_wrong_is_told(meeting: str, today: str, code: str, tmp_path: Path) -> None:
    settings = f"date: {meeting}\nreporting_period: {{from: 2015-10-01, to: 2015-12-31}}\nreport_title: Report\n"
    world = World(lay_down(tmp_path, {f"{meeting}/meeting.yaml": settings}), Diagnostics())
    assert meeting_deadlines(world, meeting, today=date.fromisoformat(today)) is not None
    assert [found.code.id for found in world.diagnostics] == ([code] if code else [])
    for found in world.diagnostics:  # done as its hint says
        compared = re.findall("“(compared: .*)”", found.hint)
        panel = {"panel.yaml": f"{PANEL}calendar: {{{compared[0]}}}\n", f"{meeting}/meeting.yaml": settings}
        mended = World(lay_down(tmp_path, panel), Diagnostics())
        assert meeting_deadlines(mended, meeting, today=date.fromisoformat(today)) is not None
        assert list(mended.diagnostics) == []
