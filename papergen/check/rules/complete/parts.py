"""The parts that a body's own template asks for: implications, background papers, contact, recommendations."""

from __future__ import annotations

from collections.abc import Iterator

from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.diagnostics import Severity
from papergen.model.nodes import Box, BoxKind, Paper
from papergen.model.walk import find, plain_text, walk_sections
from papergen.workspace.paper_settings import ABSENT


@rule("C413", Severity.WARNING)
def find_lacking_parts(reading: Reading) -> Iterator[Finding]:
    """A part that the body's template asks for is not in the paper, or is there though it is said to be absent.

    A heading that the settings ask for, under “parts”, and the paper does not have; a reason makes it absent. A block
    of recommendations stands for a part of that name.
    Source: The report templates of councils (Brighton and Hove: “headings must not be amended or deleted”); Local
    Government Act 1972, s. 100D, for the list of background papers
    Example: “parts: {Financial implications: required}” and no heading “Financial implications”.
    """
    papers = {paper.name: paper for paper in reading.papers}
    for settings in reading.settings.papers:
        paper = papers.get(settings.folder)
        if paper is None or not paper.sections:
            continue
        there = frozenset(_parts_of(paper))
        for part, presence in settings.parts.items():
            at = reading.settings.place(settings.folder, "parts", part)
            if presence == "required" and part.casefold() not in there:
                yield Finding(
                    at,
                    f"“{paper.title}” has no part “{part}”.",
                    f"Add a file or a heading “{part}”; where there is nothing to say, write in meeting.yaml, under"
                    f" “papers”, “{paper.name}” and “parts”: “{part}: {ABSENT}…” with the reason.",
                )
            elif presence.startswith(ABSENT) and part.casefold() in there:
                yield Finding(
                    at,
                    f"“{part}” is said to be absent, and “{paper.title}” has it.",
                    "Take it out of the paper, or write “required” or “optional” here.",
                )


def _parts_of(paper: Paper) -> Iterator[str]:
    """The headings of a paper in small letters, and what blocks of recommendations stand for."""
    for section in walk_sections(paper.sections):
        yield plain_text(section.title).casefold()
    if any(found.node.kind is BoxKind.RECOMMENDATIONS for found in find((paper,), Box)):
        yield from ("recommendation", "recommendations")
