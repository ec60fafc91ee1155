"""Access: headings, alternative text, links, tables, and meaning that only the eye can find."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergen.check.reading import Subject
from papergen.check.rule import Rule
from papergen.check.rules.access import pictures, pointing
from papergen.check.rules.access.wcag import wcag
from papergen.diagnostics import NOWHERE, Code, Diagnostic, Severity, Span
from papergen.language.abbreviations import EVERYBODY_KNOWS
from papergen.language.passages import Passage, Place
from papergen.language.spelling import british
from papergen.model.nodes import Inlines, LineBreak, Paragraph, Section, Strong, Table, Text, Value
from papergen.model.walk import plain_text, walk_nodes, walk_sections

HEADING_STEP = Code("C601", Severity.ERROR, "a heading stands more than one level below the heading it belongs to")
HEADING_EMPTY = Code("C602", Severity.ERROR, "a heading has no words")
HEADING_TWICE = Code("C603", Severity.WARNING, "two headings under the same heading have the same words")
HEADING_CAPITALS = Code("C604", Severity.WARNING, "a heading is typed in capitals")
HEADING_BOLD = Code("C605", Severity.WARNING, "a bold line stands where a heading should")
LINK_VAGUE = Code("C621", Severity.WARNING, "the words of a link do not say where it leads")
LINK_ADDRESS = Code("C622", Severity.WARNING, "the words of a link are a web address")
LINK_ABBREVIATION = Code("C623", Severity.NOTE, "the words of a link are nothing but an abbreviation")
LINK_SAME = Code("C624", Severity.WARNING, "links to different addresses have the same words")
TABLE_HEADER = Code("C631", Severity.WARNING, "a table has no header row, or a column without a heading")
TABLE_BLANK = Code("C632", Severity.WARNING, "a cell of a table is blank")


# ---------------------------------------------------------------------------------------------------------------------
# Headings


def find_heading_steps(subject: Subject) -> Iterator[Diagnostic]:
    """A heading more than one level below its parent, or a paper that does not begin at level 1 (WCAG 2.2, 1.3.1)."""
    for paper in subject.papers:
        yield from _steps(paper.sections, 0)


def _steps(sections: tuple[Section, ...], above: int) -> Iterator[Diagnostic]:
    for section in sections:
        if section.level > above + 1:
            yield Diagnostic(
                HEADING_STEP,
                section.at,
                f"“{plain_text(section.title)}” is a heading of level {section.level} under one of level {above}.",
                f"Make it a heading of level {above + 1}.",
            )
        yield from _steps(section.sections, section.level)


def find_empty_headings(subject: Subject) -> Iterator[Diagnostic]:
    """A heading without words (WCAG 2.2, 2.4.6)."""
    for paper in subject.papers:
        for section in walk_sections(paper.sections):
            if not plain_text(section.title).strip():
                yield Diagnostic(
                    HEADING_EMPTY, section.at, "This heading has no words.", "Give it words, or delete its line."
                )


def find_headings_twice(subject: Subject) -> Iterator[Diagnostic]:
    """Two headings with the same words under one parent, whatever their capitals (WCAG 2.2, 2.4.6)."""
    for paper in subject.papers:
        for siblings in (paper.sections, *(section.sections for section in walk_sections(paper.sections))):
            first: dict[str, Span] = {}
            for section in siblings:
                words = " ".join(plain_text(section.title).split())
                earlier = first.setdefault(words.casefold(), section.at)
                if words and earlier is not section.at:
                    where = f"line {earlier.line}" if earlier.file == section.at.file else str(earlier)
                    yield Diagnostic(
                        HEADING_TWICE,
                        section.at,
                        f"The heading “{words}” stands here twice; the first is in {where}.",
                        "Say in each what sets it apart, or put the two together.",
                    )


def find_capital_headings(subject: Subject) -> Iterator[Diagnostic]:
    """A heading typed in capitals, which are for a template to set (GOV.UK style guide; WCAG 2.2, 1.3.1)."""
    for passage in subject.passages:
        if passage.place is not Place.TITLE or not passage.text.isupper():
            continue
        words = [word for word in re.findall(r"[^\W\d_]+", passage.text) if british().knows(word.lower())]
        if sum(len(word) > 2 for word in words) > 1 or any(len(word) > 5 for word in words):
            yield Diagnostic(
                HEADING_CAPITALS,
                subject.place(passage, 0, len(passage.text)),
                f"The heading “{passage.text}” is typed in capitals.",
                f"Type “{passage.text.capitalize()}”: the template decides how headings look.",
            )


def find_bold_headings(subject: Subject) -> Iterator[Diagnostic]:
    """A short paragraph all in bold, which nobody who listens hears as a heading (WCAG 2.2, 1.3.1, failure F2)."""
    for paper in subject.papers:
        for section in walk_sections(paper.sections):
            for block in section.blocks:
                if not isinstance(block, Paragraph) or not _all_bold(block.inlines):
                    continue
                words = plain_text(block.inlines).strip()
                if 0 < len(words.split()) <= 12 and words[-1] not in ".!?;,":
                    yield Diagnostic(
                        HEADING_BOLD,
                        block.at,
                        f"“{words}” is a line in bold that stands for a heading.",
                        "Begin the line with ## (or as many # as its level asks for) instead of **.",
                    )


def _all_bold(inlines: Inlines) -> bool:
    return any(isinstance(each, Strong) for each in inlines) and all(
        isinstance(each, Strong | LineBreak) or (isinstance(each, Text) and not each.text.strip(" :"))
        for each in inlines
    )


# ---------------------------------------------------------------------------------------------------------------------
# Links

_VAGUE = re.compile(
    r"(?:please )?(?:(?:click|press|tap|follow|see|visit|go|read|view|find out|learn|look)\s+)*"
    r"(?:(?:on|at|to)\s+)?(?:this|the|that|our|following|more|here|link|links|page|website|site|web|document|report|paper|"
    r"article|details|information|info|online|download|file|pdf|attachment|now|it|below|above)"
    r"(?:\s+(?:link|links|page|website|site|document|here|more|details|information|info|file|pdf|to|about|this|below))*",
    re.IGNORECASE,
)
_NOT_VAGUE = frozenset({"this", "the", "that", "our", "it"})
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.(?:uk|com|org|net|gov|eu|info)(?:/\S*)?", re.IGNORECASE
)


def _link_words(subject: Subject) -> Iterator[tuple[Passage, int, int, str, str]]:
    for passage in subject.passages:
        for start, end, address in passage.links:
            yield passage, start, end, " ".join(passage.text[start:end].split()), address


def find_vague_links(subject: Subject) -> Iterator[Diagnostic]:
    """Link text such as "click here" or "this link", of links and cross-references (WCAG 2.2, 2.4.4)."""
    for passage in subject.passages:
        for start, end, _ in (*passage.links, *passage.references):
            words = passage.text[start:end].strip(" .,:;()")
            if words and _VAGUE.fullmatch(words):
                yield Diagnostic(
                    LINK_VAGUE,
                    subject.place(passage, start, end),
                    f"The link “{words}” does not say where it leads.",
                    "Make the name of what it leads to the words of the link.",
                )


def find_bare_addresses(subject: Subject) -> Iterator[Diagnostic]:
    """A link whose words are its address, which is read out letter by letter (WCAG 2.2, 2.4.4)."""
    for passage, start, end, words, address in _link_words(subject):
        if not address.startswith("mailto:") and _ADDRESS.fullmatch(words):
            yield Diagnostic(
                LINK_ADDRESS,
                subject.place(passage, start, end),
                f"The words of the link are the address “{words}”.",
                f"Write the name of the page in square brackets and the address behind it: [name]({address}).",
            )


def find_abbreviated_links(subject: Subject) -> Iterator[Diagnostic]:
    """A link whose words are one abbreviation, which says little in a list of links (WCAG 2.2, 2.4.4 and 3.1.4)."""
    for passage, start, end, words, _ in _link_words(subject):
        if re.fullmatch(r"[A-Z]{2,}s?", words) and words.removesuffix("s") not in EVERYBODY_KNOWS:
            yield Diagnostic(
                LINK_ABBREVIATION,
                subject.place(passage, start, end),
                f"The words of the link are only “{words}”.",
                "Add what it leads to: a report, a page, a table.",
            )


def find_links_alike(subject: Subject) -> Iterator[Diagnostic]:
    """Links of one paper with the same words and different addresses (WCAG 2.2, 2.4.4)."""
    first: dict[tuple[str, str], str] = {}
    for passage, start, end, words, address in _link_words(subject):
        other = first.setdefault((passage.paper.name, words.casefold()), address)
        if other != address and words:
            yield Diagnostic(
                LINK_SAME,
                subject.place(passage, start, end),
                f"Another link with the words “{words}” leads to {other}, this one to {address}.",
                "Say in the words of each what sets it apart.",
            )


# ---------------------------------------------------------------------------------------------------------------------
# Tables


def _tables(subject: Subject) -> Iterator[tuple[Table, Span]]:
    for paper in subject.papers:
        for section in walk_sections(paper.sections):
            for node, at in walk_nodes(section.blocks, section.at):
                if isinstance(node, Table):
                    yield node, node.at if node.at != NOWHERE else at


def _is_blank(cell: Inlines) -> bool:
    return not plain_text(cell).strip() and not any(isinstance(each, Value) for each in cell)


def find_missing_headers(subject: Subject) -> Iterator[Diagnostic]:
    """A table whose header row, or one cell of it, is blank (WCAG 2.2, 1.3.1, H51 and H63)."""
    for table, at in _tables(subject):
        blank = [number for number, cell in enumerate(table.header, 1) if _is_blank(cell)]
        name = table.label or "The table"
        if blank and len(blank) == len(table.header):
            hint = "Type in its first row what each column holds."
            yield Diagnostic(TABLE_HEADER, at, f"{name} has no header row.", hint)
        for number in blank if len(blank) < len(table.header) else ():
            hint = "Say in its header what the column holds."
            yield Diagnostic(TABLE_HEADER, at, f"Column {number} of {name} has no heading.", hint)


_TOTAL = re.compile(r"(?:grand |sub-?)?totals?\b|all\b|overall\b|sum\b", re.IGNORECASE)


def find_blank_cells(subject: Subject) -> Iterator[Diagnostic]:
    """A cell of a table with nothing in it: nobody can tell "none" from "not known" (WCAG 2.2, 1.3.1).

    The row of totals may have blanks: words have no total.
    """
    for table, at in _tables(subject):
        lines = subject.lines.get(at.file, [])
        for number, row in enumerate(table.rows, 1):
            for column, cell in enumerate(row):
                if not _is_blank(cell) or (column and _TOTAL.match(plain_text(row[0]).strip())):
                    continue
                heading = plain_text(table.header[column]).strip() if column < len(table.header) else ""
                first = plain_text(row[0]).strip()
                line = at.line + 1 + number
                typed = 0 < line <= len(lines) and "|" in lines[line - 1] and "|" in lines[at.line - 1]
                where = f"under “{heading}”" if heading else f"in column {column + 1}"
                beside = f" beside “{first}”" if first and column else f" in row {number}"
                yield Diagnostic(
                    TABLE_BLANK,
                    Span(at.file, line) if typed else at,
                    f"The cell {where}{beside} of {table.label or 'the table'} is blank.",
                    "Say what is meant: “none”, “not applicable”, “not yet known”.",
                )


RULES: tuple[Rule, ...] = (
    Rule(
        code=HEADING_STEP,
        check=find_heading_steps,
        source=wcag("success criterion 1.3.1 (Info and Relationships)", "technique G141"),
        example="A heading of level 4 right under one of level 2",
    ),
    Rule(
        code=HEADING_EMPTY,
        check=find_empty_headings,
        source=wcag("success criterion 2.4.6 (Headings and Labels)"),
        example="A line with ## and nothing behind it",
    ),
    Rule(
        code=HEADING_TWICE,
        check=find_headings_twice,
        source=wcag("success criterion 2.4.6 (Headings and Labels)"),
        example="Two headings “Introduction” in one section",
    ),
    Rule(
        code=HEADING_CAPITALS,
        check=find_capital_headings,
        source="GOV.UK style guide, “Capitalisation”; " + wcag("success criterion 1.3.1 (Info and Relationships)"),
        example="## BACKGROUND",
    ),
    Rule(
        code=HEADING_BOLD,
        check=find_bold_headings,
        source=wcag("success criterion 1.3.1 (Info and Relationships)", "failure F2"),
        example="**Next steps** on a line of its own",
    ),
    *pictures.RULES,
    Rule(
        code=LINK_VAGUE,
        check=find_vague_links,
        source=wcag("success criterion 2.4.4 (Link Purpose (In Context))", "failure F63"),
        example="For the strategy [click here](https://example.org/strategy).",
    ),
    Rule(
        code=LINK_ADDRESS,
        check=find_bare_addresses,
        source=wcag("success criterion 2.4.4 (Link Purpose (In Context))", "technique G91"),
        example="[https://example.org/strategy](https://example.org/strategy)",
    ),
    Rule(
        code=LINK_ABBREVIATION,
        check=find_abbreviated_links,
        source=wcag("success criteria 2.4.4 (Link Purpose (In Context)) and 3.1.4 (Abbreviations)"),
        example="See [HMIC](https://example.org/report).",
    ),
    Rule(
        code=LINK_SAME,
        check=find_links_alike,
        source=wcag("success criterion 2.4.4 (Link Purpose (In Context))"),
        example="Two links “inspection report” to two reports",
    ),
    Rule(
        code=TABLE_HEADER,
        check=find_missing_headers,
        source=wcag("success criterion 1.3.1 (Info and Relationships)", "techniques H51 and H63"),
        example="A table whose first row is | | 2014 | 2015 |",
    ),
    Rule(
        code=TABLE_BLANK,
        check=find_blank_cells,
        source=wcag("success criterion 1.3.1 (Info and Relationships)")
        + "; Government Statistical Service, “Releasing statistics in spreadsheets” (2014)",
        example="A summary that says nothing about an activity",
    ),
    *pointing.RULES,
)
