"""Web pages of papers, written for tests, and read back with a parser."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import html
from lxml.html import HtmlElement

from papergen.diagnostics import Code, Diagnostic, Diagnostics, Severity, Span
from papergen.model.nodes import Paper
from papergen.write.web import Edition, WrittenPapers, write_page
from tests.support.dresses import changed_dress
from tests.support.reflection import everything_in

CODE = Code("C999", Severity.WARNING, "a test asks for it")


def try_page(
    paper: Paper,
    *,
    findings: Iterable[Diagnostic] = (),
    papers: Sequence[Paper] = (),
    editions: Sequence[Edition] = (),
    layout: str | None = None,
    stylesheet: str = "",
) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The page, if it could be written, and what was said of its templates."""
    diagnostics = Diagnostics()
    page = write_page(
        paper,
        dress=changed_dress(paper.template, web_layout=layout, web_stylesheet=stylesheet),
        beside=WrittenPapers(tuple(papers) or (paper,), editions),
        findings=findings,
        diagnostics=diagnostics,
    )
    return None if page is None else page.decode("utf-8"), tuple(diagnostics)


def page_of(
    paper: Paper,
    *,
    findings: Iterable[Diagnostic] = (),
    papers: Sequence[Paper] = (),
    editions: Sequence[Edition] = (),
) -> str:
    """The page of a paper in the templates that come with papergen."""
    page, found = try_page(paper, findings=findings, papers=papers, editions=editions)
    assert not found
    assert page is not None
    return page


def parsed(page: str) -> HtmlElement:
    return html.document_fromstring(page.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))


def one(root: HtmlElement, path: str) -> HtmlElement:
    """The only element that an XPath finds."""
    found = root.xpath(path)
    assert isinstance(found, list)
    assert len(found) == 1, f"{path}: {len(found)}"
    assert isinstance(found[0], HtmlElement)
    return found[0]


def finding(at: Span, message: str = "Something <b>& more</b> is wrong.", hint: str = "Mend it.") -> Diagnostic:
    return Diagnostic(CODE, at, message, hint)


def findings_everywhere(paper: Paper) -> list[Diagnostic]:
    """A finding at the first node of every kind that knows its place, and one in the settings."""
    at = {type(node).__name__: place for node, place in reversed(list(everything_in(paper.sections))) if place.file}
    kinds = ("Section", "Paragraph", "List", "ListItem", "Table", "Figure", "Box", "Beside", "Footnote", "BlockQuote")
    placed = [finding(at[kind], f"The {kind} is wrong.") for kind in kinds if kind in at]
    return [*placed, finding(Span("content/panel.yaml", 3), "A setting is wrong.")]
