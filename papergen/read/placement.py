"""What a Markdown file holds on its way to the model, and what may stand where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias, assert_never

from markdown_it.token import Token

from papergen.diagnostics import Span
from papergen.model.nodes import (
    Beside,
    Block,
    BlockQuote,
    Box,
    Figure,
    InLanguage,
    Inlines,
    Landscape,
    List,
    PageBreak,
    Paragraph,
    Table,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading inside a file; ``level`` is the number of its ``#``."""

    level: int
    title: Inlines
    key: str
    at: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """A caption not yet joined to its table or figure; ``kind`` is ``"table"`` or ``"figure"``.

    ``of_table`` are the words in its braces that say how its table is made up.
    """

    kind: str
    words: Inlines
    key: str
    at: Span
    of_table: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """An exhibit that could not be read, which was reported: its caption is not alone, and its box is not empty."""

    kind: str
    at: Span


Piece: TypeAlias = Block | Heading | Caption | Broken
Placed: TypeAlias = Block | Heading | Broken


class Room(Enum):
    """Something that holds blocks, as messages name it."""

    FILE = "a file"
    LANDSCAPE = "a “::: landscape” block"
    NOTE = "a “::: note” box"
    SIGNS = "a “::: signs” box"
    RECOMMENDATIONS = "a “::: recommendations” block"
    BESIDE = "a “::: beside” block"
    LANGUAGE = "a “::: language” block"
    QUOTE = "a quotation"
    ITEM = "a list item"
    FOOTNOTE = "a footnote"


_BOX = (Paragraph, List, Table)
_HOLDS: dict[Room, tuple[type, ...]] = {
    Room.FILE: (Paragraph, List, Table, Figure, BlockQuote, Box, Beside, PageBreak, Landscape, InLanguage, Heading),
    Room.LANGUAGE: (Paragraph, List, Table, Figure, BlockQuote, Box),
    Room.LANDSCAPE: (Paragraph, List, Table, Figure, BlockQuote, Box, PageBreak),
    Room.NOTE: _BOX,
    Room.SIGNS: _BOX,
    Room.RECOMMENDATIONS: (Paragraph, List),
    Room.BESIDE: (Paragraph, List, BlockQuote),
    Room.QUOTE: _BOX,
    Room.ITEM: (Paragraph, List),
    Room.FOOTNOTE: (Paragraph,),
}


def may_stand_in(part: Placed, room: Room) -> bool:
    """Whether ``room`` holds such a part; a broken exhibit has been reported already and may stand anywhere."""
    return isinstance(part, (*_HOLDS[room], Broken))


def name_of(part: Placed) -> str:
    """What messages call a part, with a capital letter."""
    match part:
        case Heading():
            return "A heading"
        case Paragraph():
            return "A paragraph"
        case List():
            return "A list"
        case Table():
            return "A table"
        case Figure() | Broken():
            return "A picture"
        case BlockQuote():
            return "A quotation"
        case Box():
            return "A box"
        case Beside():
            return "A “::: beside” block"
        case PageBreak():
            return "A page break"
        case InLanguage():
            return "A “::: language” block"
        case Landscape():
            return "A “::: landscape” block"
        case _:
            assert_never(part)


def grouped(tokens: Sequence[Token]) -> Iterator[tuple[Token, Sequence[Token]]]:
    """Each token at the outermost level of ``tokens``, with the tokens between it and the one that closes it."""
    index = 0
    while index < len(tokens):
        token, start = tokens[index], index + 1
        index = start
        depth: int = token.nesting
        while depth > 0:
            depth += tokens[index].nesting
            index += 1
        yield token, tokens[start : index - 1] if token.nesting else ()
