"""Negative numbers in the cells of tables, written as the body wants them."""

from __future__ import annotations

import re
from dataclasses import replace

from papergen.model.nodes import Block, Inlines, Section, Table, Text, Value
from papergen.model.walk import Within, rebuild

_NEGATIVE = re.compile(r"(?:[-−–] ?(?P<signed>£?\d[\d,.]*%?[km]?)|\((?P<bracketed>£?\d[\d,.]*%?[km]?)\))")


def with_negatives(section: Section, *, brackets: bool) -> Section:
    """The section with the negative numbers that stand alone in cells of tables as ``(4)``, or else as ``−4``."""

    def cell(words: Inlines) -> Inlines:
        match words:
            case (Text(text=text) | Value(text=text) as only,) if found := _NEGATIVE.fullmatch(text):
                number = found["signed"] or found["bracketed"]
                return (replace(only, text=f"({number})" if brackets else f"−{number}"),)
            case _:
                return words

    def block(found: Block, _: Within) -> Block:
        if not isinstance(found, Table):
            return found
        return replace(found, rows=tuple(tuple(cell(words) for words in row) for row in found.rows))

    return rebuild(section, block=block)
