"""Spaces where lines end.

Here this gap is closed: WeasyPrint leaves out the space at which it breaks a line, and who reads the tags has one word
of two: a tagged PDF must hold every space between words (ISO 32000-1, 14.8.2.5; there is no issue).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from typing import Any

import pikepdf

from papergen.write.pdf.repairs.tree import MarkedContent, TagNode, TextLine

_TEXTS = frozenset({"P", "H1", "H2", "H3", "H4", "H5", "H6", "Caption", "TH", "TD", "LBody", "TOCI"})

# As pydyf writes it: fonts by their names, glyphs in fours of hexadecimal digits.
_TEXT = re.compile(rb"/Span\s*<<\s*/MCID\s+(\d+)\s*>>\s*BDC\b(.*?)\bEMC\b", re.DOTALL)
_FONT = re.compile(rb"/(\w+) [\d.]+ Tf\b")
_SPACE = re.compile(rb"^<([0-9a-fA-F]{4})> <0020>$", re.MULTILINE)


def ends_of_words(root: TagNode, lines: Mapping[TagNode, list[TextLine]]) -> set[MarkedContent]:
    """The marked content that another line of the same text follows, unless a word goes on there."""
    line_of: dict[MarkedContent, TextLine] = {}
    unbroken: set[MarkedContent] = set()
    for node, written in lines.items():
        unbroken |= _broken_words(node, written)
        for line in written:
            for mark in line.marks:
                line_of.setdefault(mark, line)  # of lines within a line the outer one, which comes first
    found: set[MarkedContent] = set()
    for node in root.walk():
        if node.kind in _TEXTS:
            found |= {first for first, then in pairwise(node.marks()) if line_of.get(first) is not line_of.get(then)}
    return found - unbroken


def _broken_words(node: TagNode, lines: list[TextLine]) -> set[MarkedContent]:
    """The ends of lines that end within a word, by the words of the element."""
    source = "".join(_source(node.element))
    letters, spaces = "".join(source.split()), _spaces(source)
    found: set[MarkedContent] = set()
    at = 0
    for line in lines[:-1]:
        words = "".join(line.words.split())
        if not letters.startswith(words, at):
            return set()
        at += len(words)
        if at not in spaces:
            found.add(line.marks[-1])
    return found


def _spaces(source: str) -> set[int]:
    """How many letters stand before each space of a text."""
    found: set[int] = set()
    count = 0
    for letter in source:
        if letter.isspace():
            found.add(count)
        else:
            count += 1
    return found


def _source(element: Any) -> Iterator[str]:  # noqa: ANN401 - an element tree, which WeasyPrint does not type
    """The words of an element as they are printed in its lines: of a note only its mark."""
    if "footnote" in element.get("class", "").split():
        yield element.get("data-number", "")
        return
    yield "\n" if element.tag == "br" else element.text or ""
    for child in element:
        yield from _source(child)
        yield child.tail or ""


def write_spaces(pdf: pikepdf.Pdf, marks: Collection[MarkedContent]) -> None:
    """Write a space at the end of marked content, where its font has one."""
    codes: dict[tuple[int, int], bytes | None] = {}
    for index, page in enumerate(pdf.pages):
        numbers = {mark.number for mark in marks if mark.page == index}
        fonts = page.Resources.Font

        def spaced(match: re.Match[bytes], numbers: set[int] = numbers, fonts: pikepdf.Object = fonts) -> bytes:
            names = _FONT.findall(match[2])
            if int(match[1]) not in numbers or not names:
                return match[0]
            font = fonts[f"/{names[-1].decode()}"]
            if font.objgen not in codes:
                known = _SPACE.search(font.ToUnicode.read_bytes())
                codes[font.objgen] = known[1] if known else None
            code = codes[font.objgen]
            before, shown, after = match[0].rpartition(b"] TJ")
            return before + b"<" + code + b">" + shown + after if code and shown else match[0]

        if numbers:
            stream = page.obj.Contents
            stream.write(_TEXT.sub(spaced, stream.read_bytes()))
