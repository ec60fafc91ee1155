"""Slips of grammar that no dictionary finds, since each word is one: “has show”, “It 2015”, “should of”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.diagnostics import Severity
from papergen.values.periods import MONTHS

_MONTH = "|".join(MONTHS)
_BARE = (
    "achieve agree appear arise arrive begin carry complete continue create decide deliver describe develop ensure"
    " establish expand fall find follow give go grow happen identify implement improve include introduce involve join"
    " know launch lead make meet move occur prepare produce provide publish receive recruit reduce remain remove see"
    " show speak start succeed take tell undertake write"
).replace(" ", "|")
_LITTLE = r"(?:also|already|always|now|since|recently|not|never|only|still|\w+ly)"
_NEVER_AFTER_BE = "(?:show|give|take|see|write|make|know|begin|went|began|gave|took|saw|wrote|knew|did)"
_GRAMMAR: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(rf"\b(?:[Hh]as|[Hh]ave|[Hh]ad)(?: {_LITTLE})*(?: been)? (?:{_BARE})(?=[\s,.;:)]|$)(?! of\b)"),
        "Give the verb the form that follows “has”, “have”, “had” or “been”, such as “shown”.",
    ),
    (
        re.compile(rf"\b(?:[Ii]s|[Aa]re|[Ww]as|[Ww]ere)(?: {_LITTLE})* been\b"),
        "Write “being”, or “has been” or “have been”.",
    ),
    (
        re.compile(rf"\b[Ii]t (?:\d{{4}}\b|(?:{_MONTH})(?= \d| the\b|,| \w+ (?:was|were|has|had)\b))"),
        "Write “In”, or the word that is missing.",
    ),
    (
        re.compile(
            r"(?<!do )(?<!did )(?<!does )(?<!done )"  # “what it did was show that …”
            rf"\b(?:[Ii]s|[Aa]re|[Ww]as|[Ww]ere|[Bb]een|[Bb]eing) (?:{_LITTLE} )?{_NEVER_AFTER_BE}"
            r"(?= (?:that|to|by|in|how)\b)"
        ),
        "Give the verb the form that follows “is”, “was” or “been”, such as “shown”.",
    ),
    (
        re.compile(
            r"\b(?:[Hh]as|[Hh]ave|[Hh]ad) (?:went|came|began|became|gave|took|saw|wrote|spoke|fell|rose|grew|ran)\b"
        ),
        "Give the verb the form that follows “has”, “have” or “had”, such as “gone”.",
    ),
    (re.compile(r"\b(?:could|should|would|might|must) of\b", re.IGNORECASE), "Write “have” for “of”."),
    (
        re.compile(r"\b(?:to|will|would|can|could|should|may|might|must) (?:been|being|has|had|was|were|is|are)\b"),
        "Give the verb the form that follows, such as “be” or “have”.",
    ),
    (re.compile(r"\b(?:a) (?=(?:a|e[^uw]|i|o[^n])[a-z]{3,})\w+"), "Write “an”."),
    (re.compile(r"\b(?:an) (?=[bcdfgjklmnpqrstvwz][a-z]{2,})[a-z]+"), "Write “a”."),
)


@rule(
    "C510",
    Severity.WARNING,
    meaning="a small word or the form of a verb cannot be right",
    source="GOV.UK style guide; the paper of February 2016, which held “has show” and “It 2015”",
    example="Demand analysis has show that the way must change. It 2015 the area was selected.",
)
def grammar_slips(reading: Reading) -> Iterator[Finding]:
    """Slips that no dictionary finds: “has show”, “is been”, “It 2015”, “should of”, “to has”, “a increase”."""
    for passage in reading.passages:
        for pattern, hint in _GRAMMAR:
            for found in pattern.finditer(passage.text):
                if passage.typed(*found.span()) or found[0].lower().startswith("it "):
                    yield Finding((passage, *found.span()), f"“{found[0]}” cannot be right.", hint)
