"""Names for files and ids, made of words."""

from __future__ import annotations

import re
import unicodedata


def slug(words: str) -> str:
    """``"by-policing-area"`` for "By policing area"."""
    folded = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-") or "section"
