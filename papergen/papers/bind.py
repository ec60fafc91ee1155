"""Binding: values get their words, blocks of exhibits become figures and tables, and sections their judgements."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from papergen.data.binding import measure_facts
from papergen.data.expressions import evaluate
from papergen.diagnostics import Span
from papergen.exhibits.make import ExhibitMaker, Made
from papergen.exhibits.render import AskedChart
from papergen.exhibits.workspace import workspace_charts
from papergen.model.nodes import Block, Figure, HeadLine, InLanguage, Inline, Inlines, Section, Table, Value
from papergen.model.walk import Within, find_in, plain_text, rebuild, rebuild_blocks, rebuild_inlines
from papergen.papers.gather import GatheredSection
from papergen.papers.judging import with_judgement
from papergen.papers.read import ReadPaper
from papergen.read.context import ExhibitBlock
from papergen.read.inline import read_inlines
from papergen.session import Session
from papergen.values.chrome import chrome
from papergen.values.facts import Fact, Unread
from papergen.workspace.names import paper_facts, settings_facts
from papergen.workspace.paper_settings import PaperSettings
from papergen.workspace.settings import SettingsFiles

Charts = Mapping[Span, AskedChart]
"""What draws each chart, by the place of its block."""

BindValue = Callable[[Value, str], Value | None]
"""Binds a value in words of a language, which is empty for that of the paper."""
MakeExhibit = Callable[[ExhibitBlock], Figure | Table | None]


@dataclass(frozen=True, slots=True)
class BoundPaper:
    """A paper whose values, exhibits and judgements are in place: ``facts`` are those that templates may print.

    ``head`` are its lines of facts; one whose words are not known yet is left out.  ``charts`` are not drawn yet;
    ``summaries`` are the places of the summary tables, each with its aim.
    """

    settings: PaperSettings
    title: str
    facts: Mapping[str, Fact]
    head: tuple[HeadLine, ...]
    sections: tuple[GatheredSection, ...]
    charts: Charts
    summaries: Mapping[Span, str]


def bind_papers(session: Session, papers: tuple[ReadPaper, ...]) -> tuple[BoundPaper, ...]:
    """The papers with every value, exhibit and judgement in place."""
    numbers = measure_facts(session.book)
    more_charts = workspace_charts(session.world, session.settings, session.diagnostics)
    maker = ExhibitMaker(session.book, session.diagnostics, more_charts, session.inputs)
    return tuple(_bind(session, paper, numbers, maker) for paper in papers)


def _bind(session: Session, paper: ReadPaper, numbers: Fact, maker: ExhibitMaker) -> BoundPaper:
    panel, source = session.settings.panel, session.settings.sources["panel"]
    language = paper.settings.in_language
    facts = settings_facts(session.settings, language)
    place = session.settings.place(paper.settings.folder, "title")

    def words(text: str, at: Span) -> str:
        return plain_text(
            bind_words(read_inlines(text, at=at, diagnostics=session.diagnostics), session, Fact(parts=facts), language)
        )

    title = words(paper.settings.title, place)
    note = words(panel.source_note, source.place(("source_note",)))
    own = paper_facts(paper.settings, session.settings, title=title, draft=session.draft, source_note=note, at=place)
    fields = {**facts, **own}
    names = replace(numbers, parts={**numbers.parts, **fields})
    head = tuple(_head(paper.settings, session, names))
    own_maker = replace(maker, words=session.settings.words(paper.settings))
    charts: dict[Span, AskedChart] = {}
    summaries: dict[Span, str] = {}

    def bound(found: GatheredSection) -> GatheredSection:
        def once(apart: Session) -> _BoundFile:
            return _bind_file(found, apart, names, own_maker, language)

        file = found.section.at.file
        # A picture is another file, which may have changed though the text has not.
        kept = "![" not in found.text
        key = ("bind", paper.settings.folder, file, found.text)
        made = session.memory.once(key, session, once) if kept else once(session)
        charts.update(made.charts)
        summaries.update(made.summaries)
        return replace(found, section=made.section, inside=tuple(bound(each) for each in found.inside), exhibits=())

    sections = tuple(bound(each) for each in paper.sections)
    return BoundPaper(paper.settings, title, {**session.book.facts.parts, **fields}, head, sections, charts, summaries)


def _head(paper: PaperSettings, session: Session, names: Fact) -> Iterator[HeadLine]:
    """The lines of facts at the head of a paper that have words."""
    for label, words in paper.head.items():
        at = session.settings.place(paper.folder, "head", label)
        read = read_inlines(words or "", at=at, diagnostics=session.diagnostics)
        if read and not any(_is_unknown_yet(value, names) for value in find_in(read, Value)):
            yield HeadLine(label=label, words=bind_words(read, session, names, paper.in_language), at=at)


def _is_unknown_yet(value: Value, names: Fact) -> bool:
    """Whether a value names a fact of the settings that this meeting does not have, such as its agenda item."""
    fact: Fact | Unread | None = names
    for name in value.expression.split("."):
        fact = fact.lookup(name) if isinstance(fact, Fact) else None
    return isinstance(fact, Fact) and fact.value == ""


@dataclass(frozen=True, slots=True)
class _BoundFile:
    section: Section
    charts: Charts
    summaries: Mapping[Span, str]


def _bind_file(found: GatheredSection, session: Session, names: Fact, maker: ExhibitMaker, of_paper: str) -> _BoundFile:
    charts: dict[Span, AskedChart] = {}
    summaries: dict[Span, str] = {}

    def value(unbound: Value, language: str) -> Value | None:
        return evaluate(
            unbound.expression,
            at=unbound.at,
            facts=_in_language(names, session.settings, language, of_paper),
            diagnostics=session.diagnostics,
            language=language or of_paper,
        )

    parts = find_in((found.section,), Section, InLanguage)
    languages = {each.at: part.language for part in parts if part.language for each in find_in((part,), Figure, Table)}

    def exhibit(asked: ExhibitBlock) -> Figure | Table | None:
        language = languages.get(asked.at, of_paper)
        words = maker.words if language == of_paper else chrome(language)

        def once(apart: Session) -> Made | None:
            return replace(maker, diagnostics=apart.diagnostics, words=words, language=language).make(asked)

        made = session.memory.once(("exhibit", asked, language), session, once)
        if made is None:
            return None
        if made.chart is not None:
            charts[asked.at] = made.chart
        if made.summary_of is not None:
            summaries[asked.at] = made.summary_of
        return made.exhibit

    section = bind_section(found.section, found.exhibits, value=value, exhibit=exhibit)
    return _BoundFile(with_judgement(section, session.book), charts, summaries)


def _in_language(names: Fact, settings: SettingsFiles, language: str, of_paper: str) -> Fact:
    """The names, with the facts of the settings in the language of a part of the paper."""
    if language in ("", of_paper):
        return names
    return replace(names, parts={**names.parts, **settings_facts(settings, language)})


def bind_words(words: Inlines, session: Session, names: Fact, language: str) -> Inlines:
    """Words outside the sections, such as the title of a paper, likewise."""

    def value(found: Value) -> Value | None:
        return evaluate(found.expression, at=found.at, facts=names, diagnostics=session.diagnostics, language=language)

    return rebuild_inlines(words, _unbound(value))


def bind_section(
    section: Section, exhibits: tuple[ExhibitBlock, ...], *, value: BindValue, exhibit: MakeExhibit
) -> Section:
    """A section as it was read, with ``value(found, language)`` for each value and ``exhibit(block)`` for each exhibit.

    A caption that the author wrote for an exhibit takes the place of its own.
    """
    asked = {block.at: block for block in exhibits}

    def unbound(language: str) -> Callable[[Inline], Inline | None]:
        return _unbound(lambda found: value(found, language))

    def block(found: Block, _: Within) -> Block | None:
        if isinstance(found, InLanguage):
            return replace(found, blocks=rebuild_blocks(found.blocks, inline=unbound(found.language)))
        if not isinstance(found, Figure | Table) or found.at not in asked:
            return found
        made = exhibit(asked[found.at])
        return replace(made, caption=found.caption, key=found.key) if made and found.caption else made

    return rebuild(section, block=block, inline=unbound(section.language))


def _unbound(value: Callable[[Value], Value | None]) -> Callable[[Inline], Inline | None]:
    return lambda found: (value(found) or found) if isinstance(found, Value) and not found.text else found
