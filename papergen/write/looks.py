"""How a Word template looks, resolved: what each of its styles comes to, in points and colours, for any writer.

Measures are points; colours are six hexadecimal digits in small letters with ``#`` before them, or nothing for the
colour that stands on its ground by itself (black on white).  A look says all: nothing in it is inherited.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum


class TextAlign(Enum):
    """How lines of text stand between the margins."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """The look of words: a font by name, a size, and what is done to them.

    ``ground`` is the colour behind them, ``raised`` is 1 for superscript and -1 for subscript, ``apart`` how much more
    room there is between letters.
    """

    font: str = "Times New Roman"
    size: float = 10.0
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    struck: bool = False
    capitals: bool = False
    small_capitals: bool = False
    colour: str = ""
    ground: str = ""
    raised: int = 0
    apart: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A line along one side of something: its width, kind in the words of CSS, colour, and the room inside it."""

    width: float
    kind: str
    colour: str
    room: float = 0.0


Sides = Mapping[str, Edge]
"""Edges by ``top``, ``right``, ``bottom``, ``left``; in a table also ``insideH`` and ``insideV``."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A tab stop: its place from the left margin, and ``left``, ``center``, ``right`` or ``decimal``."""

    at: float
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphLook:
    """The look of a paragraph.

    ``line`` is the height of lines in times of the font's own, or of points where it is ``exact``.  ``first`` is how
    far the first line stands in further, less than 0 where it stands out.
    """

    letters: Letters = Letters()
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0
    exact: bool = False
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    align: TextAlign = TextAlign.LEFT
    sides: Sides = field(default_factory=dict)
    ground: str = ""
    close_to_its_like: bool = False
    keeps_next: bool = False
    keeps_lines: bool = False
    stops: tuple[Stop, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CellsLook:
    """The look of some cells of a table: ground, rules, letters as far as they are said, and where words stand."""

    ground: str = ""
    sides: Sides = field(default_factory=dict)
    colour: str = ""
    bold: bool = False
    at: str = "top"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLook:
    """The look of a table: all of it, its head, every second row, and the room in its cells."""

    cells: CellsLook = CellsLook()
    head: CellsLook = CellsLook()
    odd: CellsLook = CellsLook()
    even: CellsLook = CellsLook()
    room: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The mark of one level of a list: a pattern such as ``%1.`` or ``•``, how its number counts, and where it stands.

    ``words_at`` is where the words start, ``hangs`` how far before them the mark does.
    """

    pattern: str
    counts: str
    words_at: float
    hangs: float
    letters: Letters | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLook:
    """The paper and its margins; ``header`` and ``footer`` are how far those stand from the edges.

    ``border`` has the lines around each page, whose room is that to the edge of the paper.
    """

    width: float = 595.3
    height: float = 841.9
    top: float = 72.0
    right: float = 72.0
    bottom: float = 72.0
    left: float = 72.0
    header: float = 36.0
    footer: float = 36.0
    border: Sides = field(default_factory=dict)

    @property
    def column(self) -> float:
        """The width of the text."""
        return max(self.width - self.left - self.right, 50.0)

    @property
    def room(self) -> float:
        """The height of the text."""
        return max(self.height - self.top - self.bottom, 50.0)

    def turned(self) -> PageLook:
        """The same paper on its side, with the same margins: that is what Word does."""
        return replace(self, width=max(self.width, self.height), height=min(self.width, self.height))


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateLook:
    """The look of a whole template.

    ``paragraphs`` and ``letters`` are the looks of its paragraph and character styles by their names in small letters;
    what a character style does not say is None there, and taken from the words around.
    """

    paragraphs: Mapping[str, ParagraphLook]
    letters: Mapping[str, Mapping[str, str | float | bool | int]]
    table: TableLook
    bullets: tuple[Mark, ...]
    numbers: tuple[Mark, ...]
    headings: tuple[Mark, ...]
    page: PageLook
    accent: str = ""

    def used(self, names: Iterable[str]) -> Iterator[ParagraphLook]:
        """The looks of those of ``names`` that are paragraph styles."""
        return (self.paragraphs[name.casefold()] for name in names if name.casefold() in self.paragraphs)

    def paragraph(self, style: str) -> ParagraphLook:
        """The look of a paragraph style."""
        return self.paragraphs[style.casefold()]
