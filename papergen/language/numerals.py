"""The numbers in a passage: what each is worth, what kind of number it is, and what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from itertools import islice

from papergen.language.numbers import NumberInText, State, numbers_in
from papergen.language.passages import Passage
from papergen.language.sentences import NEAR_BY, near_before
from papergen.model.nodes import Value
from papergen.values.formats import number_in_words
from papergen.values.quantities import Kind, Quantity, rounded


class Sort(Enum):
    """What kind of number stands in the text; only the first three are figures that data could bear out."""

    COUNT = "count"
    PERCENTAGE = "percentage"
    MONEY = "money"
    DATE = "date"
    ORDINAL = "ordinal"
    REFERENCE = "reference"
    SPAN = "span of time"
    AGE = "age"
    UNIT = "size or speed"
    CALL = "telephone number"


FIGURES = (Sort.COUNT, Sort.PERCENTAGE, Sort.MONEY)
"""The kinds of number that data could bear out."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it stands in a passage, with its worth, the decimals printed and the value it is bound to, if any.

    ``rough`` is true where the words before it allow for some difference ("about", "over"); ``ranged`` where it is one
    end of a range; ``in_words`` where no figures stand.
    """

    text: str
    start: int
    end: int
    worth: Fraction
    decimals: int
    sort: Sort
    bound: Value | None
    rough: bool
    ranged: bool
    in_words: bool

    @property
    def slack(self) -> Fraction:
        """How far the exact number may lie from the one printed."""
        return Fraction(1, 2 * 10**self.decimals)


_WORTHS = {number_in_words(number): number for number in range(2, 100)} | {"dozen": 12}
_NAMED = (
    r"sections?|sub-?sections?|objectives?|priorit(?:y|ies)|aims?|parts?|appendix|appendices|annex(?:es)?|tables?|figures?"
    r"|charts?|items?|paragraphs?|paras?\.?|regulations?|articles?|schedules?|clauses?|rules?|phases?|stages?|pages?"
    r"|versions?|no\.?|nos\.?|numbers?|chapters?|steps?|issues?|bands?|grades?|tiers?|categor(?:y|ies)|questions?"
    r"|recommendations?|criteri(?:on|a)|levels?|chapters?|orders?|ss?\.|regs?\.|arts?\.|SI|S\.I\.|code|module|operation"
    r"|decisions?|minutes?|lots?|plans?|class|route|unit|ward|beat|G|Q"
)
_REFERENCE = re.compile(
    rf"\b(?:{_NAMED})\s+(?:[\d.(][\d.()a-z]{{0,12}}(?:\s*[,–-]\s*(?:and\s+)?|\s+(?:and|to|or)\s+))*$", re.IGNORECASE
)
_AGE = re.compile(
    r"\b(?:aged?(?: of| over| under| between)?|under|over|below|above)\s+(?:the age of\s+)?$", re.IGNORECASE
)
_AGE_AFTER = re.compile(
    r"s\b|\s*(?:-|\s)years?(?:-|\s)olds?\b|\s+years? of age\b|\s+or (?:over|under|older)\b", re.IGNORECASE
)
_TIME_AFTER = re.compile(
    r"[ \u00a0-]?(?:(?:working|calendar|consecutive|rolling|full|more|further) )?"
    r"(?:times|seconds?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|months?|quarters?|years?|terms?)\b",
    re.IGNORECASE,
)
_WHO_AFTER = re.compile(r"s\b|\s+(?:who|whose|when|where)\b|\s*(?:[.,;)]|$)")
_LOST = re.compile(r"\s+(?:days?|hours?)\s+(?:\w+\s+){0,2}(?:lost|unallocated)\b", re.IGNORECASE)
_UNIT_AFTER = re.compile(r"[ \u00a0-]?(?:mph|kph|km|miles?|metres?|m|kg|g|ml|mg|litres?|MB|GB|am|pm|o’clock|p|x\d+)\b")
_ROUGH = re.compile(
    r"\b(?:about|around|approximately|nearly|almost|some|over|under|more than|less than|fewer than|at least|at most"
    r"|up to|just under|just over|well over|roughly|circa|close to|approaching|only|below|above)\s+$",
    re.IGNORECASE,
)
_SCALE = re.compile(r"\s*(million|m\b|billion|bn\b|thousand|k\b)", re.IGNORECASE)
_SCALES = {"thousand": 1000, "k": 1000, "million": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9}


@lru_cache(maxsize=8192)
def tokens(text: str) -> tuple[NumberInText, ...]:
    """The numbers and dates of some words; kept, since every rule asks for them."""
    return tuple(numbers_in(text))


MOST_NUMBERS = 200
"""Numbers of a passage that are compared with each other: more are no prose, and every pair takes time."""


def numerals(passage: Passage) -> tuple[Numeral, ...]:
    """The numbers of a passage in the order of the text, as many as prose can hold."""
    return tuple(islice(every_numeral(passage), MOST_NUMBERS))


def every_numeral(passage: Passage) -> Iterator[Numeral]:
    """Every number of a passage in the order of the text."""
    text = passage.text
    apart = [(start, end) for start, end, _ in passage.references]
    for found in tokens(text):
        start, end = found.start, found.end
        bound = next((each.value for each in passage.values if each.start <= start and end <= each.end), None)
        before, after = near_before(text, start), text[end : end + NEAR_BY]
        in_words = not re.search(r"\d", found.text)
        quantity = bound.quantity if bound is not None else None
        worth, decimals = _printed(quantity) if quantity else _worth(found.text)
        if found.state is State.DATE:
            sort = Sort.DATE
        elif quantity and quantity.kind in _SORTS:
            sort = _SORTS[quantity.kind]
        elif any(first <= start < last for first, last in apart):
            sort = Sort.REFERENCE
        else:
            sort = _sort(found.text, before, after)
        scale = _SCALE.match(after) if sort is Sort.MONEY or (sort is Sort.COUNT and not in_words) else None
        if scale and (sort is Sort.MONEY or len(scale[1]) > 2):
            factor = _SCALES[scale[1].lower()]
            worth, decimals, end = worth * factor, decimals - len(str(factor)) + 1, end + scale.end()
        yield Numeral(
            text[start:end],
            start,
            end,
            -worth if before.endswith(("\u2212", "(-", " -")) else worth,
            decimals,
            sort,
            bound,
            bool(_ROUGH.search(before)),
            _is_ranged(before, after),
            in_words,
        )


def _is_ranged(before: str, after: str) -> bool:
    """One end of "27%–30%", "27% to 30%", "between 10 and 20" or "9/10"; not of "from 85 to 97", which is a change."""
    if re.search(r"\bfrom\s+(?:an? \w+ of\s+)?£?$", before, re.IGNORECASE):
        return False
    if re.search(r"\bbetween\s+£?$|\d%?\s*(?:–|-|/|:)\s*£?$", before, re.IGNORECASE):
        return True
    if re.match(r"\s*(?:–|-|/|:)\s*£?\d|\s+to\s+£?\d", after):
        return True
    opened = re.search(r"(\w+)\s+£?[\d,.]+%?\s+(to|and)\s+£?$", before, re.IGNORECASE)
    if opened is None:
        return False
    return opened[1].lower() == "between" or (opened[2].lower() == "to" and opened[1].lower() != "from")


def _sort(text: str, before: str, after: str) -> Sort:
    if text.endswith("%") or re.match(r"\s+per ?cent\b", after):
        return Sort.PERCENTAGE
    if text.startswith("£"):
        return Sort.MONEY
    if re.search(r"\d(?:st|nd|rd|th)$", text):
        return Sort.ORDINAL
    if _REFERENCE.search(before) or re.match(r"\(\d|\.\d+\.\d", after) or _is_lettered(before, after):
        return Sort.REFERENCE
    if text in ("999", "101", "111", "112") and re.match(r"\s+(?:calls?|services?|emergency|line|number)", after):
        return Sort.CALL
    if _is_age(text, before, after):
        return Sort.AGE
    if _TIME_AFTER.match(after) and not _LOST.match(after):
        return Sort.SPAN
    if _UNIT_AFTER.match(after) or re.search(r"[\w@]$|\b(?:every|per)\s+$", before):
        return Sort.UNIT
    return Sort.COUNT


def _is_age(text: str, before: str, after: str) -> bool:
    if re.search(r"\baged?\s+(?:\w+\s+){0,2}$", before) or (_AGE_AFTER.match(after) and not after.startswith("s")):
        return True
    if _AGE.search(before) and _AGE_AFTER.match(after):
        return True
    if text not in ("16", "18", "21", "25"):
        return False
    return bool(re.search(r"\bunder[\s-]$", before) or (re.search(r"\bover[\s-]$", before) and _WHO_AFTER.match(after)))


def _is_lettered(before: str, after: str) -> bool:
    """A bracketed number after a number or at the beginning, as in “section 12(3)” or “(1) …”."""
    return after[:1] == ")" and bool(re.search(r"(?:^|[\d)])\s?\($", before))


_SORTS = {Kind.PERCENTAGE: Sort.PERCENTAGE, Kind.POUNDS: Sort.MONEY}


def _printed(quantity: Quantity) -> tuple[Fraction, int]:
    """The size of a bound number as it is printed, and its decimals."""
    return abs(rounded(quantity.value, quantity.decimals)), quantity.decimals


def _worth(text: str) -> tuple[Fraction, int]:
    """What a number is worth, and its decimals."""
    if text.lower() in _WORTHS:
        return Fraction(_WORTHS[text.lower()]), 0
    found = re.search(r"[\d,]+(?:\.(\d+))?", text)
    if found is None:
        return Fraction(0), 0
    return Fraction(found[0].replace(",", "") or "0"), len(found[1] or "")


_AFTER = re.compile(
    r"(?:\s+(?:new|recorded|reported|such|further|more|additional|other|different|separate"
    r"|of (?:these|those|them|the)))*"
    r"\s+((?:[A-Za-z][A-Za-z’'&/-]*(?:\s+(?:&\s+)?|(?=[,.;:()]|$))){1,6})"
)
_STOP = re.compile(
    r"an?|and|are|as|at|be|been|before|being|but|by|can|could|did|do|does|during|each|fell|for|from|grew|had|has|have|he"
    r"|her|his|if|in|into|is|its?|joined|last|may|more|next|no|not|now|of|on|or|our|out|over|per|recorded|reported|rose"
    r"|she|since|so|than|that|the|their|them|then|there|these|they|this|those|to|under|until|up|was|we|went|were|when"
    r"|where|which|while|who|whose|will|with|within|without|would|received|attended|came|made|took|taken|between|against"
    r"|only|lost|every|also|both|about|across|after|all|among|any|because|better|compared|comparing|down|higher|lower"
    r"|fewer|less|above|below|apart|left",
    re.IGNORECASE,
)


def counted(text: str, numeral: Numeral) -> tuple[str, ...]:
    """The words for what a number counts, as they follow it, in the singular: ``("rape", "offence")``."""
    found = _AFTER.match(text, numeral.end)
    words: list[str] = []
    for word in (found[1] if found else "").split():
        if _STOP.fullmatch(word):
            break
        words.append(_singular(word.lower()))
    return tuple(words)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us")) and len(word) > 3 else word
