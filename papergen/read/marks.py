"""The tables of marks that a paper does not have: ``marks.yaml`` of Markdown, ``notations.yaml`` of other programs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel

from papergen import codes
from papergen.diagnostics import Code
from papergen.values.own_yaml import read_own_yaml
from papergen.values.words import one_line, shortened
from papergen.workspace.fields import SettingsModel

AS_IT_STANDS = "To print it as it stands, put a backslash before it."

M = TypeVar("M", bound=BaseModel)

_HERE = Path(__file__).parent
_CODES: Mapping[str, Code] = {code.id: code for code in codes.all_codes()}


@dataclass(frozen=True, slots=True)
class Stray:
    """A mark at ``position`` of a text that came to nothing, or covers it up to ``end``."""

    position: int
    code: Code
    message: str
    hint: str
    end: int = 0

    def covers(self, position: int) -> bool:
        """Whether what stands at ``position`` is a part of it."""
        return self.position <= position < self.end


class _Mark(SettingsModel):
    message: str
    hint: str
    code: str = codes.STRAY_MARKUP.id

    def stray(self, position: int, words: str, *, end: int = 0, escape: bool = False, count: int = 1) -> Stray:
        """The mark where ``words`` were found, the first of ``count``; with ``escape`` it says how they are printed."""
        shown = shortened(one_line(words))
        message, hint = (said.replace("{words}", shown) for said in (self.message, self.hint))
        each = f"There are {count} here; to print them as they stand, put a backslash before each."
        if escape:
            hint = f"{hint} {each if count > 1 else AS_IT_STANDS}"
        return Stray(position, _CODES[self.code], message, hint, end)


class _InWords(_Mark):
    find: str
    unless: str = ""
    escape: bool = True


class Lines(_Mark):
    """A beginning of lines that makes neither a list nor a heading."""

    begins: str
    in_a_row: int
    at: Literal["anywhere", "start", "break"] = "anywhere"
    gaps: bool = False
    to_end: bool = False


class _Marks(SettingsModel):
    signs: str
    in_words: tuple[_InWords, ...]
    lines: tuple[Lines, ...]


class _Notation(_Mark):
    find: str
    message: str = ""
    escape: bool = False


class _Program(SettingsModel):
    of: str
    marks: tuple[_Notation, ...]


class _Notations(SettingsModel):
    signs: tuple[str, ...]
    programs: tuple[_Program, ...]


def _read(model: type[M], name: str) -> M:
    return model.model_validate(read_own_yaml(_HERE / name))


@cache
def _of_markdown() -> _Marks:
    return _read(_Marks, "marks.yaml")


@cache
def _in_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """One pattern for all marks in words, a group for each; and one for the signs that one of them is among."""
    marks = _of_markdown()
    return re.compile("|".join(f"({mark.find})" for mark in marks.in_words)), re.compile(marks.signs)


@cache
def beginnings_of_lines() -> tuple[tuple[Lines, re.Pattern[str]], ...]:
    """The beginnings of lines that make nothing, each with its pattern."""
    return tuple((each, re.compile(each.begins)) for each in _of_markdown().lines)


@cache
def _of_others() -> _Notations:
    return _read(_Notations, "notations.yaml")


@cache
def notations() -> tuple[tuple[_Notation, re.Pattern[str]], ...]:
    """The marks of other programs, each with its pattern."""
    return tuple(
        (
            mark.model_copy(
                update={"message": mark.message or f"“{{words}}” would be printed: it is a mark of {program.of}."}
            ),
            re.compile(mark.find, re.MULTILINE),
        )
        for program in _of_others().programs
        for mark in program.marks
    )


def stray_in_words(text: str) -> Iterator[Stray]:
    """The marks left over in printed words, the first of each kind."""
    any_of_them, signs = _in_words()
    if not signs.search(text):
        return
    kinds: dict[int, list[re.Match[str]]] = {}
    for found in any_of_them.finditer(text):
        kinds.setdefault(found.lastindex or 0, []).append(found)
    for kind, (first, *more) in kinds.items():
        mark = _of_markdown().in_words[kind - 1]
        if mark.unless and re.search(mark.unless, text):
            continue
        yield mark.stray(first.start(), first[0], escape=mark.escape, count=len(more) + 1)


_ASIDE = re.compile(r"\{\{.*?\}\}|(`+)(?!`).*?(?<!`)\1(?!`)|\]\([^()\s]*\)|<[^<>\s]*>|https?://\S+", re.DOTALL)
_BACKSLASHES = re.compile(r"\\*$")


@cache
def _signs() -> re.Pattern[str]:
    return re.compile("|".join(_of_others().signs))


@lru_cache(maxsize=16)
def foreign_marks(text: str) -> tuple[Stray, ...]:
    """The marks of other programs in the Markdown of a text, those of a kind told once, with all that they cover."""
    if not _signs().search(text):
        return ()
    told: list[Stray] = []
    aside: list[re.Match[str]] | None = None
    for mark, pattern in notations():
        found = list(pattern.finditer(text))
        if found and aside is None:
            aside = list(_ASIDE.finditer(text))
        found = [each for each in found if _is_bare(each, text, aside or ())]
        is_new = [each for each in found if not any(other.covers(each.start()) for other in told)]
        for number, each in enumerate(is_new):
            stray = mark.stray(each.start(), each[0], end=each.end(), escape=mark.escape, count=len(is_new))
            told.append(stray if number == 0 else Stray(each.start(), stray.code, "", "", each.end()))
    return tuple(told)


def _is_bare(found: re.Match[str], text: str, aside: Sequence[re.Match[str]]) -> bool:
    """Whether a mark stands neither after a backslash nor inside a value, code or an address."""
    before = _BACKSLASHES.search(text, max(found.start() - 8, 0), found.start())
    is_inside = any(
        each.start() <= found.start() and found.end() <= each.end() and each.span() != found.span() for each in aside
    )
    return not is_inside and (before is None or len(before[0]) % 2 == 0)
