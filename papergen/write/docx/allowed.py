"""What a Word template may hold: the parts, relationships and fields on these lists, and nothing that acts or tells.

Every paper is handed out with all that its template holds.  A part that Word adds by itself and no reader needs is left
out; anything else that is not on a list is told of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import cast

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.oxml import serialize_part_xml
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.opc.rel import _Relationship
from docx.oxml.parser import parse_xml
from lxml import etree

from papergen import codes
from papergen.diagnostics import Code
from papergen.model.picture_files import drawn_anew, only_drawn
from papergen.model.vector import without_notes
from papergen.write.docx.elements import is_allowed, leave_out_elements
from papergen.write.docx.stories import Story, paragraph_text, stories
from papergen.write.docx.word_fields import fields_in
from papergen.write.docx.xml import Element, attribute, first, found, is_a, is_on
from papergen.write.styles import NEEDED_STYLES

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MICROSOFT = "http://schemas.microsoft.com/office"
_ALLOWED = frozenset(
    {
        *(RT.OFFICE_DOCUMENT, RT.CORE_PROPERTIES, RT.EXTENDED_PROPERTIES, RT.STYLES, RT.SETTINGS, RT.WEB_SETTINGS),
        *(RT.FONT_TABLE, RT.THEME, RT.NUMBERING, RT.FOOTNOTES, RT.ENDNOTES, RT.HEADER, RT.FOOTER, RT.IMAGE),
        *(RT.HYPERLINK, RT.FONT),
    }
)
_LEFT_OUT = frozenset(
    {
        *(f"{_OFFICE}/customXml", f"{_OFFICE}/glossaryDocument", f"{_OFFICE}/printerSettings"),
        f"{_OFFICE}/attachedTemplate",
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
        f"{_OFFICE.replace('officeDocument', 'officedocument')}/metadata/core-properties",  # LibreOffice has it so
        f"{_MICROSOFT}/2007/relationships/stylesWithEffects",
        *(
            f"{_MICROSOFT}/{kind}"
            for kind in (
                *("2011/relationships/people", "2020/02/relationships/classificationlabels"),
                *("2011/relationships/webextensiontaskpanes", "2006/relationships/keyMapCustomizations"),
                *("2006/relationships/ui/extensibility", "2007/relationships/ui/extensibility"),
                *("2006/relationships/attachedToolbars", "2019/05/relationships/documenttasks"),
            )
        ),
        "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin",
    }
)
"""Data for forms, building blocks, labels, panes and buttons of an office, a signature that papers would break, a
thumbnail, names of people who once commented: no paper shows them."""
_PICTURES = frozenset(f"image/{kind}" for kind in ("png", "jpeg", "gif", "bmp", "tiff", "svg+xml", "x-emf", "x-wmf"))
_SVG = "image/svg+xml"
_NOT_LOOKED_INTO = frozenset({_SVG, CT.OPC_CORE_PROPERTIES, CT.OFC_EXTENDED_PROPERTIES})
"""Drawings, at which another list looks, and properties, which every paper has anew."""
_FONTS = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_XML = re.compile(r"application/vnd\.openxmlformats-(officedocument|package)\.[\w.-]+\+xml")
FIELDS = frozenset(
    {
        *("PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "PAGEREF", "REF", "NOTEREF", "TOC", "TC", "SEQ", "STYLEREF"),
        *("HYPERLINK", "TITLE", "SUBJECT", "SYMBOL"),
    }
)
FOLLOWED = re.compile(r"https?://|mailto:")
_FIRST_WORD = re.compile(r'\s*([^\s\\"]+)')
_LINK = re.compile(
    r'\s*HYPERLINK\s+(?:"(?:https?://|mailto:)[^"]*"|(?=\\l))'
    r'(?:\s*\\[lomnt](?:\s+"[^"]*"|\s+[\w.-]+)?)*\s*',
    re.IGNORECASE,
)

_REVISION = re.compile(
    r"ins|del|delText|delInstrText|move(From|To)\w*|\w+Change|cell(Ins|Del|Merge)|customXml(Ins|Del|Move)\w*"
)
_COMMENT = frozenset({"commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef"})
ACTS = frozenset(
    {
        *("altChunk", "object", "control", "subDoc", "movie", "OLEObject", "ffData", "fldData", "contentPart"),
        *("mailMerge", "saveThroughXslt", "attachedSchema", "externalData", "frameset"),
    }
)
_LONGEST_QUOTE = 60
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/"
_NAMES = frozenset({"docVars", "permStart", "permEnd"})
_OFF = frozenset({"0", "false", "off"})
_ACTIVE_SVG = frozenset({"script", "foreignObject", "iframe", "set", "handler", "listener"})


@dataclass(frozen=True, slots=True)
class PackageFault:
    """Something in a template that may not be in it, and how to mend that."""

    code: Code
    message: str
    hint: str


def leave_out(package: OpcPackage) -> None:
    """Take out of a template what Word adds by itself, and out of its pictures what is not drawn."""
    holders: list[OpcPackage | Part] = [package, *package.iter_parts()]
    for holder in holders:
        for name in [name for name, rel in holder.rels.items() if rel.reltype in _LEFT_OUT]:
            del holder.rels[name]
    for part in package.iter_parts():
        _leave_out_of_picture(part)
        root = tree_of(part)
        if root is not None and leave_out_elements(root) and not isinstance(part, XmlPart):
            part._blob = serialize_part_xml(root)


def _leave_out_of_picture(part: Part) -> None:
    """Take out what is not drawn; a kind of file that holds more than can be told becomes a PNG."""
    if part.content_type == _SVG:
        part._blob = without_notes(part.blob)
    elif part.content_type in {"image/gif", "image/bmp", "image/tiff"} and (drawn := drawn_anew(part.blob)):
        part._blob, part._content_type = drawn, "image/png"
        part.partname = PackURI(f"{part.partname}.png")
    elif part.content_type in {"image/png", "image/jpeg"}:
        part._blob = only_drawn(part.blob)


def package_faults(document: Part) -> Iterator[PackageFault]:
    """Everything in a template that is not on the lists, each kind once, with the paragraph where it stands first."""
    package = document.package
    if package is None:
        return
    told: dict[PackageFault, list[str]] = {}
    places = {story.part: story.place for story in stories(document)}
    private: set[str] = set()  # parts that are told of as a whole
    holders: list[OpcPackage | Part] = [package, *package.iter_parts()]
    for holder in holders:
        root = tree_of(holder) if isinstance(holder, Part) else None
        for name, rel in holder.rels.items():
            faults = [*relation_faults(rel)]
            if faults and not rel.is_external:
                private.add(str(rel.target_part.partname))
            named = first(root, f".//*[@r:*='{name}']")
            at = _where(named, places.get(str(holder.partname), "")) if isinstance(holder, Part) else ""
            for fault in faults:
                told.setdefault(fault, []).append(at)
    for part in package.iter_parts():
        root = None if str(part.partname) in private else tree_of(part)
        if root is not None:
            is_styles = part.content_type.endswith("styles+xml")
            for fault, element in (*_elements(root, is_styles=is_styles), *_field_faults(root)):
                told.setdefault(fault, []).append(_where(element, places.get(str(part.partname), "")))
    for fault, wheres in told.items():
        yield replace(fault, message=_placed(fault.message, [*dict.fromkeys(filter(None, wheres))]))


def _placed(message: str, wheres: list[str]) -> str:
    """A message with the first place that it is about, and how many others there are."""
    if not wheres:
        return message
    others = len(wheres) - 1
    more = f" and {others} other{'s' if others > 1 else ''}" if others else ""
    return f"In {wheres[0]}{more}, {message[:1].lower()}{message[1:]}"


def _where(element: Element | None, place: str) -> str:
    """The paragraph in which an element stands, in the words of whoever sees it in Word; nothing outside of text."""
    if element is None or not place:
        return ""
    paragraph = next((each for each in (element, *element.iterancestors()) if is_a(each, "w:p")), None)
    if paragraph is None:
        return f"the {place}"
    words = " ".join(paragraph_text(paragraph).split())
    if words:
        return f"the {place} paragraph “{words[:_LONGEST_QUOTE]}{'…' if len(words) > _LONGEST_QUOTE else ''}”"
    number = 1 + len(found(paragraph, "preceding::w:p|ancestor::w:p"))
    return f"paragraph {number} of the {place}, which has no words"


def relation_faults(rel: _Relationship) -> Iterator[PackageFault]:
    """What is wrong with where a part of a template leads to."""
    return _external(rel.reltype, rel.target_ref) if rel.is_external else _part(rel.reltype, rel.target_part)


def _external(kind: str, address: str) -> Iterator[PackageFault]:
    if not (kind == RT.HYPERLINK and FOLLOWED.match(address)):
        yield PackageFault(
            codes.TEMPLATE_RESOURCE,
            f"The template takes something from “{address}”, outside the file.",
            "In Word, put the picture itself in place of a linked one, or delete the link; an attached template"
            " is taken off under Developer, Document Template.",
        )


def _part(kind: str, part: Part) -> Iterator[PackageFault]:
    name, content = part.partname.lstrip("/"), part.content_type
    if kind.endswith("/custom-properties"):
        yield _private("properties of its own")
    elif "comments" in kind.rpartition("/")[2].casefold():
        yield _private("comments")
    elif kind not in _ALLOWED:
        yield _not_allowed(f"“{name}”, which is no part of a letterhead")
    elif kind == RT.IMAGE:
        if content not in _PICTURES:
            yield _not_allowed(f"“{name}”, which is no picture that a paper may hold")
        elif content == _SVG and _acts(part.blob):
            yield _not_allowed("a picture that would run or fetch something")
    elif kind == RT.FONT:
        if content not in {_FONTS, "application/x-fontdata"}:
            yield _not_allowed(f"“{name}”, which is no font")
    elif not _XML.fullmatch(content):
        yield _not_allowed(f"“{name}”, which is no text")


def _private(what: str) -> PackageFault:
    return PackageFault(
        codes.TEMPLATE_PRIVATE,
        f"The template has {what}, which papers would hand out.",
        "In Word, choose File, Info, Inspect Document, and remove it.",
    )


def _not_allowed(what: str) -> PackageFault:
    return PackageFault(
        codes.TEMPLATE_RESOURCE,
        f"The template holds {what}.",
        "Delete it there in Word; “papergen template adopt” takes out what acts by itself.",
    )


def tree_of(part: Part) -> Element | None:
    """The tree of a part with text or looks; None for any other part."""
    if isinstance(part, XmlPart) and part.content_type not in _NOT_LOOKED_INTO:
        return cast(Element, part.element)
    is_text = part.content_type.endswith("+xml") and part.content_type not in _NOT_LOOKED_INTO
    return cast(Element, parse_xml(part.blob)) if is_text else None


def _elements(root: Element, *, is_styles: bool) -> Iterator[tuple[PackageFault, Element]]:
    for each in root.iter(etree.Element):
        if (fault := _fault_of_tag(each.tag)) is not None:
            yield fault, each
        elif not is_styles and is_hidden(each):
            yield _HIDDEN, each
        elif not is_allowed(each.tag):
            yield _not_allowed(f"“{etree.QName(each).localname}”, which is no part of a letterhead"), each
    if is_styles and (hidden := first(root, ".//w:docDefaults//w:vanish")) is not None:
        yield _HIDDEN, hidden


@lru_cache(maxsize=1024)
def _fault_of_tag(tag: str) -> PackageFault | None:
    """What is wrong with every element of a tag, whatever it holds."""
    name = etree.QName(tag).localname
    if is_revision(tag):
        return _REVISIONS
    if name in _COMMENT:
        return _private("comments")
    if name in ACTS:
        return _not_allowed(f"something that acts by itself (“{name}”)")
    return _private(f"names of people, or notes of its own (“{name}”)") if name in _NAMES else None


def is_revision(tag: str) -> bool:
    """Whether elements with a tag are of a tracked change."""
    return tag.startswith(_WORD) and _REVISION.fullmatch(etree.QName(tag).localname) is not None


_REVISIONS = PackageFault(
    codes.TEMPLATE_PRIVATE,
    "The template has tracked changes, which papers would hand out with the names of their authors.",
    "In Word, choose Review, Accept All Changes, and stop tracking.",
)
_HIDDEN = PackageFault(
    codes.TEMPLATE_PRIVATE,
    "The template has hidden text or a hidden drawing, which papers would hand out.",
    "In Word, show hidden text (Ctrl+Shift+8), and delete it or take “Hidden” off (Font, Effects; Selection Pane).",
)

_SHOW_STYLE = "In Word, modify the style, and take “Hidden” off (Format, Font, Effects)."


def is_hidden(element: Element) -> bool:
    """Whether an element hides words or a drawing."""
    name = etree.QName(element).localname if isinstance(element.tag, str) else ""
    if name in {"vanish", "specVanish", "hidden"}:
        return is_on(element)
    if name == "docPr":
        return (element.get("hidden") or "0") not in _OFF
    style = (element.get("style") or "").replace(" ", "").casefold()
    return "visibility:hidden" in style or "display:none" in style or "mso-hide:all" in style


def _field_faults(root: Element) -> Iterator[tuple[PackageFault, Element]]:
    simple = ((attribute(each, "w:instr") or "", each) for each in found(root, ".//w:fldSimple"))
    for instruction, at in (*((each.instruction, each.marks[0]) for each in fields_in(root)), *simple):
        word = _FIRST_WORD.match(instruction)
        name = word[1].upper() if word else ""
        if name not in FIELDS:
            shown = " ".join(instruction.split())[:60]
            yield (
                PackageFault(
                    codes.TEMPLATE_RESOURCE,
                    f"The template has the field “{shown}”, which would change or fetch something by itself.",
                    f"Delete it, or type its words; these may stand: {', '.join(sorted(FIELDS))}.",
                ),
                at,
            )
        elif name == "HYPERLINK" and not _LINK.fullmatch(instruction):
            yield from ((fault, at) for fault in _external("field", " ".join(instruction.split())[:60]))


def hidden_styles(styles: Element) -> frozenset[str]:
    """The ids of styles whose text is hidden, by themselves or by the style they are based on."""
    resting: dict[str | None, list[str]] = {}
    hidden: dict[str, None] = {}
    for style in found(styles, "w:style"):
        name = attribute(style, "w:styleId") or ""
        for base in found(style, "w:basedOn"):
            resting.setdefault(attribute(base, "w:val"), []).append(name)
        if any(map(is_on, found(style, ".//w:vanish|.//w:specVanish"))):
            hidden[name] = None
    queue = [*hidden]
    for name in queue:
        more = [each for each in resting.get(name, ()) if each not in hidden]
        hidden |= dict.fromkeys(more)
        queue += more
    return frozenset(hidden)


def hidden_by_style(told: Sequence[Story], styles: Element) -> PackageFault | None:
    """What is wrong when text of a template stands in a style that hides it, or None."""
    hidden = hidden_styles(styles)
    for story in told:
        for each in found(story.root, ".//w:pStyle|.//w:rStyle|.//w:tblStyle"):
            if attribute(each, "w:val") in hidden:
                return replace(_HIDDEN, message=_placed(_HIDDEN.message, [_where(each, story.place)]))
    needed = {name.casefold() for name in NEEDED_STYLES}
    for style in found(styles, "w:style") if hidden else ():
        name = next((attribute(each, "w:val") or "" for each in found(style, "w:name")), "")
        if attribute(style, "w:styleId") in hidden and name.casefold() in needed:
            return replace(_HIDDEN, message=f"The style “{name}” hides the words of papers.", hint=_SHOW_STYLE)
    return None


def _acts(data: bytes) -> bool:
    """Whether a drawing would run or fetch something."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return True
    for each in root.iter():
        if not isinstance(each.tag, str):
            continue
        if etree.QName(each).localname in _ACTIVE_SVG or etree.QName(each).localname.startswith("animate"):
            return True
        for name, value in each.attrib.items():
            local = str(name).rpartition("}")[2]
            if local.startswith("on") or (local == "href" and not str(value).startswith(("#", "data:image/"))):
                return True
    return b"@import" in data or bool(re.search(rb"url\(\s*['\"]?(?!#|data:)", data))
