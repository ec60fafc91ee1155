"""Tokens that know their places: the offset in the body of every block, and of every line of its text.

markdown-it gives blocks their lines only, and what stands inside a line no place at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from markdown_it.common.utils import MD_TRIM_CHARS
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from papergen.read.source import LinePlaces, offset_of


def offset(token: Token) -> int:
    """Where ``token`` begins: a block in the body, an inline token in the text of its block."""
    found: int = token.meta.get("at", 0)
    return found


def lines_of(token: Token) -> LinePlaces:
    """Where the lines of an ``inline`` token stand in the body."""
    found: Sequence[tuple[int, int]] = token.meta.get("lines", ((0, 0),))
    return found


def first_character(state: StateBlock, line: int) -> int:
    """The offset of the first character of ``line`` that is not part of its indentation or of a marker before it."""
    return state.bMarks[line] + state.tShift[line]


def line_text(state: StateBlock, line: int) -> str:
    """The text of ``line`` from its first character on."""
    return state.src[first_character(state, line) : state.eMarks[line]]


def _blanks(text: str) -> int:
    return len(text) - len(text.lstrip(MD_TRIM_CHARS))


def placed(rule: RuleFuncBlockType) -> RuleFuncBlockType:
    """``rule``, whose first token then knows where it begins."""

    def place(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if silent:
            return rule(state, start, end, silent)
        before = len(state.tokens)
        at = first_character(state, start)
        if not rule(state, start, end, silent):
            return False
        state.tokens[before].meta["at"] = at
        return True

    return place


def with_lines(rule: RuleFuncBlockType, places: Callable[[StateBlock, int], LinePlaces]) -> RuleFuncBlockType:
    """``rule``, whose text then knows where its lines stand: what ``places`` gives from the first line of the block."""

    def place(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        is_made = rule(state, start, end, silent)
        if is_made and not silent:
            state.tokens[-2].meta["lines"] = places(state, start)
        return is_made

    return place


def lines_of_paragraph(state: StateBlock, start: int) -> LinePlaces:
    """Where each line of the paragraph stands that was made last."""
    lines: list[tuple[int, int]] = []
    position = 0
    whole = state.getLines(start, state.line, state.blkIndent, False)
    # What markdown-it takes off may be lines of their own: a form feed is one.
    first = start + whole[: len(whole) - len(whole.lstrip(MD_TRIM_CHARS))].count("\n")
    for number, words in enumerate(state.tokens[-2].content.split("\n"), first):
        lines.append((position + _blanks(words), first_character(state, number) + _blanks(line_text(state, number))))
        position += len(words) + 1
    return lines


def line_of_heading(state: StateBlock, start: int) -> LinePlaces:
    """Where the words of a heading stand."""
    words = line_text(state, start).lstrip("#")
    return [(0, state.eMarks[start] - len(words.lstrip(MD_TRIM_CHARS)))]


def push_text(state: StateBlock, line: int, text: str, at: int) -> None:
    """Push an ``inline`` token for ``text`` of one line, which stands at ``at`` in the body."""
    token = state.push("inline", "", 0)
    token.content = text
    token.map = [line, line + 1]
    token.children = []
    token.meta["lines"] = [(0, at)]


def drop_start(token: Token, length: int) -> None:
    """Take ``length`` characters, and the blanks after them, from the start of the text of an ``inline`` token."""
    rest = token.content[length:].lstrip(MD_TRIM_CHARS)
    dropped = len(token.content) - len(rest)
    lines = lines_of(token)
    token.meta["lines"] = [
        (0, offset_of(dropped, lines)),
        *((position - dropped, at) for position, at in lines if position > dropped),
    ]
    token.content = rest


class PlacedInline(StateInline):
    """The state of inline parsing, whose tokens know their position in the text of the block."""

    _pending_at = 0

    def append_pending(self, text: str) -> None:
        if not self.pending:
            self._pending_at = self.pos
        super().append_pending(text)

    def pushPending(self) -> Token:  # noqa: N802
        token = super().pushPending()
        token.meta["at"] = self._pending_at
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        token.meta["at"] = self.pos
        return token
