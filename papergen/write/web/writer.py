"""The document model as part of a web page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field, replace
from html import escape
from typing import TypeAlias
from urllib.parse import quote

from papergen.model.nodes import (
    PIXELS_PER_INCH,
    Block,
    ChartData,
    CrossReference,
    Figure,
    Footnote,
    Inlines,
    Paragraph,
    Picture,
    Section,
    Table,
    Width,
)
from papergen.model.walk import find, plain_text
from papergen.values.words import capital
from papergen.write.columns import ColumnFit
from papergen.write.elements import HtmlAttributes, data_address, element, start_tag
from papergen.write.html import DEEPEST_CONTENTS, HtmlWriter
from papergen.write.web.drawing import drawing_of
from papergen.write.web.findings import DraftFindings

CSS_PIXELS_PER_INCH = 96

_ROOM_ON_A_PHONE = 30
"""The letters of table text that stand side by side on a screen of 320 CSS pixels."""
_MARGINS = 2


Keep: TypeAlias = Callable[[tuple[Hashable, ...], object, Callable[[], str]], str]
"""Gives what was made under a key before, if it was given the same then; otherwise what is made now."""


def afresh(_key: tuple[Hashable, ...], _given: object, make: Callable[[], str]) -> str:
    """Keeps nothing."""
    return make()


@dataclass(frozen=True)
class WebWriter(HtmlWriter):
    """HTML for the web: pictures are in the page, notes stand at its end, and what is wide scrolls in its own frame.

    ``files`` are the names of the files that will lie beside the page; nothing else is linked to.  ``keep`` may have
    what a section came to before.
    """

    files: Collection[str] = ()
    findings: DraftFindings = field(default_factory=DraftFindings)
    keep: Keep = afresh

    def contents(self) -> str:
        """The contents list as lists within lists; a paper without one in print has its first two levels here."""
        depth = min(self.paper.contents_depth or 2, DEEPEST_CONTENTS)
        heading = element("h2", self.words.contents, ["toc-heading"], {"id": "_contents"})
        listed = self._contents_of(self.paper.sections, depth)
        return element("nav", f"{heading}\n{listed}", ["contents"], {"aria-labelledby": "_contents"}) if listed else ""

    def _contents_of(self, sections: tuple[Section, ...], depth: int) -> str:
        items = [self._contents_item(section, depth) for section in sections if section.level <= depth]
        return element("ul", "\n".join(items), ["toc"]) if items else ""

    def _contents_item(self, section: Section, depth: int) -> str:
        number = self.number(section)
        numbered = element("span", escape(number), ["number"]) + " " if number else ""
        title = escape(plain_text(section.title), quote=False)
        words = element("span", title, ["toc-title"], {"lang": section.language or None})
        link = element("a", f"{numbered}{words}", (), {"href": f"#{quote(section.key)}"})
        return element("li", f"{link}{self._contents_of(section.sections, depth)}", [f"toc-{section.level}"])

    def notes(self) -> str:
        """The footnotes of the paper, each with a way back to its mark, or nothing."""
        found = sorted((found.node for found in find((self.paper,), Footnote)), key=lambda note: note.number)
        if not found:
            return ""
        items = "\n".join(self._note(note) for note in found)
        heading = element("h2", self.words.notes, ["heading-1"], {"id": "_notes"})
        listed = element("ol", items, ["note-list"])
        return element("section", f"{heading}\n{listed}", ["notes"], {"aria-labelledby": "_notes"})

    def _note(self, note: Footnote) -> str:
        label = self.words.back_to_note.format(number=note.number)
        back = element("a", "↩", ["note-back"], {"href": f"#_mark-{note.number}", "aria-label": label})
        words = element("div", self.blocks(note.blocks), ["note-words"])
        return element("li", f"{words} {back}", (), {"id": f"_note-{note.number}", "value": str(note.number)})

    def footnote(self, footnote: Footnote) -> str:
        number = str(footnote.number)
        attributes: HtmlAttributes = {
            "href": f"#_note-{number}",
            "id": f"_mark-{number}",
            "aria-label": self.words.note.format(number=number),
        }
        return element("sup", element("a", number, (), attributes), ["note-mark"])

    def elsewhere(self, reference: CrossReference, words: Inlines) -> str:
        # A paper has a page; an appendix that is a file of others lies beside it as a PDF.
        names = (f"{reference.paper}.{kind}" for kind in ("html", "pdf"))
        page = next((name for name in names if name in self.files), None)
        if page is None:
            return self.inlines(words)
        place = "" if reference.target == reference.paper else f"#{quote(reference.target)}"
        return self.marked_link(f"{quote(page)}{place}", words, "cross-reference")

    def section(self, section: Section) -> str:
        given = replace(section, sections=()), self.findings.placed, self.files, self.headings
        return self.keep(("web", self.paper.name, section.key), given, lambda: self._section(section))

    def _section(self, section: Section) -> str:
        written = f"{self.heading(section)}{self.findings.beside(section.key)}"
        return f"{written}\n{self.section_blocks(section)}" if section.blocks else written

    def block(self, block: Block) -> str:
        return f"{super().block(block)}{self.findings.beside(block.key)}"

    def item_opening(self, paragraph: Paragraph) -> str:
        return f"{super().item_opening(paragraph)}{self.findings.beside(paragraph.key)}"

    def numbered_from(self, start: int) -> HtmlAttributes:
        return {"start": str(start)}

    def caption_words(self, tag: str, words: str) -> str:
        # Stays in sight, and no wider than the frame, while the table scrolls under it.
        return f"<span>{words}</span>" if tag == "caption" else words

    def framed(self, table: Table, columns: ColumnFit, written: str) -> str:
        words = "; ".join(plain_text(head) for head in table.header)
        label = f"{table.label}: {plain_text(table.caption)}" if table.caption else f"{self.words.table}: {words}"
        cells = [[plain_text(row[index]) for row in (table.header, *table.rows)] for index in range(len(table.header))]
        letters = [
            max(map(len, texts if unbroken else " ".join(texts).split()), default=0)
            for texts, unbroken in zip(cells, columns.unbroken, strict=True)
        ]
        wide = sum(letters) + _MARGINS * len(letters) > _ROOM_ON_A_PHONE
        return _frame(written, label, named=bool(table.caption)) if wide else element("div", written, ["frame"])

    def figure(self, figure: Figure) -> str:
        caption = self.caption("figcaption", figure.label, figure.caption)
        note = element("p", self.inlines(figure.note), ["exhibit-note"]) if figure.note else ""
        half = "half-width" if figure.width is Width.HALF else ""
        if not figure.alternative:
            return element("div", f"{self.decoration(figure)}{note}", ["figure", half])
        parts = (caption, self._shown(figure), note, self._data(figure))
        return element(
            "figure", "\n".join(part for part in parts if part), ["figure", half], {"id": figure.key or None}
        )

    def _shown(self, figure: Figure) -> str:
        if not figure.drawn.vector:
            return element("div", self._image(figure), ["plate"])
        drawing = drawing_of(figure)
        if figure.width is Width.HALF:
            return element("div", drawing, ["plate", "chart"])
        label = capital(self.words.chart.format(label=figure.label).removeprefix(", "))
        return _frame(drawing, label, named=False, classes=("plate", "chart"))

    def _image(self, figure: Figure) -> str:
        picture = figure.drawn
        scale = CSS_PIXELS_PER_INCH / PIXELS_PER_INCH
        attributes: HtmlAttributes = {
            "src": self.picture_address(picture),
            "alt": plain_text(figure.alternative),
            "lang": figure.told_in or None,
            "width": f"{picture.pixel_width * scale:.0f}",
            "height": f"{picture.pixel_height * scale:.0f}",
        }
        return start_tag("img", (), attributes)

    def picture_address(self, picture: Picture) -> str:
        return data_address(picture.data, picture.media_type)

    def decoration(self, figure: Figure) -> str:
        return self._image(figure)

    def _data(self, figure: Figure) -> str:
        if figure.data is None:
            return ""
        of = figure.label or self.words.this_chart
        shown = self.words.data_shown.format(label=of)
        parts = [element("summary", escape(shown))]
        file = f"chart-data/{self.paper.name}-figure-{figure.number:02d}.csv"
        if file in self.files:
            parts.append(
                element("p", element("a", escape(self.words.data_as_csv.format(label=of)), (), {"href": quote(file)}))
            )
        parts.append(_frame(_data_table(figure.data), shown, named=False))
        return element("details", "\n".join(parts), ["chart-data"])


def _frame(content: str, label: str, *, named: bool, classes: tuple[str, ...] = ("frame",)) -> str:
    """What is wider than a phone, in a frame that scrolls by itself and that keys can reach.

    A frame ``named`` like nothing else on the page is a landmark, another one a group.
    """
    attributes: HtmlAttributes = {"role": "region" if named else "group", "aria-label": label, "tabindex": "0"}
    return element("div", content, classes, attributes)


def _data_table(data: ChartData) -> str:
    names = ["align-right" if each else "align-left" for each in data.are_numbers]
    head = "".join(
        element("th", escape(column), [name], {"scope": "col"})
        for column, name in zip(data.columns, names, strict=True)
    )
    rows = "\n".join(
        element(
            "tr", "".join(_cell(cell, name, index) for index, (cell, name) in enumerate(zip(row, names, strict=True)))
        )
        for row in data.rows
    )
    return element(
        "table",
        f"{element('thead', element('tr', head))}\n{element('tbody', rows)}",
        ["committee-table"],
        {"lang": data.language or None},
    )


def _cell(words: str, name: str, index: int) -> str:
    """A cell of a chart's data; the first of a row names it."""
    if index:
        return element("td", escape(words or "–", quote=False), [name])
    return element("th", escape(words or "–", quote=False), [name], {"scope": "row"})
