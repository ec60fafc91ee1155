"""What is kept from one run to the next: in the user's own cache folder, never in a workspace that is mailed round."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from papergen.files import TooLargeError, read_file

MOST_BYTES = 500_000_000
"""How much is kept; what was used longest ago goes first."""
MOST_ENTRY = 100_000_000
_ROUND = 64
"""Of the entries that are written, one in so many looks whether there is too much."""


def cache_folder() -> Path:
    """The user's folder for what programs keep (the XDG base directory specification)."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if os.path.isabs(base) else Path.home() / ".cache") / "papergen"  # noqa: PTH117


@dataclass(frozen=True, slots=True)
class Store:
    """Results by key in ``folder``; with None nothing is kept.

    An entry carries a digest of its key and its bytes, so that one that was cut short, changed or moved is as good as
    none.  A store that cannot be read or written is only slower.  ``told`` counts what was looked for, and whether it
    was there.
    """

    folder: Path | None
    told: Counter[tuple[str, bool]] = field(default_factory=Counter, compare=False, repr=False)

    def account(self, what: str, *, kept: bool) -> None:
        """Note what was kept, or had to be made."""
        self.told[what, kept] += 1

    def get(self, key: str) -> bytes | None:
        """What was kept under a key, or None."""
        if self.folder is None:
            return None
        path = self._path(key)
        try:
            entry = read_file(path, most=MOST_ENTRY, follow=False)
        except (OSError, TooLargeError):
            return None
        digest, data = entry[:32], entry[32:]
        if digest != _digest(key, data):
            return None
        with suppress(OSError):
            os.utime(path)
        return data

    def put(self, key: str, data: bytes) -> bytes:
        """Keep the bytes under a key, and give them back."""
        if self.folder is not None and len(data) < MOST_ENTRY - 32:
            with suppress(OSError):
                self._write(self._path(key), _digest(key, data) + data)
        return data

    def once(self, key: str, make: Callable[[], bytes]) -> bytes:
        """What is kept under a key, or else what ``make`` gives, which is kept from then on."""
        kept = self.get(key)
        return self.put(key, make()) if kept is None else kept

    def _path(self, key: str) -> Path:
        name = hashlib.sha256(key.encode()).hexdigest()
        return (self.folder or Path()) / name[:2] / name[2:]

    def _write(self, path: Path, entry: bytes) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            beside.write_bytes(entry)
            beside.replace(path)
        finally:
            with suppress(OSError):
                beside.unlink()
        if entry[0] % _ROUND == 0:
            self.prune()

    def prune(self, most: int = MOST_BYTES) -> None:
        """Delete what was used longest ago, until no more than ``most`` bytes are kept."""
        if self.folder is None:
            return
        found = []
        for path in self.folder.glob("??/*"):
            with suppress(OSError):
                of = path.lstat()
                found.append((of.st_mtime, of.st_size, path))
        too_much = sum(size for _, size, _ in found) - most
        for _, size, path in sorted(found):
            if too_much <= 0:
                return
            with suppress(OSError):
                path.unlink()
            too_much -= size


def _digest(key: str, data: bytes) -> bytes:
    return hashlib.sha256(key.encode() + b"\0" + data).digest()
