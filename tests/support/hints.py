"""Hints as their forms: what two findings of one kind say alike."""

from __future__ import annotations

import re

_AS_IT_STANDS = re.compile(r" (?:To print it|There are \d+ here).*")
_QUOTED = re.compile(r"“[^”]*”|'[^']*'|\"[^\"]*\"|\{\{.*?\}\}|\[.*?\]\(.*?\)|\d[\w-]*|content/[^\s,;]+|#|\(”\)")


def form_of(hint: str) -> str:
    """A hint without what it quotes or counts, and how a mark is printed as it stands."""
    return _QUOTED.sub("…", _AS_IT_STANDS.sub("", hint))
