"""Changing nodes: a section made anew with others in place of those in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import accumulate, chain
from operator import is_
from typing import Any, TypeAlias, TypeVar, assert_never

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
    Graphic,
    HeadBand,
    InLanguage,
    Inline,
    Inlines,
    Landscape,
    LineBreak,
    Link,
    List,
    ListItem,
    PageBreak,
    Paragraph,
    Section,
    Strong,
    Table,
    Text,
    Value,
)

K = TypeVar("K", bound=Section | Block | ListItem | Inline | HeadBand)
T = TypeVar("T")


Holder: TypeAlias = Section | Block | ListItem | Footnote


@dataclass(frozen=True, slots=True)
class Within:
    """Where a block stands: in the last of ``holders``, outermost first, as number ``index``, counted from 1.

    What stands in a footnote is held by nothing outside it.
    """

    index: int
    holders: tuple[Holder, ...]


ChangeBlock: TypeAlias = Callable[[Block, Within], Block | None]
ChangeInline: TypeAlias = Callable[[Inline], Inline | None]
ChangeSection: TypeAlias = Callable[[Section], Section]


def rebuild(
    whole: Section,
    *,
    section: ChangeSection = lambda found: found,
    block: ChangeBlock = lambda found, _: found,
    inline: ChangeInline = lambda found: found,
) -> Section:
    """``whole`` with ``section(found)``, ``block(found, standing)`` and ``inline(found)`` put in place of each in it.

    None leaves a node out, and what is other in nothing stays the same object.  A node is changed before what stands in
    it, so that the holders of a block are those of the result.  The words of alternative texts and of front matter are
    among those that are changed.
    """
    changing = _Rebuilding(block, inline)

    def changed(each: Section) -> Section:
        found = section(each)
        return _with(
            found,
            title=changing.inlines(found.title),
            blocks=changing.blocks(found.blocks, (found,)),
            sections=_same(found.sections, (changed(inner) for inner in found.sections)),
            topic=changing.inlines(found.topic),
            activity=changing.inlines(found.activity),
            signs=_same(found.signs, (changing.inlines(sign) for sign in found.signs)),
        )

    return changed(whole)


def rebuild_blocks(blocks: Blocks, *, inline: ChangeInline) -> Blocks:
    """``blocks`` with ``inline(found)`` put in place of each inline in them, likewise."""
    return _Rebuilding(lambda found, _: found, inline).blocks(blocks, ())


def rebuild_inlines(inlines: Inlines, inline: ChangeInline) -> Inlines:
    """``inlines`` with ``inline(found)`` put in place of each, and of those inside them; None leaves one out."""
    return _Rebuilding(lambda found, _: found, inline).inlines(inlines)


def _same(found: tuple[T, ...], made: Iterable[T]) -> tuple[T, ...]:
    """What was made, or ``found`` itself where that is the same objects."""
    changed = tuple(made)
    return found if len(changed) == len(found) and all(map(is_, found, changed)) else changed


def _with(node: K, **fields: Any) -> K:  # noqa: ANN401 - as ``replace`` takes them
    """``replace``, or the node itself where its fields are these objects already."""
    return node if all(getattr(node, name) is value for name, value in fields.items()) else replace(node, **fields)


@dataclass(frozen=True, slots=True)
class _Rebuilding:
    block: ChangeBlock
    inline: ChangeInline

    def inlines(self, found: Inlines) -> Inlines:
        changed = (self.inline(each) for each in found)
        return _same(found, (kept for each in changed if each is not None and (kept := self._inside(each)) is not None))

    def _inside(self, found: Inline) -> Inline | None:
        match found:
            case Text() | LineBreak() | Value() | Graphic():
                return found
            case CrossReference():
                return _with(found, children=self.inlines(found.children))
            case Strong() | Emphasis() | Link():
                children = self.inlines(found.children)
                return _with(found, children=children) if children or not found.children else None
            case Footnote():
                return _with(found, blocks=self.blocks(found.blocks, (found,)))
            case _:
                assert_never(found)

    def blocks(self, found: Blocks, holders: tuple[Holder, ...]) -> Blocks:
        changed = (self._changed(each, Within(index, holders)) for index, each in enumerate(found, 1))
        return _same(found, (each for each in changed if each is not None))

    def _changed(self, found: Block, standing: Within) -> Block | None:
        changed = self.block(found, standing)
        return None if changed is None else self._within(changed, (*standing.holders, changed))

    def _heads(self, found: Table) -> tuple[tuple[Inlines, ...], tuple[HeadBand, ...]]:
        """The headings and the bands above them, changed in the order in which they are read."""
        bands = list(zip(accumulate((band.columns for band in found.bands), initial=0), found.bands, strict=False))
        worded = (range(start, start + band.columns) for start, band in bands if band.words)
        below = set(chain.from_iterable(worded)) if len(found.heads) > 1 else set()
        # By row and column; a band has its number, and a heading none.
        words = {(False, start, number): band.words for number, (start, band) in enumerate(bands)}
        words |= {(column in below, column, -1): cell for column, cell in enumerate(found.header)}
        changed = {place: self.inlines(words[place]) for place in sorted(words)}
        header = (changed[column in below, column, -1] for column in range(len(found.header)))
        over = (_with(band, words=changed[False, start, each]) for each, (start, band) in enumerate(bands))
        return _same(found.header, header), _same(found.bands, over)

    def _within(self, found: Block, holders: tuple[Holder, ...]) -> Block | None:
        match found:
            case Paragraph():
                return _with(found, inlines=self.inlines(found.inlines))
            case List():
                items = (_with(item, blocks=self.blocks(item.blocks, (*holders, item))) for item in found.items)
                return _with(found, items=_same(found.items, items))
            case Table():
                caption, (header, bands) = self.inlines(found.caption), self._heads(found)
                rows = _same(found.rows, (_same(row, map(self.inlines, row)) for row in found.rows))
                note = self.inlines(found.note)
                return _with(found, caption=caption, header=header, bands=bands, rows=rows, note=note)
            case Figure():
                caption, alternative = self.inlines(found.caption), self.inlines(found.alternative)
                return _with(found, caption=caption, note=self.inlines(found.note), alternative=alternative)
            case Box():
                return _with(found, title=self.inlines(found.title), blocks=self.blocks(found.blocks, holders))
            case Beside():
                exhibit = self._changed(found.exhibit, Within(0, holders))
                if not isinstance(exhibit, Figure | Table):
                    return None
                return _with(found, exhibit=exhibit, blocks=self.blocks(found.blocks, holders))
            case BlockQuote() | Landscape() | InLanguage():
                return _with(found, blocks=self.blocks(found.blocks, holders))
            case PageBreak():
                return found
            case _:
                assert_never(found)
