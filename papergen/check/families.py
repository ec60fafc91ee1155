"""Every rule, in the order of its code."""

from __future__ import annotations

from papergen.check import access, completeness, dates, disclosure, numbers, plain_words, staleness
from papergen.check.rules import Rule

RULES: tuple[Rule, ...] = (
    *numbers.RULES,
    *dates.RULES,
    *staleness.RULES,
    *completeness.RULES,
    *plain_words.RULES,
    *access.RULES,
    *disclosure.RULES,
)
