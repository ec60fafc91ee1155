"""Cleaning a letterhead that is adopted: what papers may not hand out is taken out, as Word's own commands would do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part
from docx.oxml.ns import qn

from papergen.write.docx.allowed import ACTS, is_hidden, is_revision
from papergen.write.docx.elements import unwrap
from papergen.write.docx.stories import Story
from papergen.write.docx.xml import Element, attribute, first, found, is_a, remove

_KEPT = (qn("w:ins"), qn("w:moveTo"))
_GONE = (qn("w:del"), qn("w:moveFrom"))
_WORDS_OF_CHANGES = (qn("w:delText"), qn("w:delInstrText"))
_COMMENTS = ".//w:commentRangeStart|.//w:commentRangeEnd|.//w:commentReference|.//w:annotationRef"
_ACTING = frozenset({RT.OLE_OBJECT, RT.PACKAGE, RT.CONTROL, RT.A_F_CHUNK})
_BOXES = re.compile("[☐☑☒]")
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
    hidden = [run for story in told for run in found(story.root, ".//w:r[w:rPr/w:vanish]") if _hides(run)]
    remove(hidden)
    remove([each for root in trees for each in found(root, ".//w:pPr/w:rPr/w:vanish")])
    if hidden:
        words = " ".join(text.text or "" for run in hidden for text in found(run, "w:t"))
        yield f"Took out hidden text: “{words[:50]}”."
    acting = sum(_acting(story) for story in told)
    for part in document.package.iter_parts() if document.package is not None else ():
        for name in [name for name, rel in part.rels.items() if rel.reltype in _ACTING]:
            del part.rels[name]
    if acting:
        yield f"Took out {_counted(acting, 'object')} of another program, or that would act by itself."
    boxes = [each for story in told for each in found(story.root, ".//w:t") if _BOXES.search(each.text or "")]
    for each in boxes:
        each.text = _BOXES.sub(lambda box: "□" if box.group() == "☐" else "■", each.text or "")
    if boxes:
        yield "Boxes to tick are □ and ■, which every font of papers has."
    if sum(_relabel(root) for root in trees):
        yield "Words that were marked as another language's, such as American English, are marked as British English."


def _counted(count: int, what: str) -> str:
    return f"{count} {what}s" if count > 1 else f"one {what}"


def _accept(root: Element) -> int:
    """Accept the tracked changes of a part; how many there were."""
    changes = [each for each in root.iter() if is_revision(each)]
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


def _hides(run: Element) -> bool:
    return any(is_hidden(each) for each in found(run, "w:rPr/w:vanish"))


def _acting(story: Story) -> int:
    gone = [each for each in story.root.iter() if isinstance(each.tag, str) and each.tag.rpartition("}")[2] in ACTS]
    outermost = [each for each in gone if not any(above in gone for above in each.iterancestors())]
    kept = [each for each in outermost if each.getparent() is not None and not is_a(each, "w:ffData")]
    remove(outermost)
    return len(kept)


def _relabel(root: Element) -> int:
    changed = 0
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
