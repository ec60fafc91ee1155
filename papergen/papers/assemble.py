"""Assembling: bound sections become numbered papers with their summaries and references."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial

from papergen import codes
from papergen.diagnostics import Severity, Span
from papergen.model.nodes import Paper, PaperKind, Section
from papergen.model.numerals import Numerals
from papergen.model.walk import find
from papergen.papers.attachments import appendices_section, attachments_of
from papergen.papers.beside_values import tell_beside_values
from papergen.papers.bind import BoundPaper, Charts
from papergen.papers.chart_data import data_section
from papergen.papers.gather import walk_gathered
from papergen.papers.judging import only_exceptions, with_mark, with_other_targets
from papergen.papers.negatives import with_negatives
from papergen.papers.number import number_sections
from papergen.papers.references import resolve_references
from papergen.papers.summary import fill_summaries
from papergen.papers.typed_numbers import tell_typed_numbers
from papergen.session import Session
from papergen.workspace.measures import DATA_FOLDER, MEASURES_FILE
from papergen.workspace.names import template_fields
from papergen.workspace.settings import PANEL_FILE, meeting_folder
from papergen.world import CODE_FILE


def assemble_papers(
    session: Session, bound: tuple[BoundPaper, ...], *, numerals: Mapping[str, tuple[Numerals, ...]]
) -> tuple[tuple[Paper, ...], Charts]:
    """The papers numbered, with their summaries, the data behind their charts, and every reference resolved.

    With them comes what draws the charts that they ask for.
    ``numerals`` are those of each level of headings, by the name of the Word template; figures where there are none.
    """
    titles = {paper.settings.folder: paper.title for paper in bound}
    papers = [
        _assemble(session, paper, titles, numerals.get(paper.settings.template, ()), first=index == 0)
        for index, paper in enumerate(bound)
    ]
    _check_objectives(session, papers)
    charts = {at: spec for paper in bound for at, spec in paper.charts.items()}
    resolved = resolve_references(papers, diagnostics=session.diagnostics, is_lost=_may_be_lost(session, bound))
    return resolved, charts


_OF_EXHIBITS = frozenset({MEASURES_FILE, PANEL_FILE, CODE_FILE})
_TYPED_ID = re.compile(r"\{#([\w-]+)|^\w*id\w*:[ \t]*['\"]?([\w-]+)", re.MULTILINE)


def typed_ids(text: str) -> frozenset[str]:
    """The ids that the text of a file gives, in braces or as a key of a chart or table."""
    return frozenset(key for found in _TYPED_ID.findall(text) for key in found if key)


def _may_be_lost(session: Session, bound: tuple[BoundPaper, ...]) -> Callable[[str], bool]:
    """Whether what has an id may be missing from the papers because of an error that was told of its file."""
    folder = f"{meeting_folder(session.meeting)}/"
    wrong = {each.at.file for each in session.diagnostics if each.severity is Severity.ERROR}
    texts = {each.section.at.file: each.text for paper in bound for each in walk_gathered(paper.sections)}
    data = any(file.startswith(DATA_FOLDER) or file in _OF_EXHIBITS for file in wrong)
    typed = {key for file in wrong & texts.keys() for key in typed_ids(texts[file])}
    typed |= {key for text in texts.values() for _, key in _TYPED_ID.findall(text)} if data else set()
    any_may = any(file.startswith(folder) and file.endswith(".md") for file in wrong - texts.keys())
    return lambda key: any_may or key in typed


def _assemble(
    session: Session, paper: BoundPaper, titles: Mapping[str, str], numerals: tuple[Numerals, ...], *, first: bool
) -> Paper:
    settings, diagnostics = session.settings, session.diagnostics
    words, language = settings.words(paper.settings), paper.settings.in_language
    word = words.exception
    gathered = fill_summaries(paper.sections, paper.summaries, exception=word, diagnostics=diagnostics)
    left_out: dict[str, str] = {}
    if settings.meeting.exceptions_only:
        shortened = [only_exceptions(found, words.only_exceptions) for found in gathered]
        gathered = tuple(found for found, _ in shortened)
        left_out = {key: section for _, keys in shortened for key, section in keys.items()}
    attachments = attachments_of(session, paper.settings)
    if attachments:
        others = [(each.folder, each.name, titles[each.folder]) for each in settings.papers if each.kind == "appendix"]
        at = settings.place(paper.settings.folder, "appendices")
        gathered += (appendices_section(attachments, papers=others, words=words, at=at),)
    if settings.panel.negatives:
        change = partial(with_negatives, brackets=settings.panel.negatives == "brackets")
        gathered = tuple(each.changed(change) for each in gathered)
    sections = number_sections(
        gathered, settings=paper.settings, numerals=numerals, words=words, diagnostics=diagnostics
    )
    if paper.settings.mark_exceptions:
        sections = tuple(with_mark(section, word) for section in sections)
    if paper.settings.chart_data:
        sections += data_section(sections, words)
    assembled = Paper(
        name=paper.settings.folder,
        kind=PaperKind(paper.settings.kind),
        title=paper.title,
        template=paper.settings.template,
        fields={**template_fields(paper.facts, language), "paper.head": "; ".join(each.label for each in paper.head)},
        head=paper.head,
        attachments=attachments,
        sections=tuple(with_other_targets(section, left_out) for section in sections) if left_out else sections,
        contents_depth=paper.settings.contents_depth,
        first_page=settings.meeting.first_page if first else None,
        draft=session.draft,
        issued=settings.meeting.date,
        author=paper.settings.author or settings.panel.host_authority or settings.panel.name,
        language=language,
    )
    tell_typed_numbers(assembled, diagnostics)
    tell_beside_values(assembled, diagnostics)
    return assembled


def _check_objectives(session: Session, papers: list[Paper]) -> None:
    """Every objective of the plan has one file in the reports of the meeting."""
    diagnostics, plan = session.diagnostics, session.settings.plan
    reports = [paper for paper in papers if paper.kind is PaperKind.REPORT and paper.sections]
    seen: dict[int, Span] = {}
    for section in (found.node for found in find(reports, Section)):
        if section.objective in seen:
            diagnostics.add(
                codes.OBJECTIVE_TWICE,
                section.at,
                f"{plan.objective_name} {section.objective} has a file already, {seen[section.objective].file}.",
                "Correct the number in one of the two.",
            )
        if section.objective is not None:
            seen[section.objective] = section.at
    folders = [f"{meeting_folder(session.meeting)}/{paper.name}" for paper in reports]
    wrong = {found.at.file for found in diagnostics if found.severity is Severity.ERROR}
    if not reports or any(file.startswith(f"{folder}/") for file in wrong for folder in folders):
        return  # the file that lacks may be the one in which something is wrong
    for number, title in enumerate(plan.objectives, 1):
        if number not in seen:
            diagnostics.add(
                codes.OBJECTIVE_WITHOUT_FILE,
                Span(folders[0]),
                f"The report says nothing on {plan.objective_name.lower()} {number}, “{title}”.",
                f"Add a file with “objective: {number}” in its front matter.",
            )
