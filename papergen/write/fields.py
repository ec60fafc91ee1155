"""The fields of a template as Jinja sees them, and the names that a template asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from jinja2 import StrictUndefined, UndefinedError, nodes
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import escape

# Filters that would print something else on each run, or markup that was never checked.
_FILTERS_LEFT_OUT = frozenset({"random", "safe", "pprint", "xmlattr", "urlize", "tojson"})


class Field:
    """A field that prints its words, is false when it has none, and holds the fields below it."""

    def __init__(self, name: str, words: str | None, below: Mapping[str, Field]) -> None:
        self._name = name
        self._words = words
        self._below = below

    def __str__(self) -> str:
        if self._words is None:
            raise UndefinedError(f"“{self._name}” holds several fields and prints none")
        return self._words

    def __html__(self) -> str:
        return str(escape(str(self)))

    def __bool__(self) -> bool:
        return bool(self._words)

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other)

    def __hash__(self) -> int:
        return hash(self._words)

    def part(self, name: str) -> Field | StrictUndefined:
        """The field below this one, or what Jinja refuses to print."""
        found = self._below.get(name)
        return StrictUndefined(name=f"{self._name}.{name}") if found is None else found


class FieldEnvironment(SandboxedEnvironment):
    """Jinja with strict names, without files or chance, in which a dot after a field leads to the fields below it."""

    def __init__(self, *, autoescape: bool = True) -> None:
        super().__init__(autoescape=autoescape, undefined=StrictUndefined, keep_trailing_newline=True)
        self.globals.clear()
        for name in _FILTERS_LEFT_OUT:
            self.filters.pop(name, None)

    def getattr(self, obj: object, attribute: str) -> object:
        return obj.part(attribute) if isinstance(obj, Field) else super().getattr(obj, attribute)

    def getitem(self, obj: object, argument: object) -> object:
        return obj.part(str(argument)) if isinstance(obj, Field) else super().getitem(obj, argument)


def nested(fields: Mapping[str, str]) -> dict[str, Field]:
    """Dotted names as fields within fields: ``meeting.period`` has words and holds ``starts`` and ``ends`` too."""
    below: dict[str, dict[str, Field]] = {"": {}}
    for name in sorted(groups(fields) | set(fields), key=lambda name: (-name.count("."), name)):
        holder, _, last = name.rpartition(".")
        below.setdefault(holder, {})[last] = Field(name, fields.get(name), below.get(name, {}))
    return below[""]


def groups(fields: Iterable[str]) -> set[str]:
    """The names that hold others: ``meeting`` for ``meeting.date``."""
    return {name[:at] for name in fields for at, letter in enumerate(name) if letter == "."}


def names_in(node: nodes.Node) -> Iterator[tuple[str, int]]:
    """Every dotted name that is read below ``node``, each at its longest, with its line."""
    dotted = _dotted(node)
    if dotted is not None:
        yield dotted, node.lineno
        return
    for child in node.iter_child_nodes():
        yield from names_in(child)


def _dotted(node: nodes.Node) -> str | None:
    match node:
        case nodes.Name(name=name, ctx="load"):
            return str(name)
        case nodes.Getattr(node=inner, attr=name) | nodes.Getitem(node=inner, arg=nodes.Const(value=name)):
            before = _dotted(inner)
            return None if before is None else f"{before}.{name}"
        case _:
            return None
