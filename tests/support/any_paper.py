"""Papers that nobody would write: a strategy that gives every node of the model, from the types of its fields alone."""

from __future__ import annotations

import dataclasses
import hashlib
import types
import typing
from dataclasses import replace
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any

from hypothesis import strategies as st

from papergen.model.nodes import Paper, Picture, Table, Text, Value
from tests.support.reflection import BESIDE_THE_TEXT

_WORDS = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=6)


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    data = draw(st.binary(max_size=4))
    return Picture(
        path=draw(_WORDS),
        media_type=draw(st.sampled_from(("image/png", "image/jpeg"))),
        pixel_width=draw(st.integers(1, 5000)),
        pixel_height=draw(st.integers(1, 5000)),
        sha256=hashlib.sha256(data).hexdigest(),
        data=data,
    )


@cache
def _hints(of: type) -> dict[str, Any]:
    return typing.get_type_hints(of)


@cache
def _of(hint: Any, depth: int) -> st.SearchStrategy[Any]:
    """What a field of this type may hold; ``depth`` is how many levels of nodes may still stand inside it."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple and arguments[1:] == (...,):
        if depth <= 0 and dataclasses.is_dataclass(_first(arguments[0])):
            return st.just(())
        return st.lists(_of(arguments[0], depth), max_size=2).map(tuple)
    if origin in (typing.Union, types.UnionType):
        return st.one_of([_of(each, depth) for each in arguments])
    if origin is dict:
        return st.dictionaries(_WORDS, _WORDS, max_size=2)
    if hint is Picture:
        return pictures()
    if dataclasses.is_dataclass(hint):
        made = node(typing.cast("type", hint), depth - 1)
        return made.map(_whole) if hint is Table else made
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    return _PLAIN[hint]


def _whole(table: Table) -> Table:
    """A table whose upper headings stand over all columns, and without words in a header that is not printed."""
    header = tuple(() for _ in table.header) if table.headless else table.header
    bands = tuple(replace(band, columns=len(header)) for band in table.bands[:1] if band.words and any(header))
    return replace(table, header=header, bands=bands)


def _first(hint: Any) -> Any:
    arguments = typing.get_args(hint)
    return _first(arguments[0]) if arguments else hint


_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: _WORDS,
    int: st.integers(0, 99),
    bool: st.booleans(),
    bytes: st.binary(max_size=4),
    date: st.dates(),
    Fraction: st.fractions(),
    type(None): st.none(),
}


@cache
def node(kind: Any, depth: int) -> st.SearchStrategy[Any]:
    """Any value of a dataclass of the model."""

    def fields() -> dict[str, st.SearchStrategy[Any]]:
        return {
            name: _beside(name) if name in BESIDE_THE_TEXT else _of(hint, depth) for name, hint in _hints(kind).items()
        }

    return st.deferred(lambda: st.builds(kind, **fields()))


def _beside(name: str) -> st.SearchStrategy[Any]:
    """Words beside the text: texts and values, or several of them."""
    words = st.lists(st.one_of(node(Text, 0), node(Value, 0)), max_size=2).map(tuple)
    return st.lists(words, max_size=2).map(tuple) if name == "signs" else words


@cache
def papers(depth: int = 4) -> st.SearchStrategy[Paper]:
    """Any paper, nested no deeper than so many nodes."""
    return node(Paper, depth)
