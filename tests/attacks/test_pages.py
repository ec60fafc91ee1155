"""Layouts and drawings that would fetch, run, lead away, take for ever or fill the memory."""

from __future__ import annotations

import resource
from collections.abc import Iterator

import pytest

from papergen import codes
from papergen.diagnostics import Diagnostics
from papergen.model.vector import foreign, only_drawing
from papergen.write.pdf.writer import check_print_layout
from papergen.write.stylesheet_limits import is_in_reach
from papergen.write.web.drawing import inline_drawing
from papergen.write.web.page import check_web_layout
from papergen.write.web.policy import check_stylesheet_asks
from tests.support.dresses import own_dress
from tests.support.every_node import every_node_paper
from tests.support.pages import try_page
from tests.support.within import within

FIELDS = dict(every_node_paper().fields)


@pytest.fixture(autouse=True)
def _in_moments() -> Iterator[None]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with within(seconds=30):
        yield
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000


def web(more: str) -> str:
    return f"{own_dress().web_layout}\n{more}\n"


# ---------------------------------------------------------------------------------------------------------------------
# What comes out, however it was written

WRITTEN = [
    '<{{ "meta" }} http-equiv="refresh" content="0;url=http://a.example">',
    "<{% if true %}script{% endif %}>1</script>",
    "<{% if paper.title %}scr{% endif %}ipt>1</script>",
    '<img {{ "src" }}="https://a.example/a.png" alt="x">',
    '<img alt="x" s{# a note #}rc="a.png">',
    "<ScRiPt>1</sCrIpT>",
    "<p {{ 'ON' | lower }}click='go()'>x</p>",
    "<svg><script>1</script></svg>",
    "<svg><set attributeName='href' to='https://a.example'/></svg>",
    "<svg><foreignObject><p>x</p></foreignObject></svg>",
    "<svg><use href='https://a.example/a.svg#b'/></svg>",
    "<math><mi href='https://a.example'>x</mi></math>",
    "<iframe srcdoc='x'></iframe>",
    "<form action='https://a.example'><button>x</button></form>",
    "<input autofocus>",
    "<video src='a.mp4'></video>",
    "<a href='java&#10;script:alert(1)'>x</a>",
    "<a href=' JAVASCRIPT:alert(1)'>x</a>",
    "<a href='data:text/html,x'>x</a>",
    "<a href='https://a.example' ping='https://b.example'>x</a>",
    "<img srcset='a.png 2x' src='data:image/png;base64,AAAA' alt='x'>",
    "<img src='data:text/html,x' alt='x'>",
    "<table background='a.png'><tr><td>x</td></tr></table>",
    "<body onload='go()'>",
    "<html manifest='a'>",
    "<base href='https://a.example/'>",
    "<template><p>x</p></template>",
    "<noscript><meta http-equiv=refresh content=0></noscript>",
    "<marquee>x</marquee>",
    "<p style='position: fixed'>x</p>",
    "<style>p { color: red }</style>",
    "<unheard-of>x</unheard-of>",
    "<table><tr><td colspan=100000>x</td></tr></table>",
    "<table><col span=999999999><tr><td>x</td></tr></table>",
]


@pytest.mark.parametrize("more", WRITTEN)
def test_a_page_holds_only_what_is_on_the_list(more: str) -> None:
    page, found = try_page(every_node_paper(), layout=web(more))
    assert page is None
    assert {each.code for each in found} <= {codes.TEMPLATE_RESOURCE, codes.TEMPLATE_SYNTAX, codes.TEMPLATE_FIELD}
    diagnostics = Diagnostics()
    check_web_layout("templates/x.web.html", web(more), fields=FIELDS, diagnostics=diagnostics)
    assert diagnostics.has_errors


@pytest.mark.parametrize("more", [each for each in WRITTEN if "style=" not in each and "<img" not in each])
def test_a_printed_page_holds_only_what_is_on_the_list(more: str) -> None:
    diagnostics = Diagnostics()
    layout = f"{own_dress().layout}\n{more}\n"
    check_print_layout("templates/x.html", layout, fields=FIELDS, diagnostics=diagnostics)
    assert diagnostics.has_errors


@pytest.mark.parametrize("style", ["display: flex", "letter-spacing: 1000000px", "columns: 9999"])
def test_a_style_of_an_element_is_held_to_what_a_stylesheet_is(style: str) -> None:
    diagnostics = Diagnostics()
    layout = f'{own_dress().layout}\n<p style="{style}">x</p>\n'
    check_print_layout("templates/x.html", layout, fields=FIELDS, diagnostics=diagnostics)
    assert codes.TEMPLATE_STYLESHEET in {found.code for found in diagnostics}


def test_a_character_of_thousands_of_digits_is_none() -> None:
    diagnostics = Diagnostics()
    for check, layout in ((check_web_layout, own_dress().web_layout), (check_print_layout, own_dress().layout)):
        check("templates/x", f"{layout}\n&#{'9' * 5000};\n", fields=FIELDS, diagnostics=diagnostics)
    assert list(diagnostics) == []


@pytest.mark.parametrize(
    "sheet", ["p {" * 3000, "@media " + "(" * 3000 + "{}", "a { b: c }} p { color: red }", "(" * 900]
)
def test_a_stylesheet_that_is_none_is_told_or_passed_over(sheet: str) -> None:
    diagnostics = Diagnostics()
    check_stylesheet_asks("templates/web.css", sheet, diagnostics)
    is_in_reach("templates/paper.css", sheet, diagnostics)
    assert {found.code for found in diagnostics} <= {codes.TEMPLATE_STYLESHEET}


def test_ordinary_html_is_let_stand() -> None:
    more = (
        '<nav aria-label="x"><ol start="2"><li><a href="../papers/">x</a> <a href="tel:1">y</a></li></ol></nav>'
        '<dl><dt lang="cy">x</dt><dd>y</dd></dl><img src="data:image/png;base64,AAAA" alt=""><hr>'
        '<svg viewBox="0 0 1 1" aria-hidden="true"><g fill="#123456"><path d="M0,0h1v1Z"/></g></svg>'
        "<table><caption>x</caption><tr><th scope=col colspan=2>x</th></tr></table>"
        "<details open><summary>x</summary>y</details>"
    )
    page, found = try_page(every_node_paper(), layout=web(more))
    assert found == ()
    assert page is not None


# ---------------------------------------------------------------------------------------------------------------------
# What a layout may say


@pytest.mark.parametrize(
    "said",
    [
        "{{ (9**9)**(9**9) }}",
        '{{ "x" * 2000000000 }}',
        "{% filter center(900000000) %}x{% endfilter %}",
        '{{ "x"|indent(2000000000) }}',
        '{% for a in "x" * 9999 %}{% for b in "x" * 9999 %}x{% endfor %}{% endfor %}',
        "{% set x = 1 %}",
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
        "{{ paper.title ~ paper.title }}",
        "{{ paper.title[0] * 9 }}",
        "{{ paper.title if paper.title else 'x' }}",
        "{{ [1, 2] }}",
        "{{ {'a': 1} }}",
        "{% if paper.title < 'x' %}x{% endif %}",
        "{% if paper.title is defined %}x{% endif %}",
        "{% block a %}{% endblock %}",
        "{% with %}{% endwith %}",
        "{{ 1" + "1" * 5000 + " }}",
        "{{ " + "(" * 4000 + "1" + ")" * 4000 + " }}",
        "{% if " + "not " * 20000 + "paper.title %}x{% endif %}",
        "{{ '%s' % paper.title }}",
        "{{ paper.title|replace('a', 'b') }}",
        "{{ -paper.title }}",
    ],
)
@pytest.mark.parametrize("check", [check_web_layout, check_print_layout])
def test_a_layout_prints_fields_and_asks_for_them_and_does_no_more(said: str, check: object) -> None:
    assert check in (check_web_layout, check_print_layout)
    checked = check_web_layout if check is check_web_layout else check_print_layout
    layout = own_dress().web_layout if check is check_web_layout else own_dress().layout
    diagnostics = Diagnostics()
    checked("templates/x", f"{layout}\n{said}\n", fields=FIELDS, diagnostics=diagnostics)
    assert [found.code for found in diagnostics] == [codes.TEMPLATE_SYNTAX]


# ---------------------------------------------------------------------------------------------------------------------
# Stylesheets and drawings


@pytest.mark.parametrize(
    "asking",
    [
        "@\\69mport 'https://a.example/a.css';",
        "p { background: u\\72l(https://a.example/a.png) }",
        "p { background: image-set('a.png' 1x) }",
        "p { background: -webkit-image-set(url(a.png) 1x) }",
        "@media print { p { background: url(a.png) } }",
        "@font-face { font-family: A; src: url(a.woff) }",
        "p { --a: url(a.png) }",
    ],
)
def test_a_stylesheet_asks_for_nothing_however_it_is_written(asking: str) -> None:
    diagnostics = Diagnostics()
    check_stylesheet_asks("templates/web.css", f"p {{ color: red }}\n{asking}\n", diagnostics)
    assert [(found.code, found.at.line) for found in diagnostics] == [(codes.TEMPLATE_RESOURCE, 2)]


def test_a_stylesheet_may_hold_its_own_small_pictures() -> None:
    diagnostics = Diagnostics()
    check_stylesheet_asks(
        "templates/web.css", "p { background: url(data:image/gif;base64,R0) } q { clip-path: url('#a') }", diagnostics
    )
    assert not len(diagnostics)


ENDLESS = [
    "p { font-size: 1e7px }",
    "p { letter-spacing: 1000000px }",
    "p { text-indent: -99999px }",
    "body { columns: 9999 }",
    "body { column-count: 400 }",
    "@page { size: 1px 1px }",
    "@page { margin: 99999px }",
    "@media print { p { margin: 0 calc(1px + 9e9cm) } }",
    "p::before { content: '" + "a " * 5000 + "' }",
    "p { --a: aa; --b: var(--a) var(--a) }",
]


@pytest.mark.parametrize("sheet", ENDLESS)
def test_a_stylesheet_for_print_asks_for_nothing_that_would_be_laid_out_for_ever(sheet: str) -> None:
    diagnostics = Diagnostics()
    assert not is_in_reach("templates/paper.css", f"p {{ color: red }}\n{sheet}\n", diagnostics)
    assert {(found.code, found.at.line) for found in diagnostics} == {(codes.TEMPLATE_STYLESHEET, 2)}


def test_a_stylesheet_for_print_has_the_measures_of_a_page() -> None:
    diagnostics = Diagnostics()
    sheet = "@page { size: 210mm 297mm; margin: 20mm } p { font-size: 11pt; z-index: 9999; columns: 2; content: 'a' }"
    assert is_in_reach("templates/paper.css", sheet, diagnostics)
    assert not len(diagnostics)


HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
CLEAN = f'{HEAD}<g class="marks"><text x="1">62</text><path d="M0,0h1" fill="#123456"/></g></svg>'.encode()


@pytest.mark.parametrize(
    "planted",
    [
        '<meta xmlns="http://www.w3.org/1999/xhtml" http-equiv="refresh" content="0;url=https://a.example"/>',
        "<script>alert(1)</script>",
        "<style>text { fill: url(https://a.example) }</style>",
        '<image href="https://a.example/a.png"/>',
        '<use xlink:href="#a"/>',
        "<foreignObject><p>x</p></foreignObject>",
        '<set attributeName="href" to="x"/>',
        '<g onload="alert(1)"/>',
        '<path style="fill: url(https://a.example)" d="M0,0"/>',
        '<path fill="url(https://a.example/a.svg#b)" d="M0,0"/>',
        '<path fill="u\\72l(https://a.example)" d="M0,0"/>',
        '<text xml:base="https://a.example">FALSE</text>',
        "<title>told</title>",
        "<!-- a remark -->",
        "<?run it?>",
        '<mi xmlns="http://www.w3.org/1998/Math/MathML">x</mi>',
    ],
)
def test_a_drawing_holds_only_shapes_and_letters(planted: str) -> None:
    drawing = CLEAN.replace(b"</g>", f"</g>{planted}".encode())
    assert foreign(drawing)
    kept = only_drawing(drawing)
    assert not foreign(kept)
    assert b"62" in kept
    shown = inline_drawing(drawing, alternative="x", prefix="_a-")
    for word in ("a.example", "alert", "refresh", "<script", "<meta", "<style"):
        assert word not in shown
        assert word.encode() not in kept
    assert "62" in shown


@pytest.mark.parametrize(
    "vector",
    [
        b"",
        b"no drawing",
        b"<html/>",
        b"<svg/>",
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + CLEAN,
        CLEAN[:-9],
    ],
)
def test_what_is_no_drawing_is_none(vector: bytes) -> None:
    assert foreign(vector) == ("no drawing",)
    assert only_drawing(vector) == b""


def test_a_drawing_that_is_clean_stays_as_it_is() -> None:
    assert foreign(CLEAN) == ()
    assert only_drawing(CLEAN) is CLEAN
