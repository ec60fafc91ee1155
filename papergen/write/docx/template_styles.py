"""The styles of a Word template, found by the names that people see."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergen.write.docx.xml import Element, attribute, first, found, is_on, number_attribute
from papergen.write.styles import StyleKind

_DEEPEST = 50
"""Styles that one may be based on, one on the other; Word's own stand five deep at most."""
_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)


class TemplateStyles:
    """Looks up the styles in ``word/styles.xml``; Word does not mind capitals in the names of its built-in styles."""

    def __init__(self, styles: Element) -> None:
        self._root = styles
        self._by_id: dict[str, Element] = {}
        self._by_name: dict[str, Element] = {}
        for style in found(styles, "w:style"):
            self.add(style)

    def add(self, style: Element) -> None:
        """Take up a style that has come to the file; one whose name or id is taken stays behind the other."""
        self._by_id.setdefault(attribute(style, "w:styleId") or "", style)
        self._by_name.setdefault(_name(style).casefold(), style)

    @property
    def plain(self) -> str:
        """The name of the style of paragraphs that name none, or nothing."""
        return next(map(_name, found(self._root, "w:style[@w:type='paragraph'][@w:default='1']")), "")

    def has(self, name: str) -> bool:
        return name.casefold() in self._by_name

    def element(self, name: str) -> Element:
        """The ``w:style`` of a name."""
        return self._by_name[name.casefold()]

    def kind(self, name: str) -> StyleKind:
        said = attribute(self._by_name[name.casefold()], "w:type")
        return next((kind for kind in StyleKind if kind.value == said), StyleKind.PARAGRAPH)

    def names(self) -> list[str]:
        return [_name(style) for style in self._by_id.values()]

    def name_of(self, style_id: str) -> str | None:
        """The name of the style with an id, or None."""
        style = self._by_id.get(style_id)
        return None if style is None else _name(style)

    def named(self, reference: Element | None) -> str:
        """The name of the style that a ``w:pStyle`` or its like leads to, or nothing."""
        return self.name_of(attribute(reference, "w:val") or "") or ""

    def id_of(self, name: str) -> str:
        return attribute(self._by_name[name.casefold()], "w:styleId") or ""

    def is_bold(self, name: str) -> bool:
        """Whether words in a paragraph style are bold already."""
        for style in self.lineage(name):
            if (bold := first(style, "w:rPr/w:b")) is not None:
                return is_on(bold)
        return False

    def half_points(self, name: str) -> int:
        """The size of the letters in a paragraph style."""
        for source in (*self.lineage(name), *found(self._root, "w:docDefaults/w:rPrDefault")):
            size = first(source, "w:rPr/w:sz")
            if size is not None:
                return number_attribute(size, "w:val", 22)
        return 20

    def space_before(self, name: str) -> int:
        """The space above a paragraph style, in twentieths of a point."""
        return self._measure(name, "w:pPr/w:spacing", "w:before")

    def space_after(self, name: str) -> int:
        """The space below a paragraph style, in twentieths of a point."""
        return self._measure(name, "w:pPr/w:spacing", "w:after")

    def line(self, name: str) -> int:
        """The height of a paragraph style's lines, 240 being single spacing."""
        for source in (*self.lineage(name), *found(self._root, "w:docDefaults/w:pPrDefault")):
            spacing = first(source, "w:pPr/w:spacing[@w:line]")
            if spacing is not None:
                return number_attribute(spacing, "w:line", 240)
        return 240

    def indent(self, name: str) -> int:
        """How far a paragraph style stands in from the left margin, in twentieths of a point."""
        return self._measure(name, "w:pPr/w:ind", "w:left")

    def has_border(self, name: str) -> bool:
        return any(first(style, "w:pPr/w:pBdr") is not None for style in self.lineage(name))

    def has_bands(self, name: str) -> bool:
        """Whether a table style lets every second row look another way."""
        bands = "w:tblStylePr[@w:type='band1Horz' or @w:type='band2Horz']/*"
        return any(first(style, bands) is not None for style in self.lineage(name))

    def has_numbering(self, name: str) -> bool:
        """Whether a paragraph style numbers its paragraphs by itself."""
        return any(first(style, "w:pPr/w:numPr") is not None for style in self.lineage(name))

    def heading_level(self, name: str) -> int:
        """The level of the headings that are in a style, by its name or its outline level; 0 for no headings."""
        stated = (found(style, "w:pPr/w:outlineLvl") for style in (self.lineage(name) if self.has(name) else ()))
        level = next((number_attribute(each[0], "w:val", 9) for each in stated if each), 9)
        named = _HEADING.fullmatch(name)
        return level + 1 if level < 9 else int(named[1]) if named else 0

    def tab_stops(self, name: str) -> list[Element]:
        """The tab stops of a style, those of the styles it is based on first."""
        return [stop for style in reversed([*self.lineage(name)]) for stop in found(style, "w:pPr/w:tabs/w:tab")]

    def list_number_id(self, name: str) -> str | None:
        """The numbering that a list style stands for, or None."""
        given = first(self._by_name[name.casefold()], "w:pPr/w:numPr/w:numId")
        return attribute(given, "w:val")

    def _measure(self, name: str, path: str, measure: str) -> int:
        for style in self.lineage(name):
            holder = first(style, path)
            if holder is not None and attribute(holder, measure) is not None:
                return number_attribute(holder, measure)
        return 0

    def lineage(self, name: str) -> Iterator[Element]:
        """A style, then the style it is based on, and so on, as far as any letterhead goes."""
        seen: set[str] = set()
        style: Element | None = self._by_name[name.casefold()]
        while style is not None:
            yield style
            based = first(style, "w:basedOn")
            parent = attribute(based, "w:val") or ""
            style = None if parent in seen or len(seen) > _DEEPEST else self._by_id.get(parent)
            seen.add(parent)


def _name(style: Element) -> str:
    """The name that Word shows; older files write other names after a comma."""
    name = first(style, "w:name")
    return "" if name is None else (attribute(name, "w:val") or "").split(",")[0]
