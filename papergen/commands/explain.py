"""What a code means, why it matters, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass

from papergen.check.registry import RULES
from papergen.check.rule import Rule
from papergen.codes import all_codes
from papergen.commands.usage import WrongUseError
from papergen.diagnostics import Code, did_you_mean


@dataclass(frozen=True, slots=True)
class Explanation:
    """A code, and the rule whose findings carry it; None for a code that no rule of the checks has."""

    code: Code
    rule: Rule | None


def known_codes() -> dict[str, Code]:
    """Every code that a finding can carry, by its id: those of reading and writing first, then those of the rules."""
    return {each.id: each for each in (*all_codes(), *(rule.code for rule in RULES))}


def explain(wanted: str) -> Explanation:
    """What the code ``wanted`` stands for, in capitals or not; raises ``WrongUseError`` when there is no such code."""
    known = known_codes()
    code = known.get(wanted.upper())
    if code is None:
        hint = did_you_mean(wanted.upper(), known, "papergen explain lists them all.")
        raise WrongUseError(f"“{wanted}” is not a code.", hint)
    return Explanation(code, next((rule for rule in RULES if rule.code.id == code.id), None))
