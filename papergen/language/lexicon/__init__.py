"""Lists of the words that rules look for, as files that anyone can review: words and phrases with commas between.

``offence(s)`` is “offence” and “offences”, ``famil(y/ies)`` is “family” and “families”, ``self-harm*`` is any word that
begins so; a hyphen may be a space in the text.  What is in small letters stands for the words with capitals too; what
has a capital letter stands for itself alone.  What follows ``#`` says what the list is for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent
_MARK = re.compile(r"(\([^()]*\)|[*’ -])")
_MARKS = {"*": r"\w*", "’": "[’']", " ": "[ \u00a0]", "-": "[ \u00a0-]"}


def entries(name: str) -> Iterator[str]:
    """The words and phrases of a list, without what ``#`` says of them."""
    for line in (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        yield from filter(None, map(str.strip, line.partition("#")[0].split(",")))


def lines(name: str, mark: str) -> Iterator[tuple[str, str]]:
    """What stands before the first mark of each line of a list, and after it."""
    every = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    parts = (line.partition(mark) for line in every if line[:1] != "#")
    yield from ((before, after) for before, _, after in parts)


def meanings(name: str) -> dict[str, tuple[str, ...]]:
    """What each abbreviation of a list may stand for: the words that follow it in its lines."""
    found: dict[str, tuple[str, ...]] = {}
    for word, words in lines(name, " "):
        found[word] = (*found.get(word, ()), words)
    return found


def pattern(*names: str) -> str:
    """A pattern of every word and phrase of some lists, the longest first, to be put between other parts of one."""
    every = sorted((entry for name in names for entry in entries(name)), key=len, reverse=True)
    small = "|".join(_pattern_of(entry) for entry in every if entry.islower())
    capital = [_pattern_of(entry) for entry in every if not entry.islower()]
    return f"(?:{'|'.join([f'(?i:{small})', *capital])})" if small else f"(?:{'|'.join(capital)})"


def first_words(*names: str) -> frozenset[str]:
    """The words that the entries of some lists begin with, in all their forms: what has none of them has no entry."""
    forms = (form for name in names for entry in entries(name) for form in _forms(entry.lower()))
    return frozenset(found[0] for form in forms if (found := re.match(r"[^\W\d_]+", form)))


def _forms(entry: str) -> list[str]:
    """An entry without brackets, once for each ending in them."""
    found = re.search(r"\(([^()]*)\)", entry)
    if found is None:
        return [entry]
    endings = found[1].split("/") if "/" in found[1] else ["", found[1]]
    return [form for ending in endings for form in _forms(entry[: found.start()] + ending + entry[found.end() :])]


def _pattern_of(entry: str) -> str:
    parts = ((_MARKS.get(part), part) for part in _MARK.split(entry))
    return "".join(mark or (_endings(part[1:-1]) if part[:1] == "(" else re.escape(part)) for mark, part in parts)


def _endings(listed: str) -> str:
    endings = "|".join(re.escape(each) for each in listed.split("/"))
    return f"(?:{endings})" + ("" if "/" in listed else "?")
