"""The fields of a template as Jinja sees them, the names that a template asks for, and all that one can do with them.

A template, in Word or in HTML, prints fields, asks whether one is empty or is some word, and changes a field by one of
a few filters.  It does not count, loop or call.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError, nodes
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import escape

FILTERS = ("capitalize", "lower", "title", "trim", "upper")
"""What a template can do with a field."""


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
    """Jinja with strict names, in which a dot after a field leads to the fields below it, and nothing is run that does
    more than a template may: such a text is a ``TemplateSyntaxError``, before anything in it is worked out.
    """

    def __init__(self, *, autoescape: bool = True) -> None:
        super().__init__(autoescape=autoescape, undefined=StrictUndefined, keep_trailing_newline=True)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        try:
            tree = super()._parse(source, name, filename)
            refused = next(beyond(tree), None)
        except (ValueError, RecursionError):  # a number of thousands of digits; hundreds of brackets
            raise TemplateSyntaxError("a tag holds more than a template may", 1, name, filename) from None
        if refused is not None:
            raise TemplateSyntaxError(does_more(refused), refused.lineno, name, filename)
        return tree

    def getattr(self, obj: object, attribute: str) -> object:
        return obj.part(attribute) if isinstance(obj, Field) else super().getattr(obj, attribute)

    def getitem(self, obj: object, argument: object) -> object:
        return obj.part(str(argument)) if isinstance(obj, Field) else super().getitem(obj, argument)


def beyond(node: nodes.Node) -> Iterator[nodes.Node]:
    """Whatever below ``node`` does more than a template may, the first one first."""
    match node:
        case nodes.Template() | nodes.Output() | nodes.TemplateData() | nodes.If():
            pass
        case nodes.Name(ctx="load") | nodes.Getattr() | nodes.Const() | nodes.Not() | nodes.And() | nodes.Or():
            pass
        case nodes.Getitem(arg=nodes.Const()) | nodes.Operand():
            pass
        case nodes.Compare(ops=asked) if all(each.op in ("eq", "ne") for each in asked):
            pass
        case nodes.Filter(name=name, args=[], kwargs=[], dyn_args=None, dyn_kwargs=None) if name in FILTERS:
            pass
        case _:
            yield node
            return
    for child in node.iter_child_nodes():
        yield from beyond(child)


def does_more(node: nodes.Node, written: str = "this") -> str:
    """What is wrong with a node that does more than a template may, as a clause."""
    match node:
        case nodes.Filter(name=name):
            return f"“{name}” in {written} is nothing that a template can do with a field"
        case nodes.Include() | nodes.Extends() | nodes.Import() | nodes.FromImport():
            return "the template asks for another file; a template stands alone"
        case _:
            return f"{written} does more than a template may"


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
