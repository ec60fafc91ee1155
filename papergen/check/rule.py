"""What a rule is, and what it finds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

from papergen.check.reading import Reading
from papergen.diagnostics import Code, Diagnostic, Severity, Span
from papergen.language.passages import Passage
from papergen.values.words import lowered, one_line


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, and the act that mends it.

    ``where`` is a place in a file, or a passage with the positions between which the words stand in it.
    """

    where: Span | tuple[Passage, int, int]
    message: str
    hint: str


OF_ENGLISH = "C5"
"""What the codes of rules begin with that hold for English alone; they leave sentences in other languages alone."""

Find: TypeAlias = Callable[[Reading], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: the code its findings carry, what finds them, what more there is to tell, and an example.

    ``source`` names the statute, guidance or practice that it rests on.  One that is ``by_file`` looks at each file by
    itself: what it finds in one holds until that file changes.
    """

    code: Code
    find: Find
    why: str
    source: str
    example: str
    by_file: bool = False

    def check(self, reading: Reading) -> Iterator[Diagnostic]:
        """The findings of the rule, each with its code and its line."""
        parts = reading.parts if self.by_file else (reading,)
        for found in chain.from_iterable(part.once(self.code, lambda part: tuple(self.find(part))) for part in parts):
            if self.code.id.startswith(OF_ENGLISH) and not isinstance(found.where, Span):
                passage, start, end = found.where
                if any(sentence.holds(start, end) for sentence in passage.foreign):
                    continue
            at = found.where if isinstance(found.where, Span) else reading.place(*found.where)
            yield Diagnostic(self.code, at, found.message, found.hint)


def rule(id: str, severity: Severity, *, by_file: bool = False) -> Callable[[Find], Rule]:
    """Make a rule of a function whose docstring is what ``papergen explain`` tells of it.

    Its first paragraph says what is found, the next what more there is to tell; then come “Source:” and “Example:”.
    """

    def made(find: Find) -> Rule:
        meaning, _, more = (find.__doc__ or "").partition("\n\n")
        told = _TOLD.fullmatch(one_line(more))
        if told is None:
            raise ValueError(f"the docstring of {find.__name__} lacks its source or its example")
        code = Code(id, severity, lowered(meaning.removesuffix(".")))
        why, source, example = told.groups()
        return Rule(code, find, why, source, example, by_file)

    return made


_TOLD = re.compile(r"(.*?) ?Source: (.*) Example: (.*)")
