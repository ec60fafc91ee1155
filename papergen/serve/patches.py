"""What of a page is other than it was: pages in pieces, a piece for each section, and the pieces that differ."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeAlias

_HEADING = re.compile(r'<h[1-6]\b[^>]*\bid="([^"]+)"')


@dataclass(frozen=True, slots=True)
class PagePiece:
    """A part of a page as text: all from the heading with ``key`` to the next; the first piece has no key."""

    key: str
    html: str


Patch: TypeAlias = list[tuple[str, str | None]]
"""The pieces of a page in their order, each with its key; the text is None where it is as it was."""


def pieces_of(page: str, keys: Collection[str]) -> tuple[PagePiece, ...]:
    """``page`` cut before each heading whose id is one of ``keys``; put together again the pieces are the page."""
    starts = [(found[1], found.start()) for found in _HEADING.finditer(page) if found[1] in keys]
    ends = [at for _, at in starts[1:]] + [len(page)]
    first = starts[0][1] if starts else len(page)
    cut = (PagePiece(key, page[at:end]) for (key, at), end in zip(starts, ends, strict=True)) if starts else ()
    return (PagePiece("", page[:first]), *cut)


def patch(old: Sequence[PagePiece], new: Sequence[PagePiece]) -> Patch:
    """What makes the page of ``old`` that of ``new``; the first and last piece, with its ends, are whole."""
    known = {piece.key: piece.html for piece in old[1:-1]}
    return [
        (piece.key, None if 0 < index < len(new) - 1 and known.get(piece.key) == piece.html else piece.html)
        for index, piece in enumerate(new)
    ]
