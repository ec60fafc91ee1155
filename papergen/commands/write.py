"""The Write step: papers and templates become files, made in memory."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from papergen.commands.dresses import dress_of
from papergen.commands.printing import Printing
from papergen.model.nodes import Paper
from papergen.papers.chart_data import chart_files
from papergen.session import Session
from papergen.write.files import Format, MadeFile, Wanted


def write_papers(session: Session, papers: Sequence[Paper], wanted: Wanted, printing: Printing) -> list[MadeFile]:
    """The files of the papers that are wanted, and the data of their charts.

    Pages of HTML come last: they link to the other files.
    """
    files = [
        MadeFile(name, data) for paper in papers if paper.kind in wanted.kinds for name, data in chart_files(paper)
    ]
    files += [
        MadeFile(each.file, each.data, each.pages)
        for paper in papers
        if paper.kind in wanted.kinds
        for each in paper.attachments
    ]
    for printed in printing.finish():
        files += printed.files
        session.diagnostics.extend(printed.findings)
    if Format.HTML in wanted.formats:
        from papergen.write.web import write_page

        files += _web_files(session, papers, files, wanted, write_page)
    return files


def compose_web_pages(session: Session, papers: Sequence[Paper]) -> list[MadeFile]:
    """The pages of HTML alone, with the data of their charts, as ``write_papers`` gives them.

    What a layout brought into them has not been looked at yet.
    """
    from papergen.write.web import compose_page

    wanted = Wanted(formats=frozenset({Format.HTML}))
    files = [MadeFile(name, data) for paper in papers for name, data in chart_files(paper)]
    compose = partial(compose_page, keep=session.memory.unless_changed)
    return [*files, *_web_files(session, papers, files, wanted, compose)]


def _web_files(
    session: Session,
    papers: Sequence[Paper],
    others: Sequence[MadeFile],
    wanted: Wanted,
    write: Callable[..., bytes | None],
) -> Iterator[MadeFile]:
    """The pages of HTML, which ``write`` makes; in a draft they show what was found up to here."""
    from papergen.write.web import Edition, WrittenPapers

    diagnostics = session.diagnostics
    chosen = [paper for paper in papers if paper.kind in wanted.kinds]
    editions = [Edition(each.name, len(each.data), each.pages) for each in others]
    beside = WrittenPapers(tuple(papers), [*editions, *(Edition(f"{paper.name}.html") for paper in chosen)])
    dresses = [dress_of(session.world, paper.template, paper.fields) for paper in chosen]
    findings = tuple(diagnostics)
    for paper, made in zip(chosen, dresses, strict=True):
        if made is None:
            continue
        session.progress("Write", f"{paper.name}.html")
        started = time.perf_counter()
        page = write(paper, dress=made.dress, beside=beside, findings=findings, diagnostics=diagnostics)
        if page is not None:
            yield MadeFile(f"{paper.name}.html", page, seconds=time.perf_counter() - started)
