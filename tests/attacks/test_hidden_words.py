"""Stylesheets that hide words, numbers, notes or pictures of a paper in its PDF."""

from __future__ import annotations

import pytest

from papergen import codes
from papergen.diagnostics import Diagnostic, Diagnostics
from papergen.model.nodes import Alignment, Figure, Footnote, List, ListItem, Paper, Paragraph, Table, Text
from papergen.write.pdf.writer import lay_out
from papergen.write.stylesheet_limits import is_in_reach
from tests.support.dresses import changed_dress
from tests.support.every_node import every_node_paper, paper_of, paragraph, words
from tests.support.reflection import everything_in


@pytest.fixture(scope="module")
def paper() -> Paper:
    """A paragraph with a note, a numbered list, a table and a picture, on a page."""
    picture = next(
        node for node, _ in everything_in(every_node_paper()) if isinstance(node, Figure) and node.alternative
    )
    note = Footnote(blocks=(paragraph("What a note says."),), number=1)
    return paper_of(
        Paragraph(inlines=(Text(text="Burglary fell to 12 in the quarter"), note, Text(text=" and stayed there."))),
        List(items=(ListItem(blocks=(paragraph("Noted"),)), ListItem(blocks=(paragraph("Agreed"),))), ordered=True),
        Table(header=(words("Area"),), rows=((words("North"),),), alignments=(Alignment.LEFT,)),
        picture,
    )


def told_of(paper: Paper, stylesheet: str) -> list[Diagnostic]:
    diagnostics = Diagnostics()
    lay_out(paper, dress=changed_dress(paper.template, stylesheet=stylesheet), diagnostics=diagnostics)
    return list(diagnostics)


def over(look: str, words: str = "") -> str:
    """A box that lies over each paragraph."""
    return f"p {{ position: relative }} p::after {{ content: '{words}'; position: absolute; inset: 0; {look} }}"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("stylesheet", "words", "how"),
    [
        ("p { display: none }", "Burglary", "on no page"),
        ("p { position: running(x) !important }", "Burglary", "on no page"),
        ("p { max-lines: 1; width: 90px }", "Burglary", "on no page"),
        ("p { visibility: hidden }", "Burglary", "invisibly"),
        (".paper-body { opacity: 0.01 }", "", "invisibly"),
        ("p { color: transparent }", "Burglary", "colour"),
        ("p { color: white }", "Burglary", "colour"),
        ("p { color: #00800005 }", "Burglary", "colour"),
        ("p { color: blue; background: linear-gradient(blue, blue) }", "Burglary", "colour"),
        ("p::first-letter { color: white }", "Burglary", "colour"),
        ("th { color: black !important; background: black !important }", "Area", "colour"),
        ("p { font-size: 0.01px }", "Burglary", "too small"),
        ("p { letter-spacing: -10px }", "Burglary", "on each other"),
        ("p { line-height: 0; width: 90px }", "Burglary", "over other words"),
        ("p { text-indent: -1900px }", "Burglary", "off the page"),
        ("h1 { position: absolute !important; left: -900px !important }", "Monitoring", "off the page"),
        ("p { position: relative; top: 1900px }", "Burglary", "off the page"),
        ("p { max-height: 0; overflow: hidden }", "Burglary", "cut off"),
        ("p { position: absolute !important; clip: rect(0, 0, 0, 0) }", "Burglary", "cut off"),
        ("p { transform: scale(0.001) }", "Burglary", "moved"),
        ("body::before { content: ''; position: fixed; inset: 0; background: white }", "", "below something else"),
        (over("background: white", "x"), "Burglary", "below something else"),
        (over("background-image: linear-gradient(white, white)"), "Burglary", "below something else"),
        (over("border: 300px solid white"), "Burglary", "below something else"),
        ("figure { position: relative; top: -150px }", "", "below something else"),
        (".list-number { list-style: none }", "The number of “Noted", "on no page"),
        (".footnote::footnote-call { content: none }", "The mark of “What a note", "on no page"),
        (".footnote { font-size: 1px }", "What a note says.", "too small"),
        ("img { display: none !important }", "The picture “A plain box", "on no page"),
        ("img { width: 1px !important }", "The picture “A plain box", "too small"),
    ],
)
def test_what_a_stylesheet_hides_is_told(paper: Paper, stylesheet: str, words: str, how: str) -> None:
    told = told_of(paper, stylesheet)
    assert {each.code for each in told} == {codes.OUTPUT_LOST_TEXT}, told
    hidden = next(each for each in told if each.message.lstrip("“").startswith(words))
    assert how in hidden.message
    assert "templates/paper.css" in hidden.hint


@pytest.mark.parametrize(
    "look",
    [
        "outline: 300px solid white",
        "outline: solid white; outline-width: 1em",
        "text-decoration: line-through; text-decoration-thickness: 30px",
        "text-decoration: line-through white 90%",
        "text-decoration: overline 5vw",
    ],
)
def test_a_line_so_thick_that_it_hides_words_is_told(look: str) -> None:
    found = Diagnostics()
    assert not is_in_reach("paper.css", f"p {{ {look} }}", found)
    assert ["so thick a line" in each.message for each in found] == [True]
    assert is_in_reach("paper.css", "p { outline: 2px solid red; text-decoration: underline 0.1em }", Diagnostics())


def test_odd_lines_turned_words_drop_caps_and_bands_hide_nothing(paper: Paper) -> None:
    looks = (
        "p { line-height: 10.5px !important; font-size: 11px } p + p { margin-top: -2pt }"
        " p::first-letter { font-size: 3em; float: left; line-height: 0.8 } th { transform: rotate(-90deg) }"
        " h1, h2 { line-height: 0.9; margin-bottom: -4px } sup { line-height: 0 } @page { background: #fffbe6 }"
        " li { line-height: 1; margin: -1px 0 } td { line-height: 0.8 }"
        " body::before { content: 'DRAFT'; position: fixed; top: 40%; font-size: 90pt; color: #00000010 }"
        " body::after { content: ''; position: fixed; top: 0; left: -9mm; width: 8mm; height: 100%; background: navy }"
    )
    assert told_of(paper, f"{looks} {over('background: #ffff0033; border: 1px solid red')}") == []


def test_looks_that_hide_nothing_are_let_stand(paper: Paper) -> None:
    looks = (
        "h2 { text-transform: uppercase; color: #777 } p { letter-spacing: -0.2px; hyphens: auto; opacity: 0.9 }"
        " th { color: white; background: navy } p::first-letter { color: red } p { overflow: hidden }"
        " body::after { content: ''; position: fixed; inset: 0; background: #eee; z-index: -1 }"
    )
    assert told_of(paper, looks) == []
