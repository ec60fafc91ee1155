"""Charts in a PDF: each is the page that the engine of charts drew, put in as a form.

WeasyPrint would draw the shapes and letters of an SVG one by one, which takes longer than all else on the pages.  Here
it leaves room, which is filled when the PDF is mended.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import pikepdf
from pikepdf import Array, Name

from papergen.model.nodes import Picture
from papergen.model.vector import size_of
from papergen.write.resources import ChartPages

_ROOM = "PapergenChart"


class ChartRoom:
    """What WeasyPrint takes for the image of a chart: it knows its size, and paints an empty form of that size."""

    def __init__(self, address: str, width: float, height: float) -> None:
        self._address = address
        self._size = width, height, width / height

    def get_intrinsic_size(self, _resolution: float, _font_size: float) -> tuple[float, float, float]:
        """Width and height in CSS pixels, and their ratio."""
        return self._size

    def draw(self, stream: Any, width: float, height: float, _style: Any) -> None:  # noqa: ANN401 - WeasyPrint is untyped
        """Leave room on a page."""
        room = stream.add_group(0, 0, width, height)
        room.extra[_ROOM] = f"({self._address})"
        stream.draw_x_object(room.id)


def rooms_of(pictures: Mapping[str, Picture]) -> dict[str, ChartRoom]:
    """The rooms for the charts among the pictures of a paper that are drawn as pages, by their addresses."""
    sizes = {address: size_of(each.vector) for address, each in pictures.items() if each.page}
    return {address: ChartRoom(address, *size) for address, size in sizes.items() if size}


def put_charts(pdf: pikepdf.Pdf, charts: ChartPages) -> None:
    """Put the drawing of each chart into the room that was left for it; the same drawings give the same bytes."""
    put: dict[str, pikepdf.Object] = {}
    profiles: dict[bytes, pikepdf.Object] = {}
    for room in pdf.objects:
        if not isinstance(room, pikepdf.Stream) or f"/{_ROOM}" not in room:
            continue
        address, (_, _, width, height) = str(room[f"/{_ROOM}"]), room.BBox.as_list()
        if address not in put:
            with pikepdf.open(io.BytesIO(charts[address])) as drawn:
                put[address] = pdf.copy_foreign(drawn.pages[0].as_form_xobject())
            _settle(put[address], profiles)
        form = put[address]
        _, _, wide, high = form.BBox.as_list()
        del room[f"/{_ROOM}"]
        room.write(form.read_bytes())
        room.BBox, room.Resources, room.Group = form.BBox, form.Resources, form.Group
        # In WeasyPrint's pages the vertical axis leads down.
        room.Matrix = Array([width / wide, 0, 0, -height / high, 0, height])


def _settle(form: pikepdf.Object, profiles: dict[bytes, pikepdf.Object]) -> None:
    """Name the fonts by what they hold, whatever the engine calls them, and keep one colour profile of each kind."""
    for font in form.Resources.get(Name.Font, {}).values():
        inside = font.DescendantFonts[0]
        digest = sha256(inside.FontDescriptor.FontFile2.read_raw_bytes()).digest()
        tag = "".join(chr(ord("A") + byte % 26) for byte in digest[:6])
        name = Name(f"/{tag}+{str(font.BaseFont).rpartition('+')[2]}")
        font.BaseFont = inside.BaseFont = inside.FontDescriptor.FontName = name
    for space in (*form.Resources.get(Name.ColorSpace, {}).values(), form.Group.CS):
        space[1] = profiles.setdefault(space[1].read_raw_bytes(), space[1])
