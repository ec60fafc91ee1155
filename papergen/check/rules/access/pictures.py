"""Access to pictures and charts: the alternative text that stands for them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergen.check.reading import Subject
from papergen.check.rule import Rule
from papergen.check.rules.access.wcag import wcag
from papergen.diagnostics import Code, Diagnostic, Severity
from papergen.model.nodes import Figure
from papergen.model.walk import plain_text, walk_nodes, walk_sections

ALTERNATIVE_MISSING = Code("C611", Severity.WARNING, "a picture with a caption has no alternative text")
ALTERNATIVE_CAPTION = Code("C612", Severity.WARNING, "alternative text says only what the caption says")
ALTERNATIVE_LONG = Code("C613", Severity.WARNING, "alternative text is too long to be listened to")
ALTERNATIVE_IMAGE = Code("C614", Severity.NOTE, "alternative text begins by saying that it is a picture")

MOST_ALTERNATIVE = 500
"""Letters of alternative text: what takes about half a minute to hear."""


def _figures(subject: Subject) -> Iterator[Figure]:
    for paper in subject.papers:
        for section in walk_sections(paper.sections):
            for node, _ in walk_nodes(section.blocks):
                if isinstance(node, Figure):
                    yield node


def find_missing_alternatives(subject: Subject) -> Iterator[Diagnostic]:
    """A picture marked as decoration that has a caption or data, and so says something (WCAG 2.2, 1.1.1)."""
    for figure in _figures(subject):
        if not figure.alternative.strip() and (figure.caption or figure.data is not None):
            name = figure.label or "This picture"
            yield Diagnostic(
                ALTERNATIVE_MISSING,
                figure.at,
                f"{name} has a caption and no alternative text.",
                "Say in alternative text what it shows.",
            )


def find_captions_as_alternatives(subject: Subject) -> Iterator[Diagnostic]:
    """Alternative text with the same words as the caption, which would be heard twice (WCAG 2.2, 1.1.1)."""
    for figure in _figures(subject):
        alternative, caption = _bare(figure.alternative), _bare(plain_text(figure.caption))
        if alternative and alternative == caption:
            yield Diagnostic(
                ALTERNATIVE_CAPTION,
                figure.at,
                f"The alternative text “{figure.alternative}” is the caption again.",
                "Say what the picture shows: the last value, the direction, what stands out.",
            )


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", re.sub(r"^\s*(?:Figure|Table) \d+\W*", "", text).casefold()))


def find_long_alternatives(subject: Subject) -> Iterator[Diagnostic]:
    """Alternative text of more than 500 letters (WCAG 2.2, 1.1.1: a short text and the data are two things)."""
    for figure in _figures(subject):
        if len(figure.alternative) > MOST_ALTERNATIVE:
            first = re.match(r"\S+(?: \S+){0,3}", figure.alternative.strip())
            yield Diagnostic(
                ALTERNATIVE_LONG,
                figure.at,
                f"The alternative text “{first[0] if first else ''} …” has {len(figure.alternative)} letters.",
                f"Say what matters in fewer than {MOST_ALTERNATIVE}, and put the rest in the text or in a table.",
            )


_SAYS_IMAGE = re.compile(
    r"\s*(?:an? |the |this )?(?:image|picture|photo(?:graph)?|graphic|figure|screenshot)"
    r"(?: (?:of|showing|shows|that))?\b(?! \d)",
    re.IGNORECASE,
)


def find_images_of(subject: Subject) -> Iterator[Diagnostic]:
    """Alternative text that begins "image of", which a reader of a screen has just said (WCAG 2.2, 1.1.1, H37)."""
    for figure in _figures(subject):
        found = _SAYS_IMAGE.match(figure.alternative)
        if found:
            yield Diagnostic(
                ALTERNATIVE_IMAGE,
                figure.at,
                f"The alternative text begins “{found[0].strip()}”.",
                "Begin with what it shows: that it is a picture is said already.",
            )


RULES: tuple[Rule, ...] = (
    Rule(
        code=ALTERNATIVE_MISSING,
        check=find_missing_alternatives,
        source=wcag("success criterion 1.1.1 (Non-text Content)"),
        example="A chart marked as decoration that has a caption",
    ),
    Rule(
        code=ALTERNATIVE_CAPTION,
        check=find_captions_as_alternatives,
        source=wcag("success criterion 1.1.1 (Non-text Content)"),
        example="Caption and alternative text are both “Robbery by month”.",
    ),
    Rule(
        code=ALTERNATIVE_LONG,
        check=find_long_alternatives,
        source=wcag("success criterion 1.1.1 (Non-text Content)", "techniques G94 and G95"),
        example="Alternative text that reads out every month of three years",
    ),
    Rule(
        code=ALTERNATIVE_IMAGE,
        check=find_images_of,
        source=wcag("success criterion 1.1.1 (Non-text Content)", "technique H37"),
        example="Image of a chart of robberies",
    ),
)
