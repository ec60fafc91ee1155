"""What a layout or stylesheet for the web may not hold: anything that a page would fetch or run."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from papergen import codes
from papergen.diagnostics import Diagnostics, Span

_REFUSED = frozenset(
    {"script", "link", "style", "base", "meta", "iframe", "frame", "object", "embed", "form", "video", "audio"}
)
_FETCHED = frozenset({"src", "srcset", "poster", "background", "data", "action", "formaction", "ping"})

_ADDRESS = re.compile(r"@import\b[^;]*|url\(\s*[\"']?(?!data:|#)[^)]*\)?", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STATEMENT = re.compile(r"{#.*?#}", re.DOTALL)

_HINT = "Delete it; a page holds its own look and pictures, and a small picture may stand in it as a data: address."


class _Layout(HTMLParser):
    """Finds what a layout asks for, and where."""

    def __init__(self, name: str, found: Diagnostics) -> None:
        super().__init__(convert_charrefs=True)
        self._name = name
        self._found = found
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag in _REFUSED:
            self._refuse(f"<{tag}> does not belong in a layout for the web.", _HINT)
        for name, value in attrs:
            if name in _FETCHED and not (value or "").strip().lower().startswith("data:"):
                self._refuse(f"“{value or name}” is not fetched: a page asks for nothing.", _HINT)
            elif name == "style":
                self._refuse("The page lets no element have a style of its own.", "Give it a class, and write web.css.")
            elif name.startswith("on"):
                self._refuse(f"“{name}” would run a script, and a page runs none.", "Delete it.")

    def _refuse(self, message: str, hint: str) -> None:
        line, column = self.getpos()
        self._found.add(codes.TEMPLATE_RESOURCE, Span(self._name, line, column + 1), message, hint)


def check_layout_asks(name: str, text: str, found: Diagnostics) -> None:
    """Report what a layout would fetch or run, and a main part or title that it lacks."""
    layout = _Layout(name, found)
    layout.feed(_STATEMENT.sub(_blank, text))
    layout.close()
    for tag, what in (("main", 'a <main id="main">, to which the first link of the page leads'), ("h1", "a title")):
        if layout.tags.count(tag) != 1:
            found.add(
                codes.TEMPLATE_BODY,
                Span(name),
                f"The layout has {'no' if tag not in layout.tags else 'more than one'} <{tag}>.",
                f"A page needs {what}, once.",
            )


def check_stylesheet_asks(name: str, text: str, found: Diagnostics) -> None:
    """Report every address in a stylesheet that a page would fetch, and what would end the stylesheet early."""
    seen = _COMMENT.sub(_blank, text)
    for asked in _ADDRESS.finditer(seen):
        found.add(
            codes.TEMPLATE_RESOURCE,
            _place(name, text, asked.start()),
            f"“{asked.group().strip()[:100]}” is not fetched: a page asks for nothing.",
            _HINT,
        )
    for ending in re.finditer(r"</style", text, re.IGNORECASE):
        at = _place(name, text, ending.start())
        found.add(codes.TEMPLATE_RESOURCE, at, "“</style” would end the stylesheet here.", "Delete it.")


def _blank(match: re.Match[str]) -> str:
    """As many lines and letters as what was matched, so that places stay as they are."""
    return re.sub(r"[^\n]", " ", match.group())


def _place(name: str, text: str, at: int) -> Span:
    return Span(name, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
