"""What is promised or expected, and is not there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from papergen.check.reading import Reading
from papergen.diagnostics import Diagnostic
from tests.check.meetings import (
    ANNEX,
    NOW,
    REPORT,
    findings,
    norfolk,
    norfolk_with,
    page,
    paper_of,
    reading,
    rule_of,
)

FORMAT = f"{REPORT}/90-words.md"


@pytest.fixture(scope="module")
def norfolk_meeting(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return norfolk_with(tmp_path_factory.mktemp("norfolk"), "Words.")


def found(root: Path, code: str, text: str, *, front: str = "") -> list[Diagnostic]:
    return findings(norfolk_with(root, text, front=front), code)


# ---------------------------------------------------------------------------------------------------------------------
# Text


@pytest.mark.parametrize("text", ["To follow.", "TBC", "- To be confirmed", "| A | B |\n|---|---|\n| 1 | 2 |"])
def test_an_objective_with_nothing_but_a_placeholder_is_found(tmp_path: Path, text: str) -> None:
    file = f"{REPORT}/03-theft-and-burglary.md"
    of = norfolk(tmp_path, {file: f"---\nobjective: 1\nowner: A\n---\n\n{text}\n"})
    assert [each.at.file for each in rule_of("C401").check(of)] == [file]


def test_an_objective_whose_text_stands_under_a_heading_is_let_pass(tmp_path: Path) -> None:
    file = f"{REPORT}/03-theft-and-burglary.md"
    of = norfolk(tmp_path, {file: "---\nobjective: 1\nowner: A\n---\n\n## Patrols\n\nThey go on.\n"})
    assert list(rule_of("C401").check(of)) == []


def test_a_topic_that_no_summary_lists_needs_its_activity_all_the_same(tmp_path: Path) -> None:
    assert [each.at.line for each in found(tmp_path / "a", "C401", "Words.", front="topic: Buses\n")] == [4]
    assert found(tmp_path / "b", "C401", "Words.", front="topic: Buses\nactivity: Patrols\n") == []


@pytest.mark.parametrize(
    "table",
    [
        [("Topic", "Data", "Activity"), ("Robbery", "Stable", "")],
        [("Topic", "Data", "Activity"), ("Robbery", "", "Patrols"), ("Theft", "", "")],
    ],
)
def test_blank_cells_of_a_table_are_told_once(norfolk_meeting: Reading, table: Sequence[Sequence[str]]) -> None:
    (each,) = findings(paper_of(norfolk_meeting, table=table), "C402")
    assert "“Robbery” under “" in each.message


@pytest.mark.parametrize(
    "table",
    [
        [("Topic", "Data", "Activity"), ("Robbery", "–", "None")],
        [("Area", "Quarter", "Offences"), ("Norwich", "Q3", "4"), ("", "Q4", "6")],
        [("Area", "Offences", "Most of them"), ("Norwich", "4", "In the centre"), ("Total", "4", "")],
    ],
)
def test_dashes_rows_that_go_on_and_totals_are_let_pass(
    norfolk_meeting: Reading, table: Sequence[Sequence[str]]
) -> None:
    assert findings(paper_of(norfolk_meeting, table=table), "C402") == []


def test_a_blank_cell_has_the_line_of_its_row(tmp_path: Path) -> None:
    text = "Table: Topics {#topics}\n\n| Topic | Data |\n|---|---|\n| Theft | Stable |\n| Robbery | |\n"
    assert [each.at.line for each in found(tmp_path, "C402", text)] == [11]


@pytest.mark.parametrize(
    "text",
    [
        "Satisfaction rose to XX% in May.",
        "The post is [insert date].",
        "The date is TBC.",
        "It cost £XX.",
        "Really ???",
    ],
)
def test_a_placeholder_in_a_sentence_is_found(norfolk_meeting: Reading, text: str) -> None:
    assert len(findings(paper_of(norfolk_meeting, text), "C403")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Henry XX was no king of ours, and Superbowl XXIV is not our affair.",
        "The results are to follow the review.",
        "He wrote: ‘[the officer] came at once’.",
        "What will it cost?",
    ],
)
def test_other_words_are_no_placeholders(norfolk_meeting: Reading, text: str) -> None:
    assert findings(paper_of(norfolk_meeting, text.replace("Henry XX", "Henry IX")), "C403") == []


# ---------------------------------------------------------------------------------------------------------------------
# The format of the report


def promised(root: Path, text: str, *, more: str = "") -> list[tuple[str, int, str]]:
    files = {FORMAT: page(text, title="Format of the report"), f"{REPORT}/91-part.md": page("Words.", title="Part 1")}
    if more:
        files[f"{REPORT}/92-more.md"] = page(more, title="More")
    of = norfolk(root, files)
    return [(each.code.id, each.at.line, each.message) for code in ("C404", "C405") for each in findings(of, code)]


GRANTS = "Part 1: Progress on each of the objectives listed in the plan and an update on the grant scheme."


def test_an_update_that_is_promised_and_not_given_is_found(tmp_path: Path) -> None:
    ((code, line, message),) = promised(tmp_path, GRANTS)
    assert (code, line) == ("C405", 6)
    assert "“the grant scheme”" in message


@pytest.mark.parametrize("more", ["The grant scheme opens in May.", "Grants: two schemes have closed."])
def test_a_promise_that_is_kept_in_other_words_is_let_pass(tmp_path: Path, more: str) -> None:
    assert promised(tmp_path, GRANTS, more=more) == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Part 4 gives what else was done.", "Part 4"),
        ("The report has three parts.", "three parts"),
        ("Parts 1 and 2 are for the Panel.", "Part 2"),
        ("Section 97 gives the rest.", "Section 97"),
    ],
)
def test_a_part_that_is_named_and_not_there_is_found(tmp_path: Path, text: str, named: str) -> None:
    ((code, line, message),) = promised(tmp_path, text)
    assert (code, line, named in message) == ("C404", 6, True)


@pytest.mark.parametrize(
    "text",
    [
        "Part 1 gives progress on each of the plan’s objectives, by area.",
        "The report is made under section 12 of the Police Reform and Social Responsibility Act 2011.",
        "It outlines other work that the first two parts of the year saw, and reports on performance.",
        "It deals with robbery and with theft from shops.",
    ],
)
def test_a_format_that_promises_what_is_there_is_let_pass(tmp_path: Path, text: str) -> None:
    assert promised(tmp_path, text) == []


# ---------------------------------------------------------------------------------------------------------------------
# Owners, exhibits, measures, appendices


def test_a_file_without_an_owner_is_found_and_its_headings_are_not(tmp_path: Path) -> None:
    of = norfolk(tmp_path, {f"{ANNEX}/90-words.md": "---\ntitle: Words\n---\n\nA.\n\n## B\n\nC.\n"})
    assert [each.at.line for each in findings(of, "C406")] == [2]


TABLE = "Table: Buses {#buses}\n\n| A | B |\n|---|---|\n| 1 | 2 |\n"


@pytest.mark.parametrize(("text", "count"), [("Words.", 1), ("See [](#buses).", 0), ("See [the buses](#buses).", 0)])
def test_a_table_that_nothing_refers_to_is_found(tmp_path: Path, text: str, count: int) -> None:
    assert len(found(tmp_path, "C407", f"{text}\n\n{TABLE}")) == count


def test_a_table_named_by_its_number_is_let_pass(tmp_path: Path) -> None:
    of = norfolk_with(tmp_path, f"Words.\n\n{TABLE}")
    label = findings(of, "C407")[0].message.split(",")[0]
    assert found(tmp_path, "C407", f"{label} has them.\n\n{TABLE}") == []


def test_a_chart_has_to_be_referred_to_as_well(tmp_path: Path) -> None:
    chart = "```chart\nkind: control\nmeasure: robbery\nid: robberies\n```\n"
    assert len(found(tmp_path / "a", "C407", f"Words.\n\n{chart}")) == 1
    assert found(tmp_path / "b", "C407", f"See [](#robberies).\n\n{chart}") == []


MEASURE = """
bus_fights:
  title: Fights on buses
  unit: fights
  file: recorded-crime.csv
  where: {offence_subgroup: Violence with injury}
  source: Constructed
  peers: {own: Norfolk, per: population.csv}
"""


def with_measure(root: Path, text: str, *, front: str = "") -> dict[str, list[Diagnostic]]:
    norfolk(root, {f"{ANNEX}/90-words.md": page(text, front=front)})
    with (root / "content/measures.yaml").open("a", encoding="utf-8") as file:
        file.write(MEASURE)
    of = reading(root, NOW)
    named = {code: list(rule_of(code).check(of)) for code in ("C408", "C409")}
    return {code: [each for each in found if "bus_fights" in each.message] for code, found in named.items()}


def test_a_measure_that_a_section_declares_and_nothing_shows_is_found_at_its_name(tmp_path: Path) -> None:
    named = with_measure(tmp_path, "Words.", front="measures: [robbery, bus_fights]\n")
    assert [(each.at.line, each.at.column) for each in named["C408"]] == [(4, 21)]
    assert named["C409"] == []


def test_a_measure_of_the_catalogue_alone_is_a_note(tmp_path: Path) -> None:
    named = with_measure(tmp_path, "Words.")
    assert [each.at.file for each in named["C409"]] == ["content/measures.yaml"]
    assert named["C408"] == []


@pytest.mark.parametrize(
    "text",
    [
        "There were {{ bus_fights.quarter }}.",
        "Robbery {{ robbery.quarter.change_from(bus_fights.quarter) | rose }}.",
        "See [](#fights).\n\n```chart\nkind: control\nmeasure: bus_fights\nid: fights\n```",
    ],
)
def test_a_measure_in_a_number_or_an_exhibit_is_shown(tmp_path: Path, text: str) -> None:
    named = with_measure(tmp_path, text, front="measures: [bus_fights]\n")
    assert named == {"C408": [], "C409": []}


@pytest.mark.parametrize("text", ["See Appendix C.", "It is in Annex 2.", "See Appendices A and B."])
def test_an_appendix_that_is_not_built_is_found(norfolk_meeting: Reading, text: str) -> None:
    assert findings(paper_of(norfolk_meeting, text), "C410")


@pytest.mark.parametrize(
    "text",
    [
        "HMIC’s Appendix B lists them.",
        "It is in Annex 2 to the Home Office circular.",
        "Appendix B of the inspectors’ report has it.",
        "The appendix gives the figures.",
        "Annexes are printed apart.",
    ],
)
def test_an_appendix_of_somebody_else_is_let_pass(norfolk_meeting: Reading, text: str) -> None:
    assert findings(paper_of(norfolk_meeting, text), "C410") == []
