"""The Write step: papers and templates become files, made in memory."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from papergen.commands.dresses import dress_of
from papergen.commands.printing import Printing
from papergen.diagnostics import Diagnostics
from papergen.model.nodes import Paper
from papergen.papers.chart_data import chart_files
from papergen.session import Session
from papergen.write.dress import Dress
from papergen.write.files import Format, MadeFile, Wanted


def write_papers(session: Session, printing: Printing, wanted: Wanted) -> list[MadeFile]:
    """The files of the papers that are wanted, and the data of their charts.

    Pages of HTML come last: they link to the other files.  What layouts bring in is looked at before, while pages are
    laid out: how long and large the other files are makes no difference to that.
    """
    papers = printing.papers
    chosen = [paper for paper in papers if paper.kind in wanted.kinds]
    files = [MadeFile(name, data) for paper in chosen for name, data in chart_files(paper)]
    files += [MadeFile(each.file, each.data, each.pages) for paper in chosen for each in paper.attachments]
    of_web = Diagnostics()
    if Format.HTML in wanted.formats:
        printed_too = [
            MadeFile(f"{paper.name}.{kind.value}", b"-", 1)
            for paper in chosen
            for kind in (Format.PDF, Format.DOCX)
            if kind in wanted.formats
        ]
        _check_web_pages(session, papers, [*files, *printed_too], wanted, of_web)
    for printed in printing.finish():
        files += printed.files
        session.diagnostics.extend(printed.findings)
    papers = printing.papers
    if Format.HTML in wanted.formats:
        pages = [made for _, _, made in _web_pages(session, papers, files, wanted, session.diagnostics)]
        files += () if of_web.has_errors else pages
    session.diagnostics.extend(of_web)
    return files


def _check_web_pages(
    session: Session, papers: Sequence[Paper], others: Sequence[MadeFile], wanted: Wanted, found: Diagnostics
) -> None:
    """Report what layouts bring into the pages that may not stand there."""
    from papergen.write.web import check_composed

    for paper, dress, made in _web_pages(session, papers, others, wanted, Diagnostics()):
        check_composed(paper, dress, made.data, found)


def compose_web_pages(session: Session, papers: Sequence[Paper]) -> list[MadeFile]:
    """The pages of HTML alone, with the data of their charts, as ``write_papers`` gives them.

    What a layout brought into them has not been looked at yet.
    """
    wanted = Wanted(formats=frozenset({Format.HTML}))
    files = [MadeFile(name, data) for paper in papers for name, data in chart_files(paper)]
    return [*files, *(made for _, _, made in _web_pages(session, papers, files, wanted, session.diagnostics))]


def _web_pages(
    session: Session, papers: Sequence[Paper], others: Sequence[MadeFile], wanted: Wanted, diagnostics: Diagnostics
) -> Iterator[tuple[Paper, Dress, MadeFile]]:
    """The pages of HTML with their papers and dresses; in a draft they show what was found up to here."""
    from papergen.write.web import Edition, WrittenPapers, compose_page

    chosen = [paper for paper in papers if paper.kind in wanted.kinds]
    editions = [Edition(each.name, len(each.data), each.pages) for each in others]
    beside = WrittenPapers(tuple(papers), [*editions, *(Edition(f"{paper.name}.html") for paper in chosen)])
    world = session.world.quietly(diagnostics)
    dresses = [dress_of(world, paper.template, paper.fields) for paper in chosen]
    findings = tuple(session.diagnostics)
    for paper, made in zip(chosen, dresses, strict=True):
        if made is None:
            continue
        session.progress("Write", f"{paper.name}.html")
        started = time.perf_counter()
        page = compose_page(
            paper,
            dress=made.dress,
            beside=beside,
            findings=findings,
            diagnostics=diagnostics,
            keep=session.memory.unless_changed,
        )
        if page is not None:
            made_page = MadeFile(f"{paper.name}.html", page, seconds=time.perf_counter() - started)
            yield paper, made.dress, made_page
