"""Abbreviations in a paper: where each is first used, and whether it is spelt out there."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from papergen.language.lexicon import entries, lines, meanings
from papergen.language.passages import Passage, Place
from papergen.language.spelling import COMMON_WORDS, british
from papergen.language.words import SPEECH
from papergen.model.walk import plain_text

EVERYBODY_KNOWS = frozenset(entries("everybody-knows"))
"""Abbreviations that need no spelling out; “TBC” is for C403."""
MEANINGS = meanings("abbreviations")
"""The words that the abbreviations of public bodies stand for."""
_FIELDS = tuple((field.split(", "), frozenset(known.split(", "))) for field, known in lines("known-to", ": "))
_RANKS = frozenset(entries("ranks"))
_ABBREVIATION = re.compile(
    r"(?<![\w.&'’/-])(?<![\w]/)(?:[A-Z]{2,}(?:&[A-Z]+)?(?:-[A-Z]{2,})*|(?!\w?Mc)[A-Z]{1,2}[a-z][A-Z]{1,4})"
    r"(?=s?(?![\w&]|(?:/\w+)*/\w*\d))|(?<=[A-Z]/)[A-Z]{2,}(?=s?\b)"
)
"""Letters, but not those of a reference, such as “JC/18/23”."""
_CAPITALS = re.compile(r"[A-Z][a-z]?[A-Z]")
_ROMAN = re.compile(r"(?:X{0,3})(?:IX|IV|V?I{0,3})")
_LATE = frozenset({Place.TITLE, Place.HEADER, Place.CELL, Place.CAPTION, Place.NOTE, Place.ALTERNATIVE})
"""Places with little room, where an abbreviation may stand before the text spells it out."""
_IN_TABLES = frozenset({Place.HEADER, Place.CELL})
"""Places that may use what the paragraph above, or their section below, spells out."""
_LEAD = 600
"""Letters at the end of the paragraph above a table among which the words of an abbreviation are looked for."""
NEARBY = 150
"""Letters before or after an abbreviation among which the words it stands for are looked for."""
_BY_CHANCE = 3
"""Letters that the words of a sentence may begin with by chance: “Cyber attack disables CAD”."""
_OF_A_THING = re.compile(
    r"(?:\b(?:the|an?|this|these|each|every|our|its|per|two|three|four|five|six)\s|[(\[])$", re.IGNORECASE
)
_THING = re.compile(
    r"s(?![\w’'])|(?:(?:[’']s)?\s|-)(?!\w+(?:ed|s)\b)(?!(?:gave|held|made|met|paid|said|sent|told|took|went)\b)([a-z]{4,})"
)
"""What stands before and after letters that are short for words and no name: “two SIDs”, “NEA marking”."""


@dataclass(frozen=True, slots=True)
class Use:
    """An abbreviation where it stands.

    ``spelt`` is true where the words it stands for are beside it, ``sure`` where it is surely short for words.
    """

    word: str
    passage: Passage
    start: int
    end: int
    spelt: bool
    sure: bool


def uses(passages: Sequence[Passage]) -> Iterator[Use]:
    """Every abbreviation of some passages that follow one another."""
    caption, lead, first_said = "", passages[0] if passages else None, _first_said(passages)
    beside = zip((None, *passages[:-1]), (*passages[1:], None), strict=True)
    for index, (passage, others) in enumerate(zip(passages, beside, strict=True)):
        text, in_table = passage.plain, passage.place in _IN_TABLES
        caption = text if passage.place is Place.CAPTION else caption
        lead = passage if passage.place is Place.TEXT else lead
        is_below = lead and (lead.section is passage.section or lead.section.level < passage.section.level)
        speech = [each for each in SPEECH.finditer(text) if each[0].count(" ") > 3]
        for found in _ABBREVIATION.finditer(text) if _CAPITALS.search(text) and not _shouted(passage.text) else ():
            word, before, after = found[0], text[: found.start()], text[found.end() : found.end() + NEARBY]
            is_spoken = any(each.start() < found.start() < each.end() for each in speech)
            is_rank = word in _RANKS and re.match(r" [A-Z][^\W\d_]+", after)
            is_alone = text.strip() == word
            if _ROMAN.fullmatch(word) or word in EVERYBODY_KNOWS or is_rank or is_spoken:
                continue
            said = lead.plain[-_LEAD:] if lead and is_below and in_table else ""
            above = f"{plain_text(passage.section.title)}; {caption}; {said}"
            sentence = before + re.split(r"[.;]", after)[0]
            has_words = first_said(passage.section.key, word) < (len(passages) if in_table else index)
            near = f"{above}; {sentence}" if len(word) > _BY_CHANCE else above
            spelt = has_words or begin(near, word) or means(f"{above} {sentence}", word)
            spelt = spelt or _spelt_here(word, before[-NEARBY:], after)
            if not spelt and is_alone:
                alike = (other.text for other in others if other and other.place is passage.place)
                spelt = any(_stand_for(other, word) for other in alike)
            if not spelt and passage.place is Place.FOOTNOTE:
                spelt = before in ("", "The ") and bool(re.match(r"s? (?:is|are)\b|:", after))
            is_thing = len(word) > 2 and ((is_alone and in_table) or _is_thing(word, before, after))
            # Two letters alone in a cell are those of whoever is to act.
            is_known = word in MEANINGS and not (in_table and is_alone and len(word) < 3)
            yield Use(word, passage, found.start(), found.end(), spelt, is_known or is_thing)


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
        is_near = in_note or (spelt and spelt.passage is first.passage)
        is_told_before = spelt and found.index(spelt) <= found.index(first)
        if not (is_near or is_told_before) and (spelt or any(use.sure for use in found)):
            yield first, spelt


def known_to(body: str) -> frozenset[str]:
    """The abbreviations that need no spelling out for the members of a body of this name."""
    fields = (known for words, known in _FIELDS if any(each in body.casefold() for each in words))
    return EVERYBODY_KNOWS.union(*fields)


def begin(words: str, abbreviation: str) -> bool:
    """Whether the letters of an abbreviation begin words that follow one another, with or without the small ones."""
    every = [each.casefold() for each in re.findall(r"[^\W\d_]+|;", words)]
    runs = ("".join(each[0] for each in some) for some in (every, [each for each in every if each not in COMMON_WORDS]))
    return len(abbreviation) > 2 and any(abbreviation.casefold() in run for run in runs)


def means(words: str, abbreviation: str) -> bool:
    """Whether words hold those that an abbreviation stands for, in any form of their last one."""
    return any(each in _letters(words) for each in _meant(abbreviation))


@cache
def _meant(abbreviation: str) -> tuple[str, ...]:
    return tuple(each[: max(9, len(each) - 3)] for each in map(_letters, MEANINGS.get(abbreviation, ())))


def _letters(text: str) -> str:
    return re.sub(r"[\W\d_]+", "", text.casefold().replace("&", "and"))


def _first_said(passages: Sequence[Passage]) -> Callable[[str, str], int]:
    """Which passage of a section is the first with the words of an abbreviation, or how many there are."""
    of_section: dict[str, list[int]] = {}
    for index, passage in enumerate(passages):
        of_section.setdefault(passage.section.key, []).append(index)

    @cache
    def first(section: str, word: str) -> int:
        every = (index for index in of_section[section] if word in MEANINGS and means(passages[index].plain, word))
        return next(every, len(passages))

    return first


def _is_thing(word: str, before: str, after: str) -> bool:
    """Whether the words beside letters say that they are short for words: “two SIDs”, “NEA marking”, “(EUV-SH)”."""
    if (len(word) > 5 and british().knows(word.lower())) or re.match(r"s?\s(?:[A-Z]|\d)", after):  # “PRESENT”
        return False
    thing = _THING.match(after)
    is_thing = thing and thing[1] not in COMMON_WORDS
    return bool(is_thing or not word.isupper() or _OF_A_THING.search(before))


def _shouted(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 8 and sum(letter.isupper() for letter in letters) > 0.8 * len(letters)


def _spelt_here(word: str, before: str, after: str) -> bool:
    """Whether the words stand beside an abbreviation: “the Partnership (CSP)”, “CSP (…)”, “CSP means …”."""
    in_brackets = _IN_BRACKETS.search(before)
    if in_brackets and re.match(r"(?!,? (?:19|20)\d\d)s?(?:[’']s?)?[”\"]?(?:[)\],;:]| )", after):
        nearby = re.findall(r"[^\W\d_]+", before)[-12:]
        return any(each[0].casefold() == word[0].casefold() for each in nearby)
    inside = re.match(r"[s+]?,?(?: [a-z]+)? \(([^)]+)\)", after)
    return bool(_SAID.match(after) or (inside and _stand_for(inside[1], word)))


_IN_BRACKETS = re.compile(r"[(\[](?:also |known as |or )?[“‘'\"]?(?:the |an? )?(?:[A-Z]{2,} )?$")
"""What opens brackets with an abbreviation in them: “the UK Emissions Trading Scheme (UK ETS)”."""
_SAID = re.compile(r"s?, (?:which is (?:the|an?)|or) [a-z(]|s?[”\"’']? (?:stands for|means|is short for) ")
"""What says what an abbreviation is: “SPR means …”."""


def _stand_for(words: str, abbreviation: str) -> bool:
    """Whether the letters of an abbreviation begin some of the words, in their order."""
    initials = iter(each[0].casefold() for each in re.findall(r"[^\W\d_]+", words)[:14])
    return all(letter.casefold() in initials for letter in abbreviation if letter.isupper())
