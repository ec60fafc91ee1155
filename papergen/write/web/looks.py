"""The colours, fonts and sizes of a web page, worked out from the look of a Word template, for light and for dark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from papergen.model.nodes import BoxKind
from papergen.write.colours import contrast, ink_on, lightness, readable, with_lightness
from papergen.write.css import Inks, edge_css, rule
from papergen.write.looks import TemplateLook
from papergen.write.styles import BODY_TEXT, BOXES, CAPTION, HEADINGS

_NIGHT = "#14171c"
_BODY = 1.0625
"""The size of text in rem."""
_LARGER = (1.208, 1.19, 1.07, 1.0, 1.0)
"""How much larger than on paper the headings of each level stand out from the text on a screen."""
_DARK = 0.3
_PALE_AT_NIGHT, _LINE_AT_NIGHT = 0.17, 0.34


def web_looks(look: TemplateLook, *, fonts: Mapping[str, str], inks: Inks) -> str:
    """The rules that a template's look comes to on a page."""
    return "".join(_rules(look, fonts, inks))


def _rules(look: TemplateLook, fonts: Mapping[str, str], inks: Inks) -> Iterator[str]:
    light = _colours(look, inks)
    night = _at_night(light)
    yield rule(":root", {f"--{name}": value for name, value in light.items()})
    dark = rule(":root", {f"--{name}": value for name, value in night.items()})
    yield f"@media (prefers-color-scheme: dark) {{\n{dark}}}\n"
    body = look.paragraph(BODY_TEXT)
    yield rule("body", {"font-family": fonts.get(body.letters.font, "")})
    for level, style in enumerate(HEADINGS):
        letters = look.paragraph(style).letters
        size = _BODY * letters.size / body.letters.size * _LARGER[level]
        yield rule(
            f".heading-{level + 1}",
            {
                "color": f"var(--heading-{level + 1})",
                "font-size": f"{max(round(size, 4), _BODY):g}rem",
                "font-family": fonts.get(letters.font, "") if letters.font != body.letters.font else "",
                "font-weight": "bold" if letters.bold else "normal",
                "font-style": "italic" if letters.italic else "",
                "text-transform": "uppercase" if letters.capitals else "",
                "text-decoration": "underline" if letters.underlined else "",
            },
        )
    title = look.paragraphs.get("title")
    if title is not None and title.letters.font != body.letters.font:
        yield rule(".title", {"font-family": fonts.get(title.letters.font, "")})
    inside = look.table.cells.sides.get("insideV")
    if inside is not None:
        yield rule(
            ".committee-table th + th, .committee-table td + td, .committee-table th + td",
            {"padding-left": "0.75rem", "border-left": edge_css(inside)},
        )
    for which, cells in (("odd", look.table.odd), ("even", look.table.even)):
        if cells.ground:
            yield rule(f".committee-table tbody tr:nth-child({which})", {"background": f"var(--{which}-rows)"})


def _colours(look: TemplateLook, inks: Inks) -> dict[str, str]:
    """The colours by day, each of words readable on its ground."""
    body = look.paragraph(BODY_TEXT).letters.colour
    note, signs, aim = (look.paragraph(BOXES[kind].text) for kind in (BoxKind.NOTE, BoxKind.SIGNS, BoxKind.AIM))
    signs_title = look.paragraph(BOXES[BoxKind.SIGNS].title).letters.colour
    accent = inks.on("", look.paragraph(HEADINGS[0]).letters.colour or look.accent, f"“{HEADINGS[0]}”")
    head, heads = look.table.head, look.paragraph("Table Heading").letters
    inside = look.table.cells.sides.get("insideH")
    pale = note.ground or "#f0f0f0"
    banner = aim.ground or look.accent or "#333333"
    quiet = look.paragraph("Exhibit Note").letters.colour
    head_line = head.sides.get("bottom") or look.table.cells.sides.get("top")
    return {
        "ink": inks.on("", body or "#1a1a1a", f"“{BODY_TEXT}”"),
        "quiet": inks.on("", quiet or "#505a66", "“Exhibit Note”"),
        "line": (inside.colour if inside else "") or "#b8c0cf",
        "accent": accent,
        **{
            f"heading-{level}": inks.on("", look.paragraph(style).letters.colour or "#1a1a1a", f"“{style}”")
            for level, style in enumerate(HEADINGS, 1)
        },
        "caption": inks.on("", look.paragraph(CAPTION).letters.colour or "#1a1a1a", f"“{CAPTION}”"),
        "link": inks.on("", str(look.letters["hyperlink"].get("colour", "")) or "#1d5a9e", "“Hyperlink”"),
        "pale": pale,
        "signs": signs.ground or pale,
        "signs-edge": signs.sides["left"].colour if "left" in signs.sides else accent,
        "signs-ink": readable(signs_title or accent, signs.ground or pale),
        "banner": banner,
        "banner-ink": readable(aim.letters.colour or ink_on(banner), banner),
        "head": head.ground or "transparent",
        "head-ink": inks.on(head.ground, heads.colour or head.colour or "#1a1a1a", "“Table Heading”"),
        "head-line": head_line.colour if head_line else accent,
        "odd-rows": look.table.odd.ground or "transparent",
        "even-rows": look.table.even.ground or "transparent",
    }


def _at_night(day: Mapping[str, str]) -> dict[str, str]:
    """The same hues in the dark: words light enough for a dark page, grounds dark enough for light words."""
    night: dict[str, str] = {}
    for name, value in day.items():
        if value == "transparent":
            night[name] = value
        elif name in {"pale", "signs", "head", "odd-rows", "even-rows"}:
            night[name] = with_lightness(value, _PALE_AT_NIGHT)
        elif name in {"line", "head-line"}:
            night[name] = with_lightness(value, _LINE_AT_NIGHT)
        elif name in {"banner", "banner-ink"}:
            night[name] = value
        elif name.startswith(("ink", "heading-")) and lightness(value) < _DARK:
            night[name] = readable(with_lightness(value, 0.84), _NIGHT, least=7)
        else:
            night[name] = readable(with_lightness(value, 0.74), _NIGHT, least=7)
    night["head-ink"] = readable(night["head-ink"], night["head"] if night["head"] != "transparent" else _NIGHT)
    night["signs-ink"] = readable(night["signs-ink"], night["signs"], least=7)
    if contrast(night["banner"], _NIGHT) < 1.3:
        night["banner"] = with_lightness(night["banner"], 0.28)
        night["banner-ink"] = readable(night["banner-ink"], night["banner"])
    return night
