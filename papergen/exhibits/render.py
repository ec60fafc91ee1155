"""Drawing charts: a specification becomes SVG and PNG, once; the next build takes them from the cache.

The cache is named by the hash of the specification, the tools' versions and the font, never by time.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

PIXEL_RATIO = 2
"""Pixels of the PNG for each CSS pixel: 192 to the inch."""


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
                    beside.write_bytes(data)
                    beside.replace(self.folder / f"{name}.{kind}")
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
    import fontpkg_arimo
    import vl_convert

    vl_convert.register_font_directory(str(Path(fontpkg_arimo.ROOT) / "files"))
    return vl_convert


@cache
def _tools() -> str:
    packages = ("vl-convert-python", "altair", "fontpkg-arimo")
    return " ".join(f"{package} {version(package)}" for package in packages) + f" {PIXEL_RATIO}"
