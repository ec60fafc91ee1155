"""Reading a finished Word file back, to see that the words of the paper are in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from docx.oxml.parser import parse_xml

from papergen.write.docx.numbering import Numbering
from papergen.write.docx.stories import paragraph_text
from papergen.write.docx.xml import Element, attribute, first, found, number_attribute
from papergen.write.styles import COMMITTEE_HEADINGS


@dataclass(frozen=True, slots=True)
class WordText:
    """The words of the body of a Word file and of its notes, and the numbers that headings and paragraphs count to."""

    lines: tuple[str, ...]
    notes: tuple[str, ...]
    numbers: tuple[str, ...]


def read_back(data: bytes, *, before: int, after: int, numbering: Numbering) -> WordText:
    """The words of the file but for its first ``before`` and last ``after`` blocks, which are the template's own.

    ``numbering`` knows the lists that numbered headings and paragraphs name.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = found(parse_xml(archive.read("word/document.xml")), "w:body")[0]
        has_notes = "word/footnotes.xml" in archive.namelist()
        notes = parse_xml(archive.read("word/footnotes.xml")) if has_notes else None
    blocks = found(body, "*[not(self::w:sectPr)]")
    blocks = blocks[before : len(blocks) - after]
    told = [paragraph for block in blocks for paragraph in found(block, "self::w:p|self::*[not(self::w:p)]//w:p")]
    ids = [attribute(mark, "w:id") or "" for block in blocks for mark in found(block, ".//w:footnoteReference")]
    marks = {note_id: number for number, note_id in enumerate(ids, 1)}
    return WordText(
        lines=tuple(line for paragraph in told if (line := paragraph_text(paragraph, marks=marks))),
        notes=tuple(line for note_id in ids if notes is not None for line in _note(notes, note_id)),
        numbers=tuple(_counted(told, numbering)),
    )


def _note(notes: Element, note_id: str) -> Iterator[str]:
    for index, paragraph in enumerate(found(notes, f"w:footnote[@w:id='{note_id}']//w:p")):
        words = paragraph_text(paragraph)
        if words := words if index else words.removeprefix(" "):
            yield words


def _counted(told: list[Element], numbering: Numbering) -> Iterator[str]:
    """What Word will print before each numbered heading and paragraph, without the punctuation."""
    lists = {number_id: [0] * 9 for number_id in (numbering.of(COMMITTEE_HEADINGS), numbering.counted_paragraphs)}
    for paragraph in told:
        named = attribute(first(paragraph, "w:pPr/w:numPr/w:numId"), "w:val") or ""
        if not named or named not in lists:
            continue
        counters = lists[named]
        level = min(number_attribute(first(paragraph, "w:pPr/w:numPr/w:ilvl"), "w:val"), 8)
        counters[level] += 1
        counters[level + 1 :] = [0] * (8 - level)
        yield numbering.counted(named, counters[: level + 1])
