"""Every rule, in the order of its code."""

from __future__ import annotations

from papergen.check.rules import Rule

RULES: tuple[Rule, ...] = ()
