"""The number in a cell, or what it has instead."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from decimal import Decimal

from papergen.data.tables import MOST_DECIMALS
from papergen.data.wide.cells import SheetCell, words
from papergen.values.cell_numbers import parse_number

_SUPPRESSED = re.compile(r"\*+|-+|–|—|\.+|…|:|[xcz]|\[[xcz]\]|#?n/a|na|nil", re.IGNORECASE)


def number(value: SheetCell, *, percent: bool = False) -> Decimal | tuple[str, str]:
    """The number in a cell, to the 15 digits that Excel keeps, or what it has instead and what to do."""
    if percent:
        return "is a percentage", "Write the number alone, such as 12.5 for 12.5%, in a cell formatted as a number."
    text = words(value).replace("\u2212", "-")
    if isinstance(value, bool | time | timedelta | date):
        return f"holds “{value}”, which is no number", "Format the cell as a number, and check it."
    if isinstance(value, str):
        if not text:
            return "has nothing in it", "Write 0 if none was counted, or delete the row or column."
        if _SUPPRESSED.fullmatch(text):
            what = f"holds “{text}”, which may stand for none or for a number held back"
            return what, "Write 0 if none was counted; if the number is held back, leave the row out."
        if text.endswith("%"):
            return f"holds the percentage “{text}”", "Write the number alone, without the %."
        found = parse_number(text)
        if found is None:
            return f"holds “{text}”, which is no number", "Write the number alone, such as 1234 or 12.5."
    else:
        text = f"{value:.15g}"
        found = Decimal(text)
        if not found.is_finite():
            return f"holds “{value}”, which is no number", "Correct it."
    if found.adjusted() <= 15 and found == (rounded := round(found, MOST_DECIMALS)):
        return plain(rounded)
    short = text if len(text) <= 40 else f"{text[:39]}…"
    return f"holds {short}, which has more digits than a figure needs", "Round it."


def plain(number: Decimal) -> Decimal:
    """The same number without trailing zeros, an exponent, or a minus before zero."""
    return number.quantize(Decimal(1)) + 0 if number == number.to_integral_value() else number.normalize()


def is_numberish(value: SheetCell) -> bool:
    """Whether a cell is, or stands for, a number: 12, "1,234", "5%", "-"."""
    if not isinstance(value, str):
        return not isinstance(value, bool | date | time | timedelta)
    text = words(value).replace("\u2212", "-")
    return parse_number(text.removesuffix("%")) is not None or bool(_SUPPRESSED.fullmatch(text))
