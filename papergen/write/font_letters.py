"""The letters that papergen's own font holds, and how wide they are, read from its files.

What reads any font takes longer to load than all else that looking at letters needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from struct import unpack_from

_FOLDER = Path(__file__).with_name("print_fonts")
FONTS = {f"papergen:font/{file.name}": file for file in sorted(_FOLDER.glob("*.ttf"))}
"""The styles of the font of pages by their addresses; ``tools/fonts.py`` makes them."""


@cache
def letter_widths(style: str) -> Mapping[int, float]:
    """The width of each letter in parts of its size, by code point, in ``Regular``, ``Bold`` or another style."""
    font = (_FOLDER / f"Arimo-{style}.ttf").read_bytes()
    records = (unpack_from(">4s4xI", font, 12 + 16 * index) for index in range(*unpack_from(">H", font, 4)))
    at = {name.decode("ascii"): start for name, start in records}
    (units,), (measured,) = unpack_from(">H", font, at["head"] + 18), unpack_from(">H", font, at["hhea"] + 34)
    widths = unpack_from(">" + "H2x" * measured, font, at["hmtx"])
    glyphs = _glyphs(font, at["cmap"])
    return {letter: widths[min(glyph, measured - 1)] / units for letter, glyph in glyphs if glyph}


def _glyphs(font: bytes, cmap: int) -> Iterator[tuple[int, int]]:
    """Each code point with its glyph: the first table of them in our fonts, of format 4 of OpenType’s cmap."""
    (offset,) = unpack_from(">I", font, cmap + 8)
    at = cmap + offset
    (doubled,) = unpack_from(">H", font, at + 6)
    ends, starts, deltas, offsets = (
        unpack_from(f">{doubled // 2}H", font, at + 14 + doubled * row + (2 if row else 0)) for row in range(4)
    )
    for index, (start, end, delta, given) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for letter in range(start, min(end, 0xFFFE) + 1):
            glyph = letter + delta
            if given:
                (glyph,) = unpack_from(">H", font, at + 16 + doubled * 3 + 2 * index + given + 2 * (letter - start))
                glyph += delta if glyph else 0
            yield letter, glyph & 0xFFFF


def words_width(words: str, size: float) -> float:
    """At most how wide words stand on one line, in the measure of ``size``: they may be bold."""
    widths = letter_widths("Bold")
    return size * sum(widths.get(ord(letter), 1.0) for letter in words)
