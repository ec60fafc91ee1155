"""Slips of the keyboard in a line of text: brackets and quotation marks, spaces, and marks that stand twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

_PAIRS = {"(": ")", "[": "]", "{": "}", "“": "”"}
_OPENS = {closing: opening for opening, closing in _PAIRS.items()}
_NAMES = {"(": "bracket", "[": "square bracket", "{": "brace", "“": "quotation mark", "‘": "quotation mark"}
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)


@dataclass(frozen=True, slots=True)
class Slip:
    """Words with a slip in them, where they stand, and what is wrong or how it should be."""

    start: int
    end: int
    words: str
    better: str


def unmatched(text: str) -> Iterator[Slip]:
    """Brackets and quotation marks that are opened and not closed, or closed and not opened; ``better`` says which."""
    open_marks: list[tuple[str, int]] = []
    count: Counter[str] = Counter()
    for at, mark in enumerate(text):
        if mark in _PAIRS:
            open_marks.append((mark, at))
            count[mark] += 1
        elif mark in _OPENS:
            opening = _OPENS[mark]
            if count[opening]:
                count[opening] -= 1
                while open_marks[-1][0] != opening:
                    count[open_marks[-1][0]] -= 1
                    yield _slip(text, open_marks.pop(), "opened and never closed")
                open_marks.pop()
            elif not (mark == ")" and re.search(r"(?:^|[\s,;:])[A-Za-z0-9]{1,4}$", text[max(0, at - 6) : at])):
                yield _slip(text, (mark, at), "closed and never opened")
    for each in open_marks:
        yield _slip(text, each, "opened and never closed")
    closes = max((found.start() for found in re.finditer(r"’(?![^\W\d_])", text)), default=-1)
    for found in re.finditer(r"(?<![\w’”)])‘(?!\d)", text):
        if closes < found.start():
            yield _slip(text, ("‘", found.start()), "opened and never closed")
    straight = [found.start() for found in re.finditer(r'(?<!\d)"', text)]
    if len(straight) % 2:
        yield _slip(text, ('"', straight[-1]), "without its partner")


def name_of_mark(words: str) -> str:
    """What a mark is called that ``unmatched`` found: "bracket" or "quotation mark"."""
    return next((_NAMES.get(_OPENS.get(letter, letter), "") for letter in words if letter in '()[]{}“”‘"'), "bracket")


def _slip(text: str, mark: tuple[str, int], what: str) -> Slip:
    at = mark[1]
    if mark[0] in _OPENS:
        start = max(text.rfind(" ", 0, at) + 1, at - 40)
        return Slip(start, at + 1, text[start : at + 1], what)
    after = re.match(r"\S+(?: \S+){0,2}", text[at : at + 40])
    words = after[0] if after else text[at]
    return Slip(at, at + len(words.split(" ")[0]), words, what)


# ---------------------------------------------------------------------------------------------------------------------
# Spaces and marks


_SPACING: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"\b(\d{{1,2}}(?:st|nd|rd|th)?)((?:{_MONTHS})\b)"), r"\1 \2"),
    (re.compile(rf"\b((?:{_MONTHS}))(\d{{1,4}})\b"), r"\1 \2"),
    (re.compile(r"\b([a-z]{2,}[.])([A-Z][a-z]+)\b"), r"\1 \2"),
    (re.compile(r"\b([^\W\d_]{2,}[,;!?])([^\W\d_]{2,})\b"), r"\1 \2"),
    (re.compile(r"\b([a-z]{2,}:)([A-Z][a-z]+|[a-z]{3,})\b"), r"\1 \2"),
    (re.compile(r"([(\[“])[  ]+(\w+)"), r"\1\2"),
    (re.compile(r"\b(\w+)[  ]+([)\]”])"), r"\1\2"),
    (re.compile(r"\b(\w+)[  ]+([,;:!?])(?=\s|$)"), r"\1\2"),
    (re.compile(r"\b([^\W\d_]+)[  ]+([.])(?=\s|$)"), r"\1\2"),
    (re.compile(r"\b([^\W\d_]+)[  ]+[.]([A-Z][a-z]+)\b"), r"\1. \2"),
    (re.compile(r"\b([^\W\d_]+)[  ]+[.]([a-z]+)\b"), r"\1 \2"),
    (re.compile(r"\b([a-z]{3,})(\((?!(?:e?s|ies|ren|m[ae]n|ed|ing|able)\))[^\W\d_]{2,})"), r"\1 \2"),
    (re.compile(r"\b(\w+\))([^\W\d_]{3,})"), r"\1 \2"),
    (re.compile(rf"\b(\w{{2,}})[  ]+–(?!and\b|or\b)([^\W\d_]{{2,}}|\d+ (?:{_MONTHS})\b)"), r"\1 – \2"),
    (re.compile(r"\b([^\W\d_]{2,})–[  ]+(?!and\b|or\b|to\b)(\w+)"), r"\1 – \2"),
)
_KNOWN_FILES = frozenset({"com", "csv", "doc", "docx", "html", "md", "net", "org", "pdf", "uk", "xls", "xlsx"})


def wrong_spaces(text: str) -> Iterator[Slip]:
    """Words without the space between them, and spaces where none belongs; ``better`` is how they should be."""
    taken: set[int] = set()
    for pattern, better in _SPACING:
        for found in pattern.finditer(text):
            if taken.isdisjoint(range(*found.span())) and not _is_right(text, found):
                taken.update(range(*found.span()))
                yield Slip(found.start(), found.end(), found[0], found.expand(better))


def _is_right(text: str, found: re.Match[str]) -> bool:
    last = found[found.lastindex or 0]
    if last.lower() in _KNOWN_FILES and "." in found[0]:
        return True
    # "(re)invested", "(un)known": the bracket is part of the word.
    return bool(_BRACKETED_PREFIX.search(text[max(0, found.end(1) - 9) : found.end(1)]))


_BRACKETED_PREFIX = re.compile(r"(?:^|\s)\((?:re|un|in|de|mis|pre|non|co|sub|over|under|dis|multi|inter|anti)\)$")
_DOUBLED_MARKS = re.compile(
    r"(?P<same>[,;:])(?P=same)+|(?<!\.)\.\.(?!\.)|[,;:]\.(?!\d|\.)|(?<=[a-z]{3})\.[,;](?=\s)|!{2,}|\?{2,}|\?\.(?!\.)"
)
_ENDS_WITH_STOP = re.compile(
    r"\b(?:etc|al|Ltd|Co|Inc|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|approx|dept|govt|incl|para|vol|viz)$"
)


def doubled_marks(text: str) -> Iterator[Slip]:
    """Marks of punctuation that stand twice, or beside one that cannot stand there; ``better`` is the one to keep."""
    for found in _DOUBLED_MARKS.finditer(text):
        if (
            found[0][0] == "."
            and found[0][1] != "."
            and _ENDS_WITH_STOP.search(text[max(0, found.start() - 8) : found.start()])
        ):
            continue
        start = max(text.rfind(" ", 0, found.start()) + 1, found.start() - 40)
        keep = "." if "." in found[0] and "?" not in found[0] else found[0][0]
        yield Slip(start, found.end(), text[start : found.end()], text[start : found.start()] + keep)
