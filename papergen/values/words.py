"""Words put together for a sentence or a label."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

MOST_LISTED = 12
"""The most words that a sentence written by papergen names one by one."""


def one_line(text: str) -> str:
    """The words of a text with one space between them."""
    return " ".join(text.split())


def shortened(text: str, most: int = 40) -> str:
    """``text``, or its beginning with “…” where it has more than ``most`` letters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def joined(words: Sequence[str], last: str = "and") -> str:
    """``"burglary, robbery and theft"``; nothing for no words."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def listed(words: Sequence[str]) -> str:
    """``words`` joined, or the first of them and how many more there are: ``"burglary, robbery and 80 more"``."""
    if len(words) <= MOST_LISTED + 1:
        return joined(words)
    return joined([*words[:MOST_LISTED], f"{len(words) - MOST_LISTED} more"])


MOST_HEARD = 500
"""The most letters of an alternative text, half a minute to hear."""


def first_heard(said: Sequence[str], most: int, rest: str, *, comma: bool = False) -> str:
    """The first of what is said, at most so many and what is heard beside the ``rest``, and how many more there are."""
    for count in range(min(most, len(said)), 0, -1):
        more = f", and {len(said) - count} more" if len(said) > count else ""
        text = (", " if comma else "; ").join(said[:count]) + more if more or not comma else joined(said)
        if len(f"{rest}: {text}.") <= MOST_HEARD or count == 1:
            return text
    return ""


def first_few(words: Sequence[str]) -> str:
    """The first of the words, and how many more there are: ``"burglary; robbery; theft and 80 more"``."""
    return "; ".join(words[:3]) + (f" and {len(words) - 3} more" if len(words) > 3 else "")


def plural(word: str) -> str:
    """``"services"``, ``"authorities"``, ``"councils"``."""
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"


def so_many(count: int, noun: str) -> str:
    """``"1 month"``, ``"2 months"``."""
    return f"{count:,} {noun if count == 1 else plural(noun)}"


def with_another(text: str, usual: str, word: str) -> str:
    """``text`` with ``word`` in the place of the ``usual`` one: "the force’s rate", "other forces"."""
    if word == usual:
        return text

    def other(found: re.Match[str]) -> str:
        said = plural(word) if found["many"] else word
        return capital(said) if found[0][:1].isupper() else said

    return re.sub(rf"\b{usual}(?P<many>s)?\b", other, text, flags=re.IGNORECASE)


def capital(words: str) -> str:
    """The words with a capital first letter."""
    return words[:1].upper() + words[1:]


def lowered(words: str) -> str:
    """The words with a small first letter, but for those that begin with an abbreviation."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def as_typed(word: str) -> str:
    """A word as it is typed on a command line: between straight marks where it has spaces."""
    return f'"{word}"' if " " in word else word


def slug(words: str) -> str:
    """``"by-policing-area"`` for "By policing area"."""
    folded = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-") or "section"
