"""How many examples are tried of papers and workspaces made at random; of words and tables, three times as many."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

EXAMPLES = int(os.environ.get("PAPERGEN_FUZZ", "10"))
FUZZ = settings(
    max_examples=EXAMPLES,
    derandomize="PAPERGEN_FUZZ" not in os.environ,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
"""Few examples, always the same; ``make fuzz`` tries many, others each time."""
