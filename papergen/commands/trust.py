"""Agreeing to the code of a workspace: its very text, remembered by its hash among the person's own settings."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from papergen.files import Folder, TooLargeError, read_file
from papergen.world import CODE_FILE, World

RECORD = "agreed-code"
FEWEST_DIGITS = 8
"""The digits of a hash that must be typed to agree to it."""

_MOST_BYTES = 1_000_000


def settings_folder() -> Path:
    """Where the person's own settings of papergen lie, by the XDG Base Directory Specification."""
    base = Path(os.environ.get("XDG_CONFIG_HOME") or "")
    return (base if base.is_absolute() else Path.home() / ".config") / "papergen"


@dataclass(frozen=True, slots=True)
class WorkspaceCode:
    """The code of a workspace: its text, the hash of it, and whether the person has agreed to it."""

    text: str
    sha256: str
    agreed: bool


def hash_of(text: str) -> str:
    """What a text is agreed to by: its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()


def workspace_code(world: World) -> WorkspaceCode | None:
    """The code of the workspace; None when it has none, or with a diagnostic when it cannot be read."""
    text = world.read_text(CODE_FILE) if world.is_file(CODE_FILE) else None
    return None if text is None else WorkspaceCode(text, hash_of(text), hash_of(text) in agreed())


def agreed() -> frozenset[str]:
    """The hashes of all code that the person has agreed to."""
    return frozenset(line.split()[0] for line in _lines())


def agree(world: World, code: WorkspaceCode) -> None:
    """Remember that the person has agreed to ``code``.  Raises ``OSError`` when that cannot be written down."""
    if code.sha256 not in agreed():
        where = "".join(letter if letter.isprintable() else "?" for letter in str(world.root / CODE_FILE))
        _write([*_lines(), f"{code.sha256}  {where}"])


def withdraw(code: WorkspaceCode) -> None:
    """Forget that the person has agreed to ``code``.  Raises ``OSError`` when that cannot be written down."""
    _write([line for line in _lines() if line.split()[0] != code.sha256])


def _lines() -> list[str]:
    try:
        text = read_file(settings_folder() / RECORD, most=_MOST_BYTES).decode(errors="replace")
    except (OSError, TooLargeError):
        return []
    return [line for line in text.split("\n") if line.strip()]


def _write(lines: list[str]) -> None:
    place = settings_folder()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    Folder(place.resolve()).write(RECORD, "".join(f"{line}\n" for line in lines).encode(errors="replace"))


@dataclass
class Consent:
    """Whether code may run: only what was agreed to, and ``tell`` tells of it before it runs for the first time."""

    tell: Callable[[str], None]
    _told: set[str] = field(default_factory=set)

    def __call__(self, file: str, text: str) -> bool:
        sha256 = hash_of(text)
        if sha256 not in agreed():
            return False
        if sha256 not in self._told:
            self._told.add(sha256)
            self.tell(f"The workspace's own code runs: {file}, to which you have agreed ({sha256[:12]}).")
        return True
