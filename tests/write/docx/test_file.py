"""The file as a whole: properties, language, canonical bytes, and the guard over what arrived."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from docx.oxml.ns import nsmap, qn

from papergen import codes
from papergen.model.nodes import Text
from papergen.write.docx.footnotes import Footnotes
from papergen.write.docx.inlines import InlineWriter
from tests.support.every_node import every_node_paper, paper_of, paragraph
from tests.support.pages import page_of, parsed
from tests.support.word import PREFIXES, every_node, refused, replaced, simple, written

CORE = "docProps/core.xml"


def test_a_draft_says_so_in_its_properties() -> None:
    word = simple()
    assert word.values("//dc:title/text()", CORE) == ["Monitoring report of A&E <28 days (draft)"]
    assert word.values("//cp:contentStatus/text()", CORE) == ["Draft"]


def test_a_final_paper_has_its_properties_from_the_paper_alone() -> None:
    word = written(paper_of(paragraph("x"), draft=False))
    properties = {child.tag.rpartition("}")[2]: child.text for child in word.tree(CORE)}
    assert properties == {
        "title": "Monitoring report of A&E <28 days",
        "subject": "Testshire Police and Crime Panel, 2 February 2016",
        "creator": "Testshire County Council",
        "lastModifiedBy": "Testshire County Council",
        "language": "en-GB",
        "contentStatus": "Final",
        "revision": "1",
        "created": "2016-02-02T00:00:00Z",
        "modified": "2016-02-02T00:00:00Z",
    }


def test_importing_docxtpl_does_not_spoil_core_properties() -> None:
    """docxcompose, which docxtpl imports, puts another namespace under this prefix."""
    assert nsmap["cp"] == PREFIXES["cp"]
    assert simple().all("//cp:lastModifiedBy|//cp:revision", CORE)


def test_tags_in_the_templates_own_properties_are_not_filled() -> None:
    odd = replaced("Template: panel-report", "{{ nothing.of.the.sort }} &amp; more", part=CORE)
    assert written(paper_of(paragraph("x")), with_template=odd).values("//dc:title/text()", CORE)


def test_the_number_of_pages_is_that_of_the_pdf() -> None:
    word = written(paper_of(paragraph("x")), pages=12)
    assert word.values("//ep:Pages/text()", "docProps/app.xml") == ["12"]


def test_the_language_is_british_english_throughout() -> None:
    american = replaced("en-GB", "en-US", part="word/styles.xml")
    word = written(paper_of(paragraph("x")), with_template=american)
    assert word.values("//w:docDefaults//w:lang/@w:val", "word/styles.xml") == ["en-GB"]
    assert word.values("//w:themeFontLang/@w:val", "word/settings.xml") == ["en-GB"]


def test_what_papergen_writes_in_another_language_than_the_text_is_marked_in_two_editions() -> None:
    shown = Text(text="Against target", language="en-GB")
    paper = replace(paper_of(paragraph("Gweler ", shown)), language="cy")
    page = parsed(page_of(paper)).xpath("//*[@id='main']//*[@lang='en-GB']")
    assert [each.text_content() for each in page] == ["Against target"]
    runs = written(paper).values("//w:body//w:r[w:rPr/w:lang/@w:val='en-GB']/w:t/text()")
    assert runs == ["Against target"]


def test_the_archive_is_canonical() -> None:
    with zipfile.ZipFile(BytesIO(every_node().data)) as archive:
        names = archive.namelist()
        assert names[:2] == ["[Content_Types].xml", "_rels/.rels"]
        assert names[2:] == sorted(names[2:])
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_words_that_do_not_arrive_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    run = InlineWriter.run

    def forgetful(self: InlineWriter, text: str, *arguments: object, **options: object) -> object:
        return run(self, text.replace("<28", ""), *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(InlineWriter, "run", forgetful)
    (found,) = refused(paper_of(paragraph("A&E saw them in <28 days.")))
    assert found.code is codes.OUTPUT_LOST_TEXT
    assert "<28 days" in found.message


def test_a_note_that_does_not_arrive_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def forget(notes: Footnotes) -> None:
        for note in notes.root.findall(qn("w:footnote")):
            if note.get(qn("w:type")) is None:
                notes.root.remove(note)

    monkeypatch.setattr(Footnotes, "store", forget)
    assert {found.code for found in refused(every_node_paper())} == {codes.OUTPUT_LOST_TEXT}


def test_headings_that_word_would_number_otherwise_are_noticed() -> None:
    (section,) = paper_of(paragraph("x")).sections
    (found,) = refused(paper_of(sections=(replace(section, number="4"),)))
    assert found.code is codes.OUTPUT_LOST_TEXT


@pytest.mark.slow
def test_the_writer_leaves_nothing_behind_between_papers() -> None:
    first = written(every_node_paper()).data
    written(paper_of(paragraph("another")))
    assert written(every_node_paper()).data == first


@pytest.mark.parametrize("part", ["word/document.xml", "word/footnotes.xml"])
def test_paragraph_properties_are_in_the_order_of_the_schema(part: str) -> None:
    order = [
        *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "numPr", "spacing", "ind", "rPr"),
        "sectPr",
    ]
    for properties in every_node().all("//w:pPr", part):
        tags = [child.tag.rpartition("}")[2] for child in properties]
        assert tags == sorted(tags, key=order.index)
