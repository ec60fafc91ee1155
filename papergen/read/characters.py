"""The characters of printed words: what is changed in them, what is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator

_EM_DASH = re.compile(r"(?<!-)---(?!-)")
_EN_DASH = re.compile(r"(?<!-)--(?!-)")
_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]")
_SPACES = re.compile(" {2,}")
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Besides what no format can hold, signs that turn the order of letters round and signs that nobody can see."""


def with_dashes(text: str) -> str:
    """``text`` with ``--`` as an en dash and ``---`` as an em dash; longer rows of hyphens stay."""
    return _EN_DASH.sub("–", _EM_DASH.sub("—", text))


def printable(text: str) -> str:
    """``text`` with tabs and breaks as spaces, and without the characters that cannot be printed."""
    return _UNPRINTABLE.sub("", _BREAKS.sub(" ", text))


def unprintable(text: str) -> Iterator[tuple[int, str]]:
    """The first of each character in ``text`` that cannot be printed: its position and its name, "U+FFFE"."""
    seen: set[str] = set()
    for found in _UNPRINTABLE.finditer(text):
        if found[0] not in seen and not _BREAKS.match(found[0]):
            seen.add(found[0])
            yield found.start(), f"U+{ord(found[0]):04X}"


def single_spaced(text: str) -> str:
    """``text`` with each run of spaces as one: a page of HTML has no other way, and both papers say the same."""
    return _SPACES.sub(" ", text)


def unbroken(text: str) -> str:
    """``text`` on one line, without blanks at its ends."""
    return single_spaced(_BREAKS.sub(" ", text)).strip(" ")
