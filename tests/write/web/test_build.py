"""Web pages as a build leaves them: beside the other editions, with a draft's findings in them and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from papergen.commands.build import build
from papergen.commands.request import BuildRequest
from papergen.diagnostics import Diagnostics
from papergen.world import World
from papergen.write.files import Format, MadeFile, Wanted
from tests.support.builds import Built, built, starter
from tests.support.pages import one, parsed
from tests.support.parity import page_text, pdf_pages, word_text

pytestmark = pytest.mark.slow

MEETING = "2026-03-12"
SLIP = "This sentence has has a slip."


@pytest.fixture(scope="module")
def slipped(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A small workspace with a doubled word, built as a draft."""
    root = starter(tmp_path_factory.mktemp("slipped"))
    file = root / "content" / MEETING / "panel-report" / "01-purpose.md"
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{SLIP}\n", encoding="utf-8")
    return built(root, MEETING)


def test_a_draft_shows_what_check_finds_beside_its_paragraph(slipped: Built) -> None:
    box = one(parsed(slipped.data("panel-report.html").decode()), "//main//div[@class='finding']")
    paragraph = box.getprevious()
    assert paragraph is not None
    assert paragraph.text == SLIP
    assert "C504 (warning)" in box.text_content()
    assert [found.code.id for found in slipped.findings] == ["C504"]


def test_findings_stay_out_of_word_and_pdf(slipped: Built) -> None:
    word = "\n".join(word_text(slipped.data("panel-report.docx")).lines)
    pdf = "\n".join(pdf_pages(slipped.data("panel-report.pdf")))
    page = "\n".join(page_text(slipped.data("panel-report.html")).lines)
    for words in (word, pdf, page):
        assert SLIP in words
        assert "C504" not in words
    assert b"C504" in slipped.data("panel-report.html")


def test_links_lead_to_files_that_are_there(slipped: Built) -> None:
    folder = slipped.folder
    for name in ("panel-report.html", "appendix-a.html"):
        links = {str(each.get("href")).partition("#")[0] for each in parsed(slipped.data(name).decode()).iter("a")}
        local = {link for link in links if link and ":" not in link}
        assert {name.replace(".html", ".pdf"), name.replace(".html", ".docx")} < local
        assert all((folder / link).is_file() for link in local)


def test_pages_alone_are_built_without_setting_the_pdf(slipped: Built, tmp_path: Path) -> None:
    files = _pages(slipped.root, tmp_path, final=False)
    assert {file.name for file in files if not file.name.endswith(".csv")} == {"panel-report.html", "appendix-a.html"}
    page = (tmp_path / MEETING / "partial" / "panel-report.html").read_text(encoding="utf-8")
    assert "C504" in page
    assert ".pdf" not in page.partition("</style>")[2]
    assert 'href="appendix-a.html"' in page


def test_a_final_page_is_no_draft(tmp_path: Path) -> None:
    files = _pages(starter(tmp_path / "workspace"), tmp_path / "output", final=True)
    pages = [file.data.decode() for file in files if file.name.endswith(".html")]
    assert len(pages) == 2
    for page in pages:
        assert "Draft" not in page.partition("</style>")[2]
        assert 'class="final"' in page or " final" in page


def _pages(root: Path, output: Path, *, final: bool) -> tuple[MadeFile, ...]:
    diagnostics = Diagnostics()
    request = BuildRequest(meeting=MEETING, output=output, wanted=Wanted(formats=frozenset({Format.HTML})), final=final)
    files = build(World(root, diagnostics), request).files
    assert not diagnostics.has_errors, [str(found) for found in diagnostics]
    return files
