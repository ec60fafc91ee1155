"""A chart as part of a web page: its SVG without what the page says of it already, and with ids of its own."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

from papergen.model.nodes import Figure
from papergen.model.vector import only_drawing
from papergen.model.walk import plain_text
from papergen.write.resources import CHART_FONT

_LEFT_OUT = frozenset({"class", "role", "version", "pointer-events"})
_USUAL = frozenset({("opacity", "1"), ("font-weight", "normal"), ("font-family", CHART_FONT)})
_FINE = re.compile(r"(\.\d\d)\d+")
_REFERENCE = re.compile(r"(?<=url\(#)")


def drawing_of(figure: Figure) -> str:
    """The drawing of a chart as an element of a page, told of by its alternative text."""
    return inline_drawing(
        figure.drawn.vector,
        alternative=plain_text(figure.alternative),
        prefix=f"_{figure.key or figure.drawn.sha256}-",
        language=figure.told_in,
    )


@lru_cache(maxsize=1024)  # a page is made twice, and looked through in between
def inline_drawing(vector: bytes, *, alternative: str, prefix: str, language: str = "") -> str:
    """The SVG of a chart as an element of a page, told of by ``alternative``; every id in it begins with ``prefix``.

    Vega names each mark for screen readers, in English made for programmers; the alternative text stands for them all.
    Its letters take their font from the page.
    """
    root = etree.fromstring(only_drawing(vector))
    for hidden in [each for each in root.iter() if each.get("display") == "none"]:
        if (holder := hidden.getparent()) is not None:
            holder.remove(hidden)
    for each in root.iter():
        for name, value in list(each.attrib.items()):
            kept = _kept(str(name), str(value), prefix)
            if kept is None:
                del each.attrib[name]
            else:
                each.set(name, kept)
    for name, value in {"role": "img", "aria-label": alternative, "focusable": "false"}.items():
        root.set(name, value)
    if language:
        root.set("lang", language)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode", with_tail=False)


def _kept(name: str, value: str, prefix: str) -> str | None:
    """What an attribute becomes, or None for one that is left out."""
    if name in _LEFT_OUT or name.startswith("aria-") or (name, value) in _USUAL:
        return None
    if name == "id":
        return f"{prefix}{value}"
    if name in ("d", "transform", "points", "x", "y", "x1", "x2", "y1", "y2", "width", "height"):
        return _FINE.sub(r"\1", value)
    return _REFERENCE.sub(prefix, value) if "url(#" in value else value
