"""The PDF of a paper: its HTML in a layout, set by WeasyPrint under a print stylesheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

from papergen import __version__, codes
from papergen.diagnostics import Diagnostics, Span
from papergen.model.nodes import PIXELS_PER_INCH, Figure, Footnote, Graphic, Paper, Paragraph, Picture, Section, Width
from papergen.model.walk import plain_text
from papergen.values.chrome import ENGLISH, chrome
from papergen.values.words import shortened
from papergen.write.allowed import not_allowed, parsed, place_of
from papergen.write.columns import rooms_of
from papergen.write.dress import Dress
from papergen.write.elements import HtmlAttributes, element, start_tag
from papergen.write.html import HtmlWriter
from papergen.write.layout import LayoutUse, check_layout, fill_layout
from papergen.write.looks import PageLook
from papergen.write.pdf.chart_pages import rooms_of as rooms_of_charts
from papergen.write.pdf.drawn_boxes import MEND_LONG_WORD, check_boxes
from papergen.write.pdf.drawn_words import check_words
from papergen.write.pdf.fullness import EarlyPage, early_pages
from papergen.write.pdf.listening import SetFile, fetcher_of, listening, place_of_words
from papergen.write.pdf.loading import load_weasyprint
from papergen.write.pdf.repairs import PaintedPage, repair, settle_fonts
from papergen.write.resources import (
    LAYOUT_BASE,
    ChartPages,
    first_places,
    keyed_nodes,
    pages_of,
    picture_address,
    pictures_of,
    tell_of_letters,
)
from papergen.write.shell_html import PICTURE_HEIGHT
from papergen.write.stylesheet_limits import is_in_reach

STYLESHEET = "templates/paper.css"

_LOOKED_AT = frozenset({"style", "src"})
"""Attributes whose addresses the fetcher looks at, as it does those of the stylesheet."""

_FONT_FACE = re.compile(r"@font-face\s*{[^}]*font-family\s*:\s*[\"']?([^;\"'}]+)")

CSS_PIXELS_PER_INCH = 96
_POINTS_PER_INCH = 72
_BETWEEN = 30


@dataclass(frozen=True, slots=True)
class PdfFile:
    """A PDF, its number of pages, those that end early, and the printed page of each section, figure and table."""

    data: bytes
    pages: int
    page_of: dict[str, int]
    early: tuple[EarlyPage, ...]


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A paper set in pages, not yet written: cheap to ask for page numbers.

    ``found`` is where the fetcher of ``document`` tells of what it refuses, while it is laid out and later.
    """

    pages: int
    page_of: dict[str, int]
    document: Any
    sources: tuple[SetFile, ...]
    found: Diagnostics
    charts: ChartPages
    first_page: int = 1
    language: str = ENGLISH

    def write(self, diagnostics: Diagnostics) -> PdfFile | None:
        """The PDF, or None with diagnostics."""
        data = b""
        pages = [PaintedPage(page) for page in self.document.pages]
        with listening(self.sources, self.found):
            painted = self.document.copy(pages)
            # Asked for a colour profile, WeasyPrint leaves a file open; the repairs bring one.
            data = painted.write_pdf(
                pdf_variant="pdf/a-2a",
                pdf_identifier=False,
                output_intent="",
                uncompressed_pdf=True,
                finisher=settle_fonts,
            )
            data = repair(data, pages, charts=self.charts, first_page=self.first_page, language=self.language)
            _check_fonts(painted, self.sources, self.found)
        diagnostics.extend(self.found)
        if self.found.has_errors:
            return None
        early = early_pages(self.document, self.first_page)
        return PdfFile(data=data, pages=self.pages, page_of=self.page_of, early=early)


@dataclass(frozen=True)
class PrintWriter(HtmlWriter):
    """HTML for print: footnotes stand at their marks and the stylesheet floats them to the foot of the page.

    ``page`` is the paper that it is printed on.
    """

    page: PageLook = field(default_factory=PageLook)

    def footnote(self, footnote: Footnote) -> str:
        text = replace(self, phrasing=True).blocks(footnote.blocks)
        return element("span", text, ["footnote", "footnote-text"], {"data-number": str(footnote.number)})

    def picture_address(self, picture: Picture) -> str:
        return picture_address(picture)

    def decoration(self, figure: Figure) -> str:
        """A background, which a PDF leaves out of its reading order; an ``img`` would be read out."""
        width, height = figure.drawn.pixel_width, figure.drawn.pixel_height
        column = int(self.page.column * CSS_PIXELS_PER_INCH / _POINTS_PER_INCH)
        most = column if figure.width is Width.FULL else (column - _BETWEEN) // 2
        highest = int(self.page.room * PICTURE_HEIGHT * CSS_PIXELS_PER_INCH / _POINTS_PER_INCH)
        scale = min(CSS_PIXELS_PER_INCH / PIXELS_PER_INCH, most / width, highest / height)
        style = (
            f"background-image: url({picture_address(figure.drawn)}); "
            f"width: {width * scale:.2f}px; height: {height * scale:.2f}px"
        )
        return element("span", "", ["decorative"], {"style": style})

    def graphic(self, graphic: Graphic) -> str:
        if graphic.said:
            return super().graphic(graphic)
        style = (
            f"background-image: url({picture_address(graphic.picture)}); "
            f"width: {graphic.width}px; height: {graphic.height}px"
        )
        return element("span", "", ["decorative"], {"style": style})

    def item_opening(self, paragraph: Paragraph) -> str:
        """In a paragraph of its own, which is positioned: WeasyPrint draws bullets and numbers after what is not."""
        words = super().item_opening(paragraph)
        return words if self.phrasing else element("p", words, ["item-body"])

    def heading_attributes(self, section: Section) -> HtmlAttributes:
        title = plain_text(section.title)
        return {"data-bookmark": f"{self.number(section)} {title}".strip(), "data-title": title}


def lay_out(paper: Paper, *, dress: Dress, diagnostics: Diagnostics) -> LaidOut | None:
    """The paper set in pages, or None with diagnostics."""
    found = Diagnostics()
    try:
        return _lay_out(paper, dress, found)
    finally:
        diagnostics.extend(found)


def _lay_out(paper: Paper, dress: Dress, found: Diagnostics) -> LaidOut | None:
    if not _libraries_are_there(found):
        return None
    import weasyprint
    from weasyprint.css.counters import CounterStyle
    from weasyprint.text.fonts import FontConfiguration

    layout_file, layout = dress.layout_file, dress.layout
    page = page_html(paper, dress=dress, diagnostics=found)
    if page is None:
        return None
    tell_of_letters(first_places(paper, page), dress, found)
    own, sheet = SetFile(layout_file, dress.stylesheet), SetFile(STYLESHEET, dress.exceptions)
    if not is_in_reach(STYLESHEET, dress.exceptions, found):
        return None
    sources = (SetFile(layout_file, layout), sheet, own)
    pictures = pictures_of(paper)
    fetcher = fetcher_of(sources, pictures, dress.resources, found)
    shared = {"font_config": FontConfiguration(), "counter_style": CounterStyle()}
    styles = []
    for source in (own, sheet, SetFile(layout_file, _page_numbers(paper))):
        with listening((source,), found):
            styles.append(weasyprint.CSS(string=source.text, base_url=LAYOUT_BASE, url_fetcher=fetcher, **shared))
    document = None
    with listening(sources, found):
        html = weasyprint.HTML(string=page, base_url=LAYOUT_BASE, url_fetcher=fetcher, media_type="print")
        if not _holds_body(html.etree_element):
            found.add(
                codes.TEMPLATE_BODY,
                Span(layout_file),
                "The body of the paper stands where it is lost: in a comment, in a tag, or in text that is not shown.",
                "Write {{ body }} on a line of its own.",
            )
            return None
        if not _may_be(layout_file, layout, html.etree_element, found):
            return None
        _check_alternatives(html.etree_element, sources, found)
        document = html.render(stylesheets=styles, cache=rooms_of_charts(pictures), **shared)
    if document is None:
        return None
    page_of = _page_of(paper, document, found)
    _check_widths(paper, document, found)
    if not found.has_errors:
        check_boxes(paper, document, dict(keyed_nodes(paper)), found)
    if not found.has_errors:
        check_words(paper, document, html.etree_element, STYLESHEET if dress.exceptions else layout_file, found)
    if found.has_errors:
        return None
    first = paper.first_page or 1
    return LaidOut(len(document.pages), page_of, document, sources, found, pages_of(paper), first, paper.language)


def page_html(paper: Paper, *, dress: Dress, diagnostics: Diagnostics) -> str | None:
    """The whole HTML page that is printed, or None with diagnostics about the layout."""
    rooms = rooms_of(dress.page, dress.size)
    writer = PrintWriter(paper, room=rooms.upright, rooms=rooms, headings=dress.headings, page=dress.page)
    inside = fill_layout(
        dress.layout_file,
        dress.layout,
        fields=paper.fields,
        body=writer.body(),
        contents=writer.contents(),
        head=writer.head(),
        diagnostics=diagnostics,
    )
    if inside is None:
        return None
    words = chrome(paper.language)
    metadata = {
        "author": paper.author,
        "generator": f"papergen {__version__}",
        "keywords": words.draft if paper.draft else "",
        "dcterms.created": paper.issued.isoformat(),
        "dcterms.modified": paper.issued.isoformat(),
    }
    head = [
        start_tag("meta", (), {"charset": "utf-8"}),
        element("title", escape(f"{paper.title} ({words.draft.lower()})" if paper.draft else paper.title, quote=False)),
        *(start_tag("meta", (), {"name": name, "content": said}) for name, said in metadata.items() if said),
    ]
    classes = [paper.kind.value, "draft" if paper.draft else "final", "in-pack" if paper.first_page else ""]
    body = element("body", f"\n{inside}\n", classes, {"id": paper.name})
    html = start_tag("html", (), {"lang": paper.language})
    return "\n".join(["<!DOCTYPE html>", html, element("head", "\n".join(head)), body, "</html>\n"])


def check_print_layout(
    name: str, layout: str, *, fields: Mapping[str, str], diagnostics: Diagnostics
) -> LayoutUse | None:
    """What a layout uses, with a diagnostic for all that is wrong in it, looked at with every field and with none."""
    use = check_layout(name, layout, fields=fields, diagnostics=diagnostics)
    for words in (fields, dict.fromkeys(fields, "")) if use is not None else ():
        inside = fill_layout(name, layout, fields=words, body="<p>…</p>", contents="", diagnostics=Diagnostics())
        if inside is not None:
            _may_be(name, layout, parsed(f"<!DOCTYPE html><html><body>\n{inside}"), diagnostics)
    return use


def _may_be(name: str, layout: str, root: Any, found: Diagnostics) -> bool:  # noqa: ANN401 - an untyped tree
    """Whether a page holds nothing that it may not; what it does is told at its place in the layout."""
    wrong = list(not_allowed(root, more=_LOOKED_AT))
    for each in wrong:
        found.add(codes.TEMPLATE_RESOURCE, place_of(name, layout, each), each.message, each.hint)
    styles = dict.fromkeys(str(each.get("style")) for each in root.iter() if each.get("style"))
    beyond = Diagnostics()
    is_in_reach(name, "".join(f"x {{{style}}}\n" for style in styles), beyond)
    found.extend(replace(each, at=Span(name)) for each in beyond)
    return not wrong and not beyond.has_errors


def _check_alternatives(root: Any, sources: tuple[SetFile, ...], found: Diagnostics) -> None:  # noqa: ANN401
    """Tell of pictures that say nothing to someone who cannot see them; WeasyPrint, which writes no tags, does not."""
    for image in root.iter("img"):
        if not image.get("alt", "").strip():
            address = image.get("src", "")
            found.add(
                codes.TEMPLATE_STYLESHEET,
                place_of_words(address, sources),
                f"The picture “{address[:60]}” has no alt description.",
                'Write in alt="…" what it shows, or make it a background if it shows nothing.',
            )


def _page_numbers(paper: Paper) -> str:
    """The rule that makes page numbers start where the printed pack says."""
    return f"@page :first {{ counter-reset: page {paper.first_page} }}\n" if paper.first_page else ""


def _page_of(paper: Paper, document: Any, found: Diagnostics) -> dict[str, int]:  # noqa: ANN401 - WeasyPrint is untyped
    first = paper.first_page or 1
    pages: dict[str, int] = {}
    for number, page in enumerate(document.pages, first):
        for anchor in page.anchors:
            pages.setdefault(anchor, number)
    page_of: dict[str, int] = {}
    for key, at in keyed_nodes(paper):
        if key in pages:
            page_of[key] = pages[key]
        else:
            found.add(
                codes.OUTPUT_LOST_TEXT,
                at,
                f"“{key}” stands on no page of the PDF.",
                f"Look in {STYLESHEET} for a rule that hides it.",
            )
    return page_of


def _holds_body(root: Any) -> bool:  # noqa: ANN401 - an element tree, which WeasyPrint does not type
    return sum("paper-body" in found.get("class", "").split() for found in root.iter("div")) == 1


def _check_widths(paper: Paper, document: Any, found: Diagnostics) -> None:  # noqa: ANN401 - WeasyPrint is untyped
    places = dict(keyed_nodes(paper))
    for page in document.pages:
        for table, width in _wide_tables(page._page_box, page.width):
            fits_on_its_side = page.width < page.height and width < page.height - _MARGINS
            key = table.get("id", "")
            head = " ".join("".join(cell.itertext()) for cell in table.iter("th"))
            hint = "Put it between ::: landscape and :::, or divide" if fits_on_its_side else "Divide"
            word = _unbroken_word(table)
            found.add(
                codes.TABLE_TOO_WIDE,
                places.get(key, Span(paper.name)),
                f"The table headed “{head[:60]}” does not fit across its column.",
                MEND_LONG_WORD.format(f"“{shortened(word)}”") if word else f"{hint} it into two tables.",
            )


def _unbroken_word(table: Any) -> str:  # noqa: ANN401
    """The first long word in a table that has a mark inside, which keeps the engine from breaking it; else nothing."""
    cells = (cell for cell in table.iter() if cell.tag in ("td", "th") and len(cell))
    words = (word for cell in cells for word in "".join(cell.itertext()).split())
    return next((word for word in words if len(word) > _LONG_WORD), "")


_LONG_WORD = 40
_MARGINS = 150
"""CSS pixels of a page on its side that no table should count on."""


def _wide_tables(box: Any, right: float) -> Iterator[tuple[Any, float]]:  # noqa: ANN401
    """The elements of tables that reach beyond ``right``, the right edge of what they stand in, and their widths."""
    if getattr(box, "is_table_wrapper", False) and box.element_tag == "table":
        if box.border_box_x() + box.border_width() > right + 1:
            yield box.element, box.border_width()
        return
    children = getattr(box, "children", ())
    edge = box.content_box_x() + box.width if children and isinstance(box.width, (int, float)) else right
    for child in children:
        yield from _wide_tables(child, edge)


def _libraries_are_there(found: Diagnostics) -> bool:
    """Whether WeasyPrint has the system's libraries that it needs, among them the one that keeps bytes the same."""
    hint = "On Debian: sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    try:
        load_weasyprint()
        from weasyprint.text.ffi import harfbuzz_subset
    except OSError as problem:
        found.add(
            codes.LIBRARY_MISSING, Span("PDF"), f"A library that the PDF needs cannot be loaded: {problem}.", hint
        )
        return False
    if harfbuzz_subset is None:
        found.add(codes.LIBRARY_MISSING, Span("PDF"), "The library libharfbuzz-subset0 is not installed.", hint)
        return False
    return True


def _check_fonts(document: Any, sources: tuple[SetFile, ...], found: Diagnostics) -> None:  # noqa: ANN401
    """Tell of text in fonts that no ``@font-face`` brought, since those can only be fonts of papergen."""
    ours = {name.strip().casefold() for source in sources for name in _FONT_FACE.findall(source.text)}
    for family in sorted({font.family for font in document.fonts.values()}):
        if family.casefold() not in ours:
            found.add(
                codes.TEMPLATE_FONT,
                Span(STYLESHEET),
                f"Some of the text is set in “{family}”, a font of this machine.",
                "Let every rule for font-family name the font that the stylesheet brings with @font-face.",
            )
