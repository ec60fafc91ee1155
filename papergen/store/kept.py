"""What is kept from one run to the next: in the user's own cache folder, never in a workspace that is mailed round."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from papergen.files import Folder, TooLargeError

MOST_BYTES = 500_000_000
"""How much is kept; what was used longest ago goes first."""
MOST_ENTRY = 100_000_000
_ROUND = 64
"""Of the entries that are written, one in so many looks whether there is too much."""
_ENTRY = re.compile(r"[\da-f]{2}/\.?[\da-f]{62}(\.new)?")
"""How an entry is named, and what a killed process leaves of one: anything else in the folder is somebody's."""


def cache_folder() -> Path:
    """The user's folder for what programs keep (the XDG base directory specification)."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if os.path.isabs(base) else Path.home() / ".cache") / "papergen"  # noqa: PTH117


@dataclass(frozen=True, slots=True)
class Store:
    """Results by key in ``folder``; with None nothing is kept.

    An entry carries a digest of its key and its bytes, so that one that was cut short, changed or moved is as good as
    none; so is what stands behind a link, or in a folder where other people may write.  A store that cannot be read or
    written is only slower, and so is what has more than ``most_entry`` bytes.  ``told`` counts what was looked for, and
    whether it was there.
    """

    folder: Path | None
    most_entry: int = MOST_ENTRY
    told: Counter[tuple[str, bool]] = field(default_factory=Counter, compare=False, repr=False)

    def account(self, what: str, *, kept: bool) -> None:
        """Note what was kept, or had to be made."""
        self.told[what, kept] += 1

    def get(self, key: str) -> bytes | None:
        """What was kept under a key, or None."""
        if self.folder is None:
            return None
        try:
            entry = self._own(self.folder).read(_name(key), most=self.most_entry)
        except (OSError, TooLargeError):
            return None
        digest, data = entry[:32], entry[32:]
        if digest != _digest(key, data):
            return None
        with suppress(OSError):
            os.utime(self.folder / _name(key), follow_symlinks=False)
        return data

    def put(self, key: str, data: bytes) -> bytes:
        """Keep the bytes under a key, and give them back."""
        if self.folder is not None and len(data) < self.most_entry - 32:
            with suppress(OSError):
                self._write(self.folder, _name(key), _digest(key, data) + data)
        return data

    def _own(self, folder: Path) -> Folder:
        """The folder, which may itself be a link; raises ``OSError`` where somebody else may write in it."""
        found = folder.stat()
        if found.st_uid != os.geteuid() or found.st_mode & stat.S_IWOTH:
            raise PermissionError(folder)
        return Folder(folder.resolve())

    def _write(self, folder: Path, name: str, entry: bytes) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._own(folder).write(name, entry, new=_create)
        if entry[0] % _ROUND == 0:
            self.prune()

    def prune(self, most: int = MOST_BYTES) -> None:
        """Delete what was used longest ago, until no more than ``most`` bytes are kept."""
        if self.folder is None:
            return
        found: list[tuple[float, int, str]] = []
        for path in self.folder.glob("??/*"):
            name = path.relative_to(self.folder).as_posix()
            with suppress(OSError):
                of = path.lstat()
                found += [(of.st_mtime, of.st_size, name)] if _ENTRY.fullmatch(name) else ()
        too_much = sum(size for _, size, _ in found) - most
        for _, size, name in sorted(found):
            if too_much <= 0:
                return
            with suppress(OSError):
                self._own(self.folder).remove(name)
            too_much -= size


def _create(path: Path, entry: bytes) -> None:
    with path.open("xb") as file:  # and not seen to the disk, for it can be made again
        file.write(entry)


def _name(key: str) -> str:
    name = hashlib.sha256(key.encode()).hexdigest()
    return f"{name[:2]}/{name[2:]}"


def _digest(key: str, data: bytes) -> bytes:
    return hashlib.sha256(key.encode() + b"\0" + data).digest()
