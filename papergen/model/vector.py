"""The drawing of a chart as SVG: the shapes and letters that it may hold, and nothing that fetches, runs or hides.

A drawing comes from the engine of charts, from a store on the disk or from a kind of chart of a workspace's own, and
goes into pages and files that others open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

SVG = "http://www.w3.org/2000/svg"
ELEMENTS = frozenset(
    {
        *("svg", "g", "path", "rect", "line", "circle", "ellipse", "polygon", "polyline", "text", "tspan"),
        *("defs", "clipPath", "linearGradient", "radialGradient", "stop"),
    }
)
ATTRIBUTES = frozenset(
    {
        *("id", "class", "role", "version", "width", "height", "viewBox", "preserveAspectRatio", "transform"),
        *("d", "points", "x", "y", "x1", "x2", "y1", "y2", "dx", "dy", "cx", "cy", "r", "rx", "ry", "fx", "fy"),
        *("fill", "fill-opacity", "fill-rule", "opacity", "display", "visibility", "pointer-events", "focusable"),
        *("stroke", "stroke-width", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin"),
        *("stroke-miterlimit", "stroke-opacity", "clip-path", "clip-rule", "clipPathUnits"),
        *("font-family", "font-size", "font-style", "font-variant", "font-weight", "text-anchor", "text-decoration"),
        *("dominant-baseline", "letter-spacing", "textLength", "lengthAdjust"),
        *("gradientUnits", "gradientTransform", "spreadMethod", "offset", "stop-color", "stop-opacity"),
    }
)
"""Besides those that begin with ``aria-``."""

_LINK = f"{{{SVG}}}a"
_OWN_PART = re.compile(r"url\(#[\w.-]+\)")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


@lru_cache(maxsize=256)
def foreign(vector: bytes) -> tuple[str, ...]:
    """The names of elements and attributes in a drawing that no chart has, each once; “no drawing” where it is none."""
    root = _root(vector)
    if root is None:
        return ("no drawing",)
    return tuple(dict.fromkeys([*_elements(root), *(name for each in root.iter() for name in _attributes(each))]))


@lru_cache(maxsize=256)
def only_drawing(vector: bytes) -> bytes:
    """``vector`` as it is, or without what is foreign in it; nothing where no drawing is left."""
    if not foreign(vector):
        return vector
    root = _root(vector)
    if root is None:
        return b""
    for each in list(root.iter()):
        holder = each.getparent()
        if each.tag == _LINK:
            each.tag = f"{{{SVG}}}g"  # where it leads goes, what it shows stays
        elif holder is not None and not _is_known(each):
            holder.remove(each)
            continue
        for name in _attributes(each):
            del each.attrib[name]
    return etree.tostring(root)


def _root(vector: bytes) -> etree._Element | None:
    try:
        root = etree.fromstring(vector, _PARSER)
    except (etree.XMLSyntaxError, ValueError):
        return None
    declared = root.getroottree().docinfo
    return root if root.tag == f"{{{SVG}}}svg" and not declared.internalDTD else None


def _is_known(element: etree._Element) -> bool:
    tag = element.tag
    return isinstance(tag, str) and tag.startswith(f"{{{SVG}}}") and tag.rpartition("}")[2] in ELEMENTS


def _elements(root: etree._Element) -> Iterator[str]:
    for each in root.iter():
        if not _is_known(each):
            yield str(each.tag).rpartition("}")[2] if isinstance(each.tag, str) else "comment"


def _attributes(element: etree._Element) -> Iterator[str]:
    for name, value in list(element.attrib.items()):
        known = str(name) in ATTRIBUTES or str(name).startswith("aria-")
        if not known or "url(" in _OWN_PART.sub("", str(value)).casefold() or "\\" in str(value):
            yield str(name)
