"""Sections of Word: columns, landscape pages, page numbers, headers and footers; and the contents list."""

from __future__ import annotations

from dataclasses import replace

from papergen.model.nodes import Beside, Landscape, PageBreak, Section
from tests.support.blocks import figure, items
from tests.support.every_node import FIELDS, every_node_paper, paper_of, paragraph, table, words
from tests.support.word import Word, every_node, replaced, simple, value, words_of, written

PAGES = {"text-and-lists": 1, "everything": 2, "money": 3}


def layouts(word: Word) -> list[tuple[str, str, str]]:
    """How each section starts, its orientation and its number of columns."""
    return [
        (value(section, "w:type/@w:val"), value(section, "w:pgSz/@w:orient"), value(section, "w:cols/@w:num"))
        for section in word.all("//w:sectPr")
    ]


# ---------------------------------------------------------------------------------------------------------------------
# Text beside an exhibit


def test_text_beside_a_figure_runs_around_a_frame() -> None:
    word = written(
        paper_of(paragraph("before"), Beside(exhibit=figure(), blocks=(paragraph("beside"),)), paragraph("x"))
    )
    assert len(layouts(word)) == 1
    framed = word.all("//w:p[w:pPr/w:framePr]")
    assert [value(each, "w:pPr/w:pStyle/@w:val") for each in framed] == ["Figure", "FigureCaption"]
    assert {value(each, "w:pPr/w:framePr/@w:w") for each in framed} == {str((9072 - 454) // 2)}
    following = word.all("//w:p[preceding-sibling::*[1]/w:pPr/w:framePr][not(w:pPr/w:framePr)]")
    assert [words_of(each) for each in following] == ["beside"]
    assert word.all("//wp:inline")
    assert word.all("//wp:anchor") == []


def test_words_after_a_frame_begin_below_it() -> None:
    word = written(paper_of(Beside(exhibit=figure(), blocks=(paragraph("beside"),)), paragraph("x")))
    (below,) = word.all("//w:p[w:r/w:br/@w:clear='all']")
    assert value(below, "w:pPr/w:pStyle/@w:val") == "Spacer"
    previous = below.getprevious()
    assert previous is not None
    assert words_of(previous) == "beside"


def test_words_beside_a_frame_keep_the_room_that_it_needs() -> None:
    """Otherwise they could stay at the foot of a page on which the frame finds no room."""
    tall, low = figure(300, 400), figure(300, 20)
    word = written(paper_of(Beside(exhibit=tall, blocks=(paragraph("one"), paragraph("two")))))
    kept = word.all("//w:p[not(w:pPr/w:framePr)][w:pPr/w:keepNext and w:pPr/w:keepLines]")
    assert [words_of(each) for each in kept] == ["one", "two"]
    assert int(value(kept[-1], "w:pPr/w:spacing/@w:after")) > 3000
    long = written(paper_of(Beside(exhibit=low, blocks=(paragraph("long words " * 60), paragraph("two")))))
    assert [words_of(each) for each in long.all("//w:p[w:pPr/w:keepNext and w:pPr/w:keepLines][w:r/w:t]")] == []


def test_a_half_width_table_fits_its_column() -> None:
    word = written(paper_of(Beside(exhibit=table("t", 1, "Small", 2), blocks=(paragraph("beside"),)), paragraph("x")))
    assert sum(int(width) for width in word.values("//w:gridCol/@w:w")) == (9072 - 454) // 2


def test_text_beside_a_table_stands_in_the_second_of_two_columns() -> None:
    beside = Beside(exhibit=table("t", 1, "Small", 2), blocks=(paragraph("beside"),))
    word = written(paper_of(paragraph("before"), beside, paragraph("x")))
    assert layouts(word) == [("", "", ""), ("continuous", "", "2"), ("continuous", "", "")]
    (broken,) = word.all("//w:p[w:r/w:br/@w:type='column']")
    assert words_of(broken) == "beside"


def test_a_list_beside_a_table_begins_in_the_second_column() -> None:
    word = written(paper_of(Beside(exhibit=table("t", 1, "Small", 2), blocks=(items("one"),)), paragraph("x")))
    assert word.values("//w:p[w:r/w:br/@w:type='column']/w:pPr/w:pStyle/@w:val") == ["Spacer"]


def test_two_exhibits_with_text_follow_each_other_without_a_gap_between_sections() -> None:
    one, two = (Beside(exhibit=table(key, 1, "Small", 2), blocks=(paragraph("beside"),)) for key in ("a", "b"))
    assert [columns for _, _, columns in layouts(written(paper_of(one, two, paragraph("x"))))] == [
        "",
        "2",
        "2",
        "",
    ]


def test_a_paper_may_end_beside_a_table() -> None:
    word = written(paper_of(Beside(exhibit=table("t", 1, "Small", 2), blocks=(paragraph("beside"),))))
    assert layouts(word) == [("", "", ""), ("continuous", "", "2")]


def test_a_page_break_before_columns_starts_them_on_a_new_page() -> None:
    beside = Beside(exhibit=table("t", 1, "Small", 2), blocks=(paragraph("beside"),))
    word = written(paper_of(paragraph("a"), PageBreak(), beside, paragraph("x")))
    assert layouts(word)[1] == ("nextPage", "", "2")
    assert word.all("//w:pageBreakBefore") == []


def test_a_page_break_before_a_frame_is_that_of_the_words_beside() -> None:
    word = written(
        paper_of(paragraph("a"), PageBreak(), Beside(exhibit=figure(), blocks=(paragraph("beside"),)), paragraph("x"))
    )
    (broken,) = word.all("//w:p[w:pPr/w:pageBreakBefore]")
    assert words_of(broken) == "beside"


# ---------------------------------------------------------------------------------------------------------------------
# Landscape


def test_a_landscape_section_has_turned_pages_and_the_same_headers() -> None:
    word = written(paper_of(Landscape(blocks=(table("t", 1, "Wide", 8),)), paragraph("upright")))
    assert layouts(word) == [("", "", ""), ("nextPage", "landscape", ""), ("nextPage", "", "")]
    (turned,) = word.all("//w:sectPr[w:pgSz/@w:orient]/w:pgSz")
    assert (turned.get(f"{{{turned.nsmap['w']}}}w"), turned.get(f"{{{turned.nsmap['w']}}}h")) == ("16838", "11906")
    assert sum(int(width) for width in word.values("//w:gridCol/@w:w")) == 16838 - 2 * 1417
    assert len(word.all("//w:sectPr[w:headerReference[@w:type='default']][w:footerReference[@w:type='default']]")) == 3


def test_headers_on_landscape_pages_reach_the_right_margin() -> None:
    word = written(paper_of(Landscape(blocks=(paragraph("wide"),)), paragraph("upright")))
    (relation,) = word.values("//w:sectPr[w:pgSz/@w:orient]/w:headerReference/@r:id")
    (target,) = word.values(f"//rel:Relationship[@Id='{relation}']/@Target", "word/_rels/document.xml.rels")
    part = f"word/{target}"
    assert word.values("//w:tab[@w:val='right']/@w:pos", part) == [str(16838 - 2 * 1417)]
    assert word.paragraphs(part=part) == word.paragraphs(part="word/header1.xml")


def test_what_stands_at_the_right_margin_follows_margins_that_somebody_has_changed() -> None:
    narrow = replaced('w:left="1417"', 'w:left="2268"')
    width = 11906 - 2268 - 1417
    word = written(paper_of(Landscape(blocks=(paragraph("wide"),)), paragraph("upright")), with_template=narrow)
    (meeting,) = word.all("//w:p[w:pPr/w:pStyle/@w:val='MeetingLine']")
    assert value(meeting, "w:pPr/w:tabs/w:tab[@w:val='right']/@w:pos") == str(width)
    assert value(meeting, "w:pPr/w:tabs/w:tab[@w:val='clear']/@w:pos") == "9072"
    headers = [part for part in word.parts if part.startswith("word/header")]
    stops = {at for part in headers for at in word.values("//w:tab[@w:val='right']/@w:pos", part)}
    assert stops == {str(width), str(16838 - 2268 - 1417)}


def test_a_landscape_paper_may_end_so() -> None:
    word = written(paper_of(paragraph("a"), Landscape(blocks=(paragraph("wide"),))))
    assert layouts(word) == [("", "", ""), ("nextPage", "landscape", "")]


def test_a_page_break_after_landscape_pages_leaves_no_empty_page() -> None:
    word = written(paper_of(Landscape(blocks=(paragraph("wide"),)), PageBreak(), paragraph("upright")))
    assert word.all("//w:pageBreakBefore") == []


def test_only_the_first_section_has_the_first_page_header() -> None:
    word = written(paper_of(Landscape(blocks=(paragraph("wide"),)), paragraph("x")))
    assert [bool(section.findall("{*}titlePg")) for section in word.all("//w:sectPr")] == [True, False, False]


def test_section_properties_are_in_the_order_of_the_schema() -> None:
    order = ["headerReference", "footerReference", "type", "pgSz", "pgMar", "pgNumType", "cols", "titlePg"]
    paper = replace(every_node_paper(), first_page=9)
    for section in written(paper).all("//w:sectPr"):
        tags = [child.tag.rpartition("}")[2] for child in section]
        assert tags == sorted(tags, key=order.index)


# ---------------------------------------------------------------------------------------------------------------------
# Page numbers


def footer_words(word: Word) -> list[str]:
    return ["".join(word.paragraphs(part=f"word/footer{number}.xml")) for number in (1, 2)]


def test_footers_count_pages_with_native_fields() -> None:
    word = simple()
    assert footer_words(word) == ["Page 1 of 1", "Page 1 of 1"]
    assert [code.strip() for code in word.values("//w:instrText/text()", "word/footer1.xml")] == ["PAGE", "NUMPAGES"]
    assert word.all("//w:pgNumType") == []


def test_a_paper_in_a_pack_counts_from_its_first_page() -> None:
    fields = {**FIELDS, "meeting.first_page": "90"}
    word = written(replace(every_node_paper(), first_page=90, fields=fields))
    assert word.values("//w:pgNumType/@w:start") == ["90"]
    assert len(word.all("(//w:sectPr)[1]/w:pgNumType")) == 1
    assert footer_words(word) == ["Page 1", "Page 1"]
    assert [code.strip() for code in word.values("//w:instrText/text()", "word/footer1.xml")] == ["PAGE"]


# ---------------------------------------------------------------------------------------------------------------------
# The title block


def test_the_title_block_has_the_meeting_and_only_what_is_given() -> None:
    word = simple()
    assert word.paragraphs()[:3] == [
        "Report of the Chief ExecutiveAgenda item 7",
        "Testshire Police and Crime Panel2 February 2016",
        "Monitoring report of A&E <28 days",
    ]
    bare = written(paper_of(paragraph("x"), fields={**FIELDS, "paper.agenda_item": ""}))
    assert bare.paragraphs()[0] == "Report of the Chief Executive"
    assert bare.all("//w:p[w:pPr/w:pStyle/@w:val='ReportOf']//w:tab") == []


def test_a_source_note_stands_at_the_end() -> None:
    word = written(paper_of(paragraph("x"), fields={**FIELDS, "paper.source_note": "Source: A & B"}))
    assert word.paragraphs()[-1] == "Source: A & B"
    assert simple().paragraphs("SourceNote") == []


def test_the_header_says_draft() -> None:
    draft = simple()
    final = written(paper_of(paragraph("x"), draft=False, fields={**FIELDS, "paper.status": ""}))
    assert ["".join(each.paragraphs(part="word/header2.xml")) for each in (draft, final)] == ["Draft", ""]


def test_fields_are_escaped_once_in_every_part() -> None:
    fields = {**FIELDS, "panel.name": "A&B <Panel> “of” {{ x }}"}
    word = written(paper_of(paragraph("x"), fields=fields))
    assert "A&B <Panel> “of” {{ x }}" in word.paragraphs()[1]
    assert word.paragraphs(part="word/header1.xml")[0].startswith("A&B <Panel> “of” {{ x }} ·")


def test_a_tag_that_word_split_into_runs_is_filled() -> None:
    split = '{{ paper</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:i/></w:rPr><w:t>.title }}'
    word = written(paper_of(paragraph("x")), with_template=replaced("{{ paper.title }}", split))
    assert word.paragraphs("Title") == ["Monitoring report of A&E <28 days"]


# ---------------------------------------------------------------------------------------------------------------------
# Contents


def test_the_contents_list_has_its_entries_and_pages_already() -> None:
    word = every_node()
    assert word.paragraphs("TOCHeading") == ["Contents"]
    entries = word.all("//w:p[starts-with(w:pPr/w:pStyle/@w:val, 'TOC')][w:hyperlink]")
    assert [words_of(entry) for entry in entries] == [
        "1.Text and lists1",
        "Objective 1 – To try everything2",
        "2.Money & pictures3",
    ]
    assert word.values("//w:p[w:hyperlink]/w:pPr/w:pStyle[starts-with(@w:val, 'TOC')]/@w:val") == [
        "TOC1",
        "TOC2",
        "TOC1",
    ]


def test_contents_entries_lead_to_their_headings() -> None:
    word = every_node()
    codes = [code.strip() for code in word.values("//w:instrText[contains(., 'PAGEREF') or contains(., 'TOC')]/text()")]
    assert codes[0] == 'TOC \\o "1-2" \\h \\z \\u'
    targets = [code.split()[1] for code in codes[1:]]
    headings = [words_of(word.all(f"//w:p[w:bookmarkStart/@w:name='{name}']")[0]) for name in targets]
    assert headings == ["Text and lists", "Objective 1 – To try everything", "Money & pictures"]


def test_fields_are_closed() -> None:
    word = every_node()
    kinds = word.values("//w:fldChar/@w:fldCharType")
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") > 5


def test_nothing_asks_to_be_updated_on_opening() -> None:
    asking = replaced("<w:compat>", '<w:updateFields w:val="true"/><w:compat>', part="word/settings.xml")
    word = written(every_node_paper(), with_template=asking, page_of=PAGES)
    assert word.all("//w:updateFields", "word/settings.xml") == []


def test_a_paper_without_contents_has_none() -> None:
    assert written(every_node_paper(contents_depth=0)).paragraphs("TOCHeading") == []


def test_a_section_without_a_known_page_has_an_entry_without_one() -> None:
    section = Section(title=words("Alone"), level=1, key="alone")
    assert written(paper_of(sections=(section,), contents_depth=1)).paragraphs("TOC1") == ["Alone"]
