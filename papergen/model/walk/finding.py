"""Finding nodes: those of a kind, sections with what they stand in, and the keys of a paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeAlias, TypeVar, assert_never, overload

from papergen.diagnostics import NOWHERE, Span
from papergen.model.nodes import (
    Beside,
    Block,
    BlockQuote,
    Box,
    CrossReference,
    Emphasis,
    Figure,
    Footnote,
    Graphic,
    InLanguage,
    Inline,
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

Node: TypeAlias = Section | Block | ListItem | Inline
N = TypeVar("N", bound=Node)
M = TypeVar("M", bound=Node)
L = TypeVar("L", bound=Node)


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
    own = tuple(_of_one_file(each) for each in section.sections if each.at.file == section.at.file)
    return section if own == section.sections else replace(section, sections=own)


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
