"""Pictures: inline drawings with their alternative text."""

from __future__ import annotations

from docx.oxml.ns import qn
from lxml import etree

from papergen.model.nodes import PIXELS_PER_INCH, Figure, Width
from papergen.write.docx.xml import Element, el

EMU_PER_TWENTIETH = 635
_EMU_PER_INCH = 914_400
EMU_PER_PIXEL = 9525

_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_DECORATIVE_EXTENSION = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"


def drawing(figure: Figure, *, relationship: str, vector: str, alternative: str, width: int, height: int) -> Element:
    """The ``w:drawing`` of a picture that fits into ``width`` and ``height`` twentieths of a point.

    ``vector`` is the relationship of the same picture as SVG, or empty; Word draws it in place of the other.  A picture
    is never enlarged beyond 150 pixels to the inch.  Its id is a stand-in until the whole file is numbered.
    """
    size = picture_size(figure, width=width, height=height)
    name = figure.label or "Picture"
    return drawing_in_line(relationship=relationship, vector=vector, alternative=alternative, name=name, size=size)


def drawing_in_line(*, relationship: str, vector: str, alternative: str, name: str, size: tuple[int, int]) -> Element:
    """The ``w:drawing`` of a picture of a ``size`` in English metric units; without an alternative it is decorative."""
    wide, high = size
    described = el("wp:docPr", {"id": 0, "name": name, "descr": alternative})
    if not alternative:
        described.append(decorative_mark())
    blip = el("a:blip", {"r:embed": relationship}, *([_vector_mark(vector)] if vector else []))
    fill = el("pic:blipFill", None, blip, el("a:stretch", None, el("a:fillRect")))
    shape = el(
        "pic:spPr",
        None,
        el("a:xfrm", None, el("a:off", {"x": 0, "y": 0}), el("a:ext", {"cx": wide, "cy": high})),
        el("a:prstGeom", {"prst": "rect"}, el("a:avLst")),
    )
    unnamed = el("pic:nvPicPr", None, el("pic:cNvPr", {"id": 0, "name": name}), el("pic:cNvPicPr"))
    picture = el("pic:pic", None, unnamed, fill, shape)
    return el(
        "w:drawing",
        None,
        el(
            "wp:inline",
            {"distT": 0, "distB": 0, "distL": 0, "distR": 0},
            el("wp:extent", {"cx": wide, "cy": high}),
            described,
            el("wp:cNvGraphicFramePr", None, el("a:graphicFrameLocks", {"noChangeAspect": 1})),
            el("a:graphic", None, el("a:graphicData", {"uri": _PICTURE}, picture)),
        ),
    )


def picture_size(figure: Figure, *, width: int, height: int) -> tuple[int, int]:
    """The printed width and height of a picture in English metric units."""
    natural_wide = figure.drawn.pixel_width * _EMU_PER_INCH / PIXELS_PER_INCH
    natural_high = figure.drawn.pixel_height * _EMU_PER_INCH / PIXELS_PER_INCH
    room = width * EMU_PER_TWENTIETH * (0.48 if figure.width is Width.HALF else 1)
    scale = min(1.0, room / natural_wide, height * EMU_PER_TWENTIETH / natural_high)
    return max(1, round(natural_wide * scale)), max(1, round(natural_high * scale))


def _vector_mark(relationship: str) -> Element:
    """What tells Word that the picture is there as SVG too."""
    extension = el("a:ext", {"uri": _SVG_EXTENSION})
    mark = etree.SubElement(extension, f"{{{_SVG}}}svgBlip", nsmap={"asvg": _SVG})
    mark.set(qn("r:embed"), relationship)
    return el("a:extLst", None, extension)


def decorative_mark() -> Element:
    """What tells Word that a picture says nothing to someone who cannot see it."""
    extension = el("a:ext", {"uri": _DECORATIVE_EXTENSION})
    etree.SubElement(extension, f"{{{_DECORATIVE}}}decorative", {"val": "1"}, nsmap={"adec": _DECORATIVE})
    return el("a:extLst", None, extension)
