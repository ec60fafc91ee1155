"""Words inside a paragraph: exactly as written, with their styles, links and notes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papergen import codes
from papergen.model.nodes import (
    CrossReference,
    Emphasis,
    Footnote,
    LineBreak,
    Link,
    List,
    ListItem,
    Section,
    Strong,
    Table,
    Text,
    Value,
)
from tests.support.every_node import paper_of, paragraph, table, words
from tests.support.word import refused, words_of, written

AWKWARD = [
    "Hereford’s A&E saw <28 days & £452,000, ‘no crimed’",
    "{{ meeting.date }} {% if x %} {# note #} {_{ these }_} {_% and %_}",
    "a\u00a0non-breaking space – a dash — and a soft\u00adhyphen",
    "  spaces   at both ends ",
    "<w:t>not XML</w:t> &amp; not escaped twice",
]


@pytest.mark.parametrize("text", AWKWARD)
def test_words_arrive_exactly(text: str) -> None:
    assert written(paper_of(paragraph(text))).paragraphs("BodyText") == [text]


@pytest.mark.slow
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), min_size=1))
def test_any_words_arrive_exactly(text: str) -> None:
    assert written(paper_of(paragraph(text))).paragraphs("BodyText") == [text]


@pytest.mark.parametrize("character", ["\x0b", "\ufffe", "\ud800", "\n", "\t"])
def test_a_character_that_xml_cannot_hold_is_a_diagnostic(character: str) -> None:
    (found,) = refused(paper_of(paragraph(f"before{character}after")))
    assert found.code is codes.OUTPUT_UNWRITABLE
    assert f"U+{ord(character):04X}" in found.message


def test_a_line_break_and_a_value_are_runs_of_their_own() -> None:
    value = Value(text="31\u00a0December 2015", expression="meeting.period.ends")
    word = written(paper_of(paragraph("one", LineBreak(), "two ", value)))
    runs = word.all("//w:p[w:pPr/w:pStyle/@w:val='BodyText']/w:r")
    assert [[child.tag.rpartition("}")[2] for child in run] for run in runs] == [["t"], ["br"], ["t"], ["t"]]
    assert words_of(runs[-1]) == "31\u00a0December 2015"


def test_strong_and_emphasis_are_character_styles_that_add_up() -> None:
    both = Strong(children=(Text(text="a"), Emphasis(children=words("b"))))
    word = written(paper_of(paragraph(both, Emphasis(children=words("c")))))
    assert word.values("//w:p[w:pPr/w:pStyle/@w:val='BodyText']/w:r/w:rPr/w:rStyle/@w:val") == [
        "Strong",
        "Strong",
        "Emphasis",
    ]
    assert [words_of(run) for run in word.all("//w:r[w:rPr/w:i]")] == ["b"]
    assert word.all("//w:p[w:pPr/w:pStyle/@w:val='BodyText']/w:r/w:rPr/w:b") == []


def test_strong_words_stay_bold_where_the_paragraph_is_bold() -> None:
    """Bold in a character style turns bold off in a bold paragraph."""
    section = Section(title=(Strong(children=words("Bold")),), level=1, key="a")
    word = written(paper_of(sections=(section,)))
    assert word.all("//w:p[w:pPr/w:pStyle/@w:val='Heading1']/w:r[w:rPr/w:rStyle/@w:val='Strong']/w:rPr/w:b")


def test_a_link_is_an_external_relationship() -> None:
    link = Link(href="https://example.org/a?b=1&c=2", children=(Text(text="a "), Strong(children=words("link"))))
    word = written(paper_of(paragraph(link)))
    (relation,) = word.values("//w:hyperlink/@r:id")
    (target,) = word.all(f"//rel:Relationship[@Id='{relation}']", "word/_rels/document.xml.rels")
    assert (target.get("Target"), target.get("TargetMode")) == ("https://example.org/a?b=1&c=2", "External")
    assert set(word.values("//w:hyperlink//w:rStyle/@w:val")) == {"Hyperlink"}


def test_a_reference_in_this_paper_leads_to_its_bookmark() -> None:
    word = written(
        paper_of(
            paragraph(
                CrossReference(target="only-section", label="section 1"), CrossReference(target="t", label="Table 1")
            ),
            table("t", 1, "Caption"),
        )
    )
    anchors = word.values("//w:hyperlink/@w:anchor")
    marked = {
        name: words_of(paragraph)
        for name in anchors
        for paragraph in word.all(f"//w:p[w:bookmarkStart/@w:name='{name}']")
    }
    assert [marked[name] for name in anchors] == ["Only section", "Table 1: Caption"]
    assert [words_of(link) for link in word.all("//w:hyperlink")] == ["section 1", "Table 1"]


def test_a_reference_to_another_paper_is_plain_words() -> None:
    word = written(paper_of(paragraph(CrossReference(target="x", label="Appendix A, section 2", paper="appendix-a"))))
    assert word.paragraphs("BodyText") == ["Appendix A, section 2"]
    assert word.all("//w:hyperlink") == []


def test_bookmarks_have_names_that_word_takes_and_that_differ() -> None:
    keys = ["a-b", "a_b", "x" * 60, "x" * 59 + "y", "2016", "é"]
    sections = tuple(Section(title=words(key), level=1, key=key) for key in keys)
    names = written(paper_of(sections=sections)).values("//w:bookmarkStart/@w:name")
    assert len({name.casefold() for name in names}) == len(keys)
    assert all(name[0].isalpha() and name.replace("_", "").isascii() and len(name) <= 40 for name in names)


def note(number: int, text: str) -> Footnote:
    return Footnote(number=number, blocks=(paragraph(text),))


def test_footnotes_are_native_and_in_order() -> None:
    first = paragraph("One", note(1, "First note"), " and two", note(2, "Second note"), ".")
    cell = Table(
        header=(words("Head"),), rows=(((note(3, "In a cell"),),),), alignments=table("t", 1, "c").alignments[:1]
    )
    word = written(paper_of(first, cell))
    marks = word.values("//w:footnoteReference/@w:id")
    assert marks == ["1", "2", "3"]
    notes = {
        each.get(f"{{{word.tree().nsmap['w']}}}id"): words_of(each)
        for each in word.all("//w:footnote", "word/footnotes.xml")
    }
    assert [notes[mark] for mark in marks] == [" First note", " Second note", " In a cell"]
    assert word.values("//w:footnote[@w:type]/@w:id", "word/footnotes.xml") == ["-1", "0"]
    assert word.values("//w:footnote[@w:id='1']//w:rStyle/@w:val", "word/footnotes.xml") == ["FootnoteReference"]


def test_a_footnote_holds_paragraphs_lists_and_links_of_its_own() -> None:
    listed = List(ordered=True, items=(ListItem(blocks=(paragraph("item"),)),))
    link = Link(href="https://example.org/", children=words("link"))
    footnote = Footnote(number=1, blocks=(paragraph("One ", Strong(children=words("bold"))), paragraph(link), listed))
    word = written(paper_of(paragraph("x", footnote)))
    assert word.paragraphs(part="word/footnotes.xml")[2:] == [" One bold", "link", "item"]
    assert word.all("//w:footnote//w:numPr", "word/footnotes.xml")
    assert "https://example.org/" in word.parts["word/_rels/footnotes.xml.rels"].decode()


def test_a_footnote_inside_a_footnote_is_a_diagnostic() -> None:
    (found,) = refused(paper_of(paragraph("x", Footnote(number=1, blocks=(paragraph("y", note(2, "z")),)))))
    assert found.code is codes.OUTPUT_UNWRITABLE
