"""Completeness: words, parts, owners, measures and appendices that are promised or expected and are not there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from papergen.check.reading import Subject
from papergen.check.rule import Rule
from papergen.check.rules.complete.aims import misplaced_topics
from papergen.check.rules.complete.blank_cells import blank_cells
from papergen.check.rules.complete.promises import find_lacking_parts, find_unkept_promises
from papergen.check.sources import file_sections, front_place, shown_measures
from papergen.diagnostics import Code, Diagnostic, Severity, Span
from papergen.language.passages import Passage, Place
from papergen.language.sentences import near_before
from papergen.model.nodes import CrossReference, Figure, Paper, Section, Table
from papergen.model.walk import plain_text, walk_nodes, walk_sections

NOTHING_SAID = Code("C401", Severity.WARNING, "an objective or a topic of the summary has no text")
BLANK_CELL = Code("C402", Severity.WARNING, "a cell of a table is blank")
PLACEHOLDER = Code("C403", Severity.WARNING, "words stand where somebody meant to write later")
PART_LACKING = Code("C404", Severity.WARNING, "the format of the report names a part that the paper does not have")
PROMISE_UNKEPT = Code("C405", Severity.WARNING, "the format of the report promises a subject that no section takes up")
NO_OWNER = Code("C406", Severity.WARNING, "a file names no owner")
NOT_POINTED_AT = Code("C407", Severity.WARNING, "a numbered table or figure is referred to nowhere")
MEASURE_NOT_SHOWN = Code("C408", Severity.WARNING, "a section declares a measure that the papers never show")
MEASURE_UNUSED = Code("C409", Severity.NOTE, "a measure is shown nowhere in the papers of this meeting")
APPENDIX_LACKING = Code("C410", Severity.WARNING, "the text names an appendix that is not among the papers")
OTHER_AIM = Code("C411", Severity.WARNING, "a topic is told under another aim than the one its section stands under")

_RUNNING = (Place.TEXT, Place.ITEM)

_EMPTY = re.compile(r"[\W_]*(?:n/?a)?[\W_]*", re.IGNORECASE)
_WHOLE_PLACEHOLDER = re.compile(
    r"\W*(?:tb[cad]|to follow|to be (?:confirmed|advised|added|completed|supplied|provided|written|updated|inserted)"
    r"|awaiting (?:text|data|figures|update|information|confirmation)"
    r"|(?:insert|add|update) (?:text|here|figures?)(?: here)?"
    r"|text (?:here|to follow)|lorem ipsum\b.*|placeholder|draft text)\W*",
    re.IGNORECASE | re.DOTALL,
)
_PLACEHOLDER = re.compile(
    r"\b(?:TBC|TBA|TBD)\b|(?<![\w-])X{2,}(?:%|\b(?![IVL]))|£X+\b|\bX{1,2}%"
    r"|[\[<](?i:insert|add|name|date|figure|number|tbc|to follow|to be|update|xx*|owner|text)\b[^\]>]*[\]>]"
    r"|\?{3,}|\b[Ll]orem ipsum\b"
)
_APPENDIX = re.compile(
    r"\b(?P<kind>Appendix|Appendices|Annexe?|Annexes)[ \u00a0](?P<first>[A-Z]|\d{1,2})\b(?!\.\d|[’'])"
    r"(?P<more>(?:(?:,| and| or| to)[ \u00a0](?:[A-Z]|\d{1,2})\b)*)"
)
_ELSEWHERE = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:,\s*)?(?:of|to)\s+(?!(?:this|these|the present)\b)[\w‘“]")


def find_nothing_said(subject: Subject) -> Iterator[Diagnostic]:
    """An objective of the report without a sentence, and a topic that no summary table has a line of activity for.

    What stands for text to come is no text.  Source: Police Reform and Social Responsibility Act 2011, ss. 7 and 13(1):
    the Panel scrutinises progress on the objectives of the plan; the paper of February 2016, which left ten cells of
    its summary blank.
    """
    texts: dict[tuple[str, str], int] = {}
    for passage in subject.passages:
        if passage.place in _RUNNING and not _is_empty(passage.text):
            where = passage.paper.name, passage.section.key
            texts[where] = texts.get(where, 0) + 1
    for paper in subject.papers:
        in_summary = {passage.text.strip() for passage in subject.passages if passage.place is Place.CELL}
        for section in walk_sections(paper.sections):
            if section.objective is not None and not _has_text(section, paper, texts):
                yield Diagnostic(
                    NOTHING_SAID,
                    section.at,
                    f"Nothing is said on {section.label or plain_text(section.title)}.",
                    "Write what has been done; if nothing has, say so and why.",
                )
            if section.topic and _lacks_activity(section.activity, in_summary=section.topic in in_summary):
                yield Diagnostic(
                    NOTHING_SAID,
                    front_place(subject, section, section.topic, key="topic"),
                    f"The topic “{section.topic}” has no activity.",
                    "Write one line, “activity: …”, or say in the line why there is none.",
                )


def _has_text(section: Section, paper: Paper, texts: dict[tuple[str, str], int]) -> bool:
    return any((paper.name, each.key) in texts for each in walk_sections((section,)))


def _lacks_activity(activity: str | None, *, in_summary: bool) -> bool:
    """Whether a topic says nothing; in a summary, no line at all and one “to follow” are told in other words."""
    if in_summary:
        return activity is not None and bool(_EMPTY.fullmatch(activity))
    return _is_empty(activity or "")


def _is_empty(text: str) -> bool:
    return bool(_EMPTY.fullmatch(text) or _WHOLE_PLACEHOLDER.fullmatch(text))


def find_blank_cells(subject: Subject) -> Iterator[Diagnostic]:
    """A blank cell in the body of a table, told once for the table with its first few.

    The first cell of a row may be blank, where the row goes on with the words above it; so may all others in a row that
    is a heading in bold, and any in a row of totals.  Source: the paper of February 2016, which left ten cells of its
    summary blank; WCAG 2.2 technique H51 (a table is read cell by cell).
    """
    for paper in subject.papers:
        for section in walk_sections(paper.sections):
            for node, at in walk_nodes(section.blocks, section.at):
                if isinstance(node, Table) and (found := blank_cells(subject, node, at)):
                    place, message, hint = found
                    yield Diagnostic(BLANK_CELL, place, message, hint)


def find_placeholders(subject: Subject) -> Iterator[Diagnostic]:
    """“TBC”, “XX%”, “[insert date]”, “to follow” and their like, left standing in a paper.

    Source: house practice; what is not known yet is said in a sentence, with the day on which it will be.
    """
    for passage in subject.passages:
        found = _WHOLE_PLACEHOLDER.fullmatch(passage.text) or _PLACEHOLDER.search(passage.text)
        if found and passage.typed(*found.span()):
            yield Diagnostic(
                PLACEHOLDER,
                _place(subject, passage, found.start(), found.end()),
                f"“{found[0].strip()}” stands where something was to be written.",
                "Write it; or say in a sentence what is not known yet, and when it will be.",
            )


def _place(subject: Subject, passage: Passage, start: int, end: int) -> Span:
    """Where the words stand; those of a line “activity” stand in front matter, not at the summary table."""
    if passage.place is Place.CELL:
        for section in file_sections(subject):
            if section.activity and section.activity.strip() == passage.text.strip():
                return front_place(subject, section, passage.text[start:end].strip(), key="activity")
    return subject.place(passage, start, end)


def find_without_owner(subject: Subject) -> Iterator[Diagnostic]:
    """A file of a paper that names nobody who keeps it up to date and answers for it.

    Source: house practice: someone is responsible, and named.
    """
    for section in file_sections(subject):
        if not section.owner:
            yield Diagnostic(
                NO_OWNER,
                section.at,
                "This file names no owner.",
                "Add a line “owner: …” to its front matter, with the role of whoever answers for it.",
            )


def find_not_pointed_at(subject: Subject) -> Iterator[Diagnostic]:
    """A numbered table or figure that no sentence of the papers refers to, by cross-reference or by its number.

    A reader who meets it does not know what it is to show; one who cannot see it is never told that it is there.
    Source: house practice; WCAG 2.2, 1.3.1.
    """
    targets = {
        node.target
        for paper in subject.papers
        for section in walk_sections(paper.sections)
        for node, _ in walk_nodes(section.blocks)
        if isinstance(node, CrossReference)
    }
    for paper in subject.papers:
        typed = " ".join(
            passage.text.replace("\u00a0", " ")
            for passage in subject.passages
            if passage.paper is paper and passage.place in (*_RUNNING, Place.FOOTNOTE, Place.CELL)
        )
        for section in walk_sections(paper.sections):
            for node, at in walk_nodes(section.blocks, section.at):
                if not isinstance(node, Table | Figure) or not node.label or node.key in targets:
                    continue
                if re.search(rf"\b{re.escape(node.label)}(?![\d.]\d)(?!\d)", typed):
                    continue
                key = node.key or "its id"
                yield Diagnostic(
                    NOT_POINTED_AT,
                    at,
                    f"{node.label}, “{plain_text(node.caption)}”, is referred to nowhere.",
                    f"Where the text tells what it shows, add “([](#{key}))”; or leave it out.",
                )


def find_measures_not_shown(subject: Subject) -> Iterator[Diagnostic]:
    """A measure that a section names in its front matter, while no number, judgement or exhibit of the papers shows it.

    Source: Police Reform and Social Responsibility Act 2011, s. 13(1); house practice: what is measured is shown, or no
    longer declared.
    """
    shown = shown_measures(subject)
    for section in file_sections(subject):
        if section.at.file in subject.shortened:
            continue
        for measure in section.measures:
            if measure in subject.book.measures.settings and measure not in shown:
                yield Diagnostic(
                    MEASURE_NOT_SHOWN,
                    front_place(subject, section, measure, key="measures"),
                    f"The measure “{measure}” is declared here and shown nowhere.",
                    "Print a number of it, put it in an exhibit, or take it out of “measures”.",
                )


def find_unused_measures(subject: Subject) -> Iterator[Diagnostic]:
    """A measure of the catalogue that no paper of this meeting shows; another meeting may, or papers in full.

    Source: house practice; data that nobody sees are collected for nothing.
    """
    if subject.shortened:
        return
    declared = {measure for section in file_sections(subject) for measure in section.measures}
    used = declared | shown_measures(subject)
    for measure in subject.book.measures.settings:
        if measure not in used:
            yield Diagnostic(
                MEASURE_UNUSED,
                subject.book.measures.place(measure),
                f"The measure “{measure}” is shown nowhere in the papers of this meeting.",
                "Show it where it belongs, or delete it if no meeting needs it.",
            )


def find_lacking_appendices(subject: Subject) -> Iterator[Diagnostic]:
    """“Appendix B” in the text, when no paper and no heading of the meeting has that name, or its folder is empty.

    An appendix of somebody else's document (“Annex 2 to the circular”) is let pass.  Source: Local Government Act 1972,
    s. 100B(1) and (2): the reports for a meeting are open to inspection with what belongs to them.
    """
    built = set(_names_of_appendices(subject.papers))
    for passage in subject.passages:
        for found in _APPENDIX.finditer(passage.text):
            if _is_elsewhere(passage, found.start(), found.end()):
                continue
            kind = "annex" if found["kind"].lower().startswith("annex") else "appendix"
            marks = [found["first"], *re.findall(r"\b(?:[A-Z]|\d{1,2})\b", found["more"])]
            for mark in marks:
                if (kind, mark) not in built:
                    name = f"{kind.capitalize()} {mark}"
                    yield Diagnostic(
                        APPENDIX_LACKING,
                        subject.place(passage, found.start(), found.end()),
                        f"“{name}” is named here, and no paper of this meeting has that name.",
                        f"Add it to the papers in content/panel.yaml with its folder; otherwise correct “{name}” to"
                        " what is meant, or say whose document it stands in.",
                    )


def _is_elsewhere(passage: Passage, start: int, end: int) -> bool:
    if any(first < end and start < last for first, last, _ in (*passage.references, *passage.links)):
        return True
    before = near_before(passage.text, start).rstrip()
    return before.endswith(("’s", "s’", "'s")) or bool(_ELSEWHERE.match(passage.text, end))


def _names_of_appendices(papers: Iterable[Paper]) -> Iterator[tuple[str, str]]:
    for paper in papers:
        if not paper.sections:
            continue
        names = [paper.fields.get("paper.name", ""), paper.title]
        names += [plain_text(section.title) for section in walk_sections(paper.sections)]
        for name in names:
            if found := re.match(r"(Appendix|Annex)e?[ \u00a0]([A-Z]|\d{1,2})\b", name):
                yield found[1].lower(), found[2]


def find_parts_lacking(subject: Subject) -> Iterator[Diagnostic]:
    """“Part 4”, “section 9” or “four parts” in the format of the report, when the paper has no such part or number.

    Source: the paper of February 2016; Local Government Act 1972, s. 100B: the Panel and the public are told what is
    before them.
    """
    for at, message, hint in find_lacking_parts(subject):
        yield Diagnostic(PART_LACKING, at, message, hint)


def find_promises_unkept(subject: Subject) -> Iterator[Diagnostic]:
    """A subject that the format of the report promises (“an update on the grant scheme”) and no section takes up.

    A section takes it up when all the words that matter stand in it.  Source: the paper of February 2016, whose format
    promised an update on the grant scheme that was never given.
    """
    for at, message, hint in find_unkept_promises(subject):
        yield Diagnostic(PROMISE_UNKEPT, at, message, hint)


def find_topics_under_other_aims(subject: Subject) -> Iterator[Diagnostic]:
    """A topic that a paragraph, list item or typed table puts under another aim of the plan than its section does.

    A table “kind: summary” takes each topic from its section and cannot go wrong so.  Source: the paper of February
    2016, in which response times and balances of leave stood under one aim in the summary and another in the body.
    """
    for found in misplaced_topics(subject):
        yield Diagnostic(
            OTHER_AIM,
            found.at,
            f"“{found.topic}” stands under the aim “{found.told}” here, and its section under “{found.aim}”.",
            "Move it to its own aim here, or give its chapter the other “aim” in its front matter.",
        )


_PAPER_OF_2016 = "the published paper of February 2016"
_ACT = "Police Reform and Social Responsibility Act 2011, s. 13(1)"

RULES: tuple[Rule, ...] = (
    Rule(
        code=NOTHING_SAID,
        check=find_nothing_said,
        source=f"{_ACT}; {_PAPER_OF_2016}",
        example="An objective under which “To follow” stands.",
    ),
    Rule(
        code=BLANK_CELL,
        check=find_blank_cells,
        source=f"{_PAPER_OF_2016[0].upper()}{_PAPER_OF_2016[1:]}; WCAG 2.2, technique H51",
        example="| Robbery | Stable | |",
    ),
    Rule(
        code=PLACEHOLDER,
        check=find_placeholders,
        source="House practice",
        example="“Satisfaction rose to XX% in the quarter.”",
    ),
    Rule(
        code=PART_LACKING,
        check=find_parts_lacking,
        source=f"Local Government Act 1972, s. 100B; {_PAPER_OF_2016}",
        example="“Part 4 gives the accounts” in a report with three parts.",
    ),
    Rule(
        code=PROMISE_UNKEPT,
        check=find_promises_unkept,
        source=_PAPER_OF_2016[0].upper() + _PAPER_OF_2016[1:],
        example="“Part 1 … and an update on the grant scheme”, when no section speaks of it.",
    ),
    Rule(
        code=NO_OWNER,
        check=find_without_owner,
        source="House practice: someone is responsible, and named",
        example="Front matter without “owner:”.",
    ),
    Rule(
        code=NOT_POINTED_AT,
        check=find_not_pointed_at,
        source="House practice; WCAG 2.2, success criterion 1.3.1 (Info and Relationships)",
        example="Figure 3, when neither “([](#robbery-by-area))” nor “Figure 3” stands in the text.",
    ),
    Rule(
        code=MEASURE_NOT_SHOWN,
        check=find_measures_not_shown,
        source=f"{_ACT}; house practice",
        example="“measures: [robbery, burglary]” in a section that only speaks of robbery.",
    ),
    Rule(
        code=MEASURE_UNUSED,
        check=find_unused_measures,
        source="House practice",
        example="“bicycle_theft:” in measures.yaml, which no paper mentions.",
    ),
    Rule(
        code=APPENDIX_LACKING,
        check=find_lacking_appendices,
        source="Local Government Act 1972, s. 100B(1) and (2)",
        example="“The figures are in Appendix C” when only Appendix A is made.",
    ),
    Rule(
        code=OTHER_AIM,
        check=find_topics_under_other_aims,
        source=_PAPER_OF_2016[0].upper() + _PAPER_OF_2016[1:],
        example="“To reduce crime and disorder: robbery, rape and response times”, when these stand under another aim.",
    ),
)
