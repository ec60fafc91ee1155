"""The words over the numbers of a sheet that say how they are meant: running totals, and units of money."""

from __future__ import annotations

import re
from collections.abc import Collection

from papergen import codes
from papergen.data.wide.cells import CellPlace, folded
from papergen.data.wide.choices import Choices
from papergen.data.wide.columns import SheetColumns
from papergen.data.wide.headings import lead_in, length_of
from papergen.data.wide.shape import MONTHS_A_YEAR

_RUNNING = re.compile(
    r"(?<!not )(?<!non)(?<!non[- ])\bcumulative\b|\b(?:year|quarter|month)[- ]to[- ]date\b|\bYTD\b"
    r"|(?P<open>(?<!up )(?<!months )\bto date\b(?! of\b))",
    re.IGNORECASE,
)
_MOVING = re.compile(
    r"\b(?:rolling|moving)\b[ -](?:\w+[ -])?(?:months?|quarters?|years?|averages?|totals?|sums?)\b", re.IGNORECASE
)
_MONEY = re.compile(
    r"£\s*['’]?(?P<thousands>000s?|k\b|thousands?)|£\s*(?P<millions>m\b|millions?)|\(£\)", re.IGNORECASE
)
_PROSE = re.compile(r"(?i:notes?\b).*|.*\.|.{121,}")
"""Texts above a table that are no title of it."""


def running_words(text: str, *, is_title: bool = False) -> str:
    """The words that say that numbers run on from one period to the next: ``"YTD"``, ``"cumulative"``; or none.

    A title may name the months that a table has: “April 2025 to date”.
    """
    if is_title and _PROSE.fullmatch(text):
        return ""
    for found in _RUNNING.finditer(text):
        if not (is_title and found["open"] and text[: found.start()].rstrip()[-1:].isdecimal()):
            return found[0]
    return ""


def runs_on(text: str, choices: Choices, *, is_title: bool = False) -> tuple[str, str] | None:
    """What a title, heading or name says of numbers that run on, and what mends it; None where it says nothing."""
    return _told(text, running_words(text, is_title=is_title), choices, is_title=is_title)


def _told(text: str, words: str, choices: Choices, *, is_title: bool) -> tuple[str, str] | None:
    if not words or folded(words) in choices.keep or folded(text) in choices.keep | choices.leave_out:
        return None
    plain = "Take in the plain number of each period, with what ran up to it taken off"
    if _MOVING.search(text) or lead_in(text):
        plain = "Head each with what it covers, such as “12 months to Apr-25”, or take in plain numbers"
    out = "" if is_title else f'; leave them out with --leave-out "{text}"'
    hint = f'{plain}{out}; or, if they are plain already, say so: --keep "{words}".'
    return f"says “{words}”, so its numbers are not those of each period alone", hint


def money(text: str) -> str:
    """The unit of money that a title or heading names: £000, £m, £, or none."""
    found = _MONEY.search(text)
    return "" if found is None else "£000" if found["thousands"] else "£m" if found["millions"] else "£"


def written_out(text: str, unit: str) -> tuple[str, str]:
    """What is unclear about £1.2m among numbers in £000, and what mends it."""
    what = f"holds “{text}”, where the headings say that the numbers are in {unit}"
    return what, f"Write it in {unit}, as the number alone."


def heads(columns: SheetColumns) -> list[CellPlace]:
    """Where words stand above the numbers that are taken: in titles, corners and the headings of these columns."""
    left = min(columns.periods)
    return [
        (row, column)
        for (row, column), value in sorted(columns.sheet.cells.items())
        if row < columns.first and isinstance(value, str)
        if row < columns.header or column < left or column in columns.periods
    ]


def tell_heads(columns: SheetColumns) -> None:
    """Tell of numbers that run on from period to period, and of units of money that differ."""
    _tell_running(columns)
    _tell_units(columns)


def _tell_running(columns: SheetColumns) -> None:
    left = min(columns.periods)
    lengths = {length_of(each) for each in columns.periods.values()}
    for row, column in heads(columns):
        text, is_title = columns.sheet.words((row, column)), column < left
        if is_title and min(lengths) >= MONTHS_A_YEAR:
            continue
        words = running_words(text, is_title=is_title) or _moving(text, lengths)
        if told := _told(text, words, columns.choices, is_title=is_title):
            columns.tell((row, column), codes.EXTRACT_HEADING, *told)
            return


def _moving(text: str, lengths: Collection[int]) -> str:
    """The words of sums or means over several months, where the headings are single ones."""
    lead = lead_in(text)
    if min(lengths) < MONTHS_A_YEAR and re.match(r"(?:12|twelve) ?m|y(?:ea)?r ", lead):
        return lead
    found = None if _PROSE.fullmatch(text) or min(lengths) > 1 else _MOVING.search(text)
    return found[0] if found else ""


def scale_of(columns: SheetColumns) -> str:
    """£000 or £m, where the title or a heading says so of all numbers."""
    return next((unit for place in heads(columns) if (unit := money(columns.sheet.words(place))) not in ("", "£")), "")


def _tell_units(columns: SheetColumns) -> None:
    units: dict[str, CellPlace] = {}
    for place in heads(columns):
        if unit := money(columns.sheet.words(place)):
            units.setdefault(unit, place)
    if len(units) > 1:
        (first, one), (second, other), *_ = units.items()
        what = f"is in {second}, and {columns.sheet.cell(one)} is in {first}"
        columns.tell(other, codes.EXTRACT_HEADING, what, f"Write all numbers in {first}, and say so in each heading.")
