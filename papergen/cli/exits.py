"""Exit codes, so that scripts and build servers can tell what happened."""

from __future__ import annotations

CONTENT_HAS_ERRORS = 1
"""Something in the workspace must be mended first; it is told with its file and line."""
PAPERS_DIFFER = 1
"""Papers that were verified do not come out the same."""
SOME_NOT_BUILT = 1
"""Of many builds, at least one did not come to papers."""
WRONG_USE = 2
"""The command was used in a way that cannot work."""
OWN_FAULT = 3
"""papergen itself is at fault."""
INTERRUPTED = 130
"""Somebody pressed Ctrl-C."""
