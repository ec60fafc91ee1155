"""The Write step: papers and templates become files, made in memory."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from papergen import codes
from papergen.diagnostics import Span
from papergen.model.nodes import Figure, Paper, Table
from papergen.model.walk import find
from papergen.papers.chart_data import chart_files
from papergen.session import Session
from papergen.work.helpers import Helpers
from papergen.world import World
from papergen.write.files import Format, MadeFile, Wanted
from papergen.write.printed import Printed, PrintTemplates, print_paper, print_word


def write_papers(session: Session, papers: Sequence[Paper], wanted: Wanted, helpers: Helpers) -> list[MadeFile]:
    """The files of the papers that are wanted, and the data of their charts; ``helpers`` print what they can.

    Pages of HTML come last: they link to the other files.
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
        for printed in _printed(session, papers, wanted, helpers):
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


def _printed(session: Session, papers: Sequence[Paper], wanted: Wanted, helpers: Helpers) -> list[Printed]:
    """What each paper is printed as, in their order.

    In a printed pack a paper goes on from the last page of the one before it, so that they follow each other; where
    each begins at 1, the longest is printed here while helpers print the others.
    """
    as_word = Format.DOCX in wanted.formats
    templates = {paper.name: print_templates(session.world, paper, word=as_word) for paper in papers}
    next_page = papers[0].first_page if papers else None
    printed: dict[str, Printed] = {}
    if next_page is not None:
        for paper in papers:
            formats = wanted.formats if paper.kind in wanted.kinds else frozenset()
            printed[paper.name] = _print(session, replace(paper, first_page=next_page), templates, formats, helpers)
            next_page += printed[paper.name].pages
        return list(printed.values())
    chosen = [paper for paper in papers if paper.kind in wanted.kinds]
    longest = max(chosen, key=lambda paper: sum(1 for _ in find((paper,), Table, Figure)), default=None)
    elsewhere = {
        paper.name: helpers.submit(print_paper, paper, own, wanted.formats)
        for paper in chosen
        if paper is not longest and (own := templates[paper.name]) is not None
    }
    if longest is not None:
        printed[longest.name] = _print(session, longest, templates, wanted.formats, helpers)
    for paper in chosen:
        if paper.name in elsewhere:
            session.progress("Write", f"{paper.name}: pages")
            printed[paper.name] = elsewhere[paper.name]()
    return [printed[paper.name] for paper in chosen if paper.name in printed]


def _print(
    session: Session,
    paper: Paper,
    templates: Mapping[str, PrintTemplates | None],
    formats: frozenset[Format],
    helpers: Helpers,
) -> Printed:
    session.progress("Write", f"{paper.name}: pages")
    own = templates[paper.name]
    if own is None:
        return Printed((), 0, ())
    return print_paper(paper, own, formats, word=lambda request: helpers.submit(print_word, request))


def print_templates(world: World, paper: Paper, *, word: bool) -> PrintTemplates | None:
    """The templates of a paper, that of Word only where it is asked for; None with a diagnostic for a broken one."""
    stylesheet, layout = text_template(world, "paper.css"), text_template(world, f"{paper.template}.html")
    template = world.template(f"{paper.template}.docx") if word else None
    if layout is None or stylesheet is None:
        return None
    return PrintTemplates(layout, stylesheet, template)


def _web_files(
    session: Session,
    papers: Sequence[Paper],
    others: Sequence[MadeFile],
    wanted: Wanted,
    write: Callable[..., bytes | None],
) -> Iterator[MadeFile]:
    """The pages of HTML, which ``write`` makes; in a draft they show what was found up to here."""
    from papergen.write.web import Edition, WrittenPapers
    from papergen.write.web.page import LAYOUT_ENDING, STYLESHEET

    diagnostics = session.diagnostics
    chosen = [paper for paper in papers if paper.kind in wanted.kinds]
    editions = [Edition(each.name, len(each.data), each.pages) for each in others]
    beside = WrittenPapers(tuple(papers), [*editions, *(Edition(f"{paper.name}.html") for paper in chosen)])
    stylesheet = text_template(session.world, STYLESHEET)
    layouts = [text_template(session.world, f"{paper.template}{LAYOUT_ENDING}") for paper in chosen]
    findings = tuple(diagnostics)
    for paper, layout in zip(chosen, layouts, strict=True):
        if layout is None or stylesheet is None:
            continue
        session.progress("Write", f"{paper.name}.html")
        started = time.perf_counter()
        page = write(
            paper, layout=layout, stylesheet=stylesheet, beside=beside, findings=findings, diagnostics=diagnostics
        )
        if page is not None:
            yield MadeFile(f"{paper.name}.html", page, seconds=time.perf_counter() - started)


def text_template(world: World, name: str) -> str | None:
    """The text of a layout or stylesheet; None with a diagnostic."""
    data = world.template(name)
    if data is None:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        world.diagnostics.add(
            codes.FILE_ENCODING,
            Span(f"templates/{name}"),
            "The template is not UTF-8 text.",
            "Save it again with the encoding “UTF-8”.",
        )
        return None
