"""Marks of Markdown that came to nothing: CommonMark prints them as they stand, and hardly any author means that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from papergen import codes
from papergen.diagnostics import Code
from papergen.read.rules.tables import is_made_of_dashes

_AS_IT_STANDS = "To print it as it stands, put a backslash before it."


@dataclass(frozen=True, slots=True)
class Stray:
    """A mark at ``position`` of a text that came to nothing."""

    position: int
    code: Code
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class _Mark:
    pattern: str
    message: str
    hint: str
    code: Code = codes.STRAY_MARKUP


_IN_LINE = (
    _Mark(r"\}\}", "“}}” closes no value.", "Write “{{” before the name of the value.", codes.VALUE_SYNTAX),
    _Mark(
        r"\*\*",
        "“**” would be printed: it makes nothing bold.",
        "Put one directly before the words and one directly after them.",
    ),
    _Mark("~~", "“~~” would be printed.", "Delete it."),
    _Mark(r"(?<!=)==(?!=)", "“==” would be printed.", "Delete it; for words that matter write **words**."),
    _Mark("`", "“`” would be printed.", "For an apostrophe or a quotation mark use ’ or ‘."),
    _Mark(
        r"\]\(",
        "“](” would be printed: this is not a link.",
        "Write [words](address) with no space in the address.",
    ),
    _Mark(
        r"\]\[",
        "“][” would be printed: no link of that name is defined.",
        "Write [words](address), or define the name.",
    ),
    _Mark(
        r"\[\^",
        "“[^” would be printed: this is not a footnote mark.",
        "Write [^name] with no space in the name.",
    ),
    _Mark(
        r"\^\[",
        "“^[” would be printed: a footnote cannot be written inside a line.",
        "Write [^1] here, and a paragraph “[^1]: …” with the note below.",
    ),
    _Mark(
        r"\{%|%\}",
        "“{%” is a mark of templates, and would be printed.",
        "Markdown holds values in {{ }} only; delete the rest.",
    ),
    _Mark(
        r"\{#|\{width=|\{decorative",
        "These braces would be printed.",
        "An id stands at the end of a heading, caption or paragraph, a width directly after a picture.",
    ),
    _Mark(
        r"(?<!\{)\{\s*[a-z_]+\.[a-z_.]+\s*(?:\|[a-z_\s]*)?\}(?!\})",
        "Single braces print as they stand.",
        "Write {{ and }} round the name of a value.",
    ),
    _Mark("<!--|-->", "This mark of a comment would be printed.", "Delete it; a paper has no hidden comments."),
)
_ANY_IN_LINE = re.compile("|".join(f"({mark.pattern})" for mark in _IN_LINE))
_UNDERLINE = re.compile(r"=+|-+")
_HEADING = re.compile(r"#{7,}|#{2,}(?=[^# \t\n])")
_PASTED_BULLET = re.compile("[\u2022\u25aa\u25e6\u00b7\uf0b7]")
_TASK = re.compile(r"\[[ xX]\](?=\s)")
_BOUND_MARK = re.compile(r"(?:#{1,6}|[-*+])(?=\u00a0)")


def stray_in_words(text: str) -> Iterator[Stray]:
    """The marks left over in printed words, the first of each kind."""
    seen: set[int] = set()
    for found in _ANY_IN_LINE.finditer(text):
        kind = found.lastindex or 0
        if kind not in seen:
            seen.add(kind)
            mark = _IN_LINE[kind - 1]
            yield Stray(found.start(), mark.code, mark.message, f"{mark.hint} {_AS_IT_STANDS}")


def stray_in_paragraph(text: str) -> Iterator[Stray]:
    """Lines of a paragraph that look like something else, such as a heading or a table: the first of each kind."""
    if (found := _HEADING.match(text)) and not _BOUND_MARK.match(text):
        hint = "Put a space after the last “#”." if len(found[0]) < 7 else "Use “##” to “#####”."
        yield Stray(0, codes.STRAY_MARKUP, "This line would not be a heading.", hint)
    if found := _TASK.match(text):
        message = f"“{found[0].strip()}” would be printed: a paper has no boxes to tick."
        yield Stray(0, codes.STRAY_MARKUP, message, "Delete it, and say in words what is done.")
    position = 0
    underlined = barred = bound = dotted = False
    for number, line in enumerate(text.split("\n")):
        words = line.strip()
        at = position + len(line) - len(line.lstrip())
        position += len(line) + 1
        if not bound and (found := _BOUND_MARK.match(words)):
            bound = True
            yield Stray(
                at,
                codes.STRAY_MARKUP,
                f"“{found[0]}” would be printed: the space after it is a non-breaking one.",
                "Type an ordinary space there.",
            )
        if not dotted and _PASTED_BULLET.match(words):
            dotted = True
            yield Stray(
                at,
                codes.STRAY_MARKUP,
                f"“{words[0]}” does not begin an item of a list.",
                "Begin the line with “- ” instead, with an empty line before the first.",
            )
        if number and not underlined and _UNDERLINE.fullmatch(words):
            underlined = True
            yield Stray(
                at,
                codes.HEADING_LEVEL,
                "A line of “=” or “-” does not make a heading of the line above it.",
                "Delete it, and begin the line above with “##” and a space.",
            )
        if not barred and (words.startswith("|") or ("|" in words and is_made_of_dashes(words))):
            barred = True
            yield Stray(
                at,
                codes.TABLE_SHAPE,
                "These lines are not a table.",
                "A table has a header row, below it a row such as “| --- | --- |”, and a blank line before and after.",
            )
