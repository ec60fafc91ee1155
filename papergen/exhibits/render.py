"""Drawing charts: a specification becomes SVG, PNG and PDF, once; the next build takes them from the store.

A picture is kept by the hash of its specification, the tools' versions and the fonts.  Which specification a block
gives is kept by the hash of the block, the data files that it asks for, the settings and papergen's own code, so that a
kept chart asks for no Altair.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from math import ceil
from typing import Generic, TypeVar

from papergen.exhibits.drawing import Spec
from papergen.exhibits.engine import EVERY, FONTS, PIXEL_RATIO, TO_COME, Copies, Pictures, draw, draw_copies
from papergen.model.vector import foreign, size_of
from papergen.store.kept import Store
from papergen.work.helpers import Helpers

K = TypeVar("K")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as SVG and, where they were asked for, as PNG and PDF; the sizes are those of the PNG in pixels."""

    svg: bytes
    png: bytes
    pdf: bytes
    pixel_width: int
    pixel_height: int


@dataclass(frozen=True, slots=True)
class AskedChart:
    """A chart that is asked for: what makes its specification, and all that this has depended on up to now.

    A specification that looks at more is kept under a key that nobody asks for; one of nothing is made each time.
    """

    spec: Callable[[], Spec]
    basis: Callable[[], tuple[str, ...]] = tuple

    @property
    def key(self) -> str:
        """A hash of what it depends on, or nothing."""
        basis = self.basis()
        return hashlib.sha256(repr(basis).encode()).hexdigest() if basis else ""


@dataclass(frozen=True, slots=True)
class Promised(Generic[T]):
    """Charts that are being drawn: ``wait`` gives them, and ``is_ready`` says that nothing needs to be waited for.

    ``early`` gives them as soon as they are drawn as SVG, without pixels, and with pages ``TO_COME``.
    """

    wait: Callable[[], T]
    early: Callable[[], T]
    is_ready: bool


@dataclass(frozen=True, slots=True)
class Renderer:
    """Draws charts, with ``helpers`` where there are some, and keeps them in ``store``."""

    store: Store
    helpers: Helpers = field(default_factory=Helpers)

    def draw(self, spec: Spec) -> Drawn:
        """The chart of a specification in every format."""
        return self.draw_all({"": AskedChart(lambda: spec)})[""]

    def draw_all(self, charts: Mapping[K, AskedChart], copies: Copies = EVERY) -> dict[K, Drawn]:
        """Every chart, as SVG and in ``copies``."""
        return self.begin(charts, copies).wait()

    def begin(self, charts: Mapping[K, AskedChart], copies: Copies = EVERY) -> Promised[dict[K, Drawn]]:
        """Have every chart drawn, and get what waits for them; the next is specified while those before are drawn.

        All are drawn as SVG before any is drawn in another format, so that pages can be laid out meanwhile.
        """
        drawings: dict[K, tuple[str, Callable[[], str]]] = {}
        drawn: dict[K, Drawn] = {}
        for name, chart in charts.items():
            kept = self._kept(self._known(chart), copies)
            if kept is None:
                text = _specification(chart)
                key = hashlib.sha256(f"{_tools()}\n{text}".encode()).hexdigest()
                if chart.key:
                    self.store.put(f"specification {chart.key}", key.encode())
                kept = self._kept(key, copies)
            self.store.account("charts", kept=kept is not None)
            if kept is None:
                drawings[name] = key, self.helpers.submit(draw, text)
            else:
                drawn[name] = kept
        made: dict[K, Callable[[], Pictures]] = {}

        def early() -> dict[K, Drawn]:
            outlines = dict(drawn)
            for name, (_, drawing) in drawings.items():
                svg = drawing()
                made[name] = self.helpers.submit(draw_copies, svg, copies)
                outlines[name] = _drawn(Pictures(svg.encode(), b"", TO_COME if copies.page else b""))
            return {name: outlines[name] for name in charts}

        def wait() -> dict[K, Drawn]:
            if len(made) < len(drawings):
                early()
            for name in made.keys() - drawn.keys():
                drawn[name] = self._keep(drawings[name][0], made[name](), copies)
            return {name: drawn[name] for name in charts}

        return Promised(wait, early, is_ready=not drawings)

    def kept(self, charts: Mapping[K, AskedChart]) -> dict[K, Drawn]:
        """Those of the charts that were drawn before in every format."""
        found = {name: self._kept(self._known(chart), EVERY) for name, chart in charts.items()}
        return {name: drawn for name, drawn in found.items() if drawn is not None}

    def _known(self, chart: AskedChart) -> str:
        """The key of the picture that a chart gave before, or nothing."""
        found = self.store.get(f"specification {chart.key}") if chart.key else None
        return found.decode("ascii", errors="replace") if found else ""

    def _kept(self, key: str, copies: Copies) -> Drawn | None:
        """The pictures that were kept; None when there are none, or what is there is not whole."""
        svg = self.store.get(f"svg {key}") if key else None
        png = self.store.get(f"png {key}") if svg and copies.pixels else b""
        pdf = self.store.get(f"pdf {key}") if svg and copies.page else b""
        if svg is None or png is None or pdf is None:
            return None
        return _drawn(Pictures(svg, png, pdf)) if _is_drawing(svg) and (not copies.pixels or _is_pixels(png)) else None

    def _keep(self, key: str, pictures: Pictures, copies: Copies) -> Drawn:
        if not _is_drawing(pictures.svg) or (copies.pixels and not _is_pixels(pictures.png)):
            raise RuntimeError("the engine made a picture that is none")
        self.store.put(f"svg {key}", pictures.svg)
        if copies.pixels:
            self.store.put(f"png {key}", pictures.png)
        if copies.page:
            self.store.put(f"pdf {key}", pictures.pdf)
        return _drawn(pictures)


def _specification(chart: AskedChart) -> str:
    """The specification as text; looking at every part of it by Vega-Lite's schema takes longer than making it."""
    from altair.utils.schemapi import debug_mode

    with debug_mode(False):
        spec = chart.spec()
    return json.dumps(spec, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _drawn(pictures: Pictures) -> Drawn:
    wide, high = size_of(pictures.svg) or (0.0, 0.0)
    return Drawn(pictures.svg, pictures.png, pictures.pdf, ceil(wide * PIXEL_RATIO), ceil(high * PIXEL_RATIO))


def _is_drawing(data: bytes) -> bool:
    return size_of(data) is not None and not foreign(data)


def _is_pixels(data: bytes) -> bool:
    return data.startswith(b"\x89PNG") and data.endswith(b"IEND\xaeB`\x82")


@cache
def _tools() -> str:
    packages = ("vl-convert-python", "altair")
    fonts = (hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(FONTS.glob("*.ttf")))
    return " ".join([*(f"{package} {version(package)}" for package in packages), *fonts, str(PIXEL_RATIO)])
