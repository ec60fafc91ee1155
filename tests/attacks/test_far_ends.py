"""Years at the ends of the calendar and numbers at the ends of what a machine holds: told, and never a fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import invoke
from tests.support.orchard import FILES, FOLDER, MEETING, Orchard
from tests.support.within import within

SETTINGS = f"{FOLDER}/meeting.yaml"
THEFT = "content/data/theft.csv"
MEASURES = "content/measures.yaml"
PANEL = "content/panel.yaml"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Orchard:
    return Orchard(tmp_path_factory.mktemp("orchard"))


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (SETTINGS, "from: 2015-10-01, to: 2015-12-31", "from: 0001-01-01, to: 0001-03-31", "W113"),
        (SETTINGS, "from: 2015-10-01", "from: 0001-10-01", "W113"),
        (SETTINGS, "to: 2015-12-31", "to: 9999-12-31", "W113"),
        (SETTINGS, "previous_meeting: 2015-12", "previous_meeting: 0001-01", "W113"),
        (SETTINGS, "previous_meeting: 2015-12", "previous_meeting: 9999-12-31", "W113"),
        (SETTINGS, f"date: {MEETING}", "date: 0001-01-01", "W113"),
        (THEFT, "2014-01,", "0001-01,", "D105"),
        (THEFT, "2014-01,", "9999-12,", "D105"),
        (MEASURES, "from: 2015-02", "from: 0001-02", "W113"),
        (MEASURES, "low: 90, high: 120", "low: 1.0e+308, high: 1.7e+308", "W113"),
        (MEASURES, "  good: lower\n", "  good: lower\n  target: 1.0e+308\n", "W113"),
        (MEASURES, "  good: lower\n", "  good: lower\n  target: {by: {2015/16: -1.0e+16}}\n", "W113"),
        (PANEL, "known_words: [Orchard]", "facts: {a: 0x" + "f" * 100_000 + "}", "W110"),
        (PANEL, "known_words: [Orchard]", "facts: {a: 1" + ":59" * 10_000 + "}", "W110"),
        (PANEL, "known_words: [Orchard]", "facts: {a: 1." + "0" * 100_000 + "}", "W110"),
        (PANEL, "name: Orchard Police", 'name: "Orchard \\ud800 Police" #', "W110"),
        (PANEL, "name: Orchard Police", 'name: "Orchard \\x00 Police" #', "W110"),
        (PANEL, "name: Orchard Police", 'name: "Orchard \\x1b[31m Police" #', "W110"),
        (PANEL, "name: Orchard Police", "name: Orchard \u202e Police #", "W110"),
        (SETTINGS, "report_title: Report", 'report_title: "Report\\x9b"', "W110"),
        (THEFT, "month,area,kind,value", "month,area,kind,value" + ",more" * 20_000, "D101"),
    ],
)
def test_what_is_far_beyond_any_paper_is_told(file: str, old: str, new: str, code: str, workspace: Orchard) -> None:
    assert old in FILES[file]
    outcome = workspace.run({file: FILES[file].replace(old, new, 1)})
    told = [found for found in outcome.findings if found.code.id == code and found.at.file == file]
    assert told
    assert all(len(found.message) < 300 and found.hint for found in told)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_no_meeting_is_at_the_end_of_the_calendar(day: str, tmp_path: Path) -> None:
    Orchard(tmp_path)
    for command in (["new", day], ["deadlines", "--today", day]):
        done = invoke(*command, "-w", str(tmp_path))
        assert done.exit_code == 2, done.output
        assert f"“{day}” is not a date" in done.output
    (tmp_path / FOLDER).rename(tmp_path / "content" / day)
    for name in ("deadlines", "board", "check"):
        done = invoke(name, "-w", str(tmp_path))
        assert done.exit_code == 2, done.output


@pytest.mark.slow
def test_settings_of_thousands_of_unknown_names_are_told_in_moments(workspace: Orchard) -> None:
    with within(seconds=10):
        outcome = workspace.run({PANEL: "".join(f"key{number}: value\n" for number in range(3_000))})
    assert len(outcome.findings) > 3_000
