"""Cleaning a letterhead that is adopted: what papers may not hand out is taken out, as Word's own commands would do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from docx.opc.oxml import serialize_part_xml
from docx.opc.package import OpcPackage
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from lxml import etree

from papergen.values.words import joined
from papergen.write.docx.allowed import ACTS, hidden_styles, is_hidden, is_revision, relation_faults, tree_of
from papergen.write.docx.elements import is_allowed, unwrap
from papergen.write.docx.figures import decorative_mark
from papergen.write.docx.shell_pictures import SVG_PICTURE
from papergen.write.docx.stories import Story
from papergen.write.docx.story_faults import is_decorative
from papergen.write.docx.xml import Element, attribute, first, found, is_a, remove
from papergen.write.resources import undrawn_letters

_KEPT = (qn("w:ins"), qn("w:moveTo"))
_GONE = (qn("w:del"), qn("w:moveFrom"))
_WORDS_OF_CHANGES = (qn("w:delText"), qn("w:delInstrText"))
_COMMENTS = ".//w:commentRangeStart|.//w:commentRangeEnd|.//w:commentReference|.//w:annotationRef"
_DRAWN = frozenset(
    {
        *map(qn, ("w:drawing", "w:pict", "w:object")),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",
    }
)
_VML_SHAPE = "{urn:schemas-microsoft-com:vml}shape"
_VML_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"
_BOXES = re.compile("[☐☑☒]")
_SIGNS = frozenset({"So", "Sk", "Sm", "Co", "Mn"})
_THINGS = {"chart": "a chart", "relIds": "a diagram (SmartArt)", "permStart": "a mark of who may edit"}
_ENGLISH = "en-GB"
_LANGUAGES = {"w:val": "en", "w:eastAsia": "", "w:bidi": ""}
"""The attributes of a language, and which of others are only left over; words in Welsh stay what they are."""


def cleaned(document: Part, told: list[Story], roots: list[Element]) -> Iterator[str]:
    """Clean the parts of a letterhead with text, and ``roots`` of its styles and settings; what was done, each once."""
    trees = [*(story.root for story in told), *roots]
    if changes := sum(_accept(root) for root in trees):
        yield f"Accepted {_counted(changes, 'tracked change')} as Word does; look whether all is as meant."
    comments = [name for name, rel in document.rels.items() if "comments" in rel.reltype.rpartition("/")[2].casefold()]
    for name in comments:
        del document.rels[name]
    marks = [each for root in trees for each in found(root, _COMMENTS)]
    remove(marks)
    if comments or marks:
        yield "Took out the comments."
    hidden = [run for story in told for run in _hidden(story.root, hidden_styles(roots[0]))]
    remove(hidden)
    remove([each for root in trees for each in found(root, ".//w:pPr/w:rPr/w:vanish")])
    if hidden:
        words = " ".join(text.text or "" for run in hidden for text in found(run, "w:t"))
        yield f"Took out hidden text: “{words[:50]}”."
    acting = sum(_acting(story) for story in told)
    if acting:
        yield f"Took out {_counted(acting, 'object')} of another program, or that would act by itself."
    yield from dict.fromkeys(_strange(document, trees))
    if sum(_silence(story.root) for story in told):
        yield "Drawn lines and shapes are marked as decorative, as they say nothing."
    boxes = [each for story in told for each in found(story.root, ".//w:t") if _BOXES.search(each.text or "")]
    for each in boxes:
        each.text = _BOXES.sub(lambda box: "□" if box.group() == "☐" else "■", each.text or "")
    if boxes:
        yield "Boxes to tick are □ and ■, which every font of papers has."
    if signs := "".join(dict.fromkeys(sign for story in told for sign in _undrawn(story.root))):
        yield f"Took out signs that fonts of papers do not have: {signs}"
    if sum(_relabel(root) for root in trees):
        yield "Words that were marked as another language's, such as American English, are marked as British English."


def _counted(count: int, what: str) -> str:
    return f"{count} {what}s" if count > 1 else f"one {what}"


def _accept(root: Element) -> int:
    """Accept the tracked changes of a part; how many there were."""
    changes = [each for each in root.iter(etree.Element) if is_revision(each.tag)]
    for each in changes:
        parent = each.getparent()
        if parent is None:
            continue
        if is_a(parent, "w:trPr"):
            row = parent.getparent()
            remove([each])
            if is_a(each, "w:del") and row is not None:
                remove([row])
        elif is_a(parent, "w:rPr") and is_a(each, "w:del"):
            _delete_mark(parent)
            remove([each])
        elif each.tag in _KEPT and not is_a(parent, "w:rPr"):
            unwrap(each)
        elif each.tag in _GONE or not found(each, ".//w:r"):
            remove([each])
        else:
            unwrap(each)
    remove(found(root, "w:trackRevisions"))
    return sum(each.tag not in _WORDS_OF_CHANGES for each in changes)


def _delete_mark(properties: Element) -> None:
    """Take out a paragraph whose end was deleted, with nothing left in it."""
    paragraph = next((each for each in properties.iterancestors() if is_a(each, "w:p")), None)
    if paragraph is not None and first(paragraph, "w:r|w:ins|w:hyperlink") is None:
        remove([paragraph])


def _hidden(root: Element, styles: frozenset[str]) -> Iterator[Element]:
    """The runs whose words or drawings nobody sees, by themselves or by the style they are in."""
    for run in found(root, ".//w:r"):
        named = found(run, "w:rPr/w:rStyle|parent::w:p/w:pPr/w:pStyle")
        own = (each for each in run.iter() if next(each.iterancestors(qn("w:r")), None) is run)
        if any(map(is_hidden, own)) or any(attribute(each, "w:val") in styles for each in named):
            yield run


def _acting(story: Story) -> int:
    gone = [each for each in story.root.iter() if isinstance(each.tag, str) and each.tag.rpartition("}")[2] in ACTS]
    outermost = [each for each in gone if not any(above in gone for above in each.iterancestors())]
    kept = [each for each in outermost if each.getparent() is not None and not is_a(each, "w:ffData")]
    remove(outermost)
    return len(kept)


def _strange(document: Part, trees: list[Element]) -> Iterator[str]:
    """Take out elements, parts and links that no paper may hold; the words in them stay."""
    for root in trees:
        for each in [each for each in root.iter() if isinstance(each.tag, str) and not is_allowed(each.tag)]:
            if root in each.iterancestors():
                _let_go(each)
                name = etree.QName(each).localname
                yield f"Took out {_THINGS.get(name, f'“{name}”')}, which is no part of a letterhead."
    package = document.package
    holders: list[OpcPackage | Part] = [] if package is None else [package, *package.iter_parts()]
    gone = []
    for holder in holders:
        tree = tree_of(holder) if isinstance(holder, Part) else None
        for name, rel in [*holder.rels.items()]:
            if [*relation_faults(rel)] and not rel.reltype.endswith("/custom-properties"):
                for each in found(tree, f".//*[@r:*='{name}']"):
                    _let_go(each)
                del holder.rels[name]
                gone.append(rel.target_ref if rel.is_external else str(rel.target_part.partname).lstrip("/"))
        if isinstance(holder, Part) and not isinstance(holder, XmlPart) and tree is not None and gone:
            holder._blob = serialize_part_xml(tree)
    if gone:
        yield f"Took out what no paper may hold: {joined([f'“{each}”' for each in gone])}."


def described(told: Iterable[Story], crest: str | None) -> Iterator[str]:
    """Give pictures that say nothing the words of ``crest``; without any, whoever adopts the letterhead is asked."""
    drawn = ".//wp:docPr[..//a:blip and not(..//w:txbxContent) and not(normalize-space(@descr))]"
    silent: list[tuple[Element, str]] = []
    for story in told:
        silent += [(each, "descr") for each in found(story.root, drawn) if not is_decorative(each)]
        older = [each for each in story.root.iter(_VML_SHAPE) if each.find(_VML_PICTURE) is not None]
        silent += [(each, "alt") for each in older if not each.get("alt")]
    for each, name in silent if crest else ():
        each.set(name, crest or "")
    if silent:
        what = "A picture says" if len(silent) == 1 else f"{len(silent)} pictures say"
        done = f"is “{crest}” now" if crest else 'can be said with --crest "Crest of …"'
        yield f"{what} nothing to who cannot see it; what is shown {done}."


def _silence(root: Element) -> int:
    """Mark shapes without words or pictures as decorative; how many there were."""
    shapes = found(root, ".//wp:docPr[not(..//w:txbxContent) and not(..//a:blip) and not(normalize-space(@descr))]")
    silent = [each for each in shapes if not is_decorative(each)]
    for each in silent:
        remove(found(each, "a:extLst"))
        each.append(decorative_mark())
    return len(silent)


def _undrawn(root: Element) -> Iterator[str]:
    """Take out the signs that no font of papers has; letters of another script stay, and are told of."""
    for each in found(root, ".//w:t"):
        text = each.text or ""
        for sign in [one for one in undrawn_letters(text) if unicodedata.category(one) in _SIGNS]:
            text = text.replace(sign, "")
            yield sign
        each.text = text


def _let_go(element: Element) -> None:
    """Take out what an element is drawn by, or the element itself, whose words stay.

    A vector picture goes alone: Word has the same beside it in points.
    """
    if element.tag == SVG_PICTURE:
        remove(found(element, "parent::a:ext|self::*"))
        return
    drawn = [each for each in (element, *element.iterancestors()) if each.tag in _DRAWN]
    if drawn:
        remove([drawn[-1]])
    elif found(element, ".//w:r"):
        unwrap(element)
    else:
        remove([element])


def _relabel(root: Element) -> int:
    """Mark words of other kinds of English as British; styles say no language, as papers have their own."""
    styled = found(root, "w:style//w:lang")
    remove(styled)
    changed = len([each for each in styled if attribute(each, "w:val") not in {None, _ENGLISH}])
    for language in found(root, ".//w:lang"):
        for name, left_over in _LANGUAGES.items():
            stated = attribute(language, name)
            if stated is None or stated == _ENGLISH or not stated.startswith(left_over):
                continue
            if name == "w:val":
                language.set(qn(name), _ENGLISH)
                changed += 1
            else:
                del language.attrib[qn(name)]
    return changed
