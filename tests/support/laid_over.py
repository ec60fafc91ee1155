"""A workspace on disk with files laid over it that stand on no disk."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from papergen.diagnostics import Diagnostics, Span
from papergen.world import MOST_BYTES, World


class LaidOver(World):
    """The workspace at ``root`` with other files of these paths; one of None is not there."""

    def __init__(self, root: Path, files: Mapping[str, str | bytes | None], diagnostics: Diagnostics) -> None:
        super().__init__(root, diagnostics)
        self._files = files

    def is_file(self, path: str) -> bool:
        return self._files[path] is not None if path in self._files else super().is_file(path)

    def is_folder(self, path: str) -> bool:
        return any(
            file.startswith(f"{path}/") and data is not None for file, data in self._files.items()
        ) or super().is_folder(path)

    def names(self, path: str, *, before: str = "") -> list[str]:
        names = set(super().names(path, before=before) if super().is_folder(path) else ())
        for file, data in self._files.items():
            name, _, below = file.removeprefix(f"{path}/").partition("/")
            if not file.startswith(f"{path}/"):
                continue
            if data is not None:
                names.add(name)
            elif not below:
                names.discard(name)
        return sorted(names)

    def read_bytes(self, path: str, *, at: Span | None = None, most: int = MOST_BYTES) -> bytes | None:
        data = self._files.get(path)
        if data is None:
            return super().read_bytes(path, at=at, most=most)
        return data if isinstance(data, bytes) else data.encode()
