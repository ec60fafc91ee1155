"""The slips of the published paper, put into the sample meeting: each is found at its line, or cannot be written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
PURPOSE = f"{REPORT}/01-purpose.md"
FORMAT = f"{REPORT}/03-format.md"
OBJECTIVES = f"{REPORT}/04-part-1"
SECOND_PART = f"{REPORT}/05-part-2.md"
SUMMARY = f"{APPENDIX}/00-summary.md"
INTRODUCTION = f"{APPENDIX}/01-introduction.md"
BODY = f"{APPENDIX}/02-summary-of-performance"
CONFIDENCE = f"{BODY}/01-community/01-confidence-in-police.md"
ROBBERY = f"{BODY}/04-harm-reduction/01-crime-recorded/04-robbery.md"
DOMESTIC_ABUSE = f"{BODY}/04-harm-reduction/02-risk-markers/01-domestic-abuse.md"
ALCOHOL = f"{OBJECTIVES}/02-violent-crime-and-alcohol.md"
DRUGS = f"{OBJECTIVES}/03-harm-from-drugs.md"
SUPPORT = f"{OBJECTIVES}/08-support-for-victims.md"


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


# ---------------------------------------------------------------------------------------------------------------------
# One slip in one file: words that are there, what takes their place (at the end of the file where there are none), and
# the words that the finding must stand at; after “|” what else is wrong with them

IT_COVERS = "It covers {{ meeting.period }} unless a section says otherwise."
THE_QUARTER = "The report for the quarter, {{ meeting.period.months }}, is attached"
THE_SHARE = (
    "Domestic abuse makes up {{ domestic_abuse_offences.quarter.share_of(total_recorded_crime) | percent }} of the"
    " crime recorded in the quarter. That share counts offences alone ({{ domestic_abuse_offences.quarter }} of"
    " {{ total_recorded_crime.quarter }})."
)
THE_MONEY = "Money that the PCC has released is reported under the objective that it supports."

Slip = tuple[str, str, str, str, str]

WRONG_YEARS: list[Slip] = [
    (
        "C206 | C506",
        PURPOSE,
        IT_COVERS,
        "This report covers the time period 1October – 31 December 2016.",
        "1October | 1October",
    ),
    ("C206", PURPOSE, IT_COVERS, "It covers 1 October to 31 December 2016.", "1 October"),
    ("C206", PURPOSE, IT_COVERS, "It will cover\n1 October to 31 December 2016.", "1 October"),
    ("C206", PURPOSE, IT_COVERS, "This report covers the period up to 31 December 2016.", "31 December 2016"),
    ("C206", SECOND_PART, THE_QUARTER, "The report for the quarter ending 31 December 2016 is attached", "31 December"),
    ("C206", SECOND_PART, THE_QUARTER, "The report for October to December 2016 is attached", "October to December"),
    (
        "C206",
        INTRODUCTION,
        "This appendix reports on the {{ meeting.period.quarter }}",
        "This appendix reports on October–December 2014",
        "October–December 2014",
    ),
    ("C206", f"{BODY}/index.md", "it covers {{ meeting.period }}", "it covers Quarter 3 2016/17", "Quarter 3 2016/17"),
    (
        "C206",
        INTRODUCTION,
        "This appendix reports on the {{ meeting.period.quarter }}",
        "This appendix reports on the third quarter of 2016/17",
        "third quarter of 2016/17",
    ),
    (
        "C206",
        f"{OBJECTIVES}/index.md",
        "from {{ meeting.period.starts }} to the time of writing",
        "from 1 October to 31 December 2016, as planned",
        "1 October",
    ),
]

OTHER_AIMS: list[Slip] = [
    (
        "C411",
        SUMMARY,
        "child sexual exploitation (CSE), ",
        "child sexual exploitation (CSE), response times, ",
        "response times,",
    ),
    (
        "C411 | C501",
        SUMMARY,
        "hate crime, victim satisfaction,",
        "hate crime, rest days and TOIL,",
        "rest days and TOIL | rest days and TOIL",
    ),
    (
        "C411",
        SUMMARY,
        "",
        "Table: {{ plan.aim.reduce }}, in brief {#brief}\n\n"
        "| Topic | Data |\n|---|---|\n| Robbery | Rising |\n| TOIL/RDIL | Falling |\n\nThat is [](#brief).",
        "| TOIL/RDIL",
    ),
]

BLANK_CELLS: list[Slip] = [
    (
        "C402",
        SUMMARY,
        "",
        "| Topic | Data | Activity |\n|---|---|---|\n| Rape | Rising | Reviewed |\n| Robbery | Stable | |",
        "| Robbery |",
    ),
    ("C401", ROBBERY, "activity: Short report written for the thematic lead", 'activity: "–"', "topic: Robbery"),
]

BASES: list[Slip] = [
    (
        "C106 | C101",
        DOMESTIC_ABUSE,
        THE_SHARE,
        "14% of all recorded crime in the last quarter was domestic abuse related. 5,059 domestic abuse offences &"
        " crimed incidents were recorded in the quarter.",
        "14% | 5,059",
    ),
    ("C106", DOMESTIC_ABUSE, THE_SHARE, "Domestic abuse represents 14% of total crime.", "14%"),
    ("C106", DOMESTIC_ABUSE, THE_SHARE, THE_SHARE.partition(" That")[0], "Domestic abuse makes up"),
    (
        "C103 | C101",
        DOMESTIC_ABUSE,
        THE_SHARE,
        "Domestic abuse is 14% of all recorded crime: 5,059 of 18,094.",
        "14% | 5,059",
    ),
    (
        "C103 | C101",
        DOMESTIC_ABUSE,
        THE_SHARE,
        "Of 18,094 crimes recorded, 5,059 (14%) were domestic abuse.",
        "14% | 5,059",
    ),
    (
        "C103 | C101",
        DOMESTIC_ABUSE,
        THE_SHARE,
        "There were 5,059 offences and crimed incidents,\n14% of total recorded crime (18,094).",
        "14% | 5,059",
    ),
]

PROMISES: list[Slip] = [
    ("C405", FORMAT, THE_MONEY, "It also provides an update on the grant scheme.", "the grant scheme"),
    ("C405", FORMAT, THE_MONEY, "Grant scheme awards are set out after the objectives.", "Grant scheme"),
    ("C405", FORMAT, "each of the Plan’s objectives.", "each objective, with details of the grants awarded.", "grants"),
    ("C405", FORMAT, "", "At its end stands the latest on the Community Grants scheme.", "Community Grants"),
]

ALREADY_PAST: list[Slip] = [
    ("C205", ALCOHOL, "", "A further workshop is scheduled for January 2016.", "January 2016"),
    ("C205", SUPPORT, "", "The PCC intends to hold a second workshop\nin January.", "January."),
    ("C205", ALCOHOL, "", "The next workshop takes place in January 2016.", "January 2016"),
    ("C205", DRUGS, "", "In January 2016 there will be a workshop for partners.", "January 2016"),
    ("C205", CONFIDENCE, "were due on 21&nbsp;January 2016", "are due on 21&nbsp;January 2016", "21&nbsp;January"),
    ("C205", CONFIDENCE, "", "They are for September 2015, due to be released on 21st January 2016.", "21st January"),
    ("C205", CONFIDENCE, "", "Nothing will be available until 21 January 2016.", "21 January 2016"),
    ("C205", CONFIDENCE, "", "The next release is on Thursday 21 January 2016.", "21 January 2016."),
]

POINTING: list[Slip] = [
    ("C641", CONFIDENCE, "", "Satisfaction, the red line on the chart,\nis improving.", "the red line"),
    ("C641", CONFIDENCE, "", "The purple line represents the actual strength.", "purple line"),
    ("C641", ROBBERY, "", "Crimes that have an orange marker are reported on.", "orange marker"),
    ("C641", ROBBERY, "", "Months in red are outside the limits.", "Months in red"),
    ("C642", CONFIDENCE, "", "The chart overleaf starts with the number of crimes.", "overleaf"),
    ("C642", ROBBERY, "", "The trend can be seen over the page.", "over the page"),
    ("C642", ROBBERY, "", "The graph on the following page shows the trend.", "on the following page"),
]

KEYBOARD: list[Slip] = [
    ("C505", ALCOHOL, "", "Of its indicators 47 were green (achieved or likely to be.", "(achieved"),
    ("C505", FORMAT, "([](#part-3)) outlines", "([](#part-3) outlines", "- **Part 3**"),
    ("C510", ALCOHOL, "", "It 2015 the area was selected.", "It 2015"),
    ("C510", DRUGS, "", "The pilot began it 2014 and goes on.", "it 2014"),
    ("C510", ALCOHOL, "", "Demand analysis has show that it must change.", "has show"),
    ("C510 | C510", ALCOHOL, "", "Partners were give to know\nthat the need have grow.", "were give | have grow"),
    ("C509", ALCOHOL, "", "At least once in the preceeding 12 months.", "preceeding"),
    ("C509", ROBBERY, "", "Preceeding quarters were quiet.", "Preceeding"),
    ("C506", ALCOHOL, "", "The scheme has grown since 1October.", "1October"),
    ("C506", ROBBERY, "", "Numbers have been low from 3rdJanuary on.", "3rdJanuary"),
]

SLIPS = [*WRONG_YEARS, *OTHER_AIMS, *BLANK_CELLS, *BASES, *PROMISES, *ALREADY_PAST, *POINTING, *KEYBOARD]


def batches(slips: Sequence[Slip]) -> list[list[Slip]]:
    """The slips in as few rounds as there are slips of one file, so that no two of a round stand in one file."""
    rounds: list[list[Slip]] = []
    for slip in slips:
        free = next((each for each in rounds if slip[1] not in {other[1] for other in each}), None)
        if free is None:
            rounds.append(free := [])
        free.append(slip)
    return rounds


@pytest.mark.parametrize("slips", batches(SLIPS), ids=range(len(batches(SLIPS))))
def test_a_slip_gives_one_finding_of_all_rules_together_at_its_line(meeting: Sample, slips: list[Slip]) -> None:
    found = meeting.with_edits({file: (old, new) for _, file, old, new, _ in slips})
    assert found.places == expected(found, slips), "\n".join(map(str, found.findings))


def expected(found: Found, slips: Sequence[Slip]) -> list[tuple[str, int, str]]:
    """The files, lines and codes that slips ask for; none of those without words."""
    return sorted(
        (file, found.line_of(file, word), code)
        for codes, file, _, _, words in slips
        if words
        for code, word in zip(codes.split(" | "), words.split(" | "), strict=True)
    )


# What is right and looks much like a slip

RIGHT: list[Slip] = [
    ("C206", PURPOSE, "", "The next report will cover January to March 2016.", ""),
    ("C206", PURPOSE, "", "A review is planned for October to December 2016.", ""),
    ("C206", INTRODUCTION, "", "Offences in the third quarter of 2014/15 were fewer than in the quarter to June.", ""),
    ("C206", PURPOSE, "", "The grant runs for the year to 31 December 2016.", ""),
    ("C411", SUMMARY, "", "{{ plan.aim.efficient }}: response times and TOIL.", ""),
    ("C411", SUMMARY, "", "Response times and robbery stand under two aims.", ""),
    ("C106", DOMESTIC_ABUSE, "", "Of all recorded crime 14% are domestic abuse offences.", ""),
    (
        "C101 | C101",
        DOMESTIC_ABUSE,
        "",
        "Domestic abuse offences are 28% of the total: 5,059 of 18,094.",
        "5,059 of | 18,094.",
    ),
    ("C103", DOMESTIC_ABUSE, "", "Nearly 9 out of 10 (88%) were seen within a day.", ""),
    ("C405", FORMAT, "", "Engagement is described under its objective, with news of the Community Ambassadors.", ""),
    ("C205", ALCOHOL, "", "In January 2016 partners agreed that a strategy will be written.", ""),
    ("C205", ALCOHOL, "", "The workshop of January 2016 showed what will be needed. It was due in December 2015.", ""),
    (
        "C205",
        ALCOHOL,
        "",
        "Areas redrawn in January 2016 will be watched, and the next step is to report in April 2016.",
        "",
    ),
    ("C641", ROBBERY, "", "The indicator was amber, and officers in black cars went out.", ""),
    ("C642", ROBBERY, "", "The following pages of the strategy are the right ones to look at.", ""),
    (
        "C510",
        ALCOHOL,
        "",
        "What the review did was show that it works. It has gone well, and 2015 was a good year.",
        "",
    ),
]


@pytest.mark.parametrize("slips", batches(RIGHT), ids=range(len(batches(RIGHT))))
def test_what_is_right_is_left_alone(meeting: Sample, slips: list[Slip]) -> None:
    found = meeting.with_edits({file: (old, new) for _, file, old, new, _ in slips})
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
