"""The numbers in a text: what each is worth, what kind of number it is, and what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import takewhile

from papergen.language.dates import DATE
from papergen.language.lexicon import entries, pattern
from papergen.language.words import NEAR_BY, near_before, stem
from papergen.model.nodes import Value
from papergen.values.formats import number_in_words
from papergen.values.quantities import MOST_DIGITS, Kind, rounded


class State(Enum):
    """Whether a number is bound to data, part of a date, or typed."""

    BOUND = "bound"
    DATE = "date"
    TYPED = "typed"


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
class Bound:
    """Where a value stands in a text."""

    start: int
    end: int
    value: Value


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it stands in a text, with its worth, the decimals printed and the value it is bound to, if any.

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
    rough: bool = False
    ranged: bool = False
    in_words: bool = False

    @property
    def state(self) -> State:
        """Whether the number is bound to data, part of a date, or typed."""
        return State.BOUND if self.bound else State.DATE if self.sort is Sort.DATE else State.TYPED

    @property
    def slack(self) -> Fraction:
        """How far the exact number may lie from the one printed."""
        return Fraction(10) ** -self.decimals / 2


_SORTS = tuple(
    (sort, re.compile(pattern, re.IGNORECASE))
    for sort, pattern in (
        (Sort.PERCENTAGE, r"%»|»\s+per ?cent\b"),
        (Sort.MONEY, "«£"),
        (Sort.ORDINAL, r"\d(?:st|nd|rd|th)»"),
        (Sort.REFERENCE, r"\b(?:quarter|week|year) «\D|(?:^|(?<!\b20\d)[\d)])\s?\(«.{1,3}»\)|»(?:\(\d|\.\d+\.\d)"),
        (
            Sort.REFERENCE,
            rf"\b(?=[a-z.-]+\s+[\d.(«]){pattern('numbered')}\s+"
            r"(?:[\d.(][\d.()a-z]{0,12}(?:\s*[,–-]\s*(?:and\s+)?|\s+(?:and|to|or)\s+))*«",
        ),
        (
            Sort.CALL,
            r"(?:\b(?:(?:dial\w*|ring|rang|rung|via|NHS)\s+|emergency\s+\()«(?:999|1(?:01|11|12))»"
            r"|«(?:999|1(?:01|11|12))»\)?\s+(?:calls?|services?|emergency|line|number|contacts?|demand)\b)",
        ),
        (
            Sort.AGE,
            r"\baged?\s+(?:\w+\s+){0,2}«"
            r"|»(?:\s*[-\s]years?[-\s]olds?\b|\s+years? of age\b|\s+or (?:over|under|older)\b)"
            r"|\b(?:aged?(?: of| over| under| between)?|under|over|below|above)\s+(?:the age of\s+)?«[^»]*»s\b"
            r"|\b(?:under|over(?=.«..»(?:s\b|\s+(?:who|whose|when|where)\b|\s*(?:[.,;)]|$))))[\s-]«(?:16|18|21|25)»",
        ),
        (
            Sort.SPAN,
            r"«[^,»]*»[ \u00a0-]?(?!\s*(?:days?|hours?)\s+(?:\w+\s+){0,2}(?:lost|unallocated)\b)"
            r"(?:(?:working|calendar|consecutive|rolling|full|more|further) )?"
            r"(?:times|seconds?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|months?|quarters?|years?|terms?)\b",
        ),
        (
            Sort.UNIT,
            r"(?:[\w@]|\b(?:every|per)\s+)«"
            r"|»(?-i:[ \u00a0-]?(?:mph|kph|km|miles?|metres?|m|kg|g|ml|mg|litres?|MB|GB|am|pm|o’clock|p|x\d+)\b)",
        ),
    )
)
"""The sorts of number by what stands before, in and after it, the first first."""
_ROUGH = re.compile(
    r"\b(?:about|around|approximately|nearly|almost|some|over|under|more than|less than|fewer than|at least|at most"
    r"|up to|just under|just over|well over|roughly|circa|close to|approaching|only|below|above)\s+«",
    re.IGNORECASE,
)
_SCALE = re.compile(r"\s*(million|m\b|billion|bn\b|thousand|k\b)", re.IGNORECASE)
SCALES = {"thousand": 1000, "k": 1000, "million": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9}
"""The words and letters after a number by what they multiply it with."""


_UNITS, _TEENS, _TENS = (
    "|".join(number_in_words(number) for number in numbers)
    for numbers in (range(1, 10), range(10, 20), range(20, 100, 10))
)
_IN_WORDS = (
    rf"(?:{_UNITS}) hundred(?: and (?:(?:{_TENS})(?:-(?:{_UNITS}))?|{_TEENS}|{_UNITS}))?"
    rf"|(?:{_TENS})(?:-(?:{_UNITS}))?|{_TEENS}|{_UNITS.removeprefix('one|')}|dozen"
)
IN_WORDS = {number_in_words(number): number for number in range(1, 1000)} | {"dozen": 12}
"""What numbers in words are worth, from one to 999."""
WORDS_OF_NUMBERS = frozenset(word for word in IN_WORDS if word.isalpha())
"""The words of which numbers in words are made."""
NUMBER = re.compile(
    r"£?(?<![A-Za-z\d.])\d+(?:,\d{3})*(?:\.\d+)?(?:%|(?i:st|nd|rd|th)\b)?"
    rf"|(?=[TFSEONDtfseond])\b(?i:{_IN_WORDS})\b"
)
"""A number in figures, or in words from two."""

MOST_NUMBERS = 200
"""Numbers of a text that are compared with each other: more are no prose, and every pair takes time."""


def numbers_in(
    text: str,
    values: Sequence[Bound] = (),
    references: Sequence[tuple[int, int, str]] = (),
    *,
    dates: Sequence[re.Match[str]] | None = None,
) -> Iterator[Numeral]:
    """The numbers of a text in their order, a date as one.

    ``references`` are the spans of cross-references; ``dates`` what ``DATE`` finds in the text, where that is at hand.
    """
    position = 0
    for date in [*(DATE.finditer(text) if dates is None else dates), None]:
        for number in NUMBER.finditer(text, position, date.start() if date else len(text)):
            yield _numeral(text, number, values, references)
        if date:
            position = date.end()
            worth, decimals = worth_of(date[0])
            yield Numeral(date[0], date.start(), date.end(), worth, decimals, Sort.DATE, _bound(date, values))


def _bound(found: re.Match[str], values: Sequence[Bound]) -> Value | None:
    return next((each.value for each in values if each.start <= found.start() and found.end() <= each.end), None)


def _numeral(
    text: str, found: re.Match[str], values: Sequence[Bound], references: Sequence[tuple[int, int, str]]
) -> Numeral:
    start, end = found.span()
    before, after = near_before(text, start), text[end : end + NEAR_BY]
    value, close = _bound(found, values), f"{before[-_CLOSE_BY:]}«»{after[:_CLOSE_BY]}"
    quantity = value.quantity if value else None
    worth, decimals = worth_of(found[0])
    if quantity:
        worth, decimals = abs(rounded(quantity.value, quantity.decimals)), quantity.decimals
    if quantity and quantity.kind in SORTS:
        sort = SORTS[quantity.kind]
    elif any(first <= start < last for first, last, _ in references):
        sort = Sort.REFERENCE
    else:
        sort = _sort(found[0], before, after)
    scale = _SCALE.match(after) if sort in (Sort.MONEY, Sort.COUNT) else None
    if scale and (sort is Sort.MONEY or len(scale[1]) > 2):
        factor = SCALES[scale[1].lower()]
        worth, decimals, end = worth * factor, decimals - len(str(factor)) + 1, end + scale.end()
    return Numeral(
        text=text[start:end],
        start=start,
        end=end,
        worth=-worth if before.endswith(("\u2212", "(-", " -")) else worth,
        decimals=decimals,
        sort=sort,
        bound=value,
        rough=bool(_ROUGH.search(close)),
        ranged=bool(_RANGED.search(close)) and not _FROM.search(close),
        in_words=not any(map(str.isdigit, found[0])),
    )


SORTS = {Kind.PERCENTAGE: Sort.PERCENTAGE, Kind.POUNDS: Sort.MONEY}
"""The sorts of number by the kinds of quantity; every other is a count."""


def worth_of(text: str) -> tuple[Fraction, int]:
    """What a number in figures or words is worth, without its scale, and its decimals."""
    if (worth := IN_WORDS.get(text.lower())) is not None:
        return Fraction(worth), 0
    found = _FIGURES.search(text)
    return (Fraction(found[0].replace(",", "")[:MOST_DIGITS]), len(found[1] or "")) if found else (Fraction(0), 0)


_FIGURES = re.compile(r"\d[\d,]*(?:\.(\d+))?")


_CLOSE_BY = 40
_FROM = re.compile(r"\bfrom\s+(?:an? \w+ of\s+)?£?«", re.IGNORECASE)
"""“from 85 to 97” is a change, and no range."""
_ONE_END = r"£?(?!(?:19|20)\d\d\s)[\d,.]+%?\s+"
_RANGED = re.compile(
    r"»(?:\s*[–/-]\s*|:|\s+to\s+)£?\d|\d%?(?:\s*[–/-]\s*|:)£?«"
    rf"|\bbetween\s+(?:{_ONE_END}(?:to|and)\s+)?£?«|\b(?!from\s)\w+\s+{_ONE_END}to\s+£?«",
    re.IGNORECASE,
)
"""One end of “27%–30%”, “27% to 30%”, “between 10 and 20” or “9/10”."""


def _sort(text: str, before: str, after: str) -> Sort:
    near = f"{before}«{text}»{after[:_CLOSE_BY]}"
    return next((sort for sort, pattern in _SORTS if pattern.search(near)), Sort.COUNT)


_AFTER = re.compile(
    r"(?:\s+(?:new|recorded|reported|such|further|more|additional|other|different|separate"
    r"|of (?:these|those|them|the)))*"
    r"\s+((?:[A-Za-z][A-Za-z’'&/-]*(?:\s+(?:&\s+)?|(?=[,.;:()]|$))){1,6})"
)
_ENDS_THE_NAME = frozenset(entries("not-counted"))


def counted_words(text: str, numeral: Numeral) -> tuple[str, ...]:
    """The words for what a number counts, as they follow it: ``("rape", "offences")``."""
    found = _AFTER.match(text, numeral.end)
    return tuple(takewhile(lambda word: word.lower() not in _ENDS_THE_NAME, found[1].split() if found else ()))


def counted(text: str, numeral: Numeral) -> tuple[str, ...]:
    """The stems of the words for what a number counts, which are the same for the same thing."""
    return tuple(map(stem, counted_words(text, numeral)))
