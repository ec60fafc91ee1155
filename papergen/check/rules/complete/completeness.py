"""Completeness: words, parts, owners, measures and appendices that are promised or expected and are not there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergen.check.kinds import compiled
from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.diagnostics import Severity
from papergen.language.passages import RUNNING, Place
from papergen.model.nodes import CrossReference
from papergen.model.walk import find, plain_text, walk_sections
from papergen.values.chrome import is_english

_EMPTY = re.compile(r"[\W_]*(?:n/?a)?[\W_]*", re.IGNORECASE)


@rule("C401", Severity.WARNING)
def find_nothing_said(reading: Reading) -> Iterator[Finding]:
    """An objective or a topic of the summary has no text.

    An objective of the report without a sentence, and a topic that no summary table has a line of activity for. What
    stands for text to come is no text.
    Source: Police Reform and Social Responsibility Act 2011, s. 13(1); the paper of February 2016, which left ten
    cells of its summary blank
    Example: An objective under which “To follow” stands.
    """
    passages = [passage for passage in reading.passages if not _is_empty(passage.text)]
    told = {(each.paper.name, each.section.key) for each in passages if each.place in RUNNING}
    in_summary = {each.text.strip() for each in passages if each.place is Place.CELL}
    for section, paper in ((found.node, found.paper) for found in reading.sections):
        inside = ((paper.name, each.key) for each in walk_sections((section,)))
        is_read = is_english(section.language or paper.language)
        if section.objective is not None and is_read and told.isdisjoint(inside):
            message = f"Nothing is said on {section.label or plain_text(section.title)}."
            yield Finding(section.at, message, "Write what has been done; if nothing has, say so and why.")
        topic, activity = plain_text(section.topic), plain_text(section.activity)
        if topic and _lacks_activity(activity, in_summary=topic in in_summary):
            at = reading.front_place(section, topic, key="topic")
            hint = "Write one line, “activity: …”, or say in the line why there is none."
            yield Finding(at, f"The topic “{topic}” has no activity.", hint)


def _lacks_activity(activity: str, *, in_summary: bool) -> bool:
    """Whether a topic says nothing; in a summary, no line at all and one “to follow” are told in other words."""
    if in_summary:
        return bool(activity and _EMPTY.fullmatch(activity))
    return _is_empty(activity)


def _is_empty(text: str) -> bool:
    return bool(_EMPTY.fullmatch(text) or compiled(r"(?is)\W*{to_come}\W*").fullmatch(text))


@rule("C406", Severity.WARNING, by_file=True)
def find_without_owner(reading: Reading) -> Iterator[Finding]:
    """A file names no owner.

    A file of a paper that names nobody who keeps it up to date and answers for it.
    Source: House practice: someone is responsible, and named
    Example: Front matter without “owner:”.
    """
    for section in reading.file_sections:
        if not section.owner:
            hint = "Add a line “owner: …” to its front matter, with the role of whoever answers for it."
            yield Finding(section.at, "This file names no owner.", hint)


@rule("C407", Severity.WARNING)
def find_not_pointed_at(reading: Reading) -> Iterator[Finding]:
    """A numbered table or figure is referred to nowhere.

    A numbered table or figure that no sentence of the papers refers to, by cross-reference or by its number. A reader
    who meets it does not know what it is to show; one who cannot see it is never told that it is there.
    Source: House practice; WCAG 2.2, success criterion 1.3.1 (Info and Relationships)
    Example: Figure 3, when neither “([](#robbery-by-area))” nor “Figure 3” stands in the text.
    """
    targets = {found.node.target for found in find(reading.papers, CrossReference)}
    typed: dict[str, str] = dict.fromkeys((paper.name for paper in reading.papers), "")
    for passage in reading.passages:
        if passage.place in (*RUNNING, Place.FOOTNOTE, Place.CELL):
            typed[passage.paper.name] += passage.text.replace("\u00a0", " ") + " "
    for found in reading.exhibits:
        label, key = found.node.label, found.node.key
        named = re.compile(rf"\b{re.escape(label)}(?![\d.]\d)(?!\d)")
        if label and key not in targets and not named.search(typed[found.paper.name]):
            message = f"{label}, “{plain_text(found.node.caption)}”, is referred to nowhere."
            needed = "" if key else "give it an id at the end of its caption, “{#its-id}”, and "
            hint = f"Where the text tells what it shows, {needed}add “([](#{key or 'its-id'}))”; or leave it out."
            yield Finding(found.at, message, hint)


@rule("C408", Severity.WARNING)
def find_measures_not_shown(reading: Reading) -> Iterator[Finding]:
    """A section declares a measure that the papers never show.

    A measure that a section names in its front matter, while no number, judgement or exhibit shows it.
    Source: Police Reform and Social Responsibility Act 2011, s. 13(1); house practice: what is measured is shown, or
    no longer declared
    Example: “measures: [robbery, burglary]” in a section that only speaks of robbery.
    """
    hidden = reading.book.measures.settings.keys() - reading.shown_measures
    for section in reading.file_sections:
        for measure in section.measures if section.at.file not in reading.shortened else ():
            if measure in hidden:
                at = reading.front_place(section, measure, key="measures")
                message = f"The measure “{measure}” is declared here and shown nowhere."
                hint = (
                    "Print a number of it or put it in an exhibit; or take it out of “measures”, and out of"
                    " content/measures.yaml if no meeting needs it."
                )
                yield Finding(at, message, hint)


@rule("C409", Severity.NOTE)
def find_unused_measures(reading: Reading) -> Iterator[Finding]:
    """A measure is shown nowhere in the papers of this meeting.

    A measure of the catalogue that no paper of this meeting shows; another meeting may, or papers in full.
    Source: House practice: data that nobody sees are collected for nothing
    Example: “bicycle_theft:” in measures.yaml, which no paper mentions.
    """
    if reading.shortened:
        return
    declared = {measure for section in reading.file_sections for measure in section.measures}
    for measure in reading.book.measures.settings:
        if measure not in declared | reading.shown_measures:
            message = f"The measure “{measure}” is shown nowhere in the papers of this meeting."
            hint = "Show it where it belongs, or delete it if no meeting needs it."
            yield Finding(reading.book.measures.place(measure), message, hint)
