"""Native numbering: the three list styles of a template, and a restart for each numbered list."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Sequence

from docx.oxml.ns import qn

from papergen.model.nodes import Marks
from papergen.model.numerals import Numerals, numeral
from papergen.write.docx.template_styles import TemplateStyles
from papergen.write.docx.xml import Element, attribute, el, first, found, number_attribute, put, put_before, remove, val
from papergen.write.marks import WORD_COUNTERS
from papergen.write.styles import COMMITTEE_BULLETS, COMMITTEE_HEADINGS, COMMITTEE_NUMBERS

DEEPEST_LEVEL = 8

_HANGING = 709
_LEVEL_ORDER = (
    *("w:start", "w:numFmt", "w:lvlRestart", "w:pStyle", "w:isLgl", "w:suff", "w:lvlText", "w:lvlPicBulletId"),
    *("w:legacy", "w:lvlJc", "w:pPr", "w:rPr"),
)
_NUMERALS = {word: numerals for numerals, word in WORD_COUNTERS.items()}
_LAST = qn("w:numIdMacAtCleanup")
_FIRSTS = {numeral(each, 1): each for each in Numerals}
LISTS = (COMMITTEE_HEADINGS, COMMITTEE_BULLETS, COMMITTEE_NUMBERS)


class Numbering:
    """Hands out the ``w:numId`` that a paragraph must name to be numbered."""

    def __init__(self, numbering: Element, styles: TemplateStyles) -> None:
        self._root = numbering
        self._styles = styles
        self._marked: dict[tuple[int, Marks], str] = {}
        self.counted_paragraphs = ""

    def levels_missing(self, list_style: str) -> bool:
        """Whether a list style leads to no list of nine levels."""
        return len(found(self._abstract(list_style), "w:lvl")) <= DEEPEST_LEVEL

    def levels(self, list_style: str) -> list[Element]:
        """The ``w:lvl`` of each level of a list style, the outermost first."""
        levels = found(self._abstract(list_style), "w:lvl")
        return sorted(levels, key=lambda level: number_attribute(level, "w:ilvl"))

    def of(self, list_style: str) -> str:
        """The ``w:numId`` of a list style."""
        return self._styles.list_number_id(list_style) or "0"

    def restarted(self, level: int, start: int) -> str:
        """A numbering of its own for one list, so that it does not run on from the list before."""
        abstract_id = attribute(self._abstract(COMMITTEE_NUMBERS), "w:abstractNumId") or ""
        return self.add_number(abstract_id, level, start)

    def marked(self, level: int, start: int, marks: Marks) -> str:
        """The same for a list whose marks its author chose."""
        abstract = self._marked.get((level, marks)) or self._with_marks(level, marks)
        self._marked[level, marks] = abstract
        return self.add_number(abstract, level, start)

    def paragraphs(self) -> str:
        """The numbering of paragraphs that are counted through the whole paper."""
        if not self.counted_paragraphs:
            stop = el("w:lvl", {"w:ilvl": 0}, val("w:start", 1), val("w:numFmt", "decimal"), val("w:lvlText", "%1."))
            indent = el("w:ind", {"w:left": _HANGING, "w:hanging": _HANGING})
            stop.extend((val("w:lvlJc", "left"), el("w:pPr", None, indent)))
            abstract = self.add_abstract(el("w:abstractNum", None, val("w:multiLevelType", "singleLevel"), stop))
            self.counted_paragraphs = self.add_number(abstract, 0, 1)
        return self.counted_paragraphs

    def count_headings_as(self, numbers: Iterable[str]) -> None:
        """Make headings count as the first of their ``numbers`` on each level does, such as "A.1" or "I.A"."""
        firsts: dict[int, str] = {}
        for number in numbers:
            *above, last = number.split(".")
            firsts.setdefault(len(above), last)
        for deep, last in firsts.items():
            level = self._level(COMMITTEE_HEADINGS, deep) if last in _FIRSTS else None
            for kind in found(level, "w:numFmt"):
                kind.set(qn("w:val"), WORD_COUNTERS[_FIRSTS[last]])

    def counted(self, number_id: str, counters: Sequence[int]) -> str:
        """What Word counts up to in the list ``number_id``, at the level of the last of ``counters``: "A.2"."""
        abstract = self.abstract_of(number_id)
        parts: list[str] = []
        for level, count in enumerate(counters):
            kind = first(abstract, f"w:lvl[@w:ilvl='{level}']/w:numFmt")
            parts.append(numeral(_NUMERALS.get(attribute(kind, "w:val") or "", Numerals.FIGURES), count))
        return ".".join(parts)

    def _with_marks(self, level: int, marks: Marks) -> str:
        """The list of the template with other marks at one level."""
        template = self._abstract(COMMITTEE_NUMBERS)
        abstract = el("w:abstractNum") if template is None else copy.deepcopy(template)
        remove(found(abstract, "w:nsid|w:tmpl|w:styleLink|w:numStyleLink|w:lvl/w:pStyle"))
        for each in found(abstract, f"w:lvl[@w:ilvl='{level}']"):
            put(each, val("w:numFmt", WORD_COUNTERS[marks.numerals]), _LEVEL_ORDER)
            put(each, val("w:lvlText", f"{'(' if marks.both_brackets else ''}%{level + 1})"), _LEVEL_ORDER)
        return self.add_abstract(abstract)

    def add_abstract(self, abstract: Element) -> str:
        """Add a list, and give the id that it has now."""
        known = found(self._root, "w:abstractNum")
        abstract_id = str(max((number_attribute(each, "w:abstractNumId") for each in known), default=-1) + 1)
        abstract.set(qn("w:abstractNumId"), abstract_id)
        put_before(self._root, abstract, frozenset({qn("w:num"), _LAST}))
        return abstract_id

    def add_number(self, abstract_id: str, level: int = 0, start: int | None = None) -> str:
        """Add a numbering of a list, which may begin anew at a level, and give its ``w:numId``."""
        number_id = max((number_attribute(num, "w:numId") for num in found(self._root, "w:num")), default=0) + 1
        num = el("w:num", {"w:numId": number_id}, val("w:abstractNumId", abstract_id))
        if start is not None:
            num.append(el("w:lvlOverride", {"w:ilvl": level}, val("w:startOverride", start)))
        put_before(self._root, num, frozenset({_LAST}))
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
        pattern = first(self._level(COMMITTEE_HEADINGS, len(parts) - 1), "w:lvlText")
        if pattern is None:
            return number
        return re.sub(
            r"%(\d)",
            lambda place: parts[int(place[1]) - 1] if int(place[1]) <= len(parts) else "",
            attribute(pattern, "w:val") or "",
        )

    def _indent(self, list_style: str, level: int, measure: str) -> int:
        return number_attribute(first(self._level(list_style, level), "w:pPr/w:ind"), measure)

    def _level(self, list_style: str, level: int) -> Element | None:
        return first(self._abstract(list_style), f"w:lvl[@w:ilvl='{min(level, DEEPEST_LEVEL)}']")

    def _abstract(self, list_style: str) -> Element | None:
        return self.abstract_of(self._styles.list_number_id(list_style))

    def abstract_of(self, number_id: str | None) -> Element | None:
        """The ``w:abstractNum`` that a numbering leads to, or None."""
        if not (number_id or "").isdigit():
            return None
        num = first(self._root, f"w:num[@w:numId='{number_id}']/w:abstractNumId")
        abstract_id = attribute(num, "w:val") or ""
        if not abstract_id.isdigit():
            return None
        return first(self._root, f"w:abstractNum[@w:abstractNumId='{abstract_id}']")


def numerals_of(levels: Sequence[Element]) -> tuple[Numerals, ...] | None:
    """The numerals of the levels of a list, or None where one counts in a way that papers do not know."""
    kinds = [first(level, "w:numFmt") for level in levels]
    told = [_NUMERALS.get("decimal" if kind is None else attribute(kind, "w:val") or "") for kind in kinds]
    if any(found(level, "w:isLgl") for level in levels):
        return None
    known = tuple(each for each in told if each is not None)
    return known if len(known) == len(told) else None
