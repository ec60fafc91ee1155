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
