"""What a rule is, and how rules are run over a meeting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from papergen.check.reading import Subject
from papergen.diagnostics import Code, Diagnostic

Check: TypeAlias = Callable[[Subject], Iterable[Diagnostic]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: the code its findings carry, what looks for them, why it matters and an example of what it finds.

    ``source`` names the statute, guidance or practice that it rests on.
    """

    code: Code
    check: Check
    source: str
    example: str


def run_rules(subject: Subject, rules: Iterable[Rule]) -> Iterator[Diagnostic]:
    """The findings of the rules."""
    for rule in rules:
        yield from rule.check(subject)
