"""The notes of a sheet, and their marks where they stand glued to names."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from papergen.data.wide.cells import Sheet, folded, words
from papergen.data.wide.headings import UNIT

_BEGINS_WITH_MARK = re.compile(
    r"(?:[(\[]?(?:note\s*)?(\d{1,2})[)\].:]*|[(\[]?([a-z])[)\]])\s+[^\W\d]{2,}.*\s\S.*", re.IGNORECASE
)
_MARK_ALONE = re.compile(r"[(\[]?(?:note\s*)?(\d{1,2})[)\].:]*|[(\[]?([a-z])[)\]]", re.IGNORECASE)
_SURE_MARK = re.compile(
    r"(?P<name>.*?\S)\s*(?P<mark>\*+|†+|‡+|[¹²³⁴⁵⁶⁷⁸⁹]+|\[(?:note\s*)?\w{1,2}\]|\(note\s*\d{1,2}\))$", re.I
)
_GLUED = re.compile(
    r"(?P<name>.*[^\W\d]{2}\)?)\s*(?:[(]?(?P<mark>\d{1,2}(?:,\s?\d{1,2})*)[)]?|\((?P<letter>[a-z](?:,\s?[a-z])*)\))$"
)


@dataclass(frozen=True, slots=True)
class CleanName:
    """A name without the mark of a note; ``mark`` is empty where it had none.

    ``may_have`` is a mark that a name seems to have, though nothing on the sheet says so.
    """

    name: str
    mark: str = ""
    may_have: str = ""


def heading_alone(text: str, notes: Collection[str]) -> str:
    """The words of a heading without the mark of a note or the unit of its numbers: “Budget” for “Budget £000”."""
    name = without_mark(text, notes, {}).name
    return UNIT.sub("", name) or name


def note_marks(sheet: Sheet) -> frozenset[str]:
    """The marks (``"1"``, ``"a"``) with which notes begin: rows of text alone, or of a mark and a text."""
    marks: set[str] = set()
    for cells in sheet.rows().values():
        match [words(cell) for cell in cells.values()]:
            case [text] if found := _BEGINS_WITH_MARK.fullmatch(text):
                marks.add(found[1] or found[2].lower())
            case [first, text] if (found := _MARK_ALONE.fullmatch(first)) and len(text.split()) >= 3:
                marks.add(found[1] or found[2].lower())
    return frozenset(marks)


def without_mark(text: str, notes: Collection[str], known: Mapping[str, str]) -> CleanName:
    """A name without a mark that is surely one: an asterisk, one with a note below, or one glued to a known name."""
    if folded(text) in known:
        return CleanName(text)
    if found := _SURE_MARK.fullmatch(text):
        return CleanName(found["name"], found["mark"])
    found = _GLUED.fullmatch(text)
    if found is None:
        return CleanName(text)
    mark = found["mark"] or found["letter"]
    if folded(found["name"]) in known or all(each.strip() in notes for each in mark.split(",")):
        return CleanName(found["name"], mark)
    is_glued = text[len(found["name"])] not in (" (" if found["mark"] else " ")
    return CleanName(text, may_have=mark if is_glued and len(found["name"]) > 3 else "")
