"""Signs that would steer a terminal, or turn the order of words round, shown as marks that can be seen."""

from __future__ import annotations

import io
import os
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TextIO

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from papergen.files import reason

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_PICTURES = 0x2400
_DELETE, _DELETE_PICTURE = 0x7F, "\u2421"
_JOINING = "\u00ad\u200c\u200d"
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def visible(text: str, *, keep: str = "\n\t") -> str:
    """``text`` with a mark in place of every control, bidirectional and invisible sign but those in ``keep``.

    A control sign has its picture (␛), any other one its number (<U+202E>).
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(letter if letter in keep or not _is_unseen(letter) else _mark(letter) for letter in text)


def _is_unseen(letter: str) -> bool:
    return unicodedata.category(letter) in _UNSEEN and letter not in _JOINING


def _mark(letter: str) -> str:
    number = ord(letter)
    if number < 0x20:
        return chr(_PICTURES + number)
    return _DELETE_PICTURE if number == _DELETE else f"<U+{number:04X}>"


class _Outlet(io.FileIO):
    """A pipe or file to write to; once whoever reads the pipe has gone, what is written goes nowhere.

    So it does after a file was full, for Python would try again at its end and change the exit code.
    """

    _full = False

    def write(self, data: ReadableBuffer, /) -> int:
        if self._full:
            return memoryview(data).nbytes
        try:
            return super().write(data)
        except BrokenPipeError:
            return memoryview(data).nbytes
        except OSError:
            self._full = True
            raise


def goes_on(stream: TextIO | None) -> TextIO:
    """A standard stream that takes words when nobody reads them, so that a command goes on to its own end.

    None is one that was closed before the program began; no other file may then have its number.
    """
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - it ends with the process
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    outlet = io.BufferedWriter(_Outlet(stream.fileno(), "w", closefd=False))
    return io.TextIOWrapper(
        outlet, encoding=stream.encoding, errors=stream.errors, line_buffering=stream.line_buffering
    )


class NotPrintedError(Exception):
    """What was to be printed could not be, since the file it goes to is full or broken: why."""


class PlainConsole(Console):
    """A console to which no text can send a command: the one place where text is printed."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(visible(segment.text), segment.style)

    def print(self, *objects: Any, **options: Any) -> None:  # noqa: ANN401 - as the console has it
        try:
            super().print(*objects, **options)
        except OSError as problem:
            raise NotPrintedError(reason(problem)) from problem
