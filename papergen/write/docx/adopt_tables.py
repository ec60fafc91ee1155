"""Tables by which a letterhead is laid out: merged and empty cells are taken apart, and the look is kept.

A screen reader counts merged cells wrongly, and reads an empty one as “blank”.  What stands side by side in one stretch
of rows becomes a row of plain cells, or one line with tabs where there are neither lines nor colours around it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from docx.oxml.ns import qn

from papergen.write.docx.looks import TWENTIETHS, Looks
from papergen.write.docx.stories import block_text, paragraph_text
from papergen.write.docx.story_faults import quote, style_name
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
from papergen.write.docx.xml import remove as take_out

_SHOWS = ".//w:drawing|.//w:pict"
_OF_MERGING = "w:tcPr/w:cnfStyle|w:tcPr/w:gridSpan|w:tcPr/w:vMerge|w:tcPr/w:hMerge|w:tcPr/w:tcW"
_UNSTATED = 1440
_LETTER = 0.55
"""About how wide a letter is, in times of its size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Region:
    """A cell with all that was merged into it: the rows and columns that it covers, and what it holds."""

    top: int
    bottom: int
    left: int
    right: int
    cell: Element

    @property
    def blocks(self) -> list[Element]:
        return found(self.cell, "*[not(self::w:tcPr)]")

    @property
    def is_empty(self) -> bool:
        return not block_text(self.cell).strip() and first(self.cell, _SHOWS) is None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """Regions that stand above each other, between two places from the left edge, in twentieths of a point."""

    start: int
    end: int
    regions: tuple[_Region, ...]


_Band = tuple[_Piece, ...]
"""Pieces side by side, in rows that no region leaves."""


def take_apart(root: Element, looks: Looks, spacer: Callable[[], Element]) -> Iterator[str]:
    """Take the tables below ``root`` apart that have merged or empty cells; what became of each, in a sentence.

    ``spacer`` makes a paragraph that keeps two tables from running together.
    """
    for table in reversed(found(root, ".//w:tbl")):  # one within another comes first
        regions = _regions(table)
        shown = [each for each in regions if not each.is_empty]
        if len(shown) == len(found(table, "w:tr/w:tc")):
            continue
        words = quote(block_text(table))
        if not shown:
            take_out([table])
            yield "Took out a table with nothing in it."
            continue
        apart = _Apart(table, _edges(table), looks)
        bands = apart.bands(shown, 0, apart.edges[-1])
        if apart.is_plain and all(len(band) == 1 or apart.fits_a_line(band) for band in bands):
            made = [each for band in bands for each in apart.lines(band, 0)]
            became = "is lines with tabs now"
        else:
            made = list(apart.tables(bands, spacer))
            became = "is plain rows now"
        at = table
        for each in made:
            at.addnext(each)
            at = each
        take_out([table])
        yield f"The table “{words}” had merged or empty cells, which cannot be read aloud; it {became}."


def _regions(table: Element) -> list[_Region]:
    """The cells of a table, in their order, those that are merged as one."""
    regions: list[_Region] = []
    for at, row in enumerate(found(table, "w:tr")):
        column = max(number_attribute(first(row, "w:trPr/w:gridBefore"), "w:val"), 0)
        for cell in found(row, "w:tc"):
            right = column + max(number_attribute(first(cell, "w:tcPr/w:gridSpan"), "w:val", 1), 1)
            down, across = first(cell, "w:tcPr/w:vMerge"), first(cell, "w:tcPr/w:hMerge")
            over = None
            if down is not None and (attribute(down, "w:val") or "continue") == "continue":
                over = next((each for each in regions if each.left == column and each.bottom == at), None)
            elif across is not None and (attribute(across, "w:val") or "continue") == "continue":
                over = next((each for each in regions if each.right == column and each.bottom == at + 1), None)
            top, left, kept = (at, column, cell) if over is None else (over.top, over.left, over.cell)
            region = _Region(top=top, bottom=at + 1, left=left, right=right, cell=kept)
            if over is None:
                regions.append(region)
            else:
                regions[regions.index(over)] = region
                for block in found(cell, "*[not(self::w:tcPr)]"):
                    if block_text(block).strip() or first(block, _SHOWS) is not None:
                        kept.append(block)
            column = right
    return regions


def _edges(table: Element) -> list[int]:
    """Where the columns of a table begin and the last one ends, from its left edge: by its cells, or else its grid."""
    widths = dict(enumerate(number_attribute(each, "w:w") for each in found(table, "w:tblGrid/w:gridCol")))
    for region in _regions(table):
        given = first(region.cell, "w:tcPr/w:tcW[not(@w:type) or @w:type='dxa']")
        if given is not None and region.right - region.left == 1:
            widths[region.left] = number_attribute(given, "w:w")
        widths.setdefault(region.right - 1, 0)
    columns = range(max(widths, default=0) + 1)
    return [0, *accumulate(widths.get(each, 0) or _UNSTATED for each in columns)]


class _Apart:
    """Takes one table apart, whose columns begin at ``edges``."""

    def __init__(self, table: Element, edges: list[int], looks: Looks) -> None:
        self.edges = edges
        self._table, self._looks = table, looks
        name = looks.styles.named(first(table, "w:tblPr/w:tblStyle"))
        self._lineage = [*looks.styles.lineage(name)] if name else []
        look = looks.table([table, *self._lineage])
        drawn = bool(look.cells.sides or look.cells.ground or look.head.ground or look.odd.ground)
        self.is_plain = not drawn and first(table, "w:tr/w:tc/w:tcPr[w:shd or w:tcBorders]") is None

    def bands(self, regions: Sequence[_Region], left: int, right: int) -> list[_Band]:
        """The bands of some regions between two places; what is empty beside a piece belongs to the piece before."""
        made: list[_Band] = []
        for band in _groups(regions, lambda each: (each.top, each.bottom)):
            columns = _columns(band)
            starts = [left, *(self.edges[min(each.left for each in column)] for column in columns[1:]), right]
            made.append(
                tuple(
                    _Piece(start=starts[at], end=starts[at + 1], regions=tuple(column))
                    for at, column in enumerate(columns)
                )
            )
        return made

    def fits_a_line(self, band: _Band) -> bool:
        """Whether each piece of a band is one line of words that ends before the next one begins."""
        for piece in band:
            blocks = [block for region in piece.regions for block in region.blocks]
            if len(blocks) != 1 or not is_a(blocks[0], "w:p") or first(blocks[0], f"{_SHOWS}|.//w:br") is not None:
                return False
            words = paragraph_text(blocks[0])
            size = self._looks.paragraph(style_name(blocks[0], self._looks.styles)).letters.size
            is_long = len(words) * size * _LETTER * TWENTIETHS > piece.end - self._begins(piece)
            if "{%p" in words or "\t" in words or (piece is not band[-1] and is_long):
                return False
        return True

    def _begins(self, piece: _Piece) -> int:
        return self.edges[min(each.left for each in piece.regions)]

    def lines(self, band: _Band, left: int) -> Iterator[Element]:
        """The paragraphs of a band, from the place ``left`` on: side by side with tabs where that can be."""
        if len(band) == 1:
            yield from self._stacked(band[0], left)
            return
        if not self.fits_a_line(band):
            for piece in band:
                yield from self._stacked(piece, left)
            return
        line = self._moved(band[0].regions[0].blocks[0], self._begins(band[0]) - left)
        tabs = el("w:tabs")
        for piece in band[1:]:
            paragraph, start = piece.regions[0].blocks[0], self._begins(piece) - left
            aligned = first(paragraph, "w:pPr/w:jc")
            ends, said = piece.end - left, attribute(aligned, "w:val")
            match said:
                case "right" | "end":
                    kind, place = "right", ends
                case "center":
                    kind, place = "center", (start + ends) // 2
                case _:
                    kind, place = "left", start
            tabs.append(el("w:tab", {"w:val": kind, "w:pos": place}))
            if kind == "left" and len(band) == 2:
                put(child(line, "w:pPr"), el("w:ind", {"w:left": start, "w:hanging": start}), PARAGRAPH_ORDER)
            line.append(el("w:r", None, el("w:tab")))
            line.extend(found(paragraph, "*[not(self::w:pPr)]"))
        put(child(line, "w:pPr"), tabs, PARAGRAPH_ORDER)
        yield line

    def _stacked(self, piece: _Piece, left: int) -> Iterator[Element]:
        """What a piece holds, one below the other."""
        bands = self.bands(piece.regions, piece.start, piece.end)
        if len(bands) == 1 and len(bands[0]) == 1:
            for region in sorted(piece.regions, key=lambda each: (each.top, each.left)):
                for block in region.blocks:
                    yield self._moved(block, self.edges[region.left] - left)
            return
        for band in bands:
            yield from self.lines(band, left)

    def _moved(self, block: Element, room: int) -> Element:
        """A block that leaves its cell: it keeps the space that the style of the table gave it, and its place."""
        if not is_a(block, "w:p"):
            return block
        around = [each for style in self._lineage for each in found(style, "w:pPr")]
        properties = child(block, "w:pPr")
        look = self._looks.paragraph(style_name(block, self._looks.styles), [properties], around)
        spacing = child(properties, "w:spacing", PARAGRAPH_ORDER)
        for name, points in (("w:before", look.before), ("w:after", look.after)):
            spacing.set(qn(name), str(round(points * TWENTIETHS)))
        if not look.exact and attribute(spacing, "w:line") is None:
            spacing.set(qn("w:line"), str(round(look.line * 240)))
            spacing.set(qn("w:lineRule"), "auto")
        if room > 0 and first(properties, "w:jc[@w:val='right' or @w:val='center' or @w:val='end']") is None:
            put(properties, el("w:ind", {"w:left": room + round(look.left * TWENTIETHS)}), PARAGRAPH_ORDER)
        return block

    def tables(self, bands: Sequence[_Band], spacer: Callable[[], Element]) -> Iterator[Element]:
        """A table for each stretch of bands whose pieces begin at the same places; one alone may be paragraphs."""
        before_is_table = False
        for places, same in groupby(bands, key=lambda band: tuple((each.start, each.end) for each in band)):
            if len(places) == 1 and self.is_plain:
                for band in same:
                    yield from self.lines(band, 0)
                before_is_table = False
                continue
            if before_is_table:
                yield spacer()
            before_is_table = True
            table = el("w:tbl", None, *(copy.deepcopy(each) for each in found(self._table, "w:tblPr")))
            for look in found(table, "w:tblPr/w:tblLook") if first(self._table, "w:tr") is None else ():
                look.set(qn("w:firstRow"), "0")
            table.append(el("w:tblGrid", None, *(el("w:gridCol", {"w:w": end - start}) for start, end in places)))
            table.extend(self._row(band) for band in same)
            yield table

    def _row(self, band: _Band) -> Element:
        row = band[0].regions[0].cell.getparent()
        made = el("w:tr")
        if row is not None:
            made.extend(copy.deepcopy(each) for each in found(row, "w:tblPrEx|w:trPr"))
        take_out(found(made, "w:trPr/w:gridBefore|w:trPr/w:gridAfter|w:trPr/w:wBefore|w:trPr/w:wAfter"))
        if any(region.bottom - region.top > 1 or len(piece.regions) > 1 for piece in band for region in piece.regions):
            take_out(found(made, "w:trPr/w:trHeight"))
        for piece in band:
            cell = piece.regions[0].cell
            held = list(self._stacked(piece, piece.start)) if len(piece.regions) > 1 else self._indented(piece)
            properties = first(cell, "w:tcPr")
            take_out(found(cell, _OF_MERGING))
            kept = el("w:tcPr") if properties is None else copy.deepcopy(properties)
            kept.insert(0, el("w:tcW", {"w:w": piece.end - piece.start, "w:type": "dxa"}))
            if not held or is_a(held[-1], "w:tbl"):
                held.append(el("w:p"))
            made.append(el("w:tc", None, kept, *held))
        return made

    def _indented(self, piece: _Piece) -> list[Element]:
        """What one cell holds, as far in as it stood where an empty one was before it."""
        room = self._begins(piece) - piece.start
        return [self._moved(block, room) if room > 0 else block for block in piece.regions[0].blocks]


def _columns(band: list[_Region]) -> list[list[_Region]]:
    """What stands side by side in a band: beside cells as high as all of it, what is in rows stays in rows."""
    columns = _groups(band, lambda each: (each.left, each.right))
    high = max(each.bottom for each in band) - min(each.top for each in band)
    whole = [len(column) == 1 and column[0].bottom - column[0].top == high for column in columns]
    if not any(whole):
        return columns
    joined: list[list[_Region]] = []
    for at, column in enumerate(columns):
        if at and not whole[at] and not whole[at - 1]:
            joined[-1] += column
        else:
            joined.append(column)
    return joined


def _groups(regions: Sequence[_Region], reach: Callable[[_Region], tuple[int, int]]) -> list[list[_Region]]:
    """Regions in groups, by whether what they reach overlaps."""
    groups: list[list[_Region]] = []
    end = -1
    for region in sorted(regions, key=lambda each: (*reach(each), each.top, each.left)):
        begins, ends = reach(region)
        if groups and begins < end:
            groups[-1].append(region)
        else:
            groups.append([region])
        end = max(end, ends)
    return groups
