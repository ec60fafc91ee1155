"""What stands between ``{{`` and ``}}`` as a tree, its names, and what may have been meant where it is none.

It is parsed by Jinja2, so that it looks the same as in a template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError, nodes

from papergen import codes
from papergen.values.facts import FactError

MOST_CHARACTERS = 500

_PARSER = Environment(autoescape=True)
PLAIN = re.compile(
    r"\s*(?P<name>(?P<first>[a-z_][a-z0-9_]*)(?:\.[a-z_][a-z0-9_]*)*)\s*(?:\|\s*(?P<format>[a-z_]+)\s*)?"
)
_WORDS_OF_JINJA = frozenset({"true", "false", "none", "not", "and", "or", "if", "else", "in", "is"})
_CURLY = str.maketrans("“”„‟«»", '""""""')
_UNMARKED = re.compile(
    r"(?P<before>\.(?:area|month|quarter_of|year|during)\(\s*)(?P<words>[^\"'()|{}]+?)(?P<after>\s*\))"
)
_QUOTED_NAME = re.compile(r"\s*[“‘](?P<name>[a-z_][\w.]*)[”’]\s*")
UNQUOTED = "Write the name without quotation marks"
_UNCLOSED = re.compile(r"(?P<mark>['\"])(?P<words>[^'\"()]*)\)(?=[^'\"]*$)")
_TWO_NAMES = re.compile(r"(?<=[a-z_]) +(?=[a-z_.]+\s*(?:\||$))")
EXAMPLES = "Write a name, such as {{ meeting.date }}, or a name and a format, such as {{ meeting.date | month }}."


@lru_cache(maxsize=4096)
def parsed(expression: str) -> nodes.Expr:
    """The tree of an expression; raises ``FactError`` for what is none."""
    if not expression.strip():
        raise unclear(expression)
    plain = PLAIN.fullmatch(expression)
    if plain is not None and plain["first"] not in _WORDS_OF_JINJA:
        return _plain(plain)
    try:
        tree = _PARSER.parse(f"{{{{ {expression} }}}}")
    except (TemplateSyntaxError, RecursionError, ValueError):
        raise unclear(expression) from None
    match tree.body:
        case [nodes.Output(nodes=[nodes.Expr() as found])] if not isinstance(found, nodes.TemplateData):
            return found
        case _:
            raise unclear(expression)


def _plain(found: re.Match[str]) -> nodes.Expr:
    """What Jinja makes of a dotted name with a format or without, which most expressions are."""
    first, *parts = found["name"].split(".")
    tree: nodes.Expr = nodes.Name(first, "load")
    for part in parts:
        tree = nodes.Getattr(tree, part, "load")
    return nodes.Filter(tree, found["format"], [], [], None, None) if found["format"] else tree


def _mended(expression: str) -> Iterator[tuple[str, str]]:
    """What may have been meant by ``expression``, each with the act that makes it of it."""
    if quoted := _QUOTED_NAME.fullmatch(expression):
        yield UNQUOTED, quoted["name"]
    yield (
        "Write straight quotation marks",
        _UNMARKED.sub(r'\g<before>"\g<words>"\g<after>', expression.translate(_CURLY)),
    )
    yield "Write two braces on each side", expression.strip(" {}")
    yield "Close the quotation mark", _UNCLOSED.sub(r"\g<mark>\g<words>\g<mark>)", expression)
    yield "Put a dot between the names", _TWO_NAMES.sub(".", expression, count=1)


def unclear(expression: str) -> FactError:
    """What is told of an expression that cannot be read, with its text where something mends it."""
    hint = EXAMPLES
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


def refuse_format_of_last(tree: nodes.Expr, expression: str) -> None:
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


def names_in(node: nodes.Expr) -> tuple[str, ...]:
    """The names, signs of arithmetic and formats in a tree, in the order they are followed."""
    match node:
        case nodes.Name(name=name):
            return (name,)
        case nodes.Getattr(node=holder, attr=name) | nodes.Filter(node=nodes.Expr() as holder, name=name):
            return (*names_in(holder), name)
        case nodes.Getitem(node=holder, arg=nodes.Const(value=value)):
            return (*names_in(holder), str(value))
        case nodes.Call(node=called):
            return names_in(called)
        case nodes.BinExpr(left=left, right=right, operator=sign):
            return (*names_in(left), sign, *names_in(right))
        case _:
            return ()


def asked_decimals(node: nodes.Expr) -> int | None:
    """The decimals that a format in ``node`` asks for."""
    match node:
        case nodes.Filter(args=[nodes.Const(value=int(decimals))]):
            return decimals
        case nodes.Filter(node=nodes.Expr() as inner):
            return asked_decimals(inner)
        case _:
            return None


def dotted(node: nodes.Node) -> str:
    """The names of a tree as they are written: ``"robbery.month(…)"``."""
    match node:
        case nodes.Name(name=name):
            return name
        case nodes.Getattr(node=holder, attr=name):
            return f"{dotted(holder)}.{name}"
        case nodes.Getitem(node=holder, arg=nodes.Const(value=value)):
            return f"{dotted(holder)}.{value}"
        case nodes.Call(node=called):
            return f"{dotted(called)}(…)"
        case nodes.Filter(node=nodes.Expr() as inner):
            return dotted(inner)
        case _:
            return "this"
