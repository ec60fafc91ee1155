"""What makes a Word file hard to read with a screen reader, and what validators of the format let pass.

The same rules look at finished papers and at templates.  Word's Accessibility Checker asks for most of them, and WCAG
2.2 for the rest (1.1.1 alternative text, 1.3.1 headings, lists and tables, 2.4.2 title, 3.1.1 and 3.1.2 language).
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part

from papergen import codes
from papergen.diagnostics import Diagnostics, Span
from papergen.write.docx.stories import Story, paragraph_text, paragraphs, part_of, stories, tree
from papergen.write.docx.story_faults import (
    BOOKMARK,
    DRAWING_ID,
    EMPTY_CELL,
    FIELD,
    HEADING_STEP,
    LANGUAGE,
    NOTE,
    PROPERTY,
    TYPED_LIST,
    Fault,
    quote,
    story_faults,
    style_name,
)
from papergen.write.docx.template_styles import TemplateStyles
from papergen.write.docx.xml import Element, attribute, first, found, number_attribute

_LANG_ATTRIBUTES = ("w:val", "w:eastAsia")
_CORE_TAGS = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "author": "{http://purl.org/dc/elements/1.1/}creator",
    "subject": "{http://purl.org/dc/elements/1.1/}subject",
    "language": "{http://purl.org/dc/elements/1.1/}language",
    "day it was created": "{http://purl.org/dc/terms/}created",
    "day it was changed": "{http://purl.org/dc/terms/}modified",
    "status": "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}contentStatus",
}
_UPDATING = Fault(
    FIELD,
    "settings",
    "Word would ask the reader whether fields may be updated.",
    "Take w:updateFields out of the settings.",
)
_OFFICERS = frozenset({EMPTY_CELL, TYPED_LIST})
"""Kinds that can come from what an officer typed, for which the rules over the Markdown have findings of their own."""


def check_paper(
    name: str,
    data: bytes,
    *,
    language: str,
    others: Collection[str] = (),
    allowed: Collection[str] = (),
    brought: Sequence[Fault],
    diagnostics: Diagnostics,
) -> None:
    """Add an error at ``name`` for each fault of a finished paper but those that its template ``brought`` in.

    ``others`` are the languages, besides its own, that parts of the paper are in, and ``allowed`` the kinds of fault
    that its author asked for.
    """
    known = {(fault.kind, fault.place) for fault in brought}
    for fault in paper_faults(data, language=language, others=others):
        if fault.kind in {*_OFFICERS, *allowed} or (fault.kind, fault.place) in known:
            continue
        hint = "This is a fault in papergen: please report it, with the paper."
        diagnostics.add(codes.WORD_ACCESS, Span(name), fault.message, hint)


def paper_faults(data: bytes, *, language: str, others: Collection[str] = ()) -> tuple[Fault, ...]:
    """The faults of a finished Word file, which is to be in ``language`` but for parts in ``others``."""
    part = docx.Document(io.BytesIO(data)).part
    told = list(stories(part))
    styles, settings = tree(part_of(part, RT.STYLES)), tree(part_of(part, RT.SETTINGS))
    return (
        *template_faults(part, language=language, others=others),
        *_drawing_ids(told),
        *_headings(told[0], TemplateStyles(styles)),
        *_default_language(styles, settings, language),
        *([_UPDATING] if found(settings, "w:updateFields") else []),
        *_properties(part, language),
    )


def template_faults(part: Part, *, language: str, others: Collection[str] = ()) -> tuple[Fault, ...]:
    """The faults of a template that its papers would have; what the writer sets anew in every paper is left out."""
    told = list(stories(part))
    styles = tree(part_of(part, RT.STYLES))
    named = TemplateStyles(styles)
    by_story = [
        fault
        for story in told
        for fault in (*story_faults(story, named), *_languages(story.root, story.place, (language, *others)))
    ]
    return (*by_story, *_bookmarks(told), *_notes(told), *_languages(styles, "styles", (language,)))


def _drawing_ids(told: Sequence[Story]) -> Iterator[Fault]:
    drawings = Counter(each.get("id") for story in told for each in found(story.root, ".//wp:docPr"))
    for number in (number for number, count in drawings.items() if count > 1):
        yield Fault(
            DRAWING_ID,
            "file",
            f"Several pictures have the id {number}, and some programs then show one of them for all.",
            "Open the file in Word and save it; Word numbers the pictures anew.",
        )


def _bookmarks(told: Sequence[Story]) -> Iterator[Fault]:
    starts = [each for story in told for each in found(story.root, ".//w:bookmarkStart")]
    names = Counter((attribute(each, "w:name") or "").casefold() for each in starts)
    ids = Counter(attribute(each, "w:id") for each in starts)
    ends = Counter(attribute(each, "w:id") for story in told for each in found(story.root, ".//w:bookmarkEnd"))
    twice = [f"“{name}”" for name, count in names.items() if count > 1]
    twice += [f"number {number}" for number, count in ids.items() if count > 1 or ends[number] != 1]
    for each in twice:
        yield Fault(
            BOOKMARK,
            "file",
            f"The bookmark {each} stands in the file twice, or has no end.",
            "In Word, delete it under Insert, Bookmark, and set it again.",
        )


@dataclass(frozen=True, slots=True)
class OwnHeading:
    """A heading: its words, its style, its place among the paragraphs, and what is wrong with it, as a clause."""

    words: str
    style: str
    place: int
    level: int
    fault: str


def own_headings(body: Story, styles: TemplateStyles) -> Iterator[OwnHeading]:
    """The headings of a body in their order."""
    before = 0
    for place, paragraph in enumerate(paragraphs(body.root), 1):
        level = _level(paragraph, styles)
        if not level:
            continue
        words = paragraph_text(paragraph).strip()
        if not words:
            fault = "a heading needs words"
        elif level > before + 1:
            fault = f"a heading of level {level} cannot follow " + (f"one of level {before}" if before else "nothing")
        else:
            fault = ""
        yield OwnHeading(words, style_name(paragraph, styles), place, level, fault)
        before = level


def _headings(body: Story, styles: TemplateStyles) -> Iterator[Fault]:
    for heading in own_headings(body, styles):
        if heading.fault:
            message = f"The heading “{quote(heading.words)}” is of level {heading.level}, and {heading.fault}."
            yield Fault(HEADING_STEP, body.place, message, "Give it the heading style of the next level.")


def _level(paragraph: Element, styles: TemplateStyles) -> int:
    """The level of a heading; 0 for any other paragraph."""
    outline = first(paragraph, "w:pPr/w:outlineLvl")
    if outline is not None:
        own = number_attribute(outline, "w:val", 9)
        return own + 1 if own < 9 else 0
    return styles.heading_level(style_name(paragraph, styles))


def _notes(told: Sequence[Story]) -> Iterator[Fault]:
    marks = [attribute(mark, "w:id") for story in told for mark in found(story.root, ".//w:footnoteReference")]
    notes = [attribute(note, "w:id") for story in told for note in found(story.root, "w:footnote[not(@w:type)]")]
    if marks != notes:
        yield Fault(
            NOTE,
            "footnote",
            "The footnotes do not stand in the order of their marks, or one lacks its mark or its words.",
            "Delete the notes concerned and insert them again in Word.",
        )


def _default_language(styles: Element, settings: Element, language: str) -> Iterator[Fault]:
    default = first(styles, "w:docDefaults/w:rPrDefault/w:rPr/w:lang")
    theme = first(settings, "w:themeFontLang")
    for where, stated in (("defaults", default), ("theme fonts", theme)):
        if stated is None or attribute(stated, "w:val") != language:
            yield Fault(
                LANGUAGE,
                "file",
                f"The language of the {where} is not {language}.",
                "In Word, choose Review, Language, Set Proofing Language, and set it as the default.",
            )


def _languages(root: Element, place: str, known: Collection[str]) -> Iterator[Fault]:
    """Words or styles in another language than the file's; ``w:bidi`` is about scripts that a paper does not have."""
    others = {
        stated
        for each in found(root, ".//w:lang[not(ancestor::w:docDefaults)]")
        for name in _LANG_ATTRIBUTES
        if (stated := attribute(each, name)) is not None and stated not in known
    }
    for other in sorted(others):
        yield Fault(
            LANGUAGE,
            place,
            f"Words or styles in the {place} are marked as language {other}; a screen reader would read them so.",
            f"In Word, select them, choose Review, Language, Set Proofing Language, and set {next(iter(known))}.",
        )


def _properties(part: Part, language: str) -> Iterator[Fault]:
    root = tree(None if part.package is None else part_of(part.package, RT.CORE_PROPERTIES))
    stated = {name: (root.findtext(tag) or "").strip() for name, tag in _CORE_TAGS.items()}
    for name in (name for name, words in stated.items() if not words):
        yield Fault(PROPERTY, "properties", f"The properties of the file do not give its {name}.", "Fill it in.")
    if stated["language"] not in {"", language}:
        yield Fault(LANGUAGE, "properties", f"The properties of the file say {stated['language']}.", "Correct it.")
