"""papergen's own Word template, from which another one takes the parts and styles that it lacks."""

from __future__ import annotations

import copy
import io
import zipfile
from functools import cache

from docx.oxml.parser import parse_xml

from papergen.files import read_file
from papergen.world import MOST_BYTES, packaged_templates
from papergen.write.docx.xml import Element

OWN_NAME = "panel-report.docx"


def own_template() -> bytes:
    """The bytes of papergen's template for panel reports, which has every style that a paper needs."""
    return read_file(packaged_templates() / OWN_NAME, most=MOST_BYTES)


@cache
def _parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(own_template())) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.startswith("word/")}


@cache
def _root(part: str) -> Element:
    root: Element = parse_xml(_parts()[f"word/{part}.xml"])
    return root


def own_part(name: str) -> bytes:
    """The bytes of one part, such as ``theme/theme1.xml``."""
    return _parts()[f"word/{name}"]


def own_root(part: str) -> Element:
    """A copy of the root of one part: ``styles``, ``numbering``, ``settings`` or ``footnotes``."""
    return copy.deepcopy(_root(part))
