"""What the data say of each section's topic: the rule's words, or the officer's with the reason for overruling it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from papergen.data.analysis import analyse
from papergen.data.book import Book
from papergen.data.control_limits import Verdict
from papergen.data.judgements import judge, judged_period
from papergen.model.nodes import CrossReference, Figure, Inline, Judgement, Paragraph, Section, Table, Text, Value
from papergen.model.walk import find_in, rebuild
from papergen.papers.gather import GatheredSection
from papergen.values.facts import FactError, UnreadError


def with_judgement(section: Section, book: Book) -> Section:
    """The section with the judgement on the first of its measures, which an officer's own words may replace.

    A section without measures has the officer's words or none.
    """
    computed = _computed(section.measures[0], book) if section.measures else None
    if computed is None:
        return section
    own = section.judgement
    if own is None:
        return replace(section, judgement=computed)
    return replace(section, judgement=replace(computed, words=own.words, overruled=own.overruled, at=own.at))


def _computed(measure: str, book: Book) -> Judgement | None:
    try:
        series = book.series(measure)
        analysis = analyse(series)
        found = judge(analysis, book.period)
    except UnreadError:
        return Judgement(words="…", value=Value(text="…", expression=f"{measure}.judgement"))
    except FactError:
        return None
    inside = [analysis.observations[index] for index in analysis.within(judged_period(analysis, book.period))]
    origin = series.quantity(Fraction(), book.period, inside).origin
    value = Value(
        text=found.words,
        expression=f"{measure}.judgement",
        how=(measure, "judgement"),
        sources=origin.rows,
        measures=origin.measures,
        periods=origin.periods,
    )
    special = found.verdict is not Verdict.COMMON
    return Judgement(words=found.words, value=value, reason=found.reason, special=special)


def is_exception(section: Section) -> bool:
    """Whether the data of a section show special cause."""
    return section.judgement is not None and section.judgement.special


def has_nothing_special(section: Section) -> bool:
    """Whether a section has a topic whose figures show nothing out of the ordinary."""
    return bool(section.topic) and section.judgement is not None and not section.judgement.special


def only_exceptions(found: GatheredSection, remark: str) -> tuple[GatheredSection, dict[str, str]]:
    """The section with its topics shortened to their judgement and ``remark`` where nothing is out of the ordinary.

    Also the ids of exhibits that are left out by that, each with the key of its section, so that references to them can
    lead there.
    """
    left_out: dict[str, str] = {}
    section = found.section
    if section.judgement is not None and has_nothing_special(section):
        left_out = {node.key: section.key for node in find_in(section.blocks, Figure, Table) if node.key}
        line = f"{section.judgement.words}. {remark}"
        section = replace(section, blocks=(Paragraph(inlines=(Text(text=line),), at=section.at),), sections=())
    inside: list[GatheredSection] = []
    for each in found.inside:
        shortened, more = only_exceptions(each, remark)
        inside.append(shortened)
        left_out |= more
    return replace(found, section=section, inside=tuple(inside)), left_out


def with_mark(section: Section, word: str) -> Section:
    """The section, and those inside it, with ``word`` after the title of each whose figures show special cause.

    The mark is part of the heading, so that the contents list has it in every format.
    """

    def marked(found: Section) -> Section:
        if not found.topic or not is_exception(found):
            return found
        return replace(found, title=(*found.title, Text(text=f" ({word})")))

    return rebuild(section, section=marked)


def with_other_targets(section: Section, targets: Mapping[str, str]) -> Section:
    """The section with references to the keys in ``targets`` leading to those they stand for."""

    def inline(found: Inline) -> Inline:
        if isinstance(found, CrossReference) and found.target in targets:
            return replace(found, target=targets[found.target])
        return found

    return rebuild(section, inline=inline)
