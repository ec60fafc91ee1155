"""Frozen dataclasses that are quickly declared and made.

The standard library writes six functions for each and has each compiled, and sets each field of a new object by name:
with its own ``papergen check`` takes a fifteenth more of the processor's time.  Here ``__init__`` alone is written, and
sets slots directly; all else is shared, or the library's own, among it fields, slots, ``replace`` and ``match``.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

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
    every, compared = _values(fields), _values(field for field in fields if field.compare)

    def equal(self: object, other: object) -> bool:
        return bool(compared(self) == compared(other)) if other.__class__ is self.__class__ else NotImplemented

    def packed(self: object) -> object:
        return every(self)

    def unpack(self: object, values: Sequence[object]) -> None:
        for field, value in zip(fields, values, strict=True):
            object.__setattr__(self, field.name, value)

    given: dict[str, object] = {"__init__": _init(made, fields), "__eq__": equal, "__repr__": _written}
    given |= {"__hash__": lambda self: hash(compared(self)), "__setattr__": _refuse, "__delattr__": _refuse}
    if slots:  # without a dictionary it is packed for another process by its values
        given |= {"__getstate__": packed, "__setstate__": unpack}
    for name, function in given.items():
        if name not in vars(cls) or (name == "__hash__" and "__eq__" in vars(cls)):
            setattr(made, name, function)
    return made


def _written(self: Any) -> str:  # noqa: ANN401 - a record of whatever class
    shown = (field.name for field in dataclasses.fields(self) if field.repr)
    return f"{self.__class__.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"


def _refuse(self: object, name: str, value: object = None) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot change field {name!r} of {self!r} to {value!r}")


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
        name, value, default = each.name, each.name, ""
        if each.default_factory is not dataclasses.MISSING:
            known[f"_make_{name}"], default = each.default_factory, "=_Default"
            value = f"_make_{name}() if {name} is _Default else {name}" if each.init else f"_make_{name}()"
        elif each.default is not dataclasses.MISSING:
            known[f"_given_{name}"], default = each.default, f"=_given_{name}"
            value = name if each.init else f"_given_{name}"
        if each.init:
            taken[bool(each.kw_only)].append(name + default)
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
