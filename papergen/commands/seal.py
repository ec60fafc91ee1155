"""Sealing: finished files are put in place all together, or not at all."""

from __future__ import annotations

import ctypes
import fcntl
import os
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from papergen import codes
from papergen.commands.request import MOST_OUTPUT_BYTES
from papergen.diagnostics import Span
from papergen.files import Folder, LinkError, NoFileError, copy, create, hint, reason, remove
from papergen.world import World

_HERE = -100
"""``AT_FDCWD``: paths are as given."""
_EXCHANGE = 2
"""``RENAME_EXCHANGE`` of renameat2(2)."""


class OutputBusyError(Exception):
    """Another build is writing the papers of the same meeting."""


@contextmanager
def output_lock(output: Path, meeting: str) -> Iterator[None]:
    """Hold what stands in ``output`` for ``meeting`` for one build.

    Raises ``OutputBusyError`` when another build holds it, ``OSError`` when the folder cannot be used.  The lock goes
    with the process, however that ends.
    """
    with Folder(output).held(make=True) as folder:
        path = folder / f".{meeting}.lock"
        if path.is_symlink() or path.is_dir():
            raise (LinkError if path.is_symlink() else NoFileError)(path)
        # Never emptied: it holds nothing, and whatever stands under its name is somebody's.
        number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK, 0o666)
    with os.fdopen(number, "rb") as lock:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise NoFileError(path)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OutputBusyError from None
        yield


def put_file(world: World, path: str, data: bytes, where: str) -> bool:
    """Put ``data`` in place of a file of the workspace, which may be open ``where``.

    False with a finding, and the file as it was, when that fails.
    """
    try:
        world.folder.write(path, data)
    except OSError as problem:
        world.diagnostics.add(
            codes.OUTPUT_FAILED,
            Span(path),
            f"The file could not be written: {reason(problem)}.",
            hint(problem, f"Check that it is not open {where} and that you may write there."),
        )
        return False
    return True


@contextmanager
def put_beside(output: Path, name: str, data: bytes) -> Iterator[None]:
    """Put a file below ``output``, for as long as what is done meanwhile succeeds; else what was there before is back.

    Raises ``OSError`` when it cannot be written, or a link stands in the way.
    """
    folder = Folder(output)
    before = folder.read(name, most=MOST_OUTPUT_BYTES) if (output / name).is_file() else None
    folder.write(name, data)
    try:
        yield
    except BaseException:  # an interrupt too
        with suppress(OSError):
            if before is None:
                folder.remove(name)
            else:
                folder.write(name, before)
        raise


def change_places(one: Path, other: Path) -> bool:
    """Whether the two folders changed places, in one step that no fault can divide.

    Linux can do that on its own file systems; elsewhere (a Windows drive seen from WSL) two renames must do.
    """
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    done: int = renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    return done == 0


def swap_in(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    ours: frozenset[str],
    folders: frozenset[str],
    within: Path,
    write: Callable[[Path, bytes], None] = create,
    exchange: Callable[[Path, Path], bool] = change_places,
) -> None:
    """Make ``files`` the papers of ``folder``, in one step for whoever looks into it.

    What is there under the names in ``ours``, and the folders in ``folders``, is replaced or removed; anything else in
    the folder stays.  The new folder is made beside the old one; after a fault the old one is whole in its place, or
    ``recover`` puts it back.  Nothing is touched outside the folder ``within``.  Each file is made by ``write``; where
    ``exchange`` cannot let the two folders change places, they are renamed one after the other.

    Raises ``OSError`` when something cannot be written, or a link stands in the way.
    """
    above = folder.parent.relative_to(within).as_posix()
    with Folder(within).held(above, make=True) as parent:
        place = parent / folder.name
        recover(place)
        new, old = _beside(place, "new"), _beside(place, "old")
        try:
            new.mkdir()
            for file, data in files.items():
                inside = PurePosixPath(file)
                with Folder(new).held(inside.parent.as_posix(), make=True) as beside:
                    write(beside / inside.name, data)
            for kept in place.iterdir() if place.is_dir() else ():
                replaced = folders if kept.is_dir() else ours | files.keys()
                if kept.name not in (folders | replaced if kept.is_symlink() else replaced):
                    copy(kept, new / kept.name)
            if place.exists() and exchange(new, place):
                return
            try:
                if place.exists():
                    place.rename(old)
                new.rename(place)
            except BaseException:  # an interrupt too
                if old.exists() and not place.exists():
                    old.rename(place)
                raise
        finally:
            shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def recover(folder: Path) -> None:
    """Clear what an interrupted ``swap_in`` left beside ``folder``, putting the old papers back if they were moved.

    A link under one of its names was not left by it, and goes as the link that it is.
    """
    new, old = _beside(folder, "new"), _beside(folder, "old")
    if old.is_dir() and not old.is_symlink() and not os.path.lexists(folder):
        old.rename(folder)
    for left in (old, new):
        remove(left)
    if folder.is_symlink():
        raise LinkError(folder)


def _beside(folder: Path, what: str) -> Path:
    return folder.with_name(f".{folder.name}.{what}")
