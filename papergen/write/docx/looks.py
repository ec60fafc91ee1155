"""The looks of a Word template, worked out: its styles with the styles they are based on, its theme and defaults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part

from papergen.write.colours import BLACK, contrast
from papergen.write.docx.numbering import DEEPEST_LEVEL, Numbering
from papergen.write.docx.signs import bullet
from papergen.write.docx.stories import part_of, tree
from papergen.write.docx.template_styles import TemplateStyles
from papergen.write.docx.theme import Theme, theme_of
from papergen.write.docx.xml import Element, attribute, first, found, is_on, number_attribute, whole
from papergen.write.looks import (
    CellsLook,
    Edge,
    Letters,
    Mark,
    PageLook,
    ParagraphLook,
    Stop,
    TableLook,
    TemplateLook,
    TextAlign,
)
from papergen.write.styles import COMMITTEE_BULLETS, COMMITTEE_HEADINGS, COMMITTEE_NUMBERS, COMMITTEE_TABLE, StyleKind

TWENTIETHS = 20
_LEAST_SIZE, _MOST_SIZE = 1.0, 200.0
_MOST_MEASURE, _MOST_APART, _MOST_INDENT = 800.0, 50.0, 300.0
_MOST_LINES = 10.0
_LEAST_ROOM = 72.0
_MOST_RULE, _MOST_ROOM = 96, 31
"""What Word's dialogs let anyone choose: for borders in eighths of a point, and points from the text."""
_ALIGNMENTS = {"center": TextAlign.CENTRE, "right": TextAlign.RIGHT, "end": TextAlign.RIGHT, "both": TextAlign.JUSTIFY}
_ALIGNMENTS["distribute"] = TextAlign.JUSTIFY
_KINDS = {"dotted": "dotted", "dashed": "dashed", "dotDash": "dashed", "dashSmallGap": "dashed", "double": "double"}
_HIGHLIGHTS = {
    **{"yellow": "#ffff00", "green": "#00ff00", "cyan": "#00ffff", "magenta": "#ff00ff", "blue": "#0000ff"},
    **{"red": "#ff0000", "darkBlue": "#000080", "darkCyan": "#008080", "darkGreen": "#008000", "white": "#ffffff"},
    **{"darkMagenta": "#800080", "darkRed": "#800000", "darkYellow": "#808000", "darkGray": "#808080"},
    **{"lightGray": "#c0c0c0", "black": "#000000"},
}


@dataclass(frozen=True, slots=True)
class ListLevel:
    """A level of a list: the list, how deep it is, its mark, and the ``w:pPr`` by which its paragraphs stand in."""

    number: str
    deep: int
    mark: Mark
    indent: tuple[Element, ...]


class Looks:
    """Works out looks in one template."""

    def __init__(self, document: Part) -> None:
        root = tree(part_of(document, RT.STYLES))
        self.styles = TemplateStyles(root)
        self.theme: Theme = theme_of(document)
        self.numbering = Numbering(tree(part_of(document, RT.NUMBERING)), self.styles)
        self._run_defaults = found(root, "w:docDefaults/w:rPrDefault/w:rPr")
        self._paragraph_defaults = found(root, "w:docDefaults/w:pPrDefault/w:pPr")
        self._plain = first(root, "w:style[@w:type='paragraph'][@w:default='1']")

    def template(self, section: Element) -> TemplateLook:
        """The look of the whole template, whose body stands on the pages of ``section``."""
        paragraphs: dict[str, ParagraphLook] = {}
        letters: dict[str, Mapping[str, str | float | bool | int]] = {}
        for name in self.styles.names():
            match self.styles.kind(name):
                case StyleKind.PARAGRAPH:
                    paragraphs[name.casefold()] = self.paragraph(name)
                case StyleKind.CHARACTER:
                    letters[name.casefold()] = self.stated([*self.holders(name, "w:rPr")])
                case StyleKind.TABLE | StyleKind.LIST:
                    pass
        return TemplateLook(
            paragraphs=paragraphs,
            letters=letters,
            table=self.table([*self.styles.lineage(COMMITTEE_TABLE)] if self.styles.has(COMMITTEE_TABLE) else []),
            bullets=self._marks(COMMITTEE_BULLETS),
            numbers=self._marks(COMMITTEE_NUMBERS),
            headings=self._marks(COMMITTEE_HEADINGS),
            page=self.page(section),
            accent=self.accent(),
        )

    def paragraph(self, name: str, own: Sequence[Element] = (), around: Sequence[Element] = ()) -> ParagraphLook:
        """The look of a paragraph in a style, which may say something itself in the ``w:pPr`` of ``own``.

        ``around`` are those of the style of a table that it stands in, which go before the defaults of the file.
        """
        holders = [*own, *self.holders(name, "w:pPr"), *around, *self._paragraph_defaults]
        spacing, indent = [found(each, "w:spacing") for each in holders], [found(each, "w:ind") for each in holders]
        line, rule = _nearest(spacing, "w:line"), _nearest(spacing, "w:lineRule")
        exact = line is not None and rule == "exact"
        height = whole(line, 240) / (TWENTIETHS if exact else 240) if line and rule != "atLeast" else 1.0
        height = min(max(height, 1.0), _MOST_SIZE) if exact else min(max(height, 0.5), _MOST_LINES)
        first_line, hanging = _nearest(indent, "w:firstLine"), _nearest(indent, "w:hanging")
        alignment = _nearest([found(each, "w:jc") for each in holders], "w:val") or "left"
        return ParagraphLook(
            letters=self.letters(name),
            before=_points(_nearest(spacing, "w:before")),
            after=_points(_nearest(spacing, "w:after")),
            line=height,
            exact=exact,
            left=_points(_nearest(indent, "w:left") or _nearest(indent, "w:start")),
            right=_points(_nearest(indent, "w:right") or _nearest(indent, "w:end")),
            first=-_points(hanging) if whole(hanging) else _points(first_line),
            align=_ALIGNMENTS.get(alignment, TextAlign.LEFT),
            sides=self.sides(holders, "w:pBdr"),
            ground=self._ground_of(holders, "w:shd"),
            close_to_its_like=is_on(first_of(holders, "w:contextualSpacing")),
            keeps_next=is_on(first_of(holders, "w:keepNext")),
            keeps_lines=is_on(first_of(holders, "w:keepLines")),
            stops=_stops(holders),
        )

    def letters(self, name: str) -> Letters:
        """The letters of a paragraph style."""
        return with_stated(Letters(), self.stated([*self.holders(name, "w:rPr"), *self._run_defaults]))

    def stated(self, holders: Sequence[Element]) -> dict[str, str | float | bool | int]:
        """What the ``w:rPr`` of ``holders``, the nearest first, say of letters, by the names of ``Letters``."""
        said: dict[str, str | float | bool | int] = {}
        fonts = (self.theme.font_of(each) for holder in holders for each in found(holder, "w:rFonts"))
        if font := next((each for each in fonts if each), ""):
            said["font"] = font
        if (size := first_of(holders, "w:sz")) is not None and (half_points := number_attribute(size, "w:val")) > 0:
            said["size"] = min(max(half_points / 2, _LEAST_SIZE), _MOST_SIZE)
        switches = {"bold": "w:b", "italic": "w:i", "struck": "w:strike", "capitals": "w:caps"}
        for key, tag in {**switches, "small_capitals": "w:smallCaps"}.items():
            if (switch := first_of(holders, tag)) is not None:
                said[key] = is_on(switch)
        if (line := first_of(holders, "w:u")) is not None:
            said["underlined"] = is_on(line)
        if (given := first_of(holders, "w:color")) is not None:
            said["colour"] = self.theme.colour_of(given)
        if (raised := first_of(holders, "w:vertAlign")) is not None:
            said["raised"] = {"superscript": 1, "subscript": -1}.get(attribute(raised, "w:val") or "", 0)
        if (apart := first_of(holders, "w:spacing")) is not None:
            said["apart"] = _points(attribute(apart, "w:val"), most=_MOST_APART)
        if (highlight := first_of(holders, "w:highlight")) is not None:
            said["ground"] = _HIGHLIGHTS.get(attribute(highlight, "w:val") or "", "")
        elif (shading := first_of(holders, "w:shd")) is not None:
            said["ground"] = self.ground(shading)
        return said

    def ground(self, shading: Element) -> str:
        """The colour of a ``w:shd``; a pattern counts as its ground."""
        if attribute(shading, "w:val") == "solid":
            return self.theme.colour_of(shading, value="w:color")
        return self.theme.colour_of(shading, value="w:fill", prefix="themeFill")

    def accent(self) -> str:
        """The colour by which headings stand out; nothing where they are black."""
        for name in ("Heading 1", "Title", "Heading 2"):
            if self.styles.has(name):
                look = self.paragraph(name)
                for given in (look.letters.colour, look.ground):
                    if given and contrast(given, "#ffffff") > 2:
                        return "" if given == BLACK else given
        return ""

    def table(self, holders: Sequence[Element]) -> TableLook:
        """The look of a table by the ``w:style`` or ``w:tbl`` of ``holders``, the nearest first."""
        margins = {}
        for side in ("top", "right", "bottom", "left"):
            names = {"left": "w:left|w:start", "right": "w:right|w:end"}.get(side, f"w:{side}")
            paths = "|".join(f"w:tblPr/w:tblCellMar/{name}" for name in names.split("|"))
            given = first_of(holders, paths)
            margins[side] = _CELL_ROOM[side] if given is None else _points(attribute(given, "w:w"), most=_MOST_APART)
        return TableLook(
            cells=CellsLook(
                sides=self.sides([each for holder in holders for each in found(holder, "w:tblPr")], "w:tblBorders"),
                ground=self._ground_of(holders, "w:tcPr/w:shd|w:tblPr/w:shd"),
            ),
            head=self.cells(holders, "firstRow"),
            odd=self.cells(holders, "band1Horz"),
            even=self.cells(holders, "band2Horz"),
            room=margins,
        )

    def _ground_of(self, holders: Sequence[Element], path: str) -> str:
        shading = first_of(holders, path)
        return "" if shading is None else self.ground(shading)

    def cells(self, holders: Sequence[Element], part: str) -> CellsLook:
        """The look of one part of a table, such as ``firstRow``, by the ``w:style`` of ``holders``."""
        parts = [each for holder in holders for each in found(holder, f"w:tblStylePr[@w:type='{part}']")]
        cells = [each for one in parts for each in found(one, "w:tcPr")]
        said = self.stated([each for one in parts for each in found(one, "w:rPr")])
        at = first_of(cells, "w:vAlign")
        return CellsLook(
            ground=self._ground_of(parts, "w:tcPr/w:shd"),
            sides=self.sides(cells, "w:tcBorders"),
            colour=str(said.get("colour", "")),
            bold=bool(said.get("bold", False)),
            at={"center": "middle", "bottom": "bottom"}.get(attribute(at, "w:val") or "", "top"),
        )

    def sides(self, holders: Sequence[Element], path: str) -> dict[str, Edge]:
        """The rules around something, each by the nearest holder that speaks of that side."""
        sides: dict[str, Edge] = {}
        for side, names in _SIDES.items():
            given = first_of(holders, "|".join(f"{path}/{name}" for name in names))
            rule = None if given is None else self.rule(given)
            if rule is not None:
                sides[side] = rule
        return sides

    def page(self, section: Element) -> PageLook:
        """The pages of a ``w:sectPr``, with the lines around them."""
        look, borders = page_look(section), first(section, "w:pgBorders")
        sides = self.sides([section], "w:pgBorders")
        if borders is None or attribute(borders, "w:offsetFrom") != "page":
            text = {"top": min(look.header, look.top), "right": look.right, "left": look.left}
            text["bottom"] = min(look.footer, look.bottom)
            sides = {side: replace(edge, room=max(text[side] - edge.room, 0)) for side, edge in sides.items()}
        return replace(look, border=sides)

    def rule(self, border: Element) -> Edge | None:
        """A border as a rule, or None for one that is not drawn."""
        kind = attribute(border, "w:val") or "none"
        if kind in {"none", "nil"}:
            return None
        width = min(max(number_attribute(border, "w:sz", 4), 2), _MOST_RULE) / 8
        drawn = _KINDS.get(kind, "solid")
        given = self.theme.colour_of(border, value="w:color") or BLACK
        room = float(min(max(number_attribute(border, "w:space"), 0), _MOST_ROOM))
        return Edge(width=width * 3 if drawn == "double" else width, kind=drawn, colour=given, room=room)

    def _marks(self, list_style: str) -> tuple[Mark, ...]:
        return tuple(self.mark(level) for level in self.numbering.levels(list_style))[: DEEPEST_LEVEL + 1]

    def mark(self, level: Element) -> Mark:
        """The mark of a ``w:lvl``."""
        text, counts, indent = first(level, "w:lvlText"), first(level, "w:numFmt"), first(level, "w:pPr/w:ind")
        runs = found(level, "w:rPr")
        left, hanging = (number_attribute(indent, name) for name in ("w:left", "w:hanging"))
        pattern = attribute(text, "w:val") or ""
        said = self.stated(runs)
        return Mark(
            pattern=bullet(pattern, str(said.get("font", ""))),
            counts=attribute(counts, "w:val") or "decimal",
            words_at=min(max(left / TWENTIETHS, 0.0), _MOST_INDENT),
            hangs=min(max(hanging / TWENTIETHS, 0.0), _MOST_INDENT),
            letters=Letters(colour=str(said.get("colour", "")), bold=bool(said.get("bold", False))) if said else None,
        )

    def list_level(self, paragraph: Element, style: str) -> ListLevel | None:
        """The level of a list that a paragraph stands in; None for one that is in none."""
        own = found(paragraph, "w:pPr")
        holders = [*own, *(self.holders(style, "w:pPr") if self.styles.has(style) else ())]
        at = next((at for at, each in enumerate(holders) if first(each, "w:numPr/w:numId") is not None), None)
        number = None if at is None else attribute(found(holders[at], "w:numPr/w:numId")[0], "w:val")
        deep = first_of(holders, "w:numPr/w:ilvl")
        level = min(max(number_attribute(deep, "w:val"), 0), DEEPEST_LEVEL)
        given = first(self.numbering.abstract_of(number), f"w:lvl[@w:ilvl='{level}']")
        if at is None or given is None:
            return None
        is_own = first_of(holders[: max(at + 1, len(own))], "w:ind") is not None
        indent = [] if is_own else found(given, "w:pPr")
        return ListLevel(number or "", level, self.mark(given), tuple(indent))

    def holders(self, name: str, tag: str) -> list[Element]:
        """What a style and those it is based on have of a tag, the nearest first; or else that of plain paragraphs."""
        if not self.styles.has(name):
            return found(self._plain, tag)
        return [each for style in self.styles.lineage(name) for each in found(style, tag)]


_CELL_ROOM = {"top": 0.0, "right": 5.75, "bottom": 0.0, "left": 5.75}
"""The room in cells of which nobody says (Office Open XML part 1, 17.4.42): 115 twentieths of a point at each side."""
_SIDES = {
    "top": ("w:top",),
    "right": ("w:right", "w:end"),
    "bottom": ("w:bottom",),
    "left": ("w:left", "w:start"),
    "insideH": ("w:insideH",),
    "insideV": ("w:insideV",),
}


def page_look(section: Element) -> PageLook:
    """The paper and the margins of a ``w:sectPr``."""
    size, margins = first(section, "w:pgSz"), first(section, "w:pgMar")

    def measure(holder: Element | None, name: str, otherwise: int) -> float:
        return abs(number_attribute(holder, name, otherwise)) / TWENTIETHS

    width, height = (min(max(measure(size, *each), 144), 2400) for each in (("w:w", 11906), ("w:h", 16838)))
    left = measure(margins, "w:left", 1440) + measure(margins, "w:gutter", 0)
    across = (left, measure(margins, "w:right", 1440))
    down = (measure(margins, "w:top", 1440), measure(margins, "w:bottom", 1440))
    if sum(across) > width - _LEAST_ROOM:
        across = ((width - _LEAST_ROOM) / 2, (width - _LEAST_ROOM) / 2)
    if sum(down) > height - _LEAST_ROOM:
        down = ((height - _LEAST_ROOM) / 2, (height - _LEAST_ROOM) / 2)
    return PageLook(
        width=width,
        height=height,
        top=down[0],
        right=across[1],
        bottom=down[1],
        left=across[0],
        header=min(measure(margins, "w:header", 720), height / 3),
        footer=min(measure(margins, "w:footer", 720), height / 3),
    )


def with_stated(letters: Letters, stated: Mapping[str, str | float | bool | int]) -> Letters:
    """``letters`` changed by what is stated of some words."""
    return replace(letters, **stated)  # type: ignore[arg-type]


def first_of(holders: Sequence[Element], path: str) -> Element | None:
    """The first element at a path from the nearest of ``holders`` that has one, or None."""
    return next((each for holder in holders for each in found(holder, path)), None)


def _nearest(groups: Sequence[Sequence[Element]], name: str) -> str | None:
    """The attribute as the nearest element has it, since each attribute is inherited by itself."""
    stated = (attribute(each, name) for group in groups for each in group)
    return next((each for each in stated if each is not None), None)


def _points(written: str | None, *, most: float = _MOST_MEASURE) -> float:
    """A measure in points, no further from 0 than Word itself lets it be."""
    return min(max(whole(written) / TWENTIETHS, -most), most)


def _stops(holders: Sequence[Element]) -> tuple[Stop, ...]:
    stops: dict[int, str] = {}
    for holder in reversed(holders):
        for each in found(holder, "w:tabs/w:tab"):
            place, kind = number_attribute(each, "w:pos"), attribute(each, "w:val") or "left"
            if kind == "clear":
                stops.pop(place, None)
            elif kind in {"left", "start", "center", "right", "end", "decimal", "num"}:
                stops[place] = {"start": "left", "num": "left", "end": "right"}.get(kind, kind)
    return tuple(Stop(place / TWENTIETHS, kind) for place, kind in sorted(stops.items()))
