"""The document model: what a paper is before it is a Word file, a page of HTML or a PDF.

A paper is one tree of frozen dataclasses.  ``Inline`` and ``Block`` are closed sets: every writer matches over them
and ends in ``assert_never``, so that no writer can forget a node.  Nothing here knows Markdown, Word or HTML.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeAlias

from papergen.diagnostics import NOWHERE, Span
from papergen.model.numerals import Numerals, numeral
from papergen.values.chrome import NumberedLabel, chrome
from papergen.values.periods import Period
from papergen.values.quantities import Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words as they are printed.  Holds no line break, no tab and no control character.

    ``language`` is set of the words that papergen writes of data, where they are in another than the text round them.
    """

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineBreak:
    """A break the author asked for inside a paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strong:
    """Words of strong importance, printed bold."""

    children: Inlines


@dataclass(frozen=True, slots=True, kw_only=True)
class Emphasis:
    """Stressed words, printed in italics."""

    children: Inlines


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link to an address outside the papers (``https:``, ``http:`` or ``mailto:``)."""

    href: str
    children: Inlines


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossReference:
    """A reference to a section, figure, table or paper of the same meeting.

    ``target`` is the id the author wrote.  ``children`` are the author's own words and may be empty.  ``label`` is what
    assembling puts there when they are empty ("section 2.4.1", "Table 2", "Appendix A"); ``paper`` is the name of the
    other paper when the target stands there, and empty when it stands in this one.
    """

    target: str
    children: Inlines = ()
    label: str = ""
    paper: str = ""
    at: Span = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """A note at the foot of the page, standing where its mark stands.  ``number`` counts from 1 in each paper."""

    blocks: Blocks
    number: int = 0
    at: Span = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A fact printed by name: never a bare string, so that nothing downstream loses where it came from.

    ``text`` is what is printed, empty until Bind, ``expression`` what the author wrote between the braces, and ``how``
    the names followed in it, the formats last: ``("robbery", "quarter", "change", "rose")``; a sign of arithmetic
    stands between the names of its two sides.  ``quantity`` is the exact number that ``text`` prints, with the decimals
    printed; None for words and dates.  ``at`` is where the value was written and ``sources`` the places the fact was
    typed in or the rows it was computed from.  A number also names the ``measures`` (or one-off facts) it comes from
    and the ``periods`` they cover; a date is its own period.
    """

    text: str
    expression: str
    how: tuple[str, ...] = ()
    quantity: Quantity | None = None
    at: Span = NOWHERE
    sources: tuple[Span, ...] = ()
    measures: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The picture of a figure: PNG or JPEG bytes.  Pixel sizes are those of the file.

    ``vector`` is the same picture as SVG, where there is one: a chart; ``page`` is its drawing as the page of a PDF.
    """

    path: str
    media_type: str
    pixel_width: int
    pixel_height: int
    sha256: str
    data: bytes
    vector: bytes = b""
    page: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Graphic:
    """A small drawing in a line of words, in a table: a trend line, or the mark of a rating.

    ``width`` and ``height`` are in CSS pixels.  ``said`` is what it shows in words; where it is empty the words beside
    it say as much.
    """

    picture: Picture
    said: str
    width: int
    height: int


Inline: TypeAlias = Text | LineBreak | Strong | Emphasis | Link | CrossReference | Footnote | Value | Graphic
Inlines: TypeAlias = tuple[Inline, ...]


class Alignment(Enum):
    """How the cells of a table column are set."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


class BoxKind(Enum):
    """What a highlighted box is for; each kind has its own named style in both formats."""

    SIGNS = "signs"
    NOTE = "note"
    AIM = "aim"
    RECOMMENDATIONS = "recommendations"


class Width(Enum):
    """How much of the text column an exhibit takes."""

    FULL = "full"
    HALF = "half"


PIXELS_PER_INCH = 150
"""How fine a picture is printed where there is room: sharp on paper, and never blown up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartData:
    """The data that a chart shows, as a table: the names of its columns, and its rows as they are printed.

    ``language`` is that of its words, where the text round the chart is in another.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    language: str = ""

    @property
    def are_numbers(self) -> tuple[bool, ...]:
        """Which of the columns hold numbers; the first one names the rows."""
        columns = zip(*self.rows, strict=True) if self.rows else ((),) * len(self.columns)
        found = [all(not cell or cell[-1].isdigit() or cell[-1] in "%–" for cell in column) for column in columns]
        return (False, *found[1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Words that stand together.

    ``number`` is "4.2" or "17" where the paper numbers its paragraphs, and ``label`` what a cross-reference then prints
    ("paragraph 4.2"); ``unnumbered`` is true of one whose author wants no number.
    """

    inlines: Inlines
    unnumbered: bool = False
    number: str = ""
    label: str = ""
    key: str = ""
    at: Span = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem:
    """One item of a list, with everything that stands in it; ``label`` is what a cross-reference to it prints."""

    blocks: Blocks
    label: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The marks of a list as its author typed them: ``(a)`` has both brackets, ``a)`` only the second."""

    numerals: Numerals
    both_brackets: bool = True

    def mark(self, number: int) -> str:
        """``"(b)"`` for 2."""
        return f"{'(' if self.both_brackets else ''}{numeral(self.numerals, number)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """A bulleted list, or a numbered one whose first number is ``start``.

    ``marks`` are None where it has the marks that the look of the papers gives it.
    """

    ordered: bool
    items: tuple[ListItem, ...]
    start: int = 1
    marks: Marks | None = None
    key: str = ""
    at: Span = NOWHERE

    def mark(self, index: int) -> str:
        """``"(b)"`` or ``"2"`` for the item at ``index``, which counts from 0, and nothing for a bullet."""
        number = self.start + index
        return "" if not self.ordered else str(number) if self.marks is None else self.marks.mark(number)


class RowKind(Enum):
    """What a row of a table is: one of its rows, the heading of those below it, or the total of those above."""

    BODY = "body"
    SECTION = "section"
    TOTAL = "total"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadBand:
    """A heading over several columns; one without words stands for a column whose own heading reaches up to the top."""

    words: Inlines
    columns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadCell:
    """A heading of a table: the column it begins at, and over how many columns and rows it reaches."""

    words: Inlines
    column: int
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table.  Every row has as many cells as ``alignments``, and so has the ``header``.

    Where headings stand in two rows, ``bands`` are those of the upper one.  A ``headless`` table has no words in its
    header, which is not printed; the first cell of each row heads it where there are ``row_headings``.  ``kinds`` are
    those of the rows, and empty where all are alike.  ``caption`` holds the words after the label; ``number`` is 0
    until assembling, which numbers captioned tables, and ``labelled_in`` the language of the word before it,
    empty for English.  ``note`` stands below the table: its source, and how far its data
    go; ``measures`` are those it was laid out from.
    """

    header: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    alignments: tuple[Alignment, ...]
    bands: tuple[HeadBand, ...] = ()
    headless: bool = False
    row_headings: bool = False
    kinds: tuple[RowKind, ...] = ()
    caption: Inlines = ()
    note: Inlines = ()
    measures: tuple[str, ...] = ()
    number: int = 0
    labelled_in: str = ""
    key: str = ""
    at: Span = NOWHERE

    @property
    def heads(self) -> tuple[tuple[HeadCell, ...], ...]:
        """The rows of headings as they are printed and read: none, one or two."""
        lower = tuple(HeadCell(words=words, column=column) for column, words in enumerate(self.header))
        if self.headless:
            return ()
        if sum(band.columns for band in self.bands) != len(self.header) or any(band.columns < 1 for band in self.bands):
            return (lower,)
        upper: list[HeadCell] = []
        below: list[HeadCell] = []
        column = 0
        for band in self.bands:
            if band.words:
                upper.append(HeadCell(words=band.words, column=column, columns=band.columns))
                below += lower[column : column + band.columns]
            else:
                upper.append(HeadCell(words=self.header[column], column=column, rows=2))
            column += band.columns
        return tuple(upper), tuple(below)

    def kind(self, row: int) -> RowKind:
        """What the row at ``row``, counted from 0, is."""
        return self.kinds[row] if row < len(self.kinds) else RowKind.BODY

    @property
    def label(self) -> str:
        """``"Table 2"``, or nothing for a table without a caption."""
        return NumberedLabel.of(chrome(self.labelled_in), "table", str(self.number)) if self.number else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture with its alternative text and, when it has one, its numbered caption.

    ``picture`` is None for a chart until Draw.  ``alternative`` is empty only for a picture the author marked as
    decoration.  ``note`` stands below: the source of a chart, and how far its data go; ``data`` is what the chart
    shows, ``measures`` and ``sources`` the measures and the rows that it was drawn from.
    """

    picture: Picture | None
    alternative: Inlines
    caption: Inlines = ()
    note: Inlines = ()
    data: ChartData | None = None
    measures: tuple[str, ...] = ()
    sources: tuple[Span, ...] = ()
    width: Width = Width.FULL
    number: int = 0
    labelled_in: str = ""
    key: str = ""
    at: Span = NOWHERE

    @property
    def drawn(self) -> Picture:
        """The picture, which a writer may rely on; raises ``ValueError`` for a chart that was not drawn."""
        if self.picture is None:
            raise ValueError(f"the chart at {self.at} was not drawn")
        return self.picture

    @property
    def told_in(self) -> str:
        """The language of the alternative text, where papergen wrote it in another than that of the text round it."""
        return next((each.language for each in self.alternative if isinstance(each, Text)), "")

    @property
    def label(self) -> str:
        """``"Figure 3"``, or nothing for a figure without a caption."""
        return NumberedLabel.of(chrome(self.labelled_in), "figure", str(self.number)) if self.number else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockQuote:
    """Words quoted from somebody else."""

    blocks: Blocks
    key: str = ""
    at: Span = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A highlighted box: the signs that would show improvement, a note, or the banner that names an aim."""

    kind: BoxKind
    blocks: Blocks
    title: Inlines = ()
    key: str = ""
    at: Span = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A half-width exhibit with text beside it: the exhibit on the left, the text on the right."""

    exhibit: Figure | Table
    blocks: Blocks
    key: str = ""
    at: Span = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak:
    """What follows begins on a new page."""

    key: str = ""
    at: Span = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Landscape:
    """Blocks that stand on landscape pages of their own."""

    blocks: Blocks
    key: str = ""
    at: Span = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class InLanguage:
    """Blocks in another language than the rest of the paper: ``"cy"``, as BCP 47 has it."""

    language: str
    blocks: Blocks
    key: str = ""
    at: Span = NOWHERE


Block: TypeAlias = Paragraph | List | Table | Figure | BlockQuote | Box | Beside | PageBreak | Landscape | InLanguage
Blocks: TypeAlias = tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A finding that somebody has looked at and lets stand, in the lines from ``at`` to ``ends``, and why.

    ``ends`` is 0 for the whole file.
    """

    code: str
    reason: str
    at: Span
    ends: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the data say of a section's topic.

    ``words`` are printed: those of ``value``, which the stated rule gave for ``reason``, or an officer's own, who
    overruled it for the reason in ``overruled``.  ``special`` is true where the figures show special cause.
    """

    words: str
    value: Value
    reason: str = ""
    overruled: str = ""
    special: bool = False
    at: Span = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with what stands under it.

    ``level`` is 1 for the sections of a paper.  ``number`` is "2.4.1", or empty for a heading without one.  ``label``
    is what a cross-reference prints ("section 2.4.1", "Objective 5").  The remaining fields are the front matter of the
    file the section came from; a heading inside a file has none of them but the ``language``, where that is not the
    paper's.
    """

    title: Inlines
    level: int
    blocks: Blocks = ()
    sections: tuple[Section, ...] = ()
    key: str = ""
    number: str = ""
    label: str = ""
    objective: int | None = None
    aim: str | None = None
    owner: str | None = None
    reviewed: date | None = None
    topic: Inlines = ()
    activity: Inlines = ()
    signs: tuple[Inlines, ...] = ()
    measures: tuple[str, ...] = ()
    judgement: Judgement | None = None
    waivers: tuple[Waiver, ...] = ()
    language: str = ""
    at: Span = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadLine:
    """A line of facts at the head of a paper: "Contact officer", and who that is."""

    label: str
    words: Inlines
    at: Span = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """An appendix that is somebody else's PDF file: ``file`` is its name beside the papers."""

    label: str
    title: str
    file: str
    pages: int
    sha256: str
    data: bytes
    at: Span = NOWHERE


class PaperKind(Enum):
    """What a paper is to the meeting; ``--only`` selects by it."""

    REPORT = "report"
    APPENDIX = "appendix"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper, numbered and with every cross-reference resolved.

    ``name`` is the stem of its output files.  ``template`` is the stem of its templates.  ``fields`` are the meeting
    and paper fields that templates print, by dotted name ("meeting.date"); both formats get the same set.  ``head`` are
    the lines of facts below the title; like the title they stand before the text, and no walk reads them.
    ``attachments`` are handed out with the paper.
    ``contents_depth`` is the number of heading levels in its contents list, 0 for none.  ``first_page`` is the page
    number in the printed pack, when the host authority gives one.
    """

    name: str
    kind: PaperKind
    title: str
    template: str
    fields: dict[str, str]
    sections: tuple[Section, ...]
    head: tuple[HeadLine, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    contents_depth: int = 0
    first_page: int | None = None
    draft: bool = True
    issued: date = date(1970, 1, 1)
    author: str = ""
    language: str = "en-GB"
