"""The gate of PDF files: open to everyone (PDF/UA-1), kept for years (PDF/A-2a), and tagged as the paper is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pikepdf
import pytest

from papergen.model.nodes import Footnote, Paper, Paragraph, Table
from papergen.model.walk import find, plain_text, walk_sections
from papergen.write.html import shown_number
from papergen.write.text import paper_text
from tests.support.adopting import Adopted
from tests.support.builds import Built
from tests.support.every_node import every_node_paper
from tests.support.parity import squeezed
from tests.support.pdf_faults import (
    OUTLOUD_FAULTS,
    TAG_FAULTS,
    VERA_FAULTS,
    Fault,
    swap_first_rows,
    with_fault,
    with_words_run_together,
)
from tests.support.pdf_papers import crossing_paper, small_paper
from tests.support.pdf_tree import Element, Tagged, faults
from tests.support.pdf_validators import is_wrong, outloud, vera_pdf
from tests.support.setting import written

pytestmark = pytest.mark.slow

Papers = dict[str, tuple[Paper, bytes]]


@pytest.fixture(scope="module")
def papers(sample: Built, fourshire: Built, harbour: Built, norfolk: Built, laid_down: Built) -> Papers:
    """Each paper of the gate by its name, as a model and as a PDF."""
    found: Papers = {}
    for built in (sample, fourshire, harbour, norfolk, laid_down):
        for paper in built.papers:
            found[f"{built.root.name} {paper.name}"] = (paper, built.data(f"{paper.name}.pdf"))
    alone = {
        "every node": every_node_paper(),
        "in a pack": every_node_paper(first_page=90),
        "crossing": crossing_paper(),
        "small": small_paper(),
    }
    return found | {name: (paper, written(paper).data) for name, paper in alone.items()}


# ---------------------------------------------------------------------------------------------------------------------
# The validators


@pytest.fixture(scope="module")
def sound(papers: Papers, adopted: Mapping[str, Adopted]) -> dict[str, bytes]:
    """Each PDF that must pass: of every paper, and of the one with every kind of node on each letterhead."""
    of_papers = {name: data for name, (_, data) in papers.items()}
    return of_papers | {f"letterhead {name}": each.pdf for name, each in adopted.items()}


def test_vera_pdf_passes_every_paper_and_catches_every_fault(sound: dict[str, bytes], tmp_path: Path) -> None:
    faulty = {fault.__name__: with_fault(sound["small"], fault) for fault in VERA_FAULTS}
    broken = vera_pdf(sound | faulty, tmp_path)
    assert {each: rules for each, rules in broken.items() if rules and each[0] in sound} == {}
    for fault, (standard, rule) in VERA_FAULTS.items():
        assert any(each.startswith(rule) for each in broken[fault.__name__, standard]), fault.__name__


def test_outloud_finds_nothing_in_any_paper_and_catches_every_fault(sound: dict[str, bytes], tmp_path: Path) -> None:
    faulty = {fault.__name__: with_fault(sound["small"], fault) for fault in OUTLOUD_FAULTS}
    found = outloud(sound | faulty, tmp_path)
    told = [(name, each) for name in sound for each in found[name] if not is_wrong(each, sound[name])]
    assert told == []
    for fault, rule in OUTLOUD_FAULTS.items():
        assert rule in {each.rule for each in found[fault.__name__]}, fault.__name__


# ---------------------------------------------------------------------------------------------------------------------
# What the tags say, which no validator can know


def test_the_tags_of_every_paper_are_sound(papers: Papers) -> None:
    assert {name: found for name, (_, data) in papers.items() if (found := faults(data))} == {}


def body(data: bytes) -> Element:
    """The paper below its title block and contents list."""
    return [kid for kid in Tagged(data).root.kids if kid.kind == "Div"][-1]  # the lines of the head are another


INLINE = ("Link", "Span")


def lines(element: Element) -> Iterator[str]:
    """Each paragraph, heading, caption and cell, with the marks of notes as the model has them, without notes."""
    line = ""
    for each in element.holds:
        if isinstance(each, str):
            line += each
        elif each.kind in INLINE:
            line += each.words
        elif each.kind == "Reference":
            line += f"[^{each.words.strip()}]"
        elif each.kind not in ("Lbl", "Note", "Figure"):
            yield line
            line = ""
            yield from lines(each)
    yield line


def spaced(line: str) -> str:
    """A line with one space between words, however it was broken."""
    return " ".join(line.split())


def test_the_tags_hold_the_words_of_the_model_in_its_order(papers: Papers) -> None:
    for name, (paper, data) in papers.items():
        read = body(data)
        expected = paper_text(paper)
        numbers = [shown_number(section) for section in walk_sections(paper.sections)]
        headings = [each for each in read.walk() if re.fullmatch(r"H\d", each.kind)]
        paragraphs = [found.node for found in find((paper,), Paragraph) if found.node.number]
        printed = {each: shown_number(each) for each in paragraphs}
        starts = {
            squeezed(f"{number}{plain_text(each.inlines, mark='{}')}"): number for each, number in printed.items()
        }
        numbered = [each for each in read.walk() if each.kind == "P" and squeezed(each.words) in starts]
        assert len(numbered) == len(paragraphs), name
        numbers += [starts[squeezed(each.words)] for each in numbered]
        for heading, number in zip((*headings, *numbered), numbers, strict=True):
            assert squeezed(heading.words).startswith(squeezed(number)), name
            if number:
                first = heading.holds[0]
                assert isinstance(first, str)
                heading.holds[0] = first.strip().removeprefix(number)
        assert [spaced(line) for line in lines(read) if spaced(line)] == [
            spaced(line) for line in expected.lines if line
        ], name
        notes = [spaced(line) for note in read.all("Note") for line in lines(note) if spaced(line)]
        assert notes == [spaced(note) for note in expected.notes], name


def test_tables_and_notes_are_as_many_as_in_the_model(papers: Papers) -> None:
    for name, (paper, data) in papers.items():
        read = body(data)
        tables = [found.node for found in find((paper,), Table)]
        assert [len(each.all("TR")) for each in read.all("Table")] == [
            len(table.heads) + len(table.rows) for table in tables
        ], name
        assert len(read.all("Note")) == len(list(find((paper,), Footnote))), name


def test_nothing_of_the_margins_is_in_the_tags(papers: Papers) -> None:
    for name, (paper, data) in papers.items():
        tagged = Tagged(data)
        read = squeezed(tagged.root.words)
        assert f"{squeezed(paper.fields['panel.name'])}·" not in read, name
        assert not re.search(r"Page\d+of\d+", read), name
        content = tagged.pdf.pages[-1].obj.Contents.read_bytes()
        assert b"/Artifact\n<</Type /Pagination /Subtype /Header /Attached [/Top]>>\nBDC" in content, name
        assert b"/Artifact\n<</Type /Pagination /Subtype /Footer /Attached [/Bottom]>>\nBDC" in content, name


def test_a_note_follows_the_block_that_calls_it(papers: Papers) -> None:
    read = body(papers["crossing"][1])
    before: dict[str, str] = {}
    for element in read.walk():
        last = ""
        for kid in element.kids:
            if kid.kind == "Note":
                before[str(kid.entries["/ID"])] = last
            else:
                last = kid.kind
    kinds = {"note-1": "H2", "note-5": "P", "note-6": "P", "note-7": "Caption"}
    assert before == kinds | {f"note-{number}": "Table" for number in (2, 3, 4)}


def test_links_say_where_they_lead(papers: Papers) -> None:
    for name, page in (("every node", "1"), ("in a pack", "90")):
        tagged = Tagged(papers[name][1])
        said = [str(link.Contents) for each in tagged.pdf.pages for link in each.obj.get("/Annots", pikepdf.Array())]
        assert f"Text and lists, page {page}" in said
        assert f"section 2, page {int(page) + 1}" in said
        assert "a link: https://example.org/a?b=1&c=2" in said
        assert {"Note 1", "Back to the mark of note 1"} <= set(said)


def test_a_pack_has_the_page_numbers_that_it_prints(papers: Papers) -> None:
    tagged = Tagged(papers["in a pack"][1])
    labels = tagged.pdf.Root.PageLabels
    assert [int(labels.Nums[0]), int(labels.Nums[1].St)] == [0, 90]


# ---------------------------------------------------------------------------------------------------------------------
# Faults that our own reading of the tags must catch


@pytest.mark.parametrize("fault", TAG_FAULTS, ids=lambda fault: fault.__name__)
def test_our_own_reading_catches(fault: Fault, papers: Papers) -> None:
    assert any(TAG_FAULTS[fault] in found for found in faults(with_fault(papers["crossing"][1], fault)))


@pytest.mark.parametrize("fault", [swap_first_rows, with_words_run_together], ids=lambda fault: fault.__name__)
def test_words_that_are_not_as_in_the_model_are_caught(fault: Fault, papers: Papers) -> None:
    crossing = papers["crossing"][1]
    expected = [spaced(line) for line in lines(body(crossing))]
    assert [spaced(line) for line in lines(body(with_fault(crossing, fault)))] != expected
