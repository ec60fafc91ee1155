"""Where the words of a drawn chart stand, and those that leave the picture or lie on others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from papergen.exhibits.pieces.lettering import text_width
from papergen.values.words import shortened

_SVG = "{http://www.w3.org/2000/svg}"
_MOVED = re.compile(r"translate\(\s*([-\d.e]+)(?:[,\s]+([-\d.e]+))?\s*\)")
_TURNED = re.compile(r"rotate\(\s*([-\d.e]+)\s*\)")
_ASCENDS, _DESCENDS = 0.72, 0.2
"""How far letters reach above and below the line they stand on, as shares of their size."""
_TOUCH = 0.75
"""Boxes that share less than this, in CSS pixels, only touch."""


@dataclass(frozen=True, slots=True)
class WordsBox:
    """Words and the rectangle that they take up, in CSS pixels of the picture."""

    words: str
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: WordsBox) -> bool:
        """Whether letters of the one lie on letters of the other."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide > _TOUCH and high > _TOUCH


def misplaced(svg: bytes) -> tuple[str, ...]:
    """What is wrong with the places of words in a drawing, each a clause: none where they can all be read."""
    root = etree.fromstring(svg)
    wide, high = (float(root.get(side, "0")) for side in ("width", "height"))
    # once where a white edge lies behind the words
    found = tuple(dict.fromkeys(box for text in root.iter(f"{_SVG}text") for box in _boxes_of(text)))
    cut = [
        f"“{shortened(box.words)}” is cut off at the edge"
        for box in found
        if box.left < -_TOUCH or box.top < -_TOUCH or box.right > wide + _TOUCH or box.bottom > high + _TOUCH
    ]
    return (*cut, *(f"“{shortened(one.words)}” lies on “{shortened(other.words)}”" for one, other in _pairs(found)))


def _pairs(found: Sequence[WordsBox]) -> Iterator[tuple[WordsBox, WordsBox]]:
    """The boxes that overlap; from the top down, so that few are compared."""
    ordered = sorted(found, key=lambda box: box.top)
    for index, one in enumerate(ordered):
        for other in ordered[index + 1 :]:
            if other.top >= one.bottom:
                break
            if one.overlaps(other):
                yield one, other


def _boxes_of(text: etree._Element) -> Iterator[WordsBox]:
    x, y, turned = 0.0, 0.0, 0.0
    hidden = False
    for each in (text, *text.iterancestors()):
        transform = each.get("transform") or ""
        moved, angle = _MOVED.search(transform), _TURNED.search(transform)
        x, y = x + (float(moved[1]) if moved else 0), y + (float(moved[2] or 0) if moved else 0)
        turned += float(angle[1]) if angle else 0
        hidden = hidden or each.get("opacity") == "0" or each.get("display") == "none"
    size = float((text.get("font-size") or "10").removesuffix("px"))
    bold = text.get("font-weight") in ("bold", "700")
    lines = list(text.iter(f"{_SVG}tspan")) or [text]
    for line in lines:
        y += float(line.get("dy") or 0) if line is not text else 0
        words = (line.text or "").strip()
        if not words or hidden:
            continue
        wide = text_width(words, bold=bold) * size / 10
        left = {"middle": -wide / 2, "end": -wide}.get(text.get("text-anchor") or "", 0.0)
        if abs(turned) == 90:
            yield WordsBox(words, x - size * _ASCENDS, y - left - wide, x + size * _DESCENDS, y - left)
        else:
            yield WordsBox(words, x + left, y - size * _ASCENDS, x + left + wide, y + size * _DESCENDS)
