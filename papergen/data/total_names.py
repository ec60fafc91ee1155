"""Names of rows and columns that say they are totals."""

from __future__ import annotations

import re

_TOTAL_WORD = re.compile(r"\b(?:grand|sub)?[ -]?(?:totals?)\b:?", re.IGNORECASE)
_OTHER_TOTALS = frozenset(
    {"all", "all areas", "all months", "overall", "sum", "force", "force-wide", "forcewide", "average", "mean"}
)


def is_total(text: str) -> bool:
    """Whether a name is that of a total: ``"Grand total"``, ``"Total 2015/16"``, ``"All areas"``."""
    return text.casefold().strip(" :") in _OTHER_TOTALS or _TOTAL_WORD.search(text) is not None


def beside_total(text: str) -> str:
    """What a total is of: ``"2015/16"`` for ``"Total 2015/16"``; empty for ``"Grand total"``."""
    if text.casefold().strip(" :") in _OTHER_TOTALS:
        return ""
    return " ".join(_TOTAL_WORD.sub(" ", text).split())
