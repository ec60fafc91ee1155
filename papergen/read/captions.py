"""Captions joined to their exhibits: a table's stands before it, a figure's after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from papergen import codes
from papergen.diagnostics import Diagnostics
from papergen.model.nodes import Figure, Paragraph, Table
from papergen.model.walk import plain_text
from papergen.read.context import FileReading
from papergen.read.placement import Broken, Caption, Piece, Placed
from papergen.read.table_shape import shaped

_LIKE_A_CAPTION = re.compile(r"(table|figure|chart)\s*\d*\s*[:.–—-]", re.IGNORECASE)


def join_captions(parts: Sequence[Piece], reading: FileReading) -> list[Placed]:
    """``parts`` with each caption in its table or figure; a caption that has none is reported and left out."""
    diagnostics = reading.diagnostics
    result: list[Placed] = []
    index = 0
    while index < len(parts):
        part = parts[index]
        after = parts[index + 1] if index + 1 < len(parts) else None
        index += 1
        match part, after:
            case Caption(kind="table"), Table():
                captioned = replace(after, caption=part.words, key=part.key)
                if part.of_table and after.alignments:
                    captioned = shaped(captioned, part.of_table, at=part.at, refuse=diagnostics.add)
                elif part.of_table:
                    diagnostics.add(
                        codes.ATTRIBUTE_UNKNOWN,
                        part.at,
                        f"“{part.of_table[0]}” means nothing for a table that is made from the data.",
                        "Delete it.",
                    )
                result.append(captioned)
                index += 1
            case Caption(kind="table"), Broken(kind="table"):
                pass
            case Figure(), Caption(kind="figure"):
                result.append(replace(part, caption=after.words, key=after.key))
                index += 1
            case Broken(kind="figure"), Caption(kind="figure"):
                result.append(part)
                index += 1
            case Caption(), _:
                _report_alone(part, diagnostics)
            case _:
                result.append(part)
    _check_words_beside(result, reading)
    return result


def _report_alone(caption: Caption, diagnostics: Diagnostics) -> None:
    if caption.kind == "table":
        message = "This caption has no table directly below it."
        hint = "Put it directly before its table; a picture's caption begins with “Figure:”."
    else:
        message = "This caption has no picture directly above it."
        hint = "Put it directly after its picture; a table's caption begins with “Table:”."
    diagnostics.add(codes.CAPTION_ALONE, caption.at, message, hint)


def _check_words_beside(parts: Sequence[Placed], reading: FileReading) -> None:
    """Report a paragraph such as “Table 2. Offences” beside a table or figure without a caption.

    What a ``chart`` or ``table`` block asks for writes its own.
    """
    own = {block.at for block in reading.exhibits}
    for before, after in pairwise(parts):
        match before, after:
            case Paragraph(), Table(caption=(), at=at) if at not in own:
                words, kind = before, "Table"
            case Figure(caption=(), at=at), Paragraph() if at not in own:
                words, kind = after, "Figure"
            case _:
                continue
        text = plain_text(words.inlines)
        if _LIKE_A_CAPTION.match(text):
            reading.diagnostics.add(
                codes.CAPTION_ALONE,
                words.at,
                f"“{text[:40]}” looks like a caption, but is a paragraph.",
                f"Begin it with “{kind}:”; papergen puts the number in.",
            )
