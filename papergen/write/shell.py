"""The shell of a paper as its Word template has it: title block, headers and footers, as blocks to make HTML of.

Words keep their tags (``{{ meeting.date }}``, ``{% if … %}``), so that what is made of a shell is a layout.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from papergen.write.looks import Letters, PageLook, ParagraphLook, Sides

PICTURE_ADDRESS = "papergen:template/"
"""How the addresses of the pictures of a shell begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShellPicture:
    """A picture of the shell: where its bytes are found, its size in points, its words, and the side it stands at.

    One without an alternative is decorative; ``side`` is ``left``, ``center`` or ``right``, or nothing within a line.
    """

    address: str
    width: float
    height: float
    alternative: str
    side: str = ""


@dataclass(frozen=True, slots=True)
class ShellWords:
    """ShellWords of one look: escaped for HTML, with fields to be filled."""

    html: str
    letters: Letters


@dataclass(frozen=True, slots=True)
class ShellTag:
    """A tag that asks: ``{% if … %}``, ``{% else %}`` or ``{% endif %}``."""

    written: str


@dataclass(frozen=True, slots=True)
class PageCount:
    """The number of the page, or of all pages."""

    of_all: bool
    letters: Letters


@dataclass(frozen=True, slots=True)
class RunningHeading:
    """The heading of a level under which a page begins, or the first on it, as Word's field STYLEREF has it."""

    level: int
    letters: Letters


@dataclass(frozen=True, slots=True)
class ShellTab:
    """A tab."""


@dataclass(frozen=True, slots=True)
class ShellLine:
    """A line that ends within a paragraph."""


ShellInline = ShellWords | ShellTag | PageCount | RunningHeading | ShellTab | ShellLine | ShellPicture


@dataclass(frozen=True, slots=True, kw_only=True)
class ShellParagraph:
    """A paragraph of the shell: the name of its style, its look, what is in it, and the fields that it prints.

    One that ``ends_page`` has the next page begin below it.
    """

    style: str
    look: ParagraphLook
    inlines: tuple[ShellInline, ...]
    fields: frozenset[str] = frozenset()
    is_title: bool = False
    ends_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShellCell:
    """A cell of a table that sets the shell in columns, or a box: its share of the width, its ground and its rules."""

    share: float
    blocks: tuple[ShellBlock, ...]
    ground: str = ""
    sides: Sides = field(default_factory=dict)
    room: Mapping[str, float] = field(default_factory=dict)
    at: str = "top"


@dataclass(frozen=True, slots=True)
class ShellRow:
    """Cells side by side, over a share of the width of the text."""

    cells: tuple[ShellCell, ...]
    share: float = 1.0


ShellBlock = ShellParagraph | ShellRow | ShellTag


@dataclass(frozen=True, slots=True)
class ShellPages:
    """Blocks on pages of one look; what comes after pages that ``end_page`` stands on the next one.

    ``running`` has the ``header`` and ``footer`` of pages that do not have those of the body.
    """

    page: PageLook
    blocks: tuple[ShellBlock, ...]
    end_page: bool = False
    running: Mapping[str, tuple[ShellBlock, ...]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """What stands around the body of a paper.

    ``headers`` and ``footers`` have the keys ``default``, ``first`` and ``even`` as far as the pages have them.
    ``resources`` are the bytes and media types of pictures by address, ``troubles`` what HTML cannot have, with what is
    done instead.
    """

    page: PageLook
    before: tuple[ShellPages, ...]
    after: tuple[ShellBlock, ...]
    headers: Mapping[str, tuple[ShellBlock, ...]]
    footers: Mapping[str, tuple[ShellBlock, ...]]
    resources: Mapping[str, tuple[bytes, str]]
    troubles: tuple[str, ...] = ()

    @property
    def stories(self) -> Iterator[tuple[ShellBlock, ...]]:
        """Every header and footer, what stands before the body and what stands after it."""
        yield from (*self.headers.values(), *self.footers.values(), self.after)
        for pages in self.before:
            yield from (*(pages.running or {}).values(), pages.blocks)
