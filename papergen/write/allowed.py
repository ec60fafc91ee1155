"""What a page of HTML may hold, by a list of elements and attributes: the page that came out, as a browser reads it.

The page is read by the rules of HTML5, so that no way of writing something, in a layout or through its fields, can come
out as something else than what is looked at here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import tinyhtml5
import tinyhtml5.inputstream

from papergen.diagnostics import Span
from papergen.model.vector import ATTRIBUTES as OF_DRAWINGS
from papergen.model.vector import ELEMENTS as DRAWN
from papergen.model.vector import SVG

_ELEMENTS = frozenset(
    {
        *("body", "main", "header", "footer", "nav", "section", "article", "aside", "div", "p", "span", "br", "hr"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "q", "address"),
        *("a", "strong", "em", "b", "i", "small", "sup", "sub", "cite", "abbr", "code", "time", "wbr", "s", "mark"),
        *("table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"),
        *("figure", "figcaption", "img", "details", "summary"),
    }
)
_ANYWHERE = frozenset({"class", "id", "lang", "dir", "title", "role", "tabindex"})
_OF = {
    "a": frozenset({"href", "hreflang"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "th": frozenset({"scope", "colspan", "rowspan", "headers", "abbr"}),
    "td": frozenset({"colspan", "rowspan", "headers"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "ol": frozenset({"start", "reversed", "type"}),
    "li": frozenset({"value"}),
    "details": frozenset({"open"}),
    "time": frozenset({"datetime"}),
}
_FETCHES = frozenset({"src", "srcset", "poster", "background", "data", "action", "formaction", "ping", "lowsrc"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_FOLLOWED = frozenset({"http", "https", "mailto", "tel"})
_SPANS = frozenset({"colspan", "rowspan", "span"})
_SPAN = re.compile(r"\s*(?:\d{1,3}|1000)\s*", re.ASCII)
_NO_CHARACTER = re.compile(r"&#[xX]?[\da-fA-F]{8,};?")
_STATEMENT = re.compile(r"{#.*?#}", re.DOTALL)
_IGNORED = re.compile(r"[\x00-\x20]+")
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml)[;,]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """An element, or an attribute of it with its value, that a page may not hold, and why."""

    element: str
    attribute: str
    message: str
    hint: str


DELETE = "Delete it; a page holds its own look and pictures, and a small picture may stand in it as a data: address."


class _Patterns(dict[tuple[frozenset[str], bool], re.Pattern[str]]):
    """What reads HTML up to some letters, or on while there are only such, made once for each."""

    def __missing__(self, key: tuple[frozenset[str], bool]) -> re.Pattern[str]:
        letters, only_such = key
        listed = "".join(f"\\x{ord(letter):02x}" for letter in letters)
        made = self[key] = re.compile(f"[{'' if only_such else '^'}{listed}]+")
        return made


# It looks each up under the letters and puts it by under the pattern, where it is never found: half of its time.
tinyhtml5.inputstream.characters_until_regex = _Patterns()


def parsed(page: str) -> Any:  # noqa: ANN401 - an element tree, which tinyhtml5 does not type
    """The tree of a page, as a browser makes it; its elements of HTML have names without a namespace."""
    try:
        return tinyhtml5.parse(page, namespace_html_elements=False)
    except ValueError:  # a character by a number of thousands of digits, which is none for a browser
        return tinyhtml5.parse(_NO_CHARACTER.sub("\ufffd", page), namespace_html_elements=False)


def not_allowed(root: Any, *, more: Collection[str] = ()) -> Iterator[NotAllowed]:  # noqa: ANN401
    """What the body of a page holds and may not; ``more`` are attributes that may stand in it besides."""
    body = next(root.iter("body"), None)
    if body is None:
        yield NotAllowed("frameset", "", "<frameset> stands in place of the page.", DELETE)
        return
    for each in (root, *body.iter()):
        if not isinstance(each.tag, str):
            continue  # a comment
        namespace, _, name = each.tag.removeprefix("{").rpartition("}")
        if each is not root and not (namespace == SVG and name in DRAWN if namespace else name in _ELEMENTS):
            yield NotAllowed(name, "", f"<{name}> does not belong in a layout.", DELETE)
            attributes = {key: value for key, value in each.attrib.items() if key in _FETCHES}
        else:
            attributes = each.attrib
        for attribute, value in attributes.items():
            found = _attribute(name, str(attribute), str(value), namespace == SVG, more)
            if found is not None:
                yield NotAllowed(name, str(attribute), *found)


def _attribute(element: str, name: str, value: str, is_drawn: bool, more: Collection[str]) -> tuple[str, str] | None:
    """What is wrong with an attribute, and how to mend it; None where it may stand."""
    shown = value if len(value) <= 100 else f"{value[:100]}…"
    if name.startswith(("aria-", "data-")) or name in more:
        return None
    if is_drawn:
        if name.endswith("}xmlns") or (name in OF_DRAWINGS and "url(" not in value.replace("url(#", "").casefold()):
            return None
        return f"“{name}” does not belong in a drawing.", DELETE
    if name.startswith("on"):
        return f"“{name}” would run a script, and a page runs none.", "Delete it."
    if name == "style":
        return "The page lets no element have a style of its own.", "Give it a class, and write web.css."
    address = _IGNORED.sub("", value)
    if name == "src" and element == "img":
        return (
            None if _PICTURE.match(address) else (f"“{shown or name}” is not fetched: a page asks for nothing.", DELETE)
        )
    if name == "href" and element == "a":
        scheme = _SCHEME.match(address)
        if scheme is None or scheme[1].casefold() in _FOLLOWED:
            return None
        return f"“{shown}” is no address that a reader can follow.", "Write one that begins with https://."
    if name in _SPANS and not _SPAN.fullmatch(value):
        return f"“{name}” of {shown} is more than any table has.", "Write a number of cells, or delete it."
    if name in _ANYWHERE or name in _OF.get(element, ()):
        return None
    if name in _FETCHES:
        return f"“{shown or name}” is not fetched: a page asks for nothing.", DELETE
    return f"“{name}” does not belong in a layout.", "Delete it."


def place_of(name: str, layout: str, wrong: NotAllowed) -> Span:
    """Where a layout brings in what a page may not hold, or the layout alone where that cannot be seen in it."""
    text = _STATEMENT.sub(_blank, layout)
    element, attribute = re.escape(wrong.element), re.escape(wrong.attribute)
    patterns = [rf"<{element}\b[^<>]*?[\s/\"']{attribute}\b", rf"\b{attribute}\b"] if attribute else []
    patterns += [] if attribute else [rf"<{element}\b", rf"\b{element}\b"]
    matches = (re.search(pattern, text, re.IGNORECASE) for pattern in patterns)
    at = next((match.start() for match in matches if match is not None), None)
    return Span(name) if at is None else place_in(name, text, at)


def _blank(match: re.Match[str]) -> str:
    """As many lines and letters as what was matched, so that places stay as they are."""
    return re.sub(r"[^\n]", " ", match.group())


def place_in(name: str, text: str, at: int) -> Span:
    """The line and column of the letter at ``at``."""
    return Span(name, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
