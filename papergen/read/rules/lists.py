"""Lists lettered or numbered in brackets as people type them: ``(a)``, ``a)``, ``(i)``, ``(1)`` and the like."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from papergen.model.nodes import Marks
from papergen.model.numerals import Numerals, number_of
from papergen.read.rules.places import first_character, line_text

_MARK = re.compile(r"(?P<opening>\()?(?P<numeral>[a-z]{1,5}|[A-Z]{1,5}|\d{1,3})\)(?:[ \t]+(?=\S))")

_SET_IN = 2
"""How far in stands what belongs to an item, whatever the width of its mark."""


def bracketed_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Make the tokens of a list, as those of CommonMark's; ``meta["marks"]`` of its first token says how it counts.

    Outside lists such a one interrupts nothing: a line in the middle of a sentence may well begin with "(a)".
    """
    marks = _marks_at(state, start, end)
    if marks is None:
        return False
    if silent:
        is_first = _number(state, start, marks) == 1
        return state.listIndent >= 0 and (state.sCount[start] < state.blkIndent or is_first)
    opening = state.push("ordered_list_open", "ol", 1)
    opening.meta["marks"] = marks
    before, state.parentType = state.parentType, "list"
    line = start
    while line < end and (number := _number(state, line, marks)) is not None:
        line = _item(state, line, end, number)
        while line < end and state.isEmpty(line):
            line += 1
        if line < end and state.sCount[line] < state.blkIndent:
            break
    state.push("ordered_list_close", "ol", -1)
    opening.map = [start, state.line]
    state.parentType = before
    return True


def _item(state: StateBlock, line: int, end: int, number: int) -> int:
    """Make the tokens of the item that begins on ``line``, and give the line after it."""
    mark = _MARK.match(line_text(state, line))
    length = 0 if mark is None else mark.end()
    token = state.push("list_item_open", "li", 1)
    token.info = str(number)
    kept = state.bMarks[line], state.tShift[line], state.sCount[line], state.blkIndent, state.listIndent
    state.listIndent, state.blkIndent = state.blkIndent, state.sCount[line] + _SET_IN
    state.bMarks[line], state.tShift[line] = first_character(state, line) + length, 0
    state.sCount[line] = state.blkIndent
    state.md.block.tokenize(state, line, end)
    state.bMarks[line], state.tShift[line], state.sCount[line], state.blkIndent, state.listIndent = kept
    state.push("list_item_close", "li", -1)
    token.map = [line, state.line]
    return state.line


def _number(state: StateBlock, line: int, marks: Marks) -> int | None:
    """The number of the item that begins on a line in the marks of its list, or None."""
    found = _MARK.match(line_text(state, line))
    if found is None or (found["opening"] is not None) is not marks.both_brackets:
        return None
    return number_of(marks.numerals, found["numeral"])


def _marks_at(state: StateBlock, line: int, end: int) -> Marks | None:
    """The marks of a list that begins on a line; what follows "(v)" says whether it is a letter or a Roman five."""
    found = _MARK.match(line_text(state, line))
    if found is None:
        return None
    both = found["opening"] is not None
    kinds = [each for each in Numerals if number_of(each, found["numeral"]) is not None]
    if not both:
        kinds = [each for each in kinds if each is not Numerals.FIGURES]
    if len(kinds) > 1:
        after = _numeral_after(state, line, end)
        wanted = ((each, (number_of(each, found["numeral"]) or 0) + 1) for each in kinds)
        told = [each for each, number in wanted if number_of(each, after) == number]
        is_one = found["numeral"] in ("i", "I")
        kinds = told or [each for each in kinds if (each in (Numerals.ROMAN, Numerals.ROMAN_CAPITALS)) is is_one]
    return Marks(numerals=kinds[0], both_brackets=both) if kinds else None


def _numeral_after(state: StateBlock, line: int, end: int) -> str:
    """What stands in brackets at the start of the next line that begins so and stands as far in, or nothing."""
    for each in range(line + 1, end):
        if not state.isEmpty(each) and state.sCount[each] < state.sCount[line]:
            break
        if state.sCount[each] == state.sCount[line] and (found := _MARK.match(line_text(state, each))):
            return found["numeral"]
    return ""
