"""What an earlier build found in the same charts and pages, which was kept with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from papergen.commands.steps import Meeting
from papergen.diagnostics import Diagnostic
from papergen.exhibits.render import Renderer
from papergen.papers.draw import misplaced_letters, with_pictures
from papergen.store.kept import Store
from papergen.write.files import Format


def kept_findings(meeting: Meeting, store: Store) -> Iterator[Diagnostic]:
    """What is wrong in the charts that are kept and, where all of them are, on the kept pages of whole papers."""
    drawn = Renderer(store).kept(meeting.charts)
    papers = with_pictures(meeting.papers, drawn)
    yield from misplaced_letters(papers)
    if len(drawn) < len(meeting.charts) or not papers:
        return
    from papergen.commands.printing import print_templates
    from papergen.write.kept_prints import find_printed, print_key

    page = papers[0].first_page
    for paper in papers:
        templates = print_templates(meeting.session.world.quietly(), paper, word=True)
        shown = paper if page is None else replace(paper, first_page=page)
        printed = templates and find_printed(store, print_key(shown, templates, frozenset(Format)))
        if printed:
            yield from printed.findings
        if page is not None and not printed:
            return
        page = page + printed.pages if page is not None and printed else None
