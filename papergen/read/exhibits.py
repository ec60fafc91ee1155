"""Tables, pictures with their alternative text, blocks that ask for charts and tables, and ids and widths in braces."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from markdown_it.token import Token

from papergen import codes
from papergen.diagnostics import Span, did_you_mean
from papergen.model.nodes import Alignment, CrossReference, Figure, Inlines, Link, Table, Text, Value, Width
from papergen.model.walk import find_in, leaves, plain_text
from papergen.read.characters import unbroken
from papergen.read.context import ExhibitBlock, FileReading
from papergen.read.inline import InlineReader, run_together, trimmed
from papergen.read.placement import Broken, Piece, grouped
from papergen.read.rules.attributes import Attribute, attributes_of
from papergen.read.rules.places import lines_of, offset
from papergen.read.unmeant import is_unclosed
from papergen.values.words import so_many

EXHIBIT_BLOCKS = ("chart", "table")
MOST_COLUMNS = 63
"""The most columns that a table in Word can have."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_DECORATIVE = "decorative"
_WIDTHS = {width.value: width for width in Width}


class ExhibitReader:
    """Reads the tables, pictures and blocks of charts of one file; ``within`` names what may hold none of these."""

    def __init__(self, reading: FileReading, inlines: InlineReader, within: str) -> None:
        self._reading, self._refuse = reading, reading.diagnostics.add
        self._inlines, self._within = inlines, within

    def key(self, text: Token, *, more: Collection[str] = ()) -> str:
        """The id in the braces after a heading, caption or paragraph, or nothing; ``more`` may stand beside it."""
        key = ""
        for attribute in attributes_of(text):
            at = self._place(text, attribute)
            if attribute.word in more:
                continue
            if not attribute.id or key:
                meant = f"{{#{attribute.word}}}" if not key and _ID.fullmatch(attribute.word) else "{#robbery}"
                self._unknown(attribute, at, f"Only an id such as {meant} may stand here, and one only.")
            elif not _ID.fullmatch(attribute.id):
                hint = "Use letters, digits and hyphens, such as {#robbery-by-area}."
                self._refuse(codes.ATTRIBUTE_UNKNOWN, at, f"“{attribute.id}” cannot be an id.", hint)
            else:
                key = attribute.id
        return key

    def no_attributes(self, text: Token) -> None:
        """Report whatever stands in braces after the title of a box."""
        for attribute in attributes_of(text):
            self._unknown(
                attribute, self._place(text, attribute), "A box has no id and no settings; delete the braces."
            )

    def _place(self, text: Token, attribute: Attribute) -> Span:
        return self._reading.source.place(lines_of(text))(attribute.position)

    def _unknown(self, attribute: Attribute, at: Span, hint: str) -> None:
        hint += " To print braces put a backslash before “{”."
        self._refuse(codes.ATTRIBUTE_UNKNOWN, at, f"“{attribute.word}” means nothing here.", hint)

    def fence(self, token: Token, at: Span) -> list[Piece]:
        """What a block between backticks asks for; it is a chart or a table, or refused."""
        name = unbroken(token.info).split(" ")[0]
        if name in EXHIBIT_BLOCKS:
            return self._exhibit(name, token, at)
        self._refuse(
            codes.UNSUPPORTED,
            at,
            f"A block of program code{f' (“{name}”)' if name else ''} cannot stand in a paper.",
            f"Delete the lines “{token.markup}” before and after it.",
        )
        return []

    def _exhibit(self, name: str, token: Token, at: Span) -> list[Piece]:
        """The figure or table that a ``chart`` or ``table`` block asks for, still empty; Bind makes it."""
        if self._within:
            self._refuse(
                codes.UNSUPPORTED,
                at,
                f"A {name} cannot stand in {self._within}.",
                "Put it into the text of the section.",
            )
            return []
        first = Span(at.file, at.line + 1)
        if is_unclosed(token, EXHIBIT_BLOCKS):
            self._refuse(
                codes.DIRECTIVE_SHAPE,
                at,
                f"This {name} is not closed, so that what follows it would be read as its settings.",
                f"Close the block with three backticks: put a line “{token.markup}” below its last setting.",
            )
            return [Broken(kind="table" if name == "table" else "figure", at=first)]
        self._reading.exhibits.append(ExhibitBlock(name, token.content, first))
        if name == "table":
            return [Table(header=(), rows=(), alignments=(), at=first)]
        return [Figure(picture=None, alternative=(), at=first)]

    def picture_alone(self, text: Token) -> Token | None:
        """The picture that is all there is in a paragraph, or None."""
        children = [child for child in text.children or () if child.type != "text" or child.content.strip()]
        return children[0] if len(children) == 1 and children[0].type == "image" else None

    def figure(self, image: Token, text: Token, at: Span) -> Figure | Broken:
        """The figure of a picture that stands alone in the paragraph ``text``."""
        width, decorative = self._settings(image, text)
        alternative = self._alternative(image, text)
        if title := image.attrGet("title"):
            self._refuse(
                codes.UNSUPPORTED,
                at,
                f"The title of this picture, “{unbroken(str(title))}”, would not be printed.",
                "Delete it, and write a paragraph “Figure: …” below the picture.",
            )
        if alternative and decorative:
            self._refuse(
                codes.PICTURE_ALTERNATIVE,
                at,
                "The picture is marked as decorative, so its alternative text"
                f" “{plain_text(alternative)}” would be lost.",
                "Take away the one or the other.",
            )
        elif not alternative and not decorative and not (image.content or "").strip():
            self._refuse(
                codes.PICTURE_ALTERNATIVE,
                at,
                "The picture has no alternative text for readers who cannot see it.",
                "Write between “![” and “]” what it shows, or {decorative} after it if it shows nothing.",
            )
        if "label" in image.meta:
            self._reading.used_definitions.add(image.meta["label"])
        picture = self._reading.load_picture(str(image.attrGet("src") or ""), at)
        if picture is None:
            return Broken(kind="figure", at=at)
        return Figure(picture=picture, alternative=alternative, width=width, at=at)

    def _settings(self, image: Token, text: Token) -> tuple[Width, bool]:
        width, decorative = Width.FULL, False
        for attribute in attributes_of(image):
            at = self._place(text, attribute)
            if attribute.word == _DECORATIVE:
                decorative = True
            elif attribute.name == "width" and attribute.value in _WIDTHS:
                width = _WIDTHS[attribute.value]
            elif attribute.id:
                self._unknown(attribute, at, "Put the id after the caption, “Figure: … {#id}”.")
            elif attribute.name == "width":
                self._unknown(attribute, at, f"The widths are: {', '.join(_WIDTHS)}.")
            else:
                known = ("width=half", _DECORATIVE)
                self._unknown(attribute, at, did_you_mean(attribute.word, known, f"There are: {', '.join(known)}."))
        return width, decorative

    def _alternative(self, image: Token, text: Token) -> Inlines:
        place = self._reading.source.place(lines_of(text))
        start = offset(image) + len("![")
        words = self._inlines.tokens(
            image.children or (),
            lambda position: place(start + position),
            text=image.content,
            within="alternative text",
        )
        for _ in find_in(words, Link, CrossReference):
            message, hint = "A link cannot stand in alternative text.", "Write its words only."
            self._refuse(codes.UNSUPPORTED, place(start), message, hint)
        printed = (leaf if isinstance(leaf, Text | Value) else Text(text=" ") for leaf in leaves(words))
        return trimmed(run_together(tuple(printed)))

    def table(self, token: Token, rows: Sequence[Token], at: Span) -> Table | Broken:
        """The table, its rows brought to the length of its header; each that was not is reported."""
        alignments = tuple(Alignment(alignment) for alignment in token.meta["alignments"])
        if len(alignments) > MOST_COLUMNS:
            self._refuse(
                codes.TABLE_SHAPE,
                at,
                f"The table has {len(alignments)} columns; a table in Word has {MOST_COLUMNS} at most.",
                "Divide it.",
            )
            return Broken(kind="table", at=at)
        columns, parts = len(alignments), list(grouped(rows))
        wide = len(parts[0][1])
        if wide != columns and all(len(cells) == wide for _, cells in parts[1:2]):
            self._refuse(
                codes.TABLE_SHAPE,
                self._reading.source.first_character((token.map or [0])[0] + 1),
                f"The line of dashes has {so_many(columns, 'cell')}; the header above it has {wide}.",
                "Give it as many as the header; a “|” that belongs to the text is written “\\|”.",
            )
        else:
            wide = columns
        header, *body = [self._row(row, cells, columns, wide) for row, cells in parts]
        return Table(header=header, rows=tuple(body), alignments=alignments, at=at)

    def _row(self, row: Token, cells: Sequence[Token], columns: int, wide: int) -> tuple[Inlines, ...]:
        """The cells of a row, as many as there are ``columns``; they are typed ``wide``."""
        at = self._reading.source.at(offset(row))
        if row.meta["text"]:
            self._refuse(
                codes.TABLE_SHAPE,
                at,
                "This line stands directly below a table, and is not a row of it.",
                "Put a blank line before it, or “|” between its cells.",
            )
        elif len(cells) != wide:
            self._refuse(
                codes.TABLE_SHAPE,
                at,
                f"This row has {so_many(len(cells), 'cell')}; the line of dashes below the header has {wide}.",
                "Give every row as many cells; a “|” that belongs to the text is written “\\|”.",
            )
        read = [self._inlines.block(cell) for cell in cells]
        return tuple((*read, *[()] * columns)[:columns])
