"""Slips of the keyboard in a line of text: brackets and quotation marks, spaces, and marks that stand twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice

from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.diagnostics import Severity

_PAIRS = {"(": ")", "[": "]", "{": "}", "“": "”"}
_OPENS = {closing: opening for opening, closing in _PAIRS.items()}
_NAMES = {
    "(": "bracket",
    "[": "square bracket",
    "{": "brace",
    "“": "quotation mark",
    "‘": "quotation mark",
    '"': "quotation mark",
}
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)


MOST_IN_A_PASSAGE = 20
"""Beyond so many slips of one kind in a paragraph it is not prose, and more findings would help nobody."""


@rule(
    "C505",
    Severity.WARNING,
    meaning="a bracket or quotation mark is opened and not closed, or closed and not opened",
    source="New Hart’s Rules (2014), chapters 4 (Punctuation) and 9 (Quotations)",
    example="47 of 48 indicators were green (achieved or likely to be achieved. The other was amber.",
)
def unmatched_marks(reading: Reading) -> Iterator[Finding]:
    """A bracket or quotation mark without its partner in the same paragraph, cell or heading.

    A quotation of several paragraphs may open each of them and close the last.
    """
    passages = reading.passages
    for passage, after in zip(passages, (*passages[1:], None), strict=True):
        for mark, at, what in islice(_unmatched(passage.text), MOST_IN_A_PASSAGE):
            if mark in "“‘" and after is not None and after.text[:1] == mark:
                continue
            start, end, words = _beside(passage.text, mark, at)
            yield Finding(
                (passage, start, end),
                f"The {_NAMES[_OPENS.get(mark, mark)]} at “{words}” is {what}.",
                "Close it where the words in it end." if what.startswith("opened") else "Add its partner.",
            )


def _unmatched(text: str) -> Iterator[tuple[str, int, str]]:
    """Each mark without a partner, where it stands, and what it is."""
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
                    yield *open_marks.pop(), "opened and never closed"
                open_marks.pop()
            elif not (mark == ")" and re.search(r"(?:^|[\s,;:])[A-Za-z0-9]{1,4}$", text[max(0, at - 6) : at])):
                yield mark, at, "closed and never opened"
    for each in open_marks:
        yield *each, "opened and never closed"
    closes = max((found.start() for found in re.finditer(r"’(?![^\W\d_])", text)), default=-1)
    for found in re.finditer(r"(?<![\w’”)])‘(?!\d)", text):
        if closes < found.start():
            yield "‘", found.start(), "opened and never closed"
    straight = [found.start() for found in re.finditer(r'(?<!\d)"', text)]
    if len(straight) % 2:
        yield '"', straight[-1], "without its partner"


def _beside(text: str, mark: str, at: int) -> tuple[int, int, str]:
    """The words at a mark: where they begin and end as they are found in the file, and as they are quoted."""
    if mark in _OPENS:
        start = max(text.rfind(" ", 0, at) + 1, at - 40)
        return start, at + 1, text[start : at + 1]
    after = re.match(r"\S+(?: \S+){0,2}", text[at : at + 40])
    words = after[0] if after else text[at]
    return at, at + len(words.split(" ")[0]), words


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


@rule(
    "C506",
    Severity.WARNING,
    meaning="a space is missing, or stands where none belongs",
    source="New Hart’s Rules (2014), chapters 2 and 4",
    example="This report covers 1October to 31 December.",
)
def wrong_spaces(reading: Reading) -> Iterator[Finding]:
    """A missing space, such as “1October” or “word.Next”, or one that does not belong, such as “( word”."""
    yield from _slips(reading, _wrong_spaces, "“{words}” has a space missing or in the wrong place.")


def _slips(reading: Reading, find: Callable[[str], Iterator[tuple[int, int, str]]], message: str) -> Iterator[Finding]:
    for passage in reading.passages:
        text = passage.plain
        for start, end, better in islice(find(text), MOST_IN_A_PASSAGE):
            yield Finding((passage, start, end), message.format(words=text[start:end]), f"Write “{better}”.")


def _wrong_spaces(text: str) -> Iterator[tuple[int, int, str]]:
    """Where spaces are wrong, and how the words should be."""
    taken: set[int] = set()
    for pattern, better in _SPACING:
        for found in pattern.finditer(text):
            if taken.isdisjoint(range(*found.span())) and not _is_right(text, found):
                taken.update(range(*found.span()))
                yield *found.span(), found.expand(better)


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


@rule(
    "C507",
    Severity.WARNING,
    meaning="a mark of punctuation stands twice, or beside one that it cannot follow",
    source="New Hart’s Rules (2014), chapter 4 (Punctuation)",
    example="The committee met in October,, and again in December..",
)
def doubled_marks(reading: Reading) -> Iterator[Finding]:
    """Punctuation that stands twice, such as “,,” or “..”, or beside a mark that it cannot follow, such as “,.”."""
    yield from _slips(reading, _doubled_marks, "“{words}” has a mark of punctuation too many.")


def _doubled_marks(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a mark is too many, and how the words should be."""
    for found in _DOUBLED_MARKS.finditer(text):
        if (
            found[0][0] == "."
            and found[0][1] != "."
            and _ENDS_WITH_STOP.search(text[max(0, found.start() - 8) : found.start()])
        ):
            continue
        start = max(text.rfind(" ", 0, found.start()) + 1, found.start() - 40)
        keep = "." if "." in found[0] and "?" not in found[0] else found[0][0]
        yield start, found.end(), text[start : found.start()] + keep
