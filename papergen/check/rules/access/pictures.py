"""Access to pictures and charts: the alternative text that stands for them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.diagnostics import Severity
from papergen.model.nodes import Figure
from papergen.model.walk import find, plain_text


def _figures(reading: Reading) -> Iterator[Figure]:
    return (found.node for found in find(reading.papers, Figure))


@rule(
    "C611",
    Severity.WARNING,
    meaning="a picture with a caption has no alternative text",
    source="WCAG 2.2, success criterion 1.1.1 (Non-text Content)",
    example="A chart marked as decoration that has a caption",
)
def find_missing_alternatives(reading: Reading) -> Iterator[Finding]:
    """A picture marked as decoration that has a caption or data, and so says something."""
    for figure in _figures(reading):
        if not plain_text(figure.alternative).strip() and (figure.caption or figure.data is not None):
            name = figure.label or "This picture"
            yield Finding(
                figure.at,
                f"{name} has a caption and no alternative text.",
                "Say in alternative text what it shows.",
            )


@rule(
    "C612",
    Severity.WARNING,
    meaning="alternative text says only what the caption says",
    source="WCAG 2.2, success criterion 1.1.1 (Non-text Content)",
    example="Caption and alternative text are both “Robbery by month”.",
)
def find_captions_as_alternatives(reading: Reading) -> Iterator[Finding]:
    """Alternative text with the same words as the caption, which would be heard twice."""
    for figure in _figures(reading):
        alternative, caption = _bare(plain_text(figure.alternative)), _bare(plain_text(figure.caption))
        if alternative and alternative == caption:
            yield Finding(
                figure.at,
                f"The alternative text “{plain_text(figure.alternative)}” is the caption again.",
                "Say what the picture shows: the last value, the direction, what stands out.",
            )


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", re.sub(r"^\s*(?:Figure|Table) \d+\W*", "", text).casefold()))
