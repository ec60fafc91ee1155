"""The page around a paper: its head, its links, and what a layout or stylesheet may not do."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest

from papergen import codes
from papergen.commands.templates import check_templates
from papergen.diagnostics import Diagnostics, Span
from papergen.model.nodes import CrossReference, Link, PaperKind
from papergen.world import World
from papergen.write.web import Edition
from tests.support.builds import copy_of_sample
from tests.support.dresses import own_dress
from tests.support.every_node import every_node_paper, paper_of, paragraph, words
from tests.support.pages import one, page_of, parsed, try_page

LAYOUT = "templates/panel-report.web.html"
SHEET = "templates/web.css"


def test_the_policy_lets_in_the_pages_own_style_and_nothing_else() -> None:
    page = page_of(every_node_paper())
    policy = one(parsed(page), "//meta[@http-equiv]").get("content")
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert "style=" not in page.partition("</style>")[2]


def test_the_head_says_what_the_page_is() -> None:
    root = parsed(page_of(replace(every_node_paper(), draft=False)))
    assert root.get("lang") == "en-GB"
    assert one(root, "//title").text == (
        "Monitoring report of A&E <28 days – Panel report – Testshire Police and Crime Panel"
    )
    named = {str(each.get("name")): str(each.get("content")) for each in root.iter("meta") if each.get("name")}
    assert named["description"].startswith("Panel report to the meeting of the Testshire Police and Crime Panel on 2")
    assert named["generator"].startswith("papergen ")
    assert named["viewport"] == "width=device-width, initial-scale=1"
    draft = parsed(page_of(every_node_paper()))
    assert (one(draft, "//title").text or "").startswith("Draft: ")
    assert one(draft, "//meta[@name='robots']").get("content") == "noindex"


def test_landmarks_and_the_way_past_them() -> None:
    root = parsed(page_of(every_node_paper()))
    first = one(root, "//body").find(".//a")
    assert first is not None
    assert first.get("href") == "#main"
    for landmark in ("//body/header", "//main[@id='main']", "//body/footer", "//main//nav[@aria-labelledby]"):
        one(root, landmark)
    assert one(root, "//h1").text_content() == "Monitoring report of A&E <28 days"


def test_no_page_says_of_a_body_that_it_is_its_own_host_authority() -> None:
    paper = paper_of(paragraph("Words."))
    hosted = {**paper.fields, "panel.name": "Testshire Panel", "panel.host_authority": "Testshire County Council"}
    alone = {**hosted, "panel.host_authority": "Testshire Panel"}
    said = "is its host authority"
    assert said in page_of(replace(paper, fields=hosted))
    assert said not in page_of(replace(paper, fields=alone))


def test_other_editions_and_papers_are_linked_to_where_they_are() -> None:
    appendix = every_node_paper(name="appendix-a", kind=PaperKind.APPENDIX, title="Measures")
    papers = (every_node_paper(), appendix)
    editions = [
        Edition("panel-report.pdf", 1_240_000, 12),
        Edition("panel-report.docx", 19_400),
        Edition("appendix-a.html"),
    ]
    root = parsed(page_of(papers[0], papers=papers, editions=editions))
    links = one(root, "//nav[@class='editions']")
    assert [each.text_content() for each in links.iter("li")] == [
        "Panel report: PDF (12 pages, 1.2 MB)",
        "Panel report: Word (19 kB)",
        "Panel report: Measures",
    ]
    assert [each.get("href") for each in links.iter("a")] == [
        "panel-report.pdf",
        "panel-report.docx",
        "appendix-a.html",
    ]
    assert not parsed(page_of(papers[0], papers=papers)).xpath("//nav[@class='editions']")


def test_a_reference_to_another_paper_leads_to_its_page() -> None:
    paper = paper_of(
        paragraph(
            CrossReference(target="appendix-a", label="Appendix A", paper="appendix-a"),
            " and ",
            CrossReference(target="robbery", children=words("robbery"), paper="appendix-a"),
        )
    )
    linked = one(parsed(page_of(paper, editions=[Edition("appendix-a.html")])), "//p[@class='body-text']")
    assert [each.get("href") for each in linked.iter("a")] == ["appendix-a.html", "appendix-a.html#robbery"]
    alone = one(parsed(page_of(paper)), "//p[@class='body-text']")
    assert alone.text_content() == "Appendix A and robbery"
    assert list(alone.iter("a")) == []


def test_an_appendix_of_others_is_linked_to_as_the_file_that_it_is() -> None:
    reference = CrossReference(target="appendix-2", label="Appendix 2", paper="appendix-2")
    paper = paper_of(paragraph(reference))
    linked = one(parsed(page_of(paper, editions=[Edition("appendix-2.pdf")])), "//p[@class='body-text']")
    assert [each.get("href") for each in linked.iter("a")] == ["appendix-2.pdf"]


def test_a_link_out_is_left_as_it_is() -> None:
    paper = paper_of(paragraph(Link(href="https://example.org/a?b=1&c=2", children=words("out"))))
    assert one(parsed(page_of(paper)), "//a[@class='hyperlink']").get("href") == "https://example.org/a?b=1&c=2"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("<script src='a.js'></script>", "“a.js” is not fetched"),
        ("<script>1</script>", "<script> does not belong"),
        ("<img src='logo.png' alt='x'>", "“logo.png” is not fetched"),
        ("<link rel='stylesheet' href='https://example.org/a.css'>", "<link> does not belong"),
        ("<p style='color: red'>x</p>", "no element have a style of its own"),
        ("<p onclick='go()'>x</p>", "“onclick” would run a script"),
        ("<iframe></iframe>", "<iframe> does not belong"),
    ],
)
def test_a_layout_that_fetches_or_runs_something_is_refused_at_its_place(more: str, message: str) -> None:
    layout = own_dress().web_layout
    lines = layout.count("\n")
    page, found = try_page(every_node_paper(), layout=f"{layout}\n  {more}\n")
    assert page is None
    assert all(each.code is codes.TEMPLATE_RESOURCE for each in found)
    assert any(message in each.message for each in found)
    assert {each.at for each in found} == {Span(LAYOUT, lines + 2, 3)}


def test_a_layout_may_hold_its_own_small_picture() -> None:
    layout = own_dress().web_layout.replace("<main", '<img src="data:image/gif;base64,R0lGOD" alt="x"><main')
    page, found = try_page(every_node_paper(), layout=layout)
    assert page is not None
    assert found == ()


@pytest.mark.parametrize(("tag", "instead"), [("main", "div"), ("h1", "h2")])
def test_a_layout_without_a_main_part_or_a_title_is_refused(tag: str, instead: str) -> None:
    layout = re.sub(rf"(</?){tag}\b", rf"\g<1>{instead}", own_dress().web_layout)
    page, found = try_page(every_node_paper(), layout=layout)
    assert page is None
    assert [(each.code, each.at) for each in found] == [(codes.TEMPLATE_BODY, Span(LAYOUT))]
    assert f"no <{tag}>" in found[0].message


@pytest.mark.parametrize(
    "asking",
    [
        "@import 'a.css';",
        "p { background: url(https://example.org/a.png) }",
        'p { background: URL( "a.png" ) }',
        "p::after { content: '</style>' }",
    ],
)
def test_a_stylesheet_that_fetches_something_is_refused_at_its_place(asking: str) -> None:
    page, found = try_page(every_node_paper(), stylesheet=f"/* url(of-no-matter.png) */\n{asking}")
    assert page is None
    assert [(each.code, each.at.file, each.at.line) for each in found] == [(codes.TEMPLATE_RESOURCE, SHEET, 2)]


def test_a_print_layout_has_no_place_for_editions_and_a_web_layout_has(tmp_path: Path) -> None:
    root = copy_of_sample(tmp_path)
    for name, layout in (("panel-report.html", own_dress().layout), ("panel-report.web.html", own_dress().web_layout)):
        again = "{{ editions }}" if name.endswith("report.html") else ""
        (root / "templates" / name).write_text(f"{layout}{again}\n", encoding="utf-8")
    diagnostics = Diagnostics()
    checked = check_templates(World(root, diagnostics), "2016-02-02")
    files = {each.file for each in checked}
    assert {"templates/panel-report.docx", "templates/panel-report.html", "templates/panel-report.web.html"} <= files
    assert [(each.code, each.at.file) for each in diagnostics] == [
        (codes.TEMPLATE_FIELD, "templates/panel-report.html")
    ]


def test_template_check_reads_the_exceptions_of_a_workspace(tmp_path: Path) -> None:
    root = copy_of_sample(tmp_path)
    (root / "templates" / "web.css").write_text("p { background: url(a.png) }\n", encoding="utf-8")
    layout = own_dress("appendix").web_layout.replace("meeting.date", "meeting.dat")
    (root / "templates" / "appendix.web.html").write_text(layout, encoding="utf-8")
    diagnostics = Diagnostics()
    check_templates(World(root, diagnostics), "2016-02-02")
    assert {(each.code, each.at.file) for each in diagnostics} == {
        (codes.TEMPLATE_RESOURCE, "templates/web.css"),
        (codes.TEMPLATE_FIELD, "templates/appendix.web.html"),
    }
