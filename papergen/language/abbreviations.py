"""Abbreviations in a paper: where each is first used, and whether it is spelt out there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from papergen.language.lexicon import entries
from papergen.language.passages import Passage, Place
from papergen.language.words import SPEECH
from papergen.model.walk import plain_text
from papergen.work.records import dataclass

EVERYBODY_KNOWS = frozenset(entries("everybody-knows"))
"""Abbreviations that need no spelling out; “TBC” is for C403."""
_RANKS = frozenset(entries("ranks"))
_ABBREVIATION = re.compile(
    r"(?<![\w.&'’/-])(?<![\w]/)(?:[A-Z]{2,}(?:&[A-Z]+)?(?:-[A-Z]{2,})*|(?!\w?Mc)[A-Z]{1,2}[a-z][A-Z]{1,4})(?=s?(?![\w&]))"
    r"|(?<=[A-Z]/)[A-Z]{2,}(?=s?\b)"
)
_SCHOOLS = frozenset({"CE", "RC", "VA", "VC"})
_NAMED_SO = re.compile(r"(?:^| )(?!(?:The|Our|Its|A|An|New|Former) $)[A-Z][\w’]+ $")
_GRID = re.compile(r" (?:\d\d \d\d|\d{3} \d{3}|\d{4} \d{4}|\d{5} \d{5})\b")
"""The eastings and northings that follow the letters of a square: “SH 568 529”."""
_CAPITALS = re.compile(r"[A-Z][a-z]?[A-Z]")
_ROMAN = re.compile(r"(?:X{0,3})(?:IX|IV|V?I{0,3})")
_LATE = frozenset({Place.TITLE, Place.HEADER, Place.CELL, Place.CAPTION, Place.NOTE, Place.ALTERNATIVE})
"""Places with little room, where an abbreviation may stand before the text spells it out."""
NEARBY = 150
"""Letters before or after an abbreviation among which the words it stands for are looked for."""


@dataclass(frozen=True, slots=True)
class Use:
    """An abbreviation where it stands; ``spelt`` is true where the words it stands for are beside it."""

    word: str
    passage: Passage
    start: int
    end: int
    spelt: bool


def uses(passages: Sequence[Passage]) -> Iterator[Use]:
    """Every abbreviation of some passages that follow one another."""
    for passage, *beside in zip(passages, (None, *passages[:-1]), (*passages[1:], None), strict=True):
        text = passage.plain
        speech = [each for each in SPEECH.finditer(text) if each[0].count(" ") > 3]
        for found in _ABBREVIATION.finditer(text) if _CAPITALS.search(text) and not _shouted(passage.text) else ():
            word, before, after = found[0], text[: found.start()], text[found.end() : found.end() + NEARBY]
            # “JC/18/23”, “SH 568 529”, “PS Jo Smith”, “Bishop Ridley CE”, and the letters of whoever is to act, alone.
            is_number = re.match(r"(?:/\w+)*/\d", after) or (len(word) == 2 and _GRID.match(after))
            is_rank = word in _RANKS and re.match(r" [A-Z][^\W\d_]+", after)
            is_named = is_rank or (word in _SCHOOLS and _NAMED_SO.search(before))
            is_spoken = any(each.start() < found.start() < each.end() for each in speech)
            is_initials = passage.place is Place.CELL and len(word) == 2 and passage.text.strip() == word
            if _ROMAN.fullmatch(word) or word in EVERYBODY_KNOWS or is_number or is_named or is_initials or is_spoken:
                continue
            spelt = _spelt_here(word, before[-NEARBY:], after) or _initials(passage) == word
            if not spelt and text.strip() == word:
                alike = (other.text for other in beside if other and other.place is passage.place)
                spelt = any(_stand_for(other, word) for other in alike)
            if not spelt and passage.place is Place.FOOTNOTE:
                spelt = before in ("", "The ") and bool(re.match(r"s? (?:is|are)\b|:", after))
            yield Use(word, passage, found.start(), found.end(), spelt)


def not_spelt_out(every: Iterable[Use], known: Collection[str]) -> Iterator[tuple[Use, Use | None]]:
    """The first use of each abbreviation that is not spelt out there, and the use where it is, if there is one."""
    by_word: dict[str, list[Use]] = {}
    for use in every:
        if use.word not in known:
            by_word.setdefault(use.word, []).append(use)
    for found in by_word.values():
        spelt = next((use for use in found if use.spelt), None)
        # One may be late where there is little room, or in a line of names at the head of a paper.
        early = (use for use in found if use.passage.place not in _LATE)
        early = (use for use in early if use.passage.place is not Place.TEXT or use.passage.text[-1:] in ".?!:;")
        first = found[0] if spelt is None else next(early, spelt)
        in_note = spelt and spelt.passage.place is Place.FOOTNOTE and spelt.passage.section is first.passage.section
        if spelt is None or not (in_note or found.index(spelt) <= found.index(first)):
            yield first, spelt


def _initials(passage: Passage) -> str:
    """The capitals of the heading above a passage: “Violence Reduction Unit” is the VRU's."""
    return "".join(each[0] for each in re.findall(r"[^\W\d_]+", plain_text(passage.section.title)) if each[0].isupper())


def _shouted(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 8 and sum(letter.isupper() for letter in letters) > 0.8 * len(letters)


def _spelt_here(word: str, before: str, after: str) -> bool:
    """Whether the words stand beside an abbreviation: “the Partnership (CSP)”, “CSP (…)”, “CRASH, the system”."""
    in_brackets = re.search(r"[(\[](?:here(?:in)?after |also |known as |or )?[“‘'\"]?(?:the |an? )?$", before)
    if in_brackets and re.match(r"(?!,? (?:19|20)\d\d)s?(?:[’']s?)?[”\"]?(?:[)\],;:]| )", after):
        nearby = re.findall(r"[^\W\d_]+", before)[-12:]
        return any(each[0].casefold() == word[0].casefold() for each in nearby)
    inside = re.match(r"[s+]?,?(?: [a-z]+)? \(([^)]+)\)", after)
    if inside and (_stand_for(inside[1], word) or re.match(r"(?:the|an?) [a-z]", inside[1])):
        return True
    if any(_is_short_for(word, name[1]) for name in (_NAMED.match(after), _NAME_BEFORE.search(before)) if name):
        return True
    said = _SAID.match(after)
    if said and not (_LED.search(before) or (said[0].startswith(", in which") and _UNDER.search(before))):
        return True
    return bool(re.match(r"s?[:,]? [–—-] |s?: ", after)) and _stand_for(after, word)


_SAID = re.compile(
    r"s?, (?:(?:the|a|an) (?!third|quarter|half|\w+th\b|rise|fall)|in which |or "
    r"|which is (?!\w+ing\b|still|now|also|not|due))[a-z(]"
    r"|s?[”\"’']? (?:stands for|means|is short for) "
)
"""What says what an abbreviation is: “CRASH, the national system”, “SPR means …”; not “MARAC, a third of them”."""
_NAME = r"((?:[A-Z][\w’-]+)(?: (?:and |of |for |the |in |on )*[A-Z][\w’-]+)+)"
_NAMED = re.compile(rf", the {_NAME}")
"""“WCCIS, the Welsh Community Care Information System”."""
_NAME_BEFORE = re.compile(rf"{_NAME}, $")
"""“the Sterling Overnight Index Average, SONIA”."""
_LED = re.compile(r"(?:^|[.:;] )(?:For|In|At|With|By|Under|On|Of|Among) (?:the )?$")
"""What goes before an abbreviation that opens a sentence and says nothing of itself: “For STEMI, the time was …”."""

_UNDER = re.compile(r"\b(?:under|by|to|of|with|from) (?:the )?$")
"""What goes before an abbreviation whose “in which” tells of the event before: “reported under RIDDOR, in which …”."""


def _is_short_for(abbreviation: str, name: str) -> bool:
    """Whether letters are those of a name, among them others of its words: “SONIA” has the “n” of “Overnight”."""
    rest, initials = iter(abbreviation), re.findall(r"\b[A-Z]", name)
    return _stand_for(name, abbreviation) or (len(initials) > 2 and all(each in rest for each in initials))


def _stand_for(words: str, abbreviation: str) -> bool:
    """Whether the letters of an abbreviation begin some of the words, in their order."""
    initials = iter(each[0].casefold() for each in re.findall(r"[^\W\d_]+", words)[:14])
    return all(letter.casefold() in initials for letter in abbreviation if letter.isupper())
