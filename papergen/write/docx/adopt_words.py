"""What an adopted letterhead is changed with: words, space and fields of its paragraphs."""

from __future__ import annotations

import copy
from itertools import pairwise

from docx.oxml.ns import qn

from papergen.write.docx.looks import TWENTIETHS
from papergen.write.docx.xml import (
    PARAGRAPH_ORDER,
    Element,
    attribute,
    child,
    el,
    found,
    is_a,
    put,
    remove,
    text_element,
    val,
)


def add_space(paragraph: Element, room: int, styled: float) -> None:
    """Give a paragraph ``room`` more below it, in twentieths of a point; its style gives it ``styled`` points."""
    spacing = child(child(paragraph, "w:pPr"), "w:spacing", PARAGRAPH_ORDER)
    own = attribute(spacing, "w:after") or ""
    after = int(own) if own.isdigit() else round(styled * TWENTIETHS)
    spacing.set(qn("w:after"), str(after + room))


def run_of(words: str, like: Element | None = None) -> Element:
    """A run of words, in the look of another."""
    made = el("w:r", None, text_element("w:t", words))
    made[:0] = copy.deepcopy(found(like, "w:rPr"))
    return made


def say(paragraph: Element, words: str, style: str) -> None:
    """Let a paragraph say something else, in the look of its first words."""
    runs = found(paragraph, ".//w:r")
    kept = next((run for run in runs if found(run, "w:t")), None)
    pictures = [run for run in runs if found(run, ".//w:drawing|.//w:pict")]
    made = run_of(words, kept)
    remove([each for each in paragraph if not is_a(each, "w:pPr") and each not in pictures])
    paragraph.append(made)
    put(child(paragraph, "w:pPr"), val("w:pStyle", style), PARAGRAPH_ORDER)


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
