"""The pictures of a letterhead: where their bytes are, how large they are, what they show and where they stand."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from docx.opc.part import Part
from docx.oxml.ns import qn

from papergen.model.picture_files import only_drawn
from papergen.write.docx.story_faults import is_decorative
from papergen.write.docx.theme import Theme
from papergen.write.docx.xml import Element, attribute, first
from papergen.write.shell import ShellPicture

ADDRESS = "papergen:template/"
EMU_PER_POINT = 12700
_LARGEST = 600.0
_MIDDLE = 2_700_000
"""Half the width of a page's text, about: what starts further in stands at the right."""
_SHOWN = {"image/png", "image/jpeg", "image/gif", "image/svg+xml"}
_SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
_VML = "{urn:schemas-microsoft-com:vml}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
TEXT_BOX = qn("w:txbxContent")


def pictures_in(
    node: Element, part: Part, resources: dict[str, tuple[bytes, str]], troubles: list[str]
) -> Iterator[ShellPicture]:
    """The pictures of a run; their bytes go into ``resources``, and what cannot be shown into ``troubles``."""
    for drawn in own_below(node, qn("wp:inline"), qn("wp:anchor")):
        described = first(drawn, "wp:docPr")
        blip = next(own_below(drawn, qn("a:blip")), None)
        extent = first(drawn, "wp:extent")
        if described is None or blip is None or extent is None:
            if next(drawn.iter(TEXT_BOX), None) is None:
                troubles.append("A drawn shape is left out of the PDF and the web page.")
            continue
        if drawn.get("behindDoc") in {"1", "true"}:
            troubles.append(
                f"The picture “{described.get('name') or 'picture'}” behind the text is left out of the PDF and the web"
                " page: words on a picture cannot be read by everyone."
            )
            continue
        vector = next(drawn.iter(_SVG), None)
        address = _address(part, resources, attribute(vector, "r:embed") if vector is not None else None)
        address = address or _address(part, resources, attribute(blip, "r:embed"))
        if not address:
            _no_picture(troubles, described.get("name") or "picture")
            continue
        side = _side(drawn)
        yield ShellPicture(
            address=address,
            width=min(max(_int(extent.get("cx")) / EMU_PER_POINT, 1.0), _LARGEST),
            height=min(max(_int(extent.get("cy")) / EMU_PER_POINT, 1.0), _LARGEST),
            alternative="" if is_decorative(described) else (described.get("descr") or "").strip(),
            side=side,
        )
    for drawn in own_below(node, f"{_VML}imagedata"):
        holder = drawn.getparent()
        address = _address(part, resources, attribute(drawn, "r:id"))
        if holder is None or not address:
            _no_picture(troubles, "picture")
            continue
        sizes = dict(re.findall(r"(width|height):\s*(\d{1,4}(?:\.\d{1,4})?)pt", holder.get("style") or ""))
        yield ShellPicture(
            address=address,
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
    return "right" if offset is not None and _int(offset.text) > _MIDDLE else "left"


def box_look(box: Element, theme: Theme) -> tuple[float, str, str]:
    """The width of a text box in points (0 where it does not say), the side at which it stands, and its ground."""
    above = [*box.iterancestors()]
    drawn = next((each for each in above if each.tag in {qn("wp:inline"), qn("wp:anchor")}), None)
    shape = next((each for each in above if each.tag.endswith("}wsp")), None)
    fill = None if shape is None else first(shape, "*[local-name()='spPr']/a:solidFill/*")
    ground = "" if fill is None else theme.drawn_colour(fill)
    extent = None if drawn is None else first(drawn, "wp:extent")
    if drawn is not None:
        return 0.0 if extent is None else _int(extent.get("cx")) / EMU_PER_POINT, _side(drawn) or "left", ground
    style = next((each.get("style") or "" for each in above if each.tag.startswith(_VML) and each.get("style")), "")
    width = re.search(r"(?:^|;)width:\s*(\d{1,4}(?:\.\d{1,4})?)pt", style)
    left = re.search(r"margin-left:\s*(\d{1,4}(?:\.\d{1,4})?)pt", style)
    at_right = "mso-position-horizontal:right" in style or (
        left is not None and float(left[1]) > _MIDDLE / EMU_PER_POINT
    )
    return float(width[1]) if width else 0.0, "right" if at_right else "left", ground


def _no_picture(troubles: list[str], name: str) -> None:
    troubles.append(
        f"The picture “{name}” is of a kind that neither a PDF nor a web page shows, and is left out of them;"
        " put it into the template as PNG, JPEG or SVG."
    )


def _address(part: Part, resources: dict[str, tuple[bytes, str]], relation: str | None) -> str:
    """Where the bytes of a picture are found, or nothing for one that no page can show."""
    rel = part.rels.get(relation or "")
    if rel is None or rel.is_external or rel.target_part.content_type not in _SHOWN:
        return ""
    data = only_drawn(rel.target_part.blob)
    address = f"{ADDRESS}{hashlib.sha256(data).hexdigest()}"
    resources[address] = (data, rel.target_part.content_type)
    return address


def own_below(element: Element, *tags: str) -> Iterator[Element]:
    """The elements below one, without those in a text box of it or in what stands in for programs of long ago."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag not in {_FALLBACK, TEXT_BOX} and isinstance(child.tag, str):
            yield from own_below(child, *tags)


def _int(written: str | None) -> int:
    try:
        return int(written or 0)
    except ValueError:
        return 0
