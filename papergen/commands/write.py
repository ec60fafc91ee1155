"""The Write step: papers and templates become files, made in memory."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from papergen.commands.dresses import dress_of
from papergen.commands.printing import Printing
from papergen.diagnostics import Diagnostics
from papergen.model.nodes import Paper
from papergen.papers.chart_data import chart_files
from papergen.session import Session
from papergen.write.files import Format, MadeFile, Wanted

if TYPE_CHECKING:
    from papergen.write.web import WrittenPapers
    from papergen.write.web.page import ComposedPage


def write_papers(session: Session, printing: Printing, wanted: Wanted) -> list[MadeFile]:
    """The files of the papers that are wanted, and the data of their charts.

    Pages of HTML are composed, and what layouts bring into them is looked at, while pages are laid out; how long and
    large the other files are comes in last.  Drafts are composed again where printing found what they are to show.
    """
    papers = printing.papers
    chosen = [paper for paper in papers if paper.kind in wanted.kinds]
    files = [MadeFile(name, data) for paper in chosen for name, data in chart_files(paper)]
    files += [MadeFile(each.file, each.data, each.pages) for paper in chosen for each in paper.attachments]
    web: _Pages | None = None
    of_web = Diagnostics()
    if Format.HTML in wanted.formats:
        printed_too = (
            MadeFile(f"{paper.name}.{kind.value}", b"-", 1)
            for paper in chosen
            for kind in (Format.PDF, Format.DOCX)
            if kind in wanted.formats
        )
        web = _Pages(session, papers, [*files, *printed_too], wanted)
        web.check(of_web)
    before = tuple(session.diagnostics)
    for printed in printing.finish():
        files += printed.files
        session.diagnostics.extend(printed.findings)
    if web is not None and session.draft and before != tuple(session.diagnostics):
        web = _Pages(session, papers, files, wanted)
    if web is not None and not of_web.has_errors:
        files += web.files(files)
    session.diagnostics.extend(of_web)
    return files


def compose_web_pages(session: Session, papers: Sequence[Paper]) -> list[MadeFile]:
    """The pages of HTML alone, with the data of their charts, as ``write_papers`` gives them.

    What a layout brought into them has not been looked at yet.
    """
    files = [MadeFile(name, data) for paper in papers for name, data in chart_files(paper)]
    web = _Pages(session, papers, files, Wanted(formats=frozenset({Format.HTML})))
    return [*files, *web.files(files)]


class _Pages:
    """The pages of HTML; in a draft they show what was found up to here."""

    def __init__(self, session: Session, papers: Sequence[Paper], others: Sequence[MadeFile], wanted: Wanted) -> None:
        """The names of the ``others`` are those of all the files beside the pages."""
        from papergen.write.web import compose_page

        self._papers = tuple(papers)
        self._chosen = [paper for paper in papers if paper.kind in wanted.kinds]
        self._beside = self._written(others)
        dresses = [dress_of(session.world, paper.template, paper.fields) for paper in self._chosen]
        findings = tuple(session.diagnostics)
        self._composed: list[tuple[ComposedPage, float]] = []
        for paper, made in zip(self._chosen, dresses, strict=True):
            if made is None:
                continue
            session.progress("Write", f"{paper.name}.html")
            started = time.perf_counter()
            page = compose_page(
                paper,
                dress=made.dress,
                beside=self._beside,
                findings=findings,
                diagnostics=session.diagnostics,
                keep=session.memory.unless_changed,
            )
            if page is not None:
                self._composed.append((page, time.perf_counter() - started))

    def check(self, found: Diagnostics) -> None:
        """Report what layouts bring into the pages that may not stand there."""
        from papergen.write.web import check_composed

        for page, _ in self._composed:
            check_composed(page.paper, page.dress, page.linked(self._beside), found)

    def files(self, others: Sequence[MadeFile]) -> list[MadeFile]:
        """The pages, beside the ``others`` as they have become."""
        beside = self._written(others)
        return [
            MadeFile(f"{page.paper.name}.html", page.linked(beside), seconds=seconds)
            for page, seconds in self._composed
        ]

    def _written(self, others: Sequence[MadeFile]) -> WrittenPapers:
        from papergen.write.web import Edition, WrittenPapers

        editions = [Edition(each.name, len(each.data), each.pages) for each in others]
        return WrittenPapers(self._papers, [*editions, *(Edition(f"{paper.name}.html") for paper in self._chosen)])
