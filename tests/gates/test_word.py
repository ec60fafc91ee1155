"""Every Word paper and template passes every validator; each validator catches the fault that is seeded for it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.support.builds import Built, starter
from tests.support.word import TEMPLATES, every_node
from tests.support.word_validators import (
    docx_plus_findings,
    docxtpl_lint_findings,
    ooxml_integrity_findings,
    openxml_audit_findings,
    own_findings,
    own_template_findings,
)

pytestmark = pytest.mark.slow

Validator = Callable[[bytes], list[str]]

OF_PAPERS: tuple[Validator, ...] = (
    openxml_audit_findings,
    ooxml_integrity_findings,
    docx_plus_findings,
    own_findings,
)
OF_TEMPLATES: tuple[Validator, ...] = (
    openxml_audit_findings,
    ooxml_integrity_findings,
    docxtpl_lint_findings,
    own_template_findings,
)


@pytest.fixture(scope="module")
def papers(sample: Built, fourshire: Built, harbour: Built, norfolk: Built, laid_down: Built) -> Mapping[str, bytes]:
    """The Word papers of every workspace, of what ``papergen init`` lays down, and the one with every kind of node."""
    builds = {"sample": sample, "fourshire": fourshire, "harbour": harbour, "norfolk": norfolk, "starter": laid_down}
    found = {
        f"{name}/{file}": build.data(file)
        for name, build in builds.items()
        for file in build.files
        if file.endswith(".docx")
    }
    assert {name.partition("/")[0] for name in found} == set(builds)
    return {**found, "every node": every_node().data}


@pytest.mark.parametrize("validator", OF_PAPERS)
def test_every_paper_passes(validator: Validator, papers: Mapping[str, bytes]) -> None:
    assert {name: found for name, data in papers.items() if (found := validator(data))} == {}


@pytest.mark.parametrize("validator", OF_TEMPLATES)
def test_every_template_passes(validator: Validator, tmp_path: Path) -> None:
    laid_down = [*TEMPLATES.glob("*.docx"), *(starter(tmp_path) / "templates").glob("*.docx")]
    assert len(laid_down) >= 2
    assert {path.name: found for path in laid_down if (found := validator(path.read_bytes()))} == {}


# ---------------------------------------------------------------------------------------------------------------------
# Seeded faults


def broken(data: bytes, part: str, old: str, new: str) -> bytes:
    """A file with one place of one of its parts rewritten."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == part:
                changed = re.sub(old, new, text.decode(), count=1, flags=re.DOTALL).encode()
                assert changed != text, "the change changed nothing"
                text = changed
            target.writestr(name, text)
    return made.getvalue()


DOCUMENT, STYLES, RELATIONS = "word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"


@pytest.mark.parametrize(
    ("validator", "part", "old", "new", "words"),
    [
        (openxml_audit_findings, DOCUMENT, "<w:r><w:t>", "<w:r><w:p/><w:t>", "p"),
        (openxml_audit_findings, DOCUMENT, r"(<w:keepNext/>)(<w:numPr>.*?</w:numPr>)", r"\2\1", "keepNext"),
        (openxml_audit_findings, DOCUMENT, 'w:val="nextPage"', 'w:val="overleaf"', "overleaf"),
        (ooxml_integrity_findings, RELATIONS, r'Target="media/image1\.png"', 'Target="media/gone.png"', "gone.png"),
        (
            ooxml_integrity_findings,
            DOCUMENT,
            r'<w:footnoteReference w:id="1"/>',
            '<w:footnoteReference w:id="9"/>',
            "9",
        ),
        (own_findings, DOCUMENT, '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "", "is not closed"),
        (docx_plus_findings, DOCUMENT, r"PAGEREF at_money", "PAGEREF at_nowhere", "broken-cross-reference"),
        (docx_plus_findings, DOCUMENT, '<w:pStyle w:val="Heading2"/>', '<w:pStyle w:val="Heading4"/>', "heading-level"),
        (docx_plus_findings, DOCUMENT, ">Quoted words.<", ">Quoted  words.<", "double-space"),
        (docx_plus_findings, DOCUMENT, ">Quoted words.<", ">- Quoted words.<", "manual-list"),
        (docx_plus_findings, DOCUMENT, "<w:r><w:t>", '<w:r><w:rPr><w:lang w:val="fr-FR"/></w:rPr><w:t>', "mixed-lang"),
        (own_findings, DOCUMENT, 'descr="A plain box"', 'descr=""', "alternative text"),
        (own_findings, DOCUMENT, '<wp:docPr id="2"', '<wp:docPr id="1"', "drawing id"),
        (own_findings, DOCUMENT, "<w:tblHeader/>", "", "header row"),
    ],
)
def test_a_validator_catches_its_seeded_fault(validator: Validator, part: str, old: str, new: str, words: str) -> None:
    found = validator(broken(every_node().data, part, old, new))
    assert any(words in each for each in found), found


@pytest.mark.parametrize(
    ("validator", "part", "old", "new", "words"),
    [
        (docxtpl_lint_findings, DOCUMENT, r"\{\{ paper\.title \}\}", "{{ paper.title", "DTL001"),
        (docxtpl_lint_findings, DOCUMENT, r"\{%p endif %\}", "", "DTL101"),
        (docxtpl_lint_findings, DOCUMENT, r"\{\{p body \}\}", "lost {%p if x %}", "DTL"),
        (own_template_findings, STYLES, "<w:rPr>(?!<w:rFonts)", '<w:rPr><w:lang w:val="en-US"/>', "language"),
        (openxml_audit_findings, STYLES, '<w:basedOn w:val="Normal"/>', '<w:basedOn w:wrong="x"/>', "wrong"),
        (ooxml_integrity_findings, RELATIONS, r'Target="header1\.xml"', 'Target="header9.xml"', "header9.xml"),
    ],
)
def test_a_validator_catches_its_seeded_fault_in_a_template(
    validator: Validator, part: str, old: str, new: str, words: str
) -> None:
    found = validator(broken((TEMPLATES / "panel-report.docx").read_bytes(), part, old, new))
    assert any(words in each for each in found), found
