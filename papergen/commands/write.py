"""The Write step: papers and templates become files, made in memory."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from papergen.commands.dresses import dress_of
from papergen.model.nodes import Figure, Paper, Table
from papergen.model.walk import find
from papergen.papers.chart_data import chart_files
from papergen.session import Session
from papergen.store.kept import Store
from papergen.work.helpers import Helpers
from papergen.world import World
from papergen.write.files import Format, MadeFile, Wanted
from papergen.write.kept_prints import find_printed, keep_printed, print_key
from papergen.write.printed import Printed, PrintTemplates, print_paper, print_word


def write_papers(
    session: Session, papers: Sequence[Paper], wanted: Wanted, helpers: Helpers, store: Store
) -> list[MadeFile]:
    """The files of the papers that are wanted, and the data of their charts.

    What is not in ``store`` is printed, with ``helpers`` where there are some.  Pages of HTML come last: they link to
    the other files.
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
    if wanted.formats != {Format.HTML}:
        for printed in _printed(session, papers, wanted, helpers, store):
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
    return [*files, *_web_files(session, papers, files, wanted, compose_page)]


def _printed(
    session: Session, papers: Sequence[Paper], wanted: Wanted, helpers: Helpers, store: Store
) -> list[Printed]:
    """What each paper is printed as, in their order.

    In a printed pack a paper goes on from the last page of the one before it, so that they follow each other; where
    each begins at 1, the longest is printed here while helpers print the others.
    """
    next_page = papers[0].first_page if papers else None
    if next_page is not None:
        printed: list[Printed] = []
        for paper in papers:
            each = _to_print(session, replace(paper, first_page=next_page), wanted, store)
            printed.append(each.find() or each.begin(helpers, here=True)())
            next_page += printed[-1].pages
        return printed
    chosen = [_to_print(session, paper, wanted, store) for paper in papers if paper.kind in wanted.kinds]
    done = {each.paper.name: kept for each in chosen if (kept := each.find()) is not None}
    left = sorted((each for each in chosen if each.paper.name not in done), key=_Print.length, reverse=True)
    begun = {each.paper.name: each.begin(helpers, here=each is left[0]) for each in left}
    done |= {name: wait() for name, wait in begun.items()}
    return [done[paper.name] for paper in papers if paper.name in done]


@dataclass(frozen=True, slots=True)
class _Print:
    """A paper to be printed, its templates (None where one cannot be used), and the name under which it is kept."""

    session: Session
    paper: Paper
    templates: PrintTemplates | None
    formats: frozenset[Format]
    store: Store
    key: str

    def length(self) -> int:
        """How much there is to lay out."""
        return sum(1 for _ in find((self.paper,), Table, Figure))

    def find(self) -> Printed | None:
        """What was kept of it, or None."""
        kept = find_printed(self.store, self.key) if self.key else None
        self.store.account(f"{self.paper.name}: pages", kept=kept is not None)
        if kept is not None:
            self.session.progress("Write", f"{self.paper.name}: pages")
        return kept

    def begin(self, helpers: Helpers, *, here: bool) -> Callable[[], Printed]:
        """Have it printed, and get what waits for it; ``here`` when it is waited for."""
        templates = self.templates
        if templates is None:
            return lambda: Printed((), 0, ())
        elsewhere = None if here else helpers.submit(print_paper, self.paper, templates, self.formats)

        def wait() -> Printed:
            self.session.progress("Write", f"{self.paper.name}: pages")
            word = partial(helpers.submit, print_word)
            made = elsewhere() if elsewhere else print_paper(self.paper, templates, self.formats, word)
            return keep_printed(self.store, self.key, made)

        return wait


def _to_print(session: Session, paper: Paper, wanted: Wanted, store: Store) -> _Print:
    templates = print_templates(session.world, paper, word=Format.DOCX in wanted.formats)
    formats = wanted.formats if paper.kind in wanted.kinds else frozenset[Format]()
    key = "" if templates is None else print_key(paper, templates, formats)
    return _Print(session, paper, templates, formats, store, key)


def print_templates(world: World, paper: Paper, *, word: bool) -> PrintTemplates | None:
    """The templates of a paper, that of Word only where it is asked for; None with a diagnostic for a broken one."""
    made = dress_of(world, paper.template, paper.fields)
    return None if made is None else PrintTemplates(made.dress, made.word if word else None)


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
