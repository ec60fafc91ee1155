"""HTML in Markdown, which a paper does not hold: what is told of it, and the Markdown that does the same."""

from __future__ import annotations

import re

from papergen.read.characters import unbroken
from papergen.values.words import shortened

_TAG = re.compile(r"^</?|[\s/>].*$", re.DOTALL)
_IN_FORM = re.compile(r"</?\w+\s*(?:[\w:-]+\s*=.*)?/?>", re.DOTALL)
_AS_MARKDOWN = {
    "br": "For a line break end the line with a backslash.",
    **dict.fromkeys(("b", "strong"), "For bold words write **words**."),
    **dict.fromkeys(("i", "em"), "For italic words write *words*."),
    **dict.fromkeys(("sup", "sub"), "Delete it; for a small figure type ² or ₂, for a note write [^1]."),
    "a": "Write [words](address).",
    "img": "Write ![What it shows](its file) in a paragraph of its own.",
}


def tag_name(html: str) -> str:
    """The name of the tag that ``html`` begins with, in small letters."""
    return _TAG.sub("", html).lower()


def told_of_html(html: str) -> tuple[str, str]:
    """The message and the hint on a piece of HTML."""
    if html.startswith("<!--"):
        return "A hidden comment would be lost.", "Delete it, or print it in a “::: note” box."
    shown = shortened(unbroken(html.strip().split("\n")[0]))
    mends = _AS_MARKDOWN.get(tag_name(html)) if _IN_FORM.match(html) else None
    hint = mends or "Delete it, or put a backslash before “<” to print it as it stands."
    return f"“{shown}” is HTML, which a paper does not hold.", hint
