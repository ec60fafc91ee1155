"""The papers without what the office keeps to itself, for whatever is put beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from papergen.model.nodes import Paper, Section
from papergen.model.walk import rebuild


def published(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """The papers without owners, days of review, waivers and the reasons for overruling a judgement."""
    return tuple(
        replace(paper, sections=tuple(rebuild(section, section=_published) for section in paper.sections))
        for paper in papers
    )


def _published(section: Section) -> Section:
    judgement = section.judgement
    if judgement is not None:
        judgement = replace(judgement, overruled="")
    return replace(section, owner=None, reviewed=None, waivers=(), judgement=judgement)
