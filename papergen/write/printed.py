"""The printed editions of one paper, PDF and Word: from a paper and its templates to files, in whatever process."""

from __future__ import annotations

import importlib
import time
from collections.abc import Generator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from papergen.diagnostics import Diagnostic, Diagnostics
from papergen.model.nodes import Paper
from papergen.values.chrome import ENGLISH, chrome
from papergen.write.dress import Dress
from papergen.write.files import Format, MadeFile
from papergen.write.pdf.loading import load_weasyprint
from papergen.write.resources import ChartPages, with_pages

if TYPE_CHECKING:
    from papergen.write.pdf.writer import LaidOut, PdfFile


@dataclass(frozen=True, slots=True)
class PrintTemplates:
    """What the printed editions of a paper are set in: the dress of its PDF, and for Word a template."""

    dress: Dress
    word: bytes | None


@dataclass(frozen=True, slots=True)
class LaidPages:
    """A paper set in pages: how many (0 where it could not be), and the page of each key."""

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
    load_weasyprint()
    for module in (
        "papergen.write.pdf.writer",
        "email.policy",
    ):  # which WeasyPrint asks for with the first file it is given
        importlib.import_module(module)
    chrome(ENGLISH)


def print_pages(paper: Paper, dress: Dress, pdf: bool) -> Generator[LaidPages, ChartPages, Printed]:
    """The pages of one paper as they are laid out, and then its PDF if that is wanted.

    For the PDF the pages of its charts are given, which may have been drawn meanwhile.
    """
    from papergen.write.pdf.writer import lay_out

    found, started = Diagnostics(), time.perf_counter()
    laid_out = lay_out(paper, dress=dress, diagnostics=found)
    charts = yield LaidPages(0, {}) if laid_out is None else LaidPages(laid_out.pages, laid_out.page_of)
    if laid_out is None:
        return Printed((), 0, tuple(found))
    written = _written(laid_out, paper, charts, dress, found) if pdf else None
    if written is None:
        return Printed((), laid_out.pages, tuple(found))
    made = _made(paper, Format.PDF, written.data, laid_out.pages, started)
    return Printed((replace(made, early=written.early),), laid_out.pages, tuple(found))


def _written(laid_out: LaidOut, paper: Paper, charts: ChartPages, dress: Dress, found: Diagnostics) -> PdfFile | None:
    from papergen.write.pdf.writer import lay_out

    if all(charts[address] for address, page in laid_out.charts.items() if page):
        return replace(laid_out, charts=charts).write(found)
    # Room was left for a page that the engine could not draw: the same pages, with the drawing itself.
    again = lay_out(with_pages(paper, charts), dress=dress, diagnostics=Diagnostics())
    return None if again is None else again.write(found)


def print_word(paper: Paper, template: bytes, laid: LaidPages) -> Printed:
    """The Word file of a paper, whose contents list takes its page numbers from the pages that were laid out."""
    from papergen.write.docx.writer import write_docx

    found, started = Diagnostics(), time.perf_counter()
    data = write_docx(paper, template=template, page_of=laid.page_of, pages=laid.pages, diagnostics=found)
    made = () if data is None else (_made(paper, Format.DOCX, data, laid.pages, started),)
    return Printed(made, laid.pages, tuple(found))


def _made(paper: Paper, kind: Format, data: bytes, pages: int, started: float) -> MadeFile:
    return MadeFile(f"{paper.name}.{kind.value}", data, pages, time.perf_counter() - started)
