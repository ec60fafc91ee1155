"""What the machine lacks for drawing charts and laying out pages: room on its disk, or memory."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from papergen import codes
from papergen.diagnostics import NOWHERE, Diagnostics, Span
from papergen.files import OF_THE_MACHINE

_ROOM_ON_DISK = (
    "Check that there is room on the disk, and that you may write into the folder for temporary files;"
    " the papers of the last build are as they were."
)
_ROOM_FOR_ADDRESSES = (
    "Run it without that limit, “ulimit -v unlimited”: few of the addresses are used;"
    " the papers of the last build are as they were."
)


@contextmanager
def told_of_machine(diagnostics: Diagnostics) -> Iterator[None]:
    """End the block with a finding where the machine has no more room or memory for it."""
    try:
        yield
    except OSError as problem:  # of the folder for temporary files, which the engines of charts and PDF use
        if problem.errno not in OF_THE_MACHINE:
            raise
        why = problem.strerror or str(problem)
        diagnostics.add(
            codes.OUTPUT_FAILED,
            NOWHERE if problem.errno == errno.ENOMEM else Span(str(problem.filename or tempfile.gettempdir())),
            f"The papers could not be made: {why[:1].lower()}{why[1:]}.",
            _ROOM_FOR_ADDRESSES if problem.errno == errno.ENOMEM else _ROOM_ON_DISK,
        )
    except MemoryError:
        message = "The papers could not be made: this process may not use more memory."
        diagnostics.add(codes.OUTPUT_FAILED, NOWHERE, message, _ROOM_FOR_ADDRESSES)
