"""``::: name Title`` … ``:::``: boxes, text beside an exhibit and landscape pages; page breaks and waivers alone."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from papergen.read.rules.places import first_character, line_text, push_text

PAGE_BREAK, WAIVE = "page-break", "waive"
WITHOUT_END = (PAGE_BREAK, WAIVE)

_FENCE = re.compile(r"(?P<colons>:{3,})[ \t]*(?P<name>[^\s]*)[ \t]*(?P<title>.*?)[ \t]*")
_HEADING = re.compile(r"#{1,6}([ \t]|$)")


def directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Make the tokens of one directive.

    ``directive_open`` has the name in ``info``, and ``meta["closed"]`` says whether its closing line was found; a title
    follows it as an ``inline`` token.  A page break is ``directive``, and a closing line that closes nothing
    ``directive_end``.
    """
    line = line_text(state, start)
    fence = _FENCE.fullmatch(line) if line.startswith(":::") else None
    if fence is None:
        return False
    if silent:
        return True
    if not fence["name"]:
        state.push("directive_end", "", 0).markup = fence["colons"]
        state.line = start + 1
        return True

    stands_alone = fence["name"] in WITHOUT_END
    last, closed = (start + 1, True) if stands_alone else _find_end(state, start, end, len(fence["colons"]))
    opening = state.push("directive_open", "", 1)
    opening.info = fence["name"]
    opening.markup = fence["colons"]
    opening.meta["closed"] = closed
    if fence["title"]:
        push_text(state, start, fence["title"], first_character(state, start) + fence.start("title"))
    parent, line_max = state.parentType, state.lineMax
    state.parentType, state.lineMax = "directive", last
    state.md.block.tokenize(state, start + 1, last)
    state.parentType, state.lineMax = parent, line_max
    # What was not read to its end (a line that stands further left in a list) is left to whoever comes next.
    state.line = last + 1 if closed and not stands_alone else max(min(state.line, last), start + 1)
    state.push("directive_close", "", -1)
    opening.map = [start, state.line]
    return True


def _find_end(state: StateBlock, start: int, end: int, colons: int) -> tuple[int, bool]:
    """The line that closes the directive opened on ``start``, and True; or the line before which it stops, and False.

    A closing line closes the innermost open directive with as many colons, or else the innermost with fewer.  A heading
    may not stand inside, so the search ends there: one forgotten closing line then spoils one section, not the file.
    """
    open_fences = [colons]
    line = start + 1
    while line < end:
        text = line_text(state, line)
        if not state.isEmpty(line) and state.sCount[line] < state.blkIndent:
            break
        if _HEADING.match(text):
            break
        fence = _FENCE.fullmatch(text) if text.startswith(":::") else None
        if fence is None or fence["name"] in WITHOUT_END:
            pass
        elif fence["name"]:
            open_fences.append(len(fence["colons"]))
        else:
            length = len(fence["colons"])
            same = [index for index, count in enumerate(open_fences) if count == length]
            shorter = [index for index, count in enumerate(open_fences) if count < length]
            closes = (same or shorter or [len(open_fences)])[-1]
            del open_fences[closes:]
            if not open_fences:
                return line, True
        line += 1
    return line, False
