"""The theme of a Word file: the colours and fonts that its styles name by their part in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part

from papergen.write.colours import colour, darker, lighter, lightness, with_lightness
from papergen.write.docx.stories import part_of, tree
from papergen.write.docx.xml import Element, attribute, first, found, number_attribute, whole

_PARTS = {"text1": "dk1", "dark1": "dk1", "background1": "lt1", "light1": "lt1", "text2": "dk2", "dark2": "dk2"}
_PARTS |= {"background2": "lt2", "light2": "lt2", "hyperlink": "hlink", "followedHyperlink": "folHlink"}
_DRAWN = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of a theme by their names in the file format, and its fonts for headings and for text."""

    colours: Mapping[str, str] = field(default_factory=dict)
    major: str = ""
    minor: str = ""

    def colour_of(self, element: Element, *, value: str = "w:val", prefix: str = "theme") -> str:
        """The colour that an element states by ``value`` or by its part in the theme; nothing where it states none.

        ``prefix`` is ``theme`` for ``w:color`` and ``themeFill`` for the ground of ``w:shd``.
        """
        part = attribute(element, "w:themeColor" if prefix == "theme" else "w:themeFill")
        base = self.colours.get(_PARTS.get(part or "", part or ""), "")
        if not base:
            return colour(attribute(element, value))
        if kept := whole(attribute(element, f"w:{prefix}Tint"), base=16):
            return lighter(base, kept / 255)
        if kept := whole(attribute(element, f"w:{prefix}Shade"), base=16):
            return darker(base, kept / 255)
        return base

    def drawn_colour(self, fill: Element) -> str:
        """The colour of a fill of a drawing, ``a:srgbClr`` or ``a:schemeClr``; nothing for another kind."""
        stated = fill.get("val") or ""
        if fill.tag.endswith("}srgbClr"):
            return colour(stated)
        base = self.colours.get(_DRAWN.get(stated, stated), "") if fill.tag.endswith("}schemeClr") else ""
        kept, more = (first(fill, f"a:{name}") for name in ("lumMod", "lumOff"))
        if not base or kept is None:
            return base
        shares = [min(max(number_attribute(each, "val") / 100_000, 0.0), 1.0) for each in (kept, more)]
        return with_lightness(base, min(lightness(base) * shares[0] + shares[1], 1.0))

    def font_of(self, fonts: Element) -> str:
        """The font that a ``w:rFonts`` stands for in English words, or nothing."""
        for name in ("w:ascii", "w:hAnsi"):
            part = attribute(fonts, f"{name}Theme") or ""
            if part and (given := self.major if part.startswith("major") else self.minor):
                return given
            if stated := attribute(fonts, name):
                return stated
        return ""


def theme_of(document: Part) -> Theme:
    """The theme of a document; an empty one where it has none."""
    root = tree(part_of(document, RT.THEME))
    colours = {}
    for slot in found(root, ".//a:clrScheme/*"):
        given = first(slot, "a:srgbClr|a:sysClr")
        if given is not None and (named := colour(given.get("lastClr") or given.get("val"))):
            colours[slot.tag.rpartition("}")[2]] = named
    major, minor = (
        first(root, f".//a:fontScheme/a:{each}/a:latin/@typeface/..") for each in ("majorFont", "minorFont")
    )
    return Theme(colours, *("" if each is None else each.get("typeface") or "" for each in (major, minor)))
