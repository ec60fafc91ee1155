"""What stands between ``{{`` and ``}}``: a name, its parts and formats, found among the facts of the workspace.

The words are parsed (``expression_trees``) and followed here step by step over the few kinds of expression that a fact
needs.  Nothing is compiled or run: an expression cannot loop or reach Python, and calls
only what a fact offers by name.
"""

from __future__ import annotations

import re
from datetime import date

from jinja2 import nodes

from papergen import codes
from papergen.data.expression_trees import (
    EXAMPLES,
    MOST_CHARACTERS,
    PLAIN,
    UNQUOTED,
    asked_decimals,
    dotted,
    names_in,
    parsed,
    refuse_format_of_last,
    unclear,
)
from papergen.diagnostics import Diagnostics, Span, did_you_mean
from papergen.model.nodes import Value
from papergen.values.chrome import ENGLISH, Chrome, chrome, is_english
from papergen.values.facts import Argument, Fact, FactError, Unread, UnreadError
from papergen.values.formats import FORMATS, NUMBER_FORMATS, FactValue, formatted, print_fact
from papergen.values.periods import Month, Period
from papergen.values.quantities import Kind, Quantity
from papergen.values.states import NOT_FINAL, NumberState

MOST_DECIMALS = 4


def evaluate(
    expression: str, *, at: Span, facts: Fact, diagnostics: Diagnostics, language: str = ENGLISH
) -> Value | None:
    """The printed value of ``expression``, in which the parts of ``facts`` are named, or None with a diagnostic.

    Days and lists are printed in the ``language`` of the words around them.
    """
    words = chrome(language)
    try:
        if len(expression) > MOST_CHARACTERS:
            raise unclear(expression)
        tree = parsed(expression)
        refuse_format_of_last(tree, expression)
        fact, text = _followed(tree, facts, words)
        if text is None:
            if fact.lacks:
                raise FactError(fact.lacks, f"Write {expression.strip()}.number in its place.")
            if fact.value is None:
                raise FactError(
                    f"“{expression.strip()}” holds several facts and prints none.",
                    f"Name one of them: {', '.join(sorted(fact.parts))}.",
                    codes.VALUE_UNKNOWN,
                )
            text = print_fact(fact.value, words)
        if not text:
            if not fact.is_whole:
                raise UnreadError(expression.strip())
            raise FactError(
                f"“{expression.strip()}” has not been given for this meeting.",
                f"Add it to {fact.at.file or 'the settings'}, or leave it out here.",
                codes.VALUE_UNKNOWN,
            )
        if not is_english(language):
            _refuse_english(text, fact)
    except UnreadError as problem:
        if not diagnostics.has_errors:  # the cause should have been told; nothing may be lost without a word
            diagnostics.add(problem.code, at, problem.message, problem.hint)
        return None
    except FactError as problem:
        if not diagnostics.tells(codes.DATA_FILTER, problem.message):
            diagnostics.add(problem.code, at, problem.message, problem.hint)
        return None
    number = fact.value if isinstance(fact.value, Quantity) else None
    origin = number.origin if number else fact.origin
    said = {NumberState.PROVISIONAL: words.provisional, NumberState.ESTIMATED: words.estimated}
    unsure = tuple(said[state] for state in NOT_FINAL if number is not None and state in origin.states)
    return Value(
        text=f"{text} ({words.listed(unsure)})" if unsure else text,
        expression=expression.strip(),
        how=names_in(tree),
        quantity=number.printed(asked_decimals(tree)) if number else None,
        at=at,
        sources=origin.rows or (fact.at,),
        measures=origin.measures,
        periods=origin.periods or _days_of(fact.value),
    )


def _refuse_english(text: str, fact: Fact) -> None:
    """Raise for words of papergen's own that go with a number, which there are in English only."""
    is_worked_out = isinstance(fact.value, Quantity) or (isinstance(fact.value, str) and fact.origin.measures)
    if is_worked_out and re.search(r"[A-Za-z]{2}", text):
        number = "print the number by itself with “| number”, and " if isinstance(fact.value, Quantity) else ""
        message = f"“{text}” would be English, in a text of another language."
        raise FactError(message, f"Here {number}write the words yourself.", codes.VALUE_FILTER)


def _days_of(value: FactValue | None) -> tuple[Period, ...]:
    """The period that a date, a month or a period is."""
    match value:
        case date():
            return (Period(value, value),)
        case Month():
            return (Period(value.first_day, value.last_day),)
        case Period():
            return (value,)
        case _:
            return ()


def _followed(tree: nodes.Expr, facts: Fact, words: Chrome) -> tuple[Fact, str | None]:
    try:
        return _follow(tree, facts, words)
    except RecursionError:
        raise FactError("What stands between {{ and }} is too long.", EXAMPLES, codes.VALUE_SYNTAX) from None


def _follow(node: nodes.Expr, facts: Fact, words: Chrome) -> tuple[Fact, str | None]:
    """The fact that ``node`` names, and the words a format made of it."""
    match node:
        case nodes.Name(name=name):
            fact = _part(facts, name, name)
            if not fact.is_whole:
                raise UnreadError(name)
            return fact, None
        case nodes.Getattr(node=holder, attr=name) | nodes.Getitem(node=holder, arg=nodes.Const(value=str(name))):
            return _part(_unformatted(holder, facts), name, dotted(node)), None
        case nodes.Getitem(node=holder, arg=nodes.Const(value=int(number))):
            return _part(_unformatted(holder, facts), str(number), dotted(node)), None
        case nodes.Call(node=nodes.Getattr(node=holder, attr=name) as called, dyn_args=None, dyn_kwargs=None):
            return _called(_unformatted(holder, facts), name, called, node, facts), None
        case nodes.Add(left=left, right=right):
            return _calculated("+", left, right, facts), None
        case nodes.Sub(left=left, right=right):
            return _calculated("-", left, right, facts), None
        case nodes.Div(left=left, right=right):
            return _calculated("/", left, right, facts), None
        case nodes.Filter(node=nodes.Expr() as inner, name=name, kwargs=[], dyn_args=None, dyn_kwargs=None):
            return _formatted(inner, name, node.args, facts, words)
        case nodes.Const(value=value) if value is not None:
            is_name = isinstance(value, str) and PLAIN.fullmatch(value)
            hint = f"{UNQUOTED}: {{{{ {value} }}}}." if is_name else f"Write {value} without the braces."
            raise FactError("Only names and formats may stand between {{ and }}.", hint, codes.VALUE_SYNTAX)
        case _:
            raise FactError("Only names and formats may stand between {{ and }}.", EXAMPLES, codes.VALUE_SYNTAX)


def _formatted(
    inner: nodes.Expr, name: str, arguments: list[nodes.Expr], facts: Fact, words: Chrome
) -> tuple[Fact, str]:
    fact, before = _follow(inner, facts, words)
    value: FactValue | None = fact.value if before is None else before
    if name not in FORMATS:
        known = [each for each in FORMATS if fact.value is None or formatted(each, fact.value)]
        hint = did_you_mean(name, known, f"The formats that fit are: {', '.join(known)}." if known else "Leave it out.")
        raise FactError(f"“{name}” is not a format that papergen knows.", hint, codes.VALUE_FILTER)
    decimals = _decimals(name, arguments)
    if fact.lacks:
        number = fact.parts["number"].value
        given = f"({decimals})" if arguments else ""
        fits = number is not None and formatted(name, number, decimals)
        raise FactError(fact.lacks, f"Write {dotted(inner)}.number{f' | {name}{given}' if fits else ''} in its place.")
    text = formatted(name, value, decimals, words) if value is not None else None
    if text is None:
        fitting = [each for each in FORMATS if value is not None and formatted(each, value)]
        hint = f"These fit: {', '.join(fitting)}." if fitting else "Leave the format out."
        raise FactError(f"The format “{name}” does not fit “{dotted(inner)}”.", hint, codes.VALUE_FILTER)
    return fact, text


def _decimals(name: str, arguments: list[nodes.Expr]) -> int | None:
    match arguments:
        case []:
            return None
        case [nodes.Const(value=int(decimals))] if name in NUMBER_FORMATS and 0 <= decimals <= MOST_DECIMALS:
            return decimals
        case _:
            hint = (
                f"Write the number of decimals, 0 to {MOST_DECIMALS}: {name}(1)."
                if name in NUMBER_FORMATS
                else f"Write “{name}” alone."
            )
            raise FactError(f"What stands in the brackets after “{name}” does not fit.", hint, codes.VALUE_FILTER)


def _called(holder: Fact, name: str, called: nodes.Getattr, node: nodes.Call, facts: Fact) -> Fact:
    call = holder.calls.get(name)
    if call is None:
        if name in holder.parts:
            raise FactError(f"“{dotted(called)}” takes no brackets.", "Delete them.", codes.VALUE_SYNTAX)
        known = ", ".join(f"{each}(…)" for each in holder.calls)
        otherwise = f"These take brackets there: {known}." if known else "Nothing there takes brackets."
        raise FactError(
            f"“{dotted(called)}(…)” is not known.", did_you_mean(name, holder.calls, otherwise), codes.VALUE_UNKNOWN
        )
    return call(
        tuple(_argument(each, facts) for each in node.args),
        {each.key: _argument(each.value, facts) for each in node.kwargs},
    )


def _argument(node: nodes.Expr, facts: Fact) -> Argument:
    match node:
        case nodes.Const(value=bool() | None):
            pass
        case nodes.Const(value=str(value)) | nodes.Const(value=int(value)):
            return value
        case nodes.List(items=items) | nodes.Tuple(items=items):
            words = tuple(item.value for item in items if isinstance(item, nodes.Const) and isinstance(item.value, str))
            if len(words) == len(items):
                return words
        case nodes.Name(name=name) if facts.lookup(name) is None:
            raise FactError(
                f"“{name}” in the brackets is not a name that papergen knows.",
                did_you_mean(name, facts.parts, f'Put words between straight marks: "{name}".'),
                codes.VALUE_UNKNOWN,
            )
        case nodes.Name() | nodes.Getattr() | nodes.Getitem() | nodes.Call():
            return _unformatted(node, facts)
        case _:
            pass
    raise FactError(
        "What stands in the brackets cannot be understood.",
        'Put each part between straight marks, such as month("2015-11") or by(strand="racial").',
        codes.VALUE_SYNTAX,
    )


def _calculated(sign: str, left: nodes.Expr, right: nodes.Expr, facts: Fact) -> Fact:
    """A sum, a difference (which is a change) or one number as a percentage of another."""
    first, second = _number(left, facts), _number(right, facts)
    origin = first.origin + second.origin
    if sign == "/":
        if not second.value:
            raise FactError(f"“{dotted(right)}” is zero, and nothing can be a share of it.", "Say so in words.")
        if first.kind is not second.kind:
            raise _different(left, first, right, second)
        share = first.value / second.value * 100
        return Fact(Quantity(value=share, kind=Kind.PERCENTAGE, origin=origin))
    if first.kind is not second.kind:
        raise _different(left, first, right, second)
    decimals = max(first.decimals, second.decimals)
    if sign == "+":
        total = first.value + second.value
        return Fact(Quantity(value=total, kind=first.kind, decimals=decimals, origin=origin))
    kind = Kind.POINTS if first.kind is Kind.PERCENTAGE else first.kind
    difference = first.value - second.value
    return Fact(Quantity(value=difference, kind=kind, decimals=decimals, origin=origin, is_change=True))


def _number(node: nodes.Expr, facts: Fact) -> Quantity:
    if isinstance(node, nodes.Const):
        hint = "Put it into content/data/facts.csv and write its name here, or work it out and write what comes of it."
        raise FactError(f"“{node.value}” is typed, and only values are calculated with.", hint, codes.VALUE_SYNTAX)
    value = _unformatted(node, facts).value
    if not isinstance(value, Quantity):
        raise FactError(f"“{dotted(node)}” is not a number.", "Only numbers can be added, taken away or divided.")
    return value


def _different(left: nodes.Expr, first: Quantity, right: nodes.Expr, second: Quantity) -> FactError:
    return FactError(
        f"“{dotted(left)}” and “{dotted(right)}” are not of one kind ({first.kind.value}, {second.kind.value}).",
        "Take two counts, two percentages or two amounts.",
    )


def _unformatted(node: nodes.Expr, facts: Fact) -> Fact:
    fact, text = _follow(node, facts, chrome())
    if text is not None:
        raise FactError("A format can only stand last.", "Leave out the “|” and what follows it.", codes.VALUE_FILTER)
    return fact


def _part(holder: Fact, name: str, whole: str) -> Fact:
    match holder.lookup(name):
        case Fact() as found:
            return found
        case Unread():
            raise UnreadError(whole)
        case None:
            pass
    if name in holder.calls:
        raise FactError(f"“{whole}” must be told more.", f"Write brackets after it: {name}(…).", codes.VALUE_UNKNOWN)
    known = ", ".join([*holder.parts, *(f"{call}(…)" for call in holder.calls)])
    raise FactError(
        f"“{whole}” is not a name that papergen knows.",
        did_you_mean(
            name,
            [*holder.parts, *holder.calls],
            f"The names known there are: {known}." if known else "It has no parts.",
        ),
        codes.VALUE_UNKNOWN,
    )
