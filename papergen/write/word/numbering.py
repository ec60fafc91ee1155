"""Lists and heading numbers: Word counts them itself, each Markdown list from its own start."""

from __future__ import annotations

import copy

from papergen.write.word.styles import TemplateStyles
from papergen.write.word.xml import Element, element, qn


class Numbering:
    """The numbering part of one paper, to which a list is added for each numbered list in it."""

    def __init__(self, part: Element, styles: TemplateStyles, style_elements: Element) -> None:
        self._part = part
        self._abstract = {found.get(qn("w:abstractNumId")): found for found in part.iter(qn("w:abstractNum"))}
        self._instances: dict[str, str] = {}
        for found in part.iter(qn("w:num")):
            abstract = found.find(qn("w:abstractNumId"))
            if abstract is not None:
                self._instances[found.get(qn("w:numId"), "")] = abstract.get(qn("w:val"), "")
        self._by_style = _instances_by_style(style_elements)
        self._styles = styles

    def of_style(self, name: str) -> str:
        """The id of the list that a numbering style stands for."""
        return self._by_style[self._styles.id(name)]

    def new_list(self, name: str, *, depth: int, ordered_depth: int, start: int) -> str:
        """The id of a new list in the numbering style ``name`` that counts from ``start``.

        ``depth`` counts from 1 the lists that it stands in, itself included, and ``ordered_depth`` the numbered ones
        among them: a numbered list in a bulleted one counts 1, 2, 3 and not a, b, c.
        """
        abstract_id = self._instances[self.of_style(name)]
        number = str(max(int(key) for key in self._instances) + 1)
        override = element("w:lvlOverride", {"w:ilvl": str(depth - 1)})
        override.append(element("w:startOverride", {"w:val": str(start)}))
        if ordered_depth != depth:
            override.append(self._level(abstract_id, depth=depth, looks_like=ordered_depth))
        abstract = element("w:abstractNumId", {"w:val": abstract_id})
        self._part.append(element("w:num", {"w:numId": number}, abstract, override))
        self._instances[number] = abstract_id
        return number

    def _level(self, abstract_id: str, *, depth: int, looks_like: int) -> Element:
        """The level of ``depth`` with the counting of the level ``looks_like``."""
        levels = {found.get(qn("w:ilvl")): found for found in self._abstract[abstract_id].iter(qn("w:lvl"))}
        made = copy.deepcopy(levels[str(depth - 1)])
        model = levels[str(looks_like - 1)]
        for tag in ("w:numFmt", "w:lvlText"):
            own, other = made.find(qn(tag)), model.find(qn(tag))
            if own is not None and other is not None:
                own.set(qn("w:val"), other.get(qn("w:val"), "").replace(f"%{looks_like}", f"%{depth}"))
        return made


def _instances_by_style(styles: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for style in styles.iter(qn("w:style")):
        number = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        if style.get(qn("w:type")) == "numbering" and number is not None:
            found[style.get(qn("w:styleId"), "")] = number.get(qn("w:val"), "")
    return found


def number_properties(number: str, level: int) -> Element:
    """The property that puts a paragraph into the list ``number``, at ``level`` counted from 0."""
    return element("w:numPr", None, element("w:ilvl", {"w:val": str(level)}), element("w:numId", {"w:val": number}))
