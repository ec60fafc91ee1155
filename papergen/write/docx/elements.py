"""The elements that a Word template may hold, by name: text, pictures, styles, and the settings of a page.

What stands on no list and is not needed to read the text (extensions that a file itself calls ignorable) is left out;
anything else that is on no list is told of.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from lxml import etree

from papergen.write.docx.xml import Element, remove

_SOUNDS = frozenset({"audioCd", "audioFile", "quickTimeFile", "snd", "videoFile", "wavAudioFile"})

_LISTS = Path(__file__).with_name("word-elements.txt")
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/"
_MICROSOFT = "http://schemas.microsoft.com/office/"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_WHOLE = frozenset(
    {
        *(f"{_DRAWING}main", f"{_DRAWING}picture", f"{_DRAWING}wordprocessingDrawing", _COMPATIBILITY),
        *(f"{_MICROSOFT}word/2010/wordprocessing{part}" for part in ("Drawing", "Shape", "Group", "Canvas")),
        *(f"{_MICROSOFT}drawing/2010/main", f"{_MICROSOFT}drawing/2014/main", f"{_MICROSOFT}drawing/2016/SVG/main"),
        *(f"{_MICROSOFT}drawing/2017/decorative", "urn:schemas-microsoft-com:vml"),
        *("urn:schemas-microsoft-com:office:word", "http://schemas.openxmlformats.org/officeDocument/2006/math"),
    }
)
"""Namespaces that hold nothing but drawings, formulas, and what belongs to one of several ways of writing them."""

_WRAPPERS = frozenset({f"{{{_MAIN}}}{name}" for name in ("smartTag", "customXml")})
_NOT_NEEDED = frozenset(
    {
        "{http://schemas.openxmlformats.org/schemaLibrary/2006/main}schemaLibrary",
        *(
            f"{{{_MAIN}}}{name}"
            for name in ("documentProtection", "writeProtection", "printerSettings", "updateFields")
        ),
        *(f"{{{_MAIN}}}{name}" for name in ("smartTagPr", "smartTagType", "customXmlPr", "doNotEmbedSmartTags")),
        f"{{{_MAIN}}}attachedTemplate",
    }
)
"""Locks, printers and schemas: no reader of a paper needs them."""
_EXTENSION = f"{{{_DRAWING}main}}ext"


@cache
def _named() -> Mapping[str, frozenset[str]]:
    """The names that are allowed in the namespaces of which not all is."""
    listed: dict[str, list[str]] = {}
    names: list[str] = []
    for line in _LISTS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            names = listed.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            names += line.split()
    return {namespace: frozenset(given) for namespace, given in listed.items()}


@lru_cache(maxsize=1024)
def is_allowed(tag: str) -> bool:
    """Whether elements with a tag stand on the lists."""
    name = etree.QName(tag)
    if name.namespace in _WHOLE:
        return name.localname not in _SOUNDS
    return name.localname in _named().get(name.namespace or "", ())


def leave_out_elements(root: Element) -> bool:
    """Take out of ``root`` what no paper needs and whatever a reader may pass over; whether there was any."""
    # the namespaces that a part itself says may be passed over by whoever does not know them
    prefixes = (root.get(f"{{{_COMPATIBILITY}}}Ignorable") or "").split()
    passed = frozenset(found for prefix in prefixes if (found := root.nsmap.get(prefix)) is not None)
    gone = [each for each in root.iter() if isinstance(each.tag, str) and _may_go(each, passed)]
    remove(gone)
    wrappers = list(root.iter(*_WRAPPERS))
    for each in wrappers:
        unwrap(each)
    return bool(gone or wrappers)


def unwrap(element: Element) -> None:
    """Put what an element holds in its place."""
    parent = element.getparent()
    if parent is not None:
        at = parent.index(element)
        parent[at : at + 1] = list(element)


def _may_go(element: Element, passed: frozenset[str]) -> bool:
    if element.tag in _NOT_NEEDED:
        return True
    if element.tag == _EXTENSION:
        return not all(is_allowed(each.tag) for each in element.iterdescendants() if isinstance(each.tag, str))
    return etree.QName(element).namespace in passed and not is_allowed(element.tag)
