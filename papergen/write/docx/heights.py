"""How wide words print and how high paragraphs stand, near enough to fit columns and to keep things on one page.

All measures are in twentieths of a point.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from papergen.write.docx.figures import EMU_PER_TWENTIETH
from papergen.write.docx.stories import paragraph_text
from papergen.write.docx.story_faults import style_name
from papergen.write.docx.template_styles import TemplateStyles
from papergen.write.docx.xml import Element, first, number_attribute
from papergen.write.looks import ParagraphLook, Stop, TextAlign

# Widths of Arial's letters in thousandths of the size; a letter that is not listed counts as a digit.
_DIGIT = 556
_LETTER_WIDTHS = {
    letter: width
    for letters, width in (
        ("ijl'", 222),
        (" ft.,:;/!I|\u00a0[]", 278),
        ("r()-", 333),
        ("ckJsvxyz", 500),
        ("+=<>", 584),
        ("FTZ", 611),
        ("ABEKPSVXY&", 667),
        ("wCDHNRU", 722),
        ("GOQ", 778),
        ("mM", 833),
        ("%", 889),
        ("W", 944),
        ("—", 1000),
    )
    for letter in letters
}
# Arial's own line, before the spacing of a style, is so much higher than its letters.
_NATURAL_LINE = 1.15
_SINGLE_LINE = 240
_APART = 36.0


def pieces(text: str) -> list[str]:
    """The pieces of a text between which a line may end; a non-breaking space is not one of them."""
    return re.split(r"[ \n]+|(?<=[-–/])", text)


def width_of(text: str, half_points: int, *, bold: bool) -> int:
    """About how wide ``text`` prints."""
    thousandths = sum(_LETTER_WIDTHS.get(letter, _DIGIT) for letter in text)
    return round(thousandths * half_points * 10 / 1000 * (1.13 if bold else 1.02))


def default_stops(text: str, look: ParagraphLook, column: float) -> tuple[Stop, ...]:
    """The stops to which the tabs of a line lead that names none, in points: Word's own, half an inch apart.

    None where a field, a mark or the end of the line leaves open where a tab begins.
    """
    *before, _ = text.split("\t")
    if look.align is not TextAlign.LEFT or look.first < 0 or any("{" in each or "\n" in each for each in before):
        return ()
    at, stops = look.left + look.first, []
    for words in before:
        at += width_of(words, round(look.letters.size * 2), bold=look.letters.bold) / 20
        at = (at // _APART + 1) * _APART
        stops.append(Stop(at, "left"))
    return tuple(stops) if at < column - _APART else ()


def height_of(paragraphs: Sequence[Element], styles: TemplateStyles, *, width: int) -> int:
    """About how high ``paragraphs`` stand in a column ``width`` wide, without the space around them."""
    height, below = 0, None
    for paragraph in paragraphs:
        name = style_name(paragraph, styles)
        spacing = first(paragraph, "w:pPr/w:spacing")
        before = number_attribute(spacing, "w:before", styles.space_before(name))
        height += (max(below, before) if below is not None else 0) + _lines_height(paragraph, styles, name, width)
        below = number_attribute(spacing, "w:after", styles.space_after(name))
    return height


def _lines_height(paragraph: Element, styles: TemplateStyles, name: str, width: int) -> int:
    picture = first(paragraph, ".//wp:extent")
    if picture is not None:
        return int(picture.get("cy", "0")) // EMU_PER_TWENTIETH
    half_points = styles.half_points(name)
    own = first(paragraph, "w:pPr/w:ind")
    indent = styles.indent(name) if own is None else number_attribute(own, "w:left")
    lines = _line_count(paragraph_text(paragraph), width - indent, half_points, styles, name)
    return round(lines * half_points * 10 * _NATURAL_LINE * styles.line(name) / _SINGLE_LINE)


def _line_count(text: str, width: int, half_points: int, styles: TemplateStyles, name: str) -> int:
    bold = styles.is_bold(name)
    space = width_of(" ", half_points, bold=bold)
    count, used = 1, 0
    for piece in pieces(text):
        wide = width_of(piece, half_points, bold=bold)
        if used and used + wide > width:
            count, used = count + 1, 0
        used += wide + space
    return count
