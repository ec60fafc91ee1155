"""A file that a writer has made, and the kinds that there are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from papergen.model.nodes import PaperKind
from papergen.write.pdf.fullness import EarlyPage


class Format(Enum):
    """The kinds of file a paper is written as."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which papers are to be written, and as what."""

    kinds: frozenset[PaperKind] = frozenset(PaperKind)
    formats: frozenset[Format] = frozenset(Format)

    @property
    def printed(self) -> bool:
        """Whether pages are laid out for what is wanted."""
        return not self.formats.isdisjoint({Format.PDF, Format.DOCX})

    @property
    def everything(self) -> bool:
        return self == Wanted()


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file in memory: its name in the meeting's folder, its bytes, its pages (0 for none) and seconds of work.

    ``early`` are those of its pages that end early.
    """

    name: str
    data: bytes
    pages: int = 0
    seconds: float = 0.0
    early: tuple[EarlyPage, ...] = ()
