"""Fonts.

Here this gap is closed: fontTools writes the clock's time into every font that WeasyPrint makes static, so that no two
files are the same (there is no issue).
"""

from __future__ import annotations

from typing import Any

from papergen.write.resources import undated_font


def settle_fonts(_: Any, pdf: Any) -> None:  # noqa: ANN401 - WeasyPrint and pydyf are untyped
    """Take the time out of the embedded fonts; WeasyPrint calls this before it writes a file."""
    for held in pdf.objects:
        if "Length1" in getattr(held, "extra", ()):
            settled = undated_font(held.stream[0])
            held.stream = [settled]
            held.extra["Length1"] = len(settled)
