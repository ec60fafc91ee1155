"""CSV that people open in a spreadsheet: what it would run is made text, and every number stays a number."""

from __future__ import annotations

import re
from collections.abc import Iterable

_UNSEEN = r"\s\x00-\x20\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_WOULD_RUN = re.compile(rf"[{_UNSEEN}]*[=+\-@＝＋－＠﹦﹢﹣﹫]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]?£?\d[\d,.]*\s?%?(?: [a-z]+)*|[+-]")
_MUST_BE_QUOTED = re.compile(r'[",;|\t\r\n]')


def harmless(cell: str) -> str:
    """A cell that a spreadsheet takes as words or as a number: what it would run has an apostrophe before it.

    The signs are those that the Open Worldwide Application Security Project names (“CSV injection”).
    """
    return f"'{cell}" if _WOULD_RUN.match(cell) and not _NUMBER.fullmatch(cell) else cell


def csv_text(rows: Iterable[Iterable[str]], *, line_end: str = "\r\n") -> str:
    """Rows as CSV (RFC 4180); what another separator than the comma would split is in quotation marks."""
    return "".join(",".join(map(_cell, row)) + line_end for row in rows)


def _cell(cell: str) -> str:
    text = harmless(cell)
    return '"' + text.replace('"', '""') + '"' if _MUST_BE_QUOTED.search(text) else text
