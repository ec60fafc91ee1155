"""WeasyPrint, loaded without the processes by which it would look for its libraries."""

from __future__ import annotations

import ctypes.util
import sys


def load_weasyprint() -> None:
    """Load WeasyPrint; raises ``OSError`` where a library that it needs is missing.

    It tries each library by the names of every system, and for each that is not there cffi asks ldconfig and a
    compiler: more than fifty processes.  On Linux one of the names is that of the file, which needs no looking for.
    """
    if "weasyprint" in sys.modules:
        return
    look = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = _found_nowhere
    try:
        import weasyprint  # noqa: F401
    finally:
        ctypes.util.find_library = look


def _found_nowhere(name: str) -> str | None:  # noqa: ARG001 - what ctypes asks for
    return None
