"""papergen's own code as a part of every key: another papergen may make something else of the same input."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path


@cache
def own_code() -> str:
    """One hash of all that papergen is made of, which changes where the version may not: in a checkout."""
    package = Path(__file__).resolve().parent.parent
    own = hashlib.sha256()
    for file in sorted(package.rglob("*"), key=lambda each: each.relative_to(package).as_posix()):
        name = file.relative_to(package).as_posix()
        if not file.is_file() or "__pycache__" in name or name.startswith("templates/") or "/." in f"/{name}":
            continue
        own.update(f"{name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return own.hexdigest()
