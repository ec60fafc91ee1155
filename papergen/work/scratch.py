"""One folder for all temporary files of a process, which goes with it; what a killed process left, the next one clears.

WeasyPrint, the engine of charts and ``papergen verify`` each make temporary files.  They lie in one folder that is
locked for as long as its process lives, so that whoever comes next can tell what is in use.
"""

from __future__ import annotations

import atexit
import fcntl
import gc
import os
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

PREFIX = "papergen-run-"


class _Scratch:
    """The folder of this process, made when it is first asked for, and again wherever temporary files go now."""

    def __init__(self) -> None:
        self._made: dict[str, int] = {}
        self._process = 0

    def use(self) -> None:
        """Let every temporary file of this process lie in a folder of its own.  Raises ``OSError``."""
        if self._process == os.getpid() and tempfile.tempdir in self._made:
            return
        place = Path(tempfile.gettempdir())
        if place.name.startswith(PREFIX):
            place = place.parent  # of the process that this one was forked from
        clear(place)
        folder, lock = _locked(place)
        self._process = os.getpid()
        self._made[str(folder)] = lock
        tempfile.tempdir = str(folder)
        atexit.register(self._leave, folder, place)

    def clear_after(self) -> None:
        """Delete what lies beside the folder of this process and belongs to none."""
        if self._process == os.getpid() and tempfile.tempdir in self._made:
            clear(Path(tempfile.tempdir).parent)

    def delete(self) -> None:
        """Delete the folders of this process, which ends."""
        for folder in self._made if self._process == os.getpid() else ():
            shutil.rmtree(folder, ignore_errors=True)

    def _leave(self, folder: Path, place: Path) -> None:
        if self._process == os.getpid():
            gc.collect()  # WeasyPrint clears its own files when it is done with them
            shutil.rmtree(folder, ignore_errors=True)
            if tempfile.tempdir == str(folder):
                tempfile.tempdir = str(place)


def _locked(place: Path) -> tuple[Path, int]:
    """A new folder and the lock on it; whoever clears up meanwhile may take the folder before it is locked."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
        with suppress(FileNotFoundError):
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            fcntl.flock(lock, fcntl.LOCK_EX)
            if folder.is_dir():
                return folder, lock
            os.close(lock)


def clear(place: Path) -> None:
    """Delete the folders that processes of this person left in ``place`` when they were killed."""
    for folder in place.glob(f"{PREFIX}*"):
        with suppress(OSError):
            found = folder.lstat()
            if found.st_uid != os.getuid():
                continue
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(lock)


_SCRATCH = _Scratch()


def use_scratch() -> None:
    """Let every temporary file of this process lie in one folder that goes with it, and clear what others left.

    Raises ``OSError`` when there is no room for it.
    """
    _SCRATCH.use()


def clear_after() -> None:
    """Delete the temporary files of processes that this one has ended."""
    _SCRATCH.clear_after()


def end_at_once(code: int) -> NoReturn:
    """End this process with an exit code: giving back its memory piece by piece takes a tenth of a command's time."""
    _SCRATCH.delete()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    os._exit(code)
