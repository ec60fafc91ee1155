"""Every rule, in the order of its code: a module under ``rules`` has only to be there."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from importlib import import_module
from types import ModuleType

from papergen.check import rules
from papergen.check.kinds import pattern_rules
from papergen.check.rule import Rule


def rules_of(package: ModuleType, more: Iterable[Rule] = ()) -> tuple[Rule, ...]:
    """The rules that the modules of a package declare, and some more, in the order of their codes.

    ValueError where two share a code.
    """
    modules = [import_module(each.name) for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
    declared = (each for module in modules for each in vars(module).values() if isinstance(each, Rule))
    found: dict[str, Rule] = {}
    for each in (*more, *declared):
        if found.setdefault(each.code.id, each) is not each:
            raise ValueError(f"two rules have the code {each.code.id}")
    return tuple(found[code] for code in sorted(found))


RULES = rules_of(rules, pattern_rules())
