"""Every rule, in the order of its code: a module under ``rules`` has only to be there."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from types import ModuleType

from papergen.check import rules
from papergen.check.rule import Rule


def rules_of(package: ModuleType) -> tuple[Rule, ...]:
    """The rules that the modules of a package declare, in the order of their codes; ValueError where two share one."""
    found: dict[str, Rule] = {}
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        for each in vars(import_module(module.name)).values():
            if isinstance(each, Rule) and found.setdefault(each.code.id, each) is not each:
                raise ValueError(f"two rules have the code {each.code.id}")
    return tuple(found[code] for code in sorted(found))


RULES = rules_of(rules)
