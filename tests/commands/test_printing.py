"""The printed editions of papers, and in which order they are made."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from papergen.commands.printing import Printing
from papergen.commands.steps import read_meeting
from papergen.commands.write import write_papers
from papergen.diagnostics import Diagnostic, Diagnostics
from papergen.exhibits.render import Drawn, Promised
from papergen.model.nodes import Figure, Paper, PaperKind
from papergen.model.walk import find
from papergen.papers.draw import with_pictures
from papergen.store.kept import Store
from papergen.work.helpers import Partner, Talk
from papergen.world import World
from papergen.write.dress import Dress
from papergen.write.files import Format, MadeFile, Wanted
from papergen.write.printed import LaidPages, Printed
from papergen.write.resources import ChartPages
from tests.support.builds import starter
from tests.support.pages import findings_everywhere

Pages = Callable[[Paper, Dress, bool], Generator[LaidPages, ChartPages, Printed]]

# Every figure's, and so one picture of a paper.
CHART = Drawn(b'<svg width="9" height="9"/>', b"", b"page", 18, 18)


class Printer(Partner):
    """A printer that prints as it is told, in this process."""

    def __init__(self, pages: Pages) -> None:
        super().__init__()
        self.pages = pages

    def begin(self, work: object, *paper: Any) -> Talk[Any, Any, Any]:  # noqa: ARG002
        return super().begin(self.pages, *paper)


def test_papers_without_charts_are_printed_while_charts_are_drawn(tmp_path: Path) -> None:
    happened: list[str] = []

    def pages(paper: Paper, dress: Dress, pdf: bool) -> Generator[LaidPages, ChartPages, Printed]:
        happened.append(f"{paper.name} laid out")
        charts = yield LaidPages(1, {})
        happened.append(f"{paper.name} written with {len(charts)} charts")
        return Printed((), 1, ())

    def drawn(what: str) -> tuple[Paper, ...]:
        happened.append(what)
        return with_pictures(papers, {found.node.at: CHART for found in find(papers, Figure)})

    meeting = read_meeting(World(starter(tmp_path), Diagnostics()), "2026-03-12")
    assert meeting is not None
    report = next(replace(paper, sections=()) for paper in meeting.papers if paper.kind is PaperKind.REPORT)
    appendix = next(paper for paper in meeting.papers if any(find((paper,), Figure)))
    papers = (report, replace(appendix, name="appendix-a", kind=PaperKind.APPENDIX))
    promised = Promised(lambda: drawn("every format drawn"), lambda: drawn("charts drawn"), is_ready=False)
    wanted = Wanted(frozenset(PaperKind), frozenset({Format.PDF}))
    begun = Printing(meeting.session, papers, promised, wanted, Printer(pages), Store(None))
    begun.go_on()
    assert happened == ["panel-report laid out", "panel-report written with 0 charts", "charts drawn"]
    begun.finish()
    assert happened[3:] == [
        "every format drawn",
        "appendix-a laid out",
        "appendix-a written with 1 charts",
    ]


@pytest.mark.parametrize(
    ("draft", "finds", "times"), [(True, False, 1), (True, True, 2), (False, True, 1), (False, False, 1)]
)
def test_a_page_is_composed_once_unless_a_draft_is_to_show_what_printing_found(
    tmp_path: Path, draft: bool, finds: bool, times: int
) -> None:
    found: list[Diagnostic] = []

    def pages(paper: Paper, dress: Dress, pdf: bool) -> Generator[LaidPages, ChartPages, Printed]:
        found.extend(findings_everywhere(paper)[:1] if finds else ())
        yield LaidPages(7, {})
        return Printed((MadeFile(f"{paper.name}.pdf", b"p" * 5000, 7),), 7, tuple(found))

    told: list[str] = []
    meeting = read_meeting(
        World(starter(tmp_path), Diagnostics()), "2026-03-12", draft=draft, progress=lambda *step: told.append(step[1])
    )
    assert meeting is not None
    report = next(paper for paper in meeting.papers if paper.kind is PaperKind.REPORT)
    wanted = Wanted(frozenset({PaperKind.REPORT}), frozenset({Format.PDF, Format.HTML}))
    papers = tuple[Paper, ...]((report,))
    promised = Promised(lambda: papers, lambda: papers, is_ready=True)
    begun = Printing(meeting.session, papers, promised, wanted, Printer(pages), Store(None))
    page = next(each.data.decode() for each in write_papers(meeting.session, begun, wanted) if "html" in each.name)
    assert told.count("panel-report.html") == times
    assert "(7 pages, 5 kB)" in page
    assert "<!--" not in page
    assert bool(found) is finds
    assert ('class="finding"' in page) is (draft and finds)


def test_pages_are_laid_out_for_what_is_printed_alone() -> None:
    printed = {each for each in Format if Wanted(formats=frozenset({each})).printed}
    assert printed == {Format.PDF, Format.DOCX}
    assert Wanted().printed
