"""Elements of HTML as text."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from html import escape

HtmlAttributes = dict[str, str | None]


def data_address(data: bytes, media_type: str) -> str:
    """The address by which a page holds a picture or font itself."""
    return f"data:{media_type};base64,{base64.b64encode(data).decode('ascii')}"


def element(tag: str, content: str, classes: Iterable[str] = (), attributes: HtmlAttributes | None = None) -> str:
    """One element.  ``content`` is HTML already; attribute values are plain text, and one that is None is left out."""
    return f"{start_tag(tag, classes, attributes)}{content}</{tag}>"


def start_tag(tag: str, classes: Iterable[str] = (), attributes: HtmlAttributes | None = None) -> str:
    """A start tag, or the whole of an element that has no end tag."""
    names = " ".join(name for name in classes if name)
    given: HtmlAttributes = {"class": names or None, **(attributes or {})}
    written = "".join(f' {name}="{escape(value)}"' for name, value in given.items() if value is not None)
    return f"<{tag}{written}>"
