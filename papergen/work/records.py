"""Frozen dataclasses that are quickly declared, made and sent to another process.

The standard library writes six functions for each and has each compiled, and sets each field of a new object by name:
a fifth of the time of ``papergen check``.  Here ``__init__`` alone is written, and sets slots directly; all else is
shared, or the library's own, among it fields, slots, ``replace`` and ``match``.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any, TypeAlias

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass

    Fields: TypeAlias = tuple[dataclasses.Field[Any], ...]
else:

    def dataclass(cls: type | None = None, /, *, frozen: bool = False, order: bool = False, **more: bool) -> object:
        """As the standard library has it; one that is frozen and has no order but equality is made here."""
        if not frozen or order or "eq" in more:
            return dataclasses.dataclass(cls, frozen=frozen, order=order, **more)
        return (lambda cls: _frozen(cls, **more)) if cls is None else _frozen(cls, **more)


def _frozen(cls: type[Any], *, slots: bool = False, kw_only: bool = False) -> type[Any]:
    made: type[Any] = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)(cls)
    fields = dataclasses.fields(made)
    given = {"__init__": _init(made, fields), **_comparing(fields), **_refusing(made, fields)}
    if slots:
        given |= _travelling(made, fields)
    for name, function in given.items():
        if name not in vars(cls) or (name == "__hash__" and "__eq__" in vars(cls)):
            setattr(made, name, function)
    return made


Methods: TypeAlias = dict[str, Callable[..., Any]]


def _comparing(fields: Fields) -> Methods:
    compared = _values(field for field in fields if field.compare)
    shown = [field.name for field in fields if field.repr]

    def equal(self: object, other: object) -> bool:
        return bool(compared(self) == compared(other)) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: object) -> int:
        return hash(compared(self))

    def written(self: object) -> str:
        return f"{self.__class__.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    return {"__eq__": equal, "__hash__": hashed, "__repr__": written}


def _refusing(made: type[Any], fields: Fields) -> Methods:
    names = frozenset(field.name for field in fields)

    def set_one(self: object, name: str, value: object) -> None:
        if type(self) is made or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
        object.__setattr__(self, name, value)

    def delete_one(self: object, name: str) -> None:
        if type(self) is made or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
        object.__delattr__(self, name)

    return {"__setattr__": set_one, "__delattr__": delete_one}


def _travelling(made: type[Any], fields: Fields) -> Methods:
    """How an object without a dictionary is packed for another process."""
    every, setters = _values(fields), [getattr(made, field.name).__set__ for field in fields]

    def packed(self: object) -> object:
        return every(self)

    def unpack(self: object, values: Sequence[object]) -> None:
        for put, value in zip(setters, values, strict=True):
            put(self, value)

    return {"__getstate__": packed, "__setstate__": unpack}


def _values(fields: Iterable[dataclasses.Field[Any]]) -> Callable[[object], object]:
    """What gives the values of some fields of an object."""
    names = [field.name for field in fields]
    return attrgetter(*names) if len(names) > 1 else lambda self: tuple(getattr(self, name) for name in names)


def _init(made: type[Any], fields: Fields) -> Callable[..., None]:
    """The function that sets the fields of a new object: those of slots as directly as can be."""
    known: dict[str, object] = {"_Default": object(), "_set": object.__setattr__}
    taken: dict[bool, list[str]] = {False: ["self"], True: []}
    lines: list[str] = []
    for each in fields:
        name, value = each.name, each.name
        if each.default_factory is not dataclasses.MISSING:
            known[f"_make_{name}"] = each.default_factory
            value = f"_make_{name}() if {name} is _Default else {name}" if each.init else f"_make_{name}()"
        elif each.default is not dataclasses.MISSING:
            known[f"_given_{name}"] = each.default
            value = name if each.init else f"_given_{name}"
        if each.init:
            has_own = f"_given_{name}" in known
            default = "=_Default" if f"_make_{name}" in known else f"=_given_{name}" if has_own else ""
            taken[bool(each.kw_only)].append(f"{name}{default}")
        slot = getattr(made, name, None)
        if isinstance(slot, MemberDescriptorType):
            known[f"_set_{name}"] = slot.__set__
        lines.append(f"_set_{name}(self, {value})" if f"_set_{name}" in known else f"_set(self, {name!r}, {value})")
    if hasattr(made, "__post_init__"):
        lines.append("self.__post_init__()")
    arguments = ", ".join([*taken[False], *(["*", *taken[True]] if taken[True] else [])])
    body = "\n  ".join(lines or ["pass"])
    written: dict[str, Any] = {}
    text = f"def make({', '.join(known)}):\n def __init__({arguments}):\n  {body}\n return __init__"
    exec(text, vars(sys.modules[made.__module__]), written)  # noqa: S102 - as the standard library does
    init: Callable[..., None] = written["make"](**known)
    init.__qualname__ = f"{made.__qualname__}.__init__"
    init.__annotations__ = {each.name: each.type for each in fields if each.init}
    return init
