"""What stands between ``{{`` and ``}}``: a name, its parts and formats, found among the facts of the workspace.

The words are parsed by Jinja2 (so that they look the same as in a template) and followed here step by step over the few
kinds of expression that a fact needs.  Nothing is compiled or run: an expression cannot loop, call or reach Python.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from jinja2 import Environment, TemplateSyntaxError, nodes

from papergen import codes
from papergen.diagnostics import NOWHERE, Code, Diagnostics, Span, did_you_mean
from papergen.model import Value
from papergen.periods import Month, Period, print_day, print_month, print_weekday

MOST_CHARACTERS = 500

FactValue: TypeAlias = str | int | date | Month | Period | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that can be printed by name, with the place it was typed and the facts that are part of it.

    ``value`` is None for a name that only holds others, such as ``meeting``.
    """

    value: FactValue | None = None
    at: Span = NOWHERE
    parts: Mapping[str, Fact] = field(default_factory=dict)


def flatten(facts: Mapping[str, Fact], prefix: str = "") -> Iterator[tuple[str, Fact]]:
    """Every fact that prints something, by its dotted name."""
    for name, fact in facts.items():
        dotted = f"{prefix}{name}"
        if fact.value is not None:
            yield dotted, fact
        yield from flatten(fact.parts, f"{dotted}.")


def print_fact(value: FactValue) -> str:
    """The words for a fact without a format: days in full, lists with commas and “and”."""
    match value:
        case date():
            return print_day(value)
        case tuple():
            return value[0] if len(value) == 1 else f"{', '.join(value[:-1])} and {value[-1]}" if value else ""
        case _:
            return str(value)


def _first_letter(change: Callable[[str], str]) -> Callable[[FactValue], str | None]:
    def apply(value: FactValue) -> str | None:
        return change(value[:1]) + value[1:] if isinstance(value, str) else None

    return apply


def _month(value: FactValue) -> str | None:
    match value:
        case date():
            return print_month(value)
        case Month():
            return str(value)
        case _:
            return None


def _of_day(write: Callable[[date], str]) -> Callable[[FactValue], str | None]:
    return lambda value: write(value) if isinstance(value, date) else None


def _year(value: FactValue) -> str | None:
    return str(value.year) if isinstance(value, date | Month) else None


FORMATS: Mapping[str, Callable[[FactValue], str | None]] = {
    "day": _of_day(print_day),
    "weekday": _of_day(print_weekday),
    "month": _month,
    "year": _year,
    "months": lambda value: value.months if isinstance(value, Period) else None,
    "quarter": lambda value: value.quarter if isinstance(value, Period) else None,
    "lower_first": _first_letter(str.lower),
    "upper_first": _first_letter(str.upper),
}
"""The formats after ``|``; each gives None for a fact it does not fit."""

_PARSER = Environment(autoescape=True)


class _NotUnderstood(Exception):  # noqa: N818 - it is an outcome, not a fault
    def __init__(self, code: Code, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


def evaluate(expression: str, *, at: Span, facts: Mapping[str, Fact], diagnostics: Diagnostics) -> Value | None:
    """The printed value of ``expression``, or None with a diagnostic at ``at``."""
    try:
        fact, text = _follow(_parse(expression), facts)
        if text is None:
            if fact.value is None:
                raise _NotUnderstood(
                    codes.VALUE_UNKNOWN,
                    f"“{expression.strip()}” holds several facts and prints none.",
                    f"Name one of them: {', '.join(sorted(fact.parts))}.",
                )
            text = print_fact(fact.value)
        if not text:
            raise _NotUnderstood(
                codes.VALUE_UNKNOWN,
                f"“{expression.strip()}” has not been given for this meeting.",
                f"Add it to {fact.at.file or 'the settings'}, or leave it out here.",
            )
    except _NotUnderstood as problem:
        diagnostics.add(problem.code, at, problem.message, problem.hint)
        return None
    return Value(text=text, expression=expression.strip(), at=at, sources=(fact.at,))


def _parse(expression: str) -> nodes.Expr:
    unclear = _NotUnderstood(
        codes.VALUE_SYNTAX,
        f"“{{{{ {expression.strip()[:60]} }}}}” cannot be understood.",
        "Write a name, such as {{ meeting.date }}, or a name and a format, such as {{ meeting.date | month }}.",
    )
    if len(expression) > MOST_CHARACTERS or not expression.strip():
        raise unclear
    try:
        tree = _PARSER.parse(f"{{{{ {expression} }}}}")
    except (TemplateSyntaxError, RecursionError, ValueError):
        raise unclear from None
    match tree.body:
        case [nodes.Output(nodes=[nodes.Expr() as found])] if not isinstance(found, nodes.TemplateData):
            return found
        case _:
            raise unclear


def _follow(node: nodes.Expr, facts: Mapping[str, Fact]) -> tuple[Fact, str | None]:
    """The fact that ``node`` names, and the words a format made of it."""
    match node:
        case nodes.Name(name=name):
            return _part(facts, name, name), None
        case nodes.Getattr(node=holder, attr=name) | nodes.Getitem(node=holder, arg=nodes.Const(value=str(name))):
            return _part(_unformatted(holder, facts).parts, name, _dotted(node)), None
        case nodes.Getitem(node=holder, arg=nodes.Const(value=int(number))):
            return _part(_unformatted(holder, facts).parts, str(number), _dotted(node)), None
        case nodes.Filter(node=nodes.Expr() as inner, name=name, args=[], kwargs=[]):
            fact = _unformatted(inner, facts)
            if name not in FORMATS:
                known = ", ".join(FORMATS)
                hint = did_you_mean(name, FORMATS, f"The formats are: {known}.")
                raise _NotUnderstood(codes.VALUE_FILTER, f"“{name}” is not a format that papergen knows.", hint)
            text = FORMATS[name](fact.value) if fact.value is not None else None
            if text is None:
                fitting = [n for n, write in FORMATS.items() if fact.value is not None and write(fact.value)]
                hint = f"These fit: {', '.join(fitting)}." if fitting else "Leave the format out."
                raise _NotUnderstood(codes.VALUE_FILTER, f"The format “{name}” does not fit “{_dotted(inner)}”.", hint)
            return fact, text
        case _:
            raise _NotUnderstood(
                codes.VALUE_SYNTAX,
                "Only names and formats may stand between {{ and }}.",
                "Write a name, such as {{ meeting.date }}, or a name and a format, such as {{ meeting.date | month }}.",
            )


def _unformatted(node: nodes.Expr, facts: Mapping[str, Fact]) -> Fact:
    fact, text = _follow(node, facts)
    if text is not None:
        raise _NotUnderstood(
            codes.VALUE_FILTER, "A fact can have one format only.", "Leave the second “|” and what follows out."
        )
    return fact


def _part(parts: Mapping[str, Fact], name: str, dotted: str) -> Fact:
    if name in parts:
        return parts[name]
    known = ", ".join(parts)
    raise _NotUnderstood(
        codes.VALUE_UNKNOWN,
        f"“{dotted}” is not a name that papergen knows.",
        did_you_mean(name, parts, f"The names known there are: {known}." if parts else "It has no parts."),
    )


def _dotted(node: nodes.Node) -> str:
    match node:
        case nodes.Name(name=name):
            return name
        case nodes.Getattr(node=holder, attr=name):
            return f"{_dotted(holder)}.{name}"
        case nodes.Getitem(node=holder, arg=nodes.Const(value=value)):
            return f"{_dotted(holder)}.{value}"
        case _:
            return "this"
