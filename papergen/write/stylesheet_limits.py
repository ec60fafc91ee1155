"""What a stylesheet for print asks for that no page has, and that WeasyPrint would take for ever to lay out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import tinycss2

from papergen import codes
from papergen.diagnostics import Diagnostics, Span

MOST = 2000
"""The largest measure, in whatever unit: A4 is 842 points high."""
MOST_COLUMNS = 12
MOST_LETTERS = 500
_LEAST_PAGE = 50
NESTED = ("The stylesheet has hundreds of brackets within one another.", "Delete those that close nothing.")
_NESTING = frozenset({"flex", "inline-flex", "grid", "inline-grid"})
"""Ways of laying out that measure all that is in them again at every depth, and so never end in one another."""
_THICKEST = {"px": 6, "pt": 5, "mm": 2, "cm": 0.2, "in": 0.08, "em": 0.3, "rem": 0.3, "%": 30}
"""Of a line that is drawn over words, or round them over their neighbours."""
_LINES_OVER_WORDS = frozenset({"outline", "outline-width", "text-decoration", "text-decoration-thickness"})
_COLUMNS = frozenset({"columns", "column-count"})


def is_in_reach(name: str, text: str, found: Diagnostics) -> bool:
    """Whether a stylesheet has no measures, columns, pages and texts beyond all reason, and no variables.

    What it has of them is reported at its place.
    """
    beyond = Diagnostics()
    try:
        _check(name, tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), "", beyond)
    except RecursionError:
        beyond.add(codes.TEMPLATE_STYLESHEET, Span(name), *NESTED)
    found.extend(beyond)
    return not beyond.has_errors


def _check(name: str, tokens: Iterable[Any], of: str, found: Diagnostics) -> None:
    before: Any = None
    for token in tokens:
        if token.type == "ident":
            before = token
        if token.type == "literal" and token.value == ":" and before is not None:
            of = before.lower_value
        elif token.type == "literal" and token.value == ";":
            of, before = "", None
        if what := _beyond(token, of):
            at = Span(name, token.source_line, token.source_column)
            found.add(
                codes.TEMPLATE_STYLESHEET,
                at,
                f"{what}.",
                "Write a measure that a page has, or delete it; columns can be tables or floats.",
            )
            continue
        for inner in ("content", "arguments"):
            _check(name, getattr(token, inner, None) or (), of, found)


def _beyond(token: Any, of: str) -> str:  # noqa: ANN401 - tokens of tinycss2, which are not typed
    """What is beyond all reason in a token of the property ``of``, as a sentence; nothing where it is in reach."""
    if token.type == "error":
        return ""
    shown = token.serialize()[:40]
    match token.type:
        case "dimension" | "percentage" if abs(token.value) > MOST:
            return f"“{shown}” is larger than any page"
        case "dimension" if of == "size" and token.value < _LEAST_PAGE and token.lower_unit in ("px", "pt"):
            return f"“{shown}” is smaller than any page"
        case "dimension" | "percentage" if of in _LINES_OVER_WORDS and token.value > _THICKEST.get(_unit(token), 0):
            return f"“{shown}” is so thick a line that it hides words"
        case "number" if of in _COLUMNS and token.value > MOST_COLUMNS:
            return f"“{shown}” columns are more than any page has"
        case "string" if len(token.value) > MOST_LETTERS:
            return f"A text of {len(token.value):,} letters is longer than any that a look needs"
        case "ident" if of == "display" and token.lower_value in _NESTING:
            return f"“{shown}” may be laid out for ever"
        case "ident" if token.value.startswith("--"):
            return f"“{shown}” is a variable, and a stylesheet for print has none"
    return ""


def _unit(token: Any) -> str:  # noqa: ANN401
    return "%" if token.type == "percentage" else str(token.lower_unit)
