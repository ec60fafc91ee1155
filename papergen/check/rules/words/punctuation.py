"""Brackets and quotation marks without their partner."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice, zip_longest

from papergen.check.kinds import MOST_IN_A_PASSAGE
from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.diagnostics import Severity

_PAIRS = {"(": ")", "[": "]", "{": "}", "“": "”"}
_OPENS = {closing: opening for opening, closing in _PAIRS.items()}
_MARK = re.compile(r"[(){}\[\]“”]")
_NAMES = {"(": "bracket", "[": "square bracket", "{": "brace"}


@rule("C505", Severity.WARNING, by_file=True)
def unmatched_marks(reading: Reading) -> Iterator[Finding]:
    """A bracket or quotation mark is opened and not closed, or closed and not opened.

    A bracket or quotation mark without its partner in the same paragraph, cell or heading. A quotation of several
    paragraphs may open each of them and close the last.
    Source: New Hart’s Rules (2014), chapters 4 (Punctuation) and 9 (Quotations)
    Example: 47 of 48 indicators were green (achieved or likely to be achieved. The other was amber.
    """
    passages = reading.passages
    for passage, after in zip_longest(passages, passages[1:]):
        for mark, at, what in islice(_unmatched(passage.text), MOST_IN_A_PASSAGE):
            if mark in "“‘" and after is not None and after.text[:1] == mark:
                continue
            start, end, words = _beside(passage.text, mark, at)
            name = _NAMES.get(_OPENS.get(mark, mark), "quotation mark")
            hint = "Close it where the words in it end." if what.startswith("opened") else "Add its partner."
            yield Finding((passage, start, end), f"The {name} at “{words}” is {what}.", hint)


def _unmatched(text: str) -> Iterator[tuple[str, int, str]]:
    """Each mark without a partner, where it stands, and what it is."""
    open_marks: list[tuple[str, int]] = []
    count: Counter[str] = Counter()
    for at, mark in ((found.start(), found[0]) for found in _MARK.finditer(text)):
        if mark in _PAIRS:
            open_marks.append((mark, at))
            count[mark] += 1
        else:
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
    straight = _straight(text)
    if len(straight) % 2:
        yield '"', straight[-1], "without its partner"


def _straight(text: str) -> list[int]:
    """Where straight quotation marks stand; after a figure one closes a quotation, or stands for inches."""
    found: list[int] = []
    for mark in re.finditer('"', text):
        if len(found) % 2 or not text[: mark.start()][-1:].isdigit():
            found.append(mark.start())
    return found


def _beside(text: str, mark: str, at: int) -> tuple[int, int, str]:
    """The words at a mark: where they begin and end as they are found in the file, and as they are quoted."""
    if mark in _OPENS:
        start = max(text.rfind(" ", 0, at) + 1, at - 40)
        return start, at + 1, text[start : at + 1]
    after = re.match(r"\S+(?: \S+){0,2}", text[at : at + 40])
    words = after[0] if after else text[at]
    return at, at + len(words.split(" ")[0]), words
