"""Altair, imported when the first chart is drawn: whoever wants words and numbers alone does without it."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import altair as alt
else:

    class _Altair:
        """The names of Altair, as they are asked for."""

        def __getattr__(self, name: str) -> object:
            return getattr(importlib.import_module("altair"), name)

    alt = _Altair()

__all__ = ["alt"]
