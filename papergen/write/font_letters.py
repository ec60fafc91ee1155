"""The letters that papergen's own font holds, and how wide they are, as ``tools/fonts.py`` noted them.

What reads any font takes longer to load than all else that looking at letters needs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("print_fonts")
FONTS = {f"papergen:font/{file.name}": file for file in sorted(_FOLDER.glob("*.ttf"))}
"""The styles of the font of pages by their addresses; ``tools/fonts.py`` makes them."""


@cache
def letter_widths(style: str) -> Mapping[int, float]:
    """The width of each letter in parts of its size, by code point, in ``Regular`` or ``Bold``."""
    noted = json.loads((_FOLDER / "widths.json").read_bytes())
    return {int(letter): width / noted["units"] for letter, width in noted[style].items()}


def words_width(words: str, size: float) -> float:
    """At most how wide words stand on one line, in the measure of ``size``: they may be bold."""
    widths = letter_widths("Bold")
    return size * sum(widths.get(ord(letter), 1.0) for letter in words)
