"""Signs of Word's fonts of signs (Wingdings, Symbol), as letters that fonts of papers have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.oxml.ns import qn

from papergen.write.docx.xml import Element, attribute, found, is_a, remove, whole

_FONTS = ("wingdings", "symbol", "webdings")
_SIGNS = re.compile("[\uf000-\uf0ff]")
_BOXES = {**dict.fromkeys("\x6f\x70\x71\x72\xa8", "□"), **dict.fromkeys("\x6e\xfd\xfe", "■")}
_ROUND = {**dict.fromkeys("\x6c\xa4", "●"), **dict.fromkeys("\x6d\xa1", "○"), **dict.fromkeys("\x9f\xa0", "•")}
_WINGDINGS = {
    **_BOXES,
    **_ROUND,
    **dict.fromkeys("\x73\x74\x75\x76\x77", "◊"),
    **dict.fromkeys("\x46\xe0\xe8\xf0", "→"),
    **{"\xa7": "▪", "\xd8": "›", "\xfb": "×", "\xfc": "√", "\xdf": "←"},
}
_SYMBOL = {
    **{"\xb7": "•", "\xa8": "◊", "\x2d": "–", "\xbe": "–", "\xde": "→", "\xae": "→", "\xac": "←", "\xb0": "°"},
    **{"\xb1": "±", "\xb4": "×", "\xa3": "≤", "\xb3": "≥", "\xd2": "®", "\xe2": "®", "\xd3": "©", "\xe3": "©"},
    **{"\xd4": "™", "\xe4": "™", "\x6d": "µ", "\x20": " "},
}
_WINGDINGS_2 = {"\xa3": "□", "\x50": "√", "\x52": "■", "\x53": "■", "\x54": "■", "\x4f": "×", "\x97": "•"}
_TABLES = {"wingdings": _WINGDINGS, "symbol": _SYMBOL, "wingdings 2": _WINGDINGS_2}
_EITHER = {**_WINGDINGS, **_SYMBOL}
"""What a letter is whose font nobody names."""


def bullet(pattern: str, font: str) -> str:
    """The sign that a bullet shows, whatever font it is taken from."""
    if len(pattern) != 1:
        return pattern
    if is_of_signs(font) or _SIGNS.match(pattern):
        return sign(ord(pattern), font) or "•"
    return "◦" if pattern == "o" and font.casefold().startswith("courier") else pattern


def is_of_signs(font: str) -> bool:
    """Whether a font has signs in the place of letters."""
    return font.casefold().startswith(_FONTS)


def sign(code: int, font: str) -> str:
    """The letter for a sign of a font, or nothing for one that no letter stands for."""
    return _TABLES.get(font.casefold(), {} if is_of_signs(font) else _EITHER).get(chr(code % 0x100), "")


def plain_signs(root: Element) -> Iterator[str]:
    """Write the signs below ``root`` as letters; the fonts of those that are gone, since no letter stands for them."""
    for run in found(root, ".//w:r"):
        fonts = found(run, "w:rPr/w:rFonts")
        named = next((attribute(each, "w:ascii") or attribute(each, "w:hAnsi") or "" for each in fonts), "")
        for each in found(run, "w:t|w:sym"):
            text = each.text or ""
            if is_a(each, "w:sym"):
                font, signs = attribute(each, "w:font") or "", chr(whole(attribute(each, "w:char"), base=16) % 0x10000)
            elif is_of_signs(named) or _SIGNS.search(text):
                font, signs = named, text
            else:
                continue
            remove(fonts if is_of_signs(named) else [])
            letters = [letter if letter.isspace() else sign(ord(letter), font) for letter in signs]
            each.tag, each.text = qn("w:t"), "".join(letters)
            each.attrib.clear()
            if each.text != each.text.strip():
                each.set(qn("xml:space"), "preserve")
            if not all(letters):
                yield font
