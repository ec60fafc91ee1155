"""Abbreviations in a paper: where each is first used, and whether it is spelt out there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from papergen.language.lexicon import entries
from papergen.language.passages import Passage, Place
from papergen.language.spelling import COMMON_WORDS, british
from papergen.language.words import SPEECH
from papergen.model.walk import plain_text

EVERYBODY_KNOWS = frozenset(entries("everybody-knows"))
"""Abbreviations that need no spelling out; “TBC” is for C403."""
_RANKS = frozenset(entries("ranks"))
_ABBREVIATION = re.compile(
    r"(?<![\w.&'’/-])(?<![\w]/)(?:[A-Z]{2,}(?:&[A-Z]+)?(?:-[A-Z]{2,})*|(?!\w?Mc)[A-Z]{1,2}[a-z][A-Z]{1,4})(?=s?(?![\w&]))"
    r"|(?<=[A-Z]/)[A-Z]{2,}(?=s?\b)"
)
_NAME_ENDS = re.compile(r"\w,? (?!(?:Our|Its|New|Former) $)[A-Z][a-z’']+ $")
"""What makes two letters the end of a name: “Bishop Ridley CE”, “Upper Swarthdale DC”, “Power BI”."""
_BEARER = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Capt|Captain|Sir|Dame|Revd?|Cllr)\b\.?|\b[A-Z]\.)"
    r"(?: [A-Z][\w’-]*\.?)* [A-Z][\w’-]+ (?:[A-Z]\w*[A-Z] )*$"
)
"""Whoever bears the letters that follow: “Dr Peer Lindqvist MRCVS”."""
_LABEL = re.compile(
    r"(?:/\w+)*/[A-Z]*\d|-\d[A-Z]| (?!(?:19|20)\d\d\b)(?:\d[a-z]|\d{2,6})(?![\w%]|[.,/]\d| [A-Z]| [a-z]{4,}s\b)"
    r"|(?: (?:&|[A-Z][\w’-]*))* (?:Ltd|Limited|LLP|plc|Inc|Foundation)\b"
)
"""What makes letters a label or a company’s name: “JC/18/23”, “SEL-4C2”, “SH 568 529”, “IFRS 16”, “PKF Howe LLP”."""
_CAPITALS = re.compile(r"[A-Z][a-z]?[A-Z]")
_ROMAN = re.compile(r"(?:X{0,3})(?:IX|IV|V?I{0,3})")
_LATE = frozenset({Place.TITLE, Place.HEADER, Place.CELL, Place.CAPTION, Place.NOTE, Place.ALTERNATIVE})
"""Places with little room, where an abbreviation may stand before the text spells it out."""
_IN_TABLES = frozenset({Place.HEADER, Place.CELL})
"""Places that may use what the paragraph above spells out."""
_LEAD = 600
"""Letters at the end of the paragraph above a table among which the words of an abbreviation are looked for."""
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
    caption, lead = "", passages[0] if passages else None
    for passage, *beside in zip(passages, (None, *passages[:-1]), (*passages[1:], None), strict=True):
        text = passage.plain
        caption = text if passage.place is Place.CAPTION else caption
        lead = passage if passage.place is Place.TEXT else lead
        is_below = lead and (lead.section is passage.section or lead.section.level < passage.section.level)
        speech = [each for each in SPEECH.finditer(text) if each[0].count(" ") > 3]
        for found in _ABBREVIATION.finditer(text) if _CAPITALS.search(text) and not _shouted(passage.text) else ():
            word, before, after = found[0], text[: found.start()], text[found.end() : found.end() + NEARBY]
            is_spoken = any(each.start() < found.start() < each.end() for each in speech)
            # The letters of whoever is to act, alone.
            is_initials = passage.place is Place.CELL and len(word) == 2 and passage.text.strip() == word
            is_named = _is_named(word, before[-NEARBY:], after)
            if _ROMAN.fullmatch(word) or word in EVERYBODY_KNOWS or is_named or is_initials or is_spoken:
                continue
            said = lead.plain[-_LEAD:] if lead and is_below and passage.place in _IN_TABLES else ""
            above = f"{plain_text(passage.section.title)}; {caption}; {said}"
            spelt = _spelt_here(word, before[-NEARBY:], after) or begin(above, word)
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
        if use.word not in known and not (len(use.word) > 5 and british().knows(use.word.lower())):  # “PRESENT”
            by_word.setdefault(use.word, []).append(use)
    for found in by_word.values():
        spelt = next((use for use in found if use.spelt), None)
        # One may be late where there is little room, or in a line of names at the head of a paper.
        early = (use for use in found if use.passage.place not in _LATE)
        early = (use for use in early if use.passage.place is not Place.TEXT or use.passage.text[-1:] in ".?!:;")
        first = found[0] if spelt is None else next(early, spelt)
        in_note = spelt and spelt.passage.place is Place.FOOTNOTE and spelt.passage.section is first.passage.section
        is_near = in_note or (spelt and spelt.passage is first.passage)
        if spelt is None or not (is_near or found.index(spelt) <= found.index(first)):
            yield first, spelt


def _is_named(word: str, before: str, after: str) -> bool:
    """Whether an abbreviation is part of a name or a label: “PS Jo Smith”, “Upper Swarthdale DC”, “IFRS 16”."""
    is_rank = word in _RANKS and re.match(r" [A-Z][^\W\d_]+", after)
    ends_name = len(word) == 2 and _NAME_ENDS.search(before)
    return bool(is_rank or ends_name or _LABEL.match(after) or _BEARER.search(before))


def begin(words: str, abbreviation: str) -> bool:
    """Whether the letters of an abbreviation begin words that follow one another, with or without the small ones."""
    every = [each.casefold() for each in re.findall(r"[Aa]nti|[^\W\d_]+|;", words)]
    runs = ("".join(each[0] for each in some) for some in (every, [each for each in every if each not in COMMON_WORDS]))
    return len(abbreviation) > 2 and any(abbreviation.casefold() in run for run in runs)


def _shouted(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 8 and sum(letter.isupper() for letter in letters) > 0.8 * len(letters)


def _spelt_here(word: str, before: str, after: str) -> bool:
    """Whether the words stand beside an abbreviation: “the Partnership (CSP)”, “CSP (…)”, “CRASH, the system”."""
    in_brackets = _IN_BRACKETS.search(before)
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
    return bool(re.match(r"s?[:,]? [–—-] |s? ?: ", after)) and _stand_for(after, word)


_IN_BRACKETS = re.compile(r"[(\[](?:here(?:in)?after |also |known as |or )?[“‘'\"]?(?:the |an? )?(?:[A-Z]{2,} )?$")
"""What opens brackets with an abbreviation in them: “the UK Emissions Trading Scheme (UK ETS)”."""
_SAID = re.compile(
    r"s?, (?:(?:the|a|an) (?:[A-Z]\w*[’']s )?(?!third|quarter|half|\w+th\b|rise|fall)|in which |or "
    r"|which is (?!\w+ing\b|still|now|also|not|due))[a-z(]"
    r"|s?[”\"’']? (?:stands for|means|is short for) "
)
"""What says what an abbreviation is: “CRASH, the national system”, “SPR means …”; not “MARAC, a third of them”."""
_NAME = r"((?:[A-Z][\w’-]+)(?: (?:and |of |for |the |in |on )*[A-Z][\w’-]+)+)"
_NAMED = re.compile(rf"(?:, the|(?: and [A-Z]{{2,}})? are) {_NAME}")
"""“WCCIS, the Welsh Community Care Information System”, “MLD and SLD are Moderate and Severe Learning Difficulties”."""
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
