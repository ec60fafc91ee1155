"""The print edition beside the page: laid out in a process that may be lost and replaced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from papergen.commands.printing import print_templates
from papergen.diagnostics import Diagnostic, Diagnostics
from papergen.model.nodes import Paper
from papergen.work.helpers import Partner
from papergen.work.processes import LostError, Worker, no_preparation
from papergen.world import World
from papergen.write.printed import PrintTemplates, print_pages
from papergen.write.resources import pages_of

_PACKS_EACH = 40
"""How many packs of papers a process lays out before it is replaced: libraries below it keep memory each time."""


@dataclass(frozen=True, slots=True)
class PrintRequest:
    """What a process is given: papers with their templates, and the pages to be looked at."""

    papers: tuple[Paper, ...]
    templates: Mapping[str, PrintTemplates]
    pages: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class PrintedPack:
    """The PDFs by the names of their papers, and what was found in them and in the pages."""

    files: Mapping[str, bytes]
    of_pages: tuple[Diagnostic, ...]
    of_print: tuple[Diagnostic, ...]


def print_request(world: World, papers: Sequence[Paper], files: Mapping[str, bytes]) -> PrintRequest | None:
    """What is to be printed and looked at; None where a template cannot be used."""
    apart = World(world.root, Diagnostics())
    templates = {}
    for paper in papers:
        own = print_templates(apart, paper, word=False)
        if own is None:
            return None
        templates[paper.name] = own
    pages = {paper.name: files[f"{paper.name}.html"] for paper in papers}
    return PrintRequest(tuple(papers), templates, pages)


def print_pack(request: PrintRequest) -> PrintedPack:
    """Lay out the papers one after the other, and look at what the layouts brought into the pages."""
    from papergen.write.web.page import check_composed

    of_pages, of_print = Diagnostics(), Diagnostics()
    files: dict[str, bytes] = {}
    next_page = request.papers[0].first_page if request.papers else None
    for paper in request.papers:
        check_composed(paper, request.templates[paper.name].dress, request.pages[paper.name], of_pages)
        numbered = paper if next_page is None else replace(paper, first_page=next_page)
        talk = Partner().begin(print_pages, numbered, request.templates[paper.name].dress, True)
        laid = talk.part()
        next_page = None if next_page is None else next_page + laid.pages
        talk.give(pages_of(numbered))
        printed = talk.result()
        of_print.extend(printed.findings)
        for each in printed.files:
            files[paper.name] = each.data
    return PrintedPack(files, tuple(of_pages), tuple(of_print))


class Printer:
    """One process that prints; it is started when it is first needed, and again when it was lost."""

    def __init__(self) -> None:
        self._worker: Worker | None = None
        self._asked = 0

    def print(self, request: PrintRequest) -> PrintedPack | None:
        """What comes of a request; None where the process was lost over it.  It blocks."""
        if self._asked == _PACKS_EACH:
            self.close()
        try:
            self._worker = self._worker or Worker(no_preparation)
            self._asked += 1
            self._worker.ask(print_pack, request)
            pack: PrintedPack = self._worker.answer()
        except LostError:
            self.close()
            return None
        return pack

    def close(self) -> None:
        """End the process."""
        if self._worker is not None:
            self._worker.end()
        self._worker, self._asked = None, 0
