"""The number in a cell of a data file."""

from __future__ import annotations

import re
from decimal import Decimal

_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:\.\d+)?")


def parse_number(text: str) -> Decimal | None:
    """The number that a cell holds and nothing else: ``1,234``, ``1 234.5``, ``−3`` or ``£12``."""
    plain = text.replace("\u2212", "-").removeprefix("£").strip()
    return Decimal(re.sub("[, ]", "", plain)) if _NUMBER.fullmatch(plain) else None
