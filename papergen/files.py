"""Files without surprises: only regular files are read, and nothing is written or deleted through a link.

A workspace may come from anybody.  A link in it could lead a write to a file of whoever builds it, and a pipe or a
device could hold a reader for ever.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import ClassVar

OF_THE_MACHINE = frozenset(
    {
        errno.ENOMEM,
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EFBIG,
        errno.EROFS,
        errno.EACCES,
        errno.EPERM,
        errno.EIO,
        errno.EMFILE,
        errno.ENFILE,
    }
)
"""The numbers of errors that no file of a workspace is to blame for."""


_HANDLES = Path("/proc/self/fd")
_BY_HANDLE = _HANDLES.is_dir()
"""Whether a path can begin at a folder that is open; elsewhere there are only names."""
_HANDLE = os.O_DIRECTORY | os.O_NOFOLLOW | getattr(os, "O_PATH", os.O_RDONLY)


class RefusedError(OSError):
    """What stands at a path is not touched: ``hint`` says what to do about it."""

    number: ClassVar[int]
    what: ClassVar[str]
    hint: ClassVar[str] = "Move it elsewhere."

    def __init__(self, path: Path) -> None:
        super().__init__(self.number, f"“{path.name}” {self.what}", str(path))
        self.path = path

    def __reduce__(self) -> tuple[type[RefusedError], tuple[Path]]:
        return type(self), (self.path,)


class LinkError(RefusedError):
    """A link stands where a file or folder is to be written or deleted."""

    number, what = errno.ELOOP, "is a link to another place"
    hint = "Delete the link, or put the folder or file itself in its place."


class NoFileError(RefusedError):
    """What is to be read or copied is a pipe, a device or a socket."""

    number, what = errno.EINVAL, "is no ordinary file"


class TooDeepError(RefusedError):
    """Folders within folders, more than can be looked through."""

    number, what = errno.ENAMETOOLONG, "holds folders within folders without end"
    hint = "Delete it, or move it elsewhere."


class TooLargeError(Exception):
    """A file is larger than what may be read of it: ``size`` bytes, or at least as many."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


def reason(problem: OSError) -> str:
    """Why something could not be done, as the end of a sentence."""
    if isinstance(problem, NotADirectoryError) and problem.filename:
        return f"“{Path(os.fsdecode(problem.filename2 or problem.filename)).name}” stands there, and is no folder"
    words = problem.strerror or str(problem) or "unknown reason"
    return words if isinstance(problem, RefusedError) else words.lower()


def hint(problem: OSError, otherwise: str) -> str:
    """What to do about it."""
    if isinstance(problem, NotADirectoryError):
        return RefusedError.hint
    return problem.hint if isinstance(problem, RefusedError) else otherwise


def read_file(path: Path, *, most: int, follow: bool = True) -> bytes:
    """The bytes of a regular file, at most ``most`` of them, whatever size it says it has.

    Raises ``TooLargeError`` for more, ``LinkError`` for a link that is not to be followed, ``NoFileError`` for what is
    no file, and any other ``OSError``.  Nothing is waited for.
    """
    if path.is_symlink() and not follow:
        raise LinkError(path)
    _regular(path, path.stat())
    number = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | (0 if follow else os.O_NOFOLLOW))
    with os.fdopen(number, "rb") as file:
        found = os.fstat(number)
        _regular(path, found)
        if found.st_size > most:
            raise TooLargeError(found.st_size)
        data = file.read(most + 1)
    if len(data) > most:
        raise TooLargeError(len(data))
    return data


def _regular(path: Path, found: os.stat_result) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(found.st_mode):
        raise NoFileError(path)


def create(path: Path, data: bytes) -> None:
    """Write a new file and see to it that it is on the disk; what stands at ``path`` already is left and refused."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that is read and written through no link.

    Names are relative to it, with forward slashes.  A link in a name, or in place of the folder itself, is refused
    with ``LinkError`` and not followed, also one that takes the place of a folder meanwhile; only the last part of a
    name that is deleted may be one, and then it is the link that goes.
    """

    root: Path

    @contextmanager
    def held(self, name: str = "", *, make: bool = False) -> Iterator[Path]:
        """The folder ``name`` as a path that stays with it, whatever takes its place meanwhile; made where asked."""
        place = self.root
        if make and not place.is_symlink():
            place.mkdir(parents=True, exist_ok=True)
        number = _open_folder(place)
        try:
            for part in _parts(name):
                place = place / part
                if make:
                    with suppress(FileExistsError):
                        os.mkdir(part, dir_fd=number)
                below = _open_folder(place, number)
                os.close(number)
                number = below
            held = _HANDLES / str(number) if _BY_HANDLE else place
            try:
                yield held
            except OSError as problem:
                if problem.filename is not None:
                    problem.filename = str(problem.filename).replace(str(held), str(place), 1)
                raise
        finally:
            os.close(number)

    def make(self, name: str = "") -> None:
        """See to it that there is a folder ``name``."""
        with self.held(name, make=True):
            pass

    def read(self, name: str, *, most: int) -> bytes:
        """The bytes of the file ``name``; raises what ``read_file`` raises."""
        above, last = _split(name)
        with self.held(above) as folder:
            return read_file(folder / last, most=most, follow=False)

    def write(self, name: str, data: bytes, *, new: Callable[[Path, bytes], None] = create) -> None:
        """Make ``data`` the content of the file ``name``, whole or not at all; ``new`` makes a new file with it."""
        above, last = _split(name)
        with self.held(above, make=True) as folder:
            target, beside = folder / last, folder / f".{last}.new"
            if target.is_symlink():
                raise LinkError(target)
            beside.unlink(missing_ok=True)
            try:
                new(beside, data)
                beside.replace(target)  # in one step, so that the file is never half written
            finally:
                with suppress(OSError):
                    beside.unlink()

    def rename(self, name: str, other: str) -> None:
        """Give the file or folder ``name`` the name ``other``."""
        (above, last), (above_other, last_other) = _split(name), _split(other)
        with self.held(above) as folder, self.held(above_other) as folder_other:
            (folder / last).rename(folder_other / last_other)

    def remove(self, name: str) -> None:
        """Delete the file, the link or the folder ``name``, with all that is in a folder; it need not be there."""
        above, last = _split(name)
        with suppress(FileNotFoundError), self.held(above) as folder:
            remove(folder / last)


def _open_folder(place: Path, above: int | None = None) -> int:
    """A handle of the folder at ``place``, by its last name in the folder that has the handle ``above``."""
    name = place if above is None else place.name
    try:
        return os.open(name, _HANDLE, dir_fd=above)
    except OSError:
        with suppress(FileNotFoundError):
            if stat.S_ISLNK(os.stat(name, dir_fd=above, follow_symlinks=False).st_mode):
                raise LinkError(place) from None
        raise


def _parts(name: str) -> tuple[str, ...]:
    parts = PurePosixPath(name).parts
    if ".." in parts or any(part.startswith("/") for part in parts):
        raise LinkError(Path(name))
    return parts


def _split(name: str) -> tuple[str, str]:
    """The folder above a name, and its last part."""
    parts = _parts(name)
    if not parts:
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), name)
    return "/".join(parts[:-1]), parts[-1]


def remove(path: Path) -> None:
    """Delete the file, the link or the folder at ``path``, with all that is in a folder; it need not be there."""
    if path.is_dir() and not path.is_symlink():
        with _not_without_end(path):
            shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def copy(source: Path, target: Path) -> None:
    """Copy a file, or a folder with all that is in it; a link is copied as the link that it is.

    Raises ``NoFileError`` when a pipe, a device or a socket is among what is to be copied, and ``TooDeepError``.
    """
    with _not_without_end(source):
        for path in (source, *_within(source)):
            mode = path.lstat().st_mode
            if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISLNK(mode)):
                raise NoFileError(path)
        if source.is_dir() and not source.is_symlink():
            shutil.copytree(source, target, symlinks=True)
        else:
            shutil.copy2(source, target, follow_symlinks=False)


@contextmanager
def _not_without_end(path: Path) -> Iterator[None]:
    try:
        yield
    except RecursionError:
        raise TooDeepError(path) from None


def _within(folder: Path) -> Iterator[Path]:
    if folder.is_dir() and not folder.is_symlink():
        for path in folder.iterdir():
            yield path
            yield from _within(path)
