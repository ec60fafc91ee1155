"""The fonts of the PDF: those that a workspace brings in ``templates/fonts/``, and papergen's for all others.

A font of the machine is never used: the same paper would have other bytes on another one.
"""

from __future__ import annotations

import hashlib
import importlib
import io
import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from papergen import codes
from papergen.diagnostics import Diagnostics, Span
from papergen.write.elements import data_address
from papergen.write.resources import PRINT_FONT

FOLDER = "templates/fonts"
ENDINGS = (".ttf", ".otf")
ADDRESS = "papergen:font/"

WEB_FONTS = 'Arial, Helvetica, "Liberation Sans", sans-serif'
"""The families of a web page that is set in Arial or in nothing that is known."""
_LIKE_ARIAL = frozenset({"arial", "helvetica", "helvetica neue", "liberation sans", "arimo", "arial mt"})
METRIC_EQUALS = {
    "calibri": ("Carlito",),
    "cambria": ("Caladea",),
    "times new roman": ("Tinos", "Liberation Serif"),
    "courier new": ("Cousine", "Liberation Mono"),
    "arial narrow": ("Liberation Sans Narrow",),
    "georgia": ("Gelasio",),
    "segoe ui": ("Selawik",),
}
"""Fonts of Word, and free ones whose letters are as wide."""
_SERIFS = re.compile(r"times|georgia|cambria|garamond|serif|roman|book|palatino|constantia|baskerville|minion", re.I)
_RESTRICTED, _NO_SUBSETS, _BITMAPS = 0x0002, 0x0100, 0x0200
_MAY = 0x000C
_MOST_NAME = 80
_ON_PAGES = (
    *range(0x20, 0x180),
    *range(0x1E80, 0x1E86),
    *range(0x1EF2, 0x1EF4),
    *range(0x2000, 0x2200),
)
_ON_PAGES += (0x2200, 0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x25A0, 0x25A1, 0x25AA, 0x25CF, 0x25CB, 0xFB01, 0xFB02)
"""Letters of English and Welsh with their neighbours, signs of punctuation, money, arrows and fractions."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font that may be embedded: its file, family, whether it is bold or slanted, its bytes, and the letters it has.

    It is ``for_pages`` of the web where its file lets anybody have it; others are for documents alone.
    """

    file: str
    family: str
    bold: bool
    italic: bool
    data: bytes
    letters: frozenset[int]
    for_pages: bool = False


@dataclass(frozen=True, slots=True)
class Fonts:
    """What the words of a paper are set in.

    ``families`` gives the value of ``font-family`` for each font that Word names, and ``web`` that of web pages;
    ``faces`` are the ``@font-face`` rules, ``web_faces`` those of pages, which hold the fonts themselves; ``resources``
    are the bytes behind the addresses of ``faces``, and ``letters`` those that the fonts hold.
    """

    families: Mapping[str, str] = field(default_factory=dict)
    web: Mapping[str, str] = field(default_factory=dict)
    faces: str = ""
    web_faces: str = ""
    resources: Mapping[str, tuple[bytes, str]] = field(default_factory=dict)
    letters: frozenset[int] = frozenset()


def choose_fonts(name: str, wanted: Iterable[str], files: Mapping[str, bytes], found: Diagnostics) -> Fonts:
    """The fonts for those that a template names, with notes at ``name`` for each that another one stands in for.

    ``files`` are the workspace's own fonts by file name; one that may not be embedded is an error.
    """
    there: dict[str, list[FontFile]] = {}
    for file, data in sorted(files.items()):
        font = read_font(f"{FOLDER}/{file}", data, found)
        if font is not None:
            there.setdefault(font.family.casefold(), []).append(font)
    families: dict[str, str] = {}
    web: dict[str, str] = {}
    used: dict[str, list[FontFile]] = {}
    on_pages: dict[str, list[FontFile]] = {}
    for each in dict.fromkeys(wanted):
        is_serif = _SERIFS.search(each) and "sans" not in each.casefold()
        generic = 'Georgia, "Times New Roman", serif' if is_serif else WEB_FONTS
        web[each] = f'"{_safe(each)}", {generic}'
        if each.casefold() in _LIKE_ARIAL:
            families[each] = f'"{PRINT_FONT}"'
            web[each] = WEB_FONTS
            continue
        family, faces = _faces(each, there)
        if [font for font in faces if family.casefold() in there and not _is_whole(font, found)]:
            continue
        if faces:
            used[family] = faces
            families[each] = f'"{_safe(family)}", "{PRINT_FONT}"'
            if family.casefold() == each.casefold():
                if each.casefold() in there:
                    on_pages[family] = [font for font in faces if font.for_pages]
                    _tell_of_pages(name, each, faces, found)
                continue
            message = f"The PDF is set in “{family}”, whose letters are as wide as those of “{each}”."
        else:
            families[each] = f'"{PRINT_FONT}"'
            message = (
                f"The PDF is set in Arimo, and the web page in “{each}” only where a reader's machine has it: there is"
                f" no font file of “{each}” in {FOLDER}/."
            )
        found.add(
            codes.TEMPLATE_FONT_INSTEAD,
            Span(name),
            message,
            f"To set it in “{each}”, put its font files (.ttf or .otf) into {FOLDER}/, if your licence lets you.",
        )
    faces_css, resources = _written(used)
    letters = frozenset().union(*(font.letters for fonts in used.values() for font in fonts)) if used else frozenset()
    web_faces = "".join(_web_face(family, font) for family, fonts in on_pages.items() for font in fonts)
    return Fonts(families, web, faces_css, web_faces, resources, letters)


def _tell_of_pages(name: str, family: str, faces: list[FontFile], found: Diagnostics) -> None:
    if not all(font.for_pages for font in faces):
        found.add(
            codes.TEMPLATE_FONT_INSTEAD,
            Span(name),
            f"The web page is set in “{family}” only where a reader's machine has it: its file is for documents alone.",
            "Nothing need be done; a file whose licence lets everybody have it would be part of the page.",
        )


def _is_whole(font: FontFile, found: Diagnostics) -> bool:
    """Whether the letters of a font can be taken out of it, as the PDF and the page do; a diagnostic where not."""
    try:
        _for_page(font.data)
    except Exception:  # a damaged table makes fontTools raise whatever it stumbles over
        message, hint = "This font is damaged: its letters cannot be read.", "Put a whole copy of the file there."
        found.add(codes.TEMPLATE_FONT, Span(font.file), message, hint)
        return False
    return True


def _web_face(family: str, font: FontFile) -> str:
    """The rule by which a page holds a font, as far as its letters may be needed."""
    return _face(family, font, data_address(_for_page(font.data), "font/woff2"))


@lru_cache(maxsize=16)
def _for_page(data: bytes) -> bytes:
    """The letters of a font that papers in English or Welsh may need, packed as WOFF2; the same bytes every time."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(
        layout_features=["kern", "liga", "mark", "mkmk", "ccmp", "locl"], hinting=False, notdef_outline=True
    )
    with TTFont(io.BytesIO(data), recalcTimestamp=False) as font:
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=_ON_PAGES)
        subsetter.subset(font)
        font.flavor = "woff2"
        made = io.BytesIO()
        font.save(made)
    return made.getvalue()


def _faces(wanted: str, there: Mapping[str, list[FontFile]]) -> tuple[str, list[FontFile]]:
    """The font files for a font of Word's: its own, or of one that is as wide."""
    for family in (wanted, *METRIC_EQUALS.get(wanted.casefold(), ())):
        faces = there.get(family.casefold()) or _installed(family)
        if faces:
            return faces[0].family, faces
    return "", []


def _installed(family: str) -> list[FontFile]:
    """The faces of a family that is installed as a package beside papergen's own font (``fontpkg-…``)."""
    name = re.sub(r"[^a-z0-9]+", "_", family.casefold()).strip("_")
    try:
        root = Path(importlib.import_module(f"fontpkg_{name}").ROOT)
    except (ImportError, AttributeError):
        return []
    fonts = [read_font(file.name, file.read_bytes(), Diagnostics()) for file in sorted((root / "files").glob("*.ttf"))]
    return [font for font in fonts if font is not None]


def read_font(file: str, data: bytes, found: Diagnostics) -> FontFile | None:
    """A font that may be embedded, or None with a diagnostic at ``file``."""
    from fontTools.ttLib import TTFont

    # A damaged table is a line of its log for each of its records.
    logging.getLogger("fontTools").setLevel(logging.CRITICAL)
    try:
        with TTFont(io.BytesIO(data), lazy=True) as font:
            names, os2, head = font["name"], font["OS/2"], font["head"]
            family = str(names.getDebugName(16) or names.getDebugName(1) or "")
            rights = int(os2.fsType)
            bold, italic = bool(head.macStyle & 1), bool(head.macStyle & 2)
            letters = frozenset(font.getBestCmap() or ())
    except Exception:  # as for a damaged table
        found.add(
            codes.TEMPLATE_FONT, Span(file), "This is no font that can be read.", "Put a .ttf or .otf file there."
        )
        return None
    if not letters or not family:
        found.add(codes.TEMPLATE_FONT, Span(file), "This font has no letters or no name.", "Put another one there.")
        return None
    if (rights & _RESTRICTED and not rights & _MAY) or rights & (_NO_SUBSETS | _BITMAPS):
        found.add(
            codes.TEMPLATE_FONT,
            Span(file),
            f"The licence of “{family[:_MOST_NAME]}”, as its file states it, does not let papers hold the font.",
            "Take it away, and ask whoever sold it for a licence that allows embedding, or name another font in Word.",
        )
        return None
    return FontFile(file, family[:_MOST_NAME], bold, italic, data, letters, for_pages=rights == 0)


def _written(used: Mapping[str, list[FontFile]]) -> tuple[str, dict[str, tuple[bytes, str]]]:
    css, resources = "", {}
    for family, fonts in used.items():
        for font in fonts:
            address = f"{ADDRESS}{hashlib.sha256(font.data).hexdigest()}"
            resources[address] = (font.data, "font/ttf")
            css += _face(family, font, address)
    return css, resources


def _face(family: str, font: FontFile, address: str) -> str:
    weight = " font-weight: bold;" if font.bold else ""
    style = " font-style: italic;" if font.italic else ""
    return f'@font-face {{ font-family: "{_safe(family)}";{weight}{style} src: url({address}) }}\n'


def _safe(family: str) -> str:
    """A name of a font as it stands in quotation marks in CSS."""
    return re.sub(r"[^\w .&+-]", "", family)[:_MOST_NAME]
