"""Topics told under an aim of the plan that is not the one their section stands under."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from papergen.check.reading import Subject
from papergen.check.rules.complete.blank_cells import row_place
from papergen.diagnostics import Span
from papergen.language.passages import Place
from papergen.model.nodes import Section, Table
from papergen.model.walk import plain_text, walk_nodes, walk_sections

_WHERE = (Place.TEXT, Place.ITEM)


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A topic, the aim it is told under, the aim of its section, and where it is told."""

    topic: str
    told: str
    aim: str
    at: Span


def misplaced_topics(subject: Subject) -> Iterator[Misplaced]:
    """Topics that a paragraph, item or typed table puts under another aim than that of their section."""
    titles = {aim.id: aim.title for aim in subject.settings.plan.aims}
    aims = {topic: aim for topic, aim in _aims_of_topics(subject) if aim in titles}
    heads = _heads(aims)
    for passage in subject.passages:
        told = _only_aim(passage.text, titles) if passage.place in _WHERE else None
        if told is None:
            continue
        for topic, pattern in heads.items():
            found = pattern.search(passage.text)
            if found and aims[topic] != told:
                yield Misplaced(topic, titles[told], titles[aims[topic]], subject.place(passage, *found.span()))
    for table, aim, at in _tables(subject, titles):
        for index, row in enumerate(table.rows):
            topic = _plain(plain_text(row[0])) if row else ""
            known = next((each for each in aims if _plain(each) == topic), None)
            if known is not None and aims[known] != aim:
                yield Misplaced(known, titles[aim], titles[aims[known]], row_place(subject, at, index))


def _aims_of_topics(subject: Subject) -> Iterator[tuple[str, str]]:
    for paper in subject.papers:
        yield from _below(paper.sections, None)


def _below(sections: Iterable[Section], above: str | None) -> Iterator[tuple[str, str]]:
    for section in sections:
        aim = section.aim or above
        if section.topic and aim:
            yield section.topic, aim
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


def _tables(subject: Subject, titles: Mapping[str, str]) -> Iterator[tuple[Table, str, Span]]:
    """The tables whose caption or heading names an aim."""
    for paper in subject.papers:
        for section in walk_sections(paper.sections):
            for node, at in walk_nodes(section.blocks, section.at):
                if isinstance(node, Table):
                    caption, heading = plain_text(node.caption), plain_text(section.title)
                    aim = _only_aim(caption, titles) or _only_aim(heading, titles)
                    if aim is not None:
                        yield node, aim, at


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
