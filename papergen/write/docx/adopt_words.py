"""What an adopted letterhead is changed with: words, space and fields of its paragraphs."""

from __future__ import annotations

import copy
from itertools import pairwise

from docx.oxml.ns import qn

from papergen.write.docx.looks import TWENTIETHS
from papergen.write.docx.stories import paragraph_text
from papergen.write.docx.xml import (
    PARAGRAPH_ORDER,
    Element,
    attribute,
    el,
    first,
    found,
    is_a,
    put,
    remove,
    text_element,
    val,
)


def paragraph_properties(paragraph: Element) -> Element:
    """What a paragraph says of itself, which is made where it says nothing."""
    properties = first(paragraph, "w:pPr")
    if properties is None:
        properties = el("w:pPr")
        paragraph.insert(0, properties)
    return properties


def add_space(paragraph: Element, room: int, styled: float) -> None:
    """Give a paragraph ``room`` more below it, in twentieths of a point; its style gives it ``styled`` points."""
    properties = paragraph_properties(paragraph)
    spacing = first(properties, "w:spacing")
    own = attribute(spacing, "w:after")
    after = int(own) if own is not None and own.isdigit() else round(styled * TWENTIETHS)
    if spacing is None:
        spacing = el("w:spacing")
        put(properties, spacing, PARAGRAPH_ORDER)
    spacing.set(qn("w:after"), str(after + room))


def paragraph_text_of(block: Element) -> str:
    """The words of a block, those of a table's cells too."""
    return " ".join(paragraph_text(each) for each in found(block, "self::w:p|.//w:p"))


def run_of(words: str, like: Element | None = None) -> Element:
    """A run of words, in the look of another."""
    made = el("w:r", None, text_element("w:t", words))
    properties = None if like is None else first(like, "w:rPr")
    if properties is not None:
        made.insert(0, copy.deepcopy(properties))
    return made


def say(paragraph: Element, words: str, style: str) -> None:
    """Let a paragraph say something else, in the look of its first words."""
    runs = found(paragraph, ".//w:r")
    kept = next((run for run in runs if found(run, "w:t")), None)
    pictures = [run for run in runs if found(run, ".//w:drawing|.//w:pict")]
    made = run_of(words, kept)
    remove([each for each in paragraph if not is_a(each, "w:pPr") and each not in pictures])
    paragraph.append(made)
    put(paragraph_properties(paragraph), val("w:pStyle", style), PARAGRAPH_ORDER)


def say_runs(paragraph: Element, runs: list[Element], label: str, tag: str) -> None:
    """Keep the label of a line, with its tabs, and put a tag in the place of what follows it."""
    made = []
    for number, piece in enumerate(label.split("\t")):
        if number:
            made.append(el("w:r", None, el("w:tab")))
        if piece:
            made.append(run_of(piece, runs[0]))
    made.append(run_of(tag, runs[-1]))
    runs[0].addprevious(made[0])
    for before, after in pairwise(made):
        before.addnext(after)
    remove(found(paragraph, "w:r[w:t or w:tab]")[len(made) :])
