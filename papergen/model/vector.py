"""The drawing of a chart as SVG: the shapes and letters that it may hold, and nothing that fetches, runs or hides.

A drawing comes from the engine of charts, from a store on the disk or from a kind of chart of a workspace's own, and
goes into pages and files that others open.
"""

from __future__ import annotations

import math
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
MOST_DRAWN = 200_000
_METADATA = f"{{{SVG}}}metadata"
_FOREIGN = re.compile(r"\{(?!http://www\.w3\.org/(1999/xlink|XML/1998/namespace)\})")
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_NAME = re.compile(r"[\w-]+")
_LEADS = re.compile(r"""^#([^\s'"]+)$|url\(\s*['"]?#([^\s'")]+)""")
_SIZE = re.compile(rb'^<svg[^>]*? width="([\d.]+)" height="([\d.]+)"')
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def size_of(vector: bytes) -> tuple[float, float] | None:
    """The width and height of a drawing in CSS pixels; None where it does not begin as a drawing."""
    size = _SIZE.search(vector)
    return None if size is None else (float(size[1]), float(size[2]))


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


def without_notes(vector: bytes) -> bytes:
    """A drawing of any program without what is not drawn: comments, and what programs note of files and people."""
    root = _parsed(vector)
    if root is None:
        return vector
    for each in list(root.iter()):
        holder, tag = each.getparent(), each.tag
        if holder is not None and not (isinstance(tag, str) and tag.startswith(f"{{{SVG}}}") and tag != _METADATA):
            _take_out(each, holder)
            continue
        for name in [str(name) for name in each.attrib if _FOREIGN.match(str(name))]:
            del each.attrib[name]
    etree.cleanup_namespaces(root)
    return etree.tostring(root)


def _take_out(element: etree._Element, holder: etree._Element) -> None:
    """Take out an element; the text after it stays."""
    before = element.getprevious()
    if before is None:
        holder.text = (holder.text or "") + (element.tail or "")
    else:
        before.tail = (before.tail or "") + (element.tail or "")
    holder.remove(element)


def is_endless(vector: bytes) -> bool:
    """Whether a drawing holds another picture, or draws its parts again within one another more often than any may."""
    root = _parsed(vector)
    if root is None or next(root.iter(f"{{{SVG}}}image"), None) is not None:
        return True
    parts = {str(each.get("id")): each for each in root.iter() if each.get("id")}
    rules = [rule for style in root.iter(f"{{{SVG}}}style") for rule in _RULE.findall(style.text or "")]
    sizes: dict[etree._Element, float] = {}

    def size(element: etree._Element) -> float:
        """How much is drawn for an element, with all that it leads to; without an end where it leads to itself."""
        if element not in sizes:
            sizes[element] = math.inf
            names = {element.get("id"), str(element.tag).rpartition("}")[2], *(element.get("class") or "").split()}
            said = [str(value) for value in element.attrib.values()]
            said += [what for where, what in rules if "*" in where or names & {*_NAME.findall(where)}]
            led = {name for each in said for both in _LEADS.findall(each) for name in both} & parts.keys()
            markers = len(element.get("d") or element.get("points") or "") if "marker" in str(element.attrib) else 0
            sizes[element] = 1 + sum(map(size, element)) + (1 + markers) * sum(size(parts[name]) for name in led)
        return sizes[element]

    try:
        return size(root) > MOST_DRAWN
    except RecursionError:
        return True


def _root(vector: bytes) -> etree._Element | None:
    root = _parsed(vector)
    return None if root is None or root.getroottree().docinfo.internalDTD else root


def _parsed(vector: bytes) -> etree._Element | None:
    try:
        root = etree.fromstring(vector, _PARSER)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root if root.tag == f"{{{SVG}}}svg" else None


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
