"""The pictures of figures: PNG and JPEG files of the workspace, checked before any format sees them."""

from __future__ import annotations

import hashlib
import io
import posixpath
import re
import warnings
from urllib.parse import unquote

from PIL import Image

from papergen import codes
from papergen.diagnostics import Span, did_you_mean
from papergen.model.nodes import Picture
from papergen.model.picture_files import only_drawn, whole_pictures_only
from papergen.values.words import shortened
from papergen.world import World

MOST_PIXELS = 40_000_000
"""A page of A4 at 600 dots to the inch has 35 million."""

_CONTENT = "content"
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:|//|\\\\", re.IGNORECASE)
_MEDIA_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "MPO": "image/jpeg"}
_LONGEST_NAME = 255
_LONGEST_PATH = 1000
_ORIENTATION = 0x0112


def load_picture(world: World, folder: str, target: str, at: Span) -> Picture | None:
    """The picture that the Markdown at ``at`` names, or None with a diagnostic.

    ``target`` is relative to ``folder`` (``content/2016-02-02``), or with a leading slash to ``content``.
    """
    if _ADDRESS.match(target):
        world.diagnostics.add(
            codes.PICTURE_ADDRESS,
            at,
            f"“{target}” is an address; nothing is fetched while papers are built.",
            "Save the picture in the meeting's folder images/, and write images/ and its name.",
        )
        return None
    path = _path(world, folder, target)
    if path is None or not (world.is_file(path) or path.startswith("../")):
        _report_missing(world, folder, target, at)
        return None
    data = world.read_bytes(path, at=at)
    return None if data is None else _picture(world, path, data, at)


def _path(world: World, folder: str, target: str) -> str | None:
    """The path of ``target`` in the workspace; spaces may be written as ``%20``."""
    paths = [_resolved(folder, name) for name in dict.fromkeys((target, unquote(target)))]
    usable = [path for path in paths if path is not None]
    return next((path for path in usable if world.is_file(path)), usable[0] if usable else None)


def _resolved(folder: str, target: str) -> str | None:
    if not target or "\0" in target or len(target) > _LONGEST_PATH:
        return None
    if any(len(name.encode(errors="replace")) > _LONGEST_NAME for name in target.split("/")):
        return None
    base = _CONTENT if target.startswith("/") else folder
    return posixpath.normpath(f"{base}/{target.lstrip('/')}")


def _report_missing(world: World, folder: str, target: str, at: Span) -> None:
    shown = shortened(target, 80)
    if "\\" in target:
        hint = "Write “/” between folders, not “\\”."
    else:
        path = _resolved(folder, target) or f"{folder}/images/"
        base, _, name = path.rpartition("/")
        known = [f"{base}/{entry}".removeprefix(f"{folder}/") for entry in world.quietly().names(base)] if name else []
        hint = did_you_mean(target, known, f"Put the file there, or check its name; paths begin in {folder}/.")
    world.diagnostics.add(codes.PICTURE_MISSING, at, f"The picture “{shown}” is not there.", hint)


def _picture(world: World, path: str, data: bytes, at: Span) -> Picture | None:
    wrong: tuple[str, str] | None = None
    try:
        with warnings.catch_warnings(), whole_pictures_only():
            # Pillow warns of very many pixels before it has told their number; the check below is the one that counts.
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data), formats=tuple(_MEDIA_TYPES))
            width, height = image.size
            if width * height > MOST_PIXELS:
                _report_pixels(world, path, width, height, at)
                return None
            image.verify()  # of a PNG cut short, which loading lets pass; it leaves the image used up
            image = Image.open(io.BytesIO(data), formats=tuple(_MEDIA_TYPES))
            image.load()
            turned = image.getexif().get(_ORIENTATION, 1) != 1
            if image.mode.startswith(("I", "F")):
                wrong = (
                    f"“{path}” has more shades than a paper can print (16 bits each).",
                    "Open it in a picture program and save it again with 8 bits for each colour.",
                )
            elif turned:
                wrong = (
                    f"“{path}” is stored on its side with a note to turn it,"
                    " which Word and the PDF do not follow alike.",
                    "Open it in a picture program, turn it and save it again.",
                )
    except Image.DecompressionBombError:
        _report_pixels(world, path, 0, 0, at)
        return None
    except Exception:  # a damaged file makes Pillow's decoders raise nearly anything
        wrong = (
            f"“{path}” cannot be read as a picture: it is damaged, or not a PNG or JPEG file.",
            "Open it in a picture program and save it again as PNG or JPEG.",
        )
    if wrong is not None:
        world.diagnostics.add(codes.PICTURE_UNREADABLE, at, *wrong)
        return None
    data = only_drawn(data)
    return Picture(
        path=path,
        media_type=_MEDIA_TYPES[image.format or ""],
        pixel_width=width,
        pixel_height=height,
        sha256=hashlib.sha256(data).hexdigest(),
        data=data,
    )


def _report_pixels(world: World, path: str, width: int, height: int, at: Span) -> None:
    size = f"{width:,} × {height:,} pixels" if width else "far too many pixels"
    world.diagnostics.add(
        codes.PICTURE_TOO_LARGE,
        at,
        f"“{path}” has {size}; the most that is read is {MOST_PIXELS // 1_000_000} million.",
        "Make it smaller: 2,500 pixels across fill a printed page.",
    )
