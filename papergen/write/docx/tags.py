"""The tags that a clerk writes into a template: ``{{ field }}``, ``{{p body }}``, ``{% if field %}`` … ``{% endif %}``.

Only these are understood.  A tag that could loop, call or reach another file is not one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from jinja2 import Environment, TemplateSyntaxError, nodes

from papergen.write.fields import FILTERS, beyond, does_more, names_in

BODY = "body"

# No tag is longer: to look for the end of each of very many through the whole text would take for ever.
TAG = re.compile(r"\{\{(.{0,1000}?)\}\}|\{%(.{0,1000}?)%\}|\{#.{0,1000}?#\}", re.DOTALL)
_LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_SCOPE = re.compile(r"(tr|tc|p|r)\s")
_SCOPED = re.compile(r"(\{\{|\{%)(?:p|r)(?=\s)")
_STRAIGHT = {ord("“"): '"', ord("”"): '"', ord("‘"): "'", ord("’"): "'"}
_PARSER = Environment(autoescape=True)


class TagKind(Enum):
    """What a tag does."""

    PRINT = "print"
    IF = "if"
    ELSE = "else"
    END = "endif"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as it is written, what it does and the names in it.

    ``scope`` is how much of the document goes with it: "p" its paragraph, "r" its run, nothing the tag alone.
    """

    written: str
    kind: TagKind
    scope: str = ""
    names: tuple[str, ...] = ()


class BrokenTagError(ValueError):
    """What is wrong with a tag, as a clause about it, and how to mend it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


_SHAPES = (
    "Print a field with {{ meeting.date }}; print something only when a field has words with"
    " {% if meeting.agenda_item %} … {% endif %}."
)


def tags_in(text: str) -> Iterator[Tag]:
    """The tags in the words of a paragraph, in order.  Raises ``BrokenTagError`` at the first that is broken."""
    rest = TAG.sub("\0", text)
    stray = _LEFT_OVER.search(rest)
    if stray is not None:
        near = rest[max(0, stray.start() - 20) : stray.end() + 20].replace("\0", "…").strip()
        raise BrokenTagError(
            f"“{near}” has a “{stray.group()}” without its partner",
            "Every {{ needs its }} and every {% its %}, in the same paragraph.",
        )
    for found in TAG.finditer(text):
        yield _tag(found.group(), found[1], found[2])


def plain_tag(written: str) -> str:
    """A tag as a layout has it: without its scope, with straight quotation marks."""
    return _SCOPED.sub(r"\1", written.translate(_STRAIGHT))


def _tag(written: str, printed: str | None, said: str | None) -> Tag:
    inner = printed if printed is not None else said
    if inner is None:
        return Tag(written, TagKind.COMMENT)
    inner = inner.translate(_STRAIGHT)
    if inner.startswith(("-", "+")) or inner.endswith(("-", "+")):
        raise BrokenTagError(f"“{written}” has a sign at its edge", "Leave the “-” or “+” out.")
    scope = _SCOPE.match(inner)
    if scope is not None and scope[1] in {"tr", "tc"}:
        raise BrokenTagError(f"“{written}” is about table rows or columns", _SHAPES)
    if scope is not None:
        inner = inner[scope.end() :]
    return Tag(written, *_understood(written, inner.strip(), scope[1] if scope else "", is_print=printed is not None))


def _understood(written: str, inner: str, scope: str, *, is_print: bool) -> tuple[TagKind, str, tuple[str, ...]]:
    if is_print:
        return TagKind.PRINT, scope, _names(written, inner)
    word, _, rest = inner.partition(" ")
    match word:
        case "if":
            return TagKind.IF, scope, _names(written, rest)
        case "elif":
            return TagKind.ELSE, scope, _names(written, rest)
        case "else" | "endif" if not rest:
            return (TagKind.ELSE if word == "else" else TagKind.END), scope, ()
        case _:
            raise BrokenTagError(f"“{written}” is not a tag that papergen knows", _SHAPES)


def _expression(written: str, words: str) -> nodes.Expr:
    try:
        tree = _PARSER.parse(f"{{{{ {words} }}}}")
    except (TemplateSyntaxError, RecursionError, ValueError):
        raise BrokenTagError(f"“{written}” cannot be understood", _SHAPES) from None
    match tree.body:
        case [nodes.Output(nodes=[nodes.Expr() as found])] if not isinstance(found, nodes.TemplateData):
            refused = next(beyond(found), None)
            if refused is None:
                return found
            # neither a field, a plain text, a question about them nor one of a few filters
            is_filter = isinstance(refused, nodes.Filter)
            hint = f"These can be written after “|”: {', '.join(FILTERS)}." if is_filter else _SHAPES
            raise BrokenTagError(does_more(refused, f"“{written}”"), hint)
        case _:
            raise BrokenTagError(f"“{written}” cannot be understood", _SHAPES)


def _names(written: str, words: str) -> tuple[str, ...]:
    return tuple(name for name, _ in names_in(_expression(written, words)))
