"""Small counts of people, and what in a sentence could tell who they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from papergen.check.reading import Reading
from papergen.language.sentences import NEAR_BY, near_before
from papergen.values.formats import number_in_words
from papergen.values.periods import MONTHS

_MOST_WORDS = 6
_PEOPLE = (
    r"people|persons?|individuals?|m[ae]n|wom[ae]n|males?|females?|boys?|girls?|child(?:ren)?|bab(?:y|ies)"
    r"|infants?|toddlers?"
    r"|teenagers?|youths?|youngsters?|juveniles?|pupils?|students?|adults?|pensioners?|victims?|survivors?|offenders?"
    r"|suspects?|defendants?|complainants?|witnesses|drivers?|passengers?|pedestrians?|cyclists?|motorcyclists?"
    r"|riders?"
    r"|residents?|tenants?|visitors?|tourists?|nationals?|migrants?|refugees?|asylum[- ]seekers?|patients?"
    r"|inmates?|prisoners?"
    r"|detainees?|famil(?:y|ies)|couples?|siblings?|brothers?|sisters?|mothers?|fathers?|parents?|fatalit(?:y"
    r"|ies)|deaths?"
    r"|casualt(?:y|ies)|muslims?|jews|christians?|sikhs?|hindus?|travellers?"
)
_CASES = (
    r"offences?|incidents?|crimes?|cases?|allegations?|arrests?|rapes?|assaults?|attacks?|homicides?|murders?"
    r"|suicides?|stabbings?|charges|convictions?|referrals?"
)
_NOUN = re.compile(rf"(?:{_PEOPLE}|{_CASES})", re.IGNORECASE)
_SOMEBODY = re.compile(rf"\b(?:{_PEOPLE})\b", re.IGNORECASE)
_NOT_A_COUNT = re.compile(
    r"(?:\b(?:one|1|two|2) (?:in|out of)|\b(?:more|fewer|less|other) than|\bover|\bup to|\bevery|\beach|\bfirst"
    r"|\blast|\bpart|\bparts"
    r"|\bobjective|\btable"
    r"|\bfigure|\bsection|\bchapter|\bpage|\bquarter|\bphase|\bpriority|\bstage|\bstep|\bnumber|\bitem|\bany"
    r"|\bno|\bthe"
    r"|\bthese|\bthose|\bother|\btop|\blevel|\btier|\bband|\bgrade|\bper)[ \u00a0]$",
    re.IGNORECASE,
)
_LEADS_ON = re.compile("of|the|these|those|them|whom|which|was|were|is|are|had|further|other|more|additional|all")
_BREAKS = re.compile(
    "in|on|at|to|for|from|by|with|and|or|but|than|as|per|a|an|into|over|under|between|during|through|after"
    "|before|while"
    "|that|if|so|because|has|have|will|would|can|could|may|must|do|does|did|be|been|being|said|new"
)
_PLURAL = re.compile(r"[a-z]{3,}(?<!ou)(?<!s)s")
_ONE_OLD = re.compile(r"\b(?:[Aa]n?|[Tt]he)[ \u00a0](?:[a-z]+[ \u00a0]){0,2}\d{1,3}-year-old\b")


@dataclass(frozen=True, slots=True)
class SmallCount:
    """A count below the threshold, with what is counted, and where it stands in its text."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=8)
def _patterns(threshold: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds a small number before what it counts, and after it and a colon."""
    small = "|".join([*map(str, range(1, threshold)), *map(number_in_words, range(1, threshold))])
    before = re.compile(
        rf"(?<![\w£.,/–-])(?:{small}|both)(?![\w%]|[.,]\d|[-–/]\w)"
        r"(?! (?:in|out of) (?:every )?(?:\d|two\b|three\b|four\b|five\b|ten\b))",
        re.IGNORECASE,
    )
    return before, re.compile(rf"\b(?:{_PEOPLE}|{_CASES})\b[^.;:\d]{{0,40}}: ?({small})(?![\w%]|[.,]\d)")


def small_counts(text: str, threshold: int) -> Iterator[SmallCount]:
    """The counts of people or cases below the threshold in a sentence; a person told by age counts as one."""
    before, after = _patterns(threshold)
    somebody = bool(_SOMEBODY.search(text))
    for found in before.finditer(text):
        if _NOT_A_COUNT.search(near_before(text, found.start())) and found[0].lower() != "both":
            continue
        end = _end_of_counted(text[: found.end() + NEAR_BY], found.end(), found[0].lower(), somebody=somebody)
        if end:
            yield SmallCount(" ".join(text[found.start() : end].split()), found.start(), end)
    for found in _ONE_OLD.finditer(text):
        yield SmallCount(found[0], found.start(), found.end())
    for found in after.finditer(text):
        yield SmallCount(" ".join(found[0].split()), found.start(), found.end())


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
        elif _BREAKS.fullmatch(word) or (not _LEADS_ON.fullmatch(word) and _PLURAL.fullmatch(word)):
            break
    return fallback


# ---------------------------------------------------------------------------------------------------------------------
# What tells people apart

_AGE = (
    r"\b\d{1,3}[- ]years?[- ]olds?\b|\baged (?:about |under |over |between )?\d+|\bage of \d+"
    r"|\bunder[- ](?:the age of )?1\d\b(?!%| per)"
    r"|\b(?i:elderly|pensioners?|teenage[dr]?s?|infants?|bab(?:y|ies)|toddlers?)\b|\bin (?:his|her"
    r"|their) (?:teens|\w+ties|\d0s)\b"
)
_SEX = (
    r"\b(?i:m[ae]n|wom[ae]n|males?|females?|boys?|girls?|lad(?:y|ies)|gentlem[ae]n|widow(?:er)?s?|wife|wives"
    r"|husbands?"
    r"|mothers?|fathers?|sons?|daughters?|brothers?|sisters?)\b(?![’']s? ?[A-Z])"
)
_DEMONYM = (
    "Polish|Romanian|Lithuanian|Latvian|Estonian|Bulgarian|Hungarian|Slovak|Czech|Albanian|Turkish|Syrian|Iraqi"
    "|Iranian|Afghan"
    "|Pakistani|Indian|Bangladeshi|Chinese|Vietnamese|Nigerian|Somali|Eritrean|Sudanese|Portuguese|Spanish"
    "|Italian|French"
    "|German|Dutch|Irish|Russian|Ukrainian|Brazilian|American|Australian|Japanese|Filipino|Thai|Jamaican"
)
_NATIONALITY = (
    r"\b(?i:foreign|overseas|non-UK|EU|third[- ]country) nationals?\b|\b[Nn]ationals of\b|\bnationals\b"
    r"|\b(?i:nationality|from abroad"
    rf"|from overseas|asylum[- ]seekers?|refugees?|migrants?|immigrants?|tourists?)\b|\b(?:{_DEMONYM})\b"
)
_ETHNICITY = (
    r"\b(?i:ethnic(?:ity)?|mixed[- ]race|racial(?:ly)?|racist|romany|gyps(?:y|ies))\b|\b(?:Black|Asian|BME|BAME"
    r"|African|Caribbean|Roma"
    r"|Travellers?)\b"
)
_RELIGION = (
    r"\b(?i:religio(?:n|us)|muslims?|islam(?:ic|ophobic)?|jews|jewish|christians?|catholics?|sikhs?|hindus?|buddhists?"
    r"|anti-?semitic)\b"
)
_ORIENTATION = (
    r"\b(?i:sexual orientation|gay|lesbians?|bisexual|homosexuals?|homophobic|transgender|transphobic|LGBT\w*)\b"
)
_DISABILITY = (
    r"\b(?i:disab(?:led|ility|ilities)|wheelchair|autis(?:m|tic)|deaf|blind|learning difficult(?:y|ies)|dementia)\b"
)
_HEALTH = (
    r"\b(?i:mental(?:ly)? (?:health|ill)|mental illness|suicid(?:e|al)s?|self-harm\w*|pregnan\w+|overdoses?"
    r"|cancer|addict(?:s|ion|ed)?"
    r"|epilep\w+|diabet\w+|medical conditions?)\b|\bHIV\b"
)
_SEXUAL = (
    r"\b(?i:rape[ds]?|raping|sexual(?:ly)? (?:assault\w*|abuse\w*|exploit\w*|offences?|violence|activity)"
    r"|female genital"
    r" mutilation|groom(?:ed|ing)|indecent\w*|prostitut\w+|sex workers?)\b|\b(?:CSE|FGM)\b"
)
_CHILDREN = (
    r"\b(?i:child(?:ren)?|juveniles?|pupils?|schoolchild\w*|boys?|girls?|bab(?:y|ies)|infants?|toddlers?|teenagers?"
    r"|young (?:people|persons?)|youths?|under[- ]1[0-8]s?)\b(?!’s [A-Z])"
)
_CIRCUMSTANCE = (
    r"\b(?i:seat[- ]?belts?|helmets?|intoxicated|drunk\w*|drinking|alcohol|drugs?|mobile phones?|distracted"
    r"|pedestrians?"
    r"|(?:motor)?cyclists?|(?:car )?passengers?|drivers?|riders?|crossing|speeding|in custody|knife|knives"
    r"|stabb\w+|shot"
    r"|firearms?|weapons?|at home|own home|(?:ex-)?partners?|strangers?|relatives?|homeless|school|care homes?"
    r"|hospital"
    r"|nursing homes?|nightclubs?|hotels?|prison|wrong way|on duty)\b"
)
_SENSITIVE = {
    "age": re.compile(_AGE),
    "sex": re.compile(_SEX),
    "nationality": re.compile(_NATIONALITY),
    "ethnicity": re.compile(_ETHNICITY),
    "religion": re.compile(_RELIGION),
    "sexual orientation": re.compile(_ORIENTATION),
    "disability": re.compile(_DISABILITY),
    "health": re.compile(_HEALTH),
    "sexual offences": re.compile(_SEXUAL),
    "children": re.compile(_CHILDREN),
}
_TELLING = {name: _SENSITIVE[name] for name in ("age", "sex", "nationality")} | {
    "circumstance": re.compile(_CIRCUMSTANCE)
}
_PLACE = re.compile(
    r"\b(?:in|at|near|from|outside|around|of|on the)[ \u00a0](?:the )?(?P<name>[A-Z][a-z’-]+(?:(?: upon| on"
    r"| and| &)? [A-Z][a-z’-]+)*"
    r"|[ABM]\d{1,4}\b)"
)
_NO_PLACE = re.compile(
    rf"{'|'.join(MONTHS)}|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Christmas|Easter|New|Part"
    rf"|Table|Figure"
    "|Appendix|Annex|Objective|Section|Chapter|Plan|Panel|Chief|Constable|Commissioner|Government|Home|Office"
    "|Police|Force"
    "|England|Wales|Britain|Her|His|National|Crown|Parliament|Performance|Professional|Operation"
)


@dataclass(frozen=True, slots=True)
class IdentifyingDetail:
    """Something that tells people apart: its kind ("age", "place") and the words."""

    kind: str
    words: str


def sensitive_marks(text: str) -> list[IdentifyingDetail]:
    """The sensitive attributes that a sentence names, each kind once."""
    return [
        IdentifyingDetail(kind, found[0]) for kind, pattern in _SENSITIVE.items() if (found := pattern.search(text))
    ]


def telling_marks(text: str, reading: Reading) -> list[IdentifyingDetail]:
    """What in a sentence narrows down who is meant: age, sex, nationality, place and circumstance, each kind once."""
    marks = [IdentifyingDetail(kind, found[0]) for kind, pattern in _TELLING.items() if (found := pattern.search(text))]
    if place := _place(text, reading):
        marks.append(IdentifyingDetail("place", place))
    return marks


def _place(text: str, reading: Reading) -> str | None:
    panel = reading.settings.panel
    for area in panel.policing_areas:
        if re.search(rf"\b{re.escape(area)}\b", text):
            return area
    whole = " ".join((panel.name, panel.force, panel.host_authority, panel.alliance_partner or ""))
    for found in _PLACE.finditer(text):
        first = found["name"].split()[0]
        if not _NO_PLACE.fullmatch(first) and found["name"] not in whole:
            return found["name"]
    return None
