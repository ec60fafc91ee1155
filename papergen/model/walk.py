"""The only walks over the tree of a paper: finding nodes, changing them, and the words of a paper in reading order.

Each ends in ``assert_never``, so that a new node cannot be forgotten.  The order is everywhere the order of reading: a
heading before what stands under it, a caption before the cells of its table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate, chain
from operator import is_
from typing import Any, Generic, TypeAlias, TypeVar, assert_never, overload

from papergen.diagnostics import NOWHERE, Span
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
    Paper,
    Paragraph,
    Section,
    Strong,
    Table,
    Text,
    Value,
)
from papergen.values.chrome import is_english

Node: TypeAlias = Section | Block | ListItem | Inline
N = TypeVar("N", bound=Node)
M = TypeVar("M", bound=Node)
L = TypeVar("L", bound=Node)
K = TypeVar("K", bound=Node | HeadBand)
T = TypeVar("T")

# ---------------------------------------------------------------------------------------------------------------------
# Finding


@dataclass(frozen=True, slots=True)
class Found(Generic[N]):
    """A node, the nearest place that is known for it, and the section and paper it stands in (a section in itself)."""

    node: N
    at: Span
    section: Section
    paper: Paper


@overload
def find(papers: Iterable[Paper], one: type[N], /) -> Iterator[Found[N]]: ...
@overload
def find(papers: Iterable[Paper], one: type[N], other: type[M], /) -> Iterator[Found[N | M]]: ...
@overload
def find(papers: Iterable[Paper], one: type[N], other: type[M], last: type[L], /) -> Iterator[Found[N | M | L]]: ...
def find(papers: Iterable[Paper], *kinds: type[Any]) -> Iterator[Found[Any]]:
    """Every node of the papers that is of one of ``kinds``, in reading order.

    Alternative texts, and the words of front matter, are not read from top to bottom and are no part of it.
    """
    for paper in papers:
        for section in walk_sections(paper.sections):
            if Section in kinds:
                yield Found(section, section.at, section, paper)
            if kinds == (Section,):
                continue
            for node, at in _walk((*section.title, *section.blocks), section.at):
                if isinstance(node, kinds):
                    yield Found(node, at, section, paper)


@overload
def find_in(nodes: Iterable[Node], one: type[N], /) -> Iterator[N]: ...
@overload
def find_in(nodes: Iterable[Node], one: type[N], other: type[M], /) -> Iterator[N | M]: ...
@overload
def find_in(nodes: Iterable[Node], one: type[N], other: type[M], last: type[L], /) -> Iterator[N | M | L]: ...
def find_in(nodes: Iterable[Node], *kinds: type[Any]) -> Iterator[Any]:
    """Those of ``nodes``, and of everything inside them, that are of one of ``kinds``, in reading order."""
    return (node for node, _ in _walk(nodes, NOWHERE) if isinstance(node, kinds))


def walk_sections(sections: Iterable[Section]) -> Iterator[Section]:
    """Every section in reading order, each before the sections inside it."""
    for section in sections:
        yield section
        yield from walk_sections(section.sections)


def walk_lines(sections: Iterable[Section], above: tuple[Section, ...] = ()) -> Iterator[tuple[Section, ...]]:
    """Every section in reading order, as the last of a line that begins with the outermost section it stands in."""
    for section in sections:
        line = (*above, section)
        yield line
        yield from walk_lines(section.sections, line)


def walk_files(sections: Iterable[Section]) -> Iterator[Section]:
    """The sections that begin a file, in reading order, each with the headings inside its file but no other file."""
    for line in walk_lines(sections):
        if len(line) == 1 or line[-2].at.file != line[-1].at.file:
            yield _of_one_file(line[-1])


def _of_one_file(section: Section) -> Section:
    own = (_of_one_file(each) for each in section.sections if each.at.file == section.at.file)
    return _with(section, sections=_same(section.sections, own))


def keys(paper: Paper) -> Iterator[tuple[str, Span]]:
    """The key of each section and block that has one, with where it begins, in reading order."""
    for section in walk_sections(paper.sections):
        yield section.key, section.at
        for node, at in _walk(section.blocks, section.at):
            if isinstance(node, Block | ListItem) and node.key:
                yield node.key, at


def _walk(nodes: Iterable[Node], at: Span) -> Iterator[tuple[Node, Span]]:
    for node in nodes:
        own: Span = getattr(node, "at", NOWHERE)
        nearest = at if own == NOWHERE else own
        yield node, nearest
        if type(node) not in _LEAVES:  # most nodes are words
            yield from _walk(_children(node), nearest)


_LEAVES = frozenset({Text, LineBreak, Value, Graphic, PageBreak})


def _children(node: Node) -> Iterator[Node]:  # noqa: C901 - a case for each kind of node
    match node:
        case Text() | LineBreak() | Value() | Graphic() | PageBreak():
            pass
        case Strong(children=inner) | Emphasis(children=inner) | Link(children=inner) | CrossReference(children=inner):
            yield from inner
        case Footnote(blocks=blocks) | ListItem(blocks=blocks) | BlockQuote(blocks=blocks) | Landscape(blocks=blocks):
            yield from blocks
        case InLanguage(blocks=blocks):
            yield from blocks
        case Paragraph(inlines=inlines):
            yield from inlines
        case List(items=items):
            yield from items
        case Table():
            yield from node.caption
            for heads in node.heads:
                for head in heads:
                    yield from head.words
            for row in node.rows:
                for cell in row:
                    yield from cell
            yield from node.note
        case Figure(caption=caption, note=note):
            yield from (*caption, *note)
        case Box(title=title, blocks=blocks):
            yield from (*title, *blocks)
        case Beside(exhibit=exhibit, blocks=blocks):
            yield from (exhibit, *blocks)
        case Section(title=title, blocks=blocks, sections=sections):
            yield from (*title, *blocks, *sections)
        case _:
            assert_never(node)


# ---------------------------------------------------------------------------------------------------------------------
# Changing


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
                rows = _same(found.rows, (self._cells(row) for row in found.rows))
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

    def _cells(self, found: tuple[Inlines, ...]) -> tuple[Inlines, ...]:
        return _same(found, (self.inlines(cell) for cell in found))


# ---------------------------------------------------------------------------------------------------------------------
# Words


class Place(StrEnum):
    """What words that stand together are."""

    TITLE = "heading"
    TEXT = "text"
    ITEM = "list item"
    CELL = "table cell"
    HEADER = "table header"
    CAPTION = "caption"
    NOTE = "note below an exhibit"
    FOOTNOTE = "footnote"
    ALTERNATIVE = "alternative text"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together: a heading, a paragraph, a cell, a caption (with its label), an alternative text.

    ``at`` is where the block that holds them begins; ``in_note`` is true of what stands in a footnote.  ``language`` is
    empty for English.
    """

    inlines: Inlines
    place: Place
    at: Span
    section: Section
    paper: Paper
    label: str = ""
    in_note: bool = False
    language: str = ""


def flatten(papers: Iterable[Paper]) -> Iterator[Run]:
    """The words of the papers in reading order; those of a footnote follow the words that have its mark."""
    for found in find(papers, Section):
        language = found.node.language or found.paper.language
        flattening = _Flattening(found.paper, found.node, language="" if is_english(language) else language)
        yield from flattening.words(found.node.title, Place.TITLE, found.at)
        yield from flattening.blocks(found.node.blocks, Place.TEXT)


@dataclass(frozen=True, slots=True)
class _Flattening:
    paper: Paper
    section: Section
    in_note: bool = False
    language: str = ""

    def words(self, inlines: Inlines, place: Place, at: Span, *, label: str = "") -> Iterator[Run]:
        yield Run(inlines, place, at, self.section, self.paper, label, self.in_note, self.language)
        for note in (leaf for leaf in leaves(inlines) if isinstance(leaf, Footnote)):
            yield from replace(self, in_note=True).blocks(note.blocks, Place.FOOTNOTE)

    def blocks(self, blocks: Blocks, place: Place) -> Iterator[Run]:
        for block in blocks:
            yield from self._block(block, place)

    def _block(self, block: Block, place: Place) -> Iterator[Run]:  # noqa: C901 - a case for each kind of block
        match block:
            case Paragraph(inlines=inlines, at=at):
                yield from self.words(inlines, place, at)
            case List(items=items):
                for item in items:
                    yield from self.blocks(item.blocks, Place.ITEM)
            case Table(at=at):
                yield from self._caption(block)
                for head in (head for heads in block.heads for head in heads):
                    yield from self.words(head.words, Place.HEADER, at)
                for row in block.rows:
                    for cell in row:
                        yield from self.words(cell, Place.CELL, at)
                yield from self._note(block)
            case Figure(at=at):
                if block.alternative:
                    yield from self.words(block.alternative, Place.ALTERNATIVE, at)
                yield from self._caption(block)
                yield from self._note(block)
            case Box(title=title, blocks=inner, at=at):
                if title:
                    yield from self.words(title, place, at)
                yield from self.blocks(inner, place)
            case BlockQuote(blocks=inner) | Landscape(blocks=inner):
                yield from self.blocks(inner, place)
            case InLanguage(language=language, blocks=inner):
                yield from replace(self, language="" if is_english(language) else language).blocks(inner, place)
            case Beside(exhibit=exhibit, blocks=inner):
                yield from self.blocks((exhibit, *inner), place)
            case PageBreak():
                pass
            case _:
                assert_never(block)

    def _caption(self, exhibit: Table | Figure) -> Iterator[Run]:
        if exhibit.caption:
            yield from self.words(exhibit.caption, Place.CAPTION, exhibit.at, label=exhibit.label)

    def _note(self, exhibit: Table | Figure) -> Iterator[Run]:
        if exhibit.note:
            yield from self.words(exhibit.note, Place.NOTE, exhibit.at)


def printed(inlines: Inlines, start: int = 0) -> Iterator[tuple[Inline, int, int]]:
    """Each of ``inlines`` and of those inside them, with the positions of its words in what ``plain_text`` gives."""
    for inline in inlines:
        end = start + len(plain_text((inline,)))
        yield inline, start, end
        match inline:
            case Strong(children=inside) | Emphasis(children=inside) | Link(children=inside):
                yield from printed(inside, start)
            case CrossReference(children=inside):
                yield from printed(inside, start)
            case Text() | Value() | LineBreak() | Footnote() | Graphic():
                pass
            case _:
                assert_never(inline)
        start = end


Leaf: TypeAlias = Text | Value | LineBreak | Footnote | CrossReference


def leaves(inlines: Inlines) -> Iterator[Leaf]:
    """What ``inlines`` print, piece by piece; a cross-reference stands for itself where it has no words of its own."""
    for inline in inlines:
        match inline:
            case Text() | Value() | LineBreak() | Footnote():
                yield inline
            case Graphic():
                pass
            case CrossReference(children=()):
                yield inline
            case Strong(children=children) | Emphasis(children=children) | Link(children=children):
                yield from leaves(children)
            case CrossReference(children=children):
                yield from leaves(children)
            case _:
                assert_never(inline)


def plain_text(inlines: Inlines, *, line_break: str = " ", mark: str = "") -> str:
    """The printed words of ``inlines``, for titles, bookmarks and messages on one line, without footnotes.

    ``line_break`` stands for a break that was asked for, ``mark`` for a footnote with its number in place of ``{}``.
    """
    parts: list[str] = []
    for leaf in leaves(inlines):
        match leaf:
            case Text(text=text) | Value(text=text) | CrossReference(label=text):
                parts.append(text)
            case LineBreak():
                parts.append(line_break)
            case Footnote(number=number):
                parts.append(mark.format(number))
            case _:
                assert_never(leaf)
    return "".join(parts)
