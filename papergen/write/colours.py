"""Colours: how well words stand out from their ground, and the nearest colour that does.

A colour is ``#`` and six hexadecimal digits.  Contrast is that of WCAG 2.2, from 1 to 21; words need 4.5 (criterion
1.4.3).
"""

from __future__ import annotations

import colorsys
import re
from functools import lru_cache

BLACK, WHITE = "#000000", "#ffffff"
LEAST_CONTRAST = 4.5
_HEX = re.compile(r"#?([0-9a-fA-F]{6})")
_STEPS = 100


def colour(written: str | None) -> str:
    """A colour as it is written here, or nothing for one that is not six hexadecimal digits (``auto``, ``none``)."""
    match = _HEX.fullmatch(written or "")
    return f"#{match[1].lower()}" if match else ""


@lru_cache(maxsize=1024)
def contrast(one: str, other: str) -> float:
    """How much lighter the lighter of two colours is."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def readable(words: str, ground: str, *, least: float = LEAST_CONTRAST) -> str:
    """The colour of words, made darker or lighter as far as they need to be read on their ground."""
    if contrast(words, ground) >= least:
        return words
    hue, light, saturation = _hls(words)
    end = 0.0 if contrast(BLACK, ground) >= contrast(WHITE, ground) else 1.0
    for step in range(1, _STEPS + 1):
        tried = _from_hls(hue, light + (end - light) * step / _STEPS, saturation)
        if contrast(tried, ground) >= least:
            return tried
    return WHITE if end else BLACK


def ink_on(ground: str) -> str:
    """Black or white, whichever reads better on a ground."""
    return BLACK if contrast(BLACK, ground) >= contrast(WHITE, ground) else WHITE


def tint(of: str, share: float) -> str:
    """A colour mixed with white: ``share`` of it is white."""
    return "#" + "".join(f"{round(part + (255 - part) * share):02x}" for part in _parts(of))


def lighter(of: str, kept: float) -> str:
    """A colour whose darkness is ``kept`` as far, as Word's ``themeTint`` has it."""
    hue, light, saturation = _hls(of)
    return _from_hls(hue, light * kept + (1 - kept), saturation)


def darker(of: str, kept: float) -> str:
    """A colour whose lightness is ``kept`` as far, as Word's ``themeShade`` has it."""
    hue, light, saturation = _hls(of)
    return _from_hls(hue, light * kept, saturation)


def lightness(of: str) -> float:
    """How light a colour is, from 0 to 1."""
    return _hls(of)[1]


def with_lightness(of: str, light: float) -> str:
    """The same hue at another lightness, from 0 to 1."""
    hue, _, saturation = _hls(of)
    return _from_hls(hue, light, saturation)


def _parts(of: str) -> tuple[int, int, int]:
    return int(of[1:3], 16), int(of[3:5], 16), int(of[5:7], 16)


def _luminance(of: str) -> float:
    parts = (part / 255 for part in _parts(of))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _hls(of: str) -> tuple[float, float, float]:
    red, green, blue = _parts(of)
    return colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)


def _from_hls(hue: float, light: float, saturation: float) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, light, saturation))
