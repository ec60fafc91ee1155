"""The Write step: papers and templates become files, made in memory."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from papergen import codes
from papergen.diagnostics import Span
from papergen.model.nodes import Paper
from papergen.papers.chart_data import chart_files
from papergen.session import Session
from papergen.world import World
from papergen.write.files import Format, MadeFile, Wanted

if TYPE_CHECKING:
    from papergen.write.pdf import LaidOut


def write_papers(session: Session, papers: Sequence[Paper], wanted: Wanted) -> list[MadeFile]:
    """The files of the papers that are wanted, and the data of their charts.

    Every paper is laid out as a PDF even when only Word is wanted: its contents list takes its page numbers from there,
    and in a printed pack the appendix goes on from the last page of the report.  Pages of HTML need neither, and come
    last: they link to the other files.
    """
    files = [
        MadeFile(name, data) for paper in papers if paper.kind in wanted.kinds for name, data in chart_files(paper)
    ]
    if wanted.formats != {Format.HTML}:
        for paper, laid_out, seconds in _laid_out(session, papers, wanted):
            files += _print_files(session, paper, laid_out, seconds, wanted)
    if Format.HTML in wanted.formats:
        files += _web_files(session, papers, files, wanted)
    return files


def _laid_out(session: Session, papers: Sequence[Paper], wanted: Wanted) -> Iterator[tuple[Paper, LaidOut, float]]:
    """Each paper that is wanted with its pages, numbered on from the paper before it, and the seconds that took."""
    from papergen.write.pdf import lay_out

    diagnostics = session.diagnostics
    stylesheet = text_template(session.world, "paper.css")
    next_page = papers[0].first_page if papers else None
    for paper in papers:
        if paper.kind not in wanted.kinds and next_page is None:
            continue
        placed = replace(paper, first_page=next_page)
        layout = text_template(session.world, f"{paper.template}.html")
        if layout is None or stylesheet is None:
            continue
        session.progress("Write", f"{paper.name}: laying out pages")
        started = time.perf_counter()
        laid_out = lay_out(placed, layout=layout, stylesheet=stylesheet, diagnostics=diagnostics)
        if laid_out is None:
            continue
        if paper.kind in wanted.kinds:
            yield placed, laid_out, time.perf_counter() - started
        if next_page is not None:
            next_page += laid_out.pages


def _print_files(
    session: Session, paper: Paper, laid_out: LaidOut, seconds: float, wanted: Wanted
) -> Iterator[MadeFile]:
    """The PDF and the Word file of one paper, which was laid out in so many seconds."""
    from papergen.write.docx import write_docx

    diagnostics = session.diagnostics
    if Format.PDF in wanted.formats:
        session.progress("Write", f"{paper.name}.pdf")
        started = time.perf_counter()
        pdf = laid_out.write(diagnostics)
        if pdf is not None:
            yield MadeFile(f"{paper.name}.pdf", pdf.data, pdf.pages, seconds + time.perf_counter() - started)
    if Format.DOCX in wanted.formats:
        session.progress("Write", f"{paper.name}.docx")
        started = time.perf_counter()
        template = session.world.template(f"{paper.template}.docx")
        if template is None:
            return
        pages, page_of = laid_out.pages, laid_out.page_of
        data = write_docx(paper, template=template, page_of=page_of, pages=pages, diagnostics=diagnostics)
        if data is not None:
            yield MadeFile(f"{paper.name}.docx", data, pages, time.perf_counter() - started)


def _web_files(
    session: Session, papers: Sequence[Paper], others: Sequence[MadeFile], wanted: Wanted
) -> Iterator[MadeFile]:
    """The pages of HTML; in a draft they show what was found up to here."""
    from papergen.write.web import Edition, WrittenPapers, write_page
    from papergen.write.web.page import LAYOUT_ENDING, STYLESHEET

    diagnostics = session.diagnostics
    chosen = [paper for paper in papers if paper.kind in wanted.kinds]
    editions = [Edition(each.name, len(each.data), each.pages) for each in others]
    beside = WrittenPapers(tuple(papers), [*editions, *(Edition(f"{paper.name}.html") for paper in chosen)])
    stylesheet = text_template(session.world, STYLESHEET)
    layouts = [text_template(session.world, f"{paper.template}{LAYOUT_ENDING}") for paper in chosen]
    findings = tuple(diagnostics)
    for paper, layout in zip(chosen, layouts, strict=True):
        if layout is None or stylesheet is None:
            continue
        session.progress("Write", f"{paper.name}.html")
        started = time.perf_counter()
        page = write_page(
            paper, layout=layout, stylesheet=stylesheet, beside=beside, findings=findings, diagnostics=diagnostics
        )
        if page is not None:
            yield MadeFile(f"{paper.name}.html", page, seconds=time.perf_counter() - started)


def text_template(world: World, name: str) -> str | None:
    """The text of a layout or stylesheet; None with a diagnostic."""
    data = world.template(name)
    if data is None:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        world.diagnostics.add(
            codes.FILE_ENCODING,
            Span(f"templates/{name}"),
            "The template is not UTF-8 text.",
            "Save it again with the encoding “UTF-8”.",
        )
        return None
