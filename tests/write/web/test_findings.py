"""Findings in drafts: where they stand, how they are told, and that they go no further."""

from __future__ import annotations

from dataclasses import replace

from lxml.html import HtmlElement

from papergen.diagnostics import Span
from papergen.model.nodes import Footnote, List, ListItem, Paper, Section
from tests.support.every_node import paper_of, paragraph, table, words
from tests.support.pages import finding, one, page_of, parsed
from tests.support.reflection import everything_in

FILE = "content/2016-02-02/panel-report/01-first.md"


def placed_paper() -> Paper:
    """A paper from one file: a paragraph with a note, a list, a table and a section below."""
    note = Footnote(number=1, blocks=(replace(paragraph("The note."), key="in-note", at=Span(FILE, 30, 1)),))
    items = tuple(
        ListItem(blocks=(replace(paragraph(text), key=f"item-{line}", at=Span(FILE, line, 3)),))
        for line, text in ((10, "Ten"), (11, "Eleven"))
    )
    blocks = (
        replace(paragraph("Opening.", note), key="opening", at=Span(FILE, 7, 1)),
        List(ordered=False, items=items, key="list", at=Span(FILE, 10, 1)),
        replace(table("sums", 1, "Sums"), at=Span(FILE, 14, 1)),
    )
    below = Section(
        title=words("Below"),
        level=2,
        key="below",
        at=Span(FILE, 20, 1),
        blocks=(replace(paragraph("Under it."), key="under", at=Span(FILE, 22, 1)),),
    )
    top = Section(
        title=words("Top"), level=1, key="top", at=Span(FILE, 2, 8), number="1", blocks=blocks, sections=(below,)
    )
    return paper_of(sections=(top,))


def before(line: int) -> HtmlElement:
    """The element that a finding in ``line`` stands after, or in when it is the first thing there."""
    box = one(parsed(page_of(placed_paper(), findings=[finding(Span(FILE, line, 4))])), "//div[@class='finding']")
    earlier = box.getprevious()
    holder = box.getparent()
    found = earlier if earlier is not None else holder
    assert isinstance(found, HtmlElement)
    return found


def test_a_finding_stands_after_the_block_that_begins_last_before_it() -> None:
    assert before(7).text_content() == "Opening.1"
    assert before(8).text_content() == "Opening.1"
    assert before(10).tag == "li"
    assert before(10).text_content().startswith("Ten")
    assert before(11).text_content().startswith("Eleven")
    assert one(before(16), ".//table").get("id") == "sums"
    assert before(21).get("id") == "below"
    assert before(22).text_content() == "Under it."
    assert before(30).text_content() == "The note."


def test_a_finding_in_the_front_matter_stands_under_the_title() -> None:
    assert before(1).get("id") == "top"
    assert before(0).get("id") == "top"


def test_a_finding_is_told_in_full_and_escaped() -> None:
    page = page_of(placed_paper(), findings=[finding(Span(FILE, 7, 4))])
    box = one(parsed(page), "//div[@class='finding']")
    said = [each.text_content() for each in box.iter("p")]
    assert said == ["Draft: C999 (warning) Something <b>& more</b> is wrong.", "Mend it.", f"{FILE}:7:4"]
    assert box.get("role") == "note"
    head = one(parsed(page), "//section[@class='draft-head']")
    assert "1 finding of papergen check" in head.text_content()
    assert one(head, ".//a").get("href") == f"#{box.get('id')}"


def test_what_has_no_place_in_any_paper_stands_at_the_head() -> None:
    page = page_of(placed_paper(), findings=[finding(Span("content/panel.yaml", 3)), finding(Span(FILE, 7))])
    root = parsed(page)
    head = one(root, "//section[@class='draft-head']")
    assert "2 findings" in head.text_content()
    assert one(head, ".//div[@class='finding']//code").text == "content/panel.yaml:3"
    assert len(root.xpath("//div[@class='finding']")) == 2


def test_what_another_paper_is_found_to_have_stands_there_alone() -> None:
    other = paper_of(replace(paragraph("Other."), key="other", at=Span("content/b.md", 3, 1)), name="appendix-a")
    papers = (placed_paper(), other)
    found = [finding(Span("content/b.md", 3))]
    assert 'class="finding"' not in page_of(papers[0], papers=papers, findings=found)
    assert 'class="finding"' in page_of(papers[1], papers=papers, findings=found)


def test_a_draft_without_findings_says_so_and_a_final_paper_shows_nothing() -> None:
    assert "no findings" in page_of(placed_paper())
    final = page_of(replace(placed_paper(), draft=False), findings=[finding(Span(FILE, 7))])
    assert "C999" not in final
    assert "draft-head" not in final.partition("</style>")[2]
    assert "Draft" not in final.partition("</style>")[2]
    assert "noindex" not in final


def test_every_finding_is_shown_once() -> None:
    paper = placed_paper()
    lines = sorted({at.line for _, at in everything_in(paper.sections)})
    page = page_of(paper, findings=[finding(Span(FILE, line), f"In line {line}.") for line in lines])
    boxes = one(parsed(page), "//main").xpath(".//div[@class='finding']")
    assert isinstance(boxes, list)
    assert len(boxes) == len(lines) > 6
