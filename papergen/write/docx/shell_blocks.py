"""The blocks of the shell of a Word template: paragraphs, tables, boxes and groups, with the looks of their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from itertools import groupby

from docx.opc.part import Part
from docx.oxml.ns import qn

from papergen.write.docx.heights import default_stops
from papergen.write.docx.looks import TWENTIETHS, ListLevel, Looks, with_stated
from papergen.write.docx.shell_fields import FieldReading, of_the_page
from papergen.write.docx.shell_groups import GroupPart, columns_of, groups_in, height_of, parts_of
from papergen.write.docx.shell_pictures import (
    GROUP,
    LEFT_OUT,
    TEXT_BOX,
    BoxLook,
    box_look,
    drawn_line,
    drawn_picture,
    frame_look,
    line_as_large,
    own_below,
    pictures_in,
)
from papergen.write.docx.shell_tables import TableParts, sides_at
from papergen.write.docx.stories import paragraph_text, tree
from papergen.write.docx.tags import TAG, plain_tag, tags_in
from papergen.write.docx.xml import Element, attribute, first, found, is_a, number_attribute
from papergen.write.looks import CellsLook, Edge, Letters, PageLook, ParagraphLook
from papergen.write.marks import list_mark
from papergen.write.shell import (
    ShellBlock,
    ShellCell,
    ShellInline,
    ShellLine,
    ShellParagraph,
    ShellRow,
    ShellTab,
    ShellTag,
    ShellWords,
)

_ATOMS = re.compile("[\ue000-\uf7ff]")
_ATOM = 0xE000
"""Where the letters begin that stand for what is no letter, while a paragraph is read."""
_MOST_ATOMS = 6000
_DEEPEST = 6
"""Tables within tables; nobody's letterhead has more."""
_PLAIN = CellsLook()


@dataclass
class ShellBlockReader:
    """Reads the blocks of one part; ``resources`` and ``troubles`` are shared by all parts.

    ``page`` is that of the body; ``cells`` is the look of the cell that is read, and ``around`` are the
    ``w:pPr`` of the style of its table.
    """

    part: Part
    looks: Looks
    page: PageLook
    resources: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)
    depth: int = 0
    cells: CellsLook = _PLAIN
    around: tuple[Element, ...] = ()
    counted: dict[tuple[str, int], int] = field(default_factory=dict)

    def part_blocks(self, part: Part | None) -> tuple[ShellBlock, ...]:
        """The blocks of a header or footer."""
        return () if part is None else replace(self, part=part).blocks(list(tree(part)))

    def blocks(self, elements: Sequence[Element]) -> tuple[ShellBlock, ...]:
        """The blocks of some elements in order."""
        made: list[ShellBlock] = []
        boxes: list[_SideBox] = []
        for frame, same in groupby(elements, key=lambda each: frame_look(each, self.page)):
            if frame is not None:
                inner = self._inside()
                boxes.append(self._box(frame, tuple(block for each in same for block in inner._paragraph(each))))
                continue
            for element in same:
                if is_a(element, "w:p"):
                    drawn = groups_in(element) if self.depth < _DEEPEST else []
                    made += [block for each in drawn for block in self._group(each)]
                    lines = tuple(_under(block, drawn) for block in self._paragraph(element))
                    made += self._beside(lines, [*boxes, *self._boxes(element)])
                elif is_a(element, "w:tbl"):
                    made += self._beside(tuple(self._table(element)), boxes)
                boxes = []
        made += self._beside((), boxes)
        return tuple(_close(made))

    def _beside(self, paragraph: tuple[ShellBlock, ...], boxes: list[_SideBox]) -> Iterator[ShellBlock]:
        """A paragraph with the boxes that are anchored in it: at their side, or before it where they are wide."""
        for box, side in boxes:
            rest = 1 - box.share
            if rest <= _LEAST_SHARE:
                yield ShellRow((box,))
            elif side == "left":
                paragraph = (ShellRow((box, ShellCell(share=rest, blocks=paragraph))),)
            else:
                paragraph = (ShellRow((ShellCell(share=rest, blocks=paragraph), box)),)
        yield from paragraph

    def _paragraph(self, paragraph: Element) -> Iterator[ShellBlock]:
        properties = found(paragraph, "w:pPr")
        name = self.looks.styles.named(first(paragraph, "w:pPr/w:pStyle"))
        level = self.looks.list_level(paragraph, name)
        indent = () if level is None else level.indent
        look = self.looks.paragraph(name, (*properties, *indent), self.around)
        if self.cells.colour and not look.letters.colour:
            look = replace(look, letters=replace(look.letters, colour=self.cells.colour))
        if self.cells.bold:
            look = replace(look, letters=replace(look.letters, bold=True))
        if (line := drawn_line(paragraph, self.looks.theme)) is not None and "bottom" not in look.sides:
            look = replace(look, sides={**look.sides, "bottom": line})
        text = paragraph_text(paragraph)
        if not look.stops and level is None:
            look = replace(look, stops=default_stops(text, look, self.page.column))
        tags = list(tags_in(text))
        if len(tags) == 1 and tags[0].scope == "p":
            yield ShellTag(plain_tag(tags[0].written))
            return
        marked = () if level is None or not text.strip() else self._list_mark(level, look)
        fields = frozenset(name for tag in tags for name in tag.names)
        is_title = name.casefold() == "title" and "paper.title" in fields
        ends_page = first(paragraph, "w:r/w:br[@w:type='page']") is not None
        yield ShellParagraph(
            style=name or "Normal",
            look=look,
            inlines=(*marked, *self._inlines(paragraph, look)),
            fields=fields,
            is_title=is_title,
            ends_page=ends_page,
        )

    def _list_mark(self, level: ListLevel, look: ParagraphLook) -> Iterator[ShellInline]:
        """The bullet or number before a paragraph of a list, which Word prints by itself."""
        for other in [each for each in self.counted if each[0] == level.number and each[1] > level.deep]:
            del self.counted[other]
        self.counted[level.number, level.deep] = self.counted.get((level.number, level.deep), 0) + 1
        counts = [str(self.counted.get((level.number, each), 1)) for each in range(level.deep + 1)]
        if words := list_mark(level.mark, counts):
            yield ShellWords(escape(words, quote=False), look.letters)
            yield ShellTab() if look.first < 0 else ShellWords(" ", look.letters)

    def _inlines(self, paragraph: Element, look: ParagraphLook) -> Iterator[ShellInline]:
        """What is in a paragraph; a tag has one look, however it was typed."""
        atoms: list[ShellInline] = []
        letters: list[Letters] = []
        text = ""
        for piece, of in self._pieces(paragraph, look.letters, atoms):
            text += piece
            letters += [of] * len(piece)
        at = 0
        for tag in TAG.finditer(text):
            yield from _words(text[at : tag.start()], letters[at : tag.start()], atoms)
            if tag.group().startswith("{{"):
                yield ShellWords(plain_tag(tag.group()), letters[tag.start()])
            elif tag.group().startswith("{%"):
                yield ShellTag(plain_tag(tag.group()))
            at = tag.end()
        yield from _words(text[at:], letters[at:], atoms)

    def _pieces(self, element: Element, letters: Letters, atoms: list[ShellInline]) -> Iterator[tuple[str, Letters]]:
        """The text of the runs with their looks; what is no text goes into ``atoms``, and one letter stands for it."""

        def kept(of: ShellInline) -> str:
            atoms.append(of)
            return chr(_ATOM + len(atoms) - 1) if len(atoms) < _MOST_ATOMS else ""

        field = FieldReading()
        for node in _runs(element):
            own = letters if is_a(node, "w:fldSimple") else self._letters_of(node, letters)
            live = of_the_page(attribute(node, "w:instr") or "", own) if is_a(node, "w:fldSimple") else None
            if live is not None:
                yield kept(live), own
                continue
            for child in node:
                live = of_the_page(field.passes(child), own)
                if live is not None:
                    yield kept(live), own
                elif field.is_silent:
                    continue
                elif is_a(child, "w:t"):
                    yield _ATOMS.sub("", child.text or ""), own
                else:
                    for each in self._atoms(child):
                        yield each if isinstance(each, str) else kept(each), own

    def _atoms(self, child: Element) -> Iterator[ShellInline | str]:
        """What a child of a run that is no text stands for."""
        if is_a(child, "w:tab") or is_a(child, "w:ptab"):
            yield ShellTab()
        elif is_a(child, "w:br") or is_a(child, "w:cr"):
            if attribute(child, "w:type") in {None, "textWrapping"}:
                yield ShellLine()
        elif is_a(child, "w:noBreakHyphen"):
            yield "‑"
        elif is_a(child, "w:sym"):
            yield "•"
        else:
            yield from pictures_in(child, self.part, self.resources, self.troubles)

    def _letters_of(self, run: Element, letters: Letters) -> Letters:
        properties = found(run, "w:rPr")
        if name := self.looks.styles.named(first(run, "w:rPr/w:rStyle")):
            letters = with_stated(letters, self.looks.stated(self.looks.holders(name, "w:rPr")))
        return with_stated(letters, self.looks.stated(properties)) if properties else letters

    def _boxes(self, paragraph: Element) -> Iterator[_SideBox]:
        for box in own_below(paragraph, TEXT_BOX):
            if self.depth < _DEEPEST and next(box.iterancestors(GROUP), None) is None:
                yield self._box(box_look(box, self.looks.theme), self._inside().blocks(list(box)))

    def _group(self, drawn: Element) -> Iterator[ShellBlock]:
        """A drawn group as a row of its parts, and the line that is in it below them."""
        shown: dict[GroupPart, tuple[ShellBlock, ...]] = {}
        lines: list[Edge] = []
        for part in parts_of(drawn):
            if blocks := self._part_of_group(part, drawn):
                shown[part] = blocks
            elif (line := line_as_large(part.shape, (part.width, part.height), self.looks.theme)) is not None:
                lines.append(line)
            else:
                self.troubles.append(LEFT_OUT)
        columns = columns_of([*shown])
        starts = [0.0, *(min(part.left for part in column) for column in columns[1:]), self.page.column]
        shares = [(starts[at + 1] - starts[at]) / self.page.column for at in range(len(columns))]
        cells = (tuple(block for part in column for block in shown[part]) for column in columns)
        if columns:
            yield ShellRow(
                tuple(ShellCell(share=share, blocks=held) for share, held in zip(shares, cells, strict=True))
            )
        if lines:
            yield ShellParagraph(style="Normal", look=replace(self._plain, sides={"bottom": lines[0]}), inlines=())

    @property
    def _plain(self) -> ParagraphLook:
        """The look of what no style of paragraphs is said of."""
        return replace(self.looks.paragraph(""), before=0.0, after=0.0, line=1.0)

    def _part_of_group(self, part: GroupPart, drawn: Element) -> tuple[ShellBlock, ...]:
        """What one picture or box of a group comes to; nothing for another shape."""
        box = next(own_below(part.shape, TEXT_BOX), None)
        if box is not None:
            return self._inside().blocks(list(box))
        described = first(part.shape, "pic:nvPicPr/pic:cNvPr")
        if described is None:
            return ()
        if not (described.get("descr") or "").strip():
            described = next(drawn.iter(qn("wp:docPr")), described)
        size = (part.width, part.height)
        pictures = drawn_picture(described, part.shape, size, "", self.part, self.resources, self.troubles)
        return (ShellParagraph(style="Normal", look=self._plain, inlines=tuple(pictures)),)

    def _box(self, look: BoxLook, blocks: tuple[ShellBlock, ...]) -> _SideBox:
        self.troubles.append(
            "A text box stands beside the words of its paragraph in the PDF and the web page, and not over them."
        )
        sides = {} if look.outline is None else dict.fromkeys(("top", "right", "bottom", "left"), look.outline)
        share = self._share(look.width) if look.width else 1.0
        return ShellCell(share=share, blocks=blocks, ground=look.ground, sides=sides, room=_BOX_ROOM), look.side

    def _inside(self) -> ShellBlockReader:
        return replace(self, depth=self.depth + 1, cells=_PLAIN, around=())

    def _table(self, table: Element) -> Iterator[ShellBlock]:
        if self.depth >= _DEEPEST:
            return
        name = self.looks.styles.named(first(table, "w:tblPr/w:tblStyle"))
        lineage = [*self.looks.styles.lineage(name)] if name else []
        look = self.looks.table([table, *lineage])
        parts = TableParts(self.looks, lineage, first(table, "w:tblPr/w:tblLook"))
        rows = found(table, "w:tr")
        around = tuple(each for style in lineage for each in found(style, "w:pPr"))
        for number, row in enumerate(rows):
            cells = found(row, "w:tc")
            widths = [max(number_attribute(first(cell, "w:tcPr/w:tcW"), "w:w") / TWENTIETHS, 1) for cell in cells]
            made = []
            for place, (cell, width) in enumerate(zip(cells, widths, strict=True)):
                properties = found(cell, "w:tcPr")
                shading = first(cell, "w:tcPr/w:shd")
                kept = sides_at(look.cells.sides, number, place, len(rows), len(cells))
                of_part = parts.of(number, place, len(rows))
                own = self.looks.sides(properties, "w:tcBorders")
                at = first(cell, "w:tcPr/w:vAlign")
                inner = replace(self, depth=self.depth + 1, cells=of_part, around=around)
                made.append(
                    ShellCell(
                        share=width / sum(widths),
                        blocks=inner.blocks(list(cell)),
                        ground=of_part.ground or look.cells.ground if shading is None else self.looks.ground(shading),
                        sides={**kept, **of_part.sides, **own},
                        room=look.room,
                        at=attribute(at, "w:val") or "top",
                    )
                )
            yield ShellRow(tuple(made), self._share(sum(widths)))

    def _share(self, width: float) -> float:
        """How much of the text's width something takes up, whole where it is near that or does not say."""
        share = width / self.page.column
        return share if _LEAST_SHARE < share < _MOST_SHARE else 1.0


_SideBox = tuple[ShellCell, str]
"""A box, and the side at which it stands."""
_LEAST_SHARE, _MOST_SHARE = 0.05, 0.95
_BOX_ROOM = {"top": 3.6, "bottom": 3.6, "left": 7.2, "right": 7.2}


def _words(text: str, letters: Sequence[Letters], atoms: Sequence[ShellInline]) -> Iterator[ShellInline]:
    """Text without tags as words of one look each, with what is no text in its place."""
    run, of = "", None
    for letter, own in zip(text, letters, strict=True):
        at = ord(letter) - _ATOM
        is_atom = 0 <= at < len(atoms)
        if run and of is not None and (is_atom or own != of):
            yield ShellWords(escape(run, quote=False), of)
            run = ""
        if is_atom:
            yield atoms[at]
        else:
            run, of = run + letter, own
    if run and of is not None:
        yield ShellWords(escape(run, quote=False), of)


def _runs(element: Element) -> Iterator[Element]:
    """The runs of a paragraph, those in links and simple fields too; a field that counts pages stands for itself."""
    for child in element:
        if is_a(child, "w:r") or (
            is_a(child, "w:fldSimple") and of_the_page(attribute(child, "w:instr") or "", Letters()) is not None
        ):
            yield child
        elif is_a(child, "w:hyperlink") or is_a(child, "w:fldSimple") or is_a(child, "w:bdo") or is_a(child, "w:dir"):
            yield from _runs(child)


def _close(blocks: list[ShellBlock]) -> Iterator[ShellBlock]:
    """Blocks without the room between paragraphs of one style that wants none."""
    for index, block in enumerate(blocks):
        if isinstance(block, ShellParagraph) and block.look.close_to_its_like:
            near = [blocks[at] for at in (index - 1, index + 1) if 0 <= at < len(blocks)]
            like = [isinstance(each, ShellParagraph) and each.style == block.style for each in near]
            before = 0.0 if index and like[0] else block.look.before
            after = 0.0 if index + 1 < len(blocks) and like[-1] else block.look.after
            yield replace(block, look=replace(block.look, before=before, after=after))
        else:
            yield block


def _under(block: ShellBlock, groups: Sequence[Element]) -> ShellBlock:
    """A paragraph whose groups stand above it here, and in Word over the room that is left for them below it."""
    if not groups or not isinstance(block, ShellParagraph):
        return block
    room = sum(height_of(each) for each in groups)
    return replace(block, look=replace(block.look, after=max(block.look.after - room, 0.0)))
