"""Fonts.

Here this gap is closed: fontTools writes the clock's time into every font that WeasyPrint makes static, so that no two
files are the same (there is no issue).
"""

from __future__ import annotations

import io
from typing import Any


def settle_fonts(_: Any, pdf: Any) -> None:  # noqa: ANN401 - WeasyPrint and pydyf are untyped
    """Take the time out of the embedded fonts; WeasyPrint calls this before it writes a file."""
    for held in pdf.objects:
        if "Length1" in getattr(held, "extra", ()):
            settled = _undated(held.stream[0])
            held.stream = [settled]
            held.extra["Length1"] = len(settled)


def _undated(data: bytes) -> bytes:
    """A font as it was, but for the day on which it was last changed."""
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(data), recalcTimestamp=False, recalcBBoxes=False) as font:
        font["head"].modified = font["head"].created
        settled = io.BytesIO()
        font.save(settled)
    return settled.getvalue()
