"""Topics told under an aim of the plan that is not the one their section stands under."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from papergen.check.reading import Reading
from papergen.check.rule import Finding, rule
from papergen.check.tables import row_place
from papergen.diagnostics import Severity, Span
from papergen.language.passages import RUNNING, Passage
from papergen.model.nodes import Section
from papergen.model.walk import plain_text


@rule("C411", Severity.WARNING)
def misplaced_topics(reading: Reading) -> Iterator[Finding]:
    """A topic is told under another aim than the one its section stands under.

    A topic that a paragraph, list item or typed table puts under another aim of the plan than its section does. A
    table “kind: summary” takes each topic from its section and cannot go wrong so.
    Source: The paper of February 2016, in which response times stood under two aims
    Example: “To reduce crime and disorder: robbery, rape and response times”, when these stand under another aim.
    """
    titles = {aim.id: aim.title for aim in reading.settings.plan.aims}
    aims = {topic: aim for paper in reading.papers for topic, aim in _below(paper.sections, None) if aim in titles}
    heads = _heads(aims)
    for passage in reading.passages:
        told = _only_aim(passage.text, titles) if passage.place in RUNNING else None
        if told is None:
            continue
        for topic, pattern in heads.items():
            if aims[topic] != told and (found := pattern.search(passage.text)):
                yield _finding((passage, *found.span()), topic, titles[told], titles[aims[topic]])
    topics = {_plain(topic): topic for topic in aims}
    for table in reading.tables:
        named = (_only_aim(plain_text(words), titles) for words in (table.node.caption, table.section.title))
        aim = next(filter(None, named), None)
        if aim is None:
            continue
        for index, row in enumerate(table.node.rows):
            known = topics.get(_plain(plain_text(row[0]))) if row else None
            if known and aims[known] != aim:
                yield _finding(row_place(reading, table.at, index), known, titles[aim], titles[aims[known]])


def _finding(where: Span | tuple[Passage, int, int], topic: str, here: str, its: str) -> Finding:
    return Finding(
        where,
        f"“{topic}” stands under the aim “{here}” here, and its section under “{its}”.",
        "Move it to its own aim here, or give its chapter the other “aim” in its front matter.",
    )


def _below(sections: Iterable[Section], above: str | None) -> Iterator[tuple[str, str]]:
    """The topic of each section that has one, with the aim that it stands under."""
    for section in sections:
        aim = section.aim or above
        if section.topic and aim:
            yield plain_text(section.topic), aim
        yield from _below(section.sections, aim)


def _heads(topics: Iterable[str]) -> Mapping[str, re.Pattern[str]]:
    """How each topic is spoken of: by its name, its first words (“response times”) or its abbreviations (“TOIL”)."""
    names = {topic: {topic, re.split(r" (?:to|of|for|in|on) | / ", topic)[0]} for topic in topics}
    for topic, known in names.items():
        known |= {part for part in re.split(r"[/ ]+", topic) if len(part) > 2 and part.isupper()}
    every = [name.lower() for known in names.values() for name in known]
    return {
        topic: re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(own, key=len, reverse=True)))})\b", re.IGNORECASE)
        for topic, known in names.items()
        if (own := [name for name in known if every.count(name.lower()) == 1])
    }


def _only_aim(text: str, titles: Mapping[str, str]) -> str | None:
    """The aim whose title stands in some words; None where they name none, or several."""
    plain = _plain(text)
    named = [aim for aim, title in titles.items() if _plain(title).removeprefix("to ") in plain]
    return named[0] if len(named) == 1 else None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
