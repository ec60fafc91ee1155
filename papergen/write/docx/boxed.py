"""A table in a box: the ground and the sides of the box go on around it, though Word has boxes of paragraphs alone.

All measures are in twentieths of a point.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass

from docx.oxml.ns import qn

from papergen.write.colours import BLACK, LEAST_CONTRAST, colour, contrast
from papergen.write.docx.template_styles import TemplateStyles
from papergen.write.docx.xml import (
    PARAGRAPH_ORDER,
    Element,
    attribute,
    child,
    el,
    first,
    found,
    is_a,
    number_attribute,
    put,
)
from papergen.write.styles import COMMITTEE_TABLE, BoxStyles

_CELL_ORDER = (
    *("w:cnfStyle", "w:tcW", "w:gridSpan", "w:hMerge", "w:vMerge", "w:tcBorders", "w:shd", "w:noWrap", "w:tcMar"),
    *("w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark"),
)
_PROPERTIES_ORDER = (
    *("w:tblStyle", "w:tblpPr", "w:tblOverlap", "w:bidiVisual", "w:tblStyleRowBandSize", "w:tblStyleColBandSize"),
    *("w:tblW", "w:jc", "w:tblCellSpacing", "w:tblInd", "w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar"),
    *("w:tblLook", "w:tblCaption", "w:tblDescription"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxShape:
    """The border and the ground of a box, and how far its words stand in from the margins."""

    border: Element | None
    ground: Element | None
    left: int
    right: int

    @property
    def holds_tables(self) -> bool:
        """Whether it has a look, on which the words of a table can be read."""
        fill = "" if self.ground is None else colour(attribute(self.ground, "w:fill"))
        seen = self.border is not None or bool(fill)
        return seen and (not fill or contrast(BLACK, fill) >= LEAST_CONTRAST)

    def side(self, name: str) -> Element | None:
        """The border at one side, or None."""
        return first(self.border, f"w:{name}")

    def apart(self, name: str) -> int:
        """How far the middle of the border at one side stands from the words."""
        side = self.side(name)
        return number_attribute(side, "w:space") * 20 + number_attribute(side, "w:sz") * 20 // 16


def shape_of(style: str, styles: TemplateStyles) -> BoxShape:
    """The shape that a paragraph style gives a box."""

    def nearest(path: str) -> Element | None:
        return next((each for of in styles.lineage(style) if (each := first(of, path)) is not None), None)

    right = nearest("w:pPr/w:ind[@w:right]")
    return BoxShape(
        border=nearest("w:pPr/w:pBdr"),
        ground=nearest("w:pPr/w:shd"),
        left=styles.indent(style),
        right=number_attribute(right, "w:right"),
    )


def surround(
    written: Sequence[Element], shape: BoxShape, names: BoxStyles, styles: TemplateStyles, *, width: int, indent: int
) -> None:
    """Let a box go on around its tables and what belongs to them, in a column of ``width`` and from ``indent`` on."""
    own = {styles.id_of(names.text), styles.id_of(names.title)}
    for place, block in enumerate(written):
        if is_a(block, "w:tbl"):
            _dress(block, shape, styles, width=width, indent=indent)
            continue
        properties = found(block, "w:pPr")[0]
        style = first(properties, "w:pStyle")
        if style is None or attribute(style, "w:val") not in own:
            for part in (shape.border, shape.ground):
                if part is not None:
                    put(properties, copy.deepcopy(part), PARAGRAPH_ORDER)
            stands = el("w:ind", {"w:left": shape.left + indent, "w:right": shape.right})
            put(properties, stands, PARAGRAPH_ORDER)
        spacing = {
            **({"w:before": 0} if is_a(written[place - 1], "w:tbl") and place else {}),
            **({"w:after": 0} if place + 1 < len(written) and is_a(written[place + 1], "w:tbl") else {}),
        }
        if spacing:
            put(properties, el("w:spacing", spacing), PARAGRAPH_ORDER)


def _dress(table: Element, shape: BoxShape, styles: TemplateStyles, *, width: int, indent: int) -> None:
    """Widen a table to the border of its box; its words stay where they are."""
    properties = found(table, "w:tblPr")[0]
    stated = first(properties, "w:tblInd")
    start = number_attribute(stated, "w:w") if stated is not None else shape.left
    columns = found(table, "w:tblGrid/w:gridCol")
    wide = sum(number_attribute(each, "w:w") for each in columns)
    more = {
        "left": start - shape.left + shape.apart("left"),
        "right": width - indent - shape.right + shape.apart("right") - start - wide,
    }
    put(properties, _measure("w:tblInd", start + indent - more["left"]), _PROPERTIES_ORDER)
    put(properties, _measure("w:tblW", wide + sum(more.values())), _PROPERTIES_ORDER)
    edges = [copy.deepcopy(edge) for side in more if (edge := shape.side(side)) is not None]
    for edge in edges:
        edge.set(qn("w:space"), "0")  # a table's stands no further from its words than its cells do
    if edges:
        put(properties, el("w:tblBorders", None, *edges), _PROPERTIES_ORDER)
    for side, column in (("left", columns[0]), ("right", columns[-1])):
        _set_wider(column, more[side])
    holders = (table, *styles.lineage(COMMITTEE_TABLE))
    grounds = (first(each, "w:tblStylePr[@w:type='firstRow']/w:tcPr/w:shd") for each in holders[1:])
    head_has_ground = any(each is not None for each in grounds)
    for row in found(table, "w:tr"):
        is_head = first(row, "w:trPr/w:tblHeader") is not None
        cells = [found(cell, "w:tcPr")[0] for cell in found(row, "w:tc")]
        if shape.ground is not None and not (is_head and head_has_ground):
            for cell in cells:
                put(cell, copy.deepcopy(shape.ground), _CELL_ORDER)
        for side, cell in (("left", cells[0]), ("right", cells[-1])):
            _set_wider(found(cell, "w:tcW")[0], more[side])
            margins = (first(holder, f"w:tblPr/w:tblCellMar/w:{side}") for holder in holders)
            room = number_attribute(next((each for each in margins if each is not None), None), "w:w") + more[side]
            child(cell, "w:tcMar", _CELL_ORDER).append(_measure(f"w:{side}", room))


def _measure(tag: str, width: int) -> Element:
    return el(tag, {"w:w": width, "w:type": "dxa"})


def _set_wider(measured: Element, by: int) -> None:
    measured.set(qn("w:w"), str(number_attribute(measured, "w:w") + by))
