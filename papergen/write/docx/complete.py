"""Completing a Word template: the parts, lists and styles that it lacks are brought from papergen's own.

Word itself leaves out of a file what its text does not use (its own styles too), and other programs write fewer parts.
What is brought is fitted to the template: its font, the size of its letters, its colour and the width of its text.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.parts.numbering import NumberingPart
from docx.parts.settings import SettingsPart
from docx.parts.styles import StylesPart

from papergen.write.colours import colour, tint
from papergen.write.docx.drafts import mark_drafts, says_drafts
from papergen.write.docx.looks import TWENTIETHS, Looks, page_look
from papergen.write.docx.numbering import DEEPEST_LEVEL, LISTS, Numbering, numerals_of
from papergen.write.docx.own_template import own_part, own_root
from papergen.write.docx.stories import part_of, tree
from papergen.write.docx.template_styles import TemplateStyles
from papergen.write.docx.xml import (
    SECTION_ORDER,
    Element,
    attribute,
    child,
    el,
    first,
    found,
    number_attribute,
    put,
    put_before,
    remove,
    val,
)
from papergen.write.styles import (
    BODY_TEXT,
    COMMITTEE_BULLETS,
    COMMITTEE_HEADINGS,
    COMMITTEE_NUMBERS,
    HEADINGS,
    LIST_BULLETS,
    LIST_NUMBERS,
    NEEDED_STYLES,
    StyleKind,
)

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TREES = {
    RT.STYLES: ("/word/styles.xml", CT.WML_STYLES, StylesPart, "styles", "styles"),
    RT.NUMBERING: ("/word/numbering.xml", CT.WML_NUMBERING, NumberingPart, "numbering", "lists"),
    RT.SETTINGS: ("/word/settings.xml", CT.WML_SETTINGS, SettingsPart, "settings", "settings"),
}
_BLOBS = {RT.FONT_TABLE: ("fontTable.xml", CT.WML_FONT_TABLE), RT.THEME: ("theme/theme1.xml", CT.OFC_THEME)}
_FOUNDATIONS = ("Normal", "Default Paragraph Font", "Normal Table", "No List")
_LEADERS = {COMMITTEE_HEADINGS: HEADINGS[0], COMMITTEE_BULLETS: LIST_BULLETS[0], COMMITTEE_NUMBERS: LIST_NUMBERS[0]}
"""For each list the paragraph style whose own list serves as well, where a template has that one."""
_USED_LEVELS = 3
_OWN_ACCENT, _OWN_PALE, _OWN_LINE = "1F3864", "EEF1F6", "B8C0CC"
_OWN_COLUMN = 9072
_A4, _MARGIN = (11906, 16838), 1440
_STATUS = "Status"
_AFTER_NOTES = frozenset(
    qn(f"w:{name}")
    for name in (
        *("endnotePr", "compat", "docVars", "rsids", "attachedSchema", "themeFontLang", "clrSchemeMapping"),
        *("decimalSymbol", "listSeparator"),
    )
)


@dataclass(frozen=True, slots=True)
class Completed:
    """What a template lacked and has now: names of styles, and of parts in the words of whoever uses Word.

    ``counted`` is true where its headings counted in another way, and count in figures now; ``drafts`` where it did not
    say of drafts that they are.
    """

    styles: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    counted: bool = False
    drafts: bool = False


def complete(document: Part) -> Completed:
    """Bring into an opened template what it lacks."""
    parts = (*_parts(document), *_page(found(tree(document), "w:body")[0]))
    _foundations(tree(part_of(document, RT.STYLES)))
    bringing = Bringing(document)
    brought = tuple(bringing.bring(name) for name in bringing.missing())
    bringing.link_lists()
    _fonts_and_theme(document)
    if _footnotes(document):
        parts = (*parts, "footnotes")
    drafts = not says_drafts(document)
    if drafts:
        mark_drafts(cast(XmlPart, document), bringing.words(_STATUS))
    return Completed(styles=brought, parts=parts, counted=bringing.figures(), drafts=drafts)


def _parts(document: Part) -> Iterator[str]:
    """Make the parts that are not there; empty ones, but for the settings, which are papergen's."""
    package = document.package
    for kind, (name, content, part, root, words) in _TREES.items():
        if part_of(document, kind) is not None:
            continue
        element = own_root(root) if kind == RT.SETTINGS else parse_xml(f"<w:{root} {_WORD}/>")
        document.relate_to(part(PackURI(name), content, element, package), kind)  # type: ignore[arg-type]
        yield words


def _page(body: Element) -> Iterator[str]:
    """Give the pages a size, which programs choose by their country where a file has none."""
    section = first(body, "w:sectPr")
    if section is None:
        section = el("w:sectPr")
        body.append(section)
    if first(section, "w:pgSz") is None:
        put(section, el("w:pgSz", {"w:w": _A4[0], "w:h": _A4[1]}), SECTION_ORDER)
        if first(section, "w:pgMar") is None:
            sides = dict.fromkeys(("w:top", "w:right", "w:bottom", "w:left"), _MARGIN)
            edges = dict.fromkeys(("w:header", "w:footer"), _MARGIN // 2)
            put(section, el("w:pgMar", {**sides, **edges, "w:gutter": 0}), SECTION_ORDER)
        yield "page size"


def _foundations(styles: Element) -> None:
    """The defaults of the file, and the styles that all others are based on; Word takes them for granted."""
    child(child(child(styles, "w:docDefaults"), "w:rPrDefault"), "w:rPr")
    named, own = TemplateStyles(styles), TemplateStyles(own_root("styles"))
    for name in _FOUNDATIONS:
        kind = own.kind(name).value
        if not found(styles, f"w:style[@w:type='{kind}'][@w:default='1']"):
            if named.has(name) and named.kind(name) is own.kind(name):
                named.element(name).set(qn("w:default"), "1")
            else:
                styles.append(own.element(name))


def _fonts_and_theme(document: Part) -> None:
    """Bring the table of fonts and the theme, which every Word file has; a file that lacks them names neither."""
    for kind, (name, content) in _BLOBS.items():
        if part_of(document, kind) is None:
            _relate(document, kind, name, content, own_part(name))


def _relate(document: Part, kind: str, name: str, content: str, blob: bytes) -> None:
    part = Part(PackURI(f"/word/{name}"), content, blob, cast("None", document.package))
    document.relate_to(part, kind)


def _footnotes(document: Part) -> bool:
    """Whether the part for footnotes had to be made."""
    if part_of(document, RT.FOOTNOTES) is not None:
        return False
    blob = serialize_part_xml(own_root("footnotes"))
    _relate(document, RT.FOOTNOTES, "footnotes.xml", CT.WML_FOOTNOTES, blob)
    settings = tree(part_of(document, RT.SETTINGS))
    if first(settings, "w:footnotePr") is None:
        notes = [el("w:footnote", {"w:id": number}) for number in (-1, 0)]
        put_before(settings, el("w:footnotePr", None, *notes), _AFTER_NOTES)
    return True


class Bringing:
    """Copies styles into a template, fitted to it."""

    def __init__(self, document: Part) -> None:
        self._styles, self._numbering = (tree(part_of(document, kind)) for kind in (RT.STYLES, RT.NUMBERING))
        self._own_styles, self._own_numbering = own_root("styles"), own_root("numbering")
        self._own = TemplateStyles(self._own_styles)
        self._named = TemplateStyles(self._styles)
        looks = Looks(document)
        body = BODY_TEXT if self._named.has(BODY_TEXT) else ""
        self._ratio = looks.letters(body).size / 11
        self._colours = _colours(looks.accent())
        section = first(tree(document), ".//w:body/w:sectPr")
        self._column = round(page_look(el("w:sectPr") if section is None else section).column * TWENTIETHS)
        self._lists: dict[str, str] = {}

    def missing(self) -> list[str]:
        """The styles that the template lacks, and the list styles that lead to no list of nine levels."""
        numbering = Numbering(self._numbering, self._named)
        return [
            name
            for name in NEEDED_STYLES
            if not self._named.has(name)
            or (name in LISTS and self._named.kind(name) is NEEDED_STYLES[name] and numbering.levels_missing(name))
        ]

    def bring(self, name: str) -> str:
        """Copy one style of papergen's, and give its name."""
        if name in LISTS and self._named.has(name):
            self._relist(self._named.element(name), name)
            return name
        style = copy.deepcopy(self._own.element(name))
        style.set(qn("w:styleId"), self._free_id(attribute(style, "w:styleId") or ""))
        for link in found(style, "w:basedOn|w:next|w:link"):
            own_name = self._own.name_of(attribute(link, "w:val") or "") or ""
            link.set(qn("w:val"), self._id_of(own_name, link))
        self._fit(style)
        self._styles.append(style)
        self._named.add(style)
        if name in LISTS:
            self._relist(style, name)
        return name

    def words(self, name: str) -> str:
        """The id of a character style of papergen's, brought if need be; nothing where another kind has its name."""
        if not self._named.has(name):
            self.bring(name)
        return self._named.id_of(name) if self._named.kind(name) is StyleKind.CHARACTER else ""

    def figures(self) -> bool:
        """Let headings count in figures where they count in a way that papers do not know; whether they did."""
        levels = Numbering(self._numbering, self._named).levels(COMMITTEE_HEADINGS)
        if numerals_of(levels) is not None:
            return False
        for level in levels:
            remove(found(level, "w:isLgl"))
            for kind in found(level, "w:numFmt"):
                kind.set(qn("w:val"), "decimal")
        return True

    def link_lists(self) -> None:
        """Let the paragraph styles that were brought name the lists of this template."""
        numbering = Numbering(self._numbering, self._named)
        ids = {"2": numbering.of(COMMITTEE_BULLETS), "3": numbering.of(COMMITTEE_NUMBERS)}
        for style in found(self._styles, "w:style[w:pPr/w:numPr/w:numId[@papergen]]"):
            number = found(style, "w:pPr/w:numPr/w:numId")[0]
            number.set(qn("w:val"), ids[str(number.attrib.pop("papergen"))])

    def _id_of(self, own_name: str, link: Element) -> str:
        """The id that a style has here, or will have once it is brought."""
        if self._named.has(own_name):
            return self._named.id_of(own_name)
        if own_name in _FOUNDATIONS or own_name not in NEEDED_STYLES:
            kind = self._own.kind(own_name).value
            plain = first(self._styles, f"w:style[@w:type='{kind}'][@w:default='1']")
            return attribute(plain, "w:styleId") or ""
        return self._free_id(attribute(link, "w:val") or "")

    def _free_id(self, wanted: str) -> str:
        taken = {attribute(each, "w:styleId") for each in found(self._styles, "w:style")}
        while wanted in taken:
            wanted = f"{wanted}Papergen"
        return wanted

    def _fit(self, style: Element) -> None:
        """Give a style the sizes, colours and tab stops that fit the template, and mark lists to be linked."""
        for size in found(style, ".//w:sz[@w:val]|.//w:szCs[@w:val]"):
            size.set(qn("w:val"), str(max(2, round(number_attribute(size, "w:val") * self._ratio))))
        _exchange(style, self._colours)
        for stop in found(style, f".//w:tab[@w:pos='{_OWN_COLUMN}']"):
            stop.set(qn("w:pos"), str(self._column))
        if attribute(style, "w:type") == "paragraph":
            for number in found(style, "w:pPr/w:numPr/w:numId"):
                number.set("papergen", attribute(number, "w:val") or "")

    def _relist(self, style: Element, name: str) -> None:
        """Lead a list style to a list: that of the template's own list paragraphs, or else a copy of papergen's."""
        number = house_list(name, Numbering(self._numbering, self._named), self._named)
        number = number or self._copied_list(name, attribute(style, "w:styleId") or "")
        given = first(style, "w:pPr/w:numPr/w:numId")
        if given is None:
            style.append(el("w:pPr", None, el("w:numPr", None, val("w:numId", number))))
        else:
            given.set(qn("w:val"), number)

    def _copied_list(self, name: str, style_id: str) -> str:
        own = Numbering(self._own_numbering, self._own).abstract_of(self._own.list_number_id(name))
        assert own is not None  # noqa: S101 - papergen's template has it
        abstract = copy.deepcopy(own)
        for link in found(abstract, "w:styleLink"):
            link.set(qn("w:val"), style_id)
        remove(found(abstract, "w:lvl/w:pStyle"))  # the paragraphs name the list themselves
        lists = Numbering(self._numbering, self._named)
        return lists.add_number(lists.add_abstract(abstract))


def house_list(name: str, lists: Numbering, styles: TemplateStyles) -> str | None:
    """The list that a paragraph style of a template names, if its levels have the marks that papers need."""
    leader = _LEADERS[name]
    if not styles.has(leader):
        return None
    given = first(styles.element(leader), "w:pPr/w:numPr/w:numId[not(@papergen)]")
    number = attribute(given, "w:val")
    levels = found(lists.abstract_of(number), "w:lvl")
    if len(levels) <= DEEPEST_LEVEL or not all(_marks_as(name, each) for each in levels[:_USED_LEVELS]):
        return None
    return number


_LONGEST_MARK = 40


def _marks_as(name: str, level: Element) -> bool:
    """Whether a level of a list has a bullet in a list of bullets, and its own number in another one."""
    kind, text = first(level, "w:numFmt"), first(level, "w:lvlText")
    shown = attribute(text, "w:val") or ""
    counts = "decimal" if kind is None else attribute(kind, "w:val")
    if name == COMMITTEE_BULLETS:
        return counts == "bullet" and 0 < len(shown) <= _LONGEST_MARK
    if len(shown) > _LONGEST_MARK or not shown.isprintable():
        return False
    return counts not in {"bullet", "none"} and f"%{number_attribute(level, 'w:ilvl') + 1}" in shown


def recolour(styles: Iterable[Element], before: str, accent: str) -> None:
    """Give styles that were brought beside one colour of headings those that go with another."""
    old, new = _colours(before), _colours(accent)
    changed = {old.get(own, own): new.get(own, own) for own in (_OWN_ACCENT, _OWN_PALE, _OWN_LINE)}
    for style in styles:
        _exchange(style, changed)


def _exchange(style: Element, colours: Mapping[str, str]) -> None:
    for each in found(style, ".//*[@w:color or @w:fill]|.//w:color[@w:val]"):
        for name in ("w:color", "w:fill", "w:val"):
            if (stated := attribute(each, name) or "") in colours:
                each.set(qn(name), colours[stated])


def _colours(accent: str) -> dict[str, str]:
    """What papergen's colours become beside the colour of a template's headings; black where those are black."""
    if accent == colour(_OWN_ACCENT):
        return {}
    base = accent or "#000000"
    changed = {_OWN_ACCENT: base, _OWN_PALE: tint(base, 0.92), _OWN_LINE: tint(base, 0.7)}
    return {own: given.removeprefix("#").upper() for own, given in changed.items()}
