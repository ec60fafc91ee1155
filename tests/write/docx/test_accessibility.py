"""Faults that validators of the format let pass: each is seeded into a sound paper or template, and found there."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from papergen import codes
from papergen.diagnostics import Diagnostics
from papergen.model.nodes import Figure
from papergen.write.docx.accessibility import paper_faults
from papergen.write.docx.preflight import check_template
from papergen.write.docx.writer import write_docx
from papergen.write.docx.xml import el
from tests.support.every_node import FIELDS, paper_of, paragraph, picture, table, words
from tests.support.word import changed, every_node, refused, replaced, template, written

DOCUMENT, STYLES, SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"
CORE = "docProps/core.xml"
FOOTNOTES = "word/footnotes.xml"

Change = Callable[[str], str]


def broken(part: str, change: Change) -> bytes:
    """The paper with every kind of node, with one of its parts rewritten."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(every_node().data)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                assert change(data.decode()) != data.decode(), "the change changed nothing"
                data = change(data.decode()).encode()
            target.writestr(name, data)
    return made.getvalue()


def put(old: str, new: str, count: int = 1) -> Change:
    return lambda text: text.replace(old, new, count)


def drop(pattern: str, count: int = 1) -> Change:
    return lambda text: re.sub(pattern, "", text, count=count)


def before_end(xml: str) -> Change:
    return lambda text: re.sub(r"(<w:sectPr(?:(?!<w:sectPr).)*</w:body>)", rf"{xml}\1", text, flags=re.DOTALL)


def in_body_cell(xml: str) -> Change:
    return lambda text: re.sub(r"<w:tcPr>(?=(?:(?!<w:tcPr>).)*Cell 2\.2)", f"<w:tcPr>{xml}", text, count=1)


def every_kind(data: bytes) -> Counter[str]:
    return Counter(fault.kind for fault in paper_faults(data, language="en-GB", others=("cy-GB",)))


@cache
def asked_for() -> Counter[str]:
    return every_kind(every_node().data)


def kinds(data: bytes) -> list[str]:
    """The kinds of fault beyond those that the author of every node asked for."""
    return list((every_kind(data) - asked_for()).elements())


def test_a_paper_with_every_kind_of_node_has_the_faults_that_its_author_asked_for() -> None:
    """A section row leaves its other cells empty, and a table is declared to have no header."""
    assert sorted(asked_for()) == ["empty cell", "header row"]


EMPTY = '<w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr></w:p>'
TYPED = "<w:p><w:r><w:t>•</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>Item</w:t></w:r></w:p>"
CAPTION_NUMBER = r"(?<=\* ARABIC </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>)<w:r>.*?</w:r>"
VML = (
    '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" id="logo"><v:imagedata/></v:shape></w:pict>'
    "</w:r></w:p>"
)


@pytest.mark.parametrize(
    ("kind", "part", "change"),
    [
        ("alternative text", DOCUMENT, put('descr="A plain box"', 'descr=" "')),
        ("alternative text", DOCUMENT, put("adec:decorative ", "adec:forgotten ")),
        ("alternative text", DOCUMENT, before_end(VML)),
        ("drawing id", DOCUMENT, put('<wp:docPr id="2"', '<wp:docPr id="1"')),
        ("bookmark", DOCUMENT, put('w:name="at_money"', 'w:name="at_sums"')),
        ("bookmark", DOCUMENT, drop(r"<w:bookmarkEnd [^>]*/>")),
        ("header row", DOCUMENT, drop("<w:tblHeader/>")),
        ("header row", DOCUMENT, put("<w:tblHeader/>", '<w:tblHeader w:val="0"/>')),
        ("row that splits", DOCUMENT, drop("<w:cantSplit/>")),
        ("merged cell", DOCUMENT, in_body_cell('<w:gridSpan w:val="2"/>')),
        ("merged cell", DOCUMENT, in_body_cell('<w:vMerge w:val="restart"/>')),
        ("empty cell", DOCUMENT, put("Cell 2.2", "")),
        ("heading step", DOCUMENT, put('<w:pStyle w:val="Heading2"/>', '<w:pStyle w:val="Heading4"/>')),
        ("heading step", DOCUMENT, put('<w:pStyle w:val="Heading1"/>', '<w:pStyle w:val="Heading2"/>')),
        ("language", STYLES, put('<w:lang w:val="en-GB"', '<w:lang w:val="en-US"')),
        ("language", STYLES, put("<w:rPr><w:b/>", '<w:rPr><w:lang w:val="fr-FR"/><w:b/>')),
        ("language", SETTINGS, put('<w:themeFontLang w:val="en-GB"', '<w:themeFontLang w:val="en-US"')),
        ("language", DOCUMENT, put("<w:r><w:t>", '<w:r><w:rPr><w:lang w:val="fr-FR"/></w:rPr><w:t>')),
        ("language", CORE, put(">en-GB<", ">en-US<")),
        ("property", CORE, drop("<dc:title>.*?</dc:title>")),
        ("property", CORE, drop("<dc:subject>.*?</dc:subject>")),
        ("property", CORE, put("http://schemas.openxmlformats.org/package/2006/metadata/core-properties", "urn:x")),
        ("typed list", DOCUMENT, before_end(TYPED + TYPED)),
        ("typed list", DOCUMENT, before_end((TYPED + TYPED).replace("•", "1."))),
        ("field", SETTINGS, put("<w:zoom", '<w:updateFields w:val="true"/><w:zoom')),
        ("field", DOCUMENT, drop(r'<w:r><w:fldChar w:fldCharType="end"/></w:r>')),
        ("field", DOCUMENT, drop(r'<w:r><w:fldChar w:fldCharType="begin"/></w:r>')),
        ("field", DOCUMENT, drop(CAPTION_NUMBER)),
        ("empty paragraph", DOCUMENT, before_end(EMPTY)),
        ("empty paragraph", DOCUMENT, before_end(EMPTY.replace("BodyText", "Spacer") * 2)),
        ("footnote", DOCUMENT, drop('<w:footnoteReference w:id="1"/>')),
        ("footnote", FOOTNOTES, put('<w:footnote w:id="1">', '<w:footnote w:id="7">')),
    ],
)
def test_a_fault_is_found(kind: str, part: str, change: Change) -> None:
    found = kinds(broken(part, change))
    assert set(found) == {kind}, found


def test_a_heading_without_words_is_found() -> None:
    assert set(kinds(broken(DOCUMENT, put(">Third level<", "> <")))) == {"heading step", "empty paragraph"}


def test_one_paragraph_that_begins_with_a_dash_is_no_list() -> None:
    assert kinds(broken(DOCUMENT, before_end(TYPED))) == []


def test_a_fault_of_papergens_own_stops_the_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("papergen.write.docx.figures.decorative_mark", lambda: el("a:extLst"))
    (found,) = refused(paper_of(Figure(picture=picture(), alternative=())))
    assert found.code is codes.WORD_ACCESS
    assert "has no alternative text" in found.message
    assert "fault in papergen" in found.hint


def test_what_an_officer_left_empty_is_not_called_papergens_fault() -> None:
    """The rules over the Markdown tell it, with its line."""
    made = table("t", 1, "Words")
    blank = (made.rows[0][0], (), *made.rows[0][2:])
    data = written(paper_of(replace(made, rows=(blank, *made.rows[1:])))).data
    assert list(every_kind(data)) == ["empty cell"]


# ---------------------------------------------------------------------------------------------------------------------
# Templates


LOGO = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:docPr id="1" name="Crest"/></wp:inline></w:drawing></w:r>'
)
LETTERHEAD = "<w:tbl><w:tblPr/><w:tr><w:tc><w:p><w:r><w:t>Crest</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"


def told(data: bytes) -> list[tuple[str, str, str]]:
    diagnostics = Diagnostics()
    check_template("templates/x.docx", data, fields=FIELDS, diagnostics=diagnostics)
    assert not diagnostics.has_errors
    return [(found.code.id, found.message, found.hint) for found in diagnostics]


def in_header(xml: str, *, before: str = "</w:p>") -> bytes:
    return replaced(before, f"{xml}{before}", part="word/header1.xml")


@pytest.mark.parametrize("name", ["panel-report", "appendix"])
def test_the_templates_that_come_with_papergen_have_no_faults(name: str) -> None:
    assert told(template(name)) == []


def test_a_crest_without_alternative_text_is_told() -> None:
    ((code, message, hint),) = told(in_header(LOGO))
    assert code == "T109"
    assert message == ("The picture “Crest” in the header has no alternative text, and is not marked as decorative.")
    assert "View Alt Text" in hint


def test_a_letterhead_that_is_a_table_is_told() -> None:
    found = told(in_header(LETTERHEAD, before="<w:p>"))
    assert [message.partition("”")[2] for _, message, _ in found] == [
        " has no header row, so a screen reader cannot say what a cell is about.",
        " has rows that a page break may split.",
    ]


def test_a_style_in_another_language_is_told() -> None:
    data = changed(
        "word/styles.xml",
        lambda text: text.replace(
            'w:styleId="Quote"><w:name w:val="Quote"/>', 'w:styleId="Quote"><w:name w:val="Quote"/><w:rPr/>'
        ).replace("<w:rPr/>", '<w:rPr><w:lang w:val="en-US"/></w:rPr>', 1),
    )
    ((_, message, _),) = told(data)
    assert message.startswith("Words or styles in the styles are marked as language en-US")


def test_what_the_writer_sets_anew_is_no_fault_of_a_template() -> None:
    assert told(replaced("<w:zoom", '<w:updateFields w:val="true"/><w:zoom', part=SETTINGS)) == []
    assert told(replaced('<w:themeFontLang w:val="en-GB"', '<w:themeFontLang w:val="en-US"', part=SETTINGS)) == []


def test_a_paper_is_written_with_such_a_template_and_its_fault_is_told_once() -> None:
    diagnostics = Diagnostics()
    paper = paper_of(paragraph(*words("x")))
    assert write_docx(
        paper, template=in_header(LETTERHEAD, before="<w:p>"), page_of={}, pages=1, diagnostics=diagnostics
    )
    assert [found.code for found in diagnostics] == [codes.TEMPLATE_ACCESS] * 2
