"""Names of rows and columns that say they are totals."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction

_TOTAL_WORD = re.compile(r"\b(?:grand|sub)?[ -]?(?:totals?)\b:?", re.IGNORECASE)
_SURE = frozenset({"all", "all areas", "all months", "altogether", "sum"})
_PART = re.compile(r"\W*(?:(?:of|in) which|which includes?|includ(?:ing|es)|incl\.?|o/w)\b.*", re.IGNORECASE)
_WHOLES = frozenset({"overall", "force", "force-wide", "forcewide"})
_MEANS = frozenset({"average", "mean"})
_ALL_OR_NET = re.compile(
    r"(?:over)?all(?: (?:areas|types|forces|offences|crimes?|persons|people|ages))?|persons|people|both sexes"
    r"|net(?: (?:total|budget|cost|expenditure|position|spending))?"
)
_HEADS_SUMS = re.compile(r"\W*(?:grand |sub-?)?totals?\b(?!\s+\w+\s+of\b)", re.IGNORECASE)
AREA = "area"
_PLACES = frozenset({AREA, "force"})
LEAST_MEANS = 3
"""How many times a number must be the mean of those beside it for that to be no accident."""

LabelledFigure = tuple[Hashable, tuple[str, ...], Fraction | None]
"""A period, the names in each column of words, and the number, where one is given."""


def is_total(text: str, column: str = "") -> bool:
    """Whether a name is surely that of a total: ``"Grand total"``, ``"All areas"``; among places also ``"Force"``."""
    name = _bare(text)
    return name in _SURE or _TOTAL_WORD.search(text) is not None or (column in _PLACES and name in _WHOLES | _MEANS)


def may_be_total(text: str) -> bool:
    """Whether a name is that of a total, or one such as ``"Average"``, which may be an answer like any other."""
    return is_total(text) or _bare(text) in _WHOLES | _MEANS


def is_part(text: str) -> bool:
    """Whether a name says that it is a part of what stands above it: ``"of which domestic"``."""
    return _PART.fullmatch(text) is not None


def is_all_or_net(text: str) -> bool:
    """Whether a name without the word total says that it is all others together: ``"All types"``, ``"Net cost"``."""
    name = _bare(text)
    return name in _SURE or _ALL_OR_NET.fullmatch(name) is not None


def heads_sums(label: str) -> bool:
    """Whether a label stands at sums of what goes before: ``"Total crime"``, ``"Net"``; not ``"Running total"``."""
    return _HEADS_SUMS.match(label) is not None or is_all_or_net(label)


def totals_by_sum(figures: Sequence[LabelledFigure], column: int) -> frozenset[str]:
    """The names in a column that may be totals, and whose numbers are the sum, or the mean, of those beside them."""
    names = {labels[column] for _, labels, _ in figures}
    doubtful = {name for name in names if (may_be_total(name) or is_all_or_net(name)) and not is_total(name)}
    groups: dict[Hashable, dict[str, Fraction | None]] = {}
    for when, labels, number in figures if doubtful else ():
        beside = groups.setdefault((when, labels[:column], labels[column + 1 :]), {})
        beside[labels[column]] = number
    return frozenset(name for name in doubtful if _is_of_others(name, list(groups.values())))


def beside_total(text: str) -> str:
    """What a total is of: ``"2015/16"`` for ``"Total 2015/16"``; empty for ``"Grand total"``."""
    if _TOTAL_WORD.search(text) is None and may_be_total(text):
        return ""
    return " ".join(_TOTAL_WORD.sub(" ", text).split())


def _bare(text: str) -> str:
    return " ".join(re.sub(r"^\W+|\W+$", "", text.casefold()).split())


def _is_of_others(name: str, groups: Sequence[Mapping[str, Fraction | None]]) -> bool:
    """Whether a number is in each group what the others come to; groups that cannot show it are passed over."""
    is_mean, shown = _bare(name) in _MEANS, 0
    for group in groups:
        others = {each: number for each, number in group.items() if each != name and not is_total(each)}
        plain = {each: number for each, number in others.items() if not may_be_total(each)}
        found, numbers = group.get(name), [number for number in others.values() if number is not None]
        if found is None or len(numbers) < max(len(others), 2) or not any((found, *numbers)):
            continue
        ways = [[number for number in each.values() if number is not None] for each in (others, plain)]
        if not any(_comes_to(way, found, is_mean=is_mean) for way in ways if way):
            return False
        shown += 1
    return shown >= (LEAST_MEANS if is_mean else 1)


def _comes_to(numbers: Sequence[Fraction], found: Fraction, *, is_mean: bool) -> bool:
    """Whether a number is the sum of others, or their mean, but for rounding."""
    places = next((each for each in range(6) if (found * 10**each).denominator == 1), 6)
    last, added = Fraction(1, 2 * 10**places), sum(numbers, Fraction(0))
    if is_mean:
        return abs(added / len(numbers) - found) <= last
    return abs(added - found) <= (last * (len(numbers) + 1) if places else 0)
