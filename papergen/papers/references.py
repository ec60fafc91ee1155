"""Cross-references: what each one prints, and the paper its target stands in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from papergen import codes
from papergen.diagnostics import Diagnostics, did_you_mean
from papergen.model.nodes import (
    BlockQuote,
    Box,
    BoxKind,
    CrossReference,
    Figure,
    InLanguage,
    Inline,
    ListItem,
    Paper,
    Paragraph,
    Section,
    Table,
)
from papergen.model.walk import find, find_in, keys, rebuild
from papergen.values.chrome import said_in
from papergen.values.periods import NBSP
from papergen.workspace.settings import PANEL_FILE


@dataclass(frozen=True, slots=True)
class ReferenceTarget:
    """Something that can be referred to: the name of its paper, and its label there."""

    paper: str
    label: str

    def said_in(self, language: str) -> str:
        """The label in the words of a text that refers to it."""
        return _unbroken(said_in(language, self.label))


def targets_of(paper: Paper) -> dict[str, ReferenceTarget]:
    """What can be referred to in ``paper`` by id: its sections, and what is numbered in it."""
    exhibits = ((found.node.key, found.node.label) for found in find((paper,), Section, Table, Figure))
    words = ((found.node.key, found.node.label) for found in find((paper,), Paragraph, ListItem))
    return {key: ReferenceTarget(paper.name, label) for key, label in (*exhibits, *words) if key and label}


def resolve_references(
    papers: Iterable[Paper], *, diagnostics: Diagnostics, is_lost: Callable[[str], bool] = lambda _: False
) -> tuple[Paper, ...]:
    """The papers with a label in every cross-reference that has no words of its own, in the language of its text.

    An id is looked for in the paper itself, then in the other papers; a paper's own id is its name.  Of one that
    ``is_lost`` by an error nothing more is told.
    """
    papers = tuple(papers)
    by_paper = {paper.name: targets_of(paper) for paper in papers}
    titles = {paper.name: paper.fields["paper.name"] for paper in papers}
    titles |= {each.file.removesuffix(".pdf"): each.label for paper in papers for each in paper.attachments}
    unlabelled = {key: paper for paper in papers for key, _ in keys(paper)}
    return tuple(_resolve(paper, by_paper, titles, unlabelled, is_lost, diagnostics) for paper in papers)


def _resolve(
    paper: Paper,
    by_paper: dict[str, dict[str, ReferenceTarget]],
    titles: dict[str, str],
    unlabelled: Mapping[str, Paper],
    is_lost: Callable[[str], bool],
    diagnostics: Diagnostics,
) -> Paper:
    languages = {
        each.at: part.language
        for part in find_in(paper.sections, Section, InLanguage)
        if part.language
        for each in find_in((part,), CrossReference)
    }

    def inline(found: Inline) -> Inline:
        if not isinstance(found, CrossReference):
            return found
        language = languages.get(found.at, paper.language)
        if target := by_paper[paper.name].get(found.target):
            return replace(found, label=target.said_in(language))
        if found.target in titles:
            return replace(found, label=_unbroken(titles[found.target]), paper=found.target)
        for targets in by_paper.values():
            if target := targets.get(found.target):
                label = f"{_unbroken(titles[target.paper])}, {target.said_in(language)}"
                return replace(found, label=label, paper=target.paper)
        if found.target in unlabelled:
            diagnostics.add(codes.REFERENCE_UNKNOWN, found.at, *_why_unlabelled(unlabelled[found.target], found.target))
            return found
        if is_lost(found.target):
            return replace(found, label=found.target)
        known = [*titles, *(key for targets in by_paper.values() for key in targets)]
        diagnostics.add(
            codes.REFERENCE_UNKNOWN,
            found.at,
            f"Nothing has the id “{found.target}”.",
            did_you_mean(
                found.target,
                known,
                "A file's id is its name without the number; that of a table or paragraph stands in braces at its end.",
            ),
        )
        return found

    return replace(paper, sections=tuple(rebuild(found, inline=inline) for found in paper.sections))


def _why_unlabelled(paper: Paper, key: str) -> tuple[str, str]:
    """Why what has the id ``key`` has no number that a reference could print, and what gives it one."""
    section = "or refer to its section by the section’s id"
    for each in find_in(paper.sections, BlockQuote, Box, Table):
        inside = () if isinstance(each, Table) else each.blocks
        if any(found.key == key for found in find_in(inside, Paragraph, ListItem)):
            if isinstance(each, BlockQuote):
                message = f"“{key}” stands in a quotation, whose words have no numbers."
                return message, f"Put it outside of the quotation, {section}."
            what = "recommendation" if each.kind is BoxKind.RECOMMENDATIONS else "item"
            message = f"“{key}” stands in a box without a number or letter of its own."
            return message, f"Write each {what} as “(a) …” or “1. …”, {section}."
        if isinstance(each, Table) and each.key == key:
            return f"The table “{key}” has no caption.", "Write a line “Table: …” above it."
    for item in find_in(paper.sections, ListItem):
        if item.key == key or any(found.key == key for found in find_in(item.blocks, Paragraph)):
            message = f"“{key}” is an item of a list without numbers or letters."
            return message, f"Begin the items with “(a)” or “1.” in place of “-”, {section}."
    paragraph = next((each for each in find_in(paper.sections, Paragraph) if each.key == key), None)
    if paragraph is not None and paragraph.unnumbered:
        return f"The paragraph “{key}” is marked {{unnumbered}}.", f"Take “unnumbered” out of its braces, {section}."
    if paragraph is not None and any(each.number for each in find_in(paper.sections, Paragraph)):
        message = f"The paragraph “{key}” stands under no numbered heading, or inside of something else."
        return message, f"Move it under a numbered heading, {section}."
    return (
        f"“{key}” has no number: its paper numbers no paragraphs.",
        f"Add a line “paragraphs: section” or “paragraphs: paper” to the paper in {PANEL_FILE}, {section}.",
    )


def _unbroken(label: str) -> str:
    """``label`` with a space that does not break before its number or letter."""
    return re.sub(r" (?=(?:[\dA-Z][\d.]*(?:\(\w+\))*|(?:\(\w+\))+)$)", NBSP, label)
