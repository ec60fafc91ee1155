"""British spelling, and what is in other languages: words beside those of the Hunspell dictionary en_GB-ise.

``dictionary/british.txt`` holds them in all their forms but those in “’s”: one spelling of each word, and "-ise" alone
(SCOWL, version 2020.12.07, wordlist.aspell.net; ``dictionary/LICENSE.txt``).  ``dictionary/words.txt`` adds words of
policing and of local government.  ``dictionary/rare.txt`` and ``dictionary/libreoffice.txt`` have those that it lacks
of SCOWL's larger British lists and of LibreOffice's dictionary (``NOTICE`` says which), in order: right, and never to
be suggested.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import product, zip_longest
from pathlib import Path

from papergen.language.lexicon import entries
from papergen.language.words import Word

_FOLDER = Path(__file__).resolve().parent / "dictionary"
LONGEST = 45
"""Letters of the longest word that is looked into: those of the longest in any dictionary of English."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_VOWELS = "aeiou"
_COMMON = 2


@dataclass(frozen=True)
class Dictionary:
    """The words of a language, each in all its forms."""

    words: frozenset[str]
    _known: dict[str, bool] = field(default_factory=dict, compare=False)

    def knows(self, word: str) -> bool:
        """Whether a word stands in the dictionary, as it is or in small letters if it begins with a capital."""
        if word not in self._known:
            bare = _bare(word)
            forms = {bare, bare[:1].lower() + bare[1:], bare.lower(), bare.capitalize() if bare.isupper() else bare}
            self._known[word] = not forms.isdisjoint(self.words)
        return self._known[word]

    def near(self, word: str, *, used: Collection[str] = (), surely: bool = False) -> str | None:
        """The likeliest word that one slip of the fingers turns into ``word``, or None; ``used`` words come first.

        The slips are those of Damerau (1964): two letters swapped, one left out, one too many, one for another; then
        two, one of them a doubled letter; then other vowels in the place of those that stand together.  ``surely``
        allows for one slip alone, and the commonest.
        """
        small = _bare(word).lower()
        if len(small) > LONGEST:
            return None
        if not word[:1].isupper() and self._suggested(small) not in (None, small):
            return self._suggested(small)
        two_slips = (two for one in _doublings(small) for two in slips(one))
        for candidates in (slips(small), two_slips, _other_vowels(small))[: 1 if surely else 3]:
            best: dict[str, int] = {}
            for candidate, weight in candidates:
                form = self._suggested(candidate) if candidate != small else None
                if form is not None and (weight <= _COMMON or not surely):
                    best[form] = min(weight, best.get(form, weight))
            if best:
                found = min(best, key=lambda each: (each.lower() not in used, best[each], -len(each), each))
                return found.capitalize() if word[:1].isupper() and found.islower() else found
        return None

    def _suggested(self, word: str) -> str | None:
        """A word in small letters as the dictionary writes it, or None if it has none or is too short to be meant."""
        forms = (word, word.capitalize()) if len(word) > 2 else ()
        return next((form for form in forms if form in self.words), None)


def _bare(word: str) -> str:
    """A word without accents and “’s”, and with straight apostrophes, as the dictionary has it: "cafe" for "café’s"."""
    word = word.replace("’", "'")
    if not word.isascii():
        parts = unicodedata.normalize("NFKD", word)
        word = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return word.removesuffix("'s")


def slips(word: str) -> Iterator[tuple[str, int]]:
    """Words one slip away, each with how unlikely the slip is."""
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        if after:
            doubled = before[-1:] == after[0] or after[1:2] == after[0]
            yield before + after[1:], 1 if doubled else 3
            for letter in _LETTERS:
                both_vowels = letter in _VOWELS and after[0] in _VOWELS
                yield before + letter + after[1:], 2 if both_vowels or {letter, after[0]} in _ALIKE else 4
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:], 1
        for letter in _LETTERS:
            yield before + letter + after, 1 if letter in (before[-1:], after[:1]) else 2 if letter in _VOWELS else 3


_ALIKE = [{"s", "c"}, {"s", "z"}, {"n", "m"}, {"c", "k"}, {"i", "y"}, {"f", "v"}]


def _doublings(word: str) -> Iterator[str]:
    for at in range(1, len(word)):
        if word[at] == word[at - 1]:
            yield word[:at] + word[at + 1 :]
        elif at > 1:
            yield word[:at] + word[at - 1] + word[at:]


def _other_vowels(word: str) -> Iterator[tuple[str, int]]:
    for found in re.finditer(f"[{_VOWELS}]{{1,3}}", word):
        for vowels in (*_VOWELS, *map("".join, product(_VOWELS, repeat=2))):
            yield word[: found.start()] + vowels + word[found.end() :], len(vowels)


@cache
def british() -> Dictionary:
    """The dictionary that comes with papergen, read once."""
    text = "\n".join((_FOLDER / file).read_text(encoding="utf-8") for file in ("british.txt", "words.txt"))
    return Dictionary(frozenset(re.sub("#.*", "", text).split()))


def is_rare(word: str) -> bool:
    """Whether a word in small letters is right but never suggested, such as “subdural”."""
    return any(_stands_in(_lines(file), word) for file in ("rare.txt", "libreoffice.txt"))


def _stands_in(lines: str, word: str) -> bool:
    """Whether a word is one of some lines in order: where few are looked for, a set of them takes longer to make."""

    def line(at: int) -> str:
        return lines[lines.rfind("\n", 0, at) + 1 : lines.find("\n", at)]

    return lines.startswith(f"{word}\n", bisect_left(range(len(lines)), word, key=line))


@cache
def _lines(file: str) -> str:
    return (_FOLDER / file).read_text(encoding="utf-8")


_AMERICAN = {
    american + ending: (british.removesuffix("e") if ending in ("ed", "ing") else british) + ending
    for american, british in map(str.split, entries("american"))
    for ending in ("", "s", "ed", "ing")
    if american + ending != british
}

_TURNS = (
    (re.compile(r"iz(?=e|ing|ation|able)"), "is"),
    (re.compile(r"yz(?=e|ing)"), "ys"),
    (re.compile(r"(?<=[a-z])or"), "our"),
    (re.compile(r"er(?=s?$|ed$)"), "re"),
    (re.compile(r"og(?=s?$)"), "ogue"),
    (re.compile(r"ens(?=es?$)"), "enc"),
    (re.compile(r"(?<=[aeiou])l(?=ed$|ing$|er|or|ings$)"), "ll"),
    (re.compile(r"(?<=[aio])ll(?=ment|s?$|ful)"), "l"),
    (re.compile(r"(?<=[a-z])e"), "ae"),
    (re.compile(r"(?<=[a-z])e"), "oe"),
)
"""What turns an American spelling into a British one (New Hart's Rules, chapter 21)."""


@lru_cache(50_000)
def british_form(word: str) -> str | None:
    """The British spelling of a word that is spelt the American way, or None."""
    small = word.lower()
    if len(small) > LONGEST:
        return None
    listed = None if small.endswith(("ed", "ing")) and british().knows(small) else _AMERICAN.get(small)
    found = listed or _turned(small)
    return found.capitalize() if found and word[:1].isupper() else found


def _turned(word: str) -> str | None:
    if len(word) < 4 or british().knows(word):  # “odor” is the shortest; “de” and “der” are parts of names
        return None
    found = ((each, turned) for pattern, turned in _TURNS for each in pattern.finditer(word))
    others = (word[: each.start()] + turned + word[each.end() :] for each, turned in found)
    return next(filter(british().knows, others), None)


SMALL_WORDS = frozenset(entries("not-english"))
"""The small words of other languages, many of which are parts of names: “de”, “van der”, “y”."""
COMMON_WORDS = frozenset(entries("english"))
"""The commonest small words of English."""


def is_foreign(words: Sequence[Word]) -> bool:
    """Whether the words of a sentence are those of another language.

    They are where half or more of them are small words of other languages or no words of English, and less than a
    quarter are small words of English.  Names count as neither.
    """
    beside = zip_longest(words, words[1:])
    no_parts = (word for word, after in beside if not (word.text in SMALL_WORDS and after and after.text[:1].isupper()))
    no_names = (word.text for word in no_parts if word is words[0] or word.text[:1].islower())
    small = [word.casefold().replace("'", "’") for word in no_names]
    if len(small) < 4:  # too few to tell
        return False
    other = sum(each in SMALL_WORDS or not any(map(british().knows, each.split("-"))) for each in small)
    return 2 * other >= len(small) > 4 * sum(each in COMMON_WORDS for each in small)
