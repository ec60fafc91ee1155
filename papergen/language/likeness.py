"""Words that stand in two places: passages that are alike, and phrases shared by several sections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from papergen.language.numbers import State
from papergen.language.passages import Passage
from papergen.language.words import compared, spans_of_compared
from papergen.values.periods import Period
from papergen.values.words import one_line

LEAST_WORDS = 6
"""Words of a paragraph or sentence below which a likeness says nothing."""
LEAST_WORDS_NEAR = 10
NEAR = 0.9
PHRASE = 10
"""Words in a row that two objectives seldom share by chance."""


@dataclass(frozen=True, slots=True)
class PassageWords:
    """The words of a passage, and its figures apart: what the data gave, with the periods, and what was typed."""

    passage: Passage
    words: tuple[str, ...]
    vocabulary: frozenset[str]
    figures: tuple[tuple[str, tuple[Period, ...]], ...]


def wording(passage: Passage) -> PassageWords:
    """The words of a passage.

    Of the settings' values the names count, as they move by themselves; those of data and typed ones are figures.
    """
    typed = (each for each in passage.every_number if each.state is State.TYPED)
    figures: dict[int, tuple[str, tuple[Period, ...]]] = {
        each.start: (each.text.casefold(), ()) for each in typed if passage.typed(each.start, each.end)
    }
    words, position = list[str](), 0
    for bound in passage.values:
        words += compared(passage.text[position : bound.start])
        words.append("#" if bound.value.measures else f"{{{one_line(bound.value.expression)}}}")
        if bound.value.measures:
            figures[bound.start] = bound.value.text, bound.value.periods
        position = bound.end
    words += compared(passage.text[position:])
    return PassageWords(passage, tuple(words), frozenset(words), tuple(figures[at] for at in sorted(figures)))


@dataclass(frozen=True, slots=True)
class Alike:
    """A passage, and the earlier one that it repeats word for word (``share`` is 1) or nearly so."""

    now: Passage
    before: Passage
    share: float


def alike(now: Iterable[PassageWords], before: Iterable[PassageWords]) -> Iterator[Alike]:
    """The passages that repeat an earlier one with the same figures; only those that share most words are compared."""
    earlier = [each for each in before if len(each.words) >= LEAST_WORDS]
    exact = {(each.words, each.figures): each for each in earlier}
    holders: dict[str, list[int]] = defaultdict(list)
    for index, each in enumerate(earlier):
        for word in each.vocabulary:
            holders[word].append(index)
    for each in now:
        if found := exact.get((each.words, each.figures)):
            yield Alike(each.passage, found.passage, 1.0)
        elif len(each.words) >= LEAST_WORDS_NEAR and (near := _nearest(each, earlier, holders)):
            yield near


def _nearest(wanted: PassageWords, earlier: Sequence[PassageWords], holders: dict[str, list[int]]) -> Alike | None:
    words = wanted.vocabulary
    # A passage that shares three words in four shares one of any quarter of them: the rarest are looked up.
    rarest = sorted(words, key=lambda word: len(holders.get(word, ())))[: len(words) // 4 + 1]
    best: Alike | None = None
    for index in dict.fromkeys(index for word in rarest for index in holders.get(word, ())):
        other = earlier[index]
        least = 0.75 * max(len(words), len(other.vocabulary))
        if other.figures != wanted.figures or len(words & other.vocabulary) < least:
            continue
        ratio = SequenceMatcher(None, wanted.words, other.words, autojunk=False).ratio()
        if ratio >= NEAR and (best is None or ratio > best.share):
            best = Alike(wanted.passage, other.passage, ratio)
    return best


@dataclass(frozen=True, slots=True)
class Shared:
    """Words of a passage, from ``start`` to before ``end``, that ``first`` has already."""

    passage: Passage
    start: int
    end: int
    first: Passage

    def overlaps(self, other: Shared) -> bool:
        return self.passage is other.passage and self.start < other.end and other.start < self.end


def _is_printed_by_name(passage: Passage, start: int, end: int) -> bool:
    """Whether the data or, for the most part, the settings give what stands there, as they rightly may twice."""
    inside = [bound for bound in passage.values if bound.start < end and start < bound.end]
    covered = sum(min(bound.end, end) - max(bound.start, start) for bound in inside)
    return any(bound.value.measures for bound in inside) or covered * 2 > end - start


def shared_sentences(passages: Iterable[Passage]) -> Iterator[Shared]:
    """Whole sentences, typed and without a number from the data, that a passage of another section has already."""
    seen: dict[tuple[str, ...], Passage] = {}
    for passage in passages:
        for part in passage.sentences:
            words = tuple(compared(part.text))
            if len(words) < LEAST_WORDS or _is_printed_by_name(passage, part.start, part.end):
                continue
            first = seen.setdefault(words, passage)
            if first.section.key != passage.section.key:
                yield Shared(passage, part.start, part.end, first)


def shared_phrases(groups: Iterable[tuple[int, Passage]]) -> Iterator[Shared]:
    """The longest runs of words that a passage of another group has already; each passage comes with its group."""
    seen: dict[tuple[str, ...], tuple[int, Passage]] = {}
    for group, passage in groups:
        words = compared(passage.text)
        runs: list[tuple[int, int, Passage]] = []  # from which word to before which, counted from 0
        for index in range(len(words) - PHRASE + 1):
            held, first = seen.setdefault(tuple(words[index : index + PHRASE]), (group, passage))
            if held != group:
                goes_on = runs and index <= runs[-1][1]
                start, _, first = runs.pop() if goes_on else (index, 0, first)
                runs.append((start, index + PHRASE, first))
        spans = spans_of_compared(passage.text) if runs else []
        yield from (Shared(passage, spans[start][0], spans[end - 1][1], first) for start, end, first in runs)
