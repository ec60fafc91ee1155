"""Assembling: every paper of a meeting from its files, numbered and with its references resolved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from papergen import codes
from papergen.data.binding import measure_facts
from papergen.data.book import Book
from papergen.data.expressions import evaluate
from papergen.diagnostics import Diagnostics, Severity, Span
from papergen.exhibits.kinds import ExhibitKind
from papergen.exhibits.make import ExhibitMaker
from papergen.exhibits.render import Renderer
from papergen.exhibits.workspace import workspace_charts
from papergen.model.nodes import Figure, Paper, PaperKind, Picture, Section, Table, Value
from papergen.model.walk import plain_text, walk_sections
from papergen.papers.chart_data import data_section
from papergen.papers.gather import gather
from papergen.papers.judging import only_exceptions, with_judgement, with_mark, with_other_targets
from papergen.papers.number import number_sections
from papergen.papers.references import resolve_references
from papergen.papers.summary import fill_summaries
from papergen.read.inline import read_inlines
from papergen.read.picture import load_picture
from papergen.read.section import read_section
from papergen.values.facts import Fact, PartlyRead
from papergen.workspace.names import paper_facts, settings_facts, template_fields
from papergen.workspace.settings import PaperSettings, SettingsFiles, meeting_folder
from papergen.world import World


def assemble(
    world: World,
    meeting: str,
    settings: SettingsFiles,
    book: Book,
    *,
    renderer: Renderer | None,
    draft: bool,
    diagnostics: Diagnostics,
) -> tuple[Paper, ...]:
    """The papers of ``meeting``; what is wrong in any of its files is in ``diagnostics``.

    Without a ``renderer`` the charts are not drawn: for whoever wants the words alone.
    """
    numbers = measure_facts(book)
    more_charts = workspace_charts(world, settings, diagnostics)
    papers = [
        _paper(
            world,
            meeting,
            settings,
            paper,
            index,
            book=book,
            renderer=renderer,
            numbers=numbers,
            more_charts=more_charts,
            draft=draft,
            diagnostics=diagnostics,
        )
        for index, paper in enumerate(settings.panel.papers)
    ]
    _check_objectives(papers, meeting, settings, diagnostics)
    return resolve_references(papers, diagnostics=diagnostics)


def check_files(world: World, meeting: str, *, diagnostics: Diagnostics) -> None:
    """Find what is wrong in the Markdown of ``meeting`` itself, while its settings cannot be used.

    Names in braces are let pass: which ones there are is not known.
    """

    def picture(target: str, at: Span) -> Picture | None:
        return load_picture(world, meeting_folder(meeting), target, at)

    for path in _markdown_files(world, meeting_folder(meeting)):
        text = world.read_text(path)
        if text is not None:
            read_section(
                path,
                text,
                bind=lambda expression, at: Value(text=expression.strip() or "…", expression=expression, at=at),
                load_picture=picture,
                make_exhibit=lambda block, _, at: _unmade(block, at),
                signs_heading="Signs",
                measures=None,
                diagnostics=diagnostics,
            )


def _unmade(block: str, at: Span) -> Figure | Table:
    """What stands for an exhibit that is not looked into."""
    if block == "table":
        return Table(header=(), rows=(), alignments=(), at=at)
    empty = Picture(path="", media_type="image/png", pixel_width=1, pixel_height=1, sha256="", data=b"")
    return Figure(picture=empty, alternative="a chart", at=at)


def _markdown_files(world: World, folder: str) -> Iterator[str]:
    for name in world.names(folder):
        path = f"{folder}/{name}"
        if world.is_folder(path):
            yield from _markdown_files(world, path)
        elif name.endswith(".md"):
            yield path


def _paper(
    world: World,
    meeting: str,
    settings: SettingsFiles,
    paper: PaperSettings,
    index: int,
    *,
    book: Book,
    renderer: Renderer | None,
    numbers: Mapping[str, Fact],
    more_charts: Mapping[str, ExhibitKind],
    draft: bool,
    diagnostics: Diagnostics,
) -> Paper:
    facts = settings_facts(settings)
    place = settings.sources["panel"].place(("papers", index, "title"))

    def bind_in(names: Mapping[str, Fact], expression: str, at: Span) -> Value | None:
        return evaluate(expression, at=at, facts=names, diagnostics=diagnostics)

    def words(text: str, at: Span) -> str:
        inlines = read_inlines(text, at=at, bind=lambda words, at: bind_in(facts, words, at), diagnostics=diagnostics)
        return plain_text(inlines)

    title = words(paper.title, place)
    note = words(settings.panel.source_note, settings.sources["panel"].place(("source_note",)))
    fields = {**facts, **paper_facts(paper, title=title, draft=draft, source_note=note, at=place)}
    names = {**numbers, **fields}
    if isinstance(numbers, PartlyRead):
        names = PartlyRead(names)

    def picture(target: str, at: Span) -> Picture | None:
        return load_picture(world, meeting_folder(meeting), target, at)

    def bind(expression: str, at: Span) -> Value | None:
        return bind_in(names, expression, at)

    maker = ExhibitMaker(book, renderer, bind, diagnostics, more_charts)

    def read(path: str, text: str) -> Section:
        section = read_section(
            path,
            text,
            bind=bind,
            load_picture=picture,
            make_exhibit=maker.make,
            signs_heading=settings.panel.signs_heading,
            measures=None if book.measures.is_broken else {*book.measures.settings, *book.measures.unread},
            diagnostics=diagnostics,
        )
        return with_judgement(section, book)

    folder = f"{meeting_folder(meeting)}/{paper.folder}"
    gathered = gather(world, folder, read=read, settings=settings, facts=names, diagnostics=diagnostics)
    word = settings.panel.exception_word
    gathered = fill_summaries(gathered, maker.summaries, exception=word, diagnostics=diagnostics)
    left_out: dict[str, str] = {}
    if settings.meeting.exceptions_only:
        shortened = [only_exceptions(found) for found in gathered]
        gathered = tuple(found for found, _ in shortened)
        left_out = {key: section for _, keys in shortened for key, section in keys.items()}
    sections = number_sections(gathered, depth=paper.number_depth, diagnostics=diagnostics)
    if paper.mark_exceptions:
        sections = tuple(with_mark(section, word) for section in sections)
    if paper.chart_data:
        sections += data_section(sections, title=settings.panel.chart_data_title)
    return Paper(
        name=paper.folder,
        kind=PaperKind(paper.kind),
        title=title,
        template=paper.template,
        fields=template_fields(fields),
        sections=tuple(with_other_targets(section, left_out) for section in sections) if left_out else sections,
        contents_depth=paper.contents_depth,
        first_page=settings.meeting.first_page if index == 0 else None,
        draft=draft,
        issued=settings.meeting.date,
        author=settings.panel.host_authority,
    )


def _check_objectives(papers: list[Paper], meeting: str, settings: SettingsFiles, diagnostics: Diagnostics) -> None:
    """Every objective of the plan has one file in the report."""
    for paper in papers:
        if paper.kind is not PaperKind.REPORT or not paper.sections:
            continue
        seen: dict[int, Span] = {}
        for section in walk_sections(paper.sections):
            if section.objective is None:
                continue
            if section.objective in seen:
                diagnostics.add(
                    codes.OBJECTIVE_TWICE,
                    section.at,
                    f"Objective {section.objective} has a file already, {seen[section.objective].file}.",
                    "Correct the number in one of the two.",
                )
            seen[section.objective] = section.at
        folder = f"{meeting_folder(meeting)}/{paper.name}"
        if any(found.severity is Severity.ERROR and found.at.file.startswith(f"{folder}/") for found in diagnostics):
            continue  # the file that lacks may be the one in which something is wrong
        for number, title in enumerate(settings.plan.objectives, 1):
            if number not in seen:
                diagnostics.add(
                    codes.OBJECTIVE_WITHOUT_FILE,
                    Span(folder),
                    f"The report says nothing on {settings.plan.objective_name.lower()} {number}, “{title}”.",
                    f"Add a file with “objective: {number}” in its front matter.",
                )
