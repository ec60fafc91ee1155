"""Layouts: the HTML around the body of a paper, with fields such as ``{{ meeting.date }}`` in it.

A layout is what stands between ``<body>`` and ``</body>``.  It may print fields, ask whether one is empty
(``{% if meeting.agenda_item %}``) and must print ``{{ body }}``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from jinja2 import Template, TemplateSyntaxError, nodes
from markupsafe import Markup

from papergen import codes
from papergen.diagnostics import Diagnostics, Span, did_you_mean
from papergen.write.fields import FILTERS, FieldEnvironment, names_in, nested

BODY = "body"
CONTENTS = "contents"
HEAD = "head"

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


def fill_layout(
    name: str,
    text: str,
    *,
    fields: Mapping[str, str],
    body: str,
    contents: str,
    head: str = "",
    more: Mapping[str, str] = MappingProxyType({}),
    diagnostics: Diagnostics,
) -> str | None:
    """The layout with its fields, the contents list and the body in their places, or None with diagnostics.

    ``head`` are the lines of facts below the title; a layout without a place for them has them above the body.
    ``more`` is HTML for the places that a layout of this kind has besides.
    """
    use = check_layout(name, text, fields=fields, more=more, diagnostics=diagnostics)
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
    if HEAD not in use.known:
        body = f"{head}{body}"
    written = {**more, BODY: body, CONTENTS: contents, HEAD: head}
    try:
        return _compiled(text).render(
            {
                **nested(fields),
                **{place: Markup(html) for place, html in written.items()},  # noqa: S704 - ours, escaped
            }
        )
    except Exception as problem:  # whatever an expression in a layout can do
        diagnostics.add(
            codes.TEMPLATE_SYNTAX,
            Span(name, _line_of(problem)),
            f"The layout cannot be filled: {_sentence(problem)}",
            "Print a field with {{ field }}, and ask whether it is empty with {% if field %} … {% endif %}.",
        )
        return None


@lru_cache(maxsize=16)
def _compiled(text: str) -> Template:
    return FieldEnvironment().from_string(text)


def check_layout(
    name: str, text: str, *, fields: Mapping[str, str], more: Collection[str] = (), diagnostics: Diagnostics
) -> LayoutUse | None:
    """The fields that a layout uses, with diagnostics for what is wrong in it; None when it cannot be understood."""
    more = (HEAD, *more)
    try:
        tree = FieldEnvironment().parse(text)
    except TemplateSyntaxError as problem:
        diagnostics.add(
            codes.TEMPLATE_SYNTAX,
            Span(name, problem.lineno),
            f"A tag here cannot be used: {_sentence(problem)}",
            "Every {{ needs its }}, every {% if … %} its {% endif %}; a field is printed as it is, or with one of"
            f" {', '.join(FILTERS)} after “|”.",
        )
        return None
    use = _use(tree, fields, more)
    places = {BODY, CONTENTS, *more}
    filters = tree.find_all(nodes.Filter)
    changed = next((each for each in filters if any(name in places for name, _ in names_in(each))), None)
    if changed is not None:
        diagnostics.add(
            codes.TEMPLATE_SYNTAX,
            Span(name, changed.lineno),
            "What papergen writes itself is printed as it is, without “|”.",
            "Write {{ body }}, {{ contents }} and the like with nothing after the name.",
        )
        return None
    for unknown, lines in use.unknown.items():
        for line in lines:
            diagnostics.add(
                codes.TEMPLATE_FIELD,
                Span(name, line, _column(text, line, unknown)),
                f"“{unknown}” is not a field.",
                did_you_mean(
                    unknown, (*fields, BODY, CONTENTS, *more), "The fields are listed in the guide for officers."
                ),
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


def _use(tree: nodes.Template, fields: Mapping[str, str], more: Collection[str]) -> LayoutUse:
    lines: dict[str, tuple[int, ...]] = {BODY: (), CONTENTS: ()}
    for dotted, line in names_in(tree):
        lines[dotted] = (*lines.get(dotted, ()), line)
    body, contents = lines.pop(BODY), lines.pop(CONTENTS)
    known = {name: lines[name] for name in sorted(lines) if name in fields or name in more}
    unknown = {name: lines[name] for name in sorted(lines) if name not in known}
    return LayoutUse(known, unknown, body, contents)


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


_OWN_WORDS = re.compile(r"Jinja|\bexpected\b|unexpected|unknown tag|got '", re.IGNORECASE)


def _sentence(problem: BaseException) -> str:
    words = str(problem).strip() or type(problem).__name__
    if isinstance(problem, TemplateSyntaxError) and _OWN_WORDS.search(words):
        return "it is not closed, or not written as a tag is."
    return words if words.endswith((".", "!", "?")) else f"{words}."
