"""What a code means, why it matters, and what it finds."""

from __future__ import annotations

import re

from papergen.check.registry import RULES
from papergen.check.rule import Rule
from papergen.codes import all_codes
from papergen.commands.usage import WrongUseError
from papergen.diagnostics import Code, did_you_mean


def known_codes() -> dict[str, Code]:
    """Every code that a finding can carry, by its id: those of reading and writing first, then those of the rules."""
    return {each.id: each for each in (*all_codes(), *(rule.code for rule in RULES))}


_FAMILIES = {
    "C1": "Numbers",
    "C2": "Dates",
    "C3": "What is stale",
    "C4": "What is missing",
    "C5": "Words",
    "C6": "Access",
    "C7": "Disclosure",
}


def rules_page() -> str:
    """Every rule of the checks by its family, as a page of Markdown."""
    parts = ["# Rules of the checks", _OPENING]
    for family, title in _FAMILIES.items():
        parts.append(f"## {title}")
        for rule in (rule for rule in RULES if rule.code.id.startswith(family)):
            why = f"{rule.why}  \n" if rule.why else ""
            about = f"{why}Source: {rule.source}  \nExample: {rule.example}"
            escaped = _MARKDOWN.sub(r"\\\g<0>", about)
            parts.append(f"**{rule.code.id}** ({rule.code.severity}): {rule.code.meaning}.\n\n{escaped}")
    return "\n\n".join(parts) + "\n"


_OPENING = (
    "What `papergen check` looks for. `papergen explain CODE` says the same of one rule; a workspace may give a rule"
    " another\nweight or turn it off: [clerk.md](clerk.md)."
)
_MARKDOWN = re.compile(r"[\\*_\[\]<>|`#]")


def explain(wanted: str) -> tuple[Code, Rule | None]:
    """The code ``wanted``, in capitals or not, and the rule whose findings carry it, if it is one of a rule.

    Raises ``WrongUseError`` when there is no such code.
    """
    known = known_codes()
    code = known.get(wanted.upper())
    if code is None:
        hint = did_you_mean(wanted.upper(), known, "papergen explain lists them all.")
        raise WrongUseError(f"“{wanted}” is not a code.", hint)
    return code, next((rule for rule in RULES if rule.code.id == code.id), None)
