"""The repairs of a PDF that the papers of the gate do not reach, and that a PDF without them is never written."""

from __future__ import annotations

import re

import pytest

from papergen import codes
from papergen.diagnostics import Diagnostics, Span
from papergen.model.nodes import Emphasis, Footnote, LineBreak, Link, List, ListItem, Strong, Text
from papergen.write.pdf.repairs.tree import MarkedContent, TagNode
from papergen.write.pdf.writer import lay_out
from tests.support.builds import REPOSITORY
from tests.support.dresses import changed_dress, own_dress
from tests.support.every_node import every_node_paper, paper_of, paragraph, picture, words
from tests.support.parity import squeezed
from tests.support.pdf_tree import Element, Tagged, faults
from tests.support.setting import found, laid_out, written

pytestmark = pytest.mark.slow

LAYOUT = "templates/panel-report.html"


def tags(layout: str) -> Element:
    """The tags of a paper of one paragraph in a layout."""
    diagnostics = Diagnostics()
    pages = lay_out(paper_of(paragraph("Words.")), dress=changed_dress(layout=layout), diagnostics=diagnostics)
    assert pages is not None
    pdf = pages.write(diagnostics)
    assert list(diagnostics) == []
    assert pdf is not None
    return Tagged(pdf.data).root


def test_the_language_of_words_reaches_the_tags() -> None:
    root = tags('<h1>Title</h1>\n<p>Police or <span lang="cy">Heddlu</span></p><p lang="fr">Police</p>\n{{ body }}')
    said = [
        (str(each.entries["/Lang"]), each.kind, each.words.strip()) for each in root.walk() if "/Lang" in each.entries
    ]
    assert said == [("cy", "Span", "Heddlu"), ("fr", "P", "Police")]


def test_text_of_a_layout_that_is_in_no_paragraph_gets_one() -> None:
    root = tags("<h1>Title</h1>\n<div>Loose <b>words</b><p>In a paragraph</p>and others</div>\n{{ body }}")
    first = next(each for each in root.kids if each.kind == "Div")
    assert [(each.kind, each.words.split()) for each in first.kids] == [
        ("P", ["Loose", "words"]),
        ("P", ["In", "a", "paragraph"]),
        ("P", ["and", "others"]),
    ]


def test_cells_of_a_layout_say_how_far_they_reach_and_what_they_head() -> None:
    table = (
        "<table><thead><tr><th colspan=2>Both</th></tr></thead>"
        '<tbody><tr><th scope="row">Row</th><td>Cell</td></tr></tbody></table>'
    )
    root = tags(f"<h1>Title</h1>{table}{{{{ body }}}}")
    assert [head.attribute("Table", "Scope") for head in root.all("TH")] == ["/Column", "/Row"]
    assert [head.attribute("Table", "ColSpan") for head in root.all("TH")] == ["2", ""]


def test_a_link_with_markup_inside_is_one_link() -> None:
    inside = (Text(text="see "), Strong(children=(Emphasis(children=words("all")),)), Text(text=" of it"))
    data = written(paper_of(paragraph("Please ", Link(href="https://example.org/", children=inside)))).data
    assert faults(data) == []
    (link,) = Tagged(data).root.all("Link")
    assert link.words.split() == ["see", "all", "of", "it"]
    assert len(link.links) == 1


def test_a_link_over_two_lines_is_one_link_with_two_places() -> None:
    long = Link(href="https://example.org/", children=words("a link of many words " * 8 + "and one"))
    (link,) = Tagged(written(paper_of(paragraph(long))).data).root.all("Link")
    assert len(link.links) == 2
    assert link.words.split()[-2:] == ["and", "one"]


@pytest.mark.parametrize("start", [1, 3, 4, 9])
def test_lists_say_how_they_are_numbered(start: int) -> None:
    def listed(*blocks: List, ordered: bool = True) -> List:
        first = start if ordered else 1
        return List(ordered=ordered, start=first, items=(ListItem(blocks=(paragraph("Words"), *blocks)),))

    root = Tagged(written(paper_of(listed(listed(listed())), listed(listed(listed()), ordered=False))).data).root
    said = [each.attribute("List", "ListNumbering") for each in root.all("L")]
    assert said == ["/Decimal", "/LowerAlpha", "/LowerRoman", "/Disc", "/LowerAlpha", "/LowerRoman"]


def test_a_picture_without_alternative_text_is_told_and_nothing_is_written() -> None:
    shown = picture()
    layout = f'<img src="papergen:picture/{shown.sha256}">' + own_dress().layout
    findings = [each for each in found(every_node_paper(), layout=layout) if "alt description" in each.message]
    assert [(each.code, each.at) for each in findings] == [(codes.TEMPLATE_STYLESHEET, Span(LAYOUT, 1, 11))]


def test_notes_in_a_note_s_own_words_keep_their_order() -> None:
    deep = List(ordered=True, items=(ListItem(blocks=(paragraph("Listed"),)),))
    note = Footnote(number=1, blocks=(paragraph("First."), deep, paragraph("Last.")))
    (tagged,) = Tagged(written(paper_of(paragraph("Words", note, " go on."))).data).root.all("Note")
    assert squeezed(tagged.words) == "1First.1.ListedLast."
    assert [each.kind for each in tagged.kids] == ["Lbl", "P", "L", "P"]


@pytest.mark.parametrize(
    "text", ["well-known and/or so–called " * 30, "antidisestablishmentarianism" * 12 + " ends here"]
)
def test_a_line_that_ends_within_a_word_gets_no_space(text: str) -> None:
    (tagged,) = [
        each for each in Tagged(written(paper_of(paragraph(text))).data).root.all("P") if text[:9] in each.words
    ]
    assert tagged.words.split() == text.split()


def test_lines_that_a_break_ends_are_words_apart() -> None:
    root = Tagged(written(paper_of(paragraph("One", LineBreak(), "two"))).data).root
    assert root.all("P")[-1].words.split() == ["One", "two"]


def test_writing_twice_gives_the_same_bytes() -> None:
    pages = laid_out(every_node_paper())
    first, second = (pages.write(Diagnostics()) for _ in range(2))
    assert first is not None
    assert first == second


def test_a_file_that_cannot_be_mended_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """As after a change of WeasyPrint's that the repairs do not know."""
    monkeypatch.setattr("papergen.write.pdf.repairs.artifacts._MARKED", re.compile(b"otherwise"))
    (finding,) = found(every_node_paper())
    assert finding.code is codes.OUTPUT_FAILED


def test_marks_are_told_in_the_order_of_the_tree() -> None:
    node = TagNode("P", kids=[MarkedContent(0, 2), TagNode("Link", kids=[MarkedContent(0, 1)]), MarkedContent(1, 0)])
    assert list(node.marks()) == [MarkedContent(0, 2), MarkedContent(0, 1), MarkedContent(1, 0)]


def test_each_repair_names_its_gap() -> None:
    package = REPOSITORY / "papergen" / "write" / "pdf" / "repairs"
    for module in package.glob("*.py"):
        text = module.read_text(encoding="utf-8")
        if module.stem not in ("__init__", "tree"):
            assert "gap is closed" in text or "gaps are closed" in text, module.name
