"""Rules that are only a pattern: each kind of them, and their data in ``rules/patterns.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice, pairwise
from pathlib import Path
from typing import Literal

from pydantic import Field

from papergen.check.reading import Reading
from papergen.check.rule import Finding, Rule
from papergen.diagnostics import Code, Severity
from papergen.language.dates import MONTH_NAME
from papergen.language.lexicon import entries
from papergen.language.passages import Passage, Place
from papergen.values.own_yaml import read_own_yaml
from papergen.values.periods import MONTHS
from papergen.values.words import one_line
from papergen.workspace.fields import SettingsModel

_FILE = Path(__file__).parent / "rules" / "patterns.yaml"
_NAMED = re.compile(r"\b(?:Table|Figure|Chart|section|Appendix|Annex|Part|Objective|paragraph|page|Box) (?:\d|[A-Z]\b)")
MOST_IN_A_PASSAGE = 20
"""Beyond so many slips of one kind in a paragraph it is not prose, and more findings would help nobody."""


_AT_ONCE = frozenset({Place.CAPTION, Place.HEADER, Place.CELL, Place.ITEM, Place.TITLE})


class Pattern(SettingsModel):
    """A rule of the file; what each kind means is told at its head.

    Typed words alone count, but where they ``may_be_bound``.  With ``unless_named`` a sentence passes that also has a
    cross-reference or a name such as “Table 2”; what holds ``unless_next``, where a table, a list or a cell is next.
    """

    kind: Literal["existence", "substitution", "link"] = "existence"
    severity: Literal["error", "warning", "note"] = "warning"
    meaning: str
    why: str = ""
    source: str
    example: str
    places: frozenset[Place] = frozenset(Place)
    quick: str = ""
    find: tuple[str | tuple[str, str] | tuple[str, str, str], ...] = ()
    except_: tuple[str, ...] = Field((), alias="except")
    may_be_bound: bool = False
    unless_named: bool = False
    unless_next: str = ""
    message: str
    hint: str = ""

    def findings(self, reading: Reading) -> Iterator[Finding]:
        """What the pattern finds."""
        look = self._links if self.kind == "link" else self._words
        for passage, after in pairwise((*reading.passages, None)):
            if passage and passage.place in self.places:
                is_next = self.unless_next and after and after.place in _AT_ONCE and passage.place is not Place.CELL
                yield from (each for each in look(passage) if not (is_next and self.unless_next in each.message))

    def _words(self, passage: Passage) -> Iterator[Finding]:
        for found, beside in self._matches(passage):
            may_stand = self.may_be_bound or passage.typed(*found.span())
            if may_stand and not (self.unless_named and _is_named(passage, *found.span())):
                word, letters = found[found.lastindex or 0], len(passage.text)
                message = self.message.format(words=found[0].strip(), word=word, letters=letters)
                is_template = self.kind == "substitution"
                hint = self.hint.format(better=found.expand(beside)) if is_template else beside or self.hint
                yield Finding((passage, *found.span()), message, hint)

    def _matches(self, passage: Passage) -> Iterator[tuple[re.Match[str], str]]:
        """What is found in a passage, each place once, with what stands beside its pattern."""
        text, taken = passage.plain, set[int]()
        for pattern in self.find if not self.quick or compiled(self.quick).search(text) else ():
            expression, beside, *words = (pattern, "") if isinstance(pattern, str) else pattern
            if words and passage.vocabulary.isdisjoint(words[0].split()):
                continue
            for found in islice(compiled(expression).finditer(text), MOST_IN_A_PASSAGE):
                span = range(*found.span())
                if taken.isdisjoint(span) and not any(compiled(each).fullmatch(found[0]) for each in self.except_):
                    taken.update(span)
                    yield found, beside

    def _links(self, passage: Passage) -> Iterator[Finding]:
        for start, end, address in (*passage.links, *passage.references):
            words = one_line(passage.text[start:end]).strip(" .,:;()")
            if any(compiled(each).fullmatch(words) for each in self.find if isinstance(each, str)):
                message, hint = self.message.format(words=words), self.hint.format(address=address)
                yield Finding((passage, start, end), message, hint)


def _is_named(passage: Passage, start: int, end: int) -> bool:
    sentence = passage.sentence_of(start, end)
    referred = any(first < sentence.end and sentence.start < last for first, last, _ in passage.references)
    return referred or bool(_NAMED.search(sentence.text))


class Patterns(SettingsModel):
    """What the file holds: lists of words by name, and rules by code."""

    lists: dict[str, tuple[str, ...]]
    rules: dict[str, Pattern]


@cache
def patterns() -> Patterns:
    """The file, read once."""
    return Patterns.model_validate(read_own_yaml(_FILE))


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    known = tuple(map(re.escape, entries("everybody-knows")))
    return {**patterns().lists, "month": (MONTH_NAME,), "month_in_full": MONTHS, "everybody_knows": known}


@cache
def compiled(expression: str) -> re.Pattern[str]:
    """A pattern in which ``{name}`` stands for any entry of the list of that name in the file, or for a month."""
    lists = _lists()
    while (whole := re.sub(r"\{([a-z_]+)\}", lambda name: f"(?:{'|'.join(lists[name[1]])})", expression)) != expression:
        expression = whole
    return re.compile(expression)


def pattern_rules() -> tuple[Rule, ...]:
    """The rules of the file."""
    made = ((Code(code, Severity[of.severity.upper()], of.meaning), of) for code, of in patterns().rules.items())
    return tuple(Rule(code, of.findings, of.why, of.source, of.example, by_file=True) for code, of in made)
