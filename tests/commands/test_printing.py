"""The printed editions of papers, and in which order they are made."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import pytest

from papergen.commands import printing
from papergen.commands.steps import read_meeting
from papergen.diagnostics import Diagnostics
from papergen.exhibits.render import Drawn, Promised
from papergen.model.nodes import Figure, Paper, PaperKind
from papergen.model.walk import find
from papergen.papers.draw import with_pictures
from papergen.store.kept import Store
from papergen.work.helpers import Partner
from papergen.world import World
from papergen.write.dress import Dress
from papergen.write.files import Format, Wanted
from papergen.write.printed import LaidPages, Printed
from papergen.write.resources import ChartPages
from tests.support.builds import starter

# Every figure's, and so one picture of a paper.
CHART = Drawn(b'<svg width="9" height="9"/>', b"", b"page", 18, 18)


def test_papers_without_charts_are_printed_while_charts_are_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []

    def pages(paper: Paper, dress: Dress, pdf: bool) -> Generator[LaidPages, ChartPages, Printed]:
        happened.append(f"{paper.name} laid out")
        charts = yield LaidPages(1, {})
        happened.append(f"{paper.name} written with {len(charts)} charts")
        return Printed((), 1, ())

    def drawn(what: str) -> tuple[Paper, ...]:
        happened.append(what)
        return with_pictures(papers, {found.node.at: CHART for found in find(papers, Figure)})

    monkeypatch.setattr(printing, "print_pages", pages)
    meeting = read_meeting(World(starter(tmp_path), Diagnostics()), "2026-03-12")
    assert meeting is not None
    report = next(replace(paper, sections=()) for paper in meeting.papers if paper.kind is PaperKind.REPORT)
    appendix = next(paper for paper in meeting.papers if any(find((paper,), Figure)))
    papers = (report, replace(appendix, name="appendix-a", kind=PaperKind.APPENDIX))
    promised = Promised(lambda: drawn("every format drawn"), lambda: drawn("charts drawn"), is_ready=False)
    wanted = Wanted(frozenset(PaperKind), frozenset({Format.PDF}))
    begun = printing.Printing(meeting.session, papers, promised, wanted, Partner(), Store(None))
    begun.go_on()
    assert happened == ["panel-report laid out", "panel-report written with 0 charts", "charts drawn"]
    begun.finish()
    assert happened[3:] == [
        "every format drawn",
        "appendix-a laid out",
        "appendix-a written with 1 charts",
    ]
