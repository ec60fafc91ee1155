"""Numbers typed by hand where papergen prints its own, so that both would stand there: “4. 4. Savings”."""

from __future__ import annotations

import re
from typing import assert_never

from papergen import codes
from papergen.diagnostics import Diagnostics, Span
from papergen.model.nodes import Figure, Inlines, List, Paper, Paragraph, Section, Table, Text, Value
from papergen.model.walk import find, find_in, plain_text

_DOTTED = r"\d{1,2}(?:\.\d{1,2})+"
_WORD = r"(?=\s+[“‘(]?(?:[A-Z][a-z]|[AI]\s))"
_BEFORE_HEADING = re.compile(rf"(?:Section\s+)?(?:\d{{1,2}}[.):](?=\s)|{_DOTTED}[.):]?{_WORD})")
_BEFORE_PARAGRAPH = re.compile(rf"\d{{1,2}}[.)](?=\s)|{_DOTTED}[.):]?{_WORD}")
_BEFORE_CAPTION = re.compile(
    r"(?:Table|Figure|Fig\.|Chart|Graph)\s+\d{1,2}(?:\.\d{1,2})*[a-z]?(?:\s?[.:)–—-]|(?=\s+[A-Z][a-z]|$))"
    r"|\d{1,2}[.:)](?=\s)"
)
_BEFORE_ITEM = re.compile(r"(?:Recommendation\s+|R)?\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.):](?=\s)")


def tell_typed_numbers(paper: Paper, diagnostics: Diagnostics) -> None:
    """Tell of each number typed before a heading, paragraph, caption or item that has one of its own in ``paper``."""

    def tell(what: str, words: Inlines, at: Span, typed: re.Pattern[str], printed: str) -> None:
        if not printed:
            return
        first = next(find_in(words, Text, Value), None)
        text = plain_text(words)
        itself = re.compile(rf"{re.escape(printed.strip('()'))}[.):]?(?=\s+[A-Z])")
        mark = typed.match(text) or itself.match(text)
        if mark and isinstance(first, Text):
            message = (
                f"“{mark[0]}” is typed before the words of this {what}, and “{printed}” would be printed before it."
            )
            diagnostics.add(codes.NUMBER_TWICE, at, message, f"papergen numbers this: delete “{mark[0]}”.")

    for found in find((paper,), Section, Paragraph, List):
        match found.node:
            case Section(number=number, title=title):
                tell("heading", title, found.at, _BEFORE_HEADING, number)
            case Paragraph(number=number, inlines=words):
                tell("paragraph", words, found.at, _BEFORE_PARAGRAPH, number)
            case List(items=items) as listed:
                for index, item in enumerate(items):
                    if item.blocks and isinstance(opening := item.blocks[0], Paragraph):
                        tell("item", opening.inlines, opening.at, _BEFORE_ITEM, listed.mark(index))
            case _:
                assert_never(found.node)
    for exhibit in find((paper,), Table, Figure):
        tell("caption", exhibit.node.caption, exhibit.at, _BEFORE_CAPTION, exhibit.node.label)
