"""YAML read with the place of every value, and as it was typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

import yaml

from papergen import codes
from papergen.diagnostics import Diagnostics, Span
from papergen.values.quantities import MOST_DIGITS
from papergen.workspace.yaml_text import (
    Remark,
    Scalar,
    UnspacedColon,
    between_marks,
    misread_escape,
    place_of,
    problem_in_words,
    remark_after,
    remark_in_brackets,
    scalar_of,
    unspaced_colon,
)

V = TypeVar("V")
Path = tuple[str | int, ...]
_BETWEEN_CURLY = re.compile("“[^“”]+”|‘[^‘’]+’")
_READ_OTHERWISE = re.compile(r"[\t?]|^(?:---|\.\.\.)|:\s*[]},]", re.MULTILINE)
"""What PyYAML's reader in C takes where that in Python does not, or puts elsewhere: tabs, “?”, names without values."""
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
"""What nobody sees, or turns the order of letters round."""
_NUMBERS = frozenset({"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"})
MOST_NESTING = 20
MOST_CHARACTERS = 500_000
"""Many times what a panel needs: reading YAML takes long."""


@dataclass(frozen=True, slots=True)
class Yaml:
    """A YAML document as plain data, with the place of each value by its path (``("objectives", 3)``).

    ``typed`` are the values as they stand in the file, ``cut`` the paths of those whose last words
    would be lost.
    """

    file: str
    data: object
    places: Mapping[Path, Span]
    typed: Mapping[Path, Scalar] = field(default_factory=dict)
    cut: frozenset[Path] = frozenset()

    def place(self, path: Path) -> Span:
        """Where the value at ``path`` stands, or the nearest thing that holds it."""
        while path:
            if path in self.places:
                return self.places[path]
            path = path[:-1]
        return self.places.get((), Span(self.file, 1, 1))

    def each(self) -> Mapping[str | int, Yaml]:
        """The value of each top-level name as a document of its own, with the same places."""
        if not isinstance(self.data, dict):
            return {}
        places, typed = _below(self.places), _below(self.typed)
        return {
            name: Yaml(
                self.file,
                data,
                places.get(name, {}),
                typed.get(name, {}),
                frozenset(path[1:] for path in self.cut if path[:1] == (name,)),
            )
            for name, data in self.data.items()
        }

    def as_typed(self, path: Path) -> object:
        """The value at ``path`` with every text, number and word of yes or no in it as it was typed."""

        def text_of(data: object, path: Path) -> object:
            match data:
                case dict():
                    return {name: text_of(each, (*path, name)) for name, each in data.items()}
                case list():
                    return [text_of(each, (*path, index)) for index, each in enumerate(data)]
                case str():
                    return data
            return self.typed[path].text or None if path in self.typed else data

        value: Any = self.data
        for part in path:
            value = value[part]
        return text_of(value, path)


def _below(values: Mapping[Path, V]) -> Mapping[str | int, Mapping[Path, V]]:
    """Values by the first part of their path, and then by the rest of it."""
    found: dict[str | int, dict[Path, V]] = {}
    for path, each in values.items():
        if path:
            found.setdefault(path[0], {})[path[1:]] = each
    return found


class _RefusedError(Exception):
    """Something YAML allows and a settings file may not hold."""

    def __init__(self, mark: yaml.Mark, message: str, hint: str) -> None:
        super().__init__(message)
        self.mark, self.message, self.hint = mark, message, hint


class _Loader(yaml.SafeLoader):
    """YAML's safe types, without what makes a value other than it was typed: names for it, types, merged settings."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:  # noqa: ANN401
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            mark, sign = ("*", "An alias") if isinstance(event, yaml.AliasEvent) else ("&", "A name for a value")
            raise _RefusedError(
                event.start_mark,
                f"{sign} (“{mark}{event.anchor}”) is not allowed here.",
                f'Put text that begins with “{mark}” between straight marks ("); write a value out again.',
            )
        if tag := getattr(event, "tag", None):
            shown = tag.replace("tag:yaml.org,2002:", "!!")
            raise _RefusedError(
                event.start_mark,
                f"“{shown}” begins a value of a type of its own, which is not allowed here.",
                'Put text that begins with “!” between straight marks (").',
            )
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[str, Any]:  # type: ignore[override]
        """Names are as typed, also where they look like a number or a word of yes or no."""
        return {key.value: self.construct_object(value, deep=deep) for key, value in node.value}

    def construct_text(self, node: yaml.ScalarNode) -> str:
        return str(node.value)

    def construct_date(self, node: yaml.ScalarNode) -> Any:  # noqa: ANN401
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            raise _RefusedError(
                node.start_mark, f"“{node.value}” is not a day of the calendar.", "Write a date such as 2016-02-02."
            ) from None


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_date)
for _sign in ("value", "merge"):  # “=” and “<<”, which YAML has a meaning for in other places
    _Loader.add_constructor(f"tag:yaml.org,2002:{_sign}", _Loader.construct_text)


class _QuickLoader(_Loader):
    """The same with PyYAML's reader in C, which takes a third of the time."""

    def __init__(self, text: str) -> None:
        super().__init__("")
        events = yaml.CSafeLoader(text)
        for name in ("check_event", "peek_event", "get_event"):
            setattr(self, name, getattr(events, name))


def _composed(text: str) -> tuple[_Loader, yaml.Node | None]:
    """The document, and what makes data of it.  Raises ``yaml.YAMLError``, ``ValueError`` and others.

    What is wrong is told by the reader in Python, which says it better.
    """
    if yaml.__with_libyaml__ and not _READ_OTHERWISE.search(text):
        with suppress(yaml.YAMLError, _RefusedError, ValueError, RecursionError):
            quick = _QuickLoader(text)
            return quick, quick.get_single_node()
    loader = _Loader(text)
    return loader, loader.get_single_node()


def parse_yaml(
    text: str, *, file: str, first_line: int = 1, remarks: bool = True, diagnostics: Diagnostics
) -> Yaml | None:
    """The data of ``text`` with its places, or None with a diagnostic.

    ``first_line`` is the line of the file on which ``text`` begins.  An empty document is an empty mapping.  Words
    after a “#” that seem to belong to a value are told; without ``remarks``, all after a text are.
    """

    def span(mark: yaml.Mark) -> Span:
        return Span(file, mark.line + first_line, mark.column + 1)

    if len(text) > MOST_CHARACTERS:
        diagnostics.add(
            codes.FILE_TOO_LARGE,
            Span(file, first_line, 1),
            f"These settings have {len(text):,} characters; the most that is read is {MOST_CHARACTERS:,}.",
            "Check that it is the file you meant.",
        )
        return None
    reading = _Reading(text, span, remarks)
    try:
        loader, node = _composed(text)
        if node is None:
            return Yaml(file, {}, {(): Span(file, first_line, 1)})
        if isinstance(node, yaml.ScalarNode) and not node.style and (unspaced := unspaced_colon(text, node.end_mark)):
            diagnostics.add(codes.YAML_SYNTAX, *_unspaced(unspaced, file, first_line))
            return None
        reading.record(node, ())
        data = loader.construct_document(node)
    except _RefusedError as refused:
        diagnostics.add(codes.YAML_SYNTAX, span(refused.mark), refused.message, refused.hint)
        return None
    except yaml.MarkedYAMLError as problem:
        if cut := remark_in_brackets(problem, text):
            diagnostics.add(codes.SETTING_CUT, *_cut(cut, file, first_line))
            return None
        mark = place_of(problem)
        if unspaced := unspaced_colon(text, mark):
            diagnostics.add(codes.YAML_SYNTAX, *_unspaced(unspaced, file, first_line))
            return None
        words, hint = problem_in_words(problem, text)
        at = span(mark) if mark else Span(file, first_line, 1)
        diagnostics.add(codes.YAML_SYNTAX, at, f"These settings cannot be understood: {words}.", hint)
        return None
    except (yaml.YAMLError, ValueError, RecursionError):
        diagnostics.add(
            codes.YAML_SYNTAX,
            Span(file, first_line, 1),
            "These settings cannot be understood: they hold a sign, a date or a number that cannot be read.",
            "Check dates and numbers, and keep the file simple.",
        )
        return None
    for remark in reading.remarks:
        diagnostics.add(codes.SETTING_CUT, *_cut(remark, file, first_line))
    for at, typed in reading.curly:
        diagnostics.add(
            codes.SETTING_CURLY,
            at,
            f"“{typed[1:-1]}” stands between curly quotation marks, which are taken for straight ones.",
            f"Write {between_marks(typed[1:-1])}; to print curly marks write {between_marks(typed)}.",
        )
    return Yaml(file, data, reading.places, reading.typed, frozenset(reading.cut))


def _cut(remark: Remark, file: str, first_line: int) -> tuple[Span, str, str]:
    return (
        Span(file, remark.line + first_line, remark.column + 1),
        f"“{remark.words}” would be lost: after a space “#” begins a remark.",
        f"Put the text between straight marks: {remark.marked}; a remark stands on a line of its own above.",
    )


def _unspaced(unspaced: UnspacedColon, file: str, first_line: int) -> tuple[Span, str, str]:
    return (
        Span(file, unspaced.line + first_line, unspaced.column + 1),
        f"These settings cannot be understood: “{unspaced.typed}” has no space after its colon.",
        f"Put a space after the colon: “{unspaced.mended}”.",
    )


@dataclass(slots=True)
class _Reading:
    """Gathers the places and texts of all values, and the remarks that look like words of one.

    Curly marks round a value are taken off, as straight ones are.
    """

    text: str
    span: Any
    may_remark: bool
    places: dict[Path, Span] = field(default_factory=dict)
    typed: dict[Path, Scalar] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    cut: set[Path] = field(default_factory=set)
    curly: list[tuple[Span, str]] = field(default_factory=list)

    def record(self, node: yaml.Node, path: Path) -> None:
        """All that stands in ``node``, whose path is ``path``."""
        if len(path) > MOST_NESTING:
            raise _RefusedError(node.start_mark, "These settings are nested too deeply.", "Write them more simply.")
        self.places[path] = self.span(node.start_mark)
        if isinstance(node, yaml.CollectionNode):
            typed = self.text[node.start_mark.index : node.end_mark.index].strip()
            if node.flow_style or "\n" not in typed:
                self.typed[path] = Scalar(text=typed)
        match node:
            case yaml.MappingNode():
                self._mapping(node, path)
            case yaml.SequenceNode():
                for index, value in enumerate(node.value):
                    self.record(value, (*path, index))
            case yaml.ScalarNode():
                self._scalar(node, path)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> None:
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                line = self.text[node.start_mark.index :].partition("\n")[0]
                if isinstance(key, yaml.MappingNode) and line.startswith("{{"):
                    hint = f"Put the whole text between straight marks: {between_marks(line.strip())}."
                    raise _RefusedError(node.start_mark, "A text that begins with “{{” needs marks round it.", hint)
                raise _RefusedError(key.start_mark, "A name must be plain text.", "Put the name in quotation marks.")
            name = key.value
            if name in seen:
                raise _RefusedError(key.start_mark, f"“{name}” is given twice.", "Delete one of the two.")
            seen.add(name)
            self.record(value, (*path, name))
            self.places[(*path, name, "?key")] = self.span(key.start_mark)
            if value.start_mark.index == key.end_mark.index:
                self.typed[(*path, name)] = Scalar(text="", ends_name=True)

    def _scalar(self, node: yaml.ScalarNode, path: Path) -> None:
        if len(node.value) > MOST_DIGITS and node.tag in _NUMBERS:
            raise _RefusedError(
                node.start_mark,
                f"A number of {len(node.value):,} digits is longer than any that can be read.",
                "Correct it, or put what is no number between straight marks.",
            )
        if unseen := UNSEEN.search(node.value):
            raise _RefusedError(
                node.start_mark,
                f"This value holds the sign U+{ord(unseen[0]):04X}, which nobody can see.",
                "Type the value anew, without it.",
            )
        if escape := misread_escape(node, self.text):
            raise _RefusedError(
                node.start_mark,
                f"“{escape}” between straight marks does not stand for itself.",
                f"Write “\\{escape}”, or put the text between single straight marks (').",
            )
        if not node.style and _BETWEEN_CURLY.fullmatch(node.value):
            self.curly.append((self.span(node.start_mark), node.value))
            node.value = node.value[1:-1]
        self.typed[path] = scalar_of(node, self.text)
        remark = remark_after(node, self.text, may_remark=self.may_remark)
        if remark is not None:
            self.remarks.append(remark)
            self.cut.add(path)
