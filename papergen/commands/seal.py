"""Sealing: finished files are put in place all together, or not at all."""

from __future__ import annotations

import ctypes
import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_HERE = -100
"""``AT_FDCWD``: paths are as given."""
_EXCHANGE = 2
"""``RENAME_EXCHANGE`` of renameat2(2)."""


class OutputBusyError(Exception):
    """Another build is writing to the same output folder."""


@contextmanager
def output_lock(output: Path) -> Iterator[None]:
    """Hold ``output`` for one build.

    Raises ``OutputBusyError`` when another build holds it, ``OSError`` when the folder cannot be used.  The lock goes
    with the process, however that ends.
    """
    output.mkdir(parents=True, exist_ok=True)
    with (output / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OutputBusyError from None
        yield


def swap_in(folder: Path, files: Mapping[str, bytes], *, ours: frozenset[str], folders: frozenset[str]) -> None:
    """Make ``files`` the papers of ``folder``, in one step for whoever looks into it.

    What is there under the names in ``ours``, and the folders in ``folders``, is replaced or removed; anything else in
    the folder stays.  The new folder
    is made beside the old one; after a fault the old one is whole in its place, or ``recover`` puts it back.

    Raises ``OSError`` when something cannot be written.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    new, old = _beside(folder, "new"), _beside(folder, "old")
    recover(folder)
    try:
        new.mkdir()
        for name, data in files.items():
            (new / name).parent.mkdir(exist_ok=True)
            with (new / name).open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        for kept in folder.iterdir() if folder.is_dir() else ():
            if kept.name not in (folders if kept.is_dir() else ours | files.keys()):
                _copy(kept, new / kept.name)
        if folder.exists() and _exchange(new, folder):
            return
        try:
            if folder.exists():
                folder.rename(old)
            new.rename(folder)
        except BaseException:  # an interrupt too
            if old.exists() and not folder.exists():
                old.rename(folder)
            raise
    finally:
        shutil.rmtree(new, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Whether the two folders changed places, in one step that no fault can divide.

    Linux can do that on its own file systems; elsewhere (a Windows drive seen from WSL) two renames must do.
    """
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    done: int = renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    return done == 0


def recover(folder: Path) -> None:
    """Clear what an interrupted ``swap_in`` left beside ``folder``, putting the old papers back if they were moved."""
    new, old = _beside(folder, "new"), _beside(folder, "old")
    if old.exists():
        if folder.exists():
            shutil.rmtree(old)
        else:
            old.rename(folder)
    if new.exists():
        shutil.rmtree(new)


def _beside(folder: Path, what: str) -> Path:
    return folder.with_name(f".{folder.name}.{what}")


def _copy(source: Path, target: Path) -> None:
    if source.is_dir() and not source.is_symlink():
        shutil.copytree(source, target, symlinks=True)
    else:
        shutil.copy2(source, target, follow_symlinks=False)
