"""Filling layouts, and what is told of a layout that cannot be filled."""

from __future__ import annotations

import pytest

from papergen import codes
from papergen.diagnostics import Code, Diagnostics, Span
from papergen.write.layout import LayoutUse, check_layout, fill_layout
from tests.support.dresses import own_dress
from tests.support.every_node import FIELDS, every_node_paper
from tests.support.setting import found

FILE = "templates/panel-report.html"
FACTS = {**FIELDS, "plan.objectives.1": "To do well", "plan.aim.protect-people": "To protect", "meeting.first_page": ""}


def filled(
    layout: str, *, body: str = "<p>Body</p>", contents: str = "", diagnostics: Diagnostics | None = None
) -> str:
    findings = Diagnostics() if diagnostics is None else diagnostics
    text = fill_layout(FILE, layout, fields=FACTS, body=body, contents=contents, diagnostics=findings)
    if diagnostics is None:
        assert list(findings) == []
    return text or ""


def told(layout: str, *, contents: str = "") -> list[tuple[Code, Span]]:
    findings = Diagnostics()
    assert filled(layout, contents=contents, diagnostics=findings) == ""
    return [(finding.code, finding.at) for finding in findings]


def checked(layout: str) -> tuple[LayoutUse | None, Diagnostics]:
    diagnostics = Diagnostics()
    return check_layout(FILE, layout, fields=FACTS, diagnostics=diagnostics), diagnostics


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("{{ meeting.date }}", "2 February 2016"),
        ("{{ paper.title }}", "Monitoring report of A&amp;E &lt;28 days"),
        ("{{ meeting.period }} / {{ meeting.period.starts }}", "1 October to 31 December 2015 / 1 October 2015"),
        ("{{ plan.objectives.1 }}", "To do well"),
        ("{{ plan.aim['protect-people'] }}", "To protect"),
        ("{{ paper.status | upper }}", "DRAFT"),
        ("{% if meeting.first_page %}yes{% else %}no{% endif %}", "no"),
        ("{% if meeting.agenda_item %}Item {{ meeting.agenda_item }}{% endif %}", "Item 7"),
        ("{% if paper.status == 'Draft' %}draft{% endif %}", "draft"),
        ("{# a note #}", ""),
    ],
)
def test_fields_are_printed(written: str, printed: str) -> None:
    assert filled(f"{written}\n{{{{ body }}}}") == f"{printed}\n<p>Body</p>"


def test_body_and_contents_are_html_and_fields_are_not() -> None:
    text = filled("{{ contents }}{{ body }}{{ paper.title }}", body="<p>A &amp; B</p>", contents="<nav></nav>")
    assert text == "<nav></nav><p>A &amp; B</p>Monitoring report of A&amp;E &lt;28 days"


def test_an_unknown_field_is_told_with_its_place_and_a_near_match() -> None:
    diagnostics = Diagnostics()
    assert filled("<p>x</p>\n<p>{{ meeting.dtae }}</p>\n{{ body }}", diagnostics=diagnostics) == ""
    (finding,) = diagnostics
    assert (finding.code, finding.at) == (codes.TEMPLATE_FIELD, Span(FILE, 2, 7))
    assert "“meeting.dtae”" in finding.message
    assert finding.hint == "Did you mean “meeting.date”?"


@pytest.mark.parametrize(
    ("layout", "code", "line"),
    [
        ("{{ body }}\n{{ plan }}", codes.TEMPLATE_FIELD, 2),
        ("{{ body }}\n{{ meeting.date.upper() }}", codes.TEMPLATE_SYNTAX, 2),
        ("{{ body }}\n{{ ''.__class__.__mro__ }}", codes.TEMPLATE_SYNTAX, 2),
        ("{{ body }}\n{{ range(3) }}", codes.TEMPLATE_SYNTAX, 2),
        ("{{ body }}\n\n{{ meeting.date", codes.TEMPLATE_SYNTAX, 3),
        ("{{ body }}\n{% if paper.status %}", codes.TEMPLATE_SYNTAX, 2),
        ("{{ body }}\n{{ meeting.date | mnth }}", codes.TEMPLATE_SYNTAX, 2),
        ("{{ body }}\n{{ meeting.date | random }}", codes.TEMPLATE_SYNTAX, 2),
        ("{{ body }}\n{{ paper.title | safe }}", codes.TEMPLATE_SYNTAX, 2),
        ("{{ body }}\n{% include 'other.html' %}", codes.TEMPLATE_SYNTAX, 2),
        ("{{ body }}\n{% extends '/etc/passwd' %}", codes.TEMPLATE_SYNTAX, 2),
        ("{{ body }}\n{{ 1 / 0 }}", codes.TEMPLATE_SYNTAX, 2),
        ("{{ body }}\n{{ meeting.date | round }}", codes.TEMPLATE_SYNTAX, 2),
        ("{{ body }}\n{% set day = meeting.date %}{{ day }}", codes.TEMPLATE_SYNTAX, 2),
        ("{{ body | upper }}", codes.TEMPLATE_SYNTAX, 1),
        ("<p>Nothing</p>", codes.TEMPLATE_BODY, 0),
        ("{# {{ body }} #}", codes.TEMPLATE_BODY, 0),
        ("{{ body }}\n{{ body }}", codes.TEMPLATE_BODY, 2),
    ],
)
def test_what_is_wrong_is_told_with_its_line(layout: str, code: Code, line: int) -> None:
    ((told_code, at),) = told(layout)
    assert (told_code, at.file, at.line) == (code, FILE, line)


def test_a_contents_list_needs_its_place() -> None:
    assert told("{{ body }}", contents="<nav></nav>") == [(codes.TEMPLATE_BODY, Span(FILE))]


@pytest.mark.parametrize(
    "layout",
    ["<!-- {{ body }} -->", "<title>{{ body }}</title>", "<textarea>{{ body }}</textarea>", '<p title="{{ body }}">'],
)
def test_a_body_in_a_lost_place_is_told(layout: str) -> None:
    (finding,) = found(every_node_paper(contents_depth=0), layout=layout)
    assert finding.code is codes.TEMPLATE_BODY


def test_a_check_lists_what_a_layout_uses() -> None:
    use, diagnostics = checked("{{ meeting.date }}\n{{ body }}\n{{ meeting.date }} {{ meting.date }}\n{{ contents }}")
    assert use == LayoutUse(known={"meeting.date": (1, 3)}, unknown={"meting.date": (3,)}, body=(2,), contents=(4,))
    assert [finding.code for finding in diagnostics] == [codes.TEMPLATE_FIELD]
    assert str(use) == (
        "  uses: meeting.date (line 1, 3), body (line 2), contents (line 4)\n  does not know: meting.date (line 3)"
    )


def test_a_check_of_a_broken_layout_gives_nothing_but_its_diagnostic() -> None:
    use, diagnostics = checked("{{ meeting. }}")
    assert use is None
    assert [finding.code for finding in diagnostics] == [codes.TEMPLATE_SYNTAX]


@pytest.mark.parametrize("name", ["panel-report", "appendix"])
def test_the_layouts_of_papergens_templates_are_sound(name: str) -> None:
    use, diagnostics = checked(own_dress(name).layout)
    assert list(diagnostics) == []
    assert use is not None
    assert use.contents
