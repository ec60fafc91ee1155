"""Native numbering: the three list styles of a template, and a restart for each numbered list."""

from __future__ import annotations

import re

from papergen.write.docx.template_styles import TemplateStyles
from papergen.write.docx.xml import Element, attribute, el, first, found, number_attribute, val
from papergen.write.styles import COMMITTEE_BULLETS, COMMITTEE_HEADINGS, COMMITTEE_NUMBERS

DEEPEST_LEVEL = 8

LISTS = (COMMITTEE_HEADINGS, COMMITTEE_BULLETS, COMMITTEE_NUMBERS)


class Numbering:
    """Hands out the ``w:numId`` that a paragraph must name to be numbered."""

    def __init__(self, numbering: Element, styles: TemplateStyles) -> None:
        self._root = numbering
        self._styles = styles

    def levels_missing(self, list_style: str) -> bool:
        """Whether a list style leads to no list of nine levels."""
        abstract = self._abstract(list_style)
        return abstract is None or len(found(abstract, "w:lvl")) <= DEEPEST_LEVEL

    def levels(self, list_style: str) -> list[Element]:
        """The ``w:lvl`` of each level of a list style, the outermost first."""
        abstract = self._abstract(list_style)
        return [] if abstract is None else sorted(found(abstract, "w:lvl"), key=_level_number)

    def headings(self) -> str:
        return self._styles.list_number_id(COMMITTEE_HEADINGS) or "0"

    def bullets(self) -> str:
        return self._styles.list_number_id(COMMITTEE_BULLETS) or "0"

    def numbers(self) -> str:
        return self._styles.list_number_id(COMMITTEE_NUMBERS) or "0"

    def restarted(self, level: int, start: int) -> str:
        """A numbering of its own for one list, so that it does not run on from the list before."""
        abstract = self._abstract(COMMITTEE_NUMBERS)
        abstract_id = "" if abstract is None else attribute(abstract, "w:abstractNumId") or ""
        number_id = max((number_attribute(num, "w:numId") for num in found(self._root, "w:num")), default=0) + 1
        override = el("w:lvlOverride", {"w:ilvl": level}, val("w:startOverride", start))
        num = el("w:num", {"w:numId": number_id}, val("w:abstractNumId", abstract_id), override)
        found(self._root, "w:num")[-1].addnext(num)
        return str(number_id)

    def text_indent(self, list_style: str, level: int) -> int:
        """Where the words of a level start, in twentieths of a point from the margin."""
        return self._indent(list_style, level, "w:left")

    def mark_width(self, list_style: str, level: int) -> int:
        """How far the bullet or number of a level stands to the left of the words."""
        return self._indent(list_style, level, "w:hanging")

    def heading_number(self, number: str) -> str:
        """A section's number as headings print it: "1." for "1" where the template's first level has a full stop."""
        parts = number.split(".")
        level = self._level(COMMITTEE_HEADINGS, len(parts) - 1)
        pattern = None if level is None else first(level, "w:lvlText")
        if pattern is None:
            return number
        return re.sub(
            r"%(\d)",
            lambda place: parts[int(place[1]) - 1] if int(place[1]) <= len(parts) else "",
            attribute(pattern, "w:val") or "",
        )

    def _indent(self, list_style: str, level: int, measure: str) -> int:
        found_level = self._level(list_style, level)
        indent = None if found_level is None else first(found_level, "w:pPr/w:ind")
        return 0 if indent is None else number_attribute(indent, measure)

    def _level(self, list_style: str, level: int) -> Element | None:
        abstract = self._abstract(list_style)
        return None if abstract is None else first(abstract, f"w:lvl[@w:ilvl='{min(level, DEEPEST_LEVEL)}']")

    def _abstract(self, list_style: str) -> Element | None:
        return self.abstract_of(self._styles.list_number_id(list_style))

    def abstract_of(self, number_id: str | None) -> Element | None:
        """The ``w:abstractNum`` that a numbering leads to, or None."""
        num = (
            first(self._root, f"w:num[@w:numId='{number_id}']/w:abstractNumId") if (number_id or "").isdigit() else None
        )
        abstract_id = "" if num is None else attribute(num, "w:val") or ""
        if not abstract_id.isdigit():
            return None
        return first(self._root, f"w:abstractNum[@w:abstractNumId='{abstract_id}']")


def _level_number(level: Element) -> int:
    return number_attribute(level, "w:ilvl")
