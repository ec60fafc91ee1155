"""The parts that figures play in a sentence, told by patterns over a text in which a sign stands for each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from papergen.language.numbers import Numeral, Sort
from papergen.language.words import TextPart

SIGNS = {Sort.COUNT: "№", Sort.MONEY: "£", Sort.PERCENTAGE: "%"}
"""What stands for each figure in a shape."""
_NO_SIGNS = str.maketrans(dict.fromkeys("№£%¶", "·"))


_SHORT = {"#": "[№£%]", "¤": "[№£]", "…": "[^¶№£%]*?", "‥": r"[^.,;:()\d¶№£%]{0,40}?"}


def joint(pattern: str) -> re.Pattern[str]:
    """A pattern over shapes, in which “(total=” opens a group of that name.

    “#” is any figure, “¤” a count or a sum of money, “…” words to the next figure of a sentence, and “‥” a few words
    without stops or digits.
    """
    for sign, means in _SHORT.items():
        pattern = pattern.replace(sign, means)
    return re.compile(re.sub(r"(?<!\\)\((\w+)=", r"(?P<\1>", pattern))


@dataclass(frozen=True, slots=True)
class Joint:
    """Words that join figures, and those figures by the roles that the names of the pattern's groups give them."""

    found: re.Match[str]
    every: Mapping[str, tuple[Numeral, ...]]

    @property
    def at(self) -> int:
        """Where it begins in the shape."""
        return self.found.start()

    def says(self, name: str) -> str:
        """What stands in a group; nothing where it is not there."""
        return self.found.groupdict().get(name) or ""

    def the(self, role: str) -> Numeral:
        """The one figure of a role."""
        return self.every[role][0]


@dataclass(frozen=True, slots=True)
class Shape:
    """A text with “№” for each count, “£” for each sum of money, “%” for each share, and “¶” before each sentence.

    ``figures`` are those that the signs stand for, by their positions; other numbers stand as they are printed.
    ``parts`` are where words begin after a sign, here and in the text.
    """

    text: str
    figures: Mapping[int, Numeral]
    parts: tuple[tuple[int, int], ...] = ()

    def span(self, here: tuple[int, int]) -> tuple[int, int]:
        """Where what stands between two positions without figures stands in the text itself."""
        start, end = here
        at, place = max((each for each in self.parts if each[0] <= start), default=(0, 0))
        return start - at + place, end - at + place

    def joints(self, pattern: re.Pattern[str]) -> Iterator[Joint]:
        """Where a pattern is found, with the figures of each of its named groups."""
        for found in pattern.finditer(self.text):
            yield Joint(found, {role: self.between(*found.span(role)) for role in pattern.groupindex})

    def between(self, start: int, end: int) -> tuple[Numeral, ...]:
        """The figures between two positions; those in brackets only where there are no others."""
        here = [(at, each) for at, each in self.figures.items() if start <= at < end]
        plain = [each for at, each in here if self.text.count("(", start, at) == self.text.count(")", start, at)]
        return tuple(plain or [each for _, each in here])


def shape(text: str, parts: Sequence[TextPart], figures: Sequence[Numeral]) -> Shape:
    """The shape of the sentences of a text, with signs for some of its figures."""
    pieces, length, signs, begun = list[str](), 0, dict[int, Numeral](), list[tuple[int, int]]()
    for part in parts:
        position = part.start
        piece = "¶"
        begun.append((length + 1, position))
        for each in (each for each in figures if part.holds(each.start, each.end)):
            piece += text[position : each.start].translate(_NO_SIGNS)
            signs[length + len(piece)] = each
            piece += SIGNS[each.sort]
            position = each.end
            begun.append((length + len(piece), position))
        pieces.append(piece + text[position : part.end].translate(_NO_SIGNS))
        length += len(pieces[-1])
    return Shape("".join(pieces), signs, tuple(begun))
