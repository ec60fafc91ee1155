"""One Markdown file becomes one section of a paper."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from markdown_it.token import Token

from papergen import codes
from papergen.diagnostics import Diagnostics, Span, did_you_mean
from papergen.model.nodes import (
    Box,
    BoxKind,
    Inlines,
    Judgement,
    List,
    ListItem,
    Paragraph,
    Section,
    Text,
    Value,
    Waiver,
)
from papergen.model.walk import rebuild
from papergen.read.blocks import BlockReader
from papergen.read.context import ExhibitBlock, FileReading, LoadPicture
from papergen.read.front_matter import (
    FrontMatter,
    SignsBox,
    read_front_matter,
    split_front_matter,
    with_front_matter_key,
)
from papergen.read.headings import sections_of
from papergen.read.inline import read_words
from papergen.read.markdown import parse_blocks
from papergen.read.placement import Room, grouped
from papergen.read.rules.places import lines_of, offset
from papergen.read.source import PlaceOf, Source
from papergen.read.unmeant import tell_unmeant
from papergen.workspace.yaml_source import Path, Yaml

__all__ = ["LoadPicture", "ReadFile", "read_section", "split_front_matter", "with_front_matter_key"]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as it was read: its section, in which values have no text yet, and the exhibits that it asks for.

    The figure or table of an exhibit stands empty in the section, at the place of its block.  ``places`` are those of
    the lines of its front matter, by their names.
    """

    section: Section
    exhibits: tuple[ExhibitBlock, ...] = ()
    places: Mapping[str, Span] = field(default_factory=dict)

    def place(self, name: str) -> Span:
        """Where front matter gives ``name``, or else where the section begins."""
        return self.places.get(name, self.section.at)


def read_section(
    path: str,
    text: str,
    *,
    load_picture: LoadPicture,
    signs_heading: str,
    measures: Collection[str] | None,
    diagnostics: Diagnostics,
) -> ReadFile:
    """The section that the file at ``path`` holds, of level 1 and without a key, with headings as sections inside it.

    ``measures`` are the ids that front matter may name; with None they are not looked up.  What is wrong in the file is
    in ``diagnostics``; the section then holds as much of it as could be read.  Its title is empty when the front matter
    gives none.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    parts = split_front_matter(text)
    front, yaml = read_front_matter(path, parts, diagnostics)
    source = Source(path, parts.body, first_line=parts.body_line)
    reading = FileReading(source, load_picture, diagnostics, signs_heading)
    tokens = parse_blocks(parts.body)
    _read_notes(tokens, reading)
    tell_unmeant(tokens, source, diagnostics)
    blocks, sections = sections_of(BlockReader(reading).file(tokens), diagnostics)
    exhibits = tuple(reading.exhibits)
    _check_unused(tokens, reading)
    if front is None or yaml is None:
        # The missing title and owner were not the author's mistake, so nothing is to be said of them.
        name = (Text(text=PurePosixPath(path).stem),)
        section = Section(title=name, level=1, owner="…", blocks=blocks, sections=sections, at=Span(path, 1, 1))
        return ReadFile(section, exhibits)
    if measures is not None:
        _check_measures(front, yaml, measures, diagnostics)
    given = front.waive.items()
    waived = (Waiver(code=code, reason=reason, at=yaml.place(("waive", code))) for code, reason in given)
    words = _FrontMatterWords(front, yaml, text.split("\n"), diagnostics)
    section = Section(
        title=words.inlines(("title",), front.title),
        level=1,
        blocks=(*words.signs_box(signs_heading), *blocks),
        sections=sections,
        objective=front.objective,
        aim=front.aim,
        owner=front.owner,
        reviewed=front.reviewed or None,
        topic=words.inlines(("topic",), front.topic),
        activity=words.inlines(("activity",), front.activity),
        signs=tuple(sign for _, sign in words.signs),
        measures=front.measures,
        judgement=_own_judgement(front, yaml),
        waivers=(*waived, *reading.waivers),
        at=words.heading_place(),
    )
    if front.language:
        section = rebuild(section, section=lambda found: replace(found, language=front.language or ""))
    return ReadFile(section, exhibits, {name: yaml.place((name,)) for name in ("aim", "reviewed")})


def _own_judgement(front: FrontMatter, yaml: Yaml) -> Judgement | None:
    if front.judgement is None:
        return None
    at, words, reason = yaml.place(("judgement",)), front.judgement.words, front.judgement.reason
    return Judgement(words=words, value=Value(text=words, expression="", at=at), overruled=reason, at=at)


def _check_measures(front: FrontMatter, yaml: Yaml, known: Collection[str], diagnostics: Diagnostics) -> None:
    for index, measure in enumerate(front.measures):
        if measure not in known:
            diagnostics.add(
                codes.MEASURE_UNKNOWN,
                yaml.place(("measures", index)),
                f"There is no measure “{measure}”.",
                did_you_mean(measure, known, "The measures are those of content/measures.yaml."),
            )


def _read_notes(tokens: Sequence[Token], reading: FileReading) -> None:
    """Read every footnote of the file, wherever it stands, before the text that has the marks."""
    for index, token in enumerate(tokens):
        if token.type == "inline" and (unread := _SPACED_NOTE.match(token.content)):
            reading.told_notes.add(unread[1])
            reading.diagnostics.add(
                codes.FOOTNOTE_UNDEFINED,
                reading.source.place(lines_of(token))(0),
                f"“{unread[0]}” begins no footnote: there is a space before its colon.",
                f"Delete the space: “[^{unread[1]}]:”.",
            )
        if token.type != "footnote_reference_open":
            continue
        name, at = token.meta["label"], reading.source.at(offset(token))
        if name in reading.notes:
            reading.diagnostics.add(
                codes.FOOTNOTE_TWICE,
                at,
                f"There is a footnote “{name}” already.",
                "Give one of the two another name, here and at its mark.",
            )
            continue
        _, inside = next(grouped(tokens[index : _end_of(tokens, index)]))
        blocks = BlockReader(reading, within="a footnote").inside(inside, Room.FOOTNOTE)
        if not inside:
            reading.diagnostics.add(
                codes.EMPTY_PART, at, f"The footnote “{name}” has no words.", "Write them after the colon."
            )
        reading.notes[name] = blocks


_SPACED_NOTE = re.compile(r"\[\^([^\s\[\]]+)\]\s+:(?=\s)")


def _end_of(tokens: Sequence[Token], index: int) -> int:
    depth = 0
    while True:
        depth += tokens[index].nesting
        index += 1
        if depth == 0:
            return index


def _check_unused(tokens: Sequence[Token], reading: FileReading) -> None:
    """Report notes without a mark, and addresses of links that are defined twice or not used."""
    defined: set[str] = set()
    for token in tokens:
        at = reading.source.at(offset(token))
        if token.type == "footnote_reference_open":
            name = token.meta["label"]
            if name not in reading.used_notes | reading.told_notes:
                reading.told_notes.add(name)
                reading.diagnostics.add(
                    codes.FOOTNOTE_UNDEFINED,
                    at,
                    f"No mark leads to the footnote “{name}”, so it would be lost.",
                    f"Put “[^{name}]” where it belongs, or delete the note.",
                )
        elif token.type == "definition":
            name = token.meta["id"]
            shown = f"“[{token.meta['label']}]:”"
            if name in defined:
                message, hint = f"{shown} is defined already.", "Delete one of the two lines."
            elif name not in reading.used_definitions:
                message = f"No link uses the address defined by {shown}, so this line would be lost."
                hint = "Delete it; to print it, put a backslash before the bracket."
            else:
                message = hint = ""
            defined.add(name)
            if message:
                reading.diagnostics.add(codes.LINK_DEFINITION, at, message, hint)


class _FrontMatterWords:
    """The words of front matter that are printed."""

    def __init__(self, front: FrontMatter, yaml: Yaml, lines: Sequence[str], diagnostics: Diagnostics) -> None:
        self._front = front
        self._yaml = yaml
        self._lines = lines
        self._diagnostics = diagnostics
        self.signs = self._signs()

    def inlines(self, path: Path, words: str | None) -> Inlines:
        if words is None:
            return ()
        return read_words(words, place=self._place(path, words), diagnostics=self._diagnostics)

    def _signs(self) -> list[tuple[Span, Inlines]]:
        """Each sign of improvement, with its place."""
        match self._front.signs:
            case None:
                return []
            case SignsBox(list=listed):
                path: Path = ("signs", "list")
            case listed:
                path = ("signs",)
        return [
            (self._yaml.place((*path, index)), self.inlines((*path, index), sign)) for index, sign in enumerate(listed)
        ]

    def signs_box(self, heading: str) -> tuple[Box, ...]:
        if not self.signs:
            return ()
        path: Path = ("signs",)
        if isinstance(self._front.signs, SignsBox) and self._front.signs.heading is not None:
            heading, path = self._front.signs.heading, ("signs", "heading")
        at = self._yaml.place(("signs",))
        items = tuple(ListItem(blocks=(Paragraph(inlines=sign, at=place),)) for place, sign in self.signs)
        listed = List(ordered=False, items=items, at=at)
        return (Box(kind=BoxKind.SIGNS, title=self.inlines(path, heading), blocks=(listed,), at=at),)

    def heading_place(self) -> Span:
        for name in ("title", "objective"):
            if getattr(self._front, name) is not None:
                return self._yaml.place((name,))
        return Span(self._yaml.file, 1, 1)

    def _place(self, path: Path, words: str) -> PlaceOf:
        """Where the characters of ``words`` stand; where YAML has changed them, the place where their value begins."""
        at = self._yaml.place(path)
        line = self._lines[at.line - 1]
        start = at.column - 1 + (line[at.column - 1 : at.column] in ("'", '"', "“", "‘"))
        if not line.startswith(words, start):
            return lambda _: at
        return lambda position: Span(at.file, at.line, start + 1 + position)
