"""Looks as CSS: what a paragraph, a run of words or a cell of a Word template comes to on a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from papergen.values.words import joined
from papergen.write.colours import BLACK, WHITE, contrast, ink_on, readable
from papergen.write.looks import Edge, Letters, ParagraphLook, Sides, TextAlign

Declarations = Mapping[str, str]

NATURAL_LINE = 1.149
"""The height of a line of Arial in times of its letters, before the spacing of a style (Arimo's own metrics)."""


def points(measure: float) -> str:
    """A measure in points, without more decimals than can be seen."""
    return f"{round(measure, 2):g}pt" if round(measure, 2) else "0"


def rule(selector: str, declarations: Declarations) -> str:
    """One rule, or nothing where it says nothing."""
    said = "; ".join(f"{name}: {value}" for name, value in declarations.items() if value)
    return f"{selector} {{ {said} }}\n" if said else ""


def css_name(style: str) -> str:
    """The class of a style: ``note-box-title`` for "Note Box Title", whatever signs the name holds."""
    name = re.sub(r"[^a-z0-9]+", "-", style.casefold()).strip("-") or "style"
    return name if name[0].isalpha() else f"style-{name}"


@dataclass
class Inks:
    """The colours of words on their grounds, each readable; what had to be changed is remembered.

    ``paper`` is the colour of the page.
    """

    paper: str = WHITE
    _changed: dict[tuple[str, str, str], dict[str, None]] = field(default_factory=dict)

    def on(self, ground: str, wanted: str, where: str) -> str:
        """The colour for words that want ``wanted`` on ``ground``; either may be nothing, for what stands by itself."""
        ground = ground or self.paper
        if not wanted:
            return ink_on(ground)
        given = readable(wanted, ground)
        if given != wanted:
            self._changed.setdefault((wanted, ground, given), {})[where] = None
        return given

    def changed(self) -> Iterator[str]:
        """A sentence for each colour that was changed."""
        for (wanted, ground, given), where in self._changed.items():
            yield (
                f"The words of {joined([*where])}, {wanted} on {ground}, have a contrast of"
                f" {contrast(wanted, ground):.1f}:1, and 4.5:1 is needed to read them; the PDF and the web page have"
                f" them in {given}."
            )


def letters_css(letters: Letters, *, ink: str, fonts: Mapping[str, str], base: Letters | None = None) -> dict[str, str]:
    """The declarations of some letters; those that ``base`` says already are left out."""
    said = {
        "font-family": fonts.get(letters.font, ""),
        "font-size": points(letters.size),
        "font-weight": "bold" if letters.bold else "normal",
        "font-style": "italic" if letters.italic else "normal",
        "text-decoration": " ".join(
            name for name, on in (("underline", letters.underlined), ("line-through", letters.struck)) if on
        )
        or "none",
        "text-transform": "uppercase" if letters.capitals else "none",
        "font-variant-caps": "small-caps" if letters.small_capitals else "normal",
        "letter-spacing": points(letters.apart) if letters.apart else "normal",
        "color": ink,
    }
    plain = _PLAIN if base is None else letters_css(base, ink="", fonts=fonts)
    return {name: value for name, value in said.items() if value and value != plain.get(name)}


_PLAIN = {
    "font-style": "normal",
    "text-decoration": "none",
    "text-transform": "none",
    "font-variant-caps": "normal",
    "letter-spacing": "normal",
}


def line_css(look: ParagraphLook) -> dict[str, str]:
    """The height of lines."""
    if look.exact:
        return {"line-height": points(look.line)}
    return {"line-height": f"{round(look.line * NATURAL_LINE, 2):g}"}


def paragraph_css(look: ParagraphLook) -> dict[str, str]:
    """The declarations of a paragraph but for its letters.

    Word draws the rules of a paragraph outside its indents.
    """
    left, right = look.sides.get("left"), look.sides.get("right")
    has_box = bool(look.sides) or bool(look.ground)
    outside = {
        "left": look.left - (left.room + left.width if left else 0),
        "right": look.right - (right.room + right.width if right else 0),
    }
    said = {
        "margin": " ".join(points(each) for each in (look.before, outside["right"], look.after, outside["left"])),
        "text-indent": points(look.first) if look.first else "",
        "text-align": "" if look.align is TextAlign.LEFT else look.align.value,
        "break-after": "avoid" if look.keeps_next else "",
        "break-inside": "avoid" if look.keeps_lines else "",
        "background": look.ground or "",
    }
    return {**said, **(sides_css(look.sides, room=True) if has_box else {})}


def sides_css(sides: Sides, *, room: bool = False) -> dict[str, str]:
    """The rules along the sides of something, with the room inside them where it is wanted."""
    said = {}
    for side in ("top", "right", "bottom", "left"):
        edge = sides.get(side)
        if edge is not None:
            said[f"border-{side}"] = edge_css(edge)
            if room and edge.room:
                said[f"padding-{side}"] = points(edge.room)
    return said


def edge_css(edge: Edge) -> str:
    """One line along a side."""
    return f"{points(edge.width)} {edge.kind} {edge.colour or BLACK}"
