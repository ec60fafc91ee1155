"""Papers as JSON and back, exactly: derived from the fields of the model and their types, and closed over them.

A field that has its default is left out.  A node of several possible kinds says its ``type``.  Dates are written as ISO
8601 has them and periods as its intervals, exact numbers as fractions (``55/2``), places as ``file:line:column``.
Pictures are known by their path, sizes and hash: their bytes are not held, and are empty in papers that were read.
"""

from __future__ import annotations

import json
import re
import types
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache
from itertools import groupby
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from papergen.diagnostics import Span, print_lines, read_lines
from papergen.model.nodes import Paper
from papergen.values.periods import Period, read_interval

T = TypeVar("T")

NAME = "model.json"
FORMAT = "papergen model 1"

_ON_LINES = frozenset({"papers", "sections", "blocks", "rows"})
"""What is written with each of its items on a line of its own, for ``grep`` and ``diff``."""


class UnreadableRecordError(Exception):
    """A file of a format of papergen’s own cannot be used: why, in the words after “it”."""


def write_model(papers: Iterable[Paper]) -> bytes:
    """The papers as JSON, the same bytes for the same papers."""
    written = {"format": FORMAT, "papers": [_PAPER.write(paper) for paper in papers]}
    return f"{_text(written)}\n".encode()


def read_model(data: bytes) -> tuple[Paper, ...]:
    """The papers in ``data``, with pictures that have no bytes; raises ``UnreadableRecordError``."""
    parsed = own_json(data, FORMAT)
    try:
        return tuple(_PAPER.read(each) for each in _as(list, parsed.get("papers")))
    except (ValueError, RecursionError) as problem:
        raise UnreadableRecordError(f"has something that no paper has: {problem}") from None


def own_json(data: bytes, form: str) -> dict[str, Any]:
    """What a file of JSON holds that says to be of the format ``form``; raises ``UnreadableRecordError``."""
    try:
        parsed = json.loads(data)
    except (ValueError, RecursionError):
        raise UnreadableRecordError("is not JSON, or it was cut short") from None
    if not isinstance(parsed, dict) or not str(parsed.get("format", "")).startswith(form.rpartition(" ")[0]):
        raise UnreadableRecordError("was not written by papergen")
    if parsed["format"] != form:
        raise UnreadableRecordError(f"is a “{parsed['format']}”, which this papergen does not know")
    return parsed


_scalar = json.JSONEncoder(ensure_ascii=False).encode
"""Kept, since ``json.dumps`` makes one anew for each value that it is not to write in ASCII."""


def _text(value: object, key: str = "") -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{json.dumps(name)}: {_text(each, name)}" for name, each in value.items()) + "}"
        case [_, *_] if key in _ON_LINES:
            return "[\n" + ",\n".join(_text(each) for each in value) + "\n]"
        case list():
            return "[" + ", ".join(_text(each) for each in value) + "]"
        case _:
            return _scalar(value)


@dataclass(frozen=True, slots=True)
class _Form:
    """How values of one type are written, and read again; reading raises ``ValueError`` for what is none."""

    write: Callable[[Any], object]
    read: Callable[[object], Any]


def _as(kind: type[T], value: object) -> T:
    if type(value) is not kind:
        raise ValueError(f"“{value}” is no {kind.__name__}")
    return value


def _plain(kind: type[object]) -> _Form:
    return _Form(lambda value: value, lambda written: _as(kind, written))


def _from_text(write: Callable[[Any], str], read: Callable[[str], object]) -> _Form:
    return _Form(write, lambda written: read(_as(str, written)))


def _span(text: str) -> Span:
    file, line, column = text.rsplit(":", 2)
    return Span(file, int(line), int(column))


def _write_spans(spans: tuple[Span, ...]) -> list[str]:
    """``["content/data/robbery.csv:523-537,540:0"]``: neighbours of one file and column put together."""
    runs = groupby(spans, lambda span: (span.file, span.column))
    return [f"{file}:{print_lines(span.line for span in run)}:{column}" for (file, column), run in runs]


def _read_spans(written: object) -> tuple[Span, ...]:
    parts = [_as(str, each).rsplit(":", 2) for each in _as(list, written)]
    return tuple(Span(file, line, int(column)) for file, lines, column in parts for line in read_lines(lines))


def _exact(text: str) -> Fraction:
    if not re.fullmatch(r"-?\d+(/[1-9]\d*)?", text):
        raise ValueError(f"“{text}” is no number")
    return Fraction(text)


_PLAIN: Mapping[Any, _Form] = {
    **{kind: _plain(kind) for kind in (str, int, bool)},
    date: _from_text(date.isoformat, date.fromisoformat),
    Fraction: _from_text(str, _exact),
    Span: _from_text(lambda span: f"{span.file}:{span.line}:{span.column}", _span),
    tuple[Span, ...]: _Form(_write_spans, _read_spans),
    Period: _from_text(lambda period: period.interval, read_interval),
}


@cache
def _form(hint: Hashable) -> _Form:
    """The form of a type; raises ``TypeError`` for one that no field of the model had until now."""
    arguments = get_args(hint)
    if hint in _PLAIN:
        return _PLAIN[hint]
    if get_origin(hint) is tuple and arguments[1:] == (...,):
        return _sequence(_form(arguments[0]))
    if get_origin(hint) in (Union, types.UnionType):
        return _one_of(tuple(each for each in arguments if each is not type(None)), optional=type(None) in arguments)
    if get_origin(hint) is dict and arguments == (str, str):
        return _Form(lambda value: dict(sorted(value.items())), _words_by_name)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _Form(lambda value: value.value, hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return _node(hint)
    raise TypeError(f"{hint} has no form in {NAME}")


def _sequence(each: _Form) -> _Form:
    return _Form(
        lambda values: [each.write(value) for value in values],
        lambda written: tuple(each.read(value) for value in _as(list, written)),
    )


def _words_by_name(written: object) -> dict[str, str]:
    return {_as(str, name): _as(str, words) for name, words in _as(dict, written).items()}


def _one_of(kinds: tuple[type, ...], *, optional: bool) -> _Form:
    """One of several kinds of node, which says its ``type``; or a value that may be None."""
    if len(kinds) == 1:
        form = _form(kinds[0])
        return _Form(
            lambda value: None if value is None else form.write(value),
            lambda written: None if written is None else form.read(written),
        )
    names = {kind.__name__: kind for kind in kinds}

    def write(node: object) -> object:
        if optional and node is None:
            return None
        return {"type": type(node).__name__, **_as(dict, _form(names[type(node).__name__]).write(node))}

    def read(written: object) -> object:
        if optional and written is None:
            return None
        given = dict(_as(dict, written))
        name = str(given.pop("type", ""))
        if name not in names:
            raise ValueError(f"“{name}” cannot stand there")
        return _form(names[name]).read(given)

    return _Form(write, read)


def _node(kind: type) -> _Form:
    """A dataclass by its fields; those that are not its own are refused, as are those that are missing."""
    hints = get_type_hints(kind)
    defaults = {field.name: field.default for field in fields(kind) if hints[field.name] is not bytes}
    unheld = {field.name: b"" for field in fields(kind) if field.name not in defaults}

    def write(node: object) -> dict[str, object]:
        values = ((name, getattr(node, name)) for name in defaults)
        return {name: _form(hints[name]).write(value) for name, value in values if value != defaults[name]}

    def read(written: object) -> object:
        given = _as(dict, written)
        if strange := sorted(given.keys() - defaults.keys()):
            raise ValueError(f"a {kind.__name__} has no “{strange[0]}”")
        if missing := [name for name, value in defaults.items() if value is MISSING and name not in given]:
            raise ValueError(f"a {kind.__name__} lacks its “{missing[0]}”")
        return kind(**unheld, **{name: _form(hints[name]).read(value) for name, value in given.items()})

    return _Form(write, read)


_PAPER = _form(Paper)
