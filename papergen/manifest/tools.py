"""What shapes the bytes of the papers besides their inputs: papergen's own code, Python, packages, system libraries."""

from __future__ import annotations

import ctypes
import hashlib
import platform
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from papergen import __version__
from papergen.manifest.record import Input, Role, Tool
from papergen.store.code import own_code

PACKAGES = (
    *("altair", "vl-convert-python", "fontpkg-arimo", "pillow"),
    *("weasyprint", "pydyf", "fonttools", "tinycss2", "cssselect2", "tinyhtml5", "pyphen", "pikepdf"),
    *("python-docx", "docxtpl", "docxcompose", "lxml", "jinja2", "markupsafe"),
    *("markdown-it-py", "mdit-py-plugins", "pyyaml", "pydantic"),
)
"""Packages by the part they have: charts; pages; Word files; text, settings and data."""

SHAPELESS = {"typer", "rich", "python-calamine"}
"""What papergen needs for its commands and for imports, and what no paper depends on."""


@cache
def tools() -> tuple[Tool, ...]:
    """Every tool with its version; one that is not there is left out."""
    found = [
        Tool(name="papergen", version=__version__, sha256=own_code()),
        Tool(name="python", version=f"{platform.python_version()} ({sys.implementation.name}, {platform.machine()})"),
    ]
    for package in PACKAGES:
        with suppress(PackageNotFoundError):
            found.append(Tool(name=package, version=version(package)))
    return (*found, *_libraries())


def _libraries() -> Iterator[Tool]:
    """The libraries in C, as this process loads them."""
    import lxml.etree
    import pikepdf
    from PIL import features

    for library, (file, ask) in _LOADED.items():
        with suppress(OSError, AttributeError):
            yield Tool(name=library, version=ask(ctypes.CDLL(file)))
    yield Tool(name="zlib", version=zlib.ZLIB_RUNTIME_VERSION)
    yield Tool(name="libxml2", version=".".join(map(str, lxml.etree.LIBXML_VERSION)))
    yield Tool(name="qpdf", version=pikepdf.__libqpdf_version__)
    yield Tool(name="freetype (pillow)", version=str(features.version("freetype2")))


def _text_of(function: str) -> Callable[[ctypes.CDLL], str]:
    def ask(library: ctypes.CDLL) -> str:
        asked = getattr(library, function)
        asked.restype = ctypes.c_char_p
        return bytes(asked()).decode("ascii")

    return ask


def _fontconfig(library: ctypes.CDLL) -> str:
    number: int = library.FcGetVersion()
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


def _glib(library: ctypes.CDLL) -> str:
    parts = ("major", "minor", "micro")
    return ".".join(str(ctypes.c_uint.in_dll(library, f"glib_{part}_version").value) for part in parts)


def _with_subsetting(library: ctypes.CDLL) -> str:
    """The version that the subsetter was built as; the call alone shows that the right library answers."""
    library.hb_subset_input_create_or_fail  # noqa: B018 - raises where there is no such function
    return _text_of("hb_version_string")(library)


_LOADED: dict[str, tuple[str, Callable[[ctypes.CDLL], str]]] = {
    "glib": ("libglib-2.0.so.0", _glib),
    "pango": ("libpango-1.0.so.0", _text_of("pango_version_string")),
    "harfbuzz": ("libharfbuzz.so.0", _text_of("hb_version_string")),
    "harfbuzz-subset": ("libharfbuzz-subset.so.0", _with_subsetting),
    "fontconfig": ("libfontconfig.so.1", _fontconfig),
}


def fonts() -> Iterator[Input]:
    """The font files that pages and charts are drawn with."""
    import fontpkg_arimo

    folder = Path(fontpkg_arimo.ROOT) / "files"
    for file in sorted(folder.iterdir()):
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
        yield Input(name=f"files/{file.name}", role=Role.FONT, origin="fontpkg-arimo", sha256=sha256)
