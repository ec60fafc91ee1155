"""The same words, order and numbering in the model, in Word, in the PDF and on the web."""

from __future__ import annotations

import csv
import re
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from papergen.diagnostics import Diagnostics, Span
from papergen.model.nodes import Paper, PaperKind, Section
from papergen.model.walk import plain_text, walk_sections
from papergen.world import packaged_templates
from papergen.write.docx.writer import write_docx
from papergen.write.pdf.writer import lay_out
from papergen.write.text import paper_text
from tests.support.builds import Built
from tests.support.dresses import own_dress
from tests.support.every_node import every_node_paper
from tests.support.pages import finding, page_of
from tests.support.parity import found_lines, page_text, pdf_pages, squeezed, word_text

SHORT = 12


@pytest.fixture(scope="module", params=["sample", "fourshire", "harbour"])
def build(request: pytest.FixtureRequest, sample: Built, fourshire: Built, harbour: Built) -> Built:
    return {"sample": sample, "fourshire": fourshire, "harbour": harbour}[request.param]


def running(paper: Paper) -> list[str]:
    """What stands in the margins of the pages of a PDF."""
    name = re.escape(paper.fields["panel.name"])
    day = paper.fields["meeting.date"].replace("\u00a0", ".")
    return [rf"{name} · {day}( · .*)?( Draft)?", r"Page \d+( of \d+)?", "Draft"]


def test_a_build_has_no_findings_but_known_ones(build: Built) -> None:
    assert [str(found) for found in build.findings] == []
    attached = {each.file for paper in build.papers for each in paper.attachments}
    papers = {name for name in build.files if not name.endswith(".csv")} - attached
    assert papers == {f"{paper.name}.{ending}" for paper in build.papers for ending in ("pdf", "docx", "html")}


def test_word_holds_the_models_words_exactly(build: Built) -> None:
    for paper in build.papers:
        expected = paper_text(paper)
        found = word_text(build.data(f"{paper.name}.docx"))
        assert found.lines == tuple(line for line in expected.lines if line)
        assert found.notes == expected.notes


def test_the_web_page_holds_the_models_words_exactly(build: Built) -> None:
    for paper in build.papers:
        expected = paper_text(paper)
        found = page_text(build.data(f"{paper.name}.html"))
        assert found.lines == tuple(line for line in expected.lines if line)
        assert found.notes == expected.notes


def test_the_pdf_holds_the_models_words_in_order(build: Built) -> None:
    for paper in build.papers:
        expected = paper_text(paper)
        pages = pdf_pages(build.data(f"{paper.name}.pdf"))
        assert len(pages) == build.files[f"{paper.name}.pdf"].pages
        assert found_lines(pages, expected.lines, expected.notes, running(paper)).missing == ()


@pytest.mark.parametrize(
    ("kind", "table", "ids"),
    [
        (PaperKind.REPORT, "report-figures.csv", [f"R{number:02}" for number in range(1, 21)]),
        (PaperKind.APPENDIX, "appendix-figures.csv", [f"A{number:03}" for number in range(1, 107)]),
    ],
)
def test_published_figures_stand_under_their_headings_in_both_formats(
    kind: PaperKind, table: str, ids: list[str], sample: Built
) -> None:
    (paper,) = [paper for paper in sample.papers if paper.kind is kind]
    with (Path(__file__).parent / "data" / table).open(encoding="utf-8", newline="") as file:
        figures = list(csv.DictReader(file))
    assert [row["id"] for row in figures] == ids
    expected = paper_text(paper)
    word = word_text(sample.data(f"{paper.name}.docx")).lines
    pages = pdf_pages(sample.data(f"{paper.name}.pdf"))
    pdf = found_lines(pages, expected.lines, expected.notes, running(paper))
    missing = []
    for row in figures:
        printed = squeezed(row["printed"])
        (section,) = [each for each in walk_sections(paper.sections) if _is_under(row["heading"], each)]
        lines = paper_text(replace(paper, sections=(section,))).lines
        start = next(index for index in range(len(word)) if word[index : index + len(lines)] == lines)
        end = start + len(lines)
        if printed not in squeezed("".join(word[start + 1 : end])):
            missing.append(f"{row} in Word")
        if printed not in pdf.text[pdf.ends[start] : pdf.ends[end - 1]]:
            missing.append(f"{row} in the PDF")
    assert missing == []


def _is_under(heading: str, section: Section) -> bool:
    title = plain_text(section.title)
    return title == heading or title.startswith((f"{heading} –", f"{heading} ("))


# ---------------------------------------------------------------------------------------------------------------------
# A LibreOffice rendering of the Word papers


@pytest.fixture(scope="module")
def renderings(
    sample: Built, fourshire: Built, harbour: Built, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[Path, str], list[str]]:
    """The pages of each Word paper as LibreOffice sets them, by its workspace and its name."""
    folder = tmp_path_factory.mktemp("rendered")
    papers = {}
    for number, build in enumerate((sample, fourshire, harbour)):
        for paper in build.papers:
            file = folder / f"{number}-{paper.name}.docx"
            file.write_bytes(build.data(f"{paper.name}.docx"))
            papers[build.root, paper.name] = file
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), *map(str, papers.values())],
        capture_output=True,
        timeout=240,
        check=True,
    )
    return {which: pdf_pages(file.with_suffix(".pdf").read_bytes()) for which, file in papers.items()}


@pytest.fixture
def rendered(build: Built, renderings: dict[tuple[Path, str], list[str]]) -> dict[str, list[str]]:
    """The pages of each Word paper of a build, by the paper's name."""
    return {paper.name: renderings[build.root, paper.name] for paper in build.papers}


def test_headings_have_the_same_numbers_in_word(build: Built, rendered: dict[str, list[str]]) -> None:
    """Word counts its headings itself, so what it counts is held against the model's numbers."""
    for paper in build.papers:
        for section in walk_sections(paper.sections):
            assert pages_with_heading(rendered[paper.name], section), section.key


def pages_with_heading(pages: list[str], section: Section) -> list[int]:
    """The pages on which the heading stands, number and all, on a line of its own or over two.

    An entry of a contents list goes on after the words, so it is none.
    """
    wanted = squeezed(f"{_printed_number(section)}{plain_text(section.title)}")
    found: list[int] = []
    for index, page in enumerate(pages):
        lines = [squeezed(line) for line in page.splitlines()]
        if wanted in lines or any(first + second == wanted for first, second in pairwise(lines)):
            found.append(index)
    return found


def test_page_numbers_in_words_contents_are_where_the_headings_are(
    build: Built, rendered: dict[str, list[str]]
) -> None:
    """The numbers come from the PDF's layout; LibreOffice's own layout may differ from it by a page at most.

    Most are right in a short paper; in a long one the two layouts drift apart by that page.
    """
    papers = [paper for paper in build.papers if paper.contents_depth]
    assert papers
    for paper in papers:
        first = _first_page(build, paper)
        entries = [each for each in walk_sections(paper.sections) if each.level <= paper.contents_depth]
        contents = _contents(build, paper)
        assert len(contents) == len(entries)
        right = 0
        for section, (title, page) in zip(entries, contents, strict=True):
            assert squeezed(title) == squeezed(f"{_printed_number(section)}{plain_text(section.title)}")
            (real,) = [first + index for index in pages_with_heading(rendered[paper.name], section)]
            assert abs(page - real) <= 1, f"{title}: {page} in the contents, {real} rendered"
            right += page == real
        share = 0.75 if build.files[f"{paper.name}.pdf"].pages <= SHORT else 0.25
        assert right >= share * len(entries), f"only {right} of {len(entries)} entries are on the page they name"


def _printed_number(section: Section) -> str:
    return f"{section.number}." if section.number and "." not in section.number else section.number


def _first_page(build: Built, paper: Paper) -> int:
    first = build.papers[0].first_page
    if first is None:
        return 1
    before = build.papers[: [each.name for each in build.papers].index(paper.name)]
    return first + sum(build.files[f"{each.name}.pdf"].pages for each in before)


def _contents(build: Built, paper: Paper) -> list[tuple[str, int]]:
    """The cached entries of the contents list in the Word paper: title and page."""
    import io

    import docx

    document = docx.Document(io.BytesIO(build.data(f"{paper.name}.docx")))
    found: list[tuple[str, int]] = []
    for paragraph in document.paragraphs:
        if paragraph.style is not None and re.fullmatch("toc [1-4]", paragraph.style.name or "", re.IGNORECASE):
            title, _, page = paragraph.text.rpartition("\t")
            found.append((title, int(page)))
    return found


# ---------------------------------------------------------------------------------------------------------------------
# Every kind of node


@pytest.mark.slow
@pytest.mark.parametrize("draft", [True, False])
def test_every_kind_of_node_reaches_every_format(draft: bool) -> None:
    paper = replace(every_node_paper(), draft=draft)
    diagnostics = Diagnostics()
    templates = packaged_templates()
    laid_out = lay_out(
        paper,
        dress=own_dress(),
        diagnostics=diagnostics,
    )
    assert laid_out is not None
    pdf = laid_out.write(diagnostics)
    word = write_docx(
        paper,
        template=(templates / "panel-report.docx").read_bytes(),
        page_of=laid_out.page_of,
        pages=laid_out.pages,
        diagnostics=diagnostics,
    )
    assert not [str(found) for found in diagnostics]
    assert pdf is not None
    assert word is not None
    expected = paper_text(paper)
    lines = tuple(line for line in expected.lines if line)
    assert word_text(word).lines == lines
    assert word_text(word).notes == expected.notes
    page = page_text(page_of(paper, findings=[finding(Span("content/panel.yaml"))]).encode())
    assert page.lines == lines
    assert page.notes == expected.notes
    assert found_lines(pdf_pages(pdf.data), expected.lines, expected.notes, running(paper)).missing == ()
