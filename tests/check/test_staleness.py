"""Words carried over from the last meeting, words said twice, and data that have stopped."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papergen.check.reading import Reading
from papergen.check.rules.stale.confirmations import CONFIRMATION
from papergen.commands.build import check_meeting, read_meeting
from papergen.diagnostics import Diagnostic, Diagnostics, Span
from papergen.language.likeness import alike, wording
from papergen.language.passages import Passage, Place
from papergen.manifest.record import Role, read_manifest
from papergen.model.nodes import Paper, PaperKind, Section
from papergen.world import World
from tests.check.meetings import ANNEX, findings, norfolk, norfolk_with, page, reading, rule_of, sample_after_december
from tests.support.builds import built, copy_of_norfolk, copy_of_sample, say_nothing

OLD = "A second patrol now works in Great Yarmouth on Friday nights, and the council is paying for half of it."


def carried(root: Path, text: str, *, before: str = OLD, front: str = "") -> dict[str, list[Diagnostic]]:
    made = norfolk_with(root, text, before=before, front=front)
    return {code: findings(made, code) for code in ("C301", "C302", "C303", "C306")}


def codes(found: dict[str, list[Diagnostic]]) -> list[str]:
    return [code for code, each in found.items() for _ in each]


def test_a_paragraph_of_the_last_meeting_is_found_with_its_line(tmp_path: Path) -> None:
    found = carried(tmp_path, f"Something new was said in May 2018.\n\n{OLD}")
    assert codes(found) == ["C301"]
    assert found["C301"][0].at.line == 8
    assert "13\u00a0March 2018" in found["C301"][0].message


def test_list_items_count_and_a_section_that_is_wholly_old_is_told_once(tmp_path: Path) -> None:
    before = f"{OLD}\n\n- The bus company has been asked to keep its station open until one in the morning."
    found = carried(tmp_path, before, before=before)
    assert codes(found) == ["C301"]
    assert "All 2 paragraphs" in found["C301"][0].message


def test_a_date_moved_on_in_an_old_sentence_is_nearly_the_same(tmp_path: Path) -> None:
    before = "The post will be advertised shortly and should be filled by April 2018, when the contract of the last"
    before += " analyst comes to an end and the work passes to the new team in Norwich."
    assert codes(carried(tmp_path, before.replace("April", "July"), before=before)) == ["C302"]


@pytest.mark.parametrize(
    "text",
    [
        "In May 2018 the second patrol in Great Yarmouth was given up, because the council stopped paying for it.",
        "Patrols go on.",
        OLD.replace("second patrol", "patrol of 12 officers"),
        f"{OLD} Since May it has made arrests on every weekend, and the council has promised money for another year.",
    ],
)
def test_new_words_few_words_and_new_figures_are_let_pass(tmp_path: Path, text: str) -> None:
    before = f"Patrols go on.\n\n{OLD.replace('second patrol', 'patrol of 10 officers')}"
    assert codes(carried(tmp_path, text, before=before)) == []


def test_figures_from_data_of_a_later_quarter_make_a_paragraph_new(tmp_path: Path) -> None:
    text = "Robbery has come to {{ robbery.quarter }} offences in the quarter, and patrols continue in the towns."
    assert codes(carried(tmp_path, text, before=text)) == []


def test_an_event_named_by_the_settings_is_no_new_event(tmp_path: Path) -> None:
    text = "The whole strategy was presented to the {{ panel.name }} in detail by the Chief Constable."
    assert codes(carried(tmp_path, text, before=text)) == ["C301"]


def test_an_explanation_is_a_note(tmp_path: Path) -> None:
    text = "Each chart shows a measure month by month, with an average and two limits around it."
    assert codes(carried(tmp_path, text, before=text)) == ["C303"]


@pytest.mark.parametrize(
    "sentence",
    [
        "No change, confirmed by the Head of Crime on 1 June 2018.",
        "No change, confirmed by Alex Reed on 1&nbsp;June 2018.",
        "There is no change; this was confirmed by A. Reed, Head of Crime, on 2018-06-12.",
        "No change, confirmed by\nthe Head of Crime\non 01/06/2018.",
    ],
)
def test_a_confirmation_since_the_last_meeting_clears_what_stands_under_its_heading(
    tmp_path: Path, sentence: str
) -> None:
    assert codes(carried(tmp_path, f"{OLD}\n\n{sentence}")) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "No change, confirmed by the Head of Crime on 1 March 2018.",
        "No change, confirmed by the Head of Crime on 1 July 2018.",
        "No change, confirmed by the Head of Crime.",
        "No change, confirmed on 1 June 2018.",
        "No change, confirmed by the Head of Crime on 31 June 2018.",
    ],
)
def test_a_confirmation_without_name_or_day_or_of_another_time_clears_nothing_and_is_told(
    tmp_path: Path, sentence: str
) -> None:
    found = carried(tmp_path, f"{OLD}\n\n{sentence}")
    assert codes(found) == ["C301", "C306"]
    assert found["C306"][0].at.line == 8


def test_a_confirmation_speaks_for_its_own_heading_alone(tmp_path: Path) -> None:
    text = f"## First\n\nNo change, confirmed by A. Reed on 1 June 2018.\n\n## Second\n\n{OLD}"
    assert codes(carried(tmp_path, text)) == ["C301"]


def test_a_comment_in_front_matter_speaks_for_the_whole_file(tmp_path: Path) -> None:
    comment = "# No change, confirmed by the Head of Crime on 1 June 2018\n"
    assert codes(carried(tmp_path, f"## First\n\nWords.\n\n## Second\n\n{OLD}", front=comment)) == []


def test_words_about_a_change_are_no_confirmation() -> None:
    assert not CONFIRMATION.search("No change was seen in robbery. The figures were confirmed by the Home Office.")


def test_the_same_sentence_under_two_headings_is_found_at_the_second(tmp_path: Path) -> None:
    twice = "The Panel received a detailed update on this at its March meeting."
    text = f"## First\n\n{twice}\n\n## Second\n\nWords of its own. {twice}"
    (found,) = findings(norfolk_with(tmp_path, text), "C304")
    assert (found.at.line, found.at.column) == (12, 19)
    assert "‘First’" in found.message
    assert "line 8" in found.message


def test_the_beginning_of_a_sentence_is_enough_under_two_objectives(tmp_path: Path) -> None:
    same = "The Panel received a detailed update on this objective at its December 2015 meeting"
    copy_of_sample(tmp_path)
    folder = tmp_path / "content/2016-02-02/panel-report/04-part-1"
    one, two = next(folder.glob("03-*.md")), next(folder.glob("10-*.md"))
    one.write_text(f"---\nobjective: 3\nowner: A\n---\n\n{same}.\n", encoding="utf-8")
    two.write_text(f"---\nobjective: 10\nowner: A\n---\n\n{same}, which is why less is said here.\n", encoding="utf-8")
    found = [each for each in rule_of("C304").check(reading(tmp_path, "2016-02-02")) if each.at.file.endswith(two.name)]
    assert [(each.at.line, same in each.message) for each in found] == [(6, True)]


@pytest.mark.parametrize(
    "text",
    [
        "## First\n\nThis is said twice here. This is said twice here.\n\n## Second\n\nWords.",
        "## First\n\nSee the table below.\n\n## Second\n\nSee the table below.",
        "## First\n\nRobbery came to {{ robbery.quarter }} offences.\n\n"
        "## Second\n\nRobbery came to {{ robbery.quarter }} offences.",
        "## First\n\n{{ paper.source_note }}.\n\n## Second\n\n{{ paper.source_note }}.",
    ],
)
def test_short_sentences_and_what_is_printed_by_name_may_stand_twice(tmp_path: Path, text: str) -> None:
    assert findings(norfolk_with(tmp_path, text), "C304") == []


def stopped(root: Path, data_to: str) -> list[Diagnostic]:
    measure = f"""
bus_fights:
  title: Fights on buses
  unit: fights
  file: buses.csv
  source: Constructed
{data_to}
"""
    made = norfolk(root, {f"{ANNEX}/90-words.md": page("There were {{ bus_fights.latest }} fights at last count.")})
    assert made
    with (root / "content/measures.yaml").open("a", encoding="utf-8") as file:
        file.write(measure)
    (root / "content/data/buses.csv").write_text("month,value\n2018-01,4\n2018-02,6\n", encoding="utf-8")
    return list(rule_of("C305").check(reading(root, "2018-06-12")))


def test_data_that_stop_before_the_period_ends_are_found_at_the_measure(tmp_path: Path) -> None:
    (found,) = stopped(tmp_path, "")
    assert found.at.file == "content/measures.yaml"
    assert "28\u00a0February 2018" in found.message
    assert "data_to: {2018-06-12: 2018-02}" in found.hint


def test_a_measure_that_says_how_far_its_data_go_is_let_pass(tmp_path: Path) -> None:
    assert stopped(tmp_path, "  data_to: {2018-06-12: 2018-02}") == []


def test_a_measure_whose_data_stop_even_earlier_than_it_says_is_found(tmp_path: Path) -> None:
    assert len(stopped(tmp_path, "  data_to: {2018-06-12: 2018-03}")) == 1


# ---------------------------------------------------------------------------------------------------------------------
# The sample after December 2015


@pytest.fixture(scope="module")
def after_december(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_after_december(tmp_path_factory.mktemp("december"))


def stale(root: Path) -> list[Diagnostic]:
    of = reading(root, "2016-02-02", before="2015-12-01")
    assert of.previous_passages
    return [found for code in ("C301", "C302", "C303", "C306") for found in rule_of(code).check(of)]


def test_the_sample_carries_nothing_over_from_december(after_december: Path) -> None:
    assert stale(after_december) == []


def test_paragraphs_of_december_are_found_in_the_sample(tmp_path: Path) -> None:
    root = sample_after_december(tmp_path)
    old = root / "content/2015-12-01/panel-report/02-part-1/03-harm-from-drugs.md"
    new = next((root / "content/2016-02-02/panel-report/04-part-1").glob("03-*.md"))
    text = old.read_text(encoding="utf-8").replace("reviewed: 2015-11-20", "reviewed: 2016-01-25")
    text = text.replace("by January 2016", "by March 2016").replace("A drugs worker", "From now on a drugs worker")
    new.write_text(text, encoding="utf-8")
    found = [(each.code.id, each.at.line) for each in stale(root)]
    assert found == [("C301", 7), ("C302", 9), ("C302", 11)]


def test_an_activity_of_december_is_found_at_its_line(tmp_path: Path) -> None:
    root = sample_after_december(tmp_path)
    (robbery,) = (root / "content/2016-02-02/appendix-a").rglob("*-robbery.md")
    text = robbery.read_text(encoding="utf-8")
    new = re.sub(r"(?m)^activity: .*$", "activity: Patrols moved to the bus stations of two towns", text)
    robbery.write_text(new, encoding="utf-8")
    (found,) = stale(root)
    line = new.split("\n").index("activity: Patrols moved to the bus stations of two towns") + 1
    assert (found.code.id, found.at.line) == ("C301", line)


# ---------------------------------------------------------------------------------------------------------------------
# Likeness


def passage(text: str) -> Passage:
    paper = Paper(name="p", kind=PaperKind.REPORT, title="P", template="p", fields={}, sections=())
    return Passage(text, (), (), (), Place.TEXT, Span("a.md", 5), Section(title=(), level=1), paper)


WORDS = st.lists(st.sampled_from("patrol town council money night officer court prison week plan".split()), max_size=40)  # noqa: SIM905


@settings(max_examples=60)
@given(WORDS, WORDS)
def test_likeness_never_fails_and_is_whole_only_for_the_same_words(first: list[str], second: list[str]) -> None:
    now, before = passage(" ".join(first)), passage(" ".join(second))
    found = list(alike([wording(now)], [wording(before)]))
    assert len(found) <= 1
    for each in found:
        assert 0.9 <= each.share <= 1
        assert (each.share == 1) == (first == second)


def test_two_papers_of_sixty_pages_are_compared_in_a_moment(tmp_path: Path) -> None:
    of: Reading = norfolk_with(tmp_path, "Words.")
    place = of.passages[0]

    def many(shift: int) -> list[Passage]:
        return [
            replace(place, text=" ".join(f"word{(number * 31 + index * (shift + 7)) % 900}" for index in range(60)))
            for number in range(600)
        ]

    started = time.process_time()
    list(alike(map(wording, many(0)), map(wording, many(1))))
    assert time.process_time() - started < 10


def test_a_file_of_the_last_manifest_is_found_where_its_folder_is_gone(tmp_path: Path) -> None:
    root = copy_of_norfolk(tmp_path)
    assert sealed_findings(root) == []
    built(root, "2018-06-12")
    (root / "output" / "2018-06-12").rename(root / "output" / "2018-03-13")
    manifest = root / "output" / "2018-03-13" / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("content/2018-06-12/", "content/2018-03-13/"))
    found = sealed_findings(root)
    assert found
    assert {each.code.id for each in found} == {"C301"}
    built(root, "2018-06-12")
    inputs = read_manifest((root / "output" / "2018-06-12" / "manifest.json").read_bytes()).inputs
    assert [each.name for each in inputs if each.role is Role.MANIFEST] == ["output/2018-03-13/manifest.json"]
    changed = root / found[0].at.file
    changed.write_text(changed.read_text(encoding="utf-8") + "\nMore was said in May 2018.\n", encoding="utf-8")
    assert [each.at.file for each in sealed_findings(root)] == [each.at.file for each in found[1:]]
    manifest.write_text("{", encoding="utf-8")
    assert sealed_findings(root) == []


def sealed_findings(root: Path) -> list[Diagnostic]:
    """What C301 finds in Norfolk's meeting, built or not."""
    world = World(root, Diagnostics())
    meeting = read_meeting(world, "2018-06-12", draft=True, diagnostics=Diagnostics(), progress=say_nothing)
    assert meeting is not None
    return [each for each in check_meeting(world, meeting, progress=say_nothing).findings if each.code.id == "C301"]
