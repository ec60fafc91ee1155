"""The code of the package, each module parsed once."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import papergen

PACKAGE = Path(papergen.__file__).parent
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "starter" not in path.parts)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path: Path) -> frozenset[str]:
    """The modules of papergen that a module imports when it runs or is type-checked, a name of one perhaps after it."""
    dotted: set[str] = set()
    for node in ast.walk(tree_of(path)):
        match node:
            case ast.ImportFrom(module=str(module), names=names):
                dotted |= {module, *(f"{module}.{each.name}" for each in names)}
            case ast.Import(names=names):
                dotted |= {each.name for each in names}
    return frozenset(name for name in dotted if name.startswith("papergen."))
