"""Tokens of blocks become the blocks of the model; here, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import dropwhile

from markdown_it.token import Token

from papergen import codes
from papergen.diagnostics import Span, did_you_mean
from papergen.model.nodes import (
    Beside,
    Block,
    BlockQuote,
    Blocks,
    Box,
    BoxKind,
    Figure,
    InLanguage,
    Inlines,
    Landscape,
    List,
    ListItem,
    Marks,
    PageBreak,
    Paragraph,
    Table,
    Waiver,
)
from papergen.model.numerals import Numerals
from papergen.model.walk import plain_text
from papergen.read.captions import join_captions
from papergen.read.characters import unbroken
from papergen.read.context import FileReading
from papergen.read.exhibits import ExhibitReader
from papergen.read.front_matter import LANGUAGE
from papergen.read.html import told_of_html
from papergen.read.inline import InlineReader, read_inlines
from papergen.read.marks import foreign_marks
from papergen.read.placement import Broken, Caption, Heading, Piece, Placed, Room, grouped, may_stand_in, name_of
from papergen.read.rules.attributes import attributes_of
from papergen.read.rules.directives import PAGE_BREAK, WAIVE, WITHOUT_END
from papergen.read.rules.places import lines_of, offset
from papergen.read.stray import stray_in_item, stray_in_paragraph
from papergen.read.table_shape import is_word_of_table

MOST_LISTS = 3
"""How deeply lists may stand in each other: both formats have three styles of each kind."""

_IN_DIRECTIVE = {
    "note": Room.NOTE,
    "signs": Room.SIGNS,
    "recommendations": Room.RECOMMENDATIONS,
    "beside": Room.BESIDE,
    "landscape": Room.LANDSCAPE,
    "language": Room.LANGUAGE,
}
DIRECTIVES = (*_IN_DIRECTIVE, *WITHOUT_END)
_WITH_TITLE = ("note", "signs", "recommendations", "language")
_UNNUMBERED = "unnumbered"


class BlockReader:
    """Reads the blocks of one file; ``within`` names what they are part of where no footnote may stand."""

    def __init__(self, reading: FileReading, *, within: str = "") -> None:
        self._reading, self._refuse = reading, reading.diagnostics.add
        self._within = within
        self._inlines = InlineReader(reading)
        self._exhibits = ExhibitReader(reading, self._inlines, within)

    def file(self, tokens: Sequence[Token]) -> tuple[Block | Heading, ...]:
        """The blocks and headings of a whole body."""
        return tuple(part for part in self._placed(tokens, Room.FILE) if not isinstance(part, Broken))

    def inside(self, tokens: Sequence[Token], room: Room, *, lists: int = 0) -> Blocks:
        """The blocks inside something; ``lists`` counts the lists that they stand in."""
        return tuple(part for part in self._placed(tokens, room, lists=lists) if not isinstance(part, Broken | Heading))

    def _placed(self, tokens: Sequence[Token], room: Room, *, lists: int = 0) -> list[Placed]:
        parts = join_captions(self._parts(tokens, room, lists), self._reading)
        for part in parts:
            if not may_stand_in(part, room):
                self._refuse_in(part, room)
        return parts

    def _refuse_in(self, part: Placed, room: Room) -> None:
        is_heading = isinstance(part, Heading)
        in_directive = room in _IN_DIRECTIVE.values()
        code = codes.HEADING_LEVEL if is_heading else codes.DIRECTIVE_SHAPE if in_directive else codes.UNSUPPORTED
        hint = "Move it out, to the left edge and between blank lines."
        if is_heading:
            hint = "Make it bold words on a line of their own, or move it out."
        self._refuse(code, part.at, f"{name_of(part)} cannot stand in {room.value}.", hint)

    def _parts(self, tokens: Sequence[Token], room: Room, lists: int) -> list[Piece]:  # noqa: C901 - a case for each kind of token
        parts: list[Piece] = []
        line_after = -1
        found = list(grouped(tokens))
        for index, (token, within) in enumerate(found):
            at = self._at(token)
            match token.type:
                case "directive_open" if token.info == WAIVE:
                    self._waive(within, at, found[index + 1 :])
                case "paragraph_open":
                    parts.extend(self._paragraph(within[0], at))
                case "heading_open":
                    parts.append(self._heading(token, within[0], at))
                case "caption_open":
                    parts.append(self._caption(token, within[0], at))
                case "bullet_list_open" | "ordered_list_open":
                    parts.extend(self._list(token, within, at, lists + 1))
                case "blockquote_open":
                    parts.extend(self._quote(within, at, room))
                case "table_open":
                    parts.append(self._exhibits.table(token, within, at))
                case "directive_open":
                    parts.extend(self._directive(token, within, at, room, lists))
                case "directive_end":
                    self._refuse(
                        codes.DIRECTIVE_SHAPE,
                        at,
                        f"“{token.markup}” closes nothing.",
                        "Delete it, or begin the block that it closes with three colons;"
                        f" “::: {PAGE_BREAK}” needs no closing line, and no block reaches past a heading.",
                    )
                case "fence":
                    parts.extend(self._exhibits.fence(token, at))
                case "footnote_reference_open" | "definition":
                    pass  # read before the rest of the file
                case "hr":
                    follows_text = token.markup.startswith("-") and (token.map or [0])[0] == line_after
                    self._rule(at, follows_text=follows_text)
                case "html_block":
                    self._refuse(codes.RAW_HTML, at, *told_of_html(token.content.strip()))
                case "too_deep":
                    self._refuse(
                        codes.TOO_DEEP,
                        at,
                        "What begins here is nested too deeply to be read.",
                        "Begin lists and quotations further left.",
                    )
                case _:
                    self._refuse(
                        codes.UNSUPPORTED,
                        at,
                        f"Papergen does not know this kind of Markdown ({token.type}).",
                        "Write it in other words.",
                    )
            line_after = token.map[1] if token.map and token.type == "paragraph_open" else -1
        return parts

    def _at(self, token: Token) -> Span:
        return self._reading.source.at(offset(token))

    def _paragraph(self, text: Token, at: Span) -> list[Piece]:
        picture = self._exhibits.picture_alone(text)
        if picture is not None:
            return [self._exhibits.figure(picture, text, at)]
        place = self._reading.source.place(lines_of(text))
        foreign = foreign_marks(text.content)
        for stray in (*stray_in_paragraph(text.content), *stray_in_item(text.content, place)):
            if not any(mark.covers(stray.position) for mark in foreign):
                self._refuse(stray.code, place(stray.position), stray.message, stray.hint)
        inlines = self._inlines.block(text, within=self._within)
        key = self._exhibits.key(text, more=(_UNNUMBERED,))
        unnumbered = any(attribute.word == _UNNUMBERED for attribute in attributes_of(text))
        return [Paragraph(inlines=inlines, unnumbered=unnumbered, key=key, at=at)] if inlines else []

    def _heading(self, token: Token, text: Token, at: Span) -> Heading:
        title = self._inlines.block(text, within="a heading")
        if not title and not text.children:
            self._refuse(
                codes.HEADING_LEVEL, at, "This heading has no words.", "Write them after the “#”, or delete it."
            )
        return Heading(level=int(token.tag[1]), title=title, key=self._exhibits.key(text), at=at)

    def _caption(self, token: Token, text: Token, at: Span) -> Caption:
        words = self._inlines.block(text)
        if not text.children:
            self._refuse(
                codes.CAPTION_ALONE, at, "This caption has no words.", "Write them after the colon, or delete it."
            )
        given = [attribute.word for attribute in attributes_of(text)]
        of_table = tuple(word for word in given if token.info == "table" and is_word_of_table(word))
        return Caption(
            kind=token.info, words=words, key=self._exhibits.key(text, more=of_table), at=at, of_table=of_table
        )

    def _list(self, token: Token, within: Sequence[Token], at: Span, lists: int) -> list[Piece]:
        if lists > MOST_LISTS:
            self._refuse(
                codes.TOO_DEEP,
                at,
                f"A list may stand in another, and that in a third; this is number {lists}.",
                "Begin it further left, or write it as sentences.",
            )
            return []
        ordered = token.type == "ordered_list_open"
        items = [self._item(item, inside, lists) for item, inside in grouped(within)]
        if not ordered and (inner := _marked_twice(items)):
            joined = replace(inner[0], items=tuple(item for each in inner for item in each.items), at=at)
            self._check_numbers([each.start + step for each in inner for step in range(len(each.items))], joined)
            return [joined]
        for _, inside in grouped(within):
            if inside and inside[0].type in ("bullet_list_open", "ordered_list_open"):
                self._refuse(
                    codes.UNSUPPORTED,
                    self._at(inside[0]),
                    "A list item cannot begin with another list.",
                    "Write words after the first mark, or put a backslash before the second.",
                )
        numbers = [int(item.info) for item, _ in grouped(within) if item.info]
        start = numbers[0] if numbers else 1
        after_bracket = Marks(numerals=Numerals.FIGURES, both_brackets=False) if token.markup == ")" else None
        marks: Marks | None = token.meta.get("marks", after_bracket)
        made = List(ordered=ordered, items=tuple(items), start=start, marks=marks, at=at)
        if ordered:
            self._check_numbers(numbers, made)
        return [made]

    def _item(self, token: Token, within: Sequence[Token], lists: int) -> ListItem:
        blocks = self.inside(within, Room.ITEM, lists=lists)
        if not within:
            at = self._reading.source.first_character(token.map[0] if token.map else 0)
            hint = "Write its words, or delete it."
            if token.info:
                hint = f"Write its words, or delete it; where a sentence ends so, write “{token.info}\\{token.markup}”."
            self._refuse(codes.EMPTY_PART, at, "This list item has nothing in it.", hint)
        match blocks:
            case (Paragraph(key=key) as first, *rest) if key:
                return ListItem(blocks=(replace(first, key=""), *rest), key=key)
            case _:
                return ListItem(blocks=blocks)

    def _check_numbers(self, numbers: Sequence[int], listed: List) -> None:
        """A numbered list counts on from its first number; one number typed throughout is a habit and let pass."""
        if len(set(numbers)) > 1 and list(numbers) != list(range(numbers[0], numbers[0] + len(numbers))):
            typed = ", ".join(listed.mark(number - listed.start) for number in numbers[:5])
            self._refuse(
                codes.LIST_NUMBERS,
                listed.at,
                f"The items are numbered {typed}{' …' if len(numbers) > 5 else ''} here, and would be printed as"
                f" {listed.mark(0)} to {listed.mark(len(numbers) - 1)}.",
                "Number them in order; for other numbers put an empty line between the items, and a backslash before"
                " each full stop or closing bracket.",
            )

    def _quote(self, within: Sequence[Token], at: Span, room: Room) -> list[Piece]:
        if not within:
            self._refuse(codes.EMPTY_PART, at, "This quotation has nothing in it.", "Write its words, or delete “>”.")
            return []
        if room is Room.QUOTE:
            self._refuse(
                codes.TOO_DEEP, at, "A quotation cannot stand in another.", "Delete one “>” and use quotation marks."
            )
            return list(self.inside(within, Room.QUOTE))
        return [BlockQuote(blocks=self.inside(within, Room.QUOTE), at=at)]

    def _directive(self, token: Token, within: Sequence[Token], at: Span, room: Room, lists: int) -> list[Piece]:
        name = token.info
        title: Inlines = ()
        if within and within[0].type == "inline":
            title = self._directive_title(name, within[0], at)
            within = within[1:]
        if not token.meta["closed"] and name in _IN_DIRECTIVE:
            self._refuse(
                codes.DIRECTIVE_SHAPE,
                at,
                f"“{token.markup} {name}” is not closed before the next heading or the end.",
                f"Put a line “{token.markup}” where it ends; a heading cannot stand inside.",
            )
        if name == PAGE_BREAK:
            return [PageBreak(at=at)]
        if name not in _IN_DIRECTIVE:
            known = f"There are: {', '.join(DIRECTIVES)}."
            self._refuse(
                codes.DIRECTIVE_UNKNOWN,
                at,
                f"“{unbroken(name)}” is not the name of a ::: block.",
                did_you_mean(name, DIRECTIVES, known),
            )
            return list(self._parts(within, room, lists))
        if not within:
            if token.meta["closed"]:
                self._refuse(
                    codes.EMPTY_PART, at, f"This “::: {name}” block has nothing in it.", "Write its text, or delete it."
                )
            return []
        inside = self._placed_in_directive(within, _IN_DIRECTIVE[name], at)
        if inside is None:
            return [Broken(kind="beside", at=at)]
        exhibit, blocks = inside
        match name:
            case "landscape":
                return [Landscape(blocks=blocks, at=at)]
            case "language":
                return [InLanguage(language=self._language(plain_text(title), at), blocks=blocks, at=at)]
            case "beside" if exhibit is not None:
                return [Beside(exhibit=exhibit, blocks=blocks, at=at)]
            case _:
                return [self._box(name, title, blocks, at)]

    def _waive(self, within: Sequence[Token], at: Span, following: Sequence[tuple[Token, Sequence[Token]]]) -> None:
        """A finding that is waived for the block that follows: its code, and the reason."""
        words = within[0].content if within and within[0].type == "inline" else ""
        code, _, reason = unbroken(words).partition(" ")
        blocks = list(dropwhile(lambda each: each.info == WAIVE, (token for token, _ in following)))
        if not code or not reason or not blocks or blocks[0].type == "heading_open":
            self._refuse(
                codes.WAIVER_SHAPE,
                at,
                "A waiver names a code and the reason, and stands before the block it is for.",
                "Write it as “::: waive C201 The date is that of the inspectors’ report”, with the block below it.",
            )
            return
        block = blocks[1] if blocks[0].type == "caption_open" and len(blocks) > 1 else blocks[0]
        lines = (block.map or [0, 1])[1] - (block.map or [0, 1])[0]
        ends = self._at(block).line + lines
        self._reading.waivers.append(Waiver(code=code, reason=reason, at=at, ends=ends))

    def _box(self, name: str, title: Inlines, blocks: Blocks, at: Span) -> Box:
        if name != "signs":
            return Box(kind=BoxKind(name), title=title, blocks=blocks, at=at)
        reading = self._reading
        default = read_inlines(reading.signs_heading, at=replace(at, column=0), diagnostics=reading.diagnostics)
        return Box(kind=BoxKind.SIGNS, title=title or default, blocks=blocks, at=at)

    def _language(self, name: str, at: Span) -> str:
        if not LANGUAGE.fullmatch(name):
            self._refuse(
                codes.DIRECTIVE_SHAPE,
                at,
                f"“{f'::: language {name}'.strip()}” does not say which language.",
                "Write its short name as on the web, such as “::: language cy” for Welsh.",
            )
        return name

    def _directive_title(self, name: str, text: Token, at: Span) -> Inlines:
        self._exhibits.no_attributes(text)
        title = self._inlines.block(text, within="the title of a box")
        if name in DIRECTIVES and name not in _WITH_TITLE:
            self._refuse(
                codes.DIRECTIVE_SHAPE,
                at,
                f"“::: {name}” has no title, so “{plain_text(title)}” would be lost.",
                "Put the words on the next line.",
            )
        return title

    def _placed_in_directive(
        self, within: Sequence[Token], room: Room, at: Span
    ) -> tuple[Figure | Table | None, Blocks] | None:
        """The exhibit that stands first in a beside block, and the blocks; None where the exhibit is not there."""
        if room is not Room.BESIDE:
            return None, self.inside(within, room)
        parts = join_captions(self._parts(within, room, 0), self._reading)
        exhibit, rest = (parts[0], parts[1:]) if parts else (None, [])
        for part in rest:
            if not may_stand_in(part, room):
                self._refuse_in(part, room)
        if isinstance(exhibit, Broken):
            return None
        if not isinstance(exhibit, Figure | Table):
            self._refuse(
                codes.DIRECTIVE_SHAPE,
                at,
                "“::: beside” does not begin with a picture or a table.",
                "Put the picture or table first, then its text.",
            )
            return None
        blocks = tuple(part for part in rest if not isinstance(part, Broken | Heading))
        if not blocks:
            self._refuse(
                codes.DIRECTIVE_SHAPE,
                at,
                "“::: beside” has no text to stand beside its picture or table.",
                "Write the text below it, before the closing line.",
            )
        return exhibit, blocks

    def _rule(self, at: Span, *, follows_text: bool) -> None:
        hint = "Delete it; for a new page write “::: page-break”."
        if follows_text:
            hint = "To make a heading of the line above, begin that line with “##” and a space instead."
        self._refuse(codes.UNSUPPORTED, at, "A line across the page cannot stand in a paper.", hint)


def _marked_twice(items: Sequence[ListItem]) -> list[List]:
    """The lists that all items of one are, each in place of words: “- (a) that …”, which is the list (a), (b), (c)."""
    inner = [each.blocks[0] for each in items if len(each.blocks) == 1]
    lists = [each for each in inner if isinstance(each, List) and each.ordered]
    return lists if len(lists) == len(items) and len({each.marks for each in lists}) == 1 else []
