"""Tokens inside a line become the inline nodes of the model; here, and nowhere else."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from markdown_it.token import Token

from papergen import codes
from papergen.diagnostics import Code, Diagnostics, Span, did_you_mean, near_match
from papergen.model.nodes import (
    CrossReference,
    Emphasis,
    Footnote,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Strong,
    Text,
    Value,
)
from papergen.model.walk import plain_text
from papergen.read.characters import printable, single_spaced, unbroken, unprintable, with_dashes
from papergen.read.context import FileReading
from papergen.read.html import tag_name, told_of_html
from papergen.read.links import Address, LinkTarget, Unusable, leads_to
from papergen.read.markdown import MOST_CHARACTERS, parse_inlines
from papergen.read.marks import foreign_marks, stray_in_words
from papergen.read.rules.places import lines_of, offset
from papergen.read.source import PlaceOf, Source, places_from
from papergen.read.unmeant import unmeant_marks
from papergen.values.quantities import LONG_NUMBER
from papergen.values.words import shortened

MOST_NESTING = 6


def read_inlines(text: str, *, at: Span, diagnostics: Diagnostics) -> Inlines:
    """The inline nodes of a text that begins at ``at`` and stands outside the body: a title, a caption, a sign."""
    return read_words(text, place=places_from(at), diagnostics=diagnostics)


def read_words(text: str, *, place: PlaceOf, diagnostics: Diagnostics) -> Inlines:
    """The same, for a text whose positions stand at ``place``."""
    reading = FileReading(Source(place(0).file, ""), _no_picture, diagnostics, signs_heading="")
    blank = len(text) - len(text.lstrip())
    return InlineReader(reading).tokens(
        parse_inlines(text.strip()),
        lambda position: place(position + blank),
        text=text.strip(),
        within="a title or a list in front matter",
    )


def _no_picture(target: str, at: Span) -> None:
    """Front matter holds no pictures."""


@dataclass(slots=True)
class _Open:
    """Something that was opened and not yet closed, and what has been read inside it."""

    token: Token | None = None
    children: list[Inline] = field(default_factory=list)

    @property
    def is_link(self) -> bool:
        return self.token is not None and self.token.type == "link_open"


class InlineReader:
    """Reads the inline nodes of one file."""

    def __init__(self, reading: FileReading) -> None:
        self._reading = reading

    def block(self, token: Token, *, within: str = "") -> Inlines:
        """The inline nodes of an ``inline`` token; ``within`` names what it is part of where no footnote may stand."""
        place = self._reading.source.place(lines_of(token))
        return self.tokens(token.children or (), place, text=token.content, within=within)

    def tokens(self, tokens: Sequence[Token], place: PlaceOf, *, text: str, within: str) -> Inlines:
        """The inline nodes of the ``tokens`` of ``text``, whose positions stand at ``place``."""
        return _Line(self._reading, place, text, within).read(tokens)


class _Line:
    """The reading of one text."""

    def __init__(self, reading: FileReading, place: PlaceOf, text: str, within: str) -> None:
        self._reading, self._refuse = reading, reading.diagnostics.add
        self._place = place
        self._within = within
        self._foreign = foreign_marks(text)
        self._open = [_Open()]
        self._words: list[Token] = []
        self._html_open: set[str] = set()

    def read(self, tokens: Sequence[Token]) -> Inlines:
        for mark in self._foreign:
            if mark.message:
                self._refuse(mark.code, self._place(mark.position), mark.message, mark.hint)
        for token in tokens:
            # A backslash before a letter escapes nothing.
            is_words = token.type == "text" or (token.type == "text_special" and token.content == token.markup)
            opened = self._open[-1].token
            if is_words and not (opened and opened.markup == "autolink"):
                self._words.append(token)
                continue
            self._end_words()
            self._token(token)
        self._end_words()
        for token, code, message, hint in unmeant_marks(tokens):
            if not self._is_foreign(offset(token)):
                self._refuse(code, self._at(token), message, hint)
        while len(self._open) > 1:
            self._close()
        return self._without_long_numbers(trimmed(run_together(self._open[0].children)), tokens)

    def _token(self, token: Token) -> None:  # noqa: C901 - a case for each kind of token
        at = self._at(token)
        match token.type:
            case "text" | "text_special":
                self._report_unprintable(token.content, lambda _: at)
                self._text(token.content)
            case "softbreak":
                self._text(" ")
            case "hardbreak":
                self._add(LineBreak())
            case "strong_open" | "em_open" | "link_open" | "s_open":
                self._open_part(token, at)
            case "strong_close" | "em_close" | "link_close" | "s_close":
                self._close()
            case "value":
                self._value(token, at)
            case "value_unclosed":
                self._refuse(
                    codes.VALUE_SYNTAX,
                    at,
                    "“{{” opens a value that is not closed.",
                    "Write “}}” after it, in this paragraph.",
                )
                self._text(token.content)
            case "footnote_mark":
                self._footnote(token, at)
            case "image":
                self._use_definition(token)
                self._refuse(
                    codes.UNSUPPORTED,
                    at,
                    "A picture cannot stand inside a line of text.",
                    "Put it on a line of its own, with a blank line before it and “Figure: …” or a blank one after it.",
                )
            case "code_inline" if self._is_foreign(offset(token), codes.UNSUPPORTED):
                pass  # told to be lost with the mark that it is a part of
            case "code_inline":
                self._refuse(
                    codes.UNSUPPORTED,
                    at,
                    f"“{shortened(unbroken(token.content))}” is marked as program code, which a paper does not have.",
                    "Delete the “`” around it.",
                )
            case "html_inline":
                self._html(token, at)
            case "too_long":
                self._refuse(
                    codes.TOO_LONG,
                    at,
                    f"This paragraph is longer than {MOST_CHARACTERS:,} characters.",
                    "Divide it with blank lines.",
                )
            case _:
                self._refuse(
                    codes.UNSUPPORTED,
                    at,
                    f"Papergen does not know this kind of Markdown ({token.type}).",
                    "Write it in other words.",
                )

    def _at(self, token: Token) -> Span:
        # The rule for links has stepped past the bracket when it makes its first token.
        back = 1 if token.type == "link_open" and token.markup != "autolink" else 0
        return self._place(offset(token) - back)

    def _without_long_numbers(self, inlines: Inlines, tokens: Sequence[Token]) -> Inlines:
        """The inlines, or nothing but dots where a number in them, however it was put together, has no end."""
        number = LONG_NUMBER.search(plain_text(inlines))
        if number is None:
            return inlines
        digits = sum(map(str.isdecimal, number[0]))
        self._refuse(
            codes.NUMBER_TOO_LONG,
            self._at(tokens[0]),
            f"A number here begins “{number[0][:12]}…” and has {digits:,} digits.",
            "Write it as it is meant; it often comes with text that was copied from another program.",
        )
        return (Text(text="…"),)

    def _is_foreign(self, position: int, code: Code | None = None) -> bool:
        """Whether what stands there is part of a mark that was told already, under that code where it must be."""
        return any(mark.covers(position) for mark in self._foreign if code in (None, mark.code))

    def _add(self, inline: Inline) -> None:
        self._open[-1].children.append(inline)

    def _end_words(self) -> None:
        """The words read so far become text, with what Markdown left over in them reported."""
        if not self._words:
            return
        text = "".join(token.content for token in self._words)
        starts = list(accumulate((len(token.content) for token in self._words), initial=0))

        def in_source(position: int) -> int:
            index = bisect_right(starts, position, hi=len(self._words)) - 1
            return offset(self._words[index]) + position - starts[index]

        def place(position: int) -> Span:
            return self._place(in_source(position))

        for stray in stray_in_words(text):
            if self._is_foreign(in_source(stray.position)):
                continue
            self._refuse(stray.code, place(stray.position), stray.message, stray.hint)
        self._report_unprintable(text, place)
        self._text(with_dashes(text))
        self._words.clear()

    def _report_unprintable(self, text: str, place: PlaceOf) -> None:
        if found := list(unprintable(text)):
            position, name = found[0]
            more = f", and {len(found) - 1} more after it" if len(found) > 1 else ""
            self._refuse(
                codes.FILE_ENCODING,
                place(position),
                f"There is a character here ({name}) that cannot be printed{more}.",
                f"Delete {'them' if more else 'it'}; such often come with text that was copied from another program.",
            )

    def _text(self, text: str) -> None:
        if words := printable(text):
            self._add(Text(text=words))

    def _value(self, token: Token, at: Span) -> None:
        expression = unbroken(token.content.replace("\\|", "|"))
        if not expression:
            self._refuse(
                codes.VALUE_SYNTAX, at, "There is no name between “{{” and “}}”.", "Write the name of a value there."
            )
            return
        self._add(Value(text="", expression=expression, at=at))

    def _html(self, token: Token, at: Span) -> None:
        name = tag_name(token.content)
        if token.content.startswith("</") and name in self._html_open:
            return  # told with what it ends
        self._html_open.add(name)
        self._refuse(codes.RAW_HTML, at, *told_of_html(token.content))

    def _open_part(self, token: Token, at: Span) -> None:
        if token.type == "s_open":
            self._refuse(
                codes.UNSUPPORTED,
                at,
                "Struck-through words cannot stand in a paper.",
                "Delete the words, or the “~~” around them.",
            )
        if token.type == "link_open":
            self._use_definition(token)
            if any(part.is_link for part in self._open):
                self._refuse(codes.UNSUPPORTED, at, "A link stands inside another link.", "Take one of the two away.")
        if len(self._open) == MOST_NESTING + 1:
            self._refuse(
                codes.TOO_DEEP,
                at,
                "Bold and italic words are nested too deeply here.",
                "Check the “*” and “_” in this paragraph.",
            )
        self._open.append(_Open(token))

    def _close(self) -> None:
        if len(self._open) == 1:
            return
        part = self._open.pop()
        children = run_together(part.children)
        if part.is_link and part.token is not None:
            self._link(part.token, children)
        elif not children or len(self._open) > MOST_NESTING or part.token is None or part.token.type == "s_open":
            self._open[-1].children.extend(children)
        elif part.token.type == "strong_open":
            self._add(Strong(children=children))
        else:
            self._add(Emphasis(children=children))

    def _link(self, token: Token, children: Inlines) -> None:
        at = self._at(token)
        if any(part.is_link for part in self._open) or len(self._open) > MOST_NESTING:
            self._open[-1].children.extend(children)
            return
        if title := token.attrGet("title"):
            self._refuse(
                codes.UNSUPPORTED,
                at,
                f"The title of this link, “{shortened(unbroken(str(title)))}”, would not be printed.",
                "Delete it, or put its words in the text.",
            )
        address = str(token.attrGet("href") or "")
        if all(isinstance(each, Text) and not each.text.strip() for each in children):
            children = ()
        match leads_to(address, label=str(token.meta.get("label", ""))):
            case LinkTarget(id=target):
                self._add(CrossReference(target=target, children=children, at=at))
            case Address(href=href) if children:
                self._add(Link(href=href, children=children))
            case Address():
                self._refuse(
                    codes.EMPTY_PART,
                    at,
                    f"The link to “{shortened(unbroken(address))}” has no words to print.",
                    "Write them in the square brackets.",
                )
            case Unusable(hint=hint):
                shown = f"“{shortened(unbroken(address))}”" if address else "An empty address"
                self._refuse(codes.LINK_ADDRESS, at, f"{shown} cannot be followed from a paper.", hint)
                self._open[-1].children.extend(children)

    def _use_definition(self, token: Token) -> None:
        if "label" in token.meta:
            self._reading.used_definitions.add(token.meta["label"])

    def _footnote(self, token: Token, at: Span) -> None:
        name = token.content
        self._reading.used_notes.add(name)
        within = self._within or ("a link" if any(part.is_link for part in self._open) else "")
        if within:
            self._refuse(
                codes.UNSUPPORTED,
                at,
                f"A footnote mark cannot stand in {within}.",
                "Put it in the text, or give the note in words.",
            )
            return
        blocks = self._reading.notes.get(name)
        if blocks is None and name not in self._reading.told_notes:
            self._reading.told_notes.update({name, near_match(name, self._reading.notes) or name})
            self._refuse(
                codes.FOOTNOTE_UNDEFINED,
                at,
                f"There is no footnote “{name}”.",
                did_you_mean(
                    name,
                    self._reading.notes,
                    f"Add a paragraph “[^{name}]: …”, or put a backslash before the mark to print it.",
                ),
            )
        if blocks is not None:
            self._add(Footnote(blocks=blocks, at=at))


def run_together(children: Sequence[Inline]) -> Inlines:
    """``children`` with neighbouring texts as one, and no spaces doubled or beside a line break."""
    result: list[Inline] = []
    for child in children:
        last = result[-1] if result else None
        if isinstance(child, Text) and isinstance(last, Text):
            result[-1] = Text(text=last.text + child.text)
        else:
            result.append(child)
    for index, child in enumerate(result):
        if isinstance(child, Text):
            text = single_spaced(child.text)
            if index and isinstance(result[index - 1], LineBreak):
                text = text.lstrip(" ")
            if index + 1 < len(result) and isinstance(result[index + 1], LineBreak):
                text = text.rstrip(" ")
            result[index] = Text(text=text)
    return tuple(child for child in result if child != Text(text=""))


def trimmed(inlines: Inlines) -> Inlines:
    """``inlines`` without spaces at either end."""
    words = list(inlines)
    if words and isinstance(words[0], Text):
        words[0] = Text(text=words[0].text.lstrip(" "))
    if words and isinstance(words[-1], Text):
        words[-1] = Text(text=words[-1].text.rstrip(" "))
    return tuple(word for word in words if word != Text(text=""))
