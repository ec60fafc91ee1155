"""The slips of the published paper, put into the sample meeting: each is found at its line, or cannot be written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from papergen.diagnostics import Diagnostics, Severity
from papergen.model.nodes import Table
from papergen.model.walk import find, plain_text
from papergen.workspace.settings import read_settings
from papergen.world import World
from tests.check.sample import FOLDER, MEETING, Edit, Found, Sample

pytestmark = pytest.mark.slow

REPORT = "panel-report"
APPENDIX = "appendix-a"
OBJECTIVES = f"{REPORT}/04-part-1"
BODY = f"{APPENDIX}/02-summary-of-performance"
ROBBERY = f"{BODY}/04-harm-reduction/01-crime-recorded/04-robbery.md"


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return Sample(tmp_path_factory.mktemp("slips"))


def test_the_sample_itself_has_none_of_them_and_waives_what_it_says(meeting: Sample) -> None:
    found = meeting.with_edits({})
    assert [str(each) for each in found.findings] == []
    assert [
        (each.found.at.file.rpartition("/")[2], each.found.at.line, each.found.code.id) for each in found.waived
    ] == [
        ("04-road-traffic-casualties.md", 32, "C702"),
        ("04-road-traffic-casualties.md", 33, "C702"),
        ("04-road-traffic-casualties.md", 37, "C703"),
        ("04-assaults-on-duty.md", 31, "C703"),
        ("04-assaults-on-duty.md", 40, "C703"),
        ("04-assaults-on-duty.md", 49, "C703"),
    ]


SLIPS_FILE = Path(__file__).with_name("slips-in-the-sample.md")


@dataclass(frozen=True)
class Slip:
    """Words of a file of the sample, what takes their place, and each code with the words that it is told at."""

    file: str
    old: str
    new: str
    told: tuple[tuple[str, str], ...]


def slips_of(text: str) -> list[Slip]:
    """The rows of the tables of a text."""
    found = []
    for line in text.splitlines():
        if line.startswith("| C"):
            codes, file, *words = line[2:-2].split(" | ")
            if codes == "Codes":
                continue
            old, new, at = (each.replace("⏎", "\n").replace("¦", "|") for each in words)
            told = zip(codes.split(" + "), at.split(" + "), strict=True) if at else ()
            found.append(Slip(file, old, new, tuple(told)))
    return found


_WRONG, _, _RIGHT = SLIPS_FILE.read_text(encoding="utf-8").partition("## What is right")
SLIPS, RIGHT = slips_of(_WRONG), slips_of(_RIGHT)


def batches(slips: Sequence[Slip]) -> list[list[Slip]]:
    """The slips in as few rounds as there are slips of one file, so that no two of a round stand in one file."""
    rounds: list[list[Slip]] = []
    for slip in slips:
        free = next((each for each in rounds if slip.file not in {other.file for other in each}), None)
        if free is None:
            rounds.append(free := [])
        free.append(slip)
    return rounds


@pytest.mark.parametrize("slips", batches(SLIPS), ids=range(len(batches(SLIPS))))
def test_a_slip_gives_one_finding_of_all_rules_together_at_its_line(meeting: Sample, slips: list[Slip]) -> None:
    found = meeting.with_edits({each.file: (each.old, each.new) for each in slips})
    assert found.places == expected(found, slips), "\n".join(map(str, found.findings))


def expected(found: Found, slips: Sequence[Slip]) -> list[tuple[str, int, str]]:
    """The files, lines and codes that slips ask for."""
    return sorted((each.file, found.line_of(each.file, words), code) for each in slips for code, words in each.told)


@pytest.mark.parametrize("slips", batches(RIGHT), ids=range(len(batches(RIGHT))))
def test_what_is_right_is_left_alone(meeting: Sample, slips: list[Slip]) -> None:
    found = meeting.with_edits({each.file: (each.old, each.new) for each in slips})
    assert found.places == expected(found, slips), "\n".join(map(str, found.findings))


# ---------------------------------------------------------------------------------------------------------------------
# Slips of several files


SAID = "The Panel received a detailed update on this objective at its December 2015 meeting."
ALSO_SAID = "A full briefing on the subject was given to members when they met before Christmas."


@pytest.mark.parametrize("sentence", [SAID, ALSO_SAID])
def test_a_sentence_under_four_objectives_is_found_under_three(meeting: Sample, sentence: str) -> None:
    files = [
        f"{OBJECTIVES}/{name}"
        for name in ("02-violent-crime-and-alcohol.md", "03-harm-from-drugs.md", "06-business-crime-strategy.md")
    ]
    files.append(f"{OBJECTIVES}/09-safer-roads.md")
    found = meeting.with_edits(dict.fromkeys(files, ("", sentence)), codes="C304")
    assert found.lines("C304", files[0]) == []
    for file in files[1:]:
        assert found.lines("C304", file) == [found.line_of(file, sentence)]


def topics(meeting: Sample) -> Iterator[tuple[str, str]]:
    """The files of the topics of the summary, each with its line of activity."""
    for path in sorted((meeting.root / FOLDER / BODY).rglob("*.md")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line.startswith("activity:"):
                yield path.relative_to(meeting.root / FOLDER).as_posix(), line


def test_ten_blank_cells_of_the_summary_are_ten_errors(meeting: Sample) -> None:
    edits: dict[str, Edit] = {file: (f"{line}\n", "") for file, line in list(topics(meeting))[:10]}
    found = meeting.with_edits(edits, codes="C4")
    assert len(edits) == 10
    for file in edits:
        assert len(found.lines("E104", file)) == 1
    assert all(each.severity is Severity.ERROR for each in found.findings)


def test_a_blank_judgement_in_the_summary_is_an_error(meeting: Sample) -> None:
    found = meeting.with_edits({ROBBERY: ("measures: [robbery, robbery_compared]\n", "")}, codes="C4")
    assert len(found.lines("E104", ROBBERY)) == 1


# ---------------------------------------------------------------------------------------------------------------------
# What cannot be written


def summary(meeting: Sample, edits: dict[str, Edit]) -> dict[str, list[str]]:
    """The topics of each summary table, by the id of the table."""
    papers = meeting.with_edits(edits, codes="none").reading.papers
    tables = [found.node for found in find(papers, Table) if found.node.key.startswith("summary-")]
    return {table.key.removeprefix("summary-"): [plain_text(row[0]) for row in table.rows] for table in tables}


def test_summary_and_body_cannot_part_over_an_aim(meeting: Sample) -> None:
    topic = "Response Times to Emergency Incidents"
    before = summary(meeting, {})
    assert topic in before["efficient"]
    after = summary(meeting, {f"{BODY}/05-demand-reduction/index.md": ("aim: efficient", "aim: reduce")})
    assert topic in after["reduce"]
    assert topic not in after["efficient"]


def test_a_period_printed_by_name_is_that_of_the_meeting(meeting: Sample) -> None:
    found = meeting.with_edits({}, codes="none")
    (passage,) = [each for each in found.reading.passages if each.text.startswith("It covers")]
    assert "31\u00a0December 2015" in passage.text


@pytest.mark.parametrize(
    "line",
    ["{from: 2016-10-01, to: 2016-12-31}", "{from: 2015-10-01, to: 2016-12-31}"],
)
def test_settings_with_a_period_that_is_not_over_are_told(line: str, meeting: Sample, tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir(parents=True)
    for name in ("content/panel.yaml", "content/plan.yaml"):
        (tmp_path / name).write_bytes((meeting.root / name).read_bytes())
    settings = f"date: {MEETING}\nreporting_period: {line}\nreport_title: A report\n"
    (tmp_path / FOLDER / "meeting.yaml").write_text(settings, encoding="utf-8")
    diagnostics = Diagnostics()
    assert read_settings(World(tmp_path, diagnostics), MEETING, diagnostics) is not None
    assert [(each.code.id, each.at.file, each.at.line) for each in diagnostics] == [
        ("W131", f"{FOLDER}/meeting.yaml", 2)
    ]
