"""The pictures of a letterhead: where their bytes are, how large they are, what they show and where they stand."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from docx.opc.part import Part
from docx.oxml.ns import qn

from papergen.model.picture_files import drawn_anew, is_whole
from papergen.model.vector import is_endless
from papergen.write.colours import colour
from papergen.write.docx.looks import TWENTIETHS
from papergen.write.docx.story_faults import is_decorative
from papergen.write.docx.theme import Theme
from papergen.write.docx.xml import Element, attribute, first, found, number_attribute, whole
from papergen.write.looks import Edge, PageLook
from papergen.write.shell import PICTURE_ADDRESS, ShellPicture

EMU_PER_POINT = 12700
_LARGEST = 600.0
_MIDDLE = 2_700_000
"""Half the width of a page's text, about: what starts further in stands at the right."""
_SVG = "image/svg+xml"
SVG_PICTURE = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
_VML = "{urn:schemas-microsoft-com:vml}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_VML_SHAPES = tuple(f"{_VML}{name}" for name in ("line", "rect", "roundrect", "oval", "polyline", "shape"))
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_SIZE = re.compile(r"(\d{1,4}(?:\.\d{1,4})?)(?:pt)?$")
_SIZES = re.compile(r"(?:^|;)\s*(width|height):\s*(\d{1,4}(?:\.\d{1,4})?)pt")
_INKS = {"navy": "#000080", "blue": "#0000ff", "red": "#ff0000", "green": "#008000", "maroon": "#800000"}
_INKS |= {"gray": "#808080", "silver": "#c0c0c0", "teal": "#008080", "purple": "#800080", "olive": "#808000"}
_WIDE, _HIGHEST_BAND = 150.0, 40.0
"""How wide a shape is that lies across the page, and how high, in points."""
_OF_POINTS = {"image/png": "PNG", "image/jpeg": "JPEG"}
_LARGE, _SHARP = 300_000, 300 / 72
"""From how many bytes on a picture may be made smaller, and how many of its points a point of the page can show."""
_NO_THEME = Theme()
LEFT_OUT = "A drawn shape is left out of the PDF and the web page."
GROUP = "{http://schemas.microsoft.com/office/word/2010/wordprocessingGroup}wgp"
TEXT_BOX = qn("w:txbxContent")


def pictures_in(
    node: Element, part: Part, resources: dict[str, tuple[bytes, str]], troubles: list[str]
) -> Iterator[ShellPicture]:
    """The pictures of a run; their bytes go into ``resources``, and what cannot be shown into ``troubles``."""
    for drawn in own_below(node, qn("wp:inline"), qn("wp:anchor")):
        described = first(drawn, "wp:docPr")
        blip = next(own_below(drawn, qn("a:blip")), None)
        extent = first(drawn, "wp:extent")
        if next(drawn.iter(GROUP), None) is not None:
            continue
        if described is None or blip is None or extent is None:
            if next(drawn.iter(TEXT_BOX), None) is None and line_of(drawn, _NO_THEME) is None:
                troubles.append(LEFT_OUT)
            continue
        yield from drawn_picture(described, drawn, _size(extent), _side(drawn), part, resources, troubles)
    for drawn in own_below(node, *_VML_SHAPES):
        if drawn.find(f"{_VML}imagedata") is None and next(drawn.iter(TEXT_BOX), None) is None and not _vml_line(drawn):
            troubles.append(LEFT_OUT)
    for drawn in own_below(node, f"{_VML}imagedata"):
        holder = drawn.getparent()
        held = _held(part, attribute(drawn, "r:id"))
        if holder is None or held is None:
            _no_picture(troubles, "picture")
            continue
        sizes = dict(_SIZES.findall(holder.get("style") or ""))
        yield ShellPicture(
            address=_kept(resources, *held),
            width=min(max(float(sizes.get("width", 72)), 1.0), _LARGEST),
            height=min(max(float(sizes.get("height", 72)), 1.0), _LARGEST),
            alternative=(holder.get("alt") or "").strip(),
        )


def _side(drawn: Element) -> str:
    """The side at which a drawing stands; nothing for one within a line."""
    if drawn.tag == qn("wp:inline"):
        return ""
    aligned, offset = first(drawn, "wp:positionH/wp:align"), first(drawn, "wp:positionH/wp:posOffset")
    if aligned is not None:
        return {"inside": "left", "outside": "right"}.get(aligned.text or "", aligned.text or "left")
    return "right" if offset is not None and whole(offset.text) > _MIDDLE else "left"


def drawn_picture(
    described: Element,
    drawn: Element,
    size: tuple[float, float],
    side: str,
    part: Part,
    resources: dict[str, tuple[bytes, str]],
    troubles: list[str],
) -> Iterator[ShellPicture]:
    """The picture below ``drawn`` in points of the page, as ``described`` says what it shows."""
    name, vector = described.get("name") or "picture", next(drawn.iter(SVG_PICTURE), None)
    held = None if vector is None else _held(part, attribute(vector, "r:embed"))
    held = held or _held(part, next((attribute(each, "r:embed") for each in drawn.iter(qn("a:blip"))), None))
    if held is None:
        _no_picture(troubles, name)
        return
    smaller = no_larger(*held, width=size[0], height=size[1])
    if smaller != held[0]:
        troubles.append(
            f"The picture “{name}” has far more points than can be seen ({len(held[0]) / 1e6:.1f} MB); the PDF and"
            f" the web page hold a smaller copy ({len(smaller) / 1e6:.1f} MB), Word papers all of it."
        )
    yield ShellPicture(
        address=_kept(resources, smaller, held[1]),
        width=min(max(size[0], 1.0), _LARGEST),
        height=min(max(size[1], 1.0), _LARGEST),
        alternative="" if is_decorative(described) else (described.get("descr") or "").strip(),
        side=side,
    )


def drawn_line(paragraph: Element, theme: Theme) -> Edge | None:
    """The line or band across the page that is drawn in a paragraph, or None."""
    drawn = own_below(paragraph, qn("wp:inline"), qn("wp:anchor"))
    lines = (line_of(each, theme) for each in drawn if next(each.iter(TEXT_BOX, qn("a:blip")), None) is None)
    old = (_vml_line(each) for each in own_below(paragraph, *_VML_SHAPES))
    return next((each for each in (*lines, *old) if each is not None), None)


def line_of(drawn: Element, theme: Theme) -> Edge | None:
    """A drawn shape as a line, if it lies across the page."""
    extent = first(drawn, "wp:extent")
    return line_as_large(drawn, _size(extent), theme)


def _size(extent: Element | None) -> tuple[float, float]:
    """The width and the height that an extent says, in points."""
    return number_attribute(extent, "cx") / EMU_PER_POINT, number_attribute(extent, "cy") / EMU_PER_POINT


def line_as_large(drawn: Element, size: tuple[float, float], theme: Theme) -> Edge | None:
    """A shape of a width and height in points as a line, if it lies across the page."""
    wide, high = size
    if wide < _WIDE or high > _HIGHEST_BAND:
        return None
    stroke = first(drawn, ".//a:ln[not(a:noFill)]")
    inks = found(drawn, ".//a:ln/a:solidFill/*|.//*[local-name()='style']/a:lnRef/*")
    grounds = found(drawn, ".//*[local-name()='spPr']/a:solidFill/*")
    drawn_in = grounds if high > 1 and grounds else inks
    ink = next((theme.drawn_colour(each) for each in drawn_in), "")
    thick = number_attribute(stroke, "w") / EMU_PER_POINT or 0.75
    return Edge(width=max(high, thick) if grounds else thick, kind="solid", colour=ink)


def _vml_line(shape: Element) -> Edge | None:
    """The same of a shape that an older Word has drawn."""
    style = shape.get("style") or ""
    sizes = {name: float(size) for name, size in _SIZES.findall(style)}
    ends = [_SIZE.match(each.strip()) for name in ("from", "to") for each in (shape.get(name) or "").split(",")]
    if shape.tag == f"{_VML}line" and len(ends) == len([each for each in ends if each]) == 4:
        left, top, right, bottom = (float(each[1]) for each in ends if each)
        if abs(right - left) < _WIDE or abs(bottom - top) > 1:
            return None
        weight = _SIZE.match(shape.get("strokeweight") or "")
        return Edge(width=float(weight[1]) if weight else 0.75, kind="solid", colour=_ink(shape.get("strokecolor")))
    is_rule = shape.get(f"{_OFFICE}hr") is not None
    if shape.tag != f"{_VML}rect" or not (is_rule or sizes.get("width", 0) >= _WIDE):
        return None
    high = sizes.get("height", 1.5)
    return Edge(width=high, kind="solid", colour=_ink(shape.get("fillcolor"))) if high <= _HIGHEST_BAND else None


def _ink(written: str | None) -> str:
    """A colour as VML writes it: by its name or its digits, before what it is in the theme."""
    word = (written or "").split(" ")[0].casefold()
    return _INKS.get(word) or colour(word)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxLook:
    """A box of text: its width in points (0 where it does not say), the side at which it stands, ground and outline."""

    width: float
    side: str
    ground: str = ""
    outline: Edge | None = None


def box_look(box: Element, theme: Theme) -> BoxLook:
    """The look of a text box."""
    above = [*box.iterancestors()]
    drawn = next((each for each in above if each.tag in {qn("wp:inline"), qn("wp:anchor")}), None)
    shape = next((each for each in above if each.tag.endswith("}wsp")), None)
    if drawn is not None:
        extent = first(drawn, "wp:extent")
        fill, line = (
            None if shape is None else first(shape, f"*[local-name()='spPr']/{path}a:solidFill/*")
            for path in ("", "a:ln/")
        )
        stroke = None if line is None else first(line, "ancestor::a:ln")
        thick = number_attribute(stroke, "w") / EMU_PER_POINT or 0.75
        return BoxLook(
            width=_size(extent)[0],
            side=_side(drawn) or "left",
            ground="" if fill is None else theme.drawn_colour(fill),
            outline=None if line is None else Edge(width=thick, kind="solid", colour=theme.drawn_colour(line)),
        )
    old = next((each for each in above if each.tag.startswith(_VML) and each.get("style")), None)
    style = attribute(old, "style") or ""
    width, left = (
        dict(_SIZES.findall(style)).get("width"),
        re.search(r"margin-left:\s*(\d{1,4}(?:\.\d{1,4})?)pt", style),
    )
    at_right = "mso-position-horizontal:right" in style or (
        left is not None and float(left[1]) > _MIDDLE / EMU_PER_POINT
    )
    return BoxLook(width=float(width or 0), side="right" if at_right else "left")


def frame_look(paragraph: Element, page: PageLook) -> BoxLook | None:
    """The look of the frame that a paragraph stands in, as an older Word has boxes; None for one in the flow."""
    frame = first(paragraph, "w:pPr/w:framePr[@w:w and not(@w:dropCap)]")
    if frame is None:
        return None
    width, start = (number_attribute(frame, name) / TWENTIETHS for name in ("w:w", "w:x"))
    start -= page.left if attribute(frame, "w:hAnchor") == "page" else 0
    at_right = attribute(frame, "w:xAlign") in {"right", "outside"} or start + width / 2 > page.column / 2
    return BoxLook(width=width, side="right" if at_right else "left")


def _no_picture(troubles: list[str], name: str) -> None:
    troubles.append(
        f"The picture “{name}” is damaged, far too large, or of a kind that neither a PDF nor a web page shows, and is"
        " left out of them; put it into the template as PNG or JPEG with 8 bits for each colour and no more points than"
        " a page can show."
    )


def _held(part: Part, relation: str | None) -> tuple[bytes, str] | None:
    """The bytes of a picture and their media type, or None for one that no page can show."""
    rel = part.rels.get(relation or "")
    if rel is None or rel.is_external:
        return None
    content, data = rel.target_part.content_type, rel.target_part.blob
    is_shown = not is_endless(data) if content == _SVG else content in _OF_POINTS and is_whole(data)
    return (data, content) if is_shown else None


def _kept(resources: dict[str, tuple[bytes, str]], data: bytes, media_type: str) -> str:
    """The address at which a picture is kept."""
    address = f"{PICTURE_ADDRESS}{hashlib.sha256(data).hexdigest()}"
    resources[address] = (data, media_type)
    return address


def no_larger(data: bytes, media_type: str, *, width: float, height: float) -> bytes:
    """A picture with no more points than a page of ``width`` by ``height`` points can show; mostly the same bytes."""
    if len(data) < _LARGE or media_type not in _OF_POINTS:
        return data
    most = (math.ceil(width * _SHARP), math.ceil(height * _SHARP))
    return drawn_anew(data, _OF_POINTS[media_type], most=most) or data


def own_below(element: Element, *tags: str) -> Iterator[Element]:
    """The elements below one, without those in a text box of it or in what stands in for programs of long ago."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag not in {_FALLBACK, TEXT_BOX} and isinstance(child.tag, str):
            yield from own_below(child, *tags)
