"""Layouts: the HTML around the body of a paper, with fields such as ``{{ meeting.date }}`` in it.

A layout is what stands between ``<body>`` and ``</body>``.  It may print fields, ask whether one is empty
(``{% if meeting.agenda_item %}``) and must print ``{{ body }}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jinja2 import StrictUndefined, TemplateSyntaxError, Undefined, UndefinedError, nodes
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from papergen import codes
from papergen.diagnostics import Diagnostics, Span, did_you_mean

BODY = "body"
CONTENTS = "contents"

# Filters that would print something else on each run, or markup that was never checked.
_FILTERS_LEFT_OUT = frozenset({"random", "safe", "pprint", "xmlattr", "urlize", "tojson"})
_STATEMENTS_LEFT_OUT = (nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)

_TAG = re.compile(r"{{.*?}}|{%.*?%}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class LayoutUse:
    """The names a layout prints or asks for, each with the lines where it does.

    ``known`` are fields, ``unknown`` names that are no field.  ``body`` and ``contents`` are the lines of
    ``{{ body }}`` and ``{{ contents }}``.
    """

    known: dict[str, tuple[int, ...]]
    unknown: dict[str, tuple[int, ...]]
    body: tuple[int, ...]
    contents: tuple[int, ...]

    def __str__(self) -> str:
        """What a clerk is shown: each name with its lines."""
        own = {name: lines for name, lines in ((BODY, self.body), (CONTENTS, self.contents)) if lines}
        shown = [_shown("uses", self.known | own), _shown("does not know", self.unknown)]
        return "\n".join(line for line in shown if line)


def _shown(verb: str, names: Mapping[str, tuple[int, ...]]) -> str:
    each = (f"{name} (line {', '.join(map(str, lines))})" for name, lines in names.items())
    return f"  {verb}: {', '.join(each)}" if names else ""


class _Field:
    """A field as a layout sees it: prints its words, is false when they are empty, and holds the fields below it."""

    def __init__(self, name: str, words: str | None, below: Mapping[str, _Field]) -> None:
        self._name = name
        self._words = words
        self._below = below

    def __html__(self) -> str:
        return str(escape(str(self)))

    def __str__(self) -> str:
        if self._words is None:
            raise UndefinedError(f"“{self._name}” is not a field")
        return self._words

    def __bool__(self) -> bool:
        return bool(self._words)

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other)

    def __hash__(self) -> int:
        return hash(self._words)

    def __getitem__(self, key: str | int) -> _Field | Undefined:
        found = self._below.get(str(key))
        return found if found is not None else StrictUndefined(name=f"{self._name}.{key}")


class _Environment(SandboxedEnvironment):
    """Jinja without files, without chance, and with fields that are reached by dots only."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
        self.globals.clear()
        for name in _FILTERS_LEFT_OUT:
            self.filters.pop(name, None)

    def getattr(self, obj: object, attribute: str) -> object:
        return obj[attribute] if isinstance(obj, _Field) else super().getattr(obj, attribute)


def fill_layout(
    name: str, text: str, *, fields: Mapping[str, str], body: str, contents: str, diagnostics: Diagnostics
) -> str | None:
    """The layout with its fields, the contents list and the body in their places, or None with diagnostics."""
    use = check_layout(name, text, fields=fields, diagnostics=diagnostics)
    if use is None or use.unknown or len(use.body) != 1:
        return None
    if contents and not use.contents:
        diagnostics.add(
            codes.TEMPLATE_BODY,
            Span(name),
            "The paper has a contents list, and the layout has no place for it.",
            "Write {{ contents }} in the layout where the list should stand.",
        )
        return None
    try:
        return (
            _Environment()
            .from_string(text)
            .render(
                {**_nested(fields), BODY: Markup(body), CONTENTS: Markup(contents)}  # noqa: S704 - written by us, escaped
            )
        )
    except Exception as problem:  # whatever an expression in a layout can do
        diagnostics.add(
            codes.TEMPLATE_SYNTAX,
            Span(name, _line_of(problem)),
            f"The layout cannot be filled: {_sentence(problem)}",
            "Print a field with {{ field }}, and ask whether it is empty with {% if field %} … {% endif %}.",
        )
        return None


def check_layout(name: str, text: str, *, fields: Mapping[str, str], diagnostics: Diagnostics) -> LayoutUse | None:
    """The fields that a layout uses, with diagnostics for what is wrong in it; None when it cannot be understood."""
    environment = _Environment()
    try:
        tree = environment.parse(text)
        environment.compile(tree)  # finds unknown filters and tests, which parsing lets pass
        tree = environment.parse(text)
    except TemplateSyntaxError as problem:
        diagnostics.add(
            codes.TEMPLATE_SYNTAX,
            Span(name, problem.lineno),
            f"A tag here is broken: {_sentence(problem)}",
            "Every {{ needs its }}, every {% if … %} its {% endif %}.",
        )
        return None
    refused = next(iter(tree.find_all(_STATEMENTS_LEFT_OUT)), None)
    if refused is not None:
        diagnostics.add(
            codes.TEMPLATE_SYNTAX,
            Span(name, refused.lineno),
            "The layout asks for another file; a layout stands alone.",
            "Copy what the other file holds into this one.",
        )
        return None
    use = _use(tree, fields)
    for unknown, lines in use.unknown.items():
        for line in lines:
            diagnostics.add(
                codes.TEMPLATE_FIELD,
                Span(name, line, _column(text, line, unknown)),
                f"“{unknown}” is not a field.",
                did_you_mean(unknown, (*fields, BODY, CONTENTS), "The fields are listed in the guide for clerks."),
            )
    if len(use.body) != 1:
        diagnostics.add(
            codes.TEMPLATE_BODY,
            Span(name, use.body[1] if use.body else 0),
            "The layout has no place for the body of the paper."
            if not use.body
            else "The layout prints the body of the paper more than once.",
            "Write {{ body }} on a line of its own, once.",
        )
    return use


def _use(tree: nodes.Template, fields: Mapping[str, str]) -> LayoutUse:
    known: dict[str, list[int]] = {}
    unknown: dict[str, list[int]] = {}
    places: dict[str, list[int]] = {BODY: [], CONTENTS: []}
    own = {node.name for node in tree.find_all(nodes.Name) if node.ctx in ("store", "param")}
    for dotted, line in _names(tree):
        if dotted in places:
            places[dotted].append(line)
        elif dotted in fields:
            known.setdefault(dotted, []).append(line)
        elif dotted.partition(".")[0] not in own:
            unknown.setdefault(dotted, []).append(line)
    return LayoutUse(
        known={name: tuple(lines) for name, lines in sorted(known.items())},
        unknown={name: tuple(lines) for name, lines in sorted(unknown.items())},
        body=tuple(places[BODY]),
        contents=tuple(places[CONTENTS]),
    )


def _names(node: nodes.Node) -> Iterator[tuple[str, int]]:
    """Every dotted name that is read below ``node``, each at its longest, with its line."""
    dotted = _dotted(node)
    if dotted is not None:
        yield dotted, node.lineno
        return
    for child in node.iter_child_nodes():
        yield from _names(child)


def _dotted(node: nodes.Node) -> str | None:
    match node:
        case nodes.Name(name=name, ctx="load"):
            return str(name)
        case nodes.Getattr(node=inner, attr=attribute):
            before = _dotted(inner)
            return None if before is None else f"{before}.{attribute}"
        case nodes.Getitem(node=inner, arg=nodes.Const(value=value)):
            before = _dotted(inner)
            return None if before is None else f"{before}.{value}"
        case _:
            return None


def _nested(fields: Mapping[str, str]) -> dict[str, _Field]:
    """Dotted names as fields within fields: ``meeting.period`` prints words and holds ``starts`` and ``ends`` too."""
    below: dict[str, dict[str, _Field]] = {"": {}}
    names = {name[:at] for name in fields for at, letter in enumerate(f"{name}.") if letter == "."}
    for name in sorted(names, key=lambda name: name.count("."), reverse=True):
        parent, _, last = name.rpartition(".")
        below.setdefault(parent, {})[last] = _Field(name, fields.get(name), below.get(name, {}))
    return below[""]


def _column(text: str, line: int, name: str) -> int:
    """The column of a name in its line, or 0 where it is written some other way there."""
    lines = text.splitlines()
    written = lines[line - 1] if 0 < line <= len(lines) else ""
    found = next((tag.start() + tag.group().find(name) for tag in _TAG.finditer(written) if name in tag.group()), -1)
    return found + 1


def _line_of(problem: BaseException) -> int:
    """The line of the layout where rendering failed; Jinja puts it into the traceback under the name ``<template>``."""
    line = 0
    trace = problem.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _sentence(problem: BaseException) -> str:
    words = str(problem).strip() or type(problem).__name__
    return words if words.endswith((".", "!", "?")) else f"{words}."
