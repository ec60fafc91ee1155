"""Small counts of people, and what in a sentence could tell who they are."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from papergen.check.reading import Reading
from papergen.language.lexicon import entries, pattern
from papergen.language.sentences import NEAR_BY, TextPart, near_before
from papergen.values.formats import number_in_words
from papergen.values.periods import MONTHS
from papergen.values.words import one_line

_MOST_WORDS = 6
_COUNTED = pattern("people", "cases")
_NOUN = re.compile(_COUNTED, re.IGNORECASE)
_SOMEBODY = re.compile(rf"\b{pattern('people')}\b", re.IGNORECASE)
_NOT_A_COUNT = re.compile(rf"\b{pattern('not-counts')}[ \u00a0]$", re.IGNORECASE)
_LEADS_ON = frozenset(entries("lead-on"))
_BREAKS = frozenset(entries("break-off"))
_PLURAL = re.compile(r"[a-z]{3,}(?<!ou)(?<!s)s")
_ONE_OLD = re.compile(
    r"\b(?:[Aa]n?|[Tt]he)[ \u00a0](?:[a-z]+[ \u00a0]){0,2}(?:\d{1,3}[- \u00a0]years?[- \u00a0]old\b"
    r"|(?:boy|girl|lad|man|woman|youth)[ \u00a0]of[ \u00a0]\d{1,2}\b(?![,.]\d))"
)


@cache
def _patterns(threshold: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds a number from 1 to below a threshold before what it counts, and after it and a colon."""
    small = "|".join([*map(str, range(1, threshold)), *map(number_in_words, range(1, threshold))])
    before = re.compile(
        rf"(?<![\w£.,/–-])(?:{small}|both)(?![\w%]|[.,]\d|[-–/]\w)"
        r"(?! (?:in|out of) (?:every )?(?:\d|two\b|three\b|four\b|five\b|ten\b))",
        re.IGNORECASE,
    )
    return before, re.compile(rf"\b{_COUNTED}\b[^.;:\d]{{0,40}}: ?({small})(?![\w%]|[.,]\d)")


def small_counts(text: str, threshold: int) -> Iterator[TextPart]:
    """The counts of people or cases below a threshold in a sentence; a person told by age is one."""
    before, after = _patterns(threshold)
    somebody: bool | None = None
    for found in before.finditer(text):
        if _NOT_A_COUNT.search(near_before(text, found.start())) and found[0].lower() != "both":
            continue
        somebody = bool(_SOMEBODY.search(text)) if somebody is None else somebody
        end = _end_of_counted(text[: found.end() + NEAR_BY], found.end(), found[0].lower(), somebody=somebody)
        if end:
            yield TextPart(one_line(text[found.start() : end]), found.start(), end)
    for found in (*_ONE_OLD.finditer(text), *(after.finditer(text) if ":" in text else ())):
        yield TextPart(one_line(found[0]), found.start(), found.end())


def _end_of_counted(text: str, end: int, number: str, *, somebody: bool) -> int | None:
    """Where the noun ends that a number counts; None when it counts neither people nor cases.

    ``somebody`` says whether the sentence names people.
    """
    if found := re.match(r",? (?:an?|who|whose)\b", text[end:]):
        return end + found.end() if somebody and number in ("one", "both", "two") else None
    fallback: int | None = None
    for index, found in enumerate(re.finditer(r"[^\W_]+(?:[’'-][^\W_]+)*|[^\w\s]", text[end:])):
        word, stands_to = found[0].lower(), end + found.end()
        if index > _MOST_WORDS or not word[0].isalnum():
            break
        if word in ("them", "whom", "those", "these") and "of" in text[end : end + found.start()]:
            return stands_to
        if word in ("was", "were", "is", "are", "had") and index == 0 and somebody:
            fallback = stands_to
        elif word in ("report", "reports") and re.match(r" of (?!the\b)", text[stands_to:]):
            return stands_to
        elif _NOUN.fullmatch(word):
            each = re.match(r" (?:in|from|for|of|per) (?:each|every)\b", text[stands_to:])
            return None if each else stands_to
        elif word in _BREAKS or (word not in _LEADS_ON and _PLURAL.fullmatch(word)):
            break
    return fallback


def _whole(name: str) -> str:
    return rf"\b{pattern(name)}\b"


_SENSITIVE = {
    kind: re.compile(each)
    for kind, each in (
        (
            "age",
            r"\b\d{1,3}[- ]years?[- ]olds?\b|\baged (?:about |under |over |between )?\d+|\bage of \d+"
            r"|\b(?:boy|girl|lad|man|woman|youth) of \d{1,2}\b|\b(?:was|were|all|both) over \d\d\b(?! \w)"
            rf"|\bunder[- ](?:the age of )?1\d\b(?!%| per)|{_whole('age')}"
            r"|\bin (?:his|her|their) (?:teens|\w+ties|\d0s)\b",
        ),
        ("sex", _whole("sex") + r"(?![’']s? ?[A-Z])"),
        ("nationality", _whole("nationality")),
        ("ethnicity", _whole("ethnicity")),
        ("religion", _whole("religion")),
        ("sexual orientation", _whole("orientation")),
        ("disability", _whole("disability")),
        ("health", _whole("health")),
        ("sexual offences", _whole("sexual-offences")),
        ("children", rf"(?:{_whole('children')}|\b(?i:under[- ]1[0-8]s?)\b)(?!’s [A-Z])"),
    )
}
_TELLING = {name: _SENSITIVE[name] for name in ("age", "sex", "nationality")} | {
    "circumstance": re.compile(_whole("circumstance"))
}
_PLACE = re.compile(
    r"\b(?:in|at|near|from|outside|around|of|on the)[ \u00a0](?:the )?(?P<name>[A-Z][^\W\d_A-Z]+(?:[’-][^\W\d_]+)*"
    r"(?:(?: upon| on| and| &)? [A-Z][^\W\d_A-Z]+(?:[’-][^\W\d_]+)*)*"
    r"|[ABM]\d{1,4}\b)"
)
_NO_PLACE = frozenset((*MONTHS, *calendar.day_name, *entries("no-places")))


@dataclass(frozen=True, slots=True)
class IdentifyingDetail:
    """Something that tells people apart: its kind ("age", "place") and the words."""

    kind: str
    words: str


def sensitive_marks(text: str) -> list[IdentifyingDetail]:
    """The sensitive attributes that a sentence names, each kind once."""
    return [IdentifyingDetail(kind, found[0]) for kind, each in _SENSITIVE.items() if (found := each.search(text))]


def telling_marks(text: str, reading: Reading) -> list[IdentifyingDetail]:
    """What in a sentence narrows down who is meant: age, sex, nationality, place and circumstance, each kind once."""
    marks = [IdentifyingDetail(kind, found[0]) for kind, each in _TELLING.items() if (found := each.search(text))]
    place = _place(text, reading)
    return [*marks, IdentifyingDetail("place", place)] if place else marks


def _place(text: str, reading: Reading) -> str | None:
    panel = reading.settings.panel
    areas = (area for area in panel.policing_areas if re.search(rf"\b{re.escape(area)}\b", text))
    whole = " ".join(filter(None, (panel.name, panel.force, panel.host_authority, panel.alliance_partner)))
    names = (found["name"] for found in _PLACE.finditer(text))
    others = (name for name in names if name.split()[0] not in _NO_PLACE and name not in whole)
    return next(areas, None) or next(others, None)
