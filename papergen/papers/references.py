"""Cross-references: what each one prints, and the paper its target stands in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from papergen import codes
from papergen.diagnostics import Diagnostics, did_you_mean
from papergen.model.nodes import CrossReference, Figure, Inline, ListItem, Paper, Paragraph, Section, Table
from papergen.model.walk import find, keys, rebuild
from papergen.values.periods import NBSP


@dataclass(frozen=True, slots=True)
class ReferenceTarget:
    """Something that can be referred to: the name of its paper, and its label there."""

    paper: str
    label: str


def targets_of(paper: Paper) -> dict[str, ReferenceTarget]:
    """What can be referred to in ``paper`` by id: its sections, and what is numbered in it."""
    exhibits = ((found.node.key, found.node.label) for found in find((paper,), Section, Table, Figure))
    words = ((found.node.key, found.node.label) for found in find((paper,), Paragraph, ListItem))
    return {key: ReferenceTarget(paper.name, label) for key, label in (*exhibits, *words) if key and label}


def resolve_references(papers: Iterable[Paper], *, diagnostics: Diagnostics) -> tuple[Paper, ...]:
    """The papers with a label in every cross-reference that has no words of its own.

    An id is looked for in the paper itself, then in the other papers; a paper's own id is its name.
    """
    papers = tuple(papers)
    by_paper = {paper.name: targets_of(paper) for paper in papers}
    titles = {paper.name: paper.fields["paper.name"] for paper in papers}
    titles |= {each.file.removesuffix(".pdf"): each.label for paper in papers for each in paper.attachments}
    unlabelled = frozenset(key for paper in papers for key, _ in keys(paper))
    return tuple(_resolve(paper, by_paper, titles, unlabelled, diagnostics) for paper in papers)


def _resolve(
    paper: Paper,
    by_paper: dict[str, dict[str, ReferenceTarget]],
    titles: dict[str, str],
    unlabelled: frozenset[str],
    diagnostics: Diagnostics,
) -> Paper:
    def inline(found: Inline) -> Inline:
        if not isinstance(found, CrossReference):
            return found
        if target := by_paper[paper.name].get(found.target):
            return replace(found, label=_unbroken(target.label))
        if found.target in titles:
            return replace(found, label=_unbroken(titles[found.target]), paper=found.target)
        for targets in by_paper.values():
            if target := targets.get(found.target):
                label = f"{_unbroken(titles[target.paper])}, {_unbroken(target.label)}"
                return replace(found, label=label, paper=target.paper)
        if found.target in unlabelled:
            diagnostics.add(
                codes.REFERENCE_UNKNOWN,
                found.at,
                f"What has the id “{found.target}” has no number that could be printed.",
                "A paragraph has one where its paper has a line “paragraphs: section” or “paragraphs: paper” in"
                " panel.yaml, an item where its list has numbers or letters, and a table or picture with its caption.",
            )
            return found
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


def _unbroken(label: str) -> str:
    """``label`` with a space that does not break before its number or letter."""
    return re.sub(r" (?=(?:[\dA-Z][\d.]*(?:\(\w+\))*|(?:\(\w+\))+)$)", NBSP, label)
