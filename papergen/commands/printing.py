"""The printed editions of papers, begun early: pages are laid out in another process while this one goes on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from papergen.commands.dresses import dress_of
from papergen.diagnostics import Diagnostics
from papergen.exhibits.render import Promised
from papergen.model.nodes import Block, Figure, Inline, Paper, Table, Value
from papergen.model.walk import Within, find, rebuild
from papergen.session import Session
from papergen.store.kept import Store
from papergen.work.helpers import Partner, Talk
from papergen.world import World
from papergen.write.files import Format, Wanted
from papergen.write.kept_prints import find_printed, keep_printed, print_key
from papergen.write.printed import LaidPages, Printed, PrintTemplates, print_pages, print_word
from papergen.write.resources import ChartPages, pages_of

_HERE = Partner()


def print_templates(world: World, paper: Paper, *, word: bool) -> PrintTemplates | None:
    """The templates of a paper, that of Word only where it is asked for; None with a diagnostic for a broken one."""
    made = dress_of(world, paper.template, paper.fields)
    return None if made is None else PrintTemplates(made.dress, made.word if word else None)


class Printing:
    """Papers that are being printed in the formats that are wanted; what is in ``store`` need not be.

    Papers whose charts are all there are begun at once, the others when ``go_on`` is called.  The one with most to lay
    out goes to ``printer``; what else there is to print is done when it is waited for.  In a printed pack a paper goes
    on from the last page of the one before it, so that they follow each other.
    """

    def __init__(
        self,
        session: Session,
        papers: tuple[Paper, ...],
        drawn: Promised[tuple[Paper, ...]],
        wanted: Wanted,
        printer: Partner,
        store: Store,
    ) -> None:
        """``drawn`` are the ``papers`` with their charts, which may still be drawn."""
        self._found = Diagnostics()
        self._session = replace(session, world=session.world.quietly(self._found))
        self._drawn, self._wanted, self._printer, self._store = drawn, wanted, printer, store
        self._templates: dict[str, PrintTemplates | None] = {}
        self._prints: dict[str, _Print] = {}
        self.papers = drawn.wait() if drawn.is_ready else papers
        self._begin(charts_to_come=False)

    def go_on(self) -> None:
        """Lay out the papers that waited for their charts, as soon as these are drawn as SVG."""
        if self._drawn.is_ready:
            return
        for each in self._prints.values():  # there is time for it while charts are drawn
            each.go_on()
            each.finish()
        self.papers = self._drawn.early()
        self._begin(charts_to_come=True)

    def finish(self) -> list[Printed]:
        """What each paper is printed as, in their order; ``papers`` have all their pictures from then on."""
        self.papers = self.papers if self._drawn.is_ready else self._drawn.wait()
        for paper in self.papers:
            if paper.name in self._prints:
                self._prints[paper.name].paper = _without_rows(paper)
        prints = [*self._prints.values()] or self._begun_in_pack()
        for each in prints:
            each.go_on()
        done = {each.paper.name: each.finish() for each in sorted(prints, key=lambda each: each.is_elsewhere)}
        made = (done[paper.name] for paper in self.papers if paper.name in done)
        return [Printed((), 0, tuple(self._found)), *made]

    def _begin(self, *, charts_to_come: bool) -> None:
        """Print those of the papers that lack no picture and were not begun; the longest in the other process."""
        in_pack = bool(self.papers) and self.papers[0].first_page is not None
        begun = False
        for paper in sorted(self.papers, key=lambda paper: sum(1 for _ in find((paper,), Table, Figure)), reverse=True):
            if in_pack or not self._wanted.printed or paper.kind not in self._wanted.kinds:
                continue
            self._templates_of(paper)  # which takes as long as some charts to draw
            if paper.name not in self._prints and _has_pictures(paper):
                each = self._prints[paper.name] = self._print(paper, not charts_to_come)
                if each.kept is None and not begun:
                    each.begin(self._printer)
                    begun = True

    def _begun_in_pack(self) -> list[_Print]:
        prints: list[_Print] = []
        pack = self.papers if self._wanted.printed else ()
        next_page = pack[0].first_page if pack else None
        for paper in pack if next_page is not None else ():
            each = self._print(replace(paper, first_page=next_page), True)
            prints.append(each)
            if paper is pack[-1] and each.kept is None:
                each.begin(self._printer)
            elif next_page is not None:
                next_page += each.pages()
        return prints

    def _templates_of(self, paper: Paper) -> PrintTemplates | None:
        if paper.name not in self._templates:
            word = Format.DOCX in self._wanted.formats
            self._templates[paper.name] = print_templates(self._session.world, paper, word=word)
        return self._templates[paper.name]

    def _print(self, paper: Paper, is_whole: bool) -> _Print:
        """A paper to be printed; one of a pack that is not wanted itself is only laid out.

        While pictures are still to come, none like it was kept.
        """
        templates, paper = self._templates_of(paper), _without_rows(paper)
        formats = self._wanted.formats if paper.kind in self._wanted.kinds else frozenset[Format]()
        key = "" if templates is None or not is_whole else print_key(paper, templates, formats)
        kept = find_printed(self._store, key) if key else None
        self._store.account(f"{paper.name}: pages", kept=kept is not None)
        return _Print(self._session, paper, templates, formats, self._store, key, kept)


def _without_rows(paper: Paper) -> Paper:
    """The paper without the rows of data that it is from: most of its parts, and nothing of what is printed."""

    def block(found: Block, _: Within) -> Block:
        return replace(found, sources=()) if isinstance(found, Figure) else found

    def inline(found: Inline) -> Inline:
        return replace(found, sources=()) if isinstance(found, Value) else found

    sections = (rebuild(each, block=block, inline=inline) for each in paper.sections)
    return replace(paper, sections=tuple(sections))


def _has_pictures(paper: Paper) -> bool:
    return all(found.node.picture is not None for found in find((paper,), Figure))


@dataclass(slots=True)
class _Print:
    """A paper, its templates (None where one cannot be used), and what is kept of it under ``key``.

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
    _talk: Talk[LaidPages, ChartPages, Printed] | None = None
    _laid: LaidPages | None = None

    def begin(self, printer: Partner) -> None:
        """Have it laid out."""
        if self.templates is not None:
            self._talk = printer.begin(print_pages, self.paper, self.templates.dress, Format.PDF in self.formats)
            self.is_elsewhere = printer is not _HERE

    def go_on(self) -> None:
        """Let it be written, where it was begun: the paper has all its pictures now."""
        if self._talk is not None:
            self._talk.give(pages_of(self.paper))

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
        if self.kept is not None:
            return self.kept
        self.session.progress("Write", f"{self.paper.name}: pages")
        pages = self.pages()
        if self._talk is None or self._laid is None or self.templates is None:
            return Printed((), 0, ())
        word = None
        if pages and Format.DOCX in self.formats and self.templates.word is not None:
            word = print_word(self.paper, self.templates.word, self._laid)
        pdf, self._talk = self._talk.result(), None
        files, found = (*pdf.files, *(word.files if word else ())), (*pdf.findings, *(word.findings if word else ()))
        key = self.key or print_key(self.paper, self.templates, self.formats)
        self.kept = keep_printed(self.store, key, Printed(files, pdf.pages, found))
        return self.kept
