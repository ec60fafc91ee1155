"""Rebuilding blocks in reading order, with a change to each block and each inline on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar, assert_never

from papergen.model.nodes import (
    Beside,
    Block,
    BlockQuote,
    Blocks,
    Box,
    CrossReference,
    Emphasis,
    Figure,
    Footnote,
    Inline,
    Inlines,
    Landscape,
    LineBreak,
    Link,
    List,
    ListItem,
    PageBreak,
    Paragraph,
    Strong,
    Table,
    Text,
    Value,
)

B = TypeVar("B", bound=Block)


def rebuild_blocks(
    blocks: Blocks,
    *,
    block: Callable[[Block, int], Block] = lambda found, _: found,
    inline: Callable[[Inline], Inline] = lambda found: found,
) -> Blocks:
    """``blocks`` with ``block(found, index)`` and ``inline(found)`` put in place of each.

    A block is changed before what stands in it, an inline likewise; ``index`` counts from 1 within whatever holds the
    block.  The order is the order of reading: a caption above a table, below a figure.
    """

    def inlines(found: Inlines) -> Inlines:
        return tuple(inside(inline(each)) for each in found)

    def inside(found: Inline) -> Inline:
        match found:
            case Text() | LineBreak() | Value():
                return found
            case Strong() | Emphasis() | Link() | CrossReference():
                return replace(found, children=inlines(found.children))
            case Footnote():
                return replace(found, blocks=many(found.blocks))
            case _:
                assert_never(found)

    def many(found: Blocks) -> Blocks:
        return tuple(one(each, index) for index, each in enumerate(found, 1))

    def one(found: Block, index: int) -> Block:
        return within(block(found, index))

    def exhibit(found: Figure | Table) -> Figure | Table:
        rebuilt = one(found, 0)
        return rebuilt if isinstance(rebuilt, Figure | Table) else found

    def within(found: Block) -> Block:
        match found:
            case Paragraph():
                return replace(found, inlines=inlines(found.inlines))
            case List():
                return replace(found, items=tuple(ListItem(blocks=many(item.blocks)) for item in found.items))
            case Table():
                return replace(
                    found,
                    caption=inlines(found.caption),
                    note=inlines(found.note),
                    header=tuple(inlines(cell) for cell in found.header),
                    rows=tuple(tuple(inlines(cell) for cell in row) for row in found.rows),
                )
            case Figure():
                return replace(found, caption=inlines(found.caption), note=inlines(found.note))
            case Box():
                return replace(found, title=inlines(found.title), blocks=many(found.blocks))
            case Beside():
                return replace(found, exhibit=exhibit(found.exhibit), blocks=many(found.blocks))
            case BlockQuote() | Landscape():
                return replace(found, blocks=many(found.blocks))
            case PageBreak():
                return found
            case _:
                assert_never(found)

    return many(blocks)
