"""Words carried over from the last meeting, words said twice, and data that have stopped."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergen.commands.check import check_meeting
from papergen.commands.steps import read_meeting
from papergen.diagnostics import Diagnostic, Diagnostics, Span
from papergen.language.likeness import alike, wording
from papergen.language.passages import Passage, Place
from papergen.manifest.record import Role, read_manifest
from papergen.model.nodes import Paper, PaperKind, Section
from papergen.world import World
from tests.check.proof import reading
from tests.check.sample import Sample
from tests.support.builds import built, copy_of_norfolk

# ---------------------------------------------------------------------------------------------------------------------
# The sample after December 2015


DRUGS = "panel-report/04-part-1/03-harm-from-drugs.md"


@pytest.fixture(scope="module")
def after_december(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return Sample(tmp_path_factory.mktemp("december"), before="2015-12-01")


@pytest.mark.slow
def test_the_sample_carries_nothing_over_from_december(after_december: Sample) -> None:
    found = after_december.with_edits({}, codes="C30")
    assert found.reading.previous
    assert found.places == []


@pytest.mark.slow
def test_paragraphs_of_december_are_found_in_the_sample(after_december: Sample) -> None:
    old = after_december.root / "content/2015-12-01/panel-report/02-part-1/03-harm-from-drugs.md"
    text = old.read_text(encoding="utf-8").replace("reviewed: 2015-11-20", "reviewed: 2016-01-25")
    text = text.replace("by January 2016", "by March 2016").replace("A drugs worker", "From now on a drugs worker")
    found = after_december.with_edits({DRUGS: (after_december.text(DRUGS), text)}, codes="C30")
    assert found.places == [(DRUGS, 7, "C301"), (DRUGS, 9, "C302"), (DRUGS, 11, "C302")]


# ---------------------------------------------------------------------------------------------------------------------
# Likeness


def passage(text: str) -> Passage:
    paper = Paper(name="p", kind=PaperKind.REPORT, title="P", template="p", fields={}, sections=())
    return Passage(text, (), (), (), Place.TEXT, Span("a.md", 5), Section(title=(), level=1), paper)


WORDS = st.lists(st.sampled_from("patrol town council money night officer court prison week plan".split()), max_size=40)  # noqa: SIM905


@given(WORDS, WORDS)
def test_likeness_never_fails_and_is_whole_only_for_the_same_words(first: list[str], second: list[str]) -> None:
    now, before = passage(" ".join(first)), passage(" ".join(second))
    found = list(alike([wording(now)], [wording(before)]))
    assert len(found) <= 1
    for each in found:
        assert 0.9 <= each.share <= 1
        assert (each.share == 1) == (first == second)


@pytest.mark.slow
def test_two_papers_of_sixty_pages_are_compared_in_a_moment() -> None:
    place = reading("Words.").passages[0]

    def many(shift: int) -> list[Passage]:
        return [
            replace(place, text=" ".join(f"word{(number * 31 + index * (shift + 7)) % 900}" for index in range(60)))
            for number in range(600)
        ]

    started = time.process_time()
    list(alike(map(wording, many(0)), map(wording, many(1))))
    assert time.process_time() - started < 10


@pytest.mark.slow
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
    meeting = read_meeting(world, "2018-06-12")
    assert meeting is not None
    return [each for each in check_meeting(meeting).findings if each.code.id == "C301"]
