"""The printed editions of papers, begun early: pages are laid out in another process while this one goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from papergen.commands.dresses import dress_of
from papergen.diagnostics import Diagnostics
from papergen.model.nodes import Figure, Paper, Table
from papergen.model.walk import find
from papergen.session import Session
from papergen.store.kept import Store
from papergen.work.helpers import Partner, Talk
from papergen.world import World
from papergen.write.files import Format, Wanted
from papergen.write.kept_prints import find_printed, keep_printed, print_key
from papergen.write.printed import LaidPages, Printed, PrintTemplates, print_pages, print_word

_HERE = Partner()


def print_templates(world: World, paper: Paper, *, word: bool) -> PrintTemplates | None:
    """The templates of a paper, that of Word only where it is asked for; None with a diagnostic for a broken one."""
    made = dress_of(world, paper.template, paper.fields)
    return None if made is None else PrintTemplates(made.dress, made.word if word else None)


class Printing:
    """Papers that are being printed in the formats that are wanted; what is in ``store`` need not be.

    The paper with most to lay out goes to ``printer`` at once; what else there is to print is done when it is waited
    for.  In a printed pack a paper goes on from the last page of the one before it, so that they follow each other.
    """

    def __init__(
        self, session: Session, papers: Sequence[Paper], wanted: Wanted, printer: Partner, store: Store
    ) -> None:
        self._found = Diagnostics()
        self._session = replace(session, world=session.world.quietly(self._found))
        self._wanted, self._printer, self._store = wanted, printer, store
        papers = () if wanted.formats == {Format.HTML} else papers
        first = papers[0].first_page if papers else None
        self._pack = () if first is None else tuple(papers)
        self._prints = [] if self._pack else [self._print(paper) for paper in papers if paper.kind in wanted.kinds]
        left = [each for each in self._prints if each.kept is None]
        if left:
            max(left, key=_Print.length).begin(printer)

    def finish(self) -> list[Printed]:
        """What each paper is printed as, in their order."""
        prints = self._prints or self._begun_in_pack()
        done = {each.paper.name: each.finish() for each in sorted(prints, key=lambda each: each.is_elsewhere)}
        return [Printed((), 0, tuple(self._found)), *(done[each.paper.name] for each in prints)]

    def _begun_in_pack(self) -> list[_Print]:
        prints: list[_Print] = []
        next_page = self._pack[0].first_page if self._pack else None
        for paper in self._pack:
            each = self._print(replace(paper, first_page=next_page))
            prints.append(each)
            if paper is self._pack[-1] and each.kept is None:
                each.begin(self._printer)
            elif next_page is not None:
                next_page += each.pages()
        return prints

    def _print(self, paper: Paper) -> _Print:
        """A paper to be printed; one of a pack that is not wanted itself is only laid out."""
        word = Format.DOCX in self._wanted.formats
        templates = print_templates(self._session.world, paper, word=word)
        formats = self._wanted.formats if paper.kind in self._wanted.kinds else frozenset[Format]()
        key = "" if templates is None else print_key(paper, templates, formats)
        kept = find_printed(self._store, key) if key else None
        self._store.account(f"{paper.name}: pages", kept=kept is not None)
        return _Print(self._session, paper, templates, formats, self._store, key, kept)


@dataclass(slots=True)
class _Print:
    """A paper, its templates (None where one cannot be used), the name under which it is kept, and what was kept."""

    session: Session
    paper: Paper
    templates: PrintTemplates | None
    formats: frozenset[Format]
    store: Store
    key: str
    kept: Printed | None
    is_elsewhere: bool = False
    _talk: Talk[LaidPages, Printed] | None = None
    _laid: LaidPages | None = None

    def length(self) -> int:
        """How much there is to lay out."""
        return sum(1 for _ in find((self.paper,), Table, Figure))

    def begin(self, printer: Partner) -> None:
        """Have it laid out."""
        if self.templates is not None:
            self._talk = printer.begin(print_pages, self.paper, self.templates.dress, Format.PDF in self.formats)
            self.is_elsewhere = printer is not _HERE

    def pages(self) -> int:
        """How many pages it has, as soon as they are laid out."""
        if self.kept is not None:
            return self.kept.pages
        if self._talk is None:
            self.begin(_HERE)
        if self._laid is None and self._talk is not None:
            self._laid = self._talk.part()
        return self._laid.pages if self._laid is not None else 0

    def finish(self) -> Printed:
        """What it is printed as: the Word file is written while the PDF may be."""
        self.session.progress("Write", f"{self.paper.name}: pages")
        if self.kept is not None:
            return self.kept
        pages = self.pages()
        if self._talk is None or self._laid is None or self.templates is None:
            return Printed((), 0, ())
        word = None
        if pages and Format.DOCX in self.formats and self.templates.word is not None:
            word = print_word(self.paper, self.templates.word, self._laid)
        pdf = self._talk.result()
        files, found = (*pdf.files, *(word.files if word else ())), (*pdf.findings, *(word.findings if word else ()))
        return keep_printed(self.store, self.key, Printed(files, pdf.pages, found))
