"""Python's search for objects that hold only each other."""

from __future__ import annotations

import gc

_OBJECTS = 200_000


def collect_seldom() -> None:
    """Let Python look for them seldom: what a command makes is needed to its end, and looking takes a tenth of it."""
    gc.freeze()
    gc.set_threshold(_OBJECTS, 20, 20)
