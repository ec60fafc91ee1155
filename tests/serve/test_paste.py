"""What was copied elsewhere arrives as Markdown: the words and what they are, and it is told what was left out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from papergen.diagnostics import Diagnostics
from papergen.read.section import read_section
from tests.support.desk import opened
from tests.support.serving import Served

pytestmark = pytest.mark.slow

CONVERT = """async ([html, text]) => {
    const {markdownOf} = await import("/assets/paste.js");
    const {text: made, left} = markdownOf(html, text);
    return [made, left];
}"""
LINES = """async text => (await import("/assets/paste_table.js")).tableOfLines(text)"""


@pytest.fixture(scope="module")
def paste(desk_browser: Browser, served: Served) -> Iterator[Page]:
    with opened(desk_browser, served) as page:
        yield page


def pasted(page: Page, html: str, text: str = "") -> tuple[str, list[str]]:
    made, left = page.evaluate(CONVERT, [html, text])
    return made, left


def word_item(words: str, mark: str, level: int) -> str:
    """An item of a list as Word copies it."""
    return (
        f"<p class=MsoListParagraphCxSpMiddle style='margin-left:{level}.0in;mso-list:l0 level{level} lfo1'>"
        f"<![if !supportLists]><span style='mso-list:Ignore'>{mark}<span style='font:7.0pt \"Times New Roman\"'>"
        f"&nbsp;&nbsp;</span></span><![endif]>{words}<o:p></o:p></p>"
    )


WORD = {
    "lists within lists": (
        word_item("One", "·", 1)
        + word_item("Inside <b>one</b>", "o", 2)
        + word_item("Deeper", "§", 3)
        + word_item("Also inside", "o", 2)
        + word_item("Two", "·", 1),
        "- One\n  - Inside **one**\n    - Deeper\n  - Also inside\n- Two",
    ),
    "numbers within numbers": (
        word_item("Third", "3.", 1)
        + word_item("Part", "a)", 2)
        + word_item("Next part", "b)", 2)
        + word_item("Fourth", "4.", 1),
        "3. Third\n   1. Part\n   2. Next part\n4. Fourth",
    ),
    "a list after words and before others": (
        "<p class=MsoNormal>Before:</p>"
        + word_item("One", "·", 1)
        + word_item("Two", "·", 1)
        + "<p class=MsoNormal>After.</p>",
        "Before:\n\n- One\n- Two\n\nAfter.",
    ),
    "tracked changes and comments": (
        "<p class=MsoNormal>Crime is <del cite='mailto:A' datetime='2016'>down</del><ins cite='mailto:A'>up</ins>"
        " <a style='mso-comment-reference:FN_1'>a little</a><span class=MsoCommentReference><a class=msocomanchor"
        " id='_anchor_1' href='#_msocom_1' name='_msoanchor_1'>[FN1]</a></span>.</p>"
        "<div style='mso-element:comment-list'><div style='mso-element:comment'><p>Is it?</p></div></div>",
        "Crime is up a little.",
    ),
    "numbered headings": (
        "<h1><span style='mso-list:Ignore'>1<span>&nbsp;&nbsp;</span></span>Crime</h1><p>Words.</p>"
        "<h2><span style='mso-list:Ignore'>1.1 </span><b>Robbery</b></h2><p>More.</p>",
        "## Crime\n\nWords.\n\n### Robbery\n\nMore.",
    ),
    "footnotes": (
        "<p>Up<a style='mso-footnote-id:ftn1' href='#_ftn1' name='_ftnref1'><span>[1]</span></a>"
        " and down<a style='mso-footnote-id:ftn2' href='#_ftn2' name='_ftnref2'><span>[2]</span></a>.</p>"
        "<div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText>"
        "<a style='mso-footnote-id:ftn1' href='#_ftnref1' name='_ftn1'><span>[1]</span></a> By <i>half</i>.</p></div>"
        "<div style='mso-element:footnote' id=ftn2><p class=MsoFootnoteText><a href='#_ftnref2' name='_ftn2'>[2]</a>"
        " A little.</p></div></div>",
        "Up[^note-2] and down[^note-3].\n\n[^note-2]: By *half*.\n\n[^note-3]: A little.",
    ),
    "a table with a caption and headings over two columns": (
        "<p class=MsoCaption>Table 3: Budget by service</p><table class=MsoTableGrid>"
        "<tr><td rowspan=2><p>Service</p></td><td colspan=2><p>Revenue</p></td></tr>"
        "<tr><td><p>Budget</p></td><td><p>Variance</p></td></tr>"
        "<tr><td colspan=3><p>People</p></td></tr>"
        "<tr><td><p>Care</p></td><td><p>18.4</p></td><td><p>-0.9</p></td></tr></table>",
        "Table: Budget by service {heads=2 sections}\n\n| Service | Revenue |  |\n|---|---:|---:|\n"
        "|  | Budget | Variance |\n| People |  |  |\n| Care | 18.4 | -0.9 |",
    ),
    "cells over several rows": (
        "<table><tr><td>Area</td><td>Kind</td><td>Count</td></tr><tr><td rowspan=2>North</td><td>A<br>and B</td>"
        "<td>1</td>"
        "</tr><tr><td>C</td><td>2</td></tr></table>",
        "| Area | Kind | Count |\n|---|---|---:|\n| North | A and B | 1 |\n| North | C | 2 |",
    ),
}
OTHERS = {
    "Google Docs": (
        "<meta charset='utf-8'><b style='font-weight:normal;' id='docs-internal-guid-1'><h1 dir='ltr'><span"
        " style='font-weight:400'>Plans</span></h1><p><span>We </span><span style='font-weight:700'>will</span><span>"
        " act</span></p><br><ul><li dir='ltr' aria-level='1'><p role='presentation'><span>One</span></p></li><ul><li"
        " aria-level='2'><p><span style='font-style:italic'>Inside</span></p></li></ul><li aria-level='1'><p>Two</p>"
        "</li></ul></b><br class='Apple-interchange-newline'>",
        "## Plans\n\nWe **will** act\n\n- One\n  - *Inside*\n- Two",
    ),
    "Word in the browser": (
        "<div class='OutlineElement'><p class='Paragraph'><span class='TextRun'><span>Before</span></span></p></div>"
        "<div class='ListContainerWrapper'><ul><li role='listitem' data-aria-level='1'><p>One</p></li></ul></div>"
        "<div class='ListContainerWrapper'><ul><li role='listitem' data-aria-level='2'><p>Inside</p></li></ul></div>"
        "<div class='ListContainerWrapper'><ul><li role='listitem' data-aria-level='1'><p>Two</p></li></ul></div>",
        "Before\n\n- One\n  - Inside\n- Two",
    ),
    "Outlook": (
        "<div class=WordSection1><p class=MsoNormal>Dear Ann,<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>"
        "<div style='border:none'><p><b><span>From:</span></b><span> Bob<br><b>Sent:</b> Monday</span></p>"
        "</div><p>1. It was so.</p><p>#4 of them</p></div>",
        "Dear Ann,\n\n**From:** Bob\\\n**Sent:** Monday\n\n1\\. It was so.\n\n#4 of them",
    ),
    "Excel": (
        "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><body><!--StartFragment--><col width=64><col width=64>"
        "<table><tr><td colspan=3 class=xl65>Recorded crime</td></tr><tr><td>Month</td><td>North</td><td></td></tr>"
        "<tr><td>April</td><td class=xl66 align=right x:num>1,204</td><td></td></tr><tr><td>May</td><td>-3</td>"
        "<td></td></tr></table><!--EndFragment--></body></html>",
        "Table: Recorded crime\n\n| Month | North |\n|---|---:|\n| April | 1,204 |\n| May | -3 |",
    ),
    "LibreOffice": (
        "<p>Up<a class='sdfootnoteanc' name='sdfootnote1anc' href='#sdfootnote1sym'><sup>1</sup></a> in 1,200"
        " m<sup>2</sup></p>"
        "<ol start='3'><li><p>Three</p><ol><li><p>Inside</p></li></ol></li><li><p>Four</p></li></ol>"
        "<div id='sdfootnote1'><p><a name='sdfootnote1sym' href='#sdfootnote1anc'>1</a>By half.</p></div>",
        "Up[^note-2] in 1,200 m²\n\n3. Three\n   1. Inside\n4. Four\n\n[^note-2]: By half.",
    ),
    "a web page": (
        "<h3>News</h3><p>Up <strong>1</strong><strong>2%</strong>: <a href='https://example.org/a_(b)'>see</a>"
        " {{ x }} [y] &amp;amp; a|b</p><blockquote><p>So</p><p>they said</p></blockquote><p>+ 3</p>"
        "<ol><li>a<p>more</p></li></ol>",
        "## News\n\nUp **12%**: [see](https://example.org/a_%28b%29) \\{\\{ x \\}\\} \\[y\\] \\&amp; a\\|b"
        "\n\n> So\n> \n> they said\n\n\\+ 3\n\n1. a\n\n   more",
    ),
}


@pytest.mark.parametrize("name", [*WORD, *OTHERS])
def test_what_was_copied_arrives_as_markdown(name: str, paste: Page) -> None:
    html, wanted = (WORD | OTHERS)[name]
    made, _ = pasted(paste, f"<html><body>{html}</body></html>", "Has a note.[^note-1]")
    assert made == wanted
    found = Diagnostics()
    text = f"---\ntitle: Pasted\n---\n\n{made}\n"
    read_section(
        "content/a.md", text, load_picture=lambda _target, _at: None, signs_heading="", measures=None, diagnostics=found
    )
    assert [str(each) for each in found] == []


def test_what_is_left_out_is_told(paste: Page) -> None:
    html = "<p>Up <del>down</del><del>so</del><img src='file:///a.png'></p>"
    assert pasted(paste, html) == ("Up", ["2 tracked deletions", "1 picture"])
    assert pasted(paste, "<p>Up</p>") == ("Up", [])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Area\tCount\r\nNorth\t1,204\r\n", "| Area | Count |\n|---|---:|\n| North | 1,204 |"),
        ("one\ttwo", None),
        ("a\tb\nc\n", None),
        ("Words.\nMore.", None),
    ],
)
def test_lines_with_tabs_are_a_table(text: str, wanted: str | None, paste: Page) -> None:
    assert paste.evaluate(LINES, text) == wanted
