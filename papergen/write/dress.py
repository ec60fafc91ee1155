"""The dress of a paper: the layouts and stylesheets of its PDF and its web page, with all that they name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from papergen.write.looks import Mark, PageLook


@dataclass(frozen=True, slots=True, kw_only=True)
class Dress:
    """What the editions of a paper are set in.

    ``layout`` and ``stylesheet`` are of the PDF, ``web_layout`` and ``web_looks`` of the page, with the exceptions of a
    workspace after them; each layout comes with the name of the file that it is from.  ``page`` is the paper, ``size``
    that of letters in tables, ``largest`` that of the largest in their cells, ``beside`` what stands on both sides of
    a cell's words, in points; ``headings`` are how headings are numbered.  ``resources`` are the bytes and media types
    of pictures and fonts by the addresses that layout and stylesheet name, ``letters`` those that the fonts hold.
    """

    layout: str
    layout_file: str
    stylesheet: str
    exceptions: str = ""
    web_layout: str
    web_layout_file: str
    web_looks: str
    web_exceptions: str = ""
    page: PageLook
    size: float
    largest: float
    beside: float
    headings: tuple[Mark, ...]
    resources: Mapping[str, tuple[bytes, str]] = field(default_factory=dict)
    letters: frozenset[int] = frozenset()
