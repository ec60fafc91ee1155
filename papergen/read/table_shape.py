"""What the braces of a caption say of its table: rows of headings, headings of rows, sections, totals, columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from papergen import codes
from papergen.diagnostics import Code, Span
from papergen.model.nodes import Alignment, HeadBand, Inlines, RowKind, Table, Value
from papergen.model.walk import find_in, plain_text

_WORD = re.compile(r"heads=[012]|row-heads|sections|totals(?:=[1-9])?|columns=[a-z]+(?:,[a-z]+)*")
_FIGURE = re.compile(r"(?:[^\w]|[A-Z]{1,3}(?=\W)|[a-z](?=\W))*(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![.,]?\d)")
"""A number as it is written in English, behind signs or the mark of a currency: “-1,200.50”, “US$5”, “c. 12 (3%)”."""
_KINDS = {
    "text": re.compile(r""),
    "number": _FIGURE,
    "money": _FIGURE,
    "percent": _FIGURE,
    "date": re.compile(r".*\d"),
}
_NO_VALUE = re.compile(
    r"(?i)[\W_]*(?:n/?a|nil|none|not (?:applicable|known|available|yet known)|tbc|\.\.|[cxz*]|\[\w\])?[\W_]*"
)

Refuse = Callable[[Code, Span, str, str], None]


def is_word_of_table(word: str) -> bool:
    """Whether a word in the braces of a caption says something of its table."""
    return _WORD.fullmatch(word) is not None


@dataclass(frozen=True, slots=True)
class _Shaping:
    at: Span
    refuse: Refuse

    def wrong(self, message: str, hint: str) -> None:
        self.refuse(codes.TABLE_SHAPE, self.at, message, hint)


def shaped(table: Table, words: Sequence[str], *, at: Span, refuse: Refuse) -> Table:
    """The table as the ``words`` of its caption say; what does not fit it is told at ``at`` and left out."""
    shaping = _Shaping(at, refuse)
    given = dict(word.partition("=")[::2] for word in words)
    match given.get("heads"):
        case "2":
            table = _two_rows(table, shaping)
        case "0":
            rows = (table.header, *table.rows) if any(table.header) else table.rows
            table = replace(table, header=tuple(() for _ in table.header), rows=rows, headless=True, row_headings=True)
    if "columns" in given:
        table = _columns(table, given["columns"].split(","), shaping)
    kinds = [RowKind.BODY] * len(table.rows)
    if "sections" in given:
        kinds = [RowKind.SECTION if row[0] and not any(row[1:]) else RowKind.BODY for row in table.rows]
        if RowKind.SECTION not in kinds:
            shaping.wrong(
                "No row of this table is the heading of a section.",
                "Such a row has words in its first cell, and its other cells are empty.",
            )
    if "totals" in given:
        count = int(given["totals"] or 1)
        kinds[-count:] = [RowKind.TOTAL] * min(count, len(kinds))
    plain = all(kind is RowKind.BODY for kind in kinds)
    row_headings = table.row_headings or "row-heads" in given
    return replace(table, kinds=() if plain else tuple(kinds), row_headings=row_headings)


def _two_rows(table: Table, shaping: _Shaping) -> Table:
    """The first row of the table as a second row of headings, and its header as the bands above."""
    if len(table.rows) < 2:
        shaping.wrong(
            "“heads=2” asks for two rows of headings, and nothing is left below them.",
            "Write the second row of headings below the line of dashes, and then the rows.",
        )
        return table
    lower, *rows = table.rows
    bands: list[HeadBand] = []
    header: list[Inlines] = []
    for above, below in zip(table.header, lower, strict=True):
        if above and below:
            bands.append(HeadBand(words=above, columns=1))
        elif below and bands and bands[-1].words:
            bands[-1] = replace(bands[-1], columns=bands[-1].columns + 1)
        else:
            bands.append(HeadBand(words=(), columns=1))
        header.append(below or above)
    return replace(table, header=tuple(header), bands=tuple(bands), rows=tuple(rows))


def _columns(table: Table, kinds: Sequence[str], shaping: _Shaping) -> Table:
    """The table with its columns set as their kinds are, and each cell that is none of its kind told."""
    unknown = [kind for kind in kinds if kind not in _KINDS]
    if unknown or len(kinds) != len(table.alignments):
        what = (
            f"“{unknown[0]}” is no kind of column"
            if unknown
            else f"“columns=” names {len(kinds)} of {len(table.alignments)} columns"
        )
        shaping.wrong(f"{what}.", f"Name each column in order, with commas between: {', '.join(_KINDS)}.")
        return table
    for row in table.rows:
        for cell, kind, head in zip(row, kinds, table.header, strict=True):
            words = plain_text(cell)
            is_value = any(True for _ in find_in(cell, Value))
            if not is_value and not _NO_VALUE.fullmatch(words) and not _KINDS[kind].match(words):
                shaping.wrong(
                    f"“{words[:40]}” in the column “{plain_text(head)}” is no {kind}.",
                    "Write a number as 1,200.50, with no word before it, or call the column “text”."
                    if _KINDS[kind] is _FIGURE
                    else "Correct the cell, or call the column “text”.",
                )
    alignments = (
        Alignment.RIGHT if kind in ("number", "money", "percent") and given is Alignment.LEFT else given
        for kind, given in zip(kinds, table.alignments, strict=True)
    )
    return replace(table, alignments=tuple(alignments))
