"""What the rules look at: the papers of a meeting with everything they were made from."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, wraps
from itertools import chain
from typing import TypeVar, cast

from papergen.data.book import Book
from papergen.diagnostics import Span
from papergen.language.passages import Passage, Place, passages
from papergen.model.nodes import Figure, Paper, Section, Table, Waiver
from papergen.model.walk import Found, find, plain_text, walk_files
from papergen.papers.judging import has_nothing_special
from papergen.papers.printed_text import file_sections
from papergen.read.typed import TypedFiles
from papergen.session import Memory
from papergen.workspace.settings import SettingsFiles

PROSE = frozenset({Place.TEXT, Place.ITEM, Place.NOTE, Place.FOOTNOTE, Place.CAPTION})
"""The places where numbers and dates stand in words."""

T = TypeVar("T")


@dataclass(frozen=True)
class Reading:
    """One meeting as the rules see it.

    ``previous`` are the papers of the meeting before, where its folder is in the workspace.  ``texts`` are the Markdown
    files by path, as they were typed.  ``unchanged`` are those among them that are byte for byte what the manifest of
    the last papers built records, where the folder of that meeting is no longer in the workspace.  ``lost_measures``
    are those that an error keeps from being shown.  ``files`` are the same papers file by file, each cut to the
    sections of one file; they may have been read before.
    """

    papers: tuple[Paper, ...]
    settings: SettingsFiles
    book: Book
    previous: tuple[Paper, ...]
    texts: Mapping[str, str]
    unchanged: frozenset[str] = frozenset()
    lost_measures: frozenset[str] = frozenset()
    files: tuple[Reading, ...] = ()
    _kept: dict[Hashable, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def parts(self) -> tuple[Reading, ...]:
        """The readings of the files, each of one alone, of which this may be one itself."""
        return self.files or ((self,) if len(list(_by_file(self.papers))) < 2 else in_files(self, Memory()).files)

    @cached_property
    def shortened(self) -> frozenset[str]:
        """The files whose text these papers leave out, since they give in full only what is out of the ordinary."""
        if not self.settings.meeting.exceptions_only:
            return frozenset()
        return frozenset(found.at.file for found in self.sections if has_nothing_special(found.node))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage of the papers in reading order."""
        if self.files:
            return tuple(chain.from_iterable(each.passages for each in self.files))
        return tuple(each for each in passages(self.papers) if not each.language)

    @cached_property
    def prose(self) -> tuple[Passage, ...]:
        """The passages in which numbers and dates stand in words."""
        return tuple(passage for passage in self.passages if passage.place in PROSE)

    @cached_property
    def sections(self) -> tuple[Found[Section], ...]:
        """The sections of the papers in reading order, each before those inside it."""
        return tuple(find(self.papers, Section))

    @cached_property
    def exhibits(self) -> tuple[Found[Table | Figure], ...]:
        """The tables and figures of the papers in reading order."""
        return tuple(find(self.papers, Table, Figure))

    @cached_property
    def tables(self) -> tuple[Found[Table], ...]:
        """The tables of the papers in reading order."""
        return tuple(cast(Found[Table], found) for found in self.exhibits if isinstance(found.node, Table))

    @cached_property
    def file_sections(self) -> tuple[Section, ...]:
        """The sections that are files, without those of the headings inside them."""
        return tuple(section for _, section in file_sections(self.papers) if section.at.file in self.texts)

    @cached_property
    def shown_measures(self) -> frozenset[str]:
        """The measures that a number, a judgement or an exhibit of the papers shows."""
        shown = {measure for exhibit in self.exhibits for measure in exhibit.node.measures}
        for value in (bound.value for passage in self.passages for bound in passage.values):
            shown.update(value.measures, value.how[:1])
        for judgement in (found.node.judgement for found in self.sections if found.node.topic):
            shown.update(judgement.value.measures if judgement else ())
        return frozenset(shown & self.book.measures.settings.keys())

    @cached_property
    def typed(self) -> TypedFiles:
        """The files as they were typed."""
        return TypedFiles(self.texts)

    def once(self, name: Hashable, make: Callable[[Reading], T]) -> T:
        """What ``make`` gives for this reading, made once for each ``name``."""
        if name not in self._kept:
            self._kept[name] = make(self)
        return cast("T", self._kept[name])

    @cached_property
    def _activities(self) -> Mapping[str, Section]:
        return {plain_text(section.activity).strip(): section for section in self.file_sections if section.activity}

    def place(self, passage: Passage, start: int, end: int) -> Span:
        """Where the words of a passage between two positions were typed, as near as can be told.

        An activity that a summary prints stands in the front matter of its own file.
        """
        words = passage.text[start:end]
        for bound in passage.values:
            if bound.start <= start < bound.end and bound.value.at.line:
                return bound.value.at
        if passage.place is Place.CELL and (section := self._activities.get(passage.text.strip())):
            return self.typed.front_place(words.strip(), of=section.at, key="activity")
        nth = len(re.findall(re.escape(words), passage.text[:start]))
        return self.typed.nth_place(words, nth, of=passage.at)


def once(work: Callable[[Reading], T]) -> Callable[[Reading], T]:
    """A function of the reading that several rules ask for, done once for each reading."""

    @wraps(work)
    def kept(reading: Reading) -> T:
        return reading.once(work, work)

    return kept


def in_files(reading: Reading, memory: Memory) -> Reading:
    """The reading with those of its files, among them what ``memory`` has of files that did not change."""

    def read(file: str, paper: Paper) -> Reading:
        own = {file: reading.texts[file]} if file in reading.texts else {}
        return memory.unless_changed(
            ("check", paper.name, file),
            (paper, own),
            lambda: replace(reading, papers=(paper,), previous=(), texts=own),
        )

    return replace(reading, files=tuple(read(file, paper) for file, paper in _by_file(reading.papers)))


def _by_file(papers: Iterable[Paper]) -> Iterator[tuple[str, Paper]]:
    """Each file with the paper that it belongs to, cut to the sections of that file, in reading order."""
    for paper in papers:
        files: dict[str, list[Section]] = {}
        for section in walk_files(paper.sections):
            files.setdefault(section.at.file, []).append(section)
        for file, sections in files.items():
            yield file, replace(paper, sections=tuple(sections))


def waivers_of(papers: Iterable[Paper]) -> Iterator[Waiver]:
    """Every waiver of the papers, each once."""
    yield from dict.fromkeys(waiver for found in find(papers, Section) for waiver in found.node.waivers)
