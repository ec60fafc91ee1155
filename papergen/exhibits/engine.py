"""The engine of charts: specifications become SVG and PNG, here or in processes of their own."""

from __future__ import annotations

import multiprocessing
import signal
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

FONTS = Path(__file__).resolve().parent / "fonts"
"""The folder of the two fonts that charts are drawn with; ``tools/chart_fonts.py`` makes them."""
PIXEL_RATIO = 2
"""Pixels of the PNG for each CSS pixel: 192 to the inch."""

# A process that is copied from one with threads may never answer.
_AFRESH = multiprocessing.get_context("spawn")


@cache
def _engine() -> Any:  # noqa: ANN401
    """The engine, with the fonts of the charts and no other: it reads every font's file whenever it draws."""
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


def svg_of(specification: str) -> bytes:
    """The chart of a Vega-Lite specification, as JSON, as SVG."""
    drawing: str = _engine().vegalite_to_svg(specification)
    return drawing.encode()


def png_of(drawing: bytes) -> bytes:
    """The PNG of an SVG drawing."""
    pixels: bytes = _engine().svg_to_png(drawing.decode(), scale=PIXEL_RATIO, ppi=72)
    return pixels


def both_of(specification: str) -> tuple[bytes, bytes]:
    """The chart of a specification as SVG and as PNG."""
    drawing = svg_of(specification)
    return drawing, png_of(drawing)


class Engines:
    """Up to ``jobs`` engines side by side, started when the first chart is drawn; one alone draws in this process."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Engines:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=problem is None, cancel_futures=True)

    def draw(self, specification: str, *, as_pixels: bool) -> Future[tuple[bytes, bytes]] | None:
        """A promise of the chart, or None where it is to be drawn in this process."""
        if self._jobs <= 1:
            return None
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._jobs, mp_context=_AFRESH, initializer=_ignore_ctrl_c)
        return self._pool.submit(both_of if as_pixels else _drawing_alone, specification)


def _drawing_alone(specification: str) -> tuple[bytes, bytes]:
    return svg_of(specification), b""


def _ignore_ctrl_c() -> None:
    """Stopping is the parent's affair, which ends its processes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
