"""Every web page holds to WCAG 2.2 AA as axe sees it in a real browser, and to the rules of HTML and CSS."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from papergen.model.nodes import ChartData, Figure, Paper
from papergen.papers.chart_data import chart_files
from papergen.write.web import Edition
from tests.support.adopting import Adopted
from tests.support.browsing import DESK, PHONE, WCAG, Browser, Seen, running_browser
from tests.support.builds import Built
from tests.support.every_node import every_node_paper
from tests.support.html_rules import broken_rules
from tests.support.pages import findings_everywhere, page_of, parsed

pytestmark = pytest.mark.slow

FINAL = "final"
DRAFT = "draft"


@pytest.fixture(scope="module")
def pages(sample: Built, fourshire: Built, harbour: Built) -> dict[str, str]:
    """The pages of the meetings and of the paper that has everything, as drafts full of findings and as final."""
    meetings = {
        "sample": sample.papers,
        "fourshire": fourshire.papers,
        "harbour": harbour.papers,
        "every-node": (_everything(),),
    }
    written: dict[str, str] = {}
    for meeting, papers in meetings.items():
        names = [f"{paper.name}.{ending}" for paper in papers for ending in ("pdf", "docx", "html")]
        names += [name for paper in papers for name, _ in chart_files(paper)]
        editions = [Edition(name, 1_200_000, 12) for name in names]
        for paper in papers:
            draft = replace(paper, draft=True)
            final = replace(paper, draft=False, fields={**paper.fields, "paper.status": ""})
            findings = findings_everywhere(paper)
            written[f"{meeting} {paper.name} {DRAFT}"] = page_of(
                draft, papers=papers, editions=editions, findings=findings
            )
            written[f"{meeting} {paper.name} {FINAL}"] = page_of(
                final, papers=papers, editions=editions, findings=findings
            )
    return written


def _everything() -> Paper:
    """The paper with every kind of node; its first figure is a chart with data, drawn with an id of its own."""
    paper = every_node_paper()
    first, second = paper.sections
    blocks = tuple(_charted(block) if isinstance(block, Figure) and block.number else block for block in second.blocks)
    return replace(paper, sections=(first, replace(second, blocks=blocks)))


def _charted(figure: Figure) -> Figure:
    vector = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="604" height="60" viewBox="0 0 604 60"><defs>'
        b'<linearGradient id="shade"><stop offset="0"/></linearGradient></defs>'
        b'<rect width="604" height="60" fill="url(#shade)"/></svg>'
    )
    data = ChartData(columns=("Month", "Offences"), rows=(("May", "12"), ("June", "")))
    return replace(figure, picture=replace(figure.drawn, vector=vector), data=data)


# ---------------------------------------------------------------------------------------------------------------------
# axe in Chromium


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for every page."""
    with running_browser(tmp_path_factory.mktemp("browser")) as browser:
        yield browser


@pytest.mark.parametrize(
    ("state", "width", "dark"),
    [(DRAFT, DESK, False), (DRAFT, DESK, True), (DRAFT, PHONE, False), (FINAL, PHONE, True)],
    ids=["desk", "desk-dark", "phone", "final-phone-dark"],
)
def test_axe_finds_nothing(pages: dict[str, str], browser: Browser, state: str, width: int, dark: bool) -> None:
    """The longest page takes longer than all others together, so axe sees it in two states of the four.

    They have both widths, both schemes, and a draft as well as a final page; in the other two states its width and what
    it fetches are looked at, and the other pages, which are full of findings as drafts, in every way.
    """
    chosen = {name: page for name, page in pages.items() if name.endswith(state)}
    assert len(chosen) == 9
    longest = max(chosen, key=lambda name: len(chosen[name]))
    for name, page in chosen.items():
        briefly = name == longest and (width == DESK) == dark
        seen = browser.look(page, width=width, dark=dark, rules=("cat.language",) if briefly else WCAG)
        assert seen.violations == (), name
        assert briefly or {"color-contrast", "heading-order", "link-name", "target-size"} <= seen.passes
        assert seen.needed <= width, f"{name} is {seen.needed} pixels wide"
        assert seen.fetched == (), name


AXE_FAULTS = {
    "color-contrast": ("--quiet: #595959", "--quiet: #c0c8d0"),
    "svg-img-alt": ('aria-label="A plain box"', ""),
    "image-alt": ('alt="A half box"', ""),
    "heading-order": ("<h3 ", "<h5 "),
    "html-has-lang": ('<html lang="en-GB"', "<html"),
    "document-title": ("<title>", "<title></title><title>"),
    "landmark-one-main": ('<main id="main">', '<div id="main">'),
    "list": ('<ul class="list-bullet">', '<ul class="list-bullet"><p>Lost</p>'),
    "label-content-name-mismatch": ('aria-label="Note 1"', 'aria-label="See below"'),
    "skip-link": ('href="#main"', 'href="#nowhere"'),
}


@pytest.mark.parametrize("rule", AXE_FAULTS)
def test_axe_finds_a_seeded_fault(rule: str, browser: Browser) -> None:
    page = _seeded(page_of(_everything()), *AXE_FAULTS[rule])
    assert rule in _rules(browser.look(page))


def test_axe_finds_faults_of_the_dark_and_of_the_phone_alone(browser: Browser) -> None:
    page = page_of(_everything())
    dim = _seeded(page, "--quiet: #bdbdbd", "--quiet: #3a424d")
    assert _rules(browser.look(dim)) == set()
    assert _rules(browser.look(dim, dark=True)) == {"color-contrast"}
    caught = _seeded(page, ' tabindex="0"', "")
    assert _rules(browser.look(caught, width=PHONE)) == {"scrollable-region-focusable"}


def test_a_page_that_is_too_wide_or_fetches_is_seen(browser: Browser) -> None:
    page = page_of(_everything())
    assert browser.look(_seeded(page, "overflow-x: auto", "overflow-x: visible"), width=PHONE).needed > PHONE
    fetching = page.replace("</main>", '<img src="http://127.0.0.1:9/x.png" alt="x"></main>')
    assert browser.look(fetching).fetched == ("http://127.0.0.1:9/x.png",)


def _rules(seen: Seen) -> set[str]:
    return {violation.partition(":")[0] for violation in seen.violations}


def _seeded(page: str, right: str, wrong: str) -> str:
    assert right in page
    return page.replace(right, wrong)


# ---------------------------------------------------------------------------------------------------------------------
# The rules of HTML and CSS, and what a page asks for


HTML_FAULTS = {
    "Duplicate ID": ('id="sums"', 'id="money"'),
    "not allowed as child": ("<figcaption", "<table><tr><td>x</table><figcaption"),
    "Unclosed element": ("</header>", ""),
    "CSS": ("overflow-x: auto", "overflow-x: sideways"),
    "Inline style violates": ("<style>", "<style>p { margin: 0 } "),
    "Resource violates": ("</main>", '<img src="https://example.org/a.png" alt="x"></main>'),
}


def test_the_validator_finds_each_seeded_fault_and_nothing_else(
    pages: dict[str, str], adopted: Mapping[str, Adopted], tmp_path: Path
) -> None:
    page = page_of(_everything())
    sound = pages | {f"letterhead {name}": each.page for name, each in adopted.items()}
    found = broken_rules(sound | {what: _seeded(page, *fault) for what, fault in HTML_FAULTS.items()}, tmp_path)
    assert {name: found[name] for name in sound if name in found} == {}
    for what in HTML_FAULTS:
        assert any(what in message for message in found.get(what, ())), (what, found.get(what))


def test_a_page_asks_for_nothing(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        assert asked_for(page) == [], name
    page = pages["every-node panel-report final"]
    for asking in (
        "<script>1</script>",
        '<img src="logo.png">',
        '<link rel="stylesheet" href="a.css">',
        '<p style="x">',
    ):
        assert asked_for(page.replace("</main>", f"{asking}</main>")), asking
    assert asked_for(page.replace("</style>", "p { background: url(a.png) }</style>"))


def asked_for(page: str) -> list[str]:
    """What a page would run or fetch, and styles that its policy does not let through."""
    found: list[str] = []
    for element in parsed(page).iter():
        tag = str(element.tag)
        if tag in ("script", "iframe", "object", "embed", "base", "form"):
            found.append(tag)
        for attribute, value in element.attrib.items():
            name, words = str(attribute), str(value)
            fetched = name in ("src", "srcset", "poster", "data", "xlink:href") or (name == "href" and tag != "a")
            if (fetched and not words.startswith(("data:", "#"))) or name.startswith("on") or name == "style":
                found.append(f"{tag} {name}={words[:80]}")
    styles = "".join(re.findall(r"<style>(.*?)</style>", page, re.DOTALL))
    return found + re.findall(r"@import|url\((?!data:|#)[^)]*", styles)


def test_ids_are_unique_and_headings_go_down_by_one_step(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        root = parsed(page)
        ids = [str(each) for each in root.xpath("//@id")]
        assert len(ids) == len(set(ids)), name
        levels = [int(str(each.tag)[1]) for each in root.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels)), name
        targets = [str(each)[1:] for each in root.xpath("//a/@href[starts-with(., '#')]")]
        assert set(targets) <= set(ids), name
