"""Names that stand in two spellings: a person's, a place's, or one of the panel's own with a slip in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from papergen.check.reading import Reading, once
from papergen.check.rule import Finding, rule
from papergen.check.rules.plain_words import known_words, own_words, spelt_words
from papergen.diagnostics import Severity
from papergen.language.passages import Passage
from papergen.language.spelling import LONGEST, british, is_rare, slips
from papergen.language.words import Word, near_before

_SHORTEST = 5
"""Letters of a name from which on one slip hardly makes another of it by chance."""
_MEN, _WOMEN = frozenset({"Mr", "Sir", "Lord"}), frozenset({"Mrs", "Ms", "Miss", "Dame", "Lady"})
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Dame|Lord|Lady|Prof|Professor|Cllrs?|Councillors?|Rev|Revd)"
_NAME = re.compile(rf"[A-Z][a-z]{{4,{LONGEST - 1}}}")
_BEFORE = re.compile(rf"(?:\b(?P<title>{_TITLE})\.? )?(?P<given>\b[A-Z]\w*(?:-[A-Z]\w+)? |(?:\b[A-Z]\.? ?){{1,3}} ?)?$")
"""The title, and the first name or the initials, before a name."""


@dataclass(frozen=True, slots=True)
class _Use:
    """A name where it stands: the title and given name or initials before it, if it is somebody's."""

    name: str
    title: str
    given: str
    passage: Passage
    start: int

    @property
    def where(self) -> tuple[Passage, int, int]:
        return self.passage, self.start, self.start + len(self.name)

    def may_be(self, other: _Use) -> bool:
        """Whether what goes before two names lets them be one person's, and says that they are somebody's."""
        sexes = {each.title in _MEN for each in (self, other) if each.title in _MEN | _WOMEN}
        initials = {each.given[0] for each in (self, other) if each.given}
        in_full = {each.given for each in (self, other) if len(each.given) > 2}
        is_said = len(in_full) == 1 and self.given == other.given
        # “Our adviser, John Harcastle, agrees; Mr Hardcastle will attend.”
        first, last = sorted((self, other), key=lambda each: each.start)
        is_said |= len(in_full) == 1 and not first.title and bool(last.title) and not last.given
        is_apart = self.passage is not other.passage or is_said
        return len(sexes) < 2 and len(initials) < 2 and len(in_full) < 2 and is_apart


@rule("C511", Severity.WARNING)
def find_names_spelt_two_ways(reading: Reading) -> Iterator[Finding]:
    """A name is spelt in two ways.

    A surname that stands with one letter more, fewer or other elsewhere, where title and first name or initial may be
    the same person's; the rarer is told. A name of the settings with one such slip in it.
    Source: House practice: a name is the first thing that its owner reads
    Example: “Area Manager Sarah Whitcomb” in papers that have “S. Whitcombe” in a table.
    """
    uses = defaultdict[str, list[_Use]](list)
    for part in reading.parts:
        for use in _uses(part):
            uses[use.name].append(use)
    own = {each for each in own_words(reading) if len(each) > _SHORTEST}
    known = {word.casefold() for word in known_words(reading)} | own
    people = {name: [use for use in every if use.title or use.given] for name, every in uses.items()}
    told, order = set[str](), [*uses]
    pairs = {(min(name, near), max(name, near)) for name in uses if people[name] for near in _near(name, uses)}
    for one, other in sorted(pairs):
        usual, rarer = sorted((one, other), key=lambda name: (-len(uses[name]), order.index(name)))
        if not {one.casefold(), other.casefold()} & known and _is_one_person(people[rarer], people[usual]):
            told.add(rarer)
            at = reading.place(*uses[usual][0].where)
            message = f"“{rarer}” is spelt “{usual}” in {at.file}, line {at.line}."
            yield Finding(uses[rarer][0].where, message, _ONE_OR_TWO)
    for name in (each for each in uses if each.casefold() not in known and each not in told and not _is_word(each)):
        near = next((each for each in _near(name.casefold(), own) if not _is_word(each)), None)
        if near:
            message = f"“{name}” is nearly “{near.capitalize()}”, which the settings have."
            yield Finding(uses[name][0].where, message, f"Write “{near.capitalize()}”, or {_ADD}")


_ADD = "add it to known_words in content/panel.yaml."
_ONE_OR_TWO = "Correct the one that is wrong; if they are two people, give the first names of both."


def _is_one_person(rarer: Sequence[_Use], usual: Sequence[_Use]) -> bool:
    """Whether all that bear a name may be one that bears the other, and somebody's name they are."""
    return bool(rarer) and all(any(one.may_be(other) for other in usual) for one in rarer)


@once
def _uses(file: Reading) -> tuple[_Use, ...]:
    """The names of a file: words with a capital after a title, a first name or initials, or inside a sentence."""
    return tuple(use for passage, word in spelt_words(file) if (use := _use(passage, word)))


def _use(passage: Passage, word: Word) -> _Use | None:
    before = _BEFORE.search(near_before(passage.text, word.start)) if _NAME.fullmatch(word.text) else None
    title, given = (before[name] or "" for name in ("title", "given")) if before else ("", "")
    given = given.replace(".", "").strip()
    if len(given) > _INITIALS and given.casefold() in british().words and given not in british().words:
        given = ""  # “Area Manager”
    is_name = before and (title or given or not word.begins) and (title or not _is_word(word.text))
    return _Use(word.text, title, given, passage, word.start) if is_name else None


_INITIALS = 3
"""Initials that somebody may have at most."""


def _is_word(text: str) -> bool:
    """Whether a word with a capital is one that stands in small letters too."""
    small = text.casefold()
    return small in british().words or is_rare(small) or text in british().words


def _near(name: str, others: Collection[str]) -> list[str]:
    """Those of some words that one slip of the fingers makes of a name; its first letter and a last “s” are none."""
    made = {each for each, _ in slips(name) if each[:1] == name[0]} - {name, f"{name}s", name.removesuffix("s")}
    return sorted(made.intersection(others))
