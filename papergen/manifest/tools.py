"""What shapes the bytes of the papers besides their inputs: papergen's own code, Python, packages, system libraries."""

from __future__ import annotations

import hashlib
import platform
import sys
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from papergen import __version__
from papergen.manifest.record import Input, Role, Tool
from papergen.store.code import libraries, own_code, packages


@cache
def tools() -> tuple[Tool, ...]:
    """Every tool with its version; one that is not there is left out."""
    found = [
        Tool(name="papergen", version=__version__, sha256=own_code()),
        Tool(name="python", version=f"{platform.python_version()} ({sys.implementation.name}, {platform.machine()})"),
    ]
    found += (Tool(name=package, version=number) for package, number in packages())
    return (*found, *_libraries())


def _libraries() -> Iterator[Tool]:
    """The libraries in C, as this process loads them."""
    import lxml.etree
    import pikepdf
    from PIL import features

    for library, number in libraries():
        yield Tool(name=library, version=number)
    yield Tool(name="zlib", version=zlib.ZLIB_RUNTIME_VERSION)
    yield Tool(name="libxml2", version=".".join(map(str, lxml.etree.LIBXML_VERSION)))
    yield Tool(name="qpdf", version=pikepdf.__libqpdf_version__)
    yield Tool(name="freetype (pillow)", version=str(features.version("freetype2")))


def fonts() -> Iterator[Input]:
    """The font files that the fonts of pages and charts are made from."""
    import fontpkg_arimo

    folder = Path(fontpkg_arimo.ROOT) / "files"
    for file in sorted(folder.iterdir()):
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
        yield Input(name=f"files/{file.name}", role=Role.FONT, origin="fontpkg-arimo", sha256=sha256)
