"""British spelling, held against the Hunspell dictionary en_GB-ise that comes with papergen.

The dictionary is that of SCOWL, version 2020.12.07 (wordlist.aspell.net; ``dictionary/LICENSE.txt``): one spelling
of each word, and "-ise" alone.  Its two files are kept as published, and read by the part of Hunspell's rules that
they use (hunspell(5): PFX, SFX, NOSUGGEST, ONLYINCOMPOUND).  ``dictionary/words.txt`` adds words of policing and of
local government, ``dictionary/rare.txt`` those of SCOWL's large British list, of the same version, that the dictionary
lacks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from papergen.language.lexicon import entries

_FOLDER = Path(__file__).resolve().parent / "dictionary"
LONGEST = 45
"""Letters of the longest word that is looked into: those of the longest in any dictionary of English."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class _Affix:
    """What a flag lets be put before or after a stem: ``added`` instead of ``cut``, where ``fits`` matches the stem."""

    flag: str
    crosses: bool
    cut: str
    added: str
    fits: re.Pattern[str]


@dataclass(frozen=True)
class Dictionary:
    """The stems of a language with their flags, and the affixes that the flags allow."""

    stems: Mapping[str, str]
    prefixes: tuple[_Affix, ...]
    suffixes: Mapping[str, tuple[_Affix, ...]]
    never_suggested: str = ""
    only_compound: str = ""
    _known: dict[str, bool] = field(default_factory=dict, compare=False)

    def knows(self, word: str) -> bool:
        """Whether a word stands in the dictionary, as it is or in small letters if it begins with a capital."""
        word = _bare(word)
        if word not in self._known:
            forms = [word] if word[:1].islower() else [word, word[:1].lower() + word[1:], word.lower()]
            if word.isupper():
                forms.append(word.capitalize())
            self._known[word] = any(self._has(form) for form in forms)
        return self._known[word]

    def _has(self, word: str) -> bool:
        flags = self.stems.get(word)
        if flags is not None and (not self.only_compound or self.only_compound not in flags):
            return True
        if any(affix.flag in flags for flags, affix in self._without_suffix(word)):
            return True
        for prefix in self.prefixes:
            if not word.startswith(prefix.added):
                continue
            bare = prefix.cut + word[len(prefix.added) :]
            if not prefix.fits.match(bare):
                continue
            if prefix.flag in self.stems.get(bare, ""):
                return True
            if prefix.crosses and any(
                suffix.crosses and suffix.flag in flags and prefix.flag in flags
                for flags, suffix in self._without_suffix(bare)
            ):
                return True
        return False

    def _without_suffix(self, word: str) -> Iterator[tuple[str, _Affix]]:
        """The flags of each stem that the word may be made of, and the suffix that would make it."""
        for length in range(1, min(8, len(word)) + 1):
            for suffix in self.suffixes.get(word[-length:], ()):
                stem = word[: len(word) - length] + suffix.cut
                flags = self.stems.get(stem)
                if flags is not None and suffix.fits.search(stem):
                    yield flags, suffix

    def near(self, word: str, *, used: Collection[str] = ()) -> str | None:
        """The likeliest word that one slip of the fingers turns into ``word``, or None; ``used`` words come first.

        The slips are those of Damerau (1964): two letters swapped, one left out, one too many, one for another.  Where
        none leads to a word, two are tried, of which one is a doubled or single letter.
        """
        small = _bare(word).lower()
        if len(small) > LONGEST:
            return None
        if not word[:1].isupper() and self._suggested(small) not in (None, small):
            return self._suggested(small)
        for candidates in (_slips(small), (two for one in _doublings(small) for two in _slips(one))):
            best: dict[str, int] = {}
            for candidate, weight in candidates:
                form = self._suggested(candidate) if candidate != small else None
                if form is not None:
                    best[form] = min(weight, best.get(form, weight))
            if best:
                found = min(best, key=lambda each: (each.lower() not in used, best[each], -len(each), each))
                return found.capitalize() if word[:1].isupper() and found.islower() else found
        return None

    def _suggested(self, word: str) -> str | None:
        """A word in small letters as the dictionary writes it, or None if it has none or is not to be suggested."""
        if len(word) < 3:
            return None
        form = next((form for form in (word, word.capitalize()) if self._has(form)), None)
        if form is None or (self.never_suggested and self.never_suggested in self.stems.get(form, "")):
            return None
        return form


def _bare(word: str) -> str:
    """A word without accents and with straight apostrophes, as the dictionary has it: "cafe" for "café"."""
    word = word.replace("’", "'")
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _slips(word: str) -> Iterator[tuple[str, int]]:
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


@cache
def british() -> Dictionary:
    """The dictionary that comes with papergen, read once."""
    affixes = (_FOLDER / "en_GB.aff").read_text(encoding="utf-8")
    stems = (_FOLDER / "en_GB.dic").read_text(encoding="utf-8")
    return read_dictionary(affixes, stems, more=_words_of((_FOLDER / "words.txt").read_text(encoding="utf-8")))


@cache
def rare() -> frozenset[str]:
    """Words that the dictionary lacks and the larger list of the same collection has, such as “subdural”."""
    return frozenset((_FOLDER / "rare.txt").read_text(encoding="utf-8").split())


def _words_of(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from line.partition("#")[0].split()


def read_dictionary(affixes: str, stems: str, *, more: Iterable[str] = ()) -> Dictionary:
    """The dictionary of an ``.aff`` and a ``.dic`` file with one-letter flags; ``more`` are lines like the latter's."""
    prefixes: list[_Affix] = []
    suffixes: dict[str, list[_Affix]] = {}
    crosses: dict[tuple[str, str], bool] = {}
    marks = {"NOSUGGEST": "", "ONLYINCOMPOUND": ""}
    for line in affixes.splitlines():
        match line.split():
            case [("NOSUGGEST" | "ONLYINCOMPOUND") as mark, flag]:
                marks[mark] = flag
            case [("PFX" | "SFX") as kind, flag, ("Y" | "N") as cross, count] if count.isdigit():
                crosses[kind, flag] = cross == "Y"
            case [("PFX" | "SFX") as kind, flag, cut, added, condition, *_]:
                pattern = "" if condition == "." else f"{condition}$" if kind == "SFX" else condition
                cut, added = ("" if part == "0" else part.partition("/")[0] for part in (cut, added))
                affix = _Affix(flag, crosses[kind, flag], cut, added, re.compile(pattern))
                if kind == "PFX":
                    prefixes.append(affix)
                else:
                    suffixes.setdefault(added, []).append(affix)
    entries: dict[str, str] = {}
    for line in (*stems.splitlines()[1:], *more):
        stem, _, flags = line.partition("/")
        if stem in entries:
            entries[stem] += flags
        elif stem:
            entries[stem] = flags
    by_ending = {ending: tuple(found) for ending, found in suffixes.items()}
    return Dictionary(entries, tuple(prefixes), by_ending, marks["NOSUGGEST"], marks["ONLYINCOMPOUND"])


# ---------------------------------------------------------------------------------------------------------------------
# American spelling

_AMERICAN = dict(entry.split() for entry in entries("american"))

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


_SHORTEST = 4
"""Letters of the shortest American word that is told by its ending (“odor”): “de” and “der” are parts of names."""


def british_form(word: str, dictionary: Dictionary) -> str | None:
    """The British spelling of a word that is spelt the American way, or None."""
    small = word.lower()
    if len(small) > LONGEST:
        return None
    found = _listed(small, dictionary) or _turned(small, dictionary)
    return found.capitalize() if found and word[:1].isupper() else found


def _listed(word: str, dictionary: Dictionary) -> str | None:
    for ending in ("", "s", "ed", "ing"):
        if ending in ("ed", "ing") and dictionary.knows(word):
            continue
        if word.endswith(ending) and (turned := _AMERICAN.get(word.removesuffix(ending))):
            return (turned.removesuffix("e") if ending in ("ed", "ing") else turned) + ending
    return None


def _turned(word: str, dictionary: Dictionary) -> str | None:
    if len(word) < _SHORTEST or dictionary.knows(word):
        return None
    for pattern, turned in _TURNS:
        for match in pattern.finditer(word):
            other = word[: match.start()] + turned + word[match.end() :]
            if dictionary.knows(other):
                return other
    return None
