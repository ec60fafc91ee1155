"""``Table: …`` and ``Figure: …``: the caption of the table that follows, or of the figure before it."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock, paragraph

from papergen.read.rules.places import drop_start, first_character, lines_of_paragraph, with_lines

_CAPTION = re.compile(r"(Table|Figure):(?=[ \t\n]|$)")
_paragraph = with_lines(paragraph, lines_of_paragraph)


def caption(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Make a caption of a paragraph that begins with ``Table:`` or ``Figure:``; its kind is in the token's ``info``."""
    found = _CAPTION.match(state.src, first_character(state, start), state.eMarks[start] + 1)
    if not found:
        return False
    if silent:
        return True
    _paragraph(state, start, end, False)
    opening, text, closing = state.tokens[-3:]
    opening.type, closing.type = "caption_open", "caption_close"
    opening.info = found[1].lower()
    drop_start(text, len(found[0]))
    return True
