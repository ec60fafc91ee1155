"""Access: headings, alternative text, links, tables, and meaning that only the eye can find."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import dropwhile
from textwrap import shorten
from typing import TypeGuard

from papergen.check.reading import Reading, once
from papergen.check.rule import Finding, rule
from papergen.diagnostics import Severity, Span
from papergen.language.passages import RUNNING, Place
from papergen.language.spelling import british
from papergen.model.nodes import Block, Figure, LineBreak, Paragraph, Strong, Table, Text, Value
from papergen.model.walk import find, find_in, plain_text, walk_sections
from papergen.values.words import joined, one_line


@rule("C603", Severity.WARNING)
def find_headings_twice(reading: Reading) -> Iterator[Finding]:
    """Two headings under the same heading have the same words, whatever their capitals.

    Source: WCAG 2.2, success criterion 2.4.6 (Headings and Labels)
    Example: Two headings “Introduction” in one section
    """
    for paper in reading.papers:
        for siblings in (paper.sections, *(section.sections for section in walk_sections(paper.sections))):
            first: dict[str, Span] = {}
            for section in siblings:
                words = one_line(plain_text(section.title))
                earlier = first.setdefault(words.casefold(), section.at)
                if words and earlier is not section.at:
                    where = f"line {earlier.line}" if earlier.file == section.at.file else str(earlier)
                    message = f"The heading “{words}” stands here twice; the first is in {where}."
                    yield Finding(section.at, message, "Say in each what sets it apart, or put the two together.")


@rule("C604", Severity.WARNING)
def find_capital_headings(reading: Reading) -> Iterator[Finding]:
    """A heading is typed in capitals, which are for a template to set.

    Source: GOV.UK style guide, “Capitalisation”; WCAG 2.2, success criterion 1.3.1 (Info and Relationships)
    Example: ## BACKGROUND
    """
    running = frozenset[str]().union(*map(_typed_in, reading.parts))
    for passage in reading.passages:
        if passage.place is not Place.TITLE or not passage.text.isupper() or passage.text in running:
            continue
        words = [word for word in re.findall(r"[^\W\d_]+", passage.text) if british().knows(word.lower())]
        if sum(len(word) > 2 for word in words) > 1 or any(len(word) > 5 for word in words):
            hint = f"Type “{passage.text.capitalize()}”: the template decides how headings look."
            yield Finding((passage, 0, len(passage.text)), f"The heading “{passage.text}” is typed in capitals.", hint)


@once
def _typed_in(file: Reading) -> frozenset[str]:
    """The words in capitals of the running text, by which a heading such as “THRIVE” is an abbreviation."""
    running = (passage.text for passage in file.passages if passage.place in RUNNING)
    return frozenset(word for text in running for word in re.findall(r"\b[A-Z]{2,}\b", text))


@rule("C605", Severity.WARNING, by_file=True)
def find_bold_headings(reading: Reading) -> Iterator[Finding]:
    """A bold line stands where a heading should.

    Nobody who listens hears it as one. Bold lines right below a heading, such as the committee and its date, are
    none, but for a single one where others follow further down.
    Source: WCAG 2.2, success criterion 1.3.1 (Info and Relationships); failure F2
    Example: **Next steps** on a line of its own
    """
    for found in reading.sections:
        blocks = found.node.blocks
        bold = [block for block in dropwhile(_is_bold_line, blocks) if _heads(block)]
        if bold and _heads(blocks[0]) and not _is_bold_line(blocks[1]):
            bold.insert(0, blocks[0])
        for block in bold:
            hint = "Begin the line with ## (or as many # as its level asks for) instead of **."
            message = f"“{plain_text(block.inlines).strip()}” is a line in bold that stands for a heading."
            yield Finding(block.at, message, hint)


def _heads(block: Block) -> TypeGuard[Paragraph]:
    """Whether a block is a line in bold as short as a heading."""
    words = plain_text(block.inlines).strip() if isinstance(block, Paragraph) and _is_bold_line(block) else ""
    return 0 < len(words.split()) <= 12 and words[-1] not in ".!?;,"


def _is_bold_line(block: Block) -> bool:
    inlines = block.inlines if isinstance(block, Paragraph) else ()
    others = (each for each in inlines if not isinstance(each, Strong | LineBreak))
    is_bold = all(isinstance(each, Text) and not each.text.strip(" :") for each in others)
    return is_bold and any(isinstance(each, Strong) for each in inlines)


@rule("C611", Severity.WARNING, by_file=True)
def find_missing_alternatives(reading: Reading) -> Iterator[Finding]:
    """A picture with a caption or data has no alternative text.

    Source: WCAG 2.2, success criterion 1.1.1 (Non-text Content)
    Example: A chart marked as decoration that has a caption
    """
    for found in find(reading.papers, Figure):
        figure = found.node
        if not plain_text(figure.alternative).strip() and (figure.caption or figure.data is not None):
            message = f"{figure.label or 'This picture'} has a caption and no alternative text."
            yield Finding(figure.at, message, "Say in alternative text what it shows.")


@rule("C612", Severity.WARNING, by_file=True)
def find_captions_as_alternatives(reading: Reading) -> Iterator[Finding]:
    """Alternative text says only what the caption says, and would be heard twice.

    Source: WCAG 2.2, success criterion 1.1.1 (Non-text Content)
    Example: Caption and alternative text are both “Robbery by month”.
    """
    for found in find(reading.papers, Figure):
        alternative, caption = plain_text(found.node.alternative), plain_text(found.node.caption)
        if _bare(alternative) and _bare(alternative) == _bare(caption):
            hint = "Say what the picture shows: the last value, the direction, what stands out."
            yield Finding(found.node.at, f"The alternative text “{alternative}” is the caption again.", hint)


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", re.sub(r"^\s*(?:Figure|Table) \d+\W*", "", text).casefold()))


@rule("C624", Severity.WARNING)
def find_links_alike(reading: Reading) -> Iterator[Finding]:
    """Links of a paper to different addresses have the same words.

    Source: WCAG 2.2, success criterion 2.4.4 (Link Purpose (In Context))
    Example: Two links “inspection report” to two reports
    """
    first: dict[tuple[str, str], str] = {}
    links = ((passage, link) for passage in reading.passages for link in passage.links)
    for passage, (start, end, address) in links:
        words = one_line(passage.text[start:end])
        other = first.setdefault((passage.paper.name, words.casefold()), address)
        if other != address and words:
            message = f"Another link with the words “{words}” leads to {other}, this one to {address}."
            yield Finding((passage, start, end), message, "Say in the words of each what sets it apart.")


@rule("C625", Severity.WARNING)
def find_english_exhibits(reading: Reading) -> Iterator[Finding]:
    """A chart or table of a text in another language says in English what it shows.

    papergen writes the caption and the alternative text of what it makes of the data by itself; a screen reader would
    read them by the rules of that language.
    Source: WCAG 2.2, success criterion 3.1.2 (Language of Parts); Welsh Language Standards (No. 1) Regulations 2015
    Example: “Emergency calls by month” below a chart in a Welsh report
    """
    for found in find(reading.papers, Figure, Table):
        shown = found.node
        parts = {"caption": shown.caption, "alternative": shown.alternative if isinstance(shown, Figure) else ()}
        english = {
            key: each.text for key, words in parts.items() for each in words if isinstance(each, Text) and each.language
        }
        for text in list(english.values())[:1]:
            message = f"“{shorten(text, 50, placeholder=' …')}” is English, in a text of another language."
            lines = joined([f"“{key}: …”" for key in english])
            yield Finding(shown.at, message, f"Give the block {lines} in that language.")


@rule("C631", Severity.WARNING, by_file=True)
def find_missing_headers(reading: Reading) -> Iterator[Finding]:
    """A table has no header row, or a column without a heading.

    The corner above the names of rows may be blank: it heads nothing but them.
    Source: WCAG 2.2, success criterion 1.3.1 (Info and Relationships); techniques H51 and H63
    Example: A table whose first row is | Area | | 2015 |
    """
    for table, at in ((found.node, found.at) for found in reading.tables if not found.node.headless):
        cells = enumerate(table.header, 1)
        blank = [at for at, cell in cells if not plain_text(cell).strip() and not any(find_in(cell, Value))]
        if len(blank) == len(table.header):
            message = f"{table.label or 'The table'} has no header row."
            yield Finding(at, message, "Type in its first row what each column holds.")
        elif blank and blank != [1]:
            first, *more = map(str, blank)
            which = f"Columns {joined([first, *more])}" if more else f"Column {first}"
            message = f"{which} of {table.label or 'the table'} {'have' if more else 'has'} no heading."
            yield Finding(at, message, "Say in the header what each column holds.")
