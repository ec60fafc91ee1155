"""Anything at all in place of a layout, a drawing, a picture or a label: told or made harmless, and never a fault."""

from __future__ import annotations

import io

from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from papergen.diagnostics import Diagnostics
from papergen.model.picture_files import only_drawn
from papergen.model.vector import ATTRIBUTES, ELEMENTS, SVG, foreign, only_drawing
from papergen.values.csv_text import csv_text, harmless
from papergen.write.allowed import not_allowed, parsed
from papergen.write.web.page import check_web_layout
from papergen.write.web.policy import check_stylesheet_asks
from tests.attacks.test_picture_metadata import EXAMPLES as PICTURES
from tests.support.dresses import own_dress
from tests.support.every_node import every_node_paper
from tests.support.examples import FUZZ
from tests.support.pages import try_page

FIELDS = dict(every_node_paper().fields)
LAYOUT = own_dress().web_layout

TAGS = st.sampled_from(
    [
        *("script", "meta", "p", "svg", "math", "style", "template", "iframe", "a", "img", "table", "select", "title"),
        *("textarea", "plaintext", "noscript", "form", "frameset", "body", "html", "foreignObject", "use", "{{ 'x' }}"),
    ]
)
ATTRIBUTE = st.sampled_from(
    [
        *("src='x'", "href='javascript:x'", "onload=x", "style='x'", "http-equiv=refresh", "class=a", "srcdoc=x"),
        *("{{ paper.title }}", "xlink:href='https://a.example'", "{% if paper.title %}onclick=x{% endif %}"),
        *("\x00", "'", '"', "<"),
    ]
)
PIECES = st.one_of(
    st.builds(lambda tag, attribute: f"<{tag} {attribute}>", TAGS, ATTRIBUTE),
    st.builds(lambda tag: f"</{tag}>", TAGS),
    st.sampled_from(["{{ paper.title }}", "{% if paper.title %}", "{% endif %}", "{#", "#}"]),
    st.sampled_from(["<!--", "-->", "<![CDATA[", "]]>"]),
    st.text(max_size=9),
)


@FUZZ
@given(st.lists(PIECES, max_size=9).map("".join))
def test_whatever_comes_out_of_a_layout_is_on_the_list(more: str) -> None:
    page, found = try_page(every_node_paper(), layout=f"{LAYOUT}\n{more}")
    assert (page is None) is bool(found)
    if page is not None:
        assert list(not_allowed(parsed(page))) == []
        for word in ("<script", "<iframe", "http-equiv=refresh", "javascript:"):
            assert word not in page.partition("</header>")[2].partition("<details")[0] or "&lt;" in page
    check_web_layout("templates/x.web.html", f"{LAYOUT}\n{more}", fields=FIELDS, diagnostics=Diagnostics())


@FUZZ
@given(st.text())
def test_any_stylesheet_is_looked_through(text: str) -> None:
    check_stylesheet_asks("templates/web.css", text, Diagnostics())


NAMES = st.sampled_from(sorted({*ELEMENTS, "script", "style", "image", "use", "a", "foreignObject", "set", "title"}))
KEYS = st.sampled_from(sorted({*ATTRIBUTES, "onload", "style", "href", "src", "attributeName"}))
VALUES = st.sampled_from(["1", "url(#a)", "url(https://a.example)", "javascript:x", "U\\52L(x)", "red", "M0,0h1"])


@st.composite
def drawings(draw: st.DrawFn) -> bytes:
    root = etree.fromstring(f'<svg xmlns="{SVG}"/>')
    places = [root]
    for _ in range(draw(st.integers(0, 9))):
        space = draw(st.sampled_from([SVG, SVG, SVG, "http://www.w3.org/1999/xhtml"]))
        made = etree.SubElement(draw(st.sampled_from(places)), f"{{{space}}}{draw(NAMES)}")
        made.text = draw(st.sampled_from(["", "62", "words"]))
        for key, value in draw(st.dictionaries(KEYS, VALUES, max_size=3)).items():
            made.set(key, value)
        places.append(made)
    return etree.tostring(root)


@FUZZ
@given(drawings())
def test_any_drawing_is_clean_afterwards(drawing: bytes) -> None:
    kept = only_drawing(drawing)
    assert foreign(kept) == ()
    assert (kept == drawing) is (foreign(drawing) == ())
    for word in (b"a.example", b"xhtml", b"onload"):
        assert word not in kept


@FUZZ
@given(st.binary())
@example(b"\xff\xd8\xff")
@example(b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIDAT")
def test_any_bytes_for_a_drawing_or_picture(data: bytes) -> None:
    assert isinstance(foreign(data), tuple)
    for start in (b"", b"\xff\xd8", b"\x89PNG\r\n\x1a\n"):
        assert len(only_drawn(start + data)) <= len(start + data) + 14


@FUZZ
@given(st.sampled_from(sorted(PICTURES)), st.data())
def test_a_picture_with_anything_among_its_segments_is_the_same_picture(name: str, data: st.DataObject) -> None:
    whole = PICTURES[name]
    more = data.draw(st.binary(max_size=60))
    if whole.startswith(b"\xff\xd8"):
        marker = data.draw(st.sampled_from([0xE0, 0xE1, 0xE2, 0xEC, 0xED, 0xEF, 0xFE]))
        whole = whole[:2] + bytes((0xFF, marker)) + (len(more) + 2).to_bytes(2, "big") + more + whole[2:]
    kept = only_drawn(whole + more)
    before, after = Image.open(io.BytesIO(PICTURES[name])), Image.open(io.BytesIO(kept))
    assert after.tobytes() == before.tobytes()
    assert only_drawn(kept) == kept


@FUZZ
@given(st.lists(st.lists(st.text(), min_size=2, max_size=4), max_size=4))
def test_no_cell_of_any_csv_would_run(rows: list[list[str]]) -> None:
    for row in rows:
        for cell in row:
            kept = harmless(cell)
            assert kept.removeprefix("'") == cell.removeprefix("'") or kept == f"'{cell}"
            assert harmless(kept) == kept
    assert csv_text(rows).count("\r\n") >= len(rows)
