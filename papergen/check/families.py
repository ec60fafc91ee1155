"""Every rule, in the order of its code."""

from __future__ import annotations

from papergen.check import access, plain_words
from papergen.check.rules import Rule

RULES: tuple[Rule, ...] = (*plain_words.RULES, *access.RULES)
