"""What a page or stylesheet for the web may not hold: anything that would be fetched or run, or act by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import tinycss2

from papergen import codes
from papergen.diagnostics import Diagnostics, Span
from papergen.write.allowed import DELETE, not_allowed, parsed, place_in, place_of
from papergen.write.stylesheet_limits import NESTED

_ASKING = frozenset({"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade"})


def check_page(name: str, layout: str, page: str, found: Diagnostics) -> None:
    """Report what a page would fetch or run, and a main part or title that it lacks, at its place in the layout."""
    root = parsed(page)
    for each in not_allowed(root):
        found.add(codes.TEMPLATE_RESOURCE, place_of(name, layout, each), each.message, each.hint)
    for tag, what in (("main", 'a <main id="main">, to which the first link of the page leads'), ("h1", "a title")):
        count = sum(1 for _ in root.iter(tag))
        if count != 1:
            found.add(
                codes.TEMPLATE_BODY,
                Span(name),
                f"The layout has {'more than one' if count else 'no'} <{tag}>.",
                f"A page needs {what}, once.",
            )


def check_stylesheet_asks(name: str, text: str, found: Diagnostics) -> None:
    """Report every address in a stylesheet that a page would fetch, and what would end the stylesheet early."""
    try:
        asked_for = _asked(text)
    except RecursionError:
        found.add(codes.TEMPLATE_STYLESHEET, Span(name), *NESTED)
        return
    for line, column, asked in asked_for:
        found.add(
            codes.TEMPLATE_RESOURCE,
            Span(name, line, column),
            f"“{asked[:100]}” is not fetched: a page asks for nothing.",
            DELETE,
        )
    for ending in re.finditer(r"</style", text, re.IGNORECASE):
        at = place_in(name, text, ending.start())
        found.add(codes.TEMPLATE_RESOURCE, at, "“</style” would end the stylesheet here.", "Delete it.")


@lru_cache(maxsize=8)
def _asked(text: str) -> tuple[tuple[int, int, str], ...]:
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    return tuple(sorted(set(_asks(rules))))


def _asks(tokens: Iterable[Any]) -> Iterator[tuple[int, int, str]]:
    """Every address among the tokens of a stylesheet, however it is written, with its line and column."""
    for token in tokens:
        if token.type == "at-rule" and token.lower_at_keyword == "import":
            yield token.source_line, token.source_column, token.serialize().strip()
            continue
        if token.type == "url" and not _is_own(token.value):
            yield token.source_line, token.source_column, token.serialize()
        if token.type == "function" and token.lower_name in _ASKING:
            strings = [each.value for each in token.arguments if each.type == "string"]
            if not all(map(_is_own, strings)) or (token.lower_name in {"url", "src"} and not strings):
                yield token.source_line, token.source_column, token.serialize()
                continue
        for inner in ("prelude", "content", "arguments"):
            yield from _asks(getattr(token, inner, None) or ())


def _is_own(address: str) -> bool:
    return address.strip().casefold().startswith(("data:", "#"))
