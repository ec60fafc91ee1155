"""Completeness: words, parts, owners, measures and appendices that are promised or expected and are not there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from papergen.check.kinds import compiled
from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.diagnostics import Severity
from papergen.language.passages import Passage, Place
from papergen.language.sentences import near_before
from papergen.model.nodes import Paper, Section
from papergen.model.walk import plain_text, walk_sections

_RUNNING = (Place.TEXT, Place.ITEM)

_EMPTY = re.compile(r"[\W_]*(?:n/?a)?[\W_]*", re.IGNORECASE)
_APPENDIX = re.compile(
    r"\b(?P<kind>Appendix|Appendices|Annexe?|Annexes)[ \u00a0](?P<first>[A-Z]|\d{1,2})\b(?!\.\d|[’'])"
    r"(?P<more>(?:(?:,| and| or| to)[ \u00a0](?:[A-Z]|\d{1,2})\b)*)"
)
_ELSEWHERE = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:,\s*)?(?:of|to)\s+(?!(?:this|these|the present)\b)[\w‘“]")


@rule(
    "C401",
    Severity.WARNING,
    meaning="an objective or a topic of the summary has no text",
    source="Police Reform and Social Responsibility Act 2011, s. 13(1); the paper of February 2016, which"
    " left ten cells of its summary blank",
    example="An objective under which “To follow” stands.",
)
def find_nothing_said(reading: Reading) -> Iterator[Finding]:
    """An objective of the report without a sentence, and a topic that no summary table has a line of activity for.

    What stands for text to come is no text.
    """
    texts: dict[tuple[str, str], int] = {}
    for passage in reading.passages:
        if passage.place in _RUNNING and not _is_empty(passage.text):
            where = passage.paper.name, passage.section.key
            texts[where] = texts.get(where, 0) + 1
    for paper in reading.papers:
        in_summary = {passage.text.strip() for passage in reading.passages if passage.place is Place.CELL}
        for section in walk_sections(paper.sections):
            if section.objective is not None and not _has_text(section, paper, texts):
                yield Finding(
                    section.at,
                    f"Nothing is said on {section.label or plain_text(section.title)}.",
                    "Write what has been done; if nothing has, say so and why.",
                )
            topic, activity = plain_text(section.topic), plain_text(section.activity)
            if topic and _lacks_activity(activity, in_summary=topic in in_summary):
                yield Finding(
                    reading.front_place(section, topic, key="topic"),
                    f"The topic “{topic}” has no activity.",
                    "Write one line, “activity: …”, or say in the line why there is none.",
                )


def _has_text(section: Section, paper: Paper, texts: dict[tuple[str, str], int]) -> bool:
    return any((paper.name, each.key) in texts for each in walk_sections((section,)))


def _lacks_activity(activity: str, *, in_summary: bool) -> bool:
    """Whether a topic says nothing; in a summary, no line at all and one “to follow” are told in other words."""
    if in_summary:
        return bool(activity and _EMPTY.fullmatch(activity))
    return _is_empty(activity)


def _is_empty(text: str) -> bool:
    return bool(_EMPTY.fullmatch(text) or compiled(r"(?is)\W*{to_come}\W*").fullmatch(text))


@rule(
    "C406",
    Severity.WARNING,
    meaning="a file names no owner",
    source="House practice: someone is responsible, and named",
    example="Front matter without “owner:”.",
)
def find_without_owner(reading: Reading) -> Iterator[Finding]:
    """A file of a paper that names nobody who keeps it up to date and answers for it."""
    for section in reading.file_sections:
        if not section.owner:
            yield Finding(
                section.at,
                "This file names no owner.",
                "Add a line “owner: …” to its front matter, with the role of whoever answers for it.",
            )


@rule(
    "C407",
    Severity.WARNING,
    meaning="a numbered table or figure is referred to nowhere",
    source="House practice; WCAG 2.2, success criterion 1.3.1 (Info and Relationships)",
    example="Figure 3, when neither “([](#robbery-by-area))” nor “Figure 3” stands in the text.",
)
def find_not_pointed_at(reading: Reading) -> Iterator[Finding]:
    """A numbered table or figure that no sentence of the papers refers to, by cross-reference or by its number.

    A reader who meets it does not know what it is to show; one who cannot see it is never told that it is there.
    """
    targets = {target for passage in reading.passages for *_, target in passage.references}
    for paper in reading.papers:
        typed = " ".join(
            passage.text.replace("\u00a0", " ")
            for passage in reading.passages
            if passage.paper is paper and passage.place in (*_RUNNING, Place.FOOTNOTE, Place.CELL)
        )
        for found in reading.exhibits:
            label = found.node.label
            if found.paper is not paper or not label or found.node.key in targets:
                continue
            if re.search(rf"\b{re.escape(label)}(?![\d.]\d)(?!\d)", typed):
                continue
            yield Finding(
                found.at,
                f"{label}, “{plain_text(found.node.caption)}”, is referred to nowhere.",
                f"Where the text tells what it shows, add “([](#{found.node.key or 'its id'}))”; or leave it out.",
            )


@rule(
    "C408",
    Severity.WARNING,
    meaning="a section declares a measure that the papers never show",
    source="Police Reform and Social Responsibility Act 2011, s. 13(1); house practice: what is measured is"
    " shown, or no longer declared",
    example="“measures: [robbery, burglary]” in a section that only speaks of robbery.",
)
def find_measures_not_shown(reading: Reading) -> Iterator[Finding]:
    """A measure that a section names in its front matter, while no number, judgement or exhibit shows it."""
    shown = reading.shown_measures
    for section in reading.file_sections:
        if section.at.file in reading.shortened:
            continue
        for measure in section.measures:
            if measure in reading.book.measures.settings and measure not in shown:
                yield Finding(
                    reading.front_place(section, measure, key="measures"),
                    f"The measure “{measure}” is declared here and shown nowhere.",
                    "Print a number of it, put it in an exhibit, or take it out of “measures”.",
                )


@rule(
    "C409",
    Severity.NOTE,
    meaning="a measure is shown nowhere in the papers of this meeting",
    source="House practice: data that nobody sees are collected for nothing",
    example="“bicycle_theft:” in measures.yaml, which no paper mentions.",
)
def find_unused_measures(reading: Reading) -> Iterator[Finding]:
    """A measure of the catalogue that no paper of this meeting shows; another meeting may, or papers in full."""
    if reading.shortened:
        return
    declared = {measure for section in reading.file_sections for measure in section.measures}
    used = declared | reading.shown_measures
    for measure in reading.book.measures.settings:
        if measure not in used:
            yield Finding(
                reading.book.measures.place(measure),
                f"The measure “{measure}” is shown nowhere in the papers of this meeting.",
                "Show it where it belongs, or delete it if no meeting needs it.",
            )


@rule(
    "C410",
    Severity.WARNING,
    meaning="the text names an appendix that is not among the papers",
    source="Local Government Act 1972, s. 100B(1) and (2): what belongs to the reports is open to inspection",
    example="“The figures are in Appendix C” when only Appendix A is made.",
)
def find_lacking_appendices(reading: Reading) -> Iterator[Finding]:
    """“Appendix B” in the text, when no paper and no heading of the meeting has that name, or its folder is empty.

    An appendix of somebody else's document (“Annex 2 to the circular”) is let pass.
    """
    built = set(_names_of_appendices(reading.papers))
    for passage in reading.passages:
        for found in _APPENDIX.finditer(passage.text):
            if _is_elsewhere(passage, found.start(), found.end()):
                continue
            kind = "annex" if found["kind"].lower().startswith("annex") else "appendix"
            marks = [found["first"], *re.findall(r"\b(?:[A-Z]|\d{1,2})\b", found["more"])]
            for mark in marks:
                if (kind, mark) not in built:
                    name = f"{kind.capitalize()} {mark}"
                    yield Finding(
                        (passage, found.start(), found.end()),
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
