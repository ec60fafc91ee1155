"""Pictures of a letterhead that say they are larger than they are, never end, or tell of whoever drew them."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image

from papergen.diagnostics import Diagnostics
from papergen.model.picture_files import MOST_POINTS, drawn_anew, is_whole
from papergen.model.vector import is_endless, without_notes
from papergen.write.docx.template import open_template
from tests.attacks.test_picture_metadata import SECRET
from tests.attacks.test_word_templates import REL, with_part
from tests.support.within import within


def saved(kind: str, mode: str = "RGB", **options: Any) -> bytes:
    made = io.BytesIO()
    Image.new(mode, (20, 20)).save(made, kind, **options)
    return made.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(wide: int, high: int, *, before: bytes = b"") -> bytes:
    """A PNG that says how large it is, and holds next to nothing."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + before + chunk(b"IDAT", zlib.compress(bytes(999))) + chunk(b"IEND", b"")


def sized(data: bytes, at: int, size: bytes) -> bytes:
    return data[:at] + size + data[at + len(size) :]


JPEG = saved("JPEG")
BOMBS = {
    "60,000 points each way": png(60_000, 60_000),
    "just too many points": png(MOST_POINTS, 2),
    "no points": png(0, 0),
    "a profile without end": png(20, 20, before=chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(9_000_000)))),
    "a JPEG": sized(JPEG, JPEG.index(b"\xff\xc0") + 5, struct.pack(">HH", 65_000, 65_000)),
    "a GIF": sized(saved("GIF", "P"), 6, struct.pack("<HH", 65_535, 65_535)),
    "a BMP": sized(saved("BMP"), 18, struct.pack("<ii", 60_000, 60_000)),
    "a TIFF": saved("TIFF")[:60],
    "16-bit greys": saved("PNG", "I;16"),
    "what a program would be started for": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "no picture": b"<html>",
}


@pytest.mark.parametrize("data", BOMBS.values(), ids=BOMBS)
def test_a_picture_that_cannot_be_shown_is_known_before_it_is_drawn(data: bytes) -> None:
    with within(seconds=5):
        assert not is_whole(data)
        assert drawn_anew(data) is None


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF"])
def test_a_picture_of_any_usual_kind_can_be_shown(kind: str) -> None:
    assert is_whole(saved(kind))
    assert drawn_anew(saved(kind))


@pytest.mark.parametrize(("kind", "notes"), [("gif", {"comment": SECRET}), ("tiff", {"artist": SECRET.decode()})])
def test_pictures_of_older_kinds_tell_nothing(kind: str, notes: dict[str, Any]) -> None:
    picture = saved(kind.upper(), **notes)
    assert SECRET in picture
    data = with_part(f"word/media/a.{kind}", picture, kind=f"{REL}/image", content=f"image/{kind}")
    template = open_template("x.docx", data, Diagnostics())
    assert template is not None
    (held,) = [
        each for each in template.docx.part.package.iter_parts() if str(each.partname).startswith("/word/media/a")
    ]
    assert held.content_type == "image/png"
    assert is_whole(held.blob)
    assert SECRET not in held.blob


HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'


def svg(inside: str) -> bytes:
    return f"{HEAD}{inside}</svg>".encode()


def chain(one: str) -> str:
    """Ten of each in the next, twelve times over."""
    return "".join(one.format(at=at, tens="".join(one_of_ten(one, at) for _ in range(10))) for at in range(12))


def one_of_ten(one: str, at: int) -> str:
    return f'<use xlink:href="#a{at - 1}"/>' if one.startswith("<g") else f'<rect fill="url(#a{at - 1})"/>'


@pytest.mark.parametrize(
    "drawing",
    [
        svg(chain('<g id="a{at}"><path d="M0 0"/>{tens}</g>')),
        svg(chain('<pattern id="a{at}">{tens}</pattern>') + "<rect style=\"fill: url('#a11')\"/>"),
        svg('<g id="a"><use href="#a"/></g>'),
        svg('<style>.x{mask:url(#m)}</style><mask id="m"><rect class="x y"/></mask>'),
        svg(f'<marker id="m">{"<path/>" * 50}</marker><path marker-mid="url(#m)" d="M0 0{" 1 1" * 3000}"/>'),
        svg("".join(f'<g id="a{at}"><use href="#a{at - 1}"/></g>' for at in range(3000))),
        svg('<image href="data:image/png;base64,AA=="/>'),
        svg("<g>" * 3000 + "</g>" * 3000),
        b"<svg/>",
        b"no drawing",
    ],
)
def test_a_drawing_without_an_end_is_known_before_it_is_drawn(drawing: bytes) -> None:
    with within(seconds=5):
        assert is_endless(drawing)


def test_a_crest_as_programs_save_it_is_drawn_and_tells_nothing() -> None:
    crest = (
        b'<?xml version="1.0"?><!-- Officer Jane --><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">'
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"'
        b' xmlns:i="http://www.inkscape.org/" i:export-filename="/home/Officer Jane/crest.png">'
        b"<metadata><x>Officer Jane</x></metadata><i:view note='Officer Jane'/>"
        b"<style>.a{fill:url(#g)} .b{clip-path:url(#c)}</style>"
        b'<defs><linearGradient id="g"><stop offset="0"/></linearGradient><clipPath id="c"><rect/></clipPath></defs>'
        b'<g class="b"><path id="p" class="a" d="M0 0h9v9z"/><use xlink:href="#p"/></g>'
        b"<text>Test<!-- Officer Jane -->shire</text></svg>"
    )
    shown = without_notes(crest)
    assert SECRET not in shown
    assert b"Testshire" in shown
    assert b'xlink:href="#p"' in shown
    assert not is_endless(shown)
