"""``[^1]`` in a line and ``[^1]: …`` below it.

The notes themselves are read by mdit-py-plugins' rule; its rules for the marks drop what has no partner, so the marks
are read here and matched with their notes where tokens become the model.
"""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline
from mdit_py_plugins.footnote.index import footnote_def as footnote_definition

__all__ = ["footnote_definition", "footnote_mark"]

_MARK = re.compile(r"\[\^([^\s\[\]]+)\]")


def footnote_mark(state: StateInline, silent: bool) -> bool:
    """Make a ``footnote_mark`` token whose content is the name of the note."""
    found = _MARK.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push("footnote_mark", "", 0)
        token.content = found[1]
    state.pos = found.end()
    return True
