"""Each kind of node as HTML, read back with a parser."""

from __future__ import annotations

import re
from typing import cast

import pytest
from lxml import html
from lxml.html import HtmlElement

from papergen.model.nodes import (
    Alignment,
    Beside,
    Block,
    BlockQuote,
    Box,
    BoxKind,
    CrossReference,
    Emphasis,
    Figure,
    Footnote,
    Inline,
    Landscape,
    LineBreak,
    Link,
    List,
    ListItem,
    PageBreak,
    Section,
    Strong,
    Table,
    Text,
    Value,
    Width,
)
from papergen.write.pdf.writer import PrintWriter
from papergen.write.text import paper_text
from tests.support.every_node import every_node_paper, paper_of, paragraph, picture, table, words


def parsed(*blocks: Block) -> HtmlElement:
    """The body of a paper of one section with ``blocks``."""
    return html.fragment_fromstring(PrintWriter(paper_of(*blocks)).body())


def inline(*inlines: Inline | str) -> HtmlElement:
    """The one paragraph of a paper."""
    return one(parsed(paragraph(*inlines)), "p")


def one(root: HtmlElement, selector: str) -> HtmlElement:
    """The only element of a tag, or of a class when ``selector`` begins with a dot."""
    found = several(root, selector)
    assert len(found) == 1, selector
    return found[0]


def several(root: HtmlElement, selector: str) -> list[HtmlElement]:
    path = f".//*[contains(concat(' ', @class, ' '), ' {selector[1:]} ')]" if selector[0] == "." else f".//{selector}"
    return cast(list[HtmlElement], root.xpath(path))


def content(element: HtmlElement) -> str:
    return str(element.text_content())


def children(element: HtmlElement) -> list[str]:
    return [str(child.tag) for child in element]


# ---------------------------------------------------------------------------------------------------------------------
# Inlines


@pytest.mark.parametrize(
    "text",
    [
        *("Hereford’s A&E", "<28 days", "£452,000", "‘no crimed’", "{{ literal }} and {% tag %}", "a\u00a0b – c — d"),
        *("</p><script>alert(1)</script>", "&amp; &lt; &nbsp; &#65;", "\"quoted\" and 'quoted'"),
        "<!-- not a comment -->",
    ],
)
def test_text_arrives_exactly(text: str) -> None:
    assert content(inline(text)) == text
    assert children(inline(text)) == []


def test_markup() -> None:
    words_ = inline(
        "plain ",
        Strong(children=(Text(text="bold "), Emphasis(children=words("both")))),
        LineBreak(),
        Value(text="2,451", expression="crimes.total"),
    )
    assert children(words_) == ["strong", "br"]
    assert content(one(words_, "em")) == "both"
    assert content(words_) == "plain bold both2,451"


def test_a_link_keeps_its_address() -> None:
    link = one(inline(Link(href='https://example.org/a?b=1&c="2"', children=words("here"))), "a")
    assert link.get("href") == 'https://example.org/a?b=1&c="2"'
    assert link.get("class") == "hyperlink"
    assert content(link) == "here"


def test_markup_over_a_whole_link_goes_around_it() -> None:
    words_ = inline(Link(href="https://example.org", children=(Strong(children=(Emphasis(children=words("here")),)),)))
    assert content(one(one(one(words_, "strong"), "em"), "a")) == "here"
    assert children(one(words_, "a")) == []


def test_a_cross_reference_links_within_the_paper_only() -> None:
    words_ = inline(
        CrossReference(target="money", label="section 2"),
        CrossReference(target="sums", children=words("the sums"), label="Table 1"),
        CrossReference(target="appendix-a", label="Appendix A", paper="appendix-a"),
    )
    assert [(link.get("href"), content(link)) for link in several(words_, "a")] == [
        ("#money", "section 2"),
        ("#sums", "the sums"),
    ]
    assert content(words_) == "section 2the sumsAppendix A"


def test_a_footnote_stays_inside_its_paragraph_whatever_it_holds() -> None:
    paper = paper_of(
        paragraph(
            "Before.",
            Footnote(
                number=3,
                blocks=(
                    paragraph("First of the note."),
                    paragraph("Second."),
                    List(ordered=True, start=4, items=(ListItem(blocks=(paragraph("Listed"),)),)),
                    BlockQuote(blocks=(paragraph("Quoted"),)),
                    table("", 0, "In a note", 2),
                    Box(kind=BoxKind.NOTE, title=words("Boxed"), blocks=(paragraph("In a box"),)),
                    Figure(picture=picture(), alternative=words("Seen"), caption=words("Captioned")),
                ),
            ),
            " After.",
        )
    )
    body = html.fragment_fromstring(PrintWriter(paper).body())
    text = one(body, "p")
    note = one(text, ".footnote")
    assert note.get("data-number") == "3"
    assert content(text).endswith(" After.")
    assert {str(element.tag) for element in note.iter()} == {"span", "img"}
    written = ["First of the note.", "Second.", "Listed", "Quoted", "Boxed", "In a box", "Captioned", "Cell 3.2"]
    for sentence in written:
        assert sentence in content(note)
    assert one(note, ".as-ol").get("style") == "counter-reset: list-item 3"


# ---------------------------------------------------------------------------------------------------------------------
# Blocks


def test_lists_nest_and_keep_their_first_numbers() -> None:
    body = parsed(
        List(
            ordered=False,
            items=(
                ListItem(
                    blocks=(
                        paragraph("Outer"),
                        List(ordered=True, start=5, items=(ListItem(blocks=(paragraph("Inner"),)),)),
                    )
                ),
                ListItem(blocks=(paragraph("First"), paragraph("Second"))),
            ),
        )
    )
    outer = one(body, "ul")
    assert outer.get("class") == "list-bullet"
    assert children(outer) == ["li", "li"]
    inner = one(outer[0], "ol")
    assert (inner.get("class"), inner.get("start"), inner.get("style")) == (
        "list-number",
        "5",
        "counter-reset: list-item 4",
    )
    assert [content(text) for text in several(outer[1], "p")] == ["First", "Second"]


def test_a_list_that_starts_at_one_has_no_counter_of_its_own() -> None:
    assert one(parsed(List(ordered=True, items=(ListItem(blocks=(paragraph("One"),)),))), "ol").get("style") is None


def test_a_table() -> None:
    found = one(parsed(table("sums", 2, "Sums of A&E")), "table")
    assert found.get("id") == "sums"
    assert "committee-table" in found.classes
    assert content(one(found, "caption")) == "Table 2: Sums of A&E"
    heads = several(found, "th")
    assert [(content(head), head.get("scope")) for head in heads] == [(f"Column {n}", "col") for n in (1, 2, 3)]
    alignments = [["align-left", "align-right", "align-center"]] * 4
    rows = several(found, "tr")
    assert [[next(n for n in c.classes if n.startswith("align")) for c in row] for row in rows] == alignments
    assert [[content(cell) for cell in row] for row in rows[1:]] == [
        [f"Cell {r}.{c}" for c in (1, 2, 3)] for r in (1, 2, 3)
    ]
    assert children(found) == ["caption", "thead", "tbody"]


def test_a_table_without_a_caption_or_key() -> None:
    found = one(parsed(Table(header=(words("A"),), rows=((words("1"),),), alignments=(Alignment.LEFT,))), "table")
    assert children(found) == ["thead", "tbody"]
    assert found.get("id") is None


@pytest.mark.parametrize(("rows", "kept"), [(6, True), (7, False)])
def test_only_a_short_table_is_kept_whole(rows: int, kept: bool) -> None:
    long = Table(header=(words("A"),), rows=((words("1"),),) * rows, alignments=(Alignment.LEFT,))
    assert ("keep-together" in one(parsed(long), "table").classes) is kept


def test_a_figure() -> None:
    shown = Figure(picture=picture(), alternative=words('A "box"'), caption=words("A box"), number=4, key="box")
    figure = one(parsed(shown), "figure")
    assert figure.get("id") == "box"
    assert figure.get("class") == "figure"
    assert content(one(figure, "figcaption")) == "Figure 4: A box"
    image = one(figure, "img")
    assert image.get("alt") == 'A "box"'
    assert image.get("src") == f"papergen:picture/{shown.drawn.sha256}"


def test_a_decoration_is_no_image() -> None:
    figure = one(parsed(Figure(picture=picture(2000, 500), alternative=(), width=Width.HALF)), "figure")
    assert several(figure, "img") == []
    assert set(figure.classes) == {"figure", "half-width"}
    style = one(figure, ".decorative").get("style", "")
    assert "background-image: url(papergen:picture/" in style
    assert "width: 285.00px; height: 71.25px" in style


def test_a_quotation() -> None:
    assert [content(p) for p in one(parsed(BlockQuote(blocks=(paragraph("A"), paragraph("B")))), "blockquote")] == [
        "A",
        "B",
    ]


@pytest.mark.parametrize("kind", BoxKind)
def test_a_box(kind: BoxKind) -> None:
    body = parsed(Box(kind=kind, title=words("A title"), blocks=(paragraph("Inside"),)))
    box = one(body, f".{kind.value}-box")
    assert content(one(box, f".{kind.value}-box-title")) == "A title"
    assert content(one(box, ".body-text")) == "Inside"
    assert "keep-together" in box.classes


def test_a_long_box_may_be_split() -> None:
    box = one(parsed(Box(kind=BoxKind.NOTE, blocks=(paragraph("Long. " * 200),))), ".note-box")
    assert "keep-together" not in box.classes


def test_an_exhibit_stands_before_the_text_beside_it() -> None:
    beside = one(parsed(Beside(exhibit=table("t", 1, "T", 2), blocks=(paragraph("Beside it"),))), ".beside")
    assert [child.get("class") for child in beside] == ["beside-exhibit", "beside-text"]
    assert several(beside[0], "table")
    assert content(beside[1]) == "Beside it"


def test_breaks_and_landscape_pages() -> None:
    body = parsed(PageBreak(), Landscape(blocks=(paragraph("Wide"),)), PageBreak(), paragraph("After"), PageBreak())
    assert [element.get("class") for element in body][1:] == ["page-break", "landscape", "body-text", "page-break"]


# ---------------------------------------------------------------------------------------------------------------------
# Sections and the contents list


def test_headings_have_their_levels_numbers_and_ids() -> None:
    fifth = Section(title=words("Fifth"), level=5, key="e", number="1.2.1.1.1")
    fourth = Section(title=words("Fourth"), level=4, key="d", number="1.2.1.1", sections=(fifth,))
    third = Section(title=words("Third"), level=3, key="c", sections=(fourth,))
    second = Section(
        title=(Emphasis(children=words("Sec")), Text(text="ond")), level=2, key="b", number="1.2", sections=(third,)
    )
    body = html.fragment_fromstring(
        PrintWriter(
            paper_of(sections=(Section(title=words("First"), level=1, key="a", number="1", sections=(second,)),))
        ).body()
    )
    assert [(str(h.tag), h.get("class"), h.get("id"), content(h), h.get("data-bookmark")) for h in body] == [
        ("h2", "heading-1 numbered", "a", "1. First", "1. First"),
        ("h3", "heading-2 numbered", "b", "1.2 Second", "1.2 Second"),
        ("h4", "heading-3", "c", "Third", "Third"),
        ("h5", "heading-4 numbered", "d", "1.2.1.1 Fourth", "1.2.1.1 Fourth"),
        ("h6", "heading-5 numbered", "e", "1.2.1.1.1 Fifth", "1.2.1.1.1 Fifth"),
    ]


def test_the_contents_list_goes_as_deep_as_the_paper_says() -> None:
    contents = html.fragment_fromstring(PrintWriter(every_node_paper()).contents())
    assert contents.tag == "nav"
    assert content(one(contents, ".toc-heading")) == "Contents"
    assert [(e.get("class"), content(e), one(e, "a").get("href")) for e in several(contents, "li")] == [
        ("toc-1", "1. Text and lists", "#text-and-lists"),
        ("toc-2 unnumbered", "Objective 1 – To try everything", "#everything"),
        ("toc-1", "2. Money & pictures", "#money"),
    ]
    assert [e.get("data-target") for e in several(contents, ".toc-page")] == [
        "#text-and-lists",
        "#everything",
        "#money",
    ]


def test_a_paper_without_a_contents_list() -> None:
    assert PrintWriter(every_node_paper(contents_depth=0)).contents() == ""


def test_every_word_of_the_model_is_in_the_html() -> None:
    paper = every_node_paper()
    body = " ".join(content(html.fragment_fromstring(PrintWriter(paper).body())).split())
    text = paper_text(paper)
    for line in (*text.lines, *text.notes):
        for part in re.split(r"\n|\[\^\d+\]", line):
            assert " ".join(part.split()) in body
