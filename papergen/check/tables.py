"""What the labels of rows and columns of a table say of their cells."""

from __future__ import annotations

import re

_TOTAL = re.compile(
    r"\W*(?:(?:grand |sub-?)?totals?\b(?!\s+\w+\s+of\b)|(?:over)?all(?:\s+(?:areas|types|forces|offences|crimes?))?\s*$"
    r"|altogether$|sum$)",
    re.IGNORECASE,
)


def is_total(label: str) -> bool:
    """Whether a label names the total of the rows above it or of the columns before it: “Total”, “All areas”."""
    return bool(_TOTAL.match(label))
