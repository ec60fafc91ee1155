"""Drawn groups of a letterhead, such as a crest with the name of the body beside it: their parts, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docx.oxml.ns import qn

from papergen.write.docx.shell_pictures import EMU_PER_POINT, GROUP, own_below
from papergen.write.docx.xml import Element, first, found, number_attribute

_OWN_PLACE = "*[local-name()='spPr']/a:xfrm"
_SHAPE = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}wsp"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPart:
    """A picture or shape of a group: where it begins and how large it is, in points of the page."""

    shape: Element
    left: float
    top: float
    width: float
    height: float


def groups_in(paragraph: Element) -> list[Element]:
    """The drawings anchored in a paragraph that hold groups."""
    drawings = (one for run in found(paragraph, "w:r") for one in own_below(run, qn("wp:inline"), qn("wp:anchor")))
    return [each for each in drawings if next(each.iter(GROUP), None) is not None]


def parts_of(drawn: Element) -> Iterator[GroupPart]:
    """The parts of a group; a group within one counts in the measures of the outer one."""
    group, extent = next(drawn.iter(GROUP)), first(drawn, "wp:extent")
    inner = first(group, "*[local-name()='grpSpPr']/a:xfrm/a:chExt")
    begins = first(group, "*[local-name()='grpSpPr']/a:xfrm/a:chOff")
    wide = number_attribute(inner, "cx")
    scale = number_attribute(extent, "cx") / wide / EMU_PER_POINT if wide else 1 / EMU_PER_POINT
    for shape in group.iter(qn("pic:pic"), _SHAPE):
        place, size = first(shape, f"{_OWN_PLACE}/a:off"), first(shape, f"{_OWN_PLACE}/a:ext")
        yield GroupPart(
            shape=shape,
            left=(number_attribute(place, "x") - number_attribute(begins, "x")) * scale,
            top=(number_attribute(place, "y") - number_attribute(begins, "y")) * scale,
            width=number_attribute(size, "cx") * scale,
            height=number_attribute(size, "cy") * scale,
        )


def height_of(drawn: Element) -> float:
    """The height of a group in points."""
    return number_attribute(first(drawn, "wp:extent"), "cy") / EMU_PER_POINT


def columns_of(parts: list[GroupPart]) -> list[list[GroupPart]]:
    """Parts in columns from left to right, those of one from top to bottom."""
    columns: list[list[GroupPart]] = []
    end = 0.0
    for part in sorted(parts, key=lambda each: each.left):
        if columns and part.left < end - _OVERLAP:
            columns[-1].append(part)
        else:
            columns.append([part])
        end = max(end, part.left + part.width)
    return [sorted(each, key=lambda part: part.top) for each in columns]


_OVERLAP = 6.0
"""How far parts that stand side by side may reach into each other, in points."""
