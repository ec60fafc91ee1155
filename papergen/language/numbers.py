"""Numbers and dates as they stand in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from papergen.values.formats import number_in_words
from papergen.values.periods import MONTHS, NBSP


class State(Enum):
    """Whether a number is bound to data, part of a date, or typed."""

    BOUND = "bound"
    DATE = "date"
    TYPED = "typed"


MONTH_NAME = (
    "(?:" + "|".join([*MONTHS, "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept?", "Oct", "Nov", "Dec"]) + ")"
)


"""A pattern of the name of a month, in full or cut short."""


_SPACE = f"[ {NBSP}]"


_DAY = rf"\d{{1,2}}(?:st|nd|rd|th)?(?:{_SPACE}of)?"


DATE = re.compile(
    rf"\b(?:{_DAY}(?:{_SPACE}to{_SPACE}{_DAY})?{_SPACE}?)?{MONTH_NAME},?{_SPACE}\d{{4}}\b"
    rf"|\b{_DAY}{_SPACE}?{MONTH_NAME}\b"
    r"|\b\d{4}-\d\d-\d\d\b|(?<![\d/])\d{1,2}/\d{1,2}/(?:19|20)?\d\d\b(?!/)"
    r"|\b(?:19|20)\d\d[/–-]\d\d\b(?!\d)"
    r"|(?<![\d£,.])\b(?:19|20)\d\d\b(?![,.]?\d|%)"
)


_WORDS = sorted((number_in_words(number) for number in range(2, 100)), key=len, reverse=True)


NUMBER = re.compile(
    r"£?(?<![A-Za-z\d.])\d+(?:,\d{3})*(?:\.\d+)?(?:%|(?:st|nd|rd|th)\b)?|\b(?:" + "|".join([*_WORDS, "dozen"]) + r")\b",
    re.IGNORECASE,
)


SCALE = re.compile(rf"{_SPACE}(?:thousand|million|billion)\b")


@dataclass(frozen=True, slots=True)
class NumberInText:
    """A number or a date as it stands in some words; ``start`` and ``end`` are its place in them."""

    text: str
    start: int
    end: int
    state: State


def numbers_in(text: str) -> Iterator[NumberInText]:
    """The numbers in ``text``, typed all of them as far as the words tell, with those that belong to a date as one."""
    position = 0
    for date in [*DATE.finditer(text), None]:
        end = date.start() if date else len(text)
        for number in NUMBER.finditer(text, position, end):
            yield NumberInText(number[0], number.start(), number.end(), State.TYPED)
        if date:
            yield NumberInText(date[0], date.start(), date.end(), State.DATE)
            position = date.end()
