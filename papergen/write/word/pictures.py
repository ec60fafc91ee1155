"""Pictures: drawings that stand in a line, with their alternative text."""

from __future__ import annotations

import io

from docx.oxml.parser import parse_xml
from docx.oxml.shape import CT_Inline
from docx.parts.story import StoryPart
from docx.shared import Emu

from papergen.model import Figure
from papergen.write.word.pages import TWIP
from papergen.write.word.xml import Element, element, qn

PIXEL = 9525
"""English Metric Units in a pixel of 1/96 inch, the size at which a picture is shown when there is room."""

_DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)


def drawing(part: StoryPart, figure: Figure, *, number: int, most_width: int, most_height: int) -> Element:
    """A run with the picture of ``figure``, never larger than it is nor than the room (in twentieths of a point).

    ``number`` is the drawing's own in the document.
    """
    picture = figure.picture
    width, height = picture.pixel_width * PIXEL, picture.pixel_height * PIXEL
    scale = min(1.0, most_width * TWIP / width, most_height * TWIP / height)
    inline: CT_Inline = part.new_pic_inline(
        io.BytesIO(picture.data), Emu(round(width * scale)), Emu(round(height * scale))
    )
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")
    properties = inline.docPr
    properties.set("id", str(number))
    properties.set("name", f"Picture {number}")
    if figure.alternative:
        properties.set("descr", figure.alternative)
    else:
        properties.append(parse_xml(_DECORATIVE))
    for named in inline.iter("{http://schemas.openxmlformats.org/drawingml/2006/picture}cNvPr"):
        named.set("id", str(number))
        named.set("name", picture.path.rsplit("/", 1)[-1])
    return element("w:r", None, element("w:drawing", None, inline))


def drawing_numbers(root: Element) -> list[int]:
    """The numbers of the drawings that a part holds already."""
    tag = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    return [int(found.get("id", "0")) for found in root.iter(tag, qn("wp:docPr"))]
