"""Every rule, in the order of its code."""

from __future__ import annotations

from papergen.check.rule import Rule
from papergen.check.rules.access import access
from papergen.check.rules.complete import completeness
from papergen.check.rules.dates import dates
from papergen.check.rules.disclosure import disclosure
from papergen.check.rules.numbers import numbers
from papergen.check.rules.stale import staleness
from papergen.check.rules.words import plain_words

RULES: tuple[Rule, ...] = (
    *numbers.RULES,
    *dates.RULES,
    *staleness.RULES,
    *completeness.RULES,
    *plain_words.RULES,
    *access.RULES,
    *disclosure.RULES,
)
