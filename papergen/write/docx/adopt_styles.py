"""The styles of a letterhead and those of papers: which of theirs ours shall look like."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence

from docx.oxml.ns import qn

from papergen.write.docx.adopt_place import is_prose, words_of
from papergen.write.docx.story_faults import style_name
from papergen.write.docx.template_styles import TemplateStyles
from papergen.write.docx.xml import PARAGRAPH_ORDER, Element, child, el, first, found, is_a, put, remove
from papergen.write.styles import BODY_TEXT, HEADINGS, LIST_BULLETS, NEEDED_STYLES, StyleKind

TITLE = "Title"
_KEPT = frozenset(qn(f"w:{name}") for name in ("keepNext", "keepLines", "numPr", "outlineLvl", "pStyle"))
_WORDS_OWN = frozenset({"normal", "title", "subtitle", "header", "footer", "no spacing", "list paragraph"})
"""Styles that are Word's own, and are no look of a house."""


def house_styles(blocks: Sequence[Element], styles: TemplateStyles, brought: Sequence[str]) -> dict[str, str]:
    """For styles of papers those of the house that they shall look like, as the letterhead's own text uses them."""
    used: dict[str, list[int]] = {}
    for at, block in enumerate(blocks):
        for each in found(block, "self::w:p|.//w:p"):
            if words_of(each):
                used.setdefault(style_name(each, styles), []).append(at)
    mapped = dict(_by_level(styles, used, brought))
    mapped |= {ours: theirs for ours, theirs in _by_name(styles, used, mapped) if ours not in mapped}
    for block in blocks:
        name = style_name(block, styles) if is_a(block, "w:p") else ""
        if is_prose(block) and _is_house(name, styles) and name not in mapped.values():
            mapped[BODY_TEXT] = name
            break
    bullets = next((name for name in used if "bullet" in name.casefold() and _is_house(name, styles)), None)
    if bullets is not None:
        mapped[LIST_BULLETS[0]] = bullets
    return mapped


def _is_house(name: str, styles: TemplateStyles) -> bool:
    """Whether a style is a paragraph style of the house's own making."""
    known = {each.casefold() for each in NEEDED_STYLES} | _WORDS_OWN
    return bool(name) and name.casefold() not in known and styles.kind(name) is StyleKind.PARAGRAPH


def _by_level(styles: TemplateStyles, used: dict[str, list[int]], brought: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The house's own headings, by their outline level, for those that it lacks or does not use."""
    there = {name.casefold() for name in used}
    levels = {name: styles.heading_level(name) for name in styles.names() if _is_house(name, styles)}
    for number, ours in enumerate(HEADINGS, 1):
        if ours not in brought and (ours.casefold() in there or not used):
            continue
        theirs = [name for name, level in levels.items() if level == number]
        theirs = [name for name in theirs if name in used] or (theirs if ours in brought else [])
        if theirs:
            yield ours, theirs[0]


def _by_name(styles: TemplateStyles, used: dict[str, list[int]], mapped: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Styles that are called headings and say no level: by their size, and one alone above all others is the title."""
    headings = [name for name in used if "heading" in name.casefold() and _is_house(name, styles)]
    headings = [name for name in headings if name not in mapped.values()]
    headings.sort(key=lambda name: (-styles.half_points(name), used[name][0]))
    if len(headings) > 1 and len(used[headings[0]]) == 1 and used[headings[0]][0] < used[headings[1]][0]:
        yield TITLE, headings.pop(0)
    there = {name.casefold() for name in used} | {name.casefold() for name in mapped}
    free = [each for each in HEADINGS if each.casefold() not in there]
    yield from zip(free, headings, strict=False)


def look_like(styles: TemplateStyles, ours: str, theirs: str) -> None:
    """Let a style of papers look like one of the house: by resting on it, or by a copy where it rests on ours."""
    style = styles.element(ours)
    lineage = [*styles.lineage(theirs)]
    if style in lineage:
        for each in reversed(lineage[: lineage.index(style)]):
            _take_over(style, each)
        return
    remove(found(style, "w:rPr"))
    for properties in found(style, "w:pPr"):
        remove([each for each in properties if each.tag not in _KEPT])
    child(style, "w:basedOn", ("w:name", "w:basedOn")).set(qn("w:val"), styles.id_of(theirs))


def no_heading(style: Element) -> None:
    """Let a style that rests on one of headings be none itself, and count nothing."""
    properties = first(style, "w:pPr")
    if properties is None:
        properties = el("w:pPr")
        before = first(style, "w:rPr")
        style.append(properties) if before is None else before.addprevious(properties)
    put(properties, el("w:numPr", None, el("w:numId", {"w:val": 0})), PARAGRAPH_ORDER)
    put(properties, el("w:outlineLvl", {"w:val": 9}), PARAGRAPH_ORDER)


def _take_over(style: Element, other: Element) -> None:
    for path in ("w:pPr", "w:rPr"):
        given, own = first(other, path), first(style, path)
        if given is None:
            continue
        if own is None:
            style.append(copy.deepcopy(given))
            continue
        for each in given:
            if each.tag not in _KEPT:
                remove([known for known in own if known.tag == each.tag])
                if path == "w:pPr":
                    put(own, copy.deepcopy(each), PARAGRAPH_ORDER)
                else:
                    own.append(copy.deepcopy(each))
