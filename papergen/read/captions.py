"""Captions joined to their exhibits: a table's stands before it, a figure's after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from papergen import codes
from papergen.diagnostics import Diagnostics
from papergen.model.nodes import Emphasis, Figure, Inlines, Paragraph, Strong, Table, Text
from papergen.model.walk import plain_text
from papergen.read.context import FileReading
from papergen.read.placement import Broken, Caption, Piece, Placed
from papergen.read.table_shape import shaped
from papergen.values.words import shortened

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
    return _with_words_beside(result, reading)


def _report_alone(caption: Caption, diagnostics: Diagnostics) -> None:
    if caption.kind == "table":
        message = "This caption has no table directly below it."
        hint = "Put it directly before its table; a picture's caption begins with “Figure:”."
    else:
        message = "This caption has no picture directly above it."
        hint = "Put it directly after its picture; a table's caption begins with “Table:”."
    diagnostics.add(codes.CAPTION_ALONE, caption.at, message, hint)


def _with_words_beside(parts: Sequence[Placed], reading: FileReading) -> list[Placed]:
    """``parts`` with a paragraph such as “Table 2. Offences” beside a table or figure without a caption reported.

    It is taken for the caption, so that nothing follows from the mistake.  What a ``chart`` or ``table`` block asks for
    writes its own, so that only “Table:Offences” is reported beside it.
    """
    own = {block.at for block in reading.exhibits}
    result: list[Placed] = []
    for part, after in zip_longest(parts, parts[1:]):
        match result[-1] if result else None, part:
            case (Paragraph() as words, Table(caption=()) | Figure(caption=()) as exhibit) | (
                Table(caption=()) | Figure(caption=()) as exhibit,
                Paragraph() as words,
            ) if not (isinstance(exhibit, Table) and exhibit is not part and isinstance(after, Table)):
                kind = "Table" if isinstance(exhibit, Table) else "Figure"
                other = (part is exhibit) != (kind == "Table")
            case _:
                result.append(part)
                continue
        is_own = exhibit.at in own
        if _is_caption(words, kind, is_own=is_own, on_other_side=other, diagnostics=reading.diagnostics):
            result[-1] = replace(exhibit, caption=_without_number(words.inlines), key=words.key)
        else:
            result.append(part)
    return result


def _without_number(words: Inlines) -> Inlines:
    """The words of a caption without the “Table 2.” that was typed before them, which is told already."""
    match words:
        case (Emphasis() | Strong() as whole,):
            return _without_number(whole.children)
        case (Text() as first, *rest) if found := _LIKE_A_CAPTION.match(first.text):
            return (replace(first, text=first.text[found.end() :].lstrip()), *rest)
    return words


def _is_caption(words: Paragraph, kind: str, *, is_own: bool, on_other_side: bool, diagnostics: Diagnostics) -> bool:
    """Whether a paragraph beside a table or figure looks like its caption, which is reported."""
    text = plain_text(words.inlines)
    shown = shortened(text)
    if unspaced := text.startswith(f"{kind}:"):
        message = f"“{shown}” has no space after its colon, so that it is no caption."
        hint = f"Put a space after the colon: “{kind}: {shown.removeprefix(f'{kind}:').lstrip()}”."
    else:
        message = f"“{shown}” looks like a caption, but is a paragraph."
        hint = f"Begin it with “{kind}:”; papergen puts the number in."
    if on_other_side:
        if not re.match(rf"{kind}\s*\d", text, re.IGNORECASE):
            return False
        side = "before" if kind == "Table" else "below"
        hint = f"Put it {side} the {kind.lower()} and begin it with “{kind}:”; papergen puts the number in."
    if not _LIKE_A_CAPTION.match(text) or (is_own and not unspaced):
        return False
    diagnostics.add(codes.CAPTION_ALONE, words.at, message, hint)
    return True
