"""From the lines of a ``chart`` or ``table`` block to a figure or table of the paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from papergen import codes
from papergen.data.book import Book
from papergen.diagnostics import Diagnostics, Span, did_you_mean
from papergen.exhibits.drawing import Drawing, Rows, Spec, Told
from papergen.exhibits.kinds import BUILT_IN, CHARTS, TABLES, ExhibitKind
from papergen.exhibits.options import Options, Request, WithTarget
from papergen.exhibits.pieces.states import state_notes
from papergen.exhibits.render import AskedChart
from papergen.exhibits.tables.summary import SummaryOptions
from papergen.model.nodes import Figure, Inlines, Table, Text
from papergen.read.context import ExhibitBlock
from papergen.read.inline import read_inlines
from papergen.values.chrome import ENGLISH, Chrome, chrome, is_english
from papergen.values.facts import FactError, UnreadError
from papergen.values.periods import print_month
from papergen.values.words import MOST_LISTED, joined
from papergen.workspace.validate import validate
from papergen.workspace.yaml_source import Yaml, parse_yaml


@dataclass(frozen=True, slots=True)
class Made:
    """What a block asked for: its figure or table, what draws a chart, and the aim of a summary table."""

    exhibit: Figure | Table
    chart: AskedChart | None = None
    summary_of: str | None = None


@dataclass(frozen=True, slots=True)
class ExhibitMaker:
    """Makes the exhibits of a meeting; ``more_charts`` are kinds that the workspace adds.

    ``inputs`` is the hash of all settings and facts, and of papergen's own code; ``words`` are those round the text,
    and ``language`` is what the text is in.
    """

    book: Book
    diagnostics: Diagnostics
    more_charts: Mapping[str, ExhibitKind]
    inputs: str = ""
    words: Chrome = field(default_factory=chrome)
    language: str = ENGLISH

    @property
    def own_language(self) -> str:
        """The language of what papergen writes of data, where the text round it is in another."""
        return "" if is_english(self.language) else ENGLISH

    def make(self, asked: ExhibitBlock) -> Made | None:
        """The exhibit that a ``chart`` or ``table`` block asks for, or None with a diagnostic.

        Values in its words have no text yet.
        """
        block, at = asked.block, asked.at
        yaml = parse_yaml(asked.lines, file=at.file, first_line=at.line, remarks=False, diagnostics=self.diagnostics)
        if yaml is None:
            return None
        if block == "chart" and isinstance(yaml.data, dict):
            yaml = replace(yaml, data=self._with_defaults(yaml.data))
        kinds = {**CHARTS, **self.more_charts} if block == "chart" else TABLES
        kind = kinds.get(str(yaml.data.get("kind"))) if isinstance(yaml.data, dict) else None
        if not isinstance(yaml.data, dict) or kind is None:
            self._unknown_kind(block, yaml.data, yaml.place(("kind",)), kinds)
            return None
        if "target" in yaml.data and kind in BUILT_IN and not issubclass(kind.options, WithTarget):
            self._no_target(block, str(yaml.data["kind"]), yaml.place(("target",)))
            return None
        options = validate(kind.options, yaml, diagnostics=self.diagnostics)
        if options is None:
            return None
        shows_targets = options.target if isinstance(options, WithTarget) else True
        request = Request(self.book.apart(), at, self.words, self.own_language, shows_targets)
        made = self._made(kind, options, request, yaml)
        if made is None:
            return None
        caption = self._words(options.caption, yaml.place(("caption",))) or (self._ours(made.title, made, request),)
        note = self._note(options, made, yaml.place(("note",)), request)
        if isinstance(made, Rows):
            table = Table(
                header=made.header,
                rows=made.rows,
                alignments=made.alignments,
                bands=made.bands,
                caption=caption,
                note=note,
                measures=made.measures,
                key=options.id or "",
                at=at,
            )
            return Made(table, summary_of=options.aim if isinstance(options, SummaryOptions) else None)
        alternative = self._words(options.alternative, yaml.place(("alternative",)))
        told_in = request.told_in if kind in BUILT_IN else self.own_language
        figure = Figure(
            picture=None,
            alternative=alternative or (self._ours(made.alternative, made, request),),
            caption=caption,
            note=note,
            data=replace(made.data, language=made.data.language or told_in),
            measures=made.measures,
            sources=made.rows,
            width=options.width,
            key=options.id or "",
            at=at,
        )
        basis = partial(self._basis, asked, kind, request.book)
        return Made(figure, chart=AskedChart(partial(_in_words, made.spec, self.words), basis))

    def _made(self, kind: ExhibitKind, options: Options, request: Request, yaml: Yaml) -> Drawing | Rows | None:
        """What a kind makes of its data, or None with a diagnostic."""
        try:
            return kind.make(options, request)
        except UnreadError as problem:
            if not self.diagnostics.has_errors:
                self.diagnostics.add(problem.code, yaml.place(("kind",)), problem.message, problem.hint)
        except FactError as problem:
            if self.diagnostics.tells(codes.DATA_FILTER, problem.message):
                return None
            place = yaml.places.get(("measure",)) or yaml.places.get(("measures",)) or yaml.place(("kind",))
            code = codes.MEASURE_UNKNOWN if problem.code is codes.VALUE_UNKNOWN else codes.EXHIBIT_IMPOSSIBLE
            self.diagnostics.add(code, place, problem.message, problem.hint)
        return None

    def _ours(self, text: str, made: Drawing | Rows, request: Request) -> Text:
        """What papergen says of data; without data it has said it in the language of the text."""
        language = request.told_in if isinstance(text, Told) else self.own_language
        return Text(text=str(text), language=language if made.measures else "")

    def _basis(self, asked: ExhibitBlock, kind: ExhibitKind, book: Book) -> tuple[str, ...]:
        """All that a chart depends on, with what it asked of its ``book`` so far.

        It is nothing for a kind of the workspace's own, whose code may do anything.
        """
        if kind in self.more_charts.values():
            return ()
        return self.inputs, self.language, asked.lines, *book.basis

    def _with_defaults(self, keys: Mapping[str, object]) -> dict[str, object]:
        """The keys of a chart, with those its measure gives for a chart of that kind where the chart does not."""
        measure = self.book.measures.settings.get(str(keys.get("measure")))
        usual = measure.chart if measure is not None else {}
        return {**usual, **keys} if keys.get("kind", usual.get("kind")) == usual.get("kind") else dict(keys)

    def _unknown_kind(self, block: str, data: object, at: Span, kinds: Mapping[str, ExhibitKind]) -> None:
        wanted = str(data.get("kind") or "") if isinstance(data, dict) else ""
        measure = str(data.get("measure")) if isinstance(data, dict) else ""
        measures = self.book.measures
        if not wanted and measure not in measures.settings and measures.may_have(measure):
            return  # its kind may stand with the measure, of which more is told
        other = "table" if block == "chart" else "chart"
        if wanted in (TABLES if block == "chart" else CHARTS):
            hint = f"“{wanted}” is a kind of {other}: begin the block with ```{other}."
        else:
            hint = did_you_mean(wanted, kinds, f"The kinds of {block} are: {', '.join(kinds)}.")
        message = f"There is no kind of {block} “{wanted}”." if wanted else f"This {block} does not say its kind."
        self.diagnostics.add(codes.EXHIBIT_KIND, at, message, hint)

    def _no_target(self, block: str, kind: str, at: Span) -> None:
        those = joined([name for name, each in CHARTS.items() if issubclass(each.options, WithTarget)], "and")
        message = f"A {block} of kind “{kind}” has no line for a target."
        hint = f"Leave “target” out; charts of kind {those} have one, and a table of kind scorecard says it in words."
        self.diagnostics.add(codes.EXHIBIT_IMPOSSIBLE, at, message, hint)

    def _words(self, text: str | None, at: Span) -> Inlines:
        return read_inlines(text, at=at, diagnostics=self.diagnostics) if text else ()

    def _last(self, measure: str) -> date:
        """How far the data of a measure go; those of a part of it may go on where the whole is held back."""
        try:
            return min(self.book.data_to(measure), self.book.series(measure).ends)
        except UnreadError:
            raise
        except FactError:
            return self.book.data_to(measure)

    def _note(self, options: Options, made: Drawing | Rows, at: Span, request: Request) -> Inlines:
        """The line below an exhibit: what to know when reading it, its source, and how far its data go."""
        known: dict[tuple[str, str], str] = {}
        for measure in made.measures:
            source = self.book.settings(measure).source.rstrip(".")
            month = print_month(self._last(measure), self.words)
            known[source, month] = self.words.data_to.format(source=source, month=month)
        sources = list(known.values())
        if len(sources) > MOST_LISTED + 1:
            sources = [
                self.words.data_to.format(source=self.words.listed(of_month, MOST_LISTED), month=month)
                for month in dict.fromkeys(month for _, month in known)
                if (of_month := tuple(source for source, to in known if to == month))
            ]
        sentences = [self._ours(each, made, request) for each in (*made.notes, *state_notes(options, made, request))]
        if sources:
            sentences.append(self._ours(Told(self.words.source.format(sources=". ".join(sources))), made, request))
        note = self._words(options.note, at)
        return (*note, *_in_a_row(sentences, lead=" " if note else ""))


def _in_words(make: Callable[[], Spec], words: Chrome) -> Spec:
    """The specification of a chart whose axes name months in ``words``."""
    spec = make()
    if is_english(words.language):
        return spec
    days = (*words.weekdays[-1:], *words.weekdays[:-1])  # Vega's weeks begin on a Sunday
    time = {
        **{"dateTime": "%x %X", "date": "%d/%m/%Y", "time": "%H:%M:%S", "periods": ["AM", "PM"]},
        **{"days": days, "shortDays": days, "months": words.months, "shortMonths": words.months_short},
    }
    number = {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["£", ""]}
    return {**spec, "config": {**spec.get("config", {}), "locale": {"time": time, "number": number}}}


def _in_a_row(sentences: Sequence[Text], *, lead: str) -> list[Text]:
    """The sentences with a blank between them, those that follow one another in one language as one text."""
    found: list[Text] = []
    for each in sentences:
        text = f"{' ' if found else lead}{each.text}"
        if found and found[-1].language == each.language:
            found[-1] = replace(each, text=f"{found[-1].text}{text}")
        else:
            found.append(replace(each, text=text))
    return found
