"""The printed editions of one paper, PDF and Word: from a paper and its templates to files, in whatever process."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from papergen.diagnostics import Diagnostic, Diagnostics
from papergen.model.nodes import Paper
from papergen.write.dress import Dress
from papergen.write.files import Format, MadeFile


@dataclass(frozen=True, slots=True)
class PrintTemplates:
    """What the printed editions of a paper are set in: the dress of its PDF, and for Word a template."""

    dress: Dress
    word: bytes | None


@dataclass(frozen=True, slots=True)
class WordRequest:
    """A paper to be written as a Word file: its template, its pages in the PDF, and the page of each key."""

    paper: Paper
    template: bytes
    pages: int
    page_of: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Printed:
    """What was made of a paper, how many pages it has (0 where it could not be laid out), and what was found."""

    files: tuple[MadeFile, ...]
    pages: int
    findings: tuple[Diagnostic, ...]


def begin() -> None:
    """Load what pages are laid out with."""
    for name in ("weasyprint", "papergen.write.pdf"):
        importlib.import_module(name)


def begin_word() -> None:
    """Load what Word files are written with."""
    importlib.import_module("papergen.write.docx")


def print_word(request: WordRequest) -> Printed:
    """The Word file of a paper."""
    from papergen.write.docx import write_docx

    found, started = Diagnostics(), time.perf_counter()
    data = write_docx(
        request.paper, template=request.template, page_of=request.page_of, pages=request.pages, diagnostics=found
    )
    made = () if data is None else (_made(request.paper, Format.DOCX, data, request.pages, started),)
    return Printed(made, request.pages, tuple(found))


def print_paper(
    paper: Paper,
    templates: PrintTemplates,
    formats: frozenset[Format],
    word: Callable[[WordRequest], Callable[[], Printed]] = lambda request: lambda: print_word(request),
) -> Printed:
    """The files of one paper in the formats that are printed.

    A paper is laid out even when only Word is wanted: its contents list takes its page numbers from there.  ``word``
    may have the Word file written elsewhere meanwhile, and gives what waits for it.
    """
    from papergen.write.pdf import lay_out

    found, started = Diagnostics(), time.perf_counter()
    laid_out = lay_out(paper, dress=templates.dress, diagnostics=found)
    if laid_out is None:
        return Printed((), 0, tuple(found))
    files: list[MadeFile] = []
    promised = None
    if Format.DOCX in formats and templates.word is not None:
        promised = word(WordRequest(paper, templates.word, laid_out.pages, dict(laid_out.page_of)))
    if Format.PDF in formats:
        pdf = laid_out.write(found)
        if pdf is not None:
            files.append(_made(paper, Format.PDF, pdf.data, pdf.pages, started))
    if promised is not None:
        written = promised()
        files += written.files
        found.extend(written.findings)
    return Printed(tuple(files), laid_out.pages, tuple(found))


def _made(paper: Paper, kind: Format, data: bytes, pages: int, started: float) -> MadeFile:
    return MadeFile(f"{paper.name}.{kind.value}", data, pages, time.perf_counter() - started)
