"""The text of a file as an editor loads and saves it: whole, inside ``content/``, and never over somebody else's."""

from __future__ import annotations

import hashlib
import re
import threading
from dataclasses import dataclass

from papergen.files import LinkError, TooLargeError
from papergen.world import MOST_TEXT_BYTES, World

_PATH = re.compile(r"content/(?:[A-Za-z0-9_][A-Za-z0-9_.-]*/)*[A-Za-z0-9_][A-Za-z0-9_.-]*\.md")
NOTHING = ""
"""The hash of a file that is not there."""

_saving = threading.Lock()


class NotWritableError(Exception):
    """A file is not one that may be read or written here: why, in one sentence."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """The text of a file, with line ends of one kind, and the hash of its bytes."""

    path: str
    text: str
    sha256: str


@dataclass(frozen=True, slots=True)
class SavedFile:
    """What became of a save: ``file`` is what lies on the disk, which is somebody else's text where not ``saved``."""

    saved: bool
    file: TextFile


def load(world: World, path: str) -> TextFile:
    """The text of a Markdown file in ``content/``; raises ``NotWritableError``."""
    _check(path)
    data = _bytes(world, path)
    if data is None:
        return TextFile(path, "", NOTHING)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotWritableError(f"“{path}” is not UTF-8 text; save it so in another editor first.") from None
    return TextFile(path, text.replace("\r\n", "\n").replace("\r", "\n"), hashlib.sha256(data).hexdigest())


def save(world: World, path: str, text: str, base: str) -> SavedFile:
    """Write ``text`` in place of the text whose hash is ``base``; where that is no longer there, nothing is written.

    A byte order mark and the line ends that the file had are kept.  Raises ``NotWritableError``.
    """
    with _saving:
        before = load(world, path)
        if before.sha256 != base:
            return SavedFile(False, before)
        old = _bytes(world, path) or b""
        lines = text.replace("\r\n", "\n").replace("\r", "\n")
        if b"\r\n" in old:
            lines = lines.replace("\n", "\r\n")
        data = (b"\xef\xbb\xbf" if old.startswith(b"\xef\xbb\xbf") else b"") + lines.encode()
        if len(data) > MOST_TEXT_BYTES:
            raise NotWritableError(f"The text is longer than {MOST_TEXT_BYTES / 1_000_000:.0f} MB.")
        if not world.is_folder(path.rpartition("/")[0]):
            raise NotWritableError("There is no such folder.")
        try:
            world.folder.write(path, data)
        except LinkError as problem:
            raise NotWritableError(f"{problem.strerror}. {problem.hint}") from None
        except OSError as problem:
            raise NotWritableError(f"The file cannot be written: {(problem.strerror or 'unknown').lower()}.") from None
        return SavedFile(True, load(world, path))


def _check(path: str) -> None:
    if not _PATH.fullmatch(path) or ".." in path:
        raise NotWritableError("Only Markdown files in content/ can be read and written here.")


def _bytes(world: World, path: str) -> bytes | None:
    """The bytes of a file, None where there is none; through no link."""
    try:
        return world.folder.read(path, most=MOST_TEXT_BYTES)
    except FileNotFoundError:
        return None
    except LinkError as problem:
        raise NotWritableError(f"{problem.strerror}. {problem.hint}") from None
    except (OSError, TooLargeError):
        raise NotWritableError(f"“{path}” cannot be read.") from None
