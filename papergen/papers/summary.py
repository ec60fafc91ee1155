"""The summary tables: one row for each topic, from the front matter and judgement of the section it heads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from papergen import codes
from papergen.diagnostics import Diagnostics, Span
from papergen.model.nodes import Block, CrossReference, Inlines, Section, Strong, Table, Text
from papergen.model.walk import Within, plain_text, rebuild
from papergen.papers.gather import GatheredSection
from papergen.papers.judging import is_exception


def fill_summaries(
    gathered: tuple[GatheredSection, ...], summaries: Mapping[Span, str], *, exception: str, diagnostics: Diagnostics
) -> tuple[GatheredSection, ...]:
    """``gathered`` with rows in the summary tables that stand at ``summaries``, each with the aim it is for.

    ``exception`` is the word that tells apart topics whose figures show special cause.
    """
    if not summaries:
        return gathered
    topics = list(_topics(gathered, None))
    for at, aim in summaries.items():
        if not any(above == aim for above, _ in topics):
            diagnostics.add(
                codes.SUMMARY_EMPTY,
                at,
                f"No section under the aim “{aim}” has a topic.",
                "Give the sections of the aim a “topic” in their front matter, or correct the aim.",
            )

    def block(found: Block, _: Within) -> Block:
        if not isinstance(found, Table) or found.at not in summaries:
            return found
        rows = [_row(topic, exception, diagnostics) for above, topic in topics if above == summaries[found.at]]
        return replace(found, rows=tuple(rows))

    files = {at.file for at in summaries}

    def fill(found: GatheredSection) -> GatheredSection:
        section = rebuild(found.section, block=block) if found.section.at.file in files else found.section
        return replace(found, section=section, inside=tuple(fill(each) for each in found.inside))

    return tuple(fill(found) for found in gathered)


def _topics(gathered: tuple[GatheredSection, ...], aim: str | None) -> Iterator[tuple[str | None, Section]]:
    """The aim that each section with a topic stands under, and the section, in reading order."""
    for found in gathered:
        own = found.section.aim or aim
        if found.section.topic:
            yield own, found.section
        yield from _topics(found.inside, own)


def _row(section: Section, exception: str, diagnostics: Diagnostics) -> tuple[Inlines, ...]:
    judgement = section.judgement
    if judgement is None:
        _blank(section, "data", "Name its “measures”, or give a “judgement” with its words and reason.", diagnostics)
        cell: Inlines = (Text(text="–"),)
    else:
        cell = (judgement.value if judgement.value.text == judgement.words else Text(text=judgement.words),)
        if is_exception(section):
            cell = (*cell, Text(text=" "), Strong(children=(Text(text=f"({exception})"),)))
    if not section.activity:
        _blank(section, "activity", "Write one line, or say in the line why there is none.", diagnostics)
    link = CrossReference(target=section.key, children=section.topic, at=section.at)
    return (link,), cell, section.activity or (Text(text="–"),)


def _blank(section: Section, what: str, hint: str, diagnostics: Diagnostics) -> None:
    diagnostics.add(
        codes.SUMMARY_BLANK, section.at, f"The summary has no {what} for “{plain_text(section.topic)}”.", hint
    )
