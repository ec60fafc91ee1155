"""The printed editions of papers, begun early: pages are laid out in another process while this one goes on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from papergen.commands.dresses import dress_of
from papergen.diagnostics import Diagnostics
from papergen.exhibits.render import Promised
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
        self,
        session: Session,
        drawn: Promised[tuple[Paper, ...]],
        wanted: Wanted,
        printer: Partner,
        store: Store,
    ) -> None:
        """``drawn`` are the papers, whose charts may still be drawn as pixels and pages."""
        self._found = Diagnostics()
        self._session = replace(session, world=session.world.quietly(self._found))
        self._drawn, self._wanted, self._printer, self._store = drawn, wanted, printer, store
        self.papers = drawn.wait() if drawn.is_ready else drawn.early()
        in_pack = bool(self.papers) and self.papers[0].first_page is not None
        prints = () if in_pack or wanted.formats == {Format.HTML} else self.papers
        made: dict[str, _Print] = {}
        for paper in sorted(prints, key=_length, reverse=True):
            if paper.kind in wanted.kinds:
                each = made[paper.name] = self._print(paper, drawn.is_ready)
                if each.kept is None and not any(other.is_begun for other in made.values()):
                    each.begin(printer)
        self._prints = [made[paper.name] for paper in prints if paper.name in made]

    def finish(self) -> list[Printed]:
        """What each paper is printed as, in their order; ``papers`` have all their pictures from then on."""
        self.papers = self.papers if self._drawn.is_ready else self._drawn.wait()
        for each in self._prints:
            each.paper = next(paper for paper in self.papers if paper.name == each.paper.name)
        prints = self._prints or self._begun_in_pack()
        for each in prints:
            each.go_on()
        done = {each.paper.name: each.finish() for each in sorted(prints, key=lambda each: each.is_elsewhere)}
        return [Printed((), 0, tuple(self._found)), *(done[each.paper.name] for each in prints)]

    def _begun_in_pack(self) -> list[_Print]:
        prints: list[_Print] = []
        pack = () if self._wanted.formats == {Format.HTML} else self.papers
        next_page = pack[0].first_page if pack else None
        for paper in pack if next_page is not None else ():
            each = self._print(replace(paper, first_page=next_page), True)
            prints.append(each)
            if paper is pack[-1] and each.kept is None:
                each.begin(self._printer)
            elif next_page is not None:
                next_page += each.pages()
        return prints

    def _print(self, paper: Paper, is_whole: bool) -> _Print:
        """A paper to be printed; one of a pack that is not wanted itself is only laid out.

        While pictures are still to come, none like it was kept.
        """
        word = Format.DOCX in self._wanted.formats
        templates = print_templates(self._session.world, paper, word=word)
        formats = self._wanted.formats if paper.kind in self._wanted.kinds else frozenset[Format]()
        key = "" if templates is None or not is_whole else print_key(paper, templates, formats)
        kept = find_printed(self._store, key) if key else None
        self._store.account(f"{paper.name}: pages", kept=kept is not None)
        return _Print(self._session, paper, templates, formats, self._store, key, kept)


def _length(paper: Paper) -> int:
    """How much there is to lay out."""
    return sum(1 for _ in find((paper,), Table, Figure))


@dataclass(slots=True)
class _Print:
    """A paper, its templates (None where one cannot be used), and what was kept of it under ``key``.

    A paper whose pictures were still to come has none yet.
    """

    session: Session
    paper: Paper
    templates: PrintTemplates | None
    formats: frozenset[Format]
    store: Store
    key: str
    kept: Printed | None
    is_elsewhere: bool = False
    _talk: Talk[LaidPages, Paper, Printed] | None = None
    _laid: LaidPages | None = None

    @property
    def is_begun(self) -> bool:
        return self._talk is not None

    def begin(self, printer: Partner) -> None:
        """Have it laid out."""
        if self.templates is not None:
            self._talk = printer.begin(print_pages, self.paper, self.templates.dress, Format.PDF in self.formats)
            self.is_elsewhere = printer is not _HERE

    def go_on(self) -> None:
        """Let it be written, where it was begun: the paper has all its pictures now."""
        if self._talk is not None:
            self._talk.give(self.paper)

    def pages(self) -> int:
        """How many pages it has, as soon as they are laid out."""
        if self.kept is not None:
            return self.kept.pages
        if self._talk is None:
            self.begin(_HERE)
            self.go_on()
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
        key = self.key or print_key(self.paper, self.templates, self.formats)
        return keep_printed(self.store, key, Printed(files, pdf.pages, found))
