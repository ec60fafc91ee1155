"""Lines of a paragraph that look like a heading, a list or a table and are none, and would run together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from papergen import codes
from papergen.model.numerals import Numerals, number_of
from papergen.read.marks import AS_IT_STANDS, Stray, beginnings_of_lines
from papergen.read.rules.tables import is_made_of_dashes
from papergen.read.source import PlaceOf

_UNDERLINE = re.compile(r"=+|-+")
_HASH_TAG = r"(?:[^\W\d_]*[^\W\d_A-Z][A-Z]|.*[.!?]$|.* #\w)"
"""What a hash tag or its line is told by: #SaferStreets; it ends a sentence; another one follows."""
_HEADING = re.compile(rf"#{{7,}}|#{{2,}}(?=[^# \t\n])|#(?!{_HASH_TAG})(?=[^\W\d])")
_TASK = re.compile(r"(?!\[X\] (?:and|did|had|has|is|said|then|told|was|who|would)\b)\[(?:[xX✓✔-]?| ?[xX ] ?)\](?=\s)")
_BOUND_MARK = re.compile(r"(?:#{1,6}|[-*+])(?=\u00a0)")
_LABEL = re.compile(
    r"(?P<before>(?:[A-Z][^\W\d]{0,15}\.?[ \u00a0])?[(\[{<#]?(?:[A-Z]{1,2}(?=\d))?(?:\d{1,2}(?:\.|(?=[a-z]\b)))*)"
    r"(?P<count>\d{1,3}|[ivxl]{1,5}|[IVXL]{1,5}|[A-Za-z])(?P<ordinal>(?<=\d)(?:st|nd|rd|th|[º°ª]))?"
    r"(?![\w%])(?P<after>[)\]}>.:/]*(?:[-–](?=\s))?)"
)
_NEXT_ITEM = re.compile(
    r"[-*+](?=[^\W\d_])|[‐‑‒–—−](?=\s*[^\W\d_])|\d{1,3}[.)](?=[^\W\d_])|\d{1,2}(?:\.\d{1,2})+(?=\s+[^\W\d_])"
)
_DASH = re.compile(r"(?:^|(?<=\s))[‐‑‒–—−](?=\s+\S)")
_SHORT = 50
"""A line shorter than this hardly ends because the text was set in lines."""
_VALUE = re.compile(r"\{\{[^{}]*\}\}")
_TWO_COLONS = re.compile(r"::(?=\s|$|[a-z]+(?:-[a-z]+)?\b)")
_GOES_ON = re.compile(r"[^;,]\s(?:and|or|of|in|the|an?|by|for|with|from|at|on|than|was|were|is|are|has|have|had)$")
"""The end of a line whose sentence goes on in the next one."""
_LAST_BACKSLASHES = re.compile(r"\\+$")


def stray_in_paragraph(text: str) -> Iterator[Stray]:
    """Lines of a paragraph that look like something else, such as a heading or a table."""
    lines = _lines(text)
    if found := _TASK.match(text):
        message = f"“{found[0].strip()}” would be printed: a paper has no boxes to tick."
        yield Stray(0, codes.STRAY_MARKUP, message, "Delete it, and say in words what is done.")
    for at, words in _placed(lines):
        if _TWO_COLONS.match(words):
            message = "“::” begins and ends no block."
            yield Stray(at, codes.STRAY_MARKUP, message, "A block begins and ends with three colons: write “:::”.")
    yield from _as_headings(lines)
    tables = list(_as_tables(lines))
    yield from tables
    yield from _bound(lines)
    together = list(_run_together(lines, text)) or list(_counted_on(lines))
    yield from (each for each in together if not tables or each.code is not codes.TABLE_SHAPE)
    if found := _LAST_BACKSLASHES.search(text):
        message = "“\\” at the end of a paragraph would be printed: no line follows that it could break off."
        yield Stray(found.start(), codes.STRAY_MARKUP, message, "Delete it.")


def stray_in_item(text: str, place: PlaceOf) -> Iterator[Stray]:
    """The first line below that of an item that was to begin the next one, or one inside it, and runs on from it."""
    lines = _lines(text)
    if place(0).column == 1:
        return
    dashes = [number for number, (_, words) in enumerate(_placed(lines)) if _DASH.search(words)]
    if len(dashes) == 1 and dashes[0] and len(lines[dashes[0] - 1]) < _SHORT:
        at, words = list(_placed(lines))[dashes[0]]
        if _DASH.match(words) and place(at).column > 1:
            message = f"“{words[0]}” does not begin an item of a list."
            yield Stray(at, codes.STRAY_MARKUP, message, "Begin the line with “- ” and two spaces more than the item.")
            return
    for at, words in list(_placed(lines))[1:]:
        if (found := _NEXT_ITEM.match(words)) and place(at).column == 1:
            message = f"“{found[0]}” begins no item of a list, and would run on from the line above."
            hint = "Begin it as the item above begins, with a space after its mark; or put an empty line before it."
            yield Stray(at, codes.STRAY_MARKUP, message, hint)
            return


def _lines(text: str) -> list[str]:
    """The lines of a text, with no blanks inside values; one that ends inside a value goes on to the next."""
    return _VALUE.sub(lambda value: re.sub(r"\s", "_", value[0]), text).split("\n")


def _placed(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Each line without blanks at its ends, and where its words begin in the text."""
    position = 0
    for line in lines:
        yield position + len(line) - len(line.lstrip()), line.strip()
        position += len(line) + 1


def _as_headings(lines: Sequence[str]) -> Iterator[Stray]:
    told = False
    for number, (at, words) in enumerate(_placed(lines)):
        found = _HEADING.match(words)
        if found and not told and not _BOUND_MARK.match(words) and (number == 0 or len(found[0]) > 1):
            told = True
            hint = "Put a space after the last “#”." if len(found[0]) < 7 else "Use “##” to “#####”."
            if len(found[0]) == 1:
                hint = f"Write “##” and a space in place of “#”. {AS_IT_STANDS}"
            yield Stray(at, codes.STRAY_MARKUP, "This line would not be a heading.", hint)
    for at, words in list(_placed(lines))[1:]:
        if _UNDERLINE.fullmatch(words):
            yield Stray(
                at,
                codes.HEADING_LEVEL,
                "A line of “=” or “-” does not make a heading of the line above it.",
                "Delete it, and begin the line above with “##” and a space.",
            )
            return


def _as_tables(lines: Sequence[str]) -> Iterator[Stray]:
    for at, words in _placed(lines):
        if words.startswith("|") or ("|" in words and is_made_of_dashes(words)):
            yield Stray(
                at,
                codes.TABLE_SHAPE,
                "These lines are not a table.",
                "A table has a header row, below it a row such as “| --- | --- |”, and a blank line before and after.",
            )
            return


def _bound(lines: Sequence[str]) -> Iterator[Stray]:
    for at, words in _placed(lines):
        if found := _BOUND_MARK.match(words):
            yield Stray(
                at,
                codes.STRAY_MARKUP,
                f"“{found[0]}” would be printed: the space after it is a non-breaking one.",
                "Type an ordinary space there.",
            )
            return


def _run_together(lines: Sequence[str], text: str) -> Iterator[Stray]:
    """Lines that begin alike and make no list; the first kind that fits, since one line has one cause."""
    placed = list(_placed(lines))
    starts = [number == 0 or placed[number - 1][1].endswith(":") for number in range(len(lines))]
    breaks = [number == 0 or _is_broken(lines[number - 1]) for number in range(len(lines))]
    taken: set[int] = set()
    for mark, begins in beginnings_of_lines():
        if mark.in_a_row > len(lines):
            continue
        alike = [begins.match(words) is not None for _, words in placed]
        for run in _runs(alike, over_gaps_from=starts if mark.gaps else ()):
            first = run[0]
            if len(run) < mark.in_a_row or not taken.isdisjoint(run):
                continue
            if mark.in_a_row > 1 and all(breaks[number] for number in run[1:]):
                continue
            if (mark.at == "start" and first) or (mark.at == "break" and not starts[first]):
                continue
            if not mark.gaps and any(_GOES_ON.search(lines[number - 1]) for number in run[1:]):
                continue
            if mark.to_end and run[-1] < len(lines) - 1:
                continue
            taken.update(run)
            at, words = placed[first]
            found = begins.match(words)
            yield mark.stray(at, text[at : at + len(found[0] if found else words)])
            break


def _counted_on(lines: Sequence[str]) -> Iterator[Stray]:
    """Lines whose labels count on, whatever they look like: “Q1)”, “Q2)”; “Option A –”, “Option B –”."""
    placed = list(_placed(lines))
    for number, ((at, words), (_, after)) in enumerate(pairwise(placed)):
        begins = number == 0 or placed[number - 1][1].endswith(":")
        ends = _is_broken(lines[number]) or _GOES_ON.search(lines[number])
        if begins and not ends and (label := counted_on(words, after)):
            yield Stray(
                at,
                codes.STRAY_MARKUP,
                f"The lines from “{label}” on would run together: they are no list.",
                "Put an empty line between the lines; the items of a list begin with “1. ” or “(a) ”, with an empty"
                " line before the first.",
            )
            return


def counted_on(first: str, second: str) -> str:
    """The label that ``first`` begins with, where that of ``second`` is the next one; else nothing."""
    one, other = _LABEL.match(first), _LABEL.match(second)
    if one is None or other is None or not f"{one['before']}{one['ordinal'] or ''}{one['after']}":
        return ""
    if (one["before"], one["after"]) != (other["before"], other["after"]):
        return ""
    numbers = ((number_of(each, one["count"]), number_of(each, other["count"])) for each in Numerals)
    is_next = any(each is not None and then == each + 1 for each, then in numbers)
    return one[0].strip() if is_next else ""


def _is_broken(line: str) -> bool:
    """Whether a line ends in a break, so that the next one does not run on from it."""
    return line.endswith(("\\", "  "))


def _runs(alike: Sequence[bool], *, over_gaps_from: Sequence[bool]) -> Iterator[list[int]]:
    """The numbers of the lines that are alike, a run each; from the first on that is marked so, all are one run."""
    run: list[int] = []
    for number, each in enumerate(alike):
        spans = bool(run and over_gaps_from and over_gaps_from[run[0]])
        if each:
            run.append(number)
        elif run and not spans:
            yield run
            run = []
    if run:
        yield run
