"""The structure tree of a PDF while it is mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Area = tuple[float, float, float, float]
"""Left, top, right and bottom in CSS pixels from the top left corner of a page."""


@dataclass(frozen=True, slots=True)
class MarkedContent:
    """Marked content of a page, counted from 0, by the number it has there."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class TextLine:
    """The words of a printed line, and its marked content."""

    words: str
    marks: tuple[MarkedContent, ...]


@dataclass(slots=True)
class LinkArea:
    """A place on a page that leads elsewhere.

    ``number`` is its annotation's number in the file.  One that has none yet has an ``area``, and leads to the top left
    corner of ``target``, a page and an area of it.  ``words`` say where it leads.
    """

    page: int
    number: int = 0
    area: Area = (0, 0, 0, 0)
    target: tuple[int, Area] = (0, (0, 0, 0, 0))
    words: str = ""


@dataclass(eq=False, slots=True)
class TagNode:
    """A structure element in the making.

    ``kind`` is a structure type of PDF 1.7, or empty for an element that is not written but only what stands in it.
    ``element`` is the HTML element it was made of, ``part`` names the pseudo-element of it ("marker"), and ``boxes``
    are what was painted of it, each with its page.  ``attributes`` go by their owner ("Table").
    """

    kind: str
    element: Any = None
    part: str = ""
    kids: list[Kid] = field(default_factory=list)
    boxes: list[tuple[int, Any]] = field(default_factory=list)
    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)
    alternative: str = ""
    identifier: str = ""
    language: str = ""

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(() if self.element is None or self.part else self.element.get("class", "").split())

    @property
    def nodes(self) -> list[TagNode]:
        return [kid for kid in self.kids if isinstance(kid, TagNode)]

    @property
    def words(self) -> str:
        """What the HTML element says, on one line."""
        return " ".join("".join(self.element.itertext()).split())

    def walk(self) -> Iterator[TagNode]:
        """This node and all below it."""
        yield self
        for node in self.nodes:
            yield from node.walk()

    def marks(self) -> Iterator[MarkedContent]:
        """The marked content in it, in the order in which it is read."""
        for kid in self.kids:
            if isinstance(kid, MarkedContent):
                yield kid
            elif isinstance(kid, TagNode):
                yield from kid.marks()


Kid: TypeAlias = TagNode | MarkedContent | LinkArea


@dataclass(slots=True)
class Tree:
    """What was read from the pages.

    ``notes`` holds the footnotes, in the order of their text.  ``artifacts`` are the properties of marked content that
    is no part of the text, ``dropped`` the numbers of annotations that say a second time what another says, and
    ``lines`` the printed lines of each element that has some.
    """

    root: TagNode = field(default_factory=lambda: TagNode("Document"))
    notes: TagNode = field(default_factory=lambda: TagNode(""))
    artifacts: dict[MarkedContent, str] = field(default_factory=dict)
    dropped: set[int] = field(default_factory=set)
    lines: dict[TagNode, list[TextLine]] = field(default_factory=dict)
