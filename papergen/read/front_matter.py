"""Front matter: the settings between two lines ``---`` at the head of a Markdown file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from papergen import codes
from papergen.diagnostics import Diagnostics, Span
from papergen.read.characters import unbroken
from papergen.workspace.fields import SettingsModel, matching
from papergen.workspace.validate import valid_part, validate
from papergen.workspace.yaml_source import Yaml, parse_yaml

MOST_CHARACTERS = 20_000
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z]{2})?")

_FENCE = re.compile(r"\ufeff?(?:[ \t]*\r?\n)*-{3,}[ \t]*\r?\n")
_OF_OTHERS = re.compile(r"\s*(?:(?P<toml>\+\+\+)[ \t]*$|\{\s*\"\w+\"\s*:)", re.MULTILINE)
_DOTS = re.compile(r"^\.\.\.[ \t]*$", re.MULTILINE)
_END = re.compile(r"^-{3,}[ \t]*(?:\r?\n|\Z)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SplitText:
    """A file in four pieces that together are the file: ``yaml`` stands between the lines ``opening`` and ``closing``.

    Without front matter all is ``body``.  Where the second line is missing, ``closing`` is empty and all the rest is
    ``yaml``.
    """

    opening: str
    yaml: str
    closing: str
    body: str

    @property
    def closed(self) -> bool:
        return bool(self.closing) or not self.opening

    @property
    def body_line(self) -> int:
        """The line on which the body begins."""
        return (self.opening + self.yaml + self.closing).count("\n") + 1


def split_front_matter(text: str) -> SplitText:
    """``text`` in its pieces; it may have any line ends and a byte order mark."""
    opening = _FENCE.match(text)
    if opening is None:
        return SplitText("", "", "", text)
    start = opening.end()
    end = _END.search(text, start)
    if end is None:
        return SplitText(opening[0], text[start:], "", "")
    return SplitText(opening[0], text[start : end.start()], end[0], text[end.end() :])


def with_front_matter_key(text: str, key: str, value: str) -> str:
    """``text`` whose front matter gives ``key`` the YAML scalar ``value``, with every other byte as it was.

    A key that is not there is added at the end of the front matter, and front matter at the head of the file; a comment
    on the line of the key stays.  Front matter that is not closed is left as it is.
    """
    parts = split_front_matter(text)
    if not parts.closed:
        return text
    end = "\r\n" if "\r\n" in text else "\n"
    if not parts.opening:
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        return f"{mark}---{end}{key}: {value}{end}---{end}{end}{text.removeprefix(mark)}"
    line = re.compile(
        rf"""^(?P<key>(?:{re.escape(key)}|"{re.escape(key)}"|'{re.escape(key)}')[ \t]*:)(?P<gap>[ \t]*)"""
        r"""(?:"[^"\r\n]*"|'[^'\r\n]*'|(?:(?![ \t]#)[^\r\n])*?)"""
        r"(?P<comment>[ \t]+#[^\r\n]*)?[ \t]*(?P<more>(?:\r?\n[ \t]+[^\s#][^\r\n]*)*)(?P<end>\r?\n|\Z)",
        re.MULTILINE,
    )
    found = line.search(parts.yaml)
    if found is None:
        yaml = parts.yaml if not parts.yaml or parts.yaml.endswith("\n") else parts.yaml + end
        return f"{parts.opening}{yaml}{key}: {value}{end}{parts.closing}{parts.body}"
    rewritten = f"{found['key']}{found['gap'] or ' '}{value}{found['comment'] or ''}{found['end']}"
    yaml = parts.yaml[: found.start()] + rewritten + parts.yaml[found.end() :]
    return f"{parts.opening}{yaml}{parts.closing}{parts.body}"


def _one_line(text: str) -> str:
    text = unbroken(text)
    if not text:
        raise ValueError("write its words, or delete the line")
    return text


def _day_or_no(value: Any) -> Any:  # noqa: ANN401
    if value is None or value is False or (type(value) is date and not isinstance(value, datetime)):
        return value
    raise PydanticCustomError("day_or_no", "it must be a date such as 2016-01-25, or no")


def _list_or_box(value: Any) -> str:  # noqa: ANN401
    return "[box]" if isinstance(value, Mapping | SignsBox) else "[list]"


LanguageName = Annotated[
    str, matching(LANGUAGE, "it must be the short name of a language as on the web, such as cy for Welsh")
]
FrontMatterLine = Annotated[str, AfterValidator(_one_line)]


class SignsBox(SettingsModel):
    """Signs of improvement under a heading of their own."""

    heading: FrontMatterLine | None = None
    list: tuple[FrontMatterLine, ...]


class OwnJudgement(SettingsModel):
    """An officer's words in place of those the rule gives, and why."""

    words: FrontMatterLine
    reason: FrontMatterLine


class FrontMatter(SettingsModel):
    """The settings of one file; all may be left out, save that a heading comes from ``title`` or ``objective``."""

    title: FrontMatterLine | None = None
    objective: Annotated[int, Field(strict=True)] | None = None
    aim: FrontMatterLine | None = None
    owner: FrontMatterLine | None = None
    reviewed: Annotated[date | Literal[False] | None, BeforeValidator(_day_or_no)] = None
    topic: FrontMatterLine | None = None
    activity: FrontMatterLine | None = None
    signs: (
        Annotated[
            Annotated[tuple[FrontMatterLine, ...], Tag("[list]")] | Annotated[SignsBox, Tag("[box]")],
            Discriminator(_list_or_box),
        ]
        | None
    ) = None
    measures: tuple[FrontMatterLine, ...] = ()
    judgement: OwnJudgement | None = None
    language: LanguageName | None = None
    waive: Mapping[str, FrontMatterLine] = Field(default_factory=dict)


def read_front_matter(path: str, parts: SplitText, diagnostics: Diagnostics) -> tuple[FrontMatter | None, Yaml | None]:
    """The front matter of a file without what is wrong in it, and its YAML; None where it cannot be read."""
    if found := None if parts.opening else _OF_OTHERS.match(parts.body):
        if found["toml"]:
            shown, hint = "+++", "Write “---” in place of each, and “title: …” in place of “title = …”."
        else:
            shown, hint = "{", "Write a line “---”, below it lines such as “title: …” without marks, and “---” again."
        diagnostics.add(codes.YAML_SYNTAX, Span(path, 1, 1), f"“{shown}” begins no front matter here.", hint)
        return None, None
    if not parts.opening:
        return FrontMatter(), Yaml(path, {}, {(): Span(path, 1, 1)})
    if not parts.closed:
        diagnostics.add(
            codes.YAML_SYNTAX,
            Span(path, 1, 1),
            "The front matter that begins here is not closed.",
            "Write “---” in place of “...”."
            if _DOTS.search(parts.yaml)
            else "Put a line “---” below its last setting.",
        )
        return None, None
    if len(parts.yaml) > MOST_CHARACTERS:
        diagnostics.add(
            codes.TOO_LONG,
            Span(path, 1, 1),
            f"The front matter is longer than {MOST_CHARACTERS:,} characters.",
            "Check that the line “---” below it is not missing.",
        )
        return None, None
    yaml = parse_yaml(
        parts.yaml, file=path, first_line=parts.opening.count("\n") + 1, remarks=False, diagnostics=diagnostics
    )
    if yaml is None:
        return None, None
    front = validate(FrontMatter, yaml, diagnostics=diagnostics)
    if front is None:
        front = valid_part(FrontMatter, yaml)
        # What is missing may be what was wrong, so nothing more is to be said of it.
        title = None if front.objective is not None else front.title or PurePosixPath(path).stem
        front = front.model_copy(update={"title": title, "owner": front.owner or "…"})
    elif front.title is None and ("title",) in yaml.cut:
        front = front.model_copy(update={"title": PurePosixPath(path).stem})
    if front.reviewed is False:
        diagnostics.add(
            codes.NOT_REVIEWED,
            yaml.place(("reviewed",)),
            "This file is marked as not yet reviewed for this meeting.",
            "Read it through, then write the day after “reviewed:” instead of “no”.",
        )
    return front, yaml
