"""Setting papers with the templates of the repository, and reading back what stands on which page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from papergen.diagnostics import Diagnostics
from papergen.model.nodes import Paper
from papergen.write.pdf.writer import LaidOut, PdfFile, lay_out
from tests.support.dresses import changed_dress, own_dress


def written(paper: Paper) -> PdfFile:
    """The PDF of a paper, which must give no diagnostics."""
    diagnostics = Diagnostics()
    pages = lay_out(paper, dress=own_dress(paper.template), diagnostics=diagnostics)
    pdf = None if pages is None else pages.write(diagnostics)
    assert list(diagnostics) == []
    assert pdf is not None
    return pdf


def found(paper: Paper, *, layout: str | None = None, stylesheet: str = "") -> Diagnostics:
    """The diagnostics of a paper that must not be written."""
    diagnostics = Diagnostics()
    dress = changed_dress(paper.template, layout=layout, stylesheet=stylesheet)
    pages = lay_out(paper, dress=dress, diagnostics=diagnostics)
    assert pages is None or pages.write(diagnostics) is None
    return diagnostics


def laid_out(paper: Paper) -> LaidOut:
    """A paper set in pages, which must give no diagnostics."""
    diagnostics = Diagnostics()
    pages = lay_out(paper, dress=own_dress(paper.template), diagnostics=diagnostics)
    assert list(diagnostics) == []
    assert pages is not None
    return pages


@dataclass(frozen=True)
class Part:
    """An element's box on one page: its tag ("p", "span::footnote-call"), what it stands in, where its edges are."""

    element: Any
    tag: str
    within: frozenset[str]
    top: float
    bottom: float
    left: float
    right: float

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(self.element.get("class", "").split())

    @property
    def words(self) -> str:
        return "".join(self.element.itertext())


@dataclass(frozen=True)
class SetPage:
    """What stands in the text area of a page, in reading order, and the notes at its foot."""

    body: tuple[Part, ...]
    notes: tuple[Part, ...]
    top: float
    bottom: float
    left: float
    right: float


def set_pages(pages: LaidOut) -> list[SetPage]:
    """What stands on each page."""
    return [_page(page._page_box) for page in pages.document.pages]


def _page(box: Any) -> SetPage:
    root, *others = box.children
    notes = [child for other in others if "FootnoteArea" in type(other).__name__ for child in other.children]
    return SetPage(
        body=tuple(_parts(root, frozenset())),
        notes=tuple(part for note in notes for part in _parts(note, frozenset())),
        top=box.content_box_y(),
        bottom=box.content_box_y() + box.height,
        left=box.content_box_x(),
        right=box.content_box_x() + box.width,
    )


def _parts(box: Any, within: frozenset[str]) -> Iterator[Part]:
    element = box.element
    names = within
    if element is not None:
        part = Part(
            element,
            box.element_tag,
            within,
            box.position_y + box.margin_top,
            box.position_y + box.margin_height() - box.margin_bottom,
            box.border_box_x(),
            box.border_box_x() + box.border_width(),
        )
        yield part
        names = within | part.classes | {part.tag}
    for child in getattr(box, "children", ()):
        yield from _parts(child, names)
