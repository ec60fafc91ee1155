"""The papers as passages: each paragraph, cell, caption or heading as plain text, knowing which parts are values."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from papergen.diagnostics import Span
from papergen.language.dates import DATE, Stamp, stamps
from papergen.language.joints import Shape, shape
from papergen.language.numbers import FIGURES, MOST_NUMBERS, WORDS_OF_NUMBERS, Bound, Numeral, numbers_in
from papergen.language.spelling import SMALL_WORDS, is_foreign
from papergen.language.words import TextPart, Word, is_short_form, part_at, sentences, spelt_words, without_addresses
from papergen.model.nodes import CrossReference, Emphasis, Link, Paper, Section, Value
from papergen.model.walk import Place, flatten, plain_text, printed
from papergen.values.periods import MONTHS

__all__ = ["Bound", "Passage", "Place", "passages"]


_MONTHS = frozenset(name.lower() for name in MONTHS)
_FIGURE = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]+")

RUNNING = frozenset({Place.TEXT, Place.ITEM})
"""The places that hold the sentences of the text."""


@dataclass(frozen=True, eq=False)
class Passage:
    """Words that stand together, as printed on one line; footnotes are passages of their own.

    ``values`` are the bound parts; ``references`` and ``links`` the spans of cross-references (with their target) and
    of links (with their address), ``emphases`` those of words in italics.  ``at`` is where the block that holds them
    begins; ``language`` is empty for the paper's own.  What is read from the text is read once, when it is first asked
    for.
    """

    text: str
    values: tuple[Bound, ...]
    references: tuple[tuple[int, int, str], ...]
    links: tuple[tuple[int, int, str], ...]
    place: Place
    at: Span
    section: Section
    paper: Paper
    emphases: tuple[tuple[int, int], ...] = ()
    language: str = ""

    def typed(self, start: int, end: int) -> bool:
        """Whether nothing between two positions is a value."""
        return not any(bound.start < end and start < bound.end for bound in self.values)

    def is_linked(self, start: int, end: int) -> bool:
        """Whether a cross-reference or a link stands between two positions."""
        return any(first < end and start < last for first, last, _ in (*self.references, *self.links))

    @cached_property
    def sentences(self) -> tuple[TextPart, ...]:
        """The sentences in their order."""
        return tuple(sentences(self.text))

    @cached_property
    def figures(self) -> tuple[tuple[TextPart, tuple[Numeral, ...]], ...]:
        """The sentences that hold counts, percentages or sums of money, each with these."""
        every = [each for each in self.numbers if each.sort in FIGURES]
        parts = ((part, tuple(each for each in every if part.holds(each.start, each.end))) for part in self.sentences)
        return tuple((part, here) for part, here in parts if here) if every else ()

    @property
    def shape(self) -> Shape:
        """The text with a sign for each of these figures."""
        return self.shape_of(lambda _: True)

    def shape_of(self, has_sign: Callable[[Numeral], bool]) -> Shape:
        """The text with a sign for some of these figures."""
        figures = [each for _, here in self.figures for each in here if has_sign(each)]
        return shape(self.text, self.sentences, figures)

    def sentence_of(self, start: int, end: int) -> TextPart:
        """The sentence that holds what stands between two positions, or the whole text."""
        return part_at(self.sentences, start, end) or TextPart(self.text, 0, len(self.text))

    @cached_property
    def plain(self) -> str:
        """The text with as many noughts in the place of addresses and names of files."""
        return without_addresses(self.text)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words that were typed, as they are spelt, without digits, values and addresses."""
        starts = {part.start for part in sentences(self.plain)}
        every = spelt_words(self.plain, starts)
        return tuple(word for word in every if not self.values or self.typed(word.start, word.end))

    @cached_property
    def spelt(self) -> tuple[Word, ...]:
        """Those that are no abbreviations, no names with capitals in their middle, not quoted terms and in English."""
        quoted = [found.span() for found in _TERM.finditer(self.text) if found[0].count(" ") < 3]
        terms = [span for span in self.emphases if self.text.count(" ", *span) < 5]  # a name in Latin, a title
        apart = [*quoted, *terms, *((each.start, each.end) for each in self.foreign)]
        words = (each for each in self.words if each.text.islower() or not _is_name(each))
        every = (each for each in words if not _is_short(each, self.text))
        return tuple(each for each in every if not any(at <= each.start and each.end <= to for at, to in apart))

    @cached_property
    def foreign(self) -> tuple[TextPart, ...]:
        """The sentences in another language than English."""
        ends = [part.end for part in self.sentences]
        of = groupby(self.words, key=lambda word: bisect_right(ends, word.start))
        return tuple(self.sentences[index] for index, words in of if is_foreign(tuple(words)))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words in small letters, each once: what begins with none of them need not be looked for."""
        return frozenset(_LETTERS.findall(self.text.lower()))

    @cached_property
    def has_figures(self) -> bool:
        """Whether a digit stands in the text."""
        return bool(_FIGURE.search(self.text))

    @cached_property
    def _dates(self) -> tuple[re.Match[str], ...]:
        return tuple(DATE.finditer(self.text)) if self.has_figures else ()

    @cached_property
    def every_number(self) -> tuple[Numeral, ...]:
        """The numbers in the order of the text, those of values among them."""
        if not self.has_figures and self.vocabulary.isdisjoint(WORDS_OF_NUMBERS):
            return ()
        return tuple(numbers_in(self.text, self.values, self.references, dates=self._dates))

    @property
    def numbers(self) -> tuple[Numeral, ...]:
        """The numbers in the order of the text, as many as prose can hold."""
        return self.every_number[:MOST_NUMBERS]

    @cached_property
    def stamps(self) -> tuple[Stamp, ...]:
        """The dates, months and years in the order of the text."""
        if not self._dates and self.vocabulary.isdisjoint(_MONTHS):
            return ()
        return stamps(self.text, dates=self._dates)


_TERM = re.compile(r"[‘“][^‘’“”]{1,30}[’”]|\"[^\"]{1,30}\"")
_MIXED = re.compile(r"[^\W\d_]['’]?[A-Z]")
_BESIDE_A_NAME = re.compile(r" (?:[a-z]{1,3} )?[A-Z]")
_NAME_OF_PARTS = re.compile(r"[A-Z][^\W\d_]+-(?:[^\W\d_]+-)*[A-Z]")
_PLACE = re.compile(r"[A-Z][^\W\d_]+-")
"""“Ashby-de-la-Zouch”, “Cwm-cou”: the beginning of a name of several parts."""


def _is_short(word: Word, text: str) -> bool:
    """Whether a word is a short form, such as “Supt.”, or a small one of a name, such as “de”."""
    is_small = word.text in SMALL_WORDS and _BESIDE_A_NAME.match(text, word.end)
    return bool(is_small or (text[word.end : word.end + 1] == "." and is_short_form(word.text)))


def _is_name(word: Word) -> bool:
    """Whether capitals show that a word is an abbreviation, or a name of several parts or with one inside it."""
    text = word.text
    is_cased = text[1:].islower() or len(text) == 1 or not text.isalpha()
    return not is_cased or bool(_MIXED.search(text) or (_NAME_OF_PARTS if word.begins else _PLACE).match(text))


def passages(papers: Iterable[Paper]) -> Iterator[Passage]:
    """Every passage of the papers in reading order; the words of exhibits' source lines are among them."""
    for run in flatten(papers):
        text = plain_text(run.inlines)
        if text.strip():
            parts = list(printed(run.inlines))
            yield Passage(
                text,
                tuple(Bound(start, end, each) for each, start, end in parts if isinstance(each, Value)),
                tuple((start, end, each.target) for each, start, end in parts if isinstance(each, CrossReference)),
                tuple((start, end, each.href) for each, start, end in parts if isinstance(each, Link)),
                run.place,
                run.at,
                run.section,
                run.paper,
                tuple((start, end) for each, start, end in parts if isinstance(each, Emphasis)),
                run.language,
            )
