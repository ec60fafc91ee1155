"""The fields of a template as Jinja sees them."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import escape


class Field:
    """A field that prints its words, is false when it has none, and holds the fields below it."""

    def __init__(self, words: str | None, below: Mapping[str, Field]) -> None:
        self._words = words
        self._below = below

    def __str__(self) -> str:
        return self._words or ""

    def __html__(self) -> str:
        return str(escape(str(self)))

    def __bool__(self) -> bool:
        return bool(self._words)

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other)

    def __hash__(self) -> int:
        return hash(self._words)

    def part(self, name: str) -> Field | None:
        return self._below.get(name)


class FieldEnvironment(SandboxedEnvironment):
    """Jinja with strict names, in which a dot after a field leads to the fields below it and nowhere else."""

    def __init__(self, *, autoescape: bool = True) -> None:
        super().__init__(autoescape=autoescape, undefined=StrictUndefined, keep_trailing_newline=True)
        self.globals.clear()

    def getattr(self, obj: object, attribute: str) -> object:
        return self._below(obj, attribute) if isinstance(obj, Field) else super().getattr(obj, attribute)

    def getitem(self, obj: object, argument: object) -> object:
        return self._below(obj, str(argument)) if isinstance(obj, Field) else super().getitem(obj, argument)

    def _below(self, field: Field, name: str) -> object:
        found = field.part(name)
        return StrictUndefined(name=name) if found is None else found


def nested(fields: Mapping[str, str]) -> dict[str, Field]:
    """Dotted names as fields within fields: ``meeting.period`` has words and holds ``starts`` and ``ends`` too."""
    below: dict[str, dict[str, Field]] = {"": {}}
    names = groups(fields) | set(fields)
    for name in sorted(names, key=lambda name: (-name.count("."), name)):
        holder, _, last = name.rpartition(".")
        below.setdefault(holder, {})[last] = Field(fields.get(name), below.get(name, {}))
    return below[""]


def groups(fields: Mapping[str, str] | frozenset[str]) -> set[str]:
    """The names that hold others: ``meeting`` for ``meeting.date``."""
    return {name[:at] for name in fields for at, letter in enumerate(name) if letter == "."}
