"""What stands between ``{{`` and ``}}``: a name, its parts and formats, found among the facts of the workspace.

The words are parsed by Jinja2 (so that they look the same as in a template) and followed here step by step over the few
kinds of expression that a fact needs.  Nothing is compiled or run: an expression cannot loop or reach Python, and calls
only what a fact offers by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError, nodes

from papergen import codes
from papergen.diagnostics import Diagnostics, Span, did_you_mean
from papergen.model.nodes import Value
from papergen.values.chrome import ENGLISH, Chrome, chrome, is_english
from papergen.values.facts import Argument, Fact, FactError, Unread, UnreadError
from papergen.values.formats import FORMATS, NUMBER_FORMATS, FactValue, formatted, print_fact
from papergen.values.periods import Month, Period
from papergen.values.quantities import Kind, Quantity
from papergen.values.states import NOT_FINAL, NumberState

MOST_CHARACTERS = 500
MOST_DECIMALS = 4


_PARSER = Environment(autoescape=True)
_PLAIN = re.compile(
    r"\s*(?P<name>(?P<first>[a-z_][a-z0-9_]*)(?:\.[a-z_][a-z0-9_]*)*)\s*(?:\|\s*(?P<format>[a-z_]+)\s*)?"
)
_WORDS_OF_JINJA = frozenset({"true", "false", "none", "not", "and", "or", "if", "else", "in", "is"})
_CURLY = str.maketrans("“”„‟«»", '""""""')
_UNMARKED = re.compile(
    r"(?P<before>\.(?:area|month|quarter_of|year|during)\(\s*)(?P<words>[^\"'()|{}]+?)(?P<after>\s*\))"
)
_QUOTED_NAME = re.compile(r"\s*[“‘](?P<name>[a-z_][\w.]*)[”’]\s*")
_UNQUOTED = "Write the name without quotation marks"
_UNCLOSED = re.compile(r"(?P<mark>['\"])(?P<words>[^'\"()]*)\)(?=[^'\"]*$)")
_TWO_NAMES = re.compile(r"(?<=[a-z_]) +(?=[a-z_.]+\s*(?:\||$))")
_EXAMPLES = "Write a name, such as {{ meeting.date }}, or a name and a format, such as {{ meeting.date | month }}."


def evaluate(
    expression: str, *, at: Span, facts: Fact, diagnostics: Diagnostics, language: str = ENGLISH
) -> Value | None:
    """The printed value of ``expression``, in which the parts of ``facts`` are named, or None with a diagnostic.

    Days and lists are printed in the ``language`` of the words around them.
    """
    words = chrome(language)
    try:
        if len(expression) > MOST_CHARACTERS:
            raise _unclear(expression)
        tree = _parse(expression)
        _refuse_format_of_last(tree, expression)
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
        diagnostics.add(problem.code, at, problem.message, problem.hint)
        return None
    number = fact.value if isinstance(fact.value, Quantity) else None
    origin = number.origin if number else fact.origin
    said = {NumberState.PROVISIONAL: words.provisional, NumberState.ESTIMATED: words.estimated}
    unsure = tuple(said[state] for state in NOT_FINAL if number is not None and state in origin.states)
    return Value(
        text=f"{text} ({words.listed(unsure)})" if unsure else text,
        expression=expression.strip(),
        how=_names(tree),
        quantity=number.printed(_asked_decimals(tree)) if number else None,
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


def names_followed(expression: str) -> tuple[str, ...]:
    """The names, signs of arithmetic and formats in ``expression``, in the order they are followed."""
    return _names(_parse(expression))


def _names(node: nodes.Expr) -> tuple[str, ...]:
    match node:
        case nodes.Name(name=name):
            return (name,)
        case nodes.Getattr(node=holder, attr=name) | nodes.Filter(node=nodes.Expr() as holder, name=name):
            return (*_names(holder), name)
        case nodes.Getitem(node=holder, arg=nodes.Const(value=value)):
            return (*_names(holder), str(value))
        case nodes.Call(node=called):
            return _names(called)
        case nodes.BinExpr(left=left, right=right, operator=sign):
            return (*_names(left), sign, *_names(right))
        case _:
            return ()


def _asked_decimals(node: nodes.Expr) -> int | None:
    """The decimals that a format in ``node`` asks for."""
    match node:
        case nodes.Filter(args=[nodes.Const(value=int(decimals))]):
            return decimals
        case nodes.Filter(node=nodes.Expr() as inner):
            return _asked_decimals(inner)
        case _:
            return None


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
        raise FactError("What stands between {{ and }} is too long.", _EXAMPLES, codes.VALUE_SYNTAX) from None


def _mended(expression: str) -> Iterator[tuple[str, str]]:
    """What may have been meant by ``expression``, each with the act that makes it of it."""
    if quoted := _QUOTED_NAME.fullmatch(expression):
        yield _UNQUOTED, quoted["name"]
    yield (
        "Write straight quotation marks",
        _UNMARKED.sub(r'\g<before>"\g<words>"\g<after>', expression.translate(_CURLY)),
    )
    yield "Write two braces on each side", expression.strip(" {}")
    yield "Close the quotation mark", _UNCLOSED.sub(r"\g<mark>\g<words>\g<mark>)", expression)
    yield "Put a dot between the names", _TWO_NAMES.sub(".", expression, count=1)


def _unclear(expression: str) -> FactError:
    """What is told of an expression that cannot be read, with its text where something mends it."""
    hint = _EXAMPLES
    for act, mended in _mended(expression) if len(expression) <= MOST_CHARACTERS else ():
        if mended.strip() not in ("", expression.strip()) and _is_clear(mended):
            hint = f"{act}: {{{{ {mended.strip()} }}}}."
            break
    return FactError(f"“{expression.strip()[:60]}” cannot be understood.", hint, codes.VALUE_SYNTAX)


def _is_clear(expression: str) -> bool:
    try:
        return isinstance(_PARSER.parse(f"{{{{ {expression} }}}}").body[0], nodes.Output)
    except (TemplateSyntaxError, RecursionError, ValueError):
        return False


@lru_cache(maxsize=4096)
def _parse(expression: str) -> nodes.Expr:
    if not expression.strip():
        raise _unclear(expression)
    plain = _PLAIN.fullmatch(expression)
    if plain is not None and plain["first"] not in _WORDS_OF_JINJA:
        return _plain(plain)
    try:
        tree = _PARSER.parse(f"{{{{ {expression} }}}}")
    except (TemplateSyntaxError, RecursionError, ValueError):
        raise _unclear(expression) from None
    match tree.body:
        case [nodes.Output(nodes=[nodes.Expr() as found])] if not isinstance(found, nodes.TemplateData):
            return found
        case _:
            raise _unclear(expression)


def _plain(found: re.Match[str]) -> nodes.Expr:
    """What Jinja makes of a dotted name with a format or without, which most expressions are."""
    first, *parts = found["name"].split(".")
    tree: nodes.Expr = nodes.Name(first, "load")
    for part in parts:
        tree = nodes.Getattr(tree, part, "load")
    return nodes.Filter(tree, found["format"], [], [], None, None) if found["format"] else tree


def _follow(node: nodes.Expr, facts: Fact, words: Chrome) -> tuple[Fact, str | None]:
    """The fact that ``node`` names, and the words a format made of it."""
    match node:
        case nodes.Name(name=name):
            fact = _part(facts, name, name)
            if not fact.is_whole:
                raise UnreadError(name)
            return fact, None
        case nodes.Getattr(node=holder, attr=name) | nodes.Getitem(node=holder, arg=nodes.Const(value=str(name))):
            return _part(_unformatted(holder, facts), name, _dotted(node)), None
        case nodes.Getitem(node=holder, arg=nodes.Const(value=int(number))):
            return _part(_unformatted(holder, facts), str(number), _dotted(node)), None
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
            is_name = isinstance(value, str) and _PLAIN.fullmatch(value)
            hint = f"{_UNQUOTED}: {{{{ {value} }}}}." if is_name else f"Write {value} without the braces."
            raise FactError("Only names and formats may stand between {{ and }}.", hint, codes.VALUE_SYNTAX)
        case _:
            raise FactError("Only names and formats may stand between {{ and }}.", _EXAMPLES, codes.VALUE_SYNTAX)


def _refuse_format_of_last(tree: nodes.Expr, expression: str) -> None:
    """Raise for a format that reads as that of the last number of a sum alone: “a - b | more”."""
    match tree:
        case nodes.BinExpr(right=nodes.Filter()):
            calculated, _, format_of_it = expression.strip().rpartition("|")
            mended = f"{{{{ ({calculated.strip()}) | {format_of_it.strip()} }}}}"
            what = "change" if isinstance(tree, nodes.Sub) else "calculation"
            raise FactError(
                f"“| {format_of_it.strip()}” would be the format of the last number alone.",
                f"Put the {what} in brackets: {mended}.",
                codes.VALUE_FILTER,
            )


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
        raise FactError(fact.lacks, f"Write {_dotted(inner)}.number{f' | {name}{given}' if fits else ''} in its place.")
    text = formatted(name, value, decimals, words) if value is not None else None
    if text is None:
        fitting = [each for each in FORMATS if value is not None and formatted(each, value)]
        hint = f"These fit: {', '.join(fitting)}." if fitting else "Leave the format out."
        raise FactError(f"The format “{name}” does not fit “{_dotted(inner)}”.", hint, codes.VALUE_FILTER)
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
            raise FactError(f"“{_dotted(called)}” takes no brackets.", "Delete them.", codes.VALUE_SYNTAX)
        known = ", ".join(f"{each}(…)" for each in holder.calls)
        otherwise = f"These take brackets there: {known}." if known else "Nothing there takes brackets."
        raise FactError(
            f"“{_dotted(called)}(…)” is not known.", did_you_mean(name, holder.calls, otherwise), codes.VALUE_UNKNOWN
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
            raise FactError(f"“{_dotted(right)}” is zero, and nothing can be a share of it.", "Say so in words.")
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
        raise FactError(f"“{_dotted(node)}” is not a number.", "Only numbers can be added, taken away or divided.")
    return value


def _different(left: nodes.Expr, first: Quantity, right: nodes.Expr, second: Quantity) -> FactError:
    return FactError(
        f"“{_dotted(left)}” and “{_dotted(right)}” are not of one kind ({first.kind.value}, {second.kind.value}).",
        "Take two counts, two percentages or two amounts.",
    )


def _unformatted(node: nodes.Expr, facts: Fact) -> Fact:
    fact, text = _follow(node, facts, chrome())
    if text is not None:
        raise FactError("A format can only stand last.", "Leave out the “|” and what follows it.", codes.VALUE_FILTER)
    return fact


def _part(holder: Fact, name: str, dotted: str) -> Fact:
    match holder.lookup(name):
        case Fact() as found:
            return found
        case Unread():
            raise UnreadError(dotted)
        case None:
            pass
    if name in holder.calls:
        raise FactError(f"“{dotted}” must be told more.", f"Write brackets after it: {name}(…).", codes.VALUE_UNKNOWN)
    known = ", ".join([*holder.parts, *(f"{call}(…)" for call in holder.calls)])
    raise FactError(
        f"“{dotted}” is not a name that papergen knows.",
        did_you_mean(
            name,
            [*holder.parts, *holder.calls],
            f"The names known there are: {known}." if known else "It has no parts.",
        ),
        codes.VALUE_UNKNOWN,
    )


def _dotted(node: nodes.Node) -> str:
    match node:
        case nodes.Name(name=name):
            return name
        case nodes.Getattr(node=holder, attr=name):
            return f"{_dotted(holder)}.{name}"
        case nodes.Getitem(node=holder, arg=nodes.Const(value=value)):
            return f"{_dotted(holder)}.{value}"
        case nodes.Call(node=called):
            return f"{_dotted(called)}(…)"
        case nodes.Filter(node=nodes.Expr() as inner):
            return _dotted(inner)
        case _:
            return "this"
