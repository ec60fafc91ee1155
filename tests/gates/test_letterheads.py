"""Letterheads of bodies that never heard of papergen: adopted by the command alone, every edition is sound."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from papergen.cli.app import app
from papergen.diagnostics import Diagnostics
from papergen.write.docx.writer import write_docx
from papergen.write.dressing import dress
from papergen.write.pdf.writer import lay_out
from papergen.write.text import paper_text
from papergen.write.web import WrittenPapers, write_page
from tests.support.browsing import DESK, PHONE, running_browser
from tests.support.builds import REPOSITORY
from tests.support.every_node import FIELDS, every_node_paper
from tests.support.html_rules import broken_rules
from tests.support.letterheads import LETTERHEADS, part_of
from tests.support.parity import found_lines, page_text, pdf_pages, word_text
from tests.support.pdf_validators import is_wrong, outloud, vera_pdf
from tests.support.word_validators import ooxml_integrity_findings, openxml_audit_findings

pytestmark = pytest.mark.slow

RUN = CliRunner()
NO_LIST = "Numbering definition '0' referenced"
"""A validator takes the list 0 for a list that is missing; it takes a paragraph out of its style's list (17.9.18)."""
FIXED = {
    "crest": (
        "NOT PROTECTIVELY MARKED",
        "The Police and Crime Panel",
        "The Chief Executive",
        "County Hall, Testford TS1 1AA",
    ),
    "google": ("Panel Secretariat",),
    "band": ("Office of the Police and Crime Commissioner", "OPCC Testshire"),
    "serif": ("Testshire Police and Crime Panel",),
    "landscape": ("Of the Police and Crime Panel",),
    "old": (
        *("A cover of the Shire", "Shire Hall", "Oldford OF1 1AA", "Oldshire Authority"),
        *("This report asks the panel to", "note it", "agree it"),
    ),
}
"""The words that each letterhead prints around every paper."""
RUNNING = (
    r"Page \d+( of \d+)?",
    r"\d+",
    "Draft",
    *(words for each in FIXED.values() for words in each),
    r"County Hall.*",
)


@dataclass(frozen=True)
class Adopted:
    """A template that the command made of a letterhead, and the paper with every kind of node in its editions."""

    template: bytes
    word: bytes
    pdf: bytes
    page: str


@pytest.fixture(scope="module")
def adopted(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Adopted]:
    """Each letterhead, adopted."""
    return {name: _adopted(make(), tmp_path_factory.mktemp(name)) for name, make in LETTERHEADS.items()}


def _adopted(letterhead: bytes, folder: Path) -> Adopted:
    shutil.copytree(REPOSITORY / "papergen" / "starter" / "panel", folder / "panel")
    file = folder / "letterhead.docx"
    file.write_bytes(letterhead)
    done = RUN.invoke(app, ["template", "adopt", str(file), "--workspace", str(folder / "panel")])
    assert done.exit_code == 0, done.output
    assert file.read_bytes() == letterhead
    template = (folder / "panel" / "templates" / "panel-report.docx").read_bytes()
    found, paper = Diagnostics(), every_node_paper()
    made = dress("templates/panel-report.docx", template, fields=FIELDS, fonts={}, diagnostics=found)
    assert made is not None, [str(each) for each in found]
    pages = lay_out(paper, dress=made, diagnostics=found)
    assert pages is not None, [str(each) for each in found]
    pdf = pages.write(found)
    word = write_docx(paper, template=template, page_of=pages.page_of, pages=pages.pages, diagnostics=found)
    page = write_page(paper, dress=made, beside=WrittenPapers((paper,), ()), findings=(), diagnostics=found)
    assert not found.has_errors, [str(each) for each in found]
    assert pdf is not None
    assert word is not None
    assert page is not None
    return Adopted(template, word, pdf.data, page.decode())


def test_the_pdf_of_each_passes_its_validators(adopted: Mapping[str, Adopted], tmp_path: Path) -> None:
    papers = {name: each.pdf for name, each in adopted.items()}
    assert {each: rules for each, rules in vera_pdf(papers, tmp_path).items() if rules} == {}
    found = outloud(papers, tmp_path)
    assert [(name, each) for name in papers for each in found[name] if not is_wrong(each, papers[name])] == []


def test_the_word_file_of_each_passes_its_validators(adopted: Mapping[str, Adopted]) -> None:
    for check in (openxml_audit_findings, ooxml_integrity_findings):
        for name, each in adopted.items():
            assert [found for found in check(each.word) if NO_LIST not in found] == [], name
            assert check(each.template) == [], name


def test_the_page_of_each_passes_its_validators(adopted: Mapping[str, Adopted], tmp_path: Path) -> None:
    assert broken_rules({name: each.page for name, each in adopted.items()}, tmp_path) == {}
    with running_browser(tmp_path) as browser:
        for width, dark in ((DESK, False), (PHONE, True)):
            for name, each in adopted.items():
                seen = browser.look(each.page, width=width, dark=dark)
                assert seen.violations == (), (name, width, dark)
                assert seen.needed <= width, (name, width)


def test_the_words_of_each_are_the_same_in_every_edition(adopted: Mapping[str, Adopted]) -> None:
    expected = paper_text(every_node_paper())
    for name, each in adopted.items():
        found = page_text(each.page.encode())
        assert found.lines == tuple(line for line in expected.lines if line), name
        assert found.notes == expected.notes, name
        pages = pdf_pages(each.pdf)
        assert found_lines(pages, expected.lines, expected.notes, RUNNING).missing == (), name
        assert "Monitoring report of A" in pages[1 if name == "old" else 0]  # below its cover
        lines = word_text(each.word).lines
        assert tuple(line for line in lines if line in expected.lines)[-1] == expected.lines[-1]
        in_word = "".join(part_of(each.word, f"word/{part}.xml") for part in _parts(each.word))
        for words in FIXED[name]:
            assert words in in_word, (name, words)
            assert each.page.count(words) >= 1, (name, words)
            assert words in "\n".join(pages), (name, words)


def _parts(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        every = (name.removeprefix("word/").removesuffix(".xml") for name in archive.namelist())
        return [name for name in every if name.startswith(("document", "header", "footer"))]
