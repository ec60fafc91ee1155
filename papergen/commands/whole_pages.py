"""What only whole pages show, found before a build: charts are drawn and papers laid out, and no paper is written.

What comes of it is kept, by a build too, so that only what has changed is drawn and laid out again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from papergen.commands.machine import told_of_machine
from papergen.commands.printing import print_templates, without_rows
from papergen.commands.steps import Meeting
from papergen.diagnostics import Diagnostics
from papergen.exhibits.engine import Copies
from papergen.exhibits.render import Renderer
from papergen.model.nodes import Paper
from papergen.papers.draw import draw_charts, misplaced_letters
from papergen.store.kept import Store
from papergen.work.helpers import Helpers
from papergen.work.scratch import use_scratch
from papergen.write.kept_prints import find_printed, keep_printed, laid_key
from papergen.write.printed import Printed, PrintTemplates, try_out


def look_at_pages(meeting: Meeting, store: Store, helpers: Helpers) -> Callable[[], Diagnostics]:
    """Have the charts drawn and the papers laid out by ``helpers``, and get what waits for all that is wrong there."""
    found = Diagnostics()
    with told_of_machine(found):
        use_scratch()
        drawn = draw_charts(meeting.papers, meeting.charts, Renderer(store, helpers), Copies(pixels=False, page=False))
        begun = list(_begun(meeting, drawn.wait(), store, helpers)) if drawn.is_ready else []

    def waited() -> Diagnostics:
        with told_of_machine(found):
            papers = drawn.wait()
            waiting = begun or list(_begun(meeting, papers, store, helpers))
            found.extend(misplaced_letters(papers))
            found.extend(each for wait in waiting for each in wait().findings)
        return found

    return (lambda: found) if found.has_errors else waited


def _begun(
    meeting: Meeting, papers: tuple[Paper, ...], store: Store, helpers: Helpers
) -> Iterator[Callable[[], Printed]]:
    """What waits for each paper; in a printed pack one goes on from the last page of the one before it."""
    page = papers[0].first_page if papers else None
    for paper in papers:
        shown = without_rows(paper if page is None else replace(paper, first_page=page))
        templates = print_templates(meeting.session.world.quietly(), paper, word=True)
        if templates is None:
            continue
        wait = cache(_laid(shown, templates, store, helpers))
        if page is not None:
            page += wait().pages
        yield wait


def _laid(paper: Paper, templates: PrintTemplates, store: Store, helpers: Helpers) -> Callable[[], Printed]:
    key = laid_key(paper, templates)
    kept = find_printed(store, key)
    if kept is not None:
        return lambda: kept
    laid = helpers.submit(try_out, paper, templates)
    return lambda: keep_printed(store, key, laid())
