"""Drawing charts: a specification becomes SVG and PNG, once; the next build takes them from the cache.

The cache is named by the hash of the specification, the tools' versions and the font, never by time.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from math import ceil
from pathlib import Path
from typing import Any

from papergen.model.vector import foreign

PIXEL_RATIO = 2
"""Pixels of the PNG for each CSS pixel: 192 to the inch."""

_SIZE = re.compile(rb'^<svg[^>]*? width="([\d.]+)" height="([\d.]+)"')

# Latin, Greek and Cyrillic; punctuation, arrows, signs and shapes.
_BOLD_LETTERS = (range(0x20, 0x530), range(0x1E00, 0x2600))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as SVG and, where it was asked for, as PNG; the sizes are those of the PNG in pixels."""

    svg: bytes
    png: bytes
    pixel_width: int
    pixel_height: int


@dataclass(frozen=True, slots=True)
class Renderer:
    """Draws charts and keeps them in ``folder``; with None nothing is kept."""

    folder: Path | None

    def draw(self, spec: Mapping[str, Any], *, as_pixels: bool = True) -> Drawn:
        """The chart of a specification, as SVG and ``as_pixels``."""
        text = json.dumps(spec, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        name = hashlib.sha256(f"{_tools()}\n{text}".encode()).hexdigest()
        svg = self._kept(name, "svg") or self._keep(name, "svg", _engine().vegalite_to_svg(text).encode())
        png = b""
        if as_pixels:
            png = self._kept(name, "png") or self._keep(
                name, "png", _engine().svg_to_png(svg.decode(), scale=PIXEL_RATIO, ppi=72)
            )
        wide, high = _SIZE.search(svg).groups()  # type: ignore[union-attr]  # a whole picture has its size
        return Drawn(svg, png, ceil(float(wide) * PIXEL_RATIO), ceil(float(high) * PIXEL_RATIO))

    def _kept(self, name: str, kind: str) -> bytes | None:
        """The picture that was kept; None when there is none, or what is there is not whole."""
        if self.folder is None:
            return None
        try:
            data = (self.folder / f"{name}.{kind}").read_bytes()
        except OSError:
            return None
        return data if _is_whole(data, kind) else None

    def _keep(self, name: str, kind: str, data: bytes) -> bytes:
        if not _is_whole(data, kind):
            raise RuntimeError("the engine made a picture that is none")
        if self.folder is not None:
            with suppress(OSError):  # a cache that cannot be written is only slower
                self.folder.mkdir(parents=True, exist_ok=True)
                beside = self.folder / f".{name}.{kind}.{os.getpid()}"
                try:
                    beside.write_bytes(data)
                    beside.replace(self.folder / f"{name}.{kind}")
                finally:
                    with suppress(OSError):
                        beside.unlink()
        return data


def _is_whole(data: bytes, kind: str) -> bool:
    if kind == "svg":
        return _SIZE.search(data) is not None and not foreign(data)
    return data.startswith(b"\x89PNG") and data.endswith(b"IEND\xaeB`\x82")


@cache
def _engine() -> Any:  # noqa: ANN401
    """The engine, with the font of the charts and its bold; it reads a font's file whenever it draws."""
    import fontpkg_arimo
    import vl_convert

    fonts = Path(fontpkg_arimo.ROOT) / "files"
    made = tempfile.mkdtemp(prefix="papergen-fonts-")
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    _make_bold(fonts / "Arimo[wght].ttf", Path(made) / "Arimo-Bold.ttf")
    vl_convert.register_font_directory(str(fonts))
    vl_convert.register_font_directory(made)
    return vl_convert


def _make_bold(variable: Path, bold: Path) -> None:
    """Write the bold of a variable font as a font of its own.

    The engine's PNG takes a variable font at its regular weight, so that bold words of the SVG came out regular.  Only
    the letters that names and numbers need are taken along, which makes it in a third of the time.
    """
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(variable, recalcTimestamp=False)
    subsetter = Subsetter(Options(hinting=False, layout_features=["*"], name_IDs=["*"]))
    subsetter.populate(unicodes=[letter for letters in _BOLD_LETTERS for letter in letters])
    subsetter.subset(font)
    instantiateVariableFont(font, {"wght": 700}, updateFontNames=True).save(bold)


@cache
def _tools() -> str:
    packages = ("vl-convert-python", "altair", "fontpkg-arimo", "fonttools")
    return " ".join(f"{package} {version(package)}" for package in packages) + f" {PIXEL_RATIO}"
