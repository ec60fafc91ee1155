"""Pipe tables, as GitHub has them, except that a pipe inside ``{{ … }}`` does not end a cell.

markdown-it's own rule also fills short rows and cuts long ones without a word; here every row keeps the cells it has.
"""

from __future__ import annotations

import re
from itertools import pairwise

from markdown_it.rules_block import StateBlock

from papergen.read.rules.places import first_character, line_text, push_text
from papergen.read.rules.values import value_end

_DELIMITERS = re.compile(r"[-:|][-:| \t]*")
_DELIMITER = re.compile(r":?-+:?")


def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Make a table of a line with pipes, the line of dashes below it, and the lines that follow up to a blank one.

    ``table_open`` has the alignments in its ``meta`` (``"left"``, ``"right"``, ``"center"``); ``row_open`` begins each
    row, the header first, and holds an ``inline`` token for each cell.  A row without any pipe has ``meta["text"]``.
    """
    if start + 1 >= end or state.sCount[start + 1] < state.blkIndent:
        return False
    alignments = alignments_of(line_text(state, start + 1))
    if alignments is None:
        return False
    header = split_row(line_text(state, start))
    if header is None or (len(header) != len(alignments) and "|" not in line_text(state, start + 1)):
        return False
    if silent:
        return True

    before = state.parentType
    state.parentType = "table"
    opening = state.push("table_open", "table", 1)
    opening.meta["alignments"] = alignments
    _push_row(state, start)
    line = start + 2
    terminators = state.md.block.ruler.getRules("blockquote")
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        if any(rule(state, line, end, True) for rule in terminators):
            break
        _push_row(state, line)
        line += 1
    state.push("table_close", "table", -1)
    opening.map = [start, line]
    state.parentType = before
    state.line = line
    return True


def is_made_of_dashes(line: str) -> bool:
    """Whether ``line`` has nothing but dashes, colons, pipes and blanks, as the line below a header has."""
    return "-" in line and _DELIMITERS.fullmatch(line) is not None


def alignments_of(line: str) -> tuple[str, ...] | None:
    """The alignments in a line such as ``| :-- | --: |``, or None when it is no such line."""
    line = line.strip()
    if not is_made_of_dashes(line):
        return None
    cells = [cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|")]
    if not all(_DELIMITER.fullmatch(cell) for cell in cells):
        return None
    return tuple(
        "center" if cell.startswith(":") and cell.endswith(":") else "right" if cell.endswith(":") else "left"
        for cell in cells
    )


def split_row(line: str) -> list[tuple[int, str]] | None:
    """The cells of a row, each with its position in ``line``, or None when no pipe divides it."""
    bars: list[int] = []
    position = 0
    while position < len(line):
        match line[position]:
            case "\\":
                position = max(value_end(line, position + 1), position + 2)
                continue
            case "|":
                bars.append(position)
            case "{":
                after = value_end(line, position)
                if after > position:
                    position = after
                    continue
        position += 1
    if not bars:
        return None
    edges = [-1, *bars, len(line)]
    cells = [(left + 1, line[left + 1 : right]) for left, right in pairwise(edges)]
    if not cells[0][1].strip():
        del cells[0]
    if cells and not cells[-1][1].strip():
        del cells[-1]
    return [(at + len(cell) - len(cell.lstrip()), cell.strip()) for at, cell in cells]


def _push_row(state: StateBlock, line: int) -> None:
    text, at = line_text(state, line), first_character(state, line)
    cells = split_row(text)
    row = state.push("row_open", "tr", 1)
    row.map = [line, line + 1]
    row.meta["at"] = at
    row.meta["text"] = cells is None
    for position, cell in [(0, text.strip())] if cells is None else cells:
        push_text(state, line, cell, at + position)
    state.push("row_close", "tr", -1)
