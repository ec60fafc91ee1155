"""Letterheads of bodies that never heard of papergen, adopted by the command alone: every edition is sound.

Their PDFs are validated in ``test_pdf``, their pages in ``test_web``, each with all others in one run of a validator.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from papergen.write.text import paper_text
from tests.support.adopting import Adopted
from tests.support.browsing import DESK, PHONE, running_browser
from tests.support.every_node import every_node_paper
from tests.support.letterheads import part_of
from tests.support.parity import found_lines, page_text, pdf_pages, word_text
from tests.support.word_validators import ooxml_integrity_findings, openxml_audit_findings

pytestmark = pytest.mark.slow

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


def test_the_word_file_of_each_passes_its_validators(adopted: Mapping[str, Adopted]) -> None:
    for check in (openxml_audit_findings, ooxml_integrity_findings):
        for name, each in adopted.items():
            assert [found for found in check(each.word) if NO_LIST not in found] == [], name
            assert check(each.template) == [], name


def test_axe_finds_nothing_in_the_page_of_each(adopted: Mapping[str, Adopted], tmp_path: Path) -> None:
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
