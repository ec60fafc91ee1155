"""Files of pictures as they are handed out: what is drawn, and nothing of who took it, where, when and with what."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_POINTS = 40_000_000
_KINDS = ("PNG", "JPEG", "GIF", "BMP", "TIFF")

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
JPEG_START = b"\xff\xd8"

_DRAWN = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs", b"bKGD"})
"""The chunks of a PNG by which it is drawn, besides its colour profile (PNG specification, third edition, table 7)."""

_JFIF, _ICC, _ADOBE = b"JFIF\0", b"ICC_PROFILE\0", b"Adobe"
_APP0, _APP2, _APP14, _LAST_APP, _COMMENT = 0xE0, 0xE2, 0xEE, 0xEF, 0xFE
_START_OF_SCAN, _END = 0xDA, 0xD9
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})
_JFIF_BYTES = 14


def only_drawn(data: bytes) -> bytes:
    """A PNG or JPEG without text, dates, places, thumbnails and what follows its end; the same bytes when it has none.

    The picture itself and its colour profile are as they were.  Bytes that are neither are given back as they are.
    """
    if data.startswith(PNG_SIGNATURE):
        return PNG_SIGNATURE + b"".join(_chunks(data))
    if data.startswith(JPEG_START):
        return JPEG_START + b"".join(_segments(data))
    return data


@contextmanager
def whole_pictures_only() -> Iterator[None]:
    """Pillow as it comes: WeasyPrint, once imported, makes it take pictures that were cut short."""
    from PIL import ImageFile

    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def is_whole(data: bytes) -> bool:
    """Whether a picture of points can be shown; one cut short, of endlessly many points or of 16-bit greys cannot."""
    return _loaded(data) is not None


def drawn_anew(data: bytes, kind: str = "PNG", *, most: tuple[int, int] | None = None) -> bytes | None:
    """A picture as a file of another kind, or of no more than ``most`` points; None where it is nearly that already.

    None also for one that cannot be shown.
    """
    picture = _loaded(data)
    if picture is None or (most and (picture.width <= 2 * most[0] or picture.height <= 2 * most[1])):
        return None
    drawn = picture.convert("RGBA" if picture.has_transparency_data and kind == "PNG" else "RGB")
    made = io.BytesIO()
    (drawn.resize(most) if most else drawn).save(made, kind)
    return made.getvalue()


def _loaded(data: bytes) -> Image | None:
    from PIL import Image

    try:
        with warnings.catch_warnings(action="ignore"), whole_pictures_only():
            picture = Image.open(io.BytesIO(data), formats=_KINDS)  # others may start programs, as EPS does
            if picture.width * picture.height > MOST_POINTS or picture.mode.startswith(("I", "F")):
                return None
            picture.load()
    except Exception:  # a damaged file makes Pillow's decoders raise nearly anything
        return None
    return picture


def _chunks(data: bytes) -> Iterator[bytes]:
    at = len(PNG_SIGNATURE)
    while at + 12 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, content = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        if kind in _DRAWN:
            yield data[at : at + 12 + length]
        elif kind == b"iCCP":  # its name is anybody's
            profile = b"icc\0" + content.partition(b"\0")[2]
            yield _chunk(kind, profile)
        at += 12 + length
        if kind == b"IEND":
            return


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _segments(data: bytes) -> Iterator[bytes]:
    at = len(JPEG_START)
    while at + 2 <= len(data):
        if data[at] != 0xFF:
            at += 1
            continue
        marker = data[at + 1]
        if marker == 0xFF:  # filling
            at += 1
        elif marker == _END:
            yield b"\xff\xd9"
            return
        elif marker in _WITHOUT_LENGTH or marker == 0:
            at += 2
        else:
            (length,) = struct.unpack(">H", data[at + 2 : at + 4].ljust(2, b"\0"))
            end = at + 2 + max(length, 2)
            yield from _kept(marker, data[at:end])
            at = end
            if marker == _START_OF_SCAN:
                at = _end_of_scan(data, at)
                yield data[end:at]


def _kept(marker: int, segment: bytes) -> Iterator[bytes]:
    content = segment[4:]
    is_known = (marker == _APP2 and content.startswith(_ICC)) or (marker == _APP14 and content.startswith(_ADOBE))
    if marker == _APP0 and content.startswith(_JFIF):
        yield b"\xff\xe0\x00\x10" + content[: _JFIF_BYTES - 2] + b"\0\0"  # without its thumbnail
    elif is_known or not (_APP0 <= marker <= _LAST_APP or marker == _COMMENT):
        yield segment


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the drawn points that begin at ``at`` end: at the next marker that is none of theirs."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            return len(data)
        if data[at + 1] != 0 and data[at + 1] not in _WITHOUT_LENGTH and data[at + 1] != 0xFF:
            return at
        at += 2 if data[at + 1] != 0xFF else 1
