"""What shapes results besides inputs, as a part of keys: papergen's own code, packages, and libraries in C."""

from __future__ import annotations

import ctypes
import hashlib
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from papergen.world import packaged_templates

PACKAGES = (
    *("altair", "vl-convert-python", "fontpkg-arimo", "pillow"),
    *("weasyprint", "pydyf", "fonttools", "tinycss2", "cssselect2", "brotli", "tinyhtml5", "pyphen", "pikepdf"),
    *("python-docx", "docxtpl", "docxcompose", "lxml", "jinja2", "markupsafe"),
    *("markdown-it-py", "mdit-py-plugins", "pyyaml", "pydantic"),
)
"""Packages by the part they have: charts; pages; Word files; text, settings and data."""


@cache
def own_code() -> str:
    """One hash of all that papergen is made of, which changes where the version may not: in a checkout."""
    package = Path(__file__).resolve().parent.parent
    own = hashlib.sha256()
    for file in sorted(package.rglob("*"), key=lambda each: each.relative_to(package).as_posix()):
        name = file.relative_to(package).as_posix()
        if not file.is_file() or "__pycache__" in name or name.startswith("templates/") or "/." in f"/{name}":
            continue
        own.update(f"{name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return own.hexdigest()


@cache
def programs() -> tuple[tuple[str, str], ...]:
    """What has a part in papers besides inputs, and which it is: papergen, its templates, Python and what it loads."""
    files = sorted(each for each in packaged_templates().iterdir() if each.is_file())
    templates = ((f"papergen's {each.name}", hashlib.sha256(each.read_bytes()).hexdigest()) for each in files)
    return (("python", sys.version), ("papergen", own_code()), *packages(), *libraries(), *templates)


@cache
def packages() -> tuple[tuple[str, str], ...]:
    """The packages that are there, with their versions."""
    found = []
    for package in PACKAGES:
        with suppress(PackageNotFoundError):
            found.append((package, version(package)))
    return tuple(found)


def libraries() -> Iterator[tuple[str, str]]:
    """The libraries in C that set pages, as this process loads them, with their versions."""
    for library, (file, ask) in _LOADED.items():
        with suppress(OSError, AttributeError):
            yield library, ask(ctypes.CDLL(file))


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
