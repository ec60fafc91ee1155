"""Nesting beyond all reason: markdown-it would drop it without a word, this makes a token of it."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock

MOST_NESTING = 20
"""What markdown-it is told; a list takes two levels, everything else one."""

_DEEPEST = MOST_NESTING - 2


def too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Make one ``too_deep`` token of all that stands deeper than markdown-it would read."""
    if silent or state.level < _DEEPEST:
        return False
    line = start + 1
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        line += 1
    state.line = line
    token = state.push("too_deep", "", 0)
    token.map = [start, line]
    return True
