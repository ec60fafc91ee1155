"""Drawing charts: a specification becomes SVG and PNG, once; the next build takes them from the cache.

The cache is named by the hash of the specification, the tools' versions and the font, never by time.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

PIXEL_RATIO = 2
"""Pixels of the PNG for each CSS pixel: 192 to the inch."""

# Latin, Greek and Cyrillic; punctuation, arrows, signs and shapes.
_BOLD_LETTERS = (range(0x20, 0x530), range(0x1E00, 0x2600))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as SVG and as PNG; the sizes are those of the PNG in pixels."""

    svg: bytes
    png: bytes
    pixel_width: int
    pixel_height: int


@dataclass
class Renderer:
    """Draws charts and keeps them in ``folder``; with None nothing is kept."""

    folder: Path | None
    _done: dict[str, Drawn] = field(default_factory=dict)

    def draw(self, spec: Mapping[str, Any]) -> Drawn:
        text = json.dumps(spec, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        name = hashlib.sha256(f"{_tools()}\n{text}".encode()).hexdigest()
        if name not in self._done:
            self._done[name] = self._kept(name) or self._new(name, text)
        return self._done[name]

    def _kept(self, name: str) -> Drawn | None:
        if self.folder is None:
            return None
        try:
            svg, png = ((self.folder / f"{name}.{kind}").read_bytes() for kind in ("svg", "png"))
        except OSError:
            return None
        return _drawn(svg, png)

    def _new(self, name: str, text: str) -> Drawn:
        engine = _engine()
        svg = engine.vegalite_to_svg(text)
        png = engine.svg_to_png(svg, scale=PIXEL_RATIO, ppi=72)
        drawn = _drawn(svg.encode(), png)
        if self.folder is not None and drawn is not None:
            with suppress(OSError):  # a cache that cannot be written is only slower
                self.folder.mkdir(parents=True, exist_ok=True)
                for kind, data in (("svg", drawn.svg), ("png", drawn.png)):
                    beside = self.folder / f".{name}.{kind}.{os.getpid()}"
                    try:
                        beside.write_bytes(data)
                        beside.replace(self.folder / f"{name}.{kind}")
                    finally:
                        with suppress(OSError):
                            beside.unlink()
        if drawn is None:
            raise RuntimeError("the engine made a picture that is none")
        return drawn


def _drawn(svg: bytes, png: bytes) -> Drawn | None:
    """The pair, or None when what was kept is not a whole picture."""
    if not png.startswith(b"\x89PNG") or not png.endswith(b"IEND\xaeB`\x82") or not svg.rstrip().endswith(b"</svg>"):
        return None
    return Drawn(svg, png, int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big"))


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
