"""What a layout, a stylesheet or a paper may not do to the PDF, and how it is told."""

from __future__ import annotations

import logging

import pytest

from papergen import codes
from papergen.diagnostics import Diagnostics, Span
from papergen.model.nodes import Alignment, CrossReference, Paragraph, Table, Text, Value
from papergen.write.pdf.writer import STYLESHEET, lay_out
from tests.support.dresses import changed_dress
from tests.support.every_node import every_node_paper, paper_of, paragraph, words
from tests.support.setting import found, written

LAYOUT = "templates/panel-report.html"
FONT = "@font-face { font-family: Own; src: url(papergen:font/Arimo-Regular.ttf) } body { font-family: Own }"


@pytest.mark.parametrize(
    ("layout", "stylesheet", "at", "address"),
    [
        (
            "{body}\n<img src='https://example.org/logo.png' alt='x'>",
            "",
            Span(LAYOUT, 2, 11),
            "https://example.org/logo.png",
        ),
        ("{body}<img src='file:///etc/hostname' alt='x'>", "", Span(LAYOUT, 1, 21), "file:///etc/hostname"),
        ("{body}<img src='logo.png' alt='x'>", "", Span(LAYOUT, 1, 21), "logo.png"),
        ("{body}<img src='data:image/png;base64,AAAA' alt='x'>", "", Span(LAYOUT, 1, 21), "data:image/png;base64,AAAA"),
        ("{body}", "\np { background: url(file:///etc/x.png) }", Span(STYLESHEET, 2, 21), "file:///etc/x.png"),
        ("{body}", "@import url(https://example.org/a.css);", Span(STYLESHEET, 1, 13), "https://example.org/a.css"),
        ("{body}", "@import 'a.css';", Span(STYLESHEET, 1, 10), "a.css"),
        (
            "{body}",
            "@font-face { font-family: A; src: url(papergen:font/other.ttf) }",
            Span(STYLESHEET, 1, 39),
            "papergen:font/other.ttf",
        ),
        (
            "{body}",
            "@font-face { font-family: A; src: url(https://a.example/f.ttf) }",
            Span(STYLESHEET, 1, 39),
            "https://a.example/f.ttf",
        ),
        ("{body}", "p { background: url(papergen:picture/0000) }", Span(STYLESHEET, 1, 21), "papergen:picture/0000"),
    ],
)
def test_other_addresses_are_refused(layout: str, stylesheet: str, at: Span, address: str) -> None:
    findings = list(
        found(paper_of(paragraph("Words.")), layout=layout.format(body="{{ body }}"), stylesheet=stylesheet)
    )
    assert [(finding.code, finding.at) for finding in findings] == [(codes.TEMPLATE_RESOURCE, at)]
    assert f"“{address}”" in findings[0].message


@pytest.mark.parametrize(
    ("layout", "column", "message"),
    [
        ("{body}<link rel=stylesheet href='other.css'>", 11, "<link>"),
        ("{body}<link rel=attachment href='file:///etc/hostname'>", 11, "<link>"),
        ("{body}<style>p {{ background: url(http://a.example/b.png) }}</style>", 11, "<style>"),
        ("{body}<base href='file:///etc/'>", 11, "<base>"),
        ("{body}<object data='file:///etc/hostname'></object>", 11, "<object>"),
        ("{body}<embed src='a.pdf'>", 11, "<embed>"),
        ("{body}<a href='javascript:alert(1)'>x</a>", 11, "“javascript:alert(1)”"),
        ("{body}<input type=text>", 11, "<input>"),
    ],
)
def test_what_does_not_belong_in_a_page_is_refused(layout: str, column: int, message: str) -> None:
    findings = list(found(paper_of(paragraph("Words.")), layout=layout.format(body="{{ body }}"), stylesheet=""))
    assert {(finding.code, finding.at) for finding in findings} == {(codes.TEMPLATE_RESOURCE, Span(LAYOUT, 1, column))}
    assert any(message in finding.message for finding in findings)


def test_a_font_of_the_system_is_not_used_either() -> None:
    stylesheet = '@font-face { font-family: A; src: local("DejaVu Sans") } body { font-family: A }'
    findings = found(paper_of(paragraph("Words.")), layout="{{ body }}", stylesheet=stylesheet)
    assert {finding.code for finding in findings} <= {codes.TEMPLATE_RESOURCE, codes.TEMPLATE_STYLESHEET}
    assert len(findings) == 1


def test_text_in_a_font_that_the_stylesheet_does_not_bring_is_told() -> None:
    (finding,) = found(paper_of(paragraph("Words.")), stylesheet="p { font-family: Elsewhere }")
    assert (finding.code, finding.at) == (codes.TEMPLATE_FONT, Span(STYLESHEET))
    assert finding.message.endswith(", a font of this machine.")


@pytest.mark.parametrize(
    ("stylesheet", "line", "column", "quoted"),
    [
        ("p { margin: 0 }\np { colour: red }", 2, 5, "colour"),
        ("p { margin: 1 }", 1, 5, "margin"),
        ("p:::x { color: red }", 1, 1, "p:::x"),
    ],
)
def test_what_weasyprint_passes_over_is_told(stylesheet: str, line: int, column: int, quoted: str) -> None:
    diagnostics = Diagnostics()
    dress = changed_dress(layout="{{ body }}", stylesheet=stylesheet)
    lay_out(paper_of(paragraph("Words.")), dress=dress, diagnostics=diagnostics)
    (finding,) = diagnostics
    assert (finding.code, finding.at) == (codes.TEMPLATE_STYLESHEET, Span(STYLESHEET, line, column))
    assert quoted in finding.message


def test_a_reference_to_nothing_is_told() -> None:
    (finding,) = found(paper_of(paragraph(CrossReference(target="nowhere", label="section 9"))))
    assert finding.code is codes.TEMPLATE_STYLESHEET
    assert "nowhere" in finding.message


@pytest.mark.slow
def test_a_section_that_the_stylesheet_hides_is_told() -> None:
    (finding,) = found(every_node_paper(), stylesheet=".heading-3 { display: none }")
    assert finding.code is codes.OUTPUT_LOST_TEXT
    assert "“third”" in finding.message


def test_a_letter_that_the_font_lacks_is_told_with_its_place() -> None:
    value = Value(text="Marked ✓", expression="mark", at=Span("content/a.md", 7, 3))
    (finding,) = found(paper_of(Paragraph(inlines=(Text(text="Done: "), value))))
    assert (finding.code, finding.at) == (codes.LETTER_MISSING, Span("content/a.md", 7, 3))
    assert "“✓” (U+2713)" in finding.message


def test_a_table_that_is_too_wide_is_told_with_its_place() -> None:
    count = 30
    wide = Table(
        header=tuple(words(f"Heading{column}") for column in range(count)),
        rows=(tuple(words("1,000,000") for _ in range(count)),),
        alignments=(Alignment.RIGHT,) * count,
        key="wide",
        at=Span("content/a.md", 9, 1),
    )
    (finding,) = found(paper_of(wide))
    assert (finding.code, finding.at) == (codes.TABLE_TOO_WIDE, Span("content/a.md", 9, 1))


@pytest.mark.slow
def test_an_error_inside_weasyprint_is_a_diagnostic(monkeypatch: pytest.MonkeyPatch) -> None:
    import weasyprint

    def fail(*_: object, **__: object) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr(weasyprint.Document, "write_pdf", fail)
    (finding,) = found(every_node_paper())
    assert (finding.code, finding.at) == (codes.OUTPUT_FAILED, Span("templates/panel-report.docx"))
    monkeypatch.undo()
    monkeypatch.setattr(weasyprint.HTML, "render", fail)
    (finding,) = found(every_node_paper())
    assert finding.code is codes.OUTPUT_FAILED


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import weasyprint.text.ffi

    monkeypatch.setattr(weasyprint.text.ffi, "harfbuzz_subset", None)
    (finding,) = found(every_node_paper())
    assert finding.code is codes.LIBRARY_MISSING
    assert "libharfbuzz-subset0" in finding.message


def test_nothing_is_logged_to_the_console(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        found(paper_of(paragraph("Words.")), stylesheet="p { colour: red }")
        written(paper_of(paragraph("Other words.")))
    assert [record for record in caplog.records if record.name.startswith(("weasyprint", "fontTools"))] == []
    assert capfd.readouterr() == ("", "")
    for name in ("weasyprint", "fontTools"):
        assert logging.getLogger(name).propagate
